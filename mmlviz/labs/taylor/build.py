"""Putting the polynomial together: first the value, then the slope, then the bend, then derivative by derivative."""

from math import floor

import numpy as np

from mmlviz.core.marks import Curve, Label, Mark, Points
from mmlviz.core.view import PaneView
from mmlviz.core.words import raised
from mmlviz.labs.taylor.formulas import said
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.polynomial import horner
from mmlviz.models.taylor import Result, State

STROKE = 0.09  # of the pane's width on either side of the centre: slope and bend
ORDINALS = ("value", "slope", "bend")


def is_building(state: State) -> bool:
    """Whether the polynomial is not all there yet."""
    return state.built < 1


def stage(state: State) -> tuple[int, float]:
    """The order of the term that is coming, and how much of it is there."""
    at = float(state.built) * (int(state.order) + 1)
    k = min(floor(at), int(state.order))
    return k, at - k


def so_far(state: State) -> str:
    """What stands behind the name of the polynomial while it is not all there."""
    return " so far" if is_building(state) else ""


def marks(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """Value, slope and bend of f at the centre, and in dashes those of the polynomial, which come to meet them."""
    if not is_building(state) or result.series is None:
        return ()
    assert result.coefficients is not None
    c, mine = result.series.coefficients, result.coefficients
    a, k = result.centre, stage(state)[0]
    found: list[Mark] = [Points("value", "input", np.array([[a, c[0]]]))]
    if k >= 1 and len(c) > 1:
        found += _pieces("slope", "first", c, mine, 2, a, pane)
    if k >= 2 and len(c) > 2:
        found += _pieces("bend", "second", c, mine, 3, a, pane)
    return tuple(found)


def _pieces(name: str, role: str, c: Array, mine: Array, terms: int, a: float, pane: PaneView) -> list[Mark]:
    """A short piece of f's tangent or parabola, and of the polynomial's own."""
    reach = STROKE * (pane.box[1] - pane.box[0])
    h = np.linspace(-reach, reach, 33)
    low, high = pane.box[2] - 3 * (pane.box[3] - pane.box[2]), pane.box[3] + 3 * (pane.box[3] - pane.box[2])
    curves = [np.column_stack([a + h, np.clip(horner(part[:terms], h), low, high)]) for part in (c, mine)]
    return [
        Curve(name, role, curves[0], "vector"),
        Curve(f"{name} so far", "output", curves[1], "line", is_dashed=True),
        Label(f"{name} label", role, curves[0][-1], name, (1, 0.5)),
    ]


def told(state: State) -> str:
    """What has been matched, and what comes next."""
    k, _ = stage(state)
    a = said(state.centre)
    done = [_derivative(j, a) for j in range(k)]
    matched = f"Matched so far: {', '.join(done[:4])}{' …' if k > 4 else ''}. " if done else ""
    coming = f"Now coming: {_derivative(k, a)}{_called(k)}."
    return f"{matched}{coming} All errors are those of what is drawn so far."


def _derivative(k: int, a: str) -> str:
    """f(2), f′(2), f″(2), f‴(2), f⁽⁴⁾(2)."""
    if k <= 3:
        return f"f{('', '′', '″', '‴')[k]}({a})"
    return f"f⁽{raised(k)}⁾({a})"


def _called(k: int) -> str:
    return f", the {ORDINALS[k]}" if k < len(ORDINALS) else ""
