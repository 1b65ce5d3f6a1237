"""The Taylor model: values by mpmath, laws of the remainder, and what floats can tell."""

from dataclasses import replace
from fractions import Fraction
from math import inf, isfinite, sqrt

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mmlviz.maths.expression import evaluate, parsed
from mmlviz.maths.expression.rounding import with_rounding
from mmlviz.maths.number import Number
from mmlviz.maths.power_series import balls_at, taylor
from mmlviz.models.taylor import MOST, Result, State, compute, stretches
from tests.maths.expression import by_mpmath

TEXTS = (
    "sin(x)", "cos(x)", "sin(2x)", "arctan(x)", "exp(x)", "exp(-2x)", "exp(x^2)", "exp(-x^2)", "1/x", "ln(x)",
    "1/(1-x)^2", "sqrt(4-x)", "2/(x^2-x)", "1/(1+x^2)", "x sin(x)", "x^x", "tan(x)", "sqrt(1+sin(x))", "x/(e^x-1)",
    "cbrt(x)", "|x| e^x", "erf(x)", "sinh(x)/x", "2^x", "log_2(x)", "arcsin(x)", "(1-cos x)/x^2",
)  # fmt: skip

functions = st.sampled_from(TEXTS)
numbers = st.fractions(-5, 5, max_denominator=99).map(lambda x: Number(str(x)))
states = st.builds(
    State, functions, numbers, st.integers(0, MOST).map(lambda n: Number(str(n))),
    st.sampled_from(["1e-12", "1e-6", "0.1", "1"]).map(Number), numbers,
)  # fmt: skip


def found(f: str, centre: str, order: int, probe: str = "1.2", epsilon: str = "0.1") -> Result:
    return compute(State(f, Number(centre), Number(str(order)), Number(epsilon), Number(probe)))


def true(result: Result, x: Fraction, order: int) -> tuple[mpmath.mpf, mpmath.mpf]:
    """f(x) and Tₙ(x) by mpmath; coefficients to 170 digits, which the tests of power series hold to mpmath's own."""
    assert result.series is not None
    a = mpmath.mpf(result.series.centre.numerator) / result.series.centre.denominator
    at = mpmath.mpf(x.numerator) / x.denominator
    c = [mpmath.mpf(ball.mid().str(170, radius=False)) for ball in balls_at(result.series, order + 1, 600)]
    return by_mpmath.value(result.f, at), mpmath.polyval(c[::-1], at - a)


def near(result: Result, x: float) -> float:
    """What rounding can make of f(x) − Tₙ(x) in floats."""
    rounding = with_rounding(result.f, np.array([x]))[1][0]
    return float(rounding + result.noise_of_polynomial(np.array([x]))[0])


# Independent answers ----------------------------------------------------------------------------


@given(states)
def test_values_as_mpmath(state: State) -> None:
    """value, polynomial and error are true to the last digits, also where floats have lost them."""
    result = compute(state)
    assume(result.series is not None and result.probe.value is not None and result.probe.polynomial is not None)
    with mpmath.workdps(90):
        try:
            f, T = true(result, state.probe.exact, int(state.order))
        except (ZeroDivisionError, ValueError):
            assume(False)
        tiny = mpmath.mpf(10) ** -55 * (1 + abs(f) + abs(T))  # of the balls in decimals
        assert abs(result.probe.value - f) <= 1e-14 * abs(f) + tiny
        assert abs(result.probe.polynomial - T) <= 1e-14 * abs(T) + tiny
        assert abs(result.probe.error - (f - T)) <= 1e-13 * abs(f - T) + 10 * tiny


@given(states, st.floats(-4, 4))
def test_the_noise_bounds_the_rounding(state: State, x: float) -> None:
    """Everywhere, not only at the probe: what is drawn above the noise is the error, to its first digits."""
    result = compute(state)
    y = float(evaluate(result.f, x=x))
    assume(result.series is not None and isfinite(y) and abs(y) < 1e6)
    drawn = abs(y - float(result.polynomial_at(np.array(x))))
    with mpmath.workdps(90):
        try:
            f, T = true(result, Fraction(x), int(state.order))
        except (ZeroDivisionError, ValueError):
            assume(False)
        assert abs(drawn - abs(f - T)) <= 1.01 * near(result, x) + 1e-300


@given(states)
def test_the_bound_holds_and_xi_is_between(state: State) -> None:
    result = compute(state)
    assume(result.probe.error is not None)
    if result.probe.bound is not None:
        assert abs(result.probe.error) <= result.probe.bound * (1 + 1e-12)
    if result.probe.xi is not None:
        assert min(state.centre, state.probe) <= result.probe.xi <= max(state.centre, state.probe)


@pytest.mark.parametrize(
    ("f", "centre", "order", "probe", "polynomial", "value"),
    [
        ("1/(1+x^2)", "0", 10, "0.9", 0.39645, 0.55249),
        ("1/(1+x^2)", "0", 20, "0.9", 0.60689, 0.55249),
        ("1/(1+x^2)", "0", 40, "0.9", 0.55910, 0.55249),
        ("1/(1+x^2)", "0", 10, "1.1", -0.968, 0.45249),
        ("1/(1+x^2)", "0", 20, "1.1", 4.136, 0.45249),
        ("1/(1+x^2)", "0", 40, "1.1", 25.23, 0.45249),
        ("1/(1+x^2)", "2", 2, "3", 0.2 - 0.16 + 0.088, 0.1),
        ("cos(x)", "0", 4, "1", 13 / 24, 0.5403),
        ("sin(2x)", "0", 3, "0.5", 5 / 6, 0.84147),
        ("2/(x^2-x)", "0.5", 2, "0.75", -10, -32 / 3),
    ],
)
def test_numbers_of_the_course(f: str, centre: str, order: int, probe: str, polynomial: float, value: float) -> None:
    result = found(f, centre, order, probe)
    assert result.probe.polynomial == pytest.approx(polynomial, rel=5e-4)
    assert result.probe.value == pytest.approx(value, rel=2e-5)


@pytest.mark.parametrize(
    ("f", "centre", "radius"),
    [
        ("1/(1+x^2)", "2", sqrt(5)),
        ("1/(1+x^2)", "0.5", sqrt(1.25)),
        ("2/(x^2-x)", "0.5", 0.5),
        ("ln(x)", "10", 10),
        ("sqrt(4-x)", "0", 4),
        ("exp(x^2)", "3", inf),
        ("sin(x)/x", "0", inf),
        ("x/(e^x-1)", "0", 2 * np.pi),
        ("sqrt(x^2)", "-1", inf),
        ("x^x", "1", 1),
    ],
)
def test_radius(f: str, centre: str, radius: float) -> None:
    result = found(f, centre, 3)
    assert result.radius is not None
    assert result.radius.is_exact
    assert result.radius.value == pytest.approx(radius, rel=1e-14)


# Laws -------------------------------------------------------------------------------------------


@given(states)
def test_one_more_order_adds_the_next_term(state: State) -> None:
    """T_{n+1} − T_n = c_{n+1}(x − a)^{n+1}."""
    assume(state.order < MOST)
    less, more = compute(state), compute(replace(state, order=Number(str(int(state.order) + 1))))
    assume(less.probe.polynomial is not None and more.probe.polynomial is not None)
    assert more.series is not None
    term = float(more.series.coefficients[-1]) * float(state.probe.exact - state.centre.exact) ** more.series.order
    size = abs(less.probe.polynomial) + abs(more.probe.polynomial) + abs(term)
    assert abs(more.probe.polynomial - less.probe.polynomial - term) <= 1e-14 * size


@given(states, st.sets(st.integers(0, MOST), max_size=4))
def test_a_term_that_is_left_out_is_missing(state: State, hidden: set[int]) -> None:
    """From the polynomial, and so in the error; the coefficients stay as they are."""
    state = replace(state, order=min(state.order, Number("12")))
    result, without = compute(state), compute(replace(state, hidden=tuple(sorted(hidden))))
    assume(result.series is not None and result.probe.polynomial is not None)
    h = float(state.probe.exact - state.centre.exact)
    missing = sum(float(result.series.coefficients[k]) * h**k for k in hidden if k <= state.order)
    size = abs(result.probe.polynomial) + sum(abs(c * h**k) for k, c in enumerate(result.series.coefficients.tolist()))
    assert abs(result.probe.polynomial - without.probe.polynomial - missing) <= 1e-13 * size
    assert without.whole is result.whole
    if any(k <= state.order for k in hidden):
        assert (without.probe.bound, without.probe.xi) == (None, None)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_the_error_shrinks_like_the_first_power_left_out(text: str, order: int) -> None:
    """(f − Tₙ)/h^{n+1} = c_{n+1} + c_{n+2}h + …"""
    centre, h = Number("0.3"), Fraction(1, 1000)
    first, second, third = map(abs, taylor(parsed(text), centre, order + 3).coefficients[-3:].tolist())
    result = found(text, "0.3", order, f"{centre.exact + h}")
    assert result.probe.error is not None
    ratio = abs(result.probe.error) / float(h) ** (order + 1)
    assert abs(ratio - first) <= 1.5 * (second * h + third * h**2) + 1e-12 * first


@given(states)
def test_the_error_is_small_within_the_interval_and_no_further(state: State) -> None:
    result = compute(state)
    assume(result.interval is not None)
    assert result.interval is not None
    a = float(state.centre)
    for side, end in zip((-1, 1), result.interval):
        assert (end - a) * side >= 0
        x = a + np.linspace(0, 0.999, 40)[1:] * (end - a if isfinite(end) else side * 30)
        noise = with_rounding(result.f, x)[1] + result.noise_of_polynomial(x)
        error = np.abs(evaluate(result.f, x=x) - result.polynomial_at(x))
        assert (error <= state.epsilon * (1 + 1e-6) + noise).all()


def test_the_stretch_of_every_order_is_that_of_each() -> None:
    whole = found("exp(x)", "0.5", 3).whole
    assert whole is not None
    found_at_once = stretches("exp(x)", whole, (), 0.01)
    for n in (0, 1, 4, 9):
        assert found("exp(x)", "0.5", n, epsilon="0.01").interval == pytest.approx(found_at_once[n].tolist(), rel=5e-3)


# Special cases ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "centre", "probe", "place"),
    [
        ("arctan(x)", "0", "1", "edge"),
        ("arctan(x)", "0", "0.999999", "inside"),
        ("1/(1+x^2)", "3/4", "2", "edge"),  # 3-4-5: the distance to i is 5/4
        ("1/(1+x^2)", "3/4", "-1/2", "edge"),
        ("1/(1+x^2)", "3/4", "-0.51", "outside"),
        ("exp(x)", "0", "20", "inside"),
        ("ln(x)", "1/3", "2/3", "edge"),
        ("ln(x)", "0", "1", None),
    ],
)
def test_where_the_probe_lies(f: str, centre: str, probe: str, place: str | None) -> None:
    assert found(f, centre, 4, probe).place == place


@pytest.mark.parametrize(
    ("f", "centre", "part"),
    [
        ("2/(x^2-x)", "1", "pole"),
        ("ln(x)", "-1", "not real"),
        ("ln(x)", "0", "at 0"),
        ("sqrt(4-x)", "4", "slope is infinite"),
        ("|x|", "0", "kink"),
        ("sgn(x)", "0", "jumps"),
        ("1/x", "1e-300", "too large"),
        ("tan(x)", "π/2", "pole"),
    ],
)
def test_no_series(f: str, centre: str, part: str) -> None:
    """A sentence says why; the value of f at the probe stays."""
    result = found(f, centre, 4)
    assert result.trouble is not None
    assert part in result.trouble
    assert (result.series, result.probe.polynomial, result.probe.error, result.interval) == (None, None, None, None)
    assert result.probe.value == pytest.approx(float(evaluate(parsed(f), x=1.2)))


def test_at_the_centre_the_error_is_nothing() -> None:
    for text in TEXTS:
        result = found(text, "0.3", 12, "0.3")
        assert abs(result.probe.error or 0) <= 1e-40


def test_a_hole_is_filled() -> None:
    result = found("sin(x)/x", "0", 4, "0.1")
    assert result.series is not None
    assert result.series.coefficients.tolist() == [1, 0, pytest.approx(-1 / 6), 0, pytest.approx(1 / 120)]
    assert "its limit there is 1" in result.series.filled


def test_floats_that_have_broken_down_are_noticed() -> None:
    """Σ (−7)ᵏ/k! has terms of 163 beside e⁻⁷ = 0.0009; what is left out is 7⁴¹/41!, or 10⁻¹⁵."""
    result = found("exp(-x)", "0", 40, "7")
    assert result.has_broken_down
    assert abs(result.probe.in_floats - result.probe.polynomial) > 5 * abs(result.probe.error)
    assert abs(result.probe.in_floats - result.probe.polynomial) <= result.probe.noise
    assert not found("exp(-x)", "0", 40, "11").has_broken_down


def test_a_bound_finer_than_floats_has_no_interval() -> None:
    """exp(25) is 7·10¹⁰, and its floats are 10⁻⁵ apart."""
    assert found("exp(x^2)", "5", 8, epsilon="1e-12").interval is None
    assert found("exp(x^2)", "5", 8, epsilon="1").interval is not None


@pytest.mark.parametrize(
    ("f", "centre", "order", "epsilon", "interval"),
    [
        ("exp(x)", "0", 0, "0.5", (np.log(0.5), np.log(1.5))),
        ("sin(x)", "0", 0, "1", (-np.pi / 2, np.pi / 2)),  # it only touches the bound
        ("1/x", "4", 0, "0.5", (4 / 3, inf)),
        ("1/(1+x^2)", "0", 0, "1", (-inf, inf)),
        ("sqrt(4-x)", "3", 0, "1", (0, 4)),  # f ends at 4
        ("ln(x)", "1", 0, "1", (np.exp(-1), np.exp(1))),
        ("|x|", "1", 1, "0.1", (-0.05, inf)),  # the polynomial is x, which is 2|x| off on the other side
    ],
)
def test_intervals_by_hand(f: str, centre: str, order: int, epsilon: str, interval: tuple[float, float]) -> None:
    assert found(f, centre, order, epsilon=epsilon).interval == pytest.approx(interval, abs=2e-4)


def test_what_is_beyond_floats_is_none() -> None:
    """c₃₀ = 10²⁷⁹ and 20³⁰ = 10³⁹ are floats, but not their product."""
    result = found("1/x", "1e-7", 40, "20")
    assert result.series is not None
    assert (result.probe.polynomial, result.probe.error) == (None, None)
    assert result.probe.value == 0.05


def test_an_interval_ends_with_the_function() -> None:
    """At the very end of the domain, where the error is still small there."""
    interval = found("sqrt(4-x)", "0", 1, epsilon="1").interval
    assert interval is not None
    assert interval[1] == pytest.approx(4, abs=1e-9)


def test_a_hole_does_not_end_an_interval() -> None:
    interval = found("sin(x)/x", "1", 30).interval
    assert interval is not None
    assert interval[0] < -10
    assert interval[1] > 12


# The bound ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "centre", "probe", "order", "is_lagrange"),
    [
        ("1/(1+x^2)", "0.5", "1.2", "8", True),
        ("exp(x)", "0", "2", "3", True),
        ("x/(e^x-1)", "0.5", "1.2", "8", False),
        ("x/(e^x-1)", "0.5", "-1", "3", False),  # beyond its hole at 0
        ("ln(1+e^x)", "0", "1", "30", False),
        ("gamma(x)", "2", "3", "20", False),
        ("tan(x)", "0", "1", "20", False),  # f⁽²¹⁾ is enormous at 1: Lagrange's bound is 10⁸ times the error
    ],
)
def test_a_bound_is_found_and_of_use(f: str, centre: str, probe: str, order: str, is_lagrange: bool) -> None:
    found = compute(State(f, Number(centre), Number(order), probe=Number(probe))).probe
    assert found.bound is not None
    assert found.error is not None
    assert abs(found.error) <= found.bound <= 1000 * abs(found.error)
    assert found.is_lagrange is is_lagrange


def test_no_bound_beyond_a_kink() -> None:
    found = compute(State("|x|", Number("1"), Number("3"), probe=Number("-1"))).probe
    assert (found.bound, found.error) == (None, 2.0)
