"""A space in the window: turned, zoomed, brought home, kept in pictures."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from mmlviz.app import application
from mmlviz.core.marks import Label3, Points3, Surface
from mmlviz.core.view import Camera
from mmlviz.maths.number import Number
from mmlviz.qt.space import SpaceCanvas
from mmlviz.shell.pictures import Wish, save
from mmlviz.shell.window import Window
from tests.core.spacious import COARSE, FINE, HOME, LAB
from tests.shell.person import LEFT, NONE, Person

KEY = Qt.Key
MIDDLE = QPoint(200, 200)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    application()
    made = Window((LAB,))
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: bool(made.tab.canvases["solid"].item.marks))
    return made


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    return Person(window, qtbot)


@pytest.fixture
def space(window: Window) -> SpaceCanvas:
    found = window.tab.canvases["solid"]
    assert isinstance(found, SpaceCanvas)
    return found


def fineness(space: SpaceCanvas) -> int:
    """Points along a side of the surface that is shown."""
    return next(len(mark.x) for mark in space.item.marks if isinstance(mark, Surface))


def test_a_drag_turns_it_coarsely_and_a_finer_picture_follows(person: Person, space: SpaceCanvas) -> None:
    assert fineness(space) == FINE
    person.qtbot.mousePress(space, LEFT, NONE, MIDDLE)
    person.qtbot.mouseMove(space, MIDDLE + QPoint(50, 0))
    person.qtbot.mouseMove(space, MIDDLE + QPoint(50, 25))
    person.see()
    assert space.pane.camera == Camera(HOME.turn - 20, HOME.tilt + 10)
    assert fineness(space) == COARSE
    person.qtbot.mouseRelease(space, LEFT, NONE, MIDDLE + QPoint(50, 25))
    person.see()
    assert fineness(space) == FINE
    assert person.window.tab.store.undo_label is None


def test_escape_in_a_drag_puts_it_back(person: Person, space: SpaceCanvas) -> None:
    person.qtbot.mousePress(space, LEFT, NONE, MIDDLE)
    person.qtbot.mouseMove(space, MIDDLE + QPoint(80, 40))
    person.key(space, KEY.Key_Escape)
    assert space.pane.camera == HOME
    assert fineness(space) == FINE
    person.qtbot.mouseRelease(space, LEFT, NONE, MIDDLE + QPoint(80, 40))


def test_keys_turn_and_home_brings_it_back(person: Person, space: SpaceCanvas) -> None:
    person.key(space, KEY.Key_Right)
    person.key(space, KEY.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert space.pane.camera == Camera(HOME.turn + 5, HOME.tilt + 15)
    person.key(space, KEY.Key_Home)
    assert space.pane.camera == HOME


def test_buttons_zoom_and_reset_brings_it_back(person: Person, space: SpaceCanvas) -> None:
    person.qtbot.mouseClick(space.buttons.all[0], LEFT)
    assert space.pane.camera.zoom == pytest.approx(1.25)
    person.window.tab.reset()
    assert space.pane.camera == HOME


def test_tab_reaches_it_and_it_has_a_name(space: SpaceCanvas) -> None:
    assert space.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert (space.objectName(), space.accessibleName()) == ("spacious.canvas", "The saddle")


def test_hidden_values_are_hidden_in_it(person: Person, space: SpaceCanvas) -> None:
    person.window.tab.hide_values(True)
    person.see()
    assert [mark.text for mark in space.item.marks if isinstance(mark, Label3)] == ["middle"]


def test_a_frozen_space_can_still_be_turned(person: Person, space: SpaceCanvas) -> None:
    person.window.tab.freeze(True)
    before = space.grab().toImage()
    person.key(space, KEY.Key_Left)
    assert space.grab().toImage() != before


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_pictures_contain_it(qtbot: QtBot, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"space.{ending}"
    save((LAB,), "mmlviz:spacious", Wish(1000, 600), path)
    if ending == "png":
        picture = QImage(str(path))
        left = {picture.pixelColor(x, y).name() for x in range(0, 480, 3) for y in range(0, 600, 3)}
        assert len(left) > 40  # a shaded surface has many colours
    elif ending == "svg":
        assert path.read_text().count("<polygon") + path.read_text().count("<path") > 300  # one for every face
    else:
        assert path.stat().st_size > 5000


# Handles ------------------------------------------------------------------------------------------


def spot(space: SpaceCanvas) -> QPoint:
    """The pixel of the dot that can be held."""
    seen = space.item.projection
    assert seen is not None
    return QPoint(*(round(v) for v in space.hand.pixel(space.handles[0].handle, seen)))


def dot(space: SpaceCanvas) -> list[float]:
    return [float(x) for x in space.store.state.dot]


def test_a_handle_goes_with_the_hand_in_parallel_to_the_screen(person: Person, space: SpaceCanvas) -> None:
    start, before = spot(space), dot(space)
    person.qtbot.mousePress(space, LEFT, NONE, start)
    person.qtbot.mouseMove(space, start + QPoint(10, -10))
    person.qtbot.mouseMove(space, start + QPoint(30, -20))
    person.see()
    assert space.pane.camera == HOME  # nothing turned
    assert fineness(space) == COARSE
    assert (spot(space) - (start + QPoint(30, -20))).manhattanLength() <= 3
    seen = space.item.projection
    assert seen is not None
    assert seen.to(np.array(dot(space)))[2] == pytest.approx(
        seen.to(np.array(before))[2], abs=0.02
    )  # as near as it was
    person.qtbot.mouseRelease(space, LEFT, NONE, start + QPoint(30, -20))
    person.see()
    assert fineness(space) == FINE
    assert person.window.tab.store.undo_label == "dot"
    person.key(person.window, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dot(space) == before


def test_escape_lets_a_handle_go_back(person: Person, space: SpaceCanvas) -> None:
    start, before = spot(space), dot(space)
    person.qtbot.mousePress(space, LEFT, NONE, start)
    person.qtbot.mouseMove(space, start + QPoint(25, 5))
    person.see()
    assert dot(space) != before
    person.key(space, KEY.Key_Escape)
    assert dot(space) == before
    person.qtbot.mouseMove(space, start + QPoint(60, 5))
    assert (dot(space), space.pane.camera) == (before, HOME)


def test_it_cannot_be_taken_beyond_its_limits(person: Person, space: SpaceCanvas) -> None:
    start = spot(space)
    person.qtbot.mousePress(space, LEFT, NONE, start)
    for far in (40, 200, 600):
        person.qtbot.mouseMove(space, start + QPoint(far, 0))
    person.qtbot.mouseRelease(space, LEFT, NONE, start + QPoint(600, 0))
    assert max(map(abs, dot(space))) <= 1


def test_with_snap_it_goes_to_halves(person: Person, space: SpaceCanvas) -> None:
    person.window.tab.snap(True)
    start = spot(space)
    person.qtbot.mousePress(space, LEFT, NONE, start)
    person.qtbot.mouseMove(space, start + QPoint(3, -60))
    person.qtbot.mouseRelease(space, LEFT, NONE, start + QPoint(3, -60))
    assert all(2 * x == round(2 * x) for x in dot(space))


def point(person: Person, space: SpaceCanvas, at: QPoint, said: str) -> None:
    """The pointer goes there until what is there is said: what the screen itself hears of it may come in between."""

    def is_said() -> bool:
        for way in (QPoint(2, 0), QPoint(0, 0)):
            person.qtbot.mouseMove(space, at + way)
        return space.overlay.text() == said

    person.qtbot.waitUntil(is_said)


def test_what_can_be_held_is_named_under_the_pointer(person: Person, space: SpaceCanvas) -> None:
    point(person, space, spot(space), "the dot (0.5, 0, 0.2)")
    assert space.cursor().shape() == Qt.CursorShape.CrossCursor
    point(person, space, QPoint(30, 300), space.overlay.hint)
    assert space.cursor().shape() == Qt.CursorShape.OpenHandCursor


def test_keys_move_it_along_the_axes_each_as_one_step(person: Person, space: SpaceCanvas) -> None:
    proxy, before = space.handles[0], dot(space)
    proxy.setFocus()
    for axis, (more, less) in enumerate(
        [(KEY.Key_Right, KEY.Key_Left), (KEY.Key_Up, KEY.Key_Down), (KEY.Key_PageUp, KEY.Key_PageDown)]
    ):
        person.key(proxy, more)
        after = dot(space)
        assert after[axis] > before[axis]
        assert [x for k, x in enumerate(after) if k != axis] == [x for k, x in enumerate(before) if k != axis]
        person.key(proxy, less)
        assert dot(space) == pytest.approx(before)
    assert "at (0.5, 0, 0.2)" in proxy.accessibleDescription()
    person.key(proxy, KEY.Key_Escape)
    assert space.hasFocus()


def test_a_handle_that_is_not_shown_is_not_caught(person: Person, space: SpaceCanvas) -> None:
    start = spot(space)
    person.window.tab.store.set(replace(space.store.state, steepness=Number("0")))
    person.see()
    assert space.handles[0].isHidden()
    person.qtbot.mousePress(space, LEFT, NONE, start)
    person.qtbot.mouseMove(space, start + QPoint(40, 0))
    person.qtbot.mouseRelease(space, LEFT, NONE, start + QPoint(40, 0))
    assert space.pane.camera != HOME


def test_after_a_handle_is_let_go_the_hand_is_open_and_keys_move_it(person: Person, space: SpaceCanvas) -> None:
    start = spot(space)
    person.qtbot.mousePress(space, LEFT, NONE, start)
    person.qtbot.mouseMove(space, start + QPoint(12, 0))
    person.key(space.handles[0], KEY.Key_Left)  # nothing while it is held
    space.zoom(0.5)
    assert space.pane.camera == HOME
    person.qtbot.mouseRelease(space, LEFT, NONE, start + QPoint(12, 0))
    assert space.cursor().shape() == Qt.CursorShape.OpenHandCursor
    assert space.handles[0].hasFocus()
    before = dot(space)
    person.key(space.handles[0], KEY.Key_Right)
    assert dot(space)[0] > before[0]


def test_a_big_cursor_has_the_shape_for_a_handle_too(person: Person, space: SpaceCanvas) -> None:
    person.window.actions_by_id["big_cursor"].trigger()
    person.see()
    point(person, space, spot(space), "the dot (0.5, 0, 0.2)")
    assert space.cursor().shape() == Qt.CursorShape.BitmapCursor


def test_no_label_is_written_over_a_dot(window: Window, person: Person) -> None:
    """Where there is another place."""
    window.tab.store.set(replace(window.tab.store.state, dot=(Number("0"), Number("0"), Number("0"))))
    person.see()
    space = window.tab.canvases["solid"]
    assert isinstance(space, SpaceCanvas)
    seen = space.item.projection
    assert seen is not None
    dots = next(mark.at for mark in space.item.marks if isinstance(mark, Points3))
    for _, (x, y, wide, high) in space.item.label_rects:
        for px, py in seen.to(dots)[:, :2].tolist():
            assert not (x < px < x + wide and y < py < y + high)
