"""How numbers are written for people: never more digits than they have, never a lie about being exact."""

import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mmlviz.core.words import brief, counted, degrees, equals, is_exact, pair, scientific, show, typed
from mmlviz.maths.number import Number

RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")

numbers = st.floats(-1e300, 1e300) | st.integers(-(10**7), 10**7).map(float) | st.floats(-1, 1)


def value(text: str) -> Decimal:
    """What a shown number says."""
    scientific = re.fullmatch(r"(−?)(?:([\d.]+)·)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", text)
    if scientific is None:
        return Decimal(text.translate(RAISED))
    sign, mantissa, power = scientific.groups()
    return Decimal(f"{sign}{mantissa or 1}e{power}".translate(RAISED))


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (-0.5, "−0.5"),
        (2.125, "2.125"),
        (2.12345, "2.123"),
        (1 / 3, "0.3333"),
        (2 / 3, "0.6667"),
        (100.0, "100"),
        (1000.4, "1000"),
        (12345.6, "12346"),  # whole digits are never replaced by zeros
        (123456.0, "123456"),
        (999999.4, "999999"),
        (-999999.0, "−999999"),
        (999999.6, "10⁶"),
        (1e6, "10⁶"),
        (-2.5e-9, "−2.5·10⁻⁹"),
        (0.0001, "0.0001"),
        (0.00012345, "0.0001234"),  # the float lies just below the tie
        (0.00001, "10⁻⁵"),
        (9.9996, "10"),
        (0.99996, "1"),
        (3e12, "3·10¹²"),
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
        (float("nan"), "undefined"),
        (Fraction(1, 3), "0.3333"),
        (Fraction(10**400), "10⁴⁰⁰"),
        (Fraction(-1, 3 * 10**400), "−3.333·10⁻⁴⁰¹"),
        (Fraction(99996, 10**405), "10⁻⁴⁰⁰"),
        (np.float64(0.25), "0.25"),
        (7, "7"),
    ],
)
def test_show(x: float | Fraction, text: str) -> None:
    assert show(x) == text


@given(numbers, st.integers(1, 12))
@example(9.9995, 4)
@example(0.99999999999, 4)
@example(1e15, 4)
@example(1e22, 12)
def test_what_is_shown_is_near(x: float, digits: int) -> None:
    """Within half a unit of the last digit, and with no digit too many."""
    text = show(x, digits)
    shown = value(text)
    assert abs(shown - Decimal(x)) <= Decimal("0.5000001") * abs(Decimal(x)) * Decimal(10) ** (1 - digits)
    if "·" in text:
        assert len([c for c in text.partition("·")[0] if c.isdigit()]) <= digits
    assert "-" not in text
    assert "e" not in text
    assert show(-x, digits) == (f"−{text}" if not text.startswith("−") and x != 0 else text.removeprefix("−"))


@given(st.fractions(), st.integers(-700, 700), st.integers(1, 15))
def test_scientific_beyond_floats(x: Fraction, power: int, digits: int) -> None:
    scaled = x * Fraction(10) ** power
    if scaled == 0:
        return
    mantissa, exponent = scientific(scaled, digits)
    assert 1 <= abs(Fraction(mantissa)) < 10
    off = abs(Fraction(mantissa) * Fraction(10) ** exponent - scaled)
    # Where a float would do, one is taken, and its last digit may tip a tie.
    assert off <= Fraction(501, 1000) * abs(scaled) * Fraction(10) ** (1 - digits)


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (2.125, "= 2.125"),
        (1 / 3, "≈ 0.3333"),
        (0, "= 0"),
        (123456.0, "= 123456"),
        (12345.5, "≈ 12346"),
        (Number("0.3"), "= 0.3"),  # exact as typed, although no float is
        (Number("1/3"), "≈ 0.3333"),
        (Fraction(3, 10), "= 0.3"),
        (Fraction(1, 3), "≈ 0.3333"),
        (Fraction(30001, 100000), "≈ 0.3"),
        (1e300, "= 10³⁰⁰"),
        (Fraction(1, 10**400), "= 10⁻⁴⁰⁰"),
    ],
)
def test_equals_only_when_it_is(x: float | Fraction, text: str) -> None:
    assert equals(x) == text


@given(st.fractions(max_denominator=10**6) | st.integers(-(10**9), 10**9).map(Fraction))
def test_exact_means_that_the_text_says_all(x: Fraction) -> None:
    assert is_exact(x) == (Fraction(value(show(x))) == x)


def test_pairs_keep_what_was_typed() -> None:
    assert pair((Number("1/2"), Number("-1"))) == "(1/2, −1)"
    assert pair((1 / 3, -2.0)) == "(0.3333, −2)"
    assert pair((1 / 3, -2.0), 2) == "(0.33, −2)"


def test_typed_has_a_true_minus() -> None:
    assert typed(Number("-1e-5")) == "−1e−5"


@pytest.mark.parametrize(("x", "text"), [(30.000000000000004, "30°"), (56.309932474020215, "56.31°"), (-45.0, "−45°")])
def test_degrees(x: float, text: str) -> None:
    assert degrees(x) == text


@pytest.mark.parametrize(("text", "wanted"), [("0.123456", "0.123456"), ("0.1234567", "0.1235"), ("-1/3", "−1/3")])
def test_what_was_typed_stays_up_to_eight_characters(text: str, wanted: str) -> None:
    assert brief(Number(text)) == wanted


def test_one_thing_and_several() -> None:
    assert (counted(1, "dip"), counted(0, "dip"), counted(2, "dip")) == ("1 dip", "0 dips", "2 dips")
