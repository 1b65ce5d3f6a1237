"""Logarithms and roots along paths in the complex plane: at each step the sheet nearest to the step before."""

from dataclasses import dataclass, field
from math import pi
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.expression.complex_functions import Complex
from mmlviz.maths.matrix2 import Array

TURN = 2 * pi
MOST_STRAYED = 4  # lines side by side


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """Points that functions are continued to, flat: `count` steps of as many paths, step by step, then single points.

    Each single point is one more step from the point of the paths whose place is in `before`. starts: where the
    paths begin on the real line, (paths,), or (1,) where all begin at one point. is_fan: whether paths are lines side
    by side; is_round: all around, so that the last is beside the first. real: the real values at the starts of the
    parts of a formula that have been asked for, by part.
    """

    points: Complex
    count: int
    before: NDArray[np.intp]
    starts: Array
    is_fan: bool = False
    is_round: bool = False
    real: dict[Any, Any] = field(default_factory=dict)

    @property
    def lines(self) -> int:
        """The number of paths."""
        return (len(self.points) - len(self.before)) // self.count

    def spread(self, of_starts: Array) -> Array:
        """One value a path, or one for all, as one a point."""
        if len(of_starts) == 1:
            return of_starts
        return np.concatenate([np.tile(of_starts, self.count), of_starts[self.before % self.lines]])

    def split(self, flat: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Of values of all points those along the paths, (count, paths), and those of the single points."""
        size = self.count * self.lines
        return flat[:size].reshape(self.count, -1), flat[size:]


def along(path: Complex) -> Walk:
    """A walk along axis 0 of an array (m, …)."""
    flat = path.reshape(len(path), -1)
    starts = flat[0].real.copy()
    is_one = len(starts) > 1 and bool((starts == starts[0]).all())
    return Walk(flat.ravel(), len(flat), np.empty(0, dtype=np.intp), starts[:1] if is_one else starts)


def logarithm(w: Complex, walk: Walk, turn: Complex | Array) -> Complex:
    """ln(w/turn) continued, where turn is the sign, or the direction, of w at the start."""
    w = w * walk.spread(np.conj(turn)) if np.any(turn != 1) else w
    return np.asarray(np.log(np.abs(w)) + 1j * _unwrapped(np.angle(w), walk))


def _unwrapped(angle: Array, walk: Walk) -> Array:
    """Angles without jumps by whole turns."""
    path, single = walk.split(angle)
    turns = np.zeros_like(path)
    np.cumsum(np.rint(np.nan_to_num(np.diff(path, axis=0) / TURN)), axis=0, out=turns[1:])
    path = path - TURN * turns
    if walk.is_fan:
        jumps = np.rint(np.nan_to_num((np.roll(path, -1, axis=1) - path) / TURN))
        path -= TURN * _strayed(jumps.astype(int), walk)
    single = single + TURN * np.rint((path.ravel()[walk.before] - single) / TURN)
    return np.concatenate([path.ravel(), single]) if len(single) else path.ravel()


def square_root(w: Complex, walk: Walk) -> Complex:
    """√w continued, from the root with Re ≥ 0."""
    path, single = walk.split(np.sqrt(w))
    signs = np.ones(path.shape)
    np.cumprod(np.where(_turns_back(path[1:], path[:-1]), -1.0, 1.0), axis=0, out=signs[1:])
    path = path * signs
    if walk.is_fan:
        jumps = _turns_back(np.roll(path, -1, axis=1), path).astype(int)
        path = np.where(_strayed(jumps, walk, sheets=2), -path, path)
    path = np.asarray(path.ravel(), dtype=complex)
    if not len(single):
        return np.asarray(path)
    single = np.where(_turns_back(single, path[walk.before]), -single, single)
    return np.concatenate([path, single])


def _turns_back(new: Complex, old: Complex) -> NDArray[np.bool_]:
    return np.asarray(new.real * old.real + new.imag * old.imag < 0)


def _strayed(jumps: NDArray[np.int_], walk: Walk, sheets: int = 0) -> NDArray[np.int_]:
    """How many sheets each point of a fan is off, by the jumps (steps, paths) from each line to the next, in turns.

    Behind a double zero that they pass too near to, a few lines are on another sheet than the lines on both sides of
    them. Behind a branch point all lines of one side are; a median along the circles leaves that as it is.
    """
    most = MOST_STRAYED
    strayed = np.zeros_like(jumps)
    rows = np.flatnonzero(np.count_nonzero(jumps, axis=1) > 1)
    if not len(rows) or jumps.shape[1] <= 2 * most:
        return strayed
    jumps = jumps[rows]
    around = np.concatenate([jumps[:, -most:], jumps, jumps[:, : most - 1]], axis=1)  # from the line −most on
    if not walk.is_round:
        around[:, :most], around[:, -most:] = 0, 0
    levels = np.concatenate([np.zeros((len(rows), 1), dtype=int), np.cumsum(around, axis=1)], axis=1)
    levels = levels % sheets if sheets else levels
    window = np.lib.stride_tricks.sliding_window_view(levels, 2 * most + 1, axis=1)
    strayed[rows] = levels[:, most:-most] - np.partition(window, most, axis=2)[:, :, most]
    return strayed


def arcsine(w: Complex, walk: Walk) -> Complex:
    """arcsin w = −i ln(iw + √(1 − w²)), continued from −1 < w < 1."""
    return -1j * _logarithm_of_sum(1j * w, square_root(1 - w * w, walk), walk)


def arsinh(w: Complex, walk: Walk) -> Complex:
    """ln(w + √(w² + 1)), continued from any real w."""
    return _logarithm_of_sum(w, square_root(1 + w * w, walk), walk)


def arcosh(w: Complex, walk: Walk) -> Complex:
    """ln(w + √(w² − 1)), continued from w > 1."""
    return _logarithm_of_sum(w, square_root((w - 1) * (w + 1), walk), walk, conjugate=1)


def _logarithm_of_sum(w: Complex, root: Complex, walk: Walk, conjugate: int = -1) -> Complex:
    """ln(w + root), where (w + root)(w − root) is 1 or −1, called conjugate: the larger of the two keeps its digits."""
    total, other = w + root, w - root
    total = np.where(np.abs(total) < np.abs(other), conjugate / other, total)
    start = walk.split(total)[0][0][: len(walk.starts)]
    angle = np.angle(start)
    return logarithm(total, walk, np.exp(1j * angle)) + 1j * walk.spread(angle)


def arctangent(w: Complex, walk: Walk) -> Complex:
    """(1/2i) ln((1 + iw)/(1 − iw)), continued from any real w."""
    above, below = walk.spread(np.arctan(_start(w, walk))), (1 + 1j * w) / (1 - 1j * w)
    turn = np.exp(2j * np.arctan(_start(w, walk)))
    return np.asarray(logarithm(below, walk, turn) / 2j + above)


def artanh(w: Complex, walk: Walk) -> Complex:
    """½ ln((1 + w)/(1 − w)), continued from −1 < w < 1."""
    return np.asarray(logarithm((1 + w) / (1 - w), walk, np.ones(1)) / 2)


def _start(w: Complex, walk: Walk) -> Array:
    return np.asarray(walk.split(w)[0][0][: len(walk.starts)].real)
