"""The value of a formula at a point in ball arithmetic, with the values that `numeric` has."""

from collections.abc import Mapping
from typing import Any

from mmlviz.maths.expression.balls import ball, of_parts
from mmlviz.maths.expression.exact import Known, exact_value, half_turns, is_pole, known
from mmlviz.maths.expression.tree import Expression, Power, Variable, parts, variables

Value = tuple[Known, Any]  # what is known exactly, and a ball


def ball_value(f: Expression, point: Mapping[str, Expression]) -> Any:
    """The ball (flint.arb) of f where its variables have the values of formulas without variables.

    At flint's present precision; not finite where f is not defined or the precision does not suffice.
    """
    given = {name: (Known(exact_value(x), half_turns(x)), ball(x)) for name, x in point.items()}
    return _value(f, given)[1]


def _value(node: Expression, given: Mapping[str, Value]) -> Value:
    from flint import arb, fmpq

    if isinstance(node, Variable):
        return given[node.name]
    if not variables(node):
        return Known(exact_value(node), half_turns(node)), ball(node)
    of = [_value(part, given) for part in parts(node)]
    exactly = _known(node, [part[0] for part in of])
    if exactly.value is not None:
        return exactly, arb(fmpq(exactly.value.numerator, exactly.value.denominator))
    if _is_undefined(node, of):
        return exactly, arb.nan()
    return exactly, of_parts(node, [part[1] for part in of])


def _known(node: Expression, of: list[Known]) -> Known:
    """Where the exponent varies it has not been typed as a fraction, and negative numbers have no roots."""
    return Known() if isinstance(node, Power) and variables(node.exponent) else known(node, of)


def _is_undefined(node: Expression, of: list[Value]) -> bool:
    """Poles of the tangent that balls miss by a hair, and 0 to a power that happens to be 0."""
    if isinstance(node, Power) and variables(node.exponent):
        return bool(of[0][1].is_zero() and not of[1][1] > 0)
    return bool(of) and is_pole(node, of[0][0])
