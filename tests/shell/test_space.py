"""A space in the window: turned, zoomed, brought home, kept in pictures."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from mmlviz.app import application
from mmlviz.core.marks import Label3, Surface
from mmlviz.core.view import Camera
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
