"""Values of polynomials by Horner's scheme."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.matrix2 import Array


def horner(coefficients: Array, h: NDArray[Any]) -> NDArray[Any]:
    """c₀ + c₁h + … + c_n hⁿ for coefficients (n + 1,) at real or complex h of any shape; inf or nan if it overflows."""
    points = np.asarray(h)
    out = np.full(points.shape, coefficients[-1], dtype=np.result_type(points, np.float64))
    with np.errstate(all="ignore"):
        for c in coefficients[-2::-1].tolist():
            out *= points
            out += c
    return out


def partial_sums(coefficients: Array, h: Array) -> Array:
    """c₀, c₀ + c₁h, … up to c₀ + … + c_n hⁿ, (n + 1, m), for coefficients (n + 1,) at real h (m,)."""
    sums = np.empty((len(coefficients), len(h)))
    sums[0], power = coefficients[0], np.ones_like(h)
    with np.errstate(all="ignore"):
        for k, c in enumerate(coefficients[1:].tolist(), start=1):
            power *= h  # far quicker than hᵏ anew for every k
            np.multiply(power, c, out=sums[k])
            sums[k] += sums[k - 1]
    return sums
