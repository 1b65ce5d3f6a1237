"""Where the series converges and why, and how far its polynomial can be used."""

from fractions import Fraction
from math import ceil, floor, inf, log10

import numpy as np

from mmlviz.core import formula as f
from mmlviz.core.lab import Reading
from mmlviz.core.python import literal
from mmlviz.core.words import is_exact, show
from mmlviz.labs.taylor.error import known, most
from mmlviz.labs.taylor.formulas import WRITTEN, function_node, name_node, polynomial_name, polynomial_node, said
from mmlviz.maths.functions import Function, radius
from mmlviz.models.taylor import BY_TEXT, Result, State, compute

POINTS = 1024  # on the circle of the recipe


def tell(state: State, result: Result) -> Reading:
    """The polynomial, the function and the error; where the series converges and how good its polynomial is."""
    return Reading(
        formulas=_formulas(state, result),
        values=_values(result),
        sentence=" ".join(filter(None, (_convergence(state, result), _use(state, result), _beyond(state, result)))),
        readout=_readout(state, result),
        warnings=_warnings(state, result),
    )


def _values(result: Result) -> dict[str, object]:
    series = result.series
    return {
        "coefficients": None if series is None else series.coefficients.tolist(),
        "coefficient_errors": None if series is None else series.radii.tolist(),
        "radius": result.radius,
        "value": result.value,
        "polynomial": result.polynomial,
        "error": result.error,
        "interval": None if result.interval is None else list(result.interval),
    }


def _formulas(state: State, result: Result) -> tuple[f.Node, ...]:
    if result.series is None:
        return (function_node(state.f),)
    formulas = polynomial_node(result.series, state.centre), function_node(state.f)
    return formulas if result.error is None else (*formulas, *_error_nodes(state, result))


def _error_nodes(state: State, result: Result) -> tuple[f.Node, ...]:
    """f(1.2) − T₈(1.2) ≈ 0.008934; where rounding hides it |f(0.1) − T₃₀(0.1)| < 9·10⁻¹⁶, if floats are that small."""
    x = f.number(state.probe)
    difference = f.row(f.Symbol("f"), "(", x, ")", "−", name_node(int(state.order), x))
    error, bound = known(state, result), most(result)
    if error is not None:
        return (f.row(difference, "=" if is_exact(error) else "≈", f.number(error)),)
    return (f.row("|", difference, "|", "<", f.number(_rounded_up(bound))),) if bound else ()


def _rounded_up(x: float) -> Fraction:
    """To one digit, never down."""
    unit = Fraction(10) ** floor(log10(x))
    return ceil(Fraction(x) / unit) * unit


# The sentence -----------------------------------------------------------------------------------


def _convergence(state: State, result: Result) -> str:
    """Where the series converges, and what stops it."""
    if result.trouble is not None and result.radius is None:
        return f"There is no Taylor series about {said(state.centre)}: {_trouble(state, result.trouble)}"
    if result.radius == inf:
        return f"The series about {said(state.centre)} converges everywhere."
    assert result.radius is not None
    bound = f"{'' if is_exact(result.radius) else 'R ≈ '}{show(result.radius)}"
    near = result.function.near(state.centre) or ""
    stop = "stop" if near.startswith(("the poles", "the branch points")) else "stops"
    return f"The series about {said(state.centre)} converges for {_distance(state)} < {bound}: {near} {stop} it."


def _trouble(state: State, trouble: str) -> str:
    """The model's sentence with the function as it is written for people."""
    return trouble.replace(BY_TEXT[state.f].written, WRITTEN[state.f][0])


def _distance(state: State) -> str:
    """|x − 0.5|, |x + 2| or |x|."""
    text = said(state.centre)
    return "|x|" if state.centre == 0 else f"|x + {text[1:]}|" if text[0] == "−" else f"|x − {text}|"


def _use(state: State, result: Result) -> str:
    """How far the error stays below the bound."""
    if result.series is None or result.interval is None:
        return ""
    stays = f"The error stays below {said(state.epsilon)}"
    low, high = result.interval
    if low == -inf and high == inf:
        return f"{stays} everywhere."
    if low == -inf or high == inf:
        return f"{stays} up to x ≈ {show(high, 3)}." if low == -inf else f"{stays} from x ≈ {show(low, 3)} on."
    return f"{stays} from x ≈ {show(low, 3)} to {show(high, 3)}."


def _beyond(state: State, result: Result) -> str:
    """That more terms do not help where the series diverges."""
    if result.series is None or result.place == "inside":
        return ""
    if result.place == "edge":
        return f"x = {said(state.probe)} lies on the edge of convergence, where R decides nothing."
    return f"x = {said(state.probe)} lies outside: there, more terms do not help."


def _readout(state: State, result: Result) -> dict[str, str]:
    """Numbers with their names; those that do not exist say so."""
    told = {"f(x)": "not defined" if result.value is None else show(result.value)}
    if result.series is None:
        return told
    assert result.radius is not None
    c, radii = np.abs(result.series.coefficients), result.series.radii
    known = float(np.max(radii[c > 0] / c[c > 0], initial=0.0))
    polynomial = "too large" if result.polynomial is None else show(result.polynomial)
    return {
        "R": show(result.radius),
        **told,
        f"{polynomial_name(state.order)}(x)": polynomial,
        "error": _error_text(state, result),
        "coefficients": f"± {show(known, 2)} (relative)" if known else "exact",
    }


def _error_text(state: State, result: Result) -> str:
    if result.error is None:
        return "not defined"
    error = known(state, result)
    return "below rounding" if error is None else show(error)


def _warnings(state: State, result: Result) -> tuple[str, ...]:
    found = []
    name, x = polynomial_name(state.order), said(state.probe)
    if result.radius is not None and result.trouble is not None:
        found.append(_trouble(state, result.trouble))
    if result.series is not None and result.polynomial is None:
        found.append(f"{name}({x}) is beyond the range of floats.")
    if result.error is not None and result.noise is not None and known(state, result) is None:
        level = show(result.noise, 2)
        found.append(f"At x = {x} the error of {name} is lost in the rounding of floats, up to {level}.")
    if result.series is not None and result.interval is None:
        found.append(f"ε = {said(state.epsilon)} is finer than floats near f(a), so its interval cannot be told.")
    return tuple(found)


# The recipe -------------------------------------------------------------------------------------


def recipe(state: State) -> str:
    """The same numbers by Cauchy's integral formula."""
    function, result = BY_TEXT[state.f], compute(state)
    head = f"""import numpy as np


def f(x):
    return {function.python}


a, n, x = {literal(state.centre)}, {int(state.order)}, {literal(state.probe)}
value = {"f(x)" if result.value is not None else "None  # f is not defined there"}
"""
    if result.series is None:
        return f"{head}\n# {_trouble(state, result.trouble or '')}\ncoefficients = polynomial = error = None\n"
    points = ", ".join(f"{z.imag:g}j" if z.imag else f"{z.real:g}" for z in function.singularities)
    return f"""{head}
# Cauchy: c_k is the mean of f(z) / (z - a)^k over a circle about a. A Fourier transform takes them all.
r, N = {circle(function, state)}, {POINTS}
z = a + r * np.exp(2j * np.pi * np.arange(N) / N)
coefficients = np.fft.fft(f(z))[: n + 1].real / N / r ** np.arange(n + 1)
radius = {f"np.min(np.abs(a - np.array([{points}])))" if points else "np.inf"}
polynomial = np.polyval(coefficients[::-1], x - a)
error = {"value - polynomial" if result.value is not None else "None"}
"""


def circle(function: Function, state: State) -> float:
    """The radius, to two digits, of the circle on which rounding harms Tₙ least.

    The k-th coefficient is off by ε max|f| / rᵏ, which (x − a)ᵏ then magnifies.
    """
    limit = radius(function, state.centre)
    radii = np.array([0.3, 0.5, 0.7, 0.8, 0.9]) * limit if limit < inf else 2.0 ** np.arange(-6, 6)
    harms = [largest(function, state, r) * magnified(state, r) for r in radii.tolist()]
    return float(f"{radii[int(np.argmin(np.nan_to_num(harms, nan=inf)))]:.2g}")


def largest(function: Function, state: State, r: float) -> float:
    """The largest |f| on a circle about the centre."""
    size = np.abs(function.values(float(state.centre) + r * np.exp(2j * np.pi * np.arange(64) / 64)))
    return float(size.max())


def magnified(state: State, r: float) -> float:
    """What becomes of an error of 1 on the circle in Tₙ at the probe, or on the circle itself if that is farther."""
    share = max(abs(state.probe - state.centre) / r, 1.0)
    with np.errstate(over="ignore"):
        return float((share ** np.arange(int(state.order) + 1.0)).sum())
