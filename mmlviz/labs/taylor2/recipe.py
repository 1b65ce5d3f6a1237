"""The same numbers in numpy: Cauchy's integral formula in both variables at once."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from mmlviz.core.python import literal
from mmlviz.maths.expression import Expression, variables
from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.numeric import apply
from mmlviz.maths.expression.python import source
from mmlviz.maths.expression.tree import Call, Power, Variable, nodes, parts
from mmlviz.models.taylor2 import NAMES, Result, State, compute

POINTS = 64  # on each circle
CLEAN = 1e-13  # of the largest coefficient: what those that must vanish may be
REAL_ONLY = {"abs", "sgn", "cbrt", "erf", "gamma"}  # of functions that numpy has for real numbers alone
RADII = tuple(float(f"{2.0**k:.3g}") for k in range(3, -11, -1))

Complex = NDArray[np.complex128]


def recipe(state: State) -> str:
    """Value, derivatives, polynomial and error; where Cauchy's circles meet a singularity, only the value."""
    result = compute(state)
    r = radius(state, result)
    return _head(state, result) + (_none(result, r) if r is None else _cauchy(state, result, r))


def _head(state: State, result: Result) -> str:
    written = source(result.tree)
    missing = [name for name in NAMES if name not in variables(result.tree)]
    written += "".join(f" + 0 * {name}" for name in missing)
    a, b, x, y = map(literal, (*state.centre, *state.probe))
    return f"""import numpy as np
{"import math" + chr(10) if "math." in written else ""}

def f(x, y):
    return {written}


(a, b), n = ({a}, {b}), {int(state.order)}
x, y = {x}, {y}
value = {"f(x, y)" if result.value is not None else "None  # f is not defined there"}
"""


def _none(result: Result, r: float | None) -> str:
    if result.series is None:
        return f"\n# {result.trouble}\ngradient = hessian = eigenvalues = polynomial = error = None\n"
    return "\n# Cauchy's formula needs f in complex numbers, on circles free of singularities.\n"


def _cauchy(state: State, result: Result, r: float) -> str:
    return f"""
# Cauchy in both variables: c_ij is the mean of f(z, w) / ((z - a)^i (w - b)^j) over two circles.
r, N = {r}, {POINTS}
turn = r * np.exp(2j * np.pi * np.arange(N) / N)
means = np.fft.fft2(f(a + turn[:, None], b + turn[None, :])).real / N**2
c = means[:7, :7] / r ** np.add.outer(np.arange(7), np.arange(7))
gradient = np.array([c[1, 0], c[0, 1]])
hessian = np.array([[2 * c[2, 0], c[1, 1]], [c[1, 1], 2 * c[0, 2]]])
eigenvalues = np.linalg.eigvalsh(hessian)[::-1]
coefficients = {{f"{{i}},{{j}}": c[i, j] for i in range(n + 1) for j in range(n + 1 - i)}}
polynomial = sum(c[i, j] * (x - a) ** i * (y - b) ** j for i in range(n + 1) for j in range(n + 1 - i))
error = {"value - polynomial" if result.error is not None else "None"}
"""


# The circles ------------------------------------------------------------------------------------


def radius(state: State, result: Result) -> float | None:
    """Of the RADII on which f is a power series and nothing else, the one on which rounding harms least, if any.

    A power series has no negative powers, and its high ones are as small as rounding. The coefficients of the order
    n are off by ε max|f| / rⁿ.
    """
    if result.series is None or not _is_complex(result.tree):
        return None
    n = max(int(state.order), 2)
    harms = [(largest(found) * (1 + r**-n), r) for r in RADII if _is_clean(found := means(state, result, r))]
    return min(harms)[1] if harms else None


def largest(found: Complex) -> float:
    """The largest |f| on the circles that these are the means of."""
    return float(np.abs(np.fft.ifft2(found)).max()) * POINTS**2


def means(state: State, result: Result, r: float) -> Complex:
    """The means of f over the circles, one to each pair of powers."""
    turn = r * np.exp(2j * np.pi * np.arange(POINTS) / POINTS)
    z, w = (float(x) + turn for x in state.centre)
    with np.errstate(all="ignore"):
        values = _complex(result.tree, {"x": z[:, None], "y": w[None, :]})
        return np.asarray(np.fft.fft2(np.broadcast_to(values, (POINTS, POINTS))) / POINTS**2)


def _is_clean(found: Complex) -> bool:
    size = np.abs(found)
    most, low = float(size.max()), slice(0, POINTS // 4)
    size[low, low] = 0
    return bool(np.isfinite(most) and size.max() <= CLEAN * most)


def _is_complex(node: Expression) -> bool:
    """Whether numpy takes complex numbers for all of it."""
    for each in nodes(node):
        if isinstance(each, Call) and each.function in REAL_ONLY:
            return False
        if isinstance(each, Power):
            n = exact_value(each.exponent)
            if n is not None and n.denominator > 1 and n.denominator % 2:
                return False
    return True


def _complex(node: Expression, given: Mapping[str, Complex]) -> Complex:
    if isinstance(node, Variable):
        return given[node.name]
    found: Complex = apply(node, [_complex(part, given) for part in parts(node)])
    return found
