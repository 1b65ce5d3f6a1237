"""All complex solutions of g(x) = c for a typed formula g, found by its structure; what is missing is known.

exp(u) = c turns into u = ln c + 2πik for all whole k within reach, sin(u) = c into two such families, uⁿ = c into n
equations, a rational function of x, of eˣ or of any one part into the roots of a polynomial, which flint isolates
rigorously.
"""

import cmath
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import chain
from math import ceil, inf, pi
from typing import Any

from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.plane import constant, is_single_valued
from mmlviz.maths.expression.tree import (
    Call,
    Constant,
    Degrees,
    Expression,
    Logarithm,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
    variables,
)
from mmlviz.maths.matrix2 import EPS
from mmlviz.maths.singularities.numerical import zeros_nearby
from mmlviz.maths.singularities.rational import Generator, NotRational, Value, X, fraction, generator, polynomial_of

REACH = 64.0  # solutions farther from 0 are not sought where there are infinitely many
MOST_BRANCHES = 60  # of one function, on either side of 0
MOST = 400
SAME = 1e-10  # of their size: solutions nearer to each other are one
BITS = 160


@dataclass(frozen=True, slots=True)
class Solutions:
    """Points, and where there may be others: wherever |u| > size for one of limits = ((u, size) …).

    is_known: that there are no others. Where it is not, no structure was found, and none of them may be there.
    """

    points: tuple[complex, ...] = ()
    limits: tuple[tuple[Expression, float], ...] = ()
    is_known: bool = True


def joined(found: Iterable[Solutions]) -> Solutions:
    """The solutions of several equations, each point once, those nearest to 0 first; not those beyond reach."""
    all_of = _union(found)
    points, limits = distinct(sorted(all_of.points, key=abs)), all_of.limits
    if len(points) > MOST:
        limits = (
            *limits,
            (X, abs(points[MOST]) * (1 - SAME)),
        )  # those of the circle that is cut through are not all there
    return Solutions(tuple(points[:MOST]), limits, all_of.is_known)


def _union(found: Iterable[Solutions]) -> Solutions:
    all_of = list(found)
    points = tuple(chain.from_iterable(each.points for each in all_of))
    limits: dict[Expression, float] = {}
    for part, size in chain.from_iterable(each.limits for each in all_of):
        limits[part] = min(size, limits.get(part, inf))
    return Solutions(points, tuple(limits.items()), all(each.is_known for each in all_of))


def distinct(points: Iterable[complex]) -> list[complex]:
    """Without those that are the same but for rounding; points are sorted by size."""
    kept: list[complex] = []
    for z in points:
        near = SAME * max(1.0, abs(z))
        for other in reversed(kept):
            if abs(z) - abs(other) > near:
                kept.append(z)
                break
            if abs(z - other) <= near:
                break
        else:
            kept.append(z)
    return kept


UNKNOWN = Solutions(is_known=False)
NONE = Solutions()


@contextmanager
def _precision(bits: int) -> Iterator[None]:
    """flint's precision, which is global, for this long only."""
    from flint import ctx

    before, ctx.prec = ctx.prec, bits
    try:
        yield
    finally:
        ctx.prec = before


@lru_cache(maxsize=64)
def zeros(node: Expression, value: Value = Fraction(0)) -> Solutions:
    """All x with node(x) = value, on whichever sheet."""
    with _precision(BITS):
        found = joined([_solved(node, value)])
    if found.is_known or not is_single_valued(node):
        return found
    points, radius = zeros_nearby(node, complex(value))
    if not radius:
        return joined([found, Solutions(tuple(points))])
    return joined([Solutions(found.points, found.limits), Solutions(tuple(points), ((X, radius),))])


def _solved(node: Expression, c: Value) -> Solutions:
    if not variables(node):
        return NONE
    match node:
        case Variable():
            return Solutions((complex(c),))
        case Negative(part):
            return _solved(part, -c)
        case Degrees(part):
            return _solved(part, complex(c) * 180 / pi)
        case Power(base, exponent):
            return _power(base, exponent, c)
        case Call(function, argument):
            return _call(function, argument, c)
        case Logarithm(base, argument):
            return _logarithm(base, argument, c)
    return _put_together(node, c)


def _all(node: Expression, values: Iterable[Value]) -> Solutions:
    return _union(_solved(node, value) for value in values)


def _constant(node: Expression) -> Value:
    exact = exact_value(node)
    return complex(constant(node)) if exact is None else exact


def _quotient(a: Value, b: Value) -> Value:
    return a / b if isinstance(a, Fraction) and isinstance(b, Fraction) else complex(a) / complex(b)


def _difference(a: Value, b: Value) -> Value:
    return a - b if isinstance(a, Fraction) and isinstance(b, Fraction) else complex(a) - complex(b)


# Sums, products, quotients ----------------------------------------------------------------------


def _put_together(node: Expression, c: Value) -> Solutions:
    """One part with x and numbers; a product that is 0; a rational function."""
    match node:
        case Sum(terms) if sum(bool(variables(term)) for term in terms) == 1:
            numbers = [_constant(term) for term in terms if not variables(term)]
            return _solved(_only(terms), reduce(_difference, numbers, c))
        case Product(factors) if c == 0:
            return _union(_solved(factor, c) for factor in factors)
        case Product(factors) if sum(bool(variables(factor)) for factor in factors) == 1:
            numbers = [_constant(factor) for factor in factors if not variables(factor)]
            return NONE if 0 in numbers else _solved(_only(factors), reduce(_quotient, numbers, c))
        case Quotient(above, _) if c == 0:
            return _solved(above, c)
        case Quotient(above, below) if not variables(above):
            return _solved(below, _quotient(_constant(above), c))
        case Quotient(above, below) if not variables(below):
            divided = _quotient(Fraction(1), _constant(below))
            return _solved(above, _quotient(c, divided))
    return _rational(node, c)


def _only(nodes: Iterable[Expression]) -> Expression:
    return next(node for node in nodes if variables(node))


def _rational(node: Expression, c: Value) -> Solutions:
    t = generator(node)
    if t is None:
        return UNKNOWN
    try:
        above, below = fraction(node, t)
        roots = _roots(above - polynomial_of(c) * below)
    except (NotRational, ValueError):
        return UNKNOWN
    if t.part == X and not t.share:
        return Solutions(tuple(map(complex, roots)))
    return _union(_of_generator(t, root) for root in roots)


def _of_generator(t: Generator, value: Value) -> Solutions:
    if not t.share:
        return _solved(t.part, value)
    turn = -1j if t.is_circular else 1
    return NONE if value == 0 else _family(t.part, turn * t.share * cmath.log(value), turn * t.share * 2j * pi)


def _roots(p: Any) -> list[Value]:
    """The roots, each once; those that are fractions as such. Raises ValueError where they cannot be told apart."""
    if p.degree() < 1:
        return []
    if not hasattr(p, "denom"):
        return [_cleared(complex(root)) for root in p.roots(tol=1e-25)]
    found: list[Value] = []
    for factor, _ in p.factor()[1]:
        if factor.degree() == 1:
            low, high = factor.coeffs()
            root = -low / high
            found.append(Fraction(int(root.p), int(root.q)))
        else:
            found += [_cleared(complex(root)) for root, _ in factor.complex_roots()]
    return found


def _cleared(z: complex) -> complex:
    """Without what rounding left of a real or an imaginary number."""
    real, imaginary = (0.0 if abs(part) < 8 * EPS * abs(z) else part for part in (z.real, z.imag))
    return complex(real, imaginary)


# Powers -----------------------------------------------------------------------------------------


def _power(base: Expression, exponent: Expression, c: Value) -> Solutions:
    if not variables(base):
        if c == 0 or constant(base) <= 0 or constant(base) == 1:
            return NONE
        scale = 1.0 if base == Constant("e") else cmath.log(constant(base)).real
        return _family(exponent, _log(c) / scale, 2j * pi / scale)
    if variables(exponent):
        return _solved(base, c) if c == 0 else UNKNOWN
    n = exact_value(exponent)
    if c == 0:
        return _solved(base, c) if constant(exponent) > 0 else NONE
    if n is None or abs(n.numerator) > MOST:
        return UNKNOWN
    c = c if n > 0 else _quotient(Fraction(1), c)
    return _all(base, _nth_roots(_raised(c, n.denominator), abs(n.numerator)))


def _raised(c: Value, n: int) -> Value:
    return c**n if isinstance(c, Fraction) and n <= 64 else complex(c) ** n


def _nth_roots(c: Value, n: int) -> list[Value]:
    if n == 1:
        return [c]
    p = [Fraction(0)] * (n + 1)
    if isinstance(c, Fraction):
        from flint import fmpq, fmpq_poly

        p[0], p[n] = -c, Fraction(1)
        return _roots(fmpq_poly([fmpq(k.numerator, k.denominator) for k in p]))
    size, angle = cmath.polar(c)
    return [_cleared(cmath.rect(size ** (1 / n), (angle + 2 * pi * k) / n)) for k in range(n)]


# Functions --------------------------------------------------------------------------------------


def _log(c: Value) -> complex:
    return cmath.log(complex(c))


def _family(u: Expression, first: complex, step: complex, is_one_sided: bool = False) -> Solutions:
    """u = first + k·step for whole k, those from 0 on where it is one-sided, as many as matter."""
    count = MOST_BRANCHES
    if u == X:
        count = ceil((REACH + abs(first)) / abs(step))
    else:
        count = max(2, ceil(min(count, _size(u) / abs(step))))
    values = [first + k * step for k in range(0 if is_one_sided else -count, count + 1)]
    found = _all(u, map(_cleared, values))
    size = (count + 0.5) * abs(step) - abs(first)
    return _union([found, Solutions(limits=((u, size),))])


def _size(u: Expression) -> float:
    """|u| at most, for |x| ≤ REACH, where u is a polynomial; inf elsewhere."""
    try:
        above, below = fraction(u, Generator(X))
    except NotRational:
        return inf
    if below.degree() > 0:
        return inf
    return sum(abs(complex(c)) * REACH**k for k, c in enumerate(above.coeffs())) / abs(complex(below.coeffs()[0]))


def _sine(u: Expression, c: complex) -> Solutions:
    first = cmath.asin(c)
    return _union([_family(u, first, 2 * pi + 0j), _family(u, pi - first, 2 * pi + 0j)])


def _cosine(u: Expression, c: complex) -> Solutions:
    first = cmath.acos(c)
    return _union([_family(u, first, 2 * pi + 0j), _family(u, -first, 2 * pi + 0j)])


def _tangent(u: Expression, c: complex) -> Solutions:
    return NONE if c in (1j, -1j) else _family(u, cmath.atan(c), pi + 0j)


def _hyperbolic_sine(u: Expression, c: complex) -> Solutions:
    first = cmath.asinh(c)
    return _union([_family(u, first, 2j * pi), _family(u, 1j * pi - first, 2j * pi)])


def _hyperbolic_cosine(u: Expression, c: complex) -> Solutions:
    first = cmath.acosh(c)
    return _union([_family(u, first, 2j * pi), _family(u, -first, 2j * pi)])


def _hyperbolic_tangent(u: Expression, c: complex) -> Solutions:
    return NONE if c in (1, -1) else _family(u, cmath.atanh(c), 1j * pi)


_PERIODIC: dict[str, Callable[[Expression, complex], Solutions]] = {
    "sin": _sine,
    "cos": _cosine,
    "tan": _tangent,
    "sinh": _hyperbolic_sine,
    "cosh": _hyperbolic_cosine,
    "tanh": _hyperbolic_tangent,
    "exp": lambda u, c: NONE if c == 0 else _family(u, cmath.log(c), 2j * pi),
}
_RECIPROCAL = {"csc": "sin", "sec": "cos", "cot": "tan", "csch": "sinh", "sech": "cosh", "coth": "tanh"}
# By what an inverse function's value is turned back into its argument.
_INVERSE: dict[str, Callable[[complex], complex]] = {
    "arcsin": cmath.sin, "arccos": cmath.cos, "arctan": cmath.tan, "arsinh": cmath.sinh, "arcosh": cmath.cosh,
    "artanh": cmath.tanh, "ln": cmath.exp,
}  # fmt: skip
_AT_0: dict[str, Fraction] = {"arccos": Fraction(1), "arcosh": Fraction(1), "ln": Fraction(1)}


def _call(function: str, u: Expression, c: Value) -> Solutions:
    if function in _PERIODIC:
        return _PERIODIC[function](u, complex(c))
    if function in ("cot", "coth") and c == 0:
        return _PERIODIC["cos" + function[3:]](u, 0j)
    if function in _RECIPROCAL:
        return NONE if c == 0 else _PERIODIC[_RECIPROCAL[function]](u, 1 / complex(c))
    if function in _INVERSE:
        value: Value = _AT_0.get(function, Fraction(0)) if c == 0 else _INVERSE[function](complex(c))
        return _solved(u, value)
    return _root_or_rest(function, u, c)


def _root_or_rest(function: str, u: Expression, c: Value) -> Solutions:
    match function:
        case "sqrt":
            return _solved(u, _raised(c, 2))
        case "cbrt":
            return _solved(u, _raised(c, 3))
        case "abs":
            return _solved(u, c) if c == 0 else _all(u, (c, -c))
        case "sgn":
            return NONE
        case "gamma" if c == 0:
            return NONE
    return UNKNOWN


def _logarithm(base: Expression, argument: Expression, c: Value) -> Solutions:
    if not variables(base):
        return _solved(argument, Fraction(1) if c == 0 else cmath.exp(complex(c) * cmath.log(constant(base))))
    if c == 0:
        return _solved(argument, Fraction(1))
    if variables(argument):
        return UNKNOWN
    return _solved(base, cmath.exp(cmath.log(constant(argument)) / complex(c)))


def poles_of_gamma(u: Expression) -> Solutions:
    """Where u is 0, −1, −2 …"""
    with _precision(BITS):
        return joined([_family(u, 0j, -1 + 0j, is_one_sided=True)])
