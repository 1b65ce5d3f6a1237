"""The balls of closed forms, and their signs."""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from mmlviz.maths.expression.balls import FLINT_NAMES
from mmlviz.maths.expression.closed_form import ONE, Base, Form, Monomial, NotKnown, as_fraction

SIGN_BITS = 256


def ball_of(form: Form) -> Any:
    """The ball (flint.arb) of a form, at flint's present precision."""
    from flint import arb, ctx, fmpq

    out = arb(0)
    for m, c in form.items():
        q = fmpq(c.numerator, c.denominator)
        out += q if m == ONE else monomial_ball(m, ctx.prec) * q
    return out


@lru_cache(maxsize=1024)
def monomial_ball(m: Monomial, bits: int) -> Any:
    """The ball of a product at flint's present precision, which is given as bits."""
    from flint import arb, fmpq

    out = arb(1)
    for base, n in m:
        value = _base_ball(base, n)
        out *= value if n == 1 or base[0] == "e" else value ** arb(fmpq(n.numerator, n.denominator))
    return out


def _base_ball(base: Base, n: Fraction) -> Any:
    from flint import arb, fmpq

    match base:
        case ("root", p):
            return arb(p)
        case ("pi",) | ("ln", "pi"):
            return arb.pi() if base == ("pi",) else arb.pi().log()
        case ("e", m):
            return ball_of({m: n}).exp()
        case ("cos", angle):
            return ball_of(dict(angle)).cos()
    rule: Callable[[], Any] = getattr(arb(fmpq(base[1].numerator, base[1].denominator)), _flint_name(base[0]))
    return rule()


def _flint_name(function: str) -> str:
    return FLINT_NAMES.get(function, function)


def sign_of(form: Form) -> int:
    """−1, 0 or 1. Raises NotKnown where 256 bits do not tell."""
    exact = as_fraction(form)
    if exact is not None:
        return (exact > 0) - (exact < 0)
    from flint import ctx

    before, ctx.prec = ctx.prec, SIGN_BITS
    try:
        value = ball_of(form)
    finally:
        ctx.prec = before
    if not value.is_finite() or value.contains(0):
        raise NotKnown
    return 1 if value > 0 else -1
