"""A formula as text again, every bracket written: what is read from it is the same tree."""

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


def write(node: Expression) -> str:
    """The formula fully bracketed, in plain characters.

    >>> from mmlviz.maths.expression.parser import read
    >>> write(read("2x sin^2 x - 1/2x"))
    '(2*x*(sin(x)^2)) - (1/(2*x))'
    """
    match node:
        case Sum(terms):
            return _bracketed(terms[0]) + "".join(map(_added, terms[1:]))
        case Negative(part):
            return f"-{_bracketed(part)}"
        case Product(factors):
            return "*".join(map(_bracketed, factors))
        case Quotient(above, below):
            return f"{_bracketed(above)}/{_bracketed(below)}"
        case Power(base, exponent):
            return f"{_bracketed(base)}^{_bracketed(exponent)}"
        case Degrees(part):
            return f"{_bracketed(part)}°"
    return _single(node)


def _single(node: Expression) -> str:
    """What needs no brackets around it."""
    match node:
        case Literal(text):
            return text
        case Constant(name) | Variable(name):
            return name
        case Call(function, argument):
            return f"{function}({write(argument)})"
        case Logarithm(base, argument):
            low = write(base) if isinstance(base, Literal) else f"({write(base)})"
            return f"log_{low}({write(argument)})"
    raise TypeError(f"no such expression: {node!r}")


def _bracketed(node: Expression) -> str:
    is_single = isinstance(node, Literal | Constant | Variable | Call | Logarithm)
    return _single(node) if is_single else f"({write(node)})"


def _added(term: Expression) -> str:
    return f" - {_bracketed(term.part)}" if isinstance(term, Negative) else f" + {_bracketed(term)}"
