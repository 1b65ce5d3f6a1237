"""Outlines of any shape, filled and stroked, in pixels."""

import numpy as np
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPainterPath

from mmlviz.core.marks import Outline
from mmlviz.maths.lattice import Box, clip_polygon
from mmlviz.maths.matrix2 import Array
from mmlviz.qt.items.lines import pen, stroke, thinned
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.look import Look

_BREAK = np.full((1, 2), np.nan)


def outline(painter: QPainter, mark: Outline, pixels: Pixels, look: Look) -> None:
    """The closed parts filled by the even-odd rule, then all parts stroked; what is far outside costs nothing."""
    if not mark.parts:
        return
    joined = np.concatenate([piece for part in mark.parts for piece in (part, _BREAK)])
    points = thinned(pixels.to(joined))  # in one go, since each call has its price
    if mark.share > 0:
        area = filled([part for part in _split(points) if is_closed(part)], pixels.frame)
        painter.fillPath(area, look.thin_colour(mark.role, mark.share))
    width = look.widths[mark.width]
    painter.setPen(pen(look.colour(mark.role), width))
    stroke(painter, points, width, pixels)


def _split(points: Array) -> list[Array]:
    """The lines between the breaks, of which there is one behind each."""
    ends = np.flatnonzero(np.isnan(points[:, 0])).tolist()
    return [points[start:end] for start, end in zip([0, *(end + 1 for end in ends)], ends)]


def is_closed(part: Array) -> bool:
    """Whether a line (n, 2) encloses something: it ends where it began, and has three corners at least."""
    return len(part) > 3 and part[0].tolist() == part[-1].tolist()


def filled(parts: list[Array], frame: Box) -> QPainterPath:
    """What closed lines enclose, cut to the frame: Qt's filling slows down and fails with far corners."""
    seen = [part for part in (clip_polygon(part[:-1], frame) for part in parts) if len(part) > 2]
    if not seen:
        return QPainterPath()
    goes_on = np.ones(sum(map(len, seen)), dtype=np.int32)
    goes_on[np.cumsum([len(part) for part in seen]) - 1] = 0
    points = np.concatenate(seen)
    path = arrayToQPath(points[:, 0].copy(), points[:, 1].copy(), connect=goes_on)
    path.setFillRule(Qt.FillRule.OddEvenFill)
    return path
