"""Power series whose coefficients are balls (flint.arb): t^shift · s(t), the arithmetic of them and what can go wrong.

A coefficient that is 0 for certain is the ball 0 of radius 0. How many terms are worked with and how exactly is flint's
global context, set by whoever calls.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from mmlviz.maths.expression.closed_form import monomial_ball
from mmlviz.maths.expression.exact_series import Exact, lowered
from mmlviz.maths.expression.tree import Expression

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


def over(above: Balls, below: Balls, node: Expression) -> tuple[Balls, bool]:
    """above / below, and whether it divides by what is 0 at the centre."""
    k = zeros(below.series, node)
    quotient = above.series / lowered(below.series, k)
    return settled(Balls(quotient, above.shift - below.shift - k)), below.shift + k > 0
