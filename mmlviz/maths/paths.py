"""From the identity to a matrix, t from 0 to 1: along its entries, or by stretching and turning."""

from typing import Literal

import numpy as np

from mmlviz.maths import matrix2
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.rational import Matrix, floats, shape
from mmlviz.maths.rotation3 import axis_and_angle, rotation3
from mmlviz.maths.svd import polar

Way = Literal["entries", "polar"]


def path(A: Matrix, t: float, way: Way = "polar") -> Array:
    """The matrix on the way from I (t = 0) to A (t = 1), exactly I and A at the ends; ValueError unless A is square.

    "entries": (1 − t)I + tA, every point moves on a straight line. "polar", for up to 3×3: R(tθ)((1 − t)I + tS) with
    A = R(θ)S as in svd.polar: rotations rotate about their axis, and a mirror is a stretch through 0.
    """
    m, n = shape(A)
    if m != n:
        raise ValueError(f"there is no way from the identity to a matrix {shape(A)}")
    if t == 1:
        return floats(A)
    if way == "entries":
        return (1 - t) * np.eye(n) + t * floats(A)
    if n == 2:
        return matrix2.path(floats(A).tolist(), t)
    return _polar_path(A, t)


def _polar_path(A: Matrix, t: float) -> Array:
    Q, S = polar(A)
    n = shape(A)[0]
    stretched = (1 - t) * np.eye(n) + t * S.matrix
    if n == 1:
        return stretched
    if n > 3:
        raise ValueError(f"no way by rotations is known to a matrix {shape(A)}")
    axis, theta = axis_and_angle(Q.matrix)
    return np.asarray(rotation3(axis, t * theta) @ stretched)
