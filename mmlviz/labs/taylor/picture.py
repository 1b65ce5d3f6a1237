"""f with its Taylor polynomial; `error.py` draws what lies between them."""

from functools import lru_cache
from math import inf, isfinite

import numpy as np

from mmlviz.core.axes import fixed_frame
from mmlviz.core.marks import Band, Curve, Label, Mark, Points, Scene, Segments, kept
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import show
from mmlviz.labs.taylor import error
from mmlviz.labs.taylor.formulas import polynomial_name, said
from mmlviz.labs.taylor.samples import clipped, count, polynomial_on
from mmlviz.maths.functions import sampled
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array
from mmlviz.models.taylor import BY_TEXT, Result, State, rounded_value

HIGHEST = 1e4  # up to where a handle follows the curve; beyond that it waits on the axis, where it can be found


def draw(state: State, result: Result, view: View) -> Scene:
    """Both panes; what does not move comes first, so that it is painted once."""
    return {
        "plane": _plane(state, result, view["plane"]),
        "error": error.marks(state, result, view["error"]),
    }


def _plane(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    return (
        *_disc(result),
        *_ground(state.f, pane),
        *_disc_label(result, pane),
        *_polynomial(state, result, pane),
        *_probe(state, result, pane),
        *_centre(state, result),
    )


def _disc(result: Result) -> tuple[Mark, ...]:
    """The interval of convergence, if it ends anywhere."""
    return () if result.edges is None else (_band(*result.edges),)


@lru_cache(maxsize=2)
def _band(low: float, high: float) -> Band:
    return Band("disc", "special", "x", low, high)


def _disc_label(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """What the band is, in the middle of the part that is seen."""
    x0, x1, _, y1 = pane.box
    if result.edges is None:
        return ()
    low, high = max(result.edges[0], x0), min(result.edges[1], x1)
    if low >= high:
        return ()
    return (Label("disc label", "special", np.array([(low + high) / 2, y1]), "converges for |x − a| < R", (0, -1)),)


@lru_cache(maxsize=4)
def _ground(text: str, pane: PaneView) -> tuple[Mark, ...]:
    """Frame, poles and the graph of f: the same until someone zooms or chooses another function."""
    x0, x1, y0, y1 = pane.box
    function = BY_TEXT[text]
    ends = np.array([[pole, y] for pole in function.poles if x0 < pole < x1 for y in (y0, y1)], dtype=float)
    graph = sampled(function, x0, x1, count(pane))
    poles = (Segments("poles", "truth", ends, "hair", is_dashed=True),) if len(ends) else ()
    return kept(*fixed_frame(pane), *poles, Curve("f", "truth", graph), *_name("f", "truth", "f", graph[::-1], pane))


def _polynomial(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    if result.series is None:
        return ()
    points = clipped(pane, polynomial_on(result, pane))
    return (Curve("T", "output", points), *_name("T", "output", polynomial_name(state.order), points, pane))


def _name(key: str, role: str, text: str, points: Array, pane: PaneView) -> tuple[Mark, ...]:
    """The name of a curve at the last of its points that is well within the picture."""
    x0, x1, y0, y1 = pane.box
    x, y = points[:, 0], points[:, 1]
    wide, tall = 0.06 * (x1 - x0), 0.2 * (y1 - y0)
    seen = np.flatnonzero((x > x0 + wide) & (x < x1 - wide) & (y > y0 + tall) & (y < y1 - tall))
    if len(seen) == 0:
        return ()
    return (Label(f"{key} label", role, points[seen[-1]], text, (1, 0.5)),)


def _probe(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """The probe, and what lies between Tₙ and f there."""
    x, y = probe_at(state, result)
    ends = np.array([[x, end] for end in (result.value, result.polynomial) if end is not None])
    ends = np.clip(ends, *_reach(pane)) if len(ends) else ends
    marks: list[Mark] = []
    if result.error is not None:
        role = "positive" if abs(result.error) < state.epsilon else "negative"
        marks.append(Segments("residual", role, ends, "vector"))
    if result.polynomial is not None:
        marks.append(Points("T at probe", "output", ends[-1:]))
    marks.append(Points("probe", "input", np.array([[x, y]]), is_hollow=y != result.value))
    is_near = abs(x - result.centre) < 0.07 * (pane.box[1] - pane.box[0])  # the label of the centre stands above
    away = (0.7, -1) if is_near else (0.7, 1)
    marks.append(Label("probe label", "input", np.array([x, y]), f"x = {said(state.probe)}", away))
    return tuple(marks)


def _reach(pane: PaneView) -> tuple[float, float]:
    """Beyond what is seen, but not so far that pixels overflow."""
    far = 3 * max(pane.box[1] - pane.box[0], pane.box[3] - pane.box[2]) + max(map(abs, pane.box)) + 20
    return -far, far


def _centre(state: State, result: Result) -> tuple[Mark, ...]:
    at = np.array(centre_at(state, result))
    lacks = "" if result.series is not None else ": no series" if result.radius is None else ": out of range"
    text = f"a = {said(state.centre)}{lacks}"
    is_off = result.series is None or at[1] != _value(state.f, result.centre)
    return (
        Points("centre", "input", at[None, :], is_hollow=is_off),
        Label("centre label", "input", at, text, (-0.4, 1)),
    )


@lru_cache(maxsize=8)
def _value(text: str, x: float) -> float | None:
    y = float(BY_TEXT[text].values(x))
    return y if isfinite(y) else None


def centre_at(state: State, result: Result) -> tuple[float, float]:
    """The centre on the curve; on the axis where there is none, or too high a one."""
    return state.centre, _within_reach(_value(state.f, result.centre))


def probe_at(state: State, result: Result) -> tuple[float, float]:
    """The probe on the curve, or on the axis."""
    return state.probe, _within_reach(result.value)


def _within_reach(y: float | None) -> float:
    return y if y is not None and abs(y) <= HIGHEST else 0.0


def fit(state: State, result: Result, pane: str) -> Box:
    """Centre, probe and the interval of convergence; the same range of x in both panes."""
    x0, x1 = _across(state, result)
    return (x0, x1, *(_up(state, result, x0, x1) if pane == "plane" else error.up(state, result)))


def _wide(result: Result) -> float:
    """How far to look on either side of the centre."""
    return 4.0 if result.radius is None or result.radius == inf else max(1.5 * result.radius, 0.5)


def _across(state: State, result: Result) -> tuple[float, float]:
    a, x, wide = float(state.centre), float(state.probe), _wide(result)
    air = 0.25 * max(abs(x - a), wide)
    return min(a - wide, x - air), max(a + wide, x + air)


def _up(state: State, result: Result, x0: float, x1: float) -> tuple[float, float]:
    """The graph of f, but of steep ends and poles only so much that the middle keeps its shape; the axis if near."""
    x = np.linspace(x0, x1, 481)
    y = BY_TEXT[state.f].values(x)
    ends = [centre_at(state, result)[1], probe_at(state, result)[1]]
    middle = y[(abs(x - result.centre) < _wide(result) / 3) & np.isfinite(y)]
    if len(middle):
        low, high = np.percentile(middle, (25, 75)).tolist()
        ends.append(max(float(np.nanmin(y)), 4 * low - 3 * high))
        ends.append(min(float(np.nanmax(y)), 4 * high - 3 * low))
    low, high = min(ends), max(ends)
    tall = max(high - low, 0.5)
    low, high = (min(low, 0.0), max(high, 0.0)) if min(abs(low), abs(high)) < 2 * tall else (low, high)
    return low - 0.25 * tall, high + 0.4 * tall


def hover(state: State, result: Result, pane: str, xy: tuple[float, float]) -> str:
    """x with f and Tₙ there, or with the error."""
    x, told = xy[0], f"x = {show(xy[0], 3)}"
    value, polynomial = _value(state.f, x), _polynomial_value(result, x)
    if pane == "error":
        return f"{told}, {_error_told(result, x, value, polynomial)}"
    told += f", f(x) {'is not defined' if value is None else f'= {show(value)}'}"
    return told if polynomial is None else f"{told}, {polynomial_name(state.order)}(x) = {show(polynomial)}"


def _polynomial_value(result: Result, x: float) -> float | None:
    y = float(result.polynomial_at(np.array(x))) if result.series is not None else inf
    return y if isfinite(y) else None


def _error_told(result: Result, x: float, value: float | None, polynomial: float | None) -> str:
    if value is None or polynomial is None:
        return "no error here"
    if x == result.centre:
        return "|error| = 0"
    size, noise = abs(value - polynomial), rounded_value(np.array(value)) + result.noise_of_polynomial(np.array(x))
    return "|error| below rounding" if size <= noise else f"|error| = {show(size, 3)}"
