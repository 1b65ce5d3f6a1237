"""The Taylor polynomial of a function about a centre: how well it fits, how far, and why it stops."""

from dataclasses import dataclass
from functools import lru_cache
from math import inf, isfinite
from typing import Literal

import numpy as np

from mmlviz.maths.expression import Expression, evaluate, parsed
from mmlviz.maths.expression.rounding import with_rounding
from mmlviz.maths.lagrange import lagrange_point
from mmlviz.maths.matrix2 import EPS, Array
from mmlviz.maths.number import Number
from mmlviz.maths.polynomial import horner
from mmlviz.maths.power_series import NoSeries, Series, polynomial_exactly, taylor
from mmlviz.maths.reach import reach, reach_by_order
from mmlviz.maths.remainder import true_error
from mmlviz.maths.remainder_bound import remainder_bound
from mmlviz.maths.singularities import Feature, Radius, radius, real_features
from mmlviz.maths.tail_bound import tail_bound

MOST = 40  # orders
Place = Literal["inside", "edge", "outside"]  # of the interval of convergence
BESIDE = 1e-4  # of a hole: so near to it f is taken from a little farther away
FAR = 60.0  # from the centre: so far poles, jumps and kinks are looked for
STOPS = ("pole", "branch point", "jump")  # where f = Tₙ + a small error can end at once
LOOSE = 100.0  # a bound so many times the error is worth another try
LOST = 16 * EPS  # of Tₙ: floats that are off by more have lost more than a last digit
DISTANCES = np.concatenate([np.geomspace(1e-4, 0.02, 40)[:-1], np.linspace(0.02, 8, 400), np.geomspace(8, 60, 60)[1:]])
EDGE = 1e-12  # relative to R: nearer to the edge floats cannot tell on which side


@dataclass(frozen=True, slots=True)
class State:
    """A function, the centre and the order n of its polynomial, a bound ε of the error, a probe x, and what is shown.

    hidden: the orders whose terms are left out. built: how much of the polynomial has been put together, term by term.
    """

    f: str = "1/(1+x^2)"
    centre: Number = Number("0.5")
    order: Number = Number("8")
    epsilon: Number = Number("0.1")
    probe: Number = Number("1.2")
    hidden: tuple[int, ...] = ()
    built: Number = Number("1")
    ghosts: bool = False
    plane: bool = True
    table: bool = False
    steps: bool = False
    widths: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """What the polynomial that is drawn is worth at the probe; None where there is no number.

    value, polynomial, error: f, Tₙ and f − Tₙ, true to the last digit. in_floats: Tₙ by Horner's scheme in floats;
    noise: what rounding can make of that and of f. bound: a rigorous bound of |error|, by Lagrange's form of the
    remainder unless that fails or is far too large; xi: a ξ for which that form is the error; both only where the
    polynomial is all of Tₙ.
    """

    value: float | None = None
    polynomial: float | None = None
    error: float | None = None
    in_floats: float | None = None
    noise: float | None = None
    bound: float | None = None
    xi: float | None = None
    is_lagrange: bool = True  # whether the bound is that of Lagrange's form
    is_hasty: bool = False  # whether bound and ξ have been left out for the sake of time


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The polynomial Tₙ, and how well and how far it fits; None where there is no series.

    whole: the series up to the highest order; series: up to n; coefficients: those of the polynomial that is drawn and
    all else is told of, Tₙ without its hidden terms and what has not been put together yet.
    trouble: why there is no series. place: where the probe lies in the interval of convergence.
    interval: around the centre, where |f − Tₙ| < ε; None also where rounding hides it.
    """

    f: Expression
    centre: float
    whole: Series | None
    series: Series | None
    coefficients: Array | None
    trouble: str | None
    radius: Radius | None
    place: Place | None
    probe: Probe
    interval: tuple[float, float] | None

    @property
    def edges(self) -> tuple[float, float] | None:
        """The ends of the interval of convergence; None where it has none, or there is no series."""
        if self.radius is None or self.radius.value == inf:
            return None
        return self.centre - self.radius.value, self.centre + self.radius.value

    def polynomial_at(self, x: Array) -> Array:
        """Tₙ in floats for x of any shape; inf or nan beyond the range of floats."""
        assert self.coefficients is not None
        return horner(self.coefficients, x - self.centre)

    def noise_of_polynomial(self, x: Array) -> Array:
        """What rounding can make of Tₙ(x) in floats."""
        assert self.series is not None
        return horner(rounded_terms(self.series), np.abs(x - self.centre))

    @property
    def breaks(self) -> tuple[Feature, ...]:
        """The kinks and jumps of f within the interval of convergence: beyond one the series is of another function."""
        assert self.radius is not None
        far = min(self.radius.value, FAR)
        found = real_features(self.f, self.centre - far, self.centre + far)
        return tuple(each for each in found if each.kind in ("kink", "jump"))

    @property
    def has_broken_down(self) -> bool:
        """Whether Horner's scheme in floats is off by more at the probe than the polynomial itself."""
        true, told, error = self.probe.polynomial, self.probe.in_floats, self.probe.error
        if true is None or told is None or error is None:
            return False
        return abs(told - true) > max(LOST * abs(true), abs(error))


@lru_cache(maxsize=4)
def rounded_terms(series: Series) -> Array:
    """The coefficients of a bound, in powers of |x − a|, of the rounding of Tₙ(x).

    To Horner's own 2n roundings (Higham, section 5.1) come those of the coefficients and of x − a, which
    the k-th power feels k times; a centre such as 1/3 or π/2 is itself rounded.
    """
    sizes = np.abs(series.coefficients)
    k = np.arange(len(sizes))
    slip = abs(float(series.centre - type(series.centre)(float(series.centre))))
    with np.errstate(all="ignore"):
        terms = np.asarray(EPS * (len(sizes) + k) * sizes, dtype=float)
        terms[:-1] += 1.01 * slip * k[1:] * sizes[1:]
    terms.flags.writeable = False
    return terms


def hasty(state: State) -> Result:
    """The same as compute without bound and ξ, which take most of the time: they come when the hand rests."""
    return compute(state, is_hasty=True)


def compute(state: State, is_hasty: bool = False) -> Result:
    """The series with error balls; what it is worth at the probe, and how far it goes."""
    f, a = parsed(state.f), float(state.centre)
    try:
        whole, series = taylor(f, state.centre, MOST), taylor(f, state.centre, int(state.order))
    except NoSeries as reason:
        value = _number(float(evaluate(f, x=float(state.probe))))
        return Result(f, a, None, None, None, str(reason), None, None, Probe(value), None)
    c, found = _drawn(series, state.hidden, float(state.built)), _radius(state.f, state.centre)
    interval = _interval(state.f, series, state.hidden, float(state.built), float(state.epsilon))
    probe = _probe(f, series, c, state, is_hasty)
    return Result(f, a, whole, series, c, None, found, _place(found, state), probe, interval)


def _number(x: float) -> float | None:
    return x if isfinite(x) else None


@lru_cache(maxsize=8)  # it does not move with the order or the probe
def _radius(text: str, centre: Number) -> Radius:
    f = parsed(text)
    return radius(f, float(centre), lambda order: _logs(taylor(f, centre, order).coefficients))


def _logs(coefficients: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.abs(coefficients)))


def _place(found: Radius, state: State) -> Place:
    """On the edge everything can happen."""
    away = abs(float(state.probe.exact - state.centre.exact))
    if found.value < inf and abs(away - found.value) <= EDGE * found.value:
        return "edge"
    return "inside" if away < found.value else "outside"


@lru_cache(maxsize=4)
def _drawn(series: Series, hidden: tuple[int, ...], built: float = 1.0) -> Array:
    """The coefficients, 0 for the terms that are left out or not there yet; the series' own where all are there."""
    if built == 1 and not any(k <= series.order for k in hidden):
        return series.coefficients
    c = series.coefficients * shares(series.order, built)
    c[[k for k in hidden if k < len(c)]] = 0.0
    c.flags.writeable = False
    return c


def shares(order: int, built: float) -> Array:
    """How much of each term is there when so much of the polynomial has been put together: (order + 1,) from 0 to 1."""
    return np.clip(built * (order + 1) - np.arange(order + 1), 0.0, 1.0)


def _probe(f: Expression, series: Series, c: Array, state: State, is_hasty: bool) -> Probe:
    """The true numbers; those of Lagrange's form speak of Tₙ with all its terms, and there are none without."""
    h = float(state.probe.exact - series.centre)
    found = true_error(f, series, state.probe)
    in_floats = _number(_horner(c.tolist(), float(state.probe) - float(state.centre)))
    noise = _number(_noise(f, series, state))
    if found is None:
        true = _number(float(polynomial_exactly(series, np.array(float(state.probe)))))
        return Probe(None, _with(true, series, c, h, 1), None, in_floats, noise)
    polynomial = _with(_number(found.polynomial), series, c, h, 1)
    error = _with(_number(found.error), series, c, h, -1)
    if state.hidden or state.built < 1 or is_hasty:
        return Probe(_number(found.value), polynomial, error, in_floats, noise, is_hasty=is_hasty)
    bound, is_lagrange = _bound(f, state, found.error)
    xi = lagrange_point(f, series, state.probe)
    return Probe(_number(found.value), polynomial, error, in_floats, noise, bound, xi, is_lagrange)


def _bound(f: Expression, state: State, error: float) -> tuple[float | None, bool]:
    """Lagrange's bound, or that by Cauchy's formula where there is none, or one that is far too large; which it is."""
    where = f, state.centre, state.probe, int(state.order)
    lagrange = remainder_bound(*where)
    if lagrange is not None and lagrange <= LOOSE * abs(error):
        return lagrange, True
    tail = tail_bound(*where, _radius(state.f, state.centre).value)
    is_lagrange = tail is None or (lagrange is not None and lagrange <= tail)
    return (lagrange if is_lagrange else tail), is_lagrange


def _with(true: float | None, series: Series, c: Array, h: float, sign: int) -> float | None:
    """Tₙ or the error, without what is left out or not there yet."""
    if true is None or c is series.coefficients:
        return true
    return _number(true + sign * _horner((c - series.coefficients).tolist(), h))


def _noise(f: Expression, series: Series, state: State) -> float:
    x = float(state.probe)
    rounding = float(with_rounding(f, np.array([x]))[1][0])
    return _horner(rounded_terms(series).tolist(), abs(x - float(series.centre))) + (
        rounding if rounding == rounding else 0.0
    )


def _horner(coefficients: list[float], h: float) -> float:
    """In Python's floats: quicker than arrays of one number."""
    out = 0.0
    for c in reversed(coefficients):
        out = out * h + c
    return out


@lru_cache(maxsize=4)  # it does not move with the probe
def _interval(
    text: str, series: Series, hidden: tuple[int, ...], built: float, bound: float
) -> tuple[float, float] | None:
    """From where to where |f − Tₙ| < bound holds without a break about the centre."""
    f, a, c = parsed(text), float(series.centre), _drawn(series, hidden, built)
    noise = float(with_rounding(f, np.array([a]))[1][0])
    if not (noise if isfinite(noise) else 0.0) + rounded_terms(series)[0] < bound:
        return None
    features = real_features(f, a - FAR, a + FAR)
    stops = [each.x for each in features if each.kind in STOPS]
    left = min((a - x for x in stops if x < a), default=inf)
    right = min((x - a for x in stops if x > a), default=inf)

    holes = [each.x for each in features if each.kind == "hole"]

    def error(h: Array) -> Array:
        x = a + h
        for hole in holes:  # beside it f is what it could be there
            x = np.where(np.abs(x - hole) < BESIDE, hole + BESIDE, x)
        with np.errstate(all="ignore"):
            return np.asarray(np.abs(evaluate(f, x=x) - horner(c, x - a)))

    found = a - reach(lambda h: error(-h), bound, left), a + reach(error, bound, right)
    return found if all(_is_clear(f, series, end, bound) for end in found) else None


def _is_clear(f: Expression, series: Series, end: float, bound: float) -> bool:
    """Whether rounding is too small to be what ends the interval."""
    if not isfinite(end):
        return True
    a = float(series.centre)
    x = np.array([a + 0.99 * (end - a) + 1e-9 * (1 if end >= a else -1)])
    noise = with_rounding(f, x)[1] + horner(rounded_terms(series), np.abs(x - a))
    return bool(noise[0] < bound)


@lru_cache(maxsize=4)
def stretches(text: str, whole: Series, hidden: tuple[int, ...], bound: float) -> Array:
    """From where to where |f − Tₙ| < bound about the centre, for n = 0, 1, …: (N + 1, 2)."""
    f, a, c = parsed(text), float(whole.centre), _drawn(whole, hidden)
    left = reach_by_order(evaluate(f, x=a - DISTANCES), c, -DISTANCES, bound)
    right = reach_by_order(evaluate(f, x=a + DISTANCES), c, DISTANCES, bound)
    found = np.column_stack([a - left, a + right])
    found.flags.writeable = False
    return found
