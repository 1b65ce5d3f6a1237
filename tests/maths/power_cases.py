"""Formulas with their answers in mpmath and centres to expand them about, for the tests of power series."""

from collections.abc import Callable
from typing import Any

import mpmath

from mmlviz.maths.expression import Expression, read

CENTRES = {
    "0": lambda: mpmath.mpf(0),
    "1": lambda: mpmath.mpf(1),
    "2": lambda: mpmath.mpf(2),
    "10": lambda: mpmath.mpf(10),
    "-1": lambda: mpmath.mpf(-1),
    "0.3": lambda: mpmath.mpf(3) / 10,
    "1/2": lambda: mpmath.mpf(1) / 2,
    "-8": lambda: mpmath.mpf(-8),
    "-2.5": lambda: mpmath.mpf(-5) / 2,
    "3/2": lambda: mpmath.mpf(3) / 2,
    "1.23456789": lambda: mpmath.mpf("1.23456789"),
    "0.123456789": lambda: mpmath.mpf("0.123456789"),
    "π/4": lambda: mpmath.pi / 4,
    "π/2": lambda: mpmath.pi / 2,
    "π/3": lambda: mpmath.pi / 3,
    "√2": lambda: mpmath.sqrt(2),
    "e": lambda: mpmath.e,
    "ln 2": lambda: mpmath.log(2),
}
EVERYWHERE = ("0", "1", "0.3", "-2.5", "π/4", "√2", "0.123456789")
ABOVE = ("1", "2", "0.3", "10", "π/2", "√2", "e")
INSIDE = ("0", "0.3", "1/2", "0.123456789", "π/4", "ln 2")


def _cbrt(x: Any) -> Any:
    return mpmath.sign(x) * mpmath.cbrt(abs(x))


FORMULAS: dict[str, tuple[Callable[[Any], Any], tuple[str, ...]]] = {
    "cos x": (mpmath.cos, EVERYWHERE),
    "sin 2x": (lambda x: mpmath.sin(2 * x), EVERYWHERE),
    "x sin x": (lambda x: x * mpmath.sin(x), ("0", "π/2", "1", "√2")),
    "e^x": (mpmath.exp, EVERYWHERE),
    "e^(x²)": (lambda x: mpmath.exp(x * x), EVERYWHERE),
    "e^(-2x)": (lambda x: mpmath.exp(-2 * x), EVERYWHERE),
    "1/x": (lambda x: 1 / x, ABOVE),
    "ln x": (mpmath.log, ABOVE),
    "lg x": (mpmath.log10, ABOVE),
    "log_2(x+3)": (lambda x: mpmath.log(x + 3, 2), ("1", "-1", "0.3", "√2")),
    "1/(1-x)²": (lambda x: 1 / (1 - x) ** 2, ("0", "2", "π/4", "0.3")),
    "√(4-x)": (lambda x: mpmath.sqrt(4 - x), ("0", "1", "-1", "√2", "π/3")),
    "2/(x²-x)": (lambda x: 2 / (x * x - x), ("1/2", "2", "0.3", "π/2")),
    "1/(1+x²)": (lambda x: 1 / (1 + x * x), ("0", "1", "2", "√2")),
    "arctan x": (mpmath.atan, ("0", "1", "-1", "2", "√2", "π/4")),
    "arcsin x": (mpmath.asin, INSIDE),
    "arccos x": (mpmath.acos, INSIDE),
    "arsinh x": (mpmath.asinh, EVERYWHERE),
    "arcosh x": (mpmath.acosh, ("2", "10", "√2", "π/2")),
    "artanh x": (mpmath.atanh, INSIDE),
    "tan x": (mpmath.tan, ("0", "1", "π/4", "π/3", "0.3")),
    "sec x": (mpmath.sec, ("0", "1", "π/4", "0.3")),
    "csc x": (mpmath.csc, ("1", "π/2", "π/3")),
    "cot x": (mpmath.cot, ("1", "π/4", "0.3")),
    "sinh x": (mpmath.sinh, EVERYWHERE),
    "cosh x": (mpmath.cosh, EVERYWHERE),
    "tanh x": (mpmath.tanh, ("0", "1", "ln 2", "√2")),
    "sech x": (mpmath.sech, ("0", "1", "ln 2")),
    "csch x": (mpmath.csch, ("1", "ln 2", "2")),
    "coth x": (mpmath.coth, ("1", "ln 2", "2")),
    "erf x": (mpmath.erf, ("0", "1", "0.3", "√2")),
    "gamma x": (mpmath.gamma, ("1", "3/2", "-2.5", "π/2")),
    "cbrt x": (_cbrt, ("1", "2", "-8", "-2.5", "π/2")),
    "x^(2/3)": (lambda x: _cbrt(x) ** 2, ("1", "-8", "-2.5", "10")),
    "x^0.2": (lambda x: x ** (mpmath.mpf(1) / 5), ("1", "10", "e")),
    "x^π": (lambda x: x**mpmath.pi, ("1", "2", "√2")),
    "x^x": (lambda x: x**x, ("1", "2", "1/2", "e")),
    "2^x": (lambda x: mpmath.mpf(2) ** x, ("0", "1", "0.3", "√2")),
    "sin(πx)": (lambda x: mpmath.sin(mpmath.pi * x), ("0", "1/2", "0.3", "√2")),
    "sin(x°)": (lambda x: mpmath.sin(x * mpmath.pi / 180), ("0", "1", "10")),
    "√(1+sin x)": (lambda x: mpmath.sqrt(1 + mpmath.sin(x)), ("0", "1", "π/2", "0.3")),
    "e^sin x": (lambda x: mpmath.exp(mpmath.sin(x)), ("0", "1", "π/2")),
    "ln(1+e^x)": (lambda x: mpmath.log(1 + mpmath.exp(x)), ("0", "1", "-2.5")),
    "|x-4|^3": (lambda x: abs(x - 4) ** 3, ("0", "10", "√2")),
    "x |sin x|": (lambda x: x * abs(mpmath.sin(x)), ("1", "-1", "π/2")),
    "sgn(x-2)/(1+x²)": (lambda x: mpmath.sign(x - 2) / (1 + x * x), ("0", "10", "1")),
    "sin(x)^2 + cos(x)^2": (lambda x: mpmath.mpf(1), ("0", "1", "√2")),
    "1/(2 + √2 x)": (lambda x: 1 / (2 + mpmath.sqrt(2) * x), ("0", "1", "√2", "π/2")),
}


def tree(text: str, *names: str) -> Expression:
    """The formula that is typed."""
    found = read(text, names or ("x",))
    assert isinstance(found, Expression), found
    return found
