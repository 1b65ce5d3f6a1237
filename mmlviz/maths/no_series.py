"""Sentences about where a formula has no power series, or has one although it is not defined."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil

from mmlviz.maths.expression.ball_series import Trouble
from mmlviz.maths.expression.closed_tree import tree
from mmlviz.maths.expression.exact_series import coefficient
from mmlviz.maths.expression.expand import Expanded
from mmlviz.maths.expression.text import brief
from mmlviz.maths.expression.tree import Expression

LONGEST = 36  # characters of a part that is written out


def shown(node: Expression, longest: int = LONGEST) -> str:
    """A formula with true minus signs; "" where it is too long for a sentence."""
    text = brief(node)
    return text if len(text) <= longest else ""


def sentence(trouble: Trouble, f: Expression, at: str) -> str:
    """Why there is no series of f about the point written as `at`, the part to blame named."""
    short = shown(trouble.node)
    part = short or ("f" if trouble.node is f else "a part of f")
    said = _SENTENCES[trouble.kind](part, at, trouble.power or Fraction(1))
    return said[0].upper() + said[1:] if not short and part != "f" else said


def _kink(part: str, at: str, power: Fraction) -> str:
    if power == 1:
        return f"{part} has no derivative at {at}: it has a kink there."
    return f"{part} has no derivative of order {power} at {at}: the one before has a kink there."


def _branch(part: str, at: str, power: Fraction) -> str:
    if power < 0:
        return f"{part} is not defined at {at}: it grows beyond all bounds there."
    if power.denominator == 1:
        return f"{part} is real on one side of {at} only."
    if power < 1:
        return f"{part} has no derivative at {at}: its slope is infinite there."
    return f"{part} has no derivative of order {ceil(power)} at {at}: it is infinite there."


_SENTENCES: dict[str, Callable[[str, str, Fraction], str]] = {
    "pole": lambda part, at, _: f"{part} is not defined at {at}: it has a pole there.",
    "not real": lambda part, at, _: f"{part} is not real at {at}.",
    "kink": _kink,
    "branch point": _branch,
    "jump": lambda part, at, _: f"{part} jumps at {at}.",
    "undefined": lambda part, at, _: f"{part} is not defined at {at}.",
    "unknown": lambda part, at, _: f"Whether {part} has a series about {at} cannot be told.",
    "too large": lambda part, at, _: f"The coefficients of {part} are too large about this centre.",
}


def filled(f: Expression, at: str, found: Expanded) -> str:
    """That f is not defined at the point, and what its limit is."""
    exactly = "" if found.exact is None else shown(tree(coefficient(found.exact, 0)), 24)
    first = float(found.balls[0])
    exactly = exactly or (f"{first:g}" if found.balls[0] == first else "")
    limit = exactly or f"about {first:.6g}".replace("-", "−")
    name = shown(f) or "f"
    return f"{name} is not defined at {at}; its limit there is {limit}, and with that value it has a series."
