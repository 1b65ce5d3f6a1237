"""The power series of a formula along a line through a point: closed forms where rules give them, balls for the rest.

The coefficients are as accurate as floats can show: the precision rises from FEWEST_BITS until they are, or to
MOST_BITS.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mmlviz.maths.expression.ball_series import Balls, Trouble, blurred, of_exact
from mmlviz.maths.expression.ball_walk import BallWalk
from mmlviz.maths.expression.balls import ball
from mmlviz.maths.expression.closed_form import Form, NotKnown, fraction
from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.exact_series import Exact, line, terms_known
from mmlviz.maths.expression.exact_walk import ExactWalk, closed_form
from mmlviz.maths.expression.tree import Call, Expression, nodes, parts

FEWEST_BITS, MOST_BITS = 128, 2048
# 2^-58 < 1e-17 is a fraction of the rounding to a float.
ENOUGH_BITS = 58
FEW_BITS = 20  # less than that is not shown
VANISHED = 2.0**-1000  # at MOST_BITS what may be 0 and is within that of it is shown as 0
NOTHING = 2.0**-100  # of the largest coefficient
# Above and below the fraction bar. Beyond it the fractions grow by hundreds of digits and cost more than balls.
LONGEST_CENTRE = 10**6
# Of formulas with hundreds of parts less is tried. Parts times bits, and parts times coefficients:
MOST_WORK, MOST_COEFFICIENTS = 100_000, 40_000
GAMMA = 15  # parts that take as long as one Γ
SPARE_TERMS = (4, 12, 40, 120)  # that leading zeros may take away


@contextmanager
def working(bits: int, terms: int) -> Iterator[None]:
    """flint's precision and number of terms, which are global, for this long only."""
    from flint import ctx

    before = ctx.prec, ctx.cap
    ctx.prec, ctx.cap = bits, terms
    try:
        yield
    finally:
        ctx.prec, ctx.cap = before


@dataclass(frozen=True, slots=True)
class Line:
    """start + slope · t; start is a formula without variables."""

    start: Expression
    slope: Fraction

    def exactly(self) -> Exact | None:
        """In closed form; None for long fractions and what has none."""
        value = exact_value(self.start)
        if value is not None and max(abs(value.numerator), value.denominator) > LONGEST_CENTRE:
            return None
        try:
            return line(self._form() if value is None else fraction(value), self.slope)
        except NotKnown:
            return None

    def _form(self) -> Form:
        return closed_form(self.start)

    def balls(self) -> Any:
        """In balls, at flint's present precision."""
        from flint import arb_series, fmpq

        return arb_series([ball(self.start), fmpq(self.slope.numerator, self.slope.denominator)])


@dataclass(frozen=True, slots=True, eq=False)
class Expanded:
    """c₀ + c₁t + … of the formula f: balls, in closed form where that is known, the bits worked with.

    holes are the parts of the formula that divide by 0 at the point, where only the limit is defined.
    """

    f: Expression
    balls: tuple[Any, ...]
    exact: Exact | None
    bits: int
    holes: tuple[Expression, ...]


def expand(f: Expression, lines: Mapping[str, Line], terms: int) -> Expanded:
    """The first terms of the series of f. Raises Trouble, its node the part of f that is to blame."""
    work = f.size + GAMMA * sum(isinstance(node, Call) and node.function == "gamma" for node in nodes(f))
    spares = [spare for spare in SPARE_TERMS if spare == SPARE_TERMS[0] or (terms + spare) * work <= MOST_COEFFICIENTS]
    for spare in spares:
        try:
            found = _expanded(f, lines, terms, terms + spare, MOST_WORK // work)
        except Trouble as trouble:
            if not trouble.is_short or spare == spares[-1]:
                raise
            continue
        if found is not None:
            return found
    raise Trouble("unknown", f)


def _expanded(f: Expression, lines: Mapping[str, Line], terms: int, cap: int, most_bits: int) -> Expanded | None:
    """None where leading zeros leave too few terms. With more than most_bits it is tried no further."""
    with working(FEWEST_BITS, cap):
        walk = ExactWalk({name: each.exactly() for name, each in lines.items()})
        exact = walk.of(f)
        if exact is not None:
            if terms_known(exact, cap) < (1 if exact.shift < 0 else terms):
                return None
            if exact.shift < 0:
                raise Trouble("pole", _source(f, lambda node: _shift(walk.of(node))))
    bits = FEWEST_BITS
    while True:
        with working(bits, cap):
            found = _in_balls(f, lines, walk, terms, is_last=bits >= min(MOST_BITS, most_bits))
        if isinstance(found, Expanded) or found is None:
            return found
        bits *= 2


def _shift(series: Exact | Balls | None) -> int:
    return 0 if series is None else series.shift


def _source(node: Expression, shift: Callable[[Expression], int]) -> Expression:
    """The innermost part that has a pole."""
    while True:
        inner = next((part for part in parts(node) if shift(part) < 0), None)
        if inner is None:
            return node
        node = inner


def _in_balls(
    f: Expression, lines: Mapping[str, Line], exactly: ExactWalk, terms: int, is_last: bool
) -> Expanded | bool | None:
    """The balls at the present precision; False where more bits are needed, None where more terms are."""
    from flint import ctx

    exact = exactly.of(f)
    walk = BallWalk({name: each.balls() for name, each in lines.items()} if exact is None else {}, exactly)
    try:
        found = of_exact(exact) if exact is not None else _without_pole(walk, f)
    except Trouble as trouble:
        if trouble.is_blurred and not is_last:
            return False
        raise _blamed(trouble, walk) from None
    if found.series.prec < terms:
        return None
    balls = tuple(found.series[k] for k in range(terms))
    if not (_is_clear(balls, FEW_BITS, VANISHED) if is_last else _is_clear(balls, ENOUGH_BITS, 0.0)):
        if is_last:
            raise Trouble("too large" if not all(c.is_finite() for c in balls) else "unknown", f)
        return False
    holes = tuple(exactly.holes | walk.holes)
    return Expanded(f, balls, exact, ctx.prec, holes)


def _without_pole(walk: BallWalk, f: Expression) -> Balls:
    found = walk.of(f)
    if found.series.prec < 1:
        raise Trouble("unknown", f, is_short=True)
    if found.shift < 0:
        raise blurred(f) if found.series[0].contains(0) else Trouble("pole", f)
    return found


def _blamed(trouble: Trouble, walk: BallWalk) -> Trouble:
    """A pole is blamed on the part that has it, not on what it was handed to."""
    if trouble.kind != "pole" or trouble.power is not None:
        return trouble
    return Trouble("pole", _source(trouble.node, lambda node: _shift(walk.found.get(node))))


def _is_clear(balls: tuple[Any, ...], bits: int, vanished: float) -> bool:
    """Whether each is known to so many bits.

    One that cannot be told from 0, as that of cos at π/2, is enough where it is far below the largest, or vanished.
    """
    from flint import arb

    least = max(max((c.abs_lower() for c in balls), default=arb(0)) * NOTHING, arb(vanished))
    return all(c.is_zero() or c.rel_accuracy_bits() >= bits or (c.contains(0) and c.abs_upper() < least) for c in balls)


def at_bits(f: Expression, lines: Mapping[str, Line], terms: int, exact: Exact | None, bits: int) -> tuple[Any, ...]:
    """The first coefficients at a precision of one's choice; exact is their closed form. Raises Trouble."""
    with working(bits, terms if exact is not None else terms + SPARE_TERMS[0]):
        if exact is not None:
            series = of_exact(exact).series
        else:
            exactly = ExactWalk({name: each.exactly() for name, each in lines.items()})
            series = _without_pole(BallWalk({name: each.balls() for name, each in lines.items()}, exactly), f).series
        if series.prec < terms:
            raise Trouble("unknown", f, is_short=True)
        return tuple(series[k] for k in range(terms))
