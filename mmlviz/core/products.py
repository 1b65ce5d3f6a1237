"""A product of matrices as it is printed: letters, raised exponents, R(30°), matrices written out."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from mmlviz.core import formula as f
from mmlviz.core.notation import inline
from mmlviz.core.words import MINUS
from mmlviz.maths.expression.tree import Degrees, Expression, Literal, Negative, Quotient
from mmlviz.maths.expression.tree import Sum as NumberSum
from mmlviz.maths.products.makers import form_of
from mmlviz.maths.products.text import ONE
from mmlviz.maths.products.tree import (
    Entries,
    Identity,
    Maker,
    Name,
    Node,
    Power,
    Product,
    Scalar,
    Sum,
    Transpose,
)

# Makers that have a letter of their own; the others are written as words.
_SYMBOLS: dict[str, f.Node] = {
    "rot": f.Symbol("R"), "scale": f.Symbol("S"),
    "rotx": f.Sub(f.Symbol("R"), f.Symbol("x")), "roty": f.Sub(f.Symbol("R"), f.Symbol("y")),
    "rotz": f.Sub(f.Symbol("R"), f.Symbol("z")),
}  # fmt: skip


def notation(node: Node, roles: Mapping[str, str] | None = None) -> f.Node:
    """The product as it was read; `roles` gives letters the colours of their roles."""
    return _Writer(roles or {}).write(node)


class _Writer:
    """Writes one product."""

    def __init__(self, roles: Mapping[str, str]) -> None:
        self.roles = roles

    def write(self, node: Node) -> f.Node:
        match node:
            case Sum(terms):
                return f.Row((self.term(terms[0]), *(part for term in terms[1:] for part in self.added(term))))
            case Product(factors):
                return f.Row(tuple(self.product(factors)))
            case Power(base, exponent):
                return f.Power(self.base(base), f.Text(str(exponent).replace("-", MINUS)))
            case Transpose(Power(base, -1)):
                return f.Power(self.base(base), f.Text(f"{MINUS}T"))
            case Transpose(base):
                return f.Power(self.base(base), f.Text("T"))
        return self.single(node)

    def single(self, node: Node) -> f.Node:
        match node:
            case Name(letter):
                symbol = f.Symbol(letter)
                return f.Coloured(self.roles[letter], symbol) if letter in self.roles else symbol
            case Identity():
                return f.Symbol("I")
            case Scalar(number):
                return inline(number)
            case Entries(rows):
                return f.Matrix(tuple(tuple(map(inline, row)) for row in rows))
            case Maker(name, arguments):
                form = form_of(name, arguments)
                assert form is not None  # it has been read
                inner = _listed([_argument(*each) for each in zip(form.takes, arguments)])
                return f.row(_SYMBOLS.get(name, f.Text(name)), f.Brackets(inner))
        raise TypeError(f"no such product: {node!r}")

    # Sums and products --------------------------------------------------------------------------

    def term(self, node: Node) -> f.Node:
        return f.Brackets(self.write(node)) if isinstance(node, Sum) else self.write(node)

    def added(self, term: Node) -> tuple[f.Node, f.Node]:
        """A term behind another: what begins with a negative number is subtracted."""
        first, *others = term.factors if isinstance(term, Product) else (term,)
        if isinstance(first, Scalar) and isinstance(first.number, Negative):
            return f.Text(MINUS), f.Row(tuple(self.size(first.number.part, others)))
        return f.Text("+"), self.term(term)

    def product(self, factors: Sequence[Node]) -> list[f.Node]:
        first, *others = factors
        if isinstance(first, Scalar) and isinstance(first.number, Negative):
            return [f.Text(MINUS), *self.size(first.number.part, others)]
        return self.side_by_side(factors)

    def size(self, number: Expression, others: Sequence[Node]) -> list[f.Node]:
        """A number without its sign and what it multiplies; 1 is not written."""
        return self.side_by_side(others if number == ONE else [Scalar(number), *others])

    def side_by_side(self, factors: Sequence[Node]) -> list[f.Node]:
        """A point before a number and behind a fraction; all else stands side by side."""
        found = [self.factor(factors[0])]
        for left, right in pairwise(factors):
            if isinstance(right, Scalar) or (isinstance(left, Scalar) and isinstance(left.number, Quotient)):
                found.append(f.Text("·"))
            found.append(self.factor(right))
        return found

    def factor(self, node: Node) -> f.Node:
        is_sum = isinstance(node, Scalar) and isinstance(node.number, NumberSum | Negative)
        return f.Brackets(self.write(node)) if is_sum or isinstance(node, Sum | Product) else self.write(node)

    def base(self, node: Node) -> f.Node:
        is_single = isinstance(node, Name | Identity | Entries | Maker)
        return self.write(node) if is_single else f.Brackets(self.write(node))


def _argument(kind: str, argument: Expression | tuple[Expression, ...]) -> f.Node:
    """A vector in brackets; an angle that is not in degrees is a bare number, as in mathematics."""
    if isinstance(argument, tuple):
        return f.Brackets(_listed(list(map(inline, argument))))
    if kind != "a":
        return inline(argument)
    match argument:
        case Degrees(Negative(Literal(text))) | Negative(Degrees(Literal(text))):
            return f.Text(f"{MINUS}{text}°")
    return inline(argument)


def _listed(nodes: Sequence[f.Node]) -> f.Node:
    """With commas between them."""
    found = [nodes[0]]
    for node in nodes[1:]:
        found += [f.Text(", "), node]
    return f.Row(tuple(found)) if len(found) > 1 else found[0]
