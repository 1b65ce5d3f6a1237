"""Taylor coefficients against mpmath, exact recurrences and the course's answers; Horner against exact fractions."""

from fractions import Fraction
from math import factorial, inf, log

import flint
import mpmath
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mmlviz.maths.functions import FUNCTIONS, Function, radius
from mmlviz.maths.number import Number
from mmlviz.maths.series import MOST_BITS, NoSeries, Series, horner, taylor
from tests.maths.test_functions import BY_MPMATH, BY_TEXT, every_function

UNIT = 2.0**-53
# Of every function the regular ones among 0, 1/3 and −2/7, and those where the course expands it.
COURSE = {
    "sin(2x)": ["1"], "arctan(x)": ["1"], "exp(-2x)": ["2"], "1/x": ["4"], "ln(x)": ["10", "0.1"],
    "1/(1-x)^2": ["-1.2345678"], "sqrt(4-x)": ["3.9"], "2/(x^2-x)": ["0.5"], "1/(1+x^2)": ["2", "0.1"],
}  # fmt: skip
PAIRS = [
    (function, Number(text))
    for function in FUNCTIONS
    for text in ["0", "1/3", "-2/7", *COURSE.get(function.text, [])]
    if function.trouble(Number(text)) is None
]

reasonable = st.fractions(-5, 5, max_denominator=1000)


def expanded(text: str, centre: float | Fraction, order: int = 30) -> Series:
    return taylor(BY_TEXT[text], centre, order)


def is_within(series: Series, k: int, wanted: mpmath.mpf) -> bool:
    """Whether the radius covers the distance; wanted has 40 digits."""
    off = abs(mpmath.mpf(series.coefficients[k].item()) - wanted)
    return bool(off <= mpmath.mpf(series.radii[k].item()) + abs(wanted) * mpmath.mpf(10) ** -40)


# Independent answers ----------------------------------------------------------------------------


@pytest.mark.parametrize(("function", "centre"), PAIRS, ids=[f"{f.text} at {a.text}" for f, a in PAIRS])
def test_coefficients_as_mpmath(function: Function, centre: Number) -> None:
    """By differences with 60 digits: each to the last digit, within its radius, and equal to its fraction."""
    found = taylor(function, centre, 30)
    with mpmath.workdps(60):
        a = mpmath.mpf(centre.exact.numerator) / centre.exact.denominator
        wanted = mpmath.taylor(BY_MPMATH[function.text], a, 30)
        scale = max(map(abs, wanted))
        assert found.coefficients.shape == found.radii.shape == (31,)
        for k, c in enumerate(wanted):
            if abs(c) < scale * mpmath.mpf(10) ** -50:
                assert (found.coefficients[k], found.radii[k]) == (0, 0)
            else:
                assert abs(found.coefficients[k].item() - c) <= 1.2e-16 * abs(c)
                assert found.radii[k] <= 1.3e-16 * abs(c)
                assert is_within(found, k, c)
            exact = found.exact[k]
            if exact is not None:
                assert abs(mpmath.mpf(exact.numerator) / exact.denominator - c) <= scale * mpmath.mpf(10) ** -50


def test_the_course_s_expansion() -> None:
    """1/(1 + x²) about 2 is 1/5 − 4(x − 2)/25 + 11(x − 2)²/125."""
    found = expanded("1/(1+x^2)", 2, 2)
    assert found.exact == (Fraction(1, 5), Fraction(-4, 25), Fraction(11, 125))
    assert found.coefficients.tolist() == [0.2, -0.16, 0.088]


@pytest.mark.parametrize(
    ("x", "wanted"),
    [(0.9, {10: ".39645", 20: ".60689", 40: ".55910"}), (1.1, {10: "-.968", 20: "4.136", 40: "25.23"})],
)
def test_the_course_s_divergence(x: float, wanted: dict[int, str]) -> None:
    """Orders 10, 20, 40 of 1/(1 + x²) about 0."""
    series = expanded("1/(1+x^2)", 0, 40)
    for order, text in wanted.items():
        places = len(text.partition(".")[2])
        found = horner(series.coefficients[: order + 1], np.array(x)).item()
        assert abs(found - float(text)) <= 0.51 * 10**-places


@pytest.mark.parametrize(
    ("text", "centre", "wanted"),
    [
        ("cos(x)", 0, [1, 0, "-1/2", 0, "1/24"]),
        ("sin(2x)", 0, [0, 2, 0, "-4/3", 0, "4/15"]),
        ("arctan(x)", 0, [0, 1, 0, "-1/3", 0, "1/5"]),
        ("arctan(x)", 1, [None, "1/2", "-1/4", "1/12", 0, "-1/40"]),
        ("exp(x^2)", 0, [1, 0, 1, 0, "1/2", 0, "1/6"]),
        ("exp(x)", 1, [None] * 4),
        ("1/x", 4, ["1/4", "-1/16", "1/64"]),
        ("ln(x)", 1, [0, 1, "-1/2", "1/3"]),
        ("ln(x)", 10, [None, "1/10", "-1/200", "1/3000"]),
        ("1/(1-x)^2", 0, [1, 2, 3, 4, 5]),
        ("sqrt(4-x)", 0, [2, "-1/4", "-1/64", "-1/512"]),
        ("sqrt(4-x)", 1, [None] * 3),
        ("sqrt(4-x)", Number("7/4"), ["3/2", "-1/3", "-1/27"]),
        ("2/(x^2-x)", Number("0.5"), [-8, 0, -32, 0, -128]),
        ("x sin(x)", 0, [0, 0, 1, 0, "-1/6"]),
    ],
)
def test_coefficients_by_hand(text: str, centre: float, wanted: list) -> None:
    found = expanded(text, centre, len(wanted) - 1)
    assert found.exact == tuple(None if c is None else Fraction(c) for c in wanted)
    for value, exact in zip(found.coefficients, found.exact):
        assert exact is None or value == float(exact)


@pytest.mark.parametrize(("centre", "order"), [("-2/7", 120), ("0.1", 200), ("3", 120)])
def test_coefficients_far_out_as_their_recurrence(centre: str, order: int) -> None:
    """f′ = −2xf for exp(−x²): (k + 1)c_{k+1} = −2(a c_k + c_{k−1}), and 128 bits are not always enough."""
    a, found = Number(centre).exact, expanded("exp(-x^2)", Number(centre), order)
    with mpmath.workdps(200):
        a = mpmath.mpf(a.numerator) / a.denominator
        c = [mpmath.exp(-a * a), -2 * a * mpmath.exp(-a * a)]
        for k in range(1, order):
            c.append(-2 * (a * c[k] + c[k - 1]) / (k + 1))
        for k in range(order + 1):
            assert abs(found.coefficients[k].item() - c[k]) <= 1.2e-16 * abs(c[k])
            assert is_within(found, k, c[k])


def test_precision_rises_where_digits_cancel() -> None:
    """sin at 10³⁰⁰ takes 1000 bits, at 10³⁰ + 0.1 the centre keeps 28 of 128, at 10²⁴ + 0.1 it keeps 48.

    The root is of a lost difference.
    """
    for text in ("1" + "0" * 24 + ".1", "1" + "0" * 30 + ".1", "1e300"):
        far = expanded("sin(x)", Number(text), 5)
        with mpmath.workdps(400):
            wanted = mpmath.sin(mpmath.mpf(text))
            assert is_within(far, 0, wanted)
        assert far.coefficients[0] == pytest.approx(float(wanted), rel=2e-16, abs=0)
        assert far.radii[0] <= 1.3e-16
    near = expanded("sqrt(4-x)", Number("3." + "9" * 36), 3)
    assert near.coefficients == pytest.approx([1e-18, -5e17, -1.25e53, -6.25e88], rel=1e-15, abs=0)
    assert 128 < near.bits < far.bits <= MOST_BITS


def test_vanishing_coefficients_are_zero_within_their_radii() -> None:
    """exp(−10¹⁰) is no float; it is not known to be 0 either."""
    found = expanded("exp(-x^2)", Number("1e5"), 4)
    assert (found.coefficients == 0).all()
    assert not np.signbit(found.coefficients).any()
    assert ((found.radii > 0) & (found.radii < 1e-320)).all()
    assert found.exact == (None,) * 5


def by_root_test(c: np.ndarray, first: int, last: int) -> float:
    """Cauchy–Hadamard: 1/R is the limit superior of |c_k|^(1/k)."""
    return min(abs(float(c[k])) ** (-1 / k) for k in range(first, last) if c[k] != 0)


@pytest.mark.parametrize("function", [f for f in FUNCTIONS if f.singularities], ids=lambda f: f.text)
def test_the_radius_as_the_root_test(function: Function) -> None:
    """A factor k^(3/2), as of the root, hides 3 % of it at k = 300."""
    for a in (a for f, a in PAIRS if f is function):
        c = taylor(function, a, 300).coefficients
        assert by_root_test(c, 200, 301) == pytest.approx(radius(function, a), rel=0.04)


@pytest.mark.parametrize("function", [f for f in FUNCTIONS if not f.singularities], ids=lambda f: f.text)
def test_without_singularity_the_root_test_grows_on(function: Function) -> None:
    for a in (0, Fraction(1, 3), -2):
        c = taylor(function, a, 120).coefficients
        assert by_root_test(c, 110, 121) > 1.5 * by_root_test(c, 30, 41)
        assert radius(function, a) == inf


# Laws -------------------------------------------------------------------------------------------


@given(reasonable)
def test_the_derivative_of_the_sine_is_the_cosine(a: Fraction) -> None:
    sine, cosine = expanded("sin(x)", a, 20), expanded("cos(x)", a, 19)
    slope = sine.coefficients[1:] * np.arange(1, 21)
    radii = sine.radii[1:] * np.arange(1, 21) + cosine.radii
    assert (np.abs(slope - cosine.coefficients) <= radii + 2 * UNIT * np.abs(slope)).all()


@given(reasonable)
def test_a_product_of_series(a: Fraction) -> None:
    """x sin(x) = (a + h) · the sine's series."""
    s, found = expanded("sin(x)", a, 20), expanded("x sin(x)", a, 20)
    shifted = np.append(0, s.coefficients[:-1])
    wanted = float(a) * s.coefficients + shifted
    allowed = 8 * UNIT * (np.abs(float(a) * s.coefficients) + np.abs(shifted)) + found.radii
    assert (np.abs(found.coefficients - wanted) <= allowed).all()


@given(reasonable)
def test_series_of_inverses(a: Fraction) -> None:
    """exp(x²) exp(−x²) = 1, order by order, to within the radii and the rounding of the sums."""
    up, down = expanded("exp(x^2)", a, 12), expanded("exp(-x^2)", a, 12)
    product = np.convolve(up.coefficients, down.coefficients)[:13]
    size = np.convolve(np.abs(up.coefficients), np.abs(down.coefficients))[:13]
    assert (np.abs(product - np.eye(1, 13)[0]) <= 40 * UNIT * size).all()


@given(reasonable)
def test_a_rational_function_obeys_its_recurrence_exactly(a: Fraction) -> None:
    """(1 + x²) f = 1: (1 + a²)c_k + 2a c_{k−1} + c_{k−2} = 0."""
    c = expanded("1/(1+x^2)", a, 20).exact
    assert c[0] == 1 / (1 + a * a)
    assert all((1 + a * a) * c[k] + 2 * a * c[k - 1] + c[k - 2] == 0 for k in range(2, 21))


@every_function
@settings(max_examples=20)
@given(a=reasonable, order=st.integers(0, 25))
def test_every_series(function: Function, a: Fraction, order: int) -> None:
    """Lower orders are beginnings; radii cover the fractions and are no larger than the rounding of floats."""
    if function.trouble(a) is not None:
        with pytest.raises(NoSeries):
            taylor(function, a, order)
        return
    found, longer = taylor(function, a, order), taylor(function, a, 26)
    assert found.centre == a
    assert len(found.coefficients) == len(found.radii) == len(found.exact) == order + 1
    assert found.coefficients.tolist() == longer.coefficients[: order + 1].tolist()
    assert found.exact == longer.exact[: order + 1]
    assert (found.radii <= 1.3e-16 * np.abs(found.coefficients)).all()
    for value, reach, exact in zip(found.coefficients, found.radii, found.exact):
        if exact is not None:
            assert abs(Fraction(float(value)) - exact) <= Fraction(float(reach))


@every_function
def test_the_series_converges_to_the_function(function: Function) -> None:
    """At half the radius, order 60 leaves rounding only."""
    a = Fraction(7, 10)
    h = np.linspace(-1, 1, 41) * min(radius(function, a) / 2, 1)
    c = taylor(function, a, 60).coefficients
    assert np.allclose(horner(c, h), function.values(0.7 + h), rtol=1e-13, atol=1e-13)


# What callers rely on ---------------------------------------------------------------------------


def test_the_centre_is_the_number_as_typed() -> None:
    """About 1/3 the coefficients of 1/x are powers of 3; about the float they are not."""
    typed, binary = expanded("1/x", Number("1/3")), expanded("1/x", 1 / 3)
    assert typed.exact == tuple((-1) ** k * Fraction(3) ** (k + 1) for k in range(31))
    assert not typed.radii.any()
    assert typed.centre == Fraction(1, 3) != binary.centre
    assert 1e-16 < binary.radii[0] < 2e-16
    assert binary.coefficients[30] != typed.coefficients[30]


def test_flint_is_left_as_it_was() -> None:
    """Its precision is global: nothing depends on it, and it is back after success and failure."""
    wanted = taylor(BY_TEXT["exp(x)"], Fraction(11, 13), 12)
    before = flint.ctx.prec, flint.ctx.cap
    try:
        flint.ctx.prec, flint.ctx.cap = 24, 3
        found = taylor(BY_TEXT["exp(x)"], Fraction(22, 26), 14)
        with pytest.raises(NoSeries):
            taylor(BY_TEXT["exp(x)"], 10**6, 14)
        with pytest.raises(ZeroDivisionError):
            taylor(Function("x/0", "x / 0", lambda m, x: 1 // 0), 1, 3)
        assert (flint.ctx.prec, flint.ctx.cap) == (24, 3)
    finally:
        flint.ctx.prec, flint.ctx.cap = before
    assert found.coefficients[:13].tolist() == wanted.coefficients.tolist()


@pytest.mark.parametrize(
    ("text", "centre", "sentence"),
    [
        ("1/x", "0", "1/x is not defined at 0: it has a pole there."),
        ("2/(x^2-x)", "1", "2/(x^2−x) is not defined at 1: it has a pole there."),
        ("sqrt(4-x)", "4", "sqrt(4−x) has no derivative at 4: its slope is infinite there."),
        ("ln(x)", "-1", "ln(x) is not real for x < 0."),
        ("exp(x^2)", "100", "The coefficients of exp(x^2) are too large about this centre."),
        ("exp(-2x)", "-1e300", "The coefficients of exp(−2x) are too large about this centre."),
        ("1/x", "1e-100", "The coefficients of 1/x are too large about this centre."),
    ],
)
def test_where_there_is_no_series(text: str, centre: str, sentence: str) -> None:
    with pytest.raises(NoSeries) as caught:
        expanded(text, Number(centre))
    assert str(caught.value) == sentence


def test_a_negative_order_is_refused() -> None:
    with pytest.raises(ValueError, match="got -1"):
        expanded("sin(x)", 0, -1)


def test_a_series_is_computed_once_and_read_only() -> None:
    found = expanded("cos(x)", Number("0.25"))
    assert expanded("cos(x)", Fraction(1, 4)) is found
    for kept in (found.coefficients, found.radii):
        with pytest.raises(ValueError, match="read-only"):
            kept[0] = 2


# Horner -----------------------------------------------------------------------------------------

floats = st.floats(-1e3, 1e3).filter(lambda x: x == 0 or abs(x) > 1e-6)


@given(st.lists(floats, min_size=1, max_size=20), st.lists(floats, min_size=1, max_size=4))
@example([1.0], [0.0])
@example([1.0, -2.0, 1.0], [1 + 2.0**-30])
def test_horner_errs_no_more_than_its_bound(c: list[float], h: list[float]) -> None:
    """γ₂ₙ Σ|c_k||h|ᵏ, γ₂ₙ = 2nu/(1 − 2nu), u = 2⁻⁵³ (Higham, section 5.1), against the polynomial in fractions."""
    doubled = Fraction(2 * (len(c) - 1)) * Fraction(UNIT)
    for x, value in zip(h, horner(np.array(c), np.array(h))):
        terms = [Fraction(p) * Fraction(x) ** k for k, p in enumerate(c)]
        assert abs(Fraction(float(value)) - sum(terms)) <= doubled / (1 - doubled) * sum(map(abs, terms))


def test_rounding_is_what_is_left_far_away() -> None:
    """sin(30) by its series about 0: terms of 10¹² cancel, and the error is within the bounds of its rounding."""
    c = expanded("sin(x)", 0, 140)
    h = np.linspace(-30, 30, 61)
    off = np.abs(horner(c.coefficients, h) - np.sin(h))
    allowed = 2.01 * 140 * UNIT * horner(np.abs(c.coefficients), np.abs(h)) + horner(c.radii, np.abs(h)) + UNIT
    assert (off <= allowed).all()
    assert off.max() > 1e-6
    assert allowed[30] <= 2 * UNIT


def test_horner_as_numpy() -> None:
    c = expanded("x sin(x)", 1).coefficients
    real = np.linspace(-3, 3, 24).reshape(4, 6)
    for h in (real, real + 1j * real.T.reshape(4, 6)):
        found = horner(c, h)
        assert (found.shape, found.dtype) == (h.shape, h.dtype)
        assert np.allclose(found, np.polynomial.polynomial.polyval(h, c), rtol=1e-13, atol=1e-13)


def test_horner_beyond_the_range_of_floats() -> None:
    """Infinite, and no warning."""
    assert horner(np.ones(31), np.array([1e200, 0.0])).tolist() == [inf, 1]


def test_coefficients_do_not_sink_into_their_neighbours() -> None:
    """Order 100 of sin at 1 is 10⁻¹⁵⁸ beside 1, and still right in every digit."""
    found = expanded("sin(x)", 1, 100).coefficients[100].item()
    with mpmath.workdps(40):
        wanted = mpmath.sin(1) / factorial(100)
    assert log(wanted) < -360
    assert abs(found - wanted) <= 1.2e-16 * wanted


def test_every_function_is_expanded_somewhere() -> None:
    assert all(sum(f == function for f, _ in PAIRS) >= 3 for function in FUNCTIONS)


IRRATIONAL = {
    "π/2": lambda: mpmath.pi / 2,
    "√2": lambda: mpmath.sqrt(2),
    "30°": lambda: mpmath.pi / 6,
    "e": lambda: mpmath.e,
}


@pytest.mark.parametrize("centre", IRRATIONAL)
@pytest.mark.parametrize("f", FUNCTIONS, ids=lambda f: f.text)
def test_a_centre_that_is_no_fraction_is_the_one_that_was_typed(f: Function, centre: str) -> None:
    """Its float is another point: there cos has a slope at π/2 of 1 − 2·10⁻³³ and a value of 6·10⁻¹⁷."""
    found = taylor(f, Number(centre), 8)
    with mpmath.workdps(60):
        true = mpmath.taylor(BY_MPMATH[f.text], IRRATIONAL[centre](), 8)
        for c, radius, exact in zip(found.coefficients.tolist(), found.radii.tolist(), true):
            assert abs(exact - c) <= radius + mpmath.mpf(10) ** -28 * max(map(abs, true))
            assert radius <= 1.2e-16 * abs(c) + 1e-29


def test_what_is_0_at_a_right_angle_is_0() -> None:
    cos = next(f for f in FUNCTIONS if f.text == "cos(x)")
    assert taylor(cos, Number("π/2"), 5).coefficients[::2].tolist() == [0, 0, 0]
