"""What of lines and planes lies within a box of space, from its corner low (3,) to its corner high (3,)."""

import numpy as np

from mmlviz.maths.matrix2 import Array


def segments_in(ends: Array, low: Array, high: Array) -> Array:
    """The parts of segments (2n, 3), consecutive points paired, within the box (Liang–Barsky, in space)."""
    start = ends[0::2]
    way = ends[1::2] - start
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        one, two = (low - start) / way, (high - start) / way
    is_flat = way == 0
    inside = (start >= low) & (start <= high)
    enter = np.where(is_flat, np.where(inside, 0.0, 2.0), np.minimum(one, two)).max(axis=1).clip(min=0.0)
    leave = np.where(is_flat, 1.0, np.maximum(one, two)).min(axis=1).clip(max=1.0)
    kept = enter < leave
    cut = np.stack([start + enter[:, None] * way, start + leave[:, None] * way], axis=1)[kept]
    return np.asarray(cut.reshape(-1, 3).clip(low, high))


def line_in(direction: Array, low: Array, high: Array, through: Array | None = None) -> Array:
    """The part (2, 3) of the line through a point (default 0) along a unit vector; empty where it misses the box."""
    point = np.zeros(3) if through is None else through
    reach = float(np.linalg.norm(high - low) + np.linalg.norm((low + high) / 2 - point))
    return segments_in(np.array([point - reach * direction, point + reach * direction]), low, high)


def plane_in(normal: Array, low: Array, high: Array, through: Array | None = None) -> Array:
    """The corners (n, 3) of what the plane through a point (default 0) at right angles to a unit vector has in the box.

    The point is the one of the plane that is nearest to 0, or not far from it.
    """
    first = np.cross(normal, np.eye(3)[np.argmin(np.abs(normal))])
    first /= np.linalg.norm(first)
    point = np.zeros(3) if through is None else through
    reach = 2 * float(np.linalg.norm(high - low) + np.linalg.norm(low + high) + np.linalg.norm(point))
    second = np.cross(normal, first)
    corners = point + reach * np.array([first, second, -first, -second])
    for axis in range(3):
        for sign, bound in ((1.0, low[axis]), (-1.0, high[axis])):
            corners = cut(corners, sign * (corners[:, axis] - bound))
    return corners


def cut(corners: Array, depth: Array) -> Array:
    """The part of a convex polygon with depth ≥ 0 (I. Sutherland and G. Hodgman, 1974)."""
    kept: list[Array] = []
    for k in range(len(corners)):
        here, there = k - 1, k
        if (depth[here] >= 0) != (depth[there] >= 0):
            share = depth[here] / (depth[here] - depth[there])
            kept.append(corners[here] + share * (corners[there] - corners[here]))
        if depth[there] >= 0:
            kept.append(corners[there])
    return np.array(kept).reshape(-1, 3)
