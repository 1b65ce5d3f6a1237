"""How a small change of the output moves the input: a circle about Av and what A sends onto it."""

from math import inf

import numpy as np

from mmlviz.core.marks import Curve, Mark
from mmlviz.core.words import show
from mmlviz.maths import matrix2
from mmlviz.maths.number import to_float
from mmlviz.models.matrix import Result, State

SHARE = 0.05  # of the length of Av: the size of the change
AROUND = np.linspace(0.0, 2 * np.pi, 145)
CIRCLE = np.column_stack([np.cos(AROUND), np.sin(AROUND)])
CIRCLE.flags.writeable = False
FARTHEST = 1e6  # of the input: farther away nothing can be drawn


def marks(state: State, result: Result) -> tuple[Mark, ...]:
    """The circle of radius |Av|/20 about Av, and the ellipse about v that A sends onto it."""
    if not state.wobble or state.t != 1 or not result.image.any():
        return ()
    circle = SHARE * np.hypot(*result.image) * CIRCLE
    found: tuple[Mark, ...] = (Curve("changes of Av", "output", result.image + circle),)
    if result.inverse is None:
        return found
    ellipse = circle @ np.array([[to_float(x) for x in row] for row in result.inverse]).T
    if np.abs(ellipse).max() > FARTHEST:
        return found
    return (*found, Curve("changes of v", "input", result.v + ellipse))


def largest(result: Result) -> float:
    """The largest change of v, relative to v, for a change of Av by SHARE of its length; inf for a singular A."""
    smallest, size = result.singular_values[1], float(np.hypot(*result.v))
    if smallest == 0 or size == 0:
        return inf
    return SHARE * float(np.hypot(*result.image)) / smallest / size


def sentence(state: State, result: Result) -> str:
    """What the two curves say."""
    if not state.wobble or state.t != 1:
        return ""
    if not result.image.any():
        return "Av is 0: there is no share of it to change."
    share = f"{show(100 * SHARE)} %"
    if result.inverse is None:
        return f"A is singular: after a change of {share} across the image line no v has that image."
    found = largest(result)
    moved = f"{show(100 * found, 2)} %" if found < 10 else f"{show(found, 2)} times its length"
    exactly = "≈ " if not matrix2.is_close(found, round(found, 2)) else ""
    return f"A change of Av by {share} of its length moves v by up to {exactly}{moved}."
