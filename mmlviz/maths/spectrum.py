"""Eigenvalues and eigenvectors of a real 2×2 matrix, decided by trace, determinant and discriminant.

numpy.linalg.eig is no judge of defective matrices: it returns complex noise for [[5, 4], [−4, −3]] and
two nearly equal vectors for a shear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import hypot, isqrt, sqrt

import numpy as np

from mmlviz.maths.matrix2 import EPS, Array, Rows, exact, is_singular
from mmlviz.maths.number import to_float

KINDS = (
    "distinct real", "whole plane", "defective", "zero eigenvalue", "negative eigenvalue",
    "opposite eigenvalues", "complex pair",
)  # fmt: skip


# Why there is no basis of real eigenvectors; by how often an eigenvalue counts and how many lines of them it has.
COMPLEX = "Two eigenvalues are complex: there is no basis of real eigenvectors."
DEFECTIVE = {
    (2, 1): "An eigenvalue counts twice but has only one line of eigenvectors: they are no basis.",
    (3, 1): "The eigenvalue counts three times but has only one line of eigenvectors: they are no basis.",
    (3, 2): "The eigenvalue counts three times but has only a plane of eigenvectors: they are no basis.",
}


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """Eigenvalues λ (by modulus, real part, then positive imaginary part first) with their lines.

    pair keeps another order, tr/2 + √Δ then tr/2 − √Δ, in which each λ moves continuously with A
    wherever Δ > 0. vectors (k, 2) holds one unit vector per eigenline, in the order of eigenvalues:
    two, one when defective, none when complex, î and ĵ when every vector is an eigenvector.
    """

    kind: str
    eigenvalues: tuple[complex, complex]
    pair: tuple[complex, complex]
    vectors: Array
    trace: Fraction
    determinant: Fraction
    discriminant: Fraction  # Δ = (tr/2)² − det = ((a − d)/2)² + bc; its sign decides
    rational: tuple[Fraction, Fraction] | None  # the pair, where both are rational
    root: Fraction | None  # √|Δ|, where it is rational

    @property
    def is_complex(self) -> bool:
        return self.kind == "complex pair"


def spectrum(A: Sequence[Sequence[float]]) -> Spectrum:
    """The spectrum of A; a discriminant lost in the rounding of the entries counts as zero."""
    rows = exact(A)
    (a, b), (c, d) = rows
    half, delta = (a + d) / 2, ((a - d) / 2) ** 2 + b * c
    if abs(delta) <= _rounding(rows):
        kind = "whole plane" if _is_multiple_of_identity(rows) else "defective"
        delta = Fraction(0)
    else:
        kind = "complex pair" if delta < 0 else _real_kind(A, rows)
    if kind == "zero eigenvalue":
        delta = half**2  # what rounding left of the determinant is not an eigenvalue
    pair, rational = _pair(half, delta, a * d - b * c, kind)
    values = sorted(pair, key=lambda z: (abs(z), z.real, -z.imag))
    return Spectrum(
        kind, (values[0], values[1]), pair, _vectors(rows, kind, values, delta),
        a + d, a * d - b * c, delta, rational, rational_root(abs(delta)),
    )  # fmt: skip


def _rounding(rows: Rows) -> Fraction:
    """How much Δ can change when each entry changes by 8 units in its last place."""
    (a, b), (c, d) = rows
    h, size, units = abs(a - d) / 2, max(abs(a), abs(d)), Fraction(8 * EPS)
    return units * (2 * abs(b * c) + h * size + units * size**2)


def _is_multiple_of_identity(rows: Rows) -> bool:
    (a, b), (c, d) = rows
    size = Fraction(8 * EPS) * max(abs(a), abs(d))
    return abs(b) <= size and abs(c) <= size and abs(a - d) <= size


def _real_kind(A: Sequence[Sequence[float]], rows: Rows) -> str:
    (a, b), (c, d) = rows
    if is_singular(A):
        return "zero eigenvalue"
    if abs(a + d) <= Fraction(8 * EPS) * (abs(a) + abs(d)):
        return "opposite eigenvalues"
    if a * d - b * c < 0 or a + d < 0:
        return "negative eigenvalue"
    return "distinct real"


def _pair(
    half: Fraction, delta: Fraction, det: Fraction, kind: str
) -> tuple[tuple[complex, complex], tuple[Fraction, Fraction] | None]:
    """tr/2 ± √Δ, the one that would cancel taken from the product λ₁λ₂ = det instead."""
    if delta < 0:
        z = complex(float(half), _root(-delta))
        return (z, z.conjugate()), None
    if kind == "opposite eigenvalues":
        half = Fraction(0)  # what rounding left of the trace
    root = rational_root(delta)
    if root is not None:
        exactly = (half + root, half - root)
        return (complex(float(exactly[0])), complex(float(exactly[1]))), exactly
    if half == 0:
        return (complex(_root(delta)), complex(-_root(delta))), None
    first = second = float(half)
    if half > 0:
        first += _root(delta)
        second = float(det / Fraction(first))
    else:
        second -= _root(delta)
        first = float(det / Fraction(second))
    return (complex(first), complex(second)), None


def _root(x: Fraction) -> float:
    """√x to full accuracy, also where x itself is beyond the range of floats."""
    if 1e-300 < x < 1e300:
        return sqrt(x)
    product = x.numerator * x.denominator  # √x = √(nd)/d, with 64 bits of the root at least
    shift = max(0, 64 - product.bit_length() // 2)
    return to_float(Fraction(isqrt(product << 2 * shift), x.denominator << shift))


def rational_root(x: Fraction) -> Fraction | None:
    """√x where it is rational."""
    above, below = isqrt(x.numerator), isqrt(x.denominator)
    return Fraction(above, below) if above * above == x.numerator and below * below == x.denominator else None


def _vectors(rows: Rows, kind: str, values: Sequence[complex], delta: Fraction) -> Array:
    if kind == "complex pair":
        return np.empty((0, 2))
    if kind == "whole plane":
        return np.eye(2)
    root = _root(delta)
    if kind == "defective":
        return np.array([eigenvector(rows, root)])
    return np.array([eigenvector(rows, root if z == max(values, key=lambda z: z.real) else -root) for z in values])


def eigenvector(rows: Rows, root: float) -> tuple[float, float]:
    """Unit eigenvector for λ = tr/2 + root of a matrix that is not λI, pointing right (or up); root = ±√Δ.

    The columns of A − λ′I for the other eigenvalue λ′ = tr/2 − root lie in the eigenspace of λ
    (Cayley–Hamilton); the longer of the two is taken. They are (h + root, c) and (b, root − h) with
    h = (a − d)/2: from λ itself, digits would be lost where the eigenvalues are close.
    """
    (a, b), (c, d) = rows
    h, r = (a - d) / 2, Fraction(root)
    columns = (float(r + h), float(c)), (float(b), float(r - h))
    u, v = max(columns, key=lambda p: hypot(*p))
    size = hypot(u, v)
    sign = -1 if u < 0 or (u == 0 and v < 0) else 1
    return sign * u / size + 0.0, sign * v / size + 0.0


def spiral(A: Sequence[Sequence[float]], v: Sequence[float], s: Array) -> Array:
    """Aˢv for real exponents s (n,), for A with a complex pair λ = r e^{±iθ}: points (n, 2).

    Aˢ = rˢ (cos sθ I + sin sθ J), J = (A − Re λ I)/Im λ, since J² = −I.
    """
    z, w, Jw = _turned(A, v)
    r, theta = abs(z), np.angle(z)
    out = r ** s[:, None] * (np.cos(theta * s)[:, None] * w + np.sin(theta * s)[:, None] * Jw)
    return np.asarray(out)


def invariant_ellipse(A: Sequence[Sequence[float]], v: Sequence[float]) -> Array:
    """The ellipse (181, 2) through v that A maps onto |λ| times itself: cos φ v + sin φ Jv, J as in `spiral`."""
    _, w, Jw = _turned(A, v)
    phi = np.linspace(0, 2 * np.pi, 181)
    return np.asarray(np.cos(phi)[:, None] * w + np.sin(phi)[:, None] * Jw)


def _turned(A: Sequence[Sequence[float]], v: Sequence[float]) -> tuple[complex, Array, Array]:
    """The λ above the real axis of a complex pair, v (2,) and Jv (2,), J as in `spiral`."""
    z, w = spectrum(A).pair[0], np.array(v, dtype=float)
    return z, w, (np.array(A, dtype=float) @ w - z.real * w) / z.imag


def no_basis(found: Spectrum) -> str | None:
    """Why the plane has no basis of real eigenvectors; None where it has one."""
    if found.is_complex:
        return COMPLEX
    return DEFECTIVE[2, 1] if found.kind == "defective" else None
