"""What is moved beside the grid: the unit square, a circle, a letter, a bear, an own polygon, a picture."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from mmlviz.core import pictures
from mmlviz.core.controls import Click, Handle
from mmlviz.core.marks import Mark, Outline, Picture, Points
from mmlviz.labs.matrix import plane
from mmlviz.maths import figures
from mmlviz.maths.figures import Figure
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import Number
from mmlviz.models.matrix import Result, State

MOST = 8  # corners of an own polygon
HALF = 1.5  # how far a picture reaches from its middle along its longer side
SHAPES: dict[str, Callable[[], Figure]] = {
    "circle": figures.circle, "letter": figures.glyph, "bear": figures.bear,
}  # fmt: skip
TITLES = {
    "square": "the unit square", "circle": "the unit circle", "letter": "the letter F", "bear": "a bear",
    "polygon": "my own polygon", "picture": "a picture",
}  # fmt: skip


def under(state: State, M: Array, determinant: float, is_moving: bool) -> tuple[Mark, ...]:
    """What lies under the grid: a picture, or the unit square."""
    if state.shape == "picture":
        return _picture(state, M, is_moving)
    return plane.area(M, determinant) if state.shape == "square" else ()


def over(state: State, M: Array, determinant: float) -> tuple[Mark, ...]:
    """The figure where M takes it, and before."""
    if state.shape in ("square", "picture"):
        return _ghost(figures.square()) if state.before and state.shape == "square" else ()
    made = _own(state.polygon) if state.shape == "polygon" else SHAPES[state.shape]()
    moved = figures.moved(made, M)
    return (
        Outline("figure", plane.area_role(determinant), moved.areas, 0.3),
        *(_ghost(made) if state.before or state.shape == "polygon" else ()),
        *((Outline("ink", "text", moved.ink, 1.0),) if moved.ink else ()),
        *_corners(state),
    )


def _ghost(made: Figure) -> tuple[Mark, ...]:
    return (Outline("before", "truth", made.areas + made.ink, 0.0, "hair"),)


@lru_cache(maxsize=4)
def _own(corners: tuple[tuple[Number, ...], ...]) -> Figure:
    return figures.polygon(np.array(corners, dtype=float).reshape(-1, 2))


def _corners(state: State) -> tuple[Mark, ...]:
    if state.shape != "polygon" or not state.polygon:
        return ()
    return (Points("corners", "input", np.array(state.polygon, dtype=float)),)


def _picture(state: State, M: Array, is_moving: bool) -> tuple[Mark, ...]:
    found = loaded(state.picture)[0]
    if found is None:
        return ()
    high, wide = found.shape[:2]
    x, y = (HALF * side / max(high, wide) for side in (wide, high))
    origin = np.array(state.origin, dtype=float)
    box = (-x, x, -y, y)
    before = (Picture("before", "truth", found, box, np.eye(2), origin, False),) if state.before else ()
    return (
        *before,
        Picture("picture", "truth", found, box, M, origin, not is_moving),
        Points("origin", "input", origin[None, :], is_hollow=True),
    )


def loaded(path: str) -> tuple[pictures.Pixels | None, str]:
    """The pixels, the built-in ones where the file has none, and what to say of that."""
    found = pictures.load(path)
    if not isinstance(found, str):
        return found, ""
    instead = pictures.load("") if path else found
    return (None, found) if isinstance(instead, str) else (instead, f"{found} The built-in picture stands in for it.")


def sentence(state: State) -> str:
    """What of it has to be said."""
    if state.shape == "picture":
        return loaded(state.picture)[1]
    if state.shape == "polygon" and len(state.polygon) < 3:
        return "Click into the plane to add corners to the polygon."
    return ""


def box(state: State, M: Array) -> Array:
    """Points (n, 2) that should be in sight."""
    if state.shape == "polygon" and state.polygon:
        corners = np.array(state.polygon, dtype=float)
        return np.concatenate([corners, corners @ M.T])
    if state.shape in SHAPES:
        points = SHAPES[state.shape]().points
        return np.concatenate([points, points @ M.T])
    if state.shape == "picture":
        corners = HALF * np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]], dtype=float)
        origin = np.array(state.origin, dtype=float)
        return np.concatenate([corners, origin + (corners - origin) @ M.T, origin[None, :]])
    return np.zeros((1, 2))


# The hand ---------------------------------------------------------------------------------------


def handles() -> tuple[Handle, ...]:
    """The corners of the polygon, and the origin of the picture."""
    origin = Handle(
        "origin", "the point that the picture is moved about", "input", lambda s, r: s.origin,
        lambda s, xy: replace(s, origin=xy), shown=lambda s, r: s.is_plane and s.shape == "picture",
    )  # fmt: skip
    return (*map(_corner, range(MOST)), origin)


def _corner(k: int) -> Handle:
    def at(state: State, result: Result) -> tuple[float, float]:
        x, y = state.polygon[k] if k < len(state.polygon) else (0.0, 0.0)
        return x, y

    def moved(state: State, xy: tuple[Number, Number]) -> State:
        if k >= len(state.polygon):
            return state
        return replace(state, polygon=(*state.polygon[:k], xy, *state.polygon[k + 1 :]))

    def is_there(state: State, result: Result) -> bool:
        return state.is_plane and state.shape == "polygon" and k < len(state.polygon)

    return Handle(f"polygon{k + 1}", f"corner {k + 1} of the polygon", "input", at, moved, shown=is_there)


def added(state: State, result: Result, xy: tuple[Number, Number]) -> State:
    """One corner more, between the last and the first."""
    return replace(state, polygon=(*state.polygon, xy)) if len(state.polygon) < MOST else state


def _takes_corners(state: State, result: Result) -> bool:
    return state.is_plane and state.shape == "polygon" and len(state.polygon) < MOST


CLICK = Click("polygon", "Add a corner here", added, shown=_takes_corners)


def without_last(state: State) -> State:
    """One corner less."""
    return replace(state, polygon=state.polygon[:-1])
