"""What no label is to be written over, where there is another place: the numbers along the axes, and dots."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from mmlviz.core.marks import Mark, Points, Ticks
from mmlviz.core.placement import Rect
from mmlviz.core.view import PaneView
from mmlviz.maths.matrix2 import Array
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.words import placed_ticks
from mmlviz.qt.look import Look

# In pixels at a desk:
AIR = 2  # around a number
DOT = 4  # from the middle of a dot
MOST_DOTS = 12  # of a mark: more of them are a cloud, over which labels are written


def kept_clear(marks: Sequence[Mark], pane: PaneView, look: Look, ratio: float) -> list[Rect]:
    """The rectangles of all numbers and single dots, in pixels; ratio is the screen's pixels to one of the pane."""
    found: list[Rect] = []
    for mark in marks:
        if isinstance(mark, Ticks):
            found += _numbers(mark, pane, look, ratio)
        elif isinstance(mark, Points) and len(mark.at) <= MOST_DOTS:
            found += around_dots(Pixels.of(pane).to(mark.at), look)
    return found


@lru_cache(maxsize=32)  # the same marks come with every frame until someone zooms
def _numbers(mark: Ticks, pane: PaneView, look: Look, ratio: float) -> tuple[Rect, ...]:
    """Where the numbers along an axis stand, and a little air around them."""
    air = AIR * look.scale
    placed = placed_ticks(mark, Pixels.of(pane), look, ratio)
    return tuple((x - air, y - air, wide + 2 * air, high + 2 * air) for _, (x, y, wide, high) in placed)


def around_dots(places: Array, look: Look) -> Iterator[Rect]:
    """A square around each dot, places being pixels (n, 2)."""
    reach = DOT * look.scale
    for x, y in places.tolist():
        yield x - reach, y - reach, 2 * reach, 2 * reach
