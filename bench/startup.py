"""Child process: from the start of the process to the first picture. python -m bench.startup bare|app

BENCH_STARTED holds the parent's monotonic clock, in nanoseconds, at the moment when it started this process.
"""

import os
import sys
import time

STARTED = int(os.environ.get("BENCH_STARTED", "0")) or time.monotonic_ns()

# Loaded modules count as part of the start, so that everything else is imported when the picture is there.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

HEAVY = ("sympy", "flint", "contourpy", "scipy")


def bare() -> "tuple[QWidget, QWidget]":
    """A window of PySide6 and pyqtgraph with one curve, and its surface."""
    import numpy as np
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication

    _ = QApplication.instance() or QApplication([])
    window = pg.PlotWidget()
    window.plot(np.sin(np.linspace(0, 10, 500)))
    window.resize(1440, 860)
    return window, window.viewport()


def app() -> "tuple[QWidget, QWidget]":
    """The app as a user starts it, and the surface of its first canvas."""
    from mmlviz.app import make_window

    window = make_window()
    from PySide6.QtWidgets import QGraphicsView

    canvas = window.findChild(QGraphicsView, "matrix.canvas")
    if canvas is None:
        raise SystemExit("the window has no matrix.canvas")
    return window, canvas.viewport()


def main() -> None:
    """Start, wait for the first picture and the first formula, and print the answer as JSON."""
    program = {"bare": bare, "app": app}[sys.argv[1]]
    window, surface = program()
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
    from PySide6.QtWidgets import QWidget

    formulas = window.findChild(QWidget, "matrix.formulas")
    seen: dict[str, tuple[float, float, float]] = {}

    class Watch(QObject):
        """Notes when the widgets were first painted; the timer fires when the window has been flushed."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                if watched is surface:
                    QTimer.singleShot(0, lambda: note("frame"))
                elif formulas is not None and formulas.accessibleName():
                    QTimer.singleShot(0, lambda: note("formula"))
            return False

    def note(what: str) -> None:
        from bench.clock import waited

        if what not in seen:
            seen[what] = (time.monotonic_ns() - STARTED) / 1e6, waited() * 1e3, time.process_time() * 1e3
        if "frame" in seen and ("formula" in seen or formulas is None):
            QCoreApplication.quit()

    watch = Watch()
    surface.installEventFilter(watch)
    if formulas is not None:
        formulas.installEventFilter(watch)
    window.show()
    QTimer.singleShot(20_000, QCoreApplication.quit)
    QCoreApplication.exec()
    report(seen, formulas)


def report(seen: dict[str, tuple[float, float, float]], formulas: "QWidget | None") -> None:
    """Milliseconds until the first frame, and from there to the formula; the modules that should have waited."""
    import json

    if "frame" not in seen:
        raise SystemExit("nothing was painted for 20 s")
    wall, wait, cpu = seen["frame"]
    answer: dict[str, object] = {"wall": wall - wait, "waited": wait, "cpu": cpu}
    if formulas is not None:
        if "formula" not in seen or is_blank(formulas):
            raise SystemExit("no formula was drawn within 20 s")
        then, waited_then, _ = seen["formula"]
        answer["formula"] = then - waited_then - (wall - wait)
    answer["heavy"] = [name for name in HEAVY if name in sys.modules]
    print(json.dumps(answer))


def is_blank(widget: "QWidget") -> bool:
    """Whether all of the widget has one colour."""
    from PySide6.QtGui import QImage

    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = bytes(image.constBits())
    return pixels == pixels[:4] * (len(pixels) // 4)


if __name__ == "__main__":
    main()
