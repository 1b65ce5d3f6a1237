"""Closed forms as formulas: √2/2, e²/6, 1/(2√π), ln(10)/3."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import prod

from mmlviz.maths.expression.closed_form import HALF, PI, Base, Form, Monomial
from mmlviz.maths.expression.simple import ONE, ZERO, minus, number, power
from mmlviz.maths.expression.tree import Call, Constant, Expression, Literal, Product, Quotient, Sum


def tree(form: Form) -> Expression:
    """The formula of a closed form, without variables: fractions first."""
    ordered = sorted(form.items(), key=_place) if len(form) > 1 else form.items()
    terms = [_term(m, c) for m, c in ordered]
    return Sum(tuple(terms)) if len(terms) > 1 else terms[0] if terms else ZERO


@lru_cache(maxsize=512)
def _monomial_place(m: Monomial) -> tuple[int, float, str]:
    growth = sum(float(n) for base, n in m if base[0] == "e")
    return len(m), -growth, str(sorted(map(str, m)))


def _place(term: tuple[Monomial, Fraction]) -> tuple[int, float, str]:
    """Fractions first, then high powers of e, the rest in any order that is always the same."""
    return _monomial_place(term[0])


def _term(m: Monomial, c: Fraction) -> Expression:
    """One fraction times one product: what has a negative exponent stands below, powers of e do not."""
    above, below, is_negative = _factors(m)
    size = abs(c)
    up = [Literal(str(size.numerator))] if size.numerator != 1 or not above else []
    down = [Literal(str(size.denominator))] if size.denominator != 1 else []
    found = _product([*up, *above])
    found = Quotient(found, _product([*down, *below])) if down or below else found
    return minus(found) if (c < 0) != is_negative else found


@lru_cache(maxsize=512)
def _factors(m: Monomial) -> tuple[tuple[Expression, ...], tuple[Expression, ...], bool]:
    """The factors above and below the bar, and whether all is to be negative, as −cos(K + π/2) = sin K."""
    pairs = sorted(m, key=lambda pair: _rank(pair[0]))
    roots = [base[1] for base, n in pairs if base[0] == "root" and n == HALF]
    above: list[Expression] = [Call("sqrt", Literal(str(prod(roots))))] if roots else []  # √2·√3 is √6
    rest = [(base, n) for base, n in pairs if base[0] != "root" or n != HALF]
    above += [_factor(base, n) for base, n in rest if n > 0 or base[0] == "e"]
    below = [_factor(base, -n) for base, n in rest if n < 0 and base[0] != "e"]
    is_sine = any(base[0] == "cos" and _turns(base) == HALF for base, _ in pairs)
    return tuple(above), tuple(below), is_sine


def _turns(base: Base) -> Fraction:
    angle: Form = dict(base[1])
    return angle.get(PI, Fraction(0)) if set(angle) != {PI} else Fraction(0)


def _product(factors: Sequence[Expression]) -> Expression:
    return Product(tuple(factors)) if len(factors) > 1 else factors[0] if factors else ONE


_ORDER = ("root", "pi", "e", "ln", "cos")


def _rank(base: Base) -> tuple[int, str]:
    return (_ORDER.index(base[0]) if base[0] in _ORDER else len(_ORDER), str(base))


def _factor(base: Base, n: Fraction) -> Expression:
    if base[0] == "e":
        logarithm = next(
            (inner for inner in base[1] if inner[0][0] == "ln" and inner[0][1] != "pi" and inner[1] == 1), None
        )
        if logarithm is not None:  # e^(π ln 2) is 2^π
            return power(number(logarithm[0][1]), tree({base[1] - {logarithm}: n}))
        return power(Constant("e"), tree({base[1]: n}))
    return _powered(_base(base), n)


def _powered(base: Expression, n: Fraction) -> Expression:
    if n == HALF:
        return Call("sqrt", base)
    return Call("cbrt", base) if n == Fraction(1, 3) else power(base, number(n))


def _base(base: Base) -> Expression:
    match base:
        case ("root", p):
            return Literal(str(p))
        case ("pi",):
            return Constant("pi")
        case ("ln", "pi"):
            return Call("ln", Constant("pi"))
        case ("cos", angle):
            return _wave(dict(angle), _turns(base))
    return Call(base[0], number(base[1]))


def _wave(angle: Form, turns: Fraction) -> Expression:
    if turns != HALF:
        return Call("cos", tree(angle))
    return Call("sin", tree({m: c for m, c in angle.items() if m != PI}))
