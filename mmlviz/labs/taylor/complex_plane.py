"""The complex plane: how far Tₙ is from f there, where f is singular, and the disc that this leaves."""

from dataclasses import replace
from functools import lru_cache
from math import inf, pi

import numpy as np
from numpy.typing import NDArray

from mmlviz.core.axes import fixed_frame
from mmlviz.core.marks import Curve, Image, Label, Mark, Points, Segments, Ticks, kept
from mmlviz.core.view import PaneView
from mmlviz.core.words import show
from mmlviz.labs.taylor.formulas import said
from mmlviz.labs.taylor.nothing import nothing
from mmlviz.maths.contours import contours
from mmlviz.maths.expression import parsed
from mmlviz.maths.expression.plane import around
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.polynomial import horner
from mmlviz.maths.singularities import listed
from mmlviz.models.taylor import Result, State

LOWEST, HIGHEST = -8.0, 2.0  # powers of ten from the ramp's one end to the other
CELL = {True: 9.0, False: 4.0}  # pixels of a cell, while something is moving and at rest
FEWEST, MOST = 8, 240  # cells along a side
MOST_NAMED = 4
CROSS = 6.0  # pixels from the middle of a × to its ends along either axis
TURN = np.exp(2j * pi * np.arange(181) / 180)


def marks(state: State, result: Result, pane: PaneView, is_moving: bool) -> tuple[Mark, ...]:
    """The error as brightness, the bound as a line, disc, singularities and the centre on the real axis."""
    found = _error(state, result, pane, is_moving)
    return (
        *found,
        *_axes(pane),
        *_disc(result),
        *_singular(result, pane),
        Points("centre", "input", np.array([[float(state.centre), 0.0]])),
        Label("centre label", "input", np.array([float(state.centre), 0.0]), f"a = {said(state.centre)}", (-0.4, -1)),
        *(_key(pane) if result.series is not None else ()),
    )


@lru_cache(maxsize=4)
def _axes(pane: PaneView) -> tuple[Mark, ...]:
    """Axes and numbers without a grid, which would hide the depth; in the colour of text, which dark ground needs."""
    axes = [m for m in fixed_frame(pane) if isinstance(m, Segments) and m.key == "axes"]
    numbers = [replace(m, role="text") for m in fixed_frame(pane) if isinstance(m, Ticks)]
    x0, x1, y0, y1 = pane.box
    names = (
        Label("real", "text", np.array([x1, max(min(0.0, y1), y0)]), "Re", (-1, 1)),
        Label("imaginary", "text", np.array([max(min(0.0, x1), x0), y1]), "Im", (1, -1)),
    )
    return kept(*axes, *numbers, *names)


@lru_cache(maxsize=4)
def _key(pane: PaneView) -> tuple[Mark, ...]:
    """What brightness means: placed after all else, off it; a projector has no room for it."""
    at = np.array([pane.box[0], pane.box[2]])
    return (Label("key", "text", at, "bright: |f − Tₙ| is small", (1, 1)),) if pane.scale == 1 else ()


def _cells(pane: PaneView, is_moving: bool) -> tuple[Array, Array]:
    """The middles of the cells along both sides."""
    x0, x1, y0, y1 = pane.box
    size = CELL[is_moving] * pane.scale
    n, m = (int(np.clip(round(side / size), FEWEST, MOST)) for side in (pane.width, pane.height))
    return x0 + (x1 - x0) * (np.arange(n) + 0.5) / n, y0 + (y1 - y0) * (np.arange(m) + 0.5) / m


def _error(state: State, result: Result, pane: PaneView, is_moving: bool) -> tuple[Mark, ...]:
    if result.series is None:
        return (nothing(pane, height=0.75),)
    xs, ys = _cells(pane, is_moving)
    power = _powers(state.f, result, xs, ys)
    bright = np.clip(-power, -HIGHEST, -LOWEST)  # as far as Tₙ sheds light on f
    image = Image("error", "muted", bright, pane.box, -HIGHEST, -LOWEST, is_smooth=True)
    return (image, *_bound(xs, ys, power, float(np.log10(state.epsilon))))


def _powers(text: str, result: Result, xs: Array, ys: Array) -> Array:
    """log₁₀ |f − Tₙ| at the cells (m, n); where f is not defined the error is as large as can be shown."""
    assert result.coefficients is not None
    f = _values(text, result.centre, xs.tobytes(), ys.tobytes())
    z = xs[None, :] + 1j * ys[:, None]
    with np.errstate(all="ignore"):
        power = np.log10(np.abs(f - horner(result.coefficients, z - result.centre)))
    return np.where(np.isnan(power), HIGHEST, np.clip(power, 2 * LOWEST, 2 * HIGHEST))


@lru_cache(maxsize=2)  # it does not change with the order
def _values(text: str, centre: float, xs: bytes, ys: bytes) -> NDArray[np.complex128]:
    """f on the plane, continued from its real branch at the centre."""
    found = around(parsed(text), centre, np.frombuffer(xs), np.frombuffer(ys))
    found.flags.writeable = False
    return found


def _bound(xs: Array, ys: Array, power: Array, level: float) -> tuple[Mark, ...]:
    """The line on which the error is ε."""
    lines = contours(xs, ys, power, [level])[0]
    return _rimmed("bound", "positive", lines) if len(lines) else ()


def _disc(result: Result) -> tuple[Mark, ...]:
    if result.radius is None or result.radius.value == inf:
        return ()
    circle = result.centre + result.radius.value * TURN
    points = np.column_stack([circle.real, circle.imag])
    return _rimmed("disc", "special", points, is_dashed=not result.radius.is_exact)


def _rimmed(key: str, role: str, points: Array, is_dashed: bool = False) -> tuple[Mark, ...]:
    """A line with a rim of the background's colour: it crosses all the colours of the depth."""
    return Curve(f"{key} rim", "background", points, "vector"), Curve(key, role, points, is_dashed=is_dashed)


def _singular(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """What f is singular at, the nearest by name, and what only looks like it."""
    if result.radius is None:
        return ()
    x0, x1, y0, y1 = pane.box
    found: list[Mark] = []
    at = np.array([[s.at.real, s.at.imag] for s in result.radius.nearest], dtype=float).reshape(-1, 2)
    if len(at):
        found += _crosses(at, pane)
        for k, each in enumerate(result.radius.nearest[:MOST_NAMED]):
            if x0 < each.at.real < x1 and y0 < each.at.imag < y1:
                found.append(Label(f"singular {k}", "special", at[k], listed((each,)).removeprefix("the "), (0.6, 1)))
    hollow = np.array([[z.real, z.imag] for z in only_looks_singular(result)], dtype=float).reshape(-1, 2)
    if len(hollow):
        found.append(Points("looks singular", "special", hollow, is_hollow=True))
        found.append(Label("looks singular label", "special", hollow[0], "only looks singular", (0.6, 1)))
    return tuple(found)


def only_looks_singular(result: Result) -> tuple[complex, ...]:
    """Where a part of f is singular and f is not; a kink or a jump on the real axis is told as such instead."""
    assert result.radius is not None
    told = [each.x for each in result.breaks]
    return tuple(z for z in result.radius.looks_singular if z.imag != 0 or z.real not in told)


def _crosses(at: Array, pane: PaneView) -> list[Mark]:
    """A × at each point, with a rim as the lines have."""
    u, v = (CROSS * pane.scale * each for each in pane.per_pixel)
    arms = np.array([[-u, -v], [u, v], [-u, v], [u, -v]])
    ends = (at[:, None, :] + arms[None, :, :]).reshape(-1, 2)
    rim = (at[:, None, :] + 1.25 * arms[None, :, :]).reshape(-1, 2)
    return [Segments("singular rim", "background", rim, "vector"), Segments("singular", "special", ends)]


def fit(state: State, result: Result) -> Box:
    """The disc with some air; where it has none, as much as the other panes show."""
    a = float(state.centre)
    far = 4.0 if result.radius is None or result.radius.value == inf else max(1.5 * result.radius.value, 0.3)
    return a - far, a + far, -0.8 * far, 0.8 * far


def hover(state: State, result: Result, xy: tuple[float, float]) -> str:
    """z with the error there."""
    sign = "−" if xy[1] < 0 else "+"
    told = f"z = {show(xy[0], 3)} {sign} {show(abs(xy[1]), 3)}i"
    if result.series is None:
        return told
    power = float(_powers(state.f, result, np.array([xy[0]]), np.array([xy[1]]))[0, 0])
    return f"{told}, |f − Tₙ| ≈ {show(10.0**power, 2)}"
