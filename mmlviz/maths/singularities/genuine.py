"""Whether a formula really is singular where it may be, as seen from a centre: decided on a small circle.

f is followed from the centre along a straight line, and around other places that lie on it. If it does not come back
to its value after one turn, that is a branch point; if it does, its Laurent coefficients tell a pole or an essential
singularity from a place where nothing happens (Ahlfors, Complex Analysis, 3rd ed., section 5.1.3).
"""

from dataclasses import dataclass
from functools import lru_cache
from math import isfinite, sqrt
from typing import Literal

import numpy as np

from mmlviz.maths.expression.complex_functions import Complex
from mmlviz.maths.expression.plane import continued, is_single_valued, on_plane
from mmlviz.maths.expression.sheets import TURN
from mmlviz.maths.expression.tree import Expression
from mmlviz.maths.matrix2 import EPS
from mmlviz.maths.singularities.candidates import Candidates, candidates

Kind = Literal["pole", "branch point", "essential singularity"]

POINTS = 64  # on the circle
_TURN = np.exp(1j * TURN * np.arange(POINTS + 1) / POINTS)
SHARE = 0.3  # of the distance to the nearest other place
LARGEST_CIRCLE = 0.5
STEP = 0.2  # of the distance to the nearest place
MOST_STEPS = 400
CLEAR, NOTHING = 1e-6, 1e-9  # of the largest value on the circle
ROUNDING = 1e4  # times the rounding, for what is certain to be more


@dataclass(frozen=True, slots=True)
class Verdict:
    """kind: of the singularity; None where f is analytic, or nothing can be told (then is_sure is False).

    is_there: whether the part that makes it a candidate has its value there on the sheet that is seen.
    """

    kind: Kind | None
    is_sure: bool = True
    is_there: bool = True


def verdict(f: Expression, place: int, start: float) -> Verdict:
    """What f is at a candidate, known by its index, as seen from a real number where f is defined."""
    return _of_all_sheets(f, place) if is_single_valued(f) else _seen_from(f, place, start)


@lru_cache(maxsize=4096)
def _of_all_sheets(f: Expression, place: int) -> Verdict:
    found = candidates(f)
    z, circle = _circle(found, place, None)
    return _judged(f, z, circle, on_plane(f, circle), on_plane(f, _nudged(circle)))


def _seen_from(f: Expression, place: int, start: float) -> Verdict:
    found = candidates(f)
    z, circle = _circle(found, place, start)
    way = _way(found, place, start, complex(circle[0]))
    path = np.concatenate([way, circle])
    both = continued(f, np.stack([path, np.concatenate([way[:1], _nudged(path[1:])])], axis=1))[len(way) :]
    judged = _judged(f, z, circle, both[:, 0], both[:, 1])
    return Verdict(judged.kind, judged.is_sure, _is_there(found, place, path, len(way)))


def _circle(found: Candidates, place: int, start: float | None) -> tuple[complex, Complex]:
    """The place, and a closed circle about it that begins on the side of the start."""
    z = complex(found.points[place])
    radius = min(SHARE * float(found.room[place]), LARGEST_CIRCLE)
    if start is None:
        return z, z + radius * _TURN
    radius = min(radius, SHARE * abs(start - z))
    return z, z + radius * (start - z) / abs(start - z) * _TURN


def _nudged(z: Complex) -> Complex:
    """Points a few roundings away, to see what rounding does."""
    return np.asarray(z * (1 + 3 * EPS) + 2 * EPS * (1 + 1j) * np.abs(z))


def _is_there(found: Candidates, place: int, path: Complex, count: int) -> bool:
    """By the mean value over the circle."""
    source = found.sources[place]
    if source is None or is_single_valued(source[0]):
        return True
    values = continued(source[0], path)[count:] - source[1]
    return bool(abs(values[:-1].mean()) <= 1e-3 * np.abs(values).max())


# On the circle ----------------------------------------------------------------------------------


def _judged(f: Expression, z: complex, circle: Complex, values: Complex, nudged: Complex) -> Verdict:
    size = float(np.abs(values).max())
    if not isfinite(size):
        return Verdict(None, is_sure=False)
    floor = ROUNDING * (float(np.abs(values - nudged).max()) + 4 * EPS * size)
    if size <= floor:
        return Verdict(None, is_sure=size == 0)
    gap = abs(values[-1] - values[0])
    if gap > max(CLEAR * size, floor):
        return Verdict("branch point")
    parts = _principal_parts(values[:-1], circle[0] - z)
    largest = float(parts.max())
    if gap > floor or (NOTHING * size < largest <= max(CLEAR * size, floor)):
        return Verdict(None, is_sure=False)
    if largest <= max(NOTHING * size, floor):
        return Verdict(None, is_sure=largest <= CLEAR * size)
    return Verdict(_kind_of(parts, max(NOTHING * size, floor / 100)))


def _principal_parts(values: Complex, radius: complex) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """|c₋ₖ| on the circle, k = 1 … half the points: means of f(z)·((z − z₀)/r)ᵏ, what a Fourier transform gives."""
    return np.asarray(np.abs(np.fft.ifft(values))[1 : POINTS // 2 + 1])


def _kind_of(parts: "np.ndarray[tuple[int], np.dtype[np.float64]]", floor: float) -> Kind:
    """The parts of a pole end at its order, which is a fall from a clear one to nothing; others fade away."""
    order = int(np.flatnonzero(parts > floor)[-1]) + 1
    is_abrupt = order < len(parts) and parts[order - 1] > sqrt(floor * float(parts.max()))
    return "pole" if is_abrupt else "essential singularity"


# On the way -------------------------------------------------------------------------------------


def _way(found: Candidates, place: int, start: float, end: complex) -> Complex:
    """Points from the start to the end, in steps that are small beside the distance to the nearest place."""
    points = np.concatenate([found.points, np.conj(found.points)])
    corners = [start + 0j]
    for centre, radius in _in_the_way(found, place, start, end):
        corners += _detour(centre, radius, start, end)
    return np.concatenate([_steps(a, b, points) for a, b in zip(corners, [*corners[1:], end])])


def _in_the_way(found: Candidates, place: int, start: float, end: complex) -> list[tuple[complex, float]]:
    """Other places nearer to the line than a share of their room, in order."""
    along = (end - start) / abs(end - start)
    seen = []
    for points in (found.points, np.conj(found.points)):
        at = (points - start) / along
        radius = np.minimum(SHARE * found.room, SHARE * np.abs(points - start))
        near = (np.abs(at.imag) < radius) & (at.real > 0) & (at.real < abs(end - start)) & (points != start)
        near[place] = False
        near &= (points.imag != 0) | (points is found.points)
        seen += [(float(at[k].real), complex(points[k]), float(radius[k])) for k in np.flatnonzero(near)]
    return [(z, radius) for _, z, radius in sorted(seen, key=lambda each: each[0])]


def _detour(centre: complex, radius: float, start: float, end: complex) -> list[complex]:
    """A half circle, on the side on which the line passes; above where it goes through the middle."""
    along = (end - start) / abs(end - start)
    offset = ((centre - start) / along).imag
    side = 1 if offset <= 0 else -1
    reach = sqrt(max(radius**2 - offset**2, 0.0))
    first = np.angle(complex(-reach, -offset))
    last = np.angle(complex(reach, -offset))
    first, last = (first % TURN, last % TURN) if side > 0 else (first % TURN - TURN, last % TURN - TURN)
    last = last - TURN if side > 0 and last > first else last + TURN if side < 0 and last < first else last
    return [centre + radius * along * complex(np.exp(1j * t)) for t in np.linspace(first, last, 12).tolist()]


def _steps(a: complex, b: complex, places: Complex) -> Complex:
    """From a on, up to before b."""
    length, at, shares = abs(b - a), 0.0, [0.0]
    while length and len(shares) < MOST_STEPS:
        here = a + (b - a) * at
        at += max(STEP * float(np.abs(places - here).min(initial=10.0)) / length, 1e-3)
        if at >= 1:
            break
        shares.append(at)
    return a + (b - a) * np.array(shares)
