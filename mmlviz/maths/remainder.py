"""What a Taylor polynomial leaves of its function, to 50 bits however small it is."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mmlviz.maths.exact_point import Point, at_point
from mmlviz.maths.expression import Expression
from mmlviz.maths.expression.ball_values import BallValues
from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.expand import MOST_BITS, working
from mmlviz.maths.expression.tree import Degrees, Negative, Power, Product, Quotient, Sum, Variable, parts, variables
from mmlviz.maths.power_series import Series, float_of, polynomial_ball

GOOD_BITS = 50
POINT_BITS = 128


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


def is_all_of_f(series: Series) -> bool:
    """Whether T_n is f."""
    n = degree(series.f)
    return n is not None and n <= series.order


def true_error(f: Expression, series: Series, x: float) -> TrueError | None:
    """f(x), T_n(x) and f(x) − T_n(x) to 50 bits each, or as well as 2048 bits allow; a 0 of radius 0 is proven.

    None where f is not defined at x, or not real. f is the formula that the series is of.
    """
    return _true_error(series, at_point(x))


@lru_cache(maxsize=128)
def _true_error(series: Series, x: Point) -> TrueError | None:
    found = differences(series, x)
    return None if found is None else TrueError(*(number for c in found for number in float_of(c)))


@lru_cache(maxsize=128)
def differences(series: Series, x: Point) -> tuple[Any, Any, Any] | None:
    """f(x), T_n(x) and their difference as balls."""
    from flint import arb

    if x.fraction == series.centre:
        return series.balls[0], series.balls[0], arb(0)
    bits, values = POINT_BITS, BallValues(series.f, dict.fromkeys(variables(series.f), x.formula))
    while True:
        found = _at_bits(series, x, bits, values)
        if found[0].is_finite() and all(is_good(c) for c in found):
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
    if is_all_of_f(series):
        return value, value, arb(0)
    polynomial = polynomial_ball(series, x, bits)
    with working(bits, 1):
        return value, polynomial, value - polynomial


def is_good(c: Any) -> bool:
    return bool(c.is_zero() or c.rel_accuracy_bits() >= GOOD_BITS)
