"""Numbers in a formula while it is read: what divides by zero, is not real or out of the range of floats is refused."""

from math import isinf, isnan

import numpy as np

from mmlviz.maths.expression.exact import exact_value, is_pole
from mmlviz.maths.expression.numeric import apply
from mmlviz.maths.expression.tokens import Refused
from mmlviz.maths.expression.tree import (
    Call,
    Expression,
    Literal,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
    parts,
)
from mmlviz.maths.number import SMALLEST

LONGEST_QUOTE = 30  # characters


class Values:
    """The value of every part that has no variable, while a text is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[int, tuple[Expression, float]] = {}  # by id, which the node keeps from being given again

    def merge(self, other: "Values") -> None:
        """What was found in a part that was read by itself."""
        self._known |= other._known

    def check(self, node: Expression, start: int, end: int) -> None:
        """Raises Refused where the node, typed from start to end, has no value that can be worked with."""
        said = self.text[start:end].strip()
        said = f"'{said}'" if len(said) <= LONGEST_QUOTE else "this"
        known = [self._known.get(id(part)) for part in parts(node)]
        if isinstance(node, Quotient) and known[1] is not None and known[1][1] == 0:
            raise Refused(start, end, f"{said} divides by zero")
        if isinstance(node, Variable) or None in known:
            return
        values = [each[1] for each in known if each is not None]
        value = self._value(node, values)
        if isnan(value) or is_pole(node):
            raise Refused(start, end, f"{said} is not defined among the real numbers")
        if isinf(value):
            raise Refused(start, end, f"{said} is too large", "numbers go up to 1e300")
        if abs(value) < SMALLEST and not _may_be_zero(node, value, values):
            raise Refused(start, end, f"{said} is too small", f"the smallest number beside 0 is {SMALLEST}")
        self._known[id(node)] = (node, value)

    def _value(self, node: Expression, values: list[float]) -> float:
        exact = exact_value(node)
        if exact is not None:
            try:
                return float(exact)
            except OverflowError:
                return float("inf")
        with np.errstate(all="ignore"):
            return float(apply(node, [np.float64(value) for value in values]))


def _may_be_zero(node: Expression, value: float, values: list[float]) -> bool:
    """Whether 0 is what it is, and not what floats make of something smaller than they can hold."""
    if exact_value(node) == 0:
        return True
    match node:
        case Literal() | Product() | Quotient():
            return 0 in values[:1] or (isinstance(node, Product) and 0 in values)
        case Power():
            return values[0] == 0
        case Call("exp" | "sech" | "csch"):
            return False
        case Sum() | Negative() | Call():
            return value == 0
    return value == 0
