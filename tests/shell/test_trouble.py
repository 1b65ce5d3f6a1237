"""Errors that nobody expected: the last good picture stays, the other tabs go on, the details can be copied."""

import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from mmlviz import __version__
from mmlviz.core.marks import Polygon
from mmlviz.qt.items import scene
from mmlviz.shell import trouble
from mmlviz.shell.window import Window
from tests.shell.person import Person


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    return Person(window, qtbot)


def broken(*_: Any) -> Any:
    raise ZeroDivisionError("a fault on purpose")


def break_draw(window: Window) -> None:
    window.tab.lab = replace(window.tab.lab, draw=broken)


def break_tell(window: Window) -> None:
    window.tab.lab = replace(window.tab.lab, tell=broken)


def break_compute(window: Window) -> None:
    lab = window.tab.lab
    window.tab.store.lab = replace(lab, model=SimpleNamespace(State=lab.model.State, compute=broken))


BREAKS = [break_draw, break_tell, break_compute]
GOOD = "mmlviz:matrix?matrix=2,0;0,1"


def picture(window: Window) -> QImage:
    return window.tab.main_canvas.grab().toImage()


@pytest.mark.parametrize("how", BREAKS)
def test_the_last_good_picture_stays(person: Person, how: Callable[[Window], None]) -> None:
    window = person.window
    window.open_link(GOOD)
    person.qtbot.wait(150)
    before, words = picture(window), window.tab.strip.words.lines
    how(window)
    window.open_link("mmlviz:matrix?matrix=1,1;1,1")
    person.qtbot.waitUntil(window.notice.isVisible)
    person.qtbot.wait(150)
    window.tab.main_canvas.overlay.hide()
    assert picture(window) == before
    assert window.tab.strip.words.lines == words
    assert person.entry("matrix.matrix.0.0").text() == "1"  # the controls show the state
    assert "last good picture" in window.notice.text.text()


@pytest.mark.parametrize("how", BREAKS)
def test_other_tabs_go_on_and_so_does_this_one_once_it_can(person: Person, how: Callable[[Window], None]) -> None:
    window = person.window
    good, model = window.tab.lab, window.tab.store.lab
    how(window)
    window.open_link("mmlviz:matrix?matrix=1,1;1,1")
    person.qtbot.waitUntil(window.notice.isVisible)
    window.tabs.setCurrentIndex(1)
    person.qtbot.waitUntil(lambda: bool(window.tab.main_canvas.item.marks))  # its first frame writes into the entries
    person.type("eigen.matrix.0.0", "3")
    assert float(window.tab.store.state.matrix[0][0]) == 3
    assert window.tab.main_canvas.item.marks
    window.tabs.setCurrentIndex(0)
    window.tab.lab, window.tab.store.lab = good, model
    window.actions_by_id["undo"].trigger()
    person.see()
    assert window.tab.link == "mmlviz:matrix"
    assert not window.tab._has_failed


def test_it_is_told_once_however_many_frames_fail(person: Person) -> None:
    window = person.window
    break_draw(window)
    for t in ("0.1", "0.2", "0.3"):
        window.open_link(f"mmlviz:matrix?t={t}")
        person.see()
    window.notice.next()
    assert not window.notice.isVisible()
    window.open_link("mmlviz:matrix?t=0.4")
    person.see()
    assert not window.notice.isVisible()


def test_the_details_say_all_that_is_needed(person: Person) -> None:
    window = person.window
    break_draw(window)
    window.open_link(GOOD)
    person.qtbot.waitUntil(window.notice.isVisible)
    window.notice.copy.click()
    copied = QGuiApplication.clipboard().text()
    for word in (
        "a fault on purpose",
        "ZeroDivisionError",
        "Traceback",
        GOOD,
        f"mmlviz {__version__}",
        "PySide6",
        "Qt",
    ):
        assert word in copied, word
    assert window.notice.copy.text() == "Copied"
    window.notice.close_button.click()
    assert not window.notice.isVisible()


def test_an_error_in_a_handler_is_printed_and_told(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, where: printed.append(error))
    window = person.window
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    trouble.catch(window)
    QTimer.singleShot(0, lambda: sys.excepthook(ZeroDivisionError, ZeroDivisionError("on purpose"), None))
    person.qtbot.waitUntil(window.notice.isVisible)
    assert [str(error) for error in printed] == ["on purpose"]
    assert "on purpose" in window.notice._details


def test_a_painter_that_fails_leaves_the_last_good_picture(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, where: told.append(error))
    window = person.window
    window.open_link(GOOD)
    person.qtbot.wait(150)
    before = picture(window)
    bad = []  # only the marks of the new scene are bad, as a lab's would be
    paint = scene.PAINTERS[Polygon]

    def some_fail(painter: Any, mark: Any, *more: Any) -> None:
        if not bad or mark in bad:
            bad.append(mark)
            broken()
        paint(painter, mark, *more)

    monkeypatch.setitem(scene.PAINTERS, Polygon, some_fail)
    window.open_link("mmlviz:matrix?matrix=1,1;1,1")
    person.see()
    assert {str(error) for error in told} == {"a fault on purpose"}
    window.tab.main_canvas.overlay.hide()
    assert picture(window) == before
    window.actions_by_id["undo"].trigger()
    person.see()
    window.tab.main_canvas.overlay.hide()
    assert picture(window) == before


def test_an_error_in_a_thread_is_told_too(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, where: None)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    window = person.window
    trouble.catch(window)
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    person.qtbot.waitUntil(window.notice.isVisible)
    assert "a fault on purpose" in window.notice._details


def test_a_second_error_comes_before_the_first_and_esc_closes_one_after_the_other(person: Person) -> None:
    notice = person.window.notice
    for error in (ValueError("one"), ValueError("two"), ValueError("one")):
        person.window.tell_failure(error)
    assert "ValueError: one" in notice._details
    person.key(person.canvas, Qt.Key.Key_Escape)
    assert "ValueError: two" in notice._details
    person.key(person.canvas, Qt.Key.Key_Escape)
    assert not notice.isVisible()
