"""Eigenvalues and eigenvectors of a real 3×3 matrix, decided in exact fractions.

The roots of the characteristic cubic are found to some sixty digits (and exactly where they are rational), so that
only the rounding of the entries decides which of them coincide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

from mmlviz.maths.cubic import Root, bits, cubic_roots, root
from mmlviz.maths.elimination import ROUNDING, Vector
from mmlviz.maths.rational import Matrix, added, identity, product, scaled, transposed
from mmlviz.maths.spaces import adjugate, determinant, is_singular, null_space

BITS = 220


@dataclass(frozen=True, slots=True)
class Eigenvalue:
    """A real eigenvalue, how often it counts, and a basis of its eigenvectors.

    The value is exact where is_rational, else true to some sixty digits; so are the vectors.
    """

    value: Fraction
    multiplicity: int
    vectors: tuple[Vector, ...]
    is_rational: bool


@dataclass(frozen=True, slots=True)
class Spectrum3:
    """The real eigenvalues, largest first, and real and imaginary part (> 0) of the complex pair if there is one."""

    real: tuple[Eigenvalue, ...]
    pair: tuple[Fraction, Fraction] | None

    @property
    def has_basis(self) -> bool:
        """Whether the eigenvectors are a basis of space."""
        return sum(len(each.vectors) for each in self.real) == 3


@lru_cache(maxsize=32)
def spectrum3(A: Matrix) -> Spectrum3:
    """The spectrum of A (3×3).

    Eigenvalues coincide where a change of each entry by 8 units in its last place can make them do so, to first
    order: |λ₁ − λ₂| ≤ ρ₁ + ρ₂, see _radii. The smallest one of a matrix that is singular to within rounding
    (spaces.is_singular) is 0.
    """
    cubic = _cubic(A)
    roots = _snapped_roots(A, cubic)
    radii = _radii(A, cubic, roots)
    groups = _groups(roots, radii)
    found = [
        _eigenvalue(A, *_value_of(A, group, roots, radii), len(group))
        for group in groups
        if len(group) > 1 or roots[group[0]][1] == 0
    ]
    pair = next((z for z in roots if z[1] > 0), None) if len(groups) == 3 else None
    return Spectrum3(tuple(sorted(found, key=lambda each: -each.value)), pair)


def _snapped_roots(A: Matrix, cubic: tuple[Fraction, Fraction, Fraction]) -> list[Root]:
    """The eigenvalues, exactly where they are rational."""
    precision = _precision(A)
    roots = cubic_roots(*cubic, precision)
    off = max(_size(z) for z in roots) / 2 ** (precision - 60)  # some digits more than they are wrong by
    return [(_rational(x, A, cubic, off), y) if y == 0 else (x, y) for x, y in roots]


def _value_of(
    A: Matrix, group: Sequence[int], roots: Sequence[Root], radii: Sequence[Fraction]
) -> tuple[Fraction, Fraction]:
    """The mean of eigenvalues that coincide, and how uncertain it is: as the trace and the other eigenvalues are."""
    value = sum((roots[i][0] for i in group), Fraction(0)) / len(group)
    others = sum((radii[i] for i in range(3) if i not in group), Fraction(0))
    off = (others + ROUNDING * (abs(A[0][0]) + abs(A[1][1]) + abs(A[2][2]))) / len(group)
    zero = min(range(3), key=lambda i: _size(roots[i]))
    is_zero = zero in group and is_singular(A) and (len(group) == 1 or abs(value) <= off)
    return (Fraction(0) if is_zero else value), off


def _cubic(A: Matrix) -> tuple[Fraction, Fraction, Fraction]:
    """t, s, d of the characteristic polynomial λ³ − tλ² + sλ − d: trace, principal minors of order two, determinant."""
    t, square = A[0][0] + A[1][1] + A[2][2], product(A, A)
    return t, (t**2 - square[0][0] - square[1][1] - square[2][2]) / 2, determinant(A)


def _precision(A: Matrix) -> int:
    """How many binary digits of the largest root leave some sixty decimal ones of the smallest, as a rule."""
    sizes = [bits(x) for row in A for x in row if x != 0]
    return BITS + 2 * (max(sizes) - min(sizes)) if sizes else BITS


def _rational(x: Fraction, A: Matrix, cubic: Sequence[Fraction], off: Fraction) -> Fraction:
    """The rational root of the cubic within `off` of x, where there is one, else x.

    With D the common denominator of A's entries, DA is a matrix of whole numbers; its rational eigenvalues are whole.
    """
    D = lcm(*(entry.denominator for row in A for entry in row))
    y = Fraction(round(x * D), D)
    return y if abs(y - x) <= off and _value(y, cubic) == 0 else x


def _value(x: Fraction, cubic: Sequence[Fraction]) -> Fraction:
    t, s, d = cubic
    return ((x - t) * x + s) * x - d


def _radii(A: Matrix, cubic: Sequence[Fraction], roots: Sequence[Root]) -> list[Fraction]:
    """How much each eigenvalue can change when each entry changes by 8 units in its last place.

    The characteristic polynomial changes at λ by Δ = 8 ε Σ |a_jk| |adj(λI − A)_kj| to first order (Jacobi's formula),
    where adj(λI − A) = A² + (λ − t)A + (λ² − tλ + s)I (Cayley–Hamilton). A root that moves by h leaves
    h(h + g)(h + g′) there, g ≤ g′ its distances from the others, so h is at most Δ/(gg′), √(Δ/g′) and ∛Δ.
    """
    square = product(A, A)
    return [_radius(A, square, cubic, roots, i) for i in range(3)]


def _radius(A: Matrix, square: Matrix, cubic: Sequence[Fraction], roots: Sequence[Root], i: int) -> Fraction:
    (x, y), (t, s, _) = roots[i], cubic
    one = identity(3)
    real = added(added(square, scaled(A, x - t)), scaled(one, x**2 - y**2 - t * x + s))
    imaginary = scaled(added(A, scaled(one, 2 * x - t)), y)
    delta = ROUNDING * sum(abs(A[j][k]) * (abs(real[k][j]) + abs(imaginary[k][j])) for j in range(3) for k in range(3))
    if delta == 0:
        return Fraction(0)
    near, far = sorted(_gap(roots[i], roots[k]) for k in range(3) if k != i)
    bounds = [Fraction(2) ** -(-bits(delta) // 3)]  # ∛Δ, or up to twice as much
    if far > 0:
        bounds.append(root(delta / far, 60))
    if near > 0:
        bounds.append(delta / (near * far))
    return min(bounds)


def _groups(roots: Sequence[Root], radii: Sequence[Fraction]) -> list[list[int]]:
    """The indices of the roots, those that coincide together."""
    groups: list[list[int]] = []
    for i in range(3):
        near = [g for g in groups if any(_gap(roots[i], roots[k]) <= radii[i] + radii[k] for k in g)]
        groups = [g for g in groups if g not in near] + [[k for g in near for k in g] + [i]]
    return groups


def _gap(z: Root, w: Root) -> Fraction:
    return _size((z[0] - w[0], z[1] - w[1]))


def _size(z: Root) -> Fraction:
    return max(abs(z[0]), abs(z[1]))


def _eigenvalue(A: Matrix, value: Fraction, off: Fraction, multiplicity: int) -> Eigenvalue:
    """With its eigenvectors; off is how uncertain the value is."""
    shifted = added(A, scaled(identity(3), -value))
    exactly = null_space(shifted)
    is_exact = bool(exactly) and (len(exactly) == multiplicity or _counts(A, value) == multiplicity)
    if not is_exact and multiplicity == 1:
        return Eigenvalue(value, 1, (_vector(shifted),), False)
    if len(exactly) != multiplicity:
        found = _vectors(A, shifted, multiplicity, off, is_exact)
        if len(found) > len(exactly):
            return Eigenvalue(value, multiplicity, found, False)
    return Eigenvalue(value, multiplicity, exactly, is_exact)


def _counts(A: Matrix, value: Fraction) -> int:
    """How often a value is exactly a root of the characteristic polynomial."""
    t, s, d = _cubic(A)
    derivatives = (((value - t) * value + s) * value - d, (3 * value - 2 * t) * value + s, 3 * value - t)
    return next((k for k, x in enumerate(derivatives) if x != 0), 3)


def _vectors(A: Matrix, shifted: Matrix, multiplicity: int, off: Fraction, is_exact: bool) -> tuple[Vector, ...]:
    """Eigenvectors of eigenvalues that coincide to within rounding, or exactly.

    First with what 8 units in the last place of each entry allow. Products of floats have zeros such as 1e-17 and are
    off by more; so, where they coincide not exactly, as many vectors as there are eigenvalues are taken if 64 units of
    the largest entry allow them.
    """
    largest = max(abs(x) for row in A for x in row)
    by_entry = tuple(
        tuple(ROUNDING * abs(x) + (off if i == j else 0) for j, x in enumerate(row)) for i, row in enumerate(A)
    )
    found = null_space(shifted, by_entry)
    if len(found) != multiplicity and not is_exact:
        at_large = null_space(shifted, tuple((8 * ROUNDING * largest,) * 3 for _ in range(3)))
        found = at_large if len(at_large) == multiplicity else found
    return found or (_vector(shifted),)


def _vector(shifted: Matrix) -> Vector:
    """The longest column of adj(A − λI): all of them are eigenvectors for a simple λ."""
    return max(transposed(adjugate(shifted)), key=lambda v: sum(x * x for x in v))
