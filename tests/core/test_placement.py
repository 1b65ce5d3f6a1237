"""Labels stay inside the picture and off each other where there is room."""

from math import cos, sin

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.placement import Rect, Wish, place

NOTHING = np.empty((0, 2))
WIDTH, HEIGHT, GAP = 800.0, 500.0, 8.0

wishes = st.builds(
    Wish, st.floats(-500, 1500), st.floats(-500, 1500), st.floats(1, 200), st.floats(1, 40),
    st.tuples(st.floats(-1, 1), st.floats(-1, 1)), st.booleans(),
)  # fmt: skip


def overlap(one: Rect, other: Rect) -> float:
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(across, 0) * max(down, 0)


@given(st.lists(wishes, max_size=8), st.lists(st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT)), max_size=9))
def test_every_label_is_inside_and_keeps_its_size(asked: list[Wish], avoided: list) -> None:
    found = place(asked, WIDTH, HEIGHT, GAP, np.array(avoided).reshape(-1, 2))
    assert len(found) == len(asked)
    for wish, (left, top, width, height) in zip(asked, found):
        assert (width, height) == (wish.width, wish.height)
        assert left >= 0
        assert top >= 0
        assert left + width <= WIDTH
        assert top + height <= HEIGHT


def test_alone_a_label_stands_where_it_is_wished() -> None:
    """To the right of its point, a gap away."""
    assert place([Wish(400, 250, 100, 20, (1, 0))], WIDTH, HEIGHT, GAP, NOTHING) == [(408, 240, 100, 20)]


def test_two_labels_of_one_point_go_apart() -> None:
    both = place(2 * [Wish(400, 250, 100, 20, (1, 0))], WIDTH, HEIGHT, GAP, NOTHING)
    assert overlap(*both) == 0


def test_a_label_leaves_points_uncovered() -> None:
    avoided = np.array([[450.0, 250.0]])
    ((left, top, width, height),) = place([Wish(400, 250, 100, 20, (1, 0))], WIDTH, HEIGHT, GAP, avoided)
    assert not (left < 450 < left + width and top < 250 < top + height)


@given(st.floats(150, 600), st.floats(100, 400), st.floats(10, 200), st.floats(-3.1, 3.1))
def test_a_label_leaves_its_own_dot_uncovered(x: float, y: float, wide: float, angle: float) -> None:
    """However wide it is and wherever it is wished: half a gap about the point stays free."""
    ((left, top, width, height),) = place([Wish(x, y, wide, 20, (cos(angle), sin(angle)))], WIDTH, HEIGHT, GAP, NOTHING)
    assert overlap((left, top, width, height), (x - GAP / 2, y - GAP / 2, GAP, GAP)) < 4


def test_a_label_keeps_off_what_is_taken() -> None:
    taken = (420.0, 240.0, 20.0, 20.0)
    (found,) = place([Wish(400, 250, 100, 20, (1, 0))], WIDTH, HEIGHT, GAP, NOTHING, [taken])
    assert overlap(found, taken) == 0


@given(st.floats(0, WIDTH), st.floats(0, 40), st.tuples(st.floats(-1, 1), st.floats(-1, 1)))
def test_an_edge_does_not_push_a_label_over_its_own_point(x: float, y: float, away: tuple) -> None:
    """Wished above the point, where there is no room, it goes beside or below."""
    ((left, top, width, height),) = place([Wish(x, y, 100, 20, away)], WIDTH, HEIGHT, GAP, NOTHING)
    assert not (left < x < left + width and top < y < top + height)


def test_a_picture_smaller_than_its_label() -> None:
    ((left, top, *_),) = place([Wish(5, 5, 300, 20)], 50, 10, GAP, NOTHING)
    assert (left, top) == (2, 2)
