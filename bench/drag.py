"""A hand on a slider, and the frames that follow it."""

from dataclasses import dataclass
from time import perf_counter, process_time

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSlider, QWidget

from bench.clock import own
from bench.programs import Program

WARMING = 15  # frames before any is counted
PATIENCE = 10.0  # seconds to wait for a frame


class Hand:
    """Moves a slider to and fro, and the other by one at each turn: no state comes twice, so no cache helps."""

    def __init__(self, sliders: tuple[QSlider, QSlider]) -> None:
        self.slider, self.other = sliders
        self._way = 1

    def move(self) -> None:
        """One step of the slider."""
        at = self.slider.value() + self._way
        if not self.slider.minimum() <= at <= self.slider.maximum():
            self._way = -self._way
            at = self.slider.value() + self._way
            other = self.other.value() + 1
            self.other.setValue(other if other <= self.other.maximum() else self.other.minimum())
        self.slider.setValue(at)


class PaintClock(QObject):
    """Delivers each paint event of a surface itself, and so knows when the painting was over."""

    def __init__(self, surface: QWidget) -> None:
        super().__init__()
        self.paints, self.over = 0, 0.0
        self._is_painting = False
        surface.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint or self._is_painting:
            return False
        self._is_painting = True
        QCoreApplication.sendEvent(watched, event)
        self._is_painting = False
        self.over = own()
        self.paints += 1
        return True


@dataclass
class Frame:
    """What one frame took, in milliseconds; wall times without waiting for a core."""

    wall: float  # from the slider's move to the end of the last painting of any canvas that is painted for it
    idle: float  # until the event loop had nothing more to do
    cpu: float  # of the whole process until then


class Driver:
    """Drives a program frame by frame."""

    def __init__(self, program: Program) -> None:
        self.program, self.hand, self.clock = program, Hand(program.sliders), PaintClock(program.surface)
        self.clocks = [self.clock, *map(PaintClock, program.others)]
        pause(0.3)

    def frame(self, moves: int = 1) -> Frame:
        """Move the slider so many times within a frame, and wait until all is drawn."""
        clock = self.clock
        before, cpu, start = clock.paints, process_time(), own()
        for _ in range(moves):
            self.hand.move()
        end = perf_counter() + PATIENCE
        while clock.paints == before:
            QCoreApplication.processEvents()
            if perf_counter() > end:
                raise SystemExit(f"the slider was moved, but nothing was painted for {PATIENCE:.0f} s")
        seen = before
        while seen != clock.paints:
            seen = clock.paints
            QCoreApplication.processEvents()
        over = max(each.over for each in self.clocks)
        return Frame(*(1e3 * t for t in (over - start, own() - start, process_time() - cpu)))

    def frames(self, count: int) -> list[Frame]:
        """So many frames of one move each, back to back."""
        return [self.frame() for _ in range(count)]

    def shots(self) -> list[QImage]:
        """The canvases as they stand on the screen, the main one first."""
        return [self._shot(surface) for surface in (self.program.surface, *self.program.others)]

    def _shot(self, surface: QWidget) -> QImage:
        window = self.program.window
        corner, size = surface.mapTo(window, QPoint(0, 0)), surface.size()
        grabbed = window.screen().grabWindow(window.winId(), corner.x(), corner.y(), size.width(), size.height())
        return grabbed.toImage()


def pause(seconds: float) -> None:
    """Let the program do whatever it still has to do.

    An error in a paint event is told on standard error here; in processEvents it can kill the process wordlessly.
    """
    loop = QEventLoop()
    QTimer.singleShot(round(1e3 * seconds), loop.quit)
    loop.exec()
