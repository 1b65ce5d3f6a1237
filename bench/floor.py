"""The floor: each tab's essential picture as the shortest pyqtgraph program that draws it well.

What the app adds to these, it has to justify: each tab's cost is given in multiples of its floor.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPolygonF
from PySide6.QtWidgets import QGraphicsPolygonItem, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

Array = NDArray[np.float64]
Show = Callable[[Array], None]

BASIS = np.array([[0.0, 0], [1, 0], [0, 0], [0, 1]])
SQUARE = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])


def circle(count: int) -> Array:
    """Points round the unit circle; the last is the first."""
    turn = np.linspace(0, 2 * np.pi, count)
    return np.column_stack([np.cos(turn), np.sin(turn)])


def grid(count: int, reach: float) -> Array:
    """The ends of count lines along x and count along y, (4 count, 2)."""
    at = np.repeat(np.linspace(-reach, reach, count), 2)
    along = np.tile([-reach, reach], count)
    return np.concatenate([np.column_stack([along, at]), np.column_stack([at, along])])


def eigenlines(A: Array) -> Array:
    """The ends of the eigenlines of A; none where they are complex."""
    values, vectors = np.linalg.eig(A)
    if np.iscomplexobj(values):
        return np.empty((0, 2))
    ends: Array = np.repeat(vectors.T, 2, axis=0) * np.array([20.0, -20, 20, -20])[:, None]
    return ends


def arrows(tails: Array, tips: Array) -> Array:
    """Shafts and heads as pairs of points, (6 n, 2): one item draws them all."""
    way = tips - tails
    way = 0.12 * way / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-12)[:, None]
    side = 0.5 * np.column_stack([-way[:, 1], way[:, 0]])
    return np.stack([tails, tips, tips, tips - way + side, tips, tips - way - side], axis=1).reshape(-1, 2)


def _add(plot: Any, colour: str, points: Array, width: int = 1, connect: str = "pairs") -> Show:
    """A curve in the plot; returns what moves it."""
    item = pg.PlotCurveItem(pen=pg.mkPen(colour, width=width), connect=connect, skipFiniteCheck=True)
    plot.addItem(item)

    def show(points: Array) -> None:
        item.setData(points[:, 0].copy(), points[:, 1].copy())

    show(points)
    return show


def matrix(plot: Any) -> Show:
    """Fixed grid, moved grid, unit square and the two columns of A."""
    lines = grid(41, 10.0)
    _add(plot, "#dddddd", lines)
    show_grid = _add(plot, "#44aa77", lines)
    square = QGraphicsPolygonItem()
    square.setBrush(pg.mkBrush("#ffe9a0"))
    square.setPen(pg.mkPen("#cc8800"))
    plot.addItem(square)
    show_columns = _add(plot, "#cc0000", BASIS, width=3)
    plot.setRange(xRange=(-10, 10), yRange=(-6, 6), padding=0)

    def show(A: Array) -> None:
        show_grid(lines @ A.T)
        square.setPolygon(QPolygonF([QPointF(x, y) for x, y in (SQUARE @ A.T).tolist()]))
        show_columns(BASIS @ A.T)

    return show


def eigen(plot: Any) -> Show:
    """The unit circle and its image, 24 arrows to that image, the eigenlines."""
    ring, inputs = circle(361), circle(25)[:-1]
    _add(plot, "#bbbbbb", ring, connect="all")
    show_ellipse = _add(plot, "#4488aa", ring, connect="all")
    show_lines = _add(plot, "#0066cc", np.empty((0, 2)))
    show_arrows = _add(plot, "#cc3333", np.empty((0, 2)))
    plot.setRange(xRange=(-4, 4), yRange=(-3, 3), padding=0)

    def show(A: Array) -> None:
        show_ellipse(ring @ A.T)
        show_lines(eigenlines(A))
        show_arrows(arrows(np.zeros_like(inputs), inputs @ A.T))

    return show


SCENES = {
    "matrix": (matrix, np.array([[1.5, 0.5], [-0.5, 1.25]])),
    "eigen": (eigen, np.array([[2.0, 1.0], [0.5, 1.5]])),
}


class Floor(QWidget):
    """A plot and sliders for the first column of A, which start and step as the app's do."""

    def __init__(self, name: str) -> None:
        super().__init__()
        pg.setConfigOptions(background="w", foreground="k", antialias=True)
        self.plot = pg.PlotWidget()
        self.plot.hideButtons()
        self.plot.setAspectLocked()  # where x and y scale alike, pens stay cheap
        self.plot.disableAutoRange()
        scene, start = SCENES[name]
        self._show, self._A = scene(self.plot), start.copy()
        self.sliders, self._words = [self._slider(0), self._slider(1)], QLabel()
        side = QVBoxLayout()
        for widget in (*self.sliders, self._words):
            side.addWidget(widget)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.addWidget(self.plot, 1)
        row.addLayout(side)
        self._words.setFixedWidth(250)
        self._show(self._A)

    def _slider(self, k: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 160)
        slider.setValue(round((self._A[k, 0] + 4) * 20))
        slider.valueChanged.connect(lambda value: self._move(k, value))
        return slider

    def _move(self, k: int, value: int) -> None:
        self._A[k, 0] = value / 20 - 4
        self._show(self._A)
        self._words.setText(f"{'ac'[k]} = {self._A[k, 0]:.2f}")
