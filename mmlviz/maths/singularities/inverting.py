"""One step in solving g(x) = c: the equations for parts of g that it is the same as.

exp(u) = c is u = ln c + 2πik for all whole k, of which those within reach are taken, sin(u) = c two such families,
uⁿ = c are n equations; a rational function of x, of eˣ or of any one part is the roots of a polynomial, which flint
isolates rigorously.
"""

import cmath
from cmath import isfinite
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache, reduce
from math import ceil, inf, pi
from typing import Any

from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.plane import constant
from mmlviz.maths.expression.tree import (
    Call,
    Degrees,
    E,
    Expression,
    Logarithm,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    parts,
    variables,
)
from mmlviz.maths.matrix2 import EPS
from mmlviz.maths.singularities.branches import Branches, branches
from mmlviz.maths.singularities.rational import Generator, NotRational, Value, X, fraction, generator, polynomial_of

REACH = 64.0  # solutions farther from 0 are not sought where there are infinitely many
MOST_BRANCHES = 60  # of a function, on either side of 0
MOST_ROOTS = 400
MOST_BITS = 1024  # of a fraction; a longer one is worked with as a float
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Step:
    """Equations (u, value), all solutions of which are wanted, but for those with |u| > size for one of the limits.

    is_known: whether there is such a step at all.
    """

    equations: tuple[tuple[Expression, Value], ...] = ()
    limits: tuple[tuple[Expression, float], ...] = ()
    is_known: bool = True


NONE, UNKNOWN = Step(), Step(is_known=False)


def inverted(node: Expression, c: Value, most: int = MOST_BRANCHES) -> Step:
    """What node(x) = c is the same as, on whichever sheet; node is not x itself.

    Of what repeats itself there are no more than `most` equations on either side of 0. What leads beyond the range of
    floats is not known.
    """
    if not variables(node):
        return NONE
    try:
        return _bounded(_inverted(node, c, most))
    except OverflowError:
        return UNKNOWN


def _bounded(step: Step) -> Step:
    """Long fractions in floats: those below √(3 + √(3 + √(3 + …))) have twice the digits with each root."""
    equations = tuple((part, _short(value)) for part, value in step.equations)
    return replace(step, equations=equations) if all(isfinite(v) for _, v in equations) else UNKNOWN


def _short(c: Value) -> Value:
    is_long = isinstance(c, Fraction) and max(c.numerator.bit_length(), c.denominator.bit_length()) > MOST_BITS
    return complex(c) if is_long else c


def _inverted(node: Expression, c: Value, most: int) -> Step:
    match node:
        case Negative(part):
            return Step(((part, -c),))
        case Degrees(part):
            return Step(((part, complex(c) * 180 / pi),))
        case Power(base, exponent):
            return _power(base, exponent, c, most)
        case Call(function, argument):
            return _of_branches(argument, branches(function, c), most)
        case Logarithm(base, argument):
            return _logarithm(base, argument, c)
    return _put_together(node, c, most)


def _of_branches(u: Expression, found: Branches | None, most: int) -> Step:
    if found is None:
        return UNKNOWN
    if found.period == 0:
        return Step(tuple((u, value) for value in found.values))
    return _all(family(u, complex(value), found.period, most) for value in found.values)


def _all(steps: Iterable[Step]) -> Step:
    found = list(steps)
    return Step(
        tuple(each for step in found for each in step.equations),
        tuple(each for step in found for each in step.limits),
        all(step.is_known for step in found),
    )


def family(u: Expression, first: complex, period: complex, most: int, is_one_sided: bool = False) -> Step:
    """u = first + k·period for whole k, those from 0 on where it is one-sided, as many as matter."""
    needed = (_size(u) + abs(first)) / abs(period)
    if u != X or most < MOST_BRANCHES:
        needed = min(needed, most // (1, 3, 10)[min(_functions(u), 2)])
    count = max(1, ceil(needed))
    values = [cleared(first + k * period) for k in range(0 if is_one_sided else -count, count + 1)]
    return Step(tuple((u, value) for value in values), ((u, (count + 0.5) * abs(period) - abs(first)),))


@lru_cache(maxsize=1024)
def _functions(u: Expression) -> int:
    """How many of its parts multiply the equations again."""
    return (isinstance(u, Call) or (isinstance(u, Power) and u.base == E)) + sum(map(_functions, parts(u)))


@lru_cache(maxsize=256)
def _size(u: Expression) -> float:
    """|u| at most, for |x| ≤ REACH, where u is a polynomial; inf elsewhere."""
    try:
        above, below = fraction(u, Generator(X))
    except NotRational:
        return inf
    if below.degree() > 0:
        return inf
    return sum(abs(complex(c)) * REACH**k for k, c in enumerate(above.coeffs())) / abs(complex(below.coeffs()[0]))


def _logarithm(base: Expression, argument: Expression, c: Value) -> Step:
    if not variables(base):
        return Step(((argument, ONE if c == 0 else cmath.exp(complex(c) * cmath.log(constant(base)))),))
    if c == 0:
        return Step(((argument, ONE),))
    if variables(argument):
        return UNKNOWN
    return Step(((base, cmath.exp(cmath.log(constant(argument)) / complex(c))),))


# Sums, products, quotients ----------------------------------------------------------------------


def _put_together(node: Expression, c: Value, most: int) -> Step:
    """One part with x and numbers; a product that is 0; a quotient that is; or else a rational function."""
    match node:
        case Sum(terms) if _has_one(terms):
            return Step(((_one(terms), reduce(_difference, _numbers(terms), c)),))
        case Product(factors) if c == 0:
            return Step(tuple((factor, c) for factor in factors))
        case Product(factors) if _has_one(factors):
            numbers = _numbers(factors)
            return NONE if 0 in numbers else Step(((_one(factors), reduce(_quotient, numbers, c)),))
        case Quotient(above, _) if c == 0:
            return Step(((above, c),))
        case Quotient(above, below) if not variables(above):
            return Step(((below, _quotient(_number(above), c)),))
        case Quotient(above, below) if not variables(below):
            return Step(((above, _quotient(c, _quotient(ONE, _number(below)))),))
    return _rational(node, c, most)


def _has_one(nodes: Sequence[Expression]) -> bool:
    return sum(bool(variables(node)) for node in nodes) == 1


def _one(nodes: Sequence[Expression]) -> Expression:
    return next(node for node in nodes if variables(node))


def _numbers(nodes: Sequence[Expression]) -> list[Value]:
    return [_number(node) for node in nodes if not variables(node)]


def _number(node: Expression) -> Value:
    exact = exact_value(node)
    return complex(constant(node)) if exact is None else exact


def _quotient(a: Value, b: Value) -> Value:
    return a / b if isinstance(a, Fraction) and isinstance(b, Fraction) else complex(a) / complex(b)


def _difference(a: Value, b: Value) -> Value:
    return a - b if isinstance(a, Fraction) and isinstance(b, Fraction) else complex(a) - complex(b)


def _rational(node: Expression, c: Value, most: int) -> Step:
    t = generator(node)
    if t is None:
        return UNKNOWN
    try:
        above, below = fraction(node, t)
        found = _roots(above - polynomial_of(c) * below)
    except (NotRational, ValueError):
        return UNKNOWN
    if not t.share:
        return Step(tuple((t.part, root) for root in found))
    turn = -1j if t.is_circular else 1
    period = 2j * pi * turn * t.share
    return _all(family(t.part, turn * t.share * cmath.log(root), period, most) for root in found if root != 0)


def _roots(p: Any) -> list[Value]:
    """The roots, each once; those that are fractions as such. Raises ValueError where they cannot be told apart."""
    if p.degree() < 1:
        return []
    if not hasattr(p, "denom"):
        return [cleared(complex(root)) for root in p.roots(tol=1e-25)]
    found: list[Value] = []
    for factor, _ in p.factor()[1]:
        if factor.degree() == 1:
            low, high = factor.coeffs()
            root = -low / high
            found.append(Fraction(int(root.p), int(root.q)))
        else:
            found += [cleared(complex(root)) for root, _ in factor.complex_roots()]
    return found


def cleared(z: complex) -> complex:
    """Without what rounding left of a real or an imaginary number."""
    real, imaginary = (0.0 if abs(part) < 8 * EPS * abs(z) else part for part in (z.real, z.imag))
    return complex(real, imaginary)


# Powers -----------------------------------------------------------------------------------------


def _power(base: Expression, exponent: Expression, c: Value, most: int) -> Step:
    if not variables(base):
        return _exponential(base, exponent, c, most)
    if variables(exponent):
        return Step(((base, c),)) if c == 0 else UNKNOWN
    n = exact_value(exponent)
    if c == 0:
        return Step(((base, c),)) if constant(exponent) > 0 else NONE
    if n is None or abs(n.numerator) > MOST_ROOTS:
        return UNKNOWN
    c = c if n > 0 else _quotient(ONE, c)
    raised = c**n.denominator if isinstance(c, complex) or n.denominator <= 64 else complex(c) ** n.denominator
    return Step(tuple((base, root) for root in _nth_roots(raised, abs(n.numerator))))


def _exponential(base: Expression, exponent: Expression, c: Value, most: int) -> Step:
    if c == 0 or constant(base) <= 0 or constant(base) == 1:
        return NONE
    scale = 1.0 if base == E else cmath.log(constant(base)).real
    return family(exponent, cmath.log(complex(c)) / scale, 2j * pi / scale, most)


def _nth_roots(c: Value, n: int) -> list[Value]:
    if n == 1:
        return [c]
    if isinstance(c, Fraction):
        from flint import fmpq, fmpq_poly

        return _roots(fmpq_poly([-fmpq(c.numerator, c.denominator), *[0] * (n - 1), 1]))
    size, angle = cmath.polar(c)
    return [cleared(cmath.rect(size ** (1 / n), (angle + 2 * pi * k) / n)) for k in range(n)]
