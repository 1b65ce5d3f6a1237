"""Rotations of space, against scipy's."""

from math import pi

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from mmlviz.maths.rotation3 import axis_and_angle, rotation3

axes = st.tuples(*[st.floats(-5, 5)] * 3).filter(lambda v: np.linalg.norm(v) > 1e-3)
angles = st.floats(-10, 10) | st.sampled_from([0.0, pi, pi / 2, -pi, 1e-9, pi - 1e-9, 1e-17, pi - 1e-15])


@given(axes, angles)
def test_rotations_are_those_of_scipy(axis: tuple[float, float, float], theta: float) -> None:
    R = rotation3(axis, theta)
    wanted = Rotation.from_rotvec(theta * np.array(axis) / np.linalg.norm(axis)).as_matrix()
    assert np.allclose(R, wanted, atol=1e-14)
    assert np.allclose(R.T @ R, np.eye(3), atol=1e-14)
    assert np.linalg.det(R) == pytest.approx(1)
    assert R @ axis == pytest.approx(np.array(axis), abs=1e-13)


@given(axes, angles)
def test_axis_and_angle_come_back(axis: tuple[float, float, float], theta: float) -> None:
    R = rotation3(axis, theta)
    n, phi = axis_and_angle(R)
    assert np.linalg.norm(n) == pytest.approx(1)
    assert 0 <= phi <= pi
    assert np.allclose(rotation3(n, phi), R, atol=1e-14)


@given(axes, st.floats(1e-6, pi - 1e-6))
def test_the_angle_keeps_its_digits(axis: tuple[float, float, float], theta: float) -> None:
    """arccos of the trace would lose half of them at both ends."""
    n, phi = axis_and_angle(rotation3(axis, theta))
    assert phi == pytest.approx(theta, abs=1e-14)
    assume(theta > 1e-3)
    assert n == pytest.approx(np.array(axis) / np.linalg.norm(axis), abs=1e-11)


def test_a_quarter_turn_about_z_takes_x_to_y() -> None:
    assert np.allclose(rotation3((0, 0, 7), pi / 2), [[0, -1, 0], [1, 0, 0], [0, 0, 1]])


@pytest.mark.parametrize(
    ("diagonal", "axis", "angle"),
    [
        ((1, 1, 1), (0, 0, 1), 0),
        ((-1, -1, 1), (0, 0, 1), pi),
        ((-1, 1, -1), (0, 1, 0), pi),
        ((1, -1, -1), (1, 0, 0), pi),
    ],
)
def test_half_turns(diagonal: tuple[int, ...], axis: tuple[int, ...], angle: float) -> None:
    n, theta = axis_and_angle(np.diag(diagonal).astype(float))
    assert n.tolist() == list(axis)
    assert theta == angle


def test_a_half_turn_has_an_axis_that_points_up() -> None:
    n, theta = axis_and_angle(rotation3((-1, -2, -2), pi))
    assert n == pytest.approx([1 / 3, 2 / 3, 2 / 3])
    assert theta == pytest.approx(pi)
