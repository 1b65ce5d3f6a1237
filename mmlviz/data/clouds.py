"""Gaussian clouds of points in the plane, the same for a seed word on every machine."""

from functools import lru_cache
from math import cos, radians, sin

import numpy as np

from mmlviz.maths.matrix2 import Array
from mmlviz.maths.seeds import normals

MOST = 70_000  # points in a cloud, as many as MNIST has images
CROWD = 4096  # up to so many points are drawn from a seed within a frame


def standard_normals(seed: str, points: int) -> Array:
    """Independent standard normal points (n, 2), read-only; the first m of a larger draw are the same m points.

    ValueError unless 1 ≤ points ≤ MOST.
    """
    if not 1 <= points <= MOST:
        raise ValueError(f"A cloud has from 1 to {MOST} points; {points} were asked for.")
    size = drawn(points)
    return (_crowd if size > CROWD else _few)(seed, size)[:points]


def drawn(points: int) -> int:
    """How many points are drawn for so many: the next power of two, so that moving their number seldom draws anew."""
    return 1 << (points - 1).bit_length()


def _draw(seed: str, points: int) -> Array:
    found = normals(f"cloud:{seed}", 2 * points).reshape(points, 2)
    found.flags.writeable = False
    return found


# Two caches: small clouds, however many, never push out a large one, which would take a whole frame to draw again.
_few, _crowd = lru_cache(maxsize=4)(_draw), lru_cache(maxsize=4)(_draw)


def cloud(seed: str, points: int, spread: tuple[float, float], tilt_degrees: float, mean: tuple[float, float]) -> Array:
    """Points (n, 2) of the normal distribution with this mean and covariance R diag(spread²) Rᵀ.

    spread holds the standard deviations along the cloud's own axes, which R turns by the tilt. Each point is
    R diag(spread) z + mean with z from standard_normals, so that a cloud changes shape point by point.
    """
    z, w = standard_normals(seed, points).T
    c, s = _cos_sin(tilt_degrees)
    at = np.empty((points, 2))
    # Written out: a matrix product may round the same point differently in a larger cloud.
    at[:, 0] = (c * spread[0]) * z - (s * spread[1]) * w + mean[0]
    at[:, 1] = (s * spread[0]) * z + (c * spread[1]) * w + mean[1]
    return at


def _cos_sin(degrees: float) -> tuple[float, float]:
    """cos and sin, exact for quarter turns: a flat cloud on an axis has a constant column, not one of 1e-17."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (float(round(c)), float(round(s))) if degrees % 90 == 0 else (c, s)
