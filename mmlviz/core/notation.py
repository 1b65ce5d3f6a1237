"""A typed formula as it is printed: bars for fractions, raised exponents, no more brackets than needed."""

from collections.abc import Mapping

from mmlviz.core import formula as f
from mmlviz.core.words import MINUS
from mmlviz.maths.expression.tree import (
    Call,
    Constant,
    Degrees,
    Expression,
    Literal,
    Logarithm,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
)

E = f.Symbol("e")
_MARKED = {"sqrt", "cbrt", "abs", "exp"}  # functions that are drawn around their argument
_SIMPLE = (Literal, Constant, Variable)


def notation(node: Expression, roles: Mapping[str, str] | None = None) -> f.Node:
    """The formula as it was read; `roles` gives variables the colours of their roles."""
    return _Writer(roles or {}).write(node)


def inline(node: Expression) -> f.Node:
    """The formula on one line, fractions included: for entries of a matrix."""
    return _Writer({}, is_small=True).write(node)


class _Writer:
    """Writes one formula; is_small: in an exponent, where fractions stand on one line."""

    def __init__(self, roles: Mapping[str, str], is_small: bool = False) -> None:
        self.roles, self.is_small = roles, is_small

    @property
    def small(self) -> "_Writer":
        return _Writer(self.roles, is_small=True)

    def write(self, node: Expression) -> f.Node:
        """The node for itself, or as the last of a product."""
        match node:
            case Sum(terms):
                return f.Row((self.write(terms[0]), *(part for term in terms[1:] for part in self.added(term))))
            case Negative(part):
                return f.row(MINUS, self.inside(part, Sum, Negative))
            case Product(factors):
                return self.product(factors)
            case Quotient(above, below):
                return self.quotient(above, below)
            case Power(base, exponent):
                return self.power(base, exponent)
        return self.single(node)

    def single(self, node: Expression) -> f.Node:
        match node:
            case Literal(text):
                return number(text)
            case Constant(name):
                return E if name == "e" else f.Symbol("π")
            case Variable(name):
                symbol = f.Symbol(name)
                return f.Coloured(self.roles[name], symbol) if name in self.roles else symbol
            case Degrees(part):
                return f.Text(f"{part.text}°") if isinstance(part, Literal) else f.row(self.atom(part), "°")
            case Call() | Logarithm():
                return self.called(node, is_last=True)
        raise TypeError(f"no such expression: {node!r}")

    def inside(self, node: Expression, *kinds: type[Expression]) -> f.Node:
        """The node, in brackets if it is of one of these kinds."""
        return f.Brackets(self.write(node)) if isinstance(node, kinds) else self.write(node)

    def atom(self, node: Expression) -> f.Node:
        """The node as something that can be raised or measured in degrees."""
        is_atom = isinstance(node, _SIMPLE) and not (isinstance(node, Literal) and "e" in node.text.lower())
        is_atom = is_atom or (isinstance(node, Call) and node.function in ("abs", "gamma"))
        return self.write(node) if is_atom else f.Brackets(self.write(node))

    def added(self, term: Expression) -> tuple[f.Node, f.Node]:
        if isinstance(term, Negative):
            return f.Text(MINUS), self.inside(term.part, Sum, Negative)
        return f.Text("+"), self.inside(term, Sum)

    def quotient(self, above: Expression, below: Expression) -> f.Node:
        if not self.is_small:
            return f.Over(self.write(above), self.write(below))
        return f.Fraction(self.inside(above, Sum, Negative), self.inside(below, Sum, Negative, Product, Quotient))

    def product(self, factors: tuple[Expression, ...]) -> f.Node:
        """Side by side; a point where figures would run together."""
        found: list[f.Node] = []
        for k, factor in enumerate(factors):
            if k and (_begins_with_figure(factor) or (isinstance(factors[k - 1], Quotient) and self.is_small)):
                found.append(f.Text("·"))
            is_last = k == len(factors) - 1
            if isinstance(factor, Call | Logarithm):
                found.append(self.called(factor, is_last, is_first=k == 0))
            else:
                found.append(self.inside(factor, Sum, Negative, *(() if is_last else (Product,))))
        return f.Row(tuple(found))

    def power(self, base: Expression, exponent: Expression) -> f.Node:
        raised = self.small.write(exponent)
        is_count = isinstance(exponent, Literal) and exponent.text.isdigit()
        if isinstance(base, Call) and base.function not in {*_MARKED, "gamma"} and is_count:
            return f.row(f.Power(f.Text(base.function), raised), self.argument(base.argument, is_last=True))
        return f.Power(self.atom(base), raised)

    def called(self, node: Call | Logarithm, is_last: bool, is_first: bool = True) -> f.Node:
        """A function with its argument, in brackets unless that is short and nothing follows it."""
        if isinstance(node, Logarithm):
            name: f.Node = f.Sub(f.Text("log"), self.small.write(node.base))
            return f.row(name, self.argument(node.argument, is_last))
        match node.function:
            case "sqrt":
                return f.Root(self.write(node.argument))
            case "cbrt":
                return f.CubeRoot(self.write(node.argument))
            case "abs":
                return f.Bars(self.write(node.argument))
            case "exp":
                return f.Power(E, self.small.write(node.argument))
            case "gamma":
                return f.row(f.Symbol("Γ"), f.Brackets(self.write(node.argument)))
        argument = self.argument(node.argument, is_last)
        space = "" if isinstance(argument, f.Brackets) else " "
        return f.row(f"{'' if is_first else ' '}{node.function}{space}", argument)

    def argument(self, node: Expression, is_last: bool) -> f.Node:
        return self.write(node) if is_last and _is_short(node) else f.Brackets(self.write(node))


def number(text: str) -> f.Node:
    """A number as typed, a power of ten raised."""
    mantissa, _, power = text.lower().partition("e")
    if not power:
        return f.Text(text)
    ten = f.Power(f.Text("10"), f.Text(power.replace("-", MINUS).removeprefix("+")))
    return ten if mantissa in ("1", "1.") else f.row(mantissa, "·", ten)


def _is_short(node: Expression) -> bool:
    """What can stand behind a function without brackets: x, 2x, x², πx/2, 30°."""
    match node:
        case Literal() | Constant() | Variable():
            return True
        case Product(factors):
            return all(_is_short(factor) and not isinstance(factor, Quotient) for factor in factors)
        case Power(base, exponent):
            return isinstance(base, _SIMPLE) and isinstance(exponent, _SIMPLE)
        case Quotient(above, below):
            return _is_short(above) and _is_short(below)
        case Degrees(part):
            return isinstance(part, _SIMPLE)
    return False


def _begins_with_figure(node: Expression) -> bool:
    match node:
        case Literal():
            return True
        case Power(base, _) | Degrees(base):
            return _begins_with_figure(base)
        case Product(factors):
            return _begins_with_figure(factors[0])
    return False
