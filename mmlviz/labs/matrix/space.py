"""Space moved by a 3×3 matrix, pressed onto a plane by a 2×3 one, or a plane laid into space by a 3×2 one."""

from functools import lru_cache
from sys import float_info

import numpy as np

from mmlviz.core import planar
from mmlviz.core.axes import fixed_frame
from mmlviz.core.marks import (
    Arrow3,
    Drawn,
    Label3,
    Mark,
    Points,
    Points3,
    Polygon,
    Polygon3,
    Scene,
    Segments,
    Segments3,
)
from mmlviz.core.planar import COLUMN_ROLES as ROLES
from mmlviz.core.planar import UNITS
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import degrees, equals_pair, pair, show
from mmlviz.labs.matrix.box import at_rest, frame, limits, line, reach_around, spanned
from mmlviz.labs.matrix.holds import is_shadow, sun
from mmlviz.labs.matrix.plane import area_role, corners
from mmlviz.maths.any_shape import CORNERS, Known, known
from mmlviz.maths.box3 import line_in, plane_in, segments_in
from mmlviz.maths.lattice import Box, line_across, multiples, nice_step
from mmlviz.maths.matrix2 import Array
from mmlviz.models.matrix import State

IMAGE = ("", "image line", "image plane")  # names of what all outputs fill, by its dimension
NULL = ("", "null line", "null plane")
LINES = 8  # of the moved floor each way, at most
FACES = ((0, 1, 3, 2), (4, 5, 7, 6), (0, 1, 5, 4), (2, 3, 7, 6), (0, 2, 6, 4), (1, 3, 7, 5))  # rows of CORNERS
EDGES = tuple((a, b) for a in range(8) for b in range(a + 1, 8) if bin(a ^ b).count("1") == 1)
THIN = 0.02  # of the longest half axis of the moved ball: what is flatter is seen as flat


def draw(state: State, result: Known, view: View) -> Scene:
    """The panes of the state's shape: space, and beside it the plane that A comes from or leads to."""
    made = {"space": lambda: _space(state, result, view)}
    if state.size == (3, 2):
        made["inputs"] = lambda: _inputs(state, view["inputs"])
    if state.size == (2, 3):
        made["shadow"] = lambda: _shadow(state, result, view["shadow"])
    return Drawn(made)


def _space(state: State, result: Known, view: View) -> tuple[Mark, ...]:
    reach = _reach(state, result, view)
    marks = {(3, 3): _moved_space, (2, 3): _pressed, (3, 2): _laid}[state.size](state, result, reach)
    return (*frame(reach), *marks)


# The box ----------------------------------------------------------------------------------------


def _reach(state: State, result: Known, view: View) -> float:
    """Half a side of the box; while something is dragged it stands still, by the state before."""
    rest = at_rest(state, view)
    return _around(result) if rest is state else reach_of(rest.matrix, rest.vector)


@lru_cache(maxsize=4)
def reach_of(matrix: tuple[tuple[float, ...], ...], vector: tuple[float, ...]) -> float:
    """Half a side of the box in which a matrix and a vector are seen."""
    return _around(known(matrix, vector, 1.0, "polar"))


def _around(result: Known) -> float:
    m, n = result.A.shape
    moved = CORNERS[:, :n] @ result.A.T
    points = [np.ones(3), result.v_in_space, np.append(result.image, 0.0)[:3]]
    points += [*np.column_stack([moved, np.zeros((8, 3 - m))]), *([sun(result)] if is_shadow(result) else [])]
    return reach_around(np.array(points))


# 3×3 --------------------------------------------------------------------------------------------


def _moved_space(state: State, result: Known, reach: float) -> tuple[Mark, ...]:
    there = state.t == 1
    return (
        *floor(result.moved, reach),
        *(ghost() if state.before else ()),
        *cube(result.moved, float(result.determinant or 0) if there else result.moved_volume),
        *(_collapse(result, reach) if there and result.is_singular else ()),
        *(() if there else _moment(result, reach)),
        *(_axis(result, reach) if there or result.kind.word == "rotation" else ()),
        *_arrows(state, result),
    )


def floor(moved: Array, reach: float) -> tuple[Mark, ...]:
    """The grid of the floor z = 0 where it has been taken, as far as the box reaches; none beyond floats."""
    if float(np.abs(moved).max()) > float_info.max / 1e10 / reach:
        return ()
    low, high = limits(reach)
    step = nice_step(2 * reach / LINES)
    at = multiples(-reach, reach, step)
    far, near = np.full(len(at), reach), np.zeros(len(at))
    along_x = np.stack([np.stack([-far, at, near], 1), np.stack([far, at, near], 1)], axis=1).reshape(-1, 3)
    along_y = along_x[:, [1, 0, 2]]
    ends = segments_in(np.concatenate([along_x, along_y]) @ moved.T, low, high)
    return (Segments3("moved grid", "moved_grid", ends, "hair"),) if len(ends) else ()


def ghost() -> tuple[Mark, ...]:
    """The unit cube as it was."""
    return (Segments3("before", "truth", CORNERS[np.array(EDGES).ravel()], "hair"),)


def cube(moved: Array, volume: float) -> tuple[Mark, ...]:
    """The moved unit cube, hatched where it is turned inside out, with its signed volume."""
    role, at = area_role(volume), CORNERS @ moved.T
    faces = tuple(
        Polygon3(f"face {k + 1}", role, at[list(face)], 0.22, is_hatched=volume < 0) for k, face in enumerate(FACES)
    )
    return (*faces, Label3("volume", role, at.mean(axis=0), f"volume {show(volume)}", is_centred=True))


def _collapse(result: Known, reach: float) -> tuple[Mark, ...]:
    """What det A = 0 looks like: the plane, line or point that all of space lands on, and what lands on 0."""
    return (*spanned("image", "output", result.image_basis, reach, IMAGE), *_null(result, reach))


def _null(result: Known, reach: float) -> tuple[Mark, ...]:
    """The null space, and through v all that lands where v lands."""
    found = spanned("null", "special", result.null_basis, reach, NULL)
    if len(result.null_basis) == 1 and result.v.any():
        fibre = line_in(result.null_basis[0], *limits(reach), result.v)
        found += (Segments3("fibre of v", "input", fibre, "hair"),) if len(fibre) else ()
    return found


def _moment(result: Known, reach: float) -> tuple[Mark, ...]:
    """On the way to a regular A, the moment at which space lies in one plane."""
    if result.is_singular:
        return ()
    U, sizes, _ = np.linalg.svd(result.moved)
    if sizes[2] > THIN * sizes[0]:
        return ()
    low, high = limits(reach)
    said = "the volume is 0 here" if result.moved_volume == 0 else "the volume is almost 0 here"
    plane = plane_in(U[:, 2], low, high)
    return (Polygon3("moment", "special", plane, 0.12), Label3("moment label", "special", 0.9 * plane[0], said))


def _axis(result: Known, reach: float) -> tuple[Mark, ...]:
    """The axis of a rotation, the mirror of a reflection, the line along which a shear slides."""
    low, high = limits(reach)
    word, direction, angle = result.kind.word, result.kind.direction, result.kind.angle
    if direction is None:
        return ()
    if word == "rotation" and angle is not None:
        return line("axis", "special", direction, reach, f"axis, {degrees(angle)}")
    if word == "shear":
        return line("shear", "special", direction, reach, "slides along this")
    if word not in ("reflection", "rotoreflection"):
        return ()
    return (
        Polygon3("mirror", "special", plane_in(direction, low, high), 0.12),
        *(line("axis", "special", direction, reach, f"axis, {degrees(angle)}") if angle is not None else ()),
    )


def _arrows(state: State, result: Known) -> tuple[Mark, ...]:
    """The columns, v and Av, each with its name."""
    there, n = state.t == 1, result.A.shape[1]
    name = "A" if there else "A(t)"  # numbers would lie over one another; the formula has them, in the same colours
    moved = [tip(ROLES[j], ROLES[j], result.moved[:, j], f"{name}{UNITS[j]}") for j in range(n)]
    v = result.v_in_space
    image = np.append(result.image, 0.0)[:3] if there else result.moved @ v
    v_tip = tip("v", "input", v, "v") if state.size != (3, 2) else ()
    return (*v_tip, *tip("image", "output", image, f"{name}v"), *(m for tip in moved for m in tip))


def tip(key: str, role: str, at: Array, text: str) -> tuple[Mark, Mark]:
    """An arrow from 0 with its name."""
    return Arrow3(key, role, at, np.zeros(3)), Label3(f"{key} label", role, at, text, (0.5, 1.0))


# 2×3: space onto the floor ------------------------------------------------------------------------


def _pressed(state: State, result: Known, reach: float) -> tuple[Mark, ...]:
    """The cube as it is and on the floor, and the lines that each land on one point."""
    at = CORNERS @ result.moved.T
    cube = tuple(Polygon3(f"face {k + 1}", "truth", CORNERS[list(face)], 0.12) for k, face in enumerate(FACES))
    moved = tuple(Polygon3(f"moved face {k + 1}", "output", at[list(face)], 0.1) for k, face in enumerate(FACES))
    return (
        *floor(np.diag([1.0, 1.0, 0.0]), reach),
        *(moved if state.t != 1 else _flat(at)),
        *cube,
        *_null(result, reach),
        *(_rays(result) if is_shadow(result) else ()),
        *_arrows(state, result),
    )


def _flat(at: Array) -> tuple[Mark, ...]:
    """The outline of what lies on the floor."""
    around = hull(at[:, :2])
    if len(around) < 3:
        return ()
    return (Polygon3("shadow", "output", np.column_stack([around, np.zeros(len(around))]), 0.3),)


def _rays(result: Known) -> tuple[Mark, ...]:
    """The sun, and from the cube's corners and from v to where they land."""
    points = np.concatenate([CORNERS[1::2], result.v[None, :]])
    ends = np.stack([points, points @ result.moved.T], axis=1).reshape(-1, 3)
    at = sun(result)
    return (
        Segments3("rays", "special", ends, "hair"),
        Arrow3("light", "special", np.zeros(3), at),
        Points3("sun", "special", at[None, :]),
        Label3("sun label", "special", at, "sun", (0.0, 1.0)),
    )


def hull(points: Array) -> Array:
    """The corners of the convex hull of points (n, 2), counterclockwise (Andrew's monotone chain, 1979)."""
    ordered = sorted(set(map(tuple, points.tolist())))
    halves = (_chain(ordered), _chain(ordered[::-1]))
    return np.array([*halves[0][:-1], *halves[1][:-1]]).reshape(-1, 2)


def _chain(points: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
    kept: list[tuple[float, ...]] = []
    for x, y in points:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], (x, y)) <= 0:
            kept.pop()
        kept.append((x, y))
    return kept


def _turn(a: tuple[float, ...], b: tuple[float, ...], c: tuple[float, ...]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _shadow(state: State, result: Known, pane: PaneView) -> tuple[Mark, ...]:
    """The plane that space lands on: the cube's image, the columns and Av."""
    flat = result.moved[:2]
    at, there = CORNERS @ flat.T, state.t == 1
    around = hull(at)
    line = line_across(result.image_basis[0], pane.box) if result.rank == 1 and there else np.empty((0, 2))
    name = f"Av {equals_pair(result.image.tolist())}" if there else "A(t)v"
    return (
        *((Polygon("cube", "output", around),) if len(around) > 2 else ()),
        *fixed_frame(pane),
        Segments("edges", "truth", at[np.array(EDGES).ravel()], "hair"),
        *((Segments("image line", "output", line),) if len(line) else ()),
        *((Points("everything", "special", np.zeros((1, 2))),) if result.rank == 0 and there else ()),
        *planar.tip("image", "output", flat @ result.v, name),
        *(mark for j in (2, 1, 0) for mark in _flat_column(state, flat, j, there)),
    )


def _flat_column(state: State, flat: Array, j: int, there: bool) -> tuple[Mark, ...]:
    numbers = tuple(row[j] for row in state.matrix) if there else tuple(flat[:, j].tolist())
    return planar.tip(
        ROLES[j],
        ROLES[j],
        flat[:, j],
        f"{'A' if there else 'A(t)'}{UNITS[j]} {equals_pair(numbers)}",
    )


# 3×2: the plane into space ------------------------------------------------------------------------


def _laid(state: State, result: Known, reach: float) -> tuple[Mark, ...]:
    """The moved plane with its grid, and the plane or line of all outputs."""
    at = CORNERS[[0, 4, 6, 2]] @ result.moved.T
    outputs = spanned("image", "output", result.image_basis, reach, IMAGE) if state.t == 1 else ()
    return (
        *floor(result.moved, reach),
        Polygon3("unit square", "positive", at, 0.35),
        *outputs,
        *_arrows(state, result),
    )


def _inputs(state: State, pane: PaneView) -> tuple[Mark, ...]:
    """The plane of the inputs: î, ĵ, the unit square and v."""
    v = np.array(state.vector, dtype=float)
    units = [mark for j in (1, 0) for mark in planar.tip(ROLES[j], ROLES[j], np.eye(2)[j], UNITS[j])]
    return (
        Polygon("unit square", "positive", corners(np.eye(2))),
        *fixed_frame(pane),
        *planar.tip("v", "input", v, f"v {equals_pair(state.vector)}"),
        *units,
    )


# Fitting and pointing -----------------------------------------------------------------------------


def fit(state: State, result: Known, pane: str) -> Box:
    """A box around the arrows of a plane beside space."""
    if pane == "shadow" and state.size == (2, 3):
        flat = result.moved[:2]
        return planar.box_around(np.array([*CORNERS @ flat.T, flat @ result.v, result.image]))
    return planar.box_around(np.array([result.v[:2], [1.0, 0.0], [0.0, 1.0]]))


def hover(state: State, result: Known, pane: str, xy: tuple[float, float]) -> str:
    """A point, and where A sends it if it is an input."""
    if pane != "inputs":
        return f"({', '.join(show(x, 3) for x in xy)})"
    return f"x = {pair(xy, 3)}    Ax = {pair((result.A @ np.array(xy)).tolist(), 3)}"
