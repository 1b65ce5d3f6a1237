"""What a formula without variables is worth exactly: fractions, their roots, sines of simple parts of a turn."""

from collections.abc import Callable
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
    parts,
    variables,
)

MOST_BITS = 4096  # of an exact value; a larger one is worked with as a float

_HALF = Fraction(1, 2)
# sin(πr) for 0 ≤ r ≤ 1/2 where it is a fraction: there are no others (Niven, Irrational Numbers, 1956, section 3.3).
_SINES = {Fraction(0): Fraction(0), Fraction(1, 6): _HALF, _HALF: Fraction(1)}
# f(0) or f(1), where it is a fraction and no rule below says so.
_AT_0 = {
    name: Fraction(0)
    for name in ("arcsin", "arctan", "sinh", "tanh", "arsinh", "artanh", "erf")
} | {"cosh": Fraction(1), "sech": Fraction(1), "exp": Fraction(1)}  # fmt: skip
_AT_1 = {name: Fraction(0) for name in ("ln", "arccos", "arcosh")} | {"gamma": Fraction(1)}


@lru_cache(maxsize=4096)  # an exponent is asked for at every evaluation
def exact_value(node: Expression) -> Fraction | None:
    """The value as a fraction, where it is known to be one by rules that are quick to apply; None for all else.

    Also None where it takes over MOST_BITS to write down, and where there is no value.
    """
    match node:
        case Literal(text):
            return Fraction(text)
        case Call(function, argument):
            return _of_function(function, argument)
        case Degrees() | Constant():
            return Fraction(0) if half_turns(node) == 0 else None
    known = [exact_value(part) for part in parts(node)]
    values = [value for value in known if value is not None]
    if len(values) < len(known):
        return _of_some(node, known)
    found = _of_fractions(node, values)
    return found if found is not None and _bits(found) <= MOST_BITS else None


def _of_some(node: Expression, known: list[Fraction | None]) -> Fraction | None:
    """Where not all parts are fractions: 0·π, e^0, π − π."""
    if variables(node):
        return None
    match node:
        case Product():
            return Fraction(0) if 0 in known else None
        case Power():
            return Fraction(1) if known[1] == 0 else None
        case Sum():
            return Fraction(0) if half_turns(node) == 0 else None
    return None


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


def _sum(terms: list[Fraction]) -> Fraction | None:
    out = Fraction(0)
    for term in terms:
        out += term
        if _bits(out) > MOST_BITS:
            return None
    return out


def _product(factors: list[Fraction]) -> Fraction | None:
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


def _of_function(function: str, argument: Expression) -> Fraction | None:
    turns = half_turns(argument)
    if turns is not None and function in _OF_TURNS:
        return _OF_TURNS[function](turns)
    x = exact_value(argument)
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


@lru_cache(maxsize=4096)
def half_turns(node: Expression) -> Fraction | None:
    """The fraction r for which the value is πr, where it is known to be one; 0 is one."""
    match node:
        case Constant("pi"):
            return Fraction(1)
        case Degrees(part):
            degrees = exact_value(part)
            return None if degrees is None else degrees / 180
        case Negative(part):
            turns = half_turns(part)
            return None if turns is None else -turns
        case Quotient(above, below):
            turns, divisor = half_turns(above), exact_value(below)
            return turns / divisor if turns is not None and divisor else None
        case Sum(terms):
            found = [half_turns(term) for term in terms]
            known = [turns for turns in found if turns is not None]
            return _sum(known) if len(known) == len(found) else None
        case Product(factors):
            return _turned(factors)
    if isinstance(node, Literal) and Fraction(node.text) == 0:
        return Fraction(0)
    return None


def _turned(factors: tuple[Expression, ...]) -> Fraction | None:
    """Of a product: fractions times one part of a turn."""
    found, out = None, Fraction(1)
    for factor in factors:
        value = exact_value(factor)
        if value is None:
            turns = half_turns(factor)
            if found is not None or turns is None:
                return None
            found = value = turns
        out *= value
    return out if found is not None or out == 0 else None


def _sine(turns: Fraction) -> Fraction | None:
    turns %= 2
    sign = -1 if turns > 1 else 1
    turns = turns % 1
    found = _SINES.get(min(turns, 1 - turns))
    return None if found is None else sign * found


def _tangent(turns: Fraction) -> Fraction | None:
    return {Fraction(0): Fraction(0), Fraction(1, 4): Fraction(1), Fraction(3, 4): Fraction(-1)}.get(turns % 1)


def _inverse(x: Fraction | None) -> Fraction | None:
    return 1 / x if x else None


_OF_TURNS: dict[str, Callable[[Fraction], Fraction | None]] = {
    "sin": _sine,
    "cos": lambda turns: _sine(turns + _HALF),
    "tan": _tangent,
    "csc": lambda turns: _inverse(_sine(turns)),
    "sec": lambda turns: _inverse(_sine(turns + _HALF)),
    "cot": lambda turns: None if turns % 1 == 0 else Fraction(0) if turns % 1 == _HALF else _tangent(turns),
}
_POLES = {"tan": _HALF, "sec": _HALF, "cot": Fraction(0), "csc": Fraction(0)}  # in half turns, and one on, and so on


def is_pole(node: Expression) -> bool:
    """Whether this is tan 90° or its like, which floats miss by a hair."""
    if not isinstance(node, Call) or node.function not in _POLES:
        return False
    turns = half_turns(node.argument)
    return turns is not None and (turns - _POLES[node.function]) % 1 == 0


def _bits(x: Fraction) -> int:
    return max(x.numerator.bit_length(), x.denominator.bit_length())
