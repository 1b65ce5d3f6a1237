"""The error against the distance h from the centre, both in powers of ten: a straight line, and how steep it is."""

from math import log10

import numpy as np

from mmlviz.core.axes import log_log_frame
from mmlviz.core.marks import Curve, Label, Mark, Points, Segments
from mmlviz.core.view import PaneView
from mmlviz.core.words import show
from mmlviz.labs.taylor import build
from mmlviz.labs.taylor.formulas import polynomial_name
from mmlviz.labs.taylor.nothing import nothing
from mmlviz.maths.expression.rounding import with_rounding
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.polynomial import horner
from mmlviz.models.taylor import Result, State, rounded_terms

HOME = (-6.3, 2.4, -17.5, 4.5)
NEAREST, FARTHEST = -6.0, 1.3  # powers of ten between which the handle moves h
SAMPLES = 240


def marks(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """The errors of the line L = T₁ and of Tₙ, beside the powers of h that they follow near the centre."""
    if result.series is None:
        return (*log_log_frame(pane), nothing(pane))
    found: list[Mark] = [*log_log_frame(pane)]
    orders = (1,) if state.order == 1 else (1, int(state.order))
    for order in orders:
        found += _guide(result, order, pane)
    for order in orders:
        found += _curve(state, result, order, pane)
    return (*found, *_held(state, result))


def _side(state: State) -> int:
    """Which way h goes: to where the probe is."""
    return -1 if state.probe < state.centre else 1


def _names(state: State, order: int) -> tuple[str, str, str]:
    """Key, role and name of an error."""
    if order == 1:
        return "line", "second", f"|f − L{build.so_far(state) if state.order == 1 else ''}|"
    return "polynomial", "output", f"|f − {polynomial_name(state.order)}{build.so_far(state)}|"


def slope(result: Result, order: int) -> int | None:
    """The power of h that the error of the order follows: that of the first term left out; None where none is known."""
    assert result.whole is not None
    later = np.flatnonzero(result.whole.coefficients[order + 1 :])
    return order + 1 + int(later[0]) if len(later) else None


def _guide(result: Result, order: int, pane: PaneView) -> tuple[Mark, ...]:
    """|c_p| hᵖ, the first term that is left out: a straight line of slope p."""
    power = slope(result, order)
    if power is None:
        return ()
    assert result.whole is not None
    x = np.array(pane.box[:2])
    y = log10(abs(result.whole.coefficients[power])) + power * x
    ends = np.column_stack([x, y])
    key = f"guide {order}"
    return (Segments(key, "truth", _cut(ends, pane), "hair", is_dashed=True), *_label(key, ends, power, pane))


def _cut(ends: Array, pane: PaneView) -> Array:
    """The part of a line that is not far below or above the pane, so that pixels do not overflow."""
    (xa, ya), (xb, yb) = ends.tolist()
    y0, y1 = pane.box[2] - (pane.box[3] - pane.box[2]), pane.box[3] + (pane.box[3] - pane.box[2])
    x = np.clip([(y - ya) * (xb - xa) / (yb - ya) + xa for y in (y0, y1)], xa, xb)
    return np.column_stack([x, ya + (x - xa) * (yb - ya) / (xb - xa)])


def _label(key: str, ends: Array, power: int, pane: PaneView) -> tuple[Mark, ...]:
    """The slope, at a height where the line is seen."""
    (xa, ya), (xb, yb) = ends.tolist()
    x0, x1, y0, y1 = pane.box
    y = y0 + 0.35 * (y1 - y0)
    x = xa + (y - ya) * (xb - xa) / (yb - ya)
    return (Label(f"{key} label", "muted", np.array([x, y]), f"slope {power}", (1, -1)),) if x0 < x < x1 else ()


def _curve(state: State, result: Result, order: int, pane: PaneView) -> tuple[Mark, ...]:
    """The error at h = 10^x, and where rounding hides it, its level."""
    assert result.whole is not None
    assert result.coefficients is not None
    key, role, name = _names(state, order)
    x = np.linspace(*pane.box[:2], SAMPLES)
    h = _side(state) * 10.0 ** np.clip(x, -300, 300)
    y, rounding = with_rounding(result.f, result.centre + h)
    is_line = order == 1 and len(result.coefficients) != 2
    c = result.whole.coefficients[:2] if is_line else result.coefficients
    with np.errstate(all="ignore"):
        error = np.abs(y - horner(c, h))
        noise = rounding + horner(rounded_terms(result.whole)[: order + 1], np.abs(h))
        power = np.log10(np.where(error > noise, error, np.nan))
    low, high = pane.box[2:]
    points = np.column_stack([x, np.clip(power, low - 3 * (high - low), high + 3 * (high - low))])
    points[~np.isfinite(points[:, 1])] = np.nan
    seen = np.flatnonzero((points[:, 1] < low + 0.6 * (high - low)) & (points[:, 1] > low))
    away = (-1, 0.6) if order == 1 else (1, -0.6)
    label = (Label(f"{key} label", role, points[seen[-1]], name, away),) if len(seen) else ()
    return (Curve(key, role, points), *label)


def _held(state: State, result: Result) -> tuple[Mark, ...]:
    """The probe's own h on the error of Tₙ."""
    if result.probe.error is None or state.probe == state.centre:
        return ()
    at = np.array(probe_at(state, result))
    h = abs(float(state.probe - state.centre))
    return (
        Points("probe", "input", at[None, :]),
        Label("probe label", "input", at, f"h = {show(h, 3)}", (-1, 1)),
    )


def probe_at(state: State, result: Result) -> tuple[float, float]:
    """log₁₀ of h and of the error there, within what can be found again."""
    h, error = abs(float(state.probe - state.centre)), abs(result.probe.error or 0.0)
    x = log10(h) if h > 0 else NEAREST
    y = log10(error) if error > 0 else HOME[2] + 0.5
    return min(max(x, -12.0), 2.0), min(max(y, HOME[2] + 0.5), 12.0)


def fit(state: State, result: Result) -> tuple[float, float, float, float]:
    """Six powers of ten of h, and the probe."""
    x, y = probe_at(state, result)
    x0, x1, y0, y1 = HOME
    return min(x0, x - 0.5), max(x1, x + 0.5), min(y0, y - 0.5), max(y1, y + 0.5)
