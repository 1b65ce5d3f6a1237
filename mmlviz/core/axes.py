"""The fixed frame of a plane as marks: grid, axes and their numbers."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mmlviz.core.marks import Label, Mark, Segments, Ticks, kept
from mmlviz.core.view import PaneView
from mmlviz.core.words import power_of_ten, show
from mmlviz.maths.lattice import Box, multiples, nice_step
from mmlviz.maths.matrix2 import Array

GAP = 72  # pixels between grid lines, at least
DECADE = 34  # pixels between powers of ten


def grid_steps(pane: PaneView) -> tuple[float, float]:
    """Distance of the grid lines along x and along y."""
    u, v = pane.per_pixel
    gap = GAP * pane.scale
    return nice_step(u * gap), nice_step(v * gap)


@lru_cache(maxsize=32)
def fixed_frame(pane: PaneView, names: tuple[str, str] = ("", "")) -> tuple[Mark, ...]:
    """Grid, axes and numbers for what the pane shows; the same until someone zooms or pans."""
    x0, x1, y0, y1 = pane.box
    step_x, step_y = grid_steps(pane)
    xs, ys = multiples(x0, x1, step_x), multiples(y0, y1, step_y)
    axis = np.array([[x0, 0], [x1, 0], [0, y0], [0, y1]], dtype=float)
    marks: list[Mark] = [
        _grid(xs, ys, pane.box),
        Segments("axes", "axis", axis, "hair"),
        Ticks("numbers along x", "muted", "x", xs[_off_zero(xs, step_x)], _texts(xs, step_x)),
        Ticks("numbers along y", "muted", "y", ys[_off_zero(ys, step_y)], _texts(ys, step_y)),
    ]
    if names[0]:
        marks.append(Label("name of x", "muted", np.array([x1, max(min(0.0, y1), y0)]), names[0], (-1, 1)))
        marks.append(Label("name of y", "muted", np.array([max(min(0.0, x1), x0), y1]), names[1], (1, -1)))
    return kept(*marks)


@lru_cache(maxsize=16)
def log_frame(pane: PaneView) -> tuple[Mark, ...]:
    """Grid and numbers of a pane whose y is log₁₀ of what is drawn; the numbers stand at its edges."""
    x0, x1, y0, y1 = pane.box
    step_x = grid_steps(pane)[0]
    xs, ys = multiples(x0, x1, step_x), _decades(y0, y1, pane.per_pixel[1] * DECADE * pane.scale)
    return kept(
        _grid(xs, ys, pane.box),
        Ticks("numbers along x", "muted", "x", xs, tick_texts(xs, step_x), y0),
        Ticks("numbers along y", "muted", "y", ys, _powers(ys), x0),
    )


@lru_cache(maxsize=16)
def log_log_frame(pane: PaneView) -> tuple[Mark, ...]:
    """Grid and numbers of a pane whose x and y are both log₁₀ of what is drawn."""
    x0, x1, y0, y1 = pane.box
    u, v = pane.per_pixel
    xs = _decades(x0, x1, u * GAP * pane.scale)
    ys = _decades(y0, y1, v * DECADE * pane.scale)
    return kept(
        _grid(xs, ys, pane.box),
        Ticks("numbers along x", "muted", "x", xs, _powers(xs), y0),
        Ticks("numbers along y", "muted", "y", ys, _powers(ys), x0),
    )


@lru_cache(maxsize=16)
def edge_numbers(pane: PaneView) -> tuple[Mark, ...]:
    """Numbers at the left and the lower edge alone, where a picture fills the pane."""
    x0, x1, y0, y1 = pane.box
    step_x, step_y = grid_steps(pane)
    xs, ys = multiples(x0, x1, step_x), multiples(y0, y1, step_y)
    return kept(
        Ticks("numbers along x", "text", "x", xs, tick_texts(xs, step_x), y0),
        Ticks("numbers along y", "text", "y", ys, tick_texts(ys, step_y), x0),
    )


def _decades(low: float, high: float, gap: float) -> Array:
    """Powers of ten, so that they are at least so far apart."""
    return multiples(low, high, max(1.0, nice_step(gap)))


def _powers(at: Array) -> tuple[str, ...]:
    return tuple(power_of_ten(round(y)) for y in at.tolist())


def _grid(xs: Array, ys: Array, box: Box) -> Segments:
    """Lines at these x and these y, right across the box."""
    x0, x1, y0, y1 = box
    ends = np.concatenate([_upright(xs, y0, y1), _upright(ys, x0, x1)[:, ::-1]])
    return Segments("grid", "grid", ends, "hair")


def _upright(at: Array, low: float, high: float) -> Array:
    ends = np.empty((2 * len(at), 2))
    ends[:, 0] = np.repeat(at, 2)
    ends[0::2, 1], ends[1::2, 1] = low, high
    return ends


def _off_zero(at: Array, step: float) -> NDArray[np.bool_]:
    return np.abs(at) > step / 2


def _texts(at: Array, step: float) -> tuple[str, ...]:
    return tick_texts(at[_off_zero(at, step)], step)


def tick_texts(at: Array, step: float) -> tuple[str, ...]:
    """Numbers for ticks (n,) so many apart, with as many digits as tell them apart."""
    digits = 4 if len(at) == 0 else max(4, int(np.ceil(np.log10(max(np.abs(at).max(), step) / step))) + 1)
    return tuple(show(float(x), min(digits, 15)) for x in at)


def nothing(pane: PaneView, text: str, height: float = 0.5) -> Label:
    """The words that stand where there is nothing to be drawn: in the middle of a pane, or so high up in it."""
    x0, x1, y0, y1 = pane.box
    middle = np.array([(x0 + x1) / 2, y0 + height * (y1 - y0)])
    return Label("nothing", "muted", middle, text, is_centred=True)
