"""Zeros that no structure gives: by Newton's method from a grid, and counted where f is entire."""

from collections.abc import Iterator
from math import pi

import numpy as np

from mmlviz.maths.expression.complex_functions import Complex
from mmlviz.maths.expression.derivative import NoDerivative, derivative
from mmlviz.maths.expression.plane import is_single_valued, on_plane, whole
from mmlviz.maths.expression.tree import Call, Expression, Power, Quotient, nodes, variables

RADII = (12.0, 7.0, 4.0, 2.0)  # of discs about 0 in which all zeros are sought, the largest first
STARTS = 36  # along each side of the grid
ITERATIONS = 40
CONVERGED = 1e-9  # a last step of Newton's, of the size of x: at multiple zeros it only halves from step to step
SAME = 1e-7
ON_CIRCLE, LARGEST_STEP = 2048, 0.8  # points, and the angle in radians from one value of f to the next
_ENTIRE = {"sin", "cos", "sinh", "cosh", "exp", "erf"}


def zeros_nearby(node: Expression, value: complex) -> tuple[list[complex], float]:
    """Solutions of node(x) = value near 0, and the radius of the disc about 0 in which none is missing; 0 if unknown.

    node is single-valued. That none is missing is shown by the number of turns of f around the circle, which is
    the number of zeros in it (Ahlfors, Complex Analysis, 3rd ed., section 4.5.2), in floats at many points.
    """
    found = _by_newton(node, value)
    if not _is_entire(node):
        return found, 0.0
    for radius in RADII:
        inside = [z for z in found if abs(z) < radius]
        count = _turns(node, value, 0j, radius)
        if count is not None and count == sum(_multiplicities(node, value, inside)):
            return found, radius
    return found, 0.0


def is_searched_soon(node: Expression, most: int) -> bool:
    """Whether no more parts than these are evaluated at every step of that search."""
    if node.size > most:
        return False
    try:
        return node.size + derivative(node, "x").size <= most
    except NoDerivative:
        return True


def _is_entire(node: Expression) -> bool:
    return is_single_valued(node) and not any(_may_have_poles(each) for each in nodes(node) if variables(each))


def _may_have_poles(node: Expression) -> bool:
    match node:
        case Quotient(_, below):
            return bool(variables(below))
        case Power(base, exponent):
            n = whole(exponent)
            return bool(variables(base)) and (n is None or n < 0)
        case Call(function):
            return function not in _ENTIRE
    return False


def _by_newton(node: Expression, value: complex) -> list[complex]:
    try:
        slope = derivative(node, "x")
    except NoDerivative:
        return []
    if not is_single_valued(slope):
        return []
    side = np.linspace(-RADII[0], RADII[0], STARTS)
    z = (side + 1j * np.abs(side[:, None])).ravel() + (0.0123 + 0.0071j)
    with np.errstate(all="ignore"):
        for _ in range(ITERATIONS):
            step = (on_plane(node, z) - value) / on_plane(slope, z)
            z = z - step
            z, step = z[np.isfinite(z)], step[np.isfinite(z)]
    order = np.argsort(np.abs(step))  # the best of those that are the same comes first
    z, step = z[order], step[order]
    return _rounded(node, value, _distinct(z[np.abs(step) <= CONVERGED * np.maximum(1, np.abs(z))]))


def _rounded(node: Expression, value: complex, points: list[complex]) -> list[complex]:
    """Six decimals where f is as near to the value there: double zeros are found to half the digits only."""
    found = np.array([points, np.round(points, 6)], dtype=complex)
    off = np.abs(on_plane(node, found) - value)
    return list(np.where(off[1] <= off[0], found[1], found[0]).tolist())


def _distinct(z: Complex) -> list[complex]:
    """Each once, with its conjugate; real ones as such."""
    z = z[np.abs(z) < 2 * RADII[0]]
    near = 10 * CONVERGED * np.maximum(1, np.abs(z))
    z = np.where(np.abs(z.imag) < near, z.real, z)
    z = np.where(np.abs(z.real) < near, 1j * z.imag, z)
    kept: list[complex] = []
    for each in z.tolist():
        if all(abs(each - other) > SAME * max(1.0, abs(each)) for other in kept):
            kept += [each, each.conjugate()] if each.imag else [each]
    return kept


def _multiplicities(node: Expression, value: complex, points: list[complex]) -> Iterator[int]:
    """How often f turns around each point on a small circle; −1000 where that cannot be told."""
    for z in points:
        room = min((abs(z - other) for other in points if other != z), default=1.0)
        count = _turns(node, value, z, min(0.3 * room, 0.1), ON_CIRCLE // 16)
        yield -1000 if count is None else count


def _turns(node: Expression, value: complex, centre: complex, radius: float, count: int = ON_CIRCLE) -> int | None:
    """Turns of f − value about 0 while x goes once around a circle; None where its steps are too large to be sure."""
    circle = centre + radius * np.exp(2j * pi * np.arange(count + 1) / count)
    f = on_plane(node, circle) - value
    if not np.isfinite(f).all() or (f == 0).any():
        return None
    steps = np.angle(f[1:] / f[:-1])
    return None if np.abs(steps).max() > LARGEST_STEP else round(float(steps.sum()) / (2 * pi))
