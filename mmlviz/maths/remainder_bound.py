"""A rigorous bound of what a Taylor polynomial leaves of its function, by Lagrange's form of it."""

from functools import lru_cache
from heapq import heappop, heappush
from itertools import pairwise
from math import inf, isfinite, nextafter
from typing import Any

from mmlviz.maths.between import WIDE_BITS, Between
from mmlviz.maths.exact_point import Point, at_point
from mmlviz.maths.expression import Expression
from mmlviz.maths.expression.expand import working
from mmlviz.maths.power_series import Series, taylor
from mmlviz.maths.remainder import is_all_of_f

MOST_PIECES = 20
MOST_WORK = 600  # pieces times parts of the formula
HOPELESS_PIECES = 8  # after so many a bound far beyond use will not come down
HIGH_ORDER, FIRST_PIECES = 12, 4  # beyond this order the whole is worthless, and so are halves
DEEPEST = 14  # halvings of a piece on which there is no bound
TIGHT, TIGHT_HIGH = 1.3, 2.0  # a bound this near to what is taken is not improved; the second at high orders
OF_USE = 1e6  # one this far above is none


def remainder_bound(f: Expression, centre: float, x: float, order: int) -> float | None:
    """A rigorous bound of |f(x) − T_n(x)|: the largest |f⁽ⁿ⁺¹⁾(ξ)|/(n + 1)! · |x − a|ⁿ⁺¹ for ξ from a to x.

    The interval is halved where the bound is largest, so it is seldom far above the largest. None where no finite
    bound is found, or only one a million times above: f is not smooth there, or balls that cover a piece are too
    wide. Raises NoSeries.
    """
    return _remainder_bound(taylor(f, centre, order), at_point(x))


@lru_cache(maxsize=128)
def _remainder_bound(series: Series, x: Point) -> float | None:
    if x.fraction == series.centre or is_all_of_f(series):
        return 0.0
    between = Between(series, x)
    largest = _largest(between, _known_below(series))
    if largest is None:
        return None
    with working(WIDE_BITS, 1):
        bound = (largest * between.size(WIDE_BITS)).abs_upper()
    if bound.is_zero():
        return 0.0
    return nextafter(float(bound), inf) if isfinite(float(bound)) else None


def _known_below(series: Series) -> float:
    """|f⁽ⁿ⁺¹⁾(a)|/(n + 1)!, where the series was computed so far: no bound is below it."""
    known = series.source.balls
    return float(known[series.order + 1].abs_lower()) if len(known) > series.order + 1 else 0.0


def _largest(between: Between, least: float) -> Any:
    """The largest |coefficient n + 1| from a to x, rounded up; None where there is no bound of use."""
    waiting: list[tuple[float, int, float, float, Any]] = []
    count, parent, pieces = 0, None, [(0.0, 1.0)]
    tight = TIGHT_HIGH if between.order > HIGH_ORDER else TIGHT
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
        if -key <= tight * least or count >= most or high - low < 2.0**-DEEPEST:
            return parent if -key <= OF_USE * least else None
        parts_of = FIRST_PIECES if count == 1 and between.order > HIGH_ORDER else 2
        pieces = _split(low, high, parts_of)


def _split(low: float, high: float, count: int) -> list[tuple[float, float]]:
    cuts = [low + (high - low) * k / count for k in range(count + 1)]
    return list(pairwise(cuts))
