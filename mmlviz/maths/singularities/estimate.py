"""The radius of convergence guessed from coefficients, where the singularities are not known."""

from collections.abc import Callable
from math import exp, inf

import numpy as np

from mmlviz.maths.matrix2 import Array

ORDERS = (60, 120)
GROWS = 1.12  # an entire function's coefficients fall so much faster from one order to the other


def estimated(logs: Callable[[int], Array]) -> float:
    """The radius by the upper edge of ln|c_k|, which falls like −k ln R + α ln k + β; inf where it falls ever faster.

    Near a singularity (1 − x/r)^−s coefficients are as k^(s−1)/rᵏ (Flajolet & Sedgewick, Analytic Combinatorics,
    theorem VI.1); two of them in a pair of conjugates make them oscillate below that edge.
    """
    of_all = np.asarray(logs(ORDERS[-1]), dtype=float)
    early, late = (_slope(of_all, order // 2, order) for order in ORDERS)
    if late is None or early is None:
        return inf
    return inf if late - early > np.log(GROWS) else _radius(late)


def _radius(slope: float) -> float:
    return exp(min(slope, 700.0))


def _slope(logs: Array, low: int, high: int) -> float | None:
    """ln R by the coefficients from low to high; None where all of them are 0."""
    k = np.arange(low, min(high, len(logs) - 1) + 1)
    values = logs[k]
    seen = np.isfinite(values)
    if seen.sum() < 3:
        return None
    k, values = k[seen], values[seen]
    top = _hull(k, values)
    basis = np.stack([-k[top], np.log(k[top]), np.ones(len(top))], axis=1)[:, : min(3, len(top))]
    return float(np.linalg.lstsq(basis, values[top], rcond=None)[0][0])


def _hull(k: "np.ndarray[tuple[int], np.dtype[np.int64]]", values: Array) -> list[int]:
    """The upper edge: the concave hull from above."""
    kept: list[int] = []
    for new in range(len(k)):
        while len(kept) > 1 and _is_below(k, values, kept[-2], kept[-1], new):
            kept.pop()
        kept.append(new)
    return kept


def _is_below(k: "np.ndarray[tuple[int], np.dtype[np.int64]]", y: Array, a: int, b: int, c: int) -> bool:
    return bool((y[b] - y[a]) * (k[c] - k[a]) <= (y[c] - y[a]) * (k[b] - k[a]))
