"""The controls of A and v in every shape, and what the shapes and shadows are made with."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mmlviz.core.controls import Button, Buttons, Group, Slider
from mmlviz.core.fields import has_entry
from mmlviz.core.planar import COLUMN_ROLES
from mmlviz.maths.number import Number
from mmlviz.maths.shadow import shadow
from mmlviz.models.matrix import SIZES, State, reshaped

TITLES = {(2, 2): "2×2", (3, 3): "3×3", (2, 3): "3→2", (3, 2): "2→3"}
MEANINGS = {
    (2, 2): "A moves the plane", (3, 3): "A moves space", (2, 3): "A takes space to the plane",
    (3, 2): "A takes the plane into space",
}  # fmt: skip
LETTERS = "abcdefghi"


def _has(field: str, index: tuple[int, ...]) -> Callable[[State], bool]:
    return lambda state: has_entry(getattr(state, field), index)


def _letter(i: int, j: int) -> Callable[[State], str]:
    return lambda state: LETTERS[i * state.size[1] + j]


def _entry(i: int, j: int) -> Slider:
    home = None if i < 2 and j < 2 else Number(str(int(i == j)))
    return Slider("matrix", (i, j), label=LETTERS[3 * i + j], role=COLUMN_ROLES[j], shown=_has("matrix", (i, j)),
                  named=_letter(i, j), home=home)  # fmt: skip


def _component(k: int, name: str) -> Slider:
    home = Number("1") if k == 2 else None
    return Slider("vector", (k,), label=name, role="input", shown=_has("vector", (k,)), home=home)


def _size(m: int, n: int) -> Button:
    said = f"{MEANINGS[m, n]}: {m} rows, {n} columns"
    return Button(f"size.{m}x{n}", TITLES[m, n], lambda s: reshaped(s, m, n), said, is_new=True)


MATRIX_GROUP = Group(
    "Matrix A",
    (
        Buttons(tuple(_size(m, n) for m, n in SIZES)),
        *(_entry(i, j) for i in range(3) for j in range(3)),
    ),
)
VECTOR_GROUP = Group(
    "Vector v",
    tuple(_component(k, name) for k, name in enumerate("xyz")),
    is_in_projector=False,
)


def cast(state: State, **changed: Any) -> State:
    """A made anew by the palette: the shadows that the sun casts from there."""
    state = replace(reshaped(state, 2, 3), **changed)
    return replace(state, matrix=shadow(state.around, state.height))


def _is_cast(state: State) -> bool:
    """Whether A is what the palette makes of its sun, to its digits: 1/3 is 0.3333."""
    made = shadow(state.around, state.height)
    pairs = [(x, y) for rows in zip(state.matrix, made) for x, y in zip(*rows)]
    return all(abs(x - y) <= 1e-3 * max(1.0, abs(y)) for x, y in pairs)


SHADOW_GROUP = Group(
    "Shadow",
    (
        Buttons((Button("shadow", "Shadow", cast, "Make A what casts shadows onto the floor"),)),
        Slider("around", low=-180, high=180, step=1, label="around", role="special", shown=_is_cast,
               taken=lambda s, x: cast(s, around=x)),
        Slider("height", low=10, high=90, step=1, label="height", role="special", shown=_is_cast,
               taken=lambda s, x: cast(s, height=x)),
    ),
    is_in_projector=False,
    shown=lambda s: s.page == "matrix" and s.size == (2, 3),
)  # fmt: skip
