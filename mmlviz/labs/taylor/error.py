"""The error |f − Tₙ| in powers of ten: below the bound, above it, and lost in the rounding of floats."""

from functools import lru_cache
from math import log10

import numpy as np
from numpy.typing import NDArray

from mmlviz.core.axes import log_frame
from mmlviz.core.marks import Band, Curve, Label, Mark, Points, Segments, kept
from mmlviz.core.view import PaneView
from mmlviz.core.words import equals, show
from mmlviz.labs.taylor.formulas import rounded_up, said
from mmlviz.labs.taylor.nothing import nothing
from mmlviz.labs.taylor.samples import clipped, count, polynomial_on, samples
from mmlviz.maths.matrix2 import Array
from mmlviz.models.taylor import Probe, Result, State

LOWEST, HIGHEST = -20.0, 12.0  # powers of ten between which the probe's handle stays
LINE = 34  # pixels at a desk below which two labels of points above each other get into each other's way


def marks(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """The bound, the ends of convergence, the error curve and what can be held."""
    return (
        *_bound(float(state.epsilon), pane),
        *_disc(result, pane),
        *((nothing(pane),) if result.series is None else _curves(state, result, pane)),
        *_held(state, result, pane),
    )


@lru_cache(maxsize=2)
def _bound(epsilon: float, pane: PaneView) -> tuple[Mark, ...]:
    """The strip in which the error is small enough, and the frame."""
    x0, _, y0, y1 = pane.box
    power = log10(epsilon)
    at = np.array([x0 + 0.07 * (pane.box[1] - x0), min(max(power, y0), y1)])
    return kept(
        Band("bound", "positive", "y", min(y0, power), power),
        *log_frame(pane),
        Label("bound label", "positive", at, "|error| < ε", (1, -1)),
    )


def _disc(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """The ends of the interval of convergence, in line with those above."""
    if result.edges is None:
        return ()
    ends = np.array([[x, y] for x in result.edges for y in pane.box[2:]])
    return (Segments("disc", "special", ends, "hair", is_dashed=True),)


def _curves(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """Each x has one point: of the error, or of the rounding where that is larger."""
    x, y, rounding = samples(state.f, *pane.box[:2], count(pane))
    with np.errstate(all="ignore"):
        error = np.abs(y - polynomial_on(state.f, result, pane))
        noise = rounding + result.noise_of_polynomial(x)
        is_clear = error > noise
        power = np.log10(np.where(is_clear, error, noise + 0 * error))  # nan where there is no error
    points = clipped(pane, np.where(np.isfinite(power), power, np.nan))
    is_small = error < state.epsilon
    return (
        *_run("error above", "negative", points, is_clear & ~is_small),
        *_run("error below", "positive", points, is_clear & is_small),
        *_noise(points, ~is_clear, pane),
    )


def _run(key: str, role: str, points: Array, where: NDArray[np.bool_]) -> tuple[Mark, ...]:
    return (Curve(key, role, _part(points, where)),) if where.any() else ()


def _part(points: Array, where: NDArray[np.bool_]) -> Array:
    """The part of a curve with a point more on either side, so that parts meet; one row of nan between its runs."""
    grown = where.copy()
    grown[1:] |= where[:-1]
    grown[:-1] |= where[1:]
    kept = grown.copy()
    kept[1:] |= grown[:-1]
    return np.where(grown[:, None], points, np.nan)[kept]


def _noise(points: Array, where: NDArray[np.bool_], pane: PaneView) -> tuple[Mark, ...]:
    """The level below which floats cannot tell the error."""
    y0, y1 = pane.box[2:]
    seen = np.flatnonzero(where & (points[:, 1] > y0) & (points[:, 1] < y1))
    if len(seen) < 2:
        return ()
    at = points[seen[len(seen) // 2]]
    return (
        Curve("noise", "truth", _part(points, where), "hair", is_dashed=True),
        Label("noise label", "muted", at, "rounding of floats", (1, -0.3)),
    )


def _held(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    at = np.array(epsilon_at(state, result))
    found: list[Mark] = [
        Points("epsilon", "input", at[None, :]),
        Label("epsilon label", "input", at, f"ε = {said(state.epsilon)}", (1, 1)),
    ]
    if result.probe.error is not None:
        role = "positive" if abs(result.probe.error) < state.epsilon else "negative"
        spot = np.array(probe_at(state, result))
        found.append(Points("probe", role, spot[None, :], is_hollow=is_lost(result)))
        side = 1 if state.probe >= state.centre else -1
        found += _told(result.probe, role, spot, side, LINE * pane.scale * pane.per_pixel[1])
    return tuple(found)


def _told(probe: Probe, role: str, spot: Array, side: int, line: float) -> list[Mark]:
    """The error with Lagrange's bound above it, and the way between them; in one line where two have no room."""
    assert probe.error is not None
    error = f"|error| {equals(abs(probe.error), 3)}"
    if not probe.bound:
        return [Label("probe label", role, spot, error, (side, -0.7))]
    bound = f"bound {show(rounded_up(probe.bound), 3)}"
    top = np.array([spot[0], min(max(log10(probe.bound), LOWEST), HIGHEST)])
    is_one = top[1] - spot[1] < line
    names = [Label("probe label", role, spot, f"{error}, {bound}" if is_one else error, (side, -0.7))]
    names += [] if is_one else [Label("remainder label", "truth", top, bound, (side, 0.7))]
    return [
        Segments("up to the bound", "truth", np.array([spot, top]), "hair", is_dashed=True),
        Points("remainder", "truth", top[None, :], is_hollow=True),
        *names,
    ]


def is_lost(result: Result) -> bool:
    """Whether floats cannot tell the error at the probe from their own rounding."""
    return (
        result.probe.error is not None
        and result.probe.noise is not None
        and abs(result.probe.error) <= result.probe.noise
    )


def epsilon_at(state: State, result: Result) -> tuple[float, float]:
    """The bound, over the centre."""
    return float(state.centre), log10(state.epsilon)


def probe_at(state: State, result: Result) -> tuple[float, float]:
    """The true error at the probe, within what can be found again."""
    size = abs(result.probe.error or 0.0)
    return float(state.probe), min(max(log10(size), LOWEST), HIGHEST) if size > 0 else LOWEST


def up(state: State, result: Result) -> tuple[float, float]:
    """From the rounding of floats to what is too large to be of use."""
    power = probe_at(state, result)[1] if result.probe.error is not None else 0.0
    return min(-18.5, power - 0.5), max(2.0, power + 1.0)
