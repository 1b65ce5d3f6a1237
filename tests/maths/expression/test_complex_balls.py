"""Balls of formulas on boxes of the complex plane hold mpmath's values, and none is given where f may be singular."""

import mpmath
import pytest
from flint import acb, arb
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths.expression import parsed
from mmlviz.maths.expression.complex_balls import ComplexBalls
from mmlviz.maths.expression.expand import working
from mmlviz.maths.expression.vocabulary import FUNCTIONS

NAMES = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh",
}  # fmt: skip
SPECIAL = {
    "abs": lambda z: z if z.real > 0 else -z,
    "sgn": lambda z: mpmath.mpc(1 if z.real > 0 else -1),
    "cbrt": lambda z: z ** (mpmath.mpf(1) / 3) if z.real > 0 else -((-z) ** (mpmath.mpf(1) / 3)),
}
OTHERS = {
    "x^x": lambda z: z**z, "x^(2/3)": lambda z: SPECIAL["cbrt"](z) ** 2, "x^0.3": lambda z: z ** mpmath.mpf("0.3"),
    "x^-3": lambda z: z**-3, "2^x": lambda z: 2**z, "log_3(x)": lambda z: mpmath.log(z) / mpmath.log(3),
    "x^2-3x+1/(x-1)": lambda z: z * z - 3 * z + 1 / (z - 1), "e^(-x^2)": lambda z: mpmath.exp(-z * z),
    "sin(x°)": lambda z: mpmath.sin(z * mpmath.pi / 180), "x^π": lambda z: z**mpmath.pi,
}  # fmt: skip
CASES = {f"{name}(x)": SPECIAL.get(name) or getattr(mpmath, NAMES.get(name, name)) for name in FUNCTIONS} | OTHERS

sides = st.floats(-3, 3, width=32)
shares = st.floats(-1, 1)


@pytest.mark.parametrize("text", CASES)
@given(x=sides, y=sides, half=st.sampled_from([0.0, 0.01, 0.1, 0.4]), u=shares, v=shares)
def test_a_box_s_ball_holds_the_values_in_it(text: str, x: float, y: float, half: float, u: float, v: float) -> None:
    values = ComplexBalls(parsed(text))
    with working(64, values.terms):
        found = values.at(acb(arb(x, half), arb(y, half)))
    if found is None:
        return
    with mpmath.workdps(40):
        z = mpmath.mpc(
            mpmath.mpf(x) + mpmath.mpf(u) * mpmath.mpf(half), mpmath.mpf(y) + mpmath.mpf(v) * mpmath.mpf(half)
        )
        value = CASES[text](z)
        parts = (found.real, value.real), (found.imag, value.imag)
        assert all(ball.overlaps(arb(mpmath.nstr(exact, 35), 1e-25 * (1 + abs(float(exact))))) for ball, exact in parts)


@pytest.mark.parametrize("text", CASES)
def test_a_small_box_off_all_cuts_has_a_value(text: str) -> None:
    values = ComplexBalls(parsed(text))
    with working(64, values.terms):
        found = values.at(acb(arb(0.7 if "arcosh" not in text else 1.7, 0.01), arb(0.2, 0.01)))
    assert found is not None
    assert float(found.rad()) < 1


@pytest.mark.parametrize(
    ("text", "x", "y"),
    [("1/x", 0, 0), ("1/(1+x^2)", 0, 1), ("ln(x)", -1, 0), ("sqrt(x)", -2, 0), ("x^0.3", -1, 0), ("abs(x)", 0, 1),
     ("sgn(x)", 0, -2), ("cbrt(x)", 0, 1), ("arctan(x)", 0, 1.5), ("arcsin(x)", 2, 0), ("arccos(x)", -1.5, 0),
     ("arsinh(x)", 0, -2), ("arcosh(x)", 0.5, 0), ("arcosh(x)", -2, 0), ("artanh(x)", 1.5, 0), ("gamma(x)", -1, 0),
     ("tan(x)", 1.5707963267948966, 0), ("tanh(x)", 0, 1.5707963267948966), ("x^-2", 0, 0), ("x^x", -1, 0),
     ("sin(x)/x", 0, 0), ("log_3(x)", 0, 0), ("x^(1/3)", 0, 0.5)],
)  # fmt: skip
def test_no_value_where_f_may_be_singular(text: str, x: float, y: float) -> None:
    values = ComplexBalls(parsed(text))
    for half in (1e-9, 0.01, 0.3):
        with working(64, values.terms):
            assert values.at(acb(arb(x, half), arb(y, half))) is None


def test_a_hole_that_is_told_is_filled() -> None:
    """sin(z)/z is near 1 on a box about 0, as its series says, and (1 − cos z)/z² near 1/2."""
    for text, zeros, wanted in (("sin(x)/x", 1, 1.0), ("(1-cos(x))/x^2", 2, 0.5)):
        f = parsed(text)
        values = ComplexBalls(f, [(arb(0), {f: zeros})])
        with working(64, values.terms):
            found = values.at(acb(arb(0.01, 0.02), arb(0, 0.02)))
            assert values.at(acb(arb(0.5, 0.02), arb(0, 0.02))) is not None
        assert found is not None
        assert found.contains(acb(wanted))
        assert float(found.rad()) < 0.1
