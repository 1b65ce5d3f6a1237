"""Spaces without a screen: cameras, views, what a session keeps of them, hidden values."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core import session
from mmlviz.core.hiding import without_values
from mmlviz.core.layout import panes, planes, spaces
from mmlviz.core.marks import Label3
from mmlviz.core.session import Kept, Session, Sight, kept
from mmlviz.core.store import Store
from mmlviz.core.strict import BadFile
from mmlviz.core.view import Camera, SpaceView
from tests.core.spacious import HOME, LAB, marks
from tests.labs.states import states, views
from tests.labs.test_every_lab import check_scene

angles = st.floats(-1e4, 1e4)


@given(st.lists(st.tuples(angles, angles, st.floats(0.01, 100)), max_size=9))
def test_turning_and_zooming_stay_within_reach(steps: list[tuple[float, float, float]]) -> None:
    camera = Camera()
    for turn, tilt, factor in steps:
        camera = camera.turned(turn, tilt).zoomed(factor)
        assert camera.is_within_reach


def test_turning_goes_around_and_tilting_stops() -> None:
    assert Camera(170, 80).turned(20, 20) == Camera(-170, 89)
    assert Camera(0, 0, 1).zoomed(0.5).zoom == 2


def test_a_layout_has_planes_and_spaces() -> None:
    assert [pane.name for pane in panes(LAB.layout)] == ["solid", "plane"]
    assert [plane.name for plane in planes(LAB.layout)] == ["plane"]
    assert [space.name for space in spaces(LAB.layout)] == ["solid"]


@given(data=st.data())
def test_the_promises_of_every_lab_take_spaces(data: st.DataObject) -> None:
    check_scene(LAB, data.draw(states(LAB)), data.draw(views(LAB)))


def test_a_store_opens_with_the_home_camera() -> None:
    assert Store(LAB).view.spaces == {"solid": SpaceView(HOME)}


def seen_from(camera: Camera) -> Kept:
    store = Store(LAB)
    return kept(LAB, store.state, store.view.with_space("solid", SpaceView(camera, 300, 200)), None, ())


def test_the_home_camera_is_not_kept() -> None:
    assert seen_from(HOME).sight == Sight()


@given(st.floats(-180, 180), st.floats(-89, 89), st.floats(0.3, 5))
def test_a_camera_comes_back(turn: float, tilt: float, zoom: float) -> None:
    camera = Camera(turn, tilt, zoom)
    text = session.write(Session("spacious", {"spacious": seen_from(camera)}), "mmlviz test")
    made, more = session.read(text.encode())
    more.done()
    made.checked((LAB,))
    view = made.labs["spacious"].sight.seen_in(Store(LAB).view)
    assert view.spaces["solid"].camera == camera


def opened(view: dict) -> None:
    labs = {"spacious": {"version": 1, "state": {}, "view": view}}
    data = {"format": 1, "program": "mmlviz test", "tab": "spacious", "labs": labs}
    session.read(json.dumps(data).encode())[0].checked((LAB,))


@pytest.mark.parametrize("camera", [[0, 90, 1], [181, 0, 1], [0, 0, 0.2], [0, 0, 6], [0, 0], "home", [0, 0, None]])
def test_a_camera_out_of_reach_is_refused(camera: object) -> None:
    opened({"cameras": {"solid": [0, 89, 1]}})
    with pytest.raises(BadFile, match=r"labs\.spacious\.view\.cameras\.solid is .*; allowed is \[turn from −180"):
        opened({"cameras": {"solid": camera}})


def test_cameras_are_of_spaces_and_boxes_of_planes() -> None:
    with pytest.raises(BadFile, match="there is no 3-D pane 'plane'; its 3-D panes are solid"):
        opened({"cameras": {"plane": [0, 0, 1]}})
    with pytest.raises(BadFile, match="there is no pane 'solid'; its panes are plane"):
        opened({"boxes": {"solid": [-1, 1, -1, 1]}})


def test_labels_of_a_space_lose_their_values_too() -> None:
    (label,) = (mark for mark in without_values(marks(1.0, 4)) if isinstance(mark, Label3))
    assert label.text == "middle"
