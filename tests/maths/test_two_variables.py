"""Taylor series in two variables: against sympy's derivatives, the course's answer, and how fast the error vanishes."""

from fractions import Fraction
from functools import cache

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from mmlviz.maths.expression import evaluate, parsed
from mmlviz.maths.expression.text import write
from mmlviz.maths.number import Number
from mmlviz.maths.power_series import NoSeries
from mmlviz.maths.two_variables import DIRECTIONS, HIGHEST, SPARE, Series2, pairs, taylor2, true_error

X, Y = sympy.symbols("x y", real=True)
# As typed, and as sympy reads it.
FUNCTIONS = {
    "x exp(-x^2-y^2)": X * sympy.exp(-(X**2) - Y**2),
    "sin(xy/5)": sympy.sin(X * Y / 5),
    "(x^2+2x) exp(-x^2-y^2/5)": (X**2 + 2 * X) * sympy.exp(-(X**2) - Y**2 / 5),
    "x sin(x^2/2+y^2/4)": X * sympy.sin(X**2 / 2 + Y**2 / 4),
    "x^2-xy+sin(y)": X**2 - X * Y + sympy.sin(Y),
    "cos(x-y^2)-x^2": sympy.cos(X - Y**2) - X**2,
    "x y^2 exp(-x^4-y^2/2)": X * Y**2 * sympy.exp(-(X**4) - Y**2 / 2),
    "x^2+y^2": X**2 + Y**2,
    "x^2-y^2": X**2 - Y**2,
    "x y": X * Y,
    "x^3-3x y^2": X**3 - 3 * X * Y**2,
    "x^2": X**2,
    "3": sympy.Integer(3) + 0 * X,
    "ln(4+x+y)": sympy.log(4 + X + Y),
    "sqrt(9+x-2y)": sympy.sqrt(9 + X - 2 * Y),
    "1/(5+x-y)": 1 / (5 + X - Y),
    "exp(x) cos(y)": sympy.exp(X) * sympy.cos(Y),
    "arctan(x+2y)": sympy.atan(X + 2 * Y),
    "sinh(x) cosh(y)": sympy.sinh(X) * sympy.cosh(Y),
    "tan((x+y)/7)": sympy.tan((X + Y) / 7),
    "x^5 y-2x^2 y^4": X**5 * Y - 2 * X**2 * Y**4,
    "(4+y)^x": (4 + Y) ** X,
    "1/(1+x^2+y^2)": 1 / (1 + X**2 + Y**2),
}
CENTRES = (("0", "0"), ("1/2", "-1/3"), ("-1", "2"))


@cache
def derivatives(text: str) -> dict[tuple[int, int], sympy.Expr]:
    """All of them up to the fourth, each from the one before."""
    found = {(0, 0): FUNCTIONS[text]}
    for i, j in pairs(4)[1:]:
        found[i, j] = sympy.diff(found[i - 1, j], X) if i else sympy.diff(found[i, j - 1], Y)
    return found


def numbers(*texts: str) -> tuple[Number, Number]:
    return Number(texts[0]), Number(texts[1])


def series_of(text: str, centre: tuple[str, str], order: int = 4) -> Series2:
    return taylor2(parsed(text, ("x", "y")), numbers(*centre), order)


@pytest.mark.parametrize("centre", CENTRES)
@pytest.mark.parametrize("text", FUNCTIONS)
def test_coefficients_are_those_of_sympys_derivatives(text: str, centre: tuple[str, str]) -> None:
    series = series_of(text, centre)
    at = {X: sympy.Rational(centre[0]), Y: sympy.Rational(centre[1])}
    for (i, j), derivative in derivatives(text).items():
        wanted = derivative.subs(at) / (sympy.factorial(i) * sympy.factorial(j))
        value = float(wanted.evalf(30))
        assert abs(series.coefficients[i, j] - value) <= 1e-12 * abs(value)
        assert abs(series.coefficients[i, j] - value) <= series.radii[i, j] + 1e-15 * abs(value)
        exact = series.fraction((i, j))
        if exact is not None:
            assert sympy.Rational(exact.numerator, exact.denominator) == wanted
        written = series.written((i, j))
        if written is not None:
            assert abs(float(evaluate(written)) - value) <= 1e-14 * max(abs(value), 1)


def test_what_is_rational_is_known_exactly() -> None:
    series = series_of("1/(5+x-y)", ("1/2", "-1/3"))
    u = Fraction(5) + Fraction(1, 2) + Fraction(1, 3)
    found = tuple(series.fraction(ij) for ij in ((0, 0), (1, 0), (1, 1)))
    assert found == (1 / u, -1 / u**2, -2 / u**3)


def test_closed_forms_are_put_together() -> None:
    series = series_of("x y^2 exp(-x^4-y^2/2)", ("-1", "2"))
    assert [write(each) for ij in ((0, 0), (1, 0), (0, 1)) if (each := series.written(ij))] == [
        "-(4*(e^(-3)))", "-(12*(e^(-3)))", "4*(e^(-3))",
    ]  # fmt: skip


def test_the_courses_answer() -> None:
    """f = −4e⁻³, J = (−12e⁻³, 4e⁻³), H = [[16, 12], [12, 2]] e⁻³."""
    series, e = series_of("x y^2 exp(-x^4-y^2/2)", ("-1", "2")), np.exp(-3)
    assert np.allclose(series.coefficients[0, 0], -4 * e, rtol=1e-14, atol=0)
    assert np.allclose(series.gradient, [-12 * e, 4 * e], rtol=1e-14, atol=0)
    assert np.allclose(series.hessian, np.array([[16, 12], [12, 2]]) * e, rtol=1e-14, atol=0)


def test_lower_orders_are_beginnings() -> None:
    high, low = series_of("x exp(-x^2-y^2)", ("0.3", "-1"), 6), series_of("x exp(-x^2-y^2)", ("0.3", "-1"), 3)
    for ij in pairs(3):
        assert high.coefficients[ij] == low.coefficients[ij]
    assert all(high.coefficients[i, j] == 0 for i in range(7) for j in range(7) if i + j > 6)


def test_a_maximum_at_half_the_root_of_two_is_level() -> None:
    assert series_of("x exp(-x^2-y^2)", ("√2/2", "0")).gradient.tolist() == [0, 0]


@pytest.mark.parametrize("text", [text for text in FUNCTIONS if text not in ("3", "x^2")])
@pytest.mark.parametrize("order", [0, 1, 2, 3, 5])
def test_the_error_vanishes_with_the_power_n_plus_1(text: str, order: int) -> None:
    """Half as wide a window has an error 2^(n + 1) times as small, or more where the next terms are 0."""
    f, (a, b) = parsed(text, ("x", "y")), numbers("0.3", "-0.2")
    series = taylor2(f, (a, b), order)
    t = np.linspace(-1, 1, 21)

    def largest(w: float) -> float:
        x, y = a + w * t, b + w * t
        return float(np.abs(evaluate(f, x=x[None, :], y=y[:, None]) - series.on_grid(x, y, order)).max())

    wide, narrow = largest(0.1), largest(0.05)
    if wide > 1e-12:
        assert wide / narrow > 2 ** (order + 1) * 0.75
    else:
        assert narrow <= wide + 1e-14


# Where there is none ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "centre"),
    [
        ("sqrt(x^2+y^2)", ("0", "0")),
        ("1/(x-y)", ("1/2", "1/2")),
        ("ln(1+x+y)", ("-1", "0")),
        ("ln(1+x+y)", ("-2", "0")),
        ("|x+y|", ("1", "-1")),
    ],
)
def test_there_is_none_at_tips_poles_and_kinks(text: str, centre: tuple[str, str]) -> None:
    with pytest.raises(NoSeries, match=r"\.$"):
        series_of(text, centre)


@pytest.mark.parametrize("text", ["x^2y/(x^2+y^2)", "cbrt(x^3+y^3)", "sqrt(x^4+y^4)", "x y^3/(x^2+y^2)"])
def test_a_series_along_every_line_is_not_enough(text: str) -> None:
    with pytest.raises(NoSeries):
        series_of(text, ("0", "0"))


def test_orders_beyond_the_lines_are_refused() -> None:
    assert len(DIRECTIONS) == HIGHEST + 1 + SPARE
    for order in (-1, HIGHEST + 1):
        with pytest.raises(ValueError, match="from 0 to"):
            series_of("x y", ("0", "0"), order)


def test_no_two_lines_are_parallel() -> None:
    assert len({Fraction(p, q) if q else None for p, q in DIRECTIONS}) == len(DIRECTIONS)


# Errors -----------------------------------------------------------------------------------------


def test_the_error_is_true_where_floats_lose_it() -> None:
    """e^x cos y ≈ 1 + x + (x² − y²)/2: at (10⁻⁷, 0) the error is x³/6 + x⁴/24, far below a last digit of f."""
    f = parsed("exp(x) cos(y)", ("x", "y"))
    x = 1e-7
    wanted = x**3 / 6 + x**4 / 24
    found = true_error(f, taylor2(f, numbers("0", "0"), 2), 2, numbers("1e-7", "0"))
    assert found is not None
    assert abs(found - wanted) < 1e-12 * wanted


@settings(max_examples=50)
@given(x=st.floats(-1, 1), y=st.floats(-1, 1), order=st.integers(0, 6))
def test_the_error_is_what_floats_say_where_they_can(x: float, y: float, order: int) -> None:
    f, point = parsed("x exp(-x^2-y^2)", ("x", "y")), (Number.significant(x), Number.significant(y))
    series = taylor2(f, numbers("0.2", "0.1"), order)
    found = true_error(f, series, order, point)
    assert found is not None
    assert abs(found - (float(evaluate(f, x=point[0], y=point[1])) - series.at(*point, order))) < 1e-13


def test_there_is_an_error_at_a_kink_and_none_where_f_is_not_defined() -> None:
    f = parsed("|x|+y", ("x", "y"))
    assert true_error(f, taylor2(f, numbers("1", "0"), 2), 2, numbers("-1", "0")) == 2
    f = parsed("ln(x)", ("x", "y"))
    assert true_error(f, taylor2(f, numbers("1", "0"), 2), 2, numbers("-1", "0")) is None


def test_at_the_centre_the_error_is_0() -> None:
    for text in FUNCTIONS:
        f, centre = parsed(text, ("x", "y")), numbers("√2/2", "π/4")
        assert true_error(f, taylor2(f, centre, 2), 2, centre) == 0
