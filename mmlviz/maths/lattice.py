"""Straight lines that fill a window: nice steps, clipping, and the image of a square grid."""

from math import floor, isfinite, log10

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.matrix2 import Array

Box = tuple[float, float, float, float]  # x0, x1, y0, y1


def nice_step(least: float) -> float:
    """The smallest of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, … that is at least `least` (> 0)."""
    power = 10.0 ** floor(log10(least))
    for factor in (1, 2, 5, 10):
        if factor * power >= least * (1 - 1e-9):
            return factor * power
    return 10 * power


def multiples(low: float, high: float, step: float) -> Array:
    """The multiples of step within [low, high]."""
    return np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1) * step


def clip_segments(ends: Array, box: Box) -> Array:
    """The parts of segments (2n, 2), consecutive points paired, that lie within the box.

    Those that plainly lie inside or beside it are told by outcodes (Cohen–Sutherland), the few others are
    cut (Liang–Barsky).
    """
    if len(ends) <= 2:
        return _cut_one(ends, box) if len(ends) else ends
    codes = _outcodes(ends, box)
    one, other = codes[0::2], codes[1::2]
    if not codes.any():  # most are inside, and this is quick
        return ends
    near = (one & other) == 0  # not both ends beyond the same edge
    parts = np.concatenate([ends[0::2][near], ends[1::2][near]], axis=1)
    cut = np.flatnonzero((one | other)[near])
    pieces, seen = _cut(parts[cut], box)
    parts[cut[seen]] = pieces
    kept: Array = np.delete(parts, cut[~seen], axis=0).reshape(-1, 2)
    return kept


def _outcodes(points: Array, box: Box) -> NDArray[np.uint8]:
    """For each point the edges of the box that it lies beyond, one bit for each."""
    x, y = points[:, 0], points[:, 1]
    beyond = np.array((x < box[0], x > box[1], y < box[2], y > box[3]))
    codes: NDArray[np.uint8] = np.packbits(beyond, axis=0)[0]
    return codes


def _cut(segments: Array, box: Box) -> tuple[Array, NDArray[np.bool_]]:
    """What lies within the box of those segments (n, 4) that meet it, and which of them do."""
    start, way = segments[:, :2], segments[:, 2:] - segments[:, :2]
    enter, leave = np.zeros(len(start)), np.ones(len(start))
    outside = np.zeros(len(start), dtype=bool)
    for axis, low, high in ((0, box[0], box[1]), (1, box[2], box[3])):
        p, q = start[:, axis], way[:, axis]
        still = q == 0
        outside |= still & ((p < low) | (p > high))
        safe = np.where(still, 1.0, q)
        with np.errstate(over="ignore"):  # all but parallel to the edge: it is crossed infinitely far away
            one, two = (low - p) / safe, (high - p) / safe
        enter = np.where(still, enter, np.maximum(enter, np.minimum(one, two)))
        leave = np.where(still, leave, np.minimum(leave, np.maximum(one, two)))
    seen = ~outside & (enter <= leave)
    start, way = start[seen], way[seen]
    return np.concatenate([start + enter[seen, None] * way, start + leave[seen, None] * way], axis=1), seen


def _cut_one(ends: Array, box: Box) -> Array:
    """What lies within the box of one segment, in plain floats: for so few numbers arrays take ten times as long."""
    (x, y), (u, v) = ends.tolist()
    enter, leave = 0.0, 1.0
    for start, way, low, high in ((x, u - x, box[0], box[1]), (y, v - y, box[2], box[3])):
        if way != 0:
            one, two = (low - start) / way, (high - start) / way
            enter, leave = max(enter, min(one, two)), min(leave, max(one, two))
        elif not low <= start <= high:
            return np.empty((0, 2))
    if enter > leave:
        return np.empty((0, 2))
    if (enter, leave) == (0, 1):
        return ends
    return np.array([[x + s * (u - x), y + s * (v - y)] for s in (enter, leave)])


def clip_polygon(corners: Array, box: Box) -> Array:
    """The part of a polygon (n, 2) within the box (I. Sutherland and G. Hodgman, 1974).

    Where a polygon that is not convex falls apart, its parts stay joined by edges along the box, which fill nothing.
    """
    for axis, sign, bound in ((0, 1, box[0]), (0, -1, box[1]), (1, 1, box[2]), (1, -1, box[3])):
        depth = sign * (corners[:, axis] - bound)
        inside = depth >= 0
        if inside.all():
            continue
        if not inside.any():
            return np.empty((0, 2))
        after, next_inside = np.roll(corners, -1, axis=0), np.roll(inside, -1)
        crosses = inside != next_inside
        share = np.where(crosses, depth, 0.0) / np.where(crosses, depth - np.roll(depth, -1), 1.0)
        cuts = corners + share[:, None] * (after - corners)
        cuts[:, axis] = bound
        corners = np.stack([corners, cuts], axis=1)[np.stack([inside, crosses], axis=1)]
    return corners


def line_across(direction: Array, box: Box, through: Array | None = None) -> Array:
    """The part (2, 2) within the box of the line through a point (default 0); empty where it misses the box."""
    point = np.zeros(2) if through is None else through
    reach = np.hypot(box[1] - box[0], box[3] - box[2]) + np.hypot(*_centre(box) - point)
    return clip_segments(np.array([point - reach * direction, point + reach * direction]), box)


def parallel_lines(direction: Array, gap: Array, box: Box, least: float) -> Array:
    """Lines point = k·gap + s·direction, k whole, that cross the box: segments (2n, 2).

    Where neighbours would stand closer than `least`, only every second, fifth, tenth … line is kept,
    so that the number of lines is bounded; a family without any distance is one line.
    """
    size = np.hypot(*direction)
    if size == 0 or not isfinite(size):
        return np.empty((0, 2))
    along = direction / size
    normal = np.array([-along[1], along[0]])
    distance = float(abs(normal @ gap))
    corners = np.array([[x, y] for x in box[:2] for y in box[2:]])
    heights = corners @ normal
    if distance * 1e9 < least:
        return line_across(along, box)
    stride = nice_step(max(least / distance, 1.0)) if distance < least else 1.0
    offsets = multiples(float(heights.min()), float(heights.max()), stride * distance)
    # Points of the lines nearest to the box's centre: far ends would lose digits.
    base = _centre(box) - (_centre(box) @ normal) * normal
    reach = np.hypot(box[1] - box[0], box[3] - box[2])
    ends = np.empty((2 * len(offsets), 2))
    ends[0::2] = base + offsets[:, None] * normal - reach * along
    ends[1::2] = base + offsets[:, None] * normal + reach * along
    return clip_segments(ends, box)


def image_of_grid(A: Array, step: float, box: Box, least: float) -> tuple[Array, Array]:
    """Images under A of the grid lines x = k·step and of y = k·step that cross the box."""
    first, second = A[:, 0], A[:, 1]
    return parallel_lines(second, step * first, box, least), parallel_lines(first, step * second, box, least)


def _centre(box: Box) -> Array:
    return np.array([(box[0] + box[1]) / 2, (box[2] + box[3]) / 2])
