"""Linear equations and their row operations in words: texts of equations and steps, formulas, sentence, values."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np

from mmlviz.core import formula as f
from mmlviz.core import planar
from mmlviz.core.lab import Formulas
from mmlviz.core.python import array
from mmlviz.core.words import LONG, MINUS, counted, is_exact, show, typed
from mmlviz.maths.elimination import Step, Vector
from mmlviz.maths.number import to_float
from mmlviz.maths.rational import Matrix
from mmlviz.maths.systems import System
from mmlviz.models.matrix import State

UNKNOWNS = {1: ("x",), 2: ("x", "y"), 3: ("x", "y", "z")}
SHAPES = {2: "lines", 3: "planes"}  # what equations in so many unknowns look like
LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
DIGITS = 5
NEARLY_SINGULAR = 1e8  # condition number, as on the page of one matrix

Known = Mapping[Fraction, str]  # what was typed, by its value
NOTHING: Known = MappingProxyType({})


# Numbers ----------------------------------------------------------------------------------------


def known(state: State) -> Known:
    """The entries of A and b as they were typed, where they are short and stand as one factor."""
    numbers = [*(x for row in state.matrix for x in row), *state.b]
    return {x.exact: typed(x) for x in numbers if x.is_plain and len(x.text) <= LONG and "e" not in x.text.lower()}


def written(x: Fraction, names: Known = NOTHING) -> tuple[str, bool]:
    """x as typed, as a short fraction, or rounded; and whether that is exact."""
    if x in names:
        return names[x], True
    text = str(x).replace("-", MINUS)
    return (text, True) if len(text) <= LONG else (show(x, DIGITS), is_exact(x, DIGITS))


def cell(x: Fraction, names: Known = NOTHING) -> str:
    """x with ≈ in front where it is rounded."""
    text, is_all = written(x, names)
    return text if is_all else f"≈ {text}"


# Equations and operations -----------------------------------------------------------------------


def row_name(i: int) -> str:
    """R₁ for row 0."""
    return f"R{str(i + 1).translate(LOW)}"


def names_of(n: int) -> tuple[str, ...]:
    """x, y, z, or x₁, x₂, …"""
    return UNKNOWNS.get(n) or tuple(f"x{str(j + 1).translate(LOW)}" for j in range(n))


def equation(row: Sequence[Fraction], names: Known = NOTHING) -> str:
    """3/2 x − y = 5/2; 0 = 3 where all coefficients are 0."""
    parts = [(written(a, names), unknown) for a, unknown in zip(row, names_of(len(row) - 1)) if a != 0]
    right, is_all = written(row[-1], names)
    left = _sum((text, unknown) for (text, _), unknown in parts) or "0"
    return f"{left} {'=' if is_all and all(exact for (_, exact), _ in parts) else '≈'} {right}"


def _sum(terms: Iterable[tuple[str, str]]) -> str:
    """Of coefficients and unknowns: 2 x − y + 1/2 z."""
    made = ""
    for text, unknown in terms:
        size = text.removeprefix(MINUS)
        sign = (f" {MINUS} " if text != size else " + ") if made else (MINUS if text != size else "")
        made += f"{sign}{'' if size == '1' else f'{size} '}{unknown}"
    return made


def operation(step: Step, is_brief: bool = True) -> str:
    """R₁ ↔ R₂, R₂ → 2 R₂, R₂ → R₂ − 1/2 R₁; a long factor is rounded where it has to be brief."""
    i, k = step.rows
    if step.kind == "swap":
        return f"{row_name(i)} ↔ {row_name(k)}"
    text, is_all = written(step.factor) if is_brief else (str(step.factor).replace("-", MINUS), True)
    terms = [(text, row_name(i))] if step.kind == "scale" else [("1", row_name(i)), (text, row_name(k))]
    return f"{row_name(i)} {'→' if is_all else '→ ≈'} {_sum(terms)}"


def reason(step: Step, pivoting: str, names: Known = NOTHING) -> str:
    """What a step is for, and why this pivot."""
    row, column = step.pivot
    i, k = step.rows
    why = "the largest entry of its column" if pivoting == "largest" else "the first entry of its column that is not 0"
    if step.kind == "swap":
        return f"brings up the pivot {cell(step.before[k][column], names)}, {why} from there down"
    pivot, entry = cell(step.before[row][column], names), cell(step.before[i][column], names)
    if step.kind == "scale":
        return f"turns the pivot {pivot} into 1"
    if step.phase == "down":
        return f"clears the {entry} below the pivot {pivot}, {why}"
    return f"clears the {entry} above the pivot"


# The sentence -----------------------------------------------------------------------------------


def sentence(state: State) -> str:
    """How many solutions there are and why, and what the elimination is doing."""
    return f"{_solutions(state.system, known(state))} {_now(state)}"


def _solutions(system: System, names: Known) -> str:
    found, n = system.solution, system.unknowns
    if found.kind == "one":
        meet = f"the {SHAPES[n]} share one point" if n in SHAPES else "the equations leave no choice"
        return f"Exactly one solution: {meet}, since A has {counted(n, 'pivot')} for {counted(n, 'unknown')}."
    if found.kind == "none":
        return f"No solution: {_contradiction(system, names)}, so b is not in the column space of A."
    free = [name for j, name in enumerate(names_of(n)) if j not in found.pivots]
    are = "can be any number" if len(free) == 1 else "can be any numbers"
    return f"Infinitely many solutions: A and [A | b] have rank {found.rank}, and {' and '.join(free)} {are}."


def _contradiction(system: System, names: Known) -> str:
    """Which equation cannot hold."""
    found = system.solution
    assert found.contradiction is not None
    assert found.equation is not None
    c = cell(system.after(len(system.steps))[found.contradiction][-1], names)
    verb = "reads" if not any(system.whole[found.equation][:-1]) else "becomes"
    return (
        f"equation {found.equation + 1} {verb} 0 = {c}. The rank of A is {found.rank}, that of [A | b]"
        f" {found.rank_augmented}"
    )


def _now(state: State) -> str:
    """The present step, or the last one and the next."""
    system = state.system
    done, rest = system.at(state.eliminated.exact)
    if not system.steps:
        return "There is nothing to eliminate: this is the reduced form already."
    if done == len(system.steps):
        return f"The elimination is done, in {counted(done, 'step')}."
    step = system.steps[done]
    what = f"{operation(step)} {reason(step, state.pivoting, known(state))}"
    if rest:
        return f"Now {what}: {show(100 * float(rest), 3)} % of the way."
    return f"Next, {what}."


# Formulas ---------------------------------------------------------------------------------------


def formulas(state: State) -> Formulas:
    """A x = b, the solutions, and [A | b] as it stands; with the inverse that comes first, being long."""
    made = (lambda: _system_node(state), lambda: _solution_node(state), lambda: _now_node(state))
    return Formulas(*made[::-1] if state.with_inverse else made)


def _system_node(state: State) -> f.Node:
    unknowns = f.Coloured("input", f.column([f.Symbol(name) for name in names_of(len(state.matrix[0]))]))
    return f.row(
        f.Symbol("A"), f.Symbol("x", is_bold=True), "=", planar.matrix_node(state), unknowns, "=",
        f.column(state.b, "output"),
    )  # fmt: skip


def _now_node(state: State) -> f.Node:
    """[A | b], with all that has been done so far beside it where the inverse is asked for: [A | b | E]."""
    system, names, share = state.system, known(state), state.eliminated.exact
    done, rest = system.at(share)
    rows, head = system.between(share), "[A | b]"
    made = [[*(number(x, names) for x in row[:-1]), f.Text("|"), number(row[-1], names)] for row in rows]
    if state.with_inverse:
        head = "[A | b | I]"
        for line, extra in zip(made, system.operations(done)):
            line += [f.Text("|"), *(number(x) for x in extra)]
    after = f" after {counted(done, 'step')}" if not rest else f" in step {done + 1}"
    return f.row(f"{head}{after if done or rest else ''} {'=' if _is_exact(rows, names) else '≈'} ",
                 f.Matrix(tuple(map(tuple, made))))  # fmt: skip


def _is_exact(rows: Matrix, names: Known) -> bool:
    return all(written(x, names)[1] for row in rows for x in row)


def number(x: Fraction, names: Known = NOTHING) -> f.Node:
    """x in a formula, as written(x)."""
    text, _ = written(x, names)
    if "/" in text:
        return f.fraction(*text.split("/"))
    return f.Text(text) if x in names or (x.denominator == 1 and len(text) <= LONG) else f.number(x, DIGITS)


def _solution_node(state: State) -> f.Node:
    """x = x₀ + t n."""
    found, x = state.system.solution, f.Symbol("x", is_bold=True)
    if found.particular is None:
        return f.row("no ", x, " with ", f.Symbol("A"), x, " = ", f.Symbol("b", is_bold=True))
    vectors = (found.particular, *state.system.null_space)
    is_all = all(written(entry)[1] for vector in vectors for entry in vector)
    parts: list[f.Node | str] = []
    for k, vector in enumerate(state.system.null_space):
        parts += ["+", f.Symbol("st"[-1 - k]) if k < 2 else f.Sub(f.Symbol("t"), f.Text(str(k))), _column(vector)]
    return f.row(x, "=" if is_all else "≈", f.Coloured("input", _column(found.particular)), *parts)


def _column(vector: Vector) -> f.Node:
    return f.column([number(x) for x in vector])


# Values -----------------------------------------------------------------------------------------


def values(state: State) -> dict[str, object]:
    """What the command line and links are told of the equations."""
    system = state.system
    found = system.solution
    return {
        "solutions": found.kind,
        "solution": None if found.particular is None else _floats(found.particular),
        "steps": [operation(step, is_brief=False) for step in system.steps],
    }


def _floats(vector: Vector) -> list[float]:
    return [to_float(x) for x in vector]


def readout(state: State) -> dict[str, str]:
    """The named numbers under the picture."""
    system = state.system
    found, (done, rest) = system.solution, system.at(state.eliminated.exact)
    told: dict[str, str] = {"solutions": "exactly one" if found.kind == "one" else found.kind}
    if found.kind == "one" and found.particular is not None:
        told |= dict(zip(names_of(system.unknowns), map(cell, found.particular)))
    ranks = {"rank of A": str(found.rank), "rank of [A | b]": str(found.rank_augmented)}
    step = f"{done + (rest > 0)} of {len(system.steps)}"
    return {**told, **ranks, "step": step}


def warnings(state: State, result: Any) -> tuple[str, ...]:
    """Where the exact answer and one in floats part."""
    found, system = [], state.system
    if any(step.rounded for step in system.steps):
        found.append("An entry that only the rounding of what was typed keeps from 0 counts as 0.")
    if result.rank < system.solution.rank:
        found.append(
            f"But for the last digits of its entries A has rank {result.rank}."
            f" Taken exactly as typed, it has rank {system.solution.rank}."
        )
    elif result.rank == system.unknowns == len(state.matrix) and _is_nearly_singular(result):
        found.append(
            f"Condition number {show(result.condition, 2)}: beside the size of each, an error of b can become that many"
            " times as large in x."
        )
    return tuple(found)


def _is_nearly_singular(result: Any) -> bool:
    """The exact condition number takes milliseconds, and is asked for only where a rough one is large."""
    return bool(np.linalg.cond(result.A) > NEARLY_SINGULAR / 100) and result.condition > NEARLY_SINGULAR


def recipe(state: State) -> str:
    """The solution in numpy."""
    return _recipe_of_lines(state) if state.is_plane else _recipe_of_any(state)


def _recipe_of_any(state: State) -> str:
    n = state.size[1]
    return f"""import numpy as np

A = {array(state.matrix)}
b = {array(state.b)}

rank = int(np.linalg.matrix_rank(A, rtol=1e-13))
nearest, *_ = np.linalg.lstsq(A, b, rcond=1e-13)  # how near Ax comes to b
if np.linalg.norm(b - A @ nearest) > 1e-9 * np.linalg.norm(b):
    solutions = "none"
elif rank < {n}:
    solutions = "infinitely many"
else:
    solutions, solution = "one", nearest
"""


def _recipe_of_lines(state: State) -> str:
    return f"""import numpy as np

A = {array(state.matrix)}
b = {array(state.b)}

# Rounding: the two products cancel to the last digits.
down, up = A[0, 0] * A[1, 1], A[0, 1] * A[1, 0]
determinant = down - up
is_singular = abs(determinant) <= 8 * np.finfo(float).eps * (abs(down) + abs(up))
rank = int(A.any()) if is_singular else 2
if is_singular:  # how near Ax comes to b
    miss = np.linalg.norm(b - A @ np.linalg.lstsq(A, b, rcond=None)[0])
    solutions = "infinitely many" if miss <= 1e-9 * np.linalg.norm(b) else "none"
else:
    solution = np.linalg.solve(A, b)
    solutions = "one"
"""
