"""What a matrix that is not 2×2 is called, and what it does to volumes, lines and planes."""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

from mmlviz.core import formula as f
from mmlviz.core import planar
from mmlviz.core.lab import Formulas, Later, Reading
from mmlviz.core.python import array
from mmlviz.core.words import degrees, is_exact, pair, show
from mmlviz.labs.matrix.holds import is_shadow
from mmlviz.labs.matrix.words import (
    NEARLY_SINGULAR,
    determinant_node,
    floats,
    on_the_way,
    too_short,
    values_of_pages,
)
from mmlviz.maths import matrix2
from mmlviz.maths.any_shape import Known
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import to_float
from mmlviz.models.matrix import State

WHOLE = 12  # the largest whole number that a direction is told in


def tell(state: State, result: Known) -> Reading:
    """The product, determinant, inverse and null space in formulas; what the matrix is in one sentence."""
    made = [lambda: planar.product_node(state, result.image)]
    if result.is_square:
        made += [lambda: determinant_node(state, result), lambda: _inverse_node(result)]
    if result.null_space:
        made.append(lambda: _null_node(result))
    return Reading(
        formulas=Formulas(*made),
        values=Later(lambda: values(state, result)),
        sentence=" ".join(filter(None, (_action(state, result), _sizes(result)))),
        readout=_readout(result),
        warnings=_warnings(state, result),
    )


def values(state: State, result: Known) -> dict[str, object]:
    """All named values; those that only square matrices, or only 2×2 ones, have are null."""
    direction = result.kind.direction
    return {
        "determinant": None if result.determinant is None else to_float(result.determinant),
        "trace": None if result.trace is None else to_float(result.trace),
        "rank": result.rank,
        "inverse": floats(result.inverse),
        "kind": result.kind.word,
        "angle": result.kind.angle,
        "direction": None if direction is None else direction.tolist(),
        "properties": list(result.kind.properties),
        "condition": result.condition,
        "singular_values": list(result.singular_values),
        "image": result.image.tolist(),
        "null_space": floats(result.null_space),
        "column_space": floats(result.column_space),
        **values_of_pages(state),
    }


# Formulas ---------------------------------------------------------------------------------------


def _inverse_node(result: Known) -> f.Node:
    name = f.Power(f.Symbol("A"), f.Text("−1"))
    if result.inverse is None:
        return f.row(name, f.Text(" does not exist"))
    sign = "=" if all(map(_is_short, (x for row in result.inverse for x in row))) else "≈"
    return f.row(name, sign, f.Matrix(tuple(tuple(map(_entry, row)) for row in result.inverse)))


def _is_short(x: Fraction) -> bool:
    return is_exact(x) or (x.denominator < 100 and abs(x.numerator) < 1000)


def _entry(x: Fraction) -> f.Node:
    """A fraction where it is short and no decimal says it."""
    if is_exact(x) or not _is_short(x):
        return f.number(x)
    return f.fraction(show(x.numerator, 5), str(x.denominator))


def _null_node(result: Known) -> f.Node:
    """null space: s (1, 1, 1) + t (…)."""
    parts: list[f.Node | str] = []
    for name, v in zip("stu", result.null_space):
        parts += ["+"] if parts else []
        parts += [f.Symbol(name), f.column(list(v), "special")]
    return f.row(f.Text("null space: "), *parts)


def _readout(result: Known) -> dict[str, str]:
    square = {} if result.determinant is None else {"det": show(result.determinant)}
    if result.trace is not None:
        square["trace"] = show(result.trace)
    return {
        **square,
        "rank": str(result.rank),
        "null space": DIMENSIONS[len(result.null_basis)],
        "singular values": ", ".join(show(s) for s in result.singular_values),
        "condition": "infinite" if result.singular_values[-1] == 0 else show(result.condition),
    }


# The sentence -----------------------------------------------------------------------------------

DIMENSIONS = ("only 0", "a line", "a plane", "all of space")
_ACTIONS = {
    "identity": "A is the identity: every vector stays where it is.",
    "zero": "A is zero: all of space lands on the origin.",
    "rotation": "A is a rotation by {angle} about the axis along {direction}: lengths and angles stay.",
    "reflection": "A is a reflection in the plane at right angles to {direction}: lengths stay, left and right change "
    "places.",
    "rotoreflection": "A turns by {angle} about the axis along {direction} and mirrors in the plane at right angles "
    "to it: lengths stay.",
    "projection onto a plane": "A is a projection onto the plane at right angles to {direction}: A² = A.",
    "projection onto a line": "A is a projection onto the line along {direction}: A² = A.",
    "shear": "A is a shear: one plane stays, and all other points slide along {direction}.",
    "nilpotent": "A is nilpotent: applied two or three times, it sends every vector to 0.",
    "skew-symmetric": "A is skew-symmetric: Av is always at right angles to v.",
    "symmetric": "A is symmetric: it stretches along three lines at right angles.",
    "upper triangular": "A is upper triangular: det A is the product of its diagonal.",
    "lower triangular": "A is lower triangular: det A is the product of its diagonal.",
    "general": "Every output of A has exactly one input: A can be undone.",
}  # fmt: skip
_LANDS = {1: "one line", 2: "one plane"}


def _action(state: State, result: Known) -> str:
    word, direction = result.kind.word, result.kind.direction
    if not result.is_square:
        return _between(result)
    if word == "scaling":
        return _scaling([state.matrix[k][k] for k in range(3)])
    if word == "singular":
        return f"A is singular: all of space lands on {_LANDS[result.rank]}, {_fibres(result)}."
    angle = "" if result.kind.angle is None else degrees(result.kind.angle)
    return _ACTIONS[word].format(angle=angle, direction="" if direction is None else along(direction))


def _fibres(result: Known) -> str:
    """What lands on one point."""
    if len(result.null_basis) == 1:
        return f"and every line along {_null_text(result)}, the null space, on one point of it"
    return "and every plane parallel to the null space on one point of it"


def _null_text(result: Known) -> str:
    v = [to_float(x) for x in result.null_space[0]]
    return pair(v) if all(abs(x) < 100 and x == int(x) for x in v) else along(result.null_basis[0])


def _between(result: Known) -> str:
    """What a matrix does that is not square."""
    n = result.A.shape[1]
    if result.rank == 0:
        return f"A is zero: all of {'space' if n == 3 else 'the plane'} lands on the origin."
    if n == 3 and result.rank == 2:
        sun = "The floor stays: A casts shadows along" if is_shadow(result) else "A takes space onto the plane along"
        return f"{sun} {_null_text(result)}, the null space: all points of such a line land on one point."
    if n == 3:
        return f"A takes all of space onto one line, {_fibres(result)}."
    if result.rank == 2:
        return "A lays the plane into space: all outputs lie in one plane, and different inputs stay different."
    return f"A takes the plane to one line in space, {_fibres(result)}."


def _scaling(factors: Sequence[float]) -> str:
    a, b, c = factors
    if all(matrix2.is_close(a, x) for x in (b, c)):
        return f"A scales every vector by {show(a)}."
    return f"A scales by {show(a)} along x, by {show(b)} along y and by {show(c)} along z."


def _sizes(result: Known) -> str:
    """What happens to volumes, and of a plane in space to areas."""
    if result.A.shape == (3, 2) and result.rank == 2:
        area = result.singular_values[0] * result.singular_values[1]
        return "Areas stay." if matrix2.is_close(area, 1) else f"Areas {_change(area)}."
    if result.determinant is None:
        return ""
    if result.is_singular:
        return "Every volume becomes 0: no inverse undoes this."
    size = abs(result.determinant)
    is_one = matrix2.is_close(size, 1)
    side = "keep their orientation" if result.determinant > 0 else "change orientation"
    joint = "and" if result.determinant > 0 or not is_one else "but"
    return f"Volumes {'stay' if is_one else _change(size)} {joint} {side}."


def _change(size: float | Fraction) -> str:
    return f"grow {show(size)} times" if size > 1 else f"shrink to {show(size)} of their size"


def along(direction: Array) -> str:
    """A direction in small whole numbers if it has them: (1, 1, 1), (0.36, 0.48, 0.8)."""
    least = min(abs(x) for x in direction.tolist() if abs(x) > 1e-9)
    for k in range(1, 5):
        scaled = [k * x / least for x in direction.tolist()]
        if all(abs(x - round(x)) < 1e-7 and abs(x) < WHOLE + 0.5 for x in scaled):
            return pair([float(round(x)) for x in scaled])
    length = sqrt(sum(x * x for x in direction.tolist()))
    return pair([x / length if abs(x) > 1e-9 else 0.0 for x in direction.tolist()], 3)


def _warnings(state: State, result: Known) -> tuple[str, ...]:
    found = []
    if result.determinant and result.is_singular:
        found.append(f"det A = {show(result.determinant)} is rounding beside its terms: A counts as singular.")
    if result.singular_values[-1] > 0 and result.condition > NEARLY_SINGULAR:
        found.append(f"Nearly singular (condition number {show(result.condition, 2)}): digits are lost.")
    if result.determinant and to_float(result.determinant) == 0:
        found.append(f"det A = {show(result.determinant)} is too small for a float, so its value reads 0.")
    found += too_short(result)
    if state.t != 1:
        found.append(on_the_way(state, "The volume", result.collapses))
    return tuple(found)


# The recipe -------------------------------------------------------------------------------------


def recipe(state: State) -> str:
    """The same numbers in numpy."""
    square = """trace = np.trace(A)
determinant = A[:, 0] @ np.cross(A[:, 1], A[:, 2])  # the signed volume between the columns
inverse = np.linalg.inv(A) if rank == 3 else None
"""
    return f"""import numpy as np

A = {array(state.matrix)}
v = {array(state.vector)}

image = A @ v
singular_values = np.linalg.svd(A, compute_uv=False)
rank = int((singular_values > 1e-13 * singular_values[0]).sum())
{square if state.size == (3, 3) else ""}"""
