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
