"""Lagrange's ξ: f(x) − T_n(x) = f⁽ⁿ⁺¹⁾(ξ)/(n + 1)! · (x − a)ⁿ⁺¹ for a ξ between a and x, where f is smooth between."""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import inf, isfinite

from mmlviz.maths.between import Between
from mmlviz.maths.exact_point import Point, at_point
from mmlviz.maths.expression import Expression
from mmlviz.maths.expression.expand import working
from mmlviz.maths.power_series import Series
from mmlviz.maths.remainder import POINT_BITS, differences, is_all_of_f, is_good

LONGEST_SOLVED = 60  # parts of a formula; ξ takes some twenty series
SCANNED = 16
STEPS = 30
EXACT = 1e-14  # of the remainder: no float is nearer to ξ
MOST_BRACKETS = 2


def lagrange_point(f: Expression, series: Series, x: float) -> float | None:
    """One ξ strictly between a and x with f(x) − T_n(x) = f⁽ⁿ⁺¹⁾(ξ)/(n + 1)! · (x − a)ⁿ⁺¹.

    None where none is found: f is not smooth between, or a polynomial of which T_n leaves nothing; also for formulas of
    more than LONGEST_SOLVED parts, where it would take long.
    """
    return _lagrange_point(series, at_point(x))


@lru_cache(maxsize=128)
def _lagrange_point(series: Series, x: Point) -> float | None:
    found = None if is_all_of_f(series) else differences(series, x)
    if found is None or not is_good(found[2]) or found[2].is_zero():
        return None
    between = Between(series, x)
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
        if abs(value) < EXACT and s < 1:
            return s
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
        if abs(fc) < EXACT or abs(b - a) <= 4e-16 * abs(c):
            return c if abs(fc) < 1e-6 and 0 < c < 1 else None
        if fc * fb < 0:
            a, fa = b, fb
        else:
            fa /= 2
        b, fb = c, fc
    return b if abs(fb) < 1e-6 and 0 < b < 1 else None
