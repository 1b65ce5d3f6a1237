"""Pictures of a tab, or of the whole window, drawn off screen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEventLoop, QRect, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from mmlviz.core.codec import read_link
from mmlviz.core.lab import Lab
from mmlviz.core.settings import Settings
from mmlviz.core.theme import NAMES
from mmlviz.core.writing import write_whole
from mmlviz.qt import export
from mmlviz.qt.look import dress, load_fonts, look_of, style_sheet
from mmlviz.shell.tab import Tab
from mmlviz.shell.window import Window

QUIET = 0.1  # seconds in which the layout finds its size
ROUNDS = 8  # and rounds of events in which it finds it again: the state may have brought other panes
LEAST = {False: (320, 240), True: (480, 360)}  # pixels at a desk without and with the strip


@dataclass(frozen=True, slots=True)
class Wish:
    """What a picture is to look like."""

    width: int = 1600
    height: int = 900
    theme: str = "light"
    is_projector: bool = False
    scale: int = 1  # pixels of a PNG to one at a desk
    has_strip: bool = False
    is_window: bool = False  # the whole window, instead of the tab's picture


class Cramped(Exception):
    """A size in which the panes of a state have no room; its text is one line for a person."""


def least(is_projector: bool, has_strip: bool, scale: int) -> tuple[int, int]:
    """The smallest width and height of a picture; a state with many panes may need more."""
    larger = look_of(NAMES[0], is_projector).scale * scale
    width, height = LEAST[has_strip]
    return ceil(width * larger), ceil(height * larger)


def save(labs: Sequence[Lab], link: str, wish: Wish, path: Path) -> list[str]:
    """The tab's picture at a link as PNG, SVG or PDF of exactly the size that is wished; raises OSError.

    Returns the titles of the panes that have no room in it.
    """
    with off_screen(labs, link, wish) as tab:
        export.save(tab.sheet(wish.has_strip), path, wish.scale)
        return tab.left_out


@contextmanager
def off_screen(labs: Sequence[Lab], link: str, wish: Wish) -> Iterator[Tab]:
    """A tab at a link without window and panel, its sheet as large as wished."""
    load_fonts()
    lab, state = read_link(link, labs)
    look = look_of(wish.theme, wish.is_projector)
    dress(look)
    stand = QWidget()  # which holds the tab: as a window of its own it would tell the screen its sizes
    stand.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    stand.setStyleSheet(style_sheet(look))
    tab = Tab(lab, look, lambda _: None, lambda: None, state)
    tab.setParent(stand)
    failures: list[Exception] = []
    tab.failed.connect(failures.append)
    tab.wish_panel(False)
    width, height = wish.width // wish.scale, wish.height // wish.scale
    tab.resize(width, height)
    stand.show()
    _fit(tab, width, height, wish.has_strip)
    tab.show_all()
    _settle(tab)
    _fit(tab, width, height, wish.has_strip)  # the state may have brought other panes
    try:
        if failures:
            raise failures[0]  # a window shows the last good picture; here there is none
        _check_room(tab, wish)
        yield tab
    finally:
        stand.close()
        stand.deleteLater()


def _fit(tab: Tab, width: int, height: int, has_strip: bool) -> None:
    """Resize the tab until its sheet has a size: margins, and a switch that comes and goes, are around it."""
    for _ in range(4):
        QCoreApplication.processEvents()
        area = _area(tab, has_strip)
        if (area.width(), area.height()) == (width, height):
            break
        tab.resize(tab.width() + width - area.width(), tab.height() + height - area.height())
    tab.refresh()


def _check_room(tab: Tab, wish: Wish) -> None:
    """Panes that have too little would lie over each other."""
    need, area = tab.panes.minimumSizeHint(), _area(tab, wish.has_strip)
    missing = max(need.height() - tab.panes.height(), area.height() - wish.height // wish.scale)
    if missing > 0 or need.width() > tab.panes.width():
        height = wish.height + missing * wish.scale
        raise Cramped(
            f"the panes of this state have no room in {wish.width}x{wish.height}; "
            f"at this width the height must be {height} or more"
        )


def _area(tab: Tab, has_strip: bool) -> QRect:
    return tab.panes.geometry().united(tab.strip.geometry()) if has_strip else tab.panes.geometry()


def _settle(tab: Tab) -> None:
    """Until slow work is done."""
    while tab.store.is_waiting:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    tab.refresh()


def save_window(labs: Sequence[Lab], link: str, wish: Wish, path: Path) -> list[str]:
    """The whole window as PNG; raises OSError. Its buttons show what has no room, so nothing is to be told."""
    write_whole(path, export.png_of(draw(labs, link, wish).toImage()))
    return []


# The whole window -------------------------------------------------------------------------------


def draw(labs: Sequence[Lab], link: str, wish: Wish) -> QPixmap:
    """The window at a link, as a person would see it."""
    window = Window(labs, Settings(wish.theme, wish.is_projector))
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
    for _ in range(ROUNDS):
        window.tab.refresh()
        QCoreApplication.processEvents()
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
                    save_window(labs, f"mmlviz:{lab.id}", Wish(width, height, name, is_projector), path)
                    made.append(path)
    return made
