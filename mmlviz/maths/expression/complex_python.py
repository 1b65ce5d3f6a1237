"""A formula as numpy source for complex z near a centre on the real line."""

from fractions import Fraction

from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.numeric import evaluate
from mmlviz.maths.expression.plane import is_odd_root
from mmlviz.maths.expression.python import source
from mmlviz.maths.expression.tree import (
    Call,
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
    nodes,
    variables,
)

ONE, Z = Literal("1"), Variable("z")
_DEFINED = frozenset(("erf", "gamma"))


def complex_source(node: Expression, centre: float) -> tuple[str, frozenset[str]]:
    """The formula in numpy with x called z, and which of "erf" and "gamma" have to be defined for complex z.

    |u| is u or −u, sgn u is 1 or −1, and roots of negative numbers are minus those of positive ones, by the sign of u
    at the centre. Other roots, logarithms and inverse functions are numpy's, on their principal branches.

    >>> from mmlviz.maths.expression.parser import read
    >>> complex_source(read("|x| + cbrt(x) + sin x"), -2.0)[0]
    '-z - (-z) ** (1.0 / 3) + np.sin(z)'
    """
    tree = _rewritten(node, centre)
    text = source(tree)
    names = frozenset(each.function for each in nodes(tree) if isinstance(each, Call)) & _DEFINED
    for name in names:
        text = text.replace(f"np.vectorize(math.{name})", name)
    return text, names


def _rewritten(node: Expression, a: float) -> Expression:
    match node:
        case Variable():
            return Z
        case Negative(part):
            return Negative(_rewritten(part, a))
        case Degrees(part):
            return Degrees(_rewritten(part, a))
        case Sum(terms):
            return Sum(tuple(_rewritten(term, a) for term in terms))
        case Product(factors):
            return Product(tuple(_rewritten(factor, a) for factor in factors))
        case Quotient(above, below):
            return Quotient(_rewritten(above, a), _rewritten(below, a))
        case Logarithm(base, argument):
            return Logarithm(_rewritten(base, a), _rewritten(argument, a))
    return _function(node, a)


def _function(node: Expression, a: float) -> Expression:
    match node:
        case Power(base, exponent) if variables(base) and is_odd_root(exponent):
            return _odd_root(base, exact_value(exponent) or Fraction(0), a)
        case Power(base, exponent):
            return Power(_rewritten(base, a), _rewritten(exponent, a))
        case Call("cbrt", argument) if variables(argument):
            return _odd_root(argument, Fraction(1, 3), a)
        case Call("abs", argument) if variables(argument):
            return _signed(_rewritten(argument, a), _is_negative(argument, a))
        case Call("sgn", argument) if variables(argument):
            return _signed(ONE, _is_negative(argument, a))
        case Call(function, argument):
            return Call(function, _rewritten(argument, a))
    return node


def _odd_root(base: Expression, exponent: Fraction, a: float) -> Expression:
    """±(±base)^exponent; with a point in the number, so that it is not read as a real root again."""
    is_negative = _is_negative(base, a)
    above = Literal(f"{abs(exponent.numerator)}.0")
    raised: Expression = Quotient(above, Literal(str(exponent.denominator)))
    raised = Negative(raised) if exponent < 0 else raised
    root = Power(_signed(_rewritten(base, a), is_negative), raised)
    return _signed(root, is_negative and exponent.numerator % 2 == 1)


def _signed(node: Expression, is_negative: bool) -> Expression:
    return Negative(node) if is_negative else node


def _is_negative(node: Expression, a: float) -> bool:
    return bool(evaluate(node, x=a) < 0)
