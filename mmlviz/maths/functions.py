"""Real functions of one variable, with what their Taylor series turn on: where they are real, where they are singular.

The library is the course's (course 2, week 4). Every text is written as a person types it: x sin(x), exp(-2x), x^2.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import hypot, inf, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import as_fraction

LARGEST = 1e12  # no drawing reaches higher
# Ever faster towards a singular point: halves at first, far below the last digit at the end.
_APPROACH = 0.5 ** np.array([k * (k + 1) / 2 for k in range(1, 41)])


@dataclass(frozen=True, slots=True)
class Function:
    """A function f(x), known by its text; two Functions are equal when their texts are.

    rule(m, x) is its formula over any algebra m with sin, cos, exp, log, sqrt, arctan: numpy, or power series.
    slope is the rule of f′ where f′ is rational and f is not.

    singularities are all poles, or all branch points, of f in the complex plane (kind says which). Each is
    genuine: f is unbounded there or, for sqrt, f′ is, and f is analytic everywhere else but on the cuts, which
    may be drawn in another way. So the distance to the nearest one is the radius of convergence.
    """

    text: str
    python: str = field(compare=False)  # numpy, for real and for complex x
    rule: Callable[[Any, Any], Any] = field(compare=False)
    singularities: tuple[complex, ...] = field(default=(), compare=False)
    kind: str = field(default="pole", compare=False)  # or branch point
    domain: tuple[float, float] = field(default=(-inf, inf), compare=False)  # f is real strictly between, off poles
    slope: Callable[[Any, Any], Any] | None = field(default=None, compare=False)

    @property
    def written(self) -> str:
        """The text with true minus signs, for sentences."""
        return _minus(self.text)

    @property
    def poles(self) -> tuple[float, ...]:
        """The real poles in ascending order: the graph breaks there."""
        return _real(self.singularities) if self.kind == "pole" else ()

    def values(self, x: Any) -> NDArray[Any]:
        """f(x) for an array of any shape; nan where f is not defined, beyond the range of floats, or not real.

        For complex x the values are complex, on principal branches.
        """
        points = np.asarray(x)
        if not np.iscomplexobj(points):
            points = points.astype(float)
        with np.errstate(all="ignore"):
            y = np.asarray(self.rule(np, points))
        return np.where(np.isfinite(y), y, nan)

    def trouble(self, centre: float | Fraction) -> str | None:
        """Why f has no real Taylor series about the centre, in a sentence; None where it has one."""
        a, name = as_fraction(centre), self.written
        low, high = self.domain
        if a < low or a > high:
            return f"{name} is not real for x {f'< {_written(low)}' if a < low else f'> {_written(high)}'}."
        if a not in _real(self.singularities):
            return None
        if np.isnan(self.values(float(a))):
            return f"{name} is not defined at {_written(float(a))}: it has a {self.kind} there."
        return f"{name} has no derivative at {_written(float(a))}: its slope is infinite there."

    def squared_radius(self, centre: float | Fraction) -> Fraction | None:
        """The square of the distance to the nearest singularity, exactly; None for an entire function."""
        a = as_fraction(centre)
        return min((_square(a, z) for z in self.singularities), default=None)

    def near(self, centre: float | Fraction) -> str | None:
        """What bounds the disc of convergence, such as "the poles at ±i"; None for an entire function."""
        nearest = self.squared_radius(centre)
        if nearest is None:
            return None
        points = [z for z in self.singularities if _square(as_fraction(centre), z) == nearest]
        return f"the {self.kind}{'s' if len(points) > 1 else ''} at {_listed(points)}"


def radius(function: Function, centre: float | Fraction) -> float:
    """The radius of convergence about the centre: the distance to the nearest singularity, inf if there is none.

    A power series converges in the largest disc in which f is analytic (Ahlfors, Complex Analysis, 3rd ed.,
    section 5.1.2); it is 0 at a singularity.
    """
    a = as_fraction(centre)
    return min((hypot(float(a - Fraction(z.real)), z.imag) for z in function.singularities), default=inf)


def _square(a: Fraction, z: complex) -> Fraction:
    return (a - Fraction(z.real)) ** 2 + Fraction(z.imag) ** 2


def _real(points: Sequence[complex]) -> tuple[float, ...]:
    return tuple(sorted(float(z.real) for z in points if z.imag == 0))


def _listed(points: Sequence[complex]) -> str:
    if len(points) == 2 and points[0] == points[1].conjugate():
        return f"±{_written(max(points, key=lambda z: z.imag))}"
    return " and ".join(map(_written, points))


def _written(z: complex) -> str:
    """A real or an imaginary number."""
    if z.imag == 0:
        return _minus(f"{z.real:g}")
    return _minus("i" if z.imag == 1 else f"{z.imag:g}i")


def _minus(text: str) -> str:
    return text.replace("-", "−")


def sampled(function: Function, low: float, high: float, count: int) -> Array:
    """Points (n, 2) of the graph over [low, high], n about count; a row of nan wherever the line must break.

    The graph ends at the exact end of the domain, goes up to LARGEST beside a pole, and has no infinite values.
    Raises ValueError unless low < high and count ≥ 2.
    """
    if not low < high or count < 2:
        raise ValueError(f"needs low < high and at least 2 points, got {low}, {high} and {count}")
    start, end = max(low, function.domain[0]), min(high, function.domain[1])
    if start >= end:
        return np.empty((0, 2))
    cuts = [start, *(p for p in function.poles if start < p < end), end]
    step = (high - low) / (count - 1)
    pieces = [_piece(function, left, right, step) for left, right in pairwise(cuts)]
    gap = np.full((1, 2), nan)
    rows = [part for piece in pieces if len(piece) for part in (gap, piece)]
    return np.concatenate(rows[1:]) if rows else np.empty((0, 2))


def _piece(function: Function, left: float, right: float, step: float) -> Array:
    """The graph between two neighbouring ends, denser towards the singular ones."""
    singular = _real(function.singularities)
    x = np.linspace(left, right, max(2, round((right - left) / step) + 1))
    near = min(step, right - left) * _APPROACH
    if left in singular:
        x = np.append(x, left + near)
    if right in singular:
        x = np.append(x, right - near)
    x = np.unique(x)
    y = function.values(x)
    seen = np.abs(y) <= LARGEST
    rows = np.where(seen[:, None], np.stack([x, y], axis=1), nan)
    where = np.flatnonzero(seen)
    return rows[where[0] : where[-1] + 1] if len(where) else np.empty((0, 2))


FUNCTIONS: tuple[Function, ...] = (
    Function("sin(x)", "np.sin(x)", lambda m, x: m.sin(x)),
    Function("cos(x)", "np.cos(x)", lambda m, x: m.cos(x)),
    Function("sin(2x)", "np.sin(2 * x)", lambda m, x: m.sin(2 * x)),
    Function(
        "arctan(x)", "np.arctan(x)", lambda m, x: m.arctan(x),
        (1j, -1j), "branch point", slope=lambda m, x: 1 / (1 + x * x),
    ),
    Function("exp(x)", "np.exp(x)", lambda m, x: m.exp(x)),
    Function("exp(-2x)", "np.exp(-2 * x)", lambda m, x: m.exp(-2 * x)),
    Function("exp(x^2)", "np.exp(x**2)", lambda m, x: m.exp(x * x)),
    Function("exp(-x^2)", "np.exp(-(x**2))", lambda m, x: m.exp(-(x * x))),
    Function("1/x", "1 / x", lambda m, x: 1 / x, (0,)),
    Function("ln(x)", "np.log(x)", lambda m, x: m.log(x), (0,), "branch point", (0, inf), lambda m, x: 1 / x),
    Function("1/(1-x)^2", "1 / (1 - x) ** 2", lambda m, x: 1 / ((1 - x) * (1 - x)), (1,)),
    Function("sqrt(4-x)", "np.sqrt(4 - x)", lambda m, x: m.sqrt(4 - x), (4,), "branch point", (-inf, 4)),
    # x² − x would lose digits beside 1.
    Function("2/(x^2-x)", "2 / (x**2 - x)", lambda m, x: 2 / (x * (x - 1)), (0, 1)),
    Function("1/(1+x^2)", "1 / (1 + x**2)", lambda m, x: 1 / (1 + x * x), (1j, -1j)),
    Function("x sin(x)", "x * np.sin(x)", lambda m, x: x * m.sin(x)),
)  # fmt: skip
