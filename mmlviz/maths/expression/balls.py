"""Formulas without variables in ball arithmetic: a midpoint and a radius that holds the true value, to any precision.

flint is loaded with the first call; its precision is global and is set by whoever calls.
"""

from collections.abc import Callable
from functools import reduce
from operator import add, mul
from typing import Any

from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.tree import (
    Call,
    Constant,
    Degrees,
    Expression,
    Logarithm,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    is_written_whole,
    parts,
)

# The names that flint gives to functions that it calls otherwise.
FLINT_NAMES = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh",
    "ln": "log",
}  # fmt: skip


def ball(node: Expression) -> Any:
    """The ball (flint.arb) of a constant, at flint's present precision; not finite where that does not suffice."""
    from flint import arb, fmpq

    exact = exact_value(node)
    if exact is not None:
        return arb(fmpq(exact.numerator, exact.denominator))
    return of_parts(node, [ball(part) for part in parts(node)])


def of_parts(node: Expression, balls: list[Any]) -> Any:
    """The ball of a node, that is no number, from those of its parts."""
    from flint import arb

    match node:
        case Constant(name):
            return arb.pi() if name == "pi" else arb(1).exp()
        case Negative():
            return -balls[0]
        case Sum():
            return reduce(add, balls)
        case Product():
            return reduce(mul, balls)
        case Quotient():
            return balls[0] / balls[1]
        case Power(_, exponent):
            return _power(balls[0], balls[1], exponent)
        case Degrees():
            return balls[0] * arb.pi() / 180
        case Logarithm():
            return balls[1].log() / balls[0].log()
        case Call(function):
            return _call(function, balls[0])
    raise TypeError(f"no constant: {node!r}")


def _power(base: Any, exponent: Any, typed: Expression) -> Any:
    """As in numeric.power: negative bases have odd roots where the exponent is typed as a fraction."""
    n = exact_value(typed)
    if n is not None and n.denominator % 2 and n.denominator > 1 and is_written_whole(typed):
        return base.sgn() ** n.numerator * abs(base) ** exponent
    return base**exponent


def _call(function: str, x: Any) -> Any:
    if function == "abs":
        return abs(x)
    if function == "cbrt":
        return x.sgn() * abs(x).root(3)
    rule: Callable[[], Any] = getattr(x, FLINT_NAMES.get(function, function))
    return rule()
