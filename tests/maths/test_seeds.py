"""Words to numbers: promised values, the standard behind them, and whether they are as random as they should be."""

from hashlib import shake_256
from math import cos, log, pi, sin, sqrt

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths.seeds import normals, stream

words = st.text() | st.sampled_from(["", "otter", "Δ 7", "\ud800", "a" * 500])


def test_a_word_means_the_same_numbers_for_ever() -> None:
    """These must never change: pits, data and lessons are shared by their seeds."""
    assert stream("otter", 4).tolist() == [
        0.66116290806522,
        0.4414763263482614,
        0.17481829275336924,
        0.7061787303945901,
    ]
    assert normals("otter", 3) == pytest.approx(
        [-1.3728654000749112, 0.5288783196697908, -0.16853907830100534], rel=1e-13
    )


def test_the_standard_behind_it() -> None:
    """SHAKE256 of no bytes begins 46b9dd2b 0ba88d13 233b3feb 743eeb24 (the example values of FIPS 202)."""
    first, second = int.from_bytes(bytes.fromhex("46b9dd2b0ba88d13"), "little"), 0x24EB3E74EB3F3B23
    assert stream("", 2).tolist() == [(first >> 11) / 2**53, (second >> 11) / 2**53]


@given(words, st.integers(0, 40))
def test_numbers_are_eight_bytes_each(word: str, count: int) -> None:
    data = shake_256(word.encode("utf-8", "surrogatepass")).digest(8 * count)
    wanted = [(int.from_bytes(data[8 * k : 8 * k + 8], "little") >> 11) / 2**53 for k in range(count)]
    assert stream(word, count).tolist() == wanted
    assert stream(word, count).dtype == np.float64
    assert all(0 <= u < 1 for u in wanted)


@given(words, st.integers(0, 30), st.integers(0, 30))
def test_longer_streams_continue_shorter_ones(word: str, count: int, more: int) -> None:
    for numbers in (stream, normals):
        assert numbers(word, count).shape == (count,)
        assert numbers(word, count + more)[:count].tolist() == numbers(word, count).tolist()


@given(words)
def test_normals_are_those_of_box_and_muller(word: str) -> None:
    u = stream(word, 10).tolist()
    wanted = []
    for k in range(0, 10, 2):
        radius = sqrt(-2 * log(1 - u[k]))
        wanted += [radius * cos(2 * pi * u[k + 1]), radius * sin(2 * pi * u[k + 1])]
    assert normals(word, 10) == pytest.approx(wanted, rel=1e-12, abs=1e-14)


def test_distributions() -> None:
    """Kolmogorov and Smirnov have no objection; the word is fixed, so this holds always or never."""
    assert scipy.stats.kstest(stream("badger", 100_000), "uniform").pvalue > 0.01
    assert scipy.stats.kstest(normals("badger", 100_000), "norm").pvalue > 0.01
    pairs = normals("badger", 100_000).reshape(-1, 2).T
    assert abs(np.corrcoef(pairs)[0, 1]) < 4 / sqrt(50_000)


def test_words_differ() -> None:
    assert len({stream(word, 1)[0] for word in ("otter", "Otter", "otter ", "ottre", "")}) == 5


@pytest.mark.parametrize("numbers", [stream, normals])
def test_a_negative_count(numbers: object) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        numbers("otter", -2)
