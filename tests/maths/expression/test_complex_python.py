"""The numpy source for complex z: run, it gives f continued from the centre."""

import numpy as np
import pytest

from mmlviz.maths.expression import read
from mmlviz.maths.expression.complex_functions import erf, gamma
from mmlviz.maths.expression.complex_python import complex_source
from mmlviz.maths.expression.plane import continued
from mmlviz.maths.expression.tree import Expression


def f(text: str) -> Expression:
    tree = read(text, ("x",))
    assert isinstance(tree, Expression)
    return tree


@pytest.mark.parametrize("centre", [-2.0, -0.6, 0.4, 1.7])
@pytest.mark.parametrize(
    "text",
    [
        "|x|", "sgn x", "cbrt x", "x^(1/3)", "x^(2/3)", "x^(-3/5)", "|x|^x", "sqrt|x|", "|x-1| + |x+1|", "x^0.5",
        "sgn(x-1) sqrt(x+3)", "cbrt(x^3 - 2)", "ln|x|", "sin(x)/x", "2^x", "1/(1+x^2)", "erf x + gamma(x)", "arctan x",
        "x cbrt(2)", "cbrt(-2) x", "|-3| x", "30° x", "log_2(x+5)", "(-x)^(1/3)", "gamma(erf(|x|))", "pi^|x|", "csc x",
    ],
)  # fmt: skip
def test_the_source_is_f_near_the_centre(text: str, centre: float) -> None:
    source, names = complex_source(f(text), centre)
    assert names == {name for name in ("erf", "gamma") if name in text}
    assert "math." not in source
    z = centre + 0.15 * np.exp(2j * np.pi * np.arange(20) / 20)
    wanted = continued(
        f(text), np.stack([np.full(20, centre + 0j), *(centre + (z - centre) * t / 8 for t in range(1, 9))])
    )
    with np.errstate(all="ignore"):
        found = eval(source, {"np": np, "erf": erf, "gamma": gamma}, {"z": z}) + 0 * z
    if not np.isnan(wanted[0]).any():
        assert np.allclose(found, wanted[-1], rtol=1e-12, atol=1e-14)


def test_as_a_person_would_write_it() -> None:
    assert complex_source(f("1/(1+x^2)"), 2)[0] == "1 / (1 + z ** 2)"
    assert complex_source(f("|x| + cbrt(x)"), -2)[0] == "-z - (-z) ** (1.0 / 3)"
    assert complex_source(f("|x| + cbrt(x)"), 2)[0] == "z + z ** (1.0 / 3)"
