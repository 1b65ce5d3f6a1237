"""The same numbers in numpy."""

from mmlviz.core.python import literal
from mmlviz.maths.number import Number
from mmlviz.models.pca import State

_DIGITS = ["from mmlviz.data.digits import digits", "", "X = digits().X"]


def recipe(state: State) -> str:
    """Load the data, centre, decompose S, and measure what the axis or the components miss."""
    is_cloud = state.data == "cloud"
    lines = [
        "import numpy as np",
        "",
        *(_cloud(state) if is_cloud else _DIGITS),
        "",
        *_moments(state),
        *(_axis(state) if is_cloud else _rebuilt(state)),
    ]
    return "\n".join(lines) + "\n"


def _cloud(state: State) -> list[str]:
    given = f"{state.seed!r}, {int(state.points)}, {_tuple(state.spread)}, {literal(state.tilt)}"
    return ["from mmlviz.data.clouds import cloud", "", f"X = cloud({given}, {_tuple(state.mean)})"]


def _tuple(pair: tuple[Number, Number]) -> str:
    return f"({literal(pair[0])}, {literal(pair[1])})"


def _over(state: State) -> str:
    return "n_samples" if state.divisor == "N" else "(n_samples - 1)"


def _moments(state: State) -> list[str]:
    over = _over(state)
    scaled = [f"deviations = np.sqrt((Z**2).sum(axis=0) / {over})", "Z = Z / np.where(deviations > 0, deviations, 1)"]
    return [
        "n_samples, n_features = X.shape",
        "constant = np.flatnonzero(np.ptp(X, axis=0) == 0)",
        "Z = X - X.mean(axis=0)",
        "Z[:, constant] = 0",
        *(scaled if state.standardise else ()),
        f"variances, V = np.linalg.eigh(Z.T @ Z / {over})",
        "variances, V = np.maximum(variances[::-1], 0), V[:, ::-1]",
        "total_variance = variances.sum()",
        "shares = variances / total_variance if total_variance > 0 else None",
        "largest = np.argmax(abs(V) >= (1 - 1e-9) * abs(V).max(axis=0), axis=0)",
        "components = (V * np.sign(V[largest, range(n_features)])).T",
    ]


def _axis(state: State) -> list[str]:
    over = _over(state)
    return [
        f"u = np.array([np.cos(np.radians({literal(state.angle)})), np.sin(np.radians({literal(state.angle)}))])",
        f"variance_kept = ((Z @ u) ** 2).sum() / {over}",
        f"mean_squared_error = ((Z - np.outer(Z @ u, u)) ** 2).sum() / {over}",
    ]


def _rebuilt(state: State) -> list[str]:
    over = _over(state)
    return [
        f"components = components[:{int(state.k)}]",
        "rebuilt = Z @ components.T @ components",
        f"variance_kept = (rebuilt**2).sum() / {over}",
        f"mean_squared_error = ((Z - rebuilt) ** 2).sum() / {over}",
    ]
