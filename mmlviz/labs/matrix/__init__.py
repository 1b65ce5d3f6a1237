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
from mmlviz.core.layout import Plane, Split
from mmlviz.core.options import Choice, Matrices, PictureFile, Places, Product, Switch
from mmlviz.labs.matrix import apart, composition, figure, stepping
from mmlviz.labs.matrix.picture import draw, fit, hover
from mmlviz.labs.matrix.words import recipe, tell
from mmlviz.maths import matrix2, types2
from mmlviz.maths.number import Number
from mmlviz.models import matrix as model
from mmlviz.models.matrix import Result, State

TITLES = {
    "rotation": "Rotation", "scaling": "Scaling", "shear": "Shear", "reflection": "Reflection",
    "projection": "Projection",
}  # fmt: skip
TRY = "Drag Aî until the area is zero. Where does the whole plane go?"
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
    state = replace(state, **changed)
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


def _is_product(state: State) -> bool:
    return state.page == "product"


def _is_held(state: State, result: Result) -> bool:
    """On the page of products it is M that moves, whose columns nobody holds."""
    return state.page == "matrix"


def _is_matrix(state: State) -> bool:
    return state.page == "matrix"


def _on_the_way(state: State, result: Result) -> str:
    return "" if state.t == 1 else "on the way to A: press to finish the run, then drag"


LAB = Lab(
    id="matrix",
    title="Matrix transformations",
    model=model,
    layout=Split(
        (
            Plane("plane", "The plane and its image", linked="planes", shown=stepping.is_elsewhere),
            Plane("swapped", "The opposite order", linked="planes",
                  shown=lambda s: s.page == "product" and s.swapped),
            *stepping.PANES,
        )
    ),
    fields=(
        planar.MATRIX,
        planar.VECTOR,
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
        Choice("shape", "what is moved", options=tuple(figure.TITLES), titles=tuple(figure.TITLES.values()),
               help="what is moved beside the grid"),
        Switch("before", "as it was", help="what is moved also where it was before"),
        Places("polygon", "polygon", most=figure.MOST, help="the corners of the own polygon"),
        PictureFile("picture", "picture", help="the picture that is moved"),
        Field("origin", "origin of the picture", shape=(2,),
              help="the point that the picture is moved about"),
        *stepping.FIELDS,
    ),
    groups=(
        Group("", (Choose("page", "Show"),)),
        Group(
            "Product M",
            (
                Typed("product", "M ="),
                Strip("product", composition.parts, composition.put, composition.taken_out, composition.chosen,
                      composition.active,
                      "Drag a factor to another place, or move it with Ctrl and the arrow keys. A press shows the"
                      " picture after it, Delete takes it out."),
                Typed("names", "with"),
                Tick("swapped", "The opposite order beside it"),
            ),
            shown=_is_product,
        ),
        planar.MATRIX_SLIDERS,
        *stepping.GROUPS,
        Group("Step by step", (Play("t", ends=("I", "end")), Choose("path", shown=_is_matrix)),
              shown=stepping.is_elsewhere),
        apart.GROUP,
        _palette(),
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
            shown=stepping.is_elsewhere,
        ),
        replace(planar.VECTOR_SLIDERS, is_in_projector=False, shown=stepping.is_elsewhere),
        Group("Show", (Tick("wobble", "Small changes of Av"),), is_in_projector=False, shown=_is_matrix),
    ),
    handles=(
        *(replace(handle, shown=_is_held) for handle in planar.column_handles(_column_at, _on_the_way)),
        Handle("v", "v, the input", "input", lambda s, r: s.vector,
               lambda s, xy: replace(s, vector=xy), shown=stepping.is_elsewhere),
        Handle("image", "Av, the output", "output", _image_at, _image_moved, said=_image_said,
               shown=_is_held),
        Handle("corner", "Aî + Aĵ, the corner", "input", _corner_at, _corner_moved, said=_corner_said,
               shown=_is_held),
        *map(stepping.elsewhere, figure.handles()),
        *stepping.HANDLES,
    ),
    clicks=(stepping.elsewhere(figure.CLICK),),
    values=(
        Value("determinant", "signed area of the moved unit square", "number"),
        Value("trace", "a + d", "number"),
        Value("rank", "dimension of the image", "integer"),
        Value("inverse", "the matrix that undoes A; null when A is singular", "array of 2 arrays of 2 numbers or null"),
        Value("kind", "the most telling name of A", "string", words=matrix2.KINDS),
        Value("angle", "degrees, of a rotation, a mirror line, the line of a projection or shear; else null",
              "number or null"),
        Value("properties", "all names that hold of A", "array of strings", words=matrix2.PROPERTIES),
        Value("condition", "largest by smallest singular value; null (infinite) when A is singular",
              "number or null"),
        Value("singular_values", "lengths of the half axes of the image of the unit circle", "array of 2 numbers"),
        Value("image", "A times vector", "array of 2 numbers"),
        Value("product", "the matrix M of the product; null where there is none",
              "array of 2 arrays of 2 numbers or null"),
        Value("gap", "by how much the entries of M and of the product in the opposite order differ (Frobenius); null"
              " without either", "number or null"),
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
        Preset("Half turn, −I", "mmlviz:matrix?matrix=-1,0;0,-1&vector=2,1"),
        Preset("Singular: the plane collapses", "mmlviz:matrix?matrix=2,1;1,1/2&vector=-1,3/2"),
    ),
    tries=TRY,
    tries_in=lambda s: {"product": TRY_PRODUCT, "equations": stepping.TRY}.get(s.page, TRY),
    draw=draw,
    tell=tell,
    recipe=recipe,
    hover=hover,
    fit=fit,
    help="A matrix moves the whole plane. Its columns Aî and Aĵ say where î = (1, 0) and ĵ = (0, 1) land.",
)  # fmt: skip
