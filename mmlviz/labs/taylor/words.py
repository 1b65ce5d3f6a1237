"""Where the series converges and why, and how far its polynomial can be used."""

from collections.abc import Callable
from math import inf

from mmlviz.core import formula as f
from mmlviz.core.lab import Formulas, Later, Reading
from mmlviz.core.words import counted, is_exact, raised, show
from mmlviz.labs.taylor import build, steps
from mmlviz.labs.taylor.complex_plane import only_looks_singular
from mmlviz.labs.taylor.formulas import (
    function_node,
    name_node,
    polynomial_name,
    polynomial_node,
    rounded_up,
    said,
)
from mmlviz.maths.expression.text import write
from mmlviz.maths.singularities import listed
from mmlviz.maths.singularities.written import listed_numbers
from mmlviz.models.taylor import Result, State

MOST_LISTED = 4  # places that are named
DIGITS = 16  # of what is shown to tell floats and truth apart


def tell(state: State, result: Result) -> Reading:
    """The polynomial, the function and the error; where the series converges and how good its polynomial is."""
    return Reading(
        formulas=_formulas(state, result),
        values=Later(lambda: _values(result)),
        sentence=" ".join(filter(None, _sentences(state, result))),
        readout=_readout(state, result),
        warnings=_warnings(state, result),
    )


def _values(result: Result) -> dict[str, object]:
    series, whole = result.series, result.radius
    n = None if result.series is None else len(result.series.coefficients)
    assert (series is None) == (result.whole is None)
    c = None if result.whole is None else result.whole
    return {
        "coefficients": None if c is None else c.coefficients[:n].tolist(),
        "coefficient_errors": None if c is None else c.radii[:n].tolist(),
        "exact_coefficients": None if c is None else [None if e is None else write(e) for e in c.exact[:n]],
        "radius": None if whole is None else whole.value,
        "radius_is_exact": None if whole is None else whole.is_exact,
        "value": result.probe.value,
        "polynomial": result.probe.polynomial,
        "error": result.probe.error,
        "bound": result.probe.bound,
        "xi": result.probe.xi,
        "polynomial_in_floats": result.probe.in_floats,
        "interval": None if result.interval is None else list(result.interval),
    }


def _formulas(state: State, result: Result) -> Formulas:
    series = result.series
    if series is None:
        return Formulas(lambda: function_node(state.f))
    made: list[Callable[[], f.Node]] = [
        lambda: polynomial_node(series, state.centre, state.hidden),
        lambda: function_node(state.f),
    ]
    if result.probe.error is not None and not build.is_building(state):
        made.append(lambda: _error_node(state, result))
    if state.steps:
        made.append(lambda: _line_node(state, result))
    return Formulas(*made)


def _error_node(state: State, result: Result) -> f.Node:
    """f(1.2) − T₈(1.2) ≈ 0.008934, and what Lagrange's remainder promises."""
    assert result.probe.error is not None
    x = f.number(state.probe)
    difference = f.row(f.Symbol("f"), "(", x, ")", "−", name_node(int(state.order), x))
    told = f.row(difference, "=" if is_exact(result.probe.error) else "≈", f.number(result.probe.error))
    if not result.probe.bound:
        return told
    size = f.Bars(f.row(f.Symbol("f"), "−", f.Sub(f.Symbol("T"), f.Text(str(int(state.order))))))
    return f.row(told, ",", size, "≤", f.number(rounded_up(result.probe.bound), 3))


def _line_node(state: State, result: Result) -> f.Node:
    """f(0.5 + h) ≈ 0.8 − 0.64h, the linearisation."""
    assert result.whole is not None
    value, slope = result.whole.coefficients[:2].tolist()
    h = f.Coloured("second", f.Symbol("h"))
    factor = [] if abs(slope) == 1 else [f.number(abs(slope))]
    line = f.row(f.number(value), "−" if slope < 0 else "+", *factor, h)
    return f.row(f.Symbol("f"), "(", f.number(state.centre), "+", h, ")", "≈", line)


# The sentences ----------------------------------------------------------------------------------


def _sentences(state: State, result: Result) -> tuple[str, ...]:
    if result.series is None:
        return (f"There is no Taylor series about {said(state.centre)}: {result.trouble}",)
    if build.is_building(state):
        return (build.told(state),)
    parts = (_convergence, _elsewhere, _use, _beyond, _slope)
    return tuple(part(state, result) for part in parts)


def _convergence(state: State, result: Result) -> str:
    """Where the series converges, and what stops it."""
    found, a = result.radius, said(state.centre)
    assert found is not None
    if found.value == inf:
        return f"The series about {a} converges everywhere{_only_looks(result)}."
    bound = f"{'' if is_exact(found.value) and found.is_exact else 'R ≈ '}{show(found.value)}"
    if not found.is_exact:
        told = f"The series about {a} seems to converge for {_distance(state)} < {bound}"
        return f"{told}: an estimate from its coefficients."
    stop = "stop" if len(found.nearest) > 1 else "stops"
    near = f"{listed(found.nearest)} {stop} it"
    return f"The series about {a} converges for {_distance(state)} < {bound}: {near}{_only_looks(result)}."


def _elsewhere(state: State, result: Result) -> str:
    """Where f leaves the function that the series is of, although that one goes on: at a kink or a jump."""
    nearest = min(result.breaks, default=None, key=lambda each: abs(each.x - result.centre))
    if nearest is None:
        return ""
    return f"At {show(nearest.x)} f has a {nearest.kind}: beyond it the series is that of another function."


def _only_looks(result: Result) -> str:
    """That it goes through what looks like a singularity."""
    assert result.radius is not None
    harmless = only_looks_singular(result)
    if not harmless:
        return ""
    if len(harmless) > MOST_LISTED:
        return f"; {counted(len(harmless), 'place')} nearer by only look singular"
    return f"; at {listed_numbers(harmless)} it only looks singular"


def _distance(state: State) -> str:
    """|x − 0.5|, |x + 2| or |x|."""
    text = said(state.centre)
    return "|x|" if state.centre == 0 else f"|x + {text[1:]}|" if text[0] == "−" else f"|x − {text}|"


def _use(state: State, result: Result) -> str:
    """How far the error stays below the bound."""
    if result.interval is None:
        return ""
    stays = f"The error stays below {said(state.epsilon)}"
    low, high = result.interval
    if high - low < 1e-9:
        return f"Already at a the error is {said(state.epsilon)} or more."
    if low == -inf and high == inf:
        return f"{stays} everywhere."
    if low == -inf or high == inf:
        return f"{stays} up to x ≈ {show(high, 3)}." if low == -inf else f"{stays} from x ≈ {show(low, 3)} on."
    return f"{stays} from x ≈ {show(low, 3)} to {show(high, 3)}."


def _beyond(state: State, result: Result) -> str:
    """That more terms do not help where the series diverges."""
    if result.place == "inside":
        return ""
    if result.place == "edge":
        return f"x = {said(state.probe)} lies on the edge of convergence, where R decides nothing."
    return f"x = {said(state.probe)} lies outside: there, more terms do not help."


def _slope(state: State, result: Result) -> str:
    """What the pane of errors against h shows."""
    if not state.steps or state.hidden:
        return ""
    line, power = steps.slope(result, 1), steps.slope(result, int(state.order))
    if line is None or power is None:
        return ""
    name = polynomial_name(state.order)
    return f"Near a the error of the line falls like h{_raised(line)}, that of {name} like h{_raised(power)}."


def _raised(n: int) -> str:
    return "" if n == 1 else raised(n)


def _readout(state: State, result: Result) -> dict[str, str]:
    """Numbers with their names; those that do not exist say so."""
    told = {"f(x)": "not defined" if result.probe.value is None else show(result.probe.value)}
    if result.series is None:
        return told
    assert result.radius is not None
    so_far = build.so_far(state)
    polynomial = "too large" if result.probe.polynomial is None else show(result.probe.polynomial)
    return {
        "R": f"{'' if result.radius.is_exact else '≈ '}{show(result.radius.value)}",
        **told,
        f"{polynomial_name(state.order)}(x){so_far}": polynomial,
        f"error{so_far}": "not defined" if result.probe.error is None else show(result.probe.error),
        **_lagrange(result),
    }


def _lagrange(result: Result) -> dict[str, str]:
    found = {}
    if result.probe.bound is not None:
        found["Lagrange's bound" if result.probe.is_lagrange else "bound"] = show(rounded_up(result.probe.bound), 3)
    if result.probe.xi is not None:
        found["ξ"] = f"≈ {show(result.probe.xi)}"
    return found


def _warnings(state: State, result: Result) -> tuple[str, ...]:
    if result.series is None:
        return ()
    found = [result.series.filled] if result.series.filled else []
    if state.hidden:
        found.append(f"Left out of the polynomial: the terms of order {', '.join(map(str, state.hidden))}.")
    elif _lacks_bound(state, result):
        found.append(
            f"No finite bound of f{_order(int(state.order) + 1)} from a to x was found, nor another bound of the error."
        )
    return (*found, *([] if build.is_building(state) else _rounding(state, result)))


def _lacks_bound(state: State, result: Result) -> bool:
    """Whether a bound was looked for, and none found."""
    is_sought = not build.is_building(state) and not result.probe.is_hasty
    return is_sought and result.probe.error is not None and result.probe.bound is None


def _order(n: int) -> str:
    """′, ″, ‴, ⁽⁴⁾."""
    return ("", "′", "″", "‴")[n] if n <= 3 else f"⁽{_raised(n) if n > 1 else '¹'}⁾"


def _rounding(state: State, result: Result) -> tuple[str, ...]:
    """What floats make of it: a lesson, not a glitch."""
    name, x, found = polynomial_name(state.order), said(state.probe), []
    if result.probe.in_floats is None:
        found.append(f"{name}({x}) is beyond the range of floats.")
    elif result.has_broken_down:
        assert result.probe.polynomial is not None
        told, true = show(result.probe.in_floats, DIGITS), show(result.probe.polynomial, DIGITS)
        found.append(f"Floats lose more than {name} leaves: {name}({x}) is {told} in floats, {true} truly.")
    if result.interval is None:
        found.append(f"ε = {said(state.epsilon)} is finer than floats near f(a), so its interval cannot be told.")
    return tuple(found)
