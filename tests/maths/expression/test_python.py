"""Formulas as numpy source: run, they give the same values."""

import math

import numpy as np
import pytest

from mmlviz.maths.expression import Expression, evaluate, read
from mmlviz.maths.expression.python import source
from mmlviz.maths.expression.readings import DECISIONS
from mmlviz.maths.expression.vocabulary import FUNCTIONS

TEXTS = [
    *(decision.read for decision in DECISIONS if decision.read),
    *(f"{name}(x/3)" for name in FUNCTIONS),
    "x^(1/3) + (-x)^(3/5) + x^(-2/3)",
    "2^-3", "10^-2 x", "007x", "(-x)^2", "-x^2", "(-2)^3 x", "x - (y - 1)", "x - -y", "x/(y x)", "x/y x", "(x/y)/x",
    "x/(y/x)", "(x y)^2", "2^(x/2)", "2^-x", "x^y^2", "(x^y)^2", "1e-3x", ".5x", "5.x", "30°+x°", "log_x(3)/2",
    "3/log_2 x", "sec(x)^2", "1/sec x", "-sin(x)/2", "x(-y)(-x)",
]  # fmt: skip


@pytest.mark.parametrize("text", list(dict.fromkeys(TEXTS)))
def test_source_gives_the_same_values(text: str) -> None:
    x, y = np.array([0.3, 1.2, -0.7, 2.9]), np.array([1.4, 0.6, 2.0, -1.0])
    tree = read(text, ("x", "y"))
    assert isinstance(tree, Expression)
    with np.errstate(all="ignore"):
        found = eval(source(tree), {"np": np, "math": math, "x": x, "y": y})
    ours = evaluate(tree, x=x, y=y)
    known = np.isfinite(ours)
    assert np.broadcast_to(found, x.shape)[known] == pytest.approx(ours[known], rel=1e-14)


def test_it_reads_as_a_person_would_write_it() -> None:
    tree = read("2x sin^2 x - e^(-x²)/(x+1)")
    assert isinstance(tree, Expression)
    assert source(tree) == "2 * x * np.sin(x) ** 2 - np.exp(-x ** 2) / (x + 1)"
