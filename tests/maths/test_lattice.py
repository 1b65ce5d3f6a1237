"""Lines that fill a window: nice steps, clipping against brute force, and how many lines there can be."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mmlviz.maths import matrix2
from mmlviz.maths.lattice import (
    Box,
    clip_polygon,
    clip_segments,
    image_of_grid,
    line_across,
    multiples,
    nice_step,
    parallel_lines,
)
from mmlviz.maths.matrix2 import Array
from tests.matrices import Named, those

BOX: Box = (-4.5, 4.5, -3.0, 3.0)
LEAST = 0.04  # what five pixels are when the window is 9 units wide

coordinates = st.floats(-20, 20) | st.integers(-5, 5).map(float) | st.sampled_from([-4.5, 4.5, -3.0, 3.0])
points = st.tuples(coordinates, coordinates)
directions = points.filter(lambda p: np.hypot(*p) > 1e-3).map(lambda p: np.array(p) / np.hypot(*p))


def is_inside(at: Array, box: Box = BOX, slack: float = 1e-9) -> np.ndarray:
    x, y = np.asarray(at).T
    return (box[0] - slack <= x) & (x <= box[1] + slack) & (box[2] - slack <= y) & (y <= box[3] + slack)


# Steps ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("least", "step"),
    [
        (1, 1),
        (1.01, 2),
        (2, 2),
        (2.1, 5),
        (5.1, 10),
        (0.3, 0.5),
        (0.7, 1),
        (0.011, 0.02),
        (60, 100),
        (3e-7, 5e-7),
        (0.5 * (1 + 1e-12), 0.5),
    ],
)
def test_nice_steps(least: float, step: float) -> None:
    assert nice_step(least) == pytest.approx(step, rel=1e-12)


@given(st.floats(1e-300, 1e300))
@example(1 - 1e-16)
@example(0.2 + 1e-17)
def test_a_nice_step_is_one_two_or_five_and_just_large_enough(least: float) -> None:
    step = nice_step(least)
    assert least * (1 - 1e-8) <= step <= 2.5000001 * least
    assert f"{step:.3e}"[:5] in {"1.000", "2.000", "5.000"}


@given(st.floats(-1e6, 1e6), st.floats(0, 1e3), st.floats(0.1, 1e3))
@example(-4.5, 9.0, 0.5)
@example(-0.3, 0.6, 0.1)  # 0.3/0.1 is 2.9999999999999996
@example(2.1, 0.7, 0.3)  # 2.1/0.3 is 7.000000000000001
def test_multiples_are_all_there(low: float, span: float, step: float) -> None:
    found = multiples(low, low + span, step)
    assert (found >= low - 1e-8 * step).all()
    assert (found <= low + span + 1e-8 * step).all()
    assert np.allclose(found / step, np.round(found / step), rtol=0, atol=1e-6)
    assert np.allclose(np.diff(found), step, rtol=1e-6)
    # Neither the one before nor the one after would be within.
    if len(found):
        assert found[0] - step < low
        assert found[-1] + step > low + span
    else:
        assert np.floor(low / step) == np.floor((low + span) / step)


# Clipping ---------------------------------------------------------------------------------------


@given(points, points)
@example((-4.5, -9.0), (-4.5, 9.0))  # along an edge
@example((-9.0, 0.0), (9.0, 0.0))
@example((1.0, 1.0), (1.0, 1.0))  # no length
@example((-4.5 - 6, -3.0), (-4.5, 3.0 + 6))  # past a corner
@example((0.0, 0.0), (5e-324, 9.0))  # division by the smallest float
def test_segments_are_clipped_as_by_brute_force(start: tuple, end: tuple) -> None:
    """Of many points along the segment, those inside the box lie on what is kept, the others do not."""
    p, q = np.array(start), np.array(end)
    kept = clip_segments(np.array([p, q]), BOX)
    samples = p + np.linspace(0, 1, 101)[:, None] * (q - p)
    if len(kept) == 0:
        assert not is_inside(samples, slack=-1e-9).any()
        return
    assert len(kept) == 2
    assert is_inside(kept).all()
    length = max(float(np.hypot(*(q - p))), 1e-300)
    at = ((kept - p) @ (q - p)) / length**2 if length > 1e-100 else np.array([0.0, 1.0])
    assert np.abs(p + at[:, None] * (q - p) - kept).max() <= 1e-9  # both ends lie on the segment, in its order
    assert at[0] <= at[1] + 1e-9
    s = np.linspace(0, 1, 101)
    assert not is_inside(samples[(s < at[0] - 1e-6) | (s > at[1] + 1e-6)], slack=-1e-6).any()


def test_segments_keep_their_order() -> None:
    ends = np.array([[-9, 0], [9, 0], [0, 50], [1, 50], [0, -9], [0, 9]], dtype=float)
    assert clip_segments(ends, BOX).tolist() == [[-4.5, 0], [4.5, 0], [0, -3], [0, 3]]


def test_many_are_clipped_as_one_by_one_and_in_their_order() -> None:
    """Those inside, those beside and those across are told apart together."""
    rng = np.random.default_rng(5)
    ends = rng.uniform(-9, 9, (400, 2))
    one_by_one = [clip_segments(pair, BOX) for pair in ends.reshape(-1, 2, 2)]
    kept = clip_segments(ends, BOX)
    assert np.array_equal(kept, np.concatenate(one_by_one))
    assert 0 < len(kept) < len(ends)
    assert any(np.array_equal(pair, clip_segments(pair, BOX)) for pair in ends.reshape(-1, 2, 2))


def test_nothing_to_clip() -> None:
    assert clip_segments(np.empty((0, 2)), BOX).shape == (0, 2)
    assert clip_polygon(np.array([[9.0, 9], [10, 9], [10, 10]]), BOX).shape == (0, 2)


@given(points, points, points)
def test_a_polygon_is_clipped_as_by_brute_force(origin: tuple, first: tuple, second: tuple) -> None:
    """A parallelogram: a point of a fine raster is inside the clipped polygon just when it is in both."""
    o, u, v = np.array(origin), np.array(first), np.array(second)
    area = u[0] * v[1] - u[1] * v[0]
    if abs(area) < 1e-3 * (1 + np.hypot(*u) * np.hypot(*v)):
        return
    corners = np.array([o, o + u, o + u + v, o + v])
    found = clip_polygon(corners, BOX)
    assert is_inside(found).all()
    raster = np.stack(np.meshgrid(np.linspace(-5, 5, 41), np.linspace(-3.3, 3.3, 37)), axis=-1).reshape(-1, 2)
    s = ((raster - o)[:, 0] * v[1] - (raster - o)[:, 1] * v[0]) / area
    t = ((raster - o)[:, 1] * u[0] - (raster - o)[:, 0] * u[1]) / area
    deep = np.minimum.reduce([s, 1 - s, t, 1 - t])  # how far inside the parallelogram, in its own units
    raster, deep = raster[np.abs(deep) > 1e-6], deep[np.abs(deep) > 1e-6]
    wanted = (deep > 0) & is_inside(raster, slack=-1e-9)
    unsure = is_inside(raster, slack=1e-6) & ~is_inside(raster, slack=-1e-6)
    assert (encloses(found, raster) == wanted)[~unsure].all()


def encloses(corners: Array, at: Array) -> np.ndarray:
    """Which points a convex polygon holds: those on the same side of all its edges."""
    sides = [
        (q[0] - p[0]) * (at[:, 1] - p[1]) - (q[1] - p[1]) * (at[:, 0] - p[0])
        for p, q in zip(corners, np.roll(corners, -1, axis=0))
        if np.hypot(*(q - p)) > 1e-9
    ]
    if len(sides) < 3:
        return np.zeros(len(at), dtype=bool)
    return (np.array(sides) > 0).all(axis=0) | (np.array(sides) < 0).all(axis=0)


@given(directions, points)
def test_a_line_goes_right_across_the_box(direction: Array, through: tuple) -> None:
    ends = line_across(direction, BOX, np.array(through))
    normal = np.array([-direction[1], direction[0]])
    heights = np.array([[x, y] for x in BOX[:2] for y in BOX[2:]]) @ normal - np.array(through) @ normal
    if len(ends) == 0:
        assert heights.min() > -1e-9 or heights.max() < 1e-9
        return
    assert np.abs((ends - through) @ normal).max() <= 1e-9
    assert is_inside(ends).all()
    on_edge = [(np.abs(ends[:, k] - BOX[2 * k + j]) < 1e-9) for k in (0, 1) for j in (0, 1)]
    assert np.logical_or.reduce(on_edge).all()


# The image of a grid ------------------------------------------------------------------------------

numbers = st.integers(-8, 8).map(float) | st.floats(-1e6, 1e6) | st.sampled_from([1e6, 1e-6, 1e-200, 1e-300, 5e-324])
any_matrix = st.tuples(*4 * [numbers]).map(lambda p: np.array(p).reshape(2, 2))
boxes = st.sampled_from([BOX, (-1e9, 1e9, -6e8, 6e8), (-5e-7, 5e-7, -3e-7, 3e-7), (1e6, 1e6 + 9, -3.0, 3.0)])


@given(any_matrix, boxes, st.sampled_from([1e-3, 0.5, 1.0, 5.0, 1e3]))
@example(np.array([[1e-300, 1.0], [0.0, 1e-300]]), BOX, 1.0)
@example(np.array([[1e6, 1e6], [1e6, 1e6 + 1e-9]]), BOX, 1.0)  # nearly singular: lines would be 1e-16 apart
@example(np.array([[1.0, 1.0], [1.0, 1.0]]), BOX, 1.0)
@example(np.zeros((2, 2)), BOX, 1.0)
def test_the_number_of_lines_is_bounded(A: Array, box: Box, step: float) -> None:
    least = (box[1] - box[0]) / 200
    for family in image_of_grid(A, step, box, least):
        assert len(family) % 2 == 0
        assert len(family) / 2 <= np.hypot(box[1] - box[0], box[3] - box[2]) / least + 2
        assert np.isfinite(family).all()
        assert is_inside(family, box, 1e-6 * (box[1] - box[0])).all()


def check_lines(ends: Array, along: Array, gap: Array, box: Box) -> None:
    """Each kept line is the image of a grid line: it runs along, through a whole multiple of gap."""
    normal = np.array([-along[1], along[0]]) / np.hypot(*along)
    distance = float(gap @ normal)
    for start, end in zip(ends[0::2], ends[1::2]):
        assert abs((end - start) @ normal) <= 1e-9 * np.hypot(*(end - start)) + 1e-9
        number = float(start @ normal) / distance
        assert abs(number - round(number)) <= 1e-6


@those(lambda named: 1e-3 < abs(named.exact.det()) < 1e3 and max(map(abs, named.exact)) < 1e3)
def test_every_line_is_the_image_of_a_grid_line(named: Named) -> None:
    A = np.array(named.rows, dtype=float)
    ups, flats = image_of_grid(A, 0.5, BOX, LEAST)
    check_lines(ups, A[:, 1], 0.5 * A[:, 0], BOX)
    check_lines(flats, A[:, 0], 0.5 * A[:, 1], BOX)


@those(lambda named: 1e-1 < abs(named.exact.det()) < 1e2 and max(map(abs, named.exact)) < 1e2)
def test_no_line_is_missing_where_there_is_room(named: Named) -> None:
    """Brute force: every image of a grid line that crosses the window is among those kept."""
    A, well_inside = np.array(named.rows, dtype=float), (-4.499, 4.499, -2.999, 2.999)
    for along, gap, found in zip((A[:, 1], A[:, 0]), (A[:, 0], A[:, 1]), image_of_grid(A, 1.0, BOX, LEAST)):
        normal = np.array([-along[1], along[0]]) / np.hypot(*along)
        if abs(gap @ normal) < LEAST:
            continue
        crossing = [k for k in range(-300, 301) if len(line_across(along / np.hypot(*along), well_inside, k * gap))]
        kept = {round(float(start @ normal) / float(gap @ normal)) for start in found[0::2]}
        assert kept >= set(crossing)


def test_crowded_lines_are_thinned_to_a_nice_multiple() -> None:
    """Where lines would stand 0.01 apart and 0.04 is asked for, every fifth is kept."""
    found = parallel_lines(np.array([0.0, 1.0]), np.array([0.01, 0.0]), BOX, LEAST)
    xs = np.sort(found[0::2, 0])
    assert len(xs) == 181  # from −4.5 to 4.5
    assert np.allclose(np.diff(xs), 0.05)
    assert np.allclose(xs / 0.05, np.round(xs / 0.05))


@those(lambda named: matrix2.rank(named.rows) == 1)
def test_a_collapsed_plane_is_one_line(named: Named) -> None:
    """Both families of a singular matrix fall onto its image line."""
    A = np.array(named.rows, dtype=float)
    normal = np.array([[0, -1], [1, 0]]) @ matrix2.image_direction(named.rows)
    for family in image_of_grid(A, 1.0, BOX, LEAST):
        assert len(family) in {0, 2}
        assert np.abs(family @ normal).max(initial=0) <= 1e-9


corner_lists = st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=3, max_size=9)


@given(corner_lists)
@example([(-9, -9), (9, -9), (9, 9), (6, 9), (6, -6), (-6, -6), (-6, 9), (-9, 9)])  # around the box on three sides
@example([(-9, 0), (-1, 0), (-9, 1), (-9, 2), (-1, 2), (-9, 2.5)])  # falls apart
def test_a_polygon_of_any_shape_is_clipped_as_its_triangles(corners: list[tuple[float, float]]) -> None:
    """Its area is the sum of those of the triangles that fan out from its first corner, each with its sign."""
    polygon = np.array(corners)
    found = clip_polygon(polygon, BOX)
    assert is_inside(found).all()
    triangles = [polygon[[0, k, k + 1]] for k in range(1, len(polygon) - 1)]
    wanted = sum(shoelaces(clip_polygon(triangle, BOX)) for triangle in triangles)
    assert shoelaces(found) == pytest.approx(wanted, abs=1e-9)


def shoelaces(corners: Array) -> float:
    (x, y), (u, v) = corners.T, np.roll(corners, -1, axis=0).T
    return float((x * v - u * y).sum() / 2)


def test_what_lies_inside_is_not_touched_and_far_corners_end_on_the_box() -> None:
    star = np.array([[0.0, 2], [1, -2], [-2, 1], [2, 1], [-1, -2]])
    assert clip_polygon(star, BOX) is star
    far = clip_polygon(np.array([[-1e13, -1e13], [1e13, -1e13], [1e13, 0], [-1e13, 0]]), BOX)
    assert sorted(far.tolist()) == [[-4.5, -3], [-4.5, 0], [4.5, -3], [4.5, 0]]
    slanted = clip_polygon(np.array([[-1e13, -3e12], [1.7e13, 5e12], [-2e13, 1e13]]) / 3, BOX)
    assert len(slanted)
    assert is_inside(slanted).all()
