"""What a matrix is called and what it does to areas."""

from math import hypot
from typing import Any

from mmlviz.core import formula as f
from mmlviz.core import planar
from mmlviz.core.lab import Later, Reading
from mmlviz.core.words import degrees, equals, is_exact, show
from mmlviz.labs.matrix import figure, wobble
from mmlviz.maths import kind_words, matrix2, rational
from mmlviz.maths.number import to_float
from mmlviz.maths.rational import Matrix
from mmlviz.models.matrix import Result, State

NAMES = ("Aî", "Aĵ", "Ak̂")
DISTINCT = 300  # times as long as what can still be told from a dot
NEARLY_SINGULAR = 1e8  # condition number from which half the digits of a solution are lost


KINDS = tuple(dict.fromkeys((*matrix2.KINDS, *kind_words.WORDS)))
PROPERTIES = tuple(dict.fromkeys((*matrix2.PROPERTIES, *kind_words.PROPERTIES)))


def tell(state: State, result: Any) -> Reading:
    """Product, determinant and inverse in formulas; what the matrix is in one sentence."""
    if state.page == "equations":
        return _of_equations(state, result)
    if state.page == "product":
        return _of_product(state, result)
    if not state.is_plane:
        from mmlviz.labs.matrix import space_words

        return space_words.tell(state, result)
    own = (planar.product_node(state, result.image), determinant_node(state, result), _inverse_node(result))
    return Reading(
        formulas=own,
        values=Later(lambda: _values(state, result)),
        sentence=_sentence(state, result),
        readout=_readout(result),
        warnings=_warnings(state, result),
    )


def _of_product(state: State, result: Any) -> Reading:
    from mmlviz.labs.matrix import composition_words, space_words  # with the first product

    values = _values if state.is_plane else space_words.values
    made = Later(lambda: values(state, result))
    return Reading(composition_words.formulas(state), made, composition_words.sentence(state))


def _of_equations(state: State, result: Any) -> Reading:
    from mmlviz.labs.matrix import elimination_words, space_words  # with the first equations

    values = _values if state.is_plane else space_words.values
    return Reading(
        formulas=elimination_words.formulas(state),
        values=Later(lambda: values(state, result)),
        sentence=elimination_words.sentence(state),
        readout=elimination_words.readout(state),
        warnings=elimination_words.warnings(state, result),
    )


def _values(state: State, result: Result) -> dict[str, object]:
    from mmlviz.maths.any_shape import bases

    null, columns = bases(state.matrix)
    return {
        "determinant": to_float(result.determinant),
        "trace": float(result.trace),
        "rank": result.rank,
        "inverse": floats(result.inverse),
        "kind": result.kind.word,
        "angle": result.kind.angle,
        "direction": None,
        "properties": list(result.kind.properties),
        "condition": result.condition,
        "singular_values": list(result.singular_values),
        "image": result.image.tolist(),
        "null_space": floats(null),
        "column_space": floats(columns),
        **values_of_pages(state),
    }


def values_of_pages(state: State) -> dict[str, object]:
    """The values of the product and of the equations, for A of any shape."""
    from mmlviz.labs.matrix import elimination_words

    found = state.composition
    return {"product": floats(found.value), "gap": found.gap, **elimination_words.values(state)}


def floats(rows: Matrix | None) -> list[list[float]] | None:
    """Rows as JSON data."""
    return None if rows is None else rational.floats(rows).tolist()


def _sentence(state: State, result: Result) -> str:
    return " ".join(
        filter(None, (_action(state, result), _areas(result), wobble.sentence(state, result), figure.sentence(state)))
    )


def _readout(result: Result) -> dict[str, str]:
    return {
        "det": show(result.determinant),
        "trace": show(result.trace),
        "rank": str(result.rank),
        "singular values": ", ".join(show(s) for s in result.singular_values),
        "condition": "infinite" if result.is_singular else show(result.condition),
    }


def determinant_node(state: State, result: Any) -> f.Node:
    """det A = 17/8 = 2.125, for any square A."""
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
    "general": "Every output of A has exactly one input: A can be undone.",
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
    if result.determinant != 0 and to_float(result.determinant) == 0:
        found.append(f"det A = {show(result.determinant)} is too small for a float, so its value reads 0.")
    found += too_short(result)
    if state.t != 1:
        area = "A mirror cannot be reached by turning: the area" if result.determinant < 0 else "The area"
        found.append(on_the_way(state, area, result.collapses))
    return tuple(found)


def too_short(result: Any) -> list[str]:
    """That some arrows are dots beside the longest."""
    arrows = [*result.A.T, result.v, result.image]
    lengths = {name: hypot(*at.tolist()) for name, at in zip((*NAMES[: len(result.A[0])], "v", "Av"), arrows)}
    longest = max(lengths, key=lambda name: lengths[name])
    lost = [name for name, length in lengths.items() if 0 < length < lengths[longest] / DISTINCT]
    if not lost:
        return []
    names = f"{', '.join(lost[:-1])} and {lost[-1]} are" if len(lost) > 1 else f"{lost[0]} is"
    return [f"{names} too short to be seen beside {longest}: {longest} is {show(lengths[longest], 2)} long."]


def on_the_way(state: State, size: str, collapses: tuple[float, ...]) -> str:
    """That the picture is not that of A yet, and when the size, an area or a volume, is 0 on the way."""
    said = f"The picture is at t {equals(state.t)} of the way to A; the numbers describe A."
    if not collapses:
        return said
    return f"{said} {size} passes through 0 at {' and '.join(f't {equals(t, 3)}' for t in collapses)}."


def recipe(state: State) -> str:
    """The same numbers in numpy."""
    if state.page == "equations":
        from mmlviz.labs.matrix import elimination_words

        return elimination_words.recipe(state)
    if not state.is_plane:
        from mmlviz.labs.matrix import space_words

        return space_words.recipe(state)
    return f"""{planar.recipe_of_image(state)}trace = a + d
determinant = a * d - b * c
# Rounding: ad and bc cancel to the last digits.
is_singular = abs(determinant) <= 8 * np.finfo(float).eps * (abs(a * d) + abs(b * c))
rank = int(A.any()) if is_singular else 2
singular_values = np.linalg.svd(A, compute_uv=False)
inverse = None if is_singular else np.array([[d, -b], [-c, a]]) / determinant
"""
