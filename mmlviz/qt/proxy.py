"""Handles for the keyboard and for screen readers: graphics items alone give the accessibility tree nothing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mmlviz.core.controls import Handle
from mmlviz.core.words import pair

if TYPE_CHECKING:
    from mmlviz.qt.canvas import Canvas

ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


class HandleProxy(QWidget):
    """Makes a handle something that Tab reaches, keys move and screen readers name."""

    def __init__(self, handle: Handle, canvas: "Canvas") -> None:
        super().__init__(canvas.viewport())
        self.handle, self.canvas = handle, canvas
        self.setObjectName(f"{canvas.store.lab.id}.handle.{handle.key}")
        self.setAccessibleName(handle.name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._said = ""

    def show_at(self, x: float, y: float, scale: float) -> None:
        """Stand around this pixel, or at the edge where it is out of sight."""
        radius = round(14 * scale)
        area = self.canvas.viewport()
        left = min(max(round(x), 0), area.width()) - radius
        top = min(max(round(y), 0), area.height()) - radius
        if (left, top, 2 * radius) != (self.x(), self.y(), self.width()):
            self.setGeometry(left, top, 2 * radius, 2 * radius)
        if self.hasFocus():  # what is not attended to is named when the focus comes
            self._describe()

    def _describe(self) -> None:
        text = f"at {pair(self.canvas.hand.at(self.handle))}"
        if text != self._said:
            self._said = text
            self.setAccessibleDescription(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus() or self.canvas.is_bare:
            return
        look = self.canvas.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour(self.handle.role), look.widths["line"]))
        edge = look.widths["line"]
        painter.drawEllipse(self.rect().adjusted(*(round(s * edge) for s in (1, 1, -1, -1))))
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._describe()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        if self.canvas.hand.held is None:
            self.canvas.store.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        hand = self.canvas.hand
        if event.key() == Qt.Key.Key_Escape:
            if hand.held is not None:
                hand.cancel()
            else:
                self.canvas.setFocus()
        elif event.key() in ARROWS and hand.held is None:
            modifiers = event.modifiers()
            factor = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
            factor_small = 0.1 if modifiers & Qt.KeyboardModifier.AltModifier else 1
            if not event.isAutoRepeat():
                self.canvas.store.begin()
            hand.nudge(self.handle, *ARROWS[Qt.Key(event.key())], factor * factor_small)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS and not event.isAutoRepeat():
            self.canvas.store.settle()
        else:
            event.ignore()
