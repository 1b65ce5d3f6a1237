"""All complex solutions of g(x) = c for a typed formula g, found by its structure; what is missing is known.

Step by step the equation is turned into simpler ones (`inverting`); where no step is known, zeros are found and counted
by numbers (`numerical`). flint is loaded with the first call.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from math import inf

from mmlviz.maths.expression.plane import is_single_valued
from mmlviz.maths.expression.tree import Expression, parts
from mmlviz.maths.singularities.inverting import MOST_BRANCHES, family, inverted
from mmlviz.maths.singularities.numerical import is_searched_soon, zeros_nearby
from mmlviz.maths.singularities.rational import Value, X

MOST = 400
MANY = 8  # equations
# For all equations of a formula together, far more than the formulas of people need: |1 − |1 − |1 − … has twice as
# many equations with each bar.
MOST_STEPS = 2000  # and one for every eight terms or factors
MOST_SEARCHED = 240  # parts of the functions whose zeros are sought by numbers
SAME = 1e-10  # of their size: solutions nearer to each other are one
BITS = 160


@dataclass(frozen=True, slots=True)
class Solutions:
    """Points, and where there may be others: wherever |u| > size for one of limits = ((u, size) …).

    is_known: that there are no others. Where it is not, no structure was found, and none of them may be there.
    """

    points: tuple[complex, ...] = ()
    limits: tuple[tuple[Expression, float], ...] = ()
    is_known: bool = True


@lru_cache(maxsize=64)
def zeros(node: Expression, value: Value = Fraction(0), share: int = 1) -> Solutions:
    """All x with node(x) = value, on whichever sheet; with no more than one share of the work for a formula."""
    with _precision(BITS):
        found = joined([_solved([(node, value)], MOST_BRANCHES, MOST_STEPS // share)])
    if found.is_known or not is_single_valued(node) or not is_searched_soon(node, MOST_SEARCHED // share):
        return found
    points, radius = zeros_nearby(node, complex(value))
    if not radius:
        return joined([found, Solutions(tuple(points))])
    return joined([Solutions(found.points, found.limits), Solutions(tuple(points), ((X, radius),))])


def poles_of_gamma(u: Expression, share: int = 1) -> Solutions:
    """Where u is 0, −1, −2 …, with no more than one share of the work for a formula."""
    with _precision(BITS):
        step = family(u, 0j, -1 + 0j, MOST_BRANCHES, is_one_sided=True)
        most = MOST_BRANCHES if len(step.equations) < MANY else MOST_BRANCHES // MANY
        return joined([_solved(step.equations, most, MOST_STEPS // share), Solutions((), step.limits, step.is_known)])


def joined(found: Iterable[Solutions]) -> Solutions:
    """The solutions of several equations, each point once, those nearest to 0 first; no more than MOST."""
    all_of = _union(found)
    points, limits = _distinct(sorted(all_of.points, key=abs)), all_of.limits
    if len(points) > MOST:
        limits = *limits, (X, abs(points[MOST]) * (1 - SAME))  # not all of that circle are there
    return Solutions(tuple(points[:MOST]), limits, all_of.is_known)


def _solved(equations: Sequence[tuple[Expression, Value]], most: int, steps: int) -> Solutions:
    """Of several equations, step by step until x = c is left; where one has become many, each is followed less far."""
    waiting = [(*each, most) for each in reversed(equations)]
    points, others, seen = list[complex](), list[Solutions](), set[tuple[Expression, Value]]()
    while waiting and steps > 0:
        node, c, most = waiting.pop()
        if node == X:
            points.append(complex(c))
        elif (node, c) not in seen:
            seen.add((node, c))
            steps -= 1 + len(parts(node)) // 8
            step = inverted(node, c, most)
            others.append(Solutions((), step.limits, step.is_known))
            most = most if len(step.equations) < MANY else max(1, most // MANY)
            waiting += [(*each, most) for each in reversed(step.equations)]
    return _union([Solutions(tuple(points), (), is_known=not waiting), *others])


def _union(found: Iterable[Solutions]) -> Solutions:
    all_of = list(found)
    points = tuple(chain.from_iterable(each.points for each in all_of))
    limits: dict[Expression, float] = {}
    for part, size in chain.from_iterable(each.limits for each in all_of):
        limits[part] = min(size, limits.get(part, inf))
    return Solutions(points, tuple(limits.items()), all(each.is_known for each in all_of))


def _distinct(points: Iterable[complex]) -> list[complex]:
    """Without those that are the same but for rounding; points are sorted by size."""
    kept: list[complex] = []
    for z in points:
        if not _is_among(z, kept):
            kept.append(z)
    return kept


def _is_among(z: complex, kept: list[complex]) -> bool:
    """Whether it is one of the last of these, which are sorted by size."""
    near = SAME * max(1.0, abs(z))
    for other in reversed(kept):
        if abs(z) - abs(other) > near:
            return False
        if abs(z - other) <= near:
            return True
    return False


@contextmanager
def _precision(bits: int) -> Iterator[None]:
    """flint's precision, which is global, for this long only."""
    from flint import ctx

    before, ctx.prec = ctx.prec, bits
    try:
        yield
    finally:
        ctx.prec = before
