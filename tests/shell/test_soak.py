"""The monkey for a short while in every tab; and that it would notice."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QTimer, qWarning

from mmlviz.core import codec
from mmlviz.core.lab import Lab
from mmlviz.core.shelf import titles
from mmlviz.core.store import Store
from mmlviz.labs import LABS
from mmlviz.qt.canvas import Canvas
from mmlviz.qt.entry import Entry
from mmlviz.qt.hand import Hand
from mmlviz.qt.items.scene import SceneItem
from mmlviz.shell.tab import Tab
from mmlviz.shell.window import Window
from tests.soak import invariants, monkey
from tests.soak.action import ACTIONS
from tests.soak.monkey import Fault, Limits, Step

ROOT = Path(__file__).parents[2]
ROOMY = Limits(growth=400.0)  # in a short run caches are still being filled
FEW = replace(ROOMY, builds_all=False)


def run(window: Window, steps: list[Step], folder: Path, limits: Limits = FEW) -> monkey.Run:
    return monkey.go(window, steps, len(steps), folder / "steps.log", "a test", limits)


def matrices(count: int) -> list[Step]:
    """As many steps, each to another state."""
    return [Step("open_link", {"text": f"mmlviz:matrix?vector={k},1"}) for k in range(2, count + 2)]


DRAG = Step(
    "drag_handle",
    {"pane": "plane", "handle": "v", "off": [0, 0], "at": [0.5, 0.5], "to": [0.7, 0.3], "moves": 3, "midway": ""},
)


# As it is ---------------------------------------------------------------------------------------


def touring(seed: int, window: Window) -> Iterator[Step]:
    """The monkey's steps, led into the next tab after every few of them."""
    for k, step in enumerate(monkey.drawn(seed, window)):
        yield step
        if k % 12 == 11:
            yield Step("switch_tab", {"index": k // 12 % window.tabs.count(), "by_mouse": False})


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_a_person_does_everything_holds(window: Window, tmp_path: Path, seed: int) -> None:
    went = monkey.go(window, touring(seed, window), 80, tmp_path / "steps.log", f"seed {seed}", ROOMY)
    assert went.steps == 80
    assert went.tabs == set(titles(LABS))
    assert went.changes > 8  # it does something


def once_each(window: Window) -> Iterator[Step]:
    """Every action in the first place where it can be done."""
    left = sorted(set(ACTIONS) - {"leave_dialog"})
    for index, width in ((0, 1440), (1, 1440), (3, 1440), (5, 1440), (1, 740)):
        for name in left.copy():
            window.resize(width, 860)
            window.tabs.setCurrentIndex(index)
            monkey.hands.look(5)
            given = ACTIONS[name].draw(Random(7), window)
            if given is not None:
                left.remove(name)
                yield Step(name, given)
    assert left == []


def test_every_action_can_be_done(window: Window, tmp_path: Path) -> None:
    """One that is never possible would be dead code."""
    went = monkey.go(window, once_each(window), 1000, tmp_path / "steps.log", "each once", ROOMY)
    assert set(went.counts) == set(ACTIONS) - {"leave_dialog"}
    window.actions_by_id["help"].trigger()
    assert ACTIONS["leave_dialog"].draw(Random(1), window) == {}
    run(window, [Step("leave_dialog", {})], tmp_path)
    assert ACTIONS["leave_dialog"].draw(Random(1), window) is None


def test_a_seed_decides_what_is_done(window: Window, tmp_path: Path) -> None:
    first, second = monkey.drawn(5, window), monkey.drawn(5, window)
    assert [next(first) for _ in range(30)] == [next(second) for _ in range(30)]
    assert next(monkey.drawn(6, window)) != next(monkey.drawn(5, window))


def test_a_log_does_it_again(window: Window, tmp_path: Path) -> None:
    typed = Step("type_entry", {"place": [0, 1], "text": "1/3", "is_anew": True, "end": "Return"})
    steps = [*matrices(3), DRAG, typed, Step("undo_and_redo", {"undos": 2, "redos": 1})]
    run(window, steps, tmp_path)
    assert monkey.logged(tmp_path / "steps.log") == steps
    link = window.tab.link
    window.tab.reset()
    run(window, monkey.logged(tmp_path / "steps.log"), tmp_path)
    assert window.tab.link == link != codec.link(LABS[0], LABS[0].opening)


def test_a_step_whose_object_has_gone_is_left_out(window: Window, tmp_path: Path) -> None:
    went = run(window, [Step("zoom_button", {"pane": "nowhere", "button": 0}), *matrices(1)], tmp_path)
    assert (went.steps, went.gone) == (2, 1)


def test_as_a_command(tmp_path: Path) -> None:
    def command(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "tests.soak", "--logs", str(tmp_path), *words],
            cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, timeout=100,
        )  # fmt: skip

    done = command("--seed", "4", "--actions", "5")
    assert (done.returncode, done.stderr) == (0, "")
    assert "5 actions without a fault" in done.stdout
    again = command("--replay", str(tmp_path / "seed-4.log"), "--until", "3")
    assert "3 actions without a fault" in again.stdout
    missing = command("--replay", "nothing.log")
    assert missing.returncode == 2
    assert "there is no log nothing.log" in missing.stderr


# Sabotage ---------------------------------------------------------------------------------------


def spoiled(monkeypatch: pytest.MonkeyPatch, owner: type, name: str, after: Callable[..., None]) -> None:
    """Have something done after a method of the app."""
    whole = getattr(owner, name)

    def worse(self: Any, *given: Any, **named: Any) -> Any:
        made = whole(self, *given, **named)
        after(self)
        return made

    monkeypatch.setattr(owner, name, worse)


def fails(window: Window, steps: list[Step], folder: Path, words: str, limits: Limits = FEW) -> str:
    """That the run fails with these words, and says which action it was and how to do it again."""
    with pytest.raises(Fault) as caught:
        run(window, steps, folder, limits)
    said = str(caught.value)
    assert words in said
    assert "a test, action " in said
    assert f"python -m tests.soak --replay {folder / 'steps.log'} --until " in said
    return said


def test_a_picture_that_cannot_be_drawn(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(canvas: Canvas) -> None:
        if canvas.store.undo_label:
            raise ZeroDivisionError("sabotage")

    spoiled(monkeypatch, Canvas, "show_marks", stumble)
    said = fails(window, matrices(3), tmp_path, "sabotage")
    assert "ZeroDivisionError" in said
    assert "a test, action 1:" in said or "a test, action 2:" in said  # with the frame that comes next
    assert '1 ["open_link", {"text": "mmlviz:matrix?vector=2,1"}]' in said


def test_a_warning_of_qt(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoiled(monkeypatch, Canvas, "show_marks", lambda canvas: qWarning("sabotage"))
    fails(window, matrices(3), tmp_path, "Qt says: sabotage")


def test_a_redo_that_forgets(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "redo", lambda self: None)
    fails(window, matrices(monkey.PAST), tmp_path, "redo brings ")


def test_an_undo_that_does_nothing(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "undo", lambda self: None)
    fails(window, matrices(monkey.PAST), tmp_path, "undone was 'vector v', redo offers 'None'")


def test_a_state_beyond_its_limits(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lab, "allows", lambda self, state: True)
    monkeypatch.setattr("mmlviz.qt.hand.FARTHEST", 1e12)
    out = [Step("wheel_far", {"pane": "plane", "at": [0.5, 0.5], "notches": -120}), DRAG]
    fails(window, out, tmp_path, "is not allowed")


def test_a_hand_that_does_not_let_go(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hand, "release", lambda self: None)
    fails(window, [DRAG], tmp_path, "v is still held")


def test_an_entry_that_does_not_follow(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Entry, "show_value", lambda self, value: None)
    fails(window, matrices(monkey.DEAR), tmp_path, "the entry matrix.vector.0.entry says ")


def test_a_picture_that_stays_behind(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SceneItem, "show_marks", lambda self, marks, pane, look: None)
    fails(window, matrices(monkey.DEAR), tmp_path, "does not show the newest state")


def test_a_frame_that_never_comes(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tab, "refresh", lambda self: None)
    monkeypatch.setattr(invariants, "CALM", 0.5)
    fails(window, matrices(monkey.DEAR), tmp_path, "after 0.5 seconds the picture is not that of the last state")


def test_a_list_that_grows(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[bytes] = []
    spoiled(monkeypatch, SceneItem, "show_marks", lambda item: kept.append(bytes(range(256)) * 8000))
    said = fails(window, matrices(50), tmp_path, "memory has grown by ", replace(FEW, growth=20.0, warming=25))
    assert "more than 20" in said


def test_timers_that_are_kept(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def litter(tab: Tab) -> None:
        for _ in range(20):
            QTimer(tab)

    spoiled(monkeypatch, Tab, "refresh", litter)
    fails(window, matrices(50), tmp_path, "objects of Qt are not let go of")


def test_an_action_that_takes_too_long(window: Window, tmp_path: Path) -> None:
    fails(window, [Step("wait", {"milliseconds": 120})], tmp_path, "this took ", replace(FEW, seconds=0.1))
