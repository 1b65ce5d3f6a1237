"""Hands on the window: mouse and keyboard through Qt, in the coordinates of the picture."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from mmlviz.qt.canvas import Canvas
from mmlviz.qt.items.pixels import Pixels
from mmlviz.shell.window import Window

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Person:
    """Does what a person does, and looks where a person looks."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def canvas(self) -> Canvas:
        return self.window.tab.main_canvas

    def pixel(self, x: float, y: float) -> QPoint:
        """The pixel of a point of the first plane."""
        px, py = Pixels.of(self.window.tab.store.view[self.canvas.plane.name]).at((x, y))
        return QPoint(round(px), round(py))

    def press(self, x: float, y: float) -> None:
        self.qtbot.mousePress(self.canvas.viewport(), LEFT, NONE, self.pixel(x, y))

    def move(self, x: float, y: float) -> None:
        """Also where the pointer rests there already, since the test before: then nothing would be heard of it."""
        self.qtbot.mouseMove(self.canvas.viewport(), self.pixel(x, y) + QPoint(2, 0))
        self.qtbot.mouseMove(self.canvas.viewport(), self.pixel(x, y))

    def release(self, x: float, y: float) -> None:
        self.qtbot.mouseRelease(self.canvas.viewport(), LEFT, NONE, self.pixel(x, y))
        self.see()

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """From one point to another in a few moves, both taken in the view as it is at the start."""
        first, last, view = self.pixel(*start), self.pixel(*end), self.canvas.viewport()
        self.qtbot.mousePress(view, LEFT, NONE, first)
        for quarter in (1, 2, 3, 4):
            self.qtbot.mouseMove(view, first + (last - first) * quarter / 4)
        self.qtbot.mouseRelease(view, LEFT, NONE, last)
        self.see()

    def key(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        if widget is not self.window and not widget.hasFocus():
            widget.setFocus()
        self.qtbot.keyClick(widget, key, modifier)
        self.see()

    def see(self) -> None:
        """Wait for the next frame."""
        self.qtbot.wait(20)

    def find(self, name: str) -> QWidget:
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    def entry(self, name: str) -> QLineEdit:
        found = self.find(f"{name}.entry")
        assert isinstance(found, QLineEdit)
        return found

    def slider(self, name: str) -> QSlider:
        found = self.find(name)
        assert isinstance(found, QSlider)
        return found

    def type(self, name: str, text: str, key: Qt.Key = Qt.Key.Key_Return) -> QLineEdit:
        """Type a text into an entry and press a key."""
        entry = self.entry(name)
        entry.setFocus()
        self.see()
        self.qtbot.keyClicks(entry, text)
        self.key(entry, key)
        return entry

    def colour_at(self, x: float, y: float) -> QColor:
        """The colour on the canvas at a point of the first plane."""
        return self.canvas.grab().toImage().pixelColor(self.pixel(x, y))
