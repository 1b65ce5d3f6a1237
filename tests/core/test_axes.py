"""The frame of a plane: enough lines, not too many, with their numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.axes import DECADE, GAP, fixed_frame, grid_steps, log_frame, log_log_frame
from mmlviz.core.marks import Label, Segments, Ticks
from mmlviz.core.view import PaneView
from mmlviz.core.words import power_of_ten

panes = st.builds(
    lambda x, y, span, locked, scale: PaneView((x - span, x + span, y - span, y + span), 800, 500, locked, scale),
    *2 * [st.floats(-1e6, 1e6)], st.floats(1e-2, 1e9), st.booleans(), st.sampled_from([1.0, 1.6]),
)  # fmt: skip


def parts(pane: PaneView) -> tuple[Segments, Ticks, Ticks]:
    grid, _, along_x, along_y = fixed_frame(pane)
    assert isinstance(grid, Segments)
    assert isinstance(along_x, Ticks)
    assert isinstance(along_y, Ticks)
    return grid, along_x, along_y


@given(panes)
def test_lines_stand_apart_and_fill_the_pane(pane: PaneView) -> None:
    """Never closer than a gap, never wider than two and a half of them, and each with its number."""
    for step, unit in zip(grid_steps(pane), pane.per_pixel):
        assert GAP * pane.scale * (1 - 1e-6) <= step / unit <= 2.5 * GAP * pane.scale * (1 + 1e-6)
    grid, along_x, along_y = parts(pane)
    assert np.isfinite(grid.ends).all()
    x0, x1, y0, y1 = pane.box
    for ticks, low, high in ((along_x, x0, x1), (along_y, y0, y1)):
        assert len(ticks.positions) == len(ticks.texts)
        assert ((ticks.positions >= low - 1e-6 * (high - low)) & (ticks.positions <= high + 1e-6 * (high - low))).all()
        assert len(set(ticks.texts)) == len(ticks.texts)  # enough digits to tell neighbours apart


def test_the_opening_plane_counts_by_ones() -> None:
    grid, along_x, along_y = parts(PaneView((-4.5, 4.5, -3.0, 3.0), 900, 600))
    assert along_x.texts == ("−4", "−3", "−2", "−1", "1", "2", "3", "4")
    assert along_y.texts == ("−3", "−2", "−1", "1", "2", "3")
    assert len(grid.ends) == 2 * (9 + 7)


def test_axes_can_be_named() -> None:
    labels = [m for m in fixed_frame(PaneView((-1, 1, -1, 1)), ("tr", "det")) if isinstance(m, Label)]
    assert [label.text for label in labels] == ["tr", "det"]


def test_numbers_far_from_zero_keep_their_digits() -> None:
    _, along_x, _ = parts(PaneView((1e6, 1e6 + 0.9, 0, 0.6), 900, 600))
    assert along_x.texts[:2] == ("1000000", "1000000.1")


@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_a_larger_scale_has_fewer_lines(scale: float) -> None:
    grid, _, _ = parts(PaneView((-4.5, 4.5, -3.0, 3.0), 900, 600, scale=scale))
    assert len(grid.ends) == {1.0: 32, 1.6: 16}[scale]


def log_parts(pane: PaneView) -> tuple[Segments, Ticks, Ticks]:
    grid, along_x, along_y, *_ = log_frame(pane)
    assert isinstance(grid, Segments)
    assert isinstance(along_x, Ticks)
    assert isinstance(along_y, Ticks)
    return grid, along_x, along_y


charts = st.builds(
    lambda x, y, w, h, size, scale: PaneView((x - w, x + w, y - h, y + h), *size, is_locked=False, scale=scale),
    *2 * [st.floats(-1e6, 1e6)], *2 * [st.floats(1e-2, 1e9)],
    st.sampled_from([(800.0, 500.0), (160.0, 120.0), (1.0, 1.0)]), st.sampled_from([1.0, 1.6]),
)  # fmt: skip


@given(charts)
def test_a_logarithmic_axis_has_whole_powers_only_and_room_between_them(pane: PaneView) -> None:
    """At any zoom: far out it counts by many powers, far in there may be none."""
    grid, along_x, along_y = log_parts(pane)
    powers = along_y.positions
    assert np.allclose(powers, np.rint(powers), rtol=0, atol=1e-6)
    assert along_y.texts == tuple(power_of_ten(round(y)) for y in powers.tolist())
    assert len(set(along_y.texts)) == len(powers)
    assert len(powers) <= pane.height / (DECADE * pane.scale) + 1 + 1e-6
    assert len(along_x.positions) <= pane.width / (GAP * pane.scale) + 1 + 1e-6
    assert len(grid.ends) == 2 * (len(along_x.positions) + len(powers))
    assert np.isfinite(grid.ends).all()


@given(charts)
def test_every_power_has_its_line_and_number_where_there_is_room(pane: PaneView) -> None:
    _, _, along_y = log_parts(pane)
    if DECADE * pane.scale <= 1 / pane.per_pixel[1]:
        y0, y1 = pane.box[2:]
        slack = 1e-9 * max(1, abs(y0), abs(y1))
        wanted = np.arange(np.ceil(y0 - slack), np.floor(y1 + slack) + 1)
        assert along_y.positions == pytest.approx(wanted)


def test_the_numbers_of_a_logarithmic_axis_stand_at_the_edges() -> None:
    pane = PaneView((-4, 4, -8, 1), 800, 500, is_locked=False)
    _, along_x, along_y = log_parts(pane)
    assert along_y.texts == ("10⁻⁸", "10⁻⁷", "10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "1", "10")
    assert "0" in along_x.texts  # no axis is in its way
    assert (along_x.across, along_y.across) == (-8, -4)


@given(charts)
def test_two_logarithmic_axes_have_whole_powers_only_and_room_between_them(pane: PaneView) -> None:
    grid, along_x, along_y, *_ = log_log_frame(pane)
    for ticks, pixels, gap in ((along_x, pane.width, GAP), (along_y, pane.height, DECADE)):
        assert np.allclose(ticks.positions, np.rint(ticks.positions), rtol=0, atol=1e-6)
        assert ticks.texts == tuple(power_of_ten(round(at)) for at in ticks.positions.tolist())
        assert len(ticks.positions) <= pixels / (gap * pane.scale) + 1 + 1e-6
    assert len(grid.ends) == 2 * (len(along_x.positions) + len(along_y.positions))


def test_frames_are_kept_and_cannot_be_written_to() -> None:
    pane = PaneView((-4, 4, -8, 1), 800, 500, is_locked=False)
    assert log_frame(pane) is log_frame(PaneView((-4, 4, -8, 1), 800, 500, is_locked=False))
    for mark in (log_parts(pane)[0].ends, log_parts(pane)[2].positions):
        with pytest.raises(ValueError, match="read-only"):
            mark[0] = 0


def test_the_names_of_the_axes_stay_in_sight() -> None:
    """At the ends of the axes, or at the edges of a pane that shows none of them."""
    for box in ((-4, 4, -3, 3), (1, 9, 2, 8), (-9, -1, -8, -2)):
        x, y = (m for m in fixed_frame(PaneView(box, 800, 600), ("x", "y")) if isinstance(m, Label))
        x0, x1, y0, y1 = PaneView(box, 800, 600).box
        assert (x.text, y.text) == ("x", "y")
        assert x.at.tolist() == [x1, min(max(0, y0), y1)]
        assert y.at.tolist() == [min(max(0, x0), x1), y1]
