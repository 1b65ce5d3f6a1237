"""The row for a formula: typed, picked, printed as it is read, and marked where it cannot be read."""

from dataclasses import dataclass, replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mmlviz.core import formula as f
from mmlviz.core.controls import Group, Typed
from mmlviz.core.options import Formula
from mmlviz.core.store import Store
from mmlviz.qt.formula_row import FormulaRow
from mmlviz.qt.look import look_of
from mmlviz.qt.panel import Panel
from tests.core.probe import MIXED


@dataclass(frozen=True, slots=True)
class State:
    """A formula alone."""

    f: str = "sin x"


FIELD = Formula("f", "function f", variables=("x",), options=("sin x", "1/(1+x^2)"), titles=("sin x", "1/(1 + x²)"))
LAB = replace(
    MIXED,
    model=SimpleNamespace(State=State, compute=lambda state: state.f),
    fields=(FIELD,),
    groups=(Group("Function", (Typed("f"),)),),
)


@pytest.fixture
def row(qtbot: QtBot) -> FormulaRow:
    store = Store(LAB)
    panel = Panel(store, QPushButton("Examples"), QPushButton("Reset"))
    qtbot.addWidget(panel)
    panel.show_look(look_of("light", False))
    store.subscribe(panel.show_state)
    panel.show_state()
    panel.resize(360, 400)
    panel.show()
    panel.activateWindow()
    qtbot.waitExposed(panel)
    qtbot.waitUntil(panel.isActiveWindow)
    (found,) = panel.rows
    assert isinstance(found, FormulaRow)
    return found


def typed(row: FormulaRow, qtbot: QtBot, text: str) -> None:
    row.entry.setFocus()
    qtbot.waitUntil(row.entry.hasFocus)
    qtbot.wait(1)
    row.entry.selectAll()
    qtbot.keyClicks(row.entry, text)


def printed(row: FormulaRow) -> str:
    assert row.printed.node is not None
    return f.plain(row.printed.node)


def test_what_is_typed_is_printed_key_by_key_and_taken_with_enter(row: FormulaRow, qtbot: QtBot) -> None:
    assert printed(row) == "f(x) = sin x"
    typed(row, qtbot, "2x sin")
    assert row.printed.node is None  # it cannot be read yet
    qtbot.keyClicks(row.entry, " x")
    assert printed(row) == "Enter: f(x) = 2x sin x"
    assert row.store.state.f == "sin x"
    qtbot.keyClick(row.entry, Qt.Key.Key_Return)
    assert row.store.state.f == "2x sin x"
    row.store.undo()
    assert row.entry.text() == "sin x"
    assert printed(row) == "f(x) = sin x"
    image = row.printed.grab().toImage()
    assert len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}) > 2


def test_a_mistake_stays_with_its_sentence_and_nothing_is_lost(row: FormulaRow, qtbot: QtBot) -> None:
    typed(row, qtbot, "2 sn(x)")
    qtbot.keyClick(row.entry, Qt.Key.Key_Return)
    assert row.store.state.f == "sin x"
    assert row.entry.text() == "2 sn(x)"
    (problem,) = [label.text() for label in row.findChildren(QLabel, "problem") if label.isVisible()]
    assert "sin" in problem
    qtbot.keyClick(row.entry, Qt.Key.Key_Escape)
    assert row.entry.text() == "sin x"


def test_a_formula_is_picked_from_the_list(row: FormulaRow, qtbot: QtBot) -> None:
    typed(row, qtbot, "2 sn(x)")
    first, second = row.offered.menu().actions()
    assert (first.text(), second.text()) == ("sin x", "1/(1 + x²)")
    second.trigger()
    assert row.store.state.f == "1/(1+x^2)"
    assert row.entry.text() == "1/(1+x^2)"
    assert row.store.undo_label == "function f"
