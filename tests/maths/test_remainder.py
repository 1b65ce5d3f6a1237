"""The true error, its bound and Lagrange's ξ against mpmath."""

from math import factorial, inf

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mmlviz.maths.lagrange import lagrange_point
from mmlviz.maths.number import Number
from mmlviz.maths.power_series import NoSeries, taylor
from mmlviz.maths.remainder import degree, true_error
from mmlviz.maths.remainder_bound import remainder_bound
from tests.maths.power_cases import CENTRES, FORMULAS, tree

SMOOTH = {  # as far as is looked
    "cos x": (-3, 3), "sin 2x": (-3, 3), "e^x": (-3, 3), "e^(x²)": (-2, 2), "e^(-2x)": (-2, 2), "x sin x": (-3, 3),
    "arctan x": (-3, 3), "1/(1+x²)": (-2, 2), "tanh x": (-2, 2), "cosh x": (-3, 3), "erf x": (-2, 2),
    "arsinh x": (-2, 2), "1/x": (0.3, 4), "ln x": (0.3, 4), "√(4-x)": (-4, 3), "1/(1-x)²": (-3, 0.7),
    "cbrt x": (-5, -0.5), "x^x": (0.3, 3), "2^x": (-2, 2), "gamma x": (1, 4), "√(1+sin x)": (-1, 2), "tan x": (-1, 1),
    "sin(πx)": (-2, 2), "e^sin x": (-2, 2), "ln(1+e^x)": (-3, 3), "arcsin x": (-0.8, 0.8), "x^π": (0.5, 3),
    "log_2(x+3)": (-2, 4), "sec x": (-1, 1), "x |sin x|": (0.2, 3), "|x-4|^3": (-4, 3),
}  # fmt: skip


LOOSE = {"tanh x": 4, "√(1+sin x)": 20, "gamma x": 1000}  # wide balls grow in their recurrences


@st.composite
def places(draw: st.DrawFn) -> tuple[str, Number, Number, int]:
    """A formula, a centre and an x between which it is smooth, and an order."""
    text = draw(st.sampled_from(sorted(SMOOTH)))
    low, high = SMOOTH[text]
    a, x = (Number.rounded(draw(st.floats(low, high)), 0.01) for _ in range(2))
    assume(abs(a - x) >= 0.01)
    return text, a, x, draw(st.integers(0, 20))


def truly(text: str, x: float) -> mpmath.mpf:
    return FORMULAS[text][0](mpmath.mpf(Number(str(x)).exact.numerator) / Number(str(x)).exact.denominator)


@settings(max_examples=150, deadline=None)
@given(places())
def test_the_bound_is_not_below_the_true_error(place: tuple[str, Number, Number, int]) -> None:
    """The true error worked out here: mpmath's values, and the polynomial of its own coefficients."""
    text, a, x, order = place
    f = tree(text)
    found = true_error(f, taylor(f, a, order), x)
    bound = remainder_bound(f, a, x, order)
    with mpmath.workdps(60):
        centre, at = (mpmath.mpf(n.exact.numerator) / n.exact.denominator for n in (a, x))
        value = FORMULAS[text][0](at)
        polynomial = mpmath.polyval(mpmath.taylor(FORMULAS[text][0], centre, order)[::-1], at - centre)
        error = value - polynomial
        floor = mpmath.mpf(10) ** -35 * (1 + abs(value))
        assert abs(found.value - value) <= found.value_radius + floor
        assert abs(found.polynomial - polynomial) <= found.polynomial_radius + floor
        assert abs(found.error - error) <= found.error_radius + floor
        assert bound is None or abs(error) <= bound + floor
    assert bound is None or abs(found.error) - found.error_radius <= bound


@pytest.mark.parametrize("text", sorted(SMOOTH))
@pytest.mark.parametrize("order", [0, 1, 3, 6])
def test_a_bound_is_found_and_near_the_largest_derivative(text: str, order: int) -> None:
    """At most twice Lagrange's maximum, looked for at 200 points over a quarter of the way, but for some."""
    low, high = SMOOTH[text]
    a, x = Number.rounded(low + (high - low) * 0.4, 0.01), Number.rounded(low + (high - low) * 0.65, 0.01)
    f = tree(text)
    bound = remainder_bound(f, a, x, order)
    sizes = [abs(taylor(f, s, order + 1).coefficients[order + 1]) for s in np.linspace(float(a), float(x), 200)]
    largest = max(sizes) * abs(x - a) ** (order + 1)
    assert bound is not None
    assert largest * (1 - 1e-9) <= bound <= LOOSE.get(text, 2) * largest


@pytest.mark.parametrize(
    ("text", "centre", "x", "order"),
    [("sin x/x", "0", "2", 4), ("(1-cos x)/x²", "0", "-1", 7), ("(e^x-1)/x", "0", "1", 40), ("sin x/x", "0", "3", 30)],
)
def test_a_bound_from_a_removable_point_on(text: str, centre: str, x: str, order: int) -> None:
    f = tree(text)
    found, bound = (
        true_error(f, taylor(f, Number(centre), order), Number(x)),
        remainder_bound(f, Number(centre), Number(x), order),
    )
    assert found is not None
    assert bound is not None
    assert abs(found.error) <= bound <= 1e3 * abs(found.error)


@pytest.mark.parametrize(
    ("text", "centre", "x"),
    [("|x|", "1", "-1"), ("1/x", "1", "-1"), ("tan x", "0", "2"), ("√x", "1", "0"), ("sgn x", "-1", "1"),
     ("ln x", "1", "-1"), ("cbrt x", "1", "-1"), ("|x|^3", "1", "-1"), ("√(x²)", "1", "-2"), ("gamma x", "1", "-0.5")],
)  # fmt: skip
def test_no_bound_beyond_what_is_not_smooth(text: str, centre: str, x: str) -> None:
    for order in (1, 3, 12):
        assert remainder_bound(tree(text), Number(centre), Number(x), order) is None


def test_no_series_no_bound() -> None:
    with pytest.raises(NoSeries):
        remainder_bound(tree("1/x"), Number("0"), Number("1"), 3)


def test_balls_too_wide_for_a_first_division() -> None:
    """1 + x² over balls from 0 to 2 seems to reach 0; halves do not."""
    assert remainder_bound(tree("arctan x"), 0, 2, 0) == pytest.approx(2, rel=0.3)
    for text in ("arctan x", "x tanh x", "arctan(x)^2", "artanh(x/4)"):
        for x in (-3.9, 2, 3.9):
            for order in (1, 2, 5, 12, 40):
                f = tree(text)
                found, bound = true_error(f, taylor(f, 1, order), x), remainder_bound(f, 1, x, order)
                assert found is not None
                assert bound is None or abs(found.error) <= bound


# The true error -----------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [0, 5, 20, 40])
@pytest.mark.parametrize(
    ("text", "centre", "x"), [("sin x", "0", "1"), ("e^x", "2", "2.001"), ("√(1+sin x)", "0.3", "1/3")]
)
def test_small_errors_keep_their_digits(text: str, centre: str, x: str, order: int) -> None:
    """sin(1) − T₄₀(1) is 3·10⁻⁵⁰, far below the last digit of either, e^x − T₄₀ near the centre is 10⁻¹⁷³."""
    f = tree(text)
    found = true_error(f, taylor(f, Number(centre), order), Number(x))
    assert found is not None
    assert 0 < abs(found.error) < 1
    assert found.error_radius <= 2.3e-16 * abs(found.error)
    assert found.value == pytest.approx(found.polynomial + found.error, rel=1e-15)


def test_the_error_of_the_sine() -> None:
    """The first term left out, to within the next."""
    f = tree("sin x")
    found = true_error(f, taylor(f, 0, 40), Number("1"))
    assert found is not None
    assert found.error == pytest.approx(1 / factorial(41) - 1 / factorial(43), rel=1e-6)


@pytest.mark.parametrize(("text", "n"), [("x^3 - 2x + 1", 3), ("(x+1)^2 (x-√2)/3", 3), ("7", 0), ("30x°", 1)])
def test_a_polynomial_leaves_nothing(text: str, n: int) -> None:
    f = tree(text)
    assert degree(f) == n
    series = taylor(f, Number("0.3"), n)
    found = true_error(f, series, Number("1/7"))
    assert found is not None
    assert (found.error, found.error_radius) == (0, 0)
    assert remainder_bound(f, Number("0.3"), Number("1/7"), n) == 0
    assert lagrange_point(f, series, Number("1/7")) is None
    assert n == 0 or true_error(f, taylor(f, Number("0.3"), n - 1), Number("1/7")).error != 0


@pytest.mark.parametrize("text", ["sin x", "1/(1+x)", "x^x", "|x| x", "2^x", "√x^3", "x^-2", "ln(x)/x"])
def test_no_degree_but_that_of_a_polynomial(text: str) -> None:
    assert degree(tree(text)) is None


def test_the_error_at_the_centre_is_0() -> None:
    for text, centre in (("e^x", "2"), ("sin x/x", "0"), ("cos x", "π/2")):
        f = tree(text)
        found = true_error(f, taylor(f, Number(centre), 5), Number(centre))
        assert found is not None
        assert (found.error, found.error_radius) == (0, 0)
        assert remainder_bound(f, Number(centre), Number(centre), 5) == 0


@pytest.mark.parametrize(
    ("text", "x", "value"),
    [("|x-2|", "2", 0.0), ("√(1-3(x-1))", "4/3", 0.0), ("x^x", "0", None), ("x^x", "-1/3", None), ("1/x", "0", None),
     ("ln x", "0", None), ("√x", "-1", None), ("(x²-4)/(x-2)", "2", None), ("tan(x/2)", "π", None),
     ("sgn(x-2)", "2", 0.0),
     ("arcsin(x/3)", "3", np.pi / 2), ("cbrt(x)", "-8", -2.0), ("x^(1/3)", "-8", -2.0), ("x^0.2", "-1", None)],
)  # fmt: skip
def test_the_value_is_that_of_the_formula(text: str, x: str, value: float | None) -> None:
    """Also where f has a kink or an edge; None where it is not defined."""
    f = tree(text)
    found = true_error(f, taylor(f, Number("1"), 3), Number(x))
    assert (found and found.value) == value


def test_beyond_the_range_of_floats() -> None:
    f = tree("e^x")
    found = true_error(f, taylor(f, 0, 3), Number("1000"))
    assert found is not None
    assert found.value == inf
    assert found.polynomial == pytest.approx(167_167_667.7, rel=1e-6)
    assert remainder_bound(f, 0, Number("1000"), 3) is None


# Lagrange's point -----------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(places())
def test_lagrange_s_point_satisfies_the_identity(place: tuple[str, Number, Number, int]) -> None:
    """With f⁽ⁿ⁺¹⁾(ξ) by mpmath's differences: to the digits that a rounded ξ leaves."""
    text, a, x, order = place
    order = min(order, 8)
    f = tree(text)
    series = taylor(f, a, order)
    found, error = lagrange_point(f, series, x), true_error(f, series, x)
    assert error is not None
    if error.error == 0:  # a polynomial between a and x
        assert found is None
        return
    assert found is not None
    assert min(a, x) < found < max(a, x)
    with mpmath.workdps(50):
        ahead = mpmath.taylor(FORMULAS[text][0], mpmath.mpf(found), order + 2)
        h = (mpmath.mpf(x.exact.numerator) / x.exact.denominator) - mpmath.mpf(a.exact.numerator) / a.exact.denominator
        said = ahead[order + 1] * h ** (order + 1)
        of_rounding = abs((order + 2) * ahead[order + 2] * h ** (order + 1)) * 4e-16 * (1 + abs(found))
        assert abs(said - error.error) <= 1e-12 * abs(error.error) + of_rounding


@pytest.mark.parametrize(
    ("text", "centre", "x"), [("|x|", "1", "-1"), ("1/x", "1", "-1"), ("ln x", "1", "-1"), ("7", "0", "1")]
)
def test_no_point_where_there_is_none(text: str, centre: str, x: str) -> None:
    f = tree(text)
    assert lagrange_point(f, taylor(f, Number(centre), 3), Number(x)) is None


def test_the_cases_name_centres_that_exist() -> None:
    assert all(centre in CENTRES for _, centres in FORMULAS.values() for centre in centres)
