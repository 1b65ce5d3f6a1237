"""Principal components: of a cloud in the plane, with an axis turned by hand, and of 8×8 images of digits."""

from collections.abc import Hashable
from dataclasses import dataclass, fields
from functools import lru_cache
from math import atan2, cos, degrees, radians, sin

import numpy as np

from mmlviz.data.clouds import CROWD, MOST, cloud, drawn, standard_normals
from mmlviz.data.digits import digits
from mmlviz.maths.components import (
    Prepared,
    along,
    covariance,
    cumulative_shares,
    decompose,
    mean_squared_errors,
    prepare,
    shares,
)
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import Number

EQUAL = 1e-9  # of the larger variance: what two may differ by and count as equal
NOTHING = 1e-12  # of the largest variance: what rounding may leave of none


@dataclass(frozen=True, slots=True)
class State:
    """Which data, how they are prepared, and what is looked at: an axis (cloud), or k components (digits)."""

    data: str = "cloud"
    points: Number = Number("200")
    seed: str = "otter"
    spread: tuple[Number, Number] = (Number("2"), Number("0.6"))  # standard deviations along the cloud's own axes
    tilt: Number = Number("30")  # of those axes, degrees
    mean: tuple[Number, Number] = (Number("1"), Number("0.5"))  # of the population that the cloud is drawn from
    angle: Number = Number("75")  # of the axis turned by hand, degrees
    standardise: bool = False
    divisor: str = "N"
    components: tuple[Number, Number] = (Number("1"), Number("2"))  # whose scores are plotted
    k: Number = Number("10")  # components that are kept
    sample: Number = Number("0")  # the image that is rebuilt


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """Data and their principal components: all that is slow, and the same until the data change."""

    X: Array  # (N, d), as given
    prepared: Prepared
    S: Array  # (d, d)
    variances: Array  # (d,), largest first
    directions: Array  # (d, d), a unit vector in each row
    shares: Array | None  # (d,); None without any variance
    cumulative: Array | None  # (d,)
    errors: Array  # (d + 1,), the mean squared error for each number of kept components

    @property
    def total(self) -> float:
        """The sum of all variances."""
        return float(self.errors[0])

    @property
    def is_point(self) -> bool:
        """Whether all points are equal."""
        return len(self.prepared.constant) == len(self.variances)

    @property
    def has_equal_variances(self) -> bool:
        """Whether the first two variances coincide, so that no direction between them is special."""
        first, second = self.variances[:2].tolist()
        return bool(first - second <= EQUAL * first)

    def is_empty(self, j: int) -> bool:
        """Whether component j (from 0) has no variance but rounding."""
        return bool(self.variances[j] <= NOTHING * self.variances[0])


@dataclass(frozen=True, slots=True, eq=False)
class CloudResult:
    """A cloud and the axis through its mean; the lines at angle and at angle ± 180° are one."""

    analysis: Analysis
    shown: Array  # (N, 2), the points that S is made of, not yet centred; standardised where that was asked for
    mean: Array  # (2,), of the shown points
    angle: float  # of the axis, degrees in (−90, 90]
    direction: Array  # (2,), u, a unit vector along the axis on the side that is held
    kept: float  # uᵀSu, the variance along the axis
    residual: float  # the mean squared distance from the axis
    off: float | None  # degrees between the axis and PC1; None where no direction is special


@dataclass(frozen=True, slots=True, eq=False)
class DigitsResult:
    """The digits, and one of them rebuilt from the first k components; images are (64,), in units of ink."""

    analysis: Analysis
    sample: int
    label: int  # what the image shows
    k: int
    scores: Array  # (64,), the image's coordinates along all components
    original: Array
    rebuilt: Array


Result = CloudResult | DigitsResult


def compute(state: State) -> Result:
    """Centre, standardise if asked, S, eigenvectors; then the axis or the image."""
    return _rebuild(state) if state.data == "digits" else _turn(state)


def slow_key(state: State) -> Hashable:
    """What the slow work of a state depends on: the words of a crowd, or how the digits are prepared."""
    if state.data == "digits":
        return "digits", state.standardise, state.divisor
    size = drawn(int(state.points))
    return ("cloud", state.seed, size) if size > CROWD else ("small cloud",)


def slow_work(key: Hashable) -> None:
    """Fill the caches for a key."""
    match key:
        case ("digits", bool(is_standardised), str(divisor)):
            _digits(is_standardised, _minus(divisor))
        case ("cloud", str(seed), int(size)):
            standard_normals(seed, min(size, MOST))


def wrapped(angle: float) -> float:
    """The angle of the same line in (−90, 90]."""
    return 90 - (90 - angle) % 180


def _minus(divisor: str) -> int:
    return 1 if divisor == "N-1" else 0


def _turn(state: State) -> CloudResult:
    analysis = _cloud(
        state.seed, int(state.points), _floats(state.spread), float(state.tilt), _floats(state.mean),
        state.standardise, _minus(state.divisor),
    )  # fmt: skip
    theta = radians(state.angle)
    kept, residual = along(analysis.S, np.array(theta))
    return CloudResult(
        analysis=analysis,
        shown=analysis.prepared.X if state.standardise else analysis.X,
        mean=np.zeros(2) if state.standardise else analysis.prepared.mean,
        angle=wrapped(state.angle),
        direction=np.array([cos(theta), sin(theta)]),
        kept=float(kept),
        residual=float(residual),
        off=None if analysis.has_equal_variances else _between(analysis.directions[0], state.angle),
    )


def _floats(pair: tuple[Number, Number]) -> tuple[float, float]:
    return float(pair[0]), float(pair[1])


def _between(direction: Array, angle: float) -> float:
    """Degrees between a line and the one at an angle, 0 to 90."""
    return abs(wrapped(degrees(atan2(direction[1], direction[0])) - angle))


def _rebuild(state: State) -> DigitsResult:
    analysis = _digits(state.standardise, _minus(state.divisor))
    sample, k = int(state.sample), int(state.k)
    scores = analysis.directions @ analysis.prepared.X[sample]
    return DigitsResult(
        analysis=analysis,
        sample=sample,
        label=int(digits().labels[sample]),
        k=k,
        scores=scores,
        original=analysis.X[sample],
        rebuilt=analysis.prepared.restored(scores[:k] @ analysis.directions[:k]),
    )


@lru_cache(maxsize=2)  # a cloud of 70,000 points takes 2 MB
def _cloud(
    seed: str, points: int, spread: tuple[float, float], tilt: float, mean: tuple[float, float],
    is_standardised: bool, minus: int,
) -> Analysis:  # fmt: skip
    return _analysed(cloud(seed, points, spread, tilt, mean), is_standardised, minus)


@lru_cache(maxsize=4)
def _digits(is_standardised: bool, minus: int) -> Analysis:
    return _analysed(digits().X, is_standardised, minus)


def _analysed(X: Array, is_standardised: bool, minus: int) -> Analysis:
    prepared = prepare(X, is_standardised, minus)
    S = covariance(prepared.X, prepared.divisor)
    parts = decompose(S)
    found = Analysis(
        X=X,
        prepared=prepared,
        S=S,
        variances=parts.variances,
        directions=parts.directions,
        shares=shares(parts.variances),
        cumulative=cumulative_shares(parts.variances),
        errors=mean_squared_errors(parts.variances),
    )
    held = (getattr(record, field.name) for record in (found, prepared) for field in fields(record))
    for cached in held:
        if isinstance(cached, np.ndarray):
            cached.flags.writeable = False
    return found
