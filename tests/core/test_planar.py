"""What the labs of 2×2 matrices share."""

from mmlviz.core import planar
from mmlviz.core.formula import plain
from mmlviz.maths.number import Number
from mmlviz.models.matrix import State
from tests.matrices import rows


def state(text: str, vector: str = "3,2") -> State:
    x, y = vector.split(",")
    return State(rows(text), (Number(x), Number(y)))


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
