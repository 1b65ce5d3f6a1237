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
    width = look.widths[mark.width]
    if mark.share > 0:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, width < 2)  # a wider line hides the rough edge
        painter.fillPath(filled(points, pixels.frame), look.thin_colour(mark.role, mark.share))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen(look.colour(mark.role), width))
    stroke(painter, points, width, pixels)


def _split(points: Array) -> list[Array]:
    """The lines between the breaks, of which there is one behind each."""
    ends = np.flatnonzero(np.isnan(points[:, 0])).tolist()
    return [points[start:end] for start, end in zip([0, *(end + 1 for end in ends)], ends)]


def is_closed(part: Array) -> bool:
    """Whether a line (n, 2) encloses something: it ends where it began, and has three corners at least."""
    return len(part) > 3 and part[0].tolist() == part[-1].tolist()


def filled(points: Array, frame: Box) -> QPainterPath:
    """What the closed lines among them enclose, cut to the frame: far corners slow Qt's filling down and fail."""
    parts = [part[:-1] for part in _split(points) if is_closed(part)]
    if not _is_within(parts, frame):
        parts = [seen for seen in (clip_polygon(part, frame) for part in parts) if len(seen) > 2]
    if not parts:
        return QPainterPath()
    corners = np.concatenate(parts)
    goes_on = np.ones(len(corners), dtype=np.int32)
    goes_on[np.cumsum([len(part) for part in parts]) - 1] = 0
    path = arrayToQPath(corners[:, 0].copy(), corners[:, 1].copy(), connect=goes_on)
    path.setFillRule(Qt.FillRule.OddEvenFill)
    return path


def _is_within(parts: list[Array], frame: Box) -> bool:
    """Whether all of it is in the frame: mostly so, and then quicker told than cut."""
    if not parts:
        return True
    corners = np.concatenate(parts)
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    return bool(left >= frame[0] and right <= frame[1] and top >= frame[2] and bottom <= frame[3])
