"""sinc t = sin(πt)/(πt) with two derivatives, to within rounding also at and near 0."""

from collections.abc import Iterator
from math import cos, pi, sin
from typing import TypeVar

import numpy as np

from mmlviz.maths.matrix2 import Array

T = TypeVar("T", float, Array)

# sinc t = Σ (−1)^k (πt)^2k / (2k + 1)!, twelve terms: all that floats hold for |t| < 1/2. Highest power first.
SERIES = tuple(float(c) for c in np.cumprod([1.0, *(-pi * pi / (2 * k * (2 * k + 1)) for k in range(1, 12))])[::-1])


def sinc(t: float) -> tuple[float, float, float]:
    """sin(πt)/(πt) with its first and second derivative, to within rounding, also at and near 0."""
    return _near(t) if abs(t) < 0.5 else _far(t, sin(pi * t), cos(pi * t))


def sincs(u: Array, count: int) -> Iterator[Array]:
    """The same of u, u − 1, …, u − (count − 1) one after the other, each (count, …) for u (…).

    sin(π(u − a)) = ± sin(πr), r being what u has beyond a whole number, serves all of them and keeps its digits
    near 0, so that the quotient does as well; only the derivatives need the series there.
    """
    shape, whole = (count, *[1] * u.ndim), np.rint(u)
    rest = u - whole
    rest = np.where(rest == 0, 1e-200, rest)  # a quotient there too, and it is 1
    t = whole - np.arange(float(count)).reshape(shape) + rest
    sign = (1 - 2 * (whole % 2)) * np.resize([1.0, -1.0], count).reshape(shape)
    yield np.sin(pi * rest) / pi * sign / t
    near = np.abs(t) < 0.5
    _, s1, s2 = _far(np.where(near, 1.0, t), np.sin(pi * rest) * sign, np.cos(pi * rest) * sign)
    _, s1[near], s2[near] = _near(t[near])
    yield from (s1, s2)


def _near(t: T) -> tuple[T, T, T]:
    """By the series p(z), z = t²: p, 2t p′ and 2p′ + 4z p″, with Horner's scheme for all three."""
    z = t * t
    p, p1, half_p2 = 0 * t, 0 * t, 0 * t
    for c in SERIES:
        half_p2 = half_p2 * z + p1
        p1 = p1 * z + p
        p = p * z + c
    return p, 2 * t * p1, 2 * p1 + 8 * z * half_p2


def _far(t: T, sine: T, cosine: T) -> tuple[T, T, T]:
    """By the quotient sin(πt)/(πt); near 0 it would lose the digits that cancel."""
    s = sine / (pi * t)
    s1 = (cosine - s) / t
    return s, s1, -pi * pi * s - 2 * s1 / t
