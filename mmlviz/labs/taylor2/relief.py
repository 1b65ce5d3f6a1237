"""Heights on a plane: colours with contours."""

import numpy as np

from mmlviz.core.marks import Curve, Image, Label, Mark
from mmlviz.core.view import PaneView
from mmlviz.labs.taylor2.samples import Grid
from mmlviz.maths.contours import contours
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array


def relief(found: Grid, low: float, high: float, at: Array, is_smooth: bool) -> tuple[Mark, ...]:
    """Heights as colours, with contours; smoothing is what takes longest to paint."""
    x, y, z = found
    return (
        Image("relief", "special", z, around(x, y), low, high, "depth", is_smooth),
        Curve("contours", "background", joined(contours(x, y, z, at)), "hair"),
    )


def around(x: Array, y: Array) -> Box:
    """The box of a table of numbers: each is the colour of the cell around it."""
    dx, dy = float(x[1] - x[0]) / 2, float(y[1] - y[0]) / 2
    return float(x[0]) - dx, float(x[-1]) + dx, float(y[0]) - dy, float(y[-1]) + dy


def joined(lines: list[Array]) -> Array:
    """Lines (k, 2) as one, with nan between them."""
    gap = np.full((1, 2), np.nan)
    parts = [part for line in lines if len(line) for part in (line, gap)]
    return np.concatenate(parts) if parts else np.empty((0, 2))


def nothing(pane: PaneView, text: str) -> Mark:
    """What stands where there is nothing to be drawn."""
    x0, x1, y0, y1 = pane.box
    at = np.array([(x0 + x1) / 2, y0 + 0.75 * (y1 - y0)])
    return Label("nothing", "text", at, text, (0.0, 1.0))
