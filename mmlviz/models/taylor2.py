"""The Taylor polynomials of a function of two variables, and how far they can be trusted near their centre."""

from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.expression import Expression, evaluate, parsed
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import Number
from mmlviz.maths.power_series import NoSeries
from mmlviz.maths.stationary import Kind, kind, principal
from mmlviz.maths.two_variables import Series2, taylor2, true_error

NAMES = ("x", "y")
LARGEST = float(np.finfo(float).max)
MESH = 33  # samples along each side of the window, its centre among them


@dataclass(frozen=True, slots=True)
class State:
    """A function of x and y, a centre, the order n, half the width of the window about the centre, a point to try."""

    f: str = "x exp(-x^2-y^2)"
    centre: tuple[Number, Number] = (Number("0"), Number("1/2"))
    order: Number = Number("2")
    window: Number = Number("0.8")
    probe: tuple[Number, Number] = (Number("0.4"), Number("0.1"))


@dataclass(frozen=True, slots=True)
class Errors:
    """How far f goes from its lowest to its highest in the window, and the largest |f − L|, |f − Q|, |f − Tₙ| there."""

    span: float
    linear: float | None
    quadratic: float | None
    polynomial: float | None

    def share(self, error: float | None) -> float | None:
        """An error as a share of the span; None where there is none, or f is constant."""
        return None if error is None or self.span == 0 else error / self.span


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The series up to order n, or to 2 where n is lower; None where there is none.

    trouble: why there is no series. axes: the unit eigenvectors of the Hessian as columns, eigenvalues descending.
    value, polynomial, error: f, Tₙ and f − Tₙ at the probe.
    errors: in the window; None where f is defined nowhere there. has_holes: whether it is undefined somewhere.
    """

    tree: Expression
    series: Series2 | None
    trouble: str | None
    kind: Kind | None
    eigenvalues: Array | None
    axes: Array | None
    height: float | None
    value: float | None
    polynomial: float | None
    error: float | None
    errors: Errors | None
    has_holes: bool


def compute(state: State) -> Result:
    """The series along lines, put together; the values in floats, as everybody has to take them."""
    f, n = parsed(state.f, NAMES), int(state.order)
    series, trouble, found, eigenvalues, axes = None, None, None, None, None
    try:
        series = taylor2(f, state.centre, max(n, 2))
        found = kind(series)
        eigenvalues, axes = principal(series.hessian)
    except NoSeries as reason:
        trouble = str(reason)
    a, b, r = float(state.centre[0]), float(state.centre[1]), float(state.window)
    errors, has_holes = _errors(f, series, n, (a, b, r))
    value, polynomial, error = _at_probe(state, f, series)
    return Result(
        f, series, trouble, found, eigenvalues, axes, value_at(f, a, b), value, polynomial, error, errors, has_holes,
    )  # fmt: skip


@lru_cache(maxsize=64)
def value_at(f: Expression, x: float, y: float) -> float | None:
    """f at a point; None where it is not defined."""
    return _number(float(evaluate(f, x=x, y=y)))


def _number(x: float) -> float | None:
    return x if isfinite(x) else None


def grid(f: Expression, x: Array, y: Array) -> Array:
    """f on the columns x (n,) and rows y (m,): (m, n), nan where it is not defined."""
    return evaluate(f, x=x[None, :], y=y[:, None])


@lru_cache(maxsize=4)  # it does not move with the probe
def _errors(
    f: Expression, series: Series2 | None, n: int, window: tuple[float, float, float]
) -> tuple[Errors | None, bool]:
    """The largest errors on the mesh, and whether f is undefined somewhere on it."""
    a, b, r = window
    x, y = a + r * np.linspace(-1, 1, MESH), b + r * np.linspace(-1, 1, MESH)
    z = grid(f, x, y)
    is_defined = ~np.isnan(z)
    if not is_defined.any():
        return None, True
    with np.errstate(over="ignore", invalid="ignore"):
        span = min(float(z[is_defined].max() - z[is_defined].min()), LARGEST)
        found = [None if series is None else _off(z - series.on_grid(x, y, k), is_defined) for k in (1, 2, n)]
    return Errors(span, *found), bool(not is_defined.all())


def _off(error: Array, is_defined: NDArray[np.bool_]) -> float | None:
    return _number(float(np.abs(error[is_defined]).max()))


def _at_probe(state: State, f: Expression, series: Series2 | None) -> tuple[float | None, float | None, float | None]:
    """f and Tₙ at the probe in floats, and their true difference."""
    x, y = map(float, state.probe)
    value = value_at(f, x, y)
    if series is None:
        return value, None, None
    polynomial = _number(series.at(x, y, int(state.order)))
    if value is None or polynomial is None:
        return value, polynomial, None
    error = true_error(f, series, int(state.order), state.probe)
    return value, polynomial, _number(value - polynomial if error is None else error)
