"""Inverse functions of series in closed form: a value at the centre, and the integral of the derivative."""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from mmlviz.maths.expression import closed_form as closed
from mmlviz.maths.expression.closed_form import HALF, PI, Form, NotKnown
from mmlviz.maths.expression.exact_rules import UNIT, exp, power
from mmlviz.maths.expression.exact_series import Exact, begins, constant, derivative, integral, inverse, regular


def _unit() -> Exact:
    return constant(UNIT)


def _inverse_of(name: str, slope: Callable[[Exact], Exact]) -> Callable[[Exact], Exact]:
    def found(u: Exact) -> Exact:
        first = begins(regular(u))
        value = constant(_value(name, first))
        change = derivative(u)
        return value + integral(slope(u) * change) if change.parts else value

    return found


def _value(name: str, at: Form) -> Form:
    """The function at a constant: an angle in parts of a turn, a logarithm, or a constant of its own."""
    q = closed.as_fraction(at)
    angles = _angles(name)
    for value, turns in angles.items():
        if dict(value) == at:
            return {PI: turns} if turns else {}
    if q is None or not _DOMAINS[name](q):
        raise NotKnown
    if name == "artanh":
        return closed.scaled(closed.logarithm(closed.fraction((1 + q) / (1 - q))), HALF)
    if q < 0 and name == "arccos":
        return closed.added([{PI: Fraction(1)}, closed.scaled(_value(name, closed.fraction(-q)), Fraction(-1))])
    size = {frozenset({((name, abs(q)), Fraction(1))}): Fraction(1 if q > 0 else -1)}
    return size if q else {}


_DOMAINS: dict[str, Callable[[Fraction], bool]] = {
    "arctan": lambda q: True,
    "arcsin": lambda q: abs(q) < 1,
    "arccos": lambda q: abs(q) < 1,
    "arsinh": lambda q: True,
    "arcosh": lambda q: q > 1,
    "artanh": lambda q: abs(q) < 1,
    "erf": lambda q: True,
}
_FORWARD: dict[str, tuple[range, Callable[[Form], Form]]] = {
    "arcsin": (range(-6, 7), closed.sine),
    "arccos": (range(13), closed.cosine),
}


@lru_cache(maxsize=8)
def _angles(name: str) -> dict[frozenset[tuple[closed.Monomial, Fraction]], Fraction]:
    """The values whose arcs are multiples of π/12, with these in half turns."""
    if name == "arctan":
        root, third = {closed.root_of(3): Fraction(1)}, {closed.root_of(3): Fraction(1, 3)}
        up = [({}, Fraction(0)), (third, Fraction(1, 6)), (UNIT, Fraction(1, 4)), (root, Fraction(1, 3))]
        down = [(closed.scaled(form, Fraction(-1)), -turns) for form, turns in up]
        return {frozenset(form.items()): turns for form, turns in (*down, *up)}
    if name not in _FORWARD:
        return {}
    steps, forward = _FORWARD[name]
    return {frozenset(forward({PI: Fraction(k, 12)}).items()): Fraction(k, 12) for k in steps}


def _erf_slope(u: Exact) -> Exact:
    """2/√π · e^(−u²)."""
    return constant({frozenset({(("pi",), -HALF)}): Fraction(2)}) * exp(-(u * u))


RULES: dict[str, Callable[[Exact], Exact]] = {
    "arctan": _inverse_of("arctan", lambda u: inverse(_unit() + u * u)),
    "arcsin": _inverse_of("arcsin", lambda u: power(_unit() - u * u, -HALF)),
    "arccos": _inverse_of("arccos", lambda u: -power(_unit() - u * u, -HALF)),
    "arsinh": _inverse_of("arsinh", lambda u: power(_unit() + u * u, -HALF)),
    "arcosh": _inverse_of("arcosh", lambda u: power(u * u - _unit(), -HALF)),
    "artanh": _inverse_of("artanh", lambda u: inverse(_unit() - u * u)),
    "erf": _inverse_of("erf", _erf_slope),
}
