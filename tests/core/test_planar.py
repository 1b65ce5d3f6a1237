"""What the labs of 2×2 matrices share."""

import pytest

from mmlviz.core import planar
from mmlviz.core.formula import plain
from mmlviz.maths.number import Number
from mmlviz.models.matrix import State
from tests.matrices import rows


def state(text: str, vector: str = "3,2") -> State:
    x, y = vector.split(",")
    return State(rows(text), (Number(x), Number(y)))


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("1/2,-1;0,3/4", "np.array([[1/2, -1], [0, 3/4]], dtype=float)"),
        ("007,-01;00,010/002", "np.array([[7, -1], [0, 10/2]], dtype=float)"),  # Python reads no leading zeros
        ("0.05,1e-05;1.00,.5", "np.array([[0.05, 1e-5], [1.00, .5]], dtype=float)"),
        ("1.,10;100,0", "np.array([[1., 10], [100, 0]], dtype=float)"),
    ],
)
def test_python_as_typed(text: str, python: str) -> None:
    assert planar.python_matrix(state(text)) == python


def test_python_vector() -> None:
    assert planar.python_vector(state("1,0;0,1", "1/2,-03")) == "np.array([1/2, -3], dtype=float)"


def test_a_column_is_replaced_whole() -> None:
    xy = Number("5"), Number("6")
    assert planar.with_column(state("1,2;3,4"), 0, xy).matrix == rows("5,2;6,4")
    assert planar.with_column(state("1,2;3,4"), 1, xy).matrix == rows("1,5;3,6")


def test_texts_and_formulas_as_typed() -> None:
    here = state("1/2,-1;0,3/4")
    assert planar.column_text(here, 0) == "Aî = (1/2, 0)"
    assert planar.column_text(here, 1) == "Aĵ = (−1, 3/4)"
    assert plain(planar.matrix_node(here)) == "(1/2, −1; 0, 3/4)"


def test_fractions_are_answered_with_fractions() -> None:
    assert planar.has_fraction(state("1/2,0;0,1"))
    assert not planar.has_fraction(state("0.5,0;0,1"))
