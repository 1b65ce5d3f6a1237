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
    parts,
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
        case Power(base, exponent):
            return _power(value(base, x), value(exponent, x), exact_value(exponent))
    return _of_parts(node, [value(part, x) for part in parts(node)])


def _power(base, exponent, exact: Fraction | None):
    if exact is not None and exact.denominator > 1 and exact.denominator % 2:
        return _odd_root(base, exact)
    return mpmath.power(base, exponent)


def _of_parts(node: Expression, values):
    match node:
        case Negative():
            return -values[0]
        case Sum():
            return mpmath.fsum(values)
        case Product():
            return mpmath.fprod(values)
        case Quotient():
            return values[0] / values[1]
        case Degrees():
            return values[0] * mpmath.pi / 180
        case Logarithm():
            return mpmath.log(values[1]) / mpmath.log(values[0])
        case Call(function):
            return (_NAMES.get(function) or getattr(mpmath, function))(values[0])
    raise TypeError(node)


def _odd_root(x, n: Fraction):
    """Real for real x."""
    size = mpmath.mpf(n.numerator) / n.denominator
    if isinstance(x, mpmath.mpc):
        return mpmath.power(x, size)
    return mpmath.sign(x) ** (n.numerator % 2) * mpmath.power(abs(x), size)
