"""What the matrix lab moves beside the grid."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mmlviz.core import pictures
from mmlviz.core.marks import Mark
from mmlviz.core.store import Store
from mmlviz.labs.matrix import LAB, figure
from mmlviz.maths.number import Number
from tests.matrices import rows

PIXELS = np.zeros((20, 40, 3), dtype=np.uint8)


@pytest.fixture
def loader() -> Iterator[None]:
    """A decoder that knows the built-in picture and one file."""
    before = pictures._Decoder.load
    pictures.use(lambda path: PIXELS if path in ("", "wide.png") else f"The picture {path} was not found.")
    yield
    pictures.use(before)


def marks(**fields: Any) -> dict[str, Mark]:
    state = replace(LAB.opening, **fields)
    found = LAB.draw(state, LAB.model.compute(state), Store(LAB, state).view)["plane"]
    return {mark.key: mark for mark in found}


@pytest.mark.parametrize("shape", ["circle", "letter", "bear", "polygon"])
def test_a_figure_is_drawn_where_the_matrix_takes_it(shape: str) -> None:
    A = np.array([[0, 2], [1, 1]], dtype=float)
    found = marks(shape=shape, before=True, matrix=rows("0,2;1,1"))
    moved, was = found["figure"].parts, found["before"].parts  # type: ignore[attr-defined]
    for there, here in zip(moved, was):
        assert there == pytest.approx(here @ A.T)
    assert found["figure"].role == "negative"
    assert "unit square" not in found
    assert marks(shape=shape, matrix=rows("2,0;0,1"))["figure"].role == "positive"


def test_only_the_square_has_its_area_written() -> None:
    assert "area" in marks()
    assert "area" not in marks(shape="bear")
    assert "before" in marks(before=True)


def test_the_polygon_grows_by_clicks_up_to_its_most() -> None:
    state = replace(LAB.opening, shape="polygon", polygon=())
    result = LAB.model.compute(state)
    for k in range(figure.MOST + 3):
        assert figure.CLICK.shown(state, result) == (k < figure.MOST)
        state = figure.CLICK.clicked(state, result, (Number(str(k)), Number("1")))
    assert len(state.polygon) == figure.MOST
    shown = [handle.key for handle in LAB.handles if handle.shown(state, result) and handle.key.startswith("polygon")]
    assert shown == [f"polygon{k + 1}" for k in range(figure.MOST)]
    third = next(handle for handle in LAB.handles if handle.key == "polygon3")
    moved = third.moved(state, (Number("7"), Number("-2")))
    assert third.at(moved, result) == (7, -2)
    assert moved.polygon[:2] + moved.polygon[3:] == state.polygon[:2] + state.polygon[3:]
    assert figure.without_last(moved).polygon == moved.polygon[:-1]


def test_a_polygon_without_corners_says_how_it_gets_some() -> None:
    state = replace(LAB.opening, shape="polygon", polygon=())
    assert "Click into the plane" in LAB.tell(state, LAB.model.compute(state)).sentence
    assert "figure" in marks(shape="polygon", polygon=())


def test_a_picture_keeps_its_shape_and_is_moved_about_its_origin(loader: None) -> None:
    found = marks(shape="picture", picture="wide.png", origin=(Number("1"), Number("2")), matrix=rows("0,-1;1,0"))
    picture = found["picture"]
    assert picture.pixels is PIXELS  # type: ignore[attr-defined]
    assert picture.box == (-1.5, 1.5, -0.75, 0.75)  # type: ignore[attr-defined]
    assert picture.matrix.tolist() == [[0, -1], [1, 0]]  # type: ignore[attr-defined]
    assert picture.origin.tolist() == [1, 2]  # type: ignore[attr-defined]
    assert found["origin"].at.tolist() == [[1, 2]]  # type: ignore[attr-defined]


def test_a_file_that_is_missing_is_told_and_the_built_in_picture_stands_in(loader: None) -> None:
    state = replace(LAB.opening, shape="picture", picture="gone.png")
    told = LAB.tell(state, LAB.model.compute(state)).sentence
    assert told.endswith("The picture gone.png was not found. The built-in picture stands in for it.")
    assert marks(shape="picture", picture="gone.png")["picture"].pixels is PIXELS  # type: ignore[attr-defined]


def test_without_a_decoder_there_is_no_picture_but_a_sentence() -> None:
    before = pictures._Decoder.load
    pictures.use(lambda path: "No picture can be opened here.")
    try:
        state = replace(LAB.opening, shape="picture")
        assert "No picture can be opened" in LAB.tell(state, LAB.model.compute(state)).sentence
        assert "picture" not in marks(shape="picture")
    finally:
        pictures.use(before)
