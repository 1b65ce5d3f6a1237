"""The bound by Cauchy's formula: never below mpmath's error, near it where Lagrange's bound fails, and none untrue."""

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmlviz.maths.expression import parsed
from mmlviz.maths.number import Number
from mmlviz.maths.power_series import NoSeries, taylor
from mmlviz.maths.remainder import true_error
from mmlviz.maths.remainder_bound import remainder_bound
from mmlviz.maths.singularities import radius
from mmlviz.maths.tail_bound import tail_bound
from tests.maths.power_cases import FORMULAS, tree
from tests.maths.test_remainder import places


def error_of(text: str, centre: str, x: str, order: int) -> float:
    f = parsed(text)
    found = true_error(f, taylor(f, Number(centre), order), Number(x))
    assert found is not None
    return abs(found.error)


def bound_of(text: str, centre: str, x: str, order: int, reach: float | None = None) -> float | None:
    f = parsed(text)
    reach = radius(f, float(Number(centre))).value if reach is None else reach
    return tail_bound(f, Number(centre), Number(x), order, reach)


@settings(max_examples=100, deadline=None)
@given(places(), st.floats(0.3, 3))
def test_the_bound_is_not_below_the_true_error(place: tuple[str, Number, Number, int], wrong: float) -> None:
    """Also where the reach that it is told is not the radius of convergence: up to three times as much."""
    text, a, x, order = place
    f = tree(text)
    bound = tail_bound(f, a, x, order, wrong * min(radius(f, float(a)).value, 10.0))
    with mpmath.workdps(60):
        centre, at = (mpmath.mpf(n.exact.numerator) / n.exact.denominator for n in (a, x))
        polynomial = mpmath.polyval(mpmath.taylor(FORMULAS[text][0], centre, order)[::-1], at - centre)
        error = abs(FORMULAS[text][0](at) - polynomial)
        assert bound is None or error <= bound + mpmath.mpf(10) ** -35


@pytest.mark.parametrize("order", [4, 8, 14, 20, 40])
@pytest.mark.parametrize(
    ("text", "centre", "x"),
    [("x/(e^x-1)", "0.5", "1.2"), ("x/(e^x-1)", "0.5", "3"), ("x/(e^x-1)", "0.5", "-1"), ("x/(e^x-1)", "0", "1"),
     ("gamma(x)", "2", "3"), ("gamma(x)", "3", "2"), ("ln(1+e^x)", "0", "1"), ("ln(1+e^x)", "1/2", "2"),
     ("sin(x)/x", "1", "-1"), ("(1-cos(x))/x^2", "1", "-1"), ("ln(x)/(x-1)", "2", "1/2"), ("tan(x)", "0", "1"),
     ("sin(x)/x", "π", "1"), ("1/(2+cos(x))", "0", "2")],
)  # fmt: skip
def test_it_is_near_the_error_also_at_high_orders(text: str, centre: str, x: str, order: int) -> None:
    """Where Lagrange's bound has nothing to say, or a million times too much."""
    bound, error = bound_of(text, centre, x, order), error_of(text, centre, x, order)
    assert bound is not None
    assert error <= bound <= 1000 * error


def test_a_bound_where_lagrange_s_has_none() -> None:
    for text, centre, x, order in (("x/(e^x-1)", "0.5", "1.2", 8), ("sqrt(1+sin(x))", "0.5", "-0.5", 8)):
        assert remainder_bound(parsed(text), Number(centre), Number(x), order) is None
        assert bound_of(text, centre, x, order) is not None


@pytest.mark.parametrize("reach", [1.0, 1.6, 5.0, 1e3, float("inf")])
@pytest.mark.parametrize(
    ("text", "centre", "x"),
    [("1/(1+x^2)", "0.5", "1.7"), ("ln(x)", "1", "2.5"), ("|x|", "1", "-1"), ("sgn(x)", "1", "-1/2"),
     ("sqrt(x)", "1", "2.5"), ("tan(x)", "0", "2"), ("cbrt(x)", "1", "-1"), ("gamma(x)", "1", "-0.5"),
     ("arctan(x)", "0", "1.5"), ("arcsin(x/2)", "0", "2"), ("e^(-1/x^2)", "1", "-1"), ("1/x", "1", "3"),
     ("x^x", "1", "2.5"), ("sqrt(x^2)", "1", "-1"), ("x^(2/3)", "1", "-1"), ("arcosh(x)", "2", "3.2")],
)  # fmt: skip
def test_no_bound_where_the_series_is_not_f_or_diverges(text: str, centre: str, x: str, reach: float) -> None:
    """However far it is told that f is analytic."""
    assert all(bound_of(text, centre, x, order, reach) is None for order in (2, 9))


def test_up_to_a_kink_the_bound_is_that_of_the_branch() -> None:
    for text, smooth in (("|x| e^x", "x e^x"), ("sqrt(x^2)*sin(x)", "x sin(x)"), ("sgn(x)*cos(x)", "cos(x)")):
        assert bound_of(text, "1", "1.5", 6, 0.98) == pytest.approx(bound_of(smooth, "1", "1.5", 6, 0.98), rel=0.1)


def test_nothing_is_left_of_a_polynomial_or_at_the_centre() -> None:
    assert bound_of("x^3-2x", "1", "2", 3, 10.0) == 0
    assert bound_of("e^x", "1", "1", 3, 10.0) == 0
    with pytest.raises(NoSeries):
        bound_of("1/x", "0", "1", 3, 1.0)


def test_the_bound_of_the_geometric_series_by_hand() -> None:
    """1/(1 − x) leaves x^(n + 1)/(1 − x): on a circle of radius r the mean of r/(|1 − z||z − x|) is at least that."""
    bound = bound_of("1/(1-x)", "0", "1/2", 10)
    assert bound is not None
    assert 2.0**-10 <= bound <= 20 * 2.0**-10
