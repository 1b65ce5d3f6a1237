"""A rigorous bound of what a Taylor polynomial leaves of its function, by Cauchy's formula on a circle."""

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from math import hypot, inf, isfinite, log, nextafter, pi
from typing import Any

from mmlviz.maths.between import WIDE_BITS, drops_at
from mmlviz.maths.exact_point import Point, at_point
from mmlviz.maths.expression import Expression
from mmlviz.maths.expression.complex_balls import ComplexBalls, Hole
from mmlviz.maths.expression.expand import working
from mmlviz.maths.expression.tree import Call, nodes
from mmlviz.maths.power_series import NoSeries, Series, taylor
from mmlviz.maths.remainder import is_all_of_f
from mmlviz.maths.singularities import real_features

SHARES = (0.15, 0.3, 0.5, 0.7, 0.82, 0.9, 0.96)  # of the way from x to the nearest singularity: radii that are tried
TIMES = (1.2, 1.6, 2.2, 3.0, 4.5, 7.0, 12.0, 20.0, 35.0)  # of |x − a|: the others
MOST_TRIED = 3  # discs of which a bound is worked out
FAR_OFF = 3.0  # powers of e from the guess to a bound that makes another radius worth a try
MOST_BOXES = 600  # that cover half a disc
SMALLEST_BOX = 2.0**-9  # of the radius
MOST_ARCS = 400
MOST_WORK = 10_000  # boxes and arcs times parts of the formula, for all radii together
SLOW = {"erf": 10, "gamma": 10}  # parts that take as long as so many others
OVERLAP = 1 + 1e-12  # of arcs, whose ends are rounded
ARCS = 24  # of half a circle to begin with
TIGHT = 1.5  # |f| on an arc beside that in its middle: such an arc is not halved
POINTS = 8  # of half a circle, for a first guess
LONGEST = 80  # parts of a formula
DENOMINATORS = 60  # of the places at which holes are looked for


def tail_bound(f: Expression, centre: float, x: float, order: int, reach: float) -> float | None:
    """A rigorous bound of |f(x) − T_n(x)|: (|x − a|/r)^(n + 1) times the mean of r |f(z)|/|z − x| on |z − a| = r.

    By Cauchy's formula for the remainder (Ahlfors, Complex Analysis, 3rd ed., section 4.3.1), for a disc that boxes
    show f to be analytic in. reach guesses how large that may be; a wrong one costs a bound, not its truth. None where
    x is not within reach, or no disc is found. Raises NoSeries.
    """
    return _tail_bound(taylor(f, centre, order), at_point(x), reach)


@lru_cache(maxsize=128)
def _tail_bound(series: Series, x: Point, reach: float) -> float | None:
    h = float(abs(x.fraction - series.centre))
    if h == 0 or is_all_of_f(series):
        return 0.0
    if not 0 < h < 0.98 * reach or sum(1 for _ in nodes(series.f)) > LONGEST:
        return None
    values = ComplexBalls(series.f, tuple(_holes(series, reach)))
    with working(WIDE_BITS, values.terms):
        tail = _Tail(values, series.at.ball(), x.ball(), series.order + 1)
        return _best(tail, sorted((tail.guess(r), r) for r in _radii(h, reach)))


def _best(tail: "_Tail", guesses: list[tuple[float, float]]) -> float | None:
    """The lowest of a few bounds, the most promising radii first; in a disc that is too large f is not analytic."""
    best, limit, count = inf, inf, 0
    for guess, r in guesses:
        if count == MOST_TRIED or guess == inf or (best < inf and guess > log(best)):
            break
        if r >= limit:
            continue
        if not tail.is_analytic(r):
            limit = r
            continue
        count, best = count + 1, min(best, tail.bound(r))
        if best > 0 and log(best) < guess + FAR_OFF:
            break
    return best if best < inf else None


def _radii(h: float, reach: float) -> Iterator[float]:
    if reach < inf:
        yield from (h + share * (reach - h) for share in SHARES)
    yield from (h * times for times in TIMES if h * times < 0.96 * reach)


def _holes(series: Series, reach: float) -> Iterator[Hole]:
    """Real places near the centre at which f is not defined and could be; those that are short fractions."""
    a, far = float(series.centre), min(reach, 40.0)
    if series.filled:
        yield series.at.ball(), drops_at(series)
    for each in real_features(series.f, a - far, a + far):
        place = Fraction(each.x).limit_denominator(DENOMINATORS)
        if each.kind == "hole" and abs(float(place) - each.x) < 1e-9 and place != series.centre:
            try:
                there = taylor(series.f, place, 0)
            except NoSeries:
                continue
            if there.filled:
                yield there.at.ball(), drops_at(there)


def _work(node: Expression) -> int:
    return SLOW.get(node.function, 1) if isinstance(node, Call) else 1


class _Tail:
    """The bounds for circles about a; flint's precision and number of terms are set by whoever calls."""

    def __init__(self, values: ComplexBalls, a: Any, x: Any, power: int) -> None:
        self.values, self.a, self.x, self.power = values, a, x, power
        self.left = MOST_WORK // sum(_work(node) for node in nodes(values.f))

    def guess(self, r: float) -> float:
        """The logarithm of the bound by a few points; infinite where f is not defined at one."""
        total = 0.0
        for k in range(POINTS):
            found = self._on_arc(r, pi * (k + 0.5) / POINTS, 0.0)
            if found is None:
                return inf
            total += float(found) / POINTS
        return log(max(total, 1e-300)) + self.power * log(float(abs(self.x - self.a)) / r)

    def bound(self, r: float) -> float:
        """The bound on the circle of radius r, in whose disc f is analytic; infinite where none is found."""
        mean = self._mean(r)
        if mean is None:
            return inf
        found = float((mean * (abs(self.x - self.a) / r) ** self.power).abs_upper())
        return nextafter(found, inf) if isfinite(found) else inf

    def _on_arc(self, r: float, middle: float, half: float) -> Any | None:
        """An upper bound of r |f(z)|/|z − x| on an arc of so many radians to either side of its middle."""
        from flint import acb, arb

        angle = arb(middle, half)
        z = self.a + acb(angle.cos(), angle.sin()) * r
        value, apart = self._value(z), (z - self.x).abs_lower()
        return None if value is None or not apart > 0 else (value.abs_upper() / apart * r).abs_upper()

    def _value(self, box: Any) -> Any | None:
        """f on a box; None also where there has been too much work."""
        self.left -= 1
        return self.values.at(box) if self.left >= 0 else None

    def _mean(self, r: float) -> Any | None:
        """An upper bound of the mean of r |f(z)|/|z − x|: on the half circle, since f is real on the real line."""
        from flint import arb

        half = pi / ARCS / 2 * OVERLAP
        waiting, total, count = [((2 * k + 1) * pi / ARCS / 2, half) for k in range(ARCS)], arb(0), 0
        while waiting:
            middle, half = waiting.pop()
            upper, point = self._on_arc(r, middle, half), self._on_arc(r, middle, 0.0)
            count += 1
            if count > MOST_ARCS or point is None:
                return None
            if upper is not None and (upper <= TIGHT * point or count + len(waiting) > MOST_ARCS / 2):
                total += upper * half * 2
            else:
                waiting += [(middle + side * half / 2, half / 2 * OVERLAP) for side in (-1, 1)]
        return total / arb.pi()

    def is_analytic(self, r: float) -> bool:
        """Whether boxes that cover the upper half of the disc all have values: the lower one is its mirror image."""
        from flint import acb, arb

        waiting, count = [(-r / 2, r / 2, r / 2), (r / 2, r / 2, r / 2)], 0
        while waiting:
            u, v, half = waiting.pop()
            if hypot(max(abs(u) - half, 0.0), max(v - half, 0.0)) > r * (1 + 1e-12):
                continue
            count += 1
            if count > MOST_BOXES or self.left < 0 or half < SMALLEST_BOX * r:
                return False
            if self._value(self.a + acb(arb(u, half), arb(v, half))) is None:
                half /= 2
                waiting += [(u + i * half, v + k * half, half) for i in (-1, 1) for k in (-1, 1)]
        return True
