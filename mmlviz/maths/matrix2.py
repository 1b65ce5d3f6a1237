"""2×2 real matrices, decided exactly where the entries are exact and by relative tests elsewhere.

Entries are named as on the blackboard: A = [[a, b], [c, d]]; its columns are Aî = (a, c) and Aĵ = (b, d).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import atan2, cos, degrees, hypot, inf, sin
from sys import float_info

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.number import as_fraction, to_float

Array = NDArray[np.float64]
Rows = tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]

EPS = float_info.epsilon
# A determinant this small beside |ad| + |bc| is rounding: some matrix whose entries agree with A's
# to 8 units in the last place is singular (componentwise backward error, Higham, Accuracy and
# Stability of Numerical Algorithms, 2nd ed., section 7.2).
SINGULAR = 8 * EPS
# Names such as "rotation" allow for entries written with 14 digits.
NAMED = 1e-13

KINDS = (
    "identity", "zero", "scaling", "rotation", "reflection", "shear", "projection",
    "nilpotent", "singular", "symmetric", "general",
)  # fmt: skip
PROPERTIES = (*KINDS[:-1], "diagonal", "orthogonal", "skew-symmetric")


def exact(A: Sequence[Sequence[float]]) -> Rows:
    """The entries as exact fractions, see as_fraction."""
    (a, b), (c, d) = ((as_fraction(x) for x in row) for row in A)
    return (a, b), (c, d)


def determinant(A: Sequence[Sequence[float]]) -> Fraction:
    """ad − bc, exactly."""
    (a, b), (c, d) = exact(A)
    return a * d - b * c


def is_singular(A: Sequence[Sequence[float]]) -> bool:
    """Whether ad and bc cancel to within rounding: |ad − bc| ≤ 8 ε (|ad| + |bc|).

    The test is relative, entry by entry: diag(1e-200, 1e-200) is regular, [[.1, .7], [.3, 2.1]] is singular.
    """
    (a, b), (c, d) = exact(A)
    return abs(a * d - b * c) <= Fraction(SINGULAR) * (abs(a * d) + abs(b * c))


def rank(A: Sequence[Sequence[float]]) -> int:
    """0 for the zero matrix, 1 when singular, else 2."""
    if not is_singular(A):
        return 2
    return int(any(x != 0 for row in A for x in row))


def inverse(A: Sequence[Sequence[float]]) -> Rows | None:
    """[[d, −b], [−c, a]] / (ad − bc), exactly; None when A is singular."""
    if is_singular(A):
        return None
    (a, b), (c, d) = exact(A)
    D = a * d - b * c
    return (d / D, -b / D), (-c / D, a / D)


def preimage(A: Sequence[Sequence[float]], v: Array, image: Sequence[float]) -> Array:
    """The vector (2,) that A sends to image; for a singular A the one nearest to v that comes nearest to it.

    That is v + A⁺(image − Av) with the pseudoinverse A⁺ (Golub and Van Loan, Matrix Computations,
    4th ed., section 5.5.2): v then moves at right angles to the null line.
    """
    rows = inverse(A)
    if rows is not None:  # exactly: elimination in floats takes [[1, 1e-200], [1e-200, 0]] for singular
        x, y = (as_fraction(p) for p in image)
        return np.array([to_float(p * x + q * y) for p, q in rows])
    matrix, target = np.array(A, dtype=float), np.array(image, dtype=float)
    return np.asarray(v + np.linalg.pinv(matrix, rcond=1e-12) @ (target - matrix @ v))


def singular_values(A: Sequence[Sequence[float]]) -> tuple[float, float]:
    """σ₁ ≥ σ₂ of A.

    σ₁ = (|(a+d, c−b)| + |(a−d, b+c)|)/2 and σ₁σ₂ = |det A| (Blinn, Consider the lowly 2×2 matrix,
    IEEE CG&A 16(2), 1996), so that σ₂ keeps its digits when A is nearly singular.
    """
    (a, b), (c, d) = A
    largest = (hypot(a + d, c - b) + hypot(a - d, b + c)) / 2
    if largest == 0:
        return 0.0, 0.0
    if is_singular(A):
        return largest, 0.0
    return largest, min(largest, float(abs(determinant(A)) / Fraction(largest)))


def condition(A: Sequence[Sequence[float]]) -> float:
    """σ₁/σ₂, infinite when A is singular."""
    largest, smallest = singular_values(A)
    return largest / smallest if smallest > 0 and largest / smallest < float_info.max else inf


def null_direction(A: Sequence[Sequence[float]]) -> Array:
    """Unit vector (2,) that a singular A ≠ 0 sends to 0: at right angles to its longer row."""
    (a, b), (c, d) = A
    x, y = (-b, a) if hypot(a, b) >= hypot(c, d) else (-d, c)
    return np.array([x, y]) / hypot(x, y)


def image_direction(A: Sequence[Sequence[float]]) -> Array:
    """Unit vector (2,) along the line that a singular A ≠ 0 maps the plane onto: its longer column."""
    (a, b), (c, d) = A
    x, y = (a, c) if hypot(a, c) >= hypot(b, d) else (b, d)
    return np.array([x, y]) / hypot(x, y)


def turn_and_stretch(A: Sequence[Sequence[float]]) -> tuple[float, Array]:
    """θ in radians and a symmetric S (2, 2) with A = R(θ) S and trace S ≥ 0.

    θ = atan2(c − b, a + d) maximises trace(R(θ)ᵀ A), which makes S symmetric (Higham, Functions of
    Matrices, section 8.1). For det A > 0 it is the polar decomposition; for det A < 0 the stretch has
    one negative eigenvalue: the mirror is in S, R stays a rotation.
    """
    (a, b), (c, d) = A
    theta = atan2(c - b, a + d) if hypot(c - b, a + d) > NAMED * hypot(a, b, c, d) else 0.0
    S = rotation(-theta) @ np.array(A, dtype=float)
    return theta, (S + S.T) / 2


def rotation(theta: float) -> Array:
    """The rotation by theta radians, (2, 2)."""
    return np.array([[cos(theta), -sin(theta)], [sin(theta), cos(theta)]])


def path(A: Sequence[Sequence[float]], t: float) -> Array:
    """The matrix on the way from the identity (t = 0) to A (t = 1): R(tθ) ((1 − t) I + t S).

    Rotations rotate, stretches stretch; with det A < 0 the stretch passes through 0 once.
    """
    if t == 1:
        return np.array(A, dtype=float)
    theta, S = turn_and_stretch(A)
    return rotation(t * theta) @ ((1 - t) * np.eye(2) + t * S)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a matrix is called: one word, the angle that goes with it (degrees), all that holds of it."""

    word: str
    angle: float | None
    properties: tuple[str, ...]


def kind(A: Sequence[Sequence[float]]) -> Kind:
    """Name a matrix by relative tests; the word is the most telling of its properties."""
    floats = (float(A[0][0]), float(A[0][1]), float(A[1][0]), float(A[1][1]))
    holds = {name for name, test in _TESTS.items() if test(*floats)}
    if is_singular(A):
        holds.add("singular")
    if rank(A) != 1:
        holds -= {"projection", "nilpotent"}
    (a, b), (c, d) = exact(A)
    if abs(b * c) > Fraction(NAMED) * abs(a * d):  # [[1, 1e-200], [1e-200, 0]] does not scale by 0 along y
        holds -= {"diagonal", "uniform", "scaling"}
    found = next((k for k in _PRECEDENCE if k in holds), "general")
    word = "scaling" if found == "uniform" else found
    return Kind(word, _angle(word, A), tuple(p for p in PROPERTIES if p in holds))


# Most telling first: a mirror in an axis is called reflection before scaling, −I is a scaling by −1.
_PRECEDENCE = (
    "identity", "zero", "uniform", "rotation", "reflection", "projection", "nilpotent",
    "singular", "scaling", "shear", "symmetric",
)  # fmt: skip


def _angle(word: str, A: Sequence[Sequence[float]]) -> float | None:
    """Degrees: of a rotation, of a mirror, of the line a projection lands on, of the fixed line of a shear."""
    (a, b), (c, d) = A
    if word == "rotation":
        return degrees(atan2(c - b, a + d))
    if word == "reflection":
        return degrees(atan2(b + c, a - d) / 2)
    if word == "projection":
        return line_angle(image_direction(A))
    if word == "shear":
        return line_angle(null_direction(((a - 1, b), (c, d - 1))))
    return None


def line_angle(direction: Sequence[float] | Array) -> float:
    """The angle of an unoriented line in degrees, in (−90, 90]."""
    angle = degrees(atan2(direction[1], direction[0])) % 180
    return angle - 180 if angle > 90 else angle


def is_close(x: float | Fraction, y: float | Fraction) -> bool:
    """Whether two numbers agree to 13 digits or so."""
    return bool(abs(float(x) - float(y)) <= NAMED * max(abs(float(x)), abs(float(y))))


def _small(x: float, scale: float) -> bool:
    return abs(x) <= NAMED * scale


def _is_orthogonal(a: float, b: float, c: float, d: float) -> bool:
    return _small(a * a + c * c - 1, 1) and _small(b * b + d * d - 1, 1) and _small(a * b + c * d, 1)


def _has_trace(a: float, d: float, trace: float) -> bool:
    return _small(a + d - trace, abs(a) + abs(d))


def _is_shear(a: float, b: float, c: float, d: float) -> bool:
    """(A − I)² = 0 but A ≠ I: every point slides along a fixed line.

    Trace 2 and determinant 1 are asked for as well: beside an entry of 1e6, (A − I)² hides λ = 1 ± 0.03.
    """
    if _is_identity(a, b, c, d) or not _has_trace(a, d, 2) or not _small(a * d - b * c - 1, abs(a * d) + abs(b * c)):
        return False
    size = hypot(a - 1, b, c, d - 1) * hypot(a, b, c, d)
    return _small((a - 1) ** 2 + b * c, size) and _small((d - 1) ** 2 + b * c, size)


def _is_identity(a: float, b: float, c: float, d: float) -> bool:
    return all(_small(x, 1) for x in (a - 1, b, c, d - 1))


def _is_diagonal(a: float, b: float, c: float, d: float) -> bool:
    return _small(b, hypot(a, d)) and _small(c, hypot(a, d))


_TESTS: dict[str, Callable[[float, float, float, float], bool]] = {
    "identity": _is_identity,
    "zero": lambda a, b, c, d: a == b == c == d == 0,
    "diagonal": _is_diagonal,
    "uniform": lambda a, b, c, d: _is_diagonal(a, b, c, d) and _small(a - d, hypot(a, d)),
    "scaling": _is_diagonal,
    "orthogonal": _is_orthogonal,
    "rotation": lambda a, b, c, d: _is_orthogonal(a, b, c, d) and a * d - b * c > 0,
    "reflection": lambda a, b, c, d: _is_orthogonal(a, b, c, d) and a * d - b * c < 0,
    # Of rank 1, so that A² = (tr A) A (Cayley–Hamilton).
    "projection": lambda a, b, c, d: _has_trace(a, d, 1),
    "nilpotent": lambda a, b, c, d: _has_trace(a, d, 0),
    "shear": _is_shear,
    "symmetric": lambda a, b, c, d: _small(b - c, hypot(a, b, c, d)),
    "skew-symmetric": lambda a, b, c, d: (
        _small(b + c, hypot(b, c)) and _small(a, hypot(b, c)) and _small(d, hypot(b, c))
    ),
}
