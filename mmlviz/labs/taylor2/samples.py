"""What all panes draw from: f, L, Q and Tₙ on grids, and the heights that are told apart in all of them."""

from functools import lru_cache

import numpy as np

from mmlviz.core.view import PaneView, View
from mmlviz.maths.expression import parsed
from mmlviz.maths.lattice import Box, multiples, nice_step
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.two_variables import Series2
from mmlviz.models.taylor2 import NAMES, Result, State, grid

FINE, COARSE = 96, 48  # cells along the longer side of a plane, at rest and while something moves
SMOOTH, ROUGH = 40, 10  # cells along each side of a surface
LEVELS = 9  # about so many contours
WINGS = 4  # per cent of the window at either end: what is beyond may be a hill, or the steep side of a pole
STEEP = 1.0  # times the height between the wings, beyond them, from which on heights are those of a pole
FLAT = 1e-10  # of the largest height: less is rounding

Grid = tuple[Array, Array, Array]  # columns x (n,), rows y (m,), heights (m, n)


def window(view: View) -> Box:
    """What is seen of the plane of f without what the shape of the pane adds: the ground of the surfaces."""
    return view["contours"].wanted


def columns_and_rows(pane: PaneView, is_moving: bool) -> tuple[Array, Array]:
    """Where a plane is sampled: square cells over all that is seen."""
    x0, x1, y0, y1 = pane.box
    cells = COARSE if is_moving else FINE
    longest = max(x1 - x0, y1 - y0)
    n, m = (max(8, round(cells * side / longest)) for side in (x1 - x0, y1 - y0))
    return np.linspace(x0, x1, n + 1), np.linspace(y0, y1, m + 1)


@lru_cache(maxsize=8)
def ground(text: str, pane: PaneView, is_moving: bool) -> Grid:
    """f over a plane."""
    x, y = columns_and_rows(pane, is_moving)
    return _kept(x, y, grid(parsed(text, NAMES), x, y))


@lru_cache(maxsize=4)
def surface(text: str, box: Box, is_moving: bool) -> Grid:
    """f over the window, for the surface."""
    x, y = _across(box, is_moving)
    return _kept(x, y, grid(parsed(text, NAMES), x, y))


def polynomial(series: Series2, order: int, pane: PaneView, is_moving: bool) -> Grid:
    """T of this order over a plane."""
    x, y = columns_and_rows(pane, is_moving)
    return x, y, series.on_grid(x, y, order)


def polynomial_surface(series: Series2, order: int, box: Box, is_moving: bool) -> Grid:
    """T of this order over the window."""
    x, y = _across(box, is_moving)
    return x, y, series.on_grid(x, y, order)


def _across(box: Box, is_moving: bool) -> tuple[Array, Array]:
    cells = ROUGH if is_moving else SMOOTH
    return np.linspace(box[0], box[1], cells + 1), np.linspace(box[2], box[3], cells + 1)


def _kept(*arrays: Array) -> Grid:
    for array in arrays:
        array.flags.writeable = False
    return arrays[0], arrays[1], arrays[2]


@lru_cache(maxsize=8)
def heights(text: str, box: Box) -> tuple[float, float]:
    """The lowest and the highest of f in the window, without the steep sides of poles; what is flat lies between."""
    z = surface(text, box, True)[2]
    z = z[np.isfinite(z)]
    if not len(z):
        return -1.0, 1.0
    q1, q3 = np.percentile(z, (WINGS, 100 - WINGS)).tolist()
    low, high = max(float(z.min()), q1 - STEEP * (q3 - q1)), min(float(z.max()), q3 + STEEP * (q3 - q1))
    least = FLAT * max(abs(low), abs(high))
    if high - low <= least:
        half = abs(low) / 2 or 1.0
        return low - half, high + half
    return low, high


@lru_cache(maxsize=8)
def levels(text: str, box: Box) -> Array:
    """The heights of the contours, the same for f, L and Q."""
    low, high = heights(text, box)
    return multiples(low, high, nice_step((high - low) / LEVELS))


def probe_is_seen(state: State, result: Result) -> bool:
    """Whether the probe lies in the window."""
    return all(abs(x - a) <= state.window for x, a in zip(state.probe, state.centre))
