"""A table in the window, under the hands of a person: the terms of a Taylor polynomial."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from mmlviz.core.table import Row, Rows
from mmlviz.qt.table import TableView
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, NONE, Person

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    return Person(window, qtbot)


@pytest.fixture
def table(window: Window, person: Person, qtbot: QtBot) -> TableView:
    window.resize(1500, 900)
    window.open_link("mmlviz:taylor?f=exp(x)&centre=0&order=4&table=yes")
    person.see()
    found = person.find("taylor.table")
    assert isinstance(found, TableView)
    qtbot.waitUntil(found.isVisible)
    person.see()
    return found


def texts(table: TableView) -> list[list[str]]:
    model = table.model()
    return [[str(model.data(model.index(k, j))) for j in range(model.columnCount())] for k in range(model.rowCount())]


def test_it_shows_the_terms_and_follows_the_state(table: TableView, window: Window, person: Person) -> None:
    assert [row[0] for row in texts(table)] == ["0", "1", "2", "3", "4"]
    assert texts(table)[3][1:4] == ["1", "1/6", "0.1667"]
    person.slider("taylor.order").setValue(6)
    person.qtbot.waitUntil(lambda: len(texts(table)) == 7)


def test_a_tick_leaves_a_term_out_by_mouse_and_by_space(
    table: TableView, window: Window, person: Person, qtbot: QtBot
) -> None:
    box = table.visualRect(table.model().index(2, 0))
    qtbot.mouseClick(table.viewport(), LEFT, NONE, QPoint(box.left() + 12, box.center().y()))
    person.see()
    assert window.tab.store.state.hidden == (2,)
    assert window.tab.store.undo_label == "terms left out"
    table.setFocus()
    table.setCurrentIndex(table.model().index(3, 0))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    person.see()
    assert window.tab.store.state.hidden == (2, 3)
    window.tab.store.undo()
    window.tab.store.undo()
    assert window.tab.store.state.hidden == ()


def chosen(table: TableView) -> tuple[int, set[int]]:
    """The current row, and those that are marked."""
    return table.currentIndex().row(), {index.row() for index in table.selectedIndexes()}


def test_the_row_whose_tick_is_clicked_is_the_one_that_keys_go_on_from(
    table: TableView, window: Window, person: Person, qtbot: QtBot
) -> None:
    box = table.visualRect(table.model().index(1, 0))
    qtbot.mouseClick(table.viewport(), LEFT, NONE, QPoint(box.left() + 12, box.center().y()))
    person.see()
    assert chosen(table) == (1, {1})
    assert window.tab.store.state.hidden == (1,)
    for key, row in ((Qt.Key.Key_Down, 2), (Qt.Key.Key_Down, 3), (Qt.Key.Key_Up, 2)):
        qtbot.keyClick(window.focusWidget(), key)
        assert chosen(table) == (row, {row})
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    person.see()
    assert window.tab.store.state.hidden == (1, 2)
    assert chosen(table) == (2, {2})


def test_a_row_stays_the_current_one_while_others_come_and_go(
    table: TableView, window: Window, person: Person, qtbot: QtBot
) -> None:
    table.setCurrentIndex(table.model().index(3, 0))
    for order, row in ((6, 3), (3, 3), (2, 2), (8, 2)):
        person.slider("taylor.order").setValue(order)
        qtbot.waitUntil(lambda order=order: len(texts(table)) == order + 1)
        assert chosen(table) == (row, {row})


def test_it_is_copied_as_a_spreadsheet_takes_it(table: TableView, qtbot: QtBot) -> None:
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(table, Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["n", "f⁽ⁿ⁾(a)", "cₙ exactly", "cₙ", "± at most"]
    assert lines[3].split("\t")[:4] == ["2", "1", "1/2", "0.5"]
    assert len(lines) == 6


def test_its_values_hide_with_all_others(table: TableView, window: Window, person: Person) -> None:
    window.tab.hide_values(True)
    person.see()
    assert texts(table)[3] == ["3", "", "", "", ""]
    window.tab.hide_values(False)
    person.see()
    assert texts(table)[3][2] == "1/6"


def test_rows_are_made_when_they_are_looked_at() -> None:
    made: list[int] = []

    def row(k: int) -> Row:
        made.append(k)
        return Row((str(k),))

    rows = Rows(1000, row)
    assert len(rows) == 1000
    assert rows[7] is rows[7]
    assert [each.cells for each in rows[3:5]] == [("3",), ("4",)]
    assert made == [7, 3, 4]
    with pytest.raises(IndexError):
        rows[1000]
