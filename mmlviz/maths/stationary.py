"""What kind of point a function of two variables has where it is level: by the signs of the Hessian's eigenvalues."""

from fractions import Fraction
from typing import Literal, get_args

import numpy as np

from mmlviz.maths.matrix2 import EPS, SINGULAR, Array
from mmlviz.maths.two_variables import Series2

Kind = Literal["minimum", "maximum", "saddle", "undecided", "not stationary"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SECOND = ((2, 0), (1, 1), (0, 2))  # the coefficients of the Hessian


def kind(series: Series2) -> Kind:
    """By gradient and Hessian of a series of order 2 or more; undecided where the Hessian is singular.

    Decided with the exact coefficients where they are known, else relative to what rounding can do.
    """
    if not is_stationary(series):
        return "not stationary"
    sign = _sign_of_determinant(series)
    if sign < 0:
        return "saddle"
    if sign == 0:
        return "undecided"
    return "minimum" if series.coefficients[2, 0] > 0 else "maximum"  # both diagonal entries have that sign


def is_stationary(series: Series2) -> bool:
    """Whether the gradient is 0, or no larger than what the rounding of a decimal centre makes of a gradient of 0."""
    slip = 2 * EPS * np.abs(series.hessian) @ np.abs([float(x) for x in series.centre])
    for k, ij in enumerate(((1, 0), (0, 1))):
        exact, size = series.fraction(ij), abs(series.coefficients[ij])
        if exact != 0 if exact is not None else size > series.radii[ij] + slip[k]:
            return False
    return True


def _sign_of_determinant(series: Series2) -> int:
    """Of 4 c₂₀c₀₂ − c₁₁²."""
    known = [series.fraction(ij) for ij in SECOND]
    exact = [c for c in known if c is not None]
    if len(exact) == len(known):
        return _sign(4 * exact[0] * exact[2] - exact[1] ** 2)
    scale = max(abs(series.coefficients[ij]) for ij in SECOND)
    if scale == 0:
        return 0
    p, q, r = (float(series.coefficients[ij]) / scale for ij in SECOND)
    dp, dq, dr = (float(series.radii[ij]) / scale for ij in SECOND)
    bound = SINGULAR * (4 * abs(p * r) + q * q) + 4 * (dp * abs(r) + dr * abs(p) + dp * dr) + (2 * abs(q) + dq) * dq
    return _sign(4 * p * r - q * q) if abs(4 * p * r - q * q) > bound else 0


def _sign(x: float | Fraction) -> int:
    return int(x > 0) - int(x < 0)


def principal(hessian: Array) -> tuple[Array, Array]:
    """λ₁ ≥ λ₂ (2,), and their unit eigenvectors as columns (2, 2), the first with x ≥ 0, the second to its left."""
    scale = float(np.abs(hessian).max()) or 1.0
    values, vectors = np.linalg.eigh(hessian / scale)
    first = vectors[:, 1] * (1.0 if vectors[0, 1] >= 0 else -1.0)
    return values[::-1] * scale, np.array([first, [-first[1], first[0]]]).T
