"""The real window on an X screen, with events and pictures that go through the X server.

Nothing here knows a widget's method: the mouse is moved, keys are pressed, and the screen is looked at.
"""

import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mmlviz.core import codec
from mmlviz.core.theme import load
from mmlviz.qt.items.pixels import Pixels
from mmlviz.shell.window import Window

if sys.platform != "linux":
    pytest.skip("the X screen is Linux's", allow_module_level=True)

from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

KEYS = {"/": "slash", "-": "minus", ".": "period", " ": "space"}


class Hands:
    """Mouse and keyboard of the X server, and its screen."""

    def __init__(self, window: Window, qtbot: QtBot, display: Display) -> None:
        self.window, self.qtbot, self.display = window, qtbot, display

    def _send(self, *events: tuple[int, int]) -> None:
        for kind, detail in events:
            xtest.fake_input(self.display, kind, detail)
        self.display.sync()
        self.qtbot.wait(40)

    def move(self, at: QPoint) -> None:
        xtest.fake_input(self.display, X.MotionNotify, x=at.x(), y=at.y())
        self.display.sync()
        self.qtbot.wait(25)

    def press(self) -> None:
        self._send((X.ButtonPress, 1))

    def release(self) -> None:
        self._send((X.ButtonRelease, 1))

    def click(self, at: QPoint) -> None:
        self.move(at)
        self.press()
        self.release()

    def drag(self, start: QPoint, end: QPoint) -> None:
        self.move(start)
        self.press()
        for quarter in (1, 2, 3, 4):
            self.move(start + (end - start) * quarter / 4)
        self.release()

    def key(self, name: str, *modifiers: str) -> None:
        """Press a key by its X name, with Control_L and the like held down."""
        codes = [self.display.keysym_to_keycode(XK.string_to_keysym(n)) for n in (*modifiers, name)]
        self._send(*((X.KeyPress, c) for c in codes), *((X.KeyRelease, c) for c in reversed(codes)))

    def type(self, text: str) -> None:
        for character in text:
            self.key(KEYS.get(character, character))

    def place(self, x: float, y: float) -> QPoint:
        """Where a point of the first plane is on the screen."""
        px, py = Pixels.of(self.window.tab.store.view["plane"]).at((x, y))
        return self.window.tab.canvases["plane"].viewport().mapToGlobal(QPoint(round(px), round(py)))

    def middle(self, name: str) -> QPoint:
        widget = self.window.findChild(QWidget, name)
        assert widget is not None, name
        return widget.mapToGlobal(widget.rect().center())

    def colour(self, at: QPoint) -> str:
        """The colour of a pixel of the screen."""
        image = QGuiApplication.primaryScreen().grabWindow(0, at.x(), at.y(), 1, 1).toImage()
        return QColor(image.pixel(0, 0)).name()

    def ground(self, at: QPoint) -> str:
        """The commonest colour of a piece of the screen."""
        image = QGuiApplication.primaryScreen().grabWindow(0, at.x(), at.y(), 60, 60).toImage()
        return Counter(image.pixelColor(x, y).name() for x in range(60) for y in range(60)).most_common(1)[0][0]

    @property
    def matrix(self) -> str:
        return codec.texts(self.window.tab.lab, self.window.tab.store.state)["matrix"]


@pytest.fixture
def hands(window: Window, qtbot: QtBot) -> Iterator[Hands]:
    if QGuiApplication.platformName() != "xcb":
        pytest.skip("needs an X screen; install xvfb for a virtual one")
    display = Display()
    made = Hands(window, qtbot, display)
    made.move(QPoint(5, 700))
    yield made
    display.close()


def along(x: float, y: float) -> tuple[float, float]:
    """A point well inside the head of an arrow to (x, y)."""
    size = (x * x + y * y) ** 0.5
    return x * (1 - 0.06 / size), y * (1 - 0.06 / size)


def test_the_tip_of_the_first_column_follows_the_mouse(hands: Hands) -> None:
    first = load("light").line("first")
    assert hands.colour(hands.place(*along(1.5, -0.5))) == first
    hands.drag(hands.place(1.5, -0.5), hands.place(2, 1))
    (a, _), (c, _) = hands.window.tab.store.state.matrix
    assert (float(a), float(c)) == pytest.approx((2, 1), abs=0.011)  # a pixel
    assert hands.colour(hands.place(*along(2, 1))) == first
    assert hands.colour(hands.place(*along(1.5, -0.5))) != first


def test_a_slider_is_turned_by_its_knob(hands: Hands) -> None:
    slider = hands.window.findChild(QWidget, "matrix.matrix.0.0")
    assert slider is not None
    knob = slider.mapToGlobal(QPoint(round(slider._knob(slider.value())), slider.height() // 2))  # type: ignore[attr-defined]
    first_colour = load("light").line("first")
    hands.drag(knob, knob + QPoint(20, 0))
    (a, _), (c, _) = hands.window.tab.store.state.matrix
    assert 1.5 < a < 3
    assert hands.colour(hands.place(*along(a, c))) == first_colour
    assert hands.window.tab.store.undo_label == "matrix A"


def test_typing_mistyping_and_undoing(hands: Hands) -> None:
    hands.click(hands.middle("matrix.matrix.0.0.entry"))
    hands.key("a", "Control_L")
    hands.type("1/3")
    hands.key("Return")
    assert hands.matrix == "1/3,1/2;-1/2,5/4"
    hands.key("a", "Control_L")
    hands.type("1/q")
    hands.key("Return")
    assert hands.matrix == "1/3,1/2;-1/2,5/4"
    entry = hands.window.findChild(QWidget, "matrix.matrix.0.0.entry")
    assert entry is not None
    border = entry.mapToGlobal(QPoint(entry.width() // 2, 1))
    assert hands.colour(border) == load("light").line("negative")
    hands.key("Escape")
    assert hands.colour(border) != load("light").line("negative")
    hands.key("z", "Control_L")
    assert hands.matrix == "3/2,1/2;-1/2,5/4"
    hands.key("y", "Control_L")
    assert hands.matrix == "1/3,1/2;-1/2,5/4"


def test_tabs_and_themes(hands: Hands) -> None:
    corner = hands.place(-4, -2)
    assert hands.ground(corner) == load("light").line("background")
    hands.key("d", "Control_L")
    assert hands.ground(corner) == load("dark").line("background")
    hands.key("2", "Control_L")
    assert hands.window.tab.lab.id == "eigen"
    bar = hands.window.tabs.tabBar()
    hands.click(bar.mapToGlobal(bar.tabRect(0).center()))
    assert hands.window.tab.lab.id == "matrix"


def test_a_handle_is_moved_with_keys_alone(hands: Hands) -> None:
    hands.click(hands.place(-3, -2))  # the background: focus on the canvas
    for _ in range(12):
        hands.key("Tab")
        focused = hands.window.focusWidget()
        if focused is not None and focused.objectName() == "matrix.handle.first":
            break
    hands.key("Up")
    assert hands.matrix == "3/2,1/2;-0.4,5/4"
