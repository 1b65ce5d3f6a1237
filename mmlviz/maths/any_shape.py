"""What there is to know of a matrix that is 3×3, 2×3 or 3×2, and where it is on its way from the identity."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

import numpy as np

from mmlviz.maths import spaces
from mmlviz.maths.elimination import Vector, noise_of
from mmlviz.maths.kinds import Kind, kind
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import as_fraction
from mmlviz.maths.paths import Way, path
from mmlviz.maths.paths2 import times_of_collapse
from mmlviz.maths.rational import Matrix, exact, floats, product, shape
from mmlviz.maths.spectrum3 import spectrum3
from mmlviz.maths.svd import polar

CORNERS = np.array([[x, y, z] for x in (0.0, 1.0) for y in (0.0, 1.0) for z in (0.0, 1.0)])  # of the unit cube


class About:
    """What there is to know of A alone, each when it is first asked for: a frame needs but a part of it.

    rows: as typed. bases: of the null space and of the column space. directions: U and Vᵀ of A = UΣVᵀ.
    """

    def __init__(self, rows: Sequence[Sequence[float]]) -> None:
        self.rows, self.A = rows, exact(rows)

    @property
    def is_square(self) -> bool:
        """Whether A moves space within itself."""
        return len(self.A) == len(self.A[0])

    @cached_property
    def rank(self) -> int:
        return spaces.rounded_rank(self.A)

    @cached_property
    def kind(self) -> Kind:
        return kind(self.A)

    @cached_property
    def singular_values(self) -> tuple[float, ...]:
        return spaces.singular_values(self.A)

    @cached_property
    def condition(self) -> float:
        return spaces.condition(self.A)

    @cached_property
    def determinant(self) -> Fraction | None:
        return spaces.determinant(self.A) if self.is_square else None

    @cached_property
    def inverse(self) -> Matrix | None:
        return spaces.inverse(self.A) if self.is_square else None

    @cached_property
    def bases(self) -> tuple[tuple[Vector, ...], tuple[Vector, ...]]:
        return bases(self.rows)

    @cached_property
    def directions(self) -> tuple[Array, Array]:
        return _directions(self.A)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A (m, n), a vector v (n,) and its image (m,); what there is to know of A alone.

    moved (3, 3): A at time t as a map of space onto itself, the plane being that of x and y: see `lifted`.
    collapses: the times at which the volume is 0 on the way, unless the way is done.
    """

    about: About
    A: Array
    v: Array
    image: Array
    moved: Array
    collapses: tuple[float, ...]

    @property
    def rank(self) -> int:
        """The dimension of the image."""
        return self.about.rank

    @property
    def kind(self) -> Kind:
        """What A is called."""
        return self.about.kind

    @property
    def singular_values(self) -> tuple[float, ...]:
        """From the largest on."""
        return self.about.singular_values

    @property
    def condition(self) -> float:
        """The largest singular value by the smallest."""
        return self.about.condition

    @property
    def determinant(self) -> Fraction | None:
        """Where A is square."""
        return self.about.determinant

    @property
    def trace(self) -> Fraction | None:
        """Where A is square."""
        A = self.about.A
        return sum((A[i][i] for i in range(len(A))), Fraction(0)) if self.is_square else None

    @property
    def inverse(self) -> Matrix | None:
        """Where there is one."""
        return self.about.inverse

    @property
    def null_space(self) -> tuple[Vector, ...]:
        """A basis of it, exactly where entries are rational."""
        return self.about.bases[0]

    @property
    def column_space(self) -> tuple[Vector, ...]:
        """A basis of it, exactly where entries are rational."""
        return self.about.bases[1]

    @property
    def image_basis(self) -> Array:
        """Unit vectors at right angles (rank, m)."""
        return self.about.directions[0][:, : self.rank].T

    @property
    def null_basis(self) -> Array:
        """Unit vectors at right angles (n − rank, n)."""
        return self.about.directions[1][self.rank :]

    @property
    def is_square(self) -> bool:
        """Whether A moves space within itself."""
        return self.about.is_square

    @property
    def is_singular(self) -> bool:
        """Whether no inverse undoes A; so it is of every matrix that is not square."""
        return self.inverse is None

    @property
    def moved_volume(self) -> float:
        """Signed volume of the moved unit cube; that of a square A at its end exactly rounded."""
        return float(np.linalg.det(self.moved))

    @property
    def v_in_space(self) -> Array:
        """v (3,), a vector of the plane lying on the floor."""
        return np.append(self.v, 0.0)[:3]


def known(rows: Sequence[Sequence[float]], vector: Sequence[float], t: float, way: Way) -> Known:
    """All of it; determinant, inverse, null and column space exactly as typed where entries are rational."""
    about = _about(tuple(map(tuple, rows)))
    image = product(about.A, tuple((as_fraction(x),) for x in vector))
    return Known(
        about=about,
        A=floats(about.A),
        v=np.array(vector, dtype=float),
        image=floats(image)[:, 0],
        moved=lifted(about.A, t, way),
        collapses=collapses(about.A, way) if t != 1 and shape(about.A) == (3, 3) else (),
    )


@lru_cache(maxsize=32)  # while v or t moves A stays
def _about(rows: tuple[tuple[float, ...], ...]) -> About:
    return About(rows)


def _directions(A: Matrix) -> tuple[Array, Array]:
    """U and Vᵀ of A = UΣVᵀ, also for entries whose squares are beyond floats."""
    largest = max(abs(x) for row in A for x in row) or Fraction(1)
    U, _, Vt = np.linalg.svd(np.array([[float(x / largest) for x in row] for row in A]))
    return U + 0.0, Vt + 0.0


def bases(rows: Sequence[Sequence[float]]) -> tuple[tuple[Vector, ...], tuple[Vector, ...]]:
    """Bases of the null space and of the column space.

    As elimination finds them; where rounding counts for more than elimination knows of (spaces.rounded_rank), unit
    vectors at right angles.
    """
    A, noise = exact(rows), noise_of(rows)
    rank, columns = spaces.rounded_rank(A), spaces.column_space(A, noise)
    if len(columns) == rank:
        return spaces.null_space(A, noise), columns
    U, Vt = _directions(A)
    return _fractions(Vt[rank:]), _fractions(U[:, :rank].T)


def _fractions(vectors: Array) -> tuple[Vector, ...]:
    return tuple(tuple(map(Fraction, v)) for v in vectors.tolist())


def lifted(A: Matrix, t: float, way: Way) -> Array:
    """A on its way as a map of space onto itself (3, 3), from the identity on.

    A 2×3 matrix presses space onto the floor z = 0, straight; a 3×2 matrix takes the floor out of itself, straight,
    and has nothing to say of what is above it: its third column is 0.
    """
    if shape(A) == (3, 3):
        return path(A, t, way)
    m, n = shape(A)
    end, start = np.zeros((3, 3)), np.eye(3)
    end[:m, :n] = floats(A)
    if n == 2:
        start[2, 2] = 0.0
    return (1 - t) * start + t * end


def collapses(A: Matrix, way: Way) -> tuple[float, ...]:
    """The times t with 0 < t < 1 at which the volume is 0 on the way from I to A (3×3), in order.

    det((1 − t)I + tM) is 0 at 1/(1 − λ) for a real eigenvalue λ < 0 of M: of A itself on the straight way, of the
    stretch S of A = QS on the polar one, as in paths2.collapses.
    """
    if way == "polar":
        if spaces.is_singular(A) or spaces.determinant(A) > 0:
            return ()
        found = np.linalg.eigvalsh(polar(A)[1].matrix)[:1].tolist()
    else:
        found = [float(each.value) for each in spectrum3(A).real]
    return times_of_collapse(*found)
