"""A formula on boxes of the complex plane, in balls (flint.acb): an enclosure where it is analytic, else nothing.

Where every box of a disc about a real centre has a value, f is analytic in the disc and, on the real line, the formula
itself: every logarithm and root is the principal one, whose argument keeps off the cut in the whole disc.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from operator import add, mul
from typing import Any

from mmlviz.maths.expression.balls import ball
from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.exact_series import lowered
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
    Variable,
    is_written_whole,
    parts,
    variables,
)

Hole = tuple[Any, Mapping[Expression, int]]  # a real point in a ball, and how many zeros cancel there, by the quotient
LARGEST_POWER = 1000


class MaybeSingular(Exception):
    """A part of the formula may be singular in a box."""


class ComplexBalls:
    """The values of f at boxes. holes: the places where numerator and denominator of a part are 0."""

    def __init__(self, f: Expression, holes: Sequence[Hole] = ()) -> None:
        self.f, self.holes = f, holes
        self.terms = 1 + max((sum(drops.values()) for _, drops in holes), default=0)
        self._constants: dict[Expression, Any] = {}

    def at(self, box: Any) -> Any | None:
        """The ball of f on a box, at flint's present precision, with `terms` terms; None where f may be singular there.

        g(z)/(z − z₀)ᵏ lies in the hull of the coefficient k of g on a box that holds z and z₀ (Hermite and Genocchi).
        """
        from flint import acb, acb_series

        drops: dict[Expression, int] = {}
        for place, found in self.holes:
            if box.contains(acb(place)):
                drops |= found
        try:
            value = _Walk(acb_series([box, 1]), drops, self._constants).of(self.f)[0]
        except MaybeSingular:
            return None
        return value if value.is_finite() else None


class _Walk:
    """The series of every part about all points of a box."""

    def __init__(self, line: Any, drops: Mapping[Expression, int], constants: dict[Expression, Any]) -> None:
        self.line, self.drops, self.constants = line, drops, constants

    def of(self, node: Expression) -> Any:
        if isinstance(node, Variable):
            return self.line
        if not variables(node):
            return self._constant(node)
        if isinstance(node, Power):
            return self._power(node)
        return self._rule(node, [self.of(part) for part in parts(node)])

    def _constant(self, node: Expression) -> Any:
        from flint import acb, acb_series

        if node not in self.constants:
            self.constants[node] = acb_series([acb(ball(node))])
        return _finite(self.constants[node])

    def _rule(self, node: Expression, of: list[Any]) -> Any:
        match node:
            case Negative():
                return -of[0]
            case Sum():
                return reduce(add, of)
            case Product():
                return reduce(mul, of)
            case Quotient():
                k = self.drops.get(node, 0)
                is_dropped = k and of[1][0].contains(0)
                return _over(*(lowered(s, k) for s in of)) if is_dropped else _over(*of)
            case Degrees():
                return of[0] * _pi() / 180
            case Logarithm():
                return _over(_log(of[1]), _log(of[0]))
            case Call(function):
                return _finite(RULES[function](of[0]))
        raise TypeError(f"no such expression: {node!r}")

    def _power(self, node: Power) -> Any:
        base, n = self.of(node.base), None if variables(node.exponent) else exact_value(node.exponent)
        if n is None:
            exponent = self.of(node.exponent)
            return exponent.exp() if node.base == Constant("e") else (exponent * _log(base)).exp()
        if n.denominator == 1:
            if abs(n) > LARGEST_POWER:
                raise MaybeSingular
            power = base ** abs(int(n))
            return power if n >= 0 else _over(base**0, power)
        return _odd_root(base, n) if n.denominator % 2 and is_written_whole(node.exponent) else _root(base, n)


def _pi() -> Any:
    from flint import arb

    return arb.pi()


def _finite(s: Any) -> Any:
    if not all(c.is_finite() for c in s.coeffs()):
        raise MaybeSingular
    return s


def _over(above: Any, below: Any) -> Any:
    if below[0].contains(0):
        raise MaybeSingular
    return _finite(above / below)


def _off_cut(s: Any) -> Any:
    """The series, where it begins with no number from 0 down. Raises MaybeSingular."""
    if not (s[0].real > 0 or not s[0].imag.contains(0)):
        raise MaybeSingular
    return s


def _log(s: Any) -> Any:
    return _finite(_off_cut(s).log())


def _root(s: Any, n: Fraction) -> Any:
    return _sqrt(s) if n == Fraction(1, 2) else _finite((_log(s) * _ball(n)).exp())


def _sqrt(s: Any) -> Any:
    return _finite(_off_cut(s).sqrt())


def _odd_root(s: Any, n: Fraction) -> Any:
    """With negative values for negative numbers: the real part must not change its sign."""
    if s[0].real > 0:
        return _root(s, n)
    if s[0].real < 0:
        found = _root(-s, n)
        return -found if n.numerator % 2 else found
    raise MaybeSingular


def _size(s: Any) -> Any:
    return s * _sign(s)


def _sign(s: Any) -> Any:
    if not (s[0].real > 0 or s[0].real < 0):
        raise MaybeSingular
    return s**0 if s[0].real > 0 else -(s**0)


def _ball(n: Fraction) -> Any:
    from flint import arb, fmpq

    return arb(fmpq(n.numerator, n.denominator))


def _cosh(s: Any) -> Any:
    return (s.exp() + (-s).exp()) / 2


def _sinh(s: Any) -> Any:
    return (s.exp() - (-s).exp()) / 2


def _integrated(value: Any, slope: Any, s: Any) -> Any:
    """A function of s by its value and its derivative."""
    return (slope * s.derivative()).integral() + value


def _arcsin(s: Any) -> Any:
    return _integrated(s[0].asin(), _over(s**0, _sqrt(1 - s * s)), s)


def _arccos(s: Any) -> Any:
    return _pi() / 2 - _arcsin(s)


def _arctan(s: Any) -> Any:
    return _integrated(s[0].atan(), _over(s**0, _off_cut(1 + s * s)), s)


def _arsinh(s: Any) -> Any:
    return _integrated(s[0].asinh(), _over(s**0, _sqrt(1 + s * s)), s)


def _arcosh(s: Any) -> Any:
    return _integrated(s[0].acosh(), _over(s**0, _sqrt(s - 1) * _sqrt(s + 1)), s)


def _artanh(s: Any) -> Any:
    return _integrated(s[0].atanh(), _over(s**0, _off_cut(1 - s * s)), s)


RULES: dict[str, Callable[[Any], Any]] = {
    "sin": lambda s: s.sin(),
    "cos": lambda s: s.cos(),
    "tan": lambda s: _over(s.sin(), s.cos()),
    "sec": lambda s: _over(s**0, s.cos()),
    "csc": lambda s: _over(s**0, s.sin()),
    "cot": lambda s: _over(s.cos(), s.sin()),
    "arcsin": _arcsin,
    "arccos": _arccos,
    "arctan": _arctan,
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": lambda s: 1 - 2 * _over(s**0, (2 * s).exp() + 1),
    "sech": lambda s: _over(s**0, _cosh(s)),
    "csch": lambda s: _over(s**0, _sinh(s)),
    "coth": lambda s: _over(_cosh(s), _sinh(s)),
    "arsinh": _arsinh,
    "arcosh": _arcosh,
    "artanh": _artanh,
    "exp": lambda s: s.exp(),
    "ln": _log,
    "sqrt": _sqrt,
    "cbrt": lambda s: _odd_root(s, Fraction(1, 3)),
    "abs": _size,
    "sgn": _sign,
    "erf": lambda s: s.erf(),
    "gamma": lambda s: s.gamma(),
}
