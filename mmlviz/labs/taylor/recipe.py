"""The code of a state: the coefficients by Cauchy's integral formula, from f on a circle in the complex plane."""

from functools import lru_cache
from math import inf

import numpy as np
from numpy.typing import NDArray

from mmlviz.core.python import literal
from mmlviz.maths.expression import Expression, parsed
from mmlviz.maths.expression.near import definitions, near, principal
from mmlviz.maths.expression.python import source
from mmlviz.maths.expression.tree import renamed
from mmlviz.maths.number import Number
from mmlviz.models.taylor import Result, State, compute

POINTS = 1024  # on the circle
FAITHFUL = 1e-9  # of the largest coefficient: what stands at negative powers where f is analytic inside the circle


def recipe(state: State) -> str:
    """The same numbers in numpy."""
    f, result = parsed(state.f), compute(state)
    real = source(f)
    math = "import math\n" if "math." in real else ""
    value = "float(f(x))" if result.probe.value is not None else "None  # f is not defined there"
    head = f"""import numpy as np
{math}

def f(x):
    return {real}

"""
    data = f"""
a, n, x = {literal(state.centre)}, {int(state.order)}, {literal(state.probe)}
value = {value}
"""
    if result.series is None:
        return f"{head}{data}\n# {result.trouble}\ncoefficients = polynomial = error = None\n"
    return head + _near(f, result.centre) + data + _cauchy(state, result)


def _near(f: Expression, centre: float) -> str:
    """f about a for complex numbers, and what numpy has for real ones only."""
    g = near(f, centre)
    if g == f and not definitions(g):
        return ""
    before = "".join(f"\n{definition}\n\n" for definition in definitions(g))
    return f"{before}\ndef near(z):  # f about a, for complex numbers\n    return {_in_z(g)}\n\n"


def _cauchy(state: State, result: Result) -> str:
    f = parsed(state.f)
    g = near(f, result.centre)
    name = "f" if g == f and not definitions(g) else "near"
    hidden = [k for k in state.hidden if k <= state.order]
    kept = f"np.where(np.isin(np.arange(n + 1), {hidden}), 0.0, coefficients)" if hidden else "coefficients"
    so_far = f" * np.clip({literal(state.built)} * (n + 1) - np.arange(n + 1), 0, 1)" if state.built < 1 else ""
    return f"""
# Cauchy: c_k is the mean of f(z) / (z - a)^k over a circle about a. A Fourier transform takes them all.
r = {circle(state.f, state.centre, int(state.order), state.probe)}
z = a + r * np.exp(2j * np.pi * np.arange({POINTS}) / {POINTS})
coefficients = np.fft.fft({name}(z) + 0 * z)[: n + 1].real / {POINTS} / r ** np.arange(n + 1)
polynomial = np.polyval({f"({kept}{so_far})" if so_far else kept}[::-1], x - a)
error = {"value - polynomial" if result.probe.value is not None else "None"}
"""


def _in_z(g: Expression) -> str:
    """The source with z for x, and functions of ours for those that numpy has for real numbers only."""
    text = source(renamed(g, "x", "z"))
    return text.replace("np.vectorize(math.erf)", "erf").replace("np.vectorize(math.gamma)", "gamma")


@lru_cache(maxsize=32)
def circle(text: str, centre: Number, order: int, probe: Number) -> float:
    """The radius, to two digits, of the circle on which rounding harms Tₙ least, and inside which f is analytic.

    The k-th coefficient is off by ε max|f| / rᵏ, which (x − a)ᵏ then magnifies.
    """
    found = compute(State(text, centre, Number(str(order)), probe=probe)).radius
    limit = inf if found is None else found.value
    radii = np.array([0.3, 0.5, 0.7, 0.8, 0.9]) * limit if limit < inf else 2.0 ** np.arange(-6, 6)
    radii = np.array([float(f"{r:.2g}") for r in radii])
    h = abs(float(probe.exact - centre.exact))
    harms = [largest(text, float(centre), r) * magnified(h, order, r) for r in radii.tolist()]
    return float(radii[int(np.argmin(np.nan_to_num(harms, nan=inf)))])


def largest(text: str, centre: float, r: float) -> float:
    """The largest |f| on a circle about the centre; infinite where f, on principal branches, is not analytic in it."""
    values = on_circle(text, centre, r)
    if not np.isfinite(values).all():
        return inf
    modes = np.abs(np.fft.fft(values))
    half = len(modes) // 2
    return float(np.abs(values).max()) if modes[half:].max() <= FAITHFUL * modes.max() else inf


def on_circle(text: str, centre: float, r: float) -> NDArray[np.complex128]:
    """f, on principal branches, at 256 points of a circle about the centre."""
    return principal(near(parsed(text), centre), centre + r * np.exp(2j * np.pi * np.arange(256) / 256))


def magnified(h: float, order: int, r: float) -> float:
    """What becomes of an error of 1 on the circle in Tₙ at a distance h, or on the circle itself if that is farther."""
    with np.errstate(over="ignore"):
        return float((max(h / r, 1.0) ** np.arange(order + 1.0)).sum())
