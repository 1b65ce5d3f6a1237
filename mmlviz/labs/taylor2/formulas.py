"""Tₙ, the gradient and the Hessian, typeset."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from mmlviz.core import formula as f
from mmlviz.core.notation import inline, notation
from mmlviz.core.words import is_brief_exact, is_exact, show
from mmlviz.maths.expression import parsed
from mmlviz.maths.expression.tree import Negative, Quotient, Sum
from mmlviz.maths.number import Number
from mmlviz.maths.two_variables import LARGEST_ABOVE, LARGEST_BELOW, Pair, Series2, pairs
from mmlviz.models.taylor2 import NAMES

ROOM = 60  # characters of a polynomial on one line
NARROW = 58  # of one in h and k, whose name is longer; what comes after its first terms is left out
DIGITS, FEWER = 4, 3  # of rounded coefficients, the fewer ones in h and k
SHORT = 10  # characters of a closed form that is as good to read as its decimals
NEGLIGIBLE = 1e-300  # as a coefficient: beside it every other is what matters


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


@lru_cache(maxsize=8)
def function_node(text: str) -> f.Node:
    """f(x, y) = x²y."""
    return f.row(f.Symbol("f"), "(", f.Symbol("x"), ", ", f.Symbol("y"), ")", "=", notation(parsed(text, NAMES)))


def name_node(order: int, *at: f.Node) -> f.Node:
    """T₂(x, y), in the colour of its surface."""
    x, y = at or (f.Symbol("x"), f.Symbol("y"))
    return f.Coloured("output", f.row(f.Sub(f.Symbol("T"), f.Text(str(order))), "(", x, ", ", y, ")"))


@lru_cache(maxsize=16)  # it does not change with probe and window
def polynomial_node(series: Series2, order: int) -> f.Node:
    """T₂(x, y) = 1 − x²/2 + x(y − 1): exact where that is short, without its zeros.

    Where that is long T₂(0.4 + h, 0.3 + k) = 1 + 0.5h − 0.2k + ⋯.
    """
    shifts = [_shifted(name, a) for name, a in zip(NAMES, series.centre)]
    powers = [ij for ij in pairs(order) if abs(series.coefficients[ij]) > NEGLIGIBLE]
    brackets = [f.row("(", x, ")") if isinstance(x, f.Row) else x for x in shifts]
    shown = _that_fit(series, powers, brackets, ROOM, DIGITS)
    if len(shown) == len(powers):
        return f.row(name_node(order), *_written(series, shown), *([] if shown else ["0"]))
    steps = [f.Symbol(name) if isinstance(x, f.Row) else x for name, x in zip("hk", shifts)]
    at = [h if h is x else f.row(a, "+", h) for h, x, a in zip(steps, shifts, series.centre)]
    shown = _that_fit(series, powers, steps, NARROW, FEWER)
    dots = ["+", "⋯"] if len(shown) < len(powers) else []
    return f.row(name_node(order, *at), *_written(series, shown), *dots)


def _that_fit(series: Series2, powers: list[Pair], shifts: list[f.Node], room: int, digits: int) -> list[Term]:
    """The terms of these powers from the first on, as many as there is room for; no more are made."""
    found: list[Term] = []
    for ij in powers:
        term = _term(series, ij, shifts, digits)
        room -= term.length
        if room < 0 and found:
            break
        found.append(term)
    return found


def _written(series: Series2, terms: list[Term]) -> list[f.Node | str]:
    is_whole = all(map(is_brief_exact, series.centre)) and not any(term.is_rounded for term in terms)
    parts: list[f.Node | str] = ["=" if is_whole else "≈"]
    for n, term in enumerate(terms):
        parts += [*([term.sign] if n or term.sign == "−" else []), term.node]
    return parts


def _term(series: Series2, ij: Pair, shifts: list[f.Node], digits: int) -> Term:
    """c_ij (x − a)^i (y − b)^j."""
    value = float(series.coefficients[ij])
    powers = [x if k == 1 else f.Power(x, f.Text(str(k))) for x, k in zip(shifts, ij) if k]
    sign = "−" if value < 0 else "+"
    exact = series.fraction(ij)
    if exact is not None and _is_short(exact):
        return Term(sign, _fractional(abs(exact), powers))
    closed = _closed(series, ij, -1 if value < 0 else 1)
    if closed is not None:
        return Term(sign, f.row(f.Brackets(closed) if powers and _is_open(series, ij) else closed, *powers))
    size: float | Fraction = abs(value) if exact is None else abs(exact)
    factor = [] if powers and show(size, digits) == "1" else [f.number(size, digits)]
    return Term(sign, f.row(*factor, *powers), exact is None or not is_exact(exact, digits))


def _closed(series: Series2, ij: Pair, times: int) -> f.Node | None:
    """So many times a coefficient in closed form, such as 4e^−3; None where that is long or not known."""
    written = None if series.fraction(ij) is not None else series.written(ij, times)
    node = None if written is None else inline(written)
    return node if node is not None and len(f.plain(node)) <= SHORT else None


def _is_open(series: Series2, ij: Pair) -> bool:
    """Whether a factor behind the closed form would be taken for a part of it."""
    written = series.written(ij)
    return isinstance(written.part if isinstance(written, Negative) else written, Sum | Quotient)


def _shifted(name: str, centre: Number) -> f.Node:
    """x, x − 1/2 or x + 2; what is typed with a minus in front is put in brackets."""
    if centre == 0:
        return f.Symbol(name)
    if not centre.is_plain:
        a = f.number(centre)
        return f.row(f.Symbol(name), "−", f.Brackets(a) if centre.text.startswith("-") else a)
    return f.row(f.Symbol(name), "−" if centre > 0 else "+", f.number(Number(centre.text.removeprefix("-"))))


def _is_short(c: Fraction) -> bool:
    return abs(c.numerator) < LARGEST_ABOVE and c.denominator < LARGEST_BELOW


def _fractional(c: Fraction, powers: list[f.Node]) -> f.Node:
    """4(x − 2)/25 for c = 4/25; 1/5 alone."""
    above = [f.Text(show(c.numerator))] if not powers or c.numerator != 1 else []
    whole = f.row(*above, *powers)
    return whole if c.denominator == 1 else f.Fraction(whole, f.Text(str(c.denominator)))


# Derivatives ------------------------------------------------------------------------------------


def derivatives_node(series: Series2) -> f.Node:
    """∇f = (…), H = (…), both at the centre."""
    gradient = [_entry(series, ij, 1) for ij in ((1, 0), (0, 1))]
    hessian = [_entry(series, (2, 0), 2), _entry(series, (1, 1), 1), _entry(series, (0, 2), 2)]
    (p, q), (r, s, t) = [node for node, _ in gradient], [node for node, _ in hessian]
    return f.row(
        *("∇", f.Symbol("f"), _sign(gradient), f.column([p, q], "second"), ","),
        *(f.Symbol("H"), _sign(hessian), f.Matrix(((r, s), (s, t)))),
    )


def _sign(entries: list[tuple[f.Node, bool]]) -> str:
    return "=" if all(is_whole for _, is_whole in entries) else "≈"


def _entry(series: Series2, ij: Pair, times: int) -> tuple[f.Node, bool]:
    """A derivative, so many times the coefficient, and whether it is all of it."""
    exact, value = series.fraction(ij), times * float(series.coefficients[ij])
    closed = _closed(series, ij, times)
    if closed is not None:
        return closed, True
    if exact is None:
        return f.number(value), value == 0
    whole = times * exact
    if _is_short(whole) and not is_exact(whole):
        return f.fraction(show(whole.numerator), str(whole.denominator)), True
    return f.number(whole), is_exact(whole)
