"""What of lines and planes lies within a box: against points that are tried one by one."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mmlviz.maths.box3 import line_in, plane_in, segments_in

LOW, HIGH = np.array([-2.0, -1.0, -0.5]), np.array([2.0, 3.0, 1.5])
numbers = st.floats(-5, 5).map(lambda x: round(x, 2))
points = st.tuples(numbers, numbers, numbers).map(np.array)


def is_in(at: np.ndarray, slack: float = 1e-9) -> np.ndarray:
    return np.asarray(((at >= LOW - slack) & (at <= HIGH + slack)).all(axis=-1))


@given(points, points)
def test_a_segment_is_cut_where_it_leaves_the_box(start: np.ndarray, end: np.ndarray) -> None:
    """As long as the share of a thousand of its points that lie inside."""
    cut = segments_in(np.array([start, end]), LOW, HIGH)
    along = start + np.linspace(0, 1, 1001)[:, None] * (end - start)
    length = np.linalg.norm(end - start)
    found = np.linalg.norm(cut[1] - cut[0]) if len(cut) else 0.0
    assert is_in(cut).all()
    assert found == pytest.approx(is_in(along, 0.0).mean() * length, abs=3e-3 * length + 1e-9)


@given(points)
def test_a_line_through_a_point_of_the_box_ends_on_its_walls(direction: np.ndarray) -> None:
    assume(np.linalg.norm(direction) > 0.1)
    direction = direction / np.linalg.norm(direction)
    through = np.array([0.5, 1.0, 0.25])
    ends = line_in(direction, LOW, HIGH, through)
    assert ends.shape == (2, 3)
    assert np.abs(np.cross(ends - through, direction)).max() < 1e-9
    assert np.minimum(np.abs(ends - LOW), np.abs(ends - HIGH)).min(axis=1) == pytest.approx([0, 0], abs=1e-9)


def test_a_line_beside_the_box_is_not_there() -> None:
    assert len(line_in(np.array([1.0, 0, 0]), LOW, HIGH, np.array([0.0, 9.0, 0.0]))) == 0


@given(points)
def test_a_plane_is_cut_along_the_walls(normal: np.ndarray) -> None:
    """Its corners lie in it and on edges of the box, and go around: two of three coordinates are at a wall."""
    assume(np.linalg.norm(normal) > 0.1)
    normal = normal / np.linalg.norm(normal)
    corners = plane_in(normal, LOW, HIGH)
    assert len(corners) >= 3
    assert is_in(corners).all()
    assert np.abs(corners @ normal).max() < 1e-8
    at_wall = np.minimum(np.abs(corners - LOW), np.abs(corners - HIGH)) < 1e-8
    assert (at_wall.sum(axis=1) >= 2).all()


@pytest.mark.parametrize(("axis", "area"), [(0, 4 * 2), (1, 4 * 2), (2, 4 * 4)])
def test_a_plane_along_the_axes_has_the_area_of_the_wall(axis: int, area: float) -> None:
    corners = plane_in(np.eye(3)[axis], LOW, HIGH)
    crosses = np.cross(corners, np.roll(corners, -1, axis=0)).sum(axis=0)
    assert np.linalg.norm(crosses) / 2 == pytest.approx(area)
