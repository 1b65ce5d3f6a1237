"""Rotations of space: from axis and angle to the matrix and back."""

from collections.abc import Sequence
from math import atan2, sin

import numpy as np

from mmlviz.maths.matrix2 import EPS, NAMED, Array


def rotation3(axis: Sequence[float] | Array, theta: float) -> Array:
    """The rotation (3, 3) by theta radians about an axis (3,) ≠ 0, counterclockwise for who looks against it.

    Rodrigues' formula R = I + sin θ K + (1 − cos θ) K², Kv = n × v with the unit vector n along the axis.
    """
    n = np.array(axis, dtype=float)
    x, y, z = n / np.linalg.norm(n)
    K = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.asarray(np.eye(3) + sin(theta) * K + 2 * sin(theta / 2) ** 2 * K @ K)


def axis_and_angle(R: Array) -> tuple[Array, float]:
    """Unit axis (3,) and angle in [0, π] of a rotation (3, 3); the axis of the identity is that of z.

    By way of the unit quaternion, its largest part first (Shepperd, Quaternion from rotation matrix, Journal of
    Guidance and Control 1, 1978), which keeps all digits near 0 and near π. At π the axis points to +z, else to +y,
    else to +x.
    """
    w, v = _quaternion(R)
    size = float(np.linalg.norm(v))
    if size == 0:
        return np.array([0.0, 0.0, 1.0]), 0.0
    is_half_turn = abs(w) <= 4 * EPS * size
    if w < 0 or is_half_turn:
        w, v = abs(w), -v
    v = v / size + 0.0
    if is_half_turn and next(x for x in v[::-1] if abs(x) > NAMED) < 0:
        v = 0.0 - v
    return v, 2 * atan2(size, w)


def _quaternion(R: Array) -> tuple[float, Array]:
    """Real part and vector part (3,), not normed: a column of the matrix 4qqᵀ, the one with the largest diagonal."""
    trace = float(np.trace(R))
    skew = np.array([R[2, 1] - R[1, 2], R[0, 2] - R[2, 0], R[1, 0] - R[0, 1]])
    diagonal = np.array([1 + 2 * R[i, i] - trace for i in range(3)])
    if 1 + trace >= diagonal.max():
        return 1 + trace, skew
    i = int(np.argmax(diagonal))
    v = R[:, i] + R[i, :]
    v[i] = diagonal[i]
    return float(skew[i]), v
