"""The values of u for which a function of u has a given value: all of them, on all sheets."""

import cmath
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import pi

from mmlviz.maths.singularities.rational import Value


@dataclass(frozen=True, slots=True)
class Branches:
    """values + k·period for all whole k."""

    values: tuple[Value, ...] = ()
    period: complex = 0j


NONE = Branches()


def _sine(c: complex) -> Branches:
    first = cmath.asin(c)
    return Branches((first, pi - first), 2 * pi + 0j)


def _cosine(c: complex) -> Branches:
    first = cmath.acos(c)
    return Branches((first, -first), 2 * pi + 0j)


def _tangent(c: complex) -> Branches:
    return NONE if c in (1j, -1j) else Branches((cmath.atan(c),), pi + 0j)


def _hyperbolic_sine(c: complex) -> Branches:
    first = cmath.asinh(c)
    return Branches((first, 1j * pi - first), 2j * pi)


def _hyperbolic_cosine(c: complex) -> Branches:
    first = cmath.acosh(c)
    return Branches((first, -first), 2j * pi)


def _hyperbolic_tangent(c: complex) -> Branches:
    return NONE if c in (1, -1) else Branches((cmath.atanh(c),), 1j * pi)


_PERIODIC: dict[str, Callable[[complex], Branches]] = {
    "sin": _sine,
    "cos": _cosine,
    "tan": _tangent,
    "sinh": _hyperbolic_sine,
    "cosh": _hyperbolic_cosine,
    "tanh": _hyperbolic_tangent,
    "exp": lambda c: NONE if c == 0 else Branches((cmath.log(c),), 2j * pi),
}
_RECIPROCAL = {"csc": "sin", "sec": "cos", "cot": "tan", "csch": "sinh", "sech": "cosh", "coth": "tanh"}
# What turns the value of an inverse function back into its argument.
_INVERSE: dict[str, Callable[[complex], complex]] = {
    "arcsin": cmath.sin, "arccos": cmath.cos, "arctan": cmath.tan, "arsinh": cmath.sinh, "arcosh": cmath.cosh,
    "artanh": cmath.tanh, "ln": cmath.exp,
}  # fmt: skip
_AT_0 = {"arccos": Fraction(1), "arcosh": Fraction(1), "ln": Fraction(1)}


def branches(function: str, c: Value) -> Branches | None:
    """All u with function(u) = c; None where they are not known, as for erf. |u| is u or −u, sgn u has no zeros."""
    if function in _PERIODIC:
        return _PERIODIC[function](complex(c))
    if function in ("cot", "coth") and c == 0:
        return _PERIODIC["cos" + function[3:]](0j)
    if function in _RECIPROCAL:
        return NONE if c == 0 else _PERIODIC[_RECIPROCAL[function]](1 / complex(c))
    if function in _INVERSE:
        return Branches((_AT_0.get(function, Fraction(0)) if c == 0 else _INVERSE[function](complex(c)),))
    return _root_or_rest(function, c)


def _root_or_rest(function: str, c: Value) -> Branches | None:
    match function:
        case "sqrt":
            return Branches((c**2,))
        case "cbrt":
            return Branches((c**3,))
        case "abs":
            return Branches((c,) if c == 0 else (c, -c))
        case "sgn":
            return NONE
        case "gamma" if c == 0:
            return NONE
    return None
