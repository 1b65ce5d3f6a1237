"""The frame of a plane: enough lines, not too many, with their numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.axes import GAP, fixed_frame, grid_steps
from mmlviz.core.marks import Label, Segments, Ticks
from mmlviz.core.view import PaneView

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
