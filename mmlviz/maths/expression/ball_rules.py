"""The series of a formula in balls, node by node, with the values that `numeric` has; Trouble where there is none."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from itertools import islice
from operator import add, mul
from typing import Any

from mmlviz.maths.expression.ball_series import (
    Balls,
    Trouble,
    blurred,
    constant,
    of_exact,
    over,
    settled,
    sign,
    zeros,
)
from mmlviz.maths.expression.balls import of_parts
from mmlviz.maths.expression.exact_rules import ExactWalk, is_size
from mmlviz.maths.expression.exact_series import binomials, lowered
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
)


class BallWalk:
    """The series of every part of a formula, each found once.

    exact gives them in closed form where they are known; lines are the variables. holes: the parts that divide by
    what is 0 at the centre. drops: from each quotient to how many zeros its parts have at a point of wide balls, by id.
    """

    def __init__(self, lines: Mapping[str, Any], exact: ExactWalk, drops: Mapping[int, int] | None = None) -> None:
        self.lines, self.exact, self.drops = lines, exact, drops or {}
        self.holes: dict[int, Expression] = {}
        self.found: dict[int, Balls] = {}

    def of(self, node: Expression) -> Balls:
        """The series of a part. Raises Trouble."""
        if id(node) not in self.found:
            self.found[id(node)] = self._of(node)
        return self.found[id(node)]

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
        if isinstance(node, Quotient) and _is_high(self._exponent(node.below)) and id(node) not in self.drops:
            below = self._squared(node)
            if below is not None:
                return self.of(node.above) * below
        balls = [self._below(part, node) for part in parts(node)]
        if isinstance(node, Quotient) and id(node) in self.drops and not _is_clear(balls[1]):
            k = self.drops[id(node)]
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
        if n is None or base.shift or not _is_clear(base) or base.series[0].rel_accuracy_bits() > NARROW_BITS:
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
                return self._over(_ln(regular(of[1], node), node), _ln(regular(of[0], node), node), node)
            case Call(function):
                return self._call(function, regular(of[0], node), node)
        raise TypeError(f"no such expression: {node!r}")

    def _over(self, above: Balls, below: Balls, node: Expression) -> Balls:
        found, is_hole = over(above, below, node)
        if is_hole:
            self.holes[id(node)] = node
        return found

    def _call(self, function: str, u: Any, node: Expression) -> Balls:
        if function in _RATIOS:
            above, below = _RATIOS[function]
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
            return _power(base, n, node, is_odd_root)
        exponent = regular(self.of(node.exponent), node)
        if node.base == Constant("e"):
            return Balls(exponent.exp())
        is_constant = self.exact.known(node.exponent).is_constant
        if sign(base[0], node) <= 0:
            raise _no_power(base, node, is_constant)
        return Balls(base ** exponent[0] if is_constant else (exponent * base.log()).exp())

    def _whole_power(self, node: Power, n: int) -> Balls:
        """Of |u| by way of |uⁿ|, which may be smooth where |u| is not."""
        is_size_of = is_size(node.base)
        base = self.of(next(parts(node.base)) if is_size_of else node.base)
        if abs(n) > LARGEST_POWER and not _is_clear(base):
            raise Trouble("unknown", node)
        found = Balls(_whole_power(base.series, abs(n)), base.shift * abs(n)) if n else constant(1)
        found = settled(found) if found.shift <= 0 else found
        found = self._over(constant(1), found, node) if n < 0 else found
        return _abs(regular(found, node), node) if is_size_of and n % 2 else found


LARGEST_POWER = 10_000
NARROW_BITS = 40  # a ball known less exactly covers a piece of an interval


def _is_high(n: Fraction | None) -> bool:
    return n is not None and n.denominator == 1 and 1 < n <= LARGEST_POWER


def _is_root(node: Expression) -> bool:
    """Whether it is 0 wherever it has a kink or a branch point."""
    return isinstance(node, Power) or (isinstance(node, Call) and node.function in ("abs", "sqrt", "cbrt"))


def _whole_power(s: Any, n: int) -> Any:
    from flint import arb

    return s**n if n <= LARGEST_POWER else s ** arb(n)


def _is_clear(balls: Balls) -> bool:
    return not balls.series[0].contains(0)


def _no_power(base: Any, node: Power, is_constant: bool) -> Trouble:
    if not base[0].is_zero():
        return Trouble("not real", node)
    return Trouble("branch point", node, Fraction(1, 2)) if is_constant else Trouble("undefined", node)


def _pi() -> Any:
    from flint import arb

    return arb.pi()


def regular(balls: Balls, node: Expression) -> Any:
    """The series of what has no pole. Raises Trouble."""
    if balls.series.prec < 1:
        raise Trouble("unknown", node, is_short=True)
    if balls.shift == 0:
        return balls.series
    raise Trouble("pole", node) if _is_clear(balls) else blurred(node)


# Powers -----------------------------------------------------------------------------------------


def _power(u: Any, n: Fraction, node: Expression, is_odd_root: bool = False) -> Balls:
    """u^n for an n that is not whole."""
    k = zeros(u, node)
    unit = lowered(u, k)
    is_negative = sign(unit[0], node) < 0
    if is_negative and not is_odd_root and k % 2 == 0:
        raise Trouble("not real", node)
    power = k * n
    if power.denominator > 1 or (k % 2 and not is_odd_root):
        raise Trouble("branch point", node, power)
    if power % 2 and not is_odd_root:
        raise Trouble("kink" if n > 0 else "pole", node, power)
    found = _unit_power(-unit if is_negative else unit, n)
    return settled(Balls(-found if is_negative and n.numerator % 2 else found, int(power)))


def _unit_power(s: Any, n: Fraction) -> Any:
    """s^n where s begins with a positive number; of a wide line term by term: (n over k) s₀ⁿ⁻ᵏ s₁ᵏ stays narrow."""
    if s.length() > 2 or s[0].rel_accuracy_bits() > NARROW_BITS:
        return s ** _ball(n)
    from flint import arb_series

    return arb_series([_ball(c) * s[0] ** _ball(n - k) * s[1] ** k for k, c in enumerate(islice(binomials(n), s.prec))])


def _ball(n: Fraction) -> Any:
    from flint import arb, fmpq

    return arb(fmpq(n.numerator, n.denominator))


def _abs(u: Any, node: Expression) -> Balls:
    k = zeros(u, node)
    if k % 2:
        raise Trouble("kink", node, Fraction(k))
    return Balls(u if sign(u[k], node) > 0 else -u)


def _sgn(u: Any, node: Expression) -> Balls:
    found = sign(u[0], node)
    if found == 0:
        raise Trouble("jump", node)
    return constant(found)


def _ln(u: Any, node: Expression) -> Balls:
    found = sign(u[0], node)
    if found <= 0:
        raise Trouble("not real" if found else "undefined", node)
    return Balls(u.log() if u.length() > 2 or u[0].rel_accuracy_bits() > NARROW_BITS else _log_of_line(u))


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
    return 1 - 2 / ((2 * u).exp() + 1)


def _one(u: Any) -> Any:
    return u**0


# Above and below the fraction bar.
_RATIOS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
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


def _arsinh(u: Any) -> Any:
    return _integrated(u[0].asinh(), (1 + u * u).rsqrt(), u)


def _arcosh(u: Any) -> Any:
    return _integrated(u[0].acosh(), (u * u - 1).rsqrt(), u)


def _artanh(u: Any) -> Any:
    return _integrated(u[0].atanh(), 1 / (1 - u * u), u)


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
    "arctan": _plain(lambda u: u.atan()),
    "sinh": _plain(_sinh),
    "cosh": _plain(_cosh),
    "tanh": _plain(_tanh),
    "arsinh": _plain(_arsinh),
    "arcosh": _inside(_arcosh, lambda u: u - 1, edge="root"),
    "artanh": _inside(_artanh, lambda u: 1 - u, lambda u: 1 + u, edge="logarithm"),
    "exp": _plain(lambda u: u.exp()),
    "ln": _ln,
    "sqrt": lambda u, node: _power(u, Fraction(1, 2), node),
    "cbrt": lambda u, node: _power(u, Fraction(1, 3), node, is_odd_root=True),
    "abs": _abs,
    "sgn": _sgn,
    "erf": _plain(lambda u: u.erf()),
}
