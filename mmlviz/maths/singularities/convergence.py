"""Where a real function is singular in the complex plane, and with that how far its Taylor series converge.

A power series converges in the largest disc in which f, continued from its centre, is analytic (Ahlfors, Complex
Analysis, 3rd ed., section 5.1.2).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isnan

import numpy as np

from mmlviz.maths.expression.numeric import evaluate
from mmlviz.maths.expression.plane import continued, is_single_valued
from mmlviz.maths.expression.tree import Expression
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.singularities.candidates import Candidates, candidates
from mmlviz.maths.singularities.estimate import estimated
from mmlviz.maths.singularities.genuine import Kind, Verdict, verdict
from mmlviz.maths.singularities.written import listed_numbers, written

TIED = 1e-9  # of a distance: singularities so nearly as far are as far
MOST_LOOKED, MOST_FOLLOWED = 24, 5  # candidates that turn out to be harmless; in the case of several sheets
MOST_PARTS = 1200  # of f, counted anew for each candidate
AGREE = 0.05  # of an estimate
HERE = 1e-12  # of its size: a centre so near to a candidate is one


@dataclass(frozen=True, slots=True)
class Singularity:
    """A genuine singularity, and its place for people: "2", "π/2", "1 + 2i"."""

    at: complex
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Radius:
    """The radius of convergence: inf where the series converges everywhere, 0 at a centre that is singular.

    is_exact: it is the distance to what is proved, up to the rounding of floats and the care of the tests in
    `genuine`, to be the nearest singularity; else an estimate. nearest: what stops the series. looks_singular:
    where a part of the formula is singular, nearer than that, but f is not.
    """

    value: float
    is_exact: bool
    nearest: tuple[Singularity, ...] = ()
    looks_singular: tuple[complex, ...] = ()


def radius(f: Expression, centre: float, logs: Callable[[int], Array] | None = None) -> Radius:
    """The radius of convergence of the Taylor series of f about the centre.

    logs(n) gives ln|c₀| … ln|cₙ| of that series, −inf for 0: for an estimate where the singularities are not known.
    """
    a, found = float(centre), candidates(f)
    apart = np.abs(found.points - a)
    start = _start(f, a, found, apart)
    if start is None:
        return Radius(0.0, is_exact=False)
    seen = _seen(f, a, start, found, apart)
    value = min((float(apart[k]) for k, judged in seen if judged.kind), default=inf)
    nearest = tuple(each for k, judged in seen if judged.kind for each in _both(complex(found.points[k]), judged.kind))
    harmless = tuple(z for k, judged in seen if _is_harmless(judged) for z in _mirrored(complex(found.points[k])))
    is_complete = found.is_complete(a, value) if nearest else found.is_all
    if all(judged.is_sure for _, judged in seen) and is_complete:
        return Radius(value, True, nearest, harmless)
    return Radius(value, False, nearest, harmless) if logs is None else _estimate(value, nearest, harmless, logs)


def _seen(f: Expression, a: float, start: float, found: Candidates, apart: Array) -> list[tuple[int, Verdict]]:
    """The candidates by index, nearest first, up to the nearest that is genuine and others as near."""
    seen: list[tuple[int, Verdict]] = []
    most, limit = MOST_LOOKED if is_single_valued(f) else MOST_FOLLOWED, inf
    most = min(most, 1 + MOST_PARTS // f.size)
    for k in np.argsort(apart, kind="stable").tolist():
        if apart[k] > limit:
            break
        if len(seen) >= most:
            return [*seen, (k, Verdict(None, is_sure=False))]
        is_rough = apart[k] <= HERE * max(1.0, abs(a)) and not _is_smooth_at(f, a, found, k)
        judged = Verdict("branch point") if is_rough else verdict(f, k, start)
        seen.append((k, judged))
        limit = min(limit, apart[k] * (1 + TIED) + HERE if judged.kind else inf)
    return seen


def _is_harmless(judged: Verdict) -> bool:
    return judged.kind is None and judged.is_sure and judged.is_there


def _start(f: Expression, a: float, found: Candidates, apart: Array) -> float | None:
    """Where to set out from: the centre, or a number beside it where f has a hole; None where f is not defined."""
    near = apart <= HERE * max(1.0, abs(a))
    if is_single_valued(f):
        return a
    if not near.any():
        return a if not isnan(float(evaluate(f, x=a))) else None
    step = 0.25 * min(float(apart[~near].min(initial=2.0)), 1.0)
    beside = [x for x in (a + step, a - step) if not isnan(float(evaluate(f, x=x)))]
    return beside[0] if beside else None


def _is_smooth_at(f: Expression, a: float, found: Candidates, k: int) -> bool:
    """Whether f on the right of a, continued around it, is f on the left: not so at kinks, jumps and ends."""
    if is_single_valued(f):
        return True
    step = 0.25 * min(float(found.room[k]), 1.0)
    left = float(evaluate(f, x=a - step))
    half = a + step * np.exp(1j * np.linspace(0, np.pi, 33))
    there = complex(continued(f, half)[-1])
    return bool(abs(there - left) <= 1e-9 * max(abs(left), abs(there), 1e-300))


def _estimate(
    value: float, nearest: tuple[Singularity, ...], harmless: tuple[complex, ...], logs: Callable[[int], Array]
) -> Radius:
    """A singularity that is where the coefficients say is what stops the series, although others may be as near."""
    guess = estimated(logs)
    agrees = abs(value - guess) <= AGREE * guess < inf
    return Radius(value if agrees else guess, False, nearest if agrees else (), harmless)


def _mirrored(z: complex) -> tuple[complex, ...]:
    return (z,) if z.imag == 0 else (z, z.conjugate())


def _both(z: complex, kind: Kind) -> tuple[Singularity, ...]:
    return tuple(Singularity(each, kind, written(each)) for each in _mirrored(z))


def listed(points: tuple[Singularity, ...]) -> str:
    """Singularities for a sentence: "the poles at ±i", "the pole at 1 and the branch point at −1"; "" for none."""
    kinds = dict.fromkeys(point.kind for point in points)
    return " and ".join(_of_kind(kind, [p.at for p in points if p.kind == kind]) for kind in kinds)


_MANY = {"pole": "poles", "branch point": "branch points", "essential singularity": "essential singularities"}


def _of_kind(kind: str, points: list[complex]) -> str:
    return f"the {kind if len(points) == 1 else _MANY[kind]} at {listed_numbers(points)}"
