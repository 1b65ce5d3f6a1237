"""Views: zooming keeps the point under the pointer, and nobody can get lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.view import LARGEST, SMALLEST, Camera, PaneView, SpaceView, View

PANE = PaneView((-4.5, 4.5, -3.0, 3.0), 900, 600)

spans = st.floats(1e-5, 1e8)
panes = st.builds(
    lambda x, y, w, h, locked: PaneView((x - w / 2, x + w / 2, y - h / 2, y + h / 2), 800, 500, locked),
    *2 * [st.floats(-100, 100)], spans, spans, st.booleans(),
)  # fmt: skip
shares = st.tuples(st.floats(0, 1), st.floats(0, 1))


def spans_of(pane: PaneView) -> tuple[float, float]:
    x0, x1, y0, y1 = pane.wanted
    return x1 - x0, y1 - y0


@pytest.mark.parametrize(
    ("width", "height", "box"),
    [(900, 600, (-4.5, 4.5, -3, 3)), (1800, 600, (-9, 9, -3, 3)), (900, 1200, (-4.5, 4.5, -6, 6))],
)
def test_a_locked_pane_shows_more_rather_than_less(width: float, height: float, box: tuple) -> None:
    """One unit is equally long on both axes, and what is wanted is always seen."""
    assert PaneView(PANE.wanted, width, height).box == box


def test_a_free_pane_shows_just_what_is_wanted() -> None:
    pane = PaneView((0, 8, -1, 1), 800, 500, is_locked=False)
    assert pane.box == (0, 8, -1, 1)
    assert pane.per_pixel == (0.01, 0.004)


@given(panes)
def test_what_is_wanted_is_seen(pane: PaneView) -> None:
    (x0, x1, y0, y1), (a, b, c, d) = pane.box, pane.wanted
    slack = 1e-9 * (x1 - x0 + y1 - y0)
    assert x0 <= a + slack
    assert x1 >= b - slack
    assert y0 <= c + slack
    assert y1 >= d - slack
    u, v = pane.per_pixel
    assert (x1 - x0) / pane.width == pytest.approx(u, rel=1e-6)
    assert (y1 - y0) / pane.height == pytest.approx(v, rel=1e-6)
    assert u == v or not pane.is_locked


@given(panes, st.floats(0.1, 10), shares)
def test_zooming_keeps_the_point_where_it_is(pane: PaneView, factor: float, share: tuple) -> None:
    """A point of the picture stays at the same share of the pane's width and height."""
    x0, x1, y0, y1 = pane.box
    at = x0 + share[0] * (x1 - x0), y0 + share[1] * (y1 - y0)
    a, b, c, d = pane.zoomed(factor, at).box
    assert (at[0] - a) / (b - a) == pytest.approx(share[0], abs=1e-6)
    assert (at[1] - c) / (d - c) == pytest.approx(share[1], abs=1e-6)


@given(panes, st.floats(1e-3, 1e3))
def test_zooming_without_a_point_keeps_the_middle(pane: PaneView, factor: float) -> None:
    (x0, x1, y0, y1), (a, b, c, d) = pane.wanted, pane.zoomed(factor).wanted
    assert (a + b) / 2 == pytest.approx((x0 + x1) / 2, abs=1e-9 * (b - a + x1 - x0))
    assert (c + d) / 2 == pytest.approx((y0 + y1) / 2, abs=1e-9 * (d - c + y1 - y0))


def test_zooming_in_and_out_again_comes_back() -> None:
    assert PANE.zoomed(0.5).zoomed(2).wanted == PANE.wanted
    assert spans_of(PANE.zoomed(0.5)) == (4.5, 3)


@given(panes, st.lists(st.tuples(st.sampled_from([1e-9, 0.2, 5, 1e9]), shares), max_size=30))
def test_zooming_is_bounded(pane: PaneView, turns: list) -> None:
    """However long the wheel is turned, wherever the pointer is."""
    for factor, share in turns:
        x0, x1, y0, y1 = pane.box
        pane = pane.zoomed(factor, (x0 + share[0] * (x1 - x0), y0 + share[1] * (y1 - y0)))
        assert min(spans_of(pane)) >= 0.5 * SMALLEST  # a factor of two for rounding far from the origin
        assert max(spans_of(pane)) <= 1.001 * LARGEST


@given(panes, st.lists(st.tuples(st.floats(-1e10, 1e10), st.floats(-1e10, 1e10)), max_size=9))
def test_moving_is_bounded(pane: PaneView, moves: list) -> None:
    spans = spans_of(pane)
    for dx, dy in moves:
        pane = pane.moved(dx, dy)
        assert max(map(abs, pane.wanted)) <= 1.001 * LARGEST
        assert spans_of(pane) == pytest.approx(spans, rel=1e-6, abs=1e-6)


def test_moving() -> None:
    assert PANE.moved(1, -2).wanted == (-3.5, 5.5, -5, 1)


def test_a_view_with_another_pane_is_another_view() -> None:
    view = View({"plane": PANE})
    other = view.with_pane("plane", PANE.zoomed(2))
    assert view["plane"] == PANE
    assert other["plane"] == PANE.zoomed(2)
    assert other != view


LINKED = View({
    "function": PaneView((0, 8, -1, 1), 800, 500, is_locked=False, linked="x"),
    "error": PaneView((0, 8, -16, 2), 800, 200, is_locked=False, linked="x"),
    "plane": PaneView((-4, 4, -3, 3), 400, 300, linked="z"),
    "chart": PaneView((0, 8, -1, 1), 800, 500, is_locked=False),
})  # fmt: skip


@given(st.sampled_from(["function", "error"]), st.floats(1e-3, 1e3), shares, st.floats(-1e6, 1e6))
def test_linked_panes_share_the_range_of_x(name: str, factor: float, share: tuple, dx: float) -> None:
    """Whichever of them is zoomed and moved; y, the size and the panes that are not linked stay."""
    x0, x1, y0, y1 = LINKED[name].box
    at = x0 + share[0] * (x1 - x0), y0 + share[1] * (y1 - y0)
    wanted = LINKED[name].zoomed(factor, at).moved(dx, -1)
    view = LINKED.with_pane(name, wanted)
    assert view[name] == wanted
    other = {"function": "error", "error": "function"}[name]
    assert view[other].wanted == (*wanted.wanted[:2], *LINKED[other].wanted[2:])
    assert view[other].box[:2] == pytest.approx(view[name].box[:2], rel=1e-12)
    assert (view[other].width, view[other].height) == (LINKED[other].width, LINKED[other].height)
    assert (view["plane"], view["chart"]) == (LINKED["plane"], LINKED["chart"])
    assert list(view.panes) == list(LINKED.panes)


@pytest.mark.parametrize("name", ["plane", "chart"])
def test_a_pane_that_is_not_linked_goes_alone(name: str) -> None:
    view = LINKED.with_pane(name, LINKED[name].moved(3, 3))
    assert {other for other in view.panes if view[other] != LINKED[other]} == {name}


def test_locked_panes_that_are_linked_share_the_whole_box() -> None:
    view = View({name: PaneView((-4, 4, -3, 3), 400, 300, linked="maps") for name in ("f", "T", "error")})
    moved = view.with_pane("T", view["T"].zoomed(0.5, (1, 1)).moved(2, 1))
    assert len({pane.box for pane in moved.panes.values()}) == 1
    assert moved["f"].wanted != view["f"].wanted


# What matters, and what is seen ----------------------------------------------------------------------

LOCKED = PaneView((-4.0, 4.0, -3.0, 3.0))  # in 800 × 600: just this is seen
FREE = replace(LOCKED, is_locked=False)


@pytest.mark.parametrize("pane", [LOCKED, FREE])
@pytest.mark.parametrize("is_new", [False, True])
def test_a_box_suits_that_reaches_a_tenth_of_the_pane_beyond_its_edges(pane: PaneView, is_new: bool) -> None:
    assert pane.suits((-4.7, 4.7, -3.5, 3.5), is_new)
    for out in ((-4.9, 4, -3, 3), (-4, 4.9, -3, 3), (-4, 4, -3.7, 3), (-4, 4, -3, 3.7)):
        assert not pane.suits(out, is_new)


def test_what_has_been_seen_may_become_small_and_what_is_new_may_not() -> None:
    quarter, half, wide = (-1.0, 1.0, -0.8, 0.8), (-2.1, 2.1, -1.6, 1.6), (-2.1, 2.1, -0.8, 0.8)
    assert LOCKED.suits(quarter)
    assert FREE.suits(quarter)
    assert not LOCKED.suits(quarter, is_new=True)
    assert LOCKED.suits(half, is_new=True)
    assert FREE.suits(half, is_new=True)
    assert LOCKED.suits(wide, is_new=True)  # its height follows from its width
    assert not FREE.suits(wide, is_new=True)
    assert not LOCKED.suits((-0.3, 0.3, -0.3, 0.3))
    assert not FREE.suits((-4.0, 4.0, -0.5, 0.5))


@given(panes.map(lambda pane: pane.wanted), st.booleans(), st.booleans(), st.floats(50, 3000), st.floats(50, 3000))
def test_a_pane_that_has_been_fitted_suits(box: tuple, is_locked: bool, is_new: bool, w: float, h: float) -> None:
    """So one fit is enough, whatever the shape of the pane."""
    assert PaneView(box, w, h, is_locked).suits(box, is_new)


def test_ranges_are_left_by_panes_that_move_and_by_those_that_are_linked_with_them() -> None:
    linked = replace(FREE, linked="x")
    space = SpaceView(Camera(10.0, 20.0))
    view = View({"a": linked, "b": replace(linked, wanted=(-4.0, 4.0, 0.0, 9.0)), "c": FREE}, spaces={"s": space})
    after = replace(view, panes={**view.panes, "a": replace(linked, wanted=(-4.0, 4.0, 1.0, 2.0))})
    assert view.ranges_left(view) == {}
    assert view.ranges_left(after) == {"a": view["a"].wanted, "b": view["b"].wanted}
    turned = view.with_space("s", replace(space, camera=Camera()))
    assert view.ranges_left(turned) == {"s": space.camera}
    assert turned.with_ranges(view.ranges_left(turned)) == view
    assert after.with_pane("a", after["a"].zoomed(0.5)).with_ranges(view.ranges_left(after)) == view
