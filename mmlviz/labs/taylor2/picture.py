"""The planes: contours of f, of L and of Q at the same heights."""

from functools import lru_cache

import numpy as np

from mmlviz.core.axes import edge_numbers
from mmlviz.core.marks import Arrow, Drawn, Label, Mark, Points, Scene, Segments, kept
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import equals, equals_pair, pair, show
from mmlviz.labs.taylor2 import error
from mmlviz.labs.taylor2.names import polynomial_name
from mmlviz.labs.taylor2.relief import nothing, relief
from mmlviz.labs.taylor2.samples import ground, heights, levels, polynomial, probe_is_seen, window
from mmlviz.labs.taylor2.solid import solid
from mmlviz.maths.lattice import Box
from mmlviz.models.taylor2 import Result, State, value_at

REACH = 0.75  # of half the window: how long the lines of the eigenvectors are, and the longest gradient
GREATEST = 1e250  # of a number that is drawn


def draw(state: State, result: Result, view: View) -> Scene:
    """All panes; the surfaces stand over the window that the planes show."""
    return Drawn(
        {
            "solid": lambda: solid(state, result, view),
            "contours": lambda: (
                *_ground(state.f, view["contours"], window(view), view.is_moving),
                *_gradient(state, result),
                *_centre(state, result, is_main=True),
                *_probe(state, result),
            ),
            "L": lambda: (*_copy(state, result, view, "L", 1), *_centre(state, result)),
            "Q": lambda: (
                *_copy(state, result, view, "Q", 2), *_eigenlines(state, result), *_centre(state, result),
            ),
            "error": lambda: (
                *error.marks(state, result, view), *_centre(state, result), *error.probe(state, result),
            ),
        }
    )  # fmt: skip


# Contours ---------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _ground(text: str, pane: PaneView, box: Box, is_moving: bool) -> tuple[Mark, ...]:
    """f: the same until someone zooms or the window moves on."""
    return kept(
        *relief(ground(text, pane, is_moving), *heights(text, box), levels(text, box), not is_moving),
        *edge_numbers(pane),
    )


def _copy(state: State, result: Result, view: View, name: str, order: int) -> tuple[Mark, ...]:
    """L or Q, with the heights of f."""
    pane, box = view[name], window(view)
    if result.series is None:
        return (*edge_numbers(pane), nothing(pane, "no polynomial here"))
    x, y, z = polynomial(result.series, order, pane, view.is_moving)
    z = np.clip(np.nan_to_num(z, nan=0.0), -GREATEST, GREATEST)
    return (*relief((x, y, z), *heights(state.f, box), levels(state.f, box), not view.is_moving), *edge_numbers(pane))


# What stands on them ----------------------------------------------------------------------------


def _centre(state: State, result: Result, is_main: bool = False) -> tuple[Mark, ...]:
    """The centre; its coordinates are written once."""
    at = np.array(centre_at(state, result))
    text = f"(a, b) {equals_pair(state.centre)}" if is_main else "(a, b)"
    return (
        Points("centre", "input", at[None, :], is_hollow=result.series is None),
        Label("centre label", "input", at, text, (-0.3, -1)),
    )


def _probe(state: State, result: Result) -> tuple[Mark, ...]:
    if not probe_is_seen(state, result):
        return ()
    at = np.array(probe_at(state, result))
    text = "probe" if result.value is None else f"f {equals(result.value, 3)}"
    return (
        Points("probe", "input", at[None, :], is_hollow=result.value is None),
        Label("probe label", "input", at, text, (1, 1)),
    )


def _gradient(state: State, result: Result) -> tuple[Mark, ...]:
    """Along the gradient, so long as it is steep beside the rise of f across the window."""
    if result.series is None or result.errors is None or result.kind != "not stationary":
        return ()
    size = float(np.hypot(*(result.series.gradient / (scale := float(np.abs(result.series.gradient).max())))))
    slope = min(size * scale * float(state.window) / (result.errors.span or 1.0), 1.0)
    way = result.series.gradient / scale / size * REACH * float(state.window) * max(slope, 0.2)
    tail = np.array(centre_at(state, result))
    towards = (float(way[0]) / float(state.window), float(way[1]) / float(state.window))
    return Arrow("gradient", "second", tail + way, tail), Label("gradient label", "second", tail + way, "∇f", towards)


def _eigenlines(state: State, result: Result) -> tuple[Mark, ...]:
    """Eigenvectors have no direction to and fro: lines through the centre, named by their eigenvalues."""
    if result.axes is None or result.eigenvalues is None:
        return ()
    at, reach = np.array(centre_at(state, result)), REACH * float(state.window)
    marks: list[Mark] = []
    for k, role in enumerate(("first", "second")):
        way = result.axes[:, k] * reach
        text = f"λ{'₁₂'[k]} {equals(float(result.eigenvalues[k]), 3)}"
        marks.append(Segments(f"axis {k + 1}", role, np.array([at - way, at + way]), "line"))
        marks.append(Label(f"axis {k + 1} label", role, at + way, text, (float(way[0]) / reach, float(way[1]) / reach)))
    return tuple(marks)


# What can be held -------------------------------------------------------------------------------


def centre_at(state: State, result: Result) -> tuple[float, float]:
    """The centre."""
    return state.centre


def probe_at(state: State, result: Result) -> tuple[float, float]:
    """The probe."""
    return state.probe


def box_of(state: State) -> Box:
    """The window about the centre."""
    (a, b), r = state.centre, float(state.window)
    return float(a) - r, float(a) + r, float(b) - r, float(b) + r


def fit(state: State, result: Result, pane: str) -> Box:
    """The window."""
    return box_of(state)


def hover(state: State, result: Result, pane: str, xy: tuple[float, float]) -> str:
    """The point, f there and what the pane shows instead of f."""
    value = value_at(result.tree, *xy)
    told = f"{pair(xy, 3)}: f {'is not defined' if value is None else f'= {show(value)}'}"
    order = {"L": 1, "Q": 2}.get(pane, int(state.order))
    if result.series is None:
        return told
    found = result.series.at(*xy, order)
    if not np.isfinite(found):
        return told
    told += f", {pane if pane in ('L', 'Q') else polynomial_name(order)} = {show(found)}"
    return told if value is None or not np.isfinite(value - found) else f"{told}, error {show(value - found, 3)}"
