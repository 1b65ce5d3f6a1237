"""A part of the window that paints itself; a bar scrolls it where it holds more than it has room for."""

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

NOTCH = 120  # of a wheel
GAP = 4  # pixels between what is held and the bar


class Scrolled(QWidget):
    """Who fills it says how high it is inside, and arranges it after every change.

    It is scrolled by its bar, by the wheel, and by dragging what it shows, as fingers do.
    """

    def __init__(self, name: str, across: QSizePolicy.Policy) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(across, QSizePolicy.Policy.Expanding)
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.setAccessibleName(f"Scroll {name}")
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bar.setCursor(Qt.CursorShape.ArrowCursor)
        self.bar.valueChanged.connect(lambda _: self.update())
        self.bar.hide()
        self._dragged: float | None = None  # where the pointer holds it, from the top of what is inside

    def inner_height(self, width: int) -> float:
        """How high what it holds is at a width, in pixels."""
        raise NotImplementedError

    @property
    def room(self) -> int:
        """The width beside the bar and a gap, in pixels."""
        return max(self.width() - (0 if self.bar.isHidden() else self.bar.width() + GAP), 1)

    def arrange(self) -> None:
        """Show the bar where something has no room, and paint anew; one stays where one has scrolled to."""
        is_high = self.inner_height(max(self.width(), 1)) > self.height()
        self.bar.ensurePolished()
        wide = self.bar.sizeHint().width()
        beyond = ceil(self.inner_height(max(self.width() - wide - GAP, 1)) - self.height()) if is_high else 0
        self.bar.setGeometry(self.width() - wide, 0, wide, self.height())
        self.bar.setRange(0, max(beyond, 0))
        self.bar.setPageStep(max(self.height(), 1))
        if self.bar.isHidden() == is_high:
            self.bar.setVisible(is_high)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.bar.isHidden():
            self._dragged = event.position().y() + self.bar.value()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self.bar.setValue(round(self._dragged - event.position().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A notch is three lines or so; what is whole leaves the wheel alone."""
        if self.bar.isHidden():
            event.ignore()
            return
        step = event.pixelDelta().y() or event.angleDelta().y() * 3 * self.bar.singleStep() / NOTCH
        self.bar.setValue(round(self.bar.value() - step))
        event.accept()
