"""Products of matrices in the plane: each factor in turn, and the opposite order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths.composition import composed, definitions
from mmlviz.maths.matrix2 import rotation
from mmlviz.maths.number import Number, Problem
from mmlviz.maths.rational import exact, floats, product
from tests.matrices import Rows, rows

A = rows("3/2,1/2;-1/2,5/4")
NAMES = "B=0,-1;1,0 | C=(A^2 B)^-1 | D=1,1;0,1"

entries = st.integers(-4, 4).map(lambda n: Number(str(n)))
matrices = st.tuples(st.tuples(entries, entries), st.tuples(entries, entries))


def text(M: Rows) -> str:
    return ";".join(",".join(x.text for x in row) for row in M)


@given(matrices, matrices, matrices)
def test_the_product_is_that_of_numpy_and_its_determinant_the_product_of_theirs(P: Rows, Q: Rows, R: Rows) -> None:
    found = composed("A B C", f"B={text(Q)} | C={text(R)}", P)
    assert found.value == product(exact(P), product(exact(Q), exact(R)))
    assert found.backwards == product(exact(R), product(exact(Q), exact(P)))
    assert found.gap == pytest.approx(np.linalg.norm(floats(found.value) - floats(found.backwards)), abs=1e-12)
    sizes = [np.linalg.det(np.array(M, dtype=float)) for M in (P, Q, R)]
    assert np.linalg.det(floats(found.value)) == pytest.approx(np.prod(sizes), abs=1e-9 * (1 + abs(np.prod(sizes))))


@given(matrices, matrices, st.floats(0, 1))
def test_factors_act_one_after_the_other_from_the_right(P: Rows, Q: Rows, t: float) -> None:
    found = composed("A B", f"B={text(Q)}", P)
    first, second = np.array(Q, dtype=float), np.array(P, dtype=float)
    assert (found.moved(0) == np.eye(2)).all()
    assert found.moved(0.5) == pytest.approx(first)
    assert found.moved(1) == pytest.approx(second @ first)
    assert found.moved(1, is_backwards=True) == pytest.approx(first @ second)
    done, share = found.at(t)
    assert done + share == pytest.approx(2 * t, abs=1e-8)


def test_on_the_way_through_a_rotation_it_turns() -> None:
    assert composed("rot(80) A", "", rows("1,0;0,1")).moved(0.75) == pytest.approx(rotation(np.radians(40)))


def test_shears_slide_on_their_way() -> None:
    """A triangular factor stays triangular, where turning would bend its path."""
    for text, in_place in (("[1,2;0,1]", np.triu), ("[1,0;3,2]", np.tril), ("[2,1,1;0,3,2;0,0,4]", np.triu)):
        for t in np.linspace(0, 1, 5):
            found = composed(f"{text} I", "", A).moved(float(t))
            assert found == pytest.approx(in_place(found))


def test_v_after_each_factor() -> None:
    v = np.array([1.0, 2.0])
    first = np.array([[0, -1], [1, 0]]) @ v
    assert np.array(composed("A B", NAMES, A).stages(v)) == pytest.approx(
        np.array([v, first, np.array(A, dtype=float) @ first])
    )


@pytest.mark.parametrize(
    ("text", "dimension", "shape", "gap"),
    [
        ("A [1,2,3;4,5,6]", None, (2, 3), None),
        ("[1,2,3;4,5,6] [1,2;3,4;5,6]", None, (2, 2), None),  # the opposite order is 3×3
        ("2 A [1;2] 3", None, (2, 1), None),
        ("rotz(90) 2 rotx(90)", 3, (3, 3), 2 * np.sqrt(6)),
        ("I rotz(30) rotz(60)", 3, (3, 3), 0),
        ("I 2", 2, (2, 2), 0),
    ],
)
def test_factors_of_other_shapes(text: str, dimension: int | None, shape: tuple[int, int], gap: float | None) -> None:
    found = composed(text, "", A)
    assert found.dimension == dimension
    assert np.linalg.multi_dot([np.eye(shape[0]), *found.matrices]) == pytest.approx(floats(found.value))
    assert floats(found.value).shape == shape
    assert found.gap == (None if gap is None else pytest.approx(gap))
    if dimension is None:
        with pytest.raises(ValueError, match="within itself"):
            found.moved(0.5)
    else:
        assert found.moved(1) == pytest.approx(floats(found.value))
        assert found.moved(0) == pytest.approx(np.eye(dimension))


def test_in_space_a_rotation_turns_on_its_way() -> None:
    half = composed("rotz(80) I", "", rows("1,0;0,1")).moved(0.75)
    assert half[:2, :2] == pytest.approx(rotation(np.radians(40)))
    assert half[2] == pytest.approx([0, 0, 1])


def test_letters_defined_by_others_follow_A() -> None:
    for M in (A, rows("1,2;3,4")):
        found = definitions(NAMES, M)["C"]
        assert not isinstance(found, Problem)
        P, B = np.array(M, dtype=float), np.array([[0, -1], [1, 0]])
        assert floats(found) == pytest.approx(np.linalg.inv(P @ P @ B))


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("A A^-1", 0),
        ("A A^2", 0),
        ("rot(30) rot(50)", 0),
        ("2 A", 0),
        ("A B", None),
        ("scale(2) A", 0),
        ("rot(10) D", None),
    ],
)
def test_what_commutes_has_no_gap(text: str, gap: float | None) -> None:
    found = composed(text, NAMES, A).gap
    assert found is not None
    assert found == 0 if gap == 0 else found > 0.01


@pytest.mark.parametrize(
    ("text", "matrix", "message"),
    [
        ("A^-1 B", "1,1;1,1", "A is singular"),
        ("A E", "1,0;0,1", "E is not defined"),
        ("[1,2,3;4,5,6] A", "1,0;0,1", "needs as many rows"),
        ("F", "1,0;0,1", "F is defined by G and G by F"),
        ("A A", "1e-200,0;0,1e-200", "too small beside 0"),
        ("A^-1 B A^-1", "1e-200,0;0,1e-200", "too large"),
    ],
)
def test_what_has_no_product_says_why(text: str, matrix: str, message: str) -> None:
    found = composed(text, f"{NAMES} | F=G | G=F", rows(matrix))
    assert (found.value, found.gap, found.matrices, found.dimension) == (None, None, (), None)
    assert found.problem is not None
    assert message in found.problem.message


def test_a_wrong_letter_that_is_not_used_does_no_harm() -> None:
    assert composed("A B", f"{NAMES} | F=G | G=F", A).problem is None
