"""The radius of convergence guessed from coefficients, where the singularities are not known."""

from collections.abc import Callable
from math import exp, inf, isfinite

import numpy as np

from mmlviz.maths.matrix2 import Array

ORDERS = (30, 60, 120)  # each judged by its upper half
LARGEST_LOG = 700.0
STEADY = 0.85  # of the change from one order to the next: an entire function's is as large, others' is half of it
CHANGE = 0.03
ROUNDS = 4  # of a straight line through those points that are above the line before: so it comes to lie on the peaks
SAME = 1e-9


def estimated(logs: Callable[[int], Array]) -> float:
    """The radius by the slope of the upper edge of ln|c_k|, k up to n; inf where the coefficients fall ever faster.

    Near a singularity (1 − x/r)^−s coefficients are as k^(s−1)/rᵏ (Flajolet & Sedgewick, Analytic Combinatorics,
    theorem VI.1), so the slope is −ln R + (s − 1)/k, which is extrapolated; two singularities in a pair of conjugates
    make the coefficients oscillate below that edge. logs(n) gives ln|c₀| … ln|cₙ|, −inf for 0.
    """
    of_all = np.asarray(logs(ORDERS[-1]), dtype=float)
    early, middle, late = (_slope(of_all, order // 2, order) for order in ORDERS)
    if not isfinite(late):
        return inf
    if not isfinite(middle):
        return exp(min(late, LARGEST_LOG))
    change = late - middle
    if change > CHANGE and not change < STEADY * (middle - early):
        return inf
    return exp(min(2 * late - middle, LARGEST_LOG))


def _slope(logs: Array, low: int, high: int) -> float:
    """ln R by the coefficients from low to high; inf where there are not two."""
    k = np.arange(low, min(high, len(logs) - 1) + 1)
    k = k[np.isfinite(logs[k])]
    if len(k) < 2:
        return inf
    values = logs[k]
    for _ in range(ROUNDS):
        slope, start = np.polyfit(k, values, 1)
        is_high = values >= slope * k + start - SAME
        k, values = k[is_high], values[is_high]
        if len(k) < 2:
            break
    return float(-slope)
