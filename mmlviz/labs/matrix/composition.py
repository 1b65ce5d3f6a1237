"""A product watched factor by factor, from the right; beside it the same factors in the opposite order."""

from fractions import Fraction
from math import isfinite

import numpy as np

from mmlviz.core import formula as f
from mmlviz.core import planar
from mmlviz.core.axes import fixed_frame, nothing
from mmlviz.core.lab import Formulas
from mmlviz.core.marks import Arrow, Curve, Drawn, Label, Mark, Points, Scene
from mmlviz.core.products import notation
from mmlviz.core.view import View
from mmlviz.core.words import equals_pair, is_exact, pair, show
from mmlviz.labs.matrix import figure, plane
from mmlviz.maths.composition import Composition
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import to_float
from mmlviz.maths.products import brief, joined
from mmlviz.maths.rational import exact, floats
from mmlviz.models.matrix import Result, State

LONGEST = 6  # characters of a product that stands in a label


# The picture ------------------------------------------------------------------------------------


def draw(state: State, result: Result, view: View) -> Scene:
    """The product's plane, and that of the opposite order."""
    made = {"plane": lambda: _plane(state, result, view, "plane")}
    if state.swapped:
        made["swapped"] = lambda: _plane(state, result, view, "swapped")
    return Drawn(made)


def _plane(state: State, result: Result, view: View, name: str) -> tuple[Mark, ...]:
    found, pane, is_backwards = state.composition, view[name], name == "swapped"
    if found.value is None:
        return (*fixed_frame(pane), nothing(pane, "no product", 0.75))
    if is_backwards and found.backwards is None:
        return (*fixed_frame(pane), nothing(pane, "no product in this order", 0.75))
    M = found.moved(float(state.t), is_backwards)
    size = to_float(_determinant(M))
    return (
        *figure.under(state, M, size, view.is_moving),
        *fixed_frame(pane),
        *plane.moved_grid(M, pane),
        *figure.over(state, M, size),
        *_trail(found, result.v, is_backwards),
        *_arrows(state, result, M, is_backwards),
        *(plane.area_label(M, size, pane) if state.shape == "square" and isfinite(size) else ()),
    )


def _determinant(M: Array) -> float | Fraction:
    """Without the last digits that floats add; a fraction where it is beyond them."""
    (a, b), (c, d) = exact(M.tolist())
    found = a * d - b * c
    size = to_float(found)
    return float(f"{size:.13g}") if isfinite(size) and (size != 0 or found == 0) else found


def _trail(found: Composition, v: Array, is_backwards: bool) -> tuple[Mark, ...]:
    """v after each factor."""
    stages = found.stages(v, is_backwards)
    inner = (Points("stages", "truth", stages[1:-1], is_hollow=True),) if len(stages) > 2 else ()
    return (Curve("trail", "truth", stages, "hair", is_dashed=True), *inner)


def _arrows(state: State, result: Result, M: Array, is_backwards: bool) -> tuple[Mark, ...]:
    name = label(state.composition, state, is_backwards)
    first, second, image = M[:, 0], M[:, 1], M @ result.v
    return (
        *planar.tip("v", "input", result.v, f"v {equals_pair(state.vector)}"),
        *planar.tip("image", "output", image, f"{name}v"),
        *planar.tip("second", "second", second, f"{name}ĵ {equals_pair(_tidy(second))}"),
        *planar.tip("first", "first", first, f"{name}î {equals_pair(_tidy(first))}"),
        *_gap(state, result, image, is_backwards),
    )


def _tidy(column: Array) -> list[float]:
    """Without the rounding of sums that are 0."""
    size = float(np.abs(column).max())
    return [0.0 if abs(x) <= 1e-14 * size else x for x in column.tolist()]


def _gap(state: State, result: Result, image: Array, is_backwards: bool) -> tuple[Mark, ...]:
    """In the main picture, from where v goes to where the opposite order takes it."""
    found = state.composition
    if is_backwards or not state.swapped or found.backwards is None or not found.gap or state.t != 1:
        return ()
    other = floats(found.backwards) @ result.v
    if (other == image).all():
        return ()
    name = label(found, state, is_backwards=True)
    return (
        Arrow("gap", "negative", image, other),
        Label("gap label", "negative", other, "the opposite order" if name == "M" else f"{name}v", (1, -1)),
    )


def label(found: Composition, state: State, is_backwards: bool = False) -> str:
    """The product's name in labels: its factors where they are short; on the way M(t)."""
    if state.t != 1:
        return "M(t)"
    node = joined(found.factors[::-1]) if is_backwards else found.node
    text = brief(node).replace(" ", "")
    return text if len(text) <= LONGEST else "M"


def fit(state: State, result: Result, pane: str) -> Box:
    """A box around the arrows of both orders, since both pictures show the same part of the plane."""
    found = state.composition
    seen = [result.v[None, :], np.eye(2)]
    for is_backwards in (False, True) if state.swapped else (False,):
        is_there = found.value is not None and not (is_backwards and found.backwards is None)
        M = found.moved(1.0, is_backwards) if is_there else np.eye(2)
        seen += [plane.corners(M), figure.box(state, M)]
        seen += [found.stages(result.v, is_backwards)] if is_there else []
    return planar.box_around(np.concatenate(seen))


def hover(state: State, result: Result, pane: str, xy: tuple[float, float]) -> str:
    """A point and where the product sends it."""
    found, is_backwards = state.composition, pane == "swapped"
    if found.value is None or (is_backwards and found.backwards is None):
        return f"x = {pair(xy, 3)}"
    image = found.moved(1.0, is_backwards) @ np.array(xy)
    return f"x = {pair(xy, 3)}    Mx = {pair(image.tolist(), 3)}"


# The words --------------------------------------------------------------------------------------


def formulas(state: State, result: Result) -> Formulas:
    """M as its product and its entries, the determinants, and the opposite order."""
    found = state.composition
    if found.value is None:
        return Formulas(lambda: f.row(f.Symbol("M"), "=", notation(found.node)))
    made = [lambda: _value_node(found, False), lambda: _determinants_node(found)]
    if state.swapped and found.backwards is not None and len(found.factors) > 1:
        made.insert(1, lambda: _value_node(found, True))
    return Formulas(*made)


def _value_node(found: Composition, is_backwards: bool) -> f.Node:
    node = joined(found.factors[::-1]) if is_backwards else found.node
    value = found.backwards if is_backwards else found.value
    assert value is not None
    sign = "=" if all(is_exact(x) for row in value for x in row) else "≈"
    return f.row(notation(node), sign, f.Matrix(tuple(tuple(map(f.number, row)) for row in value)))


def _determinants_node(found: Composition) -> f.Node:
    """det M = 2 · 1/2 · 3 = 3."""
    assert found.value is not None
    sizes = [_determinant(M) for M in found.matrices]
    total = _determinant(floats(found.value))
    parts: list[f.Node | str] = []
    for size in sizes:
        parts += ["·"] if parts else []
        parts.append(f.Brackets(f.number(size)) if size < 0 else f.number(size))
    sign = "=" if all(map(is_exact, (*sizes, total))) else "≈"
    return f.row(f.Text("det "), f.Symbol("M"), sign, *parts, *((sign, f.number(total)) if len(sizes) > 1 else ()))


def sentence(state: State, result: Result) -> str:
    """What acts first, and whether the order matters."""
    found = state.composition
    if found.problem is not None:
        return f"There is no product: {found.problem.message}."
    return f"{_order(found)} {_now(state, found)}{_commuting(found)}".strip()


def _order(found: Composition) -> str:
    names = [brief(factor) for factor in found.factors[::-1]]
    if len(names) == 1:
        return f"M is {names[0]}."
    return f"From the right: first {names[0]}, then {', then '.join(names[1:])}."


def _now(state: State, found: Composition) -> str:
    if state.t == 1:
        return ""
    done, share = found.at(float(state.t))
    factor = brief(found.factors[::-1][min(done, len(found.factors) - 1)])
    return f"The picture is {show(100 * share, 3)} % of the way through {factor}. "


def _commuting(found: Composition) -> str:
    if len(found.factors) < 2:
        return ""
    if found.backwards is None:
        return "In the opposite order there is no product."
    if found.gap == 0:
        return "In the opposite order the result is the same: these factors commute."
    assert found.gap is not None
    return f"In the opposite order the result is another: all entries together differ by {show(found.gap, 3)}."
