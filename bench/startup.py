"""Child process: from the start of the process to the first picture. python -m bench.startup bare|app

BENCH_STARTED is the monotonic clock, in nanoseconds, when the parent started this process. Whatever is
imported here counts as part of the start, so there is little, and no Qt: the app has its own way to load it.
"""

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

STARTED = int(os.environ.get("BENCH_STARTED", time.monotonic_ns()))
HEAVY = ("sympy", "flint", "contourpy", "scipy", "sklearn", "mpmath", "mmlviz.maths.expression")


def clock() -> float:
    """Milliseconds since the start."""
    return (time.monotonic_ns() - STARTED) / 1e6


def bare() -> "tuple[QWidget, QWidget]":
    """A window of PySide6 and pyqtgraph with one curve, and the surface that it is painted on."""
    import numpy as np
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication

    _ = QApplication.instance() or QApplication([])
    window = pg.PlotWidget()
    window.plot(np.sin(np.linspace(0, 10, 500)))
    window.resize(1440, 860)
    return window, window.viewport()


def app() -> "tuple[QWidget, QWidget]":
    """The app as it starts for a user, and the surface of its first canvas."""
    from mmlviz.app import make_window

    window = make_window()

    from PySide6.QtWidgets import QGraphicsView

    from bench.programs import part

    return window, part(window, QGraphicsView, "matrix.canvas").viewport()


def main() -> None:
    """Start, wait for the first picture and the first formula, and print milliseconds as JSON."""
    window, surface = app() if sys.argv[1] == "app" else bare()

    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QWidget

    from bench.watch import Watch

    formulas = window.findChild(QWidget, "matrix.formulas")
    watch = Watch(surface, formulas, clock)
    window.show()
    QCoreApplication.exec()
    if "frame" not in watch.seen or (formulas is not None and "formula" not in watch.seen):
        raise SystemExit(f"the window never showed its picture and formula, only {list(watch.seen)}")

    import json

    print(json.dumps(watch.seen | {"heavy": [name for name in HEAVY if name in sys.modules]}))


if __name__ == "__main__":
    main()
