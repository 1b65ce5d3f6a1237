"""PCA: the axis that keeps most of the variance, turned by hand; and digits rebuilt from a few components."""

from dataclasses import replace
from math import atan2, degrees

from mmlviz.core.controls import Choose, Click, Group, Handle, Preset, Slider, Tick, Typed
from mmlviz.core.fields import Field
from mmlviz.core.lab import Lab, Slow, Value
from mmlviz.core.layout import Plane, Split
from mmlviz.core.options import Choice, Switch, Word
from mmlviz.core.words import show
from mmlviz.data.clouds import MOST
from mmlviz.data.digits import COUNT
from mmlviz.labs.pca import cloud, digits
from mmlviz.labs.pca.homes import HOMES
from mmlviz.labs.pca.picture import draw, fit, hover
from mmlviz.labs.pca.recipe import recipe
from mmlviz.labs.pca.words import tell
from mmlviz.maths.number import Number
from mmlviz.models import pca as model
from mmlviz.models.pca import CloudResult, DigitsResult, Result, State

FARTHEST = 20.0  # of the mean
Point = tuple[Number, Number]
TRIES = {
    "cloud": "Turn the axis until the residuals are shortest. Where does the variance curve stand then?",
    "digits": "Drag k until you can read the rebuilt digit. What share of the variance did that take?",
}


def _is_cloud(state: State, result: Result | None = None) -> bool:
    return state.data == "cloud"


def _is_digits(state: State, result: Result | None = None) -> bool:
    return state.data == "digits"


def _can_move(state: State, result: Result) -> bool:
    return _is_cloud(state) and not state.standardise  # standardised data have their mean at 0 for ever


def _axis_at(state: State, result: Result) -> tuple[float, float]:
    if not isinstance(result, CloudResult):
        return 0.0, 0.0
    x, y = cloud.tip(result)
    return float(x), float(y)


def _axis_moved(state: State, xy: Point) -> State:
    """The axis points from the mean to the hand; at the mean itself it stays."""
    result = model.compute(state)
    if not isinstance(result, CloudResult):
        return state
    x, y = xy[0] - result.mean[0], xy[1] - result.mean[1]
    return replace(state, angle=Number.rounded(degrees(atan2(y, x)), 0.1)) if x or y else state


def _curve_at(state: State, result: Result) -> tuple[float, float]:
    return (result.angle, result.kept) if isinstance(result, CloudResult) else (0.0, 0.0)


def _curve_moved(state: State, xy: Point) -> State:
    return replace(state, angle=Number.rounded(min(max(float(xy[0]), -90.0), 90.0), 0.1))


def _mean_at(state: State, result: Result) -> tuple[float, float]:
    """In all digits, as Numbers: an arrow key then hands the coordinate that it does not move back unchanged."""
    if not isinstance(result, CloudResult):
        return 0.0, 0.0
    x, y = (Number.significant(c, 17) for c in result.mean.tolist())
    return x, y


def _mean_moved(state: State, xy: Point) -> State:
    """The hand holds the mean of the points, the population's goes as far; a coordinate that stays, stays as typed."""
    result = model.compute(state)
    if not isinstance(result, CloudResult) or state.standardise:
        return state
    finest, ways = min(map(_step, xy)), zip(state.mean, xy, result.mean.tolist())
    x, y = (m if abs(to - at) <= 0.51 * finest else _put(m + to - at, _step(to)) for m, to, at in ways)
    return replace(state, mean=(x, y))


def _step(x: Number) -> float:
    """The last decimal of a coordinate of the hand; a hundredth where it has fewer."""
    return 10.0 ** -max(2, len(x.text.partition(".")[2]))


def _put(x: float, step: float) -> Number:
    return Number.rounded(min(max(x, -FARTHEST), FARTHEST), step)


def _k_at(state: State, result: Result) -> tuple[float, float]:
    return digits.kept_at(result) if isinstance(result, DigitsResult) else (0.0, 0.0)


def _k_said(state: State, result: Result) -> str:
    return f"k = {int(state.k)}: {show(100 * _k_at(state, result)[1], 3)} % of the variance"


def _k_moved(state: State, xy: Point) -> State:
    return replace(state, k=Number(str(min(max(round(float(xy[0]) - 0.5), 0), 64))))


def _choose_sample(state: State, result: Result, xy: Point) -> State:
    if not isinstance(result, DigitsResult):
        return state
    return replace(state, sample=Number(str(digits.nearest(state, result, xy)[0])))


LAB = Lab(
    id="pca",
    title="PCA",
    model=model,
    layout=Split(
        (
            Split(
                (
                    Plane("plane", "The cloud and the axis", home=HOMES["plane"], shown=_is_cloud),
                    Plane("scores", "Scores on two components", home=HOMES["scores"], shown=_is_digits),
                ),
                is_column=True,
                weight=5,
            ),
            Split(
                (
                    Plane("curves", "Variance against the angle of the axis", home=HOMES["curves"],
                          is_locked=False, shown=_is_cloud, keeps_sight=True),
                    Plane("scree", "Share of the variance", home=HOMES["scree"], is_locked=False, weight=5,
                          shown=_is_digits),
                    Plane("images", "One image, rebuilt", home=HOMES["images"], weight=3, shown=_is_digits),
                ),
                is_column=True,
                weight=3,
            ),
        )
    ),
    fields=(
        Choice("data", "data", options=("cloud", "digits"), titles=("A cloud of points", "Handwritten digits"),
               help=f"a cloud in the plane, or {COUNT} images of 8×8 pixels"),
        Field("points", "number of points", limits=(2, MOST), is_whole=True, help="N, of the cloud"),
        Word("seed", "seed word", help="the cloud's points grow from it: the same word, the same cloud"),
        Field("spread", "spread", shape=(2,), limits=(0, 10),
              help="standard deviations of the population along the cloud's own axes"),
        Field("tilt", "tilt", limits=(-180, 180), unit="°", help="by which the cloud's own axes are turned"),
        Field("mean", "mean", shape=(2,), limits=(-FARTHEST, FARTHEST),
              help="of the population that the cloud is drawn from"),
        Field("angle", "angle of the axis", limits=(-180, 180), unit="°", help="of the axis turned by hand"),
        Switch("standardise", "standardise", help="divide each centred column by its standard deviation"),
        Choice("divisor", "divisor", options=("N", "N-1"), titles=("N, as in the course", "N − 1, as numpy.cov"),
               help="what variances and mean squared errors are divided by"),
        Field("components", "components plotted", shape=(2,), limits=(1, 64), is_whole=True,
              help="whose scores are plotted, of the digits"),
        Field("k", "components kept", limits=(0, 64), is_whole=True, help="from which the digits are rebuilt"),
        Field("sample", "sample", limits=(0, COUNT - 1), is_whole=True, help="the image that is shown, of the digits"),
    ),
    groups=(
        Group("Data", (
            Choose("data"),
            Typed("seed", label="Seed word", shown=_is_cloud),
            Slider("points", low=10, high=MOST, step=0.05, is_log=True, label="N", shown=_is_cloud),
        )),
        Group("Shape of the cloud", (
            Slider("spread", (0,), low=0, high=5, label="σ₁"),
            Slider("spread", (1,), low=0, high=5, label="σ₂"),
            Slider("tilt", low=-90, high=90, step=1, label="tilt"),
            Slider("mean", (0,), low=-5, high=5, label="mean x₁", role="input"),
            Slider("mean", (1,), low=-5, high=5, label="mean x₂", role="input"),
        ), is_in_projector=False, shown=_is_cloud),
        Group("Axis by hand", (Slider("angle", low=-90, high=90, step=1, label="θ", role="first"),), shown=_is_cloud),
        Group("Components", (
            Slider("k", low=0, high=64, step=1, label="k", role="first"),
            Slider("components", (0,), low=1, high=64, step=1, label="across"),
            Slider("components", (1,), low=1, high=64, step=1, label="up"),
            Slider("sample", low=0, high=COUNT - 1, step=1, label="sample", role="input"),
        ), shown=_is_digits),
        Group("Preprocessing", (Tick("standardise", label="Standardise"), Choose("divisor", label="Divide by"))),
    ),
    handles=(
        Handle("angle", "the axis", "first", _axis_at, _axis_moved, shown=_is_cloud),
        Handle("mean", "the mean", "input", _mean_at, _mean_moved, shown=_can_move),
        Handle("kept", "variance kept, at the angle of the axis", "output", _curve_at, _curve_moved, pane="curves",
               shown=_is_cloud),
        Handle("k", "number of components kept", "output", _k_at, _k_moved, pane="scree", least=1,
               shown=_is_digits, said=_k_said),
    ),
    clicks=(Click("choose", "Choose the nearest sample", _choose_sample, pane="scores", shown=_is_digits),),
    values=(
        Value("n_samples", "N, the number of points or images", "integer"),
        Value("n_features", "numbers in each of them", "integer"),
        Value("variances", "eigenvalues of S, largest first", "array of numbers"),
        Value("total_variance", "their sum", "number"),
        Value("shares", "each by the total; null where the total is 0", "array of numbers or null"),
        Value("variance_kept", "along the axis turned by hand, or by the first k components", "number"),
        Value("mean_squared_error",
              "mean squared distance from the axis, or of images rebuilt from k components; same divisor", "number"),
        Value("components", "directions, a unit vector each, entry of largest modulus positive; of digits the first k",
              "array of arrays of numbers"),
        Value("constant", "features that hold one value only, from 0", "array of integers"),
    ),
    presets=(
        Preset("A cloud to turn", "mmlviz:pca?seed=badger&spread=2.2,0.8&tilt=-40&angle=20"),
        Preset("Nearly a line", "mmlviz:pca?spread=3,0.1&tilt=20&angle=60"),
        Preset("A circle: no direction is special", "mmlviz:pca?spread=1.5,1.5&points=2000&angle=30"),
        Preset("70,000 points", "mmlviz:pca?points=70000"),
        Preset("Different scales, standardised", "mmlviz:pca?spread=3,0.4&tilt=10&standardise=yes&angle=0"),
        Preset("÷ N or ÷ (N − 1): five points", "mmlviz:pca?points=5&divisor=N-1"),
        Preset("Digits: two components", "mmlviz:pca?data=digits&k=2"),
        Preset("Digits: 90 % at k = 21", "mmlviz:pca?data=digits&k=21"),
        Preset("Digits: 95 % at k = 29", "mmlviz:pca?data=digits&k=29"),
        Preset("Digits: 99 % at k = 41", "mmlviz:pca?data=digits&k=41"),
        Preset("Digits standardised: three constant pixels", "mmlviz:pca?data=digits&standardise=yes"),
    ),
    tries_in=lambda s: TRIES[s.data],
    tries=TRIES["cloud"],
    draw=draw,
    tell=tell,
    recipe=recipe,
    hover=hover,
    fit=fit,
    slow=Slow(model.slow_key, model.slow_work),
    help="The first principal component is the direction that keeps most variance and leaves the shortest residuals.",
)  # fmt: skip
