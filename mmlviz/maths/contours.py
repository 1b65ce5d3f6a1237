"""Contour lines of a function on a grid. contourpy is loaded with the first of them."""

from collections.abc import Sequence

import numpy as np

from mmlviz.maths.matrix2 import Array


def contours(x: Array, y: Array, z: Array, levels: Sequence[float] | Array) -> list[Array]:
    """For each level the lines z = level: points (k, 2), a row of nan between two pieces, (0, 2) where there is none.

    z (m, n) holds the heights at columns x (n,) and rows y (m,), both increasing; where z is nan or infinite
    there are no lines. A closed piece ends where it began. Each edge of the grid is crossed by linear
    interpolation (marching squares), a saddle inside a cell is decided by the mean of its corners.
    """
    from contourpy import LineType, contour_generator

    found = contour_generator(x, y, z, name="serial", line_type=LineType.ChunkCombinedNan)
    return [_points(found.lines(float(level))[0][0]) for level in levels]


def _points(lines: object) -> Array:
    return np.empty((0, 2)) if lines is None else np.asarray(lines, dtype=np.float64)
