"""Linear equations as two pictures: a line for each equation, and b as a sum of the columns of A."""

from collections.abc import Iterator
from itertools import pairwise
from math import hypot

import numpy as np

from mmlviz.core import planar
from mmlviz.core.axes import fixed_frame
from mmlviz.core.marks import Arrow, Drawn, Label, Mark, Points, Scene, Segments
from mmlviz.core.planar import COLUMN_ROLES as ROLES
from mmlviz.core.planar import UNITS
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import equals_pair, pair
from mmlviz.labs.matrix.elimination_words import cell, equation, known, row_name
from mmlviz.maths.any_shape import Known
from mmlviz.maths.elimination import Vector
from mmlviz.maths.lattice import Box, line_across
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import to_float
from mmlviz.maths.spaces import unit
from mmlviz.models.matrix import Result, State

FARTHEST = 1e9  # from the origin that anything is drawn
NEAR = 0.01  # of its terms: so well an equation holds where the pointer is
BESIDE = (0.86, 0.7, 0.54)  # of the way along its line at which an equation stands


def draw(state: State, result: Result | Known, view: View) -> Scene:
    """The rows and the columns, each in a plane or in space."""
    from mmlviz.labs.matrix import equations_space as space

    m, n = state.size
    rows = {"rows": lambda: _rows(state, view["rows"])} if n == 2 else {"planes": lambda: space.rows(state, view)}
    columns = (
        {"columns": lambda: _columns(state, result, view)}
        if m == 2
        else {"arrows": lambda: space.columns(state, result, view)}
    )
    return Drawn(rows | columns)


# The rows ---------------------------------------------------------------------------------------


def _rows(state: State, pane: PaneView) -> tuple[Mark, ...]:
    system, share = state.system, state.eliminated.exact
    origins = system.origins(system.at(share)[0])
    marks: list[Mark] = [*fixed_frame(pane), *_all_solutions(state, pane)]
    without_line = 0
    for i, row in enumerate(system.between(share)):
        text = f"{row_name(i)}: {equation(row, known(state))}"
        if any(row[:-1]):
            marks += _line(f"equation {origins[i] + 1}", origins[i], row, text, pane)
        else:
            marks.append(_no_line(f"equation {origins[i] + 1}", origins[i], row, text, without_line, pane))
            without_line += 1
    return (*marks, *_holds(state), *_solution(state))


def foot(row: Vector) -> tuple[Array, Array] | None:
    """The point (2,) of the line a x + b y = c that is nearest to the origin, and the line's direction (2,).

    None where the line is too far away to be drawn; a and b are not both 0.
    """
    a, b, c = row
    largest = max(abs(a), abs(b))
    normal, away = np.array([float(a / largest), float(b / largest)]), c / largest
    if abs(away) > FARTHEST:
        return None
    size = hypot(*normal)
    return normal * float(away) / size**2, np.array([-normal[1], normal[0]]) / size


def _line(key: str, origin: int, row: Vector, text: str, pane: PaneView) -> Iterator[Mark]:
    found = foot(row)
    if found is None:
        return
    ends = line_across(found[1], pane.box, found[0])
    if len(ends) == 0:
        return
    role, along = ROLES[origin], BESIDE[origin]
    yield Segments(key, role, ends, is_dashed=origin == 1)
    yield Label(f"{key} label", role, _along(ends, along), text, (-float(found[1][1]), float(found[1][0])))


def _along(ends: Array, share: float) -> Array:
    """A point of a line, counted from its left end, or its lower one where it is upright."""
    first, last = sorted(ends.tolist(), key=lambda p: (round(p[0], 9), p[1]))
    return np.array(first) * (1 - share) + np.array(last) * share


def _no_line(key: str, origin: int, row: Vector, text: str, place: int, pane: PaneView) -> Mark:
    """An equation without unknowns, written at the top."""
    x0, x1, y0, y1 = pane.box
    at = np.array([(x0 + x1) / 2, y1 - (0.1 + 0.09 * place) * (y1 - y0)])
    return Label(f"{key} label", ROLES[origin], at, f"{text} {says(row)}", (0.0, 1.0))


def says(row: Vector) -> str:
    """What an equation without unknowns says."""
    return "holds for no point" if row[-1] else "holds everywhere"


def _all_solutions(state: State, pane: PaneView) -> tuple[Mark, ...]:
    """Where there are infinitely many: the line of all of them, or the whole plane."""
    system = state.system
    if system.solution.kind != "infinitely many":
        return ()
    if system.solution.rank == 0:
        x0, x1, y0, y1 = pane.box
        at = np.array([(x0 + x1) / 2, y0 + 0.25 * (y1 - y0)])
        return (Label("solutions", "input", at, "every point is a solution", (0.0, 1.0)),)
    found = foot(system.after(len(system.steps))[0])
    if found is None:
        return ()
    ends = line_across(found[1], pane.box, found[0])
    if len(ends) == 0:
        return ()
    away = float(found[1][1]), -float(found[1][0])
    return (
        Segments("solutions", "input", ends, "glow"),
        Label("solutions label", "input", _along(ends, 0.3), "all solutions", away),
    )


def _solution(state: State) -> tuple[Mark, ...]:
    """The one point where the lines meet, which no row operation moves."""
    found = state.system.solution
    at = place(state)
    if found.kind != "one" or at is None or found.particular is None:
        return ()
    return Points("solution", "input", at[None, :]), Label("solution label", "input", at, solution(state), (1.0, 0.4))


def solution(state: State) -> str:
    """x = 1, y = 2, z ≈ 0.333; there is one."""
    found = state.system.solution.particular or ()
    return ", ".join(f"{name} {'' if cell(x).startswith('≈') else '= '}{cell(x)}" for name, x in zip("xyz", found))


def place(state: State) -> Array | None:
    """The particular solution (n,); None where there is none, or none within reach."""
    found = state.system.solution.particular
    if found is None or max(abs(x) for x in found) > FARTHEST:
        return None
    return np.array([float(x) for x in found])


# The columns ------------------------------------------------------------------------------------


def _columns(state: State, result: Result | Known, view: View) -> tuple[Mark, ...]:
    pane, b = view["columns"], right_side(state)
    text = f"b {equals_pair(state.b)}"
    return (
        *fixed_frame(pane),
        *_column_line(state, result, pane),
        *(mark for j in reversed(range(state.size[1])) for mark in _column(result.A[:, j], j)),
        *_sum(state, result),
        *planar.tip("b", "output", b, text),
    )


def _column(column: Array, j: int) -> tuple[Mark, ...]:
    name = f"A{UNITS[j]}"
    return (
        Segments(f"column {j + 1}", ROLES[j], np.array([np.zeros(2), column]), "hair"),
        Points(f"tip {j + 1}", ROLES[j], column[None, :], is_hollow=True),
        Label(f"tip {j + 1} label", ROLES[j], column, name, planar.outwards(column)),
    )


def right_side(state: State) -> Array:
    """b (m,)."""
    return np.array(state.b, dtype=float)


def parts(state: State, A: Array) -> Array | None:
    """The way (n + 1, m) from 0 along x Aî, from there along y Aĵ and so on; None where it leads out of reach."""
    x = place(state)
    if x is None:
        return None
    steps = np.cumsum([np.zeros(len(A)), *(A * x).T], axis=0)
    return steps if np.abs(steps).max() < FARTHEST else None


def _sum(state: State, result: Result | Known) -> Iterator[Mark]:
    way, found = parts(state, result.A), state.system.solution.particular
    if way is None or found is None:
        return
    for j, (tail, tip) in enumerate(pairwise(way)):
        if (tail == tip).all():
            continue
        yield Arrow(f"part {j + 1}", ROLES[j], tip, tail)
        across = tip - tail
        away = planar.outwards(np.array([across[1], -across[0]]))
        yield Label(
            f"part {j + 1} label", ROLES[j], (tail + tip) / 2, f"{cell(found[j])} A{UNITS[j]}", away, is_answer=True
        )


def _column_line(state: State, result: Result | Known, pane: PaneView) -> tuple[Mark, ...]:
    """Where A is singular: all that Ax can be, and what of it is nearest to b."""
    system = state.system
    if system.solution.rank == 2:
        return ()
    if system.solution.rank == 0:
        return (Points("all Ax", "special", np.zeros((1, 2))), _label_of_zero())
    along = unit(system.column_space[0])
    ends = line_across(along, pane.box)
    found: tuple[Mark, ...] = (Segments("all Ax", "special", ends),) if len(ends) else ()
    if len(ends):
        away = -float(along[1]), float(along[0])
        found += (Label("all Ax label", "special", _along(ends, 0.14), "every Ax lies on this line", away),)
    return (*found, *_nearest(state, along))


def _label_of_zero() -> Mark:
    return Label("all Ax label", "special", np.zeros(2), "every Ax is 0", (-1.0, -1.0))


def _nearest(state: State, along: Array) -> tuple[Mark, ...]:
    if state.system.solution.kind != "none":
        return ()
    b = right_side(state)
    nearest = (b @ along) * along
    return (
        Segments("miss", "negative", np.array([nearest, b]), is_dashed=True),
        Points("nearest", "negative", nearest[None, :], is_hollow=True),
        Label("nearest label", "negative", nearest, "the nearest Ax", planar.outwards(nearest - b)),
    )


# What is held, what is in sight, and what is under the pointer --------------------------------------------------------


def is_whole(state: State) -> bool:
    """Whether the equations still stand as they were given, so that their lines can be moved."""
    return not state.system.steps or state.eliminated == 0


def _holds(state: State) -> Iterator[Mark]:
    for i in range(state.size[0]):
        at = intercept(state, i) if is_whole(state) else None
        if at is not None:
            yield Points(f"line {i + 1}", ROLES[i], at[None, :], is_hollow=True)


def intercept(state: State, i: int) -> Array | None:
    """Where the line of equation i crosses the axis that it crosses more steeply (2,); None without any in reach."""
    *coefficients, c = state.system.whole[i]
    axis = 0 if abs(coefficients[0]) > abs(coefficients[1]) else 1
    if coefficients[axis] == 0 or abs(c) > FARTHEST * abs(coefficients[axis]):
        return None
    at = np.zeros(2)
    at[axis] = to_float(c / coefficients[axis])
    return at


def fit(state: State, result: Result | Known, pane: str) -> Box:
    """A box around the solution and where the lines cross the axes, or around the columns, their sum and b."""
    if pane == "rows":
        found = [np.ones(2) / 4, place(state), *(intercept(state, i) for i in range(state.size[0]))]
    else:
        found = [*result.A.T, right_side(state), *([] if (way := parts(state, result.A)) is None else way)]
    flat = [point for point in found if point is not None and len(point) == 2]  # the others are in a space
    return planar.box_around(np.array(flat or [np.ones(2)]))


def hover(state: State, result: Result | Known, pane: str, xy: tuple[float, float]) -> str:
    """A point as x, what A makes of it, and which equations it satisfies."""
    if pane == "columns":
        return pair(xy, 3)
    rows = np.column_stack([result.A, right_side(state)])
    terms = rows * np.array([*xy, -1.0])
    holds = [str(i + 1) for i, row in enumerate(terms) if abs(row.sum()) <= NEAR * np.abs(row).max()]
    which = " and ".join(holds) if holds else "none"
    image = pair((result.A @ np.array(xy)).tolist(), 3)
    return f"x = {pair(xy, 3)}    Ax = {image}    equations that hold: {which}"
