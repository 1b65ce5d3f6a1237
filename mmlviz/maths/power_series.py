"""Taylor series of typed formulas with rigorous error radii.

The coefficients come from ball arithmetic (Johansson, Arb: efficient arbitrary-precision midpoint-radius interval
arithmetic, IEEE Transactions on Computers 66(8), 2017) and, where rules give them, from exact power series.
Derivatives in floats lose every digit on the way to high orders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import factorial, inf, isfinite, nan, nextafter
from typing import Any

import numpy as np

from mmlviz.maths.exact_point import Point, at_point
from mmlviz.maths.expression import Expression
from mmlviz.maths.expression.ball_series import Kind, Trouble
from mmlviz.maths.expression.closed_form import Form, scaled
from mmlviz.maths.expression.closed_form import as_fraction as form_as_fraction
from mmlviz.maths.expression.closed_tree import tree
from mmlviz.maths.expression.exact_series import coefficient
from mmlviz.maths.expression.expand import ENOUGH_BITS, MOST_BITS, Expanded, Line, at_bits, expand, working
from mmlviz.maths.expression.tree import variables
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.no_series import filled, sentence

MOST_TERMS = 4  # of a coefficient that is written exactly
MOST_BITS_WRITTEN = 512  # of its fractions
BLOCK = 42  # coefficients are computed so many at a time: an order more costs nothing


class NoSeries(ValueError):
    """There is no series about this centre; the message is the sentence that says why, kind says what is there."""

    def __init__(self, message: str, kind: Kind) -> None:
        super().__init__(message)
        self.kind: Kind = kind


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """c₀ + c₁(x − a) + … + c_n(x − a)ⁿ of f about a = centre; arrays (n + 1,), read-only.

    Each true coefficient is in its ball (flint.arb), and within radii of the float in coefficients, the rounding to a
    float included. A coefficient is known to be 0 where its radius is 0 and itself is. bits is the working precision.
    filled is a sentence where f itself is not defined at the centre but has a limit there, else "".
    """

    f: Expression
    at: Point
    coefficients: Array
    radii: Array
    balls: tuple[Any, ...]
    bits: int
    filled: str
    source: Expanded

    @property
    def centre(self) -> Fraction:
        """a, or a fraction so near to it that no float can tell them apart."""
        return self.at.fraction

    @property
    def order(self) -> int:
        """n."""
        return len(self.balls) - 1

    @property
    def exact(self) -> tuple[Expression | None, ...]:
        """Each coefficient as a formula without variables, such as 1/6 or √2/2; None where no rule gives one."""
        return _written(self.source, self.order)

    @property
    def fractions(self) -> tuple[Fraction | None, ...]:
        """Each coefficient as a fraction where it is known to be one."""
        return _fractions(self.source, self.order)


@lru_cache(maxsize=64)
def _written(source: Expanded, order: int) -> tuple[Expression | None, ...]:
    if source.exact is None:
        return (None,) * (order + 1)
    return tuple(_tree(coefficient(source.exact, k)) for k in range(order + 1))


def _tree(form: Form) -> Expression | None:
    """None where nobody would read it."""
    is_short = all(max(abs(c.numerator), c.denominator).bit_length() <= MOST_BITS_WRITTEN for c in form.values())
    return tree(form) if len(form) <= MOST_TERMS and is_short else None


@lru_cache(maxsize=64)
def _fractions(source: Expanded, order: int) -> tuple[Fraction | None, ...]:
    if source.exact is None:
        return (None,) * (order + 1)
    return tuple(form_as_fraction(coefficient(source.exact, k)) for k in range(order + 1))


@lru_cache(maxsize=256)
def exact_at(series: Series, k: int) -> Expression | None:
    """The k-th coefficient as a formula without variables; None where no rule gives one."""
    return None if series.source.exact is None else tree(coefficient(series.source.exact, k))


def taylor(f: Expression, centre: float | Fraction, order: int) -> Series:
    """The Taylor series of a formula in at most one variable about the exact value of centre, up to (x − centre)^order.

    Raises NoSeries where there is none, or none in the range of floats. The lower orders are its beginnings.
    """
    if order < 0:
        raise ValueError(f"the order is a number from 0 on, got {order}")
    if len(variables(f)) > 1:
        raise ValueError(f"a formula in one variable is needed, got {sorted(variables(f))}")
    return _taylor(f, at_point(centre), order)


@lru_cache(maxsize=256)
def _taylor(f: Expression, at: Point, order: int) -> Series:
    found, coefficients, radii = _block(f, at, -(-(order + 1) // BLOCK) * BLOCK)
    coefficients, radii = coefficients[: order + 1], radii[: order + 1]
    if not np.isfinite(coefficients).all():
        trouble = Trouble("too large", f)
        raise NoSeries(sentence(trouble, f, at.text), trouble.kind)
    said = filled(f, at.text, found) if found.holes else ""
    return Series(found.f, at, coefficients, radii, found.balls[: order + 1], found.bits, said, found)


@lru_cache(maxsize=64)
def _block(f: Expression, at: Point, terms: int) -> tuple[Expanded, Array, Array]:
    try:
        found = expand(f, _lines(f, at), terms)
    except Trouble as trouble:
        raise NoSeries(sentence(trouble, f, at.text), trouble.kind) from None
    coefficients, radii = np.array([float_of(c) for c in found.balls]).T.copy()
    coefficients.flags.writeable = radii.flags.writeable = False
    return found, coefficients, radii


def _lines(f: Expression, at: Point) -> dict[str, Line]:
    return {name: at.line() for name in variables(f)}


def float_of(c: Any) -> tuple[float, float]:
    """A float in the middle of the ball, 0 where that may be, and how far the ball reaches from it, rounded up."""
    value = float(c) + 0.0  # what is too small for a float is 0 and not −0
    if not isfinite(value):
        return inf, inf
    value = 0.0 if c.contains(0) else value
    reach = (c - value).abs_upper()
    if not isfinite(float(reach)):
        return inf, inf
    return value, 0.0 if reach.is_zero() else nextafter(float(reach), inf)


@lru_cache(maxsize=32)
def balls_at(series: Series, terms: int, bits: int) -> tuple[Any, ...]:
    """The first coefficients at a precision of one's choice. Raises NoSeries."""
    try:
        return at_bits(series.f, _lines(series.f, series.at), terms, series.source.exact, bits)
    except Trouble as trouble:
        raise NoSeries(sentence(trouble, series.f, series.at.text), trouble.kind) from None


def taylor_along(
    f: Expression, start: Mapping[str, float | Fraction], direction: Mapping[str, Fraction], order: int
) -> tuple[list[Any], list[Fraction | None]]:
    """The series in t of f(start + t · direction): balls (flint.arb), and fractions where they are known to be.

    Every variable of f has its place in both. Raises NoSeries, its sentences speaking of the point (a, b).
    """
    lines = {name: at_point(start[name]).line(Fraction(direction[name])) for name in sorted(variables(f))}
    try:
        found = expand(f, lines, order + 1)
    except Trouble as trouble:
        where = ", ".join(at_point(start[name]).text for name in sorted(variables(f)))
        raise NoSeries(sentence(trouble, f, f"({where})" if len(lines) > 1 else where), trouble.kind) from None
    return list(found.balls), list(_fractions(found, order))


@dataclass(frozen=True, slots=True)
class Derivative:
    """f⁽ᵏ⁾(a): exactly where known, as a float (infinite beyond their range), and within which radius of it."""

    exact: Expression | None
    value: float
    radius: float


def derivatives(series: Series) -> tuple[Derivative, ...]:
    """f(a), f′(a), f″(a) … as far as the series goes."""
    return tuple(derivative_at(series, k) for k in range(series.order + 1))


@lru_cache(maxsize=256)
def derivative_at(series: Series, k: int) -> Derivative:
    """f⁽ᵏ⁾(a) = k! c_k."""
    exact = series.source.exact
    with working(series.bits + 64, 1):
        form = None if exact is None else _tree(scaled(coefficient(exact, k), Fraction(factorial(k))))
        return Derivative(form, *float_of(series.balls[k] * factorial(k)))


def polynomial_exactly(series: Series, x: Array) -> Array:
    """T_n(x) for floats x of any shape, rounded once, as Horner's scheme in floats cannot promise.

    The precision rises until 2⁻⁵⁸ of each value is known or MOST_BITS are worked with. nan where x is not finite.
    """
    points = np.asarray(x, dtype=float)
    out = np.full(points.size, nan)
    waiting, bits = np.flatnonzero(np.isfinite(points)), 128
    while len(waiting):
        values = _values_at(series, points.ravel()[waiting].tolist(), bits)
        is_done = np.array([bits >= MOST_BITS or c.is_zero() or c.rel_accuracy_bits() >= ENOUGH_BITS for c in values])
        out[waiting] = [float(c) for c in values]
        waiting, bits = waiting[~is_done], 2 * bits
    return out.reshape(points.shape)


def _values_at(series: Series, x: list[float], bits: int) -> list[Any]:
    from flint import arb, arb_poly

    coefficients = balls_at(series, series.order + 1, bits)
    with working(bits, 1):
        polynomial, centre = arb_poly(list(coefficients)), series.at.ball()
        return [polynomial(arb(each) - centre) for each in x]


def polynomial_ball(series: Series, x: Point, bits: int) -> Any:
    """T_n(x) as a ball at a precision of one's choice."""
    from flint import arb_poly

    coefficients = balls_at(series, series.order + 1, bits)
    with working(bits, 1):
        return arb_poly(list(coefficients))(x.ball() - series.at.ball())
