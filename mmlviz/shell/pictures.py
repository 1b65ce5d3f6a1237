"""Pictures of the window, drawn off screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QPixmap

from mmlviz.core.lab import Lab
from mmlviz.core.theme import NAMES
from mmlviz.shell.window import Window

QUIET = 0.1  # seconds in which the layout finds its size


@dataclass(frozen=True, slots=True)
class Wish:
    """What a picture is to look like."""

    width: int = 1600
    height: int = 900
    theme: str = "light"
    is_projector: bool = False


def draw(labs: Sequence[Lab], link: str, wish: Wish) -> QPixmap:
    """The window at a link, as a person would see it."""
    window = Window(labs, wish.theme, wish.is_projector)
    window.resize(wish.width, wish.height)
    window.show()
    window.open_link(link)
    _let_it_settle(window)
    pixmap = window.grab()
    window.close()
    window.deleteLater()
    return pixmap


def _let_it_settle(window: Window) -> None:
    """Until slow work is done and all formulas are there."""
    end = perf_counter() + QUIET
    while perf_counter() < end or window.tab.store.is_waiting:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    window.tab.refresh()
    QCoreApplication.processEvents()  # the state may have brought other panes
    window.tab.strip.finish()


def draw_all(labs: Sequence[Lab], folder: Path, sizes: Sequence[tuple[int, int]]) -> list[Path]:
    """Every tab in every theme, at a desk and on a projector; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for lab in labs:
        for width, height in sizes:
            for name in NAMES:
                for is_projector in (False, True):
                    suffix = "-projector" if is_projector else ""
                    path = folder / f"{lab.id}-{name}{suffix}-{width}x{height}.png"
                    draw(labs, f"mmlviz:{lab.id}", Wish(width, height, name, is_projector)).save(str(path))
                    made.append(path)
    return made
