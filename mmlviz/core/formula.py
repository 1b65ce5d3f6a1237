"""Formulas as small frozen trees; labs never write markup."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction as Exact

from mmlviz.core.words import LONG, MINUS, RAISED, is_exact, scientific, show, typed
from mmlviz.maths.number import Number


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula."""


@dataclass(frozen=True, slots=True)
class Text(Node):
    """Upright text: det, a number, an operator such as = or ≈."""

    text: str


@dataclass(frozen=True, slots=True)
class Symbol(Node):
    """A variable: A, λ; vectors are bold."""

    name: str
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Fraction(Node):
    """above/below, on one line so that the digits stay large."""

    above: Node
    below: Node


@dataclass(frozen=True, slots=True)
class Power(Node):
    """base to the exponent."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Sub(Node):
    """A base with an index below."""

    base: Node
    index: Node


@dataclass(frozen=True, slots=True)
class Root(Node):
    """The square root of a part."""

    part: Node


@dataclass(frozen=True, slots=True)
class CubeRoot(Node):
    """The cube root of a part."""

    part: Node


@dataclass(frozen=True, slots=True)
class Brackets(Node):
    """A part in round brackets as high as it is."""

    part: Node


@dataclass(frozen=True, slots=True)
class Bars(Node):
    """The absolute value of a part."""

    part: Node


@dataclass(frozen=True, slots=True)
class Over(Node):
    """above over below with a bar between them: for short formulas that stand by themselves."""

    above: Node
    below: Node


@dataclass(frozen=True, slots=True)
class Matrix(Node):
    """Rows of parts in round brackets; a column vector has rows of one."""

    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Row(Node):
    """Parts side by side."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Coloured(Node):
    """A part in the colour of a role."""

    role: str
    part: Node


EQUALS, ABOUT = Text("="), Text("≈")


def row(*parts: Node | str | float) -> Row:
    """Parts side by side; texts and numbers are turned into nodes."""
    return Row(tuple(p if isinstance(p, Node) else Text(p) if isinstance(p, str) else number(p) for p in parts))


def number(x: float | Exact, digits: int = 4) -> Node:
    """A number as typed (1/3 as a fraction, √2/2 as it is printed), or rounded to 4 digits."""
    if isinstance(x, Number) and len(x.text) <= LONG:
        if not x.is_plain:
            from mmlviz.core.notation import inline  # loaded with the first number that needs it
            from mmlviz.maths.expression import formula

            return inline(formula(x))
        if "e" not in x.text.lower():
            return fraction(*typed(x).split("/")) if "/" in x.text else Text(typed(x))
    if x == 0:
        return Text("0")
    if not show(x, digits).endswith(RAISED):
        return Text(show(x, digits))
    mantissa, power = scientific(x, digits)
    ten = Power(Text("10"), Text(str(power).replace("-", MINUS)))
    if mantissa in {"1", "-1"}:
        return row(MINUS, ten) if mantissa == "-1" else ten
    return row(mantissa.replace("-", MINUS), "·", ten)


def fraction(above: str, below: str) -> Node:
    """A fraction of two texts, its minus in front."""
    if above.startswith(MINUS):
        return Row((Text(MINUS), Fraction(Text(above[1:]), Text(below))))
    return Fraction(Text(above), Text(below))


def exactly(x: Exact, with_fraction: bool) -> Node:
    """'= 17/8 = 2.125', '= 2.125' or '≈ 0.3333': exact when that is short, marked when rounded."""
    decimal = Row((EQUALS if is_exact(x) else ABOUT, number(x)))
    if with_fraction and 1 < x.denominator < 1000 and abs(x.numerator) < 10000:
        return Row((EQUALS, fraction(show(x.numerator, 5), str(x.denominator)), *decimal.parts))
    return decimal


def column(xs: Sequence[float | Exact | Node], role: str = "") -> Node:
    """A column vector, in the colour of a role."""
    rows = tuple((x if isinstance(x, Node) else number(x),) for x in xs)
    return Coloured(role, Matrix(rows)) if role else Matrix(rows)


def plain(node: Node) -> str:
    """The formula as one line of text, for the command line and for screen readers."""
    match node:
        case Text(text):
            return text
        case Symbol(name):
            return name
        case Power(base, exponent):
            return f"{plain(base)}^{_bracketed(exponent)}"
        case Root(part):
            return f"√{_bracketed(part)}"
        case Matrix(rows):
            return "(" + "; ".join(", ".join(map(plain, r)) for r in rows) + ")"
        case Row(inner):
            return _joined(inner)
        case Coloured(_, part):
            return plain(part)
    return PLAIN[kind(node, PLAIN)].format(*map(plain, parts(node)))


BETWEEN = {"=", "≈", "+", "±", ",", "<", "→"}  # texts with air on both sides
# Formulas made of other formulas, as one line of text.
PLAIN: dict[type[Node], str] = {
    Fraction: "{}/{}", Sub: "{}_{}", CubeRoot: "∛({})", Over: "({})/({})",
    Brackets: "({})", Bars: "|{}|",
}  # fmt: skip


def _bracketed(node: Node) -> str:
    """As one line that can stand behind ^: e^(x^2), not e^x^2."""
    return plain(node) if isinstance(node, Text | Symbol | Sub | Matrix | Coloured) else f"({plain(node)})"


def kind(node: Node, known: Mapping[type[Node], str]) -> type[Node]:
    """The type of a node, if it is known; raises TypeError."""
    if type(node) not in known:
        raise TypeError(f"no such formula: {node!r}")
    return type(node)


def parts(node: Node) -> list[Node]:
    """The formulas that a formula is made of, in the order of its fields."""
    return [getattr(node, field.name) for field in fields(node)]


def _flat(parts: tuple[Node, ...]) -> Iterator[Node]:
    """The parts, those of rows within rows in their place."""
    for part in parts:
        yield from _flat(part.parts) if isinstance(part, Row) else (part,)


def _joined(parts: tuple[Node, ...]) -> str:
    out = ""
    for part in _flat(parts):
        text = plain(part)
        is_between = isinstance(part, Text) and (part.text in BETWEEN or (part.text == MINUS and _is_term(out)))
        out += (f"{text} " if text == "," else f" {text} ") if is_between else text
    return out.strip()


def _is_term(text: str) -> bool:
    """Whether a minus behind this subtracts: behind = or ( it is a sign."""
    return text[-1:].isalnum() or text.endswith(")")
