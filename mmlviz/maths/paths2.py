"""Ways from the identity to a 2×2 matrix, and when the area is 0 on them."""

from collections.abc import Callable, Sequence

import numpy as np

from mmlviz.maths import matrix2
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.spectrum import spectrum


def straight(A: Sequence[Sequence[float]], t: float) -> Array:
    """(1 − t) I + t A: every point goes straight from where it was to where A sends it."""
    if t == 1:
        return np.array(A, dtype=float)
    return (1 - t) * np.eye(2) + t * np.array(A, dtype=float)


PATHS: dict[str, Callable[[Sequence[Sequence[float]], float], Array]] = {"polar": matrix2.path, "entries": straight}


def collapses(A: Sequence[Sequence[float]], path: str) -> tuple[float, ...]:
    """The times t with 0 < t < 1 at which the area is 0 on a path of PATHS, in order.

    det((1 − t) I + tM) is 0 where 1 − t + tλ is, for an eigenvalue λ of M: at 1/(1 − λ), between 0 and 1 if λ < 0.
    Straight, M is A; on the polar path it is the stretch S of A = RS, whose trace is not negative: it has one λ < 0
    if det A < 0, else none.
    """
    if path == "entries":
        found = spectrum(A)
        return () if found.is_complex else times_of_collapse(*(z.real for z in found.eigenvalues))
    if matrix2.is_singular(A) or matrix2.determinant(A) > 0:
        return ()
    return times_of_collapse(float(np.linalg.eigvalsh(matrix2.turn_and_stretch(A)[1])[0]))


def times_of_collapse(*eigenvalues: float) -> tuple[float, ...]:
    """The t = 1/(1 − λ) between 0 and 1, in order, at which (1 − t) I + tM is singular, for eigenvalues λ of M."""
    times = {1 / (1 - x) for x in eigenvalues if x < 0}
    return tuple(sorted(t for t in times if t < 1))
