"""The functions and their polynomials, typeset."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, log10

import numpy as np

from mmlviz.core import formula as f
from mmlviz.core.notation import inline, notation
from mmlviz.core.words import MINUS, brief, is_brief_exact, is_exact, show
from mmlviz.maths.expression import Expression, parsed
from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.expand import NOTHING
from mmlviz.maths.expression.tree import Call, Negative, Quotient, Sum, nodes
from mmlviz.maths.number import Number
from mmlviz.maths.power_series import Series, exact_at

X = f.Symbol("x")
ROOM = 60  # characters of a polynomial on one line; what is between its first terms and the last is left out
LONGEST = 16  # characters of an exact coefficient that is shorter than its decimals
LARGEST_ABOVE, LARGEST_BELOW = 1000, 10_000  # of a fraction that is

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

# The course's functions (course 2, week 4), and some that show what can go wrong: text and title.
OFFERED: dict[str, str] = {
    "sin(x)": "sin x",
    "cos(x)": "cos x",
    "sin(2x)": "sin 2x",
    "arctan(x)": "arctan x",
    "exp(x)": "eˣ",
    "exp(-2x)": "e⁻²ˣ",
    "exp(x^2)": "exp(x²)",
    "exp(-x^2)": "exp(−x²)",
    "1/x": "1/x",
    "ln(x)": "ln x",
    "1/(1-x)^2": "1/(1 − x)²",
    "sqrt(4-x)": "√(4 − x)",
    "2/(x^2-x)": "2/(x² − x)",
    "1/(1+x^2)": "1/(1 + x²)",
    "x sin(x)": "x sin x",
    "x^x": "xˣ",
    "tan(x)": "tan x",
    "sin(x)/x": "sin x / x",
    "x/(e^x-1)": "x/(eˣ − 1)",
    "sqrt(1+sin(x))": "√(1 + sin x)",
    "|x|": "|x|",
    "e^(-1/x^2)": "exp(−1/x²)",
    "erf(x)": "erf x",
    "gamma(x)": "Γ(x)",
}


def said(x: Number) -> str:
    """A typed number as typed, but 10⁻¹² for 1e-12."""
    return show(x) if x.is_plain and "e" in x.text.lower() else brief(x)


def rounded_up(x: float) -> Fraction:
    """A bound to three digits, never down."""
    if x == 0:
        return Fraction(0)
    unit = Fraction(10) ** (floor(log10(x)) - 2)
    return ceil(Fraction(x) / unit) * unit


def polynomial_name(order: Number) -> str:
    """T₈."""
    return "T" + str(int(order)).translate(_LOWERED)


@lru_cache(maxsize=8)
def function_node(text: str) -> f.Node:
    """f(x) = 1/(1 + x²)."""
    return f.row(f.Symbol("f"), "(", X, ")", "=", notation(parsed(text)))


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
def polynomial_node(series: Series, centre: Number, hidden: tuple[int, ...] = ()) -> f.Node:
    """T₂(x) = 1/5 − 4(x − 2)/25 + 11(x − 2)²/125: exact where that is short, without its zeros and hidden terms."""
    terms = _terms(series, _shift(centre), hidden)
    is_whole = is_brief_exact(centre) and not any(term.is_rounded for term in terms)
    parts: list[f.Node | str] = [name_node(len(series.coefficients) - 1), "=" if is_whole else "≈"]
    for n, term in enumerate(terms):
        parts += [*([term.sign] if n or term.sign == MINUS else []), term.node]
    return f.row(*parts, *([] if terms else ["0"]))


def _terms(series: Series, shift: f.Node, hidden: tuple[int, ...]) -> list[Term]:
    """The terms for which there is room: all, or the first few, dots and the last one."""
    sizes = np.abs(series.coefficients)
    powers = np.flatnonzero((sizes > 0) | (series.radii > 2 * NOTHING * sizes.max())).tolist()
    powers = [k for k in powers if k not in hidden]
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
    is_below = centre.is_plain and centre < 0
    size = Number(centre.text.removeprefix("-")) if is_below else centre
    node = f.number(size)
    return f.row("(", X, "+" if is_below else MINUS, f.Brackets(node) if _is_sum(centre) else node, ")")


def _is_sum(centre: Number) -> bool:
    """Whether a typed centre needs brackets behind a minus: 1 − √2, −π."""
    return not centre.is_plain and isinstance(parsed(centre.text, ()), Sum | Negative)


def _term(series: Series, k: int, shift: f.Node) -> Term:
    """c_k(x − a)^k."""
    exact, value = exact_at(series, k), float(series.coefficients[k])
    power = None if k == 0 else shift if k == 1 else f.Power(shift, f.Text(str(k)))
    sign = MINUS if value < 0 else "+"
    fraction = None if exact is None else exact_value(exact)
    if fraction is not None and is_short(fraction):
        return Term(sign, _fractional(abs(fraction), power))
    if exact is not None and fraction is None:
        node = _exactly(exact, power)
        if node is not None:
            return Term(MINUS if isinstance(exact, Negative) else "+", node)  # cos 2 is negative by itself
    size: float | Fraction = abs(value) if fraction is None else abs(fraction)
    factor = [] if k and show(size) == "1" else [f.number(size)]
    return Term(sign, f.row(*factor, *([power] if power else [])), fraction is None or not is_exact(fraction))


def is_short(c: Fraction) -> bool:
    """Whether a fraction is shorter than its decimals."""
    return abs(c.numerator) < LARGEST_ABOVE and c.denominator < LARGEST_BELOW


def _fractional(c: Fraction, power: f.Node | None) -> f.Node:
    """4(x − 2)/25 for c = 4/25; 1/5 alone."""
    above = [f.Text(show(c.numerator))] if power is None or c.numerator != 1 else []
    whole = f.row(*above, *([power] if power else []))
    return whole if c.denominator == 1 else f.Fraction(whole, f.Text(str(c.denominator)))


def _exactly(c: Expression, power: f.Node | None) -> f.Node | None:
    """e²(x − 2)/2 for c = e²/2; None where that is long, or a sum, which has no sign of its own."""
    size = c.part if isinstance(c, Negative) else c
    if isinstance(size, Sum) or len(f.plain(inline(size))) > LONGEST:
        return None
    behind = [power] if power else []
    if isinstance(size, Quotient) and not isinstance(size.above, Sum):
        return f.Fraction(f.row(_factor(size.above, behind), *behind), inline(size.below))
    return f.row(_factor(size, behind), *behind)


def _factor(c: Expression, behind: list[f.Node]) -> f.Node:
    """In brackets where what stands behind would be taken for a part of it: (cos 2)(x − 1)."""
    is_open = any(isinstance(each, Call) and each.function not in ("sqrt", "cbrt", "abs") for each in nodes(c))
    return f.Brackets(inline(c)) if is_open and behind else inline(c)
