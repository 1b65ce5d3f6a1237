"""What wheel and fingers ask of any pane: how much larger or smaller, and about which pixel."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

ZOOM = 1.25


def wheel_factor(event: QWheelEvent) -> float | None:
    """The factor for the spans that are seen; None where the wheel went sideways."""
    notches = event.angleDelta().y() / 120
    return ZOOM**-notches if notches else None


def is_pinch(event: QEvent) -> bool:
    """Whether fingers on a screen or a touchpad are at work."""
    return event.type() in (QEvent.Type.NativeGesture, QEvent.Type.Gesture)


def pinch_factor(widget: QWidget, event: QEvent) -> tuple[float, QPointF] | None:
    """The factor for the spans and the pixel between the fingers; None where they do something else."""
    if isinstance(event, QNativeGestureEvent):
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            return 1 / max(1 + event.value(), 0.1), event.position()
        return None
    pinch = event.gesture(Qt.GestureType.PinchGesture)  # type: ignore[attr-defined]
    if pinch is None:
        return None
    return 1 / max(pinch.scaleFactor(), 0.1), QPointF(widget.mapFromGlobal(pinch.centerPoint().toPoint()))
