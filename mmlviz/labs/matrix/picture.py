"""The plane over itself, moved."""

from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np

from mmlviz.core import planar
from mmlviz.core.axes import fixed_frame, grid_steps
from mmlviz.core.lab import Hint
from mmlviz.core.marks import Label, Mark, Points, Scene, Segments
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import equals_pair, pair
from mmlviz.labs.matrix import figure, plane, wobble
from mmlviz.maths import matrix2
from mmlviz.maths.lattice import Box, line_across, parallel_lines
from mmlviz.models.matrix import Result, State

PAGES = {"product": "composition", "equations": "equations"}
COLLAPSED = 0.03  # of the longest axis of the image of the circle: a shorter one is seen as a line


def _page(state: State) -> ModuleType | None:
    """The module that draws what is not A in the plane; each is loaded when it is first seen."""
    if state.page != "matrix":
        return import_module(f"mmlviz.labs.matrix.{PAGES[state.page]}")
    return None if state.is_plane else import_module("mmlviz.labs.matrix.space")


def draw(state: State, result: Any, view: View) -> Scene:
    """The moved plane over the fixed one, with the arrows that say where î, ĵ and v go; or space."""
    page = _page(state)
    if page is not None:
        scene: Scene = page.draw(state, result, view)
        return scene
    return {"plane": _plane(state, result, view["plane"], view.is_moving)}


def _plane(state: State, result: Result, pane: PaneView, is_moving: bool) -> tuple[Mark, ...]:
    collapse = _collapse(result, pane) if result.rank < 2 and state.t == 1 else ()
    return (
        *figure.under(state, result.moved, result.moved_determinant, is_moving),
        *fixed_frame(pane),
        *plane.moved_grid(result.moved, pane),
        *figure.over(state, result.moved, result.moved_determinant),
        *collapse,
        *_moment(state, result, pane),
        *wobble.marks(state, result),
        *_arrows(state, result),
        *(plane.area_label(result.moved, result.moved_determinant, pane) if state.shape == "square" else ()),
    )


def _collapse(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """What det = 0 looks like: the fibres, each landing on one point of the image line."""
    if result.image_direction is None or result.null_direction is None:
        return (Points("everything", "special", np.zeros((1, 2))),)
    across = np.array([-result.null_direction[1], result.null_direction[0]])
    least = plane.CLOSEST * pane.scale * pane.per_pixel[0]
    fibres = parallel_lines(result.null_direction, grid_steps(pane)[0] * across, pane.box, least)
    return (
        Segments("fibres", "truth", fibres, "hair", is_dashed=True),
        Segments("null line", "special", line_across(result.null_direction, pane.box), is_dashed=True),
        Segments("image line", "output", line_across(result.image_direction, pane.box)),
        Segments("fibre of v", "input", line_across(result.null_direction, pane.box, result.v), is_dashed=True),
        Points("landings", "truth", fibres[0::2] @ result.A.T, is_hollow=True),
        *_line_label("null line", "special", "null line", result.null_direction, pane),
        *_line_label("image line", "output", "image line", result.image_direction, pane),
    )


def _moment(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """On the way to A, the moment at which the plane lies on one line."""
    if state.t == 1 or result.rank < 2:
        return ()
    U, sizes, _ = np.linalg.svd(result.moved)
    if sizes[1] > COLLAPSED * sizes[0]:
        return ()
    line = Segments("moment", "special", line_across(U[:, 0], pane.box))
    return (line, *_line_label("moment", "special", _area_there(result), U[:, 0], pane))


def _area_there(result: Result) -> str:
    return "the area is 0 here" if result.moved_determinant == 0 else "the area is almost 0 here"


def _line_label(key: str, role: str, text: str, direction: matrix2.Array, pane: PaneView) -> tuple[Mark, ...]:
    ends = line_across(direction, pane.box)
    if len(ends) == 0:
        return ()
    at = ends[1] * 0.86 + ends[0] * 0.14
    return (Label(f"{key} label", role, at, text, (-float(direction[1]), float(direction[0]))),)


def _arrows(state: State, result: Result) -> tuple[Mark, ...]:
    first, second = result.moved[:, 0], result.moved[:, 1]
    there = state.t == 1
    texts = [
        planar.column_text(state, j) if there else f"A(t){'îĵ'[j]} {equals_pair(result.moved[:, j].tolist())}"
        for j in (0, 1)
    ]
    image = result.image if there else result.moved @ result.v
    return (
        *planar.tip("v", "input", result.v, f"v {equals_pair(state.vector)}"),
        *planar.tip("image", "output", image, "Av" if there else "A(t)v"),
        *planar.tip("second", "second", second, texts[1]),
        *planar.tip("first", "first", first, texts[0]),
    )


def fit(state: State, result: Any, pane: str) -> Box:
    """A box around all the arrows."""
    page = _page(state)
    if page is not None:
        box: Box = page.fit(state, result, pane)
        return box
    return planar.box_around(
        np.array(
            [
                *plane.corners(result.moved),
                result.v,
                result.moved @ result.v,
                result.image,
                *figure.box(state, result.moved),
            ]
        )
    )


def hover(state: State, result: Any, pane: str, xy: tuple[float, float]) -> str | Hint:
    """A point and where A sends it."""
    page = _page(state)
    if page is not None:
        said: str | Hint = page.hover(state, result, pane, xy)
        return said
    return f"x = {pair(xy, 3)}    Ax = {pair((result.A @ np.array(xy)).tolist(), 3)}"
