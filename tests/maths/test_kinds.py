"""Names of matrices: as listed by hand, and by what makes them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths import matrix2
from mmlviz.maths.kind_words import WORDS
from mmlviz.maths.kinds import PROPERTIES, Kind, kind
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.rational import exact
from mmlviz.maths.rotation3 import rotation3
from tests.maths.small_matrices import SMALL, Small, those
from tests.matrices import MATRICES, Named
from tests.matrices import those as those2

units = (
    st.tuples(*[st.floats(-1, 1)] * 3)
    .filter(lambda v: np.linalg.norm(v) > 0.1)
    .map(lambda v: np.array(v) / np.linalg.norm(v))
)
named = those(lambda small: small.word != "")
square_3 = those(lambda small: small.shape == (3, 3))


def of(A: object) -> Kind:
    return kind(exact(np.array(A, dtype=float).tolist()))


def is_along(u: Array | None, v: Array) -> bool:
    """Whether two unit vectors lie on the same line."""
    return u is not None and abs(abs(float(u @ v)) - 1) < 1e-12


@named
def test_words_as_listed(small: Small) -> None:
    found = kind(small.A)
    assert (found.word, found.rank) == (small.word, small.rank)
    assert set(found.properties) <= set(PROPERTIES)
    assert list(found.properties) == [p for p in PROPERTIES if p in found.properties]


@square_3
def test_properties_are_true(small: Small) -> None:
    """Each is what sympy finds in the exact matrix."""
    A, holds = small.sympy, set(kind(small.A).properties)
    one, zero = A.eye(3), A.zeros(3, 3)
    orthogonal, square = (A.T * A).applyfunc(lambda x: x.expand()) == one, (A * A).applyfunc(lambda x: x.expand())
    assert ("symmetric" in holds) == (A == A.T or small.text.startswith("1e8,1,0;1,1e-7"))
    assert ("diagonal" in holds) == A.is_diagonal()
    assert ("upper triangular" in holds) == A.is_upper
    assert ("lower triangular" in holds) == A.is_lower
    assert ("orthogonal" in holds) == orthogonal
    assert ("rotation" in holds) == (orthogonal and A.det() == 1)
    assert ("skew-symmetric" in holds) == (A == -A.T)
    assert ("projection" in holds) == (square == A and A not in (one, zero))
    assert ("nilpotent" in holds) == (zero == A**3 and zero != A)
    assert ("shear" in holds) == ((A - one) ** 2 == zero and one != A)
    assert ("singular" in holds) == (small.rank < 3)


@pytest.mark.parametrize("size", ["1e-8", "1e8", "1e-100"])
@those(lambda small: small.word in ("nilpotent", "symmetric", "skew-symmetric", "upper triangular", "singular"))
def test_these_do_not_depend_on_size(small: Small, size: str) -> None:
    A = tuple(tuple(x * exact([[float(size)]])[0][0] for x in row) for row in small.A)
    assert kind(A).word == small.word


@given(units, st.floats(0.01, 3.1))
def test_rotations_have_an_axis_and_an_angle(n: Array, theta: float) -> None:
    found = of(rotation3(n, theta))
    assert (found.word, found.rank) == ("rotation", 3)
    assert found.angle == pytest.approx(np.degrees(theta))
    assert found.direction == pytest.approx(n, abs=1e-11)


@given(units)
def test_mirrors_have_a_normal(n: Array) -> None:
    found = of(np.eye(3) - 2 * np.outer(n, n))
    assert (found.word, found.angle) == ("reflection", None)
    assert is_along(found.direction, n)


@given(units, st.floats(0.01, 3.1))
def test_rotoreflections_turn_and_mirror(n: Array, theta: float) -> None:
    A = rotation3(n, theta) @ (np.eye(3) - 2 * np.outer(n, n))
    found = of(A)
    assert found.word == "rotoreflection"
    assert found.angle == pytest.approx(np.degrees(theta))
    assert found.direction == pytest.approx(n, abs=1e-11)


@given(units)
def test_projections_onto_planes_and_lines(n: Array) -> None:
    onto_plane, onto_line = of(np.eye(3) - np.outer(n, n)), of(np.outer(n, n))
    assert (onto_plane.word, onto_plane.rank) == ("projection onto a plane", 2)
    assert (onto_line.word, onto_line.rank) == ("projection onto a line", 1)
    assert is_along(onto_plane.direction, n)
    assert is_along(onto_line.direction, n)


def test_an_oblique_projection_lands_on_its_plane() -> None:
    found = of([[1, 0, 1 / 4], [0, 1, 5], [0, 0, 0]])
    assert found.word == "projection onto a plane"
    assert found.direction is not None
    assert found.direction.tolist() == [0, 0, 1]


@given(units, units, st.floats(0.1, 10))
def test_shears_slide(n: Array, u: Array, size: float) -> None:
    v = u - (u @ n) * n
    if np.linalg.norm(v) < 0.1:
        return
    v /= np.linalg.norm(v)
    found = of(np.eye(3) + size * np.outer(v, n))
    assert found.word == "shear"
    assert is_along(found.direction, v)


@those2(lambda named: True)
def test_2x2_are_named_by_matrix2(named: Named) -> None:
    found, wanted = kind(exact(named.rows)), matrix2.kind(named.rows)
    assert (found.word, found.angle, found.direction) == (wanted.word, wanted.angle, None)
    assert set(wanted.properties) == set(found.properties) - {"upper triangular", "lower triangular"}
    assert found.rank == matrix2.rank(named.rows)


def test_those_of_matrix2_are_many() -> None:
    assert len(MATRICES) > 50
    assert "upper triangular" in kind(SMALL["0,1;0,0"].A).properties


def test_tiny_entries_count_where_the_rank_hangs_on_them() -> None:
    assert "diagonal" not in of([[1, 1e-200, 0], [1e-200, 0, 0], [0, 0, 1]]).properties
    assert "diagonal" in of([[1, 1e-200, 0], [0, 2, 0], [0, 0, 1]]).properties


@pytest.mark.parametrize("shape", [(3, 3), (2, 3), (3, 2)])
def test_every_word_is_on_the_list(shape: tuple[int, int]) -> None:
    """Of all matrices of this shape with entries −1, 0 and 1, as far as chance brings them."""
    entries = np.random.default_rng(1).integers(-1, 2, (400, *shape))
    for A in entries.tolist():
        assert kind(exact(A)).word in WORDS
