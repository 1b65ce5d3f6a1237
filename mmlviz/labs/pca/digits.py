"""The digits: scores on two components, the scree, and one image rebuilt."""

from functools import lru_cache

import numpy as np

from mmlviz.core.axes import fixed_frame
from mmlviz.core.lab import Hint
from mmlviz.core.marks import Bars, Curve, Dots, Image, Label, Mark, Points, Scene, Segments, kept
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import pair, show
from mmlviz.data.digits import SIDE, digits
from mmlviz.labs.pca.homes import GAP, HOMES
from mmlviz.labs.pca.words import percent, preparation
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array
from mmlviz.models.pca import Analysis, DigitsResult, State

GOAL_SIDES = {0.9: -1.0, 0.95: 1.0}  # shares with lines of their own, and on which side their labels stand
ROOMY = 105  # pixels of an image at a desk that a whole caption needs
NEAR = 0.1  # standard deviations within which the pointer means a point


def draw(state: State, result: DigitsResult, view: View) -> Scene:
    """The three panes of the digits."""
    pane = view["scores"]
    across, up = plotted(state)
    return {
        "scores": (*_classes(result.analysis, across, up, pane, preparation(state)), *_chosen(state, result)),
        "scree": (*_scree(result.analysis, view["scree"]), *_kept(result)),
        "images": _images(result, view["images"]),
    }


def plotted(state: State) -> tuple[int, int]:
    """The two components on the axes, from 0."""
    return int(state.components[0]) - 1, int(state.components[1]) - 1


@lru_cache(maxsize=4)
def scores(analysis: Analysis, across: int, up: int) -> Array:
    """All images (N, 2) along two components."""
    at = np.asarray(analysis.prepared.X @ analysis.directions[[across, up]].T)
    at.flags.writeable = False
    return at


@lru_cache(maxsize=4)
def _classes(analysis: Analysis, across: int, up: int, pane: PaneView, note: str) -> tuple[Mark, ...]:
    """Every image as a dot in the colour of what it shows, and each digit where its images are on average."""
    at, labels = scores(analysis, across, up), digits().labels
    corner = np.array([pane.box[0], pane.box[3]])
    grid, axes, *numbers = fixed_frame(pane, (f"score on component {across + 1}", f"score on component {up + 1}"))
    return kept(
        grid,
        axes,
        Dots("images", "truth", at, groups=labels.astype(np.uint8), size=6),
        *numbers,
        Label("preparation", "muted", corner, note, (1.0, -1.0)),
        *(Label(f"class {n}", "text", at[labels == n].mean(axis=0), str(n), is_centred=True) for n in range(10)),
    )


def _chosen(state: State, result: DigitsResult) -> tuple[Mark, ...]:
    at = result.scores[list(plotted(state))]
    text = f"sample {result.sample}: a {result.label}"
    return (Points("sample", "input", at[None, :], is_hollow=True), Label("sample label", "input", at, text))


@lru_cache(maxsize=4)
def _scree(analysis: Analysis, pane: PaneView) -> tuple[Mark, ...]:
    """The share of every component, and of the first 0, 1, …, 64 together."""
    shares, at = _shares(analysis), _cumulative(analysis)
    x0, x1 = pane.box[:2]
    goals = [Segments(f"goal {g}", "truth", np.array([[x0, g], [x1, g]]), "hair", is_dashed=True) for g in GOAL_SIDES]
    labels = [
        Label(f"goal {g} label", "muted", np.array([12.0, g]), percent(g), (0.0, side))
        for g, side in GOAL_SIDES.items()
    ]
    return kept(
        *fixed_frame(pane, ("component", "share")),
        *goals,
        *labels,
        Bars("shares", "truth", np.arange(1.0, len(shares) + 1), shares),
        Curve("cumulative", "output", at),
        Dots("cumulative dots", "output", at, size=4),
    )


def _shares(analysis: Analysis) -> Array:
    return analysis.shares if analysis.shares is not None else np.zeros(len(analysis.variances))


def _cumulative(analysis: Analysis) -> Array:
    """The points (k + 1/2, share of the first k), so that each stands at the right edge of its bar."""
    sums = np.append(0.0, analysis.cumulative if analysis.cumulative is not None else _shares(analysis))
    return np.stack([np.arange(len(sums)) + 0.5, sums], axis=1)


def kept_at(result: DigitsResult) -> tuple[float, float]:
    """Where k is held: its place on the curve of cumulative shares."""
    x, y = _cumulative(result.analysis)[result.k].tolist()
    return x, y


def _kept(result: DigitsResult) -> tuple[Mark, ...]:
    x, y = kept_at(result)
    shares = _shares(result.analysis)[: result.k]
    return (
        Bars("kept", "first", np.arange(1.0, len(shares) + 1), shares),
        Segments("k", "first", np.array([[x, 0.0], [x, y]]), "hair"),
        Points("held", "output", np.array([[x, y]])),
        Label("k label", "output", np.array([x, y]), f"k = {result.k}: {percent(y)}", (1.0, -0.3)),
    )


def _box(k: int) -> Box:
    left = k * (SIDE + GAP)
    return left, left + SIDE, 0.0, float(SIDE)


@lru_cache(maxsize=1)
def _frames() -> tuple[Mark, ...]:
    """A thin frame round each of the three images: paper is as white as the ground."""
    ends = []
    for x0, x1, y0, y1 in map(_box, range(3)):
        ends += [[x0, y0], [x1, y0], [x1, y0], [x1, y1], [x1, y1], [x0, y1], [x0, y1], [x0, y0]]
    return kept(Segments("frames", "axis", np.array(ends), "hair"))


def _images(result: DigitsResult, pane: PaneView) -> tuple[Mark, ...]:
    """The image, what k components make of it, and what they miss, in the colours that k = 0 would need."""
    original, rebuilt = result.original, result.rebuilt
    limit = float(np.abs(original - result.analysis.prepared.mean).max()) or 1.0
    texts = [f"a {result.label}", f"k = {result.k}", "residual"]
    if SIDE / pane.per_pixel[0] > ROOMY * pane.scale:
        texts = [f"original: {texts[0]}", f"rebuilt from {result.k} of 64", f"residual ± {show(limit, 2)}"]
    return (
        _image("original", original, 0, 0.0, 1.0),
        _image("rebuilt", rebuilt, 1, 0.0, 1.0),
        _image("residual", original - rebuilt, 2, -limit, limit, is_signed=True),
        *_frames(),
        *(_below(k, text) for k, text in enumerate(texts)),
    )


def _image(key: str, pixels: Array, k: int, low: float, high: float, is_signed: bool = False) -> Image:
    """The k-th image from the left; row 0 of a mark is at the bottom."""
    values = np.ascontiguousarray(pixels.reshape(SIDE, SIDE)[::-1])
    return Image(key, "text", values, _box(k), low, high, "signed" if is_signed else "ink")


def _below(k: int, text: str) -> Label:
    x0, x1, _, _ = _box(k)
    return Label(f"text {k}", "muted", np.array([(x0 + x1) / 2, -0.8]), text, is_centred=True)


def fit(state: State, result: DigitsResult, pane: str) -> Box:
    """All the scores; the whole scree; the three images."""
    if pane != "scores":
        return HOMES[pane]
    at = scores(result.analysis, *plotted(state))
    reach = np.maximum(np.abs(at).max(axis=0) * 1.1, max(float(np.abs(at).max()) / 4, 1e-3))
    return float(-reach[0]), float(reach[0]), float(-reach[1]), float(reach[1])


def nearest(state: State, result: DigitsResult, xy: tuple[float, float]) -> tuple[int, float]:
    """The image whose scores are nearest to a place, and how far away they are."""
    off = scores(result.analysis, *plotted(state)) - np.array(xy, dtype=float)
    distance = np.hypot(off[:, 0], off[:, 1])
    found = int(distance.argmin())
    return found, float(distance[found])


def hover(state: State, result: DigitsResult, pane: str, xy: tuple[float, float]) -> str | Hint | None:
    """The nearest image; a component's share; a pixel."""
    if pane == "scores":
        return _image_at(state, result, xy)
    if pane == "scree":
        return _component_at(result, xy[0])
    return _pixel_at(result, xy) if pane == "images" else None


def _image_at(state: State, result: DigitsResult, xy: tuple[float, float]) -> Hint | None:
    found, distance = nearest(state, result, xy)
    analysis, chosen = result.analysis, plotted(state)
    if distance > NEAR * float(analysis.variances[list(chosen)].max()) ** 0.5:
        return None
    at = pair(scores(analysis, *chosen)[found].tolist(), 3)
    text = f"sample {found}: a {digits().labels[found]}, scores {at}"
    return Hint(text, analysis.X[found].reshape(SIDE, SIDE))


def _component_at(result: DigitsResult, x: float) -> str | None:
    j = round(x)
    analysis = result.analysis
    if not 1 <= j <= len(analysis.variances):
        return None
    share, sums = float(_shares(analysis)[j - 1]), float(_cumulative(analysis)[j, 1])
    variance = show(float(analysis.variances[j - 1]))
    return f"component {j}: variance {variance}, share {percent(share)}; the first {j} together {percent(sums)}"


def _pixel_at(result: DigitsResult, xy: tuple[float, float]) -> str | None:
    """Which pixel of which image, rows counted from the top."""
    names = ("original", "rebuilt", "residual")
    images = (result.original, result.rebuilt, result.original - result.rebuilt)
    for k, (name, pixels) in enumerate(zip(names, images)):
        x0, x1, y0, y1 = _box(k)
        if x0 <= xy[0] < x1 and y0 < xy[1] <= y1:
            row, column = int(y1 - xy[1]), int(xy[0] - x0)
            value = show(float(pixels[row * SIDE + column]), 3)
            return f"{name}, row {row + 1}, column {column + 1}: {value}"
    return None
