"""The value of a formula at a point in ball arithmetic, with the values that `numeric` has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mmlviz.maths.expression.balls import ball, of_parts
from mmlviz.maths.expression.exact import Known, exact_value, half_turns, is_pole, known
from mmlviz.maths.expression.tree import Expression, Power, Variable, parts


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of a part exactly, and whether it depends on a variable."""

    known: Known
    varies: bool = False


class BallValues:
    """The values of f where its variables have the values of formulas without variables, at any precision."""

    def __init__(self, f: Expression, point: Mapping[str, Expression]) -> None:
        self.f, self.point = f, point
        self._exactly: dict[Expression, Value] = {}

    def ball(self) -> Any:
        """The ball (flint.arb) at flint's present precision.

        Not finite where f is not defined or the precision does not suffice.
        """
        return self._ball(self.f, {name: ball(x) for name, x in self.point.items()})

    def exactly(self, node: Expression) -> Value:
        """What is known of a part, found once."""
        if node not in self._exactly:
            self._exactly[node] = self._value(node)
        return self._exactly[node]

    def _value(self, node: Expression) -> Value:
        if isinstance(node, Variable):
            x = self.point[node.name]
            return Value(Known(exact_value(x), half_turns(x)), True)
        of = [self.exactly(part) for part in parts(node)]
        if isinstance(node, Power) and of[1].varies:  # not typed as a fraction: negative numbers have no roots
            return Value(Known(), True)
        return Value(known(node, [part.known for part in of]), any(part.varies for part in of))

    def _ball(self, node: Expression, given: Mapping[str, Any]) -> Any:
        from flint import arb, fmpq

        value = self.exactly(node).known.value
        if value is not None:
            return arb(fmpq(value.numerator, value.denominator))
        if isinstance(node, Variable):
            return given[node.name]
        balls = [self._ball(part, given) for part in parts(node)]
        return arb.nan() if self._is_undefined(node, balls) else of_parts(node, balls)

    def _is_undefined(self, node: Expression, balls: list[Any]) -> bool:
        """Poles of the tangent that balls miss by a hair, and 0 to a power that happens to be 0."""
        if isinstance(node, Power) and self.exactly(node.exponent).varies:
            return bool(balls[0].is_zero() and not balls[1] > 0)
        return bool(balls) and is_pole(node, self.exactly(parts(node)[0]).known)
