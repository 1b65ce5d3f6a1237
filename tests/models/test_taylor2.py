"""The model of Taylor in two variables: what it knows at the centre, at the probe and in the window."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmlviz.maths.number import Number
from mmlviz.models.taylor2 import MESH, State, compute

CONE = State(f="sqrt(x^2+y^2)", centre=(Number("0"), Number("0")))


def at(a: str, b: str) -> tuple[Number, Number]:
    return Number(a), Number(b)


def test_the_probe_is_compared() -> None:
    result = compute(State(f="exp(x) cos(y)", centre=at("0", "0"), order=Number("2"), probe=at("0.1", "0.2")))
    assert result.value == pytest.approx(np.exp(0.1) * np.cos(0.2), rel=1e-14)
    assert result.polynomial == pytest.approx(1 + 0.1 + (0.01 - 0.04) / 2, rel=1e-14)
    assert result.error is not None
    assert result.error == pytest.approx(result.value - result.polynomial, abs=1e-15)


def test_a_cone_has_a_picture_but_no_polynomial() -> None:
    result = compute(CONE)
    assert (result.series, result.kind, result.eigenvalues) == (None, None, None)
    assert result.trouble is not None
    assert result.trouble.endswith(".")
    assert (result.height, result.has_holes) == (0, False)
    assert result.errors is not None
    assert (result.errors.linear, result.errors.quadratic) == (None, None)
    assert result.value == pytest.approx(np.hypot(0.4, 0.1))
    assert (result.polynomial, result.error) == (None, None)


@pytest.mark.parametrize(
    ("f", "has_errors", "has_holes"),
    [("x y", True, False), ("ln(x)", True, True), ("sqrt(-1-x^2)", False, True), ("1/(x-y)", True, True)],
)
def test_holes_are_noticed(f: str, has_errors: bool, has_holes: bool) -> None:
    """The mesh of an uneven number of points meets the diagonal."""
    result = compute(State(f=f, centre=at("1/2", "1/2"), window=Number("1")))
    assert (result.errors is not None, result.has_holes) == (has_errors, has_holes)
    assert MESH % 2 == 1


def test_a_constant_has_no_shares() -> None:
    result = compute(State(f="3"))
    assert result.errors is not None
    assert result.errors.span == 0
    assert result.errors.share(result.errors.linear) is None
    assert result.kind == "undecided"


@settings(max_examples=30)
@given(a=st.floats(-1, 1), b=st.floats(-1, 1))
def test_a_smaller_window_makes_l_and_q_better(a: float, b: float) -> None:
    """|f − L| falls with w², |f − Q| with w³, and the range of f with w or w²: Q's share falls in any case."""
    state = State(centre=(Number.significant(a), Number.significant(b)))
    wide, narrow = (compute(replace(state, window=Number(w))).errors for w in ("0.2", "0.05"))
    assert wide is not None
    assert narrow is not None
    assert narrow.linear is not None
    assert wide.linear is not None
    assert narrow.linear < wide.linear / 8
    assert narrow.quadratic is not None
    assert wide.quadratic is not None
    assert narrow.quadratic < wide.quadratic / 20


def test_orders_1_and_2_are_l_and_q() -> None:
    for order, name in (("1", "linear"), ("2", "quadratic")):
        errors = compute(State(order=Number(order))).errors
        assert errors is not None
        assert errors.polynomial == getattr(errors, name)


def test_a_polynomial_of_a_low_order_is_its_own_series() -> None:
    result = compute(State(f="x^3-3x y^2", centre=at("1/3", "2"), order=Number("3"), probe=at("-7/5", "3")))
    assert result.error == 0
    assert result.errors is not None
    assert result.errors.polynomial is not None
    assert result.errors.polynomial < 1e-13


def test_numbers_beyond_floats_are_none() -> None:
    result = compute(State(f="exp(exp(x))", centre=at("3", "0"), probe=at("20", "0"), order=Number("6")))
    assert (result.value, result.error) == (None, None)
    assert result.series is not None
