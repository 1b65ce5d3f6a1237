"""Eigenvectors: which directions A leaves alone, and what it does along them."""

from dataclasses import replace
from math import hypot, radians, sin

import numpy as np

from mmlviz.core import planar
from mmlviz.core.controls import Handle, Preset
from mmlviz.core.lab import Lab, Value
from mmlviz.core.layout import Plane, Split
from mmlviz.core.view import PaneView
from mmlviz.labs.eigen.picture import draw, fit, hover
from mmlviz.labs.eigen.words import recipe, tell
from mmlviz.maths import spectrum as sp
from mmlviz.models import eigen as model
from mmlviz.models.eigen import Result, State

SNAP = 5.0  # degrees within which snapping pulls v onto an eigenline


def _column_at(state: State, result: Result, j: int) -> tuple[float, float]:
    return state.matrix[0][j], state.matrix[1][j]


def _snapped(state: State, result: Result, xy: tuple[float, float], pane: PaneView) -> tuple[float, float]:
    """v on the nearest eigenline, if that is within a few degrees."""
    length = hypot(*xy)
    best = xy
    closest = sin(radians(SNAP)) * length
    for vector in result.spectrum.vectors if result.spectrum.kind != "whole plane" else ():
        off = abs(xy[0] * vector[1] - xy[1] * vector[0])
        if off < closest:
            closest, along = off, float(np.array(xy) @ vector)
            best = (along * float(vector[0]), along * float(vector[1]))
    beyond = max(map(abs, best)) / planar.VECTOR.limits[1]
    return (best[0] / beyond, best[1] / beyond) if beyond > 1 else best


LAB = Lab(
    id="eigen",
    title="Eigenvectors",
    model=model,
    layout=Split(
        (
            Plane("plane", "v and Av", home=(-3.6, 3.6, -2.4, 2.4), weight=5),
            Split(
                (
                    Plane("spectrum", "Eigenvalues", home=(-3.0, 3.0, -2.2, 2.2)),
                    Plane("map", "Trace and det", home=(-8.0, 8.0, -12.0, 18.0), is_locked=False),
                ),
                is_column=True,
                weight=2,
            ),
        )
    ),
    fields=(planar.MATRIX, planar.VECTOR),
    groups=(planar.MATRIX_SLIDERS, planar.VECTOR_SLIDERS),
    handles=(
        Handle("v", "v", "input", lambda s, r: s.vector,
               lambda s, xy: replace(s, vector=xy), snapped=_snapped),
        *planar.column_handles(_column_at),
    ),
    values=(
        Value("eigenvalues", "[re, im] each; by modulus, then real part, then positive imaginary part first",
              "array of 2 arrays of 2 numbers"),
        Value("eigenvectors", "one real unit vector per eigenline, in the order of the eigenvalues; none when complex",
              "array of arrays of 2 numbers"),
        Value("kind", "which of the seven cases", "string", words=sp.KINDS),
        Value("characteristic_polynomial", "[1, −tr, det]: λ² − tr λ + det", "array of 3 numbers"),
        Value("discriminant", "(tr/2)² − det: positive for two real eigenvalues", "number"),
        Value("image", "A times vector", "array of 2 numbers"),
        Value("angle", "degrees from v to Av; null where one of them is 0", "number or null"),
        Value("ratio", "length of Av by length of v; null where v is 0", "number or null"),
    ),
    presets=(
        Preset("By inspection: 2I", "mmlviz:eigen?matrix=2,0;0,2&vector=1,1"),
        Preset("By inspection: scaling by 3 and 2", "mmlviz:eigen?matrix=3,0;0,2&vector=1,1"),
        Preset("By inspection: shear", "mmlviz:eigen?matrix=1,2;0,1&vector=0,1"),
        Preset("By inspection: quarter turn", "mmlviz:eigen?matrix=0,-1;1,0&vector=1,0"),
        Preset("By inspection: −I", "mmlviz:eigen?matrix=-1,0;0,-1&vector=1,1"),
        Preset("By inspection: scaling with shear", "mmlviz:eigen?matrix=2,1;0,2&vector=0,1"),
        Preset("λ² − 8λ + 15: two real roots", "mmlviz:eigen?matrix=3,4;0,5&vector=1,1"),
        Preset("λ² − 25: opposite eigenvalues", "mmlviz:eigen?matrix=-3,8;2,3&vector=1,0"),
        Preset("(λ − 1)²: defective", "mmlviz:eigen?matrix=5,4;-4,-3&vector=1,0"),
        Preset("λ² + λ + 1: no real root", "mmlviz:eigen?matrix=-2,-3;1,1&vector=1,0"),
        Preset("Diagonalisation: λ = 5 and 4", "mmlviz:eigen?matrix=6,-1;2,3&vector=1/2,1/4"),
    ),
    tries="Drag v around the circle. Where does Av lie on the same line as v?",
    draw=draw,
    tell=tell,
    recipe=recipe,
    hover=hover,
    fit=fit,
    help="An eigenvector stays on its line when A acts; its eigenvalue λ says how much it is stretched.",
)  # fmt: skip
