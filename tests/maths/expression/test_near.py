"""A formula in its form near a centre: analytic there, with the real values of the formula, and as source."""

import numpy as np
import pytest

from mmlviz.maths.expression import Expression, evaluate, parsed
from mmlviz.maths.expression.near import definitions, near, principal
from mmlviz.maths.expression.plane import continued
from mmlviz.maths.expression.python import source
from mmlviz.maths.expression.tree import Call, nodes, renamed

TEXTS = (
    "|x|", "|x| + cbrt(x)", "x^(2/3)", "x^(-1/5)", "sgn(x) sin x", "sqrt(|x|)", "|x - |2x||", "cbrt(x^3 + 1)", "e^|x|",
    "ln|x|", "artanh(x/9)", "erf(x)", "gamma(x + 6)", "1/(1+x^2)", "|sin x|", "arcsin(x/9) + arctan x",
)  # fmt: skip
CENTRES = (-2.0, 2.0)
CIRCLE = 0.3 * np.exp(2j * np.pi * np.arange(16) / 16)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("centre", CENTRES)
def test_it_has_the_values_that_are_continued_from_the_centre(text: str, centre: float) -> None:
    """Against the walk along straight lines, which knows nothing of forms."""
    node = near(parsed(text), centre)
    steps = np.linspace(0, 1, 40)[:, None]
    walked = continued(parsed(text), centre + steps * CIRCLE)[-1]
    assert principal(node, centre + CIRCLE) == pytest.approx(walked, rel=1e-11)
    assert not [each for each in nodes(node) if isinstance(each, Call) and each.function in ("abs", "sgn", "cbrt")]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("centre", CENTRES)
def test_its_source_has_the_same_values(text: str, centre: float) -> None:
    node = near(parsed(text), centre)
    written = source(renamed(node, "x", "z")).replace("np.vectorize(math.erf)", "erf").replace(
        "np.vectorize(math.gamma)", "gamma"
    )  # fmt: skip
    code = "\n\n".join([*definitions(node), f"def g(z):\n    return {written}"])
    found: dict[str, object] = {"np": np}
    exec(code, found)
    assert found["g"](centre + CIRCLE) == pytest.approx(principal(node, centre + CIRCLE), rel=1e-10)  # type: ignore[operator]


@pytest.mark.parametrize("text", TEXTS)
def test_near_the_centre_it_is_the_formula(text: str) -> None:
    x = np.linspace(1.8, 2.2, 9)
    node: Expression = near(parsed(text), 2.0)
    assert principal(node, x.astype(complex)).real == pytest.approx(evaluate(parsed(text), x=x), rel=1e-12)
