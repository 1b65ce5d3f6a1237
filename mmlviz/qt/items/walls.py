"""The frame of a space: its far walls with lines at the ticks, and numbers and names along three edges in sight."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from mmlviz.core.axes import tick_texts
from mmlviz.core.marks import Box3
from mmlviz.maths.lattice import multiples, nice_step
from mmlviz.maths.matrix2 import Array
from mmlviz.qt.items.lines import draw_pixels, pen
from mmlviz.qt.items.projection import Projection
from mmlviz.qt.items.words import LABEL, NUMBER, stamp_of, writing
from mmlviz.qt.look import Look

GAP = 44.0  # pixels at a desk between ticks, at least
SHORTEST = 30.0  # pixels of an edge that is worth numbers
BESIDE = 6.0  # pixels between an edge and its numbers
Text = tuple[QPointF, tuple[str, int, str]]  # its upper left corner; what it says, its size and role
_CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """An edge in pixels from its low to its high end (2,), and the direction away from the box."""

    axis: int
    start: Array
    end: Array
    out: Array


def walls(painter: QPainter, box: Box3, projection: Projection, look: Look) -> None:
    """The three walls behind everything, with lines at the ticks."""
    grid, far = _lines(projection, look)
    for role, ends in (("grid", grid), ("axis", far)):
        painter.setPen(pen(look.colour(role), look.widths["hair"]))
        draw_pixels(painter, ends)


@lru_cache(maxsize=4)  # the box stands still while what is in it moves
def _lines(projection: Projection, look: Look) -> tuple[Array, Array]:
    """Pixels of the lines at the ticks (2n, 2), and of the edges of the far walls."""
    box = Box3("box", "axis", projection.low, projection.high)
    ticks = [multiples(float(box.low[k]), float(box.high[k]), _step(box, k, projection, look)) for k in range(3)]
    lines = np.concatenate([_lines_on_walls(box, axis, ticks[axis], projection) for axis in range(3)])
    return projection.to(lines)[:, :2], projection.to(_far_edges(box, projection))[:, :2]


def _far(projection: Projection, axis: int) -> int:
    """Which end of an axis, 0 or 1, the wall farther from the viewer is at."""
    return 0 if projection.axes[2, axis] > 0 else 1


def _lines_on_walls(box: Box3, axis: int, ticks: Array, projection: Projection) -> Array:
    """At every tick of an axis, a line across each of the two far walls that it runs along."""
    ends = np.array([box.low, box.high])
    lines = []
    for along, other in ((a, b) for a in range(3) for b in range(3) if len({axis, a, b}) == 3):
        for tick in ticks.tolist():
            pair = np.empty((2, 3))
            pair[:, axis], pair[:, along], pair[:, other] = tick, ends[:, along], ends[_far(projection, other), other]
            lines.append(pair)
    return np.concatenate(lines) if lines else np.empty((0, 3))


def _far_edges(box: Box3, projection: Projection) -> Array:
    """Every edge of a far wall (2n, 3): all but the three that meet in the nearest corner."""
    far = [_far(projection, k) for k in range(3)]
    edges = []
    for axis in range(3):
        others = [k for k in range(3) if k != axis]
        for sides in _CORNERS:
            if any(side == far[k] for side, k in zip(sides, others)):
                edges.append(_edge(box, axis, dict(zip(others, sides))))
    return np.concatenate(edges)


def _edge(box: Box3, axis: int, sides: dict[int, int]) -> Array:
    """Both ends (2, 3) of the edge along an axis, at these sides of the other two."""
    ends = np.array([box.low, box.high])
    pair = ends.copy()
    for other, side in sides.items():
        pair[:, other] = ends[side, other]
    return pair


def _step(box: Box3, axis: int, projection: Projection, look: Look) -> float:
    """Between ticks: as many as the axis has room for when it is seen from the side."""
    count = max(projection.unit / (GAP * look.scale), 1.0)
    span = float(box.high[axis] - box.low[axis])
    return nice_step(span / min(count, 6.0)) if span > 0 else 1.0


def edges(box: Box3, projection: Projection) -> list[Edge]:
    """The edges that carry numbers: each lies on the outline, x and y below, z at the left."""
    from_above = projection.axes[2, 2] >= 0
    near = [1 - _far(projection, k) if from_above else _far(projection, k) for k in range(2)]
    upright = [_edge(box, 2, {0: i, 1: k}) for i, k in _CORNERS]
    left = min(upright, key=lambda pair: float(projection.to(pair)[0, 0]))
    chosen = (_edge(box, 0, {1: near[1], 2: 0}), _edge(box, 1, {0: near[0], 2: 0}), left)
    middle = np.array([projection.width / 2, projection.middle])
    return [_outward(axis, projection.to(pair)[:, :2], middle) for axis, pair in enumerate(chosen)]


def _outward(axis: int, ends: Array, middle: Array) -> Edge:
    way = ends[1] - ends[0]
    out = np.array([-way[1], way[0]]) / max(float(np.hypot(*way)), 1e-9)
    return Edge(axis, ends[0], ends[1], out if out @ (ends.mean(axis=0) - middle) >= 0 else -out)


def numbers(painter: QPainter, box: Box3, projection: Projection, look: Look) -> None:
    """Numbers beside the ticks of three edges, and the names of the axes beyond them."""
    ratio, put = writing(painter)
    for at, (text, size, role) in _texts(projection, box.names, look, ratio):
        put(painter, at, stamp_of(text, look, role, size, 0.0, ratio))


@lru_cache(maxsize=4)
def _texts(projection: Projection, names: tuple[str, str, str], look: Look, ratio: float) -> tuple[Text, ...]:
    """All of them with their places."""
    pad, box = Pad(projection, look, ratio, [], []), Box3("box", "axis", projection.low, projection.high, names)
    for edge in edges(box, projection):
        length = float(np.hypot(*(edge.end - edge.start)))
        if length >= SHORTEST * look.scale:
            reach = _write_numbers(pad, box, edge, length)
            name_at = (edge.start + edge.end) / 2 + edge.out * (reach + 5 * look.scale)
            pad.write(box.names[edge.axis], name_at, edge.out, LABEL, "text")
    return tuple(pad.written)


def _write_numbers(pad: "Pad", box: Box3, edge: Edge, length: float) -> float:
    """Write the numbers of an edge; returns how far from it they reach."""
    scale = pad.look.scale
    low, span = float(box.low[edge.axis]), float(box.high[edge.axis] - box.low[edge.axis])
    step = max(_step(box, edge.axis, pad.projection, pad.look), nice_step(max(span, 1e-300) * 34 * scale / length))
    ticks = multiples(low, low + span, step)
    reach = BESIDE * scale
    for tick, text in zip(ticks.tolist(), tick_texts(ticks, step)):
        foot = edge.start + (edge.end - edge.start) * ((tick - low) / (span or 1.0))
        deep = pad.write(text, foot + edge.out * BESIDE * scale, edge.out, NUMBER, "muted")
        reach = max(reach, BESIDE * scale + deep)
    return reach


@dataclass(frozen=True, slots=True, eq=False)
class Pad:
    """Where numbers and names are written, what has been written there, and the room that it takes."""

    projection: Projection
    look: Look
    ratio: float  # pixels of the screen to the unit
    written: list[Text]
    taken: list[QRectF]

    def write(self, text: str, at: Array, out: Array, size: int, role: str) -> float:
        """Write a text beyond a point in a direction, inside the pane; returns how deep it is in that direction.

        Where two edges meet, the second number is left out rather than written over the first; names always stand.
        """
        made = stamp_of(text, self.look, role, size, 0.0, self.ratio)
        half = (abs(out[0]) * made.width + abs(out[1]) * made.height) / 2
        x, y = (at + out * half).tolist()
        left = min(max(x - made.width / 2, 2.0), self.projection.width - made.width - 2)
        top = min(max(y - made.height / 2, 2.0), self.projection.height - made.height - 2)
        area = QRectF(left, top, made.width, made.height)
        if role != "muted" or not any(area.adjusted(-4, 0, 4, 0).intersects(other) for other in self.taken):
            self.taken.append(area)
            self.written.append((area.topLeft(), (text, size, role)))
        return float(2 * half)
