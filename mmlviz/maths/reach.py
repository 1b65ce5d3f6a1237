"""How far along a line an error stays below a bound."""

from collections.abc import Callable
from math import inf

import numpy as np

from mmlviz.maths.matrix2 import Array
from mmlviz.maths.polynomial import partial_sums

# Distances that are looked at, nearest first: from far below any scale, evenly where functions oscillate, to far
# beyond any window. Each stage begins with the last two of the one before, so that no peak falls between them.
_NEAR = np.concatenate([np.geomspace(1e-12, 0.018, 80), np.arange(0.02, 3, 0.02)])
_MIDDLE = np.concatenate([_NEAR[-2:], np.arange(3, 40, 0.02)])
_FAR = np.concatenate([_MIDDLE[-2:], np.geomspace(40, 1e6, 80)])
_ALMOST = 0.999  # of the bound: a peak between two distances may touch it
_TOUCHING = 1 - 1e-12  # of the bound, at the top of a peak
_PARTS = 512
_SHARES = np.arange(_PARTS + 1) / _PARTS


def reach(error: Callable[[Array], Array], bound: float, limit: float = inf) -> float:
    """The r up to which 0 ≤ error(h) < bound holds for all 0 < h < r; limit where nothing stops it before.

    error takes distances (n,) and may answer nan, which counts as too large.
    """
    for stage in (_NEAR, _MIDDLE, _FAR):
        found = _first(error, bound, stage[stage < limit])
        if found is not None:
            return found
    return limit


def _first(error: Callable[[Array], Array], bound: float, h: Array) -> float | None:
    """Where the error first reaches the bound among these distances."""
    size = error(h)
    is_out = ~(size < bound)
    first = int(np.argmax(is_out)) if is_out.any() else len(h)
    peak = _peak(error, h[:first], size[:first], bound)
    if peak is None and first < len(h):
        return _crossing(error, bound, float(h[first - 1]) if first else 0.0, float(h[first]))
    return peak


def _crossing(error: Callable[[Array], Array], bound: float, low: float, high: float) -> float:
    """Where the error grows too large between low, where it is not, and high, where it is."""
    h = low + (high - low) * _SHARES
    size = error(h)
    is_out = ~(size < bound)
    is_out[0], is_out[-1] = False, True
    k = int(np.argmax(is_out))
    # So close together the error is a straight line.
    (start, end), (below, above) = h[k - 1 : k + 1].tolist(), size[k - 1 : k + 1].tolist()
    share = (bound - below) / (above - below) if above > below else 0.0
    return float(start + (end - start) * min(max(share, 0.0), 1.0))


def _peak(error: Callable[[Array], Array], h: Array, size: Array, bound: float) -> float | None:
    """The first local maximum that reaches the bound between two distances, if there is one."""
    inner = size[1:-1]
    for k in np.flatnonzero((inner > _ALMOST * bound) & (inner >= size[:-2]) & (inner >= size[2:])).tolist():
        low, high = float(h[k]), float(h[k + 2])
        for _ in range(2):
            between = low + (high - low) * _SHARES
            top = int(np.argmax(error(between)))
            low, high = float(between[max(top - 1, 0)]), float(between[min(top + 1, _PARTS)])
        if not error(np.array([(low + high) / 2]))[0] < _TOUCHING * bound:
            return (low + high) / 2
    return None


def reach_by_order(y: Array, coefficients: Array, h: Array, bound: float) -> Array:
    """How far |y − (c₀ + c₁h + … + c_n hⁿ)| stays below a bound, for n = 0, 1, …: (N + 1,).

    y (m,) are the values at distances h (m,), which grow in size from the centre and are all of one sign;
    coefficients (N + 1,). Between two distances the logarithm of the error is taken to be straight; a reach as long
    as the last distance says only that nothing nearer stops it. nan in y counts as too large.
    """
    with np.errstate(all="ignore"):
        error = np.abs(y - partial_sums(coefficients, h))
    is_out = ~(error < bound)
    first = np.where(is_out.any(axis=1), is_out.argmax(axis=1), len(h) - 1)
    rows = np.arange(len(coefficients))
    low, high = error[rows, np.maximum(first - 1, 0)], error[rows, first]
    with np.errstate(all="ignore"):
        share = (np.log(bound) - np.log(low)) / (np.log(high) - np.log(low))
        nearer = (bound / high) ** (1 / (rows + 1))  # than the first distance: there the error grows like hⁿ⁺¹
    share = np.where(np.isfinite(share), np.clip(share, 0.0, 1.0), 1.0)
    start = np.where(first > 0, h[np.maximum(first - 1, 0)], 0.0)
    share = np.where((first == 0) & (high > bound), nearer, share)
    return np.asarray(np.abs(start + (h[first] - start) * share))
