"""The series of a formula in closed form, node by node; None where no rule gives one."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from operator import add, mul

from mmlviz.maths.expression import closed_form as closed
from mmlviz.maths.expression import exact_inverses
from mmlviz.maths.expression.closed_form import PI, Form, NotKnown
from mmlviz.maths.expression.exact import Known, known
from mmlviz.maths.expression.exact_rules import RULES, UNIT, exp, ln, power
from mmlviz.maths.expression.exact_series import Exact, begins, constant, inverse, whole_power
from mmlviz.maths.expression.tree import (
    Call,
    Constant,
    Degrees,
    E,
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

ALL_RULES = RULES | exact_inverses.RULES


class ExactWalk:
    """The series of every part of a formula, each found once, equal ones together.

    holes are the parts that divide by what is 0 there.
    """

    def __init__(self, lines: Mapping[str, Exact | None]) -> None:
        self.lines = lines
        self.holes: dict[Expression, None] = {}
        self._found: dict[Expression, Exact | None] = {}
        self._known: dict[Expression, Known] = {}

    def known(self, node: Expression) -> Known:
        """What a part without variables is worth exactly, and whether it is one."""
        if node not in self._known:
            self._known[node] = known(node, [self.known(part) for part in parts(node)])
        return self._known[node]

    def of(self, node: Expression) -> Exact | None:
        """The series of a part, None where it is not known."""
        if node not in self._found:
            try:
                self._found[node] = self._of(node)
            except NotKnown:
                self._found[node] = None
        return self._found[node]

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
            self.holes[node] = None


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
            return exp(of[1]) if base == E else _power(of[0], of[1], n, exponent)
        case Logarithm():
            return ln(of[1]) / ln(of[0])
        case Call(function):
            if function not in ALL_RULES:
                raise NotKnown
            return ALL_RULES[function](of[0])
    raise NotKnown


def _power(base: Exact, exponent: Exact, n: Fraction | None, typed: Expression) -> Exact:
    if n is None:
        return exp(exponent * ln(base))
    if n.denominator == 1:
        found = whole_power(base, abs(int(n)))
        return inverse(found) if n < 0 else found
    return power(base, n, bool(n.denominator % 2) and is_written_whole(typed))
