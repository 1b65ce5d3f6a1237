"""Lines, curves, arrows, polygons, bars and bands, drawn in pixels.

Thick pens are drawn as single segments in device coordinates: a stroked path, a scaled painter, a round
cap or a transparent colour costs up to a hundred times as much.
"""

from functools import lru_cache
from math import hypot

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.functions import arrayToQPolygonF
from pyqtgraph.Qt import internals
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from mmlviz.core.marks import Arrow, Arrows, Band, Bars, Curve, Polygon, Segments
from mmlviz.maths.lattice import clip_polygon, clip_segments
from mmlviz.maths.matrix2 import Array
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.vectors import is_vector, pieces
from mmlviz.qt.look import Look

DASH = (5.0, 4.0)  # in widths of the pen
FILL = 0.24  # how strongly areas are coloured
FAINT = 0.10  # and strips right across a pane
STRAIGHT = 0.05  # pixels by which a point may stray from the line between its neighbours and be left out
THINNINGS = 3  # so that a line moves by 0.15 pixels at most
HATCH = 9.0  # pixels between hatch lines


def pen(colour: QColor, width: float, is_dashed: bool = False) -> QPen:
    """A pen with flat caps; dashes keep their length in pixels."""
    made = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
    if is_dashed:
        made.setDashPattern([d * 2 / width for d in DASH])
    return made


def draw_pixels(painter: QPainter, ends: Array) -> None:
    """Segments (2n, 2) given in pixels, without a Python object for each."""
    if len(ends) == 0:
        return
    if is_vector(painter):
        solid = painter.pen().style() == Qt.PenStyle.SolidLine  # each dashed piece begins with a dash
        painter.strokePath(pieces(ends, is_joined=solid), painter.pen())
        return
    lines = internals.PrimitiveArray(QLineF, 4)
    lines.resize(len(ends) // 2)
    lines.ndarray()[:] = ends.reshape(-1, 4)
    painter.drawLines(*lines.drawargs())


def segments(painter: QPainter, mark: Segments, pixels: Pixels, look: Look) -> None:
    """Straight pieces, cut to the pane."""
    colour = look.thin_colour(mark.role, 0.35) if mark.width == "glow" else look.colour(mark.role)
    width = look.widths[mark.width]
    painter.setPen(pen(colour, width, mark.is_dashed))
    ends, is_upright = _placed(mark, pixels)
    is_smooth = not (is_upright and width == 1 and painter.device().devicePixelRatioF() == 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_smooth)  # the same pixels sooner
    draw_pixels(painter, ends)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


@lru_cache(maxsize=64)
def _placed(mark: Segments, pixels: Pixels) -> tuple[Array, bool]:
    """A mark's ends in pixels, and whether all are upright or level and put on pixel centres, so that a grid is crisp.

    The fixed grid is the same mark, frame after frame.
    """
    ends = clip_segments(pixels.to(mark.ends), pixels.frame)
    if mark.width != "hair" or not len(ends):
        return ends, False
    way: Array = abs(ends[0::2] - ends[1::2])
    both = np.minimum(way[:, 0], way[:, 1]) < 1e-6
    return np.where(np.repeat(both, 2)[:, None], np.floor(ends) + 0.5, ends), bool(both.all())


def curve(painter: QPainter, mark: Curve, pixels: Pixels, look: Look) -> None:
    """A line through points; nan breaks it."""
    points = thinned(pixels.to(mark.points))
    width = look.widths[mark.width]
    painter.setPen(pen(look.colour(mark.role), width, mark.is_dashed))
    if mark.is_dashed:
        _dashed(painter, points, pixels)
        return
    stroke(painter, points, width, pixels)


def stroke(painter: QPainter, points: Array, width: float, pixels: Pixels) -> None:
    """A solid line through points (n, 2) in pixels, with the painter's pen that is so wide; nan breaks it."""
    ends = np.empty((2 * len(points) - 2, 2)) if len(points) > 1 else np.empty((0, 2))
    ends[0::2], ends[1::2] = points[:-1], points[1:]
    whole = np.isfinite(ends[:, 0]) & np.isfinite(ends[:, 1])
    ends = ends[np.repeat(whole[0::2] & whole[1::2], 2)]
    apart = ends if is_vector(painter) else _overlapped(ends, width / 4)
    draw_pixels(painter, clip_segments(apart, pixels.frame))


def thinned(points: Array) -> Array:
    """Without points that lie on the way between their neighbours: each piece of a line has its price.

    At most half of the points go at a time, so that none is further from the line than the sum of the steps.
    """
    for _ in range(THINNINGS):
        kept = np.ones(len(points), dtype=bool)
        kept[1:-1:2] = ~_is_between(points[0:-2:2], points[1:-1:2], points[2::2])
        points = points[kept]
    return points


def _is_between(a: Array, b: Array, c: Array) -> NDArray[np.bool_]:
    """Which points b (n, 2) lie on the segment from a to c, all but STRAIGHT."""
    with np.errstate(invalid="ignore"):  # a gap is nan, and inf − inf
        way, part = c - a, b - a
        length = np.hypot(way[:, 0], way[:, 1])
        strays = np.abs(way[:, 0] * part[:, 1] - way[:, 1] * part[:, 0]) < STRAIGHT * length
        along = way[:, 0] * part[:, 0] + way[:, 1] * part[:, 1]
        found: NDArray[np.bool_] = strays & (along >= 0) & (along <= length * length)
    return found


def _overlapped(ends: Array, by: float) -> Array:
    """Each piece a little longer, so that flat caps leave no gap on the outside of a bend."""
    way = ends[1::2] - ends[0::2]
    way = way / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None] * by
    out = ends.copy()
    out[0::2] -= way
    out[1::2] += way
    return out


def _dashed(painter: QPainter, points: Array, pixels: Pixels) -> None:
    """Dashes run on from point to point, so they need whole polylines; far points are left out."""
    x0, x1, y0, y1 = pixels.frame
    x, y = points[:, 0], points[:, 1]
    near = (x > x0 - x1) & (x < 2 * x1) & (y > y0 - y1) & (y < 2 * y1)
    change = np.diff(near.astype(np.int8), prepend=0, append=0)
    for start, end in zip(np.flatnonzero(change == 1), np.flatnonzero(change == -1)):
        if end - start > 1:
            painter.drawPolyline(arrayToQPolygonF(points[start:end, 0].copy(), points[start:end, 1].copy()))


def arrow(painter: QPainter, mark: Arrow, pixels: Pixels, look: Look) -> None:
    """A shaft with a head; one without length is a ring, so that it can still be seen and held."""
    (x, y), (u, v) = pixels.at(mark.tail), pixels.at(mark.tip)
    length = hypot(u - x, v - y)
    width, colour = look.widths["vector"], look.colour(mark.role)
    if length < 1:
        painter.setPen(pen(colour, look.widths["line"]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(u, v), 2 * width, 2 * width)
        return
    dx, dy = (u - x) / length, (v - y) / length
    head = min(3.5 * width, 0.6 * length)
    foot_x, foot_y = u - head * dx, v - head * dy
    painter.setPen(pen(colour, width))
    draw_pixels(painter, clip_segments(np.array([(x, y), (foot_x + dx, foot_y + dy)]), pixels.frame))
    if max(abs(u), abs(v)) < 1e5:
        side_x, side_y = -0.42 * head * dy, 0.42 * head * dx
        corners = [(u, v), (foot_x + side_x, foot_y + side_y), (foot_x - side_x, foot_y - side_y)]
        _fill(painter, np.array(corners), colour)


def arrows(painter: QPainter, mark: Arrows, pixels: Pixels, look: Look) -> None:
    """Many arrows with open heads, in one go."""
    tails, tips = pixels.to(mark.tails), pixels.to(mark.tips)
    way = tips - tails
    length = np.hypot(way[:, 0], way[:, 1])
    head = np.minimum(9 * look.scale, 0.5 * length)
    along = way / np.maximum(length, 1e-9)[:, None] * head[:, None]
    side = 0.45 * np.stack([-along[:, 1], along[:, 0]], axis=1)
    ends = np.stack([tails, tips, tips, tips - along + side, tips, tips - along - side], axis=1).reshape(-1, 2)
    painter.setPen(pen(look.colour(mark.role), look.widths["line"]))
    draw_pixels(painter, clip_segments(ends, pixels.frame))


def polygon(painter: QPainter, mark: Polygon, pixels: Pixels, look: Look) -> None:
    """A filled convex polygon with an edge, hatched on request."""
    corners = clip_polygon(pixels.to(mark.corners), pixels.frame)
    if len(corners) < 3:
        return
    colour = look.colour(mark.role)
    _fill(painter, corners, look.thin_colour(mark.role, FILL))
    if mark.is_hatched:
        painter.setPen(pen(look.thin_colour(mark.role, 0.6), look.widths["hair"]))
        draw_pixels(painter, hatching(corners, HATCH * look.scale))
    edges = np.empty((2 * len(corners), 2))
    edges[0::2], edges[1::2] = corners, np.roll(corners, -1, axis=0)
    painter.setPen(pen(colour, look.widths["hair"]))
    draw_pixels(painter, edges)


def bars(painter: QPainter, mark: Bars, pixels: Pixels, look: Look) -> None:
    """Upright bars, a pixel of air between them."""
    ends = np.concatenate([mark.x[:, None], np.zeros((len(mark.x), 1))], axis=1)
    feet, tops = pixels.to(ends), pixels.to(np.stack([mark.x, mark.heights], axis=1))
    half = max(mark.breadth / pixels.per_pixel[0] / 2 - 0.5, 0.5)
    x0, x1, y0, y1 = pixels.frame
    seen = (feet[:, 0] > x0 - half) & (feet[:, 0] < x1 + half)
    colour = look.colour(mark.role)
    for (x, foot), (_, top) in zip(feet[seen].tolist(), tops[seen].clip(y0, y1).tolist()):
        foot = min(max(foot, y0), y1)
        painter.fillRect(QRectF(x - half, min(top, foot), 2 * half, max(abs(foot - top), 1.0)), colour)


def band(painter: QPainter, mark: Band, pixels: Pixels, look: Look) -> None:
    """A strip across the pane, with dashed edges where they are in sight."""
    x0, x1, y0, y1 = pixels.frame
    if mark.axis == "x":
        x0, x1 = (min(max(pixels.at((x, 0.0))[0], x0), x1) for x in (mark.low, mark.high))
    else:
        y0, y1 = (min(max(pixels.at((0.0, y))[1], y0), y1) for y in (mark.high, mark.low))
    corners = np.array([[x0, y0], [x0, y1], [x1, y1], [x1, y0]])
    painter.fillRect(QRectF(QPointF(x0, y0), QPointF(x1, y1)), look.thin_colour(mark.role, FAINT))
    if mark.is_hatched:
        painter.setPen(pen(look.thin_colour(mark.role, 0.35), look.widths["hair"]))
        draw_pixels(painter, hatching(corners, 1.5 * HATCH * look.scale))
    painter.setPen(pen(look.colour(mark.role), look.widths["hair"], is_dashed=True))
    draw_pixels(painter, corners if mark.axis == "x" else np.roll(corners, 1, axis=0))


def hatching(corners: Array, gap: float) -> Array:
    """Parallel segments (2n, 2) at 45° across a convex polygon (n, 2)."""
    heights = (corners[:, 0] + corners[:, 1]) / np.sqrt(2)
    levels = np.arange(np.ceil(heights.min() / gap), np.floor(heights.max() / gap) + 1) * gap
    after, next_heights = np.roll(corners, -1, axis=0), np.roll(heights, -1)
    rise = next_heights - heights
    # Half-open, so that a level through a corner meets two edges and not three or four.
    crosses = ((heights <= levels[:, None]) != (next_heights <= levels[:, None])) & (rise != 0)
    two = crosses.sum(axis=1) == 2
    row, edge = np.nonzero(crosses[two])
    share = (levels[two][row] - heights[edge]) / rise[edge]
    return corners[edge] + share[:, None] * (after[edge] - corners[edge])


def _fill(painter: QPainter, corners: Array, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    painter.drawConvexPolygon(arrayToQPolygonF(corners[:, 0], corners[:, 1]))
