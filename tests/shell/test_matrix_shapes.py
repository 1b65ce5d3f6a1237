"""Matrices of other shapes under the hands of a person."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mmlviz.shell.window import Window
from tests.shell.person import LEFT, Person

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    return Person(window, qtbot)


def press(person: Person, name: str) -> None:
    button = person.find(f"matrix.{name}")
    assert isinstance(button, QPushButton)
    assert button.isVisible()
    person.qtbot.mouseClick(button, LEFT)
    person.see()


def seen(window: Window) -> set[str]:
    return {name for name, canvas in window.tab.canvases.items() if canvas.isVisible()}


def labels(person: Person) -> str:
    """The letters before the sliders of A that are shown."""
    rows = [row for row in person.window.tab.panel.rows if getattr(row.control, "field", "") == "matrix"]
    return "".join(row.label.text() for row in rows if isinstance(row.label, QLabel) and row.isVisible())  # type: ignore[attr-defined]


def test_the_shape_is_changed_by_its_button_an_entry_typed_and_both_undone(window: Window, person: Person) -> None:
    before = window.tab.store.state
    assert (seen(window), labels(person)) == ({"plane"}, "abcd")
    press(person, "size.3x3")
    assert window.tab.store.state.size == (3, 3)
    assert (seen(window), labels(person)) == ({"space"}, "abcdefghi")
    person.type("matrix.matrix.2.2", "1/3")
    assert window.tab.store.state.matrix[2][2].text == "1/3"
    person.key(window, Qt.Key.Key_Z, CONTROL)
    assert window.tab.store.state.matrix[2][2].text == "1"
    person.key(window, Qt.Key.Key_Z, CONTROL)
    assert window.tab.store.state == before
    assert (seen(window), labels(person)) == ({"plane"}, "abcd")


@pytest.mark.parametrize(
    ("button", "panes", "letters"),
    [("size.2x3", {"space", "shadow"}, "abcdef"), ("size.3x2", {"inputs", "space"}, "abcdef")],
)
def test_shapes_bring_their_panes(window: Window, person: Person, button: str, panes: set[str], letters: str) -> None:
    press(person, button)
    assert (seen(window), labels(person)) == (panes, letters)
    press(person, "size.2x2")
    assert (seen(window), labels(person)) == ({"plane"}, "abcd")


def test_a_double_click_brings_an_entry_that_the_opening_lacks_home(window: Window, person: Person) -> None:
    press(person, "size.3x3")
    person.type("matrix.matrix.2.2", "3")
    slider = person.slider("matrix.matrix.2.2")
    person.qtbot.mouseDClick(slider, LEFT)
    person.see()
    assert window.tab.store.state.matrix[2][2] == 1


def test_v_is_dragged_in_the_plane_of_the_inputs(window: Window, person: Person) -> None:
    window.open_link("mmlviz:matrix?matrix=1,0;0,1;1/2,1/2&vector=1,1")
    person.see()
    assert person.canvas is window.tab.canvases["inputs"]
    person.drag((1, 1), (-1, 2))
    x, y = window.tab.store.state.vector
    assert [float(x), float(y)] == pytest.approx([-1, 2], abs=0.05)


def test_what_is_pasted_brings_its_shape(window: Window, person: Person) -> None:
    QGuiApplication.clipboard().setText("[1 0 0; 0 1 0; 0 0 2]")
    person.key(window, Qt.Key.Key_V, CONTROL)
    assert window.tab.store.state.size == (3, 3)
    assert seen(window) == {"space"}
    QGuiApplication.clipboard().setText("1 2")
    before = window.tab.store.state
    person.key(window, Qt.Key.Key_V, CONTROL)
    assert window.tab.store.state is before


def test_it_plays_in_space(window: Window, person: Person) -> None:
    window.open_link("mmlviz:matrix?matrix=0,0,1;1,0,0;0,1,0&vector=2,1,0")
    person.see()
    play = window.tab.panel.play
    assert play is not None
    person.qtbot.mouseClick(play.play, LEFT)
    person.qtbot.waitUntil(lambda: 0 < window.tab.store.state.t < 1)
    person.qtbot.waitUntil(lambda: window.tab.store.state.t == 1)
