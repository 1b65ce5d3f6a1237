"""Where labels go: beside their point, inside the picture, off each other and off the numbers along the axes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin

from mmlviz.maths.matrix2 import Array

Rect = tuple[float, float, float, float]  # left, top, width, height, in pixels


@dataclass(frozen=True, slots=True)
class Wish:
    """A label of this size beside a point, towards a direction (pixels, y down) or centred on it."""

    x: float
    y: float
    width: float
    height: float
    away: tuple[float, float] = (1.0, -1.0)
    is_centred: bool = False


COVERED = 12.0  # how bad a covered point is beside a pixel² / 8 of overlapping labels
CLEAR = 0.7  # of the gap: no label is nearer to its own dot
OWN = 4.0  # how bad it is to cover one's own point, beside other labels
# Turns tried one after the other, from the wished direction.
_TURNS = [0, pi / 4, -pi / 4, pi / 2, -pi / 2, 3 * pi / 4, -3 * pi / 4, pi]


def place(
    wishes: Sequence[Wish], width: float, height: float, gap: float, avoided: Array, taken: Sequence[Rect] = ()
) -> list[Rect]:
    """A rectangle for each wish, in order; the first come are served best, and none leaves the picture.

    avoided (n, 2) are points not to be written over, such as those along an arrow; taken are rectangles in use.
    """
    placed: list[Rect] = []
    for wish in wishes:
        options = (_inside(r, width, height) for r in _candidates(wish, gap))
        own = None if wish.is_centred else _around(wish, gap / 4)
        placed.append(_best(options, (*taken, *placed), avoided, own))
    return placed


def beside_axis(
    is_along_x: bool, at: float, axis: float, size: tuple[float, float], area: tuple[float, float], gap: float
) -> Rect | None:
    """Where a number of this size stands: under the x axis or left of the y axis, or at the edge that is nearest.

    at is the number's place along the axis, axis that of the axis itself, area the picture; all in pixels. None where
    it would be cut off.
    """
    (width, height), (wide, high) = size, area
    if is_along_x:
        x, y = at - width / 2, min(max(axis + gap, gap), high - height - gap)
        is_whole = gap <= x <= wide - width - gap
    else:
        x, y = min(max(axis - width - gap, gap), wide - width - gap), at - height / 2
        is_whole = gap <= y <= high - height - gap
    return (x, y, width, height) if is_whole else None


def _best(options: Iterable[Rect], placed: Sequence[Rect], avoided: Array, own: Rect | None) -> Rect:
    """The first that is in nobody's way, else the one that is least so."""
    best, least = (0.0, 0.0, 0.0, 0.0), float("inf")
    for option in options:
        cost = _overlap(option, placed) + COVERED * _covered(option, avoided)
        if own is not None:
            cost += OWN * _overlap(option, (own,))  # as at an edge that has pushed it back
        if cost == 0:
            return option
        if cost < least:
            best, least = option, cost
    return best


def _covered(r: Rect, points: Array) -> int:
    if not len(points):  # as in most panes
        return 0
    x, y = points[:, 0], points[:, 1]
    return int(((x > r[0]) & (x < r[0] + r[2]) & (y > r[1]) & (y < r[1] + r[3])).sum())


def _candidates(wish: Wish, gap: float) -> Iterator[Rect]:
    w, h = wish.width, wish.height
    if wish.is_centred:
        shifts = ((0, 0), (0.2, 0), (-0.2, 0), (0, 0.6), (0, -0.6))
        return ((wish.x - w / 2 + i * w, wish.y - h / 2 + k * h, w, h) for i, k in shifts)
    start = atan2(wish.away[1], wish.away[0])
    own = _around(wish, CLEAR * gap)
    return (_off(_beside(wish, start + turn, far), own) for far in (gap, gap + h) for turn in _TURNS)


def _beside(wish: Wish, angle: float, gap: float) -> Rect:
    """The rectangle whose nearest point lies at the gap from the point, in that direction."""
    dx, dy = cos(angle), sin(angle)
    x = wish.x + dx * gap + (dx - 1) * wish.width / 2
    y = wish.y + dy * gap + (dy - 1) * wish.height / 2
    return x, y, wish.width, wish.height


def _off(r: Rect, own: Rect) -> Rect:
    """Moved off its own dot, up or down: beside a corner a wide label would reach back over it."""
    if not _overlap(r, (own,)):
        return r
    is_above = r[1] + r[3] / 2 < own[1] + own[3] / 2
    return r[0], own[1] - r[3] if is_above else own[1] + own[3], r[2], r[3]


def _around(wish: Wish, reach: float) -> Rect:
    """The square about the point, where its dot is."""
    return wish.x - reach, wish.y - reach, 2 * reach, 2 * reach


def _inside(r: Rect, width: float, height: float) -> Rect:
    x = min(max(r[0], 2.0), max(width - r[2] - 2, 2.0))
    y = min(max(r[1], 2.0), max(height - r[3] - 2, 2.0))
    return x, y, r[2], r[3]


def _overlap(r: Rect, others: Sequence[Rect]) -> float:
    """Area shared with other rectangles; shifts of less than a pixel do not count."""
    shared = 0.0
    for o in others:
        across = min(r[0] + r[2], o[0] + o[2]) - max(r[0], o[0])
        down = min(r[1] + r[3], o[1] + o[3]) - max(r[1], o[1])
        if across > 0 and down > 0:
            shared += across * down
    return round(shared / 8)
