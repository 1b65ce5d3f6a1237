"""The Taylor polynomial of a function about a centre, and how far it can be trusted."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import inf, isfinite
from typing import Literal

import numpy as np

from mmlviz.maths import functions
from mmlviz.maths.functions import FUNCTIONS, Function
from mmlviz.maths.matrix2 import EPS, Array
from mmlviz.maths.number import Number
from mmlviz.maths.reach import reach
from mmlviz.maths.series import NoSeries, Series, horner, taylor

BY_TEXT = {function.text: function for function in FUNCTIONS}
Place = Literal["inside", "edge", "outside"]  # of the interval of convergence


@dataclass(frozen=True, slots=True)
class State:
    """A function, the centre and the order n of its polynomial, a bound ε of the error, and one x to try."""

    f: str = "1/(1+x^2)"
    centre: Number = Number("0.5")
    order: Number = Number("8")
    epsilon: Number = Number("0.1")
    probe: Number = Number("1.2")


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The polynomial Tₙ, and what it is worth; None where there is no series or no number.

    trouble: why there is no series. place: where the probe lies in the interval of convergence.
    value, polynomial, error: f, Tₙ and f − Tₙ at the probe; noise: what rounding can make of that error.
    interval: around the centre, where |f − Tₙ| < ε; None where rounding hides it.
    """

    function: Function
    centre: float
    series: Series | None
    trouble: str | None
    radius: float | None
    place: Place | None
    value: float | None
    polynomial: float | None
    error: float | None
    noise: float | None
    interval: tuple[float, float] | None

    @property
    def edges(self) -> tuple[float, float] | None:
        """The ends of the interval of convergence; None where it has none, or there is no series."""
        if self.radius is None or self.radius == inf:
            return None
        return self.centre - self.radius, self.centre + self.radius

    def polynomial_at(self, x: Array) -> Array:
        """Tₙ for x of any shape; inf or nan beyond the range of floats."""
        assert self.series is not None
        return horner(self.series.coefficients, x - self.centre)

    def noise_of_polynomial(self, x: Array) -> Array:
        """What rounding can make of Tₙ(x) in floats."""
        assert self.series is not None
        return horner(rounded_terms(self.series), np.abs(x - self.centre))


def rounded_value(y: Array) -> Array:
    """A bound of the rounding of y = f(x): a few last digits, and those of the argument of an exponential, |ln y|."""
    with np.errstate(all="ignore"):
        size = np.abs(y)
        return np.asarray(EPS * np.where(size > 0, size * (4 + np.abs(np.log(size))), 0.0))


@lru_cache(maxsize=4)
def rounded_terms(series: Series) -> Array:
    """The coefficients of a bound, in powers of |x − a|, of the rounding of Tₙ(x).

    To Horner's own 2n roundings (Higham, section 5.1) come those of the coefficients and of x − a, which
    the k-th power feels k times; a fraction as centre is itself rounded.
    """
    sizes = np.abs(series.coefficients)
    k = np.arange(len(sizes))
    slip = abs(float(series.centre - Fraction(float(series.centre))))
    with np.errstate(all="ignore"):
        terms = np.asarray(EPS * (len(sizes) + k) * sizes, dtype=float)
        terms[:-1] += 1.01 * slip * k[1:] * sizes[1:]
    terms.flags.writeable = False
    return terms


def compute(state: State) -> Result:
    """The series with error balls; its values in floats, as everybody has to take them."""
    function, a = BY_TEXT[state.f], float(state.centre)
    trouble, series = function.trouble(state.centre), None
    radius = None if trouble else functions.radius(function, state.centre)
    try:
        series = taylor(function, state.centre, int(state.order))
    except NoSeries as reason:
        trouble = str(reason)
    value = _number(function.values(float(state.probe)))
    polynomial = error = noise = interval = None
    if series is not None:
        polynomial, noise = _at(series, state.probe - a, value)
        interval = _interval(function, series, float(state.epsilon))
    if value is not None and polynomial is not None:
        error = value - polynomial
    place = None if radius is None else _place(function, state)
    return Result(
        function, a, series, trouble, radius, place, value, polynomial, error, noise, interval,
    )  # fmt: skip


def _number(x: float | Array) -> float | None:
    return float(x) if isfinite(x) else None


def _at(series: Series, h: float, value: float | None) -> tuple[float | None, float | None]:
    """Tₙ and the noise at the probe, in Python's floats: quicker than arrays of one number."""
    noise = _horner(rounded_terms(series).tolist(), abs(h)) + float(rounded_value(np.array(value or 0.0)))
    return _number(_horner(series.coefficients.tolist(), h)), _number(noise)


def _horner(coefficients: list[float], h: float) -> float:
    out = 0.0
    for c in reversed(coefficients):
        out = out * h + c
    return out


def _place(function: Function, state: State) -> Place:
    """Decided with the exact numbers: on the edge everything can happen."""
    limit, reached = function.squared_radius(state.centre), (state.probe.exact - state.centre.exact) ** 2
    if limit is None or reached < limit:
        return "inside"
    return "edge" if reached == limit else "outside"


@lru_cache(maxsize=4)  # it does not move with the probe
def _interval(function: Function, series: Series, bound: float) -> tuple[float, float] | None:
    """From where to where |f − Tₙ| < bound holds without a break about the centre."""
    a = float(series.centre)
    y = function.values(a)
    if not rounded_value(y) + rounded_terms(series)[0] < bound:
        return None
    ends = [function.domain[0], function.domain[1], *function.poles]
    left = min((a - end for end in ends if end < a), default=inf)
    right = min((end - a for end in ends if end > a), default=inf)

    def error(h: Array) -> Array:
        x = a + h
        return np.asarray(np.abs(function.values(x) - horner(series.coefficients, x - a)))

    return a - reach(lambda h: error(-h), bound, left), a + reach(error, bound, right)
