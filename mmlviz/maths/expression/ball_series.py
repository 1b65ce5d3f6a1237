"""Power series whose coefficients are balls (flint.arb): t^shift · s(t), the arithmetic of them and what can go wrong.

A coefficient that is 0 for certain is the ball 0 of radius 0. How many terms are worked with and how exactly is flint's
global context, set by whoever calls.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, repeat
from operator import mul
from typing import Any, Literal

from mmlviz.maths.expression.closed_balls import monomial_ball
from mmlviz.maths.expression.exact_series import Exact, lowered
from mmlviz.maths.expression.tree import Expression

NARROW_BITS = 40  # a ball known less exactly covers a piece of an interval

Kind = Literal["pole", "not real", "kink", "branch point", "jump", "undefined", "unknown", "too large"]


class Trouble(Exception):
    """A part of the formula has no series about the centre.

    power: the part behaves as |t|^power, or as a branch of t^power. is_blurred: more bits may tell. is_short: more
    terms may.
    """

    def __init__(
        self, kind: Kind, node: Expression, power: Fraction | None = None, *, is_blurred: bool = False,
        is_short: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(kind)
        self.kind, self.node, self.power = kind, node, power
        self.is_blurred, self.is_short = is_blurred, is_short


def blurred(node: Expression) -> Trouble:
    """What a ball around 0 leaves open at a part."""
    return Trouble("unknown", node, is_blurred=True)


@dataclass(frozen=True, slots=True, eq=False)
class Balls:
    """t^shift · series (flint.arb_series); shift ≤ 0, below 0 where there is a pole or may be one."""

    series: Any
    shift: int = 0

    def __add__(self, other: "Balls") -> "Balls":
        low = min(self.shift, other.shift)
        return settled(Balls(raised(self.series, self.shift - low) + raised(other.series, other.shift - low), low))

    def __neg__(self) -> "Balls":
        return Balls(-self.series, self.shift)

    def __sub__(self, other: "Balls") -> "Balls":
        return self + -other

    def __mul__(self, other: "Balls") -> "Balls":
        return settled(Balls(self.series * other.series, self.shift + other.shift))


def constant(value: Any) -> Balls:
    """A ball as a series."""
    from flint import arb_series

    return Balls(arb_series([value]))


def of_exact(exact: Exact) -> Balls:
    """The balls of a series in closed form."""
    from flint import arb_series, ctx

    out = arb_series([])
    for m, s in exact.parts.items():
        out += arb_series(s) * monomial_ball(m, ctx.prec) if m else arb_series(s)
    return Balls(out, exact.shift)


def raised(s: Any, k: int) -> Any:
    """t^k s."""
    if k == 0:
        return s
    from flint import arb_series, ctx

    return arb_series([0] * k + s.coeffs(), prec=min(ctx.cap, s.prec + k))


def settled(balls: Balls) -> Balls:
    """The same with a shift of 0 unless there may be a pole."""
    if balls.shift > 0:
        return Balls(raised(balls.series, balls.shift))
    if balls.shift == 0:
        return balls
    zeros = balls.series.valuation()
    k = -balls.shift if zeros == -1 else min(-balls.shift, zeros)
    return Balls(lowered(balls.series, k), balls.shift + k)


def sign(c: Any, node: Expression) -> int:
    """−1, 0 or 1. Raises Trouble where the ball does not tell."""
    if c.is_zero():
        return 0
    if c > 0:
        return 1
    if c < 0:
        return -1
    raise blurred(node)


def zeros(s: Any, node: Expression) -> int:
    """How many coefficients of a series are 0 before the first that is not. Raises Trouble where that is not known."""
    k: int = s.valuation()
    if k == -1:
        raise Trouble("unknown", node, is_short=True)
    if s[k].contains(0) or not s[k].is_finite():
        raise blurred(node)
    return k


def is_wide(s: Any) -> bool:
    """Whether a series is one about all points of an interval."""
    return bool(s[0].rel_accuracy_bits() <= NARROW_BITS)


def divided(above: Any, below: Any) -> Any:
    """above / below, narrow for wide balls where the divisor is of degree 2; nan where it may begin with 0."""
    from flint import arb, arb_series

    if below[0].contains(0) or not below[0].is_finite():
        return arb_series([arb.nan()] * min(above.prec, below.prec))  # each: 1 · nan would be nan + 0t + 0t² …
    inverse = _inverse_of_square(below) if below.length() == 3 and is_wide(below) else None
    return above / below if inverse is None else above * inverse


def _inverse_of_square(s: Any) -> Any:
    """1/(a + bt + ct²) by its two roots, (z₂⁻ᵏ⁻¹ − z₁⁻ᵏ⁻¹)/(c(z₁ − z₂)); None where balls do not keep them apart.

    A recurrence adds up the sizes of all that has opposite signs, and wide balls grow by a power of the order.
    """
    from flint import acb, arb_series

    a, b, c = s[0], s[1], s[2]
    root = acb(b * b - 4 * a * c).sqrt()
    first, second = (root - b) / (2 * c), (-root - b) / (2 * c)
    apart = c * (first - second)
    if apart.contains(0) or first.contains(0) or second.contains(0) or not apart.is_finite():
        return None
    one, other = accumulate(repeat(1 / second, s.prec), mul), accumulate(repeat(1 / first, s.prec), mul)
    by = 1 / apart
    return arb_series([((y - z) * by).real for y, z in zip(one, other)])


def over(above: Balls, below: Balls, node: Expression) -> tuple[Balls, bool]:
    """above / below, and whether it divides by what is 0 at the centre."""
    k = zeros(below.series, node)
    quotient = divided(above.series, lowered(below.series, k))
    return settled(Balls(quotient, above.shift - below.shift - k)), below.shift + k > 0
