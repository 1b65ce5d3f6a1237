"""The way from the identity to a matrix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths import matrix2
from mmlviz.maths.paths import path
from mmlviz.maths.rational import exact, floats, identity
from mmlviz.maths.rotation3 import rotation3
from mmlviz.maths.svd import polar
from tests.maths.small_matrices import SMALL, Small, those
from tests.maths.test_elimination import matrices

square = those(lambda small: small.shape in ((1, 1), (2, 2), (3, 3)))
shares = st.floats(0, 1)


def size(small: Small) -> float:
    return max(1.0, float(np.abs(floats(small.A)).max()))


@square
@pytest.mark.parametrize("way", ["entries", "polar"])
def test_it_begins_at_the_identity_and_ends_at_the_matrix(small: Small, way: str) -> None:
    n = len(small.A)
    assert path(small.A, 0, way) == pytest.approx(np.eye(n), abs=1e-15)  # type: ignore[arg-type]
    assert path(small.A, 1, way).tolist() == floats(small.A).tolist()  # type: ignore[arg-type]
    near = path(small.A, 1 - 1e-9, way)  # type: ignore[arg-type]
    assert np.abs(near - floats(small.A)).max() < 1e-8 * size(small)


@given(st.data(), st.sampled_from([2, 3]), shares)
def test_entries_move_on_straight_lines(data: st.DataObject, n: int, t: float) -> None:
    A = data.draw(matrices(n, n))
    assert path(A, t, "entries") == pytest.approx((1 - t) * np.eye(n) + t * floats(A))


@given(st.data(), shares)
def test_2x2_goes_the_way_of_matrix2(data: st.DataObject, t: float) -> None:
    A = data.draw(matrices(2, 2))
    assert path(A, t).tolist() == matrix2.path(floats(A).tolist(), t).tolist()


@given(st.tuples(*[st.floats(-3, 3)] * 3).filter(lambda v: np.linalg.norm(v) > 0.1), st.floats(0.01, 3.1), shares)
def test_rotations_rotate(axis: tuple[float, float, float], theta: float, t: float) -> None:
    A = exact(rotation3(axis, theta).tolist())
    assert np.allclose(path(A, t), rotation3(axis, t * theta), atol=1e-12)


@given(st.data(), shares)
def test_the_determinant_does_not_vanish_on_the_way_to_a_positive_one(data: st.DataObject, t: float) -> None:
    A = data.draw(matrices(3, 3).filter(lambda A: np.linalg.det(floats(A)) > 1e-3))
    assert np.linalg.det(path(A, t)) > 0


@given(st.data(), shares)
def test_a_flat_image_and_its_plane_come_by_turn_and_stretch(data: st.DataObject, t: float) -> None:
    """(R(tθ))ᵀ A(t) is symmetric: stretches along directions at right angles, between 1 and those of A."""
    A = data.draw(matrices(3, 3))
    S = polar(A)[1].matrix
    gram = path(A, t).T @ path(A, t)
    stretched = (1 - t) * np.eye(3) + t * S
    assert np.allclose(gram, stretched @ stretched, atol=1e-12)


def test_a_mirror_goes_through_zero_without_turning() -> None:
    A = SMALL["7/9,-4/9,-4/9;-4/9,1/9,-8/9;-4/9,-8/9,1/9"].A
    n = np.array([1, 2, 2]) / 3
    assert np.allclose(path(A, 0.5), np.eye(3) - np.outer(n, n), atol=1e-12)


def test_there_is_no_way_to_another_shape() -> None:
    with pytest.raises(ValueError, match=r"no way from the identity to a matrix \(2, 3\)"):
        path(exact([[1, 2, 3], [4, 5, 6]]), 0.5)
    with pytest.raises(ValueError, match="no way by rotations"):
        path(tuple(tuple(2 * x for x in row) for row in identity(4)), 0.5)
