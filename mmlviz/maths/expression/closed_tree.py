"""Closed forms as formulas: √2/2, e²/6, 1/(2√π), ln(10)/3."""

from collections.abc import Iterable
from fractions import Fraction

from mmlviz.maths.expression.closed_form import HALF, Base, Form, Monomial
from mmlviz.maths.expression.simple import ONE, ZERO, minus, number, over, power
from mmlviz.maths.expression.tree import Call, Constant, Expression, Literal, Product, Sum


def tree(form: Form) -> Expression:
    """The formula of a closed form, without variables: fractions first."""
    terms = [_term(m, c) for m, c in sorted(form.items(), key=_place)]
    return Sum(tuple(terms)) if len(terms) > 1 else terms[0] if terms else ZERO


def _place(term: tuple[Monomial, Fraction]) -> tuple[int, float, str]:
    """Fractions first, then high powers of e, the rest in any order that is always the same."""
    m, _ = term
    growth = sum(float(n) for base, n in m if base[0] == "e")
    return len(m), -growth, str(sorted(map(str, m)))


def _term(m: Monomial, c: Fraction) -> Expression:
    """One fraction times one product: what has a negative exponent stands below, powers of e do not."""
    c, bases = _unwound(m, c)
    above = [number(Fraction(abs(c.numerator)))] if abs(c.numerator) != 1 else []
    below = [number(Fraction(c.denominator))] if c.denominator != 1 else []
    for base, n in sorted(bases, key=lambda pair: _rank(pair[0])):
        if n < 0 and base[0] != "e":
            below.append(_factor(base, -n))
        else:
            above.append(_factor(base, n))
    roots = [base[1] for base, n in bases if base[0] == "root" and n == HALF]
    if len(roots) > 1:
        above = _with_one_root(above, roots)
    found = over(_product(above), _product(below))
    return minus(found) if c < 0 else found


def _with_one_root(above: list[Expression], roots: Iterable[int]) -> list[Expression]:
    """√2·√3 is √6."""
    size = 1
    for p in roots:
        size *= p
    kept = [each for each in above if not (isinstance(each, Call) and each.function == "sqrt" and _is_whole(each))]
    return [*kept, Call("sqrt", Literal(str(size)))]


def _is_whole(root: Call) -> bool:
    return isinstance(root.argument, Literal)


def _unwound(m: Monomial, c: Fraction) -> tuple[Fraction, list[tuple[Base, Fraction]]]:
    """−cos(K + π/2) is sin K: its sign goes to the number."""
    is_sine = any(base[0] == "cos" and _turns(base) == HALF for base, _ in m)
    return (-c if is_sine else c), list(m)


def _turns(base: Base) -> Fraction:
    from mmlviz.maths.expression.closed_form import PI

    angle: Form = dict(base[1])
    return angle.get(PI, Fraction(0)) if set(angle) != {PI} else Fraction(0)


def _product(factors: list[Expression]) -> Expression:
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
    from mmlviz.maths.expression.closed_form import PI

    return Call("sin", tree({m: c for m, c in angle.items() if m != PI}))
