"""The series of a formula in closed form, node by node; None where no rule gives one.

Only what has the values of `numeric` is found: no root of a negative number, no absolute value where the sign changes.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import count, cycle
from math import factorial
from operator import add, mul
from typing import Any

from mmlviz.maths.expression import closed_form as closed
from mmlviz.maths.expression.closed_form import HALF, ONE, PI, Form, NotKnown
from mmlviz.maths.expression.exact import Known, known
from mmlviz.maths.expression.exact_series import (
    Exact,
    as_fraction,
    begins,
    binomials,
    composed,
    constant,
    derivative,
    integral,
    inverse,
    leading,
    near_one,
    regular,
    settled,
    whole_power,
)
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
    is_written_whole,
    parts,
)

UNIT = closed.fraction(1)


class ExactWalk:
    """The series of every part of a formula, each found once; holes are the parts that divide by what is 0 there."""

    def __init__(self, lines: Mapping[str, Exact | None]) -> None:
        self.lines = lines
        self.holes: dict[int, Expression] = {}
        self._found: dict[int, Exact | None] = {}
        self._known: dict[int, Known] = {}

    def known(self, node: Expression) -> Known:
        """What a part without variables is worth exactly, and whether it is one."""
        if id(node) not in self._known:
            self._known[id(node)] = known(node, [self.known(part) for part in parts(node)])
        return self._known[id(node)]

    def of(self, node: Expression) -> Exact | None:
        """The series of a part, None where it is not known."""
        if id(node) not in self._found:
            try:
                self._found[id(node)] = self._of(node)
            except NotKnown:
                self._found[id(node)] = None
        return self._found[id(node)]

    def _of(self, node: Expression) -> Exact:
        if isinstance(node, Variable):
            return _known(self.lines[node.name])
        value = self.known(node).value
        if value is not None:
            return constant(closed.fraction(value))
        found = [self.of(part) for part in parts(node)]
        exponent = self.known(node.exponent).value if isinstance(node, Power) else None
        if exponent is not None and exponent % 2 == 0 and is_size(node.base):  # type: ignore[attr-defined]
            found[0] = self.of(node.base.argument)  # type: ignore[attr-defined]
        self._note_hole(node, found, exponent)
        return rule(node, [_known(each) for each in found], exponent)

    def _note_hole(self, node: Expression, found: list[Exact | None], exponent: Fraction | None) -> None:
        """Remembers a division by what is 0 at the centre."""
        below = found[1] if isinstance(node, Quotient) else None
        if exponent is not None and exponent < 0:
            below = found[0]
        if isinstance(node, Call) and node.function in _DIVIDING:
            below = found[0]
        if below is not None and below.parts and (below.shift < 0 or not vanishes(node, below)):
            return
        if below is not None:
            self.holes[id(node)] = node


def is_size(node: Expression) -> bool:
    """Whether this is |u|, which is smooth once it is squared."""
    return isinstance(node, Call) and node.function == "abs"


def vanishes(node: Expression, below: Exact) -> bool:
    """Whether what a node divides by is 0 at the centre."""
    first = begins(below)
    wave = _DIVIDING.get(node.function, dict) if isinstance(node, Call) else dict
    return not wave(first)


# What a function of u₀ divides by.
_DIVIDING: dict[str, Callable[[Form], Form]] = {
    "tan": closed.cosine, "sec": closed.cosine, "csc": closed.sine, "cot": closed.sine, "csch": dict, "coth": dict,
}  # fmt: skip


def _known(found: Exact | None) -> Exact:
    if found is None:
        raise NotKnown
    return found


def closed_form(node: Expression) -> Form:
    """The closed form of a formula without variables. Raises NotKnown where there is none."""
    return begins(_known(ExactWalk({}).of(node)))


def rule(node: Expression, of: list[Exact], exponent: Fraction | None) -> Exact:
    """The series of a node by those of its parts; the exponent of a power where it is a fraction."""
    match node:
        case Literal(text):
            return constant(closed.fraction(Fraction(text)))
        case Constant(name):
            return constant({PI: Fraction(1)} if name == "pi" else closed.exponential(UNIT))
        case Negative():
            return -of[0]
        case Sum():
            return reduce(add, of)
        case Product():
            return reduce(mul, of)
        case Quotient():
            return of[0] / of[1]
        case Degrees():
            return of[0] * constant({PI: Fraction(1, 180)})
    return _of_function(node, of, exponent)


def _of_function(node: Expression, of: list[Exact], n: Fraction | None) -> Exact:
    match node:
        case Power(base, exponent):
            return exp(of[1]) if base == Constant("e") else _power(of[0], of[1], n, exponent)
        case Logarithm():
            return ln(of[1]) / ln(of[0])
        case Call(function):
            if function not in RULES:
                raise NotKnown
            return RULES[function](of[0])
    raise NotKnown


# Powers -----------------------------------------------------------------------------------------


def _power(base: Exact, exponent: Exact, n: Fraction | None, typed: Expression) -> Exact:
    if n is None:
        return exp(exponent * ln(base))
    if n.denominator == 1:
        found = whole_power(base, abs(int(n)))
        return inverse(found) if n < 0 else found
    return power(base, n, bool(n.denominator % 2) and is_written_whole(typed))


def power(base: Exact, n: Fraction, is_odd_root: bool = False) -> Exact:
    """base^n, where the base begins with t^(a multiple of twice the denominator) and a positive number.

    With is_odd_root negative numbers have roots, and the power of t may be a multiple of the denominator.
    """
    if len(base.parts) == 2:
        first, m, s = near_one(base)
        return composed(m, s, binomials(n)) * constant(closed.raised(first, n))
    k, m, s = leading(regular(base))
    shift = k * n
    if shift.denominator > 1 or (k % 2 and not is_odd_root) or not closed.is_positive(m):
        raise NotKnown
    if k and not is_odd_root and (k * n.numerator // n.denominator) % 2 and n.denominator % 2 == 0:
        raise NotKnown  # √(t²) is |t|
    size = as_fraction(s[0])
    if size < 0 and not is_odd_root:
        raise NotKnown
    sign = -1 if size < 0 and n.numerator % 2 else 1
    scale = closed.raised({m: abs(size)}, n)
    unit = Exact({ONE: _unit_power(s / s[0], n)}, int(shift))
    return settled(unit * constant(closed.scaled(scale, Fraction(sign))))


def _unit_power(s: Any, n: Fraction) -> Any:
    """s^n for a series that begins with 1."""
    from flint import fmpq

    if s.length() == 1:
        return s
    if abs(n) == HALF:
        return s.sqrt() if n > 0 else s.rsqrt()
    return (s.log() * fmpq(n.numerator, n.denominator)).exp()


def _abs(u: Exact) -> Exact:
    sign = closed.sign_of(begins(regular(u)))
    if sign == 0:
        raise NotKnown
    return u if sign > 0 else -u


def _sgn(u: Exact) -> Exact:
    sign = closed.sign_of(begins(regular(u)))
    if sign == 0:
        raise NotKnown
    return constant(closed.fraction(sign))


# Exponentials, logarithms, sines ----------------------------------------------------------------


def _parted(u: Exact) -> tuple[Form, Exact]:
    """The constant term, and the rest."""
    first = begins(regular(u))
    return first, u - constant(first)


def _entire(v: Exact, of_fractions: Callable[[Any], Any], derivatives: tuple[int, ...]) -> Exact:
    """f(v) for a v without constant term; derivatives: f, f′, f″ … at 0, over and over."""
    if not v.parts:
        return constant(closed.fraction(derivatives[0]))
    m, s = _one_product(v)
    if m == ONE:
        return Exact({ONE: of_fractions(s)})
    return composed(m, s, (Fraction(d, factorial(k)) for k, d in enumerate(cycle(derivatives))))


def _one_product(v: Exact) -> tuple[closed.Monomial, Any]:
    if len(v.parts) != 1:
        raise NotKnown
    return next(iter(v.parts.items()))


def exp(u: Exact) -> Exact:
    """e^u."""
    first, v = _parted(u)
    return constant(closed.exponential(first)) * _entire(v, lambda s: s.exp(), (1,))


def sin(u: Exact) -> Exact:
    """The sine, by the addition theorem."""
    first, v = _parted(u)
    return constant(closed.sine(first)) * _cos(v) + constant(closed.cosine(first)) * _sin(v)


def cos(u: Exact) -> Exact:
    """The cosine, by the addition theorem."""
    first, v = _parted(u)
    return constant(closed.cosine(first)) * _cos(v) - constant(closed.sine(first)) * _sin(v)


def _sin(v: Exact) -> Exact:
    return _entire(v, lambda s: s.sin(), (0, 1, 0, -1))


def _cos(v: Exact) -> Exact:
    return _entire(v, lambda s: s.cos(), (1, 0, -1, 0))


def ln(u: Exact) -> Exact:
    """The natural logarithm, where u begins with a positive number."""
    if len(u.parts) == 2:
        first, m, s = near_one(u)
        return constant(closed.logarithm(first)) + composed(m, s, _logarithms())
    k, m, s = leading(regular(u))
    if k or not closed.is_positive(m):
        raise NotKnown
    return constant(closed.logarithm({m: as_fraction(s[0])})) + Exact({ONE: (s / s[0]).log()})


def _logarithms() -> Iterator[Fraction]:
    """0, 1, −1/2, 1/3 … the coefficients of ln(1 + w)."""
    yield Fraction(0)
    for k in count(1):
        yield Fraction(1 if k % 2 else -1, k)


def sinh(u: Exact) -> Exact:
    """(e^u − e^−u)/2."""
    return _half(exp(u) - exp(-u))


def cosh(u: Exact) -> Exact:
    """(e^u + e^−u)/2."""
    return _half(exp(u) + exp(-u))


def _half(u: Exact) -> Exact:
    return u * constant(closed.fraction(HALF))


# Inverse functions: a value at the centre, and the integral of the derivative ---------------------


def _unit() -> Exact:
    return constant(UNIT)


def _inverse_of(name: str, slope: Callable[[Exact], Exact]) -> Callable[[Exact], Exact]:
    def found(u: Exact) -> Exact:
        first = begins(regular(u))
        value = constant(_value(name, first))
        change = derivative(u)
        return value + integral(slope(u) * change) if change.parts else value

    return found


def _value(name: str, at: Form) -> Form:
    """The function at a constant: an angle in parts of a turn, a logarithm, or a constant of its own."""
    q = closed.as_fraction(at)
    angles = _angles(name)
    for value, turns in angles.items():
        if dict(value) == at:
            return {PI: turns} if turns else {}
    if q is None or not _DOMAINS[name](q):
        raise NotKnown
    if name == "artanh":
        return closed.scaled(closed.logarithm(closed.fraction((1 + q) / (1 - q))), HALF)
    if q < 0 and name == "arccos":
        return closed.added([{PI: Fraction(1)}, closed.scaled(_value(name, closed.fraction(-q)), Fraction(-1))])
    size = {frozenset({((name, abs(q)), Fraction(1))}): Fraction(1 if q > 0 else -1)}
    return size if q else {}


_DOMAINS: dict[str, Callable[[Fraction], bool]] = {
    "arctan": lambda q: True,
    "arcsin": lambda q: abs(q) < 1,
    "arccos": lambda q: abs(q) < 1,
    "arsinh": lambda q: True,
    "arcosh": lambda q: q > 1,
    "artanh": lambda q: abs(q) < 1,
    "erf": lambda q: True,
}
_FORWARD: dict[str, tuple[range, Callable[[Form], Form]]] = {
    "arcsin": (range(-6, 7), closed.sine),
    "arccos": (range(13), closed.cosine),
}


@lru_cache(maxsize=8)
def _angles(name: str) -> dict[frozenset[tuple[closed.Monomial, Fraction]], Fraction]:
    """The values whose arcs are multiples of π/12, with these in half turns."""
    if name == "arctan":
        root, third = {closed._root(3): Fraction(1)}, {closed._root(3): Fraction(1, 3)}
        up = [({}, Fraction(0)), (third, Fraction(1, 6)), (UNIT, Fraction(1, 4)), (root, Fraction(1, 3))]
        down = [(closed.scaled(form, Fraction(-1)), -turns) for form, turns in up]
        return {frozenset(form.items()): turns for form, turns in (*down, *up)}
    if name not in _FORWARD:
        return {}
    steps, forward = _FORWARD[name]
    return {frozenset(forward({PI: Fraction(k, 12)}).items()): Fraction(k, 12) for k in steps}


def _erf_slope(u: Exact) -> Exact:
    """2/√π · e^(−u²)."""
    return constant({frozenset({(("pi",), -HALF)}): Fraction(2)}) * exp(-(u * u))


RULES: dict[str, Callable[[Exact], Exact]] = {
    "sin": sin,
    "cos": cos,
    "tan": lambda u: sin(u) / cos(u),
    "sec": lambda u: inverse(cos(u)),
    "csc": lambda u: inverse(sin(u)),
    "cot": lambda u: cos(u) / sin(u),
    "sinh": sinh,
    "cosh": cosh,
    "tanh": lambda u: sinh(u) / cosh(u),
    "sech": lambda u: inverse(cosh(u)),
    "csch": lambda u: inverse(sinh(u)),
    "coth": lambda u: cosh(u) / sinh(u),
    "exp": exp,
    "ln": ln,
    "sqrt": lambda u: power(u, HALF),
    "cbrt": lambda u: power(u, Fraction(1, 3), is_odd_root=True),
    "abs": _abs,
    "sgn": _sgn,
    "arctan": _inverse_of("arctan", lambda u: inverse(_unit() + u * u)),
    "arcsin": _inverse_of("arcsin", lambda u: power(_unit() - u * u, -HALF)),
    "arccos": _inverse_of("arccos", lambda u: -power(_unit() - u * u, -HALF)),
    "arsinh": _inverse_of("arsinh", lambda u: power(_unit() + u * u, -HALF)),
    "arcosh": _inverse_of("arcosh", lambda u: power(u * u - _unit(), -HALF)),
    "artanh": _inverse_of("artanh", lambda u: inverse(_unit() - u * u)),
    "erf": _inverse_of("erf", _erf_slope),
}
