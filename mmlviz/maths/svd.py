"""A = UΣVᵀ: turn, stretch along the axes, turn; and A = QS: stretch along directions at right angles, then turn."""

from fractions import Fraction
from functools import lru_cache

import numpy as np

from mmlviz.maths.factoring import Factor, orthogonal_role
from mmlviz.maths.matrix2 import NAMED, Array, rotation, turn_and_stretch
from mmlviz.maths.rational import Matrix, floats, shape
from mmlviz.maths.spaces import singular_values


def svd(A: Matrix, is_proper: bool = True) -> tuple[Factor, ...]:
    """A = U Σ Vᵀ: a rotation, a scaling along the axes, a rotation; U (m×m), Σ (m×n), Vᵀ (n×n).

    With is_proper, U and V have determinant 1: columns that meet a singular value 0, or none, are turned round; where
    there is none, the last number of Σ is negative: the mirror is a stretch through 0, as in `polar`. Without it, Σ
    has no negative number and U or V may be reflections, as usual. The largest entry of each column of V is positive,
    as far as that leaves U and V proper.
    """
    U, sigma, V = _svd(A)
    if is_proper:
        U, V, sigma = _proper(U, V, sigma)
    S = np.zeros(shape(A))
    np.fill_diagonal(S, sigma)
    return (
        Factor("U", orthogonal_role(U), U),
        Factor("Σ", "scaling", S),
        Factor("Vᵀ", orthogonal_role(V), V.T),
    )


@lru_cache(maxsize=32)  # a path asks for the same one with every frame
def polar(A: Matrix) -> tuple[Factor, Factor]:
    """A = Q S: a symmetric stretch S, then a rotation Q; ValueError unless A is square.

    Q is always a rotation: the one that maximises trace(QᵀA) (Higham, Functions of Matrices, section 8.1). For
    det A > 0 that is the polar decomposition; for det A < 0 the direction that is stretched least goes through 0, as
    in matrix2.turn_and_stretch, which does it for 2×2. Where that leaves a choice (A singular twice over, or a mirror
    among equal stretches), Q turns least: a reflection has Q = I.
    """
    m, n = shape(A)
    if m != n:
        raise ValueError(f"{shape(A)} is not square")
    entries = floats(A)
    if n == 2:
        theta, S = turn_and_stretch(entries.tolist())
        return Factor("Q", "rotation", rotation(theta)), Factor("S", "stretch", S)
    U, sigma, V = _svd(A)
    Q = _nearest_rotation(U, sigma, V)
    S = Q.T @ entries
    return Factor("Q", "rotation", Q), Factor("S", "stretch", S / 2 + S.T / 2)


def _nearest_rotation(U: Array, sigma: Array, V: Array) -> Array:
    """The rotation Q that maximises trace(QᵀA), A = UΣVᵀ; among several one with the largest trace."""
    sign = round(float(np.linalg.det(U) * np.linalg.det(V)))
    known = int(np.count_nonzero(sigma))
    if known < len(sigma):
        free = _kabsch(V[:, known:].T @ U[:, known:], sign)
        return np.asarray(U[:, :known] @ V[:, :known].T + U[:, known:] @ free @ V[:, known:].T)
    Q = np.asarray(U @ V.T)
    if sign > 0:
        return Q
    least = V[:, sigma <= sigma[-1] * (1 + NAMED)]
    inner = least.T @ Q @ least
    m = least @ np.linalg.eigh(inner + inner.T)[1][:, 0]
    return np.asarray(Q - 2 * np.outer(Q @ m, m))


def _kabsch(M: Array, sign: int) -> Array:
    """The orthogonal W with determinant `sign` that maximises trace(WM) (Kabsch, Acta Cryst. A32, 1976, 922)."""
    X, _, Yt = np.linalg.svd(M)
    D = np.eye(len(M))
    D[-1, -1] = sign * round(float(np.linalg.det(X) * np.linalg.det(Yt)))
    return np.asarray(Yt.T @ D @ X.T)


def _svd(A: Matrix) -> tuple[Array, Array, Array]:
    """U, σ, V with the signs of the columns of V settled; σ as in spaces.singular_values."""
    largest = max(abs(x) for row in A for x in row) or Fraction(1)
    U, _, Vt = np.linalg.svd(np.array([[float(x / largest) for x in row] for row in A]))
    V = Vt.T.copy()
    for k in range(V.shape[1]):
        if V[np.argmax(np.abs(V[:, k]).round(12)), k] < 0:
            V[:, k] *= -1
            if k < U.shape[1]:
                U[:, k] *= -1
    return U + 0.0, np.array(singular_values(A)), V + 0.0


def _proper(U: Array, V: Array, sigma: Array) -> tuple[Array, Array, Array]:
    """The same with det U = det V = 1."""
    U, V, sigma = U.copy(), V.copy(), sigma.copy()
    for W in (U, V):
        if np.linalg.det(W) < 0:
            W[:, -1] *= -1
            if W.shape[1] == len(sigma):
                sigma[-1] *= -1
    return U, V, sigma + 0.0
