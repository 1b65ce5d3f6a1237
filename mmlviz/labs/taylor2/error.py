"""The error |f − Tₙ| over the window, in powers of ten."""

import numpy as np

from mmlviz.core.axes import edge_numbers
from mmlviz.core.marks import Curve, Image, Label, Mark, Points
from mmlviz.core.view import View
from mmlviz.core.words import power_of_ten, show
from mmlviz.labs.taylor2.relief import around, joined, nothing
from mmlviz.labs.taylor2.samples import Grid, columns_and_rows, ground, probe_is_seen
from mmlviz.maths.contours import contours
from mmlviz.maths.matrix2 import Array
from mmlviz.models.taylor2 import Result, State

LOWEST, HIGHEST = -16.0, 16.0  # powers of ten: below, floats cannot tell; above, nobody asks
DEEP = 8.0  # powers of ten that are told apart


def marks(state: State, result: Result, view: View) -> tuple[Mark, ...]:
    """log₁₀ of the error as colours, with a contour at every power of ten."""
    pane = view["error"]
    if result.series is None:
        return (*edge_numbers(pane), nothing(pane))
    x, y, power = _powers(state, result, view)
    seen = power[np.isfinite(power)]
    high = float(seen.max()) if len(seen) else 0.0
    low = max(high - DEEP, LOWEST) if high > LOWEST else high - 1
    decades = np.arange(np.ceil(low), np.floor(high) + 1)
    lines = contours(x, y, power, decades)
    return (
        Image("error", "special", np.where(np.isfinite(power), power, np.nan), around(x, y), low, high, "depth", True),
        Curve("decades", "background", joined(lines), "hair"),
        *edge_numbers(pane),
        *_names(decades, lines, state),
    )


def _powers(state: State, result: Result, view: View) -> Grid:
    pane = view["error"]
    x, y = columns_and_rows(pane, view.is_moving)
    assert result.series is not None
    z = ground(state.f, pane, view.is_moving)[2]
    with np.errstate(all="ignore"):
        error = np.abs(z - result.series.on_grid(x, y, int(state.order)))
        return x, y, np.clip(np.log10(error), LOWEST, HIGHEST)


def _names(decades: Array, lines: list[Array], state: State) -> tuple[Mark, ...]:
    """Each contour is named where it goes farthest to the upper right within the window."""
    (a, b), r = state.centre, 0.9 * float(state.window)
    found: list[Mark] = []
    for power, line in zip(decades.tolist(), lines):
        inside = line[(np.abs(line[:, 0] - a) < r) & (np.abs(line[:, 1] - b) < r)]
        if len(inside):
            at = inside[np.argmax(inside.sum(axis=1))]
            found.append(Label(f"decade {power:g}", "text", at, power_of_ten(round(power)), (0.0, 0.0), True))
    return tuple(found[-6:])


def probe(state: State, result: Result) -> tuple[Mark, ...]:
    """The probe with the error there."""
    if result.error is None or not probe_is_seen(state, result):
        return ()
    at = np.array([float(x) for x in state.probe])
    text = f"|error| = {show(abs(result.error), 3)}"
    return Points("probe", "input", at[None, :]), Label("probe label", "input", at, text, (1, 1))
