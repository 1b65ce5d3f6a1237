"""Numbers in a formula while it is read: what divides by zero, is not real or out of the range of floats is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import NoReturn

import numpy as np

from mmlviz.maths.expression.exact import Known, is_pole, known
from mmlviz.maths.expression.numeric import EPS, apply
from mmlviz.maths.expression.tokens import Refused, quoted
from mmlviz.maths.expression.tree import (
    Call,
    Expression,
    Literal,
    Logarithm,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
    parts,
)
from mmlviz.maths.number import SMALLEST, to_float

LARGEST = 1e300
ROUNDING = 16 * EPS  # of the largest term: a sum below that may be 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part that has been read, its float where it has one, what is known of it exactly.

    is_doubtful: floats cannot tell it from 0.
    """

    node: Expression
    value: float | None
    known: Known
    is_doubtful: bool = False


class Values:
    """The value of every part that has no variable, while a text is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts: dict[Expression, Part] = {}

    def merge(self, other: "Values") -> None:
        """What was found in a part that was read by itself."""
        self._parts |= other._parts

    def checked(self, node: Expression, start: int, end: int) -> Expression:
        """The node, or the equal one that was first: what is the same object is soon found to be equal.

        Raises Refused where the node, typed from start to end, has no value that can be worked with.
        """
        if node not in self._parts:
            self._parts[node] = self._part(node, start, end)
        return self._parts[node].node

    def _part(self, node: Expression, start: int, end: int) -> Part:
        found = [self._parts[part] for part in parts(node)]
        wrong = _wrong_below(node, found)
        if wrong:
            self._refuse(start, end, wrong)
        what = known(node, [part.known for part in found])
        if isinstance(node, Variable) or any(part.value is None for part in found):
            return Part(node, None, what)
        values = [part.value for part in found if part.value is not None]
        value = _value(node, what, values)
        if isnan(value) or is_pole(node, found[0].known if found else what):
            self._refuse(start, end, "is not defined among the real numbers")
        if abs(value) > LARGEST:
            self._refuse(start, end, "is too large", "numbers go up to 1e300")
        if abs(value) < SMALLEST and what.value != 0 and not _may_be_zero(node, values):
            self._refuse(start, end, "is too small", f"the smallest number beside 0 is {SMALLEST}")
        return Part(node, value, what, _is_doubtful(node, value, what, values))

    def _refuse(self, start: int, end: int, wrong: str, suggestion: str = "") -> NoReturn:
        raise Refused(start, end, f"{quoted(self.text[start:end].strip())} {wrong}", suggestion)


def _wrong_below(node: Expression, found: Sequence[Part]) -> str:
    """What is wrong with a divisor or a base; "" where nothing is."""
    if isinstance(node, Quotient) and found[1].value is not None:
        if found[1].known.value == 0:
            return "divides by zero"
        if found[1].value == 0 or found[1].is_doubtful:
            return "divides by what cannot be told from zero"
    base = found[0].value if isinstance(node, Logarithm) else None
    return "has a base that is not positive, or 1" if base is not None and (base <= 0 or base == 1) else ""


def _is_doubtful(node: Expression, value: float, what: Known, values: Sequence[float]) -> bool:
    return isinstance(node, Sum) and what.value is None and abs(value) <= ROUNDING * max(map(abs, values))


def _value(node: Expression, what: Known, values: Sequence[float]) -> float:
    if what.value is not None:
        return to_float(what.value)
    with np.errstate(all="ignore"):
        return float(apply(node, [np.float64(value) for value in values]))


def _may_be_zero(node: Expression, values: Sequence[float]) -> bool:
    """Whether 0 is what it is, and not what floats make of something smaller than they can hold."""
    match node:
        case Literal() | Product():
            return 0 in values
        case Quotient() | Power():
            return values[0] == 0
        case Call("exp" | "sech" | "csch"):
            return False
        case Sum() | Negative() | Call():
            return True
    return True
