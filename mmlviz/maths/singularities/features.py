"""Where the graph of a real function breaks, bends or ends: the singular points on the real line, as they look."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from mmlviz.maths.expression.numeric import evaluate
from mmlviz.maths.expression.tree import Expression
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.singularities.candidates import candidates

FeatureKind = Literal["pole", "branch point", "kink", "jump", "hole"]

# Distances from the place, in parts of what is free on either side; each half of the one before, then far nearer.
_NEAR = np.array([2e-3, 1e-3, 2e-5, 1e-5, 2e-7, 1e-7])
SMALL = 1e-3  # of the size of f: what two sides may differ by and still meet


@dataclass(frozen=True, slots=True)
class Feature:
    """A place on the real line.

    pole: f grows beyond bounds as a power; branch point: the end of the domain, or a slope without bounds, or a
    logarithm's pole; kink, jump: f is finite on both sides; hole: f is not defined and could be.
    """

    x: float
    kind: FeatureKind


def real_features(f: Expression, low: float, high: float) -> tuple[Feature, ...]:
    """The features from low to high, in ascending order, as far as they are found by the structure of f."""
    return tuple(feature for feature in _features(f) if low <= feature.x <= high)


@lru_cache(maxsize=32)
def _features(f: Expression) -> tuple[Feature, ...]:
    found = candidates(f)
    order = np.argsort(found.points.real)
    order = order[found.points[order].imag == 0]
    x, room = found.points[order].real, np.minimum(found.room[order], 1.0)
    steps = np.maximum(room[:, None] * _NEAR, 4 * np.spacing(np.abs(x))[:, None])
    values = evaluate(f, x=x), evaluate(f, x=x[:, None] - steps), evaluate(f, x=x[:, None] + steps)
    with np.errstate(all="ignore"):
        kinds = [_kind(*beside) for beside in zip(*values, steps)]
    return tuple(Feature(place, kind) for place, kind in zip(x.tolist(), kinds) if kind is not None)


def _kind(at: float, left: Array, right: Array, steps: Array) -> FeatureKind | None:
    """By the values beside a place, coming nearer; None where f is smooth there, or undefined on both sides."""
    is_left, is_right = np.isfinite(left).all(), np.isfinite(right).all()
    if not is_left and not is_right:
        return None
    if not (is_left and is_right):
        return _at_an_end(left if is_left else right)
    if _grows(left) or _grows(right):
        return "pole" if _is_power(left) or _is_power(right) else "branch point"
    return _between(at, left, right, steps)


def _at_an_end(inside: Array) -> FeatureKind:
    """f on one side only, whatever it does there but a pole's growth: e^(1/x) for x > 0, ln x, √x."""
    return "pole" if _grows(inside) and _is_power(inside) else "branch point"


def _grows(y: Array) -> bool:
    """Whether it gets larger by as much at least with each step nearer."""
    size = np.abs(y[[0, 2, 4]])
    first, second = np.diff(size).tolist()
    return bool(second > 0.5 * first > SMALL * size[0])


def _is_power(y: Array) -> bool:
    """A power grows by a factor when the distance is divided by 100, a logarithm by a summand."""
    size = np.abs(y[[0, 2, 4]])
    return bool(size[2] - size[1] > 1.5 * (size[1] - size[0]))


def _between(at: float, left: Array, right: Array, steps: Array) -> FeatureKind | None:
    """f is bounded on both sides."""
    size = max(float(np.abs(left).max()), float(np.abs(right).max()), 1e-300)
    gap = abs(float(left[-1] - right[-1]))
    if gap > SMALL * size and gap > 0.5 * abs(float(left[0] - right[0])):
        return "jump"
    if np.isnan(at) or abs(at - left[-1]) > SMALL * size + abs(float(left[-1] - left[0])):
        return "hole"
    slopes = _slopes(left, -steps), _slopes(right, steps)
    return _bent(*slopes, noise=64 * np.finfo(float).eps * size / float(steps[2]))


def _slopes(y: Array, steps: Array) -> Array:
    return np.asarray((y[::2] - y[1::2]) / (steps[::2] - steps[1::2]))


def _bent(left: Array, right: Array, noise: float) -> FeatureKind | None:
    """By the slopes on both sides, at two distances."""
    steep = max(abs(float(left[1])), abs(float(right[1])))
    if steep > 3 * max(abs(float(left[0])), abs(float(right[0]))) + noise:
        return "branch point"
    return "kink" if abs(float(left[1] - right[1])) > SMALL * steep + noise else None
