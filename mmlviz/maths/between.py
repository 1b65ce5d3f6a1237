"""The coefficients of the series of a formula about the points between two: about one point, or about a piece."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import comb
from typing import Any

from mmlviz.maths.exact_point import Point
from mmlviz.maths.expression.ball_series import Trouble
from mmlviz.maths.expression.ball_walk import BallWalk
from mmlviz.maths.expression.exact_walk import ExactWalk
from mmlviz.maths.expression.expand import working
from mmlviz.maths.expression.tree import Expression, Quotient, nodes, variables
from mmlviz.maths.power_series import Series
from mmlviz.maths.remainder import POINT_BITS, is_good

WIDE_BITS = 64  # balls that cover an interval need no more
MOST_BITS = 512
MORE = 6  # terms of the expansion on a piece


class Between:
    """The coefficient n + 1 of the series about points from a to x: about a + s(x − a) for an s or a ball of them."""

    def __init__(self, series: Series, x: Point) -> None:
        self.f, self.order = series.f, series.order + 1
        self.start, self.end = series.at, x
        self.constants = ExactWalk(dict.fromkeys(variables(series.f)))
        self.drops = drops_at(series) if series.filled else {}
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
            balls = [found.series[k] for k in range(terms)]
            return balls[self.order :] if all(c.is_finite() for c in balls) else None

    def at(self, s: float, more: int = 0) -> list[Any] | None:
        """The same about a + s(x − a), to GOOD_BITS where MOST_BITS give them."""
        from flint import arb

        while True:
            found = self.coefficients(arb(s), self.bits, more)
            if found is None or self.bits >= MOST_BITS or is_good(found[0]):
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
def drops_at(series: Series) -> Mapping[Expression, int]:
    """How many zeros above and below the bar cancel at the centre, by the quotient.

    g(a) = 0 makes g(x)/(x − a) the mean of g′ from a to x, and its coefficient k lies in the hull of the coefficient
    k + 1 of g there: so on an interval from a on the first coefficients of g are left out, as at a itself.
    """
    line = series.at.line()
    with working(POINT_BITS, 12):
        exactly = ExactWalk(dict.fromkeys(variables(series.f), line.exactly()))
        walk = BallWalk(dict.fromkeys(variables(series.f), line.balls()), exactly)
        return {node: k for node in series.source.holes for k in _dropped(walk, node)}


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
