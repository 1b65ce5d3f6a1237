"""Functions of series in closed form.

Only what has the values of `numeric` is found: no root of a negative number, no absolute value where the sign changes.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import count, cycle
from math import factorial
from typing import Any

from mmlviz.maths.expression import closed_form as closed
from mmlviz.maths.expression.closed_balls import sign_of
from mmlviz.maths.expression.closed_form import HALF, ONE, Form, NotKnown
from mmlviz.maths.expression.exact_series import (
    Exact,
    as_fraction,
    begins,
    binomials,
    composed,
    constant,
    inverse,
    leading,
    near_one,
    regular,
    settled,
)

UNIT = closed.fraction(1)


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
    sign = sign_of(begins(regular(u)))
    if sign == 0:
        raise NotKnown
    return u if sign > 0 else -u


def _sgn(u: Exact) -> Exact:
    sign = sign_of(begins(regular(u)))
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
}
