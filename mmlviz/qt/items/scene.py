"""One graphics item that paints all marks of a pane in their order, labels last."""

from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from mmlviz.core.marks import Arrow, Curve, Label, Mark, Points, Polygon, Segments, Ticks
from mmlviz.core.placement import Rect
from mmlviz.core.view import PaneView
from mmlviz.qt.items import lines, words
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.look import Look

PAINTERS: dict[type[Mark], Callable[[QPainter, Any, Pixels, Look], None]] = {
    Segments: lines.segments,
    Curve: lines.curve,
    Arrow: lines.arrow,
    Polygon: lines.polygon,
    Points: lines.points,
    Ticks: words.ticks,
}


class SceneItem(pg.GraphicsObject):
    """Paints marks in pixels; child of the view box, whose own coordinates are pixels."""

    def __init__(self, parent: pg.ViewBox) -> None:
        super().__init__(parent)
        self.marks: Sequence[Mark] = ()
        self.pane: PaneView | None = None
        self.look: Look | None = None
        self.reserved: list[Rect] = []  # where buttons lie and no label is to be written
        self.label_rects: list[tuple[str, Rect]] = []  # where the last paint put them

    def show_marks(self, marks: Sequence[Mark], pane: PaneView, look: Look) -> None:
        """Have these painted next; whoever calls updates the viewport, since update() would be a frame late."""
        if self.pane is None or (pane.width, pane.height) != (self.pane.width, self.pane.height):
            self.prepareGeometryChange()
        self.marks, self.pane, self.look = marks, pane, look

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.pane.width, self.pane.height) if self.pane else QRectF()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self.pane is None or self.look is None:
            return
        pixels = Pixels.of(self.pane)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self.marks:
            if not isinstance(mark, Label):
                PAINTERS[type(mark)](painter, mark, pixels, self.look)
        self.label_rects = words.labels(painter, self.marks, pixels, self.look, self.reserved)
