"""Runs: from one end to the other, gently, in their time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.frames import Run, run

ends = st.floats(-10, 10)


@given(ends, ends, st.floats(0.01, 10), st.lists(st.floats(-5, 20), min_size=2, max_size=20))
def test_a_run_goes_from_start_to_end_and_never_back(start: float, end: float, seconds: float, times: list) -> None:
    going = Run(start, end, seconds)
    values = [going.at(t) for t in sorted(times)]
    assert all((b - a) * (end - start) >= -1e-9 for a, b in pairwise(values))
    assert all(min(start, end) - 1e-9 <= x <= max(start, end) + 1e-9 for x in values)
    assert going.at(0) == start
    assert going.at(seconds) == pytest.approx(end)
    assert going.at(seconds / 2) == pytest.approx((start + end) / 2)


def test_a_run_starts_and_stops_gently() -> None:
    going = Run(0, 1, 1)
    assert going.at(0.01) < 0.001
    assert 1 - going.at(0.99) < 0.001
    assert going.at(0.51) - going.at(0.49) == pytest.approx(0.03, rel=1e-2)


@pytest.mark.parametrize(("elapsed", "is_over"), [(0, False), (0.99, False), (1, True), (7, True)])
def test_when_it_is_over(elapsed: float, is_over: bool) -> None:
    assert Run(0, 1, 1).is_over(elapsed) == is_over


def test_a_run_without_time_is_at_its_end() -> None:
    assert Run(0, 1, 0).at(0) == 1


@pytest.mark.parametrize(
    ("now", "is_backwards", "wanted"),
    [
        (0.0, False, (0, 1, 2)),
        (1.0, False, (0, 1, 2)),  # at its end it starts anew
        (1.0, True, (1, 0, 2)),
        (0.0, True, (1, 0, 2)),
        (0.5, False, (0.5, 1, 1)),  # half the way takes half the time
        (0.25, True, (0.25, 0, 0.5)),
        (0.99, False, (0.99, 1, 0.2)),  # but never so little that nothing is seen
    ],
)
def test_a_run_from_where_it_stands(now: float, is_backwards: bool, wanted: tuple) -> None:
    going = run(now, 0, 1, 2, is_backwards)
    assert (going.start, going.end, going.seconds) == pytest.approx(wanted)
