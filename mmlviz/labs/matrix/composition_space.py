"""Space moved by a product of 3×3 matrices, factor by factor from the right, or in the opposite order."""

import numpy as np

from mmlviz.core.marks import Arrow3, Curve3, Label3, Mark, Points3
from mmlviz.core.planar import COLUMN_ROLES as ROLES
from mmlviz.core.planar import UNITS
from mmlviz.core.view import View
from mmlviz.labs.matrix.box import at_rest, frame, reach_around
from mmlviz.labs.matrix.composition import determinant, label, other_image
from mmlviz.labs.matrix.space import cube, floor, ghost, tip
from mmlviz.maths.any_shape import CORNERS
from mmlviz.maths.composition import Composition
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import to_float
from mmlviz.models.matrix import VECTORS, State


def moved(state: State, view: View, is_backwards: bool) -> tuple[Mark, ...]:
    """The cube, the columns and v, and where v has been after each factor."""
    found, v = state.composition, vector(state)
    rest = at_rest(state, view)
    reach = _reach(rest if rest.composition.dimension == 3 else state)
    if is_backwards and found.backwards is None:
        return (*frame(reach), Label3("nothing", "text", np.zeros(3), "no product in this order", is_centred=True))
    M = found.moved(float(state.t), is_backwards)
    image = M @ v
    name = label(found, state, is_backwards)
    return (
        *frame(reach),
        *floor(M, reach),
        *(ghost() if state.before else ()),
        *cube(M, to_float(determinant(state, M, is_backwards))),
        *_trail(found, v, is_backwards),
        *tip("v", "input", v, "v"),
        *tip("image", "output", image, f"{name}v"),
        *(mark for j in range(3) for mark in tip(ROLES[j], ROLES[j], M[:, j], f"{name}{UNITS[j]}")),
        *_gap(state, v, image, is_backwards),
    )


def vector(state: State) -> Array:
    """v in space, also where A takes vectors of another size."""
    return np.array([*state.vector, *VECTORS[3][len(state.vector) :]], dtype=float)


def _reach(state: State) -> float:
    """Half a side of the box: both orders fit into it, after every factor."""
    found, v = state.composition, vector(state)
    points = [np.ones(3)]
    for is_backwards in (False, True) if found.backwards is not None else (False,):
        points += found.stages(v, is_backwards)
        M = found.moved(1.0, is_backwards)
        points += [*CORNERS @ M.T]
    return reach_around(np.array(points))


def _trail(found: Composition, v: Array, is_backwards: bool) -> tuple[Mark, ...]:
    """v after each factor."""
    stages = np.array(found.stages(v, is_backwards))
    inner = (Points3("stages", "truth", stages[1:-1], is_hollow=True),) if len(stages) > 2 else ()
    return (Curve3("trail", "truth", stages, "hair"), *inner)


def _gap(state: State, v: Array, image: Array, is_backwards: bool) -> tuple[Mark, ...]:
    """In the main picture, from where the opposite order takes v to where v goes."""
    found = None if is_backwards else other_image(state, v, image)
    if found is None:
        return ()
    other, text = found
    return Arrow3("gap", "negative", image, other), Label3("gap label", "negative", other, text, (1.0, -1.0))
