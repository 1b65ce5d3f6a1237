"""Radii of convergence that are known by hand, what stops the series, and what only looks as if it did."""

from math import e, inf, pi, sqrt

import flint
import numpy as np
import pytest

from mmlviz.maths.expression import read
from mmlviz.maths.expression.tree import Expression
from mmlviz.maths.singularities import Singularity, listed, radius
from mmlviz.maths.singularities.estimate import estimated


def f(text: str) -> Expression:
    tree = read(text, ("x",))
    assert isinstance(tree, Expression)
    return tree


ROOT_OF_COS = 0.7390851332151607  # cos x = x, by Dottie's iteration

KNOWN = [
    # Poles
    ("1/(1+x^2)", 2, sqrt(5), "the poles at ±i"),
    ("1/(1+x^2)", 0, 1, "the poles at ±i"),
    ("1/x", 3, 3, "the pole at 0"),
    ("1/x", 0, 0, "the pole at 0"),
    ("1/(1-x)^2", -2, 3, "the pole at 1"),
    ("2/(x^2-x)", 0.5, 0.5, "the poles at 0 and 1"),
    ("2/(x^2-x)", 3, 2, "the pole at 1"),
    ("1/(x^2-2x+5)", 0, sqrt(5), "the poles at 1 ± 2i"),
    ("1/(x^2-2)", 0, sqrt(2), "the poles at ±√2"),
    ("1/(1+25x^2)", 0, 0.2, "the poles at ±i/5"),
    ("tan x", 0, pi / 2, "the poles at ±π/2"),
    ("tan x", 1, pi / 2 - 1, "the pole at π/2"),
    ("sec 2x", 0, pi / 4, "the poles at ±π/4"),
    ("cot x", 1, 1, "the pole at 0"),
    ("csc x", 3, pi - 3, "the pole at π"),
    ("tanh x", 0, pi / 2, "the poles at ±πi/2"),
    ("tanh x", 15, sqrt(225 + pi * pi / 4), "the poles at ±πi/2"),
    ("sech x", 1, sqrt(1 + pi * pi / 4), "the poles at ±πi/2"),
    ("coth x", 1, 1, "the pole at 0"),
    ("csch x", 4, 4, "the pole at 0"),
    ("1/(1+e^x)", 0, pi, "the poles at ±πi"),
    ("1/(1+e^x)", 1, sqrt(1 + pi * pi), "the poles at ±πi"),
    ("1/(1+e^-x)", -2, sqrt(4 + pi * pi), "the poles at ±πi"),
    ("x/(e^x-1)", 0, 2 * pi, "the poles at ±2πi"),
    ("x/(e^x-1)", 3, sqrt(9 + 4 * pi * pi), "the poles at ±2πi"),
    ("gamma x", 1, 1, "the pole at 0"),
    ("gamma x", -2.25, 0.25, "the pole at −2"),
    ("gamma x", 5, 5, "the pole at 0"),
    ("1/(2^x - 2)", 0, 1, "the pole at 1"),
    ("1/cos(x^2)", 0, sqrt(pi / 2), "the poles at ±1.25331 and ±1.25331i"),
    ("1/(e^(2x) + e^x + 1)", 0, 2 * pi / 3, "the poles at ±2πi/3"),
    ("1/(sin x + cos x)", 0, pi / 4, "the pole at −π/4"),
    ("1/(cosh x - 2)", 0, np.arccosh(2), "the poles at ±1.31696"),
    ("1/(x-1) + 1/(2-x)", 0, 1, "the pole at 1"),
    ("1/((x-1)(x-1.0001))", 0, 1, "the pole at 1"),
    ("1/(x-1)^20", 0, 1, "the pole at 1"),
    ("1/ln x", 2, 1, "the pole at 1"),
    ("tan(tan x)", 0, np.arctan(pi / 2), "the poles at ±1.00388"),
    ("1/(x^8-1)", 0.9, 0.1, "the pole at 1"),
    # Branch points
    ("ln x", 10, 10, "the branch point at 0"),
    ("ln(1+x^2)", 1, sqrt(2), "the branch points at ±i"),
    ("ln(x^2)", -1, 1, "the branch point at 0"),
    ("ln|x|", -3, 3, "the branch point at 0"),
    ("log_2(x)", 3, 3, "the branch point at 0"),
    ("ln(cos x)", 0, pi / 2, "the branch points at ±π/2"),
    ("ln(ln x)", 3, 2, "the branch point at 1"),
    ("arctan x", 0.75, 1.25, "the branch points at ±i"),
    ("arctan(1/x)", 1, sqrt(2), "the branch points at ±i"),
    ("arcsin x", 0.25, 0.75, "the branch point at 1"),
    ("arccos x", -0.5, 0.5, "the branch point at −1"),
    ("arcsin(x)^2", 0, 1, "the branch points at ±1"),
    ("arcosh x", 3, 2, "the branch point at 1"),
    ("arsinh x", 1, sqrt(2), "the branch points at ±i"),
    ("artanh x", 0.5, 0.5, "the branch point at 1"),
    ("sqrt(1+x)", 0, 1, "the branch point at −1"),
    ("sqrt(4-x)", -5, 9, "the branch point at 4"),
    ("sqrt(x^2+1)", 0, 1, "the branch points at ±i"),
    ("(x^2-1)^(1/2)", 3, 2, "the branch point at 1"),
    ("(x^2-1)^(1/2)", -3, 2, "the branch point at −1"),
    ("x^(1/3)", -2, 2, "the branch point at 0"),
    ("cbrt x", 2, 2, "the branch point at 0"),
    ("x^2.5", 1, 1, "the branch point at 0"),
    ("x^x", 1, 1, "the branch point at 0"),
    ("x^pi", e, e, "the branch point at 0"),
    ("(x^2+1)^x", 0, 1, "the branch points at ±i"),
    ("ln(x)/(x-1)", 2, 2, "the branch point at 0"),
    ("ln(x)/(x-1)", 1, 1, "the branch point at 0"),
    ("1/(2+sqrt x)", 1, 1, "the branch point at 0"),  # and not 4, where the other root is −2
    ("1/(2-sqrt x)", 3, 1, "the pole at 4"),
    ("(1-sqrt(1-x))/x", 0.5, 0.5, "the branch point at 1"),  # and not 0, where this root is 1
    ("1/(1-sqrt(1-x))", 0.25, 0.25, "the pole at 0"),
    ("sqrt x", 0, 0, "the branch point at 0"),
    # Essential singularities
    ("e^(1/x)", 1, 1, "the essential singularity at 0"),
    ("e^(-1/x^2)", 0.5, 0.5, "the essential singularity at 0"),
    ("sin(1/x)/x", 2, 2, "the essential singularity at 0"),
    ("erf(1/x)", 1, 1, "the essential singularity at 0"),
    ("e^tan(x)", 0, pi / 2, "the essential singularities at ±π/2"),
    ("x^-30", 1, 1, "the pole at 0"),
    ("tan(x)^60", 0, pi / 2, "the poles at ±π/2"),
    ("1/sin(1/x)", 1, 1 - 1 / pi, "the pole at 0.31831"),
    # No structure, but all zeros counted
    ("1/(cos x - x)", 0, ROOT_OF_COS, "the pole at 0.739085"),
    ("x^4/(e^x - 1 - x)", 0, 7.748360310659839, "the poles at 2.08884 ± 7.46149i"),
    ("1e-9/(x-1) + e^x", 0, 1, "the pole at 1"),
    ("1/(e^x - x)", 0, 1.3745570107437075, "the poles at 0.318132 ± 1.33724i"),
    ("x/(x^2 + x sin x)", 1, 1, "the pole at 0"),
    # Everywhere
    ("e^x", 7, inf, ""),
    ("(1-cos(20x))/x^2", 0.1, inf, ""),
    ("sin x", 0, inf, ""),
    ("x^5 - 3x", 1, inf, ""),
    ("e^(x^2)", 2, inf, ""),
    ("2^x", 1, inf, ""),
    ("erf x", 0, inf, ""),
    ("sin x/x", 0, inf, ""),
    ("sin x/x", 1, inf, ""),
    ("(1-cos x)/x^2", 0, inf, ""),
    ("(x^2-1)/(x-1)", 0, inf, ""),
    ("(x^2-1)/(x-1)", 1, inf, ""),
    ("sqrt(x^2)", -1, inf, ""),
    ("sqrt(x^2)", 2, inf, ""),
    ("|x|", 1, inf, ""),
    ("|x|/x", -2, inf, ""),
    ("|x^2-1|", 0, inf, ""),
    ("sgn x", 2, inf, ""),
    ("(x^3)^(1/3)", 1, inf, ""),
    ("ln(e^x)", 3, inf, ""),
    ("sqrt(x)^2", 1, inf, ""),
    ("cos(sqrt x)", 1, inf, ""),
    ("sin(sqrt x)/sqrt x", 2, inf, ""),
    ("1/(x-1) - 1/(x-1)", 0, inf, ""),
    ("3x/(2/(x+1/2))", 0.35, inf, ""),  # which is 0 on the circle about −1/2
    ("sqrt(x^2)/(2/(x+1/2))", 0.35, inf, ""),
]


@pytest.mark.parametrize(("text", "centre", "wanted", "near"), KNOWN)
def test_known_radii(text: str, centre: float, wanted: float, near: str) -> None:
    found = radius(f(text), centre)
    assert found.value == pytest.approx(wanted, rel=1e-13, abs=1e-13)
    assert found.is_exact
    assert listed(found.nearest) == near


@pytest.mark.parametrize("text", ["|x|", "sgn x", "sqrt(x^2)", "cbrt x", "ln x", "x^x"])
def test_no_series_about_a_kink_a_jump_or_an_end(text: str) -> None:
    assert radius(f(text), 0).value == 0


@pytest.mark.parametrize(
    ("text", "centre", "wanted"),
    [
        ("x/(e^x-1)", 1, {0}),
        ("sin x/x", 2, {0}),
        ("(x^2-1)/(x-1)", 0, {1}),
        ("ln(x)/(x-1)", 2, {1}),
        ("sqrt(x^2)", -1, {0}),
        ("1/(1+x^2)", 1, set()),
        ("1/(2+sqrt x)", 6, set()),  # nothing is the matter with 4 on this sheet
        ("(x^4-1)/(x^2+1)", 0.5, {1j, -1j}),
    ],
)
def test_what_only_looks_singular(text: str, centre: float, wanted: set[complex]) -> None:
    assert set(radius(f(text), centre).looks_singular) == wanted


def test_where_the_real_function_is_not_defined() -> None:
    found = radius(f("ln x"), -2)
    assert not found.is_exact
    assert found.value == 0


@pytest.mark.parametrize("text", ["sqrt(1+sin x)", "sqrt(cos(x)^2)", "sqrt(1-cos x)", "1/gamma x", "arctan(tan x)"])
def test_endless_candidates_none_of_which_is_genuine(text: str) -> None:
    """Entire, but nothing here proves it."""
    found = radius(f(text), 0.3)
    assert found.value == inf
    assert not found.is_exact
    assert len(found.looks_singular) >= 5


@pytest.mark.parametrize("text", ["1/x", "tan x", "ln x", "gamma x", "sqrt(4-x)", "1/(1+x^2)", "x^x"])
@pytest.mark.parametrize("centre", [0.011, 0.37, 1.3, 2.9])
def test_the_radius_is_the_distance_to_what_is_nearest(text: str, centre: float) -> None:
    found = radius(f(text), centre)
    assert found.is_exact
    assert found.value == pytest.approx(min(abs(point.at - centre) for point in found.nearest), rel=1e-15)


# Estimates --------------------------------------------------------------------------------------


def by_balls(rule, centre: float):
    """ln|c_k| from power series of balls."""

    def logs(order: int) -> np.ndarray:
        flint.ctx.prec, flint.ctx.cap, before = 2048, order + 1, (flint.ctx.prec, flint.ctx.cap)
        try:
            series = rule(flint.arb_series([flint.arb(centre), 1]))
            return np.array([-inf if series[k].contains(0) else float(abs(series[k]).log()) for k in range(order + 1)])
        finally:
            flint.ctx.prec, flint.ctx.cap = before

    return logs


@pytest.mark.parametrize(
    ("rule", "centre", "wanted", "off"),
    [
        (lambda x: 1 / (x.cos() - x), 0, ROOT_OF_COS, 1e-6),
        (lambda x: 1 / (1 + x * x), 2, sqrt(5), 0.01),
        (lambda x: 1 / (1 + x * x), 0, 1, 1e-6),
        (lambda x: x.tan(), 0.5, pi / 2 - 0.5, 0.003),
        (lambda x: x.log(), 10, 10, 1e-3),
        (lambda x: (x + 1).sqrt(), 0, 1, 0.003),
        (lambda x: x.atan(), 1, sqrt(2), 0.01),
        (lambda x: (1 / x).exp(), 1, 1, 0.2),
        (lambda x: x.exp(), 0, inf, 0),
        (lambda x: (x * x).exp(), 1, inf, 0),
        (lambda x: x.sin(), 0, inf, 0),
        (lambda x: x * x + 1, 0, inf, 0),
    ],
)
def test_estimates(rule, centre: float, wanted: float, off: float) -> None:
    found = estimated(by_balls(rule, centre))
    assert found == wanted or abs(found - wanted) <= off * wanted


def test_an_estimate_where_nothing_is_known() -> None:
    """√(x + 1) − x = 0 is not solved: the coefficients tell of the pole at (1 + √5)/2 nearer than the branch point."""
    tree, a = f("1/(sqrt(x+1) - x)"), 0.5
    found = radius(tree, a, by_balls(lambda x: 1 / ((x + 1).sqrt() - x), a))
    assert not found.is_exact
    assert found.value == pytest.approx((1 + sqrt(5)) / 2 - a, rel=1e-3)
    assert found.nearest == ()


FLAT = ["tan(" * 31 + "x+1" + ")²" * 31, "abs(1-" * 16 + "x+1" + ")^2" * 16]


@pytest.mark.parametrize("text", FLAT, ids=["tan", "abs"])
def test_what_is_0_in_floats_on_a_small_circle_is_no_pole(text: str) -> None:
    """Its growth from circle to circle is no number: that raised ValueError."""
    assert all(each.kind != "pole" for each in radius(f(text), 0.5).nearest)


def test_coefficients_are_not_asked_for_where_all_is_known() -> None:
    def never(order: int) -> np.ndarray:
        raise AssertionError

    assert radius(f("1/(1+x^2)"), 2, never).is_exact


def test_a_listing() -> None:
    points = Singularity(1j, "pole", "i"), Singularity(-1j, "pole", "−i"), Singularity(2, "branch point", "2")
    assert listed(points) == "the poles at ±i and the branch point at 2"
    assert listed(()) == ""
