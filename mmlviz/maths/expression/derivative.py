"""Derivatives of typed formulas, as formulas.

The rules of calculus one by one, with only the simplest terms put together: so it takes a moment however the formula
is nested, and what comes out can be recognised. A computer algebra system multiplies 2^(2^50) out on the way, and
takes half a second to load.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.simple import ONE, TWO, ZERO, decimal, minus, number, over, plus, power, times
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
    variables,
)

LARGEST = 20_000  # parts of a derivative; only formulas made to be nested grow beyond
PI = Constant("pi")


class NoDerivative(Exception):
    """There is no derivative that could be written; the text is a sentence saying why."""


@lru_cache(maxsize=64)
def derivative(node: Expression, variable: str) -> Expression:
    """The derivative with respect to a variable, valid wherever the formula itself is defined.

    It is not defined at kinks (|x| at 0) and where the slope is infinite (√x at 0). Raises NoDerivative.
    """
    return _derivative(node, variable)


def _derivative(node: Expression, x: str) -> Expression:
    found = _by_rule(node, x) if x in variables(node) else ZERO
    if found.size > LARGEST:
        raise NoDerivative("The derivative of this formula is too long to be written.")
    return found


def _by_rule(node: Expression, x: str) -> Expression:
    match node:
        case Variable():
            return ONE
        case Negative(part):
            return minus(_derivative(part, x))
        case Sum(terms):
            return plus(*(_derivative(term, x) for term in terms))
        case Product(factors):
            return _of_product(factors, x)
        case Quotient(above, below):
            return _of_quotient(above, below, x)
    return _of_function(node, x)


def _of_function(node: Expression, x: str) -> Expression:
    match node:
        case Power(base, exponent):
            return _of_power(node, base, exponent, x)
        case Degrees(part):
            return times(_derivative(part, x), Quotient(PI, Literal("180")))
        case Call(function, argument):
            if function not in RULES:
                raise NoDerivative(f"The derivative of {function} needs a function that cannot be typed here.")
            return times(_derivative(argument, x), RULES[function](argument))
        case Logarithm(base, argument):
            return _derivative(Quotient(Call("ln", argument), Call("ln", base)), x)
    raise TypeError(f"no such expression: {node!r}")


def _of_product(factors: tuple[Expression, ...], x: str) -> Expression:
    """(ab)′ = a′b + ab′; a product of many is halved again and again, so that it stays short."""
    if len(factors) == 1:
        return _derivative(factors[0], x)
    middle = len(factors) // 2 if len(factors) > 3 else 1
    left, right = factors[:middle], factors[middle:]
    return plus(
        times(*_unpacked(_of_product(left, x)), *right),
        times(*left, *_unpacked(_of_product(right, x))),
    )


def _unpacked(node: Expression) -> tuple[Expression, ...]:
    return node.factors if isinstance(node, Product) else (node,)


def _of_quotient(above: Expression, below: Expression, x: str) -> Expression:
    """(a/b)′ = (a′b − ab′)/b²."""
    if x not in variables(below):
        return over(_derivative(above, x), below)
    up, down = _derivative(above, x), _derivative(below, x)
    if up == ZERO:
        return minus(over(times(above, down), power(below, TWO)))
    return over(plus(times(up, below), minus(times(above, down))), power(below, TWO))


def _of_power(node: Power, base: Expression, exponent: Expression, x: str) -> Expression:
    if x not in variables(exponent):
        n = exact_value(exponent)
        less = Sum((exponent, Negative(ONE))) if n is None else _shifted(exponent, n - 1)
        return times(exponent, power(base, less), _derivative(base, x))
    if base == E:
        return times(_derivative(exponent, x), node)
    if x not in variables(base):
        return times(_derivative(exponent, x), Call("ln", base), node)
    inner = _derivative(base, x) if exponent == base else over(times(exponent, _derivative(base, x)), base)
    return times(node, plus(times(_derivative(exponent, x), Call("ln", base)), inner))


def _shifted(exponent: Expression, n: Fraction) -> Expression:
    """The exponent n typed as the one before: a decimal stays one, and with it the domain of the power."""
    if n.denominator == 1 or is_written_whole(exponent):
        return number(n)
    return decimal(n) or Sum((exponent, Negative(ONE)))


# The rules --------------------------------------------------------------------------------------


def _square(u: Expression) -> Expression:
    return power(u, TWO)


RULES: dict[str, Callable[[Expression], Expression]] = {
    "sin": lambda u: Call("cos", u),
    "cos": lambda u: minus(Call("sin", u)),
    "tan": lambda u: _square(Call("sec", u)),
    "sec": lambda u: times(Call("sec", u), Call("tan", u)),
    "csc": lambda u: minus(times(Call("csc", u), Call("cot", u))),
    "cot": lambda u: minus(_square(Call("csc", u))),
    "arcsin": lambda u: over(ONE, Call("sqrt", plus(ONE, minus(_square(u))))),
    "arccos": lambda u: minus(over(ONE, Call("sqrt", plus(ONE, minus(_square(u)))))),
    "arctan": lambda u: over(ONE, plus(ONE, _square(u))),
    "sinh": lambda u: Call("cosh", u),
    "cosh": lambda u: Call("sinh", u),
    "tanh": lambda u: _square(Call("sech", u)),
    "sech": lambda u: minus(times(Call("sech", u), Call("tanh", u))),
    "csch": lambda u: minus(times(Call("csch", u), Call("coth", u))),
    "coth": lambda u: minus(_square(Call("csch", u))),
    "arsinh": lambda u: over(ONE, Call("sqrt", plus(_square(u), ONE))),
    "arcosh": lambda u: over(ONE, Call("sqrt", plus(_square(u), minus(ONE)))),
    "artanh": lambda u: over(ONE, plus(ONE, minus(_square(u)))),
    "exp": lambda u: Call("exp", u),
    "ln": lambda u: over(ONE, u),
    "sqrt": lambda u: over(ONE, times(TWO, Call("sqrt", u))),
    "cbrt": lambda u: over(ONE, times(Literal("3"), _square(Call("cbrt", u)))),
    "abs": lambda u: over(u, Call("abs", u)),  # and so not defined at the kink
    "sgn": lambda u: Quotient(ZERO, u),  # 0, but not defined at the jump
    "erf": lambda u: times(over(TWO, Call("sqrt", PI)), Power(Constant("e"), minus(_square(u)))),
}
