"""Slow work: it is done elsewhere, the newest wins, and the window goes on."""

import threading
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from mmlviz.core.controls import Choose, Group, Tick, Typed
from mmlviz.core.lab import Slow
from mmlviz.core.marks import Label
from mmlviz.qt.worker import KEPT, Worker
from mmlviz.shell.tab import Tab
from mmlviz.shell.window import Window
from tests.core.probe import MIXED, Mixed


class Work:
    """Work that takes until it is let go, and remembers what was begun, in which thread."""

    def __init__(self) -> None:
        self.begun: list[Hashable] = []
        self.threads: set[int] = set()
        self.is_free = threading.Event()
        self.failing: Hashable = None

    def __call__(self, key: Hashable) -> object:
        self.begun.append(key)
        self.threads.add(threading.get_ident())
        assert self.is_free.wait(30)
        if key == self.failing:
            raise ArithmeticError("no such pit")
        return key


@pytest.fixture
def work() -> Iterator[Work]:
    made = Work()
    yield made
    made.is_free.set()


# The worker -----------------------------------------------------------------------------------------


class Person:
    """Who wants work done, and counts how often it was said to be ready."""

    def __init__(self, work: Callable[[Hashable], object], qtbot: QtBot) -> None:
        self.qtbot, self.ready, self.parent = qtbot, 0, QObject()
        self.worker = Worker(work, self._ready, self.parent)

    def _ready(self) -> None:
        self.ready += 1

    def wait(self, times: int) -> None:
        self.qtbot.waitUntil(lambda: self.ready == times)


@pytest.fixture
def person(work: Work, qtbot: QtBot) -> Person:
    return Person(work, qtbot)


def test_work_is_done_in_another_thread(work: Work, person: Person) -> None:
    assert person.worker.defer("otter")
    assert person.ready == 0
    work.is_free.set()
    person.wait(1)
    assert not person.worker.defer("otter")
    assert work.begun == ["otter"]
    assert threading.get_ident() not in work.threads


def test_asking_again_begins_nothing_anew(work: Work, person: Person) -> None:
    """The window asks with every frame."""
    assert all(person.worker.defer("otter") for _ in range(20))
    work.is_free.set()
    person.wait(1)
    assert work.begun == ["otter"]


def test_the_newest_wins_and_those_between_are_left_out(work: Work, person: Person) -> None:
    for key in ("otter", "heron", "badger", "willow"):
        assert person.worker.defer(key)
    work.is_free.set()
    person.wait(2)
    assert work.begun == ["otter", "willow"]
    assert not person.worker.defer("willow")


def test_what_is_not_wanted_any_more_is_not_begun(work: Work, person: Person) -> None:
    """One went on to another word and, while the first was still being done, back to one that is."""
    person.worker.did("opening")
    person.worker.defer("otter")
    person.worker.defer("heron")
    assert not person.worker.defer("opening")
    work.is_free.set()
    person.wait(1)
    person.qtbot.wait(30)
    assert work.begun == ["otter"]


def test_work_that_fails_counts_as_done(work: Work, person: Person) -> None:
    """Else it would be waited for for ever: the model fails in its place, and says why."""
    work.failing = "otter"
    person.worker.defer("otter")
    work.is_free.set()
    person.wait(1)
    assert not person.worker.defer("otter")
    assert person.worker.defer("heron")
    person.wait(2)
    assert not person.worker.defer("heron")


def test_only_the_last_few_count_as_done(work: Work, person: Person) -> None:
    """What the model's cache has dropped would be done again in the window."""
    work.is_free.set()
    for k in range(KEPT + 1):
        assert person.worker.defer(k)
        person.wait(k + 1)
    assert person.worker.defer(0)
    person.wait(KEPT + 2)
    assert not any(person.worker.defer(k) for k in (0, *range(2, KEPT + 1)))


def test_a_worker_that_goes_leaves_its_work(work: Work, qtbot: QtBot) -> None:
    """Closing a window waits for nobody, and what is done then is told to nobody."""
    person = Person(work, qtbot)
    person.worker.defer("otter")
    person.worker.defer("heron")
    with qtbot.waitSignal(person.worker.destroyed):
        person.parent.deleteLater()
    work.is_free.set()
    qtbot.wait(30)
    assert person.ready == 0
    assert work.begun == ["otter"]


# The window -----------------------------------------------------------------------------------------


class Scenes:
    """A lab that has to work for every word but the opening one, and draws the word."""

    def __init__(self, work: Work) -> None:
        self.drawn: list[str] = []
        self.lab = replace(
            MIXED,
            model=SimpleNamespace(State=Mixed, compute=lambda state: state.seed),
            groups=(Group("Word", (Typed("seed"), Choose("f"), Tick("is_centred"))),),
            slow=Slow(lambda state: state.seed, work),
            draw=self.draw,
        )

    def draw(self, state: Mixed, result: str, view: object) -> dict:
        assert result == state.seed
        self.drawn.append(result)
        return {"plane": (Label("word", "text", np.zeros(2), result),)}


@pytest.fixture
def scenes(work: Work) -> Scenes:
    return Scenes(work)


@pytest.fixture
def tab(scenes: Scenes, qtbot: QtBot) -> Tab:
    window = Window((scenes.lab,))
    qtbot.addWidget(window)
    window.resize(1440, 860)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: scenes.drawn[-1:] == ["otter"])
    window.tab._late.setInterval(60_000)
    return window.tab


def type_word(tab: Tab, qtbot: QtBot, word: str) -> None:
    entry = tab.findChild(QLineEdit, "mixed.seed")
    assert entry is not None
    entry.setFocus()
    entry.selectAll()
    qtbot.keyClicks(entry, word)
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    qtbot.wait(20)


def hint(tab: Tab) -> str:
    return tab.main_canvas.overlay.text()


def test_the_window_is_usable_meanwhile_and_then_shows_the_result(
    tab: Tab, scenes: Scenes, work: Work, qtbot: QtBot
) -> None:
    type_word(tab, qtbot, "heron")
    qtbot.waitUntil(lambda: work.begun == ["heron"])
    span = tab.store.view["plane"].box[1]
    tab.main_canvas.zoom(0.5)
    box = tab.findChild(QCheckBox, "mixed.is_centred")
    assert box is not None
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    qtbot.wait(20)
    assert set(scenes.drawn) == {"otter"}
    assert tab.store.view["plane"].box[1] == pytest.approx(span / 2)
    assert tab.store.state == Mixed(seed="heron", is_centred=True)
    assert box.isChecked()
    work.is_free.set()
    qtbot.waitUntil(lambda: scenes.drawn[-1] == "heron")
    assert tab.main_canvas.item.marks[0].text == "heron"  # type: ignore[attr-defined]


def test_only_the_last_word_is_shown(tab: Tab, scenes: Scenes, work: Work, qtbot: QtBot) -> None:
    for word in ("heron", "badger", "willow"):
        type_word(tab, qtbot, word)
    work.is_free.set()
    qtbot.waitUntil(lambda: scenes.drawn[-1] == "willow")
    assert set(scenes.drawn) == {"otter", "willow"}
    assert work.begun == ["heron", "willow"]


def test_a_word_taken_back_is_not_waited_for(tab: Tab, scenes: Scenes, work: Work, qtbot: QtBot) -> None:
    type_word(tab, qtbot, "heron")
    tab.store.undo()
    qtbot.wait(20)
    assert not tab.store.is_waiting
    work.is_free.set()
    qtbot.wait(30)
    assert set(scenes.drawn) == {"otter"}


def test_computing_is_said_of_long_work_until_it_is_done(tab: Tab, scenes: Scenes, work: Work, qtbot: QtBot) -> None:
    tab._late.setInterval(1)
    assert hint(tab) == ""
    type_word(tab, qtbot, "heron")
    qtbot.waitUntil(lambda: hint(tab) == "Computing …")
    assert tab.main_canvas.overlay.isVisible()
    work.is_free.set()
    qtbot.waitUntil(lambda: scenes.drawn[-1] == "heron")
    assert hint(tab) == ""
    assert not tab._late.isActive()


def test_computing_is_not_said_of_short_work(tab: Tab, scenes: Scenes, work: Work, qtbot: QtBot) -> None:
    said: list[str] = []
    shown = tab.main_canvas.show_hint
    tab.main_canvas.show_hint = lambda text: (said.append(text), shown(text))[1]  # type: ignore[method-assign]
    type_word(tab, qtbot, "heron")
    assert tab._late.isActive()
    work.is_free.set()
    qtbot.waitUntil(lambda: scenes.drawn[-1] == "heron")
    assert not tab._late.isActive()
    assert "Computing …" not in said


def test_work_that_fails_leaves_the_window_as_it_is(tab: Tab, scenes: Scenes, work: Work, qtbot: QtBot) -> None:
    """Here the model can do without what failed."""
    work.failing = "heron"
    work.is_free.set()
    tab._late.setInterval(1)
    type_word(tab, qtbot, "heron")
    qtbot.waitUntil(lambda: scenes.drawn[-1] == "heron")
    assert hint(tab) == ""
    type_word(tab, qtbot, "badger")
    qtbot.waitUntil(lambda: scenes.drawn[-1] == "badger")


def test_closing_the_window_in_the_middle_of_work(tab: Tab, work: Work, qtbot: QtBot) -> None:
    type_word(tab, qtbot, "heron")
    qtbot.waitUntil(lambda: work.begun == ["heron"])
    tab.window().close()
    work.is_free.set()
    qtbot.wait(30)
