"""What both panes draw from: f and Tₙ at the same x."""

from functools import lru_cache

import numpy as np

from mmlviz.core.view import PaneView
from mmlviz.maths.expression import parsed
from mmlviz.maths.expression.rounding import with_rounding
from mmlviz.maths.matrix2 import Array
from mmlviz.models.taylor import Result

DENSITY = 1.5  # pixels from sample to sample


def count(pane: PaneView) -> int:
    """How many samples a pane is worth."""
    return max(2, round(pane.width / DENSITY))


@lru_cache(maxsize=6)
def samples(text: str, x0: float, x1: float, number: int) -> tuple[Array, Array, Array]:
    """x, f(x) and what rounding can make of f(x), each (n,)."""
    x = np.linspace(x0, x1, number)
    found = x, *with_rounding(parsed(text), x)
    for cached in found:
        cached.flags.writeable = False
    return found


def polynomial_on(text: str, result: Result, pane: PaneView) -> Array:
    """Tₙ at the samples of a pane."""
    return _polynomial_on(text, result, pane.box[0], pane.box[1], count(pane))


@lru_cache(maxsize=1)  # both panes ask for it
def _polynomial_on(text: str, result: Result, x0: float, x1: float, number: int) -> Array:
    y = result.polynomial_at(samples(text, x0, x1, number)[0])
    y.flags.writeable = False
    return y


def clipped(pane: PaneView, y: Array) -> Array:
    """Points (n, 2) over the samples of a pane; steep parts end out of sight, and nan breaks the curve."""
    x0, x1, y0, y1 = pane.box
    points = np.empty((len(y), 2))
    points[:, 0] = np.linspace(x0, x1, len(y))
    points[:, 1] = np.clip(y, y0 - 3 * (y1 - y0), y1 + 3 * (y1 - y0))
    points[np.isnan(y)] = np.nan
    return points
