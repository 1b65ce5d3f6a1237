"""Taylor in two variables in the window: panes that follow the window of the state, and one that is turned."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mmlviz.core.view import View
from mmlviz.qt.canvas import Canvas
from mmlviz.qt.space import SpaceCanvas
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, NONE, Person
from tests.shell.test_window_of_charts import opened

PLANES = ("contours", "L", "Q", "error")


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    return Person(window, qtbot)


def boxes(window: Window) -> list[tuple[float, ...]]:
    view: View = window.tab.store.view
    return [view[name].wanted for name in PLANES]


def test_a_plane_waits_for_the_hand_and_then_goes_about_the_centre(window: Window, person: Person) -> None:
    """Else the centre would run away from the pointer."""
    opened(window, person, "mmlviz:taylor2?centre=0.4,0.3&window=1&probe=0,0")
    canvas = window.tab.canvases["contours"]
    assert isinstance(canvas, Canvas)
    canvas.setFocus()
    before = boxes(window)
    person.press(0.4, 0.3)
    person.move(0.7, 0.1)
    person.see()
    x, y = map(float, window.tab.store.state.centre)
    assert (x, y) == pytest.approx((0.7, 0.1), abs=0.02)
    assert boxes(window) == before
    person.release(0.7, 0.1)
    assert boxes(window) == [pytest.approx((x - 1, x + 1, y - 1, y + 1))] * 4
    window.tab.store.undo()
    person.see()
    assert boxes(window) == before


def test_the_slider_of_the_window_takes_all_planes_along(window: Window, person: Person) -> None:
    opened(window, person, "mmlviz:taylor2")
    slider = person.slider("taylor2.window")
    slider.setValue(slider.minimum())
    person.see()
    assert boxes(window) == [pytest.approx((-0.02, 0.02, 0.48, 0.52))] * 4


def test_zooming_one_plane_zooms_all_and_the_solid_keeps_its_camera(window: Window, person: Person) -> None:
    opened(window, person, "mmlviz:taylor2")
    camera = window.tab.store.view.spaces["solid"].camera
    canvas = window.tab.canvases["Q"]
    assert isinstance(canvas, Canvas)
    person.qtbot.mouseClick(canvas.buttons.all[0], LEFT, NONE)
    person.see()
    found = boxes(window)
    assert found == [found[0]] * 4
    assert found[0][1] - found[0][0] < 1.6
    assert window.tab.store.view.spaces["solid"].camera == camera


def test_a_function_is_typed(window: Window, person: Person) -> None:
    opened(window, person, "mmlviz:taylor2?centre=1,1/2")
    entry = person.find("taylor2.f")
    assert isinstance(entry, QLineEdit)
    entry.setFocus()
    entry.selectAll()
    person.qtbot.keyClicks(entry, "x^2 - y^2")
    person.key(entry, Qt.Key.Key_Return)
    assert window.tab.store.state.f == "x^2 - y^2"
    assert window.tab.strip.isVisible()
    assert window.tab.store.result.kind == "not stationary"


def test_a_frozen_picture_does_not_follow(window: Window, person: Person) -> None:
    opened(window, person, "mmlviz:taylor2")
    before = boxes(window)
    window.tab.freeze(True)
    slider = person.slider("taylor2.window")
    slider.setValue(slider.minimum())
    person.see()
    assert boxes(window) == before
    window.tab.freeze(False)
    person.see()
    assert boxes(window) == [pytest.approx((-0.02, 0.02, 0.48, 0.52))] * 4


def test_arrow_keys_move_the_centre_and_the_planes_with_it(window: Window, person: Person) -> None:
    opened(window, person, "mmlviz:taylor2")
    canvas = window.tab.canvases["contours"]
    assert isinstance(canvas, Canvas)
    centre = next(proxy for proxy in canvas.proxies if proxy.isVisible())
    person.key(centre, Qt.Key.Key_Right)
    x = float(window.tab.store.state.centre[0])
    assert 0 < x < 0.2
    assert boxes(window) == [pytest.approx((x - 0.8, x + 0.8, -0.3, 1.3))] * 4


def test_undo_brings_planes_that_follow_the_state_back_to_where_they_were_zoomed(
    window: Window, person: Person
) -> None:
    opened(window, person, "mmlviz:taylor2?window=2")
    canvas = window.tab.canvases["Q"]
    assert isinstance(canvas, Canvas)
    person.qtbot.mouseClick(canvas.buttons.all[0], LEFT, NONE)
    person.see()
    zoomed, camera = boxes(window), window.tab.store.view.spaces["solid"].camera.turned(30, 10)
    window.tab.canvases["solid"].look_from(camera)  # type: ignore[union-attr]
    window.tab.reset()
    person.see()
    assert boxes(window) != zoomed
    person.key(window.tab.main_canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.tab.store.state.window == 2
    assert boxes(window) == zoomed
    assert window.tab.store.view.spaces["solid"].camera == camera


@pytest.mark.parametrize("is_projector", [False, True])
def test_the_line_that_says_what_to_try_lies_over_no_name_of_an_axis(
    window: Window, person: Person, is_projector: bool
) -> None:
    """The space stands above the line; without it, and in pictures, it has the whole pane."""
    window.resize(1024, 768)
    window.show_look("light", is_projector)
    opened(window, person, "mmlviz:taylor2")
    canvas = window.tab.canvases["solid"]
    assert isinstance(canvas, SpaceCanvas)
    assert canvas.overlay.text().startswith("Try: ")
    line = canvas.overlay.y()
    assert 0 < line < canvas.height()
    for turn in (-60, 30, 150):
        canvas.look_from(replace(canvas.pane.camera, turn=turn))
        person.see()
        with_line = canvas.grab().toImage()
        canvas.set_bare(True)
        bare = canvas.grab().toImage()
        canvas.set_bare(False)
        assert lowest_ink(with_line, line) < line - 1  # nothing is cut off by it
        assert lowest_ink(bare, canvas.height()) >= line  # else nothing would have been in its way


def lowest_ink(image: QImage, below: int) -> int:
    """The last row of pixels above a place in which anything is drawn; -1 where there is none."""
    ground = image.pixel(2, 2)
    rows = (y for y in range(below - 1, -1, -1) if any(image.pixel(x, y) != ground for x in range(image.width())))
    return next(rows, -1)
