"""`make bench` runs from end to end. How fast it finds the app to be is not for a test to say."""

import json
import math

import pytest

from bench.__main__ import as_json, run
from bench.checks import Size
from bench.table import Row, table

DRIVEN = ("matrix", "sandpit", "digits")  # each starts three programs, so not all
SMALLEST = Size(1, 1, steps=4, starts=1, warming=20, moves=20, switches=2, drives=DRIVEN, alone=())


def test_measures_everything() -> None:
    rows, noise = run(SMALLEST)
    assert all(math.isfinite(value) for row in rows for value in row.rounds)
    assert len(json.loads(as_json(rows, noise))["rows"]) == len({row.name for row in rows}) == len(rows)
    for subject in ("start-up", *DRIVEN, "70,000 points", "memory"):
        assert subject in table(rows)
    counted = [row for row in rows if row.is_count]
    assert [row.name for row in counted if row.is_over] == []  # every step was a frame; nothing heavy was loaded


@pytest.mark.parametrize(("value", "is_over"), [(1.0, False), (2.0, False), (2.1, True), (math.nan, True)])
def test_says_what_is_over(value: float, is_over: bool) -> None:
    row = Row("speed", (value,), 2.0)
    assert row.is_over is is_over
    assert ("OVER" in table([row])) is is_over


def test_one_disturbed_round_is_forgiven_but_not_a_missing_frame() -> None:
    assert not Row("speed", (1.0, 1.0, 9.0), 2.0).is_over
    assert Row("frames", (0, 0, 1), 0, is_count=True).is_over
