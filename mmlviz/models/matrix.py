"""A small matrix as an operation: on the plane (2×2), on space (3×3), between the two (2×3 and 3×2)."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from mmlviz.maths import matrix2
from mmlviz.maths.matrix2 import Array, Kind, Rows
from mmlviz.maths.number import Number, Problem
from mmlviz.maths.paths2 import PATHS, collapses
from mmlviz.maths.types2 import typical

if TYPE_CHECKING:  # what the opening does not need is loaded with the first product, system or space
    from mmlviz.maths.any_shape import Known
    from mmlviz.maths.composition import Composition
    from mmlviz.maths.elimination import Pivoting
    from mmlviz.maths.systems import System

VECTORS = {2: (Number("-1.2"), Number("1.1")), 3: (Number("-1.2"), Number("1.1"), Number("1"))}  # by their size
RIGHTS = {2: (Number("5/2"), Number("2")), 3: (Number("5/2"), Number("2"), Number("1"))}  # right-hand sides
# The product and its other matrices to begin with, by the size of A.
PRODUCTS = {
    (2, 2): ("B A", "B=0,-1;1,0"),
    (3, 3): ("B A", "B=0,-1,0;1,0,0;0,0,1"),
    (2, 3): ("A B", "B=1,0;0,1;1,1"),
    (3, 2): ("B A", "B=1,0,1;0,1,1"),
}
SIZES = ((2, 2), (3, 3), (2, 3), (3, 2))  # rows and columns that A may have


@dataclass(frozen=True, slots=True)
class State:
    """A, 2×2 or of another of SIZES, a vector v that fits it, and how far the plane or space has moved, on which path,
    from the identity (0) to A (1).

    type, angle (degrees) and amount: what the palette of types last made A of; A may have been changed since.
    page: whether A, a product or the equations A x = b are shown. names: the other matrices of the product, by their
    letters. swapped: whether the product of the same factors in the opposite order is shown as well. scheme: whether it
    is shown where the entries of the product come from, entry: for which of them (row and column). shape: what is
    moved beside the grid; before: whether it is also shown where it was. picture: the path of a file, moved about its
    origin. around, height: where the sun stands (degrees) that the palette's last shadow was of. b: what A x shall be.
    eliminated: how much of the elimination is done, from 0 to 1. pivoting: "largest" | "first".
    """

    matrix: tuple[tuple[Number, ...], ...] = (
        (Number("3/2"), Number("1/2")),
        (Number("-1/2"), Number("5/4")),
    )
    vector: tuple[Number, ...] = VECTORS[2]
    t: Number = Number("1")
    path: str = "polar"
    type: str = "scaling"  # whose entries are plain numbers: the reader of formulas is not for the start
    angle: Number = Number("30")
    amount: Number = Number("1.5")
    wobble: bool = False
    page: str = "matrix"
    product: str = PRODUCTS[2, 2][0]
    names: str = PRODUCTS[2, 2][1]
    swapped: bool = True
    scheme: bool = False
    entry: tuple[Number, Number] = (Number("1"), Number("1"))
    shape: str = "square"
    before: bool = False
    polygon: tuple[tuple[Number, Number], ...] = (
        (Number("0.5"), Number("0.5")),
        (Number("2"), Number("0.5")),
        (Number("2"), Number("1")),
        (Number("1"), Number("2")),
    )
    picture: str = ""
    origin: tuple[Number, Number] = (Number("0"), Number("0"))
    around: Number = Number("-36.87")
    height: Number = Number("67.38")
    b: tuple[Number, ...] = RIGHTS[2]
    eliminated: Number = Number("0")
    pivoting: "Pivoting" = "largest"
    with_inverse: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of A."""
        return len(self.matrix), len(self.matrix[0])

    @property
    def is_plane(self) -> bool:
        """Whether A moves the plane."""
        return self.size == (2, 2)

    @property
    def composition(self) -> "Composition":
        """The product, of which most pictures say nothing."""
        from mmlviz.maths.composition import composed

        return composed(self.product, self.names, self.matrix)

    @property
    def system(self) -> "System":
        """The equations A x = b, of which the other pages say nothing."""
        from mmlviz.maths.systems import system

        return system(self.matrix, self.b, self.pivoting)

    @property
    def is_typical(self) -> bool:
        """Whether A is what the palette makes of its type, angle and amount."""
        return self.is_plane and self.matrix == typical(self.type, self.angle, self.amount)


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What there is to know of A and v. Lines are unoriented: unit vectors (2,) or None."""

    A: Array  # (2, 2)
    v: Array  # (2,)
    moved: Array  # (2, 2), the matrix at time t
    image: Array  # (2,), Av
    determinant: Fraction
    moved_determinant: float
    trace: Fraction
    rank: int
    inverse: Rows | None
    kind: Kind
    singular_values: tuple[float, float]
    condition: float
    image_direction: Array | None  # of a matrix of rank 1
    null_direction: Array | None  # of a matrix of rank 1
    collapses: tuple[float, ...]  # the times before A at which the area is 0

    @property
    def is_singular(self) -> bool:
        """Whether the plane collapses onto a line or a point."""
        return self.inverse is None


def completed(state: State, given: frozenset[str]) -> State | Problem:
    """The state with a vector, a right-hand side and a product that fit its matrix.

    A Problem where the vector or the right-hand side was given and does not fit.
    """
    m, n = state.size
    if len(state.vector) != n:
        if "vector" in given:
            return Problem(0, 0, f"the vector has {len(state.vector)} numbers; a {m}×{n} matrix takes {n}")
        state = replace(state, vector=VECTORS[n])
    if len(state.b) != m:
        if "b" in given:
            return Problem(0, 0, f"b has {len(state.b)} numbers; the columns of a {m}×{n} matrix have {m}")
        state = replace(state, b=RIGHTS[m])
    return state if given & {"product", "names"} else _with_product(state)


def _with_product(state: State) -> State:
    """The state with a product that fits A, where nobody has made one."""
    if (state.product, state.names) not in PRODUCTS.values():
        return state
    product, names = PRODUCTS[state.size]
    return replace(state, product=product, names=names)


def reshaped(state: State, m: int, n: int) -> State:
    """The state with an m×n matrix: what there is no more room for is cut off, what is new is of the identity."""
    if state.size == (m, n):
        return state
    old = state.matrix
    matrix = tuple(
        tuple(old[i][j] if i < len(old) and j < len(old[0]) else Number(str(int(i == j))) for j in range(n))
        for i in range(m)
    )
    vector = (*state.vector, *VECTORS[3][len(state.vector) :])[:n]
    b = (*state.b, *RIGHTS[3][len(state.b) :])[:m]
    return _with_product(replace(state, matrix=matrix, vector=vector, b=b, t=Number("1"), eliminated=Number("0")))


def compute(state: State) -> "Result | Known":
    """A Result of a 2×2 matrix, what is Known of another."""
    if not state.is_plane:
        from mmlviz.maths.any_shape import known

        return known(state.matrix, state.vector, float(state.t), "polar" if state.path == "polar" else "entries")
    return compute2(state)


def compute2(state: State) -> Result:
    """Determinant, inverse and rank exactly as typed; names and singular values by relative tests."""
    A, v = np.array(state.matrix, dtype=float), np.array(state.vector, dtype=float)
    moved = PATHS[state.path](state.matrix, state.t)
    (a, b), (c, d) = matrix2.exact(state.matrix)
    x, y = (number.exact for number in state.vector)
    rank = matrix2.rank(state.matrix)
    determinant = matrix2.determinant(state.matrix)
    return Result(
        A=A,
        v=v,
        moved=moved,
        image=np.array([float(a * x + b * y), float(c * x + d * y)]),
        determinant=determinant,
        moved_determinant=float(determinant) if state.t == 1 else float(np.linalg.det(moved)),
        trace=a + d,
        rank=rank,
        inverse=matrix2.inverse(state.matrix),
        kind=matrix2.kind(state.matrix),
        singular_values=matrix2.singular_values(state.matrix),
        condition=matrix2.condition(state.matrix),
        image_direction=matrix2.image_direction(state.matrix) if rank == 1 else None,
        null_direction=matrix2.null_direction(state.matrix) if rank == 1 else None,
        collapses=collapses(state.matrix, state.path),
    )
