"""The graph of any real function as points: broken where it breaks, dense where it is steep, nowhere infinite."""

from math import nan

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.expression.numeric import evaluate
from mmlviz.maths.expression.rounding import with_rounding
from mmlviz.maths.expression.tree import Expression
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.singularities import Feature, real_features

LARGEST = 1e12  # no drawing reaches higher
# Ever faster towards a singular point: halves at first, far below the last digit at the end.
_APPROACH = 0.5 ** np.array([k * (k + 1) / 2 for k in range(1, 41)])
_FEW = [0, 2, 5, 8, 39]
MOST_DENSE = 24  # features that are approached so; beyond, the graph is a hatching anyway
MOST_STEEP = 64  # intervals that are looked into at once
MOST_REFINED = 24  # of those that are drawn with more points
CUTS = 11  # of an interval, each into 32 parts: down to the last digit
_SHARES = np.arange(33) / 32
FLAT = 1e-9  # of the largest value: what is no rise
JUMP = 0.3  # of the rise over an interval: what is left of a jump, and not of a steep place


def graph(f: Expression, low: float, high: float, count: int) -> Array:
    """Points (n, 2) of the graph over [low, high], n about count; a row of nan wherever the line must break.

    The graph ends at the exact end of its domain, goes up to LARGEST beside a pole, has no infinite values, and goes
    straight over holes. Raises ValueError unless low < high and count ≥ 2.
    """
    if not low < high or count < 2:
        raise ValueError(f"needs low < high and at least 2 points, got {low}, {high} and {count}")
    features = real_features(f, low, high)
    x = _places(low, high, count, features)
    y = _values(f, x)
    x, y = _with_ends(f, x, y)
    x, y = _with_steep(f, x, y, (high - low) / (count - 1))
    return _broken(f, x, y, features, (high - low) / (count - 1))


def _values(f: Expression, x: Array) -> Array:
    y = evaluate(f, x=x)
    return np.where(np.abs(y) <= LARGEST, y, nan)


def _places(low: float, high: float, count: int, features: tuple[Feature, ...]) -> Array:
    """Evenly, and ever denser towards the features."""
    x = [np.linspace(low, high, count)]
    step = (high - low) / (count - 1)
    for feature in features if len(features) <= MOST_DENSE else ():
        if feature.kind != "hole":  # beside which floats often tell nothing but their rounding
            near = step * (_APPROACH if feature.kind in ("pole", "branch point") else _APPROACH[_FEW])
            x += [feature.x - near, feature.x + near, np.array([feature.x])]
    found = np.unique(np.concatenate(x))
    return found[(found >= low) & (found <= high)]


def _with_ends(f: Expression, x: Array, y: Array) -> tuple[Array, Array]:
    """The ends of the stretches where f is defined, by cutting the intervals up again and again, all at once."""
    is_seen = np.isfinite(y)
    at = np.flatnonzero(is_seen[1:] != is_seen[:-1])
    at = at[_is_wide(x[at], x[at + 1])][:MOST_STEEP]
    if not len(at):
        return x, y
    inside = np.where(is_seen[at], x[at], x[at + 1])
    outside = np.where(is_seen[at], x[at + 1], x[at])
    found = []
    for _ in range(CUTS):
        cut = _cut(inside, outside)
        is_out = np.isnan(_values(f, cut))
        is_out[:, 0], is_out[:, -1] = False, True
        first, rows = np.argmax(is_out, axis=1), np.arange(len(cut))
        inside, outside = cut[rows, first - 1], cut[rows, first]
        found.append(inside)
    return _merged(f, x, y, np.concatenate(found))


def _cut(low: Array, high: Array) -> Array:
    """Intervals (n,) cut up (n, 33), their ends as they are: low + (high − low) is not always high."""
    found = low[:, None] + (high - low)[:, None] * _SHARES
    found[:, -1] = high
    return found


def _is_wide(low: Array, high: Array) -> NDArray[np.bool_]:
    """Whether there are floats between."""
    return np.asarray(np.abs(high - low) > 4 * np.spacing(np.maximum(np.abs(low), np.abs(high))))


def _merged(f: Expression, x: Array, y: Array, more: Array) -> tuple[Array, Array]:
    new = np.setdiff1d(more, x)
    at = np.searchsorted(x, new)
    return np.insert(x, at, new), np.insert(y, at, _values(f, new))


def _with_steep(f: Expression, x: Array, y: Array, step: float) -> tuple[Array, Array]:
    """More points where the graph turns much within few samples."""
    at = _suspicious(x, y)
    at = at[x[at + 1] - x[at] > step * 1e-3][:MOST_REFINED]
    return _merged(f, x, y, _cut(x[at], x[at + 1])[:, 1:-1].ravel()) if len(at) else (x, y)


def _suspicious(x: Array, y: Array) -> NDArray[np.intp]:
    """Intervals over which f moves far more than over one of its neighbours, or is as at a pole; the largest first."""
    rise = np.abs(np.diff(y))
    if np.isfinite(rise).sum() < 3:
        return np.empty(0, dtype=np.intp)
    padded = np.concatenate([[nan], rise, [nan]])
    beside = np.fmin(padded[:-2], padded[2:])
    is_far = (rise > 4 * np.nan_to_num(beside)) & (rise > FLAT * np.nanmax(np.abs(y)))
    at = np.flatnonzero(is_far | _is_like_a_pole(y))
    return at[np.argsort(-rise[at])[:MOST_STEEP]]


def _is_like_a_pole(y: Array) -> NDArray[np.bool_]:
    """Between which neighbours f changes its sign, but does not come nearer to 0 before and after."""
    size = np.abs(np.concatenate([[nan], y, [nan]]))
    is_grown = size[1:-1] > size[:-2], size[1:-1] > size[2:]
    return np.asarray((y[:-1] * y[1:] < 0) & is_grown[0][:-1] & is_grown[1][1:])


def _broken(f: Expression, x: Array, y: Array, features: tuple[Feature, ...], step: float) -> Array:
    """With rows of nan at breaks: one for each undefined stretch, holes left out."""
    x, y = _bridged(x, y, features, step)
    y[np.isin(x, [feature.x for feature in features if feature.kind in ("pole", "jump")])] = nan
    x, y, jumps = _with_jumps(f, x, y)
    breaks = _known_breaks(x, features)
    breaks[np.searchsorted(x, jumps)] = True
    rows = np.stack([x, y], axis=1)
    rows[np.isnan(y)] = nan
    rows = np.insert(rows, np.flatnonzero(breaks) + 1, nan, axis=0)
    return _single_gaps(rows)


def _bridged(x: Array, y: Array, features: tuple[Feature, ...], step: float) -> tuple[Array, Array]:
    """Without the values at holes, and without undefined ones that are nearer to them than can be seen."""
    for feature in features:
        if feature.kind == "hole":
            keep = (x != feature.x) & ~(np.isnan(y) & (np.abs(x - feature.x) < step / 16))
            x, y = x[keep], y[keep]
    return x, y


def _known_breaks(x: Array, features: tuple[Feature, ...]) -> NDArray[np.bool_]:
    """Between which neighbours (n − 1,) there is a pole or a jump."""
    breaks = np.zeros(max(len(x) - 1, 0), dtype=bool)
    at = np.array([feature.x for feature in features if feature.kind in ("pole", "jump")])
    k = np.searchsorted(x, at)
    breaks[k[(k > 0) & (k < len(x))] - 1] = True
    return breaks


def _with_jumps(f: Expression, x: Array, y: Array) -> tuple[Array, Array, Array]:
    """Jumps that are still as high where their interval is cut up to the last digit: where they begin.

    The points are given with those next to the jumps.
    """
    at = _beyond_rounding(f, x, _suspicious(x, y))
    low, high, first = x[at], x[at + 1], np.abs(y[at + 1] - y[at])
    found: list[Array] = []
    for _ in range(CUTS):
        if not len(low):
            return x, y, low
        cut = _cut(low, high)
        rise = np.nan_to_num(np.abs(np.diff(_values(f, cut), axis=1)), nan=LARGEST)
        most, rows = np.argmax(rise, axis=1), np.arange(len(cut))
        is_left = rise[rows, most] > JUMP * first
        low, high, first = cut[rows, most][is_left], cut[rows, most + 1][is_left], first[is_left]
        found = [each[is_left] for each in found] + [low, high]
    return *_merged(f, x, y, np.concatenate([*found, low])), low


def _beyond_rounding(f: Expression, x: Array, at: NDArray[np.intp]) -> NDArray[np.intp]:
    """Those intervals over which f rises by more than rounding."""
    if not len(at):
        return at
    y, noise = with_rounding(f, np.stack([x[at], x[at + 1]]))
    return np.asarray(at[np.abs(y[1] - y[0]) > 4 * noise.sum(axis=0)])


def _single_gaps(rows: Array) -> Array:
    """No gap at the ends, and one row for each between."""
    is_gap = np.isnan(rows[:, 1])
    keep = ~is_gap | np.concatenate([[False], ~is_gap[:-1]])
    rows = rows[keep]
    return rows[:-1] if len(rows) and np.isnan(rows[-1, 1]) else rows
