"""What kind of point the centre is, and how well plane and paraboloid do in the window."""

from mmlviz.core.lab import Formulas, Later, Reading
from mmlviz.core.words import equals_pair, is_exact, pair, show
from mmlviz.labs.taylor2.formulas import derivatives_node, function_node, polynomial_node
from mmlviz.labs.taylor2.names import polynomial_name
from mmlviz.labs.taylor2.samples import probe_is_seen
from mmlviz.maths.expression.text import write
from mmlviz.maths.stationary import KINDS
from mmlviz.maths.two_variables import pairs
from mmlviz.models.taylor2 import Result, State

NO_SERIES = "no series"
WORDS = (*KINDS, NO_SERIES)
SAME = 1e-13  # of the range of f: what no float can tell from it


def tell(state: State, result: Result) -> Reading:
    """The polynomial with its derivatives; the kind of point and the largest errors in the window."""
    return Reading(
        formulas=_formulas(state, result),
        values=Later(lambda: _values(state, result)),
        sentence=" ".join(filter(None, (_point(state, result), _name(state, result), _window(state, result)))),
        readout=_readout(state, result),
        warnings=_warnings(state, result),
    )


def _formulas(state: State, result: Result) -> Formulas:
    series = result.series
    if series is None:
        return Formulas(lambda: function_node(state.f))
    return Formulas(
        lambda: polynomial_node(series, int(state.order)),
        lambda: derivatives_node(series),
        lambda: function_node(state.f),
    )


def _values(state: State, result: Result) -> dict[str, object]:
    series, errors = result.series, result.errors
    shares = None if errors is None else [errors.share(e) for e in (errors.linear, errors.quadratic, errors.polynomial)]
    ours = [] if series is None else pairs(int(state.order))
    return {
        "coefficients": None if series is None else {f"{i},{j}": float(series.coefficients[i, j]) for i, j in ours},
        "exact_coefficients": None if series is None else {f"{i},{j}": _exact(result, i, j) for i, j in ours},
        "gradient": None if series is None else series.gradient.tolist(),
        "hessian": None if series is None else series.hessian.tolist(),
        "eigenvalues": None if result.eigenvalues is None else result.eigenvalues.tolist(),
        "kind": result.kind or NO_SERIES,
        "value": result.value,
        "polynomial": result.polynomial,
        "error": result.error,
        "largest_errors": None if shares is None or None in shares else shares,
    }


def _exact(result: Result, i: int, j: int) -> str | None:
    assert result.series is not None
    fraction, written = result.series.fraction((i, j)), result.series.written((i, j))
    return str(fraction) if fraction is not None else None if written is None else write(written)


# The sentence -----------------------------------------------------------------------------------


def _point(state: State, result: Result) -> str:
    """The kind of point, by gradient and Hessian."""
    at = pair(state.centre)
    if result.series is None:
        return f"There is no Taylor polynomial about {at}: {result.trouble}"
    if result.kind == "not stationary":
        return f"{at} is not stationary: the gradient {equals_pair(result.series.gradient.tolist())} points uphill."
    signs = {
        "minimum": "both eigenvalues of H are positive: a minimum",
        "maximum": "both eigenvalues of H are negative: a maximum",
        "saddle": "the eigenvalues of H have opposite signs: a saddle",
        "undecided": "H is singular: the Hessian does not decide what kind of point this is",
    }
    return f"At {at} the gradient is 0 and {signs[result.kind or 'undecided']}."


def _name(state: State, result: Result) -> str:
    """What the low orders are: so that L and Q are known by their other names."""
    if result.series is None or state.order > 2:
        return ""
    meant = ("the constant f(a, b)", "L, the tangent plane", "Q")[int(state.order)]
    return f"{polynomial_name(state.order)} is {meant}."


def _window(state: State, result: Result) -> str:
    """How far L and Q are off in the window, and Tₙ where it goes beyond them."""
    errors = result.errors
    if result.series is None or errors is None or errors.span == 0:
        return ""
    listed = [("L", errors.linear), ("Q", errors.quadratic)]
    if state.order > 2:
        listed.append((polynomial_name(state.order), errors.polynomial))
    told: list[str] = []
    for name, error in listed:
        is_first = not any("off by" in each for each in told)
        told.append(f"{name} {_off(errors.share(error), is_first)}")
    about = "" if is_exact(float(f"{errors.span:.12g}"), 3) else "about "  # floats hold 0.64 only nearly
    return f"In the window f covers a range of {about}{show(errors.span, 3)}: {', '.join(told)}."


def _off(share: float | None, is_first: bool) -> str:
    """By how much of the range of f; the first one says it in full."""
    if share is None:
        return "is too large for floats"
    if share < SAME:
        return "is f itself to rounding"
    percent = f"by up to {show(100 * share, 2)} %"
    return f"is off {percent} of that" if is_first else percent


def _readout(state: State, result: Result) -> dict[str, str]:
    """Numbers with their names; those that do not exist say so."""
    told = {"f(probe)": "not defined" if result.value is None else show(result.value)}
    if result.series is None or result.eigenvalues is None:
        return told
    polynomial = "too large" if result.polynomial is None else show(result.polynomial)
    return {
        "λ₁": show(float(result.eigenvalues[0])),
        "λ₂": show(float(result.eigenvalues[1])),
        **told,
        f"{polynomial_name(state.order)}(probe)": polynomial,
        "error": "not defined" if result.error is None else show(result.error),
    }


def _warnings(state: State, result: Result) -> tuple[str, ...]:
    found = []
    if result.errors is None:
        found.append("f is not defined anywhere in the window.")
    elif result.has_holes:
        found.append("f is not defined in a part of the window; there its pictures have holes.")
    if result.errors is not None and result.errors.span == 0:
        found.append("f is constant in the window: it has no contours there.")
    if result.series is not None and result.series.is_filled:
        found.append("f is not defined at the centre itself, but has a limit there.")
    if result.series is not None and result.polynomial is None:
        found.append(f"{polynomial_name(state.order)} at the probe is beyond the range of floats.")
    if not probe_is_seen(state, result):
        found.append(f"The probe {pair(state.probe)} lies outside the window, out of sight.")
    return tuple(found)
