"""Linear equations in space: a plane for each equation, or b as a sum of columns with three entries."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np

from mmlviz.core.marks import Arrow3, Label3, Mark, Points3, Polygon3, Segments3
from mmlviz.core.planar import COLUMN_ROLES as ROLES
from mmlviz.core.planar import UNITS
from mmlviz.core.view import View
from mmlviz.core.words import show
from mmlviz.labs.matrix.box import at_rest, frame, limits, reach_around, spanned
from mmlviz.labs.matrix.elimination_words import cell, equation, known, row_name
from mmlviz.labs.matrix.equations import FARTHEST, parts, place, right_side, says, solution
from mmlviz.maths.any_shape import Known
from mmlviz.maths.box3 import cut, line_in, plane_in
from mmlviz.maths.elimination import Vector
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.spaces import unit
from mmlviz.maths.systems import System
from mmlviz.models.matrix import Result, State

SHARE = 0.3  # how opaque a plane is
OFF = 1.5  # times as far as the farthest plane from 0 the box reaches: some of each is seen
PARALLEL = 1e-9  # sine of an angle: planes nearer to each other are cut by none
# The directions in which the equation of each plane is written at its edge.
TOWARDS = np.array([[0.9, -0.5, 1.0], [-0.6, -0.9, 0.8], [0.4, 1.0, 0.9]])
OUTPUTS = ("every Ax is 0", "every Ax lies on this line", "every Ax lies in this plane")


class Plane(NamedTuple):
    """The plane of an equation: which one it came from, the unit normal (3,), and its point (3,) nearest to 0."""

    origin: int
    normal: Array
    foot: Array


# The rows ---------------------------------------------------------------------------------------


def rows(state: State, view: View) -> tuple[Mark, ...]:
    """A plane for each equation, on its way through the elimination, and what lies in all of them."""
    reach = _reach(at_rest(state, view).system)
    system, names = state.system, known(state)
    origins = system.origins(system.at(state.eliminated.exact)[0])
    planes: list[Plane] = []
    texts: list[Mark] = []
    for i, row in enumerate(system.between(state.eliminated.exact)):
        text = f"{row_name(i)}: {equation(row, names)}"
        if any(row[:-1]):
            found = plane_of(row, origins[i])
            planes += [found] if found is not None else []
            texts += [] if found is None else _name(found, text, reach)
        else:
            texts.append(_no_plane(origins[i], f"{text} {says(row)}", len(texts), reach))
    return (*frame(reach), *_planes(planes, reach), *texts, *_solutions(state, reach))


def plane_of(row: Vector, origin: int) -> Plane | None:
    """The plane of a x + b y + c z = d; None where it is too far away to be drawn. a, b and c are not all 0."""
    largest = max(map(abs, row[:-1]))
    away = row[-1] / largest
    if abs(away) > FARTHEST:
        return None
    normal = np.array([float(x / largest) for x in row[:-1]])
    size = float(np.linalg.norm(normal))
    return Plane(origin, normal / size, normal * float(away) / size**2)


def _reach(system: System) -> float:
    """Half a side of the box: the solution is in it, and a part of each plane as it was given."""
    found = system.solution.particular
    points = [np.ones(3)]
    if found is not None and max(map(abs, found)) < FARTHEST:
        points.append(np.array([float(x) for x in found]))
    planes = (plane_of(row, 0) for row in system.whole if any(row[:-1]))
    points += [OFF * plane.foot for plane in planes if plane is not None]
    return reach_around(np.array(points))


def _planes(planes: list[Plane], reach: float) -> Iterator[Mark]:
    """Each cut along the others, so that what is in front is painted in front, and the lines where two meet."""
    low, high = limits(reach)
    for plane in planes:
        pieces = [plane_in(plane.normal, low, high, plane.foot)]
        for other in planes:
            if other is not plane and np.linalg.norm(np.cross(plane.normal, other.normal)) > PARALLEL:
                pieces = [half for piece in pieces for half in _halves(piece, other)]
        for k, piece in enumerate(piece for piece in pieces if len(piece) > 2):
            yield Polygon3(f"equation {plane.origin + 1} piece {k + 1}", ROLES[plane.origin], piece, SHARE)
    for one, other in combinations(planes, 2):
        ends = _meeting(one, other, reach)
        if len(ends):
            yield Segments3(f"equations {one.origin + 1} and {other.origin + 1}", "text", ends, "hair")


def _halves(piece: Array, plane: Plane) -> tuple[Array, Array]:
    """What of a convex polygon lies on either side of a plane."""
    depth = (piece - plane.foot) @ plane.normal
    return cut(piece, depth), cut(piece, -depth)


def _meeting(one: Plane, other: Plane, reach: float) -> Array:
    """The line (2, 3) in which two planes meet, as far as the box reaches; empty where they do not meet in one."""
    along = np.cross(one.normal, other.normal)
    size = float(np.linalg.norm(along))
    if size < PARALLEL:
        return np.empty((0, 3))
    both, heights = np.array([one.normal, other.normal]), [one.foot @ one.normal, other.foot @ other.normal]
    point = np.linalg.lstsq(both, heights, rcond=None)[0]
    return line_in(along / size, *limits(reach), point)


def _name(plane: Plane, text: str, reach: float) -> list[Mark]:
    """The equation, at an edge of its plane."""
    at = plane_in(plane.normal, *limits(reach), plane.foot)
    if len(at) < 3:
        return []
    where = at[np.argmax(at @ TOWARDS[plane.origin])]
    key = f"equation {plane.origin + 1} label"
    return [Label3(key, ROLES[plane.origin], 0.94 * where + 0.06 * at.mean(axis=0), text, (0.0, 1.0))]


def _no_plane(origin: int, text: str, where: int, reach: float) -> Mark:
    """An equation without unknowns, written over the box."""
    at = np.array([0.0, 0.0, limits(reach)[1][2] * (1.05 + 0.16 * where)])
    return Label3(f"equation {origin + 1} label", ROLES[origin], at, text, (0.0, 1.0))


def _solutions(state: State, reach: float) -> tuple[Mark, ...]:
    """The point, line or plane that lies in all the planes, which no row operation moves."""
    found, at = state.system.solution, place(state)
    if found.kind == "none" or at is None:
        return ()
    if found.kind == "one":
        return Points3("solution", "input", at[None, :]), Label3(
            "solution label", "input", at, solution(state), (1, 0.6)
        )
    low, high = limits(reach)
    if found.rank == 2:
        ends = line_in(unit(state.system.null_space[0]), low, high, at)
        if not len(ends):
            return ()
        return Segments3("solutions", "input", ends, "vector"), _all_solutions(0.75 * ends[1] + 0.25 * ends[0])
    if found.rank == 1:
        row = state.system.after(len(state.system.steps))[0]
        plane = plane_of(row, 0)
        corners = np.empty((0, 3)) if plane is None else plane_in(plane.normal, low, high, plane.foot)
        return (Polygon3("solutions", "input", corners, SHARE), _all_solutions(corners[0])) if len(corners) > 2 else ()
    return (Label3("solutions label", "input", 0.5 * low, "every point is a solution"),)


def _all_solutions(at: Array) -> Mark:
    return Label3("solutions label", "input", at, "all solutions", (1.0, -0.4))


# The columns ------------------------------------------------------------------------------------


def columns(state: State, result: Result | Known, view: View) -> tuple[Mark, ...]:
    """b, the columns of A, and so much of each as makes b; where they do not fill space, what they fill."""
    reach = _reach_of_columns(at_rest(state, view))
    b = right_side(state)
    return (
        *frame(reach),
        *_outputs(state, b, reach),
        *(mark for j in range(state.size[1]) for mark in _column(result.A[:, j], j)),
        *_sum(state, result),
        Arrow3("b", "output", b, np.zeros(3)),
        Label3("b label", "output", b, f"b = ({', '.join(map(show, state.b))})", (0.5, 1.0)),
    )


def _reach_of_columns(state: State) -> float:
    A = np.array(state.matrix, dtype=float)
    way = parts(state, A)
    points = np.array([*A.T, right_side(state), *([] if way is None else way)])
    return reach_around(points) if points.any() else 1.0


def _column(column: Array, j: int) -> tuple[Mark, ...]:
    return (
        Segments3(f"column {j + 1}", ROLES[j], np.array([np.zeros(3), column]), "hair"),
        Points3(f"tip {j + 1}", ROLES[j], column[None, :], is_hollow=True),
        Label3(f"tip {j + 1} label", ROLES[j], column, f"A{UNITS[j]}", (0.5, 1.0)),
    )


def _sum(state: State, result: Result | Known) -> Iterator[Mark]:
    way, found = parts(state, result.A), state.system.solution.particular
    if way is None or found is None:
        return
    for j, (tail, tip) in enumerate(pairwise(way)):
        if (tail != tip).any():
            yield Arrow3(f"part {j + 1}", ROLES[j], tip, tail)
            text = f"{cell(found[j])} A{UNITS[j]}"
            yield Label3(f"part {j + 1} label", ROLES[j], (tail + tip) / 2, text, (1, -0.5), is_answer=True)


def _outputs(state: State, b: Array, reach: float) -> tuple[Mark, ...]:
    """Where the columns do not fill space: all that Ax can be, and what of it is nearest to b."""
    system = state.system
    if system.solution.rank == 3:
        return ()
    basis = orthonormal(system.column_space)
    found = spanned("all Ax", "special", basis, reach, OUTPUTS)
    if system.solution.kind != "none":
        return found
    nearest = basis.T @ (basis @ b)
    return (
        *found,
        Segments3("miss", "negative", np.array([nearest, b]), "line"),
        Points3("nearest", "negative", nearest[None, :], is_hollow=True),
        Label3("nearest label", "negative", nearest, "the nearest Ax", (1.0, -1.0)),
    )


def orthonormal(vectors: tuple[Vector, ...]) -> Array:
    """Unit vectors (k, 3) at right angles that span what independent vectors span."""
    if not vectors:
        return np.empty((0, 3))
    return np.asarray(np.linalg.qr(np.array([unit(v) for v in vectors]).T)[0].T)
