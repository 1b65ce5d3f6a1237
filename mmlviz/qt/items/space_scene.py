"""What a space shows: the frame of its box, all pieces of its marks by depth, labels last."""

import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtGui import QPainter

from mmlviz.core.marks import Box3, Label, Label3, Mark, Points3, Polygon3, Surface
from mmlviz.core.placement import Rect
from mmlviz.core.view import SpaceView
from mmlviz.qt.items import words
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.projection import Projection
from mmlviz.qt.items.solid import MAKERS, Pieces, paint_sorted
from mmlviz.qt.items.surface import surface
from mmlviz.qt.items.walls import numbers, walls
from mmlviz.qt.kept_clear import around_dots
from mmlviz.qt.look import Look


class SpaceScene:
    """Paints the marks of a space; the last ones that could be painted where new ones cannot."""

    def __init__(self) -> None:
        self.marks: Sequence[Mark] = ()
        self.space: SpaceView | None = None
        self.look: Look | None = None
        self.reserved: list[Rect] = []  # where buttons lie and no label is to be written
        self.label_rects: list[tuple[str, Rect]] = []  # where the last paint put them
        self.is_coarse = False  # while it is turned, faces are not smoothed
        self._good: Sequence[Mark] = ()  # those of the last paint that went well

    def show_marks(self, marks: Sequence[Mark], space: SpaceView, look: Look, is_coarse: bool = False) -> None:
        """Have these painted next."""
        self.marks, self.space, self.look, self.is_coarse = marks, space, look, is_coarse

    @property
    def projection(self) -> Projection | None:
        """Where points of the space are on the screen; None while there is nothing to see."""
        box = next((mark for mark in self.marks if isinstance(mark, Box3)), None)
        return Projection.of(self.space, box) if box is not None and self.space is not None else None

    def paint(self, painter: QPainter) -> None:
        """Paint them on the screen."""
        painter.save()
        try:
            self.paint_on(painter)
            self._good = self.marks
        except Exception:  # as never should be: an error that leaves a paint event can end the program
            sys.excepthook(*sys.exc_info())
            painter.restore()
            painter.save()
            self._paint(painter, self._good)
        painter.restore()

    def paint_on(self, painter: QPainter) -> None:
        """Paint them on anything: pictures, SVG, PDF."""
        self.label_rects = self._paint(painter, self.marks)

    def _paint(self, painter: QPainter, marks: Sequence[Mark]) -> list[tuple[str, Rect]]:
        box = next((mark for mark in marks if isinstance(mark, Box3)), None)
        if box is None or self.space is None or self.look is None:
            return []
        projection = Projection.of(self.space, box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        walls(painter, box, projection, self.look)
        paint_sorted(painter, _pieces(marks, projection, self.look, self.is_coarse))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        numbers(painter, box, projection, self.look)
        return _labels(painter, marks, projection, self.look, self.reserved)


def _pieces(marks: Sequence[Mark], projection: Projection, look: Look, is_coarse: bool) -> list[Pieces]:
    found: list[Pieces] = []
    for mark in marks:
        if isinstance(mark, Surface):
            found.append(surface(mark, projection, look, is_coarse))
        elif type(mark) in MAKERS:
            made = MAKERS[type(mark)](mark, projection, look)
            if is_coarse and isinstance(mark, Polygon3):  # a large translucent one takes four times as long smoothed
                made = [replace(part, is_smooth=False) for part in (made if isinstance(made, list) else [made])]
            found.extend(made if isinstance(made, list) else [made])
    return found


def _labels(
    painter: QPainter, marks: Sequence[Mark], projection: Projection, look: Look, reserved: Sequence[Rect]
) -> list[tuple[str, Rect]]:
    """Labels as a plane has them, off its dots, its coordinates being pixels, y up."""
    width, height = projection.width, projection.height
    flat, taken = [], [*reserved]
    for mark in marks:
        if isinstance(mark, Points3):
            taken += around_dots(projection.to(mark.at.reshape(-1, 3))[:, :2], look)
        if isinstance(mark, Label3):
            x, y, _ = projection.to(mark.at).tolist()
            flat.append(Label(mark.key, mark.role, np.array([x, height - y]), mark.text, mark.away, mark.is_centred))
    pixels = Pixels((0.0, width, 0.0, height), (1.0, 1.0), width, height)
    return words.labels(painter, flat, pixels, look, taken)
