"""A lab with a plane and a space: what the frame of spaces is tested with."""

import sys
from dataclasses import dataclass, replace

import numpy as np

from mmlviz.core.controls import Handle3
from mmlviz.core.fields import Field
from mmlviz.core.formula import Text
from mmlviz.core.lab import Lab, Reading
from mmlviz.core.layout import Plane, Space, Split
from mmlviz.core.marks import (
    Arrow3,
    Box3,
    Curve3,
    Label,
    Label3,
    Mark,
    Points3,
    Polygon3,
    Scene,
    Segments3,
    Surface,
)
from mmlviz.core.view import Camera, View
from mmlviz.maths.number import Number

HOME = Camera(-50.0, 30.0)
FINE, COARSE = 16, 6  # points along a side at rest, and while something moves


@dataclass(frozen=True, slots=True)
class State:
    """How steep the saddle is, and where the dot is that can be held."""

    steepness: Number = Number("1")
    dot: tuple[Number, Number, Number] = (Number("0.5"), Number("0"), Number("0.2"))


def compute(state: State) -> float:
    """The steepness itself."""
    return float(state.steepness)


def marks(steepness: float, count: int) -> tuple[Mark, ...]:
    """One mark of every kind, about the saddle z = a (x² − y²) and a horizontal plane that cuts it."""
    side = np.linspace(-1, 1, count)
    x, y = np.meshgrid(side, side)
    flat = np.full((count, count), 0.2)
    flat[0, 0] = np.nan
    line = np.array([[-1.0, 0, 1], [0, 0, 0], [1, 0, 1]])
    return (
        Box3("box", "axis", np.full(3, -1.0), np.ones(3)),
        Surface("saddle", "axis", side, side, (steepness * (x**2 - y**2)).clip(-1, 1), "signed"),
        Surface("level", "output", side, side, flat, share=0.8),
        Curve3("curve", "first", line),
        Segments3("pieces", "second", line[:2]),
        Points3("dots", "special", line, is_hollow=True),
        Arrow3("arrow", "input", np.array([0, 0, 0.9]), np.zeros(3)),
        Polygon3("floor", "truth", np.array([[-1.0, -1, -1], [1, -1, -1], [1, 1, -1]])),
        Label3("label", "special", np.zeros(3), "middle = 0"),
    )


def draw(state: State, result: float, view: View) -> Scene:
    """The space, and a plane that says how large the numbers are."""
    plane = (Label("value", "text", np.zeros(2), f"a = {result:g}"),)
    return {"solid": marks(result, COARSE if view.is_moving else FINE), "plane": plane}


LAB = Lab(
    id="spacious",
    title="Spacious",
    model=sys.modules[__name__],
    layout=Split((Space("solid", "The saddle", HOME), Plane("plane", "Its steepness"))),
    fields=(
        Field("steepness", "steepness", limits=(0, 1), help="how steep it is"),
        Field("dot", "dot", shape=(3,), limits=(-1, 1), help="where it is"),
    ),
    groups=(),
    handles=(),
    values=(),
    presets=(),
    tries="Turn it.",
    handles3=(
        Handle3(
            "dot",
            "the dot",
            "special",
            lambda s, r: s.dot,
            lambda s, xyz: replace(s, dot=xyz),
            "solid",
            shown=lambda s, r: s.steepness > 0,
        ),
    ),
    draw=draw,
    tell=lambda state, result: Reading((Text("a"),), {}, "A saddle."),
    recipe=lambda state: "",
)
