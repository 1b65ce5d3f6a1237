"""The page about typed mathematics, made from the table that the tests hold the reader to."""

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QDialog, QWidget

from mmlviz.maths.expression.readings import DECISIONS, Decision
from mmlviz.maths.products import readings as products
from mmlviz.qt.look import Look
from mmlviz.shell.help import show_page, table

INTRODUCTION = (
    "Every entry for a number takes a formula: 1/3, √2/2, 2π, cos 30°. It is kept as it is typed. "
    "The Taylor tabs take a formula in x, or in x and y, for f: printed while you type, taken with Enter. "
    "Known are + − · / ^ ** √ ∛ |x| °, pi, e, and the functions sin cos tan sec csc cot, arcsin arccos arctan, "
    "sinh cosh tanh sech csch coth, arsinh arcosh artanh, exp ln log lg log_2, sqrt cbrt abs sgn erf gamma. "
    "The command mmlviz formula reads x, y, z and t as well. What was decided where there are two ways to read it:"
)

PRODUCTS = (
    "A product of matrices is typed as it is written: A^-1 rot(30) B, the last factor acting first. Matrices have the "
    "letters A to Z but for I, the identity; those beside A are defined as B=0,-1;1,0 | C=(A^2 B)^-1. Known are rot, "
    "scale, shear, reflect and project, with angles in degrees, and entries in brackets: [1, 2; 3, 4]. Decided was:"
)


def typing_html() -> str:
    """What can be typed, and what was decided where it could be read in two ways."""
    return _chapter(INTRODUCTION, DECISIONS) + _chapter(PRODUCTS, products.DECISIONS)


def _chapter(text: str, decisions: Sequence[Decision]) -> str:
    return f"<p>{escape(text)}</p>{table([(d.typed, _told(d)) for d in decisions])}"


def _told(decision: Decision) -> str:
    if not decision.read:
        return f"is not read: {decision.why} Write {' or '.join(decision.instead)}."
    return f"= {decision.read.replace('*', '·')}: {decision.why}"


def show_typing(parent: QWidget, look: Look) -> QDialog:
    """Open the page; it can stay open beside the window."""
    return show_page("Typing mathematics", typing_html(), parent, look)
