"""Where a formula may be singular in the complex plane: where one of its parts is.

A quotient where its divisor is 0, a logarithm or root where its argument is, tan where cos is 0, arctan at ±i. Whether
f itself is singular there is another question: sin x/x is not, at 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from mmlviz.maths.expression.complex_functions import Complex
from mmlviz.maths.expression.plane import continued, is_single_valued, on_plane, whole
from mmlviz.maths.expression.sheets import TURN
from mmlviz.maths.expression.tree import Call, Expression, Logarithm, Power, Quotient, nodes, variables
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.singularities.rational import Value, X
from mmlviz.maths.singularities.solving import Solutions, joined, poles_of_gamma, zeros

_ZERO, _ONE = Fraction(0), Fraction(1)
_AT: dict[str, tuple[Value, ...]] = {
    "ln": (_ZERO,), "sqrt": (_ZERO,), "cbrt": (_ZERO,), "abs": (_ZERO,), "sgn": (_ZERO,),
    "arcsin": (_ONE, -_ONE), "arccos": (_ONE, -_ONE), "arcosh": (_ONE, -_ONE), "artanh": (_ONE, -_ONE),
    "arctan": (1j, -1j), "arsinh": (1j, -1j),
}  # fmt: skip
_DIVIDES = {"tan": "cos", "sec": "cos", "cot": "sin", "csc": "sin", "tanh": "cosh", "sech": "cosh", "coth": "sinh",
            "csch": "sinh"}  # fmt: skip
_CIRCLE = np.exp(1j * TURN * np.arange(48) / 48)
_MARGIN = 1.02
_SPOKES = np.linspace(0, 0.999, 32)[:, None]  # along straight lines to the circle, where singularities lie


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """All places where a formula can be singular, except where |u| > size for one of the limits (u, size).

    points (n,): those with Im ≥ 0, each standing for its conjugate, too. room (n,): the distance of each to the
    nearest other. sources: for each the part g and the value c, as g(z) = c is why it is here.
    """

    points: Complex
    room: Array
    sources: tuple[tuple[Expression, complex] | None, ...]
    limits: tuple[tuple[Expression, float], ...]
    is_known: bool

    def is_complete(self, centre: float, radius: float) -> bool:
        """Whether no other place is within the open disc, as far as is known."""
        return self.is_known and all(self._is_within(u, size, centre, radius) for u, size in self.limits)

    @property
    def is_all(self) -> bool:
        """Whether there is no other place at all."""
        return self.is_known and not self.limits

    def _is_within(self, u: Expression, size: float, centre: float, radius: float) -> bool:
        """Whether |u| ≤ size in the disc: an analytic u is largest on the circle (Ahlfors, section 4.3.4)."""
        if u == X:
            return abs(centre) + radius <= size
        circle = centre + radius * _CIRCLE
        values = on_plane(u, circle) if is_single_valued(u) else continued(u, centre + _SPOKES * (circle - centre))[-1]
        return bool(np.all(np.abs(values) * _MARGIN <= size))


@lru_cache(maxsize=32)
def candidates(f: Expression) -> Candidates:
    """The places where f can be singular."""
    found = list(_places(f))
    everything = joined(solutions for _, _, solutions in found)
    points = np.array([z for z in everything.points if z.imag >= 0], dtype=complex)
    source = {z: (g, c) for g, c, solutions in reversed(found) if g is not None for z in solutions.points}
    sources = tuple(source.get(z) for z in points.tolist())
    for array in (points, room := _room(points)):
        array.flags.writeable = False
    return Candidates(points, room, sources, everything.limits, everything.is_known)


def _room(points: Complex) -> Array:
    """The distance of each point to the nearest other one, or mirror image of one."""
    apart = np.abs(points[:, None] - points[None, :])
    np.fill_diagonal(apart, np.inf)
    mirrored = np.abs(points[:, None] - np.conj(points)[None, :])
    mirrored[np.diag_indices(len(points))] = np.where(points.imag == 0, np.inf, 2 * points.imag)
    return np.asarray(np.minimum(apart, mirrored).min(axis=1, initial=np.inf))


def _places(f: Expression) -> Iterator[tuple[Expression | None, complex, Solutions]]:
    """Parts g, values c and the solutions of g(x) = c; g None for those of which there are many values."""
    parts = [node for node in dict.fromkeys(nodes(f)) if variables(node)]
    conditions = dict.fromkeys(condition for node in parts for condition in _conditions(node))
    arguments = [node.argument for node in parts if isinstance(node, Call) and node.function == "gamma"]
    share = max(1, len(conditions) + len(arguments))
    for g, value in conditions:
        yield g, complex(value), zeros(g, value, share)
    for argument in arguments:
        yield None, 0j, poles_of_gamma(argument, share)


def _conditions(node: Expression) -> Iterator[tuple[Expression, Value]]:
    match node:
        case Quotient(_, below):
            yield below, _ZERO
        case Power(base, exponent) if variables(base) and ((n := whole(exponent)) is None or n < 0):
            yield base, _ZERO
        case Logarithm(base, argument):
            yield from ((argument, _ZERO), (base, _ZERO), (base, _ONE))
        case Call(function, argument) if function in _DIVIDES:
            yield Call(_DIVIDES[function], argument), _ZERO
        case Call(function, argument):
            yield from ((argument, value) for value in _AT.get(function, ()))
