"""The bound of rounding errors against mpmath: never too small, and not absurdly large."""

import mpmath
import numpy as np
import pytest

from mmlviz.maths.expression import evaluate, read
from mmlviz.maths.expression.rounding import with_rounding
from mmlviz.maths.expression.tree import Expression
from tests.maths.expression.by_mpmath import value


def f(text: str) -> Expression:
    tree = read(text, ("x",))
    assert isinstance(tree, Expression)
    return tree


# Where to look: by default in (−4, 4).
FORMULAS: dict[str, tuple[float, float]] = dict.fromkeys(
    (
        "x", "3", "0.1", "pi", "-x", "x + 0.1", "x^2 - 2x + 1", "(x-1)^2", "x^7 - 3x^5 + x/3", "1/x", "1/(1+x^2)",
        "2/(x^2-x)", "x/3 - x/7", "0.1x + 0.2x - 0.3x", "sin x", "cos x", "tan x", "sec x", "csc x", "cot x",
        "sin(x)^2 + cos(x)^2 - 1", "sin 30° x", "arctan x", "arcsin(x/4)", "arccos(x/4)", "arctan(1e3 x)", "sinh x",
        "cosh x", "tanh x", "sech x", "csch x", "coth x", "arsinh x", "arcosh(x+5)", "artanh(x/4)", "e^x", "exp(-2x)",
        "e^(x^2)", "e^(-x^2)", "2^x", "pi^x", "ln(x+4)", "ln(x^2)", "log_2(x+5)", "log_10(1+x^2)", "sqrt(x+4)",
        "sqrt(1+sin x)", "sqrt(x^2)", "cbrt x", "x^(2/3)", "x^(1/5)", "(x+4)^0.3", "(x+5)^pi", "(x+5)^x", "|x|",
        "|sin x - x|", "sgn(x)x", "erf x", "erf(3x)", "gamma(x+5)", "gamma x", "x sin(x)", "sin(x)/x",
        "(1-cos x)/x^2", "(e^x-1)/x", "x^-3", "x^20", "(1+1/(x+9))^x", "sin(e^x)", "ln(1+e^x)", "e^sin(x)",
        "sqrt(1+x^2) - x", "1/(cos x - x)", "(x^2-1)/(x-1)", "tan(x)^2 - sec(x)^2", "sqrt 2 x - e",
    ),
    (-4.0, 4.0),
)  # fmt: skip
NEAR = {
    "x^2 - 2x + 1": 1.0, "tan x": np.pi / 2, "sec x": np.pi / 2, "(1-cos x)/x^2": 0.0, "sqrt(1+sin x)": -np.pi / 2,
    "arcsin(x/4)": 4.0, "ln(x+4)": -3.0, "1/(cos x - x)": 0.739, "sin x": 3.14159265, "e^x": 0.0, "gamma x": -2.0,
    "0.1x + 0.2x - 0.3x": 1.0, "sqrt(x+4)": -4.0, "cbrt x": 0.0, "x^(1/5)": 0.0, "csc x": 0.0, "coth x": 0.0,
    "(e^x-1)/x": 0.0, "arcosh(x+5)": -4.0, "artanh(x/4)": 4.0, "tan(x)^2 - sec(x)^2": 1.5,
}  # fmt: skip


def compared(text: str, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """|float − true|, the bound, and |true|, where both are defined."""
    tree = f(text)
    y, noise = with_rounding(tree, x)
    assert np.array_equal(y, evaluate(tree, x=x), equal_nan=True)
    assert np.array_equal(np.isnan(y), np.isnan(noise))
    keep = ~np.isnan(y)
    with mpmath.workdps(60):
        true = [value(tree, mpmath.mpf(point)) for point in x[keep].tolist()]
        real = np.array([mpmath.im(t) == 0 for t in true])
        off = [float(abs(mpmath.mpf(v) - mpmath.re(t))) for v, t in zip(y[keep].tolist(), true)]
    return np.array(off)[real], noise[keep][real], np.array([float(abs(t)) for t in true])[real]


@pytest.mark.parametrize("text", FORMULAS)
def test_the_bound_holds(text: str) -> None:
    rng = np.random.default_rng(7)
    x = np.concatenate([rng.uniform(*FORMULAS[text], 150), rng.uniform(-1e-3, 1e-3, 30)])
    off, noise, _ = compared(text, x)
    assert len(off) > 40
    assert (off <= noise).all()


@pytest.mark.parametrize("text", NEAR)
def test_the_bound_holds_where_digits_are_lost(text: str) -> None:
    rng = np.random.default_rng(8)
    near = rng.choice([-1, 1], 150) * 10 ** rng.uniform(-14, -1, 150)
    off, noise, _ = compared(text, NEAR[text] + near)
    assert len(off) > 40
    assert (off <= noise).all()


@pytest.mark.parametrize("text", [text for text in FORMULAS if text not in ("x", "-x", "3", "|x|", "sgn(x)x")])
def test_the_bound_is_not_absurdly_large(text: str) -> None:
    """In the middle no more than 1e4 times what rounding does."""
    x = np.random.default_rng(9).uniform(*FORMULAS[text], 200)
    off, noise, size = compared(text, x)
    least = np.maximum(off, 2e-17 * size)
    assert np.median(noise[noise > 0] / np.maximum(least[noise > 0], 1e-300)) < 1e4 or np.median(noise) < 3e-15


def test_what_is_lost_is_seen() -> None:
    x = np.array([1e-8, 1e-5, 1e-2])
    _, noise = with_rounding(f("(1-cos x)/x^2"), x)
    assert noise[0] > 0.4
    assert 1e-8 < noise[1] < 1e-5
    assert noise[2] < 1e-10


def test_nothing_is_lost_where_all_is_exact() -> None:
    x = np.array([0.1, -3.0, 7.5])
    for text in ("x", "-x", "|x|", "3"):
        assert (with_rounding(f(text), x)[1] == 0).all()


def test_where_nothing_is_defined() -> None:
    for text, x in (("ln x", -1.0), ("1/x", 0.0), ("e^(x^2)", 40.0), ("gamma x", -2.0)):
        assert np.isnan(with_rounding(f(text), np.array(x))).all()


def test_shapes() -> None:
    y, noise = with_rounding(f("2 sin x"), np.zeros((3, 4)))
    assert y.shape == noise.shape == (3, 4)
    assert with_rounding(f("3"), np.zeros(5))[1].shape == (5,)
