"""The programs whose frames are measured, with the parts by which they are driven."""

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QGraphicsView, QSlider, QTabWidget, QWidget

from bench import TABS
from bench.screen import SIZE

Part = TypeVar("Part", bound=QObject)


@dataclass
class Program:
    """A shown window, the surface on which frames are painted, and the sliders of the first column of A."""

    window: QWidget
    surface: QWidget
    sliders: tuple[QSlider, QSlider]


def start(name: str) -> Program:
    """Build and show `floor.matrix`, `app.eigen` and so on; there is a QApplication afterwards."""
    kind, _, tab = name.partition(".")
    return app(tab) if kind == "app" else floor(tab)


def app(tab: str) -> Program:
    """The app with this tab in front."""
    from mmlviz.app import make_window

    window = make_window()
    show(window)
    visit(window, tab)
    return tab_of(window, tab)


def visit(window: QWidget, tab: str) -> None:
    """Bring this tab to the front; it is built when first seen."""
    part(window, QTabWidget, "tabs").setCurrentIndex(TABS.index(tab))


def tab_of(window: QWidget, tab: str) -> Program:
    """The parts of a tab that has been visited."""
    a, c = (part(window, QSlider, f"{tab}.matrix.{k}.0") for k in (0, 1))
    return Program(window, part(window, QGraphicsView, f"{tab}.canvas").viewport(), (a, c))


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
