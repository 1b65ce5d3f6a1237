"""Sums, products and powers put together with their simplest terms in one: 2·3x is 6x, x·x is x², x − x is 0."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.tree import Expression, Literal, Negative, Power, Product, Quotient, Sum, Variable

ZERO, ONE, TWO = Literal("0"), Literal("1"), Literal("2")


def number(x: Fraction) -> Expression:
    """A fraction as it is typed."""
    size: Expression = Literal(str(abs(x.numerator)))
    if x.denominator != 1:
        size = Quotient(size, Literal(str(x.denominator)))
    return Negative(size) if x < 0 else size


def decimal(x: Fraction) -> Expression | None:
    """A fraction as a decimal that ends; None where it does not."""
    found = Decimal(x.numerator) / Decimal(x.denominator)
    if Fraction(found) != x:
        return None
    return Negative(Literal(f"{-found:f}")) if x < 0 else Literal(f"{found:f}")


def minus(node: Expression) -> Expression:
    """−node."""
    if isinstance(node, Negative):
        return node.part
    return node if node == ZERO else Negative(node)


def plus(*terms: Expression) -> Expression:
    """The sum; terms that differ in their number alone are one, and numbers stand where the first of them stood."""
    found: dict[Expression, Fraction] = {}
    for term in terms:
        for part in term.terms if isinstance(term, Sum) else (term,):
            scale, rest = _scaled(part)
            found[rest] = found.get(rest, Fraction(0)) + scale
    kept = [times(number(scale), rest) for rest, scale in found.items() if scale]
    return Sum(tuple(kept)) if len(kept) > 1 else kept[0] if kept else ZERO


def _scaled(term: Expression) -> tuple[Fraction, Expression]:
    """A number and what it multiplies."""
    if isinstance(term, Negative):
        scale, rest = _scaled(term.part)
        return -scale, rest
    value = _plain_value(term)
    if value is not None:
        return value, ONE
    if isinstance(term, Product):
        value = _plain_value(term.factors[0])
        if value is not None:
            others = term.factors[1:]
            return value, Product(others) if len(others) > 1 else others[0]
    return Fraction(1), term


def times(*factors: Expression) -> Expression:
    """The product, its sign and its number in front, then variables; whole powers of one base are one power."""
    scale = Fraction(1)
    found: dict[Expression, int] = {}
    for factor in _flat(factors):
        value = -1 if factor is _MINUS else _plain_value(factor)
        if value is not None:
            scale *= value
        else:
            base, count = _counted(factor)
            found[base] = found.get(base, 0) + count
    if scale == 0:
        return ZERO
    rest = sorted((_raised(base, count) for base, count in found.items()), key=_rank)
    if abs(scale) != 1 or not rest:
        rest = [number(abs(scale)), *rest]
    node = Product(tuple(rest)) if len(rest) > 1 else rest[0]
    return Negative(node) if scale < 0 else node


_MINUS = Negative(ONE)


def _flat(factors: Iterable[Expression]) -> Iterable[Expression]:
    """The factors, products and signs taken apart."""
    for factor in factors:
        if isinstance(factor, Negative):
            yield _MINUS
            yield from _flat((factor.part,))
        elif isinstance(factor, Product):
            yield from _flat(factor.factors)
        else:
            yield factor


def _counted(factor: Expression) -> tuple[Expression, int]:
    """A base and how often it is a factor: only whole exponents from 1 on are added up without a change of domain."""
    if isinstance(factor, Power):
        count = exact_value(factor.exponent)
        if count is not None and count >= 1 and count.denominator == 1:
            return factor.base, int(count)
    return factor, 1


def _raised(base: Expression, count: int) -> Expression:
    return base if count == 1 else Power(base, Literal(str(count)))


def _rank(factor: Expression) -> int:
    """Letters before functions and brackets, as in 2x(x + 1)."""
    base, _ = _counted(factor)
    return 0 if isinstance(base, Variable) else 1


def over(above: Expression, below: Expression) -> Expression:
    """above / below, the sign in front."""
    if above == ZERO or below == ONE:
        return above
    if isinstance(above, Negative):
        return minus(over(above.part, below))
    if isinstance(above, Quotient):
        return over(above.above, times(above.below, below))
    value, divisor = _plain_value(above), _plain_value(below)
    if value is not None and divisor:
        return number(value / divisor)
    return Quotient(above, below)


def power(base: Expression, exponent: Expression) -> Expression:
    """base ^ exponent; a whole power of a whole power is one."""
    if exponent == ONE:
        return base
    inner, count = _counted(base)
    n = exact_value(exponent)
    if count > 1 and n is not None and n >= 1 and n.denominator == 1:
        return Power(inner, number(count * n))
    return ONE if exponent == ZERO else Power(base, exponent)


def _plain_value(node: Expression) -> Fraction | None:
    """The value of a number or a fraction: what can be put together with others and is not worth being seen apart."""
    is_plain = isinstance(node, Literal) or (
        isinstance(node, Quotient) and isinstance(node.above, Literal) and isinstance(node.below, Literal)
    )
    return exact_value(node) if is_plain else None
