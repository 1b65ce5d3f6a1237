"""What only the matrix lab promises: the image can be dragged, and the picture tells the determinant."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.marks import Mark, Polygon
from mmlviz.core.store import Store
from mmlviz.labs.matrix import LAB
from mmlviz.maths import matrix2
from mmlviz.maths.number import Number
from tests.matrices import Named, rows, those

IMAGE = next(handle for handle in LAB.handles if handle.key == "image")

places = st.tuples(*2 * [st.floats(-9, 9).map(lambda x: Number.rounded(x, 0.01))])


def dragged(text: str, xy: tuple[Number, Number]) -> tuple[Any, np.ndarray]:
    """The state after dragging Av there, and where Av then is."""
    state = IMAGE.moved(replace(LAB.opening, matrix=rows(text)), xy)
    return state, np.array(IMAGE.at(state, LAB.model.compute(state)))


def last_digit(state: Any) -> float:
    """How far an image may be off when v keeps five digits."""
    return 1e-4 * float(np.abs(np.array(state.matrix)).max() * np.abs(np.array(state.vector)).max()) + 1e-12


def mark(state: Any, key: str) -> Mark:
    store = Store(LAB, state)
    return next(each for each in LAB.draw(state, store.result, store.view)["plane"] if each.key == key)


@those(lambda named: matrix2.condition(named.rows) < 100 and 1e-3 < max(map(abs, named.exact)) < 100)
@pytest.mark.parametrize("xy", [("1", "2"), ("-3.25", "0.01"), ("0", "0")])
def test_the_input_follows_its_image(named: Named, xy: tuple[str, str]) -> None:
    """Drag Av, and v is where the inverse puts it, to the digits that are kept."""
    x, y = Number(xy[0]), Number(xy[1])
    state, image = dragged(named.text, (x, y))
    assert image == pytest.approx([x, y], abs=last_digit(state))


@those(lambda named: named.kind in {"singular", "projection", "nilpotent"} and 1e-3 < max(map(abs, named.exact)) < 100)
@pytest.mark.parametrize("xy", [("1", "2"), ("-3.25", "0.01")])
def test_the_image_of_a_singular_matrix_slides_along_its_line(named: Named, xy: tuple[str, str]) -> None:
    """It comes as near to the hand as the line allows, and the lab says why it does not follow."""
    x, y = Number(xy[0]), Number(xy[1])
    state, image = dragged(named.text, (x, y))
    line = matrix2.image_direction(named.rows)
    assert image == pytest.approx((np.array([x, y]) @ line) * line, abs=last_digit(state))
    assert IMAGE.said is not None
    assert "image line" in IMAGE.said(state, LAB.model.compute(state))


def test_nothing_is_said_while_the_image_follows() -> None:
    state, _ = dragged("1,2;3,4", (Number("1"), Number("2")))
    assert IMAGE.said is not None
    assert IMAGE.said(state, LAB.model.compute(state)) == ""


@given(places)
def test_the_image_of_zero_cannot_leave_the_origin(xy: tuple[Number, Number]) -> None:
    state, image = dragged("0,0;0,0", xy)
    assert image.tolist() == [0, 0]
    assert state.vector == LAB.opening.vector


@those(lambda named: 1e-6 < abs(named.exact.det()) < 1e6)
def test_the_unit_square_has_the_area_and_the_side_of_the_determinant(named: Named) -> None:
    """Its shoelace area is det A, and its role and hatching tell the sign."""
    square = mark(replace(LAB.opening, matrix=named.rows), "unit square")
    assert isinstance(square, Polygon)
    (x, y), determinant = square.corners.T, float(named.exact.det())
    area = (x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
    assert area == pytest.approx(determinant, rel=1e-6, abs=1e-9)
    assert square.is_hatched == (determinant < 0)
    assert square.role == ("negative" if determinant < 0 else "positive")


@pytest.mark.parametrize("t", ["0", "0.5", "1"])
def test_numbers_describe_the_matrix_while_the_picture_is_on_its_way(t: str) -> None:
    state = replace(LAB.opening, t=Number(t))
    told, opening = (LAB.tell(s, LAB.model.compute(s)) for s in (state, LAB.opening))
    assert told.values == opening.values
    assert any("of the way" in warning for warning in told.warnings) == (t != "1")
