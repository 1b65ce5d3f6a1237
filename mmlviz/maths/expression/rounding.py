"""What rounding can have made of the values of a formula in floats, to first order.

A running error analysis (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.3): beside each
value goes a bound of its error. A sum adds the bounds of its terms, a function multiplies by its slope, and every
operation adds its own rounding.
"""

from collections.abc import Callable
from fractions import Fraction
from math import nan, pi
from typing import Any

import numpy as np

from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.numeric import EPS, RULES, apply
from mmlviz.maths.expression.plane import is_odd_root, whole
from mmlviz.maths.expression.tree import (
    Call,
    Constant,
    Degrees,
    Expression,
    Literal,
    Logarithm,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
    parts,
)
from mmlviz.maths.matrix2 import Array

UNIT = EPS / 2  # of an operation that is rounded correctly
FEW = 2 * EPS  # of a function of numpy's, or of a power
_BEST = ("sin", "cos", "exp", "ln", "sqrt", "arctan")  # of these it promises one unit in the last place
TINY = 5e-324  # and what is lost below the smallest float
_STEP = 1e-6


def with_rounding(node: Expression, x: Array) -> tuple[Array, Array]:
    """The values of a formula in x, and a bound of their rounding errors to first order, both in the shape of x.

    x itself is exact. nan in both where the value is not defined; the bound is inf where rounding decides everything.
    """
    points = np.asarray(x, dtype=float)
    with np.errstate(all="ignore"):
        y, bound = _value(node, points)
        y, bound = np.broadcast_to(y, points.shape), np.broadcast_to(bound, points.shape)
        is_defined = np.isfinite(y)
        bound = np.where(np.isnan(bound), np.inf, bound)
        return np.where(is_defined, y, nan), np.where(is_defined, bound, nan)


def _value(node: Expression, x: Array) -> tuple[Any, Any]:
    """Value and bound. The value is the one that `numeric.evaluate` gives."""
    if isinstance(node, Variable):
        return x, np.zeros(())
    found = [_value(part, x) for part in parts(node)]
    y = apply(node, [value for value, _ in found])
    return y, _bound(node, y, found)


def _bound(node: Expression, y: Any, found: list[tuple[Any, Any]]) -> Any:
    values, bounds = [value for value, _ in found], [bound for _, bound in found]
    match node:
        case Literal() | Constant():
            return 0.0 if exact_value(node) == _exactly(y) else UNIT * abs(y)
        case Negative():
            return bounds[0]
        case Sum():
            return _of_sum(values, bounds)
        case Product():
            return _of_product(values, bounds)
        case Quotient():
            return (bounds[0] + abs(y) * bounds[1]) / abs(values[1]) + UNIT * abs(y) + TINY
        case Degrees():
            return bounds[0] * (pi / 180) + 2 * EPS * abs(y)
    return _of_function(node, y, values, bounds)


def _exactly(y: Any) -> Fraction:
    return Fraction(float(y))


def _of_sum(values: list[Any], bounds: list[Any]) -> Any:
    total, bound = values[0], bounds[0]
    for value, more in zip(values[1:], bounds[1:]):
        total = total + value
        bound = bound + more + UNIT * abs(total)
    return bound


def _of_product(values: list[Any], bounds: list[Any]) -> Any:
    product, bound = values[0], bounds[0]
    for value, more in zip(values[1:], bounds[1:]):
        bound = bound * abs(value) + more * (abs(product) + bound)
        product = product * value
        bound = bound + UNIT * abs(product) + TINY
    return bound


def _of_function(node: Expression, y: Any, values: list[Any], bounds: list[Any]) -> Any:
    match node:
        case Power(base, exponent) if base == Constant("e"):
            return abs(y) * np.expm1(bounds[1]) + FEW * abs(y) + TINY
        case Power(_, exponent):
            return _of_power(exponent, y, values, bounds)
        case Logarithm():
            above, below = np.log(values[1]), np.log(values[0])
            up = _changed("ln", values[1], bounds[1]) + FEW * abs(above)
            down = _changed("ln", values[0], bounds[0]) + FEW * abs(below)
            return (up + abs(y) * down) / abs(below) + EPS * abs(y)
        case Call(function):
            return _changed(function, values[0], bounds[0]) + _own(function, y)
    raise TypeError(f"no such expression: {node!r}")


def _of_power(exponent: Expression, y: Any, values: list[Any], bounds: list[Any]) -> Any:
    """d(bᵖ) = bᵖ (p db/b + ln b dp). The root in bᵖ with p = m/n is rounded before it is raised to m."""
    base, raised = values
    n = exact_value(exponent)
    own = FEW * abs(y) * (1 if n is None or not is_odd_root(exponent) else 1 + abs(float(n.numerator))) + TINY
    if whole(exponent) == 0:
        return 0.0 * abs(y)
    of_base = np.where(bounds[0] == 0, 0.0, abs(raised) * abs(np.power(abs(base), raised - 1)) * bounds[0])
    of_base = np.where((base == 0) & (bounds[0] > 0), np.power(bounds[0], raised), of_base)
    of_exponent = 0.0 if n is not None else np.where(base == 0, 0.0, abs(y * np.log(abs(base))) * bounds[1])
    if n is not None and not isinstance(exponent, Literal) and not is_odd_root(exponent) and n.denominator != 1:
        of_exponent = np.where(base == 0, 0.0, abs(y * np.log(abs(base))) * UNIT * abs(float(n)))
    return of_base + of_exponent + own


# Functions --------------------------------------------------------------------------------------


def _own(function: str, y: Any) -> Any:
    """The rounding of the function itself."""
    if function in ("abs", "sgn"):
        return 0.0
    return (16 * EPS if function == "gamma" else EPS if function in _BEST else FEW) * abs(y) + TINY


def _changed(function: str, x: Any, bound: Any) -> Any:
    """How much the function changes where x does by so much."""
    if function == "sgn":
        return np.where(abs(x) <= bound, np.where(bound > 0, 2.0, 0.0), 0.0)
    return np.where(bound == 0, 0.0, SLOPES[function](x, bound) * bound)


def _slope_of_gamma(x: Any, bound: Any) -> Any:
    """|Γ′| by a difference: a bound of rounding needs no more than its first digits."""
    step = _STEP * np.maximum(abs(x), 1.0)
    return 1.01 * abs(RULES["gamma"](x + step) - RULES["gamma"](x - step)) / (2 * step)


def _inverse_root(w: Any, bound: Any) -> Any:
    """1/√w for w known up to a bound: √ turns an error e into no more than √e."""
    return 1 / np.sqrt(np.maximum(w, bound))


# |f′|, at most, for x within a bound.
SLOPES: dict[str, Callable[[Any, Any], Any]] = {
    "sin": lambda x, b: abs(np.cos(x)) + b,
    "cos": lambda x, b: abs(np.sin(x)) + b,
    "tan": lambda x, b: 1 / np.cos(x) ** 2,
    "sec": lambda x, b: abs(np.tan(x) / np.cos(x)) + b,
    "csc": lambda x, b: abs(1 / (np.tan(x) * np.sin(x))) + b,
    "cot": lambda x, b: 1 / np.sin(x) ** 2,
    "arcsin": lambda x, b: _inverse_root((1 - x) * (1 + x), b),
    "arccos": lambda x, b: _inverse_root((1 - x) * (1 + x), b),
    "arctan": lambda x, b: 1 / (1 + x * x),
    "sinh": lambda x, b: np.cosh(x) * np.exp(b),
    "cosh": lambda x, b: np.sinh(abs(x)) * np.exp(b) + b,
    "tanh": lambda x, b: 1 / np.cosh(x) ** 2,
    "sech": lambda x, b: abs(np.tanh(x) / np.cosh(x)) + b,
    "csch": lambda x, b: abs(1 / (np.tanh(x) * np.sinh(x))) + b,
    "coth": lambda x, b: 1 / np.sinh(x) ** 2,
    "arsinh": lambda x, b: 1 / np.sqrt(1 + x * x),
    "arcosh": lambda x, b: _inverse_root((x - 1) * (x + 1), b),
    "artanh": lambda x, b: 1 / ((1 - x) * (1 + x)),
    "exp": lambda x, b: np.exp(x + b),
    "ln": lambda x, b: 1 / abs(x),
    "sqrt": lambda x, b: 1 / np.sqrt(np.maximum(x, b)),
    "cbrt": lambda x, b: 1 / np.cbrt(np.maximum(abs(x), b)) ** 2,
    "abs": lambda x, b: 1.0,
    "erf": lambda x, b: 2 / np.sqrt(pi) * np.exp(-x * x) + b,
    "gamma": _slope_of_gamma,
}
