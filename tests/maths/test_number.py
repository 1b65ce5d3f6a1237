"""Numbers are kept as typed, are exact, and refuse everything else with the place where it went wrong."""

import copy
import math
import pickle
import re
from fractions import Fraction
from math import isfinite

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mmlviz.maths.number import LARGEST_EXPONENT, LONGEST, SMALLEST, Number, Problem, read_number, short

READ = [
    ("3", "3", Fraction(3)),
    ("+3", "3", Fraction(3)),
    ("-0.5", "-0.5", Fraction(-1, 2)),
    ("−0.5", "-0.5", Fraction(-1, 2)),  # the minus of books, U+2212
    ("−1/3", "-1/3", Fraction(-1, 3)),
    (".5", ".5", Fraction(1, 2)),
    ("5.", "5.", Fraction(5)),
    ("007", "007", Fraction(7)),
    (" 1 / 3\n", "1/3", Fraction(1, 3)),
    ("\u00a02\u00a0", "2", Fraction(2)),  # no-break spaces, as web pages have them
    ("1.5/2.5", "1.5/2.5", Fraction(3, 5)),
    ("1e3", "1e3", Fraction(1000)),
    ("2.5E-3", "2.5E-3", Fraction(1, 400)),
    ("1e2/4e+1", "1e2/4e+1", Fraction(5, 2)),
    ("0.1", "0.1", Fraction(1, 10)),  # no float is
    ("0", "0", Fraction(0)),
    ("-0.000", "-0.000", Fraction(0)),
    ("0/7", "0/7", Fraction(0)),
    ("1/-3", "1/-3", Fraction(-1, 3)),
    ("1e300", "1e300", Fraction(10**300)),
    ("1e-300", "1e-300", Fraction(1, 10**300)),
    ("9" * LONGEST, "9" * LONGEST, Fraction(10**LONGEST - 1)),
    # formulas without variables
    ("1/2/3", "1/2/3", Fraction(1, 6)),
    ("--1", "--1", Fraction(1)),
    ("2**9", "2**9", Fraction(512)),
    ("１２", "１２", Fraction(12)),
    ("½", "½", Fraction(1, 2)),
    ("2²", "2²", Fraction(4)),
    ("cos  60°", "cos 60°", Fraction(1, 2)),
    ("√(9/4) − 1", "√(9/4) - 1", Fraction(1, 2)),
    ("sin(π)", "sin(π)", Fraction(0)),
]

IRRATIONAL = [
    ("√2", math.sqrt(2)),
    ("2π", math.tau),
    ("30°", math.pi / 6),
    ("-√3/2", -math.sqrt(3) / 2),
    ("e^-1", 1 / math.e),
]


@pytest.mark.parametrize(("typed", "value"), IRRATIONAL)
def test_a_number_that_is_not_rational_is_the_nearest_float(typed: str, value: float) -> None:
    number = read_number(typed)
    assert isinstance(number, Number)
    assert (number.text, number.is_plain) == (typed, False)
    assert float(number) == pytest.approx(value, rel=4e-16)
    assert number.exact == Fraction(float(number))


@pytest.mark.parametrize(("typed", "text", "exact"), READ, ids=[repr(row[0]) for row in READ])
def test_reads_what_a_person_types(typed: str, text: str, exact: Fraction) -> None:
    number = read_number(typed)
    assert isinstance(number, Number)
    assert (number.text, number.exact) == (text, exact)
    assert float(number) == float(exact)


REFUSED = [
    # typed, the characters it is about, a word of the message
    ("", "", "nothing"),
    ("  ", "  ", "nothing"),
    ("x", "x", "'x'"),
    ("12a4", "a", "'a'"),
    ("1,5", ",", "comma"),
    ("1/0", "/0", "divides by zero"),
    ("0/0", "/0", "divides by zero"),
    ("1/0.0e5", "/0.0e5", "divides by zero"),
    ("1/", "/", "missing behind '/'"),
    ("/2", "/", "not expected"),
    ("1//2", "/", "not expected"),
    ("1 2", "2", "two numbers"),
    (".", ".", "does not belong"),
    ("e5", "5", "stands behind"),
    ("1e2.5", ".5", "one point"),
    ("1e5e5", "5", "stands behind"),
    ("nan", "nan", "'nan' is not a number"),
    ("-inf", "inf", "'inf' is not a number"),
    ("1_000", "_", "index"),
    ("0x10", "x", "'x'"),
    ("1+2j", "j", "'j'"),
    ("__import__('os')", "import", "'import'"),
    ("\0", "\0", "does not belong"),
    ("1\0", "\0", "does not belong"),
    ("٣", "٣", "'٣'"),  # a digit to str.isdigit and to \d, but not to Python's grammar
    ("1e301", "1e301", "out of reach"),
    ("1e-301", "1e-301", "out of reach"),
    ("1e999999999", "1e999999999", "out of reach"),
    ("1e-999999999", "1e-999999999", "out of reach"),
    ("1/1e999999999", "1/1e999999999", "out of reach"),
    ("1e300/1e-300", "1e300/1e-300", "too large"),
    ("1e-300/1e300", "1e-300/1e300", "too small"),
    ("1e-300/7", "1e-300/7", "too small"),  # floats have lost digits here
    ("0." + 30 * "0" + "1e-290", "0." + 30 * "0" + "1e-290", "too small"),
    ("9" * 1000, "9" * 960, "at most 40"),
    ("1" * 100_000 + "/" + "3" * 100_000, None, "at most 40"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "marked", "word"), REFUSED, ids=[repr(row[0][:20]) for row in REFUSED])
def test_refuses_the_rest_and_says_where(typed: str, marked: str | None, word: str) -> None:
    problem = read_number(typed)
    assert isinstance(problem, Problem)
    assert word in problem.message
    if marked is not None:
        assert typed[problem.start : problem.end] == marked
    with pytest.raises(ValueError, match=re.escape(word)):
        Number(typed)


@given(st.text(max_size=50) | st.text("0123456789.eE+-−/ ,\0٣", max_size=45))
@example("1" * LONGEST + "e")
def test_any_text_is_a_number_or_a_problem(text: str) -> None:
    """Never another exception, never a value that is not finite, and positions are within the text."""
    read = read_number(text)
    if isinstance(read, Problem):
        assert 0 <= read.start <= read.end <= len(text)
        assert read.message
    else:
        assert isfinite(read)
        assert float(read) == float(read.exact)
        assert read == 0 or abs(read) >= SMALLEST
        assert read_number(read.text) == read  # what is kept is read again as itself


ROUNDED = [
    (0.1 + 0.2, 0.1, "0.3"),  # never 0.30000000000000004
    (1.2345, 0.01, "1.23"),
    (-1.2367, 0.05, "-1.24"),  # to the decimals of the step, not to its multiples
    (0.13, 0.25, "0.13"),
    (0.126, 0.25, "0.13"),
    (0.3751, 0.125, "0.375"),
    (7.26, 2.5, "7.3"),
    (1234.6, 1, "1235"),
    (1234.6, 10, "1235"),
    (-0.001, 0.01, "0"),  # never -0
    (0.0000012, 1e-7, "0.0000012"),
    (1.5, 10 * 0.1, "2"),
    (1234567.0, 5 * 1e-6, "1234567"),  # 5 · 1e-6 is 4.9999999999999996e-06
]


@pytest.mark.parametrize(("value", "step", "text"), ROUNDED)
def test_rounded_has_the_decimals_of_the_step(value: float, step: float, text: str) -> None:
    assert Number.rounded(value, step).text == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (2 / 3, 4, "0.6667"),
        (123456.7, 3, "123000"),
        (-1e-5, 6, "-0.00001"),
        (1.5e-9, 6, "1.5e-09"),
        (1e20, 6, "1e+20"),
        (0.0, 6, "0"),
        (-0.0, 6, "0"),
        (1.4e-301, 7, "0"),  # a drag can end there; it cannot be typed
        (5e-324, 7, "0"),
        (1e-300, 7, "1e-300"),
    ],
)
def test_significant_digits(value: float, digits: int, text: str) -> None:
    assert Number.significant(value, digits).text == text


@given(st.floats(-1e6, 1e6), st.sampled_from([1e-6, 1e-3, 0.01, 0.05, 0.25, 0.5, 1.0, 2.5, 10.0]))
def test_rounding_is_near_and_stays(value: float, step: float) -> None:
    """The rounded number is within half a last decimal, and rounding it again changes nothing."""
    number = Number.rounded(value, step)
    assert abs(Fraction(number.text) - Fraction(value)) <= Fraction(step) / 2 + Fraction(abs(value)) / 10**15
    assert Number.rounded(number, step) == number


@given(st.floats(-1e300, 1e300), st.integers(1, 17))
def test_significant_is_near(value: float, digits: int) -> None:
    number = Number.significant(value, digits)
    if abs(value) < SMALLEST:
        assert number == 0
    else:
        assert abs(number - value) <= 0.5000001 * 10.0 ** (1 - digits) * abs(value)


@given(st.floats(-1e300, 1e300))
def test_short_loses_nothing(value: float) -> None:
    assert float(short(value)) == (value if abs(value) >= SMALLEST else 0)


def test_equality_is_that_of_the_text() -> None:
    """1/2 and 0.5 are different states: undo must bring back what was typed."""
    assert Number("1/2") != Number("0.5")
    assert Number("1/2") == Number(" 1/2 ")
    assert Number("1/2") == 0.5
    assert Number("1/2") != 0.25
    assert Number("1/2") != "1/2"
    assert len({Number("1/2"), Number("1/2"), Number("0.5")}) == 2


@given(st.sampled_from([row[0] for row in READ]))
def test_equal_numbers_have_equal_hashes(typed: str) -> None:
    number = Number(typed)
    assert hash(number) == hash(Number(number.text)) == hash(float(number))


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x)), lambda x: eval(repr(x))]
)
@pytest.mark.parametrize("typed", ["1/3", "-0", "1e-300", "007"])
def test_copies_remember_the_text(again, typed: str) -> None:  # type: ignore[no-untyped-def]
    number = again(Number(typed))
    assert isinstance(number, Number)
    assert (number.text, number.exact) == (typed, Number(typed).exact)


def test_limits_are_those_of_the_messages() -> None:
    """The numbers in the refusals are the ones that decide."""
    assert str(LARGEST_EXPONENT) in str(read_number("1e400"))
    assert str(LONGEST) in str(read_number("1" * 41))
    assert f"{SMALLEST}" in str(read_number("1e-300/2"))


def test_a_number_computes_as_a_float() -> None:
    assert Number("1/2") + 1 == 1.5
    assert type(-Number("1/2")) is float
