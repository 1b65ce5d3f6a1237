"""The series of a formula in balls, node by node, with the values that `numeric` has; Trouble where there is none."""

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from operator import add, mul
from typing import Any

from mmlviz.maths.expression.ball_rules import RATIOS, RULES, absolute, is_clear, ln, power, regular
from mmlviz.maths.expression.ball_series import (
    Balls,
    Trouble,
    blurred,
    constant,
    is_wide,
    of_exact,
    over,
    settled,
    sign,
)
from mmlviz.maths.expression.balls import of_parts
from mmlviz.maths.expression.exact_series import lowered
from mmlviz.maths.expression.exact_walk import ExactWalk, is_size
from mmlviz.maths.expression.tree import (
    Call,
    Degrees,
    E,
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
)


class BallWalk:
    """The series of every part of a formula, each found once, equal ones together.

    exact gives them in closed form where they are known; lines are the variables. holes: the parts that divide by
    what is 0 at the centre. drops: from each quotient to how many zeros its parts have at a point of wide balls.
    """

    def __init__(
        self, lines: Mapping[str, Any], exact: ExactWalk, drops: Mapping[Expression, int] | None = None
    ) -> None:
        self.lines, self.exact, self.drops = lines, exact, drops or {}
        self.holes: dict[Expression, None] = {}
        self.found: dict[Expression, Balls] = {}

    def of(self, node: Expression) -> Balls:
        """The series of a part. Raises Trouble."""
        if node not in self.found:
            self.found[node] = self._of(node)
        return self.found[node]

    def _of(self, node: Expression) -> Balls:
        known = self.exact.of(node)
        if known is not None:
            return of_exact(known)
        if isinstance(node, Variable):
            return Balls(self.lines[node.name])
        if self.exact.known(node).is_constant:
            return self._constant(node)
        if isinstance(node, Power):
            return self._power(node)
        if isinstance(node, Quotient) and _is_high(self._exponent(node.below)) and node not in self.drops:
            below = self._squared(node)
            if below is not None:
                return self.of(node.above) * below
        balls = [self._below(part, node) for part in parts(node)]
        if isinstance(node, Quotient) and node in self.drops and not is_clear(balls[1]):
            k = self.drops[node]
            balls = [Balls(lowered(each.series, k)) for each in balls]
        return self._rule(node, balls)

    def _constant(self, node: Expression) -> Balls:
        value = of_parts(node, [self.of(part).series[0] for part in parts(node)])
        if not value.is_finite():
            raise blurred(node)
        return constant(value)

    def _exponent(self, node: Expression) -> Fraction | None:
        """That of a power, where it is a fraction."""
        return self.exact.known(node.exponent).value if isinstance(node, Power) else None

    def _squared(self, node: Quotient) -> Balls | None:
        """1/uⁿ as (1/u)ⁿ, narrower for wide balls; None where they are not wide."""
        power = node.below
        assert isinstance(power, Power)
        base, n = self.of(power.base), self._exponent(power)
        if n is None or base.shift or not is_clear(base) or not is_wide(base.series):
            return None
        return Balls((1 / base.series) ** int(n))

    def _below(self, part: Expression, node: Expression) -> Balls:
        """The series of a part; 1/|x| has a pole where |x| has a kink."""
        try:
            return self.of(part)
        except Trouble as trouble:
            is_zero = trouble.node is part and trouble.power is not None and trouble.power > 0 and _is_root(part)
            if is_zero and isinstance(node, Quotient) and part is node.below:
                raise Trouble("pole" if trouble.kind == "kink" else "branch point", node, Fraction(-1)) from None
            if is_zero and (isinstance(node, Logarithm) or (isinstance(node, Call) and node.function == "ln")):
                raise Trouble("undefined", node) from None
            raise

    def _rule(self, node: Expression, of: list[Balls]) -> Balls:
        match node:
            case Negative():
                return -of[0]
            case Sum():
                return reduce(add, of)
            case Product():
                return reduce(mul, of)
            case Quotient():
                return self._over(of[0], of[1], node)
            case Degrees():
                return of[0] * constant(_pi() / 180)
            case Logarithm():
                return self._over(ln(regular(of[1], node), node), ln(regular(of[0], node), node), node)
            case Call(function):
                return self._call(function, regular(of[0], node), node)
        raise TypeError(f"no such expression: {node!r}")

    def _over(self, above: Balls, below: Balls, node: Expression) -> Balls:
        found, is_hole = over(above, below, node)
        if is_hole:
            self.holes[node] = None
        return found

    def _call(self, function: str, u: Any, node: Expression) -> Balls:
        if function in RATIOS:
            above, below = RATIOS[function]
            return self._over(Balls(above(u)), Balls(below(u)), node)
        if function == "gamma":
            return self._gamma(u, node)
        return RULES[function](u, node)

    def _gamma(self, u: Any, node: Expression) -> Balls:
        """1/Γ is entire; its zeros are the poles of Γ."""
        if u[0] > 0:
            return Balls(u.gamma())
        return self._over(constant(1), Balls(u.rgamma()), node)

    def _power(self, node: Power) -> Balls:
        n = self._exponent(node)
        if n is not None and n.denominator == 1:
            return self._whole_power(node, int(n))
        base = regular(self.of(node.base), node)
        if n is not None:
            is_odd_root = bool(n.denominator % 2) and is_written_whole(node.exponent)
            return power(base, n, node, is_odd_root)
        exponent = regular(self.of(node.exponent), node)
        if node.base == E:
            return Balls(exponent.exp())
        is_constant = self.exact.known(node.exponent).is_constant
        if sign(base[0], node) <= 0:
            raise _no_power(base, node, is_constant)
        return Balls(base ** exponent[0] if is_constant else (exponent * base.log()).exp())

    def _whole_power(self, node: Power, n: int) -> Balls:
        """Of |u| by way of |uⁿ|, which may be smooth where |u| is not."""
        is_size_of = is_size(node.base)
        base = self.of(parts(node.base)[0] if is_size_of else node.base)
        if abs(n) > LARGEST_POWER and not is_clear(base):
            raise Trouble("unknown", node)
        found = Balls(_whole_power(base.series, abs(n)), base.shift * abs(n)) if n else constant(1)
        found = settled(found) if found.shift <= 0 else found
        found = self._over(constant(1), found, node) if n < 0 else found
        return absolute(regular(found, node), node) if is_size_of and n % 2 else found


LARGEST_POWER = 10_000


def _is_high(n: Fraction | None) -> bool:
    return n is not None and n.denominator == 1 and 1 < n <= LARGEST_POWER


def _is_root(node: Expression) -> bool:
    """Whether it is 0 wherever it has a kink or a branch point."""
    return isinstance(node, Power) or (isinstance(node, Call) and node.function in ("abs", "sqrt", "cbrt"))


def _whole_power(s: Any, n: int) -> Any:
    from flint import arb

    return s**n if n <= LARGEST_POWER else s ** arb(n)


def _no_power(base: Any, node: Power, is_constant: bool) -> Trouble:
    if not base[0].is_zero():
        return Trouble("not real", node)
    return Trouble("branch point", node, Fraction(1, 2)) if is_constant else Trouble("undefined", node)


def _pi() -> Any:
    from flint import arb

    return arb.pi()
