"""How far an error stays below a bound, where the answer is known."""

from math import asin, factorial, inf, nan, pi, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths.reach import reach, reach_by_order


@given(st.floats(-12, 0), st.integers(1, 31), st.floats(-6, 6))
def test_a_power_of_the_distance(bound: float, n: int, scale: float) -> None:
    """(h/s)ⁿ = 10^b at h = s 10^(b/n), where that is in sight."""
    wanted = 10 ** (scale + bound / n)
    if 1e-11 < wanted < 1e5:
        found = reach(lambda h: (h / 10**scale) ** n, 10**bound)
        assert found == pytest.approx(wanted, rel=1e-3 if wanted < 1e-8 else 1e-5)


@given(st.floats(0.01, 0.99))
def test_the_first_of_many_crossings(bound: float) -> None:
    assert reach(lambda h: np.abs(np.sin(h)), bound) == pytest.approx(asin(bound), rel=1e-7)


def test_a_peak_between_two_distances_counts() -> None:
    assert reach(lambda h: np.abs(np.sin(h)), 1.0) == pytest.approx(pi / 2, abs=1e-3)
    narrow = reach(lambda h: 1 - (h - 1.23456) ** 2, 1 - 1e-6)
    assert narrow == pytest.approx(1.23456, abs=1e-2)


@pytest.mark.parametrize("limit", [inf, 0.7, 50.0])
def test_nothing_in_sight_leads_to_the_limit(limit: float) -> None:
    assert reach(lambda h: 0 * h, 0.1, limit) == limit


def test_nothing_counts_beyond_the_limit() -> None:
    """Beyond a pole the same formula may have any value."""
    assert reach(lambda h: h, 5.0, limit=2.0) == 2


@pytest.mark.parametrize("peak", [2.985, 39.985])
def test_a_peak_where_two_stages_meet_counts(peak: float) -> None:
    assert reach(lambda h: 1 - 10 * (h - peak) ** 2, 1 - 1e-6) == pytest.approx(peak, abs=1e-3)


def test_where_there_is_no_error_it_is_too_large() -> None:
    found = reach(lambda h: np.where(h < sqrt(2), 0.0, nan), 0.1)
    assert found == pytest.approx(sqrt(2), abs=1e-4)


def test_what_is_too_large_at_once() -> None:
    assert reach(lambda h: 1 + h, 0.5) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("bound", [0.5, 1e-3, 1e-9])
def test_the_reach_of_every_order_is_that_of_each(side: int, bound: float) -> None:
    c = np.array([1 / factorial(k) for k in range(13)])
    h = side * np.geomspace(1e-4, 8, 400)
    found = reach_by_order(np.exp(h), c, h, bound)
    for n in range(13):
        wanted = reach(lambda d, n=n: np.abs(np.exp(side * d) - np.polyval(c[n::-1], side * d)), bound)
        assert found[n] == pytest.approx(min(wanted, 8), rel=2e-3)


def test_the_reach_of_every_order_ends_where_there_is_no_value() -> None:
    h = np.linspace(0.01, 2, 200)
    y = np.where(h < 1, 1 - h, nan)
    found = reach_by_order(y, np.array([1.0, -1.0, 0.0]), h, 0.1)
    assert found == pytest.approx([0.1, 1, 1], abs=0.02)
