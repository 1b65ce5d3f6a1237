"""The slider of the panel."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSlider

from mmlviz.qt.look import Look


class LabSlider(QSlider):
    """A horizontal slider that paints itself, knob inside its frame, and leaves the wheel to the page."""

    def __init__(self, steps: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, steps)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # the cards behind need not be painted
        self.setMinimumWidth(60)
        self._look: Look | None = None
        self._reset: Callable[[bool], None] = lambda has_jumped: None
        self._grip = 0.0
        self._has_jumped = False  # whether the last press moved the knob under the pointer

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        self._look = look
        self.setFixedHeight(look.px(26))

    def on_double_click(self, reset: Callable[[bool], None]) -> None:
        """What a double click does; it is told whether its first click moved the knob."""
        self._reset = reset

    def _radius(self) -> float:
        return self._look.px(8) if self._look else 8

    def _knob(self, value: int) -> float:
        """The x of the knob's centre at a value."""
        inset = self._radius() + 3
        return inset + (self.width() - 2 * inset) * (value - self.minimum()) / max(self.maximum() - self.minimum(), 1)

    def _value_at(self, x: float) -> int:
        inset = self._radius() + 3
        share = (x - inset) / max(self.width() - 2 * inset, 1)
        return round(self.minimum() + min(max(share, 0), 1) * (self.maximum() - self.minimum()))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        if look is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("background"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, knob, radius, bar = self.height() / 2, self._knob(self.value()), self._radius(), look.px(4)
        painter.setBrush(look.colour("border"))
        painter.drawRoundedRect(QRectF(3, middle - bar / 2, self.width() - 6, bar), bar / 2, bar / 2)
        painter.setBrush(look.colour("accent"))
        painter.drawRoundedRect(QRectF(3, middle - bar / 2, knob - 3, bar), bar / 2, bar / 2)
        if self.hasFocus():
            painter.setBrush(look.colour("accent"))
            painter.drawEllipse(QPointF(knob, middle), radius + 3, radius + 3)
            painter.setBrush(look.colour("background"))
            painter.drawEllipse(QPointF(knob, middle), radius + 1.2, radius + 1.2)
        painter.setBrush(look.colour("text"))
        painter.drawEllipse(QPointF(knob, middle), radius, radius)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        knob = self._knob(self.value())
        self._has_jumped = abs(x - knob) > self._radius() + 4
        self._grip = 0.0 if self._has_jumped else x - knob
        self.setSliderDown(True)
        if self._has_jumped:
            self.setValue(self._value_at(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x() - self._grip))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._reset(self._has_jumped)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}.get(
            Qt.Key(event.key())
        )
        if event.key() == Qt.Key.Key_Escape and self.isSliderDown():
            self.cancel()
            self.setSliderDown(False)
            return
        if step is None:
            super().keyPressEvent(event)
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            step *= 10
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.fine(step)
        else:
            self.setValue(self.value() + step)

    def cancel(self) -> None:
        """Put the drag back; the row that knows the numbers replaces this."""

    def fine(self, direction: int) -> None:
        """A tenth of a step; the row that knows the numbers replaces this."""
