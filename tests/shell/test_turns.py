"""Panes that take turns: while a hand moves, the main ones come with every frame, the others one at a time."""

from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mmlviz.core.layout import Plane, Split
from mmlviz.maths.number import Number
from mmlviz.shell.turns import Turns
from mmlviz.shell.window import Window
from tests.shell.person import Person

ALL = "mmlviz:taylor?plane=yes&table=yes&steps=yes&widths=yes"
LAYOUT = Split((Plane("main", ""), *(Plane(name, "", takes_turns=True) for name in "abc")))
SEEN = ["main", "a", "b", "c"]


@pytest.fixture
def parent(qtbot: QtBot) -> QObject:
    return QObject()


def test_those_that_wait_come_one_after_the_other(parent: QObject) -> None:
    made = Turns(LAYOUT, list, parent)
    frames = [made.take(SEEN, "", True) for _ in range(6)]
    assert all("main" in frame and len(frame) == 2 for frame in frames)
    assert Counter(name for frame in frames for name in frame) == {"main": 6, "a": 2, "b": 2, "c": 2}


def test_the_pane_in_which_something_is_held_never_waits(parent: QObject) -> None:
    made = Turns(LAYOUT, list, parent)
    frames = [made.take(SEEN, "b", True) for _ in range(4)]
    assert all({"main", "b"} <= frame for frame in frames)
    assert {name for frame in frames[:2] for name in frame} == set(SEEN)


def test_what_is_not_seen_takes_no_turn_and_one_alone_waits_for_nobody(parent: QObject) -> None:
    made = Turns(LAYOUT, list, parent)
    assert all(made.take(["main", "c"], "", True) == {"main", "c"} for _ in range(3))


def test_nothing_waits_where_nothing_moves(parent: QObject) -> None:
    assert Turns(LAYOUT, list, parent).take(SEEN, "", False) == set(SEEN)


def test_a_hand_that_pauses_is_followed_by_all(qtbot: QtBot, parent: QObject) -> None:
    called: list[int] = []
    made = Turns(LAYOUT, lambda: called.append(1), parent)
    made.take(SEEN, "", True)
    qtbot.waitUntil(lambda: bool(called))
    assert made.take(SEEN, "", True) == set(SEEN)
    assert len(made.take(SEEN, "", True)) == 2


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    window.resize(1600, 950)
    window.open_link(ALL)
    made = Person(window, qtbot)
    made.see()
    return made


def test_a_drag_draws_the_curve_each_time_and_the_rest_in_turn(
    window: Window, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, drawn = window.tab, Counter[str]()
    for name, canvas in tab.canvases.items():
        monkeypatch.setattr(canvas, "show_marks", lambda marks, name=name: drawn.update([name]))
    for k in range(8):
        tab.store.preview(replace(tab.store.state, order=Number(str(9 + k))))
        tab.refresh()
    assert drawn == {"plane": 8, "error": 8, "complex": 2, "steps": 2, "widths": 2}


def test_once_the_hand_rests_all_panes_are_of_its_last_state(window: Window, person: Person, qtbot: QtBot) -> None:
    """Without letting go, and after it."""
    tab = window.tab
    for k in range(5):
        tab.store.preview(replace(tab.store.state, order=Number(str(9 + k))))
        tab.refresh()
    qtbot.waitUntil(lambda: _orders(window) == {"13"})
    assert tab.store.is_moving
    tab.store.settle()
    tab.refresh()
    assert _orders(window) == {"13"}


def _orders(window: Window) -> set[str]:
    """The order that the pane of all orders, the table and the state speak of."""
    tab = window.tab
    label = next(mark for mark in tab.canvases["widths"].item.marks if mark.key == "order label")
    rows = len(tab.tables["table"].model_of_rows.rows)
    return {label.text.removeprefix("n = "), str(rows - 1), str(int(tab.store.state.order))}  # type: ignore[attr-defined]
