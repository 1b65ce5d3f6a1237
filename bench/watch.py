"""Notes when widgets were first painted; imported after the program that it watches has loaded Qt its own way."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from bench.clock import waited

PATIENCE = 20_000  # milliseconds


class Watch(QObject):
    """Waits for the first painting of the surface, and of the formulas once they say what they show."""

    def __init__(self, surface: QWidget, formulas: QWidget | None, clock: Callable[[], float]) -> None:
        super().__init__()
        self.surface, self.formulas, self.clock = surface, formulas, clock
        self.seen: dict[str, float] = {}
        for widget in (surface, formulas):
            if widget is not None:
                widget.installEventFilter(self)
        QTimer.singleShot(PATIENCE, QCoreApplication.quit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:  # the timers fire when what was painted has gone to the screen
            if watched is self.surface and "frame" not in self.seen:
                QTimer.singleShot(0, self._frame)
            elif self.formulas is not None and watched is self.formulas and self.formulas.accessibleName():
                QTimer.singleShot(0, self._formula)
        return False

    def _frame(self) -> None:
        if "frame" not in self.seen:
            self.seen |= {"frame": self.clock(), "cpu": time.process_time() * 1e3, "waited": waited()}
            if self.formulas is None:
                QCoreApplication.quit()

    def _formula(self) -> None:
        now = self.clock()
        if "frame" in self.seen and self.formulas is not None and not is_blank(self.formulas):
            self.seen.setdefault("formula", now)
            QCoreApplication.quit()


def is_blank(widget: QWidget) -> bool:
    """Whether all of the widget has one colour."""
    image = widget.grab().toImage()
    pixels = bytes(image.constBits())
    return pixels == pixels[:4] * (len(pixels) // 4)
