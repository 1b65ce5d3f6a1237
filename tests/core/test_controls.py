"""Sliders: the numbers at their steps, and the steps of their numbers."""

from itertools import pairwise
from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.controls import Slider
from mmlviz.maths.number import Number

PLAIN = Slider("x")  # −4 to 4 in steps of 0.05
THIRDS = Slider("x", low=0, high=1.2, step=0.01)
POINTS = Slider("n", low=10, high=70_000, step=0.05, is_log=True)
RATE = Slider("rate", low=1e-6, high=1, step=0.1, is_log=True)
SLIDERS = (PLAIN, THIRDS, POINTS, RATE)

every_slider = pytest.mark.parametrize("slider", SLIDERS, ids=["plain", "thirds", "points", "rate"])


@pytest.mark.parametrize(("slider", "steps"), [(PLAIN, 160), (THIRDS, 120), (POINTS, 77), (RATE, 60)])
def test_how_many_steps_there_are(slider: Slider, steps: int) -> None:
    assert slider.steps == steps


@every_slider
def test_every_step_is_found_again(slider: Slider) -> None:
    assert [slider.steps_to(slider.at(k)) for k in range(slider.steps + 1)] == list(range(slider.steps + 1))


@every_slider
def test_numbers_rise_and_stay_within_the_ends(slider: Slider) -> None:
    numbers = [slider.at(k) for k in range(slider.steps + 1)]
    assert all(one < other for one, other in pairwise(numbers))
    assert float(numbers[0]) == pytest.approx(slider.low)
    assert slider.low <= min(numbers) <= max(numbers) <= slider.high


@pytest.mark.parametrize(
    ("slider", "steps", "text"),
    [
        (PLAIN, 86, "0.3"),  # not 0.30000000000000004
        (PLAIN, 80, "0"),
        (THIRDS, 7, "0.07"),
        (POINTS, 0, "10"),
        (POINTS, 20, "100"),
        (POINTS, 30, "320"),
        (POINTS, 77, "70000"),
        (RATE, 0, "0.000001"),
        (RATE, 31, "0.0013"),
        (RATE, 60, "1"),
    ],
)
def test_numbers_are_short(slider: Slider, steps: int, text: str) -> None:
    assert slider.at(steps).text == text


@every_slider
@given(number=st.floats(allow_nan=False, allow_infinity=False))
def test_beyond_its_ends_a_knob_rests_at_the_end(slider: Slider, number: float) -> None:
    """Any number may be typed in the entry, 0 and negative ones beside a logarithmic slider included."""
    steps = slider.steps_to(number)
    assert 0 <= steps <= slider.steps
    if number >= slider.high:
        assert steps == slider.steps
    if number <= slider.low:
        assert steps == 0


@given(st.sampled_from(SLIDERS), st.floats(0, 1))
def test_the_nearest_step(slider: Slider, share: float) -> None:
    scale = (lambda x: log10(x)) if slider.is_log else (lambda x: x)
    low, high = scale(slider.low), scale(slider.high)
    number = low + share * (high - low)
    nearest = slider.steps_to(10**number if slider.is_log else number)
    assert abs(low + nearest * slider.step - number) <= slider.step * 0.5000001


@given(st.floats(-4, 4), st.sampled_from([-10, -1, 1, 10]))
def test_a_tenth_of_a_step(number: float, direction: int) -> None:
    moved = PLAIN.finer(number, direction)
    assert float(moved) == pytest.approx(number + direction * 0.005, abs=0.00051)
    assert len(moved.text) <= 6


@pytest.mark.parametrize("slider", [POINTS, RATE])
@given(st.floats(0, 1), st.sampled_from([-1, 1]))
def test_a_tenth_of_a_step_of_a_power_moves(slider: Slider, share: float, direction: int) -> None:
    """Away from every number, in its direction, by no more than a step."""
    number = Number.significant(slider.low * (slider.high / slider.low) ** share, 3)
    moved = slider.finer(number, direction)
    assert (moved - number) * direction > 0
    assert abs(log10(moved / number)) < slider.step
