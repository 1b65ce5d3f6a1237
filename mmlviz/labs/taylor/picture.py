"""f with its Taylor polynomial; the other panes have modules of their own."""

from collections.abc import Callable
from functools import lru_cache
from math import inf, isfinite

import numpy as np

from mmlviz.core.axes import fixed_frame
from mmlviz.core.marks import Band, Curve, Drawn, Label, Mark, Points, Scene, Segments, kept
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import show
from mmlviz.labs.taylor import build, complex_plane, error, steps, widths
from mmlviz.labs.taylor.formulas import polynomial_name, said
from mmlviz.labs.taylor.samples import clipped, count, polynomial_on, samples
from mmlviz.maths.expression import evaluate, parsed
from mmlviz.maths.expression.rounding import with_rounding
from mmlviz.maths.graph import graph
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.polynomial import partial_sums
from mmlviz.maths.power_series import polynomial_exactly
from mmlviz.maths.singularities import real_features
from mmlviz.models.taylor import Result, State

HIGHEST = 1e4  # up to where a handle follows the curve; beyond that it waits on the axis, where it can be found
GHOSTS = 12  # earlier orders that are seen at most
EXACT = 160  # points of the curve where floats have broken down


def draw(state: State, result: Result, view: View) -> Scene:
    """The panes of a state; in each what does not move comes first, so that it is painted once."""
    made: dict[str, Callable[[], tuple[Mark, ...]]] = {
        "plane": lambda: _plane(state, result, view["plane"]),
        "error": lambda: error.marks(state, result, view["error"]),
    }
    if state.plane:
        made["complex"] = lambda: complex_plane.marks(state, result, view["complex"], view.is_moving)
    if state.steps:
        made["steps"] = lambda: steps.marks(state, result, view["steps"])
    if state.widths:
        made["widths"] = lambda: widths.marks(state, result, view["widths"])
    return Drawn(made)


def _plane(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    return (
        *_disc(result),
        *_ground(state.f, pane),
        *_disc_label(result, pane),
        *_ghosts(state, result, pane),
        *_polynomial(state, result, pane),
        *build.marks(state, result, pane),
        *_probe(state, result, pane),
        *_xi(state, result, pane),
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
    if result.edges is None or result.radius is None:
        return ()
    low, high = max(result.edges[0], x0), min(result.edges[1], x1)
    if low >= high:
        return ()
    text = f"converges for |x − a| < R{'' if result.radius.is_exact else ' (estimated)'}"
    return (Label("disc label", "special", np.array([(low + high) / 2, y1]), text, (0, -1)),)


@lru_cache(maxsize=4)
def _ground(text: str, pane: PaneView) -> tuple[Mark, ...]:
    """Frame, poles and the graph of f: the same until someone zooms or types another function."""
    x0, x1, y0, y1 = pane.box
    found = real_features(parsed(text), x0, x1)
    ends = np.array([[each.x, y] for each in found if each.kind == "pole" for y in (y0, y1)], dtype=float)
    points = graph(parsed(text), x0, x1, count(pane))
    poles = (Segments("poles", "truth", ends, "hair", is_dashed=True),) if len(ends) else ()
    return kept(*fixed_frame(pane), *poles, Curve("f", "truth", points), *_name("f", "truth", "f", points[::-1], pane))


def _ghosts(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """The polynomials of the orders before, as thin lines, the nearest ones where there are many."""
    if not state.ghosts or result.series is None:
        return ()
    orders = range(max(0, int(state.order) - GHOSTS), int(state.order))
    x = samples(state.f, *pane.box[:2], count(pane) // 3)[0]
    c = result.series.coefficients
    sums = partial_sums(c, x - result.centre)
    curves = [clipped(pane, sums[n]) for n in orders if n == 0 or c[n] != 0]
    gap = np.full((1, 2), np.nan)
    parts = [part for curve in curves for part in (gap, curve)][1:]
    return (Curve("ghosts", "output", np.concatenate(parts), "hair"),) if parts else ()


def _polynomial(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    if result.series is None:
        return ()
    x, y = samples(state.f, *pane.box[:2], count(pane))[0], polynomial_on(state.f, result, pane)
    is_all = not state.hidden and not build.is_building(state)
    where = _broken(result, pane, x, y) if is_all else None
    if where is None:
        return _curve("T", f"{polynomial_name(state.order)}{build.so_far(state)}", pane, y)
    at = np.linspace(*where, EXACT)
    is_inside = (x >= where[0]) & (x <= where[1])
    true = np.where(is_inside, np.interp(x, at, polynomial_exactly(result.series, at)), y)
    in_floats = clipped(pane, np.where(is_inside, y, np.nan))
    return (
        Curve("T in floats", "negative", in_floats, "hair"),
        *_name("T in floats", "negative", f"{polynomial_name(state.order)} in floats", in_floats, pane),
        *_curve("T", polynomial_name(state.order), pane, true),
    )


def _curve(key: str, name: str, pane: PaneView, y: Array) -> tuple[Mark, ...]:
    points = clipped(pane, y)
    return (Curve(key, "output", points), *_name(key, "output", name, points, pane))


def _broken(result: Result, pane: PaneView, x: Array, y: Array) -> tuple[float, float] | None:
    """From where to where rounding moves the curve in floats by more than a pixel, if that is in sight."""
    y0, y1 = pane.box[2:]
    noise = result.noise_of_polynomial(x)
    with np.errstate(all="ignore"):
        is_broken = (noise > 1.5 * pane.per_pixel[1]) & (y - noise < y1) & (y + noise > y0)
    where = np.flatnonzero(is_broken)
    return (float(x[where[0]]), float(x[where[-1]])) if len(where) > 1 else None


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
    ends = np.array([[x, end] for end in (result.probe.value, result.probe.polynomial) if end is not None])
    ends = np.clip(ends, *_reach(pane)) if len(ends) else ends
    marks: list[Mark] = []
    if result.probe.error is not None:
        role = "positive" if abs(result.probe.error) < state.epsilon else "negative"
        marks.append(Segments("residual", role, ends, "vector"))
    if result.probe.polynomial is not None:
        marks.append(Points("T at probe", "output", ends[-1:]))
    marks.append(Points("probe", "input", np.array([[x, y]]), is_hollow=y != result.probe.value))
    is_near = abs(x - result.centre) < 0.07 * (pane.box[1] - pane.box[0])  # the label of the centre stands above
    away = (0.7, -1) if is_near else (0.7, 1)
    marks.append(Label("probe label", "input", np.array([x, y]), f"x = {said(state.probe)}", away))
    return tuple(marks)


def _xi(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """On the axis, or at the edge beside it, a place ξ that Lagrange's form of the remainder speaks of."""
    if result.probe.xi is None:
        return ()
    y0, y1 = pane.box[2:]
    at = np.array([result.probe.xi, min(max(0.0, y0), y1)])
    return (
        Points("xi", "special", at[None, :]),
        Label("xi label", "special", at, f"ξ ≈ {show(result.probe.xi, 3)}", (0.5, -1)),
    )


def _reach(pane: PaneView) -> tuple[float, float]:
    """Beyond what is seen, but not so far that pixels overflow."""
    far = 3 * max(pane.box[1] - pane.box[0], pane.box[3] - pane.box[2]) + max(map(abs, pane.box)) + 20
    return -far, far


def _centre(state: State, result: Result) -> tuple[Mark, ...]:
    at = np.array(centre_at(state, result))
    lacks = "" if result.series is not None else ": no series"
    is_off = result.series is None or at[1] != _value(state.f, result.centre)
    return (
        Points("centre", "input", at[None, :], is_hollow=is_off),
        Label("centre label", "input", at, f"a = {said(state.centre)}{lacks}", (-0.4, 1)),
    )


@lru_cache(maxsize=8)
def _value(text: str, x: float) -> float | None:
    y = float(evaluate(parsed(text), x=x))
    return y if isfinite(y) else None


def centre_at(state: State, result: Result) -> tuple[float, float]:
    """The centre on the curve; on the axis where there is none, or too high a one."""
    y = _value(state.f, result.centre)
    if y is None and result.series is not None:
        y = float(result.series.coefficients[0])  # f is filled there
    return float(state.centre), _within_reach(y)


def probe_at(state: State, result: Result) -> tuple[float, float]:
    """The probe on the curve, or on the axis."""
    return float(state.probe), _within_reach(result.probe.value)


def _within_reach(y: float | None) -> float:
    return y if y is not None and abs(y) <= HIGHEST else 0.0


def fit(state: State, result: Result, pane: str) -> Box:
    """Centre, probe and the interval of convergence; the same range of x above and below."""
    if pane == "complex":
        return complex_plane.fit(state, result)
    if pane == "steps":
        return steps.fit(state, result)
    if pane == "widths":
        return widths.fit(state, result)
    x0, x1 = _across(state, result)
    return (x0, x1, *(_up(state, result, x0, x1) if pane == "plane" else error.up(state, result)))


def wide(result: Result) -> float:
    """How far to look on either side of the centre."""
    return 4.0 if result.radius is None or result.radius.value == inf else max(1.5 * result.radius.value, 0.5)


def _across(state: State, result: Result) -> tuple[float, float]:
    a, x, far = float(state.centre), float(state.probe), wide(result)
    air = 0.25 * max(abs(x - a), far)
    return min(a - far, x - air), max(a + far, x + air)


def _up(state: State, result: Result, x0: float, x1: float) -> tuple[float, float]:
    """The graph of f, but of steep ends and poles only so much that the middle keeps its shape; the axis if near."""
    x = np.linspace(x0, x1, 481)
    y = evaluate(parsed(state.f), x=x)
    ends = [centre_at(state, result)[1], probe_at(state, result)[1]]
    middle = y[(abs(x - result.centre) < wide(result) / 3) & np.isfinite(y)]
    if len(middle):
        low, high = np.percentile(middle, (25, 75)).tolist()
        ends.append(max(float(np.nanmin(y)), 4 * low - 3 * high))
        ends.append(min(float(np.nanmax(y)), 4 * high - 3 * low))
    low, high = min(ends), max(ends)
    tall = max(high - low, 0.5)
    low, high = (min(low, 0.0), max(high, 0.0)) if min(abs(low), abs(high)) < 2 * tall else (low, high)
    return low - 0.25 * tall, high + 0.4 * tall


def hover(state: State, result: Result, pane: str, xy: tuple[float, float]) -> str | None:
    """x with f and Tₙ there, or with the error."""
    if pane == "complex":
        return complex_plane.hover(state, result, xy)
    if pane in ("steps", "widths"):
        return None
    x, told = xy[0], f"x = {show(xy[0], 3)}"
    value, polynomial = _value(state.f, x), _polynomial_value(result, x)
    if pane == "error":
        return f"{told}, {_error_told(state, result, x, value, polynomial)}"
    told += f", f(x) {'is not defined' if value is None else f'= {show(value)}'}"
    name = f"{polynomial_name(state.order)}(x){build.so_far(state)}"
    return told if polynomial is None else f"{told}, {name} = {show(polynomial)}"


def _polynomial_value(result: Result, x: float) -> float | None:
    y = float(result.polynomial_at(np.array(x))) if result.series is not None else inf
    return y if isfinite(y) else None


def _error_told(state: State, result: Result, x: float, value: float | None, polynomial: float | None) -> str:
    if value is None or polynomial is None:
        return "no error here"
    if x == result.centre:
        return "|error| = 0"
    rounding = float(with_rounding(parsed(state.f), np.array([x]))[1][0])
    size, noise = abs(value - polynomial), rounding + float(result.noise_of_polynomial(np.array(x)))
    return "|error| below rounding" if size <= noise else f"|error| = {show(size, 3)}"
