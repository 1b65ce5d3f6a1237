"""What the keyboard and screen readers reach of a space: its handles."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mmlviz.core.controls import Handle3
from mmlviz.core.words import show
from mmlviz.qt.proxy import stride

if TYPE_CHECKING:
    from mmlviz.qt.space import SpaceCanvas

KEY = Qt.Key
ALONG = {
    KEY.Key_Left: (0, -1.0), KEY.Key_Right: (0, 1.0), KEY.Key_Down: (1, -1.0), KEY.Key_Up: (1, 1.0),
    KEY.Key_PageDown: (2, -1.0), KEY.Key_PageUp: (2, 1.0),
}  # fmt: skip


class SpaceProxy(QWidget):
    """A handle of a space that Tab reaches: left and right move it along x, up and down along y, the pages along z."""

    def __init__(self, handle: Handle3, canvas: "SpaceCanvas") -> None:
        super().__init__(canvas)
        self.handle, self.canvas = handle, canvas
        self.setObjectName(f"{canvas.store.lab.id}.handle3.{handle.key}")
        self.setAccessibleName(f"{handle.name}: arrows along x and y, Page Up and Down along z")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def stand(self) -> None:
        """Show and stand around the handle where there is one, at the edge where that is out of sight."""
        seen, canvas = self.canvas.item.projection, self.canvas
        is_there = seen is not None and self.handle.shown(*canvas.store.shown)
        if self.isHidden() == is_there:
            self.setVisible(is_there)
        if seen is None or not is_there:
            return
        x, y = canvas.hand.pixel(self.handle, seen)
        radius = canvas.look.px(14)
        left, top = (
            min(max(round(v), 0), most) - radius for v, most in ((x, canvas.width()), (y, canvas.height()))
        )  # fmt: skip
        if (left, top, 2 * radius) != (self.x(), self.y(), self.width()):
            self.setGeometry(left, top, 2 * radius, 2 * radius)
        if self.hasFocus():
            self._describe()

    def _describe(self) -> None:
        said = f"at ({', '.join(map(show, self.handle.at(*self.canvas.store.shown)))})"
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus() or self.canvas.is_bare:
            return
        painter, edge = QPainter(self), self.canvas.look.widths["line"]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.canvas.look.colour(self.handle.role), edge))
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
        hand, seen = self.canvas.hand, self.canvas.item.projection
        if event.key() == KEY.Key_Escape:
            if hand.held is not None:
                hand.cancel()
            else:
                self.canvas.setFocus()
        elif event.key() in ALONG and hand.held is None and seen is not None:
            if not event.isAutoRepeat():
                self.canvas.store.begin()
            axis, way = ALONG[KEY(event.key())]
            hand.nudge_in_space(self.handle, axis, way * stride(event), seen)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in ALONG and not event.isAutoRepeat():
            self.canvas.store.settle()
        else:
            event.ignore()
