"""The monkey: from a seed, action after action, each written down before it is done, and what holds after it."""

import ctypes
import functools
import gc
import json
import random
import shlex
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication

from bench.memory import megabytes
from mmlviz.core.session import Session
from mmlviz.core.shelf import titles
from mmlviz.shell.window import Window
from tests.soak import hands, in_files, in_panel, in_window, invariants, on_pictures
from tests.soak.action import ACTIONS, Given, Gone
from tests.soak.faults import heard

# The rooms of the actions; a new one, such as for the dialogs of files and pictures, is added here.
ROOMS = (on_pictures, in_panel, in_window, in_files)

DEAR = 10  # every so many actions it is waited until all is at rest, and all is checked
PAST = 30  # every so many undo and redo are checked
STATIONS = 20  # times in a run that memory and widgets are counted, in the same tab and window size
LAST = 20  # actions told with a fault
LONGEST = 300  # characters of each; the log has the rest
MANY = 400  # more objects of Qt than after the warm-up: some are not let go of


class Fault(AssertionError):
    """Something does not hold; says with which action, and how to see it again."""


@dataclass(frozen=True, slots=True)
class Step:
    """An action with its arguments, as it stands in the log."""

    name: str
    given: Given

    def __str__(self) -> str:
        return json.dumps([self.name, self.given], ensure_ascii=True)

    @classmethod
    def read(cls, line: str) -> "Step":
        """The step of a line of the log."""
        return cls(*json.loads(line))


@dataclass(frozen=True, slots=True)
class Level:
    """What is in use after so many actions."""

    after: int
    megabytes: float
    objects: int
    windows: int
    pythons: int  # objects that Python's collector knows


@dataclass
class Limits:
    """What a run may take."""

    seconds: float = 60.0  # of a single action, checks included
    growth: float = 10.0  # megabytes from the end of the warm-up
    warming: int = 0  # actions until caches are full; 0: a quarter of the run
    every: int = 0  # actions between two counts, which open and undo too; 0: a share of the run
    builds_all: bool = True  # every tab first, so that what they take is no growth


@dataclass
class Run:
    """What was done, and what it took."""

    log: Path
    replay: str  # the command that does it again
    steps: int = 0
    gone: int = 0  # steps of a replay whose object was not there
    levels: list[Level] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    counts: dict[str, int] = field(default_factory=dict)
    changes: int = 0  # of the state in front
    tabs: set[str] = field(default_factory=set)  # those that were in front

    def growth(self, warming: int) -> float:
        """Megabytes from the first count after the warm-up to the last."""
        warm = [level for level in self.levels if level.after >= warming]
        return warm[-1].megabytes - warm[0].megabytes if warm else 0.0


def drawn(seed: int, window: Window) -> Iterator[Step]:
    """Endlessly many steps, each drawn for the window as it is then."""
    rng = random.Random(seed)
    names = list(ACTIONS)
    weights = [ACTIONS[name].weight for name in names]
    while True:
        name = rng.choices(names, weights)[0]
        given = ACTIONS[name].draw(rng, window)
        if given is not None:
            yield Step(name, given)


def logged(path: Path) -> list[Step]:
    """The steps of a log."""
    return [Step.read(line) for line in path.read_text("utf-8").splitlines() if line.startswith("[")]


def interval(path: Path) -> int:
    """After how many actions the run of a log counted."""
    return int(path.read_text("utf-8").partition("\n")[0].rpartition(" ")[2])


def go(
    window: Window,
    steps: Iterable[Step],
    count: int,
    log: Path,
    source: str,
    limits: Limits,
    tell: Callable[[str], None] = lambda line: None,
) -> Run:
    """Do so many steps; raises Fault with the first thing that does not hold."""
    run = Run(log, f"python -m tests.soak --replay {shlex.quote(str(log))}")
    last: deque[str] = deque(maxlen=LAST)
    log.parent.mkdir(parents=True, exist_ok=True)
    with heard() as faults, log.open("w", encoding="utf-8") as out:
        every = limits.every or max(count // STATIONS, 25)
        out.write(f"# {source}; counted every {every}\n")
        try:
            if limits.builds_all:
                _visit_all(window)
            _count_levels(window, run, faults)
            for step in steps:
                if run.steps >= count:
                    break
                run.steps += 1
                last.append(f"{run.steps} {str(step)[:LONGEST]}")
                out.write(f"{step}\n")
                out.flush()  # also where the process dies
                _do(window, step, run, limits, faults)
                if run.steps % every == 0 or run.steps == count:
                    _count_levels(window, run, faults)
                    tell(_progress(run))
            _check_growth(run, limits)
        except Exception as error:
            raise _fault(error, run, source, last, faults) from error
        finally:
            hands.put_down(window)
    return run


def _do(window: Window, step: Step, run: Run, limits: Limits, faults: list[str]) -> None:
    began, before = perf_counter(), window.tab.store.state
    try:
        ACTIONS[step.name].do(window, **step.given)
        run.counts[step.name] = run.counts.get(step.name, 0) + 1
    except Gone:
        run.gone += 1
    run.changes += window.tab.store.state is not before
    run.tabs.add(window.tab.lab.id)
    hands.look(2)
    wrong = invariants.always(window)
    if run.steps % DEAR == 0:
        wrong += invariants.rest(window)
    if run.steps % PAST == 0:
        wrong += invariants.undo_then_redo(window)
    _demand(wrong + faults)
    seconds = perf_counter() - began
    run.slowest = max(run.slowest, (seconds, f"{run.steps} {step}"))
    if seconds > limits.seconds:
        raise Fault(f"this took {seconds:.1f} seconds")


def _demand(wrong: list[str]) -> None:
    if wrong:
        raise Fault("\n".join(wrong))


def _visit_all(window: Window) -> None:
    """Have every tab built, and come back."""
    here = window.tabs.currentIndex()
    for index in (*range(window.tabs.count()), here):
        window.tabs.setCurrentIndex(index)
        hands.look(20)


def _count_levels(window: Window, run: Run, faults: list[str]) -> None:
    """Count with all tabs as they open, the first in front: a cloud of 70,000 points takes 20 MB, and is no growth.

    The window is put back as it was.
    """
    size, session = window.size(), window.session()
    window.resize(1440, 860)
    window.show_session(Session(next(iter(titles(window.labs))), {}))
    _visit_all(window)
    _demand(invariants.rest(window) + faults)
    objects = len(window.findChildren(QObject)) + len(QApplication.topLevelWidgets())
    _give_back()
    windows, pythons = len(QApplication.topLevelWidgets()), len(gc.get_objects())
    run.levels.append(Level(run.steps, megabytes(), objects, windows, pythons))
    window.show_session(session)
    window.resize(size)
    hands.look(5)


def _give_back() -> None:
    """Empty the caches and have the heap give back what it holds free: 50 MB that come and go, and are no growth.

    Every cache has an end; how full it is when one counts depends on what was looked at last. Qt's own of pixmaps
    takes up to 10 MB, a file dialog 0.3 of them; a copied picture lies on the clipboard until the next copy.
    """
    QPixmapCache.clear()
    held: QMimeData | None = QApplication.clipboard().mimeData()  # off screen an empty clipboard has none
    if held is not None and held.hasImage():
        QApplication.clipboard().clear()
    for kept in gc.get_objects():
        is_ours = isinstance(kept, functools._lru_cache_wrapper) and kept.__module__.startswith("mmlviz.")
        if is_ours and kept.cache_parameters()["maxsize"] is not None:
            kept.cache_clear()
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:  # glibc has it
        trim(0)


def _check_growth(run: Run, limits: Limits) -> None:
    warming = limits.warming or run.steps // 4
    grown = run.growth(warming)
    if grown > limits.growth:
        raise Fault(f"memory has grown by {grown:.1f} MB since the warm-up, more than {limits.growth:g}: {run.levels}")
    warm = [level for level in run.levels if level.after >= warming]
    if warm and warm[-1].objects - warm[0].objects > MANY:
        raise Fault(f"objects of Qt are not let go of: {run.levels}")


def _progress(run: Run) -> str:
    level = run.levels[-1]
    counts = f"{level.objects} objects of Qt  {level.windows} windows  {level.pythons} objects of Python"
    return f"{level.after:6} actions  {level.megabytes:7.1f} MB  {counts}"


def _fault(error: Exception, run: Run, source: str, last: Iterable[str], faults: list[str]) -> Fault:
    said = str(error) if isinstance(error, Fault) else "\n".join([f"{type(error).__name__}: {error}", *faults])
    steps = "\n".join(last)
    return Fault(
        f"{source}, action {run.steps}:\n{said}\n\nThe last {LAST} actions:\n{steps}\n\n"
        f"Again: {run.replay} --until {run.steps}"
    )


def platform() -> str:
    """Where this runs, for the report."""
    app = QApplication.instance()
    return f"Python {sys.version.split()[0]}, {app.platformName() if isinstance(app, QApplication) else 'no'} platform"
