"""Clouds: the points are the seed's, the shape is the one asked for."""

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.data.clouds import CROWD, MOST, cloud, standard_normals
from mmlviz.maths.seeds import normals

SHAPE = ((3.0, 0.5), 25.0, (1.0, -2.0))
sizes = st.integers(1, 3000)
lengths = st.floats(0, 10)
places = st.tuples(st.floats(-100, 100), st.floats(-100, 100))


@given(sizes, sizes)
def test_a_larger_cloud_begins_with_the_smaller(one: int, other: int) -> None:
    few, many = sorted((one, other))
    assert np.array_equal(standard_normals("otter", many)[:few], standard_normals("otter", few))
    assert np.array_equal(cloud("otter", many, *SHAPE)[:few], cloud("otter", few, *SHAPE))


def test_the_largest_cloud_begins_with_the_smallest() -> None:
    most = cloud("otter", MOST, *SHAPE)
    assert most.shape == (MOST, 2)
    assert np.array_equal(most[:1], cloud("otter", 1, *SHAPE))


def test_the_points_are_the_numbers_of_the_seed() -> None:
    assert np.array_equal(standard_normals("otter", 10), normals("cloud:otter", 20).reshape(10, 2))
    assert np.array_equal(cloud("otter", 10, (1, 1), 0, (0, 0)), standard_normals("otter", 10))
    assert not np.isin(standard_normals("otter", 10), standard_normals("badger", 10)).any()


@given(sizes, lengths, lengths, st.floats(-360, 360), places)
def test_a_cloud_is_an_affine_image_of_the_standard_one(count: int, a: float, b: float, tilt: float, at: tuple) -> None:
    """Mean → A m + b and covariance → A S Aᵀ, with A built from scipy's rotation."""
    turn = scipy.spatial.transform.Rotation.from_euler("z", tilt, degrees=True).as_matrix()[:2, :2]
    A = turn @ np.diag([a, b])
    Z, X = standard_normals("otter", count), cloud("otter", count, (a, b), tilt, at)
    size = 1 + a + b + np.abs(at).max()
    assert X.mean(axis=0) == pytest.approx(A @ Z.mean(axis=0) + at, abs=1e-12 * size)
    assert np.cov(X.T, bias=True) == pytest.approx(A @ np.cov(Z.T, bias=True) @ A.T, abs=1e-12 * size**2)


@pytest.mark.parametrize("seed", ["otter", "badger", "", "ß 🦦"])
def test_the_points_are_normal(seed: str) -> None:
    """The seed decides, so these hold or fail for ever; p is the chance of a worse draw."""
    z, w = standard_normals(seed, MOST).T
    for numbers in (z, w, (z + w) / np.sqrt(2), (z - w) / np.sqrt(2)):
        assert scipy.stats.kstest(numbers, "norm").pvalue > 1e-3
    assert scipy.stats.kstest(z**2 + w**2, "chi2", args=(2,)).pvalue > 1e-3
    assert abs(np.corrcoef(z, w)[0, 1]) < 4 / np.sqrt(MOST)
    assert abs(np.corrcoef(z[1:], z[:-1])[0, 1]) < 4 / np.sqrt(MOST)


@pytest.mark.parametrize("tilt", [0, 90, 180, -90, 270, -450])
def test_a_flat_cloud_on_an_axis_is_exactly_flat(tilt: float) -> None:
    at = cloud("otter", 100, (2.0, 0.0), tilt, (0.3, 0.1))
    flat = 1 if tilt % 180 == 0 else 0
    assert (at[:, flat] == (0.3, 0.1)[flat]).all()
    assert len(np.unique(at[:, 1 - flat])) == 100


def test_the_drawn_points_cannot_be_overwritten_and_the_cloud_can() -> None:
    with pytest.raises(ValueError, match="read-only"):
        standard_normals("otter", 5)[0] = 1
    cloud("otter", 5, *SHAPE)[0] = 1


def test_small_clouds_do_not_push_a_large_one_out() -> None:
    """Which takes longer than a frame to draw again."""
    large = standard_normals("otter", MOST)
    for seed in ("badger", "wren", "newt", "stoat", "vole"):
        standard_normals(seed, CROWD)
    assert np.shares_memory(large, standard_normals("otter", MOST))


@pytest.mark.parametrize("points", [0, -1, MOST + 1])
def test_the_number_of_points_is_limited(points: int) -> None:
    with pytest.raises(ValueError, match=f"from 1 to 70000 points; {points} were asked for"):
        cloud("otter", points, *SHAPE)
