"""The cloud with the axis turned by hand, and the variance against its angle."""

from functools import lru_cache

import numpy as np

from mmlviz.core.axes import fixed_frame
from mmlviz.core.marks import Curve, Dots, Label, Mark, Points, Scene, Segments, kept
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import brief, degrees, pair, show
from mmlviz.labs.pca.homes import HOMES
from mmlviz.labs.pca.words import MOST_DRAWN, NEAR, coordinates, is_circular, preparation
from mmlviz.maths.components import along
from mmlviz.maths.lattice import Box, line_across
from mmlviz.maths.matrix2 import Array
from mmlviz.models.pca import Analysis, CloudResult, State

REACH = 1.9  # standard deviations along PC1, from the mean to the handle on the axis
INSIDE = 60.0  # degrees from 0 within which the words of a curve stand
ANGLES = np.linspace(-90, 90, 181)
TURN = np.linspace(0, 2 * np.pi, 121)
CIRCLE = np.stack([np.cos(TURN), np.sin(TURN)], axis=1)


def draw(state: State, result: CloudResult, view: View) -> Scene:
    """Both panes of a cloud."""
    return {
        "plane": _plane(state, result, view["plane"]),
        "curves": (*_curves(result.analysis, view["curves"]), *_now(result)),
    }


def tip(result: CloudResult) -> Array:
    """Where the axis is held."""
    variance = float(result.analysis.variances[0])
    return np.asarray(result.mean + (REACH * variance**0.5 if variance > 0 else 1.0) * result.direction)


def _plane(state: State, result: CloudResult, pane: PaneView) -> tuple[Mark, ...]:
    grid, axes, *numbers = fixed_frame(pane, coordinates(state))
    return (
        grid,
        axes,
        *_glow(result, pane),
        *_cloud(result.analysis, state.standardise, pane, preparation(state)),
        *numbers,
        *_residuals(result),
        *_special(state, result, pane),
        *_axis(state, result, pane),
    )


@lru_cache(maxsize=2)
def _cloud(analysis: Analysis, is_standardised: bool, pane: PaneView, note: str) -> tuple[Mark, ...]:
    """The points, and in the corner what was done with them; the same marks as long as the data stay."""
    at = analysis.prepared.X if is_standardised else analysis.X
    corner = np.array([pane.box[0], pane.box[3]])
    return kept(
        Dots("cloud", "truth", at, size=_size(len(at))),
        Label("preparation", "muted", corner, note, (1.0, -1.0)),
    )


def _size(points: int) -> int:
    """Pixels of a dot: the fewer, the larger."""
    return next((size for most, size in ((60, 9), (500, 7), (4000, 4)) if points <= most), 2)


def _glow(result: CloudResult, pane: PaneView) -> tuple[Mark, ...]:
    if result.off is None or result.off > NEAR:
        return ()
    return (Segments("glow", "special", line_across(result.direction, pane.box, result.mean), "glow"),)


def _special(state: State, result: CloudResult, pane: PaneView) -> tuple[Mark, ...]:
    """Where no direction is special: a fan of all; for a circular population a circle with the cloud's variance."""
    if result.analysis.shares is None or result.analysis.has_equal_variances:
        turns = np.radians(np.arange(0, 180, 15))
        fan = [line_across(np.array([np.cos(t), np.sin(t)]), pane.box, result.mean) for t in turns]
        return (Segments("every direction", "special", np.concatenate(fan), "hair"),)
    if not is_circular(state):
        return ()
    radius = (result.analysis.total / 2) ** 0.5
    return (Curve("circle", "special", result.mean + radius * CIRCLE, is_dashed=True),)


def _residuals(result: CloudResult) -> tuple[Mark, ...]:
    """From the first points to their feet on the axis."""
    at = result.shown[:MOST_DRAWN]
    ends = np.empty((2 * len(at), 2))
    ends[0::2], ends[1::2] = at, _feet(result, at)
    return (Segments("residuals", "negative", ends, "hair"),)


def _feet(result: CloudResult, at: Array) -> Array:
    """The projections of points onto the axis."""
    return np.asarray(result.mean + np.outer((at - result.mean) @ result.direction, result.direction))


def _axis(state: State, result: CloudResult, pane: PaneView) -> tuple[Mark, ...]:
    held = tip(result)
    side = (-float(result.direction[1]), float(result.direction[0]))
    return (
        Segments("axis", "first", line_across(result.direction, pane.box, result.mean)),
        Dots("projections", "output", _feet(result, result.shown[:MOST_DRAWN]), size=7),
        Points("mean", "input", result.mean[None, :]),
        Points("held", "first", held[None, :]),
        Label("axis label", "first", held, f"axis at {brief(state.angle)}°", side),
        Label("mean label", "input", result.mean, "mean", (1.0, -1.0)),
        *_name(result, 2 * result.mean - held, side),
    )


def _name(result: CloudResult, at: Array, side: tuple[float, float]) -> tuple[Mark, ...]:
    """The axis by its name, where it has one."""
    if result.off is None or NEAR < result.off < 90 - NEAR:
        return ()
    if result.off <= NEAR:
        return (Label("name", "special", at, "PC1: the most variance", side),)
    return (Label("name", "second", at, "PC2: the least variance", side),)


@lru_cache(maxsize=4)
def _curves(analysis: Analysis, pane: PaneView) -> tuple[Mark, ...]:
    """Variance kept, mean squared residual and their sum for every angle."""
    variance, residual = along(analysis.S, np.radians(ANGLES))
    total = analysis.total
    peak = min(max(float(ANGLES[np.argmax(variance)]), -INSIDE), INSIDE)
    valley = peak - 90 if peak > 0 else peak + 90
    ends = np.array([[-90.0, total], [90.0, total]])
    height = float(variance.mean() + (variance.max() - variance.mean()) / 2)  # inside the arches, where they are wide
    return kept(
        *fixed_frame(pane, ("angle in degrees", "variance")),
        Segments("sum", "truth", ends, is_dashed=True),
        Curve("residual curve", "negative", np.stack([ANGLES, residual], axis=1)),
        Curve("kept curve", "output", np.stack([ANGLES, variance], axis=1)),
        Label("sum label", "truth", np.array([-45.0 if total else 0.0, total]), f"sum {show(total)}", (0.0, 1.0)),
        Label("kept label", "output", np.array([peak, height]), "kept", (0.0, -1.0 if total else 1.0)),
        Label("residual label", "negative", np.array([valley, height]), "residual", (0.0, -1.0 if total else 1.0)),
    )


def _now(result: CloudResult) -> tuple[Mark, ...]:
    """Where the axis stands on the curves."""
    x = result.angle
    return (
        Segments("now", "first", np.array([[x, 0.0], [x, result.analysis.total]]), "hair"),
        Points("residual now", "negative", np.array([[x, result.residual]])),
        Points("kept now", "output", np.array([[x, result.kept]])),
    )


def fit(result: CloudResult, pane: str) -> Box:
    """The whole cloud and the handle; the curves with their sum."""
    if pane == "curves":
        top = max(result.analysis.total, 1e-9)
        return -97.0, 97.0, -0.12 * top, 1.2 * top
    if pane != "plane":
        return HOMES[pane]
    held = np.array([tip(result), 2 * result.mean - tip(result)])
    low = np.minimum(result.shown.min(axis=0), held.min(axis=0))
    high = np.maximum(result.shown.max(axis=0), held.max(axis=0))
    margin = 0.08 * max(float((high - low).max()), 1e-3)
    return float(low[0] - margin), float(high[0] + margin), float(low[1] - margin), float(high[1] + margin)


def hover(result: CloudResult, pane: str, xy: tuple[float, float]) -> str | None:
    """A place and where it falls on the axis; or the two curves at an angle."""
    if pane == "plane":
        along_axis = float((np.array(xy) - result.mean) @ result.direction)
        foot = result.mean + along_axis * result.direction
        name = "z" if result.analysis.prepared.is_standardised else "x"
        return f"{name} = {pair(xy, 3)}    {show(along_axis, 3)} along the axis, at {pair(foot.tolist(), 3)}"
    if pane != "curves" or not -90 <= xy[0] <= 90:
        return None
    variance, residual = map(show, map(float, along(result.analysis.S, np.radians(xy[0]))))
    return f"{degrees(round(xy[0], 1))}: variance kept {variance}, mean squared residual {residual}"
