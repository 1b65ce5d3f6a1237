"""Equations whose solutions are known, and whether all of them are said to be known."""

from fractions import Fraction
from math import pi

import mpmath
import numpy as np
import pytest

from mmlviz.maths.expression import read
from mmlviz.maths.expression.plane import on_plane
from mmlviz.maths.expression.tree import Expression
from mmlviz.maths.singularities.candidates import candidates
from mmlviz.maths.singularities.solving import MOST, poles_of_gamma, zeros


def f(text: str) -> Expression:
    tree = read(text, ("x",))
    assert isinstance(tree, Expression)
    return tree


FINITE: dict[str, list[complex]] = {
    "1 + x^2": [1j, -1j],
    "x^2 - x": [0, 1],
    "x^2 - 2": [2**0.5, -(2**0.5)],
    "(x-1)^3 (x^2+4)": [1, 2j, -2j],
    "x^2 - 2x + 1": [1],
    "x^3 - 2": [2 ** (1 / 3) * np.exp(2j * pi * k / 3) for k in range(3)],
    "x^2 - 3x + pi": [1.5 + 0.5j * (4 * pi - 9) ** 0.5, 1.5 - 0.5j * (4 * pi - 9) ** 0.5],
    "x^40 - 1": [np.exp(2j * pi * k / 40) for k in range(40)],
    "(x^2-1)/(x-1)": [-1, 1],  # above the bar is 0 there; whether f is, is another question
    "1 - 2/(x+1)": [1],
    "1 - x/(x+1)": [],
    "x/(x+1) - 2/x": [1 + 3**0.5, 1 - 3**0.5],
    "sqrt x + 2": [4],  # on the other sheet
    "sqrt(x+1) - 3": [8],
    "x^(2/3) - 4": [8, -8],
    "cbrt x + 2": [-8],
    "ln x": [1],
    "ln(x) - 2": [np.e**2],
    "log_2(x) - 3": [8],
    "log_x(2) - 1": [2],
    "arctan x - 1": [np.tan(1)],
    "arcsin x": [0],
    "arccos x": [1],
    "arcosh x - 1": [np.cosh(1)],
    "|x| - 2": [2, -2],
    "ln(x)^2 - ln x": [1, np.e],
    "exp(x)": [],
    "1/x": [],
    "gamma x": [],
    "3": [],
}  # fmt: skip


@pytest.mark.parametrize("text", FINITE)
def test_all_solutions_are_found(text: str) -> None:
    found = zeros(f(text))
    assert found.is_known
    assert found.limits == ()
    assert len(found.points) == len(FINITE[text])
    for wanted in FINITE[text]:
        assert min(abs(z - wanted) for z in found.points) <= 1e-13 * max(1, abs(wanted))


def test_fractions_are_exact() -> None:
    assert set(zeros(f("x^2 - x/2")).points) == {0, 0.5}
    assert set(zeros(f("4x^2 + 1")).points) == {0.5j, -0.5j}
    assert set(zeros(f("x^2"), Fraction(9)).points) == {3, -3}


# g, and one period of its solutions
ENDLESS: dict[str, tuple[list[complex], complex]] = {
    "sin x": ([0], pi),
    "cos x": ([pi / 2], pi),
    "sin x - 2": ([pi / 2 + 1j * np.arccosh(2), pi / 2 - 1j * np.arccosh(2)], 2 * pi),
    "tan x - 1": ([pi / 4], pi),
    "cot x": ([pi / 2], pi),
    "e^x - 1": ([0], 2j * pi),
    "1 + e^x": ([1j * pi], 2j * pi),
    "2^x - 8": ([3], 2j * pi / np.log(2)),
    "e^(2x) + e^x + 1": ([2j * pi / 3, -2j * pi / 3], 2j * pi),
    "e^x + e^-x": ([1j * pi / 2], 1j * pi),
    "sinh x": ([0], 1j * pi),
    "cosh x": ([1j * pi / 2], 1j * pi),
    "tanh x - 1/2": ([np.arctanh(0.5)], 1j * pi),
    "cosh x + sinh x - 3": ([np.log(3)], 2j * pi),
    "sin x + cos x": ([-pi / 4], pi),
    "sin(x)^2 - 2sin(x) + 1": ([pi / 2], 2 * pi),
    "sin(2x) - sin(x)": ([0, pi / 3, pi, -pi / 3], 2 * pi),
    "sin 30° x": ([0], 6),
    "cos(3x - 1)": ([(1 + pi / 2) / 3], pi / 3),
}  # fmt: skip


@pytest.mark.parametrize("text", ENDLESS)
def test_all_within_reach_are_found(text: str) -> None:
    first, period = ENDLESS[text]
    found = zeros(f(text))
    assert found.is_known
    assert len(found.limits) >= 1
    wanted = [z + k * period for z in first for k in range(-200, 201) if abs(z + k * period) < 61]
    assert len(wanted) >= 8
    for z in wanted:
        assert min(abs(z - point) for point in found.points) <= 1e-12 * max(1, abs(z))
    near = [z for z in found.points if abs(z) < 61]
    assert len(near) == len(wanted)


@pytest.mark.parametrize(
    "text", ["sin(x^2)", "sin(e^x)", "sin(1/x)", "tan(tan x)", "cos(sin x) - 2", "sin(sin(sin x))"]
)
def test_solutions_of_functions_of_functions_are_solutions(text: str) -> None:
    found = zeros(f(text))
    assert 30 < len(found.points) <= MOST
    with mpmath.workdps(40):
        for z in found.points[::7]:
            g = {
                "sin(x^2)": lambda x: mpmath.sin(x**2),
                "sin(e^x)": lambda x: mpmath.sin(mpmath.exp(x)),
                "sin(1/x)": lambda x: mpmath.sin(1 / x) if x else 0,
                "tan(tan x)": lambda x: mpmath.tan(mpmath.tan(x)),
                "cos(sin x) - 2": lambda x: mpmath.cos(mpmath.sin(x)) - 2,
                "sin(sin(sin x))": lambda x: mpmath.sin(mpmath.sin(mpmath.sin(x))),
            }[text]
            x = mpmath.mpmathify(z)
            slope = abs(mpmath.diff(g, x)) if z else 1
            assert abs(g(x)) <= 1e-13 * max(1, abs(z)) * max(slope, 1)


@pytest.mark.parametrize(
    ("text", "count"),
    [("cos x - x", 1), ("x + sin x + 2", 1), ("e^x - x", 0), ("x^2 + x sin x", 1), ("sin(x) + x^2 - 3", 2)],
)
def test_zeros_without_structure_are_counted(text: str, count: int) -> None:
    """The real ones are these; the complex ones are zeros, and as many as the argument principle has it."""
    tree = f(text)
    found = zeros(tree)
    assert found.is_known
    assert len(found.limits) == 1
    assert sum(z.imag == 0 and abs(z) < 4 for z in found.points) == count
    near = np.array([z for z in found.points if abs(z) < found.limits[0][1]])
    assert len(near) >= 3
    assert np.abs(on_plane(tree, near)).max() < 1e-9 * np.exp(np.abs(near.imag).max())


@pytest.mark.parametrize("text", ["x e^x - sqrt(x+2)", "x^x - 2", "ln x - sin x", "tan x - x"])
def test_where_solutions_may_be_missing_it_is_said(text: str) -> None:
    assert not zeros(f(text)).is_known


HOSTILE = [
    "|1-" * 45 + "x" + "|" * 45,  # twice as many equations with each bar
    "sqrt(3+" * 45 + "x" + ")" * 45,  # a fraction twice as long with each root
    "sqrt(e+" * 45 + "x" + ")" * 45,  # beyond the range of floats
    "ln(" * 20 + "x + 2" + ")" * 20,
    "log_2(" * 20 + "x + 2" + ")" * 20,
    "cbrt(7+" * 40 + "x" + ")" * 40,
    "tan(" * 40 + "x" + ")" * 40,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:8] for text in HOSTILE])
def test_hostile_equations_come_to_an_end(text: str) -> None:
    """Each of them went on and on or raised OverflowError; that something may be left out is said."""
    assert not zeros(f(text), Fraction(-5, 3)).is_known


def test_a_hostile_formula_has_candidates_soon() -> None:
    """Many parts share the work of one; each step is a call of `inverted`."""
    found = candidates(f("|1-" * 45 + "x" + "|/3" * 45))
    assert not found.is_all
    assert 1 in found.points


def test_poles_of_gamma() -> None:
    assert poles_of_gamma(f("x")).points[:4] == (0, -1, -2, -3)
    assert set(poles_of_gamma(f("2x - 1")).points[:3]) == {0.5, 0, -0.5}
