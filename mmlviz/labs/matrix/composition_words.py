"""A product in words: its formulas, what acts first, the shapes, and whether the order matters."""

from itertools import pairwise

from mmlviz.core import formula as f
from mmlviz.core.lab import Formulas
from mmlviz.core.products import notation
from mmlviz.core.words import is_exact, show
from mmlviz.labs.matrix import scheme
from mmlviz.labs.matrix.elimination_words import number, written
from mmlviz.labs.matrix.factors import has_scheme
from mmlviz.maths import spaces
from mmlviz.maths.composition import Composition
from mmlviz.maths.products import brief, joined
from mmlviz.maths.rational import shape
from mmlviz.models.matrix import State


def formulas(state: State) -> Formulas:
    """M as its product and its entries, where one of them comes from, the opposite order, and the determinants."""
    found = state.composition
    if found.value is None:
        return Formulas(lambda: f.row(f.Symbol("M"), "=", notation(found.node)))
    made = [lambda: _value_node(found, False)]
    if has_scheme(state):
        made.append(lambda: scheme.node(state))
    if state.swapped and found.backwards is not None and len(found.factors) > 1:
        made.append(lambda: _value_node(found, True))
    if found.dimension is not None:
        made.append(lambda: _determinants_node(found))
    return Formulas(*made)


def _value_node(found: Composition, is_backwards: bool) -> f.Node:
    node = joined(found.factors[::-1]) if is_backwards else found.node
    value = found.backwards if is_backwards else found.value
    assert value is not None
    sign = "=" if all(written(x)[1] for row in value for x in row) else "≈"
    return f.row(notation(node), sign, f.Matrix(tuple(tuple(map(number, row)) for row in value)))


def _determinants_node(found: Composition) -> f.Node:
    """det M = 2 · 1/2 · 3 = 3."""
    assert found.value is not None
    sizes, total = [spaces.determinant(M) for M in found.own], spaces.determinant(found.value)
    parts: list[f.Node | str] = []
    for size in sizes:
        parts += ["·"] if parts else []
        parts.append(f.Brackets(f.number(size)) if size < 0 else f.number(size))
    sign = "=" if all(map(is_exact, (*sizes, total))) else "≈"
    return f.row(f.Text("det "), f.Symbol("M"), sign, *parts, *((sign, f.number(total)) if len(sizes) > 1 else ()))


def sentence(state: State) -> str:
    """What acts first, the shapes where they differ, and whether the order matters."""
    found = state.composition
    if found.problem is not None:
        other = "" if found.backwards is None else " In the opposite order there is one."
        return f"There is no product: {found.problem.message}.{other}"
    parts = (_order(found), _shapes(found), _now(state, found), _commuting(found))
    return " ".join(part for part in parts if part)


def _shapes(found: Composition) -> str:
    """The shapes of the factors, unless all are the same."""
    if found.dimension is not None or found.value is None:
        return ""
    sizes = [f"{m}×{n}" for m, n in map(shape, found.own)]
    if len(sizes) == 1:
        return f"It is {sizes[0]}."
    inner = [n for (_, n), _ in pairwise(map(shape, found.own))]
    agree = f"the inner numbers agree, {' and '.join(map(str, inner))}"
    return f"Shapes: {' · '.join(sizes)} = {'×'.join(map(str, shape(found.value)))}, since {agree}."


def _order(found: Composition) -> str:
    names = [brief(factor) for factor in found.factors[::-1]]
    if len(names) == 1:
        return f"M is {names[0]}."
    return f"From the right: first {names[0]}, then {', then '.join(names[1:])}."


def _now(state: State, found: Composition) -> str:
    if state.t == 1 or found.dimension not in (2, 3):
        return ""  # or nothing moves
    done, share = found.at(float(state.t))
    factor = brief(found.factors[::-1][min(done, len(found.factors) - 1)])
    return f"The picture is {show(100 * share, 3)} % of the way through {factor}."


def _commuting(found: Composition) -> str:
    if len(found.factors) < 2:
        return ""
    if found.backwards is None:
        return "In the opposite order there is no product."
    if found.gap is None:
        assert found.value is not None
        other = "×".join(map(str, shape(found.backwards)))
        return f"In the opposite order the result is {other}, another shape."
    if found.factors == found.factors[::-1]:
        return "Read backwards it is the same product."
    if found.gap == 0:
        return f"In the opposite order the result is the same{': they commute' if len(found.factors) == 2 else ''}."
    return f"In the opposite order the result is another: all entries together differ by {show(found.gap, 3)}."
