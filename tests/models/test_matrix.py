"""The matrix model: the course's answers, and laws."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths.matrix2 import rotation
from mmlviz.maths.number import Number
from mmlviz.maths.types2 import TYPES, typical
from mmlviz.models.matrix import Result, State, compute
from tests.matrices import MATRICES, Named, rows, those

every_matrix = those(lambda named: True)


def result(text: str, vector: str = "1,1", t: str = "1") -> Result:
    x, y = (Number(p) for p in vector.split(","))
    return compute(State(rows(text), (x, y), Number(t)))


COURSE = [
    # text, vector, its image, determinant
    ("1/2,-1;0,3/4", "3,2", (-0.5, 1.5), Fraction(3, 8)),
    ("1/2,-1;0,3/4", "-2,4", (-5, 3), Fraction(3, 8)),
    ("1,0;-4,8", "1,1", (1, 4), Fraction(8)),
    ("-5/13,12/13;12/13,5/13", "2,3", (2, 3), Fraction(-1)),  # on the mirror: it stays
    ("-5/13,12/13;12/13,5/13", "-3,2", (3, -2), Fraction(-1)),  # across it: it turns round
    (".1,.7;.3,2.1", "-7,1", (0, 0), Fraction(0)),  # on the null line
]


@pytest.mark.parametrize(("text", "vector", "image", "determinant"), COURSE)
def test_answers_of_the_course(text: str, vector: str, image: tuple, determinant: Fraction) -> None:
    found = result(text, vector)
    assert found.image.tolist() == list(image)
    assert found.determinant == determinant


def test_the_skull_is_undone_by_a_product() -> None:
    """[[1, 0], [0, 8]] · [[1, 0], [−1/2, 1]] = [[1, 0], [−4, 8]]."""
    assert (result("1,0;0,8").A @ result("1,0;-1/2,1").A == result("1,0;-4,8").A).all()


def test_the_bears_mirror() -> None:
    """E diag(1, −1) Eᵀ for the orthonormalised basis (1, 1.5), (−1, 2): the mirror stands at 56.309932°."""
    found = result("-5/13,12/13;12/13,5/13")
    E = np.linalg.qr(np.array([[1, -1], [1.5, 2]]))[0]
    assert pytest.approx(E @ np.diag([1, -1]) @ E.T) == found.A
    assert (found.kind.word, found.kind.angle) == ("reflection", pytest.approx(56.309932, abs=1e-6))
    assert found.inverse == rows_of_fractions("-5/13,12/13;12/13,5/13")


def rows_of_fractions(text: str) -> tuple:
    return tuple(tuple(x.exact for x in row) for row in rows(text))


def test_a_singular_matrix_in_tenths() -> None:
    """Singular as typed, although its float determinant is 2.8e-17."""
    assert 0.1 * 2.1 - 0.7 * 0.3 != 0
    found = result(".1,.7;.3,2.1")
    assert (found.determinant, found.rank, found.inverse, found.condition) == (0, 1, None, float("inf"))
    assert found.is_singular
    assert found.image_direction == pytest.approx(np.array([1, 3]) / np.sqrt(10))
    assert found.null_direction == pytest.approx(np.array([-7, 1]) / np.sqrt(50))


@every_matrix
def test_the_image_as_sympy(named: Named) -> None:
    """Correctly rounded, whatever the size of the entries."""
    wanted = named.exact * sympy.Matrix([sympy.Rational(-7, 3), sympy.Rational("0.1")])
    assert result(named.text, "-7/3,0.1").image.tolist() == [float(Fraction(int(x.p), int(x.q))) for x in wanted]


@every_matrix
@pytest.mark.parametrize("t", ["0", "0.3", "1"])
def test_values_describe_the_matrix_at_every_time(named: Named, t: str) -> None:
    """Only the moved matrix depends on t."""
    here, there = result(named.text, t=t), result(named.text)
    for name in ("determinant", "trace", "rank", "inverse", "kind", "singular_values", "condition"):
        assert getattr(here, name) == getattr(there, name)
    assert (here.image == there.image).all()


@every_matrix
def test_the_way_begins_at_the_identity_and_ends_at_the_matrix(named: Named) -> None:
    start, end = result(named.text, t="0"), result(named.text, t="1")
    assert (start.moved == np.eye(2)).all()
    assert start.moved_determinant == 1
    assert (end.moved == end.A).all()
    assert end.moved_determinant == float(end.determinant)


def test_half_way_to_a_rotation_is_half_the_rotation() -> None:
    assert result("0,-1;1,0", t="0.5").moved == pytest.approx(rotation(np.pi / 4))


def test_half_way_to_the_half_turn_is_a_quarter_turn() -> None:
    """The mean of I and −I would be 0: the plane would vanish on the way."""
    assert result("-1,0;0,-1", t="0.5").moved == pytest.approx(rotation(np.pi / 2))


@every_matrix
def test_lines_only_where_the_plane_collapses_onto_one(named: Named) -> None:
    found = result(named.text)
    assert (found.image_direction is not None) == (found.null_direction is not None) == (found.rank == 1)
    assert found.is_singular == (found.rank < 2)


@given(st.tuples(*4 * [st.integers(-50, 50)]), st.tuples(*2 * [st.integers(-50, 50)]))
def test_the_inverse_brings_the_image_back(entries: tuple, vector: tuple) -> None:
    a, b, c, d = map(str, entries)
    found = result(f"{a},{b};{c},{d}", "{},{}".format(*vector))
    if found.inverse is not None:
        x, y = (Fraction(p) for p in found.image.tolist())
        assert tuple(p * x + q * y for p, q in found.inverse) == vector
    assert found.trace == entries[0] + entries[3]


def test_the_list_has_the_openings_of_both_tabs() -> None:
    """So that every independent answer covers what is seen first."""
    assert State().matrix == MATRICES["opening of the matrix tab"].rows


@pytest.mark.parametrize("name", TYPES)
@given(st.floats(-360, 360), st.floats(-9, 9))
def test_what_is_typical_is_told_apart(name: str, angle: float, amount: float) -> None:
    at, k = Number.rounded(angle, 0.01), Number.rounded(amount, 0.01)
    made = State(matrix=typical(name, at, k), type=name, angle=at, amount=k)
    assert made.is_typical
    (a, b), (c, d) = made.matrix
    assert not replace(made, matrix=((a, b), (c, Number.significant(d + 0.01, 9)))).is_typical
