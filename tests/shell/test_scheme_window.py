"""Row times column under the hands of a person."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mmlviz.core.marks import Label
from mmlviz.qt.canvas import Canvas
from mmlviz.qt.items.pixels import Pixels
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, NONE, Person

SPREAD = "mmlviz:matrix?page=product&product=A B&matrix=1,2,3;4,5,6&names=B%3D1,0;0,1;-2,1/3"


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    window.open_link(SPREAD)
    made = Person(window, qtbot)
    made.see()
    return made


@pytest.fixture
def canvas(window: Window, person: Person) -> Canvas:
    found = window.tab.canvases["scheme"]
    assert isinstance(found, Canvas)
    assert found.isVisible()
    return found


def pixel(canvas: Canvas, x: float, y: float) -> QPoint:
    px, py = Pixels.of(canvas.pane).at((x, y))
    return QPoint(round(px), round(py))


def said(canvas: Canvas) -> str:
    """The sum that is written in the picture."""
    return next(mark.text for mark in canvas.item.marks if mark.key == "sum")  # type: ignore[attr-defined, no-any-return]


def point(canvas: Canvas, person: Person, x: float, y: float) -> None:
    person.qtbot.mouseMove(canvas.viewport(), pixel(canvas, x, y) + QPoint(2, 0))
    person.qtbot.mouseMove(canvas.viewport(), pixel(canvas, x, y))
    person.see()


def test_what_is_pointed_at_lights_up_and_goes_out_again(canvas: Canvas, person: Person) -> None:
    assert said(canvas).startswith("m₁₁")
    count = len(canvas.item.marks)
    point(canvas, person, 1.0, -0.7)
    assert said(canvas) == "m₂₂ = 4·0 + 5·1 + 6·1/3 = 7"
    assert canvas.overlay.text() == said(canvas)
    assert len(canvas.item.marks) == count  # in the place of what was lit before
    point(canvas, person, -2.0, 2.0)
    assert said(canvas).startswith("m₁₁")
    point(canvas, person, 0.0, -0.7)
    assert said(canvas).startswith("m₂₁")
    QApplication.sendEvent(canvas.viewport(), QEvent(QEvent.Type.Leave))
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert said(canvas).startswith("m₁₁")


def test_a_click_chooses_and_undo_takes_it_back(window: Window, canvas: Canvas, person: Person) -> None:
    person.qtbot.mouseClick(canvas.viewport(), LEFT, NONE, pixel(canvas, 1.0, 0.0))
    person.see()
    assert window.tab.store.state.entry == (1, 2)
    point(canvas, person, -2.0, 2.0)
    assert said(canvas).startswith("m₁₂")
    person.key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.tab.store.state.entry == (1, 1)


def test_the_keyboard_points_and_chooses(window: Window, canvas: Canvas, person: Person) -> None:
    (cursor,) = canvas.cursors
    cursor.setFocus()
    person.see()
    for _ in range(12):
        person.key(cursor, Qt.Key.Key_Right)
        if said(canvas).startswith("m₁₂"):
            break
    assert said(canvas).startswith("m₁₂")
    person.key(cursor, Qt.Key.Key_Return)
    assert window.tab.store.state.entry == (1, 2)


def test_where_values_are_hidden_only_the_factors_stay(window: Window, canvas: Canvas, person: Person) -> None:
    window.tab.hide_values(True)
    person.see()
    point(canvas, person, 1.0, -0.7)
    texts = {mark.key: mark.text for mark in canvas.item.marks if isinstance(mark, Label)}
    assert texts["left 2 3"] == "6"
    assert texts["sum"] == "m₁₁"
    assert not [key for key in texts if key.startswith("product ") and key != "product name"]
