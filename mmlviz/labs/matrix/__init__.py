"""Matrix transformations: the plane moves, and what its columns, area and collapse say."""

from dataclasses import replace
from typing import Any

import numpy as np

from mmlviz.core import planar
from mmlviz.core.controls import (
    Button,
    Buttons,
    Choose,
    Group,
    Handle,
    OpenPicture,
    Play,
    Preset,
    Slider,
    Strip,
    Tick,
    Typed,
    always,
)
from mmlviz.core.fields import Field
from mmlviz.core.lab import Lab, Value
from mmlviz.core.layout import Plane, Space, Split
from mmlviz.core.options import Choice, Matrices, PictureFile, Places, Product, Switch
from mmlviz.labs.matrix import apart, factors, figure, holds, stepping, strip
from mmlviz.labs.matrix.entries import MATRIX_GROUP, SHADOW_GROUP, VECTOR_GROUP
from mmlviz.labs.matrix.picture import draw, fit, hover
from mmlviz.labs.matrix.words import KINDS, PROPERTIES, recipe, tell
from mmlviz.maths import matrix2, types2
from mmlviz.maths.number import Number
from mmlviz.models import matrix as model
from mmlviz.models.matrix import SIZES, Result, State, completed, reshaped

TITLES = {
    "rotation": "Rotation", "scaling": "Scaling", "shear": "Shear", "reflection": "Reflection",
    "projection": "Projection",
}  # fmt: skip
TRY = "Drag Aî until the area is zero. Where does the whole plane go?"
TRIES = {
    (3, 3): "Turn space with the mouse. Which entry makes the volume zero, and what is left of space?",
    (2, 3): "Drag the sun. Then turn space until you look along its rays: the shadow hides behind v.",
    (3, 2): "Drag v in its plane. Can Av leave the image plane?",
}
TRY_SHAPES = "Point at an entry of the product. Which row and which column meet there?"
TRY_PRODUCT = "Drag a factor to another place. When does the order not matter?"
FAR = 1e4  # condition number from which v runs out of the window when Av is dragged


def _column_at(state: State, result: Result, j: int) -> tuple[float, float]:
    if state.t == 1:
        return state.matrix[0][j], state.matrix[1][j]
    return float(result.moved[0, j]), float(result.moved[1, j])


def _image_at(state: State, result: Result) -> tuple[float, float]:
    x, y = result.moved @ result.v
    return float(x), float(y)


def _image_moved(state: State, xy: tuple[Number, Number]) -> State:
    """v follows its image by the inverse; a singular A lets the image slide along its line only."""
    v = np.array(state.vector, dtype=float)
    x, y = (float(p) for p in matrix2.preimage(state.matrix, v, xy))
    if max(abs(x), abs(y)) > planar.VECTOR.limits[1]:
        return state  # out of reach: the last v that was not stays, and _image_said says why
    return replace(state, vector=(Number.significant(x, 5), Number.significant(y, 5)))


def _image_said(state: State, result: Result) -> str:
    if result.rank == 1:
        return "A is singular: Av can only slide along the image line, where every output lies."
    if result.rank == 0:
        return "A is zero: Av cannot leave the origin."
    if result.condition > FAR:
        return "A is nearly singular: v has to run far for Av to move a little across the image line."
    return _on_the_way(state, result)


def _corner_at(state: State, result: Result) -> tuple[float, float]:
    x, y = result.moved.sum(axis=1).tolist()
    return x, y


def _corner_moved(state: State, xy: tuple[Number, Number]) -> State:
    """The parallelogram turned and stretched as a whole, so that its corner Aî + Aĵ comes to lie there.

    Seen as complex numbers, the columns are multiplied by new corner / old corner.
    """
    first, second = (complex(*column) for column in zip(*state.matrix))
    if first + second == 0:
        return state  # _corner_said says why
    by = complex(*xy) / (first + second)
    first, second = first * by, second * by
    (a, b), (c, d) = (map(_short, (first.real, second.real)), map(_short, (first.imag, second.imag)))
    moved = replace(state, matrix=((a, b), (c, d)))
    return moved if planar.MATRIX.allows(moved.matrix) else state


def _short(x: float) -> Number:
    return Number.significant(x, 4)


def _corner_said(state: State, result: Result) -> str:
    if state.t == 1 and not result.moved.sum(axis=1).any():
        return "Aî and Aĵ are opposite: their sum stays 0 however they are turned and stretched."
    return _on_the_way(state, result)


def _typical(state: State, **changed: Any) -> State:
    """A made anew by the palette."""
    state = replace(reshaped(state, 2, 2), **changed)
    return replace(state, matrix=types2.typical(state.type, state.angle, state.amount))


def _palette() -> Group:
    def button(name: str) -> Button:
        return Button(f"type.{name}", TITLES[name], lambda s: _typical(s, type=name), f"Make A a {name}", usable=always)

    return Group(
        "Types of matrix",
        (
            Buttons((button("rotation"), button("reflection"), button("projection"))),
            Buttons((button("scaling"), button("shear"))),
            Slider("angle", low=-180, high=180, step=1, label="θ", role="special",
                   shown=lambda s: s.is_typical and s.type in types2.ANGLED,
                   taken=lambda s, x: _typical(s, angle=x)),
            Slider("amount", low=-3, high=3, label="k", role="special",
                   shown=lambda s: s.is_typical and s.type not in types2.ANGLED,
                   taken=lambda s, x: _typical(s, amount=x)),
        ),
        is_in_projector=False,
        shown=_is_matrix,
    )  # fmt: skip


def _is_held(state: State, result: Result) -> bool:
    """On the page of products it is M that moves, whose columns nobody holds; what is held in space is in holds."""
    return _is_matrix(state)


def _is_matrix(state: State) -> bool:
    return state.page == "matrix" and state.is_plane


def _is_one(state: State, m: int, n: int) -> bool:
    """Whether one matrix of this size is shown."""
    return state.page == "matrix" and state.size == (m, n)


def _is_space(state: State) -> bool:
    """Whether space is shown: one matrix, or a product of 3×3 matrices."""
    return factors.is_spatial(state) or (state.page == "matrix" and not state.is_plane)


def _is_moved(state: State) -> bool:
    """Whether a plane is moved, by A or by a product."""
    return _is_matrix(state) or factors.is_planar(state)


def _has_way(state: State) -> bool:
    return state.page == "matrix" and state.size[0] == state.size[1]


def _undone(state: State) -> State:
    """A is done, and its inverse is to come."""
    if _undone_use(state) is not True:
        return state
    return replace(state, page="product", product="A^-1 A", swapped=False, t=Number("0.5"))


def _undone_use(state: State) -> bool | str:
    if not _has_way(state):
        return "Only a square matrix has an inverse"
    is_singular = matrix2.is_singular(state.matrix) if state.is_plane else model.compute(state).is_singular
    return not is_singular or "A is singular: nothing brings back what has become one point"


def _to_try(state: State) -> str:
    if state.page == "matrix":
        return TRIES.get(state.size, TRY)
    if factors.is_product(state):
        return TRY_PRODUCT if factors.dimension(state) else TRY_SHAPES
    return stepping.TRIES[state.size[1]]


def _on_the_way(state: State, result: Result) -> str:
    return "" if state.t == 1 else "on the way to A: press to finish the run, then drag"


LAB = Lab(
    id="matrix",
    title="Matrix transformations",
    model=model,
    layout=Split(
        (
            Plane("plane", "The plane and its image", linked="planes", weight=3, shown=_is_moved),
            Plane("swapped", "The opposite order", linked="planes", weight=3,
                  shown=lambda s: factors.is_planar(s) and factors.has_swapped(s)),
            Plane("inputs", "The plane of the inputs", weight=2, shown=lambda s: _is_one(s, 3, 2)),
            Space("space", "Space", stepping.CAMERA, weight=3, shown=_is_space),
            Space("swapped space", "Space, the opposite order", stepping.CAMERA, weight=3,
                  shown=lambda s: factors.is_spatial(s) and factors.has_swapped(s)),
            Plane("scheme", "Row times column", home=factors.HOME, weight=3, follows=factors.scheme_box,
                  shown=factors.has_scheme),
            Plane("shadow", "The plane of the outputs", weight=2, shown=lambda s: _is_one(s, 2, 3)),
            *stepping.PANES,
        )
    ),
    fields=(
        replace(planar.MATRIX, shapes=SIZES, help="2×2 A = [[a, b], [c, d]], 3×3, 2×3 or 3×2; its columns are Aî, Aĵ"
                " and Ak̂"),
        replace(planar.VECTOR, shapes=((2,), (3,)), help="the vector that A acts on, with as many numbers as A has"
                " columns"),
        Field("t", "way to A", limits=(0, 1), help="0 at the identity, 1 at A; the values always describe A"),
        Choice("path", "path", options=("polar", "entries"), titles=("turn and stretch", "entry by entry"),
               help="the way from the identity to A: it turns while it stretches, or every entry goes straight"),
        Choice("type", "type", options=types2.TYPES, help="what the palette last made of A"),
        Field("angle", "angle θ", limits=(-360, 360), unit="°",
              help="of the palette's rotation, or of the line that it reflects in or projects onto, in degrees"),
        Field("amount", "amount k", limits=(-100, 100), help="of the palette's scaling, or of its shear along x"),
        Switch("wobble", "small changes", help="how a small change of Av moves v"),
        Choice("page", "page", options=("matrix", "product", "equations"),
               titles=("one matrix", "a product of matrices", "linear equations"),
               help="whether A is shown, a product, or the equations A x = b"),
        Product("product", "product M", help="matrices applied one after the other, the last one first"),
        Matrices("names", "matrices B, C, …", help="the other matrices of the product, by their letters"),
        Switch("swapped", "opposite order", help="the product of the same factors in the opposite order"),
        Switch("scheme", "row times column", help="where the entries of the product come from"),
        Field("entry", "entry of the product", shape=(2,), limits=(1, 3), is_whole=True,
              help="its row and column: the entry whose sum is told"),
        Choice("shape", "what is moved", options=tuple(figure.TITLES), titles=tuple(figure.TITLES.values()),
               help="what is moved beside the grid"),
        Switch("before", "as it was", help="what is moved also where it was before"),
        Places("polygon", "polygon", most=figure.MOST, help="the corners of the own polygon"),
        PictureFile("picture", "picture", help="the picture that is moved"),
        Field("origin", "origin of the picture", shape=(2,),
              help="the point that the picture is moved about"),
        Field("around", "direction of the shadow", limits=(-360, 360), unit="°",
              help="of the palette's shadow: where it falls, in degrees from the x axis"),
        Field("height", "height of the sun", limits=(1, 90), unit="°",
              help="of the palette's shadow: the sun above the floor, in degrees"),
        *stepping.FIELDS,
    ),
    groups=(
        Group("", (Choose("page", "Show"),)),
        Group(
            "Product M",
            (
                Typed("product", "M ="),
                Strip("product", strip.parts, strip.put, strip.taken_out, strip.chosen,
                      strip.active,
                      "Drag a factor to another place, or move it with Ctrl and the arrow keys. A press shows the"
                      " picture after it, Delete takes it out."),
                Typed("names", "with"),
                Tick("swapped", "The opposite order beside it"),
                Tick("scheme", "Row times column beside it", shown=factors.moves_something),
            ),
            shown=factors.is_product,
        ),
        stepping.ELIMINATION,
        MATRIX_GROUP,
        stepping.RIGHT_SIDE,
        Group(
            "Step by step",
            (
                Play("t", ends=("I", "end")),
                Choose("path", shown=_has_way),
                Buttons((Button("undone", "Undo it: A⁻¹ A", _undone, "A first, then its inverse: all comes back",
                                usable=_undone_use, is_new=True, starts=True),), shown=_has_way),
            ),
            shown=lambda s: s.page == "matrix" or factors.moves_something(s),
        ),
        replace(apart.GROUP, shown=stepping.is_elsewhere),
        _palette(),
        SHADOW_GROUP,
        Group(
            "What is moved",
            (
                Choose("shape", "Beside the grid"),
                OpenPicture("picture", shown=lambda s: s.shape == "picture"),
                Buttons(
                    (
                        Button("polygon.less", "Take out the last corner", figure.without_last,
                               "A click into the plane adds a corner"),
                        Button("polygon.none", "Take out all", lambda s: replace(s, polygon=()),
                               "Begin a new polygon"),
                    ),
                    shown=lambda s: s.shape == "polygon",
                ),
                Tick("before", "Also as it was", shown=lambda s: s.shape != "polygon"),
            ),
            is_in_projector=False,
            shown=_is_moved,
        ),
        replace(VECTOR_GROUP, shown=stepping.is_elsewhere),
        Group(
            "Show",
            (
                Tick("wobble", "Small changes of Av", shown=_is_matrix),
                Tick("before", "The cube also as it was", shown=_is_space),
            ),
            is_in_projector=False,
            shown=lambda s: _is_matrix(s) or _is_one(s, 3, 3),
        ),
    ),
    handles=(
        *(replace(handle, shown=_is_held) for handle in planar.column_handles(_column_at, _on_the_way)),
        Handle("v", "v, the input", "input", lambda s, r: s.vector[:2],
               lambda s, xy: replace(s, vector=(*xy, *s.vector[2:])), shown=lambda s, r: _is_moved(s)),
        Handle("v inputs", "v, the input", "input", lambda s, r: s.vector,
               lambda s, xy: replace(s, vector=xy), pane="inputs", shown=lambda s, r: _is_one(s, 3, 2)),
        Handle("image", "Av, the output", "output", _image_at, _image_moved, said=_image_said,
               shown=_is_held),
        Handle("corner", "Aî + Aĵ, the corner", "input", _corner_at, _corner_moved, said=_corner_said,
               shown=_is_held),
        *map(stepping.elsewhere, figure.handles()),
        *stepping.HANDLES,
        *holds.HANDLES,
    ),
    handles3=holds.HANDLES3,
    clicks=(stepping.elsewhere(figure.CLICK), factors.CLICK),
    values=(
        Value("determinant", "signed area of the moved unit square, or volume of the moved cube; null where A is not"
              " square", "number or null"),
        Value("trace", "sum of the diagonal; null where A is not square", "number or null"),
        Value("rank", "dimension of the image", "integer"),
        Value("inverse", "the matrix that undoes A; null when A is singular", "array of arrays of numbers or null"),
        Value("kind", "the most telling name of A", "string", words=KINDS),
        Value("angle", "degrees, of a rotation, a mirror line, the line of a projection or shear; else null",
              "number or null"),
        Value("direction", "unit vector along the axis of a rotation in space, at right angles to a mirror or to the"
              " plane of a projection, or along the line of a shear or projection; else null",
              "array of numbers or null"),
        Value("properties", "all names that hold of A", "array of strings", words=PROPERTIES),
        Value("condition", "largest by smallest singular value; null (infinite) when A is singular",
              "number or null"),
        Value("singular_values", "lengths of the half axes of the image of the unit circle, or of the unit ball",
              "array of numbers"),
        Value("image", "A times vector", "array of numbers"),
        Value("null_space", "a basis of all that A sends to 0", "array of arrays of numbers"),
        Value("column_space", "a basis of all outputs", "array of arrays of numbers"),
        Value("product", "the matrix M of the product; null where there is none",
              "array of arrays of numbers or null"),
        Value("gap", "by how much the entries of M and of the product in the opposite order differ (Frobenius); null"
              " without either, or where they have different shapes", "number or null"),
        *stepping.VALUES,
    ),
    presets=(
        Preset("Using matrices: A r", "mmlviz:matrix?matrix=1/2,-1;0,3/4&vector=3,2"),
        Preset("The skull, undone", "mmlviz:matrix?matrix=1,0;-4,8&vector=1,1"),
        Preset("Reflecting bear: the mirror", "mmlviz:matrix?matrix=-5/13,12/13;12/13,5/13&vector=2,1"),
        Preset("Rotation by 30°", "mmlviz:matrix?matrix=0.8660254037844386,-0.5;0.5,0.8660254037844386&vector=2,1"),
        Preset("Shear along x", "mmlviz:matrix?matrix=1,1;0,1&vector=1,3/2"),
        Preset("Projection onto a line", "mmlviz:matrix?matrix=4/5,2/5;2/5,1/5&vector=1,2"),
        Preset("AB and BA: turn and shear",
               "mmlviz:matrix?page=product&product=A B&names=B%3D1,1;0,1&matrix=0,-1;1,0&vector=1,1"),
        Preset("The bear's mirror, E D Eᵀ",
               "mmlviz:matrix?page=product&product=E D E^T&names=E%3Drot(56.30993247402)|D%3D1,0;0,-1&vector=2,1"),
        Preset("Undone: A⁻¹ A", "mmlviz:matrix?page=product&product=A^-1 A&swapped=no"),
        Preset("Apples and bananas", "mmlviz:matrix?page=equations&matrix=2,3;10,1&b=8,13"),
        Preset("Equations without a solution", "mmlviz:matrix?page=equations&matrix=1,2;2,4&b=2,-2"),
        Preset("Equations with infinitely many solutions", "mmlviz:matrix?page=equations&matrix=1,2;2,4&b=2,4"),
        Preset("Equations in space: apples, bananas and carrots",
               "mmlviz:matrix?page=equations&matrix=1,1,1;3,2,1;2,1,2&b=15,28,23"),
        Preset("Equations in space: three planes that share a line",
               "mmlviz:matrix?page=equations&matrix=1,-1,0;0,1,-1;-1,0,1&b=1,0,-1"),
        Preset("Equations in space: three planes without a common point",
               "mmlviz:matrix?page=equations&matrix=1,0,1;0,1,1;1,1,2&b=1,1,0"),
        Preset("Half turn, −I", "mmlviz:matrix?matrix=-1,0;0,-1&vector=2,1"),
        Preset("Space: solved by the inverse", "mmlviz:matrix?matrix=1,1,1;3,2,1;2,1,2&vector=3/10,7/10,1/2"),
        Preset("Space: a turn by 120° about (1, 1, 1)", "mmlviz:matrix?matrix=0,0,1;1,0,0;0,1,0&vector=2,1,0"),
        Preset("Space: a projection onto a plane",
               "mmlviz:matrix?matrix=2/3,-1/3,-1/3;-1/3,2/3,-1/3;-1/3,-1/3,2/3&vector=2,1,1"),
        Preset("Shadows: from space to the plane", "mmlviz:matrix?matrix=1,0,1/3;0,1,-1/4&vector=6,2,3"),
        Preset("A plane laid into space", "mmlviz:matrix?matrix=1,0;0,1;1/2,1/2&vector=1,1"),
        Preset("Singular: the plane collapses", "mmlviz:matrix?matrix=2,1;1,1/2&vector=-1,3/2"),
    ),
    tries=TRY,
    tries_in=_to_try,
    completed=completed,
    draw=draw,
    tell=tell,
    recipe=recipe,
    hover=hover,
    fit=fit,
    help="A matrix moves the whole plane. Its columns Aî and Aĵ say where î = (1, 0) and ĵ = (0, 1) land.",
)  # fmt: skip
