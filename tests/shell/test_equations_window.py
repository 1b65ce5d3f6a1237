"""The page of linear equations under the hands of a person."""

from fractions import Fraction
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton
from pytestqt.qtbot import QtBot

from mmlviz.qt.table import TableView
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, Person

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    window.open_link("mmlviz:matrix?page=equations&matrix=2,3;10,1&b=8,13")
    made = Person(window, qtbot)
    made.see()
    return made


def state(window: Window) -> Any:
    return window.tab.store.state


def press(person: Person, name: str) -> None:
    button = person.find(name)
    assert isinstance(button, QAbstractButton)
    person.qtbot.mouseClick(button, LEFT)
    person.see()


def test_the_panes_are_those_of_the_page(window: Window, person: Person) -> None:
    shown = {name for name, canvas in window.tab.canvases.items() if canvas.isVisible()}
    assert shown == {"rows", "columns"}
    (table,) = (table for table in window.tab.tables.values() if table.isVisible())
    assert isinstance(table, TableView)
    assert table.model().rowCount() >= 8
    window.open_link("mmlviz:matrix")
    person.see()
    assert window.tab.canvases["plane"].isVisible()
    assert not table.isVisible()


def test_buttons_go_a_step_on_and_back_each_as_one_undo_step(window: Window, person: Person) -> None:
    count = len(state(window).system.steps)
    for done in range(1, count + 1):
        press(person, "matrix.elimination.next")
        assert state(window).eliminated.exact == Fraction(done, count)
    onward = person.find("matrix.elimination.next")
    assert isinstance(onward, QPushButton)
    assert not onward.isEnabled()
    press(person, "matrix.elimination.back")
    assert state(window).eliminated.exact == Fraction(count - 1, count)
    person.key(window, Qt.Key.Key_Z, CONTROL)
    assert state(window).eliminated == 1
    person.key(window, Qt.Key.Key_Z, CONTROL)
    assert state(window).eliminated.exact == Fraction(count - 1, count)


def test_space_plays_the_elimination_and_not_the_way_to_the_matrix(window: Window, person: Person) -> None:
    window.tab.main_canvas.setFocus()
    person.key(window.tab.main_canvas, Qt.Key.Key_Space)
    person.qtbot.waitUntil(lambda: state(window).eliminated > 0)
    person.key(window.tab.main_canvas, Qt.Key.Key_Space)
    stopped = state(window)
    assert 0 < stopped.eliminated < 1
    assert stopped.t == 1
    tick = person.find("matrix.with_inverse")
    person.key(tick, Qt.Key.Key_Space)
    assert (state(window).with_inverse, state(window).eliminated) == (True, stopped.eliminated)


def test_a_line_is_dragged_where_it_crosses_the_axis(window: Window, person: Person) -> None:
    x = 13 / 10
    person.drag((x, 0.0), (x + 1, 0.5))
    assert float(state(window).b[1]) == pytest.approx(23, abs=0.3)
    assert state(window).b[0] == 8


def test_the_step_that_goes_on_is_in_sight(window: Window, person: Person) -> None:
    window.resize(1280, 640)
    window.open_link("mmlviz:matrix?page=equations&matrix=1,1,1;3,2,1;2,1,2&b=15,28,23")
    person.see()
    (table,) = (table for table in window.tab.tables.values() if table.isVisible())
    assert isinstance(table, TableView)
    for done in range(1, 8):
        press(person, "matrix.elimination.next")
        person.qtbot.wait(80)
        rows = table.model_of_rows.rows
        now = next(k for k, row in enumerate(rows) if row.cells[0].startswith(f"{done}. "))
        assert table.viewport().rect().intersects(table.visualRect(table.model_of_rows.index(now, 0))), done


def test_headings_are_as_large_as_the_look_says(window: Window, person: Person) -> None:
    table = next(table for table in window.tab.tables.values() if table.isVisible())
    header = table.horizontalHeader()
    sizes = []
    for _ in range(3):
        sizes.append(header.sectionSizeHint(0))
        window.actions_by_id["projector"].trigger()
        person.see()
    assert sizes[0] == sizes[2] < sizes[1]


def test_hidden_values_give_no_solution_away(window: Window, person: Person) -> None:
    window.open_link("mmlviz:matrix?page=equations&matrix=1,2,-1;2,1,1;-1,1,2&b=2,7,3")
    window.tab.hide_values(True)
    person.see()
    texts = [getattr(m, "text", "") for c in window.tab.canvases.values() if c.isVisible() for m in c.item.marks]
    assert not [text for text in texts if text.startswith(("2 A", "1 A", "x ="))]
