"""Functions of series in balls, with the values that `numeric` has; Trouble where there is no series."""

from collections.abc import Callable
from fractions import Fraction
from itertools import accumulate, repeat
from operator import mul
from typing import Any

from mmlviz.maths.expression.ball_series import (
    Balls,
    Trouble,
    blurred,
    constant,
    divided,
    is_wide,
    settled,
    sign,
    zeros,
)
from mmlviz.maths.expression.exact_series import binomials, lowered
from mmlviz.maths.expression.tree import (
    Expression,
)


def is_clear(balls: Balls) -> bool:
    return not balls.series[0].contains(0)


def regular(balls: Balls, node: Expression) -> Any:
    """The series of what has no pole. Raises Trouble."""
    if balls.series.prec < 1:
        raise Trouble("unknown", node, is_short=True)
    if balls.shift == 0:
        return balls.series
    raise Trouble("pole", node) if is_clear(balls) else blurred(node)


def power(u: Any, n: Fraction, node: Expression, is_odd_root: bool = False) -> Balls:
    """u^n for an n that is not whole."""
    k = zeros(u, node)
    unit = lowered(u, k)
    is_negative = sign(unit[0], node) < 0
    if is_negative and not is_odd_root and k % 2 == 0:
        raise Trouble("not real", node)
    order = k * n
    if order.denominator > 1 or (k % 2 and not is_odd_root):
        raise Trouble("branch point", node, order)
    if order % 2 and not is_odd_root:
        raise Trouble("kink" if n > 0 else "pole", node, order)
    found = _unit_power(-unit if is_negative else unit, n)
    return settled(Balls(-found if is_negative and n.numerator % 2 else found, int(order)))


def _unit_power(s: Any, n: Fraction) -> Any:
    """s^n where s begins with a positive number; of a wide line s₀ⁿ Σ (n over k)(s₁/s₀)ᵏ tᵏ, which stays narrow."""
    if s.length() > 2 or not is_wide(s):
        return s ** _ball(n)
    from flint import arb_series

    first, ratio = s[0] ** _ball(n), s[1] / s[0]
    powers = accumulate(repeat(ratio, s.prec - 1), mul, initial=first)
    return arb_series([_ball(c) * power for c, power in zip(binomials(n), powers)])


def _ball(n: Fraction) -> Any:
    from flint import arb, fmpq

    return arb(fmpq(n.numerator, n.denominator))


def absolute(u: Any, node: Expression) -> Balls:
    k = zeros(u, node)
    if k % 2:
        raise Trouble("kink", node, Fraction(k))
    return Balls(u if sign(u[k], node) > 0 else -u)


def _sgn(u: Any, node: Expression) -> Balls:
    found = sign(u[0], node)
    if found == 0:
        raise Trouble("jump", node)
    return constant(found)


def ln(u: Any, node: Expression) -> Balls:
    found = sign(u[0], node)
    if found <= 0:
        raise Trouble("not real" if found else "undefined", node)
    return Balls(u.log() if u.length() > 2 or not is_wide(u) else _log_of_line(u))


def _log_of_line(u: Any) -> Any:
    """ln u₀ + (u₁/u₀)t − (u₁/u₀)²t²/2 + …, narrow for wide balls."""
    from flint import arb_series

    ratio = u[1] / u[0]
    return arb_series([u[0].log(), *(-((-ratio) ** k) / k for k in range(1, u.prec))])


# Functions --------------------------------------------------------------------------------------


def _cosh(u: Any) -> Any:
    return (u.exp() + (-u).exp()) / 2


def _sinh(u: Any) -> Any:
    return (u.exp() - (-u).exp()) / 2


def _tanh(u: Any) -> Any:
    """1 − 2/(e^2u + 1): u occurs once, so wide balls stay narrow."""
    return 1 - 2 * divided(u**0, (2 * u).exp() + 1)


def _one(u: Any) -> Any:
    return u**0


# Above and below the fraction bar.
RATIOS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "tan": (lambda u: u.sin(), lambda u: u.cos()),
    "sec": (_one, lambda u: u.cos()),
    "csc": (_one, lambda u: u.sin()),
    "cot": (lambda u: u.cos(), lambda u: u.sin()),
    "sech": (_one, _cosh),
    "csch": (_one, _sinh),
    "coth": (_cosh, _sinh),
}


def _integrated(value: Any, slope: Any, u: Any) -> Any:
    """A function of u by its value at the centre and its derivative there."""
    found = (slope * u.derivative()).integral()
    return found + value


def _arctan(u: Any) -> Any:
    return _integrated(u[0].atan(), divided(u**0, 1 + u * u), u) if is_wide(u) else u.atan()


def _arsinh(u: Any) -> Any:
    return _integrated(u[0].asinh(), (1 + u * u).rsqrt(), u)


def _arcosh(u: Any) -> Any:
    return _integrated(u[0].acosh(), (u * u - 1).rsqrt(), u)


def _artanh(u: Any) -> Any:
    return _integrated(u[0].atanh(), divided(u**0, 1 - u * u), u)


def _inside(rule: Callable[[Any], Any], *gaps: Callable[[Any], Any], edge: str) -> Callable[[Any, Expression], Balls]:
    """A function that is real where all gaps are positive; at an edge it is a root of the gap, or a logarithm."""

    def found(u: Any, node: Expression) -> Balls:
        for gap in (gap(u) for gap in gaps):
            side = sign(gap[0], node)
            if side < 0:
                raise Trouble("not real", node)
            if side == 0:
                raise _at_edge(gap, node) if edge == "root" else Trouble("undefined", node)
        return Balls(rule(u))

    return found


def _at_edge(gap: Any, node: Expression) -> Trouble:
    k = zeros(gap, node)
    if k % 2:
        return Trouble("branch point", node, Fraction(k, 2))
    if sign(gap[k], node) < 0:
        return Trouble("not real", node)
    return Trouble("kink", node, Fraction(k, 2)) if k % 4 else Trouble("unknown", node)


def _plain(rule: Callable[[Any], Any]) -> Callable[[Any, Expression], Balls]:
    return lambda u, node: Balls(rule(u))


RULES: dict[str, Callable[[Any, Expression], Balls]] = {
    "sin": _plain(lambda u: u.sin()),
    "cos": _plain(lambda u: u.cos()),
    "arcsin": _inside(lambda u: u.asin(), lambda u: 1 - u, lambda u: 1 + u, edge="root"),
    "arccos": _inside(lambda u: u.acos(), lambda u: 1 - u, lambda u: 1 + u, edge="root"),
    "arctan": _plain(_arctan),
    "sinh": _plain(_sinh),
    "cosh": _plain(_cosh),
    "tanh": _plain(_tanh),
    "arsinh": _plain(_arsinh),
    "arcosh": _inside(_arcosh, lambda u: u - 1, edge="root"),
    "artanh": _inside(_artanh, lambda u: 1 - u, lambda u: 1 + u, edge="logarithm"),
    "exp": _plain(lambda u: u.exp()),
    "ln": ln,
    "sqrt": lambda u, node: power(u, Fraction(1, 2), node),
    "cbrt": lambda u, node: power(u, Fraction(1, 3), node, is_odd_root=True),
    "abs": absolute,
    "sgn": _sgn,
    "erf": _plain(lambda u: u.erf()),
}
