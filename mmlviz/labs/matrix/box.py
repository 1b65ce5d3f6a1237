"""The box that space is seen in, with 0 in its middle, and the planes, lines and points that are cut off at it."""

from functools import lru_cache

import numpy as np

from mmlviz.core.marks import Box3, Label3, Mark, Points3, Polygon3, Segments3, kept
from mmlviz.core.view import View
from mmlviz.maths.box3 import line_in, plane_in
from mmlviz.maths.matrix2 import Array
from mmlviz.models.matrix import State

REACHES = (1.5, 2, 3, 4, 5, 6, 8, 10, 15)  # times powers of ten: half a side of the box
AIR = 1.08  # of what must be in the box
FLAT = 0.75  # the box is that much lower than it is wide, so one unit is equally long along all three


def reach_around(points: Array) -> float:
    """Half a side of a box that holds points (n, 3), which are finite and not all of them 0."""
    most = float((np.abs(points) / [1, 1, FLAT]).max()) * AIR
    power = 10.0 ** np.floor(np.log10(most))
    return next(float(r * power) for r in REACHES if r * power >= most)


def at_rest(state: State, view: View) -> State:
    """The state that the box goes by: while something is dragged the one before, since a sliding scale hides it."""
    rest = view.rest
    return rest if view.is_moving and rest is not None and rest.size == state.size else state


def limits(reach: float) -> tuple[Array, Array]:
    """The low and the high corner."""
    high = reach * np.array([1.0, 1.0, FLAT])
    return -high, high


@lru_cache(maxsize=8)
def frame(reach: float) -> tuple[Mark, ...]:
    """The box, and the axes through 0."""
    low, high = limits(reach)
    ends = np.concatenate([np.diag(low)[:, None], np.diag(high)[:, None]], axis=1).reshape(-1, 3)
    return kept(Box3("box", "axis", low, high), Segments3("axes", "axis", ends, "hair"))


def spanned(key: str, role: str, basis: Array, reach: float, names: tuple[str, str, str]) -> tuple[Mark, ...]:
    """The point, line or plane that up to two unit vectors span, each with its name; nothing for all of space."""
    low, high = limits(reach)
    match len(basis):
        case 0:
            name = (Label3(f"{key} label", role, np.zeros(3), names[0], (-1, -1)),) if names[0] else ()
            return (Points3(f"{key} point", role, np.zeros((1, 3))), *name)
        case 1:
            return line(key, role, basis[0], reach, names[1])
        case 2:
            at = plane_in(np.cross(basis[0], basis[1]), low, high)
            far = at[np.argmax(at @ np.array([1.0, -0.6, 0.4]))]
            return Polygon3(f"{key} plane", role, at, 0.12), Label3(f"{key} plane label", role, 0.9 * far, names[2])
    return ()


def line(key: str, role: str, direction: Array, reach: float, text: str) -> tuple[Mark, ...]:
    """The line through 0 along a unit vector, with its name at its upper end."""
    ends = line_in(direction, *limits(reach))
    top = max(ends, key=lambda end: float(end[2] + 0.1 * end[0]))
    return Segments3(f"{key} line", role, ends, "line"), Label3(f"{key} line label", role, 0.92 * top, text, (1, 0.2))
