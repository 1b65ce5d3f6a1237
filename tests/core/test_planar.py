"""What the labs of 2×2 matrices share."""

import numpy as np
import pytest

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


def test_each_column_has_the_colour_of_its_arrow() -> None:
    node = planar.matrix_node(state("1,2;3,4"))
    assert [[(entry.role, plain(entry)) for entry in row] for row in node.rows] == [
        [("first", "1"), ("second", "2")],
        [("first", "3"), ("second", "4")],
    ]


@pytest.mark.parametrize(("at", "away"), [([3.0, 4.0], (0.6, 0.8)), ([-2.0, 0.0], (-1, 0)), ([0.0, 0.0], (1, 1))])
def test_a_name_stands_beyond_the_tip(at: list[float], away: tuple[float, float]) -> None:
    arrow, label = planar.tip("v", "input", np.array(at), "v")
    assert (arrow.tail.tolist(), arrow.tip.tolist(), label.at.tolist()) == ([0, 0], at, at)
    assert label.away == pytest.approx(away)


@pytest.mark.parametrize(
    ("vector", "image", "sign"),
    [("1,2", [0.5, 0.25], "="), ("1,2", [1 / 3, 1.0], "≈"), ("0.123456789,1", [1.0, 1.0], "≈")],
)
def test_a_product_is_equal_where_nothing_is_rounded(vector: str, image: list[float], sign: str) -> None:
    written = plain(planar.product_node(state("1,2;3,4", vector), np.array(image)))
    assert written.startswith("Av = (1, 2; 3, 4)(")
    assert f") {sign} (" in written


def test_a_box_holds_tips_with_room_even_if_they_are_few() -> None:
    assert planar.box_around(np.array([[2.0, -1.0]])) == pytest.approx((-2.6, 2.6, -1.3, 1.3))
    assert planar.box_around(np.array([[4.0, 0.0]])) == pytest.approx((-5.2, 5.2, -1.3, 1.3))
    assert planar.box_around(np.zeros((2, 2))) == pytest.approx((-1.3, 1.3, -1.3, 1.3))
