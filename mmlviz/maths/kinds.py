"""What a matrix of any shape up to 3×3 is called, by relative tests; 2×2 matrices are named by matrix2.kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import degrees, pi
from typing import cast

import numpy as np

from mmlviz.maths import matrix2
from mmlviz.maths.kind_words import PROPERTIES
from mmlviz.maths.matrix2 import NAMED, Array
from mmlviz.maths.rational import Matrix, added, floats, identity, product, scaled, shape, transposed
from mmlviz.maths.rotation3 import axis_and_angle
from mmlviz.maths.spaces import adjugate, determinant, permanent_of_sizes, rounded_rank, singular_values, unit

SPACES = ("point", "line", "plane", "space", "four dimensions")

# Most telling first: a rotation is also regular and orthogonal, −I is a scaling by −1.
_PRECEDENCE = (
    "identity", "zero", "uniform", "rotation", "reflection", "rotoreflection", "projection", "nilpotent",
    "skew-symmetric", "singular", "diagonal", "shear", "symmetric", "upper triangular", "lower triangular",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """The most telling word for a matrix, what goes with it, and all that holds of it.

    angle in degrees and direction (3,), a unit vector: axis and angle of a rotation or a rotoreflection (counter-
    clockwise about the axis, then mirrored in the plane at right angles to it), the normal of a mirror or of the plane
    that a projection lands on, the line that it lands on, the direction in which a shear slides. For 2×2 the angle is
    that of matrix2.kind and there is no direction.
    """

    word: str
    angle: float | None
    direction: Array | None
    rank: int
    properties: tuple[str, ...]


@lru_cache(maxsize=64)
def kind(A: Matrix) -> Kind:
    """Name a matrix; one that is not square by what it maps onto what: "space onto the plane"."""
    m, n = shape(A)
    if m != n:
        r = rounded_rank(A)
        return Kind("zero" if r == 0 else _mapping(m, n, r), None, None, r, ("zero",) if r == 0 else ())
    return _kind2(A) if n == 2 else _square(A)


def _mapping(m: int, n: int, r: int) -> str:
    image = f"the {SPACES[m]}" if m == 2 else SPACES[m]
    return f"{SPACES[n]} onto {image}" if r == m else f"{SPACES[n]} onto a {SPACES[r]} in {image}"


def _kind2(A: Matrix) -> Kind:
    found = matrix2.kind(cast(Sequence[Sequence[float]], A))  # which reads entries through as_fraction
    holds = {*found.properties, *(p for p in ("upper triangular", "lower triangular") if _SHAPES[p](_tidied(A)))}
    rank = matrix2.rank(cast(Sequence[Sequence[float]], A))
    return Kind(found.word, found.angle, None, rank, tuple(p for p in PROPERTIES if p in holds))


def _square(A: Matrix) -> Kind:
    holds = _shapes(A) | _rigid(A) | _algebraic(A)
    found = next((k for k in _PRECEDENCE if k in holds), "general")
    angle, direction = _geometry(found, A) if len(A) == 3 else (None, None)
    word = {"uniform": "scaling", "diagonal": "scaling"}.get(found, found)
    rank = rounded_rank(A)
    if found == "projection":
        rank = round(float(_trace(A)))
        word = f"projection onto a {SPACES[rank]}"
    return Kind(word, angle, direction, rank, tuple(p for p in PROPERTIES if p in holds))


def _tidied(A: Matrix) -> Matrix:
    """With 0 for entries that are nothing beside the largest, unless the rank depends on them."""
    largest = max(abs(x) for row in A for x in row)
    tidy = tuple(tuple(Fraction(0) if abs(x) <= Fraction(NAMED) * largest else x for x in row) for row in A)
    return tidy if rounded_rank(tidy) == rounded_rank(A) else A


_SHAPES: dict[str, Callable[[Matrix], bool]] = {
    "zero": lambda A: all(x == 0 for row in A for x in row),
    "upper triangular": lambda A: all(x == 0 for i, row in enumerate(A) for x in row[:i]),
    "lower triangular": lambda A: all(x == 0 for i, row in enumerate(A) for x in row[i + 1 :]),
    "diagonal": lambda A: all(x == 0 for i, row in enumerate(A) for j, x in enumerate(row) if i != j),
}


def _shapes(A: Matrix) -> set[str]:
    """What can be seen from the entries."""
    tidy, entries = _tidied(A), floats(A)
    holds = {name for name, test in _SHAPES.items() if test(tidy)}
    size = np.abs(entries).max()
    if _is_small(entries - np.eye(len(A)), 1):
        holds.add("identity")
    if "diagonal" in holds:
        holds.add("scaling")
        if _is_small(np.diag(entries) - entries[0, 0], size):
            holds.add("uniform")
    if _is_small(entries - entries.T, size):
        holds.add("symmetric")
    if _is_small(entries + entries.T, size):
        holds.add("skew-symmetric")
    return holds


def _rigid(A: Matrix) -> set[str]:
    """Of orthogonal matrices: QᵀQ = I."""
    Q = floats(A)
    if np.abs(Q).max() > 2 or not _is_small(Q.T @ Q - np.eye(len(A)), 1):
        return set()
    if np.linalg.det(Q) > 0:
        return {"orthogonal", "rotation"}
    is_mirror = _is_small(Q - Q.T, 1) and _is_small(np.trace(Q) - (len(A) - 2), 1)
    return {"orthogonal", "reflection" if is_mirror else "rotoreflection"}


def _algebraic(A: Matrix) -> set[str]:
    """What powers of A tell, by coefficients of the characteristic polynomial first.

    Beside an entry of 1e6, A² − A alone hides much; see matrix2._is_shear.
    """
    n, holds = len(A), set()
    away = added(A, scaled(identity(n), Fraction(-1)))
    is_zero = all(x == 0 for row in A for x in row)
    if rounded_rank(A) < n:
        holds.add("singular")
    if not is_zero and _has_coefficients(A, [0] * n):
        holds.add("nilpotent")
    if _has_coefficients(A, _ones(n, n)) and _vanishes(product(away, away), away) and _is_moving(away):
        holds.add("shear")
    if _is_projection(A, away):
        holds |= {"projection", "singular"}
    return holds


def _is_projection(A: Matrix, away: Matrix) -> bool:
    """A² = A, of rank trace A; where no entry is above 2, A² − A hides nothing."""
    trace, largest = _trace(A), max(abs(x) for row in A for x in row)
    k = round(trace)
    if not 0 < k < len(A) or not _vanishes(product(A, away), A) or abs(trace - k) > Fraction(NAMED) * 3 * largest:
        return False
    values = singular_values(A)
    return largest <= 2 or (values[k] <= NAMED * values[0] and _has_coefficients(A, _ones(len(A), k)))


def _ones(n: int, k: int) -> list[int]:
    """Coefficients (trace first) of a matrix with k eigenvalues 1 and n − k eigenvalues 0: binomial ones."""
    return [len(list(combinations(range(k), order))) for order in range(1, n + 1)]


def _has_coefficients(A: Matrix, wanted: Sequence[int]) -> bool:
    """Whether the sums of the principal minors of order 1, 2, … are as wanted, relative to the terms in them."""
    for order, value in enumerate(wanted, 1):
        parts = [tuple(tuple(A[i][j] for j in some) for i in some) for some in combinations(range(len(A)), order)]
        total = sum((determinant(B) for B in parts), Fraction(0))
        size = sum((permanent_of_sizes(B) for B in parts), Fraction(0))
        if abs(total - value) > Fraction(NAMED) * size:
            return False
    return True


def _vanishes(square: Matrix, A: Matrix) -> bool:
    """Whether a product is 0 beside the squared size of what was multiplied."""
    largest = max(abs(x) for row in A for x in row)
    return all(abs(x) <= Fraction(NAMED) * max(largest, largest**2) for row in square for x in row)


def _is_moving(away: Matrix) -> bool:
    return any(abs(x) > Fraction(NAMED) for row in away for x in row)


def _geometry(word: str, A: Matrix) -> tuple[float | None, Array | None]:
    """Angle and direction, see Kind, of a 3×3 matrix."""
    if word == "rotation":
        axis, theta = axis_and_angle(floats(A))
        return degrees(theta), axis
    if word == "rotoreflection":  # −A turns by θ about n, so A turns by π − θ about −n and mirrors
        axis, theta = axis_and_angle(-floats(A))
        return degrees(pi - theta), 0.0 - axis
    away = added(A, scaled(identity(3), Fraction(-1)))
    if word in ("reflection", "shear"):
        return None, _upward(_longest(away))
    if word == "projection":  # adj A = x yᵀ with Ax = 0 and Aᵀy = 0 where the rank is 2
        is_plane = round(float(_trace(A))) == 2
        return None, _upward(_longest(transposed(adjugate(A)) if is_plane else A))
    return None, None


def _longest(A: Matrix) -> Array:
    """Unit vector along the longest column."""
    return unit(max(transposed(A), key=lambda v: sum(x * x for x in v)))


def _upward(v: Array) -> Array:
    """v or −v, so that its last component that counts is positive."""
    last = next(x for x in v[::-1] if abs(x) > NAMED)
    return v if last > 0 else 0.0 - v


def _trace(A: Matrix) -> Fraction:
    return sum((A[i][i] for i in range(len(A))), Fraction(0))


def _is_small(difference: Array | float, size: float) -> bool:
    return bool(np.all(np.abs(difference) <= NAMED * size))
