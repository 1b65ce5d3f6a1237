"""Walks down a landscape: the strategies of the course, and what became of a walk.

All in plain floats: a walk of a hundred steps is made anew with every frame of a drag.
"""

from dataclasses import dataclass
from math import hypot, isfinite, nan

import numpy as np

from mmlviz.maths.landscape import DEEPEST, HIGHEST, SIZE, Landscape
from mmlviz.maths.matrix2 import SINGULAR, Array

STRATEGIES = ("east", "descent", "newton", "hybrid")
VERDICTS = (
    "converged", "local minimum", "maximum", "saddle", "flat",
    "left the pit", "diverging", "zig-zag", "still walking",
)  # fmt: skip

WIN = 0.15  # metres from the phone at which it is found
REACH = 2.0  # metres, the longest step of Newton's that the hybrid takes

# The pit falls 8 m in 6 m: slopes and curvatures are small beside those of a pit that did so evenly.
SLOPE = (HIGHEST - DEEPEST) / SIZE
LEVEL = 1e-8 * SLOPE  # the point is then nearer to a stationary one than a picture or a reading can show
STRAIGHT = 1e-6 * SLOPE / SIZE  # a curvature that the second-derivative test must not take a sign from

Pair = tuple[float, float]
Triple = tuple[float, float, float]  # Fxx, Fxy, Fyy


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A walk: path (n, 2) from the start to the last point, the first one outside the pit included.

    verdict is one of VERDICTS. eigenvalues, lower first, are those of the Hessian at the last point inside the
    pit, nan if there is none; found_at counts the steps until the phone was within WIN, None if it never was.
    """

    path: Array
    verdict: str
    eigenvalues: Pair
    found_at: int | None


def is_found(landscape: Landscape, xy: Pair | Array) -> bool:
    """Whether the phone is within WIN."""
    return hypot(xy[0] - landscape.phone[0], xy[1] - landscape.phone[1]) <= WIN


def is_stuck(landscape: Landscape, xy: Pair | Array) -> bool:
    """Whether a local minimum is within WIN, and the phone is not."""
    distances = np.hypot(*(landscape.minima - np.asarray(xy)).T)
    return bool((distances <= WIN).any()) and not is_found(landscape, xy)


def is_inside(x: float, y: float) -> bool:
    """Whether a point is in the pit; its edge is."""
    return 0 <= x <= SIZE and 0 <= y <= SIZE


def step(strategy: str, gradient: Pair, hessian: Triple, rate: float) -> Pair | None:
    """The next step (dx, dy) in metres, from J = (Fx, Fy) and (Fxx, Fxy, Fyy); None where Newton has none.

    east: (1, 0). descent: −rate·J. newton: −H⁻¹J. hybrid: Newton's, but −rate·J where Newton's is missing,
    is longer than REACH or points uphill, δ·(−J) ≤ 0 (the course's lab of week 5, where rate is 0.5).
    """
    if strategy not in STRATEGIES:
        raise ValueError(f"there is no strategy {strategy!r}; there are {', '.join(STRATEGIES)}")
    if strategy == "east":
        return 1.0, 0.0
    gx, gy = gradient
    downhill = (-rate * gx, -rate * gy)
    if strategy == "descent":
        return downhill
    newton = _newton(gradient, hessian)
    if strategy == "newton":
        return newton
    if newton is None or not hypot(*newton) <= REACH or not newton[0] * gx + newton[1] * gy < 0:
        return downhill
    return newton


def _newton(gradient: Pair, hessian: Triple) -> Pair | None:
    """−H⁻¹J, None for an H that is singular to within rounding (as in matrix2.is_singular)."""
    (gx, gy), (a, b, c) = gradient, hessian
    D = a * c - b * b
    if abs(D) <= SINGULAR * (abs(a * c) + b * b):
        return None
    return (b * gy - c * gx) / D, (b * gx - a * gy) / D


def eigenvalues(hessian: Triple) -> Pair:
    """Of the symmetric (Fxx, Fxy, Fyy), lower first: (a + c)/2 ∓ √(((a − c)/2)² + b²)."""
    a, b, c = hessian
    middle, half = (a + c) / 2, hypot((a - c) / 2, b)
    return middle - half, middle + half


def run(landscape: Landscape, strategy: str, start: Pair | Array, rate: float = 0.5, most: int = 100) -> Run:
    """Walk from a start until the ground is level, the pit is left, no step is to be had, or `most` steps are done.

    The verdict:
      converged, local minimum: the ground is level and curves up, within WIN of the phone or not; or it will
          be, since the walk ended within WIN of one and its steps shrink.
      maximum, saddle: level, and curving down, or up in one direction and down in another.
      flat: no sign of the curvature can be trusted; Newton has no step there.
      left the pit: the last point is outside.
      diverging: the next point is no number; or the walk jumps to and fro, farther and farther.
      zig-zag: it jumps to and fro all the same at the end.
      still walking: none of these, so far.
    """
    points, verdict, hessian = _walk(landscape, strategy, (float(start[0]), float(start[1])), rate, most)
    path = np.array(points)
    path.flags.writeable = False
    if not verdict:
        verdict = _outlook(landscape, path)
    near = (k for k, point in enumerate(points) if is_found(landscape, point))
    return Run(path, verdict, eigenvalues(hessian), next(near, None))


def _walk(landscape: Landscape, strategy: str, start: Pair, rate: float, most: int) -> tuple[list[Pair], str, Triple]:
    """The points, the verdict if one ended the walk early, else "", and the last Hessian."""
    points, (x, y), hessian = [start], start, (nan, nan, nan)
    while is_inside(x, y):
        _, gx, gy, a, b, c = landscape.at(x, y)
        hessian = (a, b, c)
        if hypot(gx, gy) <= LEVEL:
            return points, _stationary(landscape, points[-1], hessian), hessian
        if len(points) > most:
            return points, "", hessian
        move = step(strategy, (gx, gy), hessian, rate)
        if move is None:
            return points, "flat", hessian
        x, y = x + move[0], y + move[1]
        if not (isfinite(x) and isfinite(y)):
            return points, "diverging", hessian
        points.append((x, y))
    return points, "left the pit", hessian


def _stationary(landscape: Landscape, at: Pair, hessian: Triple) -> str:
    """The second-derivative test at a point where the ground is level."""
    low, high = eigenvalues(hessian)
    if min(abs(low), abs(high)) <= STRAIGHT:
        return "flat"
    if low > 0:
        return "converged" if is_found(landscape, at) else "local minimum"
    return "saddle" if high > 0 else "maximum"


def _outlook(landscape: Landscape, path: Array) -> str:
    """The verdict on a walk that used up its steps, from its last two thirds: the first is the approach.

    Steps shrink if the longest of the last third is less than half the longest of the third before, and grow
    if it is more than twice that; the longest, since a chaotic walk has short steps now and then.
    """
    steps = np.diff(path, axis=0)
    lengths, third = np.hypot(*steps.T), len(steps) // 3
    before = lengths[-2 * third : -third].max(initial=0)
    last = lengths[-third:].max(initial=0) if third else 0.0
    if last < before / 2 and (is_found(landscape, path[-1]) or is_stuck(landscape, path[-1])):
        return "converged" if is_found(landscape, path[-1]) else "local minimum"
    if not _turns_back(steps[-max(third, 2) :]):
        return "still walking"
    return "diverging" if third and last > 2 * before else "zig-zag"


def _turns_back(steps: Array) -> bool:
    """Whether successive steps (k, 2) point against each other: by 120° or more on average."""
    lengths = np.hypot(*steps.T)
    if len(steps) < 2 or not lengths.all():
        return False
    ahead = steps / lengths[:, None]
    return bool((ahead[1:] * ahead[:-1]).sum(axis=1).mean() <= -0.5)
