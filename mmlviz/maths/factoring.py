"""A matrix as a product of simpler ones: A = LU and QR here, UΣVᵀ and QS in svd, XDX⁻¹ in eigenbasis.

Each function gives the factors from left to right, so the last one is the first that acts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from mmlviz.maths.elimination import ROUNDING, Pivoting, Vector, eliminate
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import to_float
from mmlviz.maths.rational import Matrix, floats, identity, product, shape, transposed
from mmlviz.maths.spaces import rounded_rank, unit
from mmlviz.maths.spectrum import rational_root

Role = Literal["permutation", "lower", "upper", "rotation", "reflection", "stretch", "scaling", "basis", "inverse"]


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """One factor: its name, what it does to space, and its entries as floats and, where they are rational, exactly.

    An orthogonal factor is a "rotation" where its determinant is 1, else a "reflection" (a mirror, perhaps with a
    rotation). A "stretch" is symmetric, a "scaling" diagonal; "basis" and "inverse" change to eigenvectors and back.
    """

    name: str
    role: Role
    matrix: Array
    exact: Matrix | None = None

    def __post_init__(self) -> None:
        self.matrix.flags.writeable = False


def exactly(name: str, role: Role, A: Matrix) -> Factor:
    """A factor whose entries are all known."""
    return Factor(name, role, floats(A), A)


def lu(A: Matrix, noise: Matrix | None = None, pivoting: Pivoting = "largest") -> tuple[Factor, ...]:
    """A = Pᵀ L U; without Pᵀ where no rows change places. See plu."""
    P, L, U = plu(A, noise, pivoting)
    factors = (exactly("L", "lower", L), exactly("U", "upper", U))
    if identity(len(P)) == P:
        return factors
    return (exactly("Pᵀ", "permutation", transposed(P)), *factors)


def plu(A: Matrix, noise: Matrix | None = None, pivoting: Pivoting = "largest") -> tuple[Matrix, Matrix, Matrix]:
    """P, L, U with PA = LU exactly (but for what noise hides), any shape m×n and any rank.

    P (m×m) reorders rows, L (m×m) is lower triangular with ones on its diagonal and holds what elimination took away,
    U (m×n) is the echelon form (Golub and Van Loan, Matrix Computations, 4th ed., section 3.4).
    """
    m = shape(A)[0]
    order, below, U = list(range(m)), [[Fraction(0)] * m for _ in range(m)], A
    for step in eliminate(A, noise=noise, pivoting=pivoting):
        if step.phase == "up":
            break
        i, k = step.rows
        if step.kind == "swap":
            order[i], order[k], below[i], below[k] = order[k], order[i], below[k], below[i]
        else:
            below[i][k] = -step.factor
        U = step.after
    P = tuple(identity(m)[i] for i in order)
    L = tuple(tuple(Fraction(1) if i == j else x for j, x in enumerate(row)) for i, row in enumerate(below))
    return P, L, U


def qr(A: Matrix) -> tuple[Factor, ...]:
    """A = Q R: Q (m×m) orthogonal, R (m×n) upper triangular with no negative number on its diagonal.

    It is unique where A is square and regular; the determinant of Q is then −1 where that of A is negative, and its
    role says so. Gram–Schmidt in exact fractions with the norms taken last: no digit is lost, however nearly dependent
    the columns are. A column counts as dependent on those before it where all minors are 0 to within rounding
    (spaces.is_singular), however it is scaled, and at most 64 units in its last place would be lost. Where there is
    freedom, Q turns.
    """
    used, orthogonal = _gram_schmidt(A)
    orthogonal = _completed(orthogonal, shape(A)[0])
    role = orthogonal_role(np.array([unit(u) for u in orthogonal]))
    exact = _exact_qr(A, orthogonal)
    if exact is not None and not _below(exact[1], used):
        return exactly("Q", role, exact[0]), exactly("R", "upper", exact[1])
    R = np.array([[_component(u, a) for a in transposed(A)] for u in orthogonal])
    for i, j in _below(R, used):
        R[i, j] = 0
    return Factor("Q", role, np.array([unit(u) for u in orthogonal]).T), Factor("R", "upper", R)


def _exact_qr(A: Matrix, orthogonal: Sequence[Vector]) -> tuple[Matrix, Matrix] | None:
    """Q and R where the lengths of all vectors are rational."""
    lengths = [rational_root(_dot(u, u)) for u in orthogonal]
    rows = tuple(tuple(x / r for x in u) for u, r in zip(orthogonal, lengths) if r is not None)
    return (transposed(rows), product(rows, A)) if None not in lengths else None


def _below(R: Matrix | Array, used: dict[int, int]) -> list[tuple[int, int]]:
    """The places left of the column that brought the row's vector, as far as rounding has left something there."""
    return [(i, j) for i, row in enumerate(R) for j, x in enumerate(row) if j < used.get(i, len(row)) and x != 0]


def orthogonal_role(Q: Array) -> Role:
    """What an orthogonal matrix does."""
    return "rotation" if np.linalg.det(Q) > 0 else "reflection"


def _gram_schmidt(A: Matrix) -> tuple[dict[int, int], list[Vector]]:
    """Vectors at right angles with the spans of A's columns, and which column brought each."""
    used: dict[int, int] = {}
    orthogonal: list[Vector] = []
    columns = transposed(A)
    for j, column in enumerate(columns):
        rest = _rejected(column, orthogonal)
        chosen = transposed((*(columns[k] for k in used.values()), column))
        is_tiny = _dot(rest, rest) <= (8 * ROUNDING) ** 2 * _dot(column, column)
        if any(rest) and not (is_tiny and rounded_rank(chosen) == len(used)):
            used[len(orthogonal)] = j
            orthogonal.append(rest)
    return used, orthogonal


def _rejected(v: Vector, orthogonal: Sequence[Vector]) -> Vector:
    """What remains of v when its shadows on vectors at right angles are taken away."""
    for u in orthogonal:
        share = _dot(u, v) / _dot(u, u)
        v = tuple(x - share * y for x, y in zip(v, u))
    return v


def _completed(orthogonal: list[Vector], m: int) -> list[Vector]:
    """With the axes that stick out most, up to m vectors at right angles; the last one added makes the basis proper."""
    if len(orthogonal) == m:
        return orthogonal
    found = list(orthogonal)
    while len(found) < m:
        found.append(max((_rejected(e, found) for e in identity(m)), key=lambda v: _dot(v, v)))
    if np.linalg.det(np.array([unit(u) for u in found])) < 0:
        found[-1] = tuple(-x for x in found[-1])
    return found


def _component(u: Vector, a: Vector) -> float:
    """u·a/|u|."""
    largest = max(abs(x) for x in u)
    scaled = tuple(x / largest for x in u)
    return to_float(_dot(scaled, a) / Fraction(float(np.linalg.norm([float(x) for x in scaled]))))


def _dot(u: Sequence[Fraction], v: Sequence[Fraction]) -> Fraction:
    return sum((x * y for x, y in zip(u, v)), Fraction(0))
