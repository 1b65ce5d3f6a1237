"""What can be held in space, and beside it: the columns of A, v and its image, b, and the sun of a shadow."""

from dataclasses import replace
from functools import partial
from math import atan2, degrees, hypot
from typing import Any

import numpy as np

from mmlviz.core import planar
from mmlviz.core.controls import XY, XYZ, Handle, Handle3
from mmlviz.core.planar import COLUMN_ROLES as ROLES
from mmlviz.labs.matrix import factors, stepping
from mmlviz.labs.matrix.entries import cast
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import Number
from mmlviz.models.matrix import State

DISTANCE = 4.0  # at which the sun is drawn
LOWEST = 5.0  # degrees above the floor, below which the sun does not go

Numbers = tuple[Number, Number, Number]


def _xyz(at: Array) -> XYZ:
    x, y, z = at.tolist()
    return x, y, z


def _is_moved(state: State, result: Any) -> bool:
    """Whether A moves space, or lays a plane into it."""
    return state.page == "matrix" and state.size[0] == 3


def _column(j: int, pane: str = "space") -> Handle3:
    """Column j; in space as far as it has come on the way to A."""

    def at(state: State, result: Any) -> XYZ:
        if pane == "space" and state.t != 1:
            return _xyz(result.moved[:, j])
        return state.matrix[0][j], state.matrix[1][j], state.matrix[2][j]

    def is_there(state: State, result: Any) -> bool:
        is_shown = _is_moved(state, result) if pane == "space" else stepping.has_columns_in_space(state)
        return is_shown and j < state.size[1]

    key = f"{'' if pane == 'space' else pane} column {j + 1}".strip()
    return Handle3(
        key, planar.COLUMN_NAMES[j], ROLES[j], at, lambda s, xyz: planar.with_column(s, j, xyz), pane, shown=is_there
    )


# v and its image --------------------------------------------------------------------------------


def _has_v(state: State, result: Any) -> bool:
    return len(state.vector) == 3 and (state.page == "matrix" or factors.is_spatial(state))


def _image_at(state: State, result: Any) -> XYZ:
    return _xyz(result.image if state.t == 1 else result.moved @ result.v)


def _image_moved(state: State, xyz: Numbers) -> State:
    """v follows by the inverse; where A is singular only as far as its image goes, by the shortest way.

    v + A⁺(y − Av), with the pseudo-inverse A⁺ (Golub and Van Loan, Matrix Computations, 4th ed., section 5.5.2).
    """
    A, v = np.array(state.matrix, dtype=float), np.array(state.vector, dtype=float)
    moved = v + np.linalg.pinv(A) @ (np.array(xyz, dtype=float) - A @ v)
    if np.abs(moved).max() > planar.VECTOR.limits[1]:
        return state
    return replace(state, vector=tuple(Number.significant(x, 5) for x in moved.tolist()))


def _image_said(state: State, result: Any) -> str:
    return {
        2: "A is singular: Av can only slide in the image plane, where every output lies.",
        1: "A is singular: Av can only slide along the image line, where every output lies.",
        0: "A is zero: Av cannot leave the origin.",
    }.get(result.rank, "")


def _has_image(state: State, result: Any) -> bool:
    return state.page == "matrix" and state.size == (3, 3)


# The sun ----------------------------------------------------------------------------------------


def is_shadow(result: Any) -> bool:
    """Whether A leaves the floor as it is, so that a point and where it lands lie on one ray of the sun."""
    return result.A.shape == (2, 3) and bool((result.A[:, :2] == np.eye(2)).all())


def sun(result: Any) -> Array:
    """A place (3,) towards the sun: all on the way from there to 0 lands at 0."""
    ray = np.append(-result.A[:, 2], 1.0)
    return np.asarray(DISTANCE * ray / np.linalg.norm(ray))


def _has_sun(state: State, result: Any) -> bool:
    return state.page == "matrix" and is_shadow(result)


def _sun_moved(state: State, xyz: Numbers) -> State:
    """The palette's sun stands towards (x, y, z), to a tenth of a degree: its sliders follow."""
    x, y, z = map(float, xyz)
    height = degrees(atan2(z, hypot(x, y)))
    if height < LOWEST:
        return state  # from the floor, or below it, the sun casts no shadow
    around = Number.rounded(degrees(atan2(-y, -x)) if x or y else 0.0, 0.1)
    return cast(state, around=around, height=Number.rounded(height, 0.1))


def _flat_at(state: State, result: Any, j: int) -> XY:
    return (state.matrix[0][j], state.matrix[1][j]) if state.t == 1 else tuple(result.moved[:2, j].tolist())


def _flat_column(j: int) -> Handle:
    return planar.column_handle(
        j, _flat_at, f"shadow column {j + 1}", pane="shadow",
        shown=lambda s, r: s.page == "matrix" and s.size == (2, 3),
    )  # fmt: skip


HANDLES = tuple(map(_flat_column, range(3)))

HANDLES3 = (
    *map(_column, range(3)),
    Handle3("v", "v, the input", "input", lambda s, r: s.vector, lambda s, xyz: replace(s, vector=xyz), "space",
            shown=_has_v),
    Handle3("image", "Av, the output", "output", _image_at, _image_moved, "space", said=_image_said, shown=_has_image),
    Handle3("sun", "the sun", "special", lambda s, r: _xyz(sun(r)), _sun_moved, "space", shown=_has_sun),
    Handle3("b", "b, the right-hand side", "output", lambda s, r: s.b, lambda s, xyz: replace(s, b=xyz), "arrows",
            shown=lambda s, r: stepping.has_columns_in_space(s)),
    *map(partial(_column, pane="arrows"), range(3)),
)  # fmt: skip
