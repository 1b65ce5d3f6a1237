"""What a formula without variables is worth exactly: fractions, their roots, sines of simple parts of a turn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import isqrt

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
    variables,
)

MOST_BITS = 4096  # of an exact value; a larger one is worked with as a float

_HALF = Fraction(1, 2)
# sin(πr) for 0 ≤ r ≤ 1/2 where it is a fraction: there are no others (Niven, Irrational Numbers, 1956, section 3.3).
_SINES = {Fraction(0): Fraction(0), Fraction(1, 6): _HALF, _HALF: Fraction(1)}
# f(0) or f(1), where it is a fraction and no rule below says so.
_AT_0 = {name: Fraction(0) for name in ("arcsin", "arctan", "sinh", "tanh", "arsinh", "artanh", "erf")}
_AT_0 |= {"cosh": Fraction(1), "sech": Fraction(1), "exp": Fraction(1)}
_AT_1 = {name: Fraction(0) for name in ("ln", "arccos", "arcosh")} | {"gamma": Fraction(1)}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a part: its value as a fraction, or the fraction r for which it is πr; None where neither is.

    0 is both. is_constant: there is no variable in it.
    """

    value: Fraction | None = None
    turns: Fraction | None = None
    is_constant: bool = True


def exact_value(node: Expression) -> Fraction | None:
    """The value as a fraction, where it is known to be one by rules that are quick to apply; None for all else.

    Also None where it takes over MOST_BITS to write down, and where there is no value.
    """
    return _walked(node).value


def half_turns(node: Expression) -> Fraction | None:
    """The fraction r for which the value is πr, where it is known to be one; 0 is one."""
    return _walked(node).turns


@lru_cache(maxsize=4096)  # an exponent is asked for at every evaluation
def _walked(node: Expression) -> Known:
    if variables(node):
        return Known(is_constant=False)
    return known(node, [_walked(part) for part in parts(node)])


def known(node: Expression, of_parts: Sequence[Known]) -> Known:
    """What is known of a node by what is known of its parts."""
    if isinstance(node, Variable) or not all(part.is_constant for part in of_parts):
        return Known(is_constant=False)
    value = _value(node, of_parts)
    if value is not None and _bits(value) > MOST_BITS:
        value = None
    turns = Fraction(0) if value == 0 else None if value is not None else _turns(node, of_parts)
    return Known(Fraction(0) if turns == 0 else value, turns)


def _value(node: Expression, of_parts: Sequence[Known]) -> Fraction | None:
    match node:
        case Literal(text):
            return Fraction(text)
        case Call(function):
            return _of_function(function, of_parts[0])
        case Degrees() | Constant():
            return None
    values = [part.value for part in of_parts if part.value is not None]
    if len(values) < len(of_parts):
        return _of_some(node, [part.value for part in of_parts])
    return _of_fractions(node, values)


def _of_some(node: Expression, values: Sequence[Fraction | None]) -> Fraction | None:
    """Where not all parts are fractions: 0·π, e^0."""
    if isinstance(node, Product) and 0 in values:
        return Fraction(0)
    return Fraction(1) if isinstance(node, Power) and values[1] == 0 else None


def _of_fractions(node: Expression, values: list[Fraction]) -> Fraction | None:
    match node:
        case Negative():
            return -values[0]
        case Sum():
            return _sum(values)
        case Product():
            return _product(values)
        case Quotient():
            return values[0] / values[1] if values[1] else None
        case Power():
            return _power(values[0], values[1])
        case Logarithm():
            return Fraction(0) if values[1] == 1 and values[0] > 0 and values[0] != 1 else None
    return None


def _sum(terms: Sequence[Fraction]) -> Fraction | None:
    out = Fraction(0)
    for term in terms:
        out += term
        if _bits(out) > MOST_BITS:
            return None
    return out


def _product(factors: Sequence[Fraction]) -> Fraction | None:
    out = Fraction(1)
    for factor in factors:
        out *= factor
        if _bits(out) > MOST_BITS:
            return None
    return out


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """base ^ exponent; the size is looked at before anything is multiplied."""
    if base == 0:
        return None if exponent < 0 else Fraction(int(exponent == 0))
    if exponent.denominator > 3:
        return None
    root = base if exponent.denominator == 1 else _root(base, exponent.denominator)
    if root is None:
        return None
    if abs(root) == 1:
        return root if exponent.numerator % 2 else Fraction(1)
    if abs(exponent.numerator) * _bits(root) > 2 * MOST_BITS:
        return None
    return Fraction(root**exponent.numerator)


def _root(x: Fraction, n: int) -> Fraction | None:
    """The square or cube root, where it is a fraction."""
    sign = -1 if x < 0 else 1
    if sign < 0 and n == 2:
        return None
    above, below = _whole_root(abs(x.numerator), n), _whole_root(x.denominator, n)
    return None if above is None or below is None else Fraction(sign * above, below)


def _whole_root(k: int, n: int) -> int | None:
    if n == 2:
        root = isqrt(k)
    else:  # Newton's iteration from above
        root = 1 << -(-k.bit_length() // 3)
        while root**3 > k:
            root = (2 * root + k // root**2) // 3
    return root if root**n == k else None


def _of_function(function: str, argument: Known) -> Fraction | None:
    if argument.turns is not None and function in _OF_TURNS:
        return _OF_TURNS[function](argument.turns)
    x = argument.value
    if x is None:
        return None
    match function:
        case "sqrt":
            return _root(x, 2)
        case "cbrt":
            return _root(x, 3)
        case "abs":
            return abs(x)
        case "sgn":
            return Fraction((x > 0) - (x < 0))
    return _AT_0.get(function) if x == 0 else _AT_1.get(function) if x == 1 else None


# Parts of a turn --------------------------------------------------------------------------------


def _turns(node: Expression, of_parts: Sequence[Known]) -> Fraction | None:
    match node:
        case Constant(name):
            return Fraction(1) if name == "pi" else None
        case Degrees():
            degrees = of_parts[0].value
            return None if degrees is None else degrees / 180
        case Negative():
            turns = of_parts[0].turns
            return None if turns is None else -turns
        case Quotient():
            turns, divisor = of_parts[0].turns, of_parts[1].value
            return turns / divisor if turns is not None and divisor else None
        case Sum():
            found = [part.turns for part in of_parts if part.turns is not None]
            return _sum(found) if len(found) == len(of_parts) else None
        case Product():
            return _turned(of_parts)
    return None


def _turned(factors: Sequence[Known]) -> Fraction | None:
    """Of a product: fractions times one part of a turn."""
    values = [factor.value for factor in factors if factor.value is not None]
    turns = [factor.turns for factor in factors if factor.value is None and factor.turns is not None]
    return _product([*values, *turns]) if len(turns) == 1 and len(values) + 1 == len(factors) else None


def _sine(turns: Fraction) -> Fraction | None:
    turns %= 2
    sign = -1 if turns > 1 else 1
    turns = turns % 1
    found = _SINES.get(min(turns, 1 - turns))
    return None if found is None else sign * found


def _tangent(turns: Fraction) -> Fraction | None:
    return {Fraction(0): Fraction(0), Fraction(1, 4): Fraction(1), Fraction(3, 4): Fraction(-1)}.get(turns % 1)


def _cotangent(turns: Fraction) -> Fraction | None:
    return None if turns % 1 == 0 else Fraction(0) if turns % 1 == _HALF else _tangent(turns)


def _inverse(x: Fraction | None) -> Fraction | None:
    return 1 / x if x else None


_OF_TURNS: dict[str, Callable[[Fraction], Fraction | None]] = {
    "sin": _sine,
    "cos": lambda turns: _sine(turns + _HALF),
    "tan": _tangent,
    "csc": lambda turns: _inverse(_sine(turns)),
    "sec": lambda turns: _inverse(_sine(turns + _HALF)),
    "cot": _cotangent,
}
_POLES = {"tan": _HALF, "sec": _HALF, "cot": Fraction(0), "csc": Fraction(0)}  # in half turns, and one on, and so on


def is_pole(node: Expression, argument: Known) -> bool:
    """Whether this is tan 90° or its like, which floats miss by a hair."""
    if not isinstance(node, Call) or node.function not in _POLES or argument.turns is None:
        return False
    return (argument.turns - _POLES[node.function]) % 1 == 0


def _bits(x: Fraction) -> int:
    return max(x.numerator.bit_length(), x.denominator.bit_length())
