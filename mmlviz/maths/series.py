"""Taylor series with rigorous error radii, and their values by Horner's scheme.

The coefficients come from ball arithmetic (Johansson, Arb: efficient arbitrary-precision midpoint-radius interval
arithmetic, IEEE Transactions on Computers 66(8), 2017) and, where they are rational, from exact power series.
Derivatives in floats lose every digit on the way to high orders.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import inf, isfinite, nextafter
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.expression import Expression, formula
from mmlviz.maths.expression.balls import ball
from mmlviz.maths.functions import Function
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import Number, as_fraction
from mmlviz.maths.spectrum import rational_root

FEWEST_BITS, MOST_BITS = 128, 2048
# 2^-58 < 1e-17 is a fraction of the rounding to a float.
ENOUGH_BITS = 58
NOTHING = 2.0**-100  # of the largest coefficient
# Above and below the fraction bar. Beyond it the fractions grow by hundreds of digits and cost more than balls.
LONGEST_CENTRE = 10**6


class NoSeries(ValueError):
    """There is no series about this centre; the message is the sentence that says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """c₀ + c₁(x − a) + … + c_n(x − a)ⁿ about a = centre; arrays (n + 1,), read-only.

    Each true coefficient is within radii of the float in coefficients, the rounding to a float included.
    exact holds it as a fraction where it is rational and known to be, else None; a coefficient is known to
    be 0 where its radius is 0 and itself is. bits is the working precision.
    """

    centre: Fraction
    coefficients: Array
    radii: Array
    exact: tuple[Fraction | None, ...]
    bits: int


def taylor(function: Function, centre: float | Fraction, order: int) -> Series:
    """The Taylor series of a function about the exact value of centre, up to (x − centre)^order.

    The exact value of a Number is what was typed, π/2 included; Series.centre is then within 2⁻²⁵⁰ of it.

    Raises NoSeries where there is none, or none in the range of floats. The lower orders are its beginnings.
    """
    if order < 0:
        raise ValueError(f"the order is a number from 0 on, got {order}")
    a, typed = as_fraction(centre), None
    if isinstance(centre, Number) and not centre.is_rational:
        a, typed = _near(centre), formula(centre)
    trouble = function.trouble(a)
    if trouble is not None:
        raise NoSeries(trouble)
    return _taylor(function, a, order, typed)


def _near(x: Number) -> Fraction:
    """A fraction so near to an irrational number that no float can tell them apart."""
    with _working(256, 0):
        mantissa, exponent = ball(formula(x)).mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


@lru_cache(maxsize=64)
def _taylor(function: Function, a: Fraction, order: int, typed: Expression | None) -> Series:
    rational = _rational(function, a, order) if typed is None else [None] * (order + 1)
    balls, bits = _balls(function, a, typed, order, rational)
    pairs = [_from_ball(ball) for ball in balls]
    coefficients, radii = np.array(pairs).T.copy()
    if not np.isfinite(coefficients).all():
        raise NoSeries(f"The coefficients of {function.written} are too large about this centre.")
    coefficients.flags.writeable = radii.flags.writeable = False
    exact = tuple(None if c is None else Fraction(int(c.p), int(c.q)) for c in rational)
    return Series(a, coefficients, radii, exact, bits)


def _from_ball(c: Any) -> tuple[float, float]:
    """A float in the middle of the ball, 0 where that may be, and how far the ball reaches from it, rounded up."""
    value = float(c) + 0.0  # what is too small for a float is 0 and not −0
    if not isfinite(value):
        return inf, inf
    value = 0.0 if c.contains(0) else value
    reach = (c - value).abs_upper()
    return value, 0.0 if reach.is_zero() else nextafter(float(reach), inf)


def _balls(
    function: Function, a: Fraction, typed: Expression | None, order: int, rational: Sequence[Any]
) -> tuple[list[Any], int]:
    """The coefficients as balls, each to ENOUGH_BITS unless MOST_BITS do not give them, and the precision used.

    One that cannot be told from 0, as that of cos at π/2, is enough where it is far below the largest.
    """
    from flint import arb, arb_series, fmpq  # 30 ms

    bits = FEWEST_BITS
    while True:
        with _working(bits, order):
            series: Any = rational
            if None in rational:
                centre = fmpq(a.numerator, a.denominator) if typed is None else ball(typed)
                series = function.rule(_ALGEBRA, arb_series([centre, 1]))
            balls = [series[k] if c is None else arb(c) for k, c in enumerate(rational)]
            largest = max((c.abs_lower() for c in balls), default=arb(0))
            clear = [
                c.is_zero()
                or c.rel_accuracy_bits() >= ENOUGH_BITS
                or (c.contains(0) and c.abs_upper() < largest * NOTHING)
                for c in balls
            ]
        if bits >= MOST_BITS or all(clear):
            return balls, bits
        bits *= 2


def _rational(function: Function, a: Fraction, order: int) -> Sequence[Any]:
    """The coefficients that are rational by the rules of power series alone, as fmpq; None where that is not known."""
    found = _fractions(function.rule, a, order)
    if found is None and function.slope is not None:
        slopes = _fractions(function.slope, a, order)
        found = slopes and [None, *(c / (k + 1) for k, c in enumerate(slopes[:order]))]
    return found or [None] * (order + 1)


def _fractions(rule: Callable[[Any, Any], Any], a: Fraction, order: int) -> list[Any] | None:
    """The coefficients as fmpq; None where flint refuses, as for sin(1), or where nobody would read them."""
    from flint import fmpq, fmpq_series

    if max(abs(a.numerator), a.denominator) > LONGEST_CENTRE:
        return None
    with _working(FEWEST_BITS, order):
        try:
            series = rule(_EXACT_ALGEBRA, fmpq_series([fmpq(a.numerator, a.denominator), 1]))
        except ValueError:
            return None
        return [series[k] for k in range(order + 1)]


@contextmanager
def _working(bits: int, order: int) -> Iterator[None]:
    """flint's precision and number of terms, which are global, for this long only."""
    from flint import ctx

    before = ctx.prec, ctx.cap
    ctx.prec, ctx.cap = bits, order + 1
    try:
        yield
    finally:
        ctx.prec, ctx.cap = before


def _exact_sqrt(y: Any) -> Any:
    """√y of a series of fractions; ValueError unless the root of its first term is rational."""
    first = Fraction(int(y[0].p), int(y[0].q))
    root = rational_root(first) if first > 0 else None
    if root is None:
        raise ValueError(f"the root of {first} is not rational")
    return (y / y[0]).sqrt() * type(y[0])(root.numerator, root.denominator)


# numpy's names for what flint's power series can do.
_NAMES: dict[str, Callable[[Any], Any]] = {
    "sin": lambda y: y.sin(),
    "cos": lambda y: y.cos(),
    "exp": lambda y: y.exp(),
    "log": lambda y: y.log(),
    "sqrt": lambda y: y.sqrt(),
    "arctan": lambda y: y.atan(),
}
_ALGEBRA = SimpleNamespace(**_NAMES)
_EXACT_ALGEBRA = SimpleNamespace(**_NAMES | {"sqrt": _exact_sqrt})


def horner(coefficients: Array, h: NDArray[Any]) -> NDArray[Any]:
    """c₀ + c₁h + … + c_n hⁿ for coefficients (n + 1,) at real or complex h of any shape; inf or nan if it overflows."""
    points = np.asarray(h)
    out = np.full(points.shape, coefficients[-1], dtype=np.result_type(points, np.float64))
    with np.errstate(all="ignore"):
        for c in coefficients[-2::-1].tolist():
            out *= points
            out += c
    return out
