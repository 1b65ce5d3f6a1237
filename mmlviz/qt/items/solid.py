"""The marks of a space, cut into small pieces that are painted from the farthest to the nearest.

Painter's algorithm: where two surfaces cut through each other, the order is right up to the size of a face.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from mmlviz.core.marks import Arrow3, Curve3, Mark, Points3, Polygon3, Segments3
from mmlviz.maths.matrix2 import Array
from mmlviz.qt.items.lines import HATCH, hatching
from mmlviz.qt.items.projection import Projection
from mmlviz.qt.look import Look

PIECE = 0.04  # of a side of the box: the longest piece of a line, so that it can go behind a face
LIFT = 0.012  # by which lines are nearer than they are, dots twice: what lies on a surface is seen
MOST_HATCHES = 300  # of a face, however far it reaches out of the window
HEAD = 3.5  # widths of a vector that its head is long


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Pieces of one mark: how near each is (k,), and what paints one after `begin` has been called."""

    near: Array
    begin: Callable[[QPainter], None]
    paint: Callable[[QPainter, int], None]
    is_smooth: bool = True


def paint_sorted(painter: QPainter, parts: Sequence[Pieces]) -> None:
    """All pieces, the farthest first; of those equally near, in the order of the marks."""
    if not parts:
        return
    near = np.concatenate([part.near for part in parts])
    owners = np.repeat(np.arange(len(parts)), [len(part.near) for part in parts])
    places = np.concatenate([np.arange(len(part.near)) for part in parts])
    order = np.argsort(near, kind="stable")
    last, is_smooth = -1, None
    for owner, place in zip(owners[order].tolist(), places[order].tolist()):
        if owner != last:
            last, part = owner, parts[owner]
            if part.is_smooth is not is_smooth:  # asking the painter a thousand times takes a millisecond
                is_smooth = part.is_smooth
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_smooth)
            part.begin(painter)
        parts[owner].paint(painter, place)


def curve(mark: Curve3, projection: Projection, look: Look) -> Pieces:
    """A line through points, cut short; nan breaks it."""
    placed = projection.placed(mark.points)
    ends = np.stack([placed[:-1], placed[1:]], axis=1)
    whole = np.isfinite(ends).all(axis=(1, 2))
    return _lines(ends[whole], projection, look.colour(mark.role), look.widths[mark.width])


def segments(mark: Segments3, projection: Projection, look: Look) -> Pieces:
    """Straight pieces, cut short."""
    ends = projection.placed(mark.ends).reshape(-1, 2, 3)
    return _lines(ends, projection, look.colour(mark.role), look.widths[mark.width])


def _lines(ends: Array, projection: Projection, colour: QColor, width: float) -> Pieces:
    """Placed segments (k, 2, 3) as pieces."""
    seen = projection.seen(cut_short(ends))
    made = [QLineF(*line) for line in seen[:, :, :2].reshape(-1, 4).tolist()]
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)

    def begin(painter: QPainter) -> None:
        painter.setPen(pen)

    return Pieces(seen[:, :, 2].mean(axis=1) + LIFT, begin, lambda painter, k: painter.drawLine(made[k]))


def cut_short(ends: Array) -> Array:
    """Segments (k, 2, 3) cut into equal pieces no longer than PIECE."""
    way = ends[:, 1] - ends[:, 0]
    counts = np.maximum(np.ceil(np.linalg.norm(way, axis=1) / PIECE), 1).clip(max=200).astype(np.intp)
    owner = np.repeat(np.arange(len(ends)), counts)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    step = way[owner] / counts[owner, None]
    start = ends[owner, 0] + place[:, None] * step
    return np.stack([start, start + step], axis=1)


def points(mark: Points3, projection: Projection, look: Look) -> Pieces:
    """Round dots, filled or hollow, as large as those of a plane."""
    seen = projection.to(mark.at.reshape(-1, 3))
    line = look.widths["line"]
    radius = 2.5 * line
    spots = [QPointF(x, y) for x, y in seen[:, :2].tolist()]
    fill = QBrush(look.colour("background" if mark.is_hollow else mark.role))

    def begin(painter: QPainter) -> None:
        painter.setPen(QPen(look.colour(mark.role), line))
        painter.setBrush(fill)

    return Pieces(seen[:, 2] + 2 * LIFT, begin, lambda painter, k: painter.drawEllipse(spots[k], radius, radius))


def polygon(mark: Polygon3, projection: Projection, look: Look) -> Pieces:
    """A flat convex polygon with its edge, as one piece."""
    seen = projection.to(mark.corners)
    corners = [QPointF(x, y) for x, y in seen[:, :2].tolist()]
    fill = QColor(look.colour(mark.role))
    fill.setAlphaF(mark.share)

    gap = max(HATCH * look.scale, float(np.ptp(seen[:, :2])) / MOST_HATCHES)
    lines = hatching(seen[:, :2], gap).reshape(-1, 4).tolist() if mark.is_hatched else []
    strokes = [QLineF(*line) for line in lines]
    thin = QPen(look.thin_colour(mark.role, 0.6), look.widths["hair"])

    def begin(painter: QPainter) -> None:
        painter.setPen(QPen(look.colour(mark.role), look.widths["hair"]))
        painter.setBrush(fill)

    def paint(painter: QPainter, _: int) -> None:
        painter.drawConvexPolygon(corners)
        if strokes:
            painter.setPen(thin)
            painter.drawLines(strokes)

    return Pieces(seen[:, 2].mean(keepdims=True), begin, paint)


def arrow(mark: Arrow3, projection: Projection, look: Look) -> list[Pieces]:
    """A shaft in pieces, and a head that always faces the viewer."""
    ends = projection.placed(np.stack([mark.tail, mark.tip]))
    seen = projection.seen(ends)
    way = seen[1, :2] - seen[0, :2]
    length, width, colour = float(np.hypot(*way)), look.widths["vector"], look.colour(mark.role)
    if length < 1:  # it points at the viewer
        return [_head(np.empty((0, 2)), seen[1], colour, 2 * width)]
    head = min(HEAD * width, 0.6 * length)
    along = way / length * head
    foot, side = seen[1, :2] - along, 0.42 * np.array([-along[1], along[0]])
    shaft = np.stack([ends[0], ends[1] - (ends[1] - ends[0]) * (head - 1) / length])[None]
    corners = np.stack([seen[1, :2], foot + side, foot - side])
    return [_lines(shaft, projection, colour, width), _head(corners, seen[1], colour, 0.0)]


def _head(corners: Array, tip: Array, colour: QColor, radius: float) -> Pieces:
    """A triangle, or a disc where it has no direction."""
    made = [QPointF(x, y) for x, y in corners.tolist()]

    def begin(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)

    def paint(painter: QPainter, _: int) -> None:
        if made:
            painter.drawConvexPolygon(made)
        else:
            painter.drawEllipse(QPointF(float(tip[0]), float(tip[1])), radius, radius)

    return Pieces(tip[2:] + 2 * LIFT, begin, paint)


MAKERS: dict[type[Mark], Callable[[Any, Projection, Look], Pieces | list[Pieces]]] = {
    Curve3: curve,
    Segments3: segments,
    Points3: points,
    Polygon3: polygon,
    Arrow3: arrow,
}
