"""Matrices of other shapes under the hands of a person."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mmlviz.maths.shadow import shadow
from mmlviz.qt.space import SpaceCanvas
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, NONE, Person

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


def hold(person: Person, key: str, way: QPoint) -> None:
    """Drag a handle of the space by so many pixels."""
    space = person.window.tab.canvases["space"]
    assert isinstance(space, SpaceCanvas)
    seen = space.item.projection
    assert seen is not None
    proxy = next(p for p in space.handles if p.handle.key == key)
    start = QPoint(*(round(v) for v in space.hand.pixel(proxy.handle, seen)))
    person.qtbot.mousePress(space, LEFT, NONE, start)
    for share in (0.5, 1.0):
        person.qtbot.mouseMove(space, start + way * share)
    person.see()
    person.qtbot.mouseRelease(space, LEFT, NONE, start + way)
    person.see()


def test_the_sun_is_dragged_and_the_shadows_follow(window: Window, person: Person) -> None:
    window.open_link("mmlviz:matrix?matrix=1,0,1/3;0,1,-1/4&vector=2,1,2")
    person.see()
    hold(person, "sun", QPoint(60, 10))
    state = window.tab.store.state
    assert [[float(x) for x in row[:2]] for row in state.matrix] == [[1, 0], [0, 1]]
    assert (float(state.matrix[0][2]), float(state.matrix[1][2])) != (1 / 3, -1 / 4)
    person.key(window, Qt.Key.Key_Z, CONTROL)
    assert window.tab.store.state.matrix[0][2].text == "1/3"
    hold(person, "sun", QPoint(0, 2000))  # below the floor: it stays above
    assert all(abs(float(row[2])) < 11 for row in window.tab.store.state.matrix)


def test_columns_and_vectors_are_held_in_space(window: Window, person: Person) -> None:
    window.open_link("mmlviz:matrix?matrix=1,0,0;0,1,0;0,0,1&vector=1,1,1")
    person.see()
    hold(person, "v", QPoint(-40, 0))
    v = [float(x) for x in window.tab.store.state.vector]
    assert v != [1, 1, 1]
    hold(person, "column 3", QPoint(0, -40))
    third = [float(row[2]) for row in window.tab.store.state.matrix]
    assert third[2] > 1.1
    assert [[float(x) for x in row[:2]] for row in window.tab.store.state.matrix] == [[1, 0], [0, 1], [0, 0]]


def test_where_A_is_singular_the_image_stays_in_its_plane(window: Window, person: Person) -> None:
    window.open_link("mmlviz:matrix?matrix=1,0,0;0,1,0;0,0,0&vector=1,1,1/2")
    person.see()
    hold(person, "image", QPoint(30, -50))
    x, y, z = (float(x) for x in window.tab.store.state.vector)
    assert (x, y) != (1, 1)
    assert z == 0.5  # what A does not see does not change


def test_undo_it_plays_the_inverse_after_the_matrix(window: Window, person: Person) -> None:
    press(person, "undone")
    state = window.tab.store.state
    assert (state.page, state.product) == ("product", "A^-1 A")
    assert window.tab.main_canvas.hasFocus()  # so that Space pauses, and no button is pressed
    assert window.tab.store.is_moving
    person.qtbot.waitUntil(lambda: window.tab.store.state.t == 1)
    window.open_link("mmlviz:matrix?matrix=1,2;2,4")
    person.see()
    button = person.find("matrix.undone")
    assert not button.isEnabled()
    assert button.toolTip() == "A is singular: nothing brings back what has become one point"


def test_columns_far_out_stay_where_they_are_typed(window: Window, person: Person) -> None:
    window.open_link("mmlviz:matrix?matrix=5e6,0,0;0,1,0;0,0,1")
    person.see()
    hold(person, "column 1", QPoint(0, -3))
    assert float(window.tab.store.state.matrix[0][0]) > 3e6  # and not 1e6
    window.open_link("mmlviz:matrix?matrix=5e6,0;0,1")
    person.see()
    proxy = person.find("matrix.handle.first")
    person.key(proxy, Qt.Key.Key_Up)
    assert window.tab.store.state.matrix[0][0].text == "5e6"


def test_the_suns_sliders_follow_the_sun(window: Window, person: Person) -> None:
    window.open_link("mmlviz:matrix?matrix=1,0,1/3;0,1,-1/4&vector=2,1,2")
    person.see()
    hold(person, "sun", QPoint(50, 20))
    assert person.slider("matrix.height").isVisible()
    state = window.tab.store.state
    assert person.entry("matrix.height").text() == state.height.text
    assert state.matrix == shadow(state.around, state.height)
    before = state
    window.tab.snap(True)
    hold(person, "sun", QPoint(0, 400))  # to the floor, or through 0
    assert window.tab.store.state.height >= 5 or window.tab.store.state == before
