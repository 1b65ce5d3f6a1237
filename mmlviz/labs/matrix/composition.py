"""A product watched factor by factor, from the right; beside it the same factors in the opposite order."""

from collections.abc import Callable
from fractions import Fraction
from math import isfinite

import numpy as np

from mmlviz.core import planar
from mmlviz.core.axes import fixed_frame, nothing
from mmlviz.core.lab import Hint
from mmlviz.core.marks import Arrow, Curve, Drawn, Label, Mark, Points, Scene
from mmlviz.core.view import View
from mmlviz.core.words import equals_pair, pair
from mmlviz.labs.matrix import figure, plane
from mmlviz.labs.matrix.factors import dimension, has_scheme, has_swapped, scheme_box
from mmlviz.maths import spaces
from mmlviz.maths.any_shape import Known
from mmlviz.maths.composition import Composition
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import to_float
from mmlviz.maths.products import brief, joined
from mmlviz.maths.rational import exact, floats
from mmlviz.models.matrix import Result, State

LONGEST = 6  # characters of a product that stands in a label


# The picture ------------------------------------------------------------------------------------


def draw(state: State, result: Result | Known, view: View) -> Scene:
    """What the product moves, the same for the opposite order, and where an entry of it comes from."""
    from mmlviz.labs.matrix import composition_space as space
    from mmlviz.labs.matrix import scheme

    made: dict[str, Callable[[], tuple[Mark, ...]]] = {}
    n = dimension(state)
    if n == 2:
        made["plane"] = lambda: _plane(state, result, view, "plane")
    if n == 2 and has_swapped(state):
        made["swapped"] = lambda: _plane(state, result, view, "swapped")
    if n == 3:
        made["space"] = lambda: space.moved(state, view, is_backwards=False)
    if n == 3 and has_swapped(state):
        made["swapped space"] = lambda: space.moved(state, view, is_backwards=True)
    if has_scheme(state):
        made["scheme"] = lambda: scheme.draw(state)
    return Drawn(made)


def _plane(state: State, result: Result | Known, view: View, name: str) -> tuple[Mark, ...]:
    found, pane, is_backwards = state.composition, view[name], name == "swapped"
    if found.value is None:
        return (*fixed_frame(pane), nothing(pane, "no product", 0.75))
    if is_backwards and found.backwards is None:
        return (*fixed_frame(pane), nothing(pane, "no product in this order", 0.75))
    M = found.moved(float(state.t), is_backwards)
    size = to_float(determinant(state, M, is_backwards))
    return (
        *figure.under(state, M, size, view.is_moving),
        *fixed_frame(pane),
        *plane.moved_grid(M, pane),
        *figure.over(state, M, size),
        *_trail(found, _v(result), is_backwards),
        *_arrows(state, result, M, is_backwards),
        *(plane.area_label(M, size, pane) if state.shape == "square" and isfinite(size) else ()),
    )


def _v(result: Result | Known) -> Array:
    """v in the plane, also where A takes vectors of another size."""
    return np.array([*result.v, 0.0])[:2]


def determinant(state: State, M: Array, is_backwards: bool) -> float | Fraction:
    """Of the product as it is drawn: exactly at its end, on the way without the last digits that floats add."""
    value = state.composition.backwards if is_backwards else state.composition.value
    if state.t == 1 and value is not None:
        return spaces.determinant(value)
    found = spaces.determinant(exact(M.tolist()))
    size = to_float(found)
    return float(f"{size:.13g}") if isfinite(size) and (size != 0 or found == 0) else found


def _trail(found: Composition, v: Array, is_backwards: bool) -> tuple[Mark, ...]:
    """v after each factor."""
    stages = np.array(found.stages(v, is_backwards))
    inner = (Points("stages", "truth", stages[1:-1], is_hollow=True),) if len(stages) > 2 else ()
    return (Curve("trail", "truth", stages, "hair", is_dashed=True), *inner)


def _arrows(state: State, result: Result | Known, M: Array, is_backwards: bool) -> tuple[Mark, ...]:
    name = label(state.composition, state, is_backwards)
    v = _v(result)
    first, second, image = M[:, 0], M[:, 1], M @ v
    return (
        *planar.tip("v", "input", v, f"v {equals_pair(state.vector[:2])}"),
        *planar.tip("image", "output", image, f"{name}v"),
        *planar.tip("second", "second", second, f"{name}ĵ {equals_pair(_tidy(second))}"),
        *planar.tip("first", "first", first, f"{name}î {equals_pair(_tidy(first))}"),
        *_gap(state, v, image, is_backwards),
    )


def _tidy(column: Array) -> list[float]:
    """Without the rounding of sums that are 0."""
    size = float(np.abs(column).max())
    return [0.0 if abs(x) <= 1e-14 * size else x for x in column.tolist()]


def _gap(state: State, v: Array, image: Array, is_backwards: bool) -> tuple[Mark, ...]:
    """In the main picture, from where the opposite order takes v to where v goes."""
    found = None if is_backwards else other_image(state, v, image)
    if found is None:
        return ()
    other, text = found
    return Arrow("gap", "negative", image, other), Label("gap label", "negative", other, text, (1, -1))


def other_image(state: State, v: Array, image: Array) -> tuple[Array, str] | None:
    """Where the opposite order takes v at the end, and its name; None where it is not asked for, or is the image."""
    found = state.composition
    if not state.swapped or found.backwards is None or not found.gap or state.t != 1:
        return None
    other = floats(found.backwards) @ v
    if (other == image).all():
        return None
    name = label(found, state, is_backwards=True)
    return other, "the opposite order" if name == "M" else f"{name}v"


def label(found: Composition, state: State, is_backwards: bool = False) -> str:
    """The product's name in labels: its factors where they are short; on the way M(t)."""
    if state.t != 1:
        return "M(t)"
    node = joined(found.factors[::-1]) if is_backwards else found.node
    text = brief(node).replace(" ", "")
    return text if len(text) <= LONGEST else "M"


def fit(state: State, result: Result | Known, pane: str) -> Box:
    """A box around the arrows of both orders, since both pictures show the same part of the plane."""
    if pane == "scheme":
        return scheme_box(state)
    found, v = state.composition, _v(result)
    if dimension(state) != 2:
        return planar.box_around(np.eye(2))  # nothing is moved in a plane
    seen = [v[None, :], np.eye(2)]
    for is_backwards in (False, True) if state.swapped else (False,):
        is_there = found.value is not None and not (is_backwards and found.backwards is None)
        M = found.moved(1.0, is_backwards) if is_there else np.eye(2)
        seen += [plane.corners(M), figure.box(state, M)]
        seen += [np.array(found.stages(v, is_backwards))] if is_there else []
    return planar.box_around(np.concatenate(seen))


def hover(state: State, result: Result | Known, pane: str, xy: tuple[float, float]) -> str | Hint:
    """A point and where the product sends it; or an entry, and where it comes from."""
    if pane == "scheme" and has_scheme(state):
        from mmlviz.labs.matrix import scheme

        return scheme.hover(state, xy)
    found, is_backwards = state.composition, pane == "swapped"
    if found.value is None or (is_backwards and found.backwards is None):
        return f"x = {pair(xy, 3)}"
    image = found.moved(1.0, is_backwards) @ np.array(xy)
    return f"x = {pair(xy, 3)}    Mx = {pair(image.tolist(), 3)}"
