"""v, Av and the eigenlines, and two small maps."""

from functools import lru_cache
from math import atan2, hypot, pi, radians

import numpy as np

from mmlviz.core import planar
from mmlviz.core.axes import fixed_frame
from mmlviz.core.marks import Curve, Label, Mark, Points, Scene, Segments, kept
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import degrees as degrees_text
from mmlviz.core.words import pair, show
from mmlviz.labs.eigen.words import off_line, root_text
from mmlviz.maths import spectrum as sp
from mmlviz.maths.lattice import Box, line_across
from mmlviz.maths.matrix2 import Array, is_close
from mmlviz.models.eigen import Result, State

GLOW = 2.0  # degrees between v and Av's line from which the line begins to glow
CIRCLE = np.stack([np.cos(np.linspace(0, 2 * pi, 121)), np.sin(np.linspace(0, 2 * pi, 121))], axis=1)


def draw(state: State, result: Result, view: View) -> Scene:
    """v, Av and the eigenlines; the eigenvalues as points; the matrix as a point of the trace-determinant map."""
    return {
        "plane": _plane(state, result, view["plane"]),
        "spectrum": _complex_plane(result, view["spectrum"]),
        "map": _map(result, view["map"]),
    }


def _plane(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    return (
        *_glow(result, pane),
        *fixed_frame(pane),
        *_ellipse(result),
        *(_spiral(state, result, pane) if result.spectrum.is_complex else _eigenlines(result, pane)),
        *_angle(result, pane),
        *planar.tip("second", "second", result.A[:, 1], planar.column_text(state, 1)),
        *planar.tip("first", "first", result.A[:, 0], planar.column_text(state, 0)),
        *planar.tip("image", "output", result.image, _image_text(result)),
        *planar.tip("v", "input", result.v, "v"),
    )


def _image_text(result: Result) -> str:
    return f"Av = {show(result.eigenvalue)} v" if result.is_parallel and result.eigenvalue is not None else "Av"


def _glow(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    if (not result.is_parallel and off_line(result) > GLOW) or not result.v.any():
        return ()
    along = result.v / np.hypot(*result.v)
    return (Segments("glow", "special", line_across(along, pane.box), "glow"),)


@lru_cache(maxsize=2)
def _circle(radius: float) -> Curve:
    """The circle that v can turn on; it stays while A is changed."""
    circle = Curve("circle of v", "truth", radius * CIRCLE, "hair", is_dashed=True)
    kept(circle)
    return circle


def _ellipse(result: Result) -> tuple[Mark, ...]:
    """The circle that v can turn on, and the ellipse that Av then runs along."""
    circle = _circle(float(np.hypot(*result.v)))
    return circle, Curve("ellipse of Av", "output", circle.points @ result.A.T, "hair")


def _eigenlines(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    spectrum = result.spectrum
    if spectrum.kind == "whole plane":
        fan = [line_across(np.array([np.cos(p), np.sin(p)]), pane.box) for p in np.arange(12) * pi / 12]
        text = f"every line: λ {root_text(spectrum.pair[0].real, spectrum)}"
        at = _near_edge(np.array([np.cos(pi / 12), np.sin(pi / 12)]), pane)
        return (
            Segments("eigenlines", "special", np.concatenate(fan), "hair"),
            Label("λ", "special", at, text, (0, 1)),
        )
    marks: list[Mark] = []
    for k, (vector, value) in enumerate(zip(spectrum.vectors, spectrum.eigenvalues)):
        marks += _eigenline(k, vector, value.real, result, pane)
    return tuple(marks)


def _eigenline(k: int, vector: Array, value: float, result: Result, pane: PaneView) -> list[Mark]:
    """One eigenline with λ where a unit vector on it goes; dashed where it is sent to 0."""
    spectrum = result.spectrum
    double = ", twice" if spectrum.kind == "defective" else ""
    is_null = spectrum.kind == "zero eigenvalue" and k == 0
    is_sent_to_0 = is_null or (spectrum.kind == "defective" and spectrum.determinant == 0)
    tip = vector * (1.0 if is_sent_to_0 else value)
    text = f"λ {root_text(value, spectrum)}{double}" if not is_null else "λ = 0: sent to 0"
    ends = line_across(vector, pane.box)
    seen, is_tip = _in_sight(tip, ends, pane)
    dots = np.array([tip, -tip]) if is_tip else np.array([seen])
    normal = (-float(vector[1]), float(vector[0]))
    return [
        Segments(f"eigenline {k + 1}", "special", ends, is_dashed=is_sent_to_0),
        Points(f"tip {k + 1}", "special", dots, is_hollow=is_sent_to_0 or not is_tip),
        Label(f"λ{k + 1}", "special", seen, text, normal),
    ]


def _near_edge(direction: Array, pane: PaneView) -> Array:
    ends = line_across(direction, pane.box)
    return ends[1] * 0.9 + ends[0] * 0.1 if len(ends) else np.zeros(2)


def _in_sight(tip: Array, ends: Array, pane: PaneView) -> tuple[Array, bool]:
    """The tip, or the end of the eigenline in the box that is nearest to it, and whether it is the tip itself."""
    x0, x1, y0, y1 = pane.box
    if len(ends) == 0 or (x0 <= tip[0] <= x1 and y0 <= tip[1] <= y1):
        return tip, True
    near, far = sorted(ends, key=lambda end: float(np.hypot(*(end - tip))))
    return np.asarray(near + 0.1 * (far - near)), False


def _spiral(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """No line stays: the ellipse that A only scales, and the spiral v, Av, A²v, …"""
    if not result.v.any():
        return ()
    steps = 16
    path = sp.spiral(state.matrix, state.vector, np.linspace(0, steps, 60 * steps + 1))
    points = sp.spiral(state.matrix, state.vector, np.arange(steps + 1.0))
    reach = 4 * max(map(abs, pane.box))
    path = np.where(np.abs(path).max(axis=1, keepdims=True) <= reach, path, np.nan)
    points = points[np.abs(points).max(axis=1) <= reach]
    return (
        *(() if is_close(abs(result.spectrum.pair[0]), 1) else (Curve("spiral", "truth", path),)),
        Curve("invariant ellipse", "special", sp.invariant_ellipse(state.matrix, state.vector), is_dashed=True),
        Points("powers", "truth", points),
        *(Label(f"A{n}v", "truth", points[n], f"A{'²³⁴'[n - 2]}v") for n in (2, 3) if n < len(points)),
    )


def _angle(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """The arc from v to Av."""
    if result.angle is None or abs(result.angle) < 0.05:
        return ()
    radius = min(46 * pane.scale * pane.per_pixel[0], 0.4 * hypot(*result.v))
    start = atan2(result.v[1], result.v[0])
    phi = start + np.linspace(0, radians(result.angle), 40)
    arc = radius * np.stack([np.cos(phi), np.sin(phi)], axis=1)
    at = arc[20]
    return (
        Curve("angle", "muted", arc, "line"),
        Label("angle label", "muted", at, degrees_text(round(result.angle, 1)), (float(at[0]), float(at[1]))),
    )


UNIT_CIRCLE = kept(
    Curve("unit circle", "truth", CIRCLE, is_dashed=True),
    Label("unit circle label", "truth", CIRCLE[75], "|λ| = 1", (-1, -1)),
)


def _complex_plane(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    points = np.array([[z.real, z.imag] for z in result.spectrum.pair])
    marks: list[Mark] = [*fixed_frame(pane, ("Re λ", "Im λ")), *UNIT_CIRCLE]
    same = result.spectrum.discriminant == 0
    texts = ("λ, twice",) if same else ("λ₁", "λ₂")
    for k, text in enumerate(texts):
        at, inside = _inside(points[k], pane)
        marks.append(Points(f"λ{k + 1}", "special", at[None, :], is_hollow=not inside))
        away = (0.3, 1.0 if points[k][1] >= 0 and k == 0 else -1.0)
        marks.append(Label(f"λ{k + 1} label", "special", at, text if inside else f"{text} (outside)", away))
    return tuple(marks)


def _inside(at: Array, pane: PaneView) -> tuple[Array, bool]:
    """The point, moved to the edge of the box when it lies outside, and whether it was inside."""
    x0, x1, y0, y1 = pane.box
    u, v = pane.per_pixel
    edge = 12 * pane.scale
    moved = np.array([min(max(at[0], x0 + edge * u), x1 - edge * u), min(max(at[1], y0 + edge * v), y1 - edge * v)])
    return moved, bool(x0 <= at[0] <= x1 and y0 <= at[1] <= y1)


@lru_cache(maxsize=8)
def _parabola(pane: PaneView) -> tuple[Mark, ...]:
    x0, x1, y0, y1 = pane.box
    tr = np.linspace(x0, x1, 121)
    points = np.stack([tr, tr**2 / 4], axis=1)
    points[points[:, 1] > y1 + (y1 - y0)] = np.nan
    return kept(Curve("parabola", "special", points))


def _map(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """Every 2×2 matrix is a point (trace, det); on the parabola det = (tr/2)² the two λ meet."""
    x0, x1, y0, y1 = pane.box
    at, inside = _inside(np.array([float(result.spectrum.trace), float(result.spectrum.determinant)]), pane)
    middle = (x0 + x1) / 2
    marks: list[Mark] = [
        *fixed_frame(pane, ("tr", "det")),
        *_parabola(pane),
        Points("A", "output", at[None, :], is_hollow=not inside),
        Label("A label", "output", at, "A" if inside else "A (outside)", (1, 0.4)),
    ]
    if y1 > 0:
        marks.append(
            Label("complex", "muted", np.array([0.27 * x0 + 0.73 * middle, 0.62 * y1]), "complex pair", is_centred=True)
        )
    if y0 < 0:
        marks.append(
            Label("signs", "muted", np.array([0.5 * x1 + 0.5 * middle, 0.6 * y0]), "one λ negative", is_centred=True)
        )
    return tuple(marks)


def fit(state: State, result: Result, pane: str) -> Box:
    """A box around what matters in each pane."""
    if pane == "plane":
        return planar.box_around(np.array([*result.A.T, result.v, result.image]))
    if pane == "spectrum":
        reach = max(1.4 * abs(result.spectrum.eigenvalues[1]), 1.5)
        return -reach, reach, -reach, reach
    det = max(1.5 * abs(float(result.spectrum.determinant)), 3.0)
    tr = max(1.5 * abs(float(result.spectrum.trace)), 2 * det**0.5)  # wide enough for the parabola's arms
    return -tr, tr, -det, det


def hover(state: State, result: Result, pane: str, xy: tuple[float, float]) -> str:
    """A point and where A sends it; a complex number; a trace and a determinant."""
    x, y = xy
    if pane == "plane":
        return f"x = {pair(xy, 3)}    Ax = {pair((result.A @ np.array(xy)).tolist(), 3)}"
    if pane == "spectrum":
        sign = "+" if y >= 0 else "−"
        return f"{show(x, 3)} {sign} {show(abs(y), 3)}i    modulus {show(hypot(x, y), 3)}"
    what = "complex pair" if x * x / 4 < y else "two real eigenvalues"
    return f"trace {show(x, 3)}, det {show(y, 3)}: {what}"
