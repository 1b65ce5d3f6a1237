"""The floor: each tab's essential picture as the shortest pyqtgraph program that draws it well.

What the app adds to these, it has to justify: each tab's cost is given in multiples of its floor.
"""

from collections.abc import Callable
from math import cos, factorial, pi, sin
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPolygonF, QTransform
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


def _add(plot: Any, colour: Any, points: Array, width: int = 1, connect: str = "pairs") -> Show:
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


def sandpit(plot: Any) -> Show:
    """A landscape of 200×200 with 15 contours, 400 arrows and a descent of 100 steps; all of it moves."""
    from contourpy import LineType, contour_generator

    at, coarse = np.linspace(-4, 4, 200), np.linspace(-3.8, 3.8, 20)
    tails = np.stack(np.meshgrid(coarse, coarse), axis=-1).reshape(-1, 2)
    ground = pg.ImageItem(axisOrder="row-major")
    ground.setLookupTable(pg.colormap.get("viridis").getLookupTable(nPts=256))
    ground.setTransform(QTransform().translate(-4, -4).scale(8 / 200, 8 / 200))
    plot.addItem(ground)
    show_contours = _add(plot, "#ffffff", np.empty((0, 2)), connect="finite")
    show_arrows = _add(plot, "#000000", np.empty((0, 2)))
    show_descent = _add(plot, "#cc3333", np.empty((0, 2)), connect="all")
    plot.setRange(xRange=(-4, 4), yRange=(-4, 4), padding=0)

    def show(A: Array) -> None:
        a = float(A[0, 0])
        depths = np.sin(1.5 * at + a)[None, :] * np.cos(1.2 * at)[:, None] + 0.15 * (
            at[None, :] ** 2 + at[:, None] ** 2
        )
        ground.setImage(depths, levels=(-1.5, 5.0), autoLevels=False)
        found = contour_generator(at, at, depths, name="serial", line_type=LineType.ChunkCombinedNan)
        lines = [found.lines(level)[0][0] for level in np.linspace(-1.5, 5, 15)]
        show_contours(np.concatenate([part for line in lines if line is not None for part in (line, GAP)]))
        x, y = tails[:, 0], tails[:, 1]
        slope_x = 1.5 * np.cos(1.5 * x + a) * np.cos(1.2 * y) + 0.3 * x
        slope_y = -1.2 * np.sin(1.5 * x + a) * np.sin(1.2 * y) + 0.3 * y
        show_arrows(arrows(tails, tails - 0.1 * np.stack([slope_x, slope_y], axis=1)))
        show_descent(_descent(a))

    return show


GAP = np.full((1, 2), np.nan)


def _descent(a: float) -> Array:
    """A hundred steps of steepest descent, in plain floats."""
    x, y = 3.0, 3.0
    path = [(x, y)]
    for _ in range(100):
        u, v = 1.5 * x + a, 1.2 * y
        x, y = x - 0.1 * (1.5 * cos(u) * cos(v) + 0.3 * x), y - 0.1 * (-1.2 * sin(u) * sin(v) + 0.3 * y)
        path.append((x, y))
    return np.array(path)


def taylor(plot: Any) -> Show:
    """sin x and eight of its Taylor polynomials, each of 1,000 points."""
    x, count = np.linspace(-8, 8, 1000), 8
    _add(plot, "#000000", np.column_stack([x, np.sin(x)]), connect="all")
    shows = [_add(plot, pg.intColor(k, count), np.empty((0, 2)), connect="all") for k in range(count)]
    plot.setAspectLocked(False)
    plot.setRange(xRange=(-8, 8), yRange=(-4, 4), padding=0)

    def show(A: Array) -> None:
        centre = float(A[0, 0])
        derivatives = [sin(centre + k * pi / 2) for k in range(count + 1)]
        value = np.full_like(x, derivatives[0])
        for k, show_one in enumerate(shows, 1):
            value = value + derivatives[k] / factorial(k) * (x - centre) ** k
            show_one(np.column_stack([x, value.clip(-50, 50)]))

    return show


def pca(plot: Any) -> Show:
    """1,797 points of ten colours, all of which move, in place."""
    random, count = np.random.default_rng(0), 1797
    label = random.integers(0, 10, count)
    points = random.normal(0, 3, (10, 3))[label] + random.normal(0, 1, (count, 3))
    item = pg.ScatterPlotItem(size=5, pen=None)
    item.setData(x=np.zeros(count), y=np.zeros(count), brush=[pg.mkBrush(pg.intColor(k, 10)) for k in label])
    plot.addItem(item)
    plot.setRange(xRange=(-12, 12), yRange=(-9, 9), padding=0)

    def show(A: Array) -> None:
        turn = float(A[0, 0])
        seen = points @ np.array([[cos(turn), 0], [0, 1], [sin(turn), 0]])
        item.data["x"], item.data["y"] = seen[:, 0], seen[:, 1]
        item.bounds = [None, None]
        item.prepareGeometryChange()
        item.update()

    return show


SCENES: dict[str, tuple[Callable[[Any], Show], Array]] = {
    "matrix": (matrix, np.array([[1.5, 0.5], [-0.5, 1.25]])),
    "eigen": (eigen, np.array([[2.0, 1.0], [0.5, 1.5]])),
    "sandpit": (sandpit, np.array([[0.5, 0.0], [0.0, 0.0]])),
    "taylor": (taylor, np.array([[0.5, 0.0], [0.0, 0.0]])),
    "taylor2": (sandpit, np.array([[0.5, 0.0], [0.0, 0.0]])),  # heat map and contours
    "pca": (pca, np.array([[0.5, 0.0], [0.0, 0.0]])),
    "digits": (pca, np.array([[0.5, 0.0], [0.0, 0.0]])),
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
