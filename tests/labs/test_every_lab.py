"""The promises that every lab keeps in any reachable state. They cannot know the mathematics: that is for its model."""

import ast
import dataclasses
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from math import inf, isfinite
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mmlviz import cli
from mmlviz.core import codec
from mmlviz.core.controls import (
    Button,
    Buttons,
    Choose,
    Group,
    Handle,
    Handle3,
    OpenPicture,
    Play,
    Slider,
    Strip,
    Tick,
    Typed,
)
from mmlviz.core.fields import entry
from mmlviz.core.formula import plain
from mmlviz.core.lab import Hint, Lab
from mmlviz.core.layout import panes, planes, spaces
from mmlviz.core.marks import (
    Arrow3,
    Arrows,
    Band,
    Bars,
    Box3,
    Curve,
    Curve3,
    Image,
    Label,
    Label3,
    Mark,
    Outline,
    Picture,
    Points3,
    Polygon3,
    Segments,
    Segments3,
    Surface,
    Texts,
    Ticks,
)  # fmt: skip
from mmlviz.core.options import Choice, Formula, Matrices, PictureFile, Product, Switch, Word
from mmlviz.core.shelf import titles
from mmlviz.core.store import Store
from mmlviz.core.theme import ROLES
from mmlviz.core.view import View
from mmlviz.labs import LABS
from mmlviz.maths.number import Number, Problem
from tests.labs.recipes import Child
from tests.labs.states import states, views
from tests.labs.tolerances import in_order, tolerance
from tests.matrices import MATRICES

MOST_MARKS = 60
# What a recipe may take from here: data, and landscapes that grow from a word; never the model it checks.
OURS = ("import math", "from mmlviz.data.", "from mmlviz.maths.landscape ", "from mmlviz.maths.seeds ")

every_lab = pytest.mark.parametrize("lab", LABS, ids=[lab.id for lab in LABS])
# Of the corners of a polygon, which are made alike, the first and the last.
HANDLES = [(lab, h) for lab in LABS for h in lab.handles if h.key not in {f"polygon{k}" for k in range(2, 8)}]
every_handle = pytest.mark.parametrize(("lab", "handle"), HANDLES, ids=[f"{lab.id} {h.key}" for lab, h in HANDLES])


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    """One Python for all recipes: starting it costs more than running a thousand of them."""
    made = Child()
    yield made
    made.close()


# The declaration --------------------------------------------------------------------------------


def test_ids_are_unique() -> None:
    assert len({lab.id for lab in LABS}) == len(LABS)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", lab.id) for lab in LABS)
    assert titles(LABS) == {lab.id: lab.title for lab in LABS}


@every_lab
def test_everything_has_a_name(lab: Lab) -> None:
    for text in (lab.title, lab.help, lab.tries):
        assert text.strip()
    for field in lab.fields:
        assert field.label
        assert field.help
        assert field.limits[0] < field.limits[1]
    for pane in panes(lab.layout):
        assert pane.title
    for value in lab.values:
        assert value.meaning
    for handle in lab.handles:
        assert handle.name
        assert handle.role in ROLES


@every_lab
def test_names_are_unique(lab: Lab) -> None:
    for names in (
        [field.name for field in lab.fields], [value.name for value in lab.values], [h.key for h in lab.handles],
        [preset.title for preset in lab.presets], [pane.name for pane in panes(lab.layout)],
        [group.title for group in lab.groups],
    ):  # fmt: skip
        assert [name for name, n in Counter(names).items() if n > 1] == []


@every_lab
def test_fields_are_those_of_the_state(lab: Lab) -> None:
    assert [field.name for field in lab.fields] == [field.name for field in dataclasses.fields(lab.opening)]
    for field in lab.fields:
        assert field.read(field.write(getattr(lab.opening, field.name))) == getattr(lab.opening, field.name)


def controls(groups: tuple[Group, ...]) -> list[Slider | Play]:
    return [control for group in groups for control in group.controls if isinstance(control, Slider | Play)]


def buttons(lab: Lab) -> list[Button]:
    rows = [control for group in lab.groups for control in group.controls if isinstance(control, Buttons)]
    return [button for row in rows for button in row.buttons]


KINDS = {
    Choose: Choice,
    Tick: Switch,
    Typed: (Word, Formula, Product, Matrices),
    Strip: Product,
    OpenPicture: PictureFile,
}


@every_lab
def test_controls_belong_to_fields(lab: Lab) -> None:
    for group in lab.groups:
        for control in group.controls:
            if type(control) in KINDS:
                assert isinstance(lab.field(control.field), KINDS[type(control)])
    assert len({button.key for button in buttons(lab)}) == len(buttons(lab))
    assert all(button.title and button.help for button in buttons(lab))
    for control in controls(lab.groups):
        field = lab.field(control.field)
        low, high = field.limits
        assert low <= control.low < control.high <= high
        assert 0 < control.step < control.high - control.low
        if isinstance(control, Slider):
            assert control.steps >= 2
            assert all(control.steps_to(control.at(k)) == k for k in {0, control.steps // 2, control.steps})
            assert all(field.allows(control.at(k)) for k in range(0, control.steps + 1, max(control.steps // 50, 1)))
        index = control.index if isinstance(control, Slider) else ()
        if control.shown(lab.opening):
            assert isinstance(entry(getattr(lab.opening, control.field), index), Number)
        else:
            assert any(len(index) == len(shape) for shape in field.all_shapes)
        if isinstance(control, Slider):
            assert control.role in ROLES
            assert control.label or field.label


@every_lab
def test_handles_and_clicks_are_on_panes(lab: Lab) -> None:
    assert {part.pane for part in (*lab.handles, *lab.clicks)} <= {plane.name for plane in planes(lab.layout)}
    assert len({part.key for part in (*lab.handles, *lab.clicks)}) == len(lab.handles) + len(lab.clicks)


@every_lab
def test_presets_can_be_read(lab: Lab) -> None:
    for preset in lab.presets:
        assert preset.title
        found, state = codec.read_link(preset.link, LABS)
        assert found is lab
        assert state != lab.opening


# The state --------------------------------------------------------------------------------------


@every_lab
@given(data=st.data())
def test_a_state_survives_link_and_dict(lab: Lab, data: st.DataObject) -> None:
    state = data.draw(states(lab))
    assert codec.read_link(codec.link(lab, state), LABS) == (lab, state)
    assert codec.read_state(lab, codec.changed(lab, state)) == state
    assert codec.read_state(lab, json.loads(json.dumps(codec.texts(lab, state)))) == state


# The picture ------------------------------------------------------------------------------------


def arrays(mark: Mark) -> Iterator[tuple[str, np.ndarray]]:
    for field in dataclasses.fields(mark):
        value = getattr(mark, field.name)
        for array in value if isinstance(value, tuple) else (value,):
            if isinstance(array, np.ndarray):
                yield field.name, array


# What must be of one length in a mark.
PARTNERS = {Ticks: ("positions", "texts"), Texts: ("at", "texts"), Bars: ("x", "heights"), Arrows: ("tips", "tails")}


def check_mark(mark: Mark) -> None:
    """Plain data: a key, a known role, finite coordinates."""
    assert mark.key
    assert mark.role in ROLES
    for name, array in arrays(mark):
        check_array(mark, name, array)
    if type(mark) in PARTNERS:
        assert len({len(getattr(mark, name)) for name in PARTNERS[type(mark)]}) == 1
    if isinstance(mark, Segments | Segments3):
        assert len(mark.ends) % 2 == 0
    if isinstance(mark, Label | Label3):
        assert mark.text.strip()
        assert not re.search(r"\b(nan|inf|None)\b", mark.text)
        assert all(map(isfinite, mark.away))
    if isinstance(mark, Outline):
        assert 0 <= mark.share <= 1
    if isinstance(mark, Picture):
        assert (mark.matrix.shape, mark.origin.shape) == ((2, 2), (2,))
    if isinstance(mark, Band | Image):
        assert all(map(isfinite, (mark.low, mark.high)))
        assert mark.low <= mark.high


SOLID = Arrow3, Box3, Curve3, Label3, Points3, Polygon3, Segments3  # of which arrays are points with three numbers


def check_box(marks: tuple[Mark, ...]) -> None:
    """A space has exactly one box, and it is not flat."""
    (box,) = (mark for mark in marks if isinstance(mark, Box3))
    assert (box.low < box.high).all()


def check_surface(mark: Surface) -> None:
    """Its table has a row for every y and a column for every x; only heights may be holes."""
    assert mark.z.shape == (len(mark.y), len(mark.x))
    assert np.isfinite(mark.x).all()
    assert np.isfinite(mark.y).all()
    assert not np.isinf(mark.z).any()
    assert 0 <= mark.share <= 1


def check_array(mark: Mark, name: str, array: np.ndarray) -> None:
    if name == "groups":
        assert (array.dtype, array.shape) == (np.uint8, (len(mark.at),))
        assert array.max(initial=0) <= 9
        return
    if name == "pixels":
        assert array.dtype == np.uint8
        assert array.shape[2] in {3, 4}
        return
    assert array.dtype == np.float64
    if isinstance(mark, Surface):
        check_surface(mark)
        return
    if isinstance(mark, Ticks | Bars):
        assert array.ndim == 1
    elif isinstance(mark, Image):
        assert array.ndim == 2
    elif isinstance(mark, SOLID):
        assert array.shape in {(3,), (len(array), 3)}, (mark.key, name)
    else:
        assert array.shape in {(2,), (len(array), 2)}, (mark.key, name)
    if isinstance(mark, Image):
        array = array[~np.isnan(array)]
    if isinstance(mark, Curve | Curve3):
        gap = np.isnan(array)
        assert (gap == gap[:, :1]).all()
        array = array[~gap[:, 0]]
    assert np.isfinite(array).all(), (mark.key, name)


def check_scene(lab: Lab, state: Any, view: View) -> None:
    scene = lab.draw(state, lab.model.compute(state), view)
    drawn = (*planes(lab.layout), *spaces(lab.layout))
    assert set(scene) == {pane.name for pane in drawn if pane.shown(state)}
    for space in spaces(lab.layout):
        if space.name in scene:
            check_box(scene[space.name])
    assert max(map(len, scene.values())) <= MOST_MARKS
    for marks in scene.values():
        keys = [mark.key for mark in marks]
        assert [key for key, n in Counter(keys).items() if n > 1] == []
        for mark in marks:
            check_mark(mark)


@every_lab
@settings(max_examples=300)
@given(data=st.data())
def test_a_picture_is_plain_data(lab: Lab, data: st.DataObject) -> None:
    """In any state, however far it is zoomed and moved."""
    check_scene(lab, data.draw(states(lab)), data.draw(views(lab)))


@every_lab
@given(data=st.data())
def test_a_picture_depends_on_nothing_else(lab: Lab, data: st.DataObject) -> None:
    """Neither clock nor chance nor what was drawn before."""
    state, view = data.draw(states(lab)), data.draw(views(lab))
    first, second = (lab.draw(state, lab.model.compute(state), view) for _ in range(2))
    for pane, marks in first.items():
        for one, other in zip(marks, second[pane], strict=True):
            assert (type(one), one.key, one.role) == (type(other), other.key, other.role)
            for (_, a), (_, b) in zip(arrays(one), arrays(other), strict=True):
                assert np.array_equal(a, b, equal_nan=True)


@every_lab
@given(data=st.data())
def test_fit_shows_every_handle(lab: Lab, data: st.DataObject) -> None:
    state = data.draw(states(lab))
    result = lab.model.compute(state)
    if lab.fit is None:
        return
    view = Store(lab, state).view
    for plane in planes(lab.layout):
        x0, x1, y0, y1 = box = lab.fit(state, result, plane.name)
        assert all(map(isfinite, box))
        assert x0 < x1
        assert y0 < y1
        for handle in lab.handles:
            if handle.pane == plane.name and handle.shown(state, result):
                x, y = handle.at(state, result)
                assert x0 <= x <= x1
                assert y0 <= y <= y1
        view = view.with_pane(plane.name, dataclasses.replace(view[plane.name], wanted=box))
    check_scene(lab, state, view)


@every_lab
@given(data=st.data(), share=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_hover_says_something_or_nothing(lab: Lab, data: st.DataObject, share: tuple[float, float]) -> None:
    state, view = data.draw(states(lab)), data.draw(views(lab))
    for plane in planes(lab.layout):
        x0, x1, y0, y1 = view[plane.name].box
        at = x0 + share[0] * (x1 - x0), y0 + share[1] * (y1 - y0)
        said = lab.hover(state, lab.model.compute(state), plane.name, at) if plane.shown(state) else None
        if isinstance(said, Hint):
            if said.picture is not None:
                assert said.picture.ndim == 2
                assert 0 <= said.picture.min() <= said.picture.max() <= 1
            said = said.text
        assert said is None or (isinstance(said, str) and said.strip())
        assert not re.search(r"\b(nan|inf|None)\b", said or "")


# The reading ------------------------------------------------------------------------------------


def is_of(declared: str, value: Any, has_lost: bool) -> bool:
    """Whether JSON data is what a Value declares: number, string, array of 2 numbers or null, object of numbers."""
    if declared.endswith(" or null"):
        return value is None or is_of(declared.removesuffix(" or null"), value, has_lost)
    array = re.fullmatch(r"array of (?:(\d+) )?(?:(arrays) (of .*)|(.*)s)", declared)
    if array:
        count, nested, rest, single = array.groups()
        inner = f"array {rest}" if nested else single.replace("s or null", " or null")
        fits = isinstance(value, list) and (count is None or len(value) == int(count))
        return fits and all(is_of(inner, each, has_lost) for each in value)
    members = re.fullmatch(r"object of (.*?)s( or nulls)?", declared)
    if members:
        inner = f"{members[1]} or null" if members[2] else members[1]
        return isinstance(value, dict) and all(is_of(inner, each, has_lost) for each in value.values())
    if declared == "number":
        return type(value) in {int, float} or (value is None and has_lost)
    return type(value) is {"integer": int, "string": str, "boolean": bool}[declared]


@pytest.mark.parametrize(
    ("declared", "good", "bad"),
    [
        ("number", 1.5, None),
        ("integer", 2, 2.0),
        ("string", "x", 1),
        ("number or null", None, "x"),
        ("array of strings", ["x"], [1]),
        ("boolean", True, 1),
        ("array of numbers or null", [1, 2.5], ["x"]),
        ("array of 2 numbers", [1, 2.0], [1]),
        ("array of strings or nulls or null", ["x", None], ["x", 1]),
        ("array of arrays of 2 numbers", [[1, 2]], [[1]]),
        ("object of numbers or null", {"0,1": 1.5}, {"0,1": None}),
        ("object of strings or nulls or null", {"0,1": None, "1,0": "1/3"}, {"0,1": 2}),
        ("array of 2 arrays of 2 numbers or null", None, [[1, 2], [3, None]]),
    ],
)
def test_declared_types_are_understood(declared: str, good: Any, bad: Any) -> None:
    assert is_of(declared, good, has_lost=False)
    assert not is_of(declared, bad, has_lost=False)


@every_lab
@settings(max_examples=300)
@given(data=st.data())
def test_a_reading_is_what_was_declared(lab: Lab, data: st.DataObject) -> None:
    state = data.draw(states(lab))
    reading = cli.reading(lab, state)
    json.dumps(reading, allow_nan=False)
    assert list(reading["values"]) == [value.name for value in lab.values]
    for value in lab.values:
        found = reading["values"][value.name]
        has_lost = any(warning.startswith(f"{value.name}:") for warning in reading["warnings"])
        assert is_of(value.type, found, has_lost), (value.name, found)
        if value.words and found is not None:  # null is for is_of to allow
            assert set([found] if isinstance(found, str) else found) <= set(value.words)


@every_lab
@settings(max_examples=300)
@given(data=st.data())
def test_a_reading_can_be_read_aloud(lab: Lab, data: st.DataObject) -> None:
    state = data.draw(states(lab))
    told = lab.tell(state, lab.model.compute(state))
    lines = [told.sentence, *told.warnings, *told.readout, *told.readout.values(), *map(plain, told.formulas)]
    assert told.formulas
    for line in lines:
        assert line.strip()
        assert line.isprintable()
        assert not re.search(r"\b(nan|inf|None)\b|Number\(|Fraction\(", line), line
    for sentence in (told.sentence, *told.warnings):
        assert sentence.endswith(".")


# The hand ---------------------------------------------------------------------------------------

places = st.tuples(*2 * [st.floats(-5, 5) | st.floats(-1e6, 1e6) | st.sampled_from([0.0, 1e6, -1e6])])
steps = st.sampled_from([1e-8, 1e-3, 0.01, 1.0, 1e3])


@every_handle
@given(data=st.data())
def test_handles_are_somewhere(lab: Lab, handle: Handle, data: st.DataObject) -> None:
    state = data.draw(states(lab))
    if not handle.shown(state, lab.model.compute(state)):
        return  # to draw states until one fits would take minutes
    at = handle.at(state, lab.model.compute(state))
    assert len(at) == 2
    assert all(isinstance(x, float) and isfinite(x) for x in at)


HANDLES3 = [(lab, h) for lab in LABS for h in lab.handles3]
places3 = st.tuples(*3 * [st.floats(-5, 5) | st.sampled_from([0.0, 1e6, -1e6])])


@pytest.mark.parametrize(("lab", "handle"), HANDLES3, ids=[f"{lab.id} {h.pane} {h.key}" for lab, h in HANDLES3])
@given(data=st.data(), xyz=places3, step=steps)
def test_a_handle_of_a_space_is_somewhere_and_makes_states(
    lab: Lab, handle: Handle3, data: st.DataObject, xyz: tuple[float, ...], step: float
) -> None:
    """That can be drawn, told and linked, unless they are beyond the limits."""
    state = data.draw(states(lab))
    result = lab.model.compute(state)
    if not handle.shown(state, result):
        return
    at = handle.at(state, result)
    assert len(at) == 3
    assert all(isinstance(x, float) and isfinite(x) for x in at)
    assert handle.said is None or isinstance(handle.said(state, result), str)
    after = handle.moved(state, tuple(Number.rounded(x, step) for x in xyz))  # type: ignore[arg-type]
    if lab.allows(after):
        assert codec.read_link(codec.link(lab, after), LABS) == (lab, after)
        check_scene(lab, after, Store(lab, after).view)
        cli.reading(lab, after)


@every_lab
def test_handles_of_spaces_are_in_spaces(lab: Lab) -> None:
    assert {handle.pane for handle in lab.handles3} <= {space.name for space in spaces(lab.layout)}
    assert len({handle.key for handle in lab.handles3}) == len(lab.handles3)


@every_handle
@given(data=st.data(), way=st.lists(places, min_size=1, max_size=4), step=steps)
def test_a_drag_is_one_step_and_undo_and_redo_are_exact(
    lab: Lab, handle: Handle, data: st.DataObject, way: list[tuple[float, float]], step: float
) -> None:
    """From any state, and every state on the way can be drawn, told and linked."""
    before = data.draw(states(lab))
    store = Store(lab, before)
    if not handle.shown(before, store.result):
        return
    for x, y in way:
        store.preview(handle.moved(store.state, (Number.rounded(x, step), Number.rounded(y, step))))
        assert codec.read_link(codec.link(lab, store.state), LABS) == (lab, store.state)
        check_scene(lab, store.state, store.view)
        cli.reading(lab, store.state)
    store.settle()
    after = store.state
    if after != before:
        assert store.undo_label
        store.undo()
    assert store.undo_label is None
    assert store.state == (lab.undone(after, before) if after != before else before)
    store.redo()
    assert store.state == after


@every_handle
@given(data=st.data(), xy=places)
def test_snapping_leads_somewhere(lab: Lab, handle: Handle, data: st.DataObject, xy: tuple[float, float]) -> None:
    state, view = data.draw(states(lab)), data.draw(views(lab))
    if handle.snapped is not None:
        pulled = handle.snapped(state, lab.model.compute(state), xy, view[handle.pane])
        assert all(map(isfinite, pulled))
        moved = handle.moved(state, (Number.significant(pulled[0], 9), Number.significant(pulled[1], 9)))
        assert codec.read_link(codec.link(lab, moved), LABS) == (lab, moved)


def place_of(control: Slider | Play, share: float) -> Number:
    """The number of a knob that stands at this share of its way."""
    if isinstance(control, Slider):
        return control.at(round(share * control.steps))
    return Number.rounded(control.low + share * (control.high - control.low), control.step)


@every_lab
@given(data=st.data())
def test_buttons_and_clicks_make_states(lab: Lab, data: st.DataObject) -> None:
    """Every one of them, from any state: what comes is allowed, can be linked, drawn and told."""
    state = data.draw(states(lab))
    made = [button.pressed(state) for button in buttons(lab)]
    for click in lab.clicks:
        x0, x1, y0, y1 = click.within or next(p for p in planes(lab.layout) if p.name == click.pane).home
        x, y = data.draw(st.tuples(st.floats(x0, x1), st.floats(y0, y1)))
        result = lab.model.compute(state)
        made.append(click.clicked(state, result, (Number.rounded(x, 0.01), Number.rounded(y, 0.01))))
    for after in made:
        assert lab.allows(after)
        assert codec.read_link(codec.link(lab, after), LABS) == (lab, after)
        check_scene(lab, after, Store(lab, after).view)
        cli.reading(lab, after)


@every_lab
@given(data=st.data())
def test_sliders_reach_their_ends(lab: Lab, data: st.DataObject) -> None:
    """Every place of every knob is a state that can be drawn and told."""
    store = Store(lab, data.draw(states(lab)))
    for control in controls(lab.groups):
        if not control.shown(store.state):
            continue
        share = data.draw(st.sampled_from([0.0, 0.37, 1.0]))
        number = place_of(control, share)
        text = codec.texts(lab, store.state)
        index = control.index if isinstance(control, Slider) else ()
        field = lab.field(control.field)
        rows = [row.split(",") for row in text[control.field].split(";")]
        i, j = (*(0,) * (2 - len(index)), *index)
        rows[i][j] = number.text
        value = field.read(";".join(map(",".join, rows)))
        assert not isinstance(value, Problem)
        store.set(dataclasses.replace(store.state, **{control.field: value}))
        check_scene(lab, store.state, store.view)
        cli.reading(lab, store.state)


# The recipe -------------------------------------------------------------------------------------


def check_recipe(lab: Lab, state: Any, child: Child, is_plain: bool = False) -> set[str]:
    """The names that the recipe answers, each with the lab's value to 12 digits of its terms.

    In a plain state, such as a preset, rounding decides nothing, not even an order.
    """
    told = lab.tell(state, lab.model.compute(state)).values
    found = child.run(lab.recipe(state), list(told))
    assert "raised" not in found, found["raised"]
    for name, value in found.items():
        off = tolerance(lab.id, name, state, told)
        if off < inf:
            ordered = value if is_plain else in_order(name, value, told[name], off)
            check_close(ordered, told[name], off, f"{lab.id} {name} {codec.link(lab, state)}")
    return set(found)


def check_close(found: Any, wanted: Any, off: float, where: str) -> None:
    if wanted is None or isinstance(wanted, str | bool):
        assert found == wanted, where
        return
    if isinstance(wanted, dict):
        assert set(found) == set(wanted), where
        found, wanted = [found[name] for name in wanted], list(wanted.values())
    one, other = np.array(found, dtype=float), np.array(wanted, dtype=float)
    assert one.shape == other.shape, where
    with np.errstate(invalid="ignore"):
        assert ((one == other) | (np.abs(one - other) <= off)).all(), (where, found, wanted, off)


@every_lab
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_recipe_agrees_with_the_lab(lab: Lab, child: Child, data: st.DataObject) -> None:
    check_recipe(lab, data.draw(states(lab)), child)


@every_lab
def test_the_recipe_answers_something(lab: Lab, child: Child) -> None:
    assert len(check_recipe(lab, lab.opening, child)) >= min(2, len(lab.values))
    for preset in lab.presets:
        check_recipe(lab, codec.read_link(preset.link, LABS)[1], child, is_plain=True)


@every_lab
def test_the_recipe_agrees_on_the_list(lab: Lab, child: Child) -> None:
    """Every named matrix: the ones that are singular, defective or badly scaled are too rare to wait for."""
    for field in lab.fields:
        if field.shape == (2, 2):
            for named in MATRICES.values():
                check_recipe(lab, dataclasses.replace(lab.opening, **{field.name: named.rows}), child)


@every_lab
@given(data=st.data())
def test_the_recipe_is_a_few_lines_of_numpy(lab: Lab, data: st.DataObject) -> None:
    code = lab.recipe(data.draw(states(lab)))
    tree = ast.parse(code)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    first, *others = [ast.unparse(node) for node in imports]
    assert first == "import numpy as np"
    assert all(other.startswith(OURS) for other in others)
    assert 5 <= len([line for line in code.splitlines() if line.strip()]) <= 20
    assert code.endswith("\n")
    assert max(map(len, code.splitlines())) <= 240  # four entries of 40 characters at most


@every_lab
def test_the_recipe_runs_as_it_is_pasted(lab: Lab) -> None:
    """As a real `python -c`, with every warning an error."""
    ran = subprocess.run([sys.executable, "-W", "error", "-c", lab.recipe(lab.opening)], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
