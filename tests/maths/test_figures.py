"""Figures: closed where they are filled, unlike their mirror images, moved by matrices."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths import figures
from mmlviz.maths.figures import Figure

ALL = {"square": figures.square, "circle": figures.circle, "glyph": figures.glyph, "bear": figures.bear}
EVERY = pytest.mark.parametrize("figure", [made() for made in ALL.values()], ids=list(ALL))
MATRICES = st.lists(st.floats(-3, 3), min_size=4, max_size=4).map(lambda x: np.reshape(x, (2, 2)))


def area(points: np.ndarray) -> float:
    """Of a closed line, positive if it runs anticlockwise (Gauss's shoelaces)."""
    (x, y), (u, v) = points[:-1].T, points[1:].T
    return float((x * v - u * y).sum() / 2)


def along(part: np.ndarray, count: int) -> np.ndarray:
    """So many points (count, 2) at even distances along a line."""
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(part, axis=0).T))])
    at = np.linspace(0, way[-1], count, endpoint=False)
    return np.stack([np.interp(at, way, part[:, k]) for k in (0, 1)], axis=1)


def is_inside(points: np.ndarray, outline: np.ndarray) -> np.ndarray:
    """Which points (n, 2) a ray to the right leaves a closed line from: an odd number of crossings."""
    (x, y), (u, v) = outline[:-1].T, outline[1:].T
    px, py = points[:, :1], points[:, 1:]
    straddles = (y <= py) != (v <= py)
    crossing = x + (py - y) / np.where(v == y, 1, v - y) * (u - x)
    return (straddles & (crossing > px)).sum(axis=1) % 2 == 1


@EVERY
def test_areas_are_closed_and_all_lies_within_the_box(figure: Figure) -> None:
    for part in figure.areas:
        assert np.array_equal(part[0], part[-1])
        assert len(part) > 3
    for part in (*figure.areas, *figure.ink):
        assert part.shape[1] == 2
        assert abs(part).max() <= 2
        assert not part.flags.writeable
    assert np.array_equal(figure.points.max(axis=0), np.concatenate([*figure.areas, *figure.ink]).max(axis=0))


def test_areas_are_those_that_are_known() -> None:
    assert area(figures.square().areas[0]) == 1
    assert area(figures.circle().areas[0]) == pytest.approx(np.pi, rel=3e-4)
    assert area(figures.glyph().areas[0]) == pytest.approx(2 * 0.4 + 0.6 * 0.4 + 0.85 * 0.4)


def farthest_from_its_mirror_image(figure: Figure) -> float:
    """The least distance, over all axes, that a point of the mirrored outline has from the outline.

    A figure that a reflection maps to itself has its centre on the axis.
    """
    points = along(figure.areas[0], 300)
    points = points - points.mean(axis=0)
    least = np.inf
    for angle in np.radians(np.arange(0, 180, 2.5)):
        mirror = np.array([[np.cos(2 * angle), np.sin(2 * angle)], [np.sin(2 * angle), -np.cos(2 * angle)]])
        apart = np.linalg.norm((points @ mirror)[:, None] - points, axis=2)
        least = min(least, float(apart.min(axis=1).max()))
    return least


@pytest.mark.parametrize(("name", "is_alike"), [("square", True), ("circle", True), ("glyph", False), ("bear", False)])
def test_letter_and_bear_are_alike_in_no_mirror(name: str, is_alike: bool) -> None:
    found = farthest_from_its_mirror_image(ALL[name]())
    assert found < 1e-9 if is_alike else found > 0.25


def test_the_bear_does_not_cross_itself_and_its_light_parts_and_ink_lie_in_it() -> None:
    around, *light = figures.bear().areas
    start, way = around[:-1], np.diff(around, axis=0)
    off = start[None] - start[:, None]
    cross = way[:, None, 0] * way[None, :, 1] - way[:, None, 1] * way[None, :, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        s = (off[..., 0] * way[None, :, 1] - off[..., 1] * way[None, :, 0]) / cross
        t = (off[..., 0] * way[:, None, 1] - off[..., 1] * way[:, None, 0]) / cross
    meets = (s > 1e-9) & (s < 1 - 1e-9) & (t > 1e-9) & (t < 1 - 1e-9)
    assert not meets.any()
    for part in (*light, *figures.bear().ink):
        assert is_inside(part, around).all()


@EVERY
@given(A=MATRICES, B=MATRICES)
def test_moving_is_linear(figure: Figure, A: np.ndarray, B: np.ndarray) -> None:
    """Two matrices one after the other are their product; a sum of matrices moves by the sum; areas follow det."""
    once = figures.moved(figure, A)
    for parts in ("areas", "ink"):
        pairs = zip(getattr(figure, parts), getattr(once, parts), strict=True)
        assert all(np.allclose(after, [A @ point for point in before]) for before, after in pairs)
    twice, product = figures.moved(once, B).points, figures.moved(figure, B @ A).points
    assert np.allclose(twice, product, atol=1e-12)
    assert np.allclose(figures.moved(figure, A + B).points, once.points + figures.moved(figure, B).points, atol=1e-12)
    scaled = np.linalg.det(A) * area(figure.areas[0])
    assert area(once.areas[0]) == pytest.approx(scaled, abs=1e-9)
    assert all(np.array_equal(part[0], part[-1]) for part in once.areas)
    assert not any(part.flags.writeable for part in (*once.areas, *once.ink))


@given(A=MATRICES, at=st.tuples(st.floats(-5, 5), st.floats(-5, 5)).map(np.array))
def test_the_origin_stays_where_it_is(A: np.ndarray, at: np.ndarray) -> None:
    """What is moved about a point is moved there, moved about 0 and moved back."""
    figure = figures.glyph()
    about = figures.moved(figure, A, at).points
    assert np.allclose(about, (figure.points - at) @ A.T + at, atol=1e-9)
    assert np.allclose(figures.moved(figures.polygon([at, at + 1]), A, at).areas[0][0], at)


def test_a_polygon_of_any_number_of_corners() -> None:
    assert figures.polygon([]).areas == ()
    assert figures.polygon([]).points.shape == (0, 2)
    assert figures.polygon([(1, 2)]).areas[0].tolist() == [[1, 2], [1, 2]]
    assert figures.polygon([(0, 0), (1, 0), (0, 1)]).areas[0].tolist() == [[0, 0], [1, 0], [0, 1], [0, 0]]
    corners = np.array([[0.0, 0], [1, 0], [0, 1]])
    figures.polygon(corners)
    assert corners.flags.writeable
