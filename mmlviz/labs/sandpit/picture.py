"""The pit from above, and the depth of each dip."""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from mmlviz.core.axes import fixed_frame
from mmlviz.core.marks import (
    Arrows,
    Band,
    Curve,
    Dots,
    Image,
    Label,
    Mark,
    Points,
    Polygon,
    Scene,
    Segments,
    Texts,
    Ticks,
    kept,
)
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import pair, show
from mmlviz.labs.sandpit.words import metres
from mmlviz.maths.landscape import DEEPEST, HIGHEST, SIZE, landscape
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array
from mmlviz.models.sandpit import ARROWS, DIPS, GRID, LONGER, WARNED, Point, Result, State, ground, is_over, measured

HOME = (-0.4, 6.8, -0.7, 6.75)
DEPTHS = (-3.2, 27.0, -9.8, 0.6)
NAME = (90, 22)  # pixels at a desk that the name of a dip takes
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
            *(_finds(kind, seed) if over else ()),
            *_legend(state.mode, result.arrow),
            *_dips(kind, seed, state.dips, "" if state.mode == "depth" else state.pit, view["plane"]),
            *((*_walk(result), _phone_name(result)) if over else ()),
            *(() if state.dips or over else (_invitation(),)),
        ),
        "depths": (
            *_depth_frame(view["depths"], over),
            *_depths(state, result),
            *(_walk_depths(result) if over else ()),
        ),
    }


# The ground --------------------------------------------------------------------------------------

CORNERS = np.array([[0.0, 0.0], [SIZE, 0.0], [SIZE, SIZE], [0.0, SIZE]])


@lru_cache(maxsize=1)
def _sand() -> tuple[Mark, ...]:
    return kept(Polygon("sand", "special", CORNERS))


@lru_cache(maxsize=1)
def _border() -> tuple[Mark, ...]:
    ends = np.empty((8, 2))
    ends[0::2], ends[1::2] = CORNERS, np.roll(CORNERS, -1, axis=0)
    texts = tuple(show(float(m)) for m in WHOLE_METRES)
    return kept(
        Segments("edge", "axis", ends),
        Ticks("metres along x", "muted", "x", WHOLE_METRES, texts),
        Ticks("metres along y", "muted", "y", WHOLE_METRES, texts),
    )


SHADES = np.linspace(DEEPEST, HIGHEST, 161)[:, None]
SCALE = np.arange(DEEPEST, HIGHEST + 1, 2)
SCALE_AT = np.stack([np.full(len(SCALE), SIZE + 0.33), (SCALE - DEEPEST) / (HIGHEST - DEEPEST) * (SIZE - 0.25)], axis=1)
SCALE_TEXTS = tuple(f"{show(float(depth))} m" for depth in SCALE)
CELL = float(GRID[1] - GRID[0])
OVER = (-CELL / 2, SIZE + CELL / 2)  # a number of the grid is the colour of the square around it


@lru_cache(maxsize=2)
def _open_ground(kind: str, seed: str) -> tuple[Mark, ...]:
    """Depth as colours and contours every half metre."""
    depths, lines = ground(kind, seed)
    return kept(
        Image("ground", "special", depths, (*OVER, *OVER), DEEPEST, HIGHEST, "depth", is_smooth=True),
        Curve("contours", "background", lines, "hair"),
        Image("scale", "special", SHADES, (SIZE + 0.15, SIZE + 0.35, 0.0, SIZE), DEEPEST, HIGHEST, "depth"),
        Texts("depths of the scale", "muted", SCALE_AT, SCALE_TEXTS),
    )


@lru_cache(maxsize=2)
def _finds(kind: str, seed: str) -> tuple[Mark, ...]:
    """The phone, the other minima, and the highest point."""
    pit = landscape(kind, seed)
    others = pit.minima[1:][pit.is_inner[1:]]
    phone = np.array(pit.phone)
    half = np.array([0.09, 0.16])
    case = phone + half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    marks: list[Mark] = [
        Polygon("phone", "special", case),
        Points("phone's place", "special", phone[None, :]),
        Points("highest", "second", np.array([pit.top])),
        Label("highest's name", "second", np.array(pit.top), "highest", (0, 1)),
    ]
    if len(others):
        marks.append(Points("local minima", "special", others, is_hollow=True))
    if len(others) <= MANY:
        marks += [Label(f"minimum {k}", "truth", at, "local minimum", (0, 1)) for k, at in enumerate(others)]
    return kept(*marks)


def _phone_name(result: Result) -> Mark:
    found = "" if result.found is None else f", found by dip {result.found}"
    return Label("phone's name", "special", np.array(result.pit.phone), f"phone{found}", (0, -1))


# The dips ----------------------------------------------------------------------------------------


def _invitation() -> Mark:
    return Label("invitation", "input", np.array([SIZE / 2, SIZE / 2]), "Click anywhere to dip", is_centred=True)


@lru_cache(maxsize=2)
def _dips(kind: str, seed: str, dips: tuple[Point, ...], arrows_of: str, pane: PaneView) -> tuple[Mark, ...]:
    """The dips with number and depth; their arrows, unless only depths are told."""
    if not dips:
        return ()
    at, fields = measured(kind, seed, dips)
    return kept(
        Points("last dip", "input", at[-1:], is_hollow=True),
        Dots("dips", "input", at, size=7),
        *(_arrows(at, fields[1:3].T, ARROWS.get(arrows_of, LONGER)) if arrows_of else ()),
        Texts("names of dips", "input", at, tuple(_names(at, fields[0], pane))),
    )


def _names(at: Array, depths: Array, pane: PaneView) -> Iterator[str]:
    """Number and depth of each dip; the number alone where the name of a later one is written."""
    wide, high = (size * pane.scale * pane.per_pixel[0] for size in NAME)
    for k, F in enumerate(depths.tolist()):
        later = np.abs(at[k + 1 :] - at[k])
        is_free = not ((later[:, 0] < wide) & (later[:, 1] < high)).any()
        yield f"{k + 1}: {metres(F)}" if is_free else f"{k + 1}"


def _arrows(at: Array, J: Array, scale: float) -> tuple[Mark, ...]:
    """−J at every dip (n, 2), centred on it; none where J is 0."""
    slope = np.hypot(J[:, 0], J[:, 1])
    length = np.minimum(1.0, slope * scale)
    way = -J / np.maximum(slope, 1e-300)[:, None] * length[:, None]
    return (Arrows("−J", "second", at + way / 2, at - way / 2),)


@lru_cache(maxsize=4)
def _legend(mode: str, arrow: float) -> tuple[Mark, ...]:
    """What an arrow's length means, above the pit."""
    if mode == "depth":
        return ()
    tail = np.array([0.0, SIZE + 0.35])
    tip = tail + np.array([0.5, 0.0])
    text = f"−J: slope {show(0.5 / arrow, 3)}, longest ≥ {show(1 / arrow, 3)}"
    return kept(
        Arrows("legend", "second", tip[None, :], tail[None, :]),
        Label("legend's text", "muted", tip, text, (1, 0)),
    )


# The walk ----------------------------------------------------------------------------------------


def _walk(result: Result) -> tuple[Mark, ...]:
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
def _depth_frame(pane: PaneView, over: bool) -> tuple[Mark, ...]:
    frame = fixed_frame(pane, ("dip", "depth in m"))
    if over:
        return frame
    return kept(
        Band("few are left", "special", "x", WARNED - 0.5, DIPS + 0.5, is_hatched=True),
        Label("name of the band", "special", np.array([WARNED - 0.5, -1.2]), "few left", (-1, 0)),
        *frame,
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
        Label("deepest", "input", deepest, f"deepest: {metres(float(deepest[1]))}", (1, -0.6)),
    )


def _walk_depths(result: Result) -> tuple[Mark, ...]:
    """The depth along the walk, as far as a game would go; its start at 0."""
    path = result.run.path[: DIPS + 1]
    inside = path[np.all((path >= 0) & (path <= SIZE), axis=1)]
    points = np.stack([np.arange(float(len(inside))), result.pit.points(inside)[0]], axis=1)
    return (
        Curve("depth of the walk", "output", points),
        Points("depth of the steps", "output", points, is_hollow=True),
        Label("walk", "output", points[min(len(points) - 1, 4)], "walk", (1, -0.3)),
    )


# Looking -----------------------------------------------------------------------------------------


def fit(state: State, result: Result, pane: str) -> Box:
    """The whole pit; all dips and steps."""
    if pane == "plane":
        return HOME
    return DEPTHS[0], max(DEPTHS[1], 1.08 * len(state.dips)), *DEPTHS[2:]


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
