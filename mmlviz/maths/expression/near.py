"""A formula in the form that it has near a real centre, for complex numbers: its source, and its principal values.

|u| is u or −u there, sgn u is 1 or −1, and the real odd roots of u are powers by the logarithm of what is positive.
"""

from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.expression import numeric
from mmlviz.maths.expression.complex_functions import RULES
from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.simple import minus, number
from mmlviz.maths.expression.tree import (
    Call,
    Expression,
    Literal,
    Negative,
    Power,
    Product,
    Variable,
    is_written_whole,
    nodes,
    parts,
    rebuilt,
    variables,
)

Complex = NDArray[np.complex128]

# Python for complex numbers of what numpy has for none.
DEFINITIONS = {
    "erf": """def erf(z):  # 2/√π times the integral of exp(−t²) from 0 to z, by Gauss and Legendre
    t, w = np.polynomial.legendre.leggauss(80)
    return z / np.sqrt(np.pi) * (w @ np.exp(-(((t[:, None] + 1) / 2 * z) ** 2)))""",
    "gamma": """def gamma(z):  # Stirling's series far to the right, and Γ(z) = Γ(z + 1) / z
    w, product = z + 30, np.prod([z + k for k in range(30)], axis=0)
    series = 1 / (12 * w) - 1 / (360 * w**3) + 1 / (1260 * w**5) - 1 / (1680 * w**7)
    return np.exp((w - 0.5) * np.log(w) - w + series) * np.sqrt(2 * np.pi) / product""",
}


@lru_cache(maxsize=64)
def near(node: Expression, centre: float) -> Expression:
    """The formula in x with what is not analytic put in its form near the centre, where that is not a zero of it."""
    inner = rebuilt(node, [near(part, centre) for part in parts(node)])
    match node:
        case Call("abs" | "sgn" | "cbrt" as function, argument) if variables(argument):
            return _in_form(function, argument, inner, centre)
        case Power(base, exponent) if variables(base):
            n = exact_value(exponent)
            if n is not None and n.denominator % 2 and n.denominator > 1 and is_written_whole(exponent):
                return _odd_power(base, parts(inner)[0], n, centre)
    return inner


def _in_form(function: str, argument: Expression, inner: Expression, centre: float) -> Expression:
    (new,) = parts(inner)
    if function == "cbrt":
        return _odd_power(argument, new, Fraction(1, 3), centre)
    is_minus = _sign(argument, centre) < 0
    if function == "sgn":
        return minus(Literal("1")) if is_minus else Literal("1")
    return minus(new) if is_minus else new


def _odd_power(base: Expression, new: Expression, n: Fraction, centre: float) -> Expression:
    """sᵖ exp(n ln(s u)) for n = p/q with an odd q, s the sign of u."""
    is_minus = _sign(base, centre) < 0
    power = Call("exp", Product((number(n), Call("ln", Negative(new) if is_minus else new))))
    return minus(power) if is_minus and n.numerator % 2 else power


def _sign(node: Expression, centre: float) -> float:
    return float(np.sign(numeric.evaluate(node, x=centre)))


def definitions(node: Expression) -> tuple[str, ...]:
    """The Python that the source of the formula needs before it."""
    called = {each.function for each in nodes(node) if isinstance(each, Call)}
    return tuple(DEFINITIONS[name] for name in sorted(called & set(DEFINITIONS)))


def principal(node: Expression, z: Complex) -> Complex:
    """The values of a formula in x at complex z, every logarithm, root and inverse on its principal branch.

    nan where it is not defined. The formula has no |u|, sgn u or odd roots of u in it: `near` has none.
    """
    with np.errstate(all="ignore"):
        found = np.asarray(_value(node, z), dtype=complex)
        return np.where(np.isfinite(found), found, np.nan) + 0 * z


def _value(node: Expression, z: Complex) -> Any:
    if isinstance(node, Variable):
        return z
    values = [_value(part, z) for part in parts(node)]
    if isinstance(node, Call) and variables(node):
        if node.function in RULES:
            return RULES[node.function](values[0])
        if node.function == "artanh":
            return np.arctanh(values[0])
    return numeric.apply(node, values)
