"""What the keyboard and screen readers reach on a canvas: graphics items alone give them nothing."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mmlviz.core.controls import XY, Click, Handle, Handle3
from mmlviz.core.words import pair
from mmlviz.qt.hand import key_steps
from mmlviz.qt.items.pixels import Pixels

if TYPE_CHECKING:
    from mmlviz.qt.canvas import Canvas
    from mmlviz.qt.space import SpaceCanvas

ACTS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


class Proxy(QWidget):
    """A place on a canvas that Tab reaches, keys move and screen readers name."""

    def __init__(self, name: str, said: str, canvas: "Canvas | SpaceCanvas") -> None:
        super().__init__(canvas.viewport())
        self._area = canvas.viewport()
        self.setObjectName(f"{canvas.store.lab.id}.{name}")
        self.setAccessibleName(said)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._said = ""

    @property
    def pixel(self) -> XY:
        """Where it is on the canvas."""
        raise NotImplementedError

    @property
    def place(self) -> str:
        """Where it is, in the coordinates of the pane: (1, 2)."""
        raise NotImplementedError

    def stand(self, is_shown: bool, scale: float) -> None:
        """Stand around its place, or at the edge where that is out of sight; or be hidden."""
        if self.isHidden() == is_shown:
            self.setVisible(is_shown)
        if not is_shown:
            return
        x, y = self.pixel
        radius = round(14 * scale)
        left = min(max(round(x), 0), self._area.width()) - radius
        top = min(max(round(y), 0), self._area.height()) - radius
        if (left, top, 2 * radius) != (self.x(), self.y(), self.width()):
            self.setGeometry(left, top, 2 * radius, 2 * radius)
        if self.hasFocus():  # what is not attended to is named when the focus comes
            self._describe()

    def _describe(self) -> None:
        text = f"at {self.place}"
        if text != self._said:
            self._said = text
            self.setAccessibleDescription(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._describe()
        self.update()


class Grip(Proxy):
    """Makes a handle something for the keyboard."""

    keys: Collection[int] = ()  # those that move it

    def __init__(self, name: str, said: str, handle: Handle | Handle3, canvas: "Canvas | SpaceCanvas") -> None:
        super().__init__(name, said, canvas)
        self._role, self._canvas = handle.role, canvas

    def nudge(self, key: Qt.Key, factor: float) -> None:
        """What one of its keys does."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus() or self._canvas.is_bare:
            return
        look = self._canvas.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour(self._role), look.widths["line"]))
        edge = look.widths["line"]
        painter.drawEllipse(self.rect().adjusted(*(round(s * edge) for s in (1, 1, -1, -1))))
        painter.end()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        if self._canvas.hand.held is None:
            self._canvas.store.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        hand = self._canvas.hand
        if event.key() == Qt.Key.Key_Escape:
            if hand.held is not None:
                hand.cancel()
            else:
                self._canvas.setFocus()
        elif event.key() in self.keys and hand.held is None:
            if not event.isAutoRepeat():
                self._canvas.store.begin()
            self.nudge(Qt.Key(event.key()), stride(event))
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in self.keys and not event.isAutoRepeat():
            self._canvas.store.settle()
        else:
            event.ignore()


class HandleProxy(Grip):
    """The grip of a handle of a plane."""

    keys = ARROWS

    def __init__(self, handle: Handle, canvas: "Canvas") -> None:
        super().__init__(f"handle.{handle.key}", handle.name, handle, canvas)
        self.handle, self.canvas = handle, canvas

    @property
    def pixel(self) -> XY:
        return Pixels.of(self.canvas.pane).at(self.canvas.hand.at(self.handle))

    @property
    def place(self) -> str:
        return pair(self.canvas.hand.at(self.handle))

    def nudge(self, key: Qt.Key, factor: float) -> None:
        self.canvas.hand.nudge(self.handle, *ARROWS[key], factor)


class Cursor(Proxy):
    """The keyboard's pointer for a pane that is clicked on: arrows move it, Enter or Space clicks."""

    def __init__(self, click: Click, canvas: "Canvas") -> None:
        super().__init__(f"cursor.{click.key}", f"{click.name}: arrows move, Enter acts", canvas)
        self.click, self.canvas = click, canvas
        x0, x1, y0, y1 = click.within or canvas.plane.home
        self._xy: XY = ((x0 + x1) / 2, (y0 + y1) / 2)

    @property
    def xy(self) -> XY:
        """Where it is, in the coordinates of the pane."""
        return self._xy

    @property
    def pixel(self) -> XY:
        return Pixels.of(self.canvas.pane).at(self._xy)

    @property
    def place(self) -> str:
        return pair(self._xy)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus() or self.canvas.is_bare:
            return
        look, painter = self.canvas.look, QPainter(self)
        middle, reach = self.width() / 2, self.width() / 2 - 1
        for role, width in (("background", 3.0), ("input", 1.0)):
            painter.setPen(QPen(look.colour(role), width * look.widths["line"] / 2))
            painter.drawLine(QPointF(middle - reach, middle), QPointF(middle + reach, middle))
            painter.drawLine(QPointF(middle, middle - reach), QPointF(middle, middle + reach))
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.canvas.point_with_cursor(self._xy)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        self.canvas.point_with_cursor(None)

    def event(self, event: QEvent) -> bool:
        """Space clicks here, and does not play."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() in ACTS)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            dx, dy = ARROWS[Qt.Key(event.key())]
            along, up = key_steps(self.canvas.pane)
            self._go(self._xy[0] + dx * along * stride(event), self._xy[1] + dy * up * stride(event))
        elif event.key() in ACTS and not event.isAutoRepeat():
            self.canvas.click(self.click, self._xy)
        elif event.key() == Qt.Key.Key_Escape:
            self.canvas.setFocus()
        else:
            event.ignore()

    def _go(self, x: float, y: float) -> None:
        x0, x1, y0, y1 = self.click.within or self.canvas.pane.box
        self._xy = min(max(round(x, 9), x0), x1), min(max(round(y, 9), y0), y1)
        self.stand(True, self.canvas.pane.scale)
        self._describe()
        self.canvas.point_with_cursor(self._xy)


def stride(event: QKeyEvent) -> float:
    """How far a key goes: ten times as far with Shift, a tenth with Alt."""
    far = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
    return far * (0.1 if event.modifiers() & Qt.KeyboardModifier.AltModifier else 1.0)
