"""The Taylor model: values by mpmath, laws of the remainder, and what floats can tell."""

from dataclasses import replace
from fractions import Fraction
from math import inf, isfinite, sqrt

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mmlviz.maths.functions import FUNCTIONS
from mmlviz.maths.number import Number
from mmlviz.maths.series import taylor
from mmlviz.models.taylor import BY_TEXT, Result, State, compute, rounded_value
from tests.maths.test_functions import BY_MPMATH

functions = st.sampled_from([function.text for function in FUNCTIONS])
numbers = st.fractions(-5, 5, max_denominator=99).map(lambda x: Number(str(x)))
states = st.builds(
    State, functions, numbers, st.integers(0, 30).map(lambda n: Number(str(n))),
    st.sampled_from(["1e-12", "1e-6", "0.1", "1"]).map(Number), numbers,
)  # fmt: skip


def found(f: str, centre: str, order: int, probe: str = "1.2", epsilon: str = "0.1") -> Result:
    return compute(State(f, Number(centre), Number(str(order)), Number(epsilon), Number(probe)))


def exactly(result: Result, x: Fraction, order: int) -> tuple[mpmath.mpf, mpmath.mpf]:
    """f(x) and Tₙ(x) by mpmath's own expansion, at the working precision."""
    f = BY_MPMATH[result.function.text]
    assert result.series is not None
    a = mpmath.mpf(result.series.centre.numerator) / result.series.centre.denominator
    at = mpmath.mpf(x.numerator) / x.denominator
    return f(at), mpmath.polyval(mpmath.taylor(f, a, order)[::-1], at - a)


# Independent answers ----------------------------------------------------------------------------


@given(states)
def test_values_as_mpmath(state: State) -> None:
    """value, polynomial and error are off by no more than the noise that is admitted, and that is not much."""
    result = compute(state)
    assume(result.series is not None and result.value is not None)
    assume(all(abs(state.probe.exact - Fraction(z.real)) > 0.01 for z in map(complex, result.function.singularities)))
    assert result.noise is not None
    assert result.value is not None
    assert result.error is not None
    # The probe itself is rounded, which moves f by a digit of x as often as it is steep: compare at the float.
    with mpmath.workdps(60):
        f, T = exactly(result, Fraction(float(state.probe)), int(state.order))
        slack = result.noise + rounded_value(np.array(result.value)).item()
        assert abs(result.value - f) <= slack
        assert abs(result.error - (f - T)) <= slack
    assert result.error == result.value - result.polynomial


@given(states, st.floats(-4, 4))
def test_the_noise_bounds_the_rounding(state: State, x: float) -> None:
    """Everywhere, not only at the probe: what is drawn above the noise is the error, to its first digits."""
    result = compute(state)
    y = result.function.values(x)
    assume(result.series is not None and isfinite(y) and abs(y) < 1e6)
    drawn = float(abs(y - result.polynomial_at(np.array(x))))
    noise = float(rounded_value(y) + result.noise_of_polynomial(np.array(x)))
    with mpmath.workdps(60):
        f, T = exactly(result, Fraction(x), int(state.order))
        assert abs(drawn - abs(f - T)) <= noise


@pytest.mark.parametrize(
    ("f", "centre", "order", "probe", "polynomial", "value"),
    [
        ("1/(1+x^2)", "0", 10, "0.9", 0.39645, 0.55249),
        ("1/(1+x^2)", "0", 20, "0.9", 0.60689, 0.55249),
        ("1/(1+x^2)", "0", 10, "1.1", -0.968, 0.45249),
        ("1/(1+x^2)", "0", 20, "1.1", 4.136, 0.45249),
        ("1/(1+x^2)", "2", 2, "3", 0.2 - 0.16 + 0.088, 0.1),
        ("cos(x)", "0", 4, "1", 13 / 24, 0.5403),
        ("sin(2x)", "0", 3, "0.5", 5 / 6, 0.84147),
        ("2/(x^2-x)", "0.5", 2, "0.75", -10, -32 / 3),
    ],
)
def test_numbers_of_the_course(f: str, centre: str, order: int, probe: str, polynomial: float, value: float) -> None:
    result = found(f, centre, order, probe)
    assert result.polynomial == pytest.approx(polynomial, rel=5e-4)
    assert result.value == pytest.approx(value, rel=2e-5)


@pytest.mark.parametrize(
    ("f", "centre", "radius"),
    [
        ("1/(1+x^2)", "2", sqrt(5)),
        ("1/(1+x^2)", "0.5", sqrt(1.25)),
        ("2/(x^2-x)", "0.5", 0.5),
        ("ln(x)", "10", 10),
        ("sqrt(4-x)", "0", 4),
        ("exp(x^2)", "3", inf),
        ("1/x", "0", None),
    ],
)
def test_radius(f: str, centre: str, radius: float | None) -> None:
    assert found(f, centre, 3).radius == (radius if radius is None else pytest.approx(radius, rel=1e-15))


# Laws -------------------------------------------------------------------------------------------


@given(states)
def test_one_more_order_adds_the_next_term(state: State) -> None:
    """T_{n+1} − T_n = c_{n+1}(x − a)^{n+1}."""
    assume(state.order < 30)
    less, more = compute(state), compute(replace(state, order=Number(str(int(state.order) + 1))))
    assume(less.series is not None and more.series is not None)
    assert more.series is not None
    assert less.polynomial is not None
    assert more.polynomial is not None
    assert more.noise is not None
    term = more.series.coefficients[-1] * (state.probe - state.centre) ** len(less.series.coefficients)
    assert abs(more.polynomial - less.polynomial - term) <= 4 * more.noise


@pytest.mark.parametrize("text", [function.text for function in FUNCTIONS])
@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_the_error_shrinks_like_the_first_power_left_out(text: str, order: int) -> None:
    """(f − Tₙ)/h^{n+1} = c_{n+1} + c_{n+2}h + …"""
    centre, h = Number("0.3"), Fraction(1, 100)
    first, second, third = map(abs, taylor(BY_TEXT[text], centre, order + 3).coefficients[-3:].tolist())
    result = found(text, "0.3", order, f"{centre.exact + h}")
    assert result.error is not None
    assert result.noise is not None
    ratio, noise = abs(result.error) / h ** (order + 1), result.noise / h ** (order + 1)
    assert abs(ratio - first) <= 1.5 * (second * h + third * h**2) + noise


@given(states)
def test_the_error_is_small_within_the_interval_and_no_further(state: State) -> None:
    result = compute(state)
    assume(result.interval is not None)
    assert result.interval is not None
    a = float(state.centre)
    for end in result.interval:
        assert (end - a) * (1 if end is result.interval[1] else -1) >= 0
        x = a + np.linspace(0, 0.999, 40) * (end - a if isfinite(end) else np.sign(end) * 30)
        assert (seen(result, x) <= state.epsilon * (1 + 1e-6) + noise(result, x)).all()
        if isfinite(end) and end not in result.function.domain and state.epsilon < 1:  # where it touches only
            beyond = np.array([a + 1.0001 * (end - a)])
            assert not seen(result, beyond)[0] < state.epsilon * (1 - 1e-6) - 2 * noise(result, beyond)[0]


def seen(result: Result, x: np.ndarray) -> np.ndarray:
    return np.abs(result.function.values(x) - result.polynomial_at(x))


def noise(result: Result, x: np.ndarray) -> np.ndarray:
    return rounded_value(result.function.values(x)) + result.noise_of_polynomial(x)


# Special cases ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("f", "centre", "probe", "place"),
    [
        ("arctan(x)", "0", "1", "edge"),
        ("arctan(x)", "0", "0.9999999999999999", "inside"),
        ("1/(1+x^2)", "0", "-1.0000000000000000001", "outside"),  # a float is −1
        ("1/(1+x^2)", "3/4", "2", "edge"),  # 3-4-5: the distance to i is 5/4
        ("1/(1+x^2)", "3/4", "-1/2", "edge"),
        ("exp(x)", "0", "20", "inside"),
        ("ln(x)", "1/3", "2/3", "edge"),
        ("ln(x)", "0", "1", None),
    ],
)
def test_where_the_probe_lies_is_decided_exactly(f: str, centre: str, probe: str, place: str | None) -> None:
    assert found(f, centre, 4, probe).place == place


@pytest.mark.parametrize(
    ("f", "centre", "part"),
    [
        ("2/(x^2-x)", "1", "pole"),
        ("ln(x)", "-1", "not real"),
        ("sqrt(4-x)", "4", "slope is infinite"),
        ("1/x", "1e-300", "too large"),
    ],
)
def test_no_series(f: str, centre: str, part: str) -> None:
    result = found(f, centre, 4)
    assert result.trouble is not None
    assert part in result.trouble
    assert (result.series, result.polynomial, result.error, result.interval) == (None, None, None, None)
    assert (result.radius is None) == (part != "too large")


def test_at_the_centre_the_error_is_nothing_but_rounding() -> None:
    for function in FUNCTIONS:
        result = found(function.text, "0.3", 12, "0.3")
        assert result.error is not None
        assert result.noise is not None
        assert abs(result.error) <= result.noise < 1e-12


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
    ],
)
def test_intervals_by_hand(f: str, centre: str, order: int, epsilon: str, interval: tuple[float, float]) -> None:
    assert found(f, centre, order, epsilon=epsilon).interval == pytest.approx(interval, abs=2e-4)


def test_what_is_beyond_floats_is_none() -> None:
    """c₃₀ = 10²⁷⁹ and 20³⁰ = 10³⁹ are floats, but not their product."""
    result = found("1/x", "1e-9", 30, "20")
    assert result.series is not None
    assert (result.polynomial, result.error) == (None, None)
    assert result.value == 0.05


def test_an_interval_ends_with_the_function() -> None:
    """At the very end of the domain, where the error is still small there."""
    interval = found("sqrt(4-x)", "0", 1, epsilon="1").interval
    assert interval is not None
    assert interval[1] == 4


@given(st.floats(3, 5))
def test_the_rounding_of_a_value_is_bounded(x: float) -> None:
    """In exp(x²) the last digit of x² is a relative error of the exponential."""
    y = BY_TEXT["exp(x^2)"].values(x)
    with mpmath.workdps(40):
        assert abs(mpmath.exp(mpmath.mpf(x) ** 2) - float(y)) <= rounded_value(y).item()
