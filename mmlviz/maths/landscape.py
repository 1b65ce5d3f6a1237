"""The sandpit: a floor with its lowest point, its other minima and its highest point known for certain."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.ground import KINDS, SIZE, Part, Six, formula
from mmlviz.maths.matrix2 import Array

__all__ = ["DEEPEST", "HIGHEST", "KINDS", "SIZE", "Landscape", "landscape"]

DEEPEST, HIGHEST = -9.0, -1.0  # metres, what the dipstick shows


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """A pit with what there is to find in it. Points are (x, y) in metres, 0 ≤ x, y ≤ 6.

    The formulas hold outside the square too. A minimum at the edge is one among the points of the square:
    the ground may well fall on beyond it.
    """

    kind: str
    seed: str
    parts: tuple[Part, ...]
    phone: tuple[float, float]  # the lowest point of all, maybe on the edge
    top: tuple[float, float]  # the highest
    minima: Array  # (k, 2) all local minima, deepest first: the first is the phone
    f_min: float
    f_max: float
    scale: float  # metres of depth per unit of f

    @property
    def is_inner(self) -> NDArray[np.bool_]:
        """Which of the minima (k,) do not lie on the edge, where the ground may fall on."""
        return np.asarray(((self.minima > 0) & (self.minima < SIZE)).all(axis=1))

    def raw(self, x: float, y: float) -> Six:
        """f, fx, fy, fxx, fxy, fyy of the formula itself."""
        f = fx = fy = fxx = fxy = fyy = 0.0
        for part in self.parts:
            p, px, py, pxx, pxy, pyy = part.at(x, y)
            f, fx, fy, fxx, fxy, fyy = f + p, fx + px, fy + py, fxx + pxx, fxy + pxy, fyy + pyy
        return f, fx, fy, fxx, fxy, fyy

    def at(self, x: float, y: float) -> Six:
        """F, Fx, Fy, Fxx, Fxy, Fyy of the depth F in metres: −9 at the phone, −1 at the top."""
        f, fx, fy, fxx, fxy, fyy = self.raw(x, y)
        k = self.scale
        return HIGHEST + k * (f - self.f_max), k * fx, k * fy, k * fxx, k * fxy, k * fyy

    def grid(self, x: Array, y: Array) -> Array:
        """The depth F (m, n) at columns x (n,) and rows y (m,)."""
        f = sum((next(part.of(x[None, :], y[:, None])) for part in self.parts), np.zeros((len(y), len(x))))
        return HIGHEST + self.scale * (f - self.f_max)

    def points(self, xy: Array) -> Array:
        """F, Fx, Fy, Fxx, Fxy, Fyy as rows (6, k) at points (k, 2)."""
        found = self.scale * _at_points(self.parts, xy)
        found[0] += HIGHEST - self.scale * self.f_max
        return found


def landscape(kind: str, seed: str = "") -> Landscape:
    """The pit of a kind and a seed; "intro" is the same for every seed. The last few are kept."""
    return _landscape(kind, "" if kind == "intro" else seed)


@lru_cache(maxsize=8)
def _landscape(kind: str, seed: str) -> Landscape:
    parts = formula(kind, seed)
    xy, fields = _survey(parts, CELLS[kind])
    f, span, cell = fields[0], float(np.ptp(fields[0])), SIZE / CELLS[kind]
    minima, low = _lowest(parts, _candidates(xy, fields, cell), 1, span)
    high = f >= f.max() - 0.1 * span  # a hill rises far less above the grid points around its top
    maxima, top = _lowest(parts, _candidates(xy[high], -fields[:, high], cell), -1, span)
    minima.flags.writeable = False
    (px, py), (tx, ty) = minima[0].tolist(), maxima[0].tolist()
    f_min, f_max = float(low[0]), -float(top[0])
    return Landscape(kind, seed, parts, (px, py), (tx, ty), minima, f_min, f_max, (HIGHEST - DEEPEST) / (f_max - f_min))


# Cells of the search grid along a side: eight to the shortest wave of the rocks, five across a well.
# Half the cell finds the same minima in 599 of 600 pits, and always the same phone.
CELLS = {"intro": 40, "random": 60, "minima": 60, "rocks": 120, "well": 80}
RADIUS = 0.1  # metres, no step of the search is longer
ROUNDS = 16  # twice what Newton's steps take from a grid point to the minimum beside it
SAME = 1e-5  # metres: nearer ones are one minimum, found twice


def _survey(parts: tuple[Part, ...], cells: int) -> tuple[Array, Array]:
    """The points (k, 2) of a grid over the pit, with f, fx, fy, fxx, fxy, fyy there (6, k)."""
    axis = np.linspace(0, SIZE, cells + 1)
    xy = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    return xy, _derivatives(parts, axis[None, :], axis[:, None]).reshape(6, -1)


def _derivatives(parts: tuple[Part, ...], x: Array, y: Array) -> Array:
    """f, fx, fy, fxx, fxy, fyy (6, …, m, n) at columns x (…, 1, n) and rows y (…, m, 1)."""
    found = np.zeros((6, *np.broadcast_shapes(x.shape, y.shape)))
    for part in parts:
        for field, values in zip(found, part.of(x, y), strict=True):
            field += values
    return found


def _at_points(parts: tuple[Part, ...], xy: Array) -> Array:
    """f, fx, fy, fxx, fxy, fyy (6, k) at points (k, 2)."""
    return _derivatives(parts, xy[:, 0, None, None], xy[:, 1, None, None])[..., 0, 0]


def _candidates(xy: Array, fields: Array, cell: float) -> Array:
    """Grid points beside which f has a minimum, one step of Newton's and less than a cell away; and the lowest of all.

    Comparing neighbours would miss the shallow ones, whose rim is narrower than a cell, and at the edge those
    beside which the ground falls off within a cell.
    """
    free = _is_free(xy, fields[1:3].T)
    near = _is_convex(fields, free) & (np.abs(_newton(fields, free)) <= cell).all(axis=1)
    near[np.argmin(fields[0])] = True
    return np.asarray(xy[near])


def _lowest(parts: tuple[Part, ...], xy: Array, sign: int, span: float) -> tuple[Array, Array]:
    """The local minima (k, 2) of sign·f downhill of the points xy, deepest first, and their values (k,).

    span is the range of f, the measure of what counts as rounding.
    """
    xy, fields = _polish(parts, xy, sign, span)
    free = _is_free(xy, fields[1:3].T)
    level = np.abs(np.where(free, fields[1:3].T, 0)).max(axis=1) <= 1e-9 * span
    settled = level & _is_convex(fields, free)
    settled[np.argmin(fields[0])] = True
    order = np.argsort(np.where(settled, fields[0], np.inf), kind="stable")[: int(settled.sum())]
    xy, low = xy[order], fields[0, order]
    near = np.hypot(*(xy[:, None] - xy).transpose(2, 0, 1)) < SAME
    first = ~np.tril(near, -1).any(axis=1)
    return xy[first], low[first]


def _polish(parts: tuple[Part, ...], xy: Array, sign: int, span: float) -> tuple[Array, Array]:
    """Walk points (k, 2) down to where sign·f is level or the edge holds them; with f and its derivatives (6, k).

    Newton's method, projected onto the square (Bertsekas, Projected Newton methods, SIAM J. Control 20(2),
    1982), within a radius that shrinks where a step would lead uphill.
    """
    here, radius = sign * _at_points(parts, xy), np.full(len(xy), RADIUS)
    for _ in range(ROUNDS):
        trial = np.clip(xy + _steps(xy, here, radius), 0, SIZE)
        there = sign * _at_points(parts, trial)
        # Near the end, where f no longer tells one point from the next, the step is trusted.
        is_better = there[0] <= here[0] + 1e-12 * span
        moved = float(np.abs(trial - xy).max())
        xy, here = np.where(is_better[:, None], trial, xy), np.where(is_better, there, here)
        radius = np.where(is_better, np.minimum(2 * radius, RADIUS), radius / 4)
        if moved <= 1e-13 * SIZE:
            break
    return xy, here


def _steps(xy: Array, fields: Array, radius: Array) -> Array:
    """Newton's steps (k, 2), along the edge where it is in the way, no longer than the radius (k,)."""
    step = _newton(fields, _is_free(xy, fields[1:3].T))
    length = np.hypot(*step.T)
    return np.asarray(step * np.minimum(1, radius / np.where(length > 0, length, 1))[:, None])


def _is_free(xy: Array, gradient: Array) -> NDArray[np.bool_]:
    """Which coordinates (k, 2) the edge does not hold: downhill is not out of the square."""
    return ~(((xy <= 0) & (gradient > 0)) | ((xy >= SIZE) & (gradient < 0)))


def _curvatures(fields: Array, free: NDArray[np.bool_]) -> tuple[Array, Array, Array]:
    """fxx, fxy, fyy, each (k,), with those of a coordinate that is held replaced by 1 and 0."""
    x, y = free.T
    return np.where(x, fields[3], 1), np.where(x & y, fields[4], 0), np.where(y, fields[5], 1)


def _is_convex(fields: Array, free: NDArray[np.bool_]) -> NDArray[np.bool_]:
    a, b, c = _curvatures(fields, free)
    return (a > 0) & (a * c > b * b)


def _newton(fields: Array, free: NDArray[np.bool_]) -> Array:
    """−H⁻¹∇f (k, 2) where f is convex, elsewhere a tenth of a metre downhill; 0 in coordinates not free."""
    gx, gy = np.where(free.T, fields[1:3], 0)
    a, b, c = _curvatures(fields, free)
    convex = _is_convex(fields, free)
    D = np.where(convex, a * c - b * b, np.hypot(gx, gy) / RADIUS)
    x = np.where(convex, b * gy - c * gx, -gx)
    y = np.where(convex, b * gx - a * gy, -gy)
    return np.asarray(np.stack([x, y], axis=1) / np.where(D > 0, D, 1)[:, None])
