"""The pit from above, and the depth of each dip."""

from functools import lru_cache

import numpy as np

from mmlviz.core.axes import fixed_frame
from mmlviz.core.marks import (
    Arrows,
    Band,
    Curve,
    Image,
    Label,
    Mark,
    Points,
    Polygon,
    Scene,
    Segments,
    Texts,
    Ticks,
)
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import pair, show
from mmlviz.labs.sandpit.words import metres
from mmlviz.maths.contours import contours
from mmlviz.maths.landscape import DEEPEST, HIGHEST, SIZE, landscape
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array
from mmlviz.models.sandpit import DIPS, WARNED, Result, State, is_over

HOME = (-0.4, 6.4, -0.85, 6.8)
DEPTHS = (-3.2, 27.0, -9.8, 0.6)
GRID = np.linspace(0, SIZE, 201)
LEVELS = np.arange(DEEPEST + 0.5, HIGHEST, 0.5)
MANY = 6  # local minima from which on they are not named one by one
WHOLE_METRES = np.arange(SIZE + 1)


def draw(state: State, result: Result, view: View) -> Scene:
    """The dips and their arrows; when the game is over also the ground, the phone and a walk."""
    over = is_over(state, result)
    kind, seed = result.pit.kind, result.pit.seed
    return {
        "plane": (
            *(_open_ground(kind, seed) if over else _sand()),
            *_border(),
            *(_finds(result) if over else ()),
            *_dips(state, result),
            *_arrows(state, result),
            *_legend(state, result),
            *(_walk(state, result) if over else ()),
            *(() if state.dips or over else (_invitation(),)),
        ),
        "depths": (*_depth_frame(view["depths"]), *_depths(state, result), *(_walk_depths(result) if over else ())),
    }


# The ground --------------------------------------------------------------------------------------

CORNERS = np.array([[0.0, 0.0], [SIZE, 0.0], [SIZE, SIZE], [0.0, SIZE]])


@lru_cache(maxsize=1)
def _sand() -> tuple[Mark, ...]:
    return (Polygon("sand", "special", CORNERS),)


@lru_cache(maxsize=1)
def _border() -> tuple[Mark, ...]:
    ends = np.empty((8, 2))
    ends[0::2], ends[1::2] = CORNERS, np.roll(CORNERS, -1, axis=0)
    texts = tuple(show(float(m)) for m in WHOLE_METRES)
    return (
        Segments("edge", "axis", ends),
        Ticks("metres along x", "muted", "x", WHOLE_METRES, texts),
        Ticks("metres along y", "muted", "y", WHOLE_METRES, texts),
    )


@lru_cache(maxsize=2)
def _open_ground(kind: str, seed: str) -> tuple[Mark, ...]:
    """Depth as colours and contours every half metre."""
    depths = landscape(kind, seed).grid(GRID, GRID)
    lines = contours(GRID, GRID, depths, LEVELS)
    gap = np.full((1, 2), np.nan)
    joined = np.concatenate([part for line in lines if len(line) for part in (line, gap)] or [gap])
    joined.flags.writeable = depths.flags.writeable = False
    return (
        Image("ground", "special", depths, (0.0, SIZE, 0.0, SIZE), DEEPEST, HIGHEST, "depth", is_smooth=True),
        Curve("contours", "background", joined, "hair"),
    )


def _finds(result: Result) -> tuple[Mark, ...]:
    """The phone, the other minima, and the highest point."""
    pit = result.pit
    others = _inner(pit.minima[1:])
    phone = np.array(pit.phone)
    half = np.array([0.09, 0.16])
    case = phone + half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    marks: list[Mark] = [
        Polygon("phone", "special", case),
        Points("phone's place", "special", phone[None, :]),
        Label("phone's name", "special", phone, "phone", (0, -1)),
        Points("highest", "second", np.array([pit.top])),
        Label("highest's name", "second", np.array(pit.top), "highest", (0, 1)),
    ]
    if len(others):
        marks.append(Points("local minima", "truth", others, is_hollow=True))
    if len(others) <= MANY:
        marks += [Label(f"minimum {k}", "truth", at, "local minimum", (0, 1)) for k, at in enumerate(others)]
    return tuple(marks)


def _inner(minima: Array) -> Array:
    """Those inside: on the edge the ground falls on towards the outside."""
    return minima[((minima > 0) & (minima < SIZE)).all(axis=1)]


# The dips ----------------------------------------------------------------------------------------


def _invitation() -> Mark:
    return Label("invitation", "input", np.array([SIZE / 2, SIZE / 2]), "Click anywhere to dip", is_centred=True)


def _dips(state: State, result: Result) -> tuple[Mark, ...]:
    if not state.dips:
        return ()
    depths = result.fields[0]
    texts = tuple(f"{k}: {metres(float(F))}" for k, F in enumerate(depths, 1))
    return (
        Points("dips", "input", result.dips[:-1], is_hollow=True),
        Points("last dip", "input", result.dips[-1:]),
        Texts("depths of dips", "input", result.dips, texts),
    )


def _arrows(state: State, result: Result) -> tuple[Mark, ...]:
    """−J at every dip, centred on it; none where no direction leads downhill."""
    if state.mode == "depth" or not state.dips:
        return ()
    J = result.fields[1:3].T
    slope = np.hypot(J[:, 0], J[:, 1])
    length = np.minimum(1.0, slope * result.arrow)
    way = -J / np.maximum(slope, 1e-300)[:, None] * length[:, None]
    return (Arrows("−J", "second", result.dips + way / 2, result.dips - way / 2),)


def _legend(state: State, result: Result) -> tuple[Mark, ...]:
    """What an arrow's length means, above the pit."""
    if state.mode == "depth":
        return ()
    tail = np.array([0.0, SIZE + 0.35])
    tip = tail + np.array([0.5, 0.0])
    text = f"−J for a slope of {show(0.5 / result.arrow, 3)}; 1 m stands for {show(1 / result.arrow, 3)} or more"
    return (
        Arrows("legend", "second", tip[None, :], tail[None, :]),
        Label("legend's text", "muted", tip, text, (1, 0)),
    )


# The walk ----------------------------------------------------------------------------------------


def _walk(state: State, result: Result) -> tuple[Mark, ...]:
    path = result.run.path
    end = np.asarray(path[-1])
    return (
        Curve("walk", "output", path),
        Points("steps", "output", path[1:-1], is_hollow=True),
        Points("end of the walk", "output", path[-1:]),
        Points("start", "input", path[:1]),
        Label("start's name", "input", np.asarray(path[0]), "start", (-1, -1)),
        Label("verdict", "output", np.clip(end, -0.2, SIZE + 0.2), result.run.verdict, (1, 1)),
    )


# The chart of depths ------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _depth_frame(pane: PaneView) -> tuple[Mark, ...]:
    return (
        Band("few are left", "special", "x", WARNED - 0.5, DIPS + 0.5, is_hatched=True),
        *fixed_frame(pane, ("dip", "depth in m")),
    )


def _depths(state: State, result: Result) -> tuple[Mark, ...]:
    if not state.dips:
        return ()
    F = result.fields[0]
    points = np.stack([np.arange(1.0, len(F) + 1), F], axis=1)
    deepest = points[int(np.argmin(F))]
    return (
        Curve("depths", "truth", points),
        Points("depth of each dip", "input", points),
        Label("deepest", "input", deepest, f"deepest: {metres(float(deepest[1]))}", (0, -1)),
    )


def _walk_depths(result: Result) -> tuple[Mark, ...]:
    """The depth along the walk, its start at 0."""
    inside = result.run.path[np.all((result.run.path >= 0) & (result.run.path <= SIZE), axis=1)]
    points = _along(inside, result)
    return (
        Curve("depth of the walk", "output", points),
        Points("depth of the steps", "output", points, is_hollow=True),
        Label("walk", "output", points[min(len(points) - 1, 4)], "walk", (1, -0.3)),
    )


def _along(path: Array, result: Result) -> Array:
    return np.stack([np.arange(float(len(path))), result.pit.points(path)[0]], axis=1)


# Looking -----------------------------------------------------------------------------------------


def fit(state: State, result: Result, pane: str) -> Box:
    """The whole pit; all dips and steps."""
    if pane == "plane":
        return HOME
    steps = len(result.run.path) if is_over(state, result) else 0
    return DEPTHS[0], max(DEPTHS[1], 1.08 * max(len(state.dips), steps)), *DEPTHS[2:]


def hover(state: State, result: Result, pane: str, xy: tuple[float, float]) -> str | None:
    """Where one points; how deep it is there only when the game is over."""
    if pane == "depths":
        return None
    if not (0 <= xy[0] <= SIZE and 0 <= xy[1] <= SIZE):
        return None
    place = f"x = {show(xy[0], 3)} m, y = {show(xy[1], 3)} m"
    if not is_over(state, result):
        return place
    F, Fx, Fy = result.pit.at(*xy)[:3]
    return f"{place}    depth {show(F)} m, J = {pair((Fx, Fy), 3)}"
