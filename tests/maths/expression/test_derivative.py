"""Derivatives, beside sympy's and beside differences at 60 digits."""

import mpmath
import numpy as np
import pytest
import sympy

from mmlviz.maths.expression import Expression, evaluate, read
from mmlviz.maths.expression.derivative import LARGEST, NoDerivative, derivative
from mmlviz.maths.expression.text import write
from mmlviz.maths.expression.tree import nodes

POINTS = {"x": np.array([0.3, 0.7, 1.9, -0.4, -2.3]), "y": np.array([1.1, 0.2, -0.6, 0.9, 2.5])}

# As they are typed, and as sympy writes them: two hands that know nothing of each other.
FORMULAS = {
    "x^5 - 3x^2 + 1/2 x": "x**5 - 3*x**2 + x/2",
    "2x sin x": "2*x*sin(x)",
    "sin^3 2x": "sin(2*x)**3",
    "cos(x y)": "cos(x*y)",
    "tan x + cot x": "tan(x) + cot(x)",
    "sec x csc x": "sec(x)*csc(x)",
    "arcsin(x/3) + arccos(x/4)": "asin(x/3) + acos(x/4)",
    "arctan(x^2)": "atan(x**2)",
    "sinh x cosh 2x": "sinh(x)*cosh(2*x)",
    "tanh x - coth x": "tanh(x) - coth(x)",
    "sech x + csch x": "sech(x) + csch(x)",
    "arsinh x + artanh(x/5)": "asinh(x) + atanh(x/5)",
    "arcosh(x^2 + 1)": "acosh(x**2 + 1)",
    "e^(-x^2)": "exp(-x**2)",
    "exp(x y) ln(x^2)": "exp(x*y)*log(x**2)",
    "log_3(x^2 + 1)": "log(x**2 + 1, 3)",
    "log_(x^2 + 2)(7)": "log(7)/log(x**2 + 2)",
    "sqrt(4 + x^2)": "sqrt(4 + x**2)",
    "1/(1+x^2)": "1/(1 + x**2)",
    "(x+1)^2/(x-1)": "(x + 1)**2/(x - 1)",
    "(x+y)/(x-y)/2": "(x + y)/(x - y)/2",
    "(x^2+1)^x": "(x**2 + 1)**x",
    "2^(3x)": "2**(3*x)",
    "π^x x^π": "pi**x * x**pi",
    "erf(x) + erf(2x)": "erf(x) + erf(2*x)",
    "x y^2 e^(-x^4-y^2/2)": "x*y**2*exp(-x**4 - y**2/2)",
    "(x^2+2x) e^(-x^2-y^2/5)": "(x**2 + 2*x)*exp(-x**2 - y**2/5)",
    "x sin(x^2/2 + y^2/4)": "x*sin(x**2/2 + y**2/4)",
    "cos(x - y^2) - x^2": "cos(x - y**2) - x**2",
    "x x x y x": "x**4*y",
    "sin x°": "sin(x*pi/180)",
    "-(-(x - 2x + x))": "0*x",
}


def tree(text: str) -> Expression:
    found = read(text, ("x", "y"))
    assert isinstance(found, Expression), found
    return found


@pytest.mark.parametrize(("text", "known"), FORMULAS.items())
@pytest.mark.parametrize("order", [("x",), ("y",), ("x", "x"), ("x", "y"), ("y", "y")])
def test_first_and_second_derivatives_are_those_of_sympy(text: str, known: str, order: tuple[str, ...]) -> None:
    found = tree(text)
    expected = sympy.sympify(known)
    for name in order:
        found, expected = derivative(found, name), sympy.diff(expected, sympy.Symbol(name))
    values = evaluate(found, **POINTS)
    for value, x, y in zip(values, *POINTS.values()):
        exact = complex(expected.evalf(40, subs={"x": sympy.Float(x, 40), "y": sympy.Float(y, 40)}))
        if exact.imag == 0:  # elsewhere the formula itself is not real
            assert value == pytest.approx(exact.real, rel=1e-11, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("|x|", abs),
        ("|x^2 - 1|", lambda x: abs(x * x - 1)),
        ("x |x|", lambda x: x * abs(x)),
        ("sgn x", mpmath.sign),
        ("cbrt x", lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x))),
        ("x^(1/3)", lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x))),
        ("x^(2/3)", lambda x: mpmath.cbrt(x * x)),
        ("x^(-3/5)", lambda x: mpmath.sign(x) / mpmath.root(abs(x), 5) ** 3),
    ],
)
def test_real_roots_and_kinks_beside_differences(text: str, function: object) -> None:
    x = np.array([0.3, 2.5, -0.4, -1.7])
    found = evaluate(derivative(tree(text), "x"), x=x)
    with mpmath.workdps(60):
        expected = [float(mpmath.diff(function, mpmath.mpf(each), h=mpmath.mpf("1e-25"))) for each in x]
    assert found == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("text", ["|x|", "sgn x", "sqrt x", "cbrt x", "ln x", "1/x", "x^(1/3)"])
def test_there_is_no_slope_where_there_is_none(text: str) -> None:
    assert np.isnan(evaluate(derivative(tree(text), "x"), x=0.0))


def test_a_decimal_exponent_keeps_its_domain() -> None:
    found = evaluate(derivative(tree("x^0.2"), "x"), x=np.array([-1.0, 2.0]))
    assert np.isnan(found[0])
    assert found[1] == pytest.approx(0.2 * 2**-0.8, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("x^2", "2*x"),
        ("x^3 y^2", "3*(x^2)*(y^2)"),
        ("3", "0"),
        ("y", "0"),
        ("7x", "7"),
        ("x/2", "1/2"),
        ("e^x", "e^x"),
        ("ln x", "1/x"),
        ("x - x", "0"),
        ("sqrt(x)", "1/(2*sqrt(x))"),
        ("x^x", "(x^x)*(ln(x) + 1)"),
        ("1/x", "-(1/(x^2))"),
    ],
)
def test_short_derivatives_are_written_as_in_a_book(text: str, simple: str) -> None:
    assert write(derivative(tree(text), "x")) == simple


def test_what_cannot_be_written_is_said() -> None:
    with pytest.raises(NoDerivative, match="gamma"):
        derivative(tree("gamma(x)"), "x")
    first = derivative(tree("sin(" * 45 + "x" + ")" * 45), "x")
    with pytest.raises(NoDerivative, match="too long"):
        derivative(first, "x")


@pytest.mark.parametrize("text", ["x" * 900, "(2x)^64" + "^2" * 3, "((((2x)^2)^2)^2)^2", "x^x^x^x^x", "(2x)^999999999"])
def test_hostile_formulas_have_a_derivative_soon(text: str) -> None:
    found = derivative(tree(text), "x")
    assert sum(1 for _ in nodes(found)) <= LARGEST
