"""Contour lines against circles, straight lines and saddles that are known."""

import subprocess
import sys

import numpy as np
import pytest

from mmlviz.maths.contours import contours
from mmlviz.maths.matrix2 import Array

X, Y = np.linspace(-2, 2, 81), np.linspace(-1.5, 1.5, 61)  # squares of 0.05
H = 0.05


def bowl(a: float = 0.0, b: float = 0.0) -> Array:
    return (X - a) ** 2 + (Y[:, None] - b) ** 2


def pieces(points: Array) -> list[Array]:
    """The parts between the rows of nan."""
    gaps = np.flatnonzero(np.isnan(points[:, 0]))
    return [part[~np.isnan(part[:, 0])] for part in np.split(points, gaps)]


@pytest.mark.parametrize("radius", [0.1, 0.5, 1.23, 1.45])
def test_circles(radius: float) -> None:
    """Linear interpolation along an edge of length h puts a point at most h²/(8r) inside the circle, never outside."""
    (found,) = contours(X, Y, bowl(), [radius**2])
    assert len(pieces(found)) == 1
    distances = np.hypot(*found.T)
    assert distances.max() <= radius * (1 + 1e-12)
    assert distances.min() >= radius - 1.05 * H**2 / (8 * (radius - H / 2))
    assert found[0].tolist() == found[-1].tolist()
    angles = np.unwrap(np.arctan2(found[:, 1], found[:, 0]))
    assert abs(angles[-1] - angles[0]) == pytest.approx(2 * np.pi)
    assert np.hypot(*np.diff(found, axis=0).T).max() <= H * 2**0.5 * (1 + 1e-9)


def test_the_first_index_is_y() -> None:
    (found,) = contours(X, Y, bowl(1.0, -0.5), [0.09])
    assert found.min(axis=0) == pytest.approx([0.7, -0.8], abs=0.003)
    assert found.max(axis=0) == pytest.approx([1.3, -0.2], abs=0.003)


def test_a_plane_has_exact_lines() -> None:
    (found,) = contours(X, Y, 2 * X - Y[:, None], [0.3])
    assert np.abs(2 * found[:, 0] - found[:, 1] - 0.3).max() <= 1e-12
    assert np.ptp(found[:, 1]) == pytest.approx(3)


def test_levels_in_their_order_and_pieces_with_gaps() -> None:
    """Two hollows: two circles below the saddle, one line around both above it, none where there is no such height."""
    z = np.minimum(bowl(-0.7), bowl(0.7))
    two, one, none = contours(X, Y, z, [0.25, 1.0, -1.0])
    assert [len(pieces(found)) for found in (two, one)] == [2, 1]
    centres = sorted(float(np.mean([p[:, 0].min(), p[:, 0].max()])) for p in pieces(two))
    assert centres == pytest.approx([-0.7, 0.7], abs=1e-9)
    assert np.isnan(two).all(axis=1).sum() == np.isnan(two).any(axis=1).sum() == 1
    assert none.shape == (0, 2)
    assert contours(X, Y, z, []) == []


def test_no_lines_where_there_is_no_height() -> None:
    z = bowl()
    z[:, X > 0] = np.nan
    z[0, 0] = np.inf
    (found,) = contours(X, Y, z, [1.0])
    assert np.nanmax(found[:, 0]) <= 0
    assert np.nanmin(found[:, 0]) == pytest.approx(-1, abs=1e-3)


def test_no_height_at_all() -> None:
    (found,) = contours(X, Y, np.full((61, 81), np.nan), [1.0])
    assert found.shape == (0, 2)


def test_contourpy_is_loaded_with_the_first_contours() -> None:
    code = "import sys, mmlviz.maths.contours; assert 'contourpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
