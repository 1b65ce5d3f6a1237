"""A product of matrices as text again, which is read as the same tree, and its factors one by one."""

from collections.abc import Sequence
from itertools import pairwise

from mmlviz.maths.expression import read as read_expression
from mmlviz.maths.expression import text as expression_text
from mmlviz.maths.expression.tree import Constant, Degrees, Expression, Literal, Negative, nodes
from mmlviz.maths.expression.tree import Product as NumberProduct
from mmlviz.maths.expression.tree import Sum as NumberSum
from mmlviz.maths.products.makers import form_of
from mmlviz.maths.products.scan import number_end, prepared
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

ONE = Literal("1")
_RAISED = str.maketrans("-0123456789T", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹ᵀ")


def write(node: Node) -> str:
    """The product on one line, as it can be typed.

    >>> from mmlviz.maths.products.parser import read
    >>> write(read("(A²·B)⁻¹ − 2∘C'")), write(read("A rot(30°)(1/2)(B + I)"))
    ('(A^2 B)^-1 - 2C^T', 'A rot(30) (1/2) (B + I)')
    """
    return _write(node, is_raised=False)


def brief(node: Node) -> str:
    """The same for sentences: (A² B)⁻¹ − 2Cᵀ."""
    return _write(node, is_raised=True).replace("-", "−")


# Factors ----------------------------------------------------------------------------------------


def factors(node: Node) -> tuple[Node, ...]:
    """The factors of the outermost product from left to right; a number is one. The node itself if it is none."""
    return node.factors if isinstance(node, Product) else (node,)


def joined(factors: Sequence[Node]) -> Node:
    """The product of these factors, which keep their brackets; numbers side by side become one. At least one."""
    found: list[Node] = []
    for factor in factors:
        if found and isinstance(factor, Scalar) and isinstance(found[-1], Scalar):
            found[-1] = _times(found[-1], factor)
        else:
            found.append(factor)
    if len(found) == 1:
        return found[0]
    return Product(tuple(found), at=(found[0].at[0], found[-1].at[1]))


def _times(first: Scalar, second: Scalar) -> Scalar:
    at = (first.at[0], second.at[1])
    if first.number == Negative(ONE):
        return Scalar(Negative(second.number), at=at)
    return Scalar(NumberProduct((first.number, second.number)), at=at)


def negated(factors: Sequence[Node]) -> list[Node]:
    """The factors of minus their product: the sign goes to the number in front, if there is one."""
    first, *others = factors
    if isinstance(first, Scalar):
        return [Scalar(Negative(first.number), at=first.at), *others]
    return [Scalar(Negative(ONE), at=(first.at[0], first.at[0])), first, *others]


# Writing ----------------------------------------------------------------------------------------


def _write(node: Node, is_raised: bool) -> str:
    match node:
        case Sum(terms):
            return _in_sum(terms[0], is_raised) + "".join(_next(term, is_raised) for term in terms[1:])
        case Product(factors):
            return _side_by_side(factors, is_raised)
        case Power(base, exponent):
            return _raised(base, str(exponent), is_raised)
        case Transpose(Power(base, -1)):
            return _raised(base, "-T", is_raised)
        case Transpose(base):
            return _raised(base, "T", is_raised)
    return _single(node)


def _single(node: Node) -> str:
    match node:
        case Name(letter):
            return letter
        case Identity():
            return "I"
        case Scalar(number):
            return number_text(number)
        case Entries(rows):
            return "[" + "; ".join(map(_listed, rows)) + "]"
        case Maker(name, arguments):
            form = form_of(name, arguments)
            assert form is not None  # it has been read
            return f"{name}({', '.join(map(_argument, form.takes, arguments))})"
    raise TypeError(f"no such product: {node!r}")


def _raised(base: Node, exponent: str, is_raised: bool) -> str:
    is_single = isinstance(base, Name | Identity | Entries | Maker)
    below = _single(base) if is_single else f"({_write(base, is_raised)})"
    return below + (exponent.translate(_RAISED) if is_raised else f"^{exponent}")


def _in_sum(term: Node, is_raised: bool) -> str:
    return f"({_write(term, is_raised)})" if isinstance(term, Sum) else _write(term, is_raised)


def _next(term: Node, is_raised: bool) -> str:
    """A term behind another: what begins with a negative number is subtracted."""
    text = _in_sum(term, is_raised)
    return f" - {text[1:]}" if text.startswith("-") else f" + {text}"


def _side_by_side(factors: Sequence[Node], is_raised: bool) -> str:
    first, *others = factors
    texts = [_factor(factor, is_raised) for factor in others]
    if first == Scalar(Negative(ONE)):
        factors, out = others, f"-{texts.pop(0)}"
    else:
        out = _first(first, is_raised)
    for (left, right), text in zip(pairwise(factors), texts):
        out += ("" if _is_glued(left, right, text) else " ") + text
    return out


def _is_glued(left: Node, right: Node, text: str) -> bool:
    """Whether two factors need nothing between them: AB, 2A^T, A(B + C)."""
    if isinstance(left, Scalar):
        return _is_plain(left.number) and (text[0].isupper() or text[0] == "(")
    if isinstance(left, Name | Identity) and isinstance(right, Name | Identity):
        return True
    return text.startswith("(") and not isinstance(right, Scalar)


def _is_plain(number: Expression) -> bool:
    """Whether it is typed in figures alone, and a sign."""
    return isinstance(number.part if isinstance(number, Negative) else number, Literal)


def _first(factor: Node, is_raised: bool) -> str:
    """The first factor: only there a number stands without brackets, its sign before it."""
    if not isinstance(factor, Scalar):
        return _factor(factor, is_raised)
    if isinstance(factor.number, Negative):
        return f"-{_bracketed(factor.number.part)}"
    return _bracketed(factor.number)


def _factor(factor: Node, is_raised: bool) -> str:
    if isinstance(factor, Scalar):
        text = number_text(factor.number)
        return text if isinstance(factor.number, Literal) else f"({text})"
    text = _write(factor, is_raised)
    return f"({text})" if isinstance(factor, Sum | Product) else text


# Numbers ----------------------------------------------------------------------------------------


def number_text(number: Expression) -> str:
    """A number as people type it, wherever that is read as the same again."""
    text = expression_text.brief(number).replace("−", "-")
    return text if _is_read_as(text, number) else expression_text.write(number)


def _is_read_as(text: str, number: Expression) -> bool:
    return read_expression(text, ()) == number


def _bracketed(number: Expression) -> str:
    """As a factor that others follow."""
    text = number_text(number)
    is_whole = number_end(prepared(text), 0) == len(text) and not isinstance(number, NumberSum | Negative)
    return text if is_whole else f"({text})"


def _listed(numbers: Sequence[Expression]) -> str:
    return ", ".join(map(number_text, numbers))


def _argument(kind: str, argument: Expression | tuple[Expression, ...]) -> str:
    if isinstance(argument, tuple):
        return f"({_listed(argument)})"
    if kind != "a":
        return number_text(argument)
    if isinstance(argument, Degrees) and not is_marked(argument.part):
        return number_text(argument.part)
    return number_text(argument) if has_degrees(argument) else f"{number_text(argument)} rad"


def has_degrees(angle: Expression) -> bool:
    """Whether a degree sign stands in it."""
    return any(isinstance(each, Degrees) for each in nodes(angle))


def is_marked(angle: Expression) -> bool:
    """Whether a typed angle says what its unit is, by a degree sign or by π."""
    return has_degrees(angle) or Constant("pi") in nodes(angle)
