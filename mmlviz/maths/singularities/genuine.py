"""Whether a formula really is singular where it may be, as seen from a centre: decided on a small circle.

f is followed from the centre along a straight line, and around other places that lie on it. If it does not come back
to its value after one turn, that is a branch point; if it does, its Laurent coefficients tell a pole or an essential
singularity from a place where nothing happens (Ahlfors, Complex Analysis, 3rd ed., section 5.1.3).
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import atan2, isfinite, log, sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.expression.complex_functions import Complex
from mmlviz.maths.expression.plane import continued, is_single_valued, on_plane
from mmlviz.maths.expression.sheets import TURN
from mmlviz.maths.expression.tree import Expression
from mmlviz.maths.matrix2 import EPS, Array
from mmlviz.maths.singularities.candidates import Candidates, candidates

Kind = Literal["pole", "branch point", "essential singularity"]

POINTS = 64  # on the circle
_INWARDS = (0.8, 0.6, 0.45, 0.3, 0.2)  # of the radius: to a last point, which the circle's values have to foretell
_TURN = np.concatenate([np.exp(1j * TURN * np.arange(POINTS + 1) / POINTS), _INWARDS])
SHARE = 0.3  # of the distance to the nearest other place
LARGEST_CIRCLE = 0.5
SHARES = (1.0, 1 / 8, 1 / 64, 1 / 512)  # of that, one after the other
SAME_ORDER = 0.05
STEP = 0.2  # of the distance to the nearest place
MOST_STEPS = 400
ARC = 13  # points around another place
CLEAR, NOTHING = 1e-10, 1e-11  # of the largest value on the circle: a residue below that is not seen
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
    return _confirmed(f, place, None)[0]


def _seen_from(f: Expression, place: int, start: float) -> Verdict:
    judged, path, count = _confirmed(f, place, start)
    return replace(judged, is_there=_is_there(candidates(f), place, path, count))


def _confirmed(f: Expression, place: int, start: float | None) -> tuple[Verdict, Complex, int]:
    """By one circle where that shows that f is analytic, or a branch point; else by two of different sizes that agree.

    What grows as fast as sin 40x looks like a pole on a circle that is too large for its points. The last path is
    told, too, and how many of its points lie before the circle.
    """
    before: _Look | None = None
    for share in SHARES:
        look = _look(f, place, start, share)
        kind = look.verdict.kind
        if look.verdict.is_sure and kind in (None, "branch point"):
            return look.verdict, look.path, look.count
        if before is not None and kind is not None and before.verdict.kind is not None:
            is_pole = kind == before.verdict.kind == "pole" or _is_pole(before, look, _look(f, place, start, SHARES[2]))
            return Verdict("pole" if is_pole else "essential singularity"), look.path, look.count
        before = look
    return Verdict(None, is_sure=False), look.path, look.count


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """What one circle shows: with the largest value on it, and the way there."""

    verdict: Verdict
    size: float
    path: Complex
    count: int


def _look(f: Expression, place: int, start: float | None, share: float) -> _Look:
    found = candidates(f)
    z, circle = _circle(found, place, start, share)
    if start is None:
        values, path, count = on_plane(f, np.stack([circle, _nudged(circle)], axis=1)), circle, 0
        values[POINTS] = values[0]  # of one sheet
    else:
        way = _way(found, place, start, complex(circle[0]))
        path, count = np.concatenate([way, circle]), len(way)
        values = continued(f, np.stack([path, np.concatenate([way[:1], _nudged(path[1:])])], axis=1))[count:]
    size = float(np.abs(values[: POINTS + 1, 0]).max())
    return _Look(_judged(circle - z, values[:, 0], values[:, 1]), size, path, count)


def _is_pole(larger: _Look, smaller: _Look, smallest: _Look) -> bool:
    """A pole grows as the same power of the distance everywhere, an essential singularity ever faster."""
    ratio, sizes = SHARES[0] / SHARES[1], (larger.size, smaller.size, smallest.size)
    if not all(isfinite(size) and size > 0 for size in sizes):
        return False
    first, second = log(sizes[1] / sizes[0]) / log(ratio), log(sizes[2] / sizes[1]) / log(ratio)
    return first > 0.5 and abs(second - first) < SAME_ORDER * first


def _circle(found: Candidates, place: int, start: float | None, share: float) -> tuple[complex, NDArray[Any]]:
    """The place, a closed circle about it that begins on the side of the start, and a few points towards it."""
    z = complex(found.points[place])
    radius = share * min(SHARE * float(found.room[place]), LARGEST_CIRCLE)
    if start is None:
        return z, z + radius * _TURN
    radius = min(radius, share * SHARE * abs(start - z))
    return z, z + radius * (start - z) / abs(start - z) * _TURN


def _nudged(z: Complex) -> Complex:
    """Points a few roundings away, to see what rounding does."""
    return np.asarray(z * (1 + 3 * EPS) + 2 * EPS * (1 + 1j) * np.abs(z).max())


def _is_there(found: Candidates, place: int, path: Complex, count: int) -> bool:
    """By the mean value over the circle."""
    source = found.sources[place]
    if source is None or is_single_valued(source[0]):
        return True
    values = continued(source[0], path)[count : count + POINTS] - source[1]
    return bool(abs(values.mean()) <= 1e-3 * np.abs(values).max())


# On the circle ----------------------------------------------------------------------------------


def _judged(t: Complex, values: Complex, nudged: Complex) -> Verdict:
    """By values at z₀ + t, and at points that are nearly the same."""
    ring, last = values[: POINTS + 1], values[POINTS]
    size = float(np.abs(ring).max())
    if not isfinite(size):
        return Verdict(None, is_sure=False)
    noise = np.abs(values - nudged) + 4 * EPS * np.abs(values)
    gap, gap_floor = abs(last - ring[0]), ROUNDING * float(noise[0] + noise[POINTS])
    if gap > max(CLEAR * abs(ring[0]), gap_floor):
        return Verdict("branch point")
    floor = ROUNDING * float(noise[:POINTS].max())
    if size <= floor or gap > max(NOTHING * abs(ring[0]), gap_floor):
        return Verdict(None, is_sure=size == 0)
    return _by_laurent(t, values, size, floor, ROUNDING * float(noise[-1]))


def _by_laurent(t: Complex, values: Complex, size: float, floor: float, inner_floor: float) -> Verdict:
    """Of what comes back after one turn. A pole of a high order takes the place of a positive power on the circle.

    So where there are no principal parts, Cauchy's formula has to foretell f farther inside, too.
    """
    parts = _principal_parts(values[:POINTS])
    largest, nothing = float(parts.max()), max(NOTHING * size, floor)
    if largest > max(CLEAR * size, 10 * floor):
        return Verdict(_kind_of(parts, nothing / 100))
    foretold = np.mean(values[:POINTS] * t[:POINTS] / (t[:POINTS] - t[-1]))
    miss = abs(foretold - values[-1])
    if miss > max(CLEAR * size, floor, inner_floor):
        return Verdict("essential singularity")
    return Verdict(None, is_sure=bool(largest <= min(nothing, CLEAR * size) and miss == miss))


def _principal_parts(values: Complex) -> Array:
    """|c₋ₖ| on the circle, k = 1 … half the points: means of f(z)·((z − z₀)/r)ᵏ, what a Fourier transform gives."""
    return np.asarray(np.abs(np.fft.ifft(values))[1 : POINTS // 2 + 1])


def _kind_of(parts: Array, floor: float) -> Kind:
    """The parts of a pole end at its order, which is a fall from a clear one to nothing; others fade away."""
    order = int(np.flatnonzero(parts > floor)[-1]) + 1
    is_abrupt = order <= len(parts) // 2 and parts[order - 1] > sqrt(floor * float(parts.max()))
    return "pole" if is_abrupt else "essential singularity"


# On the way -------------------------------------------------------------------------------------


def _way(found: Candidates, place: int, start: float, end: complex) -> Complex:
    """Points from the start to before the end, in steps that are small beside the distance to the nearest place."""
    places, pieces, here = np.concatenate([found.points, np.conj(found.points)]), [], start + 0j
    for centre, radius in _in_the_way(found, place, start, end):
        arc = _detour(centre, radius, start, end)
        pieces += [_steps(here, complex(arc[0]), places), arc[:-1]]
        here = complex(arc[-1])
    return np.concatenate([*pieces, _steps(here, end, places)])


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


def _detour(centre: complex, radius: float, start: float, end: complex) -> NDArray[Any]:
    """An arc around the centre, on the side on which the line passes; above where it goes through the middle."""
    along = (end - start) / abs(end - start)
    height = ((start - centre) / along).imag + 0.0  # of the line above the centre; never −0
    reach = sqrt(max(radius**2 - height**2, 0.0))
    angles = np.linspace(atan2(height, -reach), atan2(height, reach), ARC)
    return np.asarray(centre + radius * along * np.exp(1j * angles))


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
