"""What a Taylor polynomial leaves of its function: the true error, a bound for it, and Lagrange's ξ.

f(x) − T_n(x) = f⁽ⁿ⁺¹⁾(ξ)/(n + 1)! · (x − a)ⁿ⁺¹ for a ξ between a and x, where f is smooth from a to x.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from heapq import heappop, heappush
from itertools import pairwise
from math import comb, inf, isfinite, nextafter
from typing import Any

from mmlviz.maths.expression import Expression
from mmlviz.maths.expression.ball_rules import BallWalk
from mmlviz.maths.expression.ball_series import Trouble
from mmlviz.maths.expression.ball_values import BallValues
from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.exact_rules import ExactWalk
from mmlviz.maths.expression.expand import MOST_BITS, working
from mmlviz.maths.expression.tree import (
    Degrees,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
    nodes,
    parts,
    variables,
)
from mmlviz.maths.power_series import Point, Series, at_point, float_of, polynomial_ball, taylor

GOOD_BITS = 50
WIDE_BITS = 64  # balls that cover an interval need no more
POINT_BITS = 128
MOST_BITS_BETWEEN = 512
MOST_PIECES = 20
MOST_WORK = 600  # pieces times parts of the formula
LONGEST_SOLVED = 60  # parts of a formula; ξ takes some twenty series
HOPELESS_PIECES = 8  # after so many a bound far beyond use will not come down
HIGH_ORDER, FIRST_PIECES = 12, 4  # beyond this order the whole is worthless, and so are halves
MORE = 6  # terms of the expansion on a piece
DEEPEST = 14  # halvings of a piece on which there is no bound
TIGHT = 1.3  # a bound this near to what is taken is not improved
OF_USE = 1e6  # one this far above is none


@dataclass(frozen=True, slots=True)
class TrueError:
    """f(x), T_n(x) and f(x) − T_n(x), each within its radius; infinite beyond the range of floats."""

    value: float
    value_radius: float
    polynomial: float
    polynomial_radius: float
    error: float
    error_radius: float


@lru_cache(maxsize=256)
def degree(f: Expression) -> int | None:
    """The degree of a polynomial, or more where terms cancel; None for what is not put together like one."""
    if not variables(f):
        return 0
    found = [degree(part) for part in parts(f)]
    known = [n for n in found if n is not None]
    match f:
        case Variable():
            return 1
        case Power():
            n = exact_value(f.exponent)
            return None if n is None or n.denominator > 1 or n < 0 or found[0] is None else found[0] * int(n)
        case Negative() | Sum() | Degrees() | Product() if len(known) == len(found):
            return sum(known) if isinstance(f, Product) else max(known)
        case Quotient(_, below) if not variables(below):
            return found[0]
    return None


def _is_polynomial(series: Series) -> bool:
    """Whether T_n is f."""
    n = degree(series.f)
    return n is not None and n <= series.order


# The true error ---------------------------------------------------------------------------------


def true_error(f: Expression, series: Series, x: float) -> TrueError | None:
    """f(x), T_n(x) and f(x) − T_n(x) to 50 bits each, or as well as 2048 bits allow; a 0 of radius 0 is proven.

    None where f is not defined at x, or not real. f is the formula that the series is of.
    """
    return _true_error(series, at_point(x))


@lru_cache(maxsize=128)
def _true_error(series: Series, x: Point) -> TrueError | None:
    found = _differences(series, x)
    return None if found is None else TrueError(*(number for c in found for number in float_of(c)))


@lru_cache(maxsize=128)
def _differences(series: Series, x: Point) -> tuple[Any, Any, Any] | None:
    """f(x), T_n(x) and their difference as balls."""
    from flint import arb

    if x.fraction == series.centre:
        return series.balls[0], series.balls[0], arb(0)
    bits, values = POINT_BITS, BallValues(series.f, dict.fromkeys(variables(series.f), x.formula))
    while True:
        found = _at_bits(series, x, bits, values)
        if found[0].is_finite() and all(_is_good(c) for c in found):
            return found
        if bits >= MOST_BITS:
            return found if found[0].is_finite() else None
        bits = _more_bits(bits, found)


def _more_bits(bits: int, found: tuple[Any, Any, Any]) -> int:
    """Twice as many; what is undefined at 256 bits has one more chance."""
    return MOST_BITS if bits >= 256 and not found[0].is_finite() else 2 * bits


def _at_bits(series: Series, x: Point, bits: int, values: BallValues) -> tuple[Any, Any, Any]:
    from flint import arb

    with working(bits, 1):
        value = values.ball()
    if _is_polynomial(series):
        return value, value, arb(0)
    polynomial = polynomial_ball(series, x, bits)
    with working(bits, 1):
        return value, polynomial, value - polynomial


def _is_good(c: Any) -> bool:
    return bool(c.is_zero() or c.rel_accuracy_bits() >= GOOD_BITS)


# Pieces of the interval ---------------------------------------------------------------------------


class _Between:
    """The coefficient n + 1 of the series about points from a to x: about a + s(x − a) for an s or a ball of them."""

    def __init__(self, series: Series, x: Point) -> None:
        self.f, self.order = series.f, series.order + 1
        self.start, self.end = series.at, x
        self.constants = ExactWalk(dict.fromkeys(variables(series.f)))
        self.drops = _drops(series) if series.filled else {}
        self.spare = max(self.drops.values(), default=0)
        self.bits = POINT_BITS  # what points take; neighbours take the same
        self.size_of_f = sum(1 for _ in nodes(self.f))

    def coefficients(self, s: Any, bits: int, more: int = 0, is_at_start: bool = False) -> list[Any] | None:
        """The coefficient n + 1 and so many more as balls; None where there is no series for all of s."""
        from flint import arb_series

        terms = self.order + 1 + more
        with working(bits, terms + self.spare):
            start = self.start.ball()
            centre = arb_series([start + (self.end.ball() - start) * s, 1])
            walk = BallWalk(dict.fromkeys(variables(self.f), centre), self.constants, self.drops if is_at_start else {})
            try:
                found = walk.of(self.f)
            except Trouble:
                return None
            if found.shift or found.series.prec < terms:
                return None
            balls = [found.series[k] for k in range(self.order, terms)]
            return balls if all(c.is_finite() for c in balls) else None

    def at(self, s: float, more: int = 0) -> list[Any] | None:
        """The same about a + s(x − a), to GOOD_BITS where MOST_BITS_BETWEEN give them."""
        from flint import arb

        while True:
            found = self.coefficients(arb(s), self.bits, more)
            if found is None or self.bits >= MOST_BITS_BETWEEN or _is_good(found[0]):
                return found
            self.bits *= 2

    def largest(self, low: float, high: float, of_use: float) -> tuple[Any, Any]:
        """The largest |coefficient n + 1| for s from low to high, rounded up, and one that is taken; None for both.

        By the balls for the whole piece, and by Taylor's theorem once more about its middle m:
        c_k(m + h) = Σ (k + j over j) c_{k+j}(m) hʲ up to j = MORE, there with the balls of the whole piece. This is
        left out where it cannot come below of_use.
        """
        from flint import arb

        middle, reach = (low + high) / 2, (high - low) / 2
        wide = self.coefficients(arb(middle, reach), WIDE_BITS, MORE, low == 0)
        if wide is None:
            return None, None
        with working(WIDE_BITS, 1):
            h = abs(self.end.ball() - self.start.ball()) * reach
            last = abs(wide[-1]) * comb(self.order + MORE, MORE) * h**MORE
        exact = self.at(middle, MORE) if last < of_use else None
        if exact is None:
            return wide[0].abs_upper(), None
        with working(WIDE_BITS, 1):
            terms = [*exact[:-1], wide[-1]]
            sharp = sum((abs(c) * comb(self.order + j, j) * h**j for j, c in enumerate(terms)), arb(0))
            return min(wide[0].abs_upper(), sharp.abs_upper()), exact[0].abs_lower()

    def size(self, bits: int) -> Any:
        """|x − a|^(n + 1)."""
        with working(bits, 1):
            return abs(self.end.ball() - self.start.ball()) ** self.order


@lru_cache(maxsize=32)
def _drops(series: Series) -> Mapping[int, int]:
    """How many zeros above and below the bar cancel at the centre, by the quotient's id.

    g(a) = 0 makes g(x)/(x − a) the mean of g′ from a to x, and its coefficient k lies in the hull of the coefficient
    k + 1 of g there: so on an interval from a on the first coefficients of g are left out, as at a itself.
    """
    line = series.at.line()
    with working(POINT_BITS, 12):
        exactly = ExactWalk(dict.fromkeys(variables(series.f), line.exactly()))
        walk = BallWalk(dict.fromkeys(variables(series.f), line.balls()), exactly)
        return {id(node): k for node in series.source.holes for k in _dropped(walk, node)}


def _dropped(walk: BallWalk, node: Expression) -> Iterator[int]:
    """The zeros of the divisor, where they are no more than those above it."""
    if not isinstance(node, Quotient):
        return
    try:
        above, below = walk.of(node.above), walk.of(node.below)
    except Trouble:
        return
    k = below.series.valuation()
    if not above.shift and not below.shift and k > 0 and all(above.series[j].is_zero() for j in range(k)):
        yield k


def remainder_bound(f: Expression, centre: float, x: float, order: int) -> float | None:
    """A rigorous bound of |f(x) − T_n(x)|: the largest |f⁽ⁿ⁺¹⁾(ξ)|/(n + 1)! · |x − a|ⁿ⁺¹ for ξ from a to x.

    The interval is halved where the bound is largest, so it is seldom far above the largest. None where no finite
    bound is found, or only one a million times above: f is not smooth there, or balls that cover a piece are too
    wide. Raises NoSeries.
    """
    return _remainder_bound(taylor(f, centre, order), at_point(x))


@lru_cache(maxsize=128)
def _remainder_bound(series: Series, x: Point) -> float | None:
    if x.fraction == series.centre or _is_polynomial(series):
        return 0.0
    between = _Between(series, x)
    largest = _largest(between, _known_below(series))
    if largest is None:
        return None
    with working(WIDE_BITS, 1):
        bound = float((largest * between.size(WIDE_BITS)).abs_upper())
    return nextafter(bound, inf) if isfinite(bound) else None


def _known_below(series: Series) -> float:
    """|f⁽ⁿ⁺¹⁾(a)|/(n + 1)!, where the series was computed so far: no bound is below it."""
    known = series.source.balls
    return float(known[series.order + 1].abs_lower()) if len(known) > series.order + 1 else 0.0


def _largest(between: _Between, least: float) -> Any:
    """The largest |coefficient n + 1| from a to x, rounded up; None where there is no bound of use."""
    waiting: list[tuple[float, int, float, float, Any]] = []
    count, parent, pieces = 0, None, [(0.0, 1.0)]
    most = min(MOST_PIECES, MOST_WORK // between.size_of_f)
    while True:
        for low, high in pieces:
            upper, taken = between.largest(low, high, OF_USE * least if least else inf)
            upper = parent if upper is None or (parent is not None and parent < upper) else upper
            least = least if taken is None else max(least, float(taken))
            count += 1
            heappush(waiting, (-inf if upper is None else -float(upper), count, low, high, upper))
        key, _, low, high, parent = heappop(waiting)
        if count > HOPELESS_PIECES and -key > OF_USE**3 * least:
            return None
        if -key <= TIGHT * least or count >= most or high - low < 2.0**-DEEPEST:
            return parent if -key <= OF_USE * least else None
        parts_of = FIRST_PIECES if count == 1 and between.order > HIGH_ORDER else 2
        pieces = _split(low, high, parts_of)


def _split(low: float, high: float, count: int) -> list[tuple[float, float]]:
    cuts = [low + (high - low) * k / count for k in range(count + 1)]
    return list(pairwise(cuts))


# Lagrange's point -----------------------------------------------------------------------------------


SCANNED = 16
STEPS = 30
MOST_BRACKETS = 2


def lagrange_point(f: Expression, series: Series, x: float) -> float | None:
    """One ξ strictly between a and x with f(x) − T_n(x) = f⁽ⁿ⁺¹⁾(ξ)/(n + 1)! · (x − a)ⁿ⁺¹.

    None where none is found: f is not smooth between, or a polynomial of which T_n leaves nothing; also for formulas of
    more than LONGEST_SOLVED parts, where it would take long.
    """
    return _lagrange_point(series, at_point(x))


@lru_cache(maxsize=128)
def _lagrange_point(series: Series, x: Point) -> float | None:
    found = None if _is_polynomial(series) else _differences(series, x)
    if found is None or not _is_good(found[2]) or found[2].is_zero():
        return None
    between = _Between(series, x)
    if between.size_of_f > LONGEST_SOLVED:
        return None
    with working(POINT_BITS, 1):
        h = x.ball() - series.at.ball()
        scale = h**between.order / found[2]

    def off(s: float) -> float:
        """0 at ξ = a + sh."""
        found = between.at(s)
        with working(POINT_BITS, 1):
            return inf if found is None else float(found[0] * scale - 1)

    s = _root(off, between.order)
    return None if s is None else _strictly_between(series, x, s)


def _strictly_between(series: Series, x: Point, s: float) -> float | None:
    a, b = series.centre, x.fraction
    found = float(a + (b - a) * Fraction(s))
    return found if min(a, b) < Fraction(found) < max(a, b) else None


def _root(off: Callable[[float], float], order: int) -> float | None:
    """A zero in (0, 1), looked for where the integral form of the remainder has its weight, n + 1 times (1 − s)ⁿ."""
    before, at, brackets = off(0.0), 0.0, 0
    for k in range(1, SCANNED + 1):
        s = 1 - (1 - k / SCANNED) ** (1 / order) if k < SCANNED else 1.0
        value = off(s)
        if isfinite(before) and isfinite(value) and before * value <= 0 and before != value:
            found = _closed_in(off, (at, before), (s, value))
            brackets += 1
            if found is not None or brackets == MOST_BRACKETS:
                return found
        before, at = value, s
    return None


def _closed_in(off: Callable[[float], float], left: tuple[float, float], right: tuple[float, float]) -> float | None:
    """The zero between two points of opposite sign, by the Illinois rule (Dowell and Jarratt, BIT 11, 1971)."""
    (a, fa), (b, fb) = left, right
    for _ in range(STEPS):
        c = b - fb * (b - a) / (fb - fa) if fb != fa else (a + b) / 2
        c = c if min(a, b) <= c <= max(a, b) else (a + b) / 2
        fc = off(c)
        if not isfinite(fc):
            return None
        if abs(fc) < 1e-14 or abs(b - a) <= 4e-16 * abs(c):
            return c if abs(fc) < 1e-6 and 0 < c < 1 else None
        if fc * fb < 0:
            a, fa = b, fb
        else:
            fa /= 2
        b, fb = c, fc
    return b if abs(fb) < 1e-6 and 0 < b < 1 else None
