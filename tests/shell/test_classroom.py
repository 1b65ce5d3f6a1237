"""In front of a class: a picture that stays, one that is covered, and one without values."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mmlviz.core.marks import Label
from mmlviz.core.theme import load
from mmlviz.qt.cursors import SHAPES, SIDE, cursor
from mmlviz.qt.look import look_of
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, NONE, Person

KEY = Qt.Key


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    return Person(window, qtbot)


def act(window: Window, name: str) -> QAction:
    return window.actions_by_id[name]


def seen(person: Person) -> QImage:
    person.see()
    return person.canvas.grab().toImage()


def test_a_frozen_picture_stays_while_the_controls_go_on(window: Window, person: Person) -> None:
    act(window, "freeze").trigger()
    person.see()
    person.window.tab.strip.finish()
    picture, words = seen(person), window.tab.strip.words.accessibleName()
    person.slider("matrix.matrix.0.0").setValue(20)
    assert seen(person) == picture
    assert window.tab.strip.words.accessibleName() == words
    assert float(window.tab.store.state.matrix[0][0]) == -3
    assert person.entry("matrix.matrix.0.0").text() == "−3"
    act(window, "freeze").trigger()
    assert seen(person) != picture
    assert window.tab.strip.words.accessibleName() != words


def test_nothing_is_said_over_a_frozen_picture_of_the_state_behind_it(window: Window, person: Person) -> None:
    act(window, "freeze").trigger()
    person.slider("matrix.matrix.0.0").setValue(20)
    person.move(2.5, 2.5)
    person.see()
    assert person.canvas.overlay.text() == "Frozen: Ctrl+Shift+F goes on"
    act(window, "freeze").trigger()
    person.move(2.5, 2.4)
    assert person.canvas.overlay.text().startswith("x = (2.5")


def test_a_frozen_picture_follows_the_window(window: Window, person: Person) -> None:
    act(window, "freeze").trigger()
    person.slider("matrix.matrix.0.0").setValue(20)
    window.resize(1000, 700)
    person.qtbot.waitUntil(lambda: person.canvas.item.pane.width == person.canvas.viewport().width() < 1000)
    marks = {mark.key: mark for mark in person.canvas.item.marks}
    assert "3/2" in marks["first label"].text  # type: ignore[attr-defined]


def test_a_blank_picture_shows_nothing_and_takes_no_hand(window: Window, person: Person) -> None:
    before = window.tab.store.state
    person.key(person.canvas, KEY.Key_B)
    tab = window.tab
    assert tab.is_blank
    assert tab.cover.geometry().contains(tab.panes.geometry())
    assert tab.cover.geometry().contains(tab.strip.geometry())
    grabbed = tab.grab().toImage()
    assert grabbed.pixelColor(60, 60).name() == load("light").line("background")
    person.qtbot.mouseClick(tab.cover, LEFT, NONE)
    assert tab.store.state == before
    window.resize(1100, 720)
    person.qtbot.waitUntil(lambda: tab.cover.geometry().contains(tab.strip.geometry()))
    act(window, "blank").trigger()
    assert not tab.is_blank


def test_values_are_hidden_in_labels_reading_and_hover(window: Window, person: Person) -> None:
    person.key(person.canvas, KEY.Key_H)
    texts = [mark.text for mark in person.canvas.item.marks if isinstance(mark, Label)]
    assert {"Aî", "Aĵ", "v", "Av", "area"} <= set(texts)
    assert "hidden" in window.tab.strip.words.accessibleName()
    assert "det" not in window.tab.strip.words.accessibleName()
    person.move(3, 2)
    person.see()
    assert person.canvas.overlay.text() == ""
    person.key(person.canvas, KEY.Key_H)
    assert "det" in window.tab.strip.words.accessibleName()


def test_each_tab_has_its_own(window: Window, person: Person) -> None:
    """And the menu says what holds for the tab in front."""
    act(window, "hide_values").trigger()
    act(window, "blank").trigger()
    window.tabs.setCurrentIndex(1)
    person.see()
    assert not act(window, "hide_values").isChecked()
    assert not act(window, "blank").isChecked()
    window.tabs.setCurrentIndex(0)
    person.see()
    assert act(window, "hide_values").isChecked()
    assert act(window, "blank").isChecked()


def test_letters_are_letters_in_an_entry(window: Window, person: Person) -> None:
    entry = person.type("matrix.matrix.0.0", "bh", KEY.Key_Escape)
    assert not window.tab.is_blank
    assert not window.tab.hides_values
    assert entry.text() == "3/2"


# A big cursor -----------------------------------------------------------------------------------


def pointer(widget: QWidget) -> tuple[Qt.CursorShape, int]:
    """The shape of a widget's pointer, and the width of its picture."""
    return widget.cursor().shape(), widget.cursor().pixmap().width()


def test_a_big_cursor_takes_all_its_shapes_and_goes_again(window: Window, person: Person) -> None:
    view = person.canvas.viewport()
    person.key(person.canvas, Qt.Key.Key_C)
    assert window.actions_by_id["big_cursor"].isChecked()
    assert pointer(window) == (Qt.CursorShape.BitmapCursor, window.look.px(SIDE))
    seen = set()
    tip = tuple(map(float, window.tab.store.state.vector))
    for act in (lambda: person.move(3, 3), lambda: person.move(*tip), lambda: person.press(*tip)):
        act()
        assert pointer(view)[0] == Qt.CursorShape.BitmapCursor
        seen.add(view.cursor().pixmap().cacheKey())
    person.release(*tip)
    assert len(seen) == 3  # arrow, open hand, closed hand
    person.key(person.canvas, Qt.Key.Key_C)
    person.move(3, 3)
    assert pointer(view) == (Qt.CursorShape.ArrowCursor, 0)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_points_where_it_seems_to(window: Window, shape: Qt.CursorShape) -> None:
    """The arrow's tip is its outermost pixel; the others point from their middle."""
    for is_projector in (False, True):
        made = cursor(shape, look_of("dark", is_projector, True))
        picture, spot = made.pixmap().toImage(), made.hotSpot()
        side = picture.width()
        solid = [(x, y) for x in range(side) for y in range(side) if picture.pixelColor(x, y).alpha() > 128]
        assert min(map(min, solid)) > 0  # nothing is cut off at the edge
        assert max(map(max, solid)) < side - 1
        nearest = min(abs(x - spot.x()) + abs(y - spot.y()) for x, y in solid)
        assert nearest <= side / 12
        if shape == Qt.CursorShape.ArrowCursor:
            assert min(x + y for x, y in solid) >= spot.x() + spot.y() - side / 6
