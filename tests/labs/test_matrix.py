"""What only the matrix lab promises: the image can be dragged, and the picture tells the determinant."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.controls import Buttons, Slider
from mmlviz.core.marks import Mark, Polygon
from mmlviz.core.store import Store
from mmlviz.labs.matrix import LAB, wobble
from mmlviz.maths import matrix2, types2
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


# The picture ----------------------------------------------------------------------------------------


def picture(text: str, vector: str = "-1,1/2", t: str = "1") -> dict[str, Any]:
    x, y = map(Number, vector.split(","))
    store = Store(LAB, replace(LAB.opening, matrix=rows(text), vector=(x, y), t=Number(t)))
    return {mark.key: mark for mark in LAB.draw(store.state, store.result, store.view)["plane"]}


@pytest.mark.parametrize(
    ("key", "role", "tip", "text"),
    [
        ("first", "first", [1, 3], "Aî = (1, 3)"),
        ("second", "second", [2, 4], "Aĵ = (2, 4)"),
        ("v", "input", [-1, 0.5], "v = (−1, 1/2)"),
        ("image", "output", [0, -1], "Av"),
    ],
)
def test_arrows_point_to_what_their_labels_say(key: str, role: str, tip: list[float], text: str) -> None:
    marks = picture("1,2;3,4")
    arrow, label = marks[key], marks[f"{key} label"]
    assert (arrow.role, label.role, label.text) == (role, role, text)
    assert (arrow.tail.tolist(), arrow.tip.tolist(), label.at.tolist()) == ([0, 0], tip, tip)


@pytest.mark.parametrize("t", ["0", "0.5", "1"])
def test_arrows_are_held_at_their_tips(t: str) -> None:
    marks = picture("1,2;3,4", t=t)
    state = replace(LAB.opening, matrix=rows("1,2;3,4"), vector=(Number("-1"), Number("1/2")), t=Number(t))
    result = LAB.model.compute(state)
    for handle in (handle for handle in LAB.handles if handle.shown(state, result)):
        at = np.array(handle.at(state, result), dtype=float)
        assert at == pytest.approx(marks["unit square"].corners[2] if handle.key == "corner" else marks[handle.key].tip)


@pytest.mark.parametrize(
    ("text", "role", "words"), [("2,0;0,1", "positive", "area 2"), ("0,2;2,0", "negative", "area −4")]
)
def test_the_area_is_named_in_the_colour_of_its_sign(text: str, role: str, words: str) -> None:
    label = picture(text)["area"]
    assert (label.role, label.text) == (role, words)


def test_a_collapsed_plane_shows_where_everything_goes() -> None:
    """[[1, 2], [3, 6]] sends (−2, 1) to 0 and everything onto the line along (1, 3)."""
    A, marks = np.array([[1.0, 2], [3, 6]]), picture("1,2;3,6")
    assert marks["null line"].ends @ A.T == pytest.approx(np.zeros((2, 2)), abs=1e-12)
    assert marks["image line"].ends @ (3, -1) == pytest.approx(0, abs=1e-12)
    assert marks["fibre of v"].ends @ A.T == pytest.approx(np.zeros((2, 2)), abs=1e-12)  # this v is sent to 0
    images = marks["fibres"].ends @ A.T
    assert images[0::2] == pytest.approx(images[1::2], abs=1e-9)
    assert marks["landings"].at == pytest.approx(images[0::2])
    assert len(np.unique(marks["landings"].at.round(9), axis=0)) == len(marks["landings"].at) > 3
    assert (marks["null line"].role, marks["image line"].role) == ("special", "output")


# The words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2,0;0,3", "Areas grow 6 times and keep their orientation."),
        ("1/2,0;0,1", "Areas shrink to 0.5 of their size and keep their orientation."),
        ("2,0;0,-3", "Areas grow 6 times and change orientation."),
        ("0,1;1,0", "Areas stay but change orientation."),
        ("0,-1;1,0", "Areas stay and keep their orientation."),
        ("1,2;2,4", "Every area becomes 0: no inverse undoes this."),
    ],
)
def test_what_becomes_of_areas(text: str, words: str) -> None:
    state = replace(LAB.opening, matrix=rows(text))
    assert LAB.tell(state, LAB.model.compute(state)).sentence.endswith(words)


MIRROR = "A mirror cannot be reached by turning"


@pytest.mark.parametrize(
    ("text", "t", "words"),
    [
        ("0.3333333333333333,1;1,3", "1", ["is rounding beside ad and bc: A counts as singular"]),
        ("1,1;1,1.0000000001", "1", ["Nearly singular (condition number 4·10¹⁰)"]),
        ("1e-200,0;0,1e-200", "1", ["is too small for a float", "Aî, Aĵ and Av are too short to be seen beside v"]),
        ("1e8,0;0,1e8", "1", ["v is too short to be seen beside Av: Av is 1.6·10⁸ long."]),
        ("1e-8,0;0,1", "1", ["Aî is too short to be seen beside v: v is 1.6 long."]),
        ("0,1;1,0", "0.5", [MIRROR]),
        ("0,-1;1,0", "0.5", ["The picture is at t = 0.5"]),
        ("0,1;1,0", "1", []),
    ],
)
def test_every_oddity_has_its_warning(text: str, t: str, words: list[str]) -> None:
    state = replace(LAB.opening, matrix=rows(text), t=Number(t))
    warnings = LAB.tell(state, LAB.model.compute(state)).warnings
    assert len(warnings) == len(words)
    assert all(part in warning for part, warning in zip(words, warnings))
    assert any(MIRROR in warning for warning in warnings) == (words == [MIRROR])


def test_why_v_runs_far_is_said() -> None:
    state = replace(LAB.opening, matrix=rows("1,1;1,1.00001"))
    assert IMAGE.said is not None
    assert "nearly singular" in IMAGE.said(state, LAB.model.compute(state))


# The palette ------------------------------------------------------------------------------------


BUTTONS = {
    button.key.removeprefix("type."): button
    for group in LAB.groups
    for control in group.controls
    if isinstance(control, Buttons)
    for button in control.buttons
    if button.key.startswith("type.")
}
DIALS = {c.field: c for group in LAB.groups for c in group.controls if isinstance(c, Slider) and c.taken}


@pytest.mark.parametrize("name", types2.TYPES)
def test_a_press_makes_a_matrix_of_its_type(name: str) -> None:
    state = BUTTONS[name].pressed(LAB.opening)
    assert LAB.model.compute(state).kind.word == name
    assert [field for field, dial in DIALS.items() if dial.shown(state)] == [
        "angle" if name in types2.ANGLED else "amount"
    ]


def test_the_dial_stays_while_it_passes_the_identity_and_goes_when_a_entry_is_changed() -> None:
    dial = DIALS["angle"]
    assert not dial.shown(LAB.opening)
    state = BUTTONS["rotation"].pressed(LAB.opening)
    for angle in ("1", "0", "-1"):
        assert dial.taken is not None
        state = dial.taken(state, Number(angle))
        assert dial.shown(state)
        assert state.matrix == types2.typical("rotation", Number(angle), state.amount)
    assert not dial.shown(replace(state, matrix=rows("1,2;3,4")))


# The corner -------------------------------------------------------------------------------------

CORNER = next(handle for handle in LAB.handles if handle.key == "corner")


@those(lambda named: matrix2.condition(named.rows) < 100 and 1e-2 < max(map(abs, named.exact)) < 100)
def test_the_corner_turns_and_stretches_the_parallelogram(named: Named) -> None:
    before = np.array(named.rows, dtype=float)
    if np.hypot(*before.sum(axis=1)) < 0.1:
        return
    state = CORNER.moved(replace(LAB.opening, matrix=named.rows), (Number("2"), Number("-3")))
    after = np.array(state.matrix, dtype=float)
    size = np.abs(after).max()
    assert after.sum(axis=1) == pytest.approx([2, -3], abs=2e-3 * size)
    by = np.hypot(2, -3) / np.hypot(*before.sum(axis=1))
    assert after.T @ after == pytest.approx(by**2 * before.T @ before, abs=5e-3 * size**2)
    assert np.sign(np.linalg.det(after)) == np.sign(np.linalg.det(before))


def test_a_corner_at_0_stays_and_says_why() -> None:
    state = replace(LAB.opening, matrix=rows("1,-1;2,-2"))
    assert CORNER.moved(state, (Number("1"), Number("1"))) is state
    assert CORNER.said is not None
    assert "opposite" in CORNER.said(state, LAB.model.compute(state))


# Small changes ----------------------------------------------------------------------------------


@those(lambda named: matrix2.condition(named.rows) < 1e4 and 1e-3 < max(map(abs, named.exact)) < 100)
def test_the_changes_of_v_are_those_that_make_the_changes_of_its_image(named: Named) -> None:
    state = replace(LAB.opening, matrix=named.rows, wobble=True)
    inner, outer = (mark(state, key).points for key in ("changes of v", "changes of Av"))  # type: ignore[attr-defined]
    A, image = np.array(named.rows, dtype=float), LAB.model.compute(state).image
    assert inner @ A.T == pytest.approx(outer, abs=1e-9 * np.abs(outer).max())
    assert np.hypot(*(outer - image).T) == pytest.approx(np.full(len(outer), np.hypot(*image) / 20))
    v = np.array(state.vector, dtype=float)
    farthest = np.hypot(*(inner - v).T).max() / np.hypot(*v)
    assert wobble.largest(LAB.model.compute(state)) == pytest.approx(farthest, rel=2e-3)  # of 145 directions


@pytest.mark.parametrize(
    ("text", "vector", "words"),
    [
        ("1,0;0,1", "1,0", "moves v by up to 5 %"),
        ("1,0;0,1/100", "1,0", "moves v by up to 500 %"),
        ("1,1;1,1", "1,0", "A is singular: after a change of 5 % across the image line no v has that image"),
        ("1,1;1,1", "1,-1", "Av is 0"),
    ],
)
def test_what_small_changes_do_is_said(text: str, vector: str, words: str) -> None:
    x, y = vector.split(",")
    state = replace(LAB.opening, matrix=rows(text), vector=(Number(x), Number(y)), wobble=True)
    assert words in LAB.tell(state, LAB.model.compute(state)).sentence


# On the way -------------------------------------------------------------------------------------


def test_the_moment_of_collapse_is_drawn_and_told() -> None:
    state = replace(LAB.opening, matrix=rows("0,1;1,0"), t=Number("0.5"))
    assert mark(state, "moment label").text == "the area is 0 here"  # type: ignore[attr-defined]
    told = LAB.tell(state, LAB.model.compute(state)).warnings[-1]
    assert told.endswith("the area passes through 0 at t = 0.5.")
    away = replace(state, t=Number("0.2"))
    assert "moment" not in {m.key for m in LAB.draw(away, LAB.model.compute(away), Store(LAB, away).view)["plane"]}


def test_entry_by_entry_every_point_goes_straight() -> None:
    state = replace(LAB.opening, matrix=rows("-1,0;0,-1"), path="entries", t=Number("0.25"))
    assert LAB.model.compute(state).moved.tolist() == [[0.5, 0], [0, 0.5]]
    assert "The area passes through 0 at t = 0.5" in LAB.tell(state, LAB.model.compute(state)).warnings[-1]
