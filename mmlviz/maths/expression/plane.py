"""The values of a formula in x in the complex plane, continued analytically from its real values.

So there are no cuts but those of the paths: √x is followed around 0 to −√x, |x| goes on as x or as −x, arctan x gains
a π. Numbers that are not defined are nan; nothing is warned of.
"""

from collections.abc import Callable
from functools import lru_cache, reduce
from math import nan, pi
from operator import add, mul
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.expression import sheets
from mmlviz.maths.expression.complex_functions import RULES, Complex, no_zero
from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.numeric import evaluate, evaluate_parts
from mmlviz.maths.expression.sheets import Walk
from mmlviz.maths.expression.tree import (
    Call,
    Constant,
    Degrees,
    E,
    Expression,
    Logarithm,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
    is_written_whole,
    nodes,
    parts,
    variables,
)
from mmlviz.maths.matrix2 import Array

LARGEST_POWER = 1024  # by multiplication
FEWEST_STEPS = 24  # along a line from the centre
_NOWHERE = np.empty(0, dtype=np.intp)


@lru_cache(maxsize=256)
def is_single_valued(node: Expression) -> bool:
    """Whether f(z) depends on z alone, however it is reached: no logarithm, root or inverse function of x in it."""
    return not any(_has_sheets(each) for each in nodes(node) if variables(each))


def _has_sheets(node: Expression) -> bool:
    match node:
        case Logarithm():
            return True
        case Call(function):
            return function not in RULES
        case Power(base, exponent):
            return bool(variables(base)) and whole(exponent) is None
    return False


def whole(exponent: Expression) -> int | None:
    """The exponent as a whole number, where it is one exactly."""
    n = exact_value(exponent)
    return int(n) if n is not None and n.denominator == 1 else None


def is_odd_root(exponent: Expression) -> bool:
    """Whether negative numbers are raised, too: to what is typed as a fraction with an odd denominator."""
    n = exact_value(exponent)
    return n is not None and n.denominator > 1 and n.denominator % 2 == 1 and is_written_whole(exponent)


@lru_cache(maxsize=512)
def constant(node: Expression) -> float:
    """The value of a formula without x."""
    return float(evaluate(node))


# The three ways to ask --------------------------------------------------------------------------


def on_plane(node: Expression, x: Complex) -> Complex:
    """f at complex points of any shape, for an f that is single-valued."""
    z = np.asarray(x, dtype=complex)
    with np.errstate(all="ignore"):
        return _finite(_value(node, Walk(z.ravel(), 1, _NOWHERE, np.zeros(1))), z.shape)


def continued(node: Expression, path: Complex) -> Complex:
    """f continued along axis 0 of path (m, …), from its real values at path[0], which is real; (m, …).

    Steps are to be small beside the distances to singularities. An f of several sheets that is not defined at the
    start of a path is nan along all of it.
    """
    path = np.asarray(path, dtype=complex)
    if is_single_valued(node):
        return on_plane(node, path)
    walk = sheets.along(path)
    with np.errstate(all="ignore"):
        return _finite(_from_real(node, walk), path.shape)


def around(node: Expression, centre: float, xs: Array, ys: Array) -> Complex:
    """f on the grid of all x + iy, (m, n) for xs (n,) and ys (m,), continued along straight lines from the centre.

    Cuts run behind branch points, away from the centre, as exactly as the grid is fine.
    """
    z = xs + 1j * ys[:, None]
    if is_single_valued(node):
        return on_plane(node, z)
    with np.errstate(all="ignore"):
        found = _from_real(node, _fan(centre, z.ravel()))
        return _finite(found[-z.size :], z.shape)


def _finite(values: Any, shape: tuple[int, ...]) -> Complex:
    found = np.broadcast_to(np.asarray(values, dtype=complex), (int(np.prod(shape)),)).reshape(shape)
    return np.where(np.isfinite(found), found, complex(nan, nan))


def _from_real(node: Expression, walk: Walk) -> Complex:
    is_real = np.isfinite(evaluate_parts(node, walk.real, x=walk.starts))
    return np.asarray(np.where(walk.spread(is_real), _value(node, walk), nan))


def _fan(centre: float, points: Complex) -> Walk:
    """Lines from the centre over all the points, as many points of lines as there are points; each the last step.

    No line is on the real axis, and none is nearest to a point on its other side.
    """
    away = points - centre
    side = -1.0 if away.real.mean() < 0 else 1.0
    radii, angles = np.abs(away), np.angle(side * away)
    longest, low, high = float(radii.max()) or 1.0, float(angles.min()), float(angles.max())
    step = longest * np.sqrt(max(high - low, 0.1) / len(points))
    steps, slope = max(FEWEST_STEPS, round(longest / step)), pi / max(2, round(pi * longest / step))
    first, last = int(np.floor(low / slope)), int(np.ceil(high / slope))
    angle = slope * (np.arange(first, max(last, first + 1)) + 0.5)
    path = centre + np.linspace(0, longest, steps + 1)[:, None] * (side * np.exp(1j * angle))
    line = np.clip(np.floor(angles / slope).astype(np.intp) - first, 0, len(angle) - 1)
    before = np.rint(radii / longest * steps).astype(np.intp) * len(angle) + line
    is_round = len(angle) == 2 * round(pi / slope)
    return Walk(np.concatenate([path.ravel(), points]), steps + 1, before, np.array([centre]), True, is_round)


# Node by node -----------------------------------------------------------------------------------


def _value(node: Expression, walk: Walk) -> Any:
    if not variables(node):
        return constant(node)
    match node:
        case Variable():
            return walk.points
        case Power(base, exponent):
            return _power(base, exponent, walk)
        case Call(function, argument) if function not in RULES:
            return _MANY[function](argument, walk)
    return _apply(node, [_value(part, walk) for part in parts(node)], walk)


def _apply(node: Expression, values: list[Any], walk: Walk) -> Any:
    match node:
        case Negative():
            return -values[0]
        case Sum():
            return reduce(add, values)
        case Product():
            return reduce(mul, values)
        case Quotient():
            return values[0] / no_zero(values[1])
        case Degrees():
            return values[0] * (pi / 180)
        case Call(function):
            return RULES[function](values[0])
        case Logarithm(base, argument):
            return _log(argument, walk) / no_zero(_log(base, walk))
    raise TypeError(f"no such expression: {node!r}")


def _power(base: Expression, exponent: Expression, walk: Walk) -> Any:
    n = whole(exponent)
    if base == E:
        return np.exp(_value(exponent, walk))
    if n is not None:
        return whole_power(_value(base, walk), n)
    exact = exact_value(exponent)
    if exact is not None and exact.denominator == 2:
        return whole_power(_square_root(base, walk), exact.numerator)
    raised = np.exp(_value(exponent, walk) * _log(base, walk))
    if not is_odd_root(exponent):
        return raised
    return raised * _sign(base, walk) if exact is not None and exact.numerator % 2 else raised


def whole_power(w: Any, n: int) -> Any:
    """wⁿ by multiplication."""
    if n == 0:
        return 0 * w + 1
    if n < 0:
        return 1 / no_zero(whole_power(w, -n))
    if n > LARGEST_POWER:
        return np.power(w, float(n))
    half = whole_power(w, n // 2) if n > 1 else None
    return w if half is None else half * half * w if n % 2 else half * half


def _sign(node: Expression, walk: Walk) -> Array:
    """The sign of a real value at the start, for each point."""
    return walk.spread(_sign_at_start(node, walk))


def _sign_at_start(node: Expression, walk: Walk) -> Array:
    sign = np.sign(evaluate_parts(node, walk.real, x=walk.starts))
    return np.where(sign == 0, nan, sign)


def _log(node: Expression, walk: Walk) -> Any:
    """ln|f(start)| continued. That of eᵘ is u, and powers multiply it: so no sheet need be sought."""
    match node:
        case Call("exp", exponent) | Power(Constant("e"), exponent):
            return _value(exponent, walk)
        case Call("abs", argument):
            return _log(argument, walk)
        case Power(base, exponent) if (n := whole(exponent)) is not None and variables(base):
            return n * _log(base, walk)
    if not variables(node):
        return np.log(constant(node))  # nan for what has no real powers
    return sheets.logarithm(_each(node, walk), walk, _sign_at_start(node, walk))


def _square_root(node: Expression, walk: Walk) -> Any:
    if isinstance(node, Power) or (isinstance(node, Call) and node.function in ("exp", "abs")):
        return np.exp(_log(node, walk) / 2)
    return sheets.square_root(_each(node, walk), walk)


def _each(node: Expression, walk: Walk) -> Complex:
    """A value at each point, also where all are the same."""
    return np.broadcast_to(np.asarray(_value(node, walk), dtype=complex), walk.points.shape)


def _of_values(rule: Callable[[Complex, Walk], Complex]) -> Callable[[Expression, Walk], Any]:
    return lambda node, walk: rule(_each(node, walk), walk)


_MANY: dict[str, Callable[[Expression, Walk], NDArray[Any]]] = {
    "ln": _log,
    "sqrt": _square_root,
    "cbrt": lambda node, walk: _sign(node, walk) * np.exp(_log(node, walk) / 3),
    "abs": lambda node, walk: _sign(node, walk) * _value(node, walk),
    "sgn": _sign,
    "arcsin": _of_values(sheets.arcsine),
    "arccos": _of_values(lambda w, walk: pi / 2 - sheets.arcsine(w, walk)),
    "arctan": _of_values(sheets.arctangent),
    "arsinh": _of_values(sheets.arsinh),
    "arcosh": _of_values(sheets.arcosh),
    "artanh": _of_values(sheets.artanh),
}
