"""One graphics item that paints all marks of a pane in their order, labels last."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from mmlviz.core.marks import (
    Arrow,
    Arrows,
    Band,
    Bars,
    Curve,
    Dots,
    Image,
    Label,
    Mark,
    Outline,
    Picture,
    Points,
    Polygon,
    Segments,
    Texts,
    Ticks,
)
from mmlviz.core.placement import Rect
from mmlviz.core.view import PaneView
from mmlviz.qt.items import dots, images, lines, outlines, pictures, words
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.look import Look

PAINTERS: dict[type[Mark], Callable[[QPainter, Any, Pixels, Look], None]] = {
    Segments: lines.segments,
    Curve: lines.curve,
    Arrow: lines.arrow,
    Arrows: lines.arrows,
    Polygon: lines.polygon,
    Outline: outlines.outline,
    Points: dots.points,
    Bars: lines.bars,
    Band: lines.band,
    Dots: dots.dots,
    Image: images.image,
    Picture: pictures.picture,
    Ticks: words.ticks,
    Texts: words.texts,
}
FEWEST = 2  # marks that stay before they are worth a picture of their own
COSTLY = (Image, Picture, Dots, Curve)  # of which one must be among them: a pane's picture takes megabytes


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The first marks of a scene as a picture: those that were the very same objects, frame after frame."""

    marks: Sequence[Mark]
    pixmap: QPixmap

    def lies_under(self, marks: Sequence[Mark], ratio: float) -> bool:
        """Whether a scene begins with these marks, on a screen with so many pixels to the unit."""
        is_fine = self.pixmap.devicePixelRatio() == ratio
        return is_fine and len(marks) >= len(self.marks) and all(a is b for a, b in zip(self.marks, marks))


class SceneItem(pg.GraphicsObject):
    """Paints marks in pixels; child of the view box, whose own coordinates are pixels."""

    def __init__(self, parent: pg.ViewBox) -> None:
        super().__init__(parent)
        self.marks: Sequence[Mark] = ()
        self.pane: PaneView | None = None
        self.look: Look | None = None
        self.reserved: list[Rect] = []  # where buttons lie and no label is to be written
        self.label_rects: list[tuple[str, Rect]] = []  # where the last paint put them
        self._good: Sequence[Mark] = ()  # those of the last paint that went well
        self._ground: Ground | None = None
        self._steady = 0  # how many of the first marks are those of the frame before

    def show_marks(self, marks: Sequence[Mark], pane: PaneView, look: Look) -> None:
        """Have these painted next; whoever calls updates the viewport, since update() would be a frame late."""
        if self.pane is None or (pane.width, pane.height) != (self.pane.width, self.pane.height):
            self.prepareGeometryChange()
        if pane != self.pane or look is not self.look:
            self._ground, self._steady = None, 0
        else:
            self._steady = _shared(self.marks, marks)
        self.marks, self.pane, self.look = marks, pane, look

    def forget(self) -> None:
        """Give back the memory of what is not seen."""
        self._ground, self._steady = None, 0

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.pane.width, self.pane.height) if self.pane else QRectF()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self.pane is None or self.look is None:
            return
        painter.save()
        try:
            self._paint_scene(painter, self.pane, self.look)
            self._good = self.marks
        except Exception:  # as never should be: an error that leaves a paint event can end the program
            sys.excepthook(*sys.exc_info())
            painter.restore()
            painter.save()
            self._paint_last_good(painter, Pixels.of(self.pane), self.look)
        painter.restore()

    def _paint_scene(self, painter: QPainter, pane: PaneView, look: Look) -> None:
        pixels = Pixels.of(pane)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        done = self._paint_ground(painter, pixels, look)
        _paint(painter, self.marks[done:], pixels, look)
        self.label_rects = words.labels(painter, self.marks, pixels, look, self.reserved)

    def _paint_last_good(self, painter: QPainter, pixels: Pixels, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.boundingRect(), look.colour("background"))
        _paint(painter, self._good, pixels, look)
        words.labels(painter, self._good, pixels, look, self.reserved)

    def paint_on(self, painter: QPainter) -> None:
        """Paint all marks on anything else, in the pane's pixels: pictures, SVG, PDF."""
        if self.pane is None or self.look is None:
            return
        pixels = Pixels.of(self.pane)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint(painter, self.marks, pixels, self.look)
        words.labels(painter, self.marks, pixels, self.look, self.reserved)

    def _paint_ground(self, painter: QPainter, pixels: Pixels, look: Look) -> int:
        """Paint the marks that stay from their picture; returns how many that were."""
        ratio = painter.device().devicePixelRatioF()
        if self._ground is not None and not self._ground.lies_under(self.marks, ratio):
            self._ground = None
        covered = len(self._ground.marks) if self._ground else 0
        still = self.marks[covered : self._steady]
        if len(still) >= FEWEST and any(isinstance(mark, COSTLY) for mark in still):
            self._ground = _grounded(self.marks[: self._steady], pixels, look, ratio)
        if self._ground is None:
            return 0
        painter.drawPixmap(QPointF(0, 0), self._ground.pixmap)
        return len(self._ground.marks)


def _shared(before: Sequence[Mark], after: Sequence[Mark]) -> int:
    """How many of the first marks are the same objects."""
    count = 0
    for a, b in zip(before, after):
        if a is not b:
            break
        count += 1
    return count


def _paint(painter: QPainter, marks: Sequence[Mark], pixels: Pixels, look: Look) -> None:
    for mark in marks:
        if not isinstance(mark, Label):
            PAINTERS[type(mark)](painter, mark, pixels, look)


def _grounded(marks: Sequence[Mark], pixels: Pixels, look: Look, ratio: float) -> Ground:
    pixmap = QPixmap((QSizeF(pixels.width, pixels.height) * ratio).toSize())
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(look.colour("background"))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint(painter, marks, pixels, look)
    painter.end()
    return Ground(tuple(marks), pixmap)
