"""Balls hold the true value, and grow smaller with the precision."""

import mpmath
import pytest
from flint import ctx

from mmlviz.maths.expression import Expression, evaluate, read
from mmlviz.maths.expression.balls import ball
from mmlviz.maths.expression.vocabulary import FUNCTIONS

TEXTS = {
    "√2/2": lambda: mpmath.sqrt(2) / 2,
    "π - e": lambda: mpmath.pi - mpmath.e,
    "cos(π/12)": lambda: mpmath.cos(mpmath.pi / 12),
    "-2^(1/2)·3": lambda: -mpmath.sqrt(2) * 3,
    "(-7)^(2/3) + (-7)^(1/3)": lambda: mpmath.cbrt(7) ** 2 - mpmath.cbrt(7),
    "cbrt(-π)": lambda: -mpmath.cbrt(mpmath.pi),
    "|1 - √2|": lambda: mpmath.sqrt(2) - 1,
    "log_3 7": lambda: mpmath.log(7, 3),
    "7°": lambda: 7 * mpmath.pi / 180,
    "e^-2.5": lambda: mpmath.exp(-mpmath.mpf("2.5")),
    "2^π": lambda: mpmath.mpf(2) ** mpmath.pi,
    "sgn(1 - √2)/7": lambda: -mpmath.mpf(1) / 7,
}


def tree(text: str) -> Expression:
    found = read(text, ())
    assert isinstance(found, Expression), found
    return found


@pytest.fixture(params=[64, 200])
def bits(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.mark.parametrize("text", TEXTS)
def test_the_true_value_is_in_the_ball(text: str, bits: int) -> None:
    before, ctx.prec = ctx.prec, bits
    try:
        found = ball(tree(text))
        with mpmath.workdps(90):
            true = mpmath.nstr(TEXTS[text](), 80)
        ctx.prec = 300
        assert abs(found - type(found)(true)) < 2.0 ** (8 - bits)
    finally:
        ctx.prec = before


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("argument", ["√2/3", "√2"])
def test_every_function_agrees_with_its_float(name: str, argument: str) -> None:
    node = read(f"{name}({argument})", ())
    if isinstance(node, Expression):
        assert float(ball(node)) == pytest.approx(float(evaluate(node)), rel=1e-14)
