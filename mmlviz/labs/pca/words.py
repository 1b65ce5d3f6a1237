"""What the axis or the components keep, and how the data were prepared."""

from mmlviz.core import formula as f
from mmlviz.core.lab import Reading
from mmlviz.core.words import is_exact, pair, show
from mmlviz.maths.components import needed
from mmlviz.models.pca import Analysis, CloudResult, DigitsResult, Result, State

NEAR = 2.0  # degrees within which the axis counts as PC1
MOST_DRAWN = 200  # points whose projections and residuals are drawn
GOALS = (0.9, 0.95, 0.99)
ROUNDING = 1e-12  # of a share


def tell(state: State, result: Result) -> Reading:
    """What is kept and what is lost, of the cloud or of the digits."""
    if isinstance(result, CloudResult):
        return _tell_cloud(state, result)
    return _tell_digits(state, result)


# Words that the pictures use too -------------------------------------------------------------------


def percent(share: float) -> str:
    """73.8 %, and neither 0 % nor 100 % where that is not so.

    >>> percent(0.738), percent(1.0), percent(0.99999), percent(1e-9)
    ('73.8 %', '100 %', 'more than 99.9 %', 'less than 0.1 %')
    """
    if ROUNDING < share < 0.0005:
        return "less than 0.1 %"
    if 0.9995 <= share < 1 - ROUNDING:
        return "more than 99.9 %"
    return f"{show(round(100 * share, 1))} %"


def preparation(state: State) -> str:
    """What was done with the data before S, and what S divides by."""
    standardised = "standardised" if state.standardise else "not standardised"
    return f"centred; {standardised}; ÷ {'(N − 1)' if state.divisor == 'N-1' else 'N'}"


def coordinates(state: State) -> tuple[str, str]:
    """The names of the two coordinates of a cloud: z where it is standardised."""
    return ("z₁", "z₂") if state.standardise else ("x₁", "x₂")


def is_circular(state: State) -> bool:
    """Whether the population has no direction: its spreads are equal, or standardising makes them so."""
    upright = float(state.tilt) % 90 == 0
    return float(state.spread[0]) == float(state.spread[1]) or (state.standardise and upright and all(state.spread))


# The cloud -----------------------------------------------------------------------------------------


def _tell_cloud(state: State, result: CloudResult) -> Reading:
    analysis = result.analysis
    return Reading(
        formulas=(_sum_node(result), _covariance_node(state, analysis), _direction_node(result)),
        values=_values(analysis, result.kept, result.residual, len(analysis.variances)),
        sentence=_cloud_sentence(state, result),
        readout=_readout(state, analysis, result.kept, result.residual),
        warnings=_cloud_warnings(state, analysis),
    )


def _values(analysis: Analysis, kept: float, error: float, directions: int) -> dict[str, object]:
    return {
        "n_samples": analysis.X.shape[0],
        "n_features": analysis.X.shape[1],
        "variances": analysis.variances.tolist(),
        "total_variance": analysis.total,
        "shares": None if analysis.shares is None else analysis.shares.tolist(),
        "variance_kept": kept,
        "mean_squared_error": error,
        "components": analysis.directions[:directions].tolist(),
        "constant": list(analysis.prepared.constant),
    }


def _readout(state: State, analysis: Analysis, kept: float, error: float) -> dict[str, str]:
    return {
        "data": preparation(state),
        "N": show(len(analysis.X), 5),
        "variance kept": show(kept),
        "mean squared residual" if state.data == "cloud" else "mean squared error": show(error),
        "total variance": show(analysis.total),
    }


def _sum_node(result: CloudResult) -> f.Node:
    u = f.Symbol("u", is_bold=True)
    numbers = (result.kept, result.residual, result.analysis.total)
    kept, residual, total = map(f.number, numbers)
    return f.row(
        f.Coloured("output", f.row(f.Power(u, f.Text("T")), f.Symbol("S"), u)), "+",
        f.Coloured("negative", f.Text("residual")), "=" if all(map(is_exact, numbers)) else "≈",
        f.Coloured("output", kept), "+", f.Coloured("negative", residual), "=", f.Coloured("truth", total),
    )  # fmt: skip


def _covariance_node(state: State, analysis: Analysis) -> f.Node:
    """S of the centred points X_c, or of the standardised ones Z: not of those on the axes x₁, x₂."""
    n: f.Node = f.row(f.Symbol("N"), "−", "1") if state.divisor == "N-1" else f.Symbol("N")
    X = f.Symbol("Z") if state.standardise else f.Sub(f.Symbol("X"), f.Symbol("c"))
    rows = tuple(tuple(f.number(x, 3) for x in row) for row in analysis.S.tolist())
    is_equal = all(is_exact(x, 3) for row in analysis.S.tolist() for x in row)
    product = f.row(f.Over(f.Text("1"), n), f.Power(X, f.Text("T")), X)
    return f.row(f.Symbol("S"), "=", product, "=" if is_equal else "≈", f.Matrix(rows))


def _direction_node(result: CloudResult) -> f.Node:
    """u in one line, which leaves room for S; θ is named beside its slider."""
    u = [round(x, 15) + 0.0 for x in result.direction.tolist()]
    sign = "=" if all(is_exact(x, 3) for x in u) else "≈"
    return f.row(
        f.Symbol("u", is_bold=True), "=", f.Text("(cos θ, sin θ)"), sign, f.Coloured("first", f.Text(pair(u, 3)))
    )


def _cloud_sentence(state: State, result: CloudResult) -> str:
    analysis = result.analysis
    if analysis.shares is None:
        return _no_variance(analysis)
    if analysis.has_equal_variances:
        return "Every axis keeps half of the variance: no direction is special, and any two at right angles will do."
    share, most = min(result.kept / analysis.total, 1.0), float(analysis.shares[0])
    return f"{_place(result, share, most)}{_remark(state, analysis)}"


def _no_variance(analysis: Analysis) -> str:
    if analysis.is_point:
        return "All points are equal: there is no variance to share, and every direction is as good as any."
    return "The variances are too small for a float and read 0, so that their shares are undefined."


def _place(result: CloudResult, share: float, most: float) -> str:
    """How the axis stands to the best and the worst one."""
    off = result.off if result.off is not None else 45.0
    if off <= NEAR:
        return (
            f"This is PC1: it keeps {percent(share)} of the variance, and the most any axis keeps is {percent(most)}."
        )
    if off >= 90 - NEAR:
        return f"This is PC2: it keeps {percent(share)} of the variance, and the least any axis keeps is " + (
            f"{percent(1 - most)}."
        )
    return f"This axis keeps {percent(share)} of the variance; the most any axis keeps is {percent(most)}."


def _remark(state: State, analysis: Analysis) -> str:
    """What is special about the cloud."""
    if analysis.is_empty(1):
        return " All points lie on one line, so that one component is enough."
    if is_circular(state):
        return " The cloud is drawn from a circle: no direction is special, and which one wins is chance."
    if state.standardise:
        return " Standardised, both coordinates have variance 1, and PC1 can only lie at 45° or −45°."
    return ""


def _cloud_warnings(state: State, analysis: Analysis) -> tuple[str, ...]:
    names = [("x₁", "x₂")[j] for j in analysis.prepared.constant]
    treated = ": it has no standard deviation to divide by, and stays 0" if state.standardise else ""
    found = [f"{name} is constant{treated}." for name in names]
    if len(analysis.X) > MOST_DRAWN:
        count = show(len(analysis.X), 5)
        found.append(
            f"Projections and residuals are drawn for the first {MOST_DRAWN} points; the numbers are of all {count}."
        )
    return tuple(found)


# The digits ----------------------------------------------------------------------------------------


def _tell_digits(state: State, result: DigitsResult) -> Reading:
    analysis = result.analysis
    error = float(analysis.errors[result.k])
    kept = analysis.total - error
    return Reading(
        formulas=(_share_node(result), _error_node(result), _image_node(result)),
        values=_values(analysis, kept, error, result.k),
        sentence=_digits_sentence(result),
        readout=_readout(state, analysis, kept, error),
        warnings=_digits_warnings(state, result),
    )


def _share(result: DigitsResult) -> float:
    sums = result.analysis.cumulative
    return float(sums[result.k - 1]) if sums is not None and result.k else 0.0


def _lambdas(first: int, last: int) -> f.Node:
    """λ_first + ⋯ + λ_last, shorter where there are few; 0 where there is none."""
    terms = [f.Sub(f.Symbol("λ"), f.Text(str(j))) for j in sorted({first, last})]
    if last < first:
        return f.Text("0")
    if last == first:
        return terms[0]
    return f.row(terms[0], "+", *(("⋯", "+") if last > first + 1 else ()), terms[1])


def _share_node(result: DigitsResult) -> f.Node:
    d = len(result.analysis.variances)
    share = _share(result)
    above = f.Coloured("first", _lambdas(1, result.k))
    return f.row(f.Over(above, _lambdas(1, d)), "=" if is_exact(share) else "≈", f.Coloured("output", f.number(share)))


def _error_node(result: DigitsResult) -> f.Node:
    error = float(result.analysis.errors[result.k])
    name = f.Text("mean squared error")
    lambdas = _lambdas(result.k + 1, len(result.analysis.variances))
    if error == 0:
        return f.row(name, "=", f.Coloured("negative", f.Text("0")))
    return f.row(name, "=", lambdas, "=" if is_exact(error) else "≈", f.Coloured("negative", f.number(error)))


def _image_node(result: DigitsResult) -> f.Node:
    """The rebuilt image: the mean and so much of each component, times the deviations σ where those were divided by."""
    name, mean = f.Text("rebuilt"), f.Text("mean")
    if result.k == 0:
        return f.row(name, "=", mean)
    terms = _terms(result)
    if result.analysis.prepared.is_standardised:
        first = terms[1:] if terms[0] == "+" else terms
        terms = ["+", f.Symbol("σ", is_bold=True), f.Text("∘"), "(", *first, ")"]
    return f.row(name, "≈", mean, *terms)


def _terms(result: DigitsResult) -> list[f.Node | str]:
    """+ 1.3u₁ − 1.15u₂: the first three that are kept."""
    terms: list[f.Node | str] = []
    for j, score in enumerate(result.scores[: min(result.k, 3)].tolist()):
        component = f.Sub(f.Symbol("u", is_bold=True), f.Text(str(j + 1)))
        terms += ["−" if score < 0 else "+", f.Coloured("output", f.number(abs(score), 3)), component]
    return [*terms, "+", "⋯"] if result.k > 3 else terms


def _digits_sentence(result: DigitsResult) -> str:
    share, variances = _share(result), result.analysis.variances
    if result.k == 0:
        return "Without any component every image is rebuilt as the mean image, and all of the variance is lost."
    who = "1 of 64 components keeps" if result.k == 1 else f"{result.k} of 64 components keep"
    if share >= 1 - ROUNDING:
        return f"{who} all of the variance: the rebuilt image is the original."
    goal = next((g for g in GOALS if share < g), None)
    if goal is None:
        return f"{who} {percent(share)} of the variance."
    return f"{who} {percent(share)} of the variance; {needed(variances, goal)} are needed for {percent(goal)}."


def _digits_warnings(state: State, result: DigitsResult) -> tuple[str, ...]:
    found = []
    constant, (across, up) = result.analysis.prepared.constant, state.components
    if state.standardise and constant:
        where = ", ".join(f"({j // 8 + 1}, {j % 8 + 1})" for j in constant)
        found.append(
            f"{len(constant)} pixels are constant, (row, column) {where}: nothing to divide by, so they stay 0."
        )
    if across == up:
        found.append(f"Component {show(across)} is on both axes, so that all points lie on the diagonal.")
    empty = sorted({int(j) for j in (across, up) if result.analysis.is_empty(int(j) - 1)})
    found += [f"Component {j} has no variance: every score on it is 0 but for rounding." for j in empty]
    return tuple(found)
