"""The strip of factors under the hands of a person."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from mmlviz.qt.strip import Parts
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, NONE, Person

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    window.open_link("mmlviz:matrix?page=product&product=A^-1 rot(30) B")
    made = Person(window, qtbot)
    made.see()
    return made


@pytest.fixture
def parts(person: Person) -> Parts:
    found = person.find("matrix.product.parts")
    assert isinstance(found, Parts)
    assert found.isVisible()
    return found


def product(window: Window) -> str:
    text: str = window.tab.store.state.product
    return text


def middle(parts: Parts, k: int) -> QPoint:
    return parts.areas[k].center().toPoint()


def drag(parts: Parts, person: Person, start: QPoint, end: QPoint) -> None:
    person.qtbot.mousePress(parts, LEFT, NONE, start)
    for share in (0.3, 0.7, 1.0):
        person.qtbot.mouseMove(parts, start + (end - start) * share)
    person.qtbot.mouseRelease(parts, LEFT, NONE, end)
    person.see()


def test_a_part_is_dragged_to_another_place_as_one_undo_step(window: Window, person: Person, parts: Parts) -> None:
    drag(parts, person, middle(parts, 0), middle(parts, 2) + QPoint(12, 0))
    assert product(window) == "rot(30) B A^-1"
    assert parts.texts == ("rot(30)", "B", "A⁻¹")
    drag(parts, person, middle(parts, 1), middle(parts, 0) - QPoint(12, 0))
    assert product(window) == "B rot(30) A^-1"
    person.key(window, Qt.Key.Key_Z, CONTROL)
    person.key(window, Qt.Key.Key_Z, CONTROL)
    assert product(window) == "A^-1 rot(30) B"


def test_let_go_where_it_was_nothing_changes(window: Window, person: Person, parts: Parts) -> None:
    before = window.tab.store.undo_label
    drag(parts, person, middle(parts, 1), middle(parts, 1) + QPoint(8, 3))
    assert (product(window), window.tab.store.undo_label) == ("A^-1 rot(30) B", before)


def test_escape_drops_what_is_dragged(window: Window, person: Person, parts: Parts) -> None:
    person.qtbot.mousePress(parts, LEFT, NONE, middle(parts, 0))
    person.qtbot.mouseMove(parts, middle(parts, 2))
    person.key(parts, Qt.Key.Key_Escape)
    person.qtbot.mouseRelease(parts, LEFT, NONE, middle(parts, 2))
    assert product(window) == "A^-1 rot(30) B"


def test_a_press_shows_the_picture_after_that_factor(window: Window, person: Person, parts: Parts) -> None:
    person.qtbot.mouseClick(parts, LEFT, NONE, middle(parts, 2))
    person.see()
    assert float(window.tab.store.state.t) == pytest.approx(1 / 3, abs=1e-5)
    assert parts.active == 2


def test_keys_move_choose_and_take_out(window: Window, person: Person, parts: Parts) -> None:
    parts.setFocus()
    parts.current = 0
    person.key(parts, Qt.Key.Key_Right, CONTROL)
    assert (product(window), parts.current) == ("rot(30) A^-1 B", 1)
    person.key(parts, Qt.Key.Key_Left)
    assert parts.current == 0
    assert parts.accessibleDescription() == "rot(30), part 1 of 3"
    person.key(parts, Qt.Key.Key_Return)
    assert window.tab.store.state.t == 1
    person.key(parts, Qt.Key.Key_Delete)
    assert product(window) == "A^-1 B"
    person.key(parts, Qt.Key.Key_Delete)
    person.key(parts, Qt.Key.Key_Delete)
    assert product(window) == "B"  # the last one stays


def test_many_parts_take_several_lines(window: Window, person: Person, parts: Parts) -> None:
    window.open_link("mmlviz:matrix?page=product&product=" + " ".join(["rot(30)", "A"] * 8))
    person.see()
    tops = {area.top() for area in parts.areas}
    assert len(tops) >= 3
    assert all(area.right() <= parts.width() for area in parts.areas)
    assert parts.height() >= parts.areas[-1].bottom()


def test_a_typed_product_is_taken_and_a_wrong_one_underlined(window: Window, person: Person, parts: Parts) -> None:
    entry = person.find("matrix.product")
    entry.setFocus()
    entry.setText("B A^")  # type: ignore[attr-defined]
    person.key(entry, Qt.Key.Key_Return)
    assert product(window) == "A^-1 rot(30) B"
    entry.setText("B A^2")  # type: ignore[attr-defined]
    person.key(entry, Qt.Key.Key_Return)
    assert product(window) == "B A^2"
    assert parts.texts == ("B", "A²")
