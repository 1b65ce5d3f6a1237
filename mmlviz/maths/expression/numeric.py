"""The values of a formula in floats, for numbers and for arrays of any shape."""

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from math import inf, nan
from operator import add, mul
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.tree import (
    Call,
    Constant,
    Degrees,
    E,
    Expression,
    Literal,
    Logarithm,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
    is_written_whole,
    parts,
)
from mmlviz.maths.number import to_float

EPS = float(np.finfo(float).eps)
Values = Any  # a float, or an array of floats


def evaluate(node: Expression, **variables: float | NDArray[Any]) -> NDArray[np.float64]:
    """The values of a formula, in the common shape of its variables (Number or array each).

    nan where it is not defined, not real, or beyond the range of floats; nothing is warned of. Raises KeyError for
    a variable that is not given.
    """
    return _evaluated(node, None, variables)


def evaluate_parts(
    node: Expression, known: dict[Expression, Values], **variables: float | NDArray[Any]
) -> NDArray[np.float64]:
    """The same for one part of a formula after the other, with what is known already: what is found comes to it."""
    return _evaluated(node, known, variables)


def _evaluated(
    node: Expression, known: dict[Expression, Values] | None, variables: Mapping[str, Any]
) -> NDArray[np.float64]:
    given = {name: np.asarray(value, dtype=float) for name, value in variables.items()}
    with np.errstate(all="ignore"):
        found = _value(node, given, known)
        shape = np.broadcast_shapes(*(value.shape for value in given.values()))
        return np.broadcast_to(np.where(np.isfinite(found), found, nan), shape).copy()


def _value(node: Expression, given: Mapping[str, Values], known: dict[Expression, Values] | None) -> Values:
    if isinstance(node, Variable):
        return given[node.name]
    if known is not None and node in known:
        return known[node]
    value = apply(node, [_value(part, given, known) for part in parts(node)])
    if known is not None:
        known[node] = value
    return value


def apply(node: Expression, values: list[Values]) -> Values:
    """The value of a node from those of its parts: nan at a pole, infinite where floats end."""
    if not values:
        return _number(node)
    match node:
        case Negative():
            return -values[0]
        case Sum():
            return reduce(add, values)
        case Product():
            return reduce(mul, values)
        case Quotient():
            return values[0] / _no_zero(values[1])
        case Power(base, exponent):
            return np.exp(values[1]) if base == E else power(values[0], values[1], exponent)
        case Degrees():
            return values[0] * (math.pi / 180)
        case Call(function):
            return RULES[function](values[0])
        case Logarithm():
            return _log(values[1]) / _no_zero(_log(values[0]))
    raise TypeError(f"no such expression: {node!r}")


def _number(node: Expression) -> np.float64:
    match node:
        case Literal(text):
            return np.float64(text)
        case Constant(name):
            return np.float64(math.pi if name == "pi" else math.e)
    raise TypeError(f"no such expression: {node!r}")


def power(base: Values, exponent: Values, typed: Expression) -> Values:
    """base ^ exponent among the real numbers.

    A negative base has roots where the exponent is typed as a fraction whose lowest terms have an odd
    denominator, such as 1/3, and powers where the exponent is whole. 0^0 is 1 where the exponent is typed as 0.
    """
    exact = exact_value(typed)
    if exact is None:
        return np.where((base == 0) & (exponent <= 0), nan, np.power(base, exponent))
    if exact == 0:
        return 0 * base + 1
    if exact.denominator % 2 and exact.denominator > 1 and is_written_whole(typed):
        root = np.cbrt(base) if exact.denominator == 3 else _odd_root(base, exact.denominator)
        return np.power(_no_zero(root) if exact < 0 else root, to_float(Fraction(exact.numerator)))
    return np.power(_no_zero(base) if exact < 0 else base, to_float(exact))


def _odd_root(x: Values, n: int) -> Values:
    return np.sign(x) * np.power(np.abs(x), to_float(Fraction(1, n)))


def _no_zero(x: Values) -> Values:
    """nan for 0: what is divided by it is not defined, not infinite."""
    return np.where(x == 0, nan, x)


def _log(x: Values) -> Values:
    return np.log(_no_zero(x))


def _up_to_1(x: Values) -> Values:
    """What is beyond ±1 by no more than rounding, as √2·√2/2 is, is ±1."""
    return np.where(np.abs(np.abs(x) - 1) <= 4 * EPS, np.sign(x), x)


def _within(function: Callable[[Values], Values], low: float = -inf, high: float = inf) -> Callable[[Values], Values]:
    """The function strictly between low and high, nan elsewhere."""
    return lambda x: function(np.where((x > low) & (x < high), x, nan))


def _each(function: Callable[[float], float]) -> Callable[[Values], Values]:
    """A function of Python's floats for arrays."""
    looped = np.frompyfunc(function, 1, 1)
    return lambda x: np.asarray(looped(x), dtype=float)


def _gamma(x: float) -> float:
    """Γ(x); nan at its poles 0, −1, −2 …"""
    try:
        return math.gamma(x)
    except OverflowError:
        return inf
    except ValueError:
        return nan


RULES: dict[str, Callable[[Values], Values]] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "sec": lambda x: 1 / _no_zero(np.cos(x)),
    "csc": lambda x: 1 / _no_zero(np.sin(x)),
    "cot": lambda x: 1 / np.tan(_no_zero(x)),
    "arcsin": lambda x: np.arcsin(_up_to_1(x)),
    "arccos": lambda x: np.arccos(_up_to_1(x)),
    "arctan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "sech": lambda x: 1 / np.cosh(x),
    "csch": lambda x: 1 / np.sinh(_no_zero(x)),
    "coth": lambda x: 1 / np.tanh(_no_zero(x)),
    "arsinh": np.arcsinh,
    "arcosh": np.arccosh,
    "artanh": _within(np.arctanh, -1, 1),
    "exp": np.exp,
    "ln": _log,
    "sqrt": np.sqrt,
    "cbrt": np.cbrt,
    "abs": np.abs,
    "sgn": np.sign,
    "erf": _each(math.erf),
    "gamma": _each(_gamma),
}
