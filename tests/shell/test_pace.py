"""The speed of a run."""

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from mmlviz.qt.rows import PACES
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, Person


@pytest.fixture
def pace(window: Window) -> QToolButton:
    found = window.findChild(QToolButton, "matrix.t.pace")
    assert found is not None
    return found


def test_presses_go_through_the_speeds(window: Window, pace: QToolButton, qtbot: QtBot) -> None:
    said = []
    for _ in PACES:
        said.append(pace.text())
        qtbot.mouseClick(pace, LEFT)
    assert said == ["1×", "2×", "¼×", "½×"]
    assert (pace.text(), pace.accessibleName()) == ("1×", "Speed 1×")


def test_a_run_takes_a_new_speed_from_where_it_is(window: Window, pace: QToolButton, qtbot: QtBot) -> None:
    row = window.tab.panel.play
    assert row is not None
    seconds = row.control.seconds
    row.toggle()
    qtbot.waitUntil(lambda: 0.2 < float(row.now) < 0.9)
    before = float(row.now)
    qtbot.mouseClick(pace, LEFT)
    run = row._run
    assert run is not None
    assert (float(run.start), run.end) == (pytest.approx(before, abs=0.2), 1)
    assert run.seconds == pytest.approx(max(seconds / 2 * abs(1 - run.start), 0.2))
    qtbot.waitUntil(lambda: row._run is None)
    assert window.tab.store.state.t == 1


def test_in_front_of_a_class_there_is_no_room_for_it(window: Window, pace: QToolButton, qtbot: QtBot) -> None:
    assert not pace.isHidden()
    Person(window, qtbot).see()
    window.actions_by_id["projector"].trigger()
    assert pace.isHidden()
