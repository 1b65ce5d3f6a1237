"""Matrix transformations: the plane moves, and what its columns, area and collapse say."""

from dataclasses import replace
from typing import Any

import numpy as np

from mmlviz.core import formula as f
from mmlviz.core import planar
from mmlviz.core.axes import fixed_frame, grid_steps
from mmlviz.core.controls import Group, Handle, Play, Preset
from mmlviz.core.fields import Field
from mmlviz.core.lab import Lab, Reading, Value
from mmlviz.core.layout import Plane
from mmlviz.core.marks import Label, Mark, Points, Polygon, Scene, Segments
from mmlviz.core.python import array
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import degrees, equals, is_exact, pair, show
from mmlviz.maths import matrix2
from mmlviz.maths.lattice import Box, image_of_grid, line_across
from mmlviz.maths.number import Number, to_float
from mmlviz.models import matrix as model
from mmlviz.models.matrix import Result, State

NEARLY_SINGULAR = 1e8  # condition number from which half the digits of a solution are lost

CLOSEST = 14  # pixels between neighbouring lines of the moved grid, below which some are left out


# The picture ------------------------------------------------------------------------------------


def draw(state: State, result: Result, view: View) -> Scene:
    """The moved plane over the fixed one, with the arrows that say where î, ĵ and v go."""
    pane = view["plane"]
    collapse = _collapse(result, pane) if result.rank < 2 and state.t == 1 else ()
    return {
        "plane": (
            *_area(result),
            *fixed_frame(pane),
            *_moved_grid(result, pane),
            *collapse,
            *_arrows(state, result),
            *_area_label(result, pane),
        )
    }


def _corners(result: Result) -> matrix2.Array:
    first, second = result.moved[:, 0], result.moved[:, 1]
    return np.array([np.zeros(2), first, first + second, second])


def _area_role(result: Result) -> str:
    return "negative" if result.moved_determinant < 0 else "positive"


def _area(result: Result) -> tuple[Mark, ...]:
    return (Polygon("unit square", _area_role(result), _corners(result), is_hatched=result.moved_determinant < 0),)


def _area_label(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    corners = _corners(result)
    height_in_pixels = abs(result.moved_determinant) / max(np.hypot(*corners[1]), np.hypot(*corners[3]), 1e-300)
    if height_in_pixels / pane.per_pixel[0] < 36 * pane.scale:
        return ()
    text = f"area {show(result.moved_determinant)}"
    return (Label("area", _area_role(result), corners[2] / 2, text, is_centred=True),)


def _moved_grid(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    step, least = grid_steps(pane)[0], CLOSEST * pane.scale * pane.per_pixel[0]
    families = image_of_grid(result.moved, step, pane.box, least)
    return (Segments("moved grid", "moved_grid", np.concatenate(families), "hair"),)


def _collapse(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """What det = 0 looks like: the fibres, each landing on one point of the image line."""
    if result.image_direction is None or result.null_direction is None:
        return (Points("everything", "special", np.zeros((1, 2))),)
    across = np.array([-result.null_direction[1], result.null_direction[0]])
    starts = [k * grid_steps(pane)[0] * across for k in range(-8, 9) if k]
    fibres = [line_across(result.null_direction, pane.box, start) for start in starts]
    landings = np.array([result.A @ start for start in starts])
    return (
        Segments("fibres", "truth", np.concatenate(fibres), "hair", is_dashed=True),
        Segments("null line", "special", line_across(result.null_direction, pane.box), is_dashed=True),
        Segments("image line", "output", line_across(result.image_direction, pane.box)),
        Segments("fibre of v", "input", line_across(result.null_direction, pane.box, result.v), is_dashed=True),
        Points("landings", "truth", landings, is_hollow=True),
        *_line_label("null line", "special", "null line", result.null_direction, pane),
        *_line_label("image line", "output", "image line", result.image_direction, pane),
    )


def _line_label(key: str, role: str, text: str, direction: matrix2.Array, pane: PaneView) -> tuple[Mark, ...]:
    ends = line_across(direction, pane.box)
    if len(ends) == 0:
        return ()
    at = ends[1] * 0.86 + ends[0] * 0.14
    return (Label(f"{key} label", role, at, text, (-float(direction[1]), float(direction[0]))),)


def _arrows(state: State, result: Result) -> tuple[Mark, ...]:
    first, second = result.moved[:, 0], result.moved[:, 1]
    there = state.t == 1
    texts = [planar.column_text(state, j) if there else f"A(t){'îĵ'[j]} = {pair(result.moved[:, j])}" for j in (0, 1)]
    image = result.image if there else result.moved @ result.v
    return (
        *planar.tip("v", "input", result.v, f"v = {pair(state.vector)}"),
        *planar.tip("image", "output", image, "Av" if there else "A(t)v"),
        *planar.tip("second", "second", second, texts[1]),
        *planar.tip("first", "first", first, texts[0]),
    )


def fit(state: State, result: Result, pane: str) -> Box:
    """A box around all the arrows."""
    return planar.box_around(np.array([*_corners(result), result.v, result.moved @ result.v, result.image]))


def hover(state: State, result: Result, pane: str, xy: tuple[float, float]) -> str:
    """A point and where A sends it."""
    return f"x = {pair(xy, 3)}    Ax = {pair((result.A @ np.array(xy)).tolist(), 3)}"


# The reading ------------------------------------------------------------------------------------


def tell(state: State, result: Result) -> Reading:
    """Product, determinant and inverse in formulas; what the matrix is in one sentence."""
    word = result.kind.word
    return Reading(
        formulas=(planar.product_node(state, result.image), _determinant_node(state, result), _inverse_node(result)),
        values={
            "determinant": to_float(result.determinant),
            "trace": float(result.trace),
            "rank": result.rank,
            "inverse": _floats(result.inverse),
            "kind": word,
            "angle": result.kind.angle,
            "properties": list(result.kind.properties),
            "condition": None if result.is_singular else result.condition,
            "singular_values": list(result.singular_values),
            "image": result.image.tolist(),
        },
        sentence=f"{_action(state, result)} {_areas(result)}".strip(),
        readout={
            "kind": word,
            "trace": show(result.trace),
            "rank": str(result.rank),
            "singular values": ", ".join(show(s) for s in result.singular_values),
            "condition": "infinite" if result.is_singular else show(result.condition),
        },
        warnings=_warnings(state, result),
    )


def _floats(rows: matrix2.Rows | None) -> list[list[float]] | None:
    return None if rows is None else [[to_float(x) for x in row] for row in rows]


def _determinant_node(state: State, result: Result) -> f.Node:
    return f.row(f.Text("det "), f.Symbol("A"), f.exactly(result.determinant, planar.has_fraction(state)))


def _inverse_node(result: Result) -> f.Node:
    name = f.Power(f.Symbol("A"), f.Text("−1"))
    if result.inverse is None:
        return f.row(name, f.Text(" does not exist"))
    exact = all(is_exact(x) for row in result.inverse for x in row)
    return f.row(name, "=" if exact else "≈", f.Matrix(tuple(tuple(map(f.number, row)) for row in result.inverse)))


_ACTIONS = {
    "identity": "A is the identity: every vector stays where it is.",
    "zero": "A is zero: the whole plane lands on the origin.",
    "rotation": "A is a rotation by {angle}: lengths and angles stay.",
    "reflection": "A is a reflection in the line at {angle}: lengths stay, left and right change places.",
    "projection": "A is a projection onto the line at {angle}: A² = A.",
    "shear": "A is a shear along the line at {angle}: its points stay, all others slide along it.",
    "nilpotent": "A is nilpotent: the plane lands on a line, and A sends that line to 0, so A² = 0.",
    "singular": "A is singular: the whole plane lands on one line, and every dashed fibre on one point of it.",
    "symmetric": "A is symmetric: it stretches along two lines at right angles.",
    "general": "A turns and stretches; every output has exactly one input.",
}


def _action(state: State, result: Result) -> str:
    if result.kind.word == "scaling":
        return _scaling(state.matrix[0][0], state.matrix[1][1])
    angle = "" if result.kind.angle is None else degrees(result.kind.angle)
    return _ACTIONS[result.kind.word].format(angle=angle)


def _scaling(a: float, d: float) -> str:
    if not matrix2.is_close(a, d):
        return f"A scales by {show(a)} along x and by {show(d)} along y."
    return f"A scales every vector by {show(a)}." + (" That is also a half turn." if a == -1 else "")


def _areas(result: Result) -> str:
    if result.is_singular:
        return "Every area becomes 0: no inverse undoes this."
    size = abs(result.determinant)
    is_one = matrix2.is_close(size, 1)
    change = "stay" if is_one else f"{'grow' if size > 1 else 'shrink'} {_times(size)}"
    side = "keep their orientation" if result.determinant > 0 else "change orientation"
    joint = "and" if result.determinant > 0 or not is_one else "but"
    return f"Areas {change} {joint} {side}."


def _times(size: Any) -> str:
    return f"{show(size)} times" if size > 1 else f"to {show(size)} of their size"


def _warnings(state: State, result: Result) -> tuple[str, ...]:
    found = []
    if result.is_singular and result.determinant != 0:
        found.append(f"det A = {show(result.determinant)} is rounding beside ad and bc: A counts as singular.")
    if not result.is_singular and result.condition > NEARLY_SINGULAR:
        found.append(f"Nearly singular (condition number {show(result.condition, 2)}): the inverse loses digits.")
    if state.t != 1:
        way = " A mirror cannot be reached by turning: the area passes through 0." if result.determinant < 0 else ""
        found.append(f"The picture is at t {equals(state.t)} of the way to A; the numbers describe A.{way}")
    return tuple(found)


def recipe(state: State) -> str:
    """The same numbers in numpy."""
    return f"""import numpy as np

A = {array(state.matrix)}
v = {array(state.vector)}

image = A @ v
(a, b), (c, d) = A
trace = a + d
determinant = a * d - b * c
# Rounding: ad and bc cancel to the last digits.
is_singular = abs(determinant) <= 8 * np.finfo(float).eps * (abs(a * d) + abs(b * c))
rank = int(A.any()) if is_singular else 2
singular_values = np.linalg.svd(A, compute_uv=False)
inverse = None if is_singular else np.array([[d, -b], [-c, a]]) / determinant
"""


# The declaration --------------------------------------------------------------------------------


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
    x, y = (planar.VECTOR.clamp(float(p)) for p in matrix2.preimage(state.matrix, v, xy))
    return replace(state, vector=(Number.significant(x, 7), Number.significant(y, 7)))


def _image_said(state: State, result: Result) -> str:
    if result.rank == 1:
        return "A is singular: Av can only slide along the image line, where every output lies."
    return "A is zero: Av cannot leave the origin." if result.rank == 0 else ""


LAB = Lab(
    id="matrix",
    title="Matrix transformations",
    model=model,
    layout=Plane("plane", "The plane and its image"),
    fields=(
        planar.MATRIX,
        planar.VECTOR,
        Field("t", "way to A", limits=(0, 1), help="0 at the identity, 1 at A; the values always describe A"),
    ),
    groups=(
        planar.MATRIX_SLIDERS,
        replace(planar.VECTOR_SLIDERS, is_in_projector=False),
        Group("From the identity to A", (Play("t", ends=("I", "A")),)),
    ),
    handles=(
        *planar.column_handles(_column_at),
        Handle("v", "v, the input", "input", lambda s, r: s.vector,
               lambda s, xy: replace(s, vector=xy)),
        Handle("image", "Av, the output", "output", _image_at, _image_moved, said=_image_said),
    ),
    values=(
        Value("determinant", "signed area of the moved unit square", "number"),
        Value("trace", "a + d", "number", is_in_strip=True),
        Value("rank", "dimension of the image", "integer", is_in_strip=True),
        Value("inverse", "the matrix that undoes A; null when A is singular", "array of 2 arrays of 2 numbers or null"),
        Value("kind", "the most telling name of A", "string", words=matrix2.KINDS, is_in_strip=True),
        Value("angle", "degrees, of a rotation, a mirror line, the line of a projection or shear; else null",
              "number or null"),
        Value("properties", "all names that hold of A", "array of strings", words=matrix2.PROPERTIES),
        Value("condition", "largest by smallest singular value; null (infinite) when A is singular",
              "number or null", is_in_strip=True),
        Value("singular_values", "lengths of the half axes of the image of the unit circle", "array of 2 numbers"),
        Value("image", "A times vector", "array of 2 numbers"),
    ),
    presets=(
        Preset("Using matrices: A r", "mmlviz:matrix?matrix=1/2,-1;0,3/4&vector=3,2"),
        Preset("The skull, undone", "mmlviz:matrix?matrix=1,0;-4,8&vector=1,1"),
        Preset("Reflecting bear: the mirror", "mmlviz:matrix?matrix=-5/13,12/13;12/13,5/13&vector=2,1"),
        Preset("Rotation by 30°", "mmlviz:matrix?matrix=0.8660254037844386,-0.5;0.5,0.8660254037844386&vector=2,1"),
        Preset("Shear along x", "mmlviz:matrix?matrix=1,1;0,1&vector=1,3/2"),
        Preset("Projection onto a line", "mmlviz:matrix?matrix=4/5,2/5;2/5,1/5&vector=1,2"),
        Preset("Half turn, −I", "mmlviz:matrix?matrix=-1,0;0,-1&vector=2,1"),
        Preset("Singular: the plane collapses", "mmlviz:matrix?matrix=2,1;1,1/2&vector=-1,3/2"),
    ),
    tries="Drag Aî until the area is zero. Where does the whole plane go?",
    draw=draw,
    tell=tell,
    recipe=recipe,
    hover=hover,
    fit=fit,
    help="A matrix moves the whole plane. Its columns Aî and Aĵ say where î = (1, 0) and ĵ = (0, 1) land.",
)  # fmt: skip
