"""A formula as text again, every bracket written: what is read from it is the same tree."""

from itertools import pairwise

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


# For people -------------------------------------------------------------------------------------

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(5)  # how closely what is outermost binds
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def brief(node: Expression) -> str:
    """The formula on one line as people write it, with no more brackets than needed, for sentences.

    >>> from mmlviz.maths.expression.parser import read
    >>> brief(read("2/(x^2-x)")), brief(read("sqrt(4-x) e^(-x^2)")), brief(read("2x sin^2 x - 1/2x"))
    ('2/(x² − x)', '√(4 − x) e^(−x²)', '2x sin(x)² − 1/(2x)')
    """
    return _brief(node)[0]


def _brief(node: Expression) -> tuple[str, int]:
    match node:
        case Sum(terms):
            return _inside(terms[0], _SUM) + "".join(map(_next, terms[1:])), _SUM
        case Negative(part):
            return f"−{_inside(part, _PRODUCT)}", _SIGN if isinstance(part, Literal) else _SUM
        case Product(factors):
            return _side_by_side(factors), _PRODUCT
        case Quotient(above, below):
            return f"{_inside(above, _PRODUCT)}/{_inside(below, _POWER)}", _PRODUCT
        case Power(base, exponent):
            return _inside(base, _ATOM) + _exponent(exponent), _POWER
        case Degrees(part):
            return f"{_inside(part, _ATOM)}°", _ATOM
        case Call("sqrt" | "cbrt" as root, argument):
            return f"{'√' if root == 'sqrt' else '∛'}{_inside(argument, _ATOM)}", _POWER
    return _brief_atom(node), _ATOM


def _brief_atom(node: Expression) -> str:
    match node:
        case Constant("pi"):
            return "π"
        case Call("abs", argument):
            return f"|{brief(argument)}|"
        case Call(function, argument):
            return f"{'Γ' if function == 'gamma' else function}({brief(argument)})"
        case Logarithm(base, argument):
            return f"log_{_inside(base, _ATOM)}({brief(argument)})"
    return _single(node)


def _inside(node: Expression, least: int) -> str:
    text, level = _brief(node)
    return text if level >= least else f"({text})"


def _next(term: Expression) -> str:
    return f" − {_inside(term.part, _PRODUCT)}" if isinstance(term, Negative) else f" + {_inside(term, _PRODUCT)}"


def _side_by_side(factors: tuple[Expression, ...]) -> str:
    """2x, 3 sin(x), 2·3: nothing, a space or a point between them."""
    out = _inside(factors[0], _POWER if isinstance(factors[0], Quotient) else _PRODUCT)
    for before, factor in pairwise(factors):
        text = _inside(factor, _POWER)
        is_single = len(text.rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹")) == 1 and text[0].isalpha()
        is_root = isinstance(before, Call) and before.function in ("sqrt", "cbrt")  # of which the end must be seen
        between = "·" if text[0].isdigit() or is_root else "" if is_single or text[0] in "(√∛" else " "
        out += between + text
    return out


def _exponent(node: Expression) -> str:
    if isinstance(node, Literal) and node.text.isdigit():
        return node.text.translate(_RAISED)
    return f"^{_inside(node, _ATOM)}"
