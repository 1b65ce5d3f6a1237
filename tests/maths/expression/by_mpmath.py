"""Formulas by mpmath, at any precision: real values, and complex ones on principal branches."""

from fractions import Fraction

import mpmath

from mmlviz.maths.expression.exact import exact_value
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
)

_NAMES = {
    "arcsin": mpmath.asin, "arccos": mpmath.acos, "arctan": mpmath.atan, "arsinh": mpmath.asinh,
    "arcosh": mpmath.acosh, "artanh": mpmath.atanh, "ln": mpmath.log, "abs": abs, "sgn": mpmath.sign,
    "cbrt": lambda x: _odd_root(x, Fraction(1, 3)),
}  # fmt: skip


def value(node: Expression, x):
    """f(x) for a real or complex mpmath number; ZeroDivisionError or ValueError where mpmath has none."""
    match node:
        case Literal(text):
            return mpmath.mpf(text)
        case Constant(name):
            return +mpmath.pi if name == "pi" else +mpmath.e
        case Variable():
            return x
        case Negative(part):
            return -value(part, x)
        case Sum(terms):
            return mpmath.fsum(value(term, x) for term in terms)
        case Product(factors):
            return mpmath.fprod(value(factor, x) for factor in factors)
        case Quotient(above, below):
            return value(above, x) / value(below, x)
        case Degrees(part):
            return value(part, x) * mpmath.pi / 180
        case Logarithm(base, argument):
            return mpmath.log(value(argument, x)) / mpmath.log(value(base, x))
        case Power(base, exponent):
            n = exact_value(exponent)
            if n is not None and n.denominator > 1 and n.denominator % 2:
                return _odd_root(value(base, x), n)
            return mpmath.power(value(base, x), value(exponent, x))
        case Call(function, argument):
            rule = _NAMES.get(function) or getattr(mpmath, function)
            return rule(value(argument, x))
    raise TypeError(node)


def _odd_root(x, n: Fraction):
    """Real for real x."""
    size = mpmath.mpf(n.numerator) / n.denominator
    if isinstance(x, mpmath.mpc):
        return mpmath.power(x, size)
    return mpmath.sign(x) ** (n.numerator % 2) * mpmath.power(abs(x), size)
