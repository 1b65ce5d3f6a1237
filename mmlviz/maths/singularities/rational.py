"""A formula as a quotient of two polynomials in one of its parts: in x, in e^x, in √x, whichever it can be.

flint is loaded with the first call.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from mmlviz.maths.expression.balls import ball
from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.plane import whole
from mmlviz.maths.expression.tree import (
    Call,
    Degrees,
    E,
    Expression,
    Literal,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
    parts,
    variables,
)

HIGHEST = 128  # degree
X = Variable("x")
Value = Fraction | complex


@dataclass(frozen=True, slots=True)
class Generator:
    """t, of which a formula is a rational function: a part u itself; where share > 0, e^(u/share) or e^(iu/share)."""

    part: Expression
    share: int = 0
    is_circular: bool = False


class NotRational(Exception):
    """It is no quotient of polynomials in this generator, or one of a higher degree than is worked with."""


def generator(node: Expression) -> Generator | None:
    """What the formula is a rational function of; None where there is no such part."""
    found = atoms(node)
    if len(found) == 1:
        return Generator(next(iter(found)))
    return None if X in found else _exponential(found)


@lru_cache(maxsize=256)
def atoms(node: Expression) -> frozenset[Expression]:
    """x and the functions of x that a formula is put together from by + − · / and whole powers."""
    if not variables(node):
        return frozenset()
    if isinstance(node, Negative | Sum | Product | Quotient | Degrees):
        return frozenset().union(*(atoms(part) for part in parts(node)))
    if isinstance(node, Power) and whole(node.exponent) is not None:
        return atoms(node.base)
    return frozenset((node,))


# Exponentials -----------------------------------------------------------------------------------

_CIRCULAR = ("sin", "cos", "tan", "sec", "csc", "cot")
_HYPERBOLIC = ("sinh", "cosh", "tanh", "sech", "csch", "coth")


def _exponential(found: frozenset[Expression]) -> Generator | None:
    """e^(u/n) or e^(iu/n), where all that is found are exponentials, or trigonometric functions, of multiples of u."""
    kinds = {_kind(each) for each in found}
    if len(kinds) != 1 or None in kinds:
        return None
    arguments = [_argument(each) for each in found]
    ratios = [_ratio(each, arguments[0]) for each in arguments]
    below = 1
    for ratio in ratios:
        if ratio is None:
            return None
        below = below * ratio.denominator
    return Generator(arguments[0], below, kinds == {"circular"})


def _kind(node: Expression) -> str | None:
    if isinstance(node, Power):
        return "exponential" if node.base == E else None
    name = node.function if isinstance(node, Call) else ""
    return "circular" if name in _CIRCULAR else "exponential" if name in ("exp", *_HYPERBOLIC) else None


def _argument(node: Expression) -> Expression:
    return node.exponent if isinstance(node, Power) else parts(node)[0]


@lru_cache(maxsize=256)
def _ratio(u: Expression, v: Expression) -> Fraction | None:
    """r with u = r·v, where it is a fraction other than 0."""
    try:
        (a, b), (c, d) = fraction(u, Generator(X)), fraction(v, Generator(X))
    except NotRational:
        return None
    left, right = a * d, b * c
    if not hasattr(left, "denom") or not hasattr(right, "denom") or right == 0 or left == 0:
        return None
    r = left.coeffs()[-1] / right.coeffs()[-1]
    return Fraction(int(r.p), int(r.q)) if left == right * r else None


# Fractions --------------------------------------------------------------------------------------


def fraction(node: Expression, t: Generator) -> tuple[Any, Any]:
    """The polynomials above and below, flint's fmpq_poly where all coefficients are fractions, else acb_poly.

    Raises NotRational.
    """
    found = _fraction(node, t)
    if found is None:
        raise NotRational
    return found


@lru_cache(maxsize=256)
def _fraction(node: Expression, t: Generator) -> tuple[Any, Any] | None:
    """None where it is none: that is remembered, too."""
    try:
        return _polynomials(node, t)
    except NotRational:
        return None


def _polynomials(node: Expression, t: Generator) -> tuple[Any, Any]:
    from flint import fmpq_poly

    if not variables(node):
        return _number(node), fmpq_poly([1])
    if node == t.part and not t.share:
        return fmpq_poly([0, 1]), fmpq_poly([1])
    found = _of_exponential(node, t) if t.share else None
    above, below = found or _of_parts(node, t)
    if max(above.degree(), below.degree()) > HIGHEST:
        raise NotRational
    return above, below


def _of_parts(node: Expression, t: Generator) -> tuple[Any, Any]:
    if isinstance(node, Power):
        return _power(fraction(node.base, t), whole(node.exponent))
    if not isinstance(node, Negative | Sum | Product | Quotient | Degrees):
        raise NotRational
    return _put_together(node, [fraction(part, t) for part in parts(node)])


def _put_together(node: Expression, found: list[tuple[Any, Any]]) -> tuple[Any, Any]:
    above, below = found[0]
    match node:
        case Negative():
            return -above, below
        case Quotient():
            return _reduced(above * found[1][1], below * found[1][0])
        case Degrees():
            return above * _number(Degrees(Literal("1"))), below
    for up, down in found[1:]:
        above = above * up if isinstance(node, Product) else above * down + up * below
        below = below * down
    return above, below


def _reduced(above: Any, below: Any) -> tuple[Any, Any]:
    """Without common divisors, where they are known exactly. Raises NotRational for a division by 0."""
    if below.degree() < 0:
        raise NotRational
    if not (_is_exact(above) and _is_exact(below)) or above.degree() < 0:
        return above, below
    common = above.gcd(below)
    return above // common, below // common


def _power(found: tuple[Any, Any], n: int | None) -> tuple[Any, Any]:
    above, below = found
    if n is None or abs(n) * max(above.degree(), below.degree(), 1) > HIGHEST or (n < 0 and above.degree() < 0):
        raise NotRational
    return (above**n, below**n) if n >= 0 else (below**-n, above**-n)


def _of_exponential(node: Expression, t: Generator) -> tuple[Any, Any] | None:
    """e^v, sin v, cosh v … for v a multiple of u, by powers of e^(u·scale); None for what is none of these."""
    from flint import acb, acb_poly, fmpq_poly

    if _kind(node) is None:
        return None
    ratio = _ratio(_argument(node), t.part)
    power = None if ratio is None else ratio * t.share
    if power is None or power.denominator != 1 or abs(power) > HIGHEST:
        raise NotRational
    raised = fmpq_poly([0, 1]) ** abs(int(power))
    up, down = (raised, fmpq_poly([1])) if power > 0 else (fmpq_poly([1]), raised)
    if isinstance(node, Power) or (isinstance(node, Call) and node.function == "exp"):
        return up, down
    assert isinstance(node, Call)
    sine: Any = up * up - down * down
    if t.is_circular:
        sine = sine * acb_poly([acb(0, -1)])
    return _by_sine(node.function.rstrip("h"), sine, up * up + down * down, 2 * up * down)


def _by_sine(name: str, sine: Any, cosine: Any, below: Any) -> tuple[Any, Any]:
    """A trigonometric function from sine/below and cosine/below."""
    return {
        "sin": (sine, below), "cos": (cosine, below), "tan": (sine, cosine),
        "cot": (cosine, sine), "sec": (below, cosine), "csc": (below, sine),
    }[name]  # fmt: skip


# Coefficients -----------------------------------------------------------------------------------


def _number(node: Expression) -> Any:
    from flint import acb, acb_poly, fmpq, fmpq_poly

    exact = exact_value(node)
    if exact is not None:
        return fmpq_poly([fmpq(exact.numerator, exact.denominator)])
    return acb_poly([acb(ball(node))])


def polynomial_of(c: Value) -> Any:
    """A number as a polynomial."""
    from flint import acb, acb_poly, fmpq, fmpq_poly

    if isinstance(c, Fraction):
        return fmpq_poly([fmpq(c.numerator, c.denominator)])
    return acb_poly([acb(c.real, c.imag)])


def _is_exact(p: Any) -> bool:
    return hasattr(p, "denom")
