"""What the labs of 2×2 matrices share: arrows, handles, sliders and formulas of A and v.

A state here has fields matrix and vector; a result has A and v as arrays.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from mmlviz.core import formula as f
from mmlviz.core.controls import XY, Group, Handle, Slider
from mmlviz.core.fields import Field
from mmlviz.core.marks import Arrow, Label, Mark
from mmlviz.core.python import array
from mmlviz.core.words import equals_pair, is_brief_exact
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import Number

ENTRIES = ("a", "b", "c", "d")
UNITS = ("î", "ĵ", "k̂")  # unit vectors along the axes
COLUMN_NAMES = ("Aî, first column", "Aĵ, second column", "Ak̂, third column")
COLUMN_ROLES = ("first", "second", "third")  # of a matrix with up to three columns

MATRIX = Field(
    "matrix", "matrix A", shape=(2, 2), limits=(-1e9, 1e9), help="A = [[a, b], [c, d]]; its columns are Aî and Aĵ"
)
VECTOR = Field("vector", "vector v", shape=(2,), help="the vector that A acts on")

MATRIX_SLIDERS = Group(
    "Matrix A",
    tuple(Slider("matrix", (i, j), label=ENTRIES[2 * i + j], role=COLUMN_ROLES[j]) for i in range(2) for j in range(2)),
)
VECTOR_SLIDERS = Group(
    "Vector v",
    (Slider("vector", (0,), label="x", role="input"), Slider("vector", (1,), label="y", role="input")),
)


def with_column(state: Any, j: int, xy: tuple[Number, ...]) -> Any:
    """The state whose matrix has xy as its column j."""
    return replace(state, matrix=tuple((*row[:j], x, *row[j + 1 :]) for row, x in zip(state.matrix, xy)))


def column_handle(j: int, at: Callable[[Any, Any, int], XY], key: str, **more: Any) -> Handle:
    """A handle on column j of A; more as a Handle has it."""
    return Handle(
        key, COLUMN_NAMES[j], COLUMN_ROLES[j], lambda s, r: at(s, r, j), lambda s, xy: with_column(s, j, xy), **more
    )


def column_handles(
    at: Callable[[Any, Any, int], XY], said: Callable[[Any, Any], str] | None = None
) -> tuple[Handle, Handle]:
    """Handles on Aî and Aĵ."""
    return column_handle(0, at, "first", said=said), column_handle(1, at, "second", said=said)


def tip(key: str, role: str, at: Array, text: str) -> tuple[Mark, Mark]:
    """An arrow from 0 with its label beyond the tip."""
    return Arrow(key, role, at, np.zeros(2)), Label(f"{key} label", role, at, text, outwards(at))


def outwards(at: Array) -> tuple[float, float]:
    """The direction from 0 to a point, on which its label stands."""
    size = float(np.hypot(*at))
    return (float(at[0]) / size, float(at[1]) / size) if size > 0 else (1.0, 1.0)


def box_around(tips: Array) -> Box:
    """A box with the origin in its middle that holds all tips (n, 2) and their labels comfortably."""
    x, y = np.abs(tips).max(axis=0)
    least = max(float(x), float(y)) / 4 or 1.0  # a flat picture still needs some height
    x, y = (1.3 * max(float(reach), least) for reach in (x, y))
    return -x, x, -y, y


def column_text(state: Any, j: int) -> str:
    """Aî = (3/2, −1/2), as typed."""
    return f"A{'îĵ'[j]} {equals_pair((state.matrix[0][j], state.matrix[1][j]))}"


def matrix_node(state: Any) -> f.Node:
    """The matrix, each column in the colour of its arrow."""
    return f.Matrix(
        tuple(tuple(f.Coloured(COLUMN_ROLES[j], f.number(x)) for j, x in enumerate(row)) for row in state.matrix)
    )


def product_node(state: Any, image: Array) -> f.Node:
    """A v = (matrix)(vector) = (image)."""
    A, v = f.Symbol("A"), f.Symbol("v", is_bold=True)
    given, result = f.column(state.vector, "input"), f.column(image.tolist(), "output")
    numbers = (*(x for row in state.matrix for x in row), *state.vector, *image.tolist())
    return f.row(A, v, "=", matrix_node(state), given, "=" if all(map(is_brief_exact, numbers)) else "≈", result)


def recipe_of_image(state: Any) -> str:
    """The lines that every recipe here begins with: A, v, their product, and the entries of A by name."""
    return f"""import numpy as np

A = {array(state.matrix)}
v = {array(state.vector)}

image = A @ v
(a, b), (c, d) = A
"""


def has_fraction(state: Any) -> bool:
    """Whether an entry was typed as a fraction, so that answers are given as fractions too."""
    return any("/" in x.text for row in state.matrix for x in row)
