"""The functions and their polynomials, typeset."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from mmlviz.core import formula as f
from mmlviz.core.words import brief, is_brief_exact, is_exact, show
from mmlviz.maths.number import Number
from mmlviz.maths.series import NOTHING, Series

X, TWO = f.Symbol("x"), f.Text("2")
SQUARE = f.Power(X, TWO)
ROOM = 60  # characters of a polynomial on one line; what is between its first terms and the last is left out
LARGEST_ABOVE, LARGEST_BELOW = 1000, 10_000  # of a fraction that is shorter than its decimals

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

# By the function's text: its title in lists and its formula.
WRITTEN: dict[str, tuple[str, f.Node]] = {
    "sin(x)": ("sin x", f.row("sin ", X)),
    "cos(x)": ("cos x", f.row("cos ", X)),
    "sin(2x)": ("sin 2x", f.row("sin ", "2", X)),
    "arctan(x)": ("arctan x", f.row("arctan ", X)),
    "exp(x)": ("exp x", f.Power(f.Symbol("e"), X)),
    "exp(-2x)": ("exp(−2x)", f.Power(f.Symbol("e"), f.row("−", "2", X))),
    "exp(x^2)": ("exp(x²)", f.Power(f.Symbol("e"), SQUARE)),
    "exp(-x^2)": ("exp(−x²)", f.Power(f.Symbol("e"), f.row("−", SQUARE))),
    "1/x": ("1/x", f.Over(f.Text("1"), X)),
    "ln(x)": ("ln x", f.row("ln ", X)),
    "1/(1-x)^2": ("1/(1 − x)²", f.Over(f.Text("1"), f.Power(f.row("(", "1", "−", X, ")"), TWO))),
    "sqrt(4-x)": ("√(4 − x)", f.Root(f.row("4", "−", X))),
    "2/(x^2-x)": ("2/(x² − x)", f.Over(TWO, f.row(SQUARE, "−", X))),
    "1/(1+x^2)": ("1/(1 + x²)", f.Over(f.Text("1"), f.row("1", "+", SQUARE))),
    "x sin(x)": ("x sin x", f.row(X, "sin ", X)),
}


def said(x: Number) -> str:
    """A typed number as typed, but 10⁻¹² for 1e-12."""
    return show(x) if x.is_plain and "e" in x.text.lower() else brief(x)


def polynomial_name(order: Number) -> str:
    """T₈."""
    return "T" + str(int(order)).translate(_LOWERED)


def function_node(text: str) -> f.Node:
    """f(x) = 1/(1 + x²)."""
    return f.row(f.Symbol("f"), "(", X, ")", "=", WRITTEN[text][1])


def name_node(order: int, at: f.Node = X) -> f.Node:
    """T₈(x), in the colour of its curve."""
    return f.Coloured("output", f.row(f.Sub(f.Symbol("T"), f.Text(str(order))), "(", at, ")"))


@dataclass(frozen=True, slots=True)
class Term:
    """A term with its sign before it; whether its coefficient had to be rounded."""

    sign: str
    node: f.Node
    is_rounded: bool = False

    @property
    def length(self) -> int:
        """Characters, the sign and its spaces among them."""
        return len(f.plain(self.node)) + 3


DOTS = Term("+", f.Text("⋯"))


@lru_cache(maxsize=16)  # it does not change with probe and bound
def polynomial_node(series: Series, centre: Number) -> f.Node:
    """T₂(x) = 1/5 − 4(x − 2)/25 + 11(x − 2)²/125: exact where that is short, without its zeros."""
    terms = _terms(series, _shift(centre))
    is_whole = is_brief_exact(centre) and not any(term.is_rounded for term in terms)
    parts: list[f.Node | str] = [name_node(len(series.coefficients) - 1), "=" if is_whole else "≈"]
    for n, term in enumerate(terms):
        parts += [*([term.sign] if n or term.sign == "−" else []), term.node]
    return f.row(*parts, *([] if terms else ["0"]))


def _terms(series: Series, shift: f.Node) -> list[Term]:
    """The terms for which there is room: all, or the first few, dots and the last one."""
    sizes = np.abs(series.coefficients)
    powers = np.flatnonzero((sizes > 0) | (series.radii > 2 * NOTHING * sizes.max())).tolist()
    if not powers:
        return []
    first: list[Term] = []
    last = _term(series, powers.pop(), shift)
    room = ROOM - last.length
    for k in powers:
        term = _term(series, k, shift)
        room -= term.length
        if room < 0 and first:
            return [*first, DOTS, last]
        first.append(term)
    return [*first, last]


def _shift(centre: Number) -> f.Node:
    """x, (x − 1/2) or (x + 2)."""
    if centre == 0:
        return X
    size = Number(centre.text.removeprefix("-"))
    return f.row("(", X, "−" if centre > 0 else "+", f.number(size), ")")


def _term(series: Series, k: int, shift: f.Node) -> Term:
    """c_k(x − a)^k."""
    exact, value = series.exact[k], float(series.coefficients[k])
    power = shift if k == 1 else f.Power(shift, f.Text(str(k)))
    sign = "−" if value < 0 else "+"
    if exact is not None and _is_short(exact):
        return Term(sign, _fractional(abs(exact), power if k else None))
    size: float | Fraction = abs(value) if exact is None else abs(exact)
    factor = [] if k and show(size) == "1" else [f.number(size)]
    return Term(sign, f.row(*factor, *([power] if k else [])), exact is None or not is_exact(exact))


def _is_short(c: Fraction) -> bool:
    return abs(c.numerator) < LARGEST_ABOVE and c.denominator < LARGEST_BELOW


def _fractional(c: Fraction, power: f.Node | None) -> f.Node:
    """4(x − 2)/25 for c = 4/25; 1/5 alone."""
    above = [f.Text(show(c.numerator))] if power is None or c.numerator != 1 else []
    whole = f.row(*above, *([power] if power else []))
    return whole if c.denominator == 1 else f.Fraction(whole, f.Text(str(c.denominator)))
