"""Numbers exactly: as formulas without variables, whatever was typed."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from mmlviz.maths.expression import Expression, formula
from mmlviz.maths.expression.balls import ball
from mmlviz.maths.expression.expand import Line, working
from mmlviz.maths.expression.simple import number
from mmlviz.maths.number import Number


@dataclass(frozen=True, slots=True)
class Point:
    """A number exactly: as a formula without variables, and a fraction within 2⁻²⁵⁰ of it."""

    formula: Expression
    fraction: Fraction
    text: str

    def line(self, slope: Fraction = Fraction(1)) -> Line:
        """The line through it."""
        return Line(self.formula, slope)

    def ball(self) -> Any:
        """At flint's present precision."""
        return ball(self.formula)


@lru_cache(maxsize=256)
def _binary(x: float | Fraction) -> Point:
    """The exact value of a number: what was typed for a Number, π/2 included, else its binary value."""
    if isinstance(x, Number):
        return _typed(x.text)
    exact = Fraction(x)
    return Point(number(exact), exact, f"{float(x) + 0.0:g}".replace("-", "−"))


@lru_cache(maxsize=256)
def _typed(text: str) -> Point:
    typed = Number(text)
    said = text.replace("-", "−")
    if typed.is_rational:
        return Point(number(typed.exact), typed.exact, said)
    with working(256, 1):
        mantissa, exponent = ball(formula(typed)).mid().man_exp()
    return Point(formula(typed), Fraction(int(mantissa)) * Fraction(2) ** int(exponent), said)


def at_point(x: float | Fraction) -> Point:
    """The exact value of a number: what was typed for a Number, π/2 included, else its binary value."""
    return _typed(x.text) if isinstance(x, Number) else _binary(x)
