"""The graph of any real function as points: broken where it breaks, dense where it is steep, nowhere infinite."""

from math import nan

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.expression.numeric import evaluate
from mmlviz.maths.expression.tree import Expression
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.singularities import Feature, real_features

LARGEST = 1e12  # no drawing reaches higher
# Ever faster towards a singular point: halves at first, far below the last digit at the end.
_APPROACH = 0.5 ** np.array([k * (k + 1) / 2 for k in range(1, 41)])
MOST_DENSE = 24  # features that are approached so; beyond, the graph is a hatching anyway
MOST_STEEP = 64  # intervals that are looked into at once
CUTS = 11  # of an interval, each into 32 parts: down to the last digit
_SHARES = np.arange(33) / 32
JUMP = 0.3  # of the rise over an interval: what is left of a jump, and not of a steep place
_INNER = np.arange(1, 8) / 8


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
        near = step * _APPROACH if feature.kind in ("pole", "branch point") else step * _APPROACH[[0, 2, -1]]
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
    at = at[x[at + 1] - x[at] > step * 1e-3]
    if not len(at):
        return x, y
    more = (x[at, None] + (x[at + 1] - x[at])[:, None] * _INNER).ravel()
    return _merged(f, x, y, more)


def _suspicious(x: Array, y: Array) -> NDArray[np.intp]:
    """Intervals over which f moves far more than over both its neighbours: the largest of them."""
    rise = np.abs(np.diff(y))
    seen = rise[np.isfinite(rise)]
    if len(seen) < 3:
        return np.empty(0, dtype=np.intp)
    padded = np.concatenate([[np.inf], np.nan_to_num(rise, nan=np.inf), [np.inf]])
    beside = np.minimum(padded[:-2], padded[2:])
    is_far = (rise > 4 * np.where(np.isfinite(beside), beside, 0)) & (rise > 1e-9 * np.max(np.abs(y[np.isfinite(y)])))
    at = np.flatnonzero(is_far)
    return at[np.argsort(-rise[at])[:MOST_STEEP]]


def _broken(f: Expression, x: Array, y: Array, features: tuple[Feature, ...], step: float) -> Array:
    """With rows of nan at breaks: one for each undefined stretch, holes left out."""
    x, y = _bridged(x, y, features, step)
    breaks = _known_breaks(x, y, features) | _found_breaks(f, x, y)
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


def _known_breaks(x: Array, y: Array, features: tuple[Feature, ...]) -> NDArray[np.bool_]:
    """Between which neighbours (n − 1,) there is a pole or a jump; the value in the middle of a jump is cut off."""
    breaks = np.zeros(max(len(x) - 1, 0), dtype=bool)
    for feature in features:
        if feature.kind in ("pole", "jump"):
            k = int(np.searchsorted(x, feature.x))
            if k < len(x) and x[k] == feature.x:
                y[k] = nan
            elif 0 < k < len(x):
                breaks[k - 1] = True
    return breaks


def _found_breaks(f: Expression, x: Array, y: Array) -> NDArray[np.bool_]:
    """Jumps that are still as high where their interval is cut up to the last digit."""
    breaks = np.zeros(max(len(x) - 1, 0), dtype=bool)
    at = _suspicious(x, y)
    low, high, first = x[at], x[at + 1], np.abs(y[at + 1] - y[at])
    for _ in range(CUTS):
        if not len(at):
            return breaks
        cut = _cut(low, high)
        rise = np.nan_to_num(np.abs(np.diff(_values(f, cut), axis=1)), nan=LARGEST)
        most, rows = np.argmax(rise, axis=1), np.arange(len(at))
        low, high, is_left = cut[rows, most], cut[rows, most + 1], rise[rows, most] > JUMP * first
        at, low, high, first = at[is_left], low[is_left], high[is_left], first[is_left]
    breaks[at] = True
    return breaks


def _single_gaps(rows: Array) -> Array:
    """No gap at the ends, and one row for each between."""
    is_gap = np.isnan(rows[:, 1])
    keep = ~is_gap | np.concatenate([[False], ~is_gap[:-1]])
    rows = rows[keep]
    return rows[:-1] if len(rows) and np.isnan(rows[-1, 1]) else rows
