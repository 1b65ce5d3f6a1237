"""What is known exactly of numbers that are typed."""

from fractions import Fraction

import mpmath
import pytest

from mmlviz.maths.expression import Expression, evaluate, read
from mmlviz.maths.expression.exact import exact_value, half_turns

F = Fraction


def tree(text: str) -> Expression:
    found = read(text, ())
    assert isinstance(found, Expression), found
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/3 + 0.1", F(13, 30)),
        ("0.1 + 0.2 - 0.3", F(0)),
        ("(2/3)^-2", F(9, 4)),
        ("2^3^2", F(512)),
        ("(-2)^3", F(-8)),
        ("(-1)^1001", F(-1)),
        ("4^(1/2)", F(2)),
        ("4^0.5", F(2)),
        ("(-8)^(1/3)", F(-2)),
        ("(8/27)^(2/3)", F(4, 9)),
        ("sqrt(9/16)", F(3, 4)),
        ("cbrt(-0.001)", F(-1, 10)),
        ("cbrt(10^30)", F(10**10)),
        ("|1/2 - 1|", F(1, 2)),
        ("sgn(-3)", F(-1)),
        ("sin 30°", F(1, 2)),
        ("sin(-30°)", F(-1, 2)),
        ("cos(2π/3)", F(-1, 2)),
        ("cos 90°", F(0)),
        ("sin(7π)", F(0)),
        ("sin(11π/6)", F(-1, 2)),
        ("tan 135°", F(-1)),
        ("tan(π/4 + π)", F(1)),
        ("sec 60°", F(2)),
        ("csc 270°", F(-1)),
        ("cot(π/2)", F(0)),
        ("cos(2·3π/6)", F(-1)),
        ("sin 0", F(0)),
        ("e^0", F(1)),
        ("ln 1", F(0)),
        ("cosh 0", F(1)),
        ("log_5 1", F(0)),
        ("0·π", F(0)),
        ("(π - π) + 1/2", F(1, 2)),
    ],
)
def test_exact_values(text: str, value: F) -> None:
    assert exact_value(tree(text)) == value
    assert float(evaluate(tree(text))) == pytest.approx(float(value), rel=1e-15, abs=2e-15)


@pytest.mark.parametrize(
    "text",
    [
        "π",
        "√2",
        "e^2",
        "sin 1",
        "sin 15°",
        "tan 30°",
        "2^(1/2)",
        "9^(1/3)",
        "3^-600 + 7^-350 + 11^-280 + 13^-260 + 17^-240",
        "1.0000001^(10^9)",
    ],
)
def test_what_is_not_known_to_be_a_fraction_is_none(text: str) -> None:
    assert exact_value(tree(text)) is None


@pytest.mark.parametrize("name", ["sin", "cos", "tan", "sec", "csc", "cot"])
def test_every_part_of_a_turn_that_is_known_is_right(name: str) -> None:
    """All twelfths and fifths of turns in three rounds, poles included."""
    for k in range(-60, 61):
        for parts in (5, 12):
            found = read(f"{name}({k}π/{parts})", ())
            turns = mpmath.mpf(k) / parts
            rule = {"sin": mpmath.sinpi, "csc": mpmath.sinpi}.get(name, mpmath.cospi)
            below = {"tan": mpmath.cospi, "cot": mpmath.sinpi, "sec": mpmath.cospi, "csc": mpmath.sinpi}.get(name)
            if below is not None and below(turns) == 0:
                assert not isinstance(found, Expression)
                continue
            value = rule(turns) if below is None else 1 / below(turns)
            if name == "tan":
                value = mpmath.sinpi(turns) / mpmath.cospi(turns)
            if name == "cot":
                value = mpmath.cospi(turns) / mpmath.sinpi(turns)
            assert isinstance(found, Expression)
            exact = exact_value(found)
            if exact is not None:
                assert float(exact) == pytest.approx(float(value), abs=1e-14)
            assert (exact is None) is (
                abs(2 * value - round(float(2 * value))) > 1e-9
                or (name in ("tan", "cot") and (abs(value - round(float(value))) > 1e-9))
            )


@pytest.mark.parametrize(
    ("text", "turns"),
    [("π", F(1)), ("90°", F(1, 2)), ("-π/6", F(-1, 6)), ("2π/3 + 60°", F(1)), ("(1/4)·π·2", F(1, 2)), ("0", F(0))],
)
def test_parts_of_a_turn(text: str, turns: F) -> None:
    assert half_turns(tree(text)) == turns


@pytest.mark.parametrize("text", ["1", "π^2", "π·π", "1/π", "sqrt(2)π", "π + 1"])
def test_no_part_of_a_turn(text: str) -> None:
    assert half_turns(tree(text)) is None
