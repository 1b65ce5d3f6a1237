"""The programs whose frames are measured, with the parts by which they are driven."""

from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QGraphicsView, QSlider, QTabWidget, QWidget

from bench import CROWD, DRIVES, TABS, Drive
from bench.screen import SIZE

SETTLING = 0.5  # seconds in which a tab that is new is built, computed and laid out

Part = TypeVar("Part", bound=QObject)


@dataclass
class Program:
    """A shown window, the surface that every frame paints, the others, and the sliders that are moved."""

    window: QWidget
    surface: QWidget
    sliders: tuple[QSlider, QSlider]
    others: tuple[QWidget, ...] = ()


def start(name: str) -> Program:
    """Build and show `floor.matrix`, `app.eigen` and so on; there is a QApplication afterwards."""
    kind, _, which = name.partition(".")
    return app(CROWD if which == "crowd" else DRIVES[which]) if kind == "app" else floor(which)


def app(drive: Drive) -> Program:
    """The app at the state that is driven."""
    from mmlviz.app import make_window

    window = make_window()
    show(window)
    window.open_link(drive.link)
    return driven(window, drive)


def visit(window: QWidget, tab: str) -> None:
    """Bring this tab to the front; it is built when first seen."""
    part(window, QTabWidget, "tabs").setCurrentIndex(TABS.index(tab))


def driven(window: Any, drive: Drive) -> Program:
    """The parts of a tab that has been visited."""
    end = perf_counter() + SETTLING
    while perf_counter() < end or window.tab.store.is_waiting:
        QCoreApplication.processEvents()
    one, other = (part(window, QSlider, name) for name in drive.sliders)
    main, *others = [_painted(each) for each in window.tab.canvases.values() if each.isVisible()]
    return Program(window, main, (one, other), tuple(others))


def _painted(canvas: QWidget) -> QWidget:
    """What of a canvas gets the paint events."""
    return canvas.viewport() if isinstance(canvas, QGraphicsView) else canvas


def set_look(window: QWidget, look: str) -> None:
    """light, dark, or projector, which is light and larger."""
    for name, is_on in (("theme", look == "dark"), ("projector", look == "projector")):
        action = part(window, QAction, name)
        if action.isChecked() != is_on:
            action.trigger()


def floor(tab: str) -> Program:
    """The floor scene of this tab."""
    _ = QApplication.instance() or QApplication([])
    from bench.floor import Floor

    window = Floor(tab)
    show(window)
    return Program(window, window.plot.viewport(), (window.sliders[0], window.sliders[1]))


def show(window: QWidget) -> None:
    """Fill the screen."""
    window.setGeometry(0, 0, *SIZE)
    window.show()


def part(window: QWidget, kind: type[Part], name: str) -> Part:
    """The part of the window that has this object name."""
    found = window.findChild(kind, name)
    if found is None:
        raise SystemExit(f"the window has no {kind.__name__} named '{name}'")
    return found
