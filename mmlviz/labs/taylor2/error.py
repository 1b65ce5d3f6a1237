"""The error |f − Tₙ| over the window, in powers of ten."""

import numpy as np

from mmlviz.core.axes import edge_numbers
from mmlviz.core.marks import Curve, Image, Label, Mark, Points
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import equals, power_of_ten
from mmlviz.labs.taylor2.names import polynomial_name
from mmlviz.labs.taylor2.relief import around, joined, nothing
from mmlviz.labs.taylor2.samples import ground, probe_is_seen
from mmlviz.maths.contours import contours
from mmlviz.maths.matrix2 import EPS, Array
from mmlviz.maths.two_variables import Series2
from mmlviz.models.taylor2 import Result, State

LOWEST, HIGHEST = -300.0, 16.0  # powers of ten: below, floats end; above, nobody asks
ROUNDING = 8 * EPS  # of the largest |f|: below, floats cannot tell
DEEP = 8.0  # powers of ten that are told apart
MOST_NAMED = 6
NAME = 80.0, 34.0  # pixels at a desk across and up, from the name of a contour to that of another


def marks(state: State, result: Result, view: View) -> tuple[Mark, ...]:
    """log₁₀ of the error as colours, with a contour at every power of ten."""
    pane = view["error"]
    if result.series is None:
        return (*edge_numbers(pane), nothing(pane, "no polynomial here"))
    x, y, power, floor = _powers(state, result.series, view)
    seen = power[np.isfinite(power)]
    high = float(seen.max()) if len(seen) else floor
    if high <= floor:
        flat = Image("error", "special", np.where(np.isfinite(power), 0.0, np.nan), around(x, y), 0.0, 1.0, "depth")
        return flat, *edge_numbers(pane), nothing(pane, f"{polynomial_name(state.order)} is f, but for rounding")
    low = max(high - DEEP, floor)
    decades = np.arange(np.ceil(low), np.floor(high) + 1)
    lines = contours(x, y, power, decades)
    shown, is_smooth = np.where(np.isfinite(power), power, np.nan), not view.is_moving
    return (
        Image("error", "special", shown, around(x, y), low, high, "depth", is_smooth),
        Curve("decades", "background", joined(lines), "hair"),
        *edge_numbers(pane),
        *_names(decades, lines, state, pane),
    )


def _powers(state: State, series: Series2, view: View) -> tuple[Array, Array, Array, float]:
    """Columns, rows, log₁₀ of the error, and below what it is the rounding of f."""
    pane = view["error"]
    x, y, z = ground(state.f, pane, view.is_moving)
    with np.errstate(all="ignore"):
        error = np.abs(z - series.on_grid(x, y, int(state.order)))
        size = np.abs(z[np.isfinite(z)])
        floor = float(np.log10(ROUNDING * size.max(initial=0.0)))
        floor = min(max(floor, LOWEST), HIGHEST)
        return x, y, np.clip(np.log10(error), floor, HIGHEST), floor


def _names(decades: Array, lines: list[Array], state: State, pane: PaneView) -> tuple[Mark, ...]:
    """Each contour is named where it goes farthest to the upper right within the window, off the names before it.

    The largest errors come first; a contour that has no free place stays without a name.
    """
    (a, b), r = state.centre, 0.9 * float(state.window)
    room = np.array(NAME) * pane.scale * pane.per_pixel
    named = [np.array(pane.box)[[1, 3]] - room / 2]  # the buttons
    found: list[Mark] = []
    for power, line in zip(decades.tolist()[::-1], lines[::-1]):
        inside = line[(np.abs(line[:, 0] - a) < r) & (np.abs(line[:, 1] - b) < r)]
        at = _free(inside[np.argsort(-inside.sum(axis=1), kind="stable")], np.array(named), room)
        if at is not None and len(found) < MOST_NAMED:
            named.append(at)
            found.append(Label(f"decade {power:g}", "text", at, power_of_ten(round(power)), (1.0, 0.4)))
    return tuple(found)


def _free(points: Array, named: Array, room: Array) -> Array | None:
    """The first of points (n, 2) that has so much room across or up to each of the named ones (m, 2)."""
    is_off = (np.abs(points[:, None, :] - named) >= room).any(axis=-1).all(axis=-1)
    return points[np.argmax(is_off)] if is_off.any() else None


def probe(state: State, result: Result) -> tuple[Mark, ...]:
    """The probe with the error there."""
    if result.error is None or not probe_is_seen(state, result):
        return ()
    at = np.array([float(x) for x in state.probe])
    text = f"|error| {equals(abs(result.error), 3)}"
    return Points("probe", "input", at[None, :]), Label("probe label", "input", at, text, (1, 1))
