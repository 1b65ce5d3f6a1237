"""The matrix that a product is, exactly where its matrices are, and its factors one after the other."""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import pairwise

from mmlviz.maths.expression.tokens import Refused, shown
from mmlviz.maths.products import common
from mmlviz.maths.products.common import Common, OutOfRange
from mmlviz.maths.products.makers import amount, made
from mmlviz.maths.products.text import brief, factors
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
    nodes,
)
from mmlviz.maths.rational import Matrix

ALONE = 2  # rows of an identity whose size nothing tells


def value(node: Node, matrices: Mapping[str, Matrix]) -> Matrix:
    """The matrix; what fits any size is 2×2. Raises Refused with a Problem where there is none."""
    return common.fractions(common.sized(_Evaluation(node, matrices).of(node), ALONE))


def partial(node: Node, matrices: Mapping[str, Matrix]) -> tuple[Matrix, ...]:
    """The products of the last factor, of the last two and so on; the last of them is the value. Raises Refused.

    A number at the end is so many times the identity that the other factors can follow.
    """
    found = _Evaluation(node, matrices)
    try:
        steps = found.steps(factors(node))
    except OutOfRange:
        raise found.out_of_range(node) from None
    columns = steps[-1].shape[1] if not steps[-1].fits else ALONE
    return tuple(common.fractions(common.sized(step, columns)) for step in steps)


def factor_matrices(node: Node, matrices: Mapping[str, Matrix]) -> tuple[Matrix, ...]:
    """The factors as matrices of their own, from left to right; of a product that has a value. Raises Refused.

    What fits any size has that of its neighbour: as many rows as the one to its right, else as the one to its left has
    columns.
    """
    evaluation = _Evaluation(node, matrices)
    found = [evaluation.of(factor) for factor in factors(node)]
    firm = [factor.shape for factor in found if not factor.fits]
    n = firm[-1][1] if firm else ALONE
    made: list[Matrix] = []
    for factor in reversed(found):
        made.append(common.fractions(common.sized(factor, n)))
        n = n if factor.fits else factor.shape[0]
    return tuple(reversed(made))


class _Evaluation:
    """The values of the parts of one product; what stands in it twice is worked out once."""

    def __init__(self, node: Node, matrices: Mapping[str, Matrix]) -> None:
        self.matrices = matrices
        self.found: dict[Node, Common] = {}
        for each in nodes(node):
            if isinstance(each, Name) and each.letter not in matrices:
                raise Refused(*each.at, *undefined(each.letter, sorted(matrices)))

    def of(self, node: Node) -> Common:
        """The value of a part. Raises Refused."""
        if node not in self.found:
            try:
                self.found[node] = self.worked_out(node)
            except OutOfRange:
                raise self.out_of_range(node) from None
            except ValueError as wrong:  # of a maker
                raise Refused(*node.at, str(wrong)) from None
        return self.found[node]

    def out_of_range(self, node: Node) -> Refused:
        """The refusal of a part whose entries no float can hold."""
        said = f"the entries of {_said(node)} are too large, or too small beside 0"
        return Refused(*node.at, said, "their sizes go from 1e-300 to 1e300")

    def worked_out(self, node: Node) -> Common:
        match node:
            case Name(letter):
                return common.common(self.matrices[letter])
            case Identity():
                return Common(((1,),), fits=True)
            case Scalar(number):
                return common.common(amount(number))
            case Entries(rows):
                return common.common(tuple(tuple(map(amount, row)) for row in rows))
            case Maker(name, arguments):
                return common.common(made(name, arguments))
            case Transpose(base):
                return common.transposed(self.of(base))
            case Power():
                return self.power(node)
            case Product(factors):
                return self.steps(factors)[-1]
            case Sum(terms):
                return self.sum(terms)
        raise TypeError(f"no such product: {node!r}")

    # Products and sums --------------------------------------------------------------------------

    def steps(self, factors: Sequence[Node]) -> list[Common]:
        """The products from the right."""
        self.check_shapes(factors)
        found = [self.of(factors[-1])]
        for factor in reversed(factors[:-1]):
            found.append(common.product(self.of(factor), found[-1]))
        return found

    def check_shapes(self, factors: Sequence[Node]) -> None:
        """Raises Refused at the first two that do not fit; what fits any size is passed over."""
        firm = [factor for factor in factors if not self.of(factor).fits]
        for A, B in pairwise(firm):
            if self.of(A).shape[1] != self.of(B).shape[0]:
                one, other = _said(A), _said(B)
                together = f"{one}{other}" if isinstance(A, Name) and isinstance(B, Name) else "their product"
                raise Refused(
                    A.at[0], B.at[1], f"{self.size(A)} and {self.size(B)}: "
                    f"{together} needs as many rows of {other} as {one} has columns",
                )  # fmt: skip

    def sum(self, terms: Sequence[Node]) -> Common:
        firm = [term for term in terms if not self.of(term).fits]
        for term in firm[1:]:
            if self.of(term).shape != self.of(firm[0]).shape:
                said = f"{self.size(firm[0])} and {self.size(term)}: only matrices of the same shape are added"
                raise Refused(firm[0].at[0], term.at[1], said)
        if len(firm) < len(terms) and firm and not self.of(firm[0]).is_square:
            raise Refused(*firm[0].at, f"{self.size(firm[0])}: the identity that is added to it would be square")
        return reduce(common.added, map(self.of, terms))

    def size(self, node: Node) -> str:
        """A is 2×3."""
        return f"{_said(node)} is {_shape(self.of(node))}"

    # Powers -------------------------------------------------------------------------------------

    def power(self, node: Power) -> Common:
        base, exponent = node.base, node.exponent
        if not self.of(base).is_square:
            what = "has an inverse" if exponent < 0 else "has powers"
            raise Refused(*base.at, f"{self.size(base)}: only a square matrix {what}")
        A = self.inverse(base, node) if exponent < 0 else self.of(base)
        return common.power(A, abs(exponent))

    def inverse(self, base: Node, whole: Power) -> Common:
        """The inverse; of a product that of each factor, since rounding could hide that one of them is singular."""
        if isinstance(base, Product) and all(self.of(factor).is_square for factor in base.factors):
            return reduce(common.product, [self.inverse(factor, whole) for factor in reversed(base.factors)])
        A = self.of(base)
        if common.is_singular(A):
            base = whole.base if isinstance(base, Scalar) else base
            raise Refused(*whole.at, f"{_said(base)} is singular: {_said(whole)} does not exist")
        return common.inverse(A)


def _said(node: Node) -> str:
    return shown(brief(node))


def _shape(A: Common) -> str:
    m, n = A.shape
    return f"{m}×{n}"


def undefined(letter: str, known: Sequence[str]) -> tuple[str, str]:
    """What is said of a letter without a matrix."""
    if not known:
        return f"{letter} is not defined", "define it first"
    return f"{letter} is not defined; {', '.join(known)} {'is' if len(known) == 1 else 'are'}", ""
