"""Eigenvectors: which directions A leaves alone, and what it does along them."""

from dataclasses import replace
from functools import lru_cache
from math import atan2, degrees, hypot, pi, radians

import numpy as np

from mmlviz.core import formula as f
from mmlviz.core import planar
from mmlviz.core.axes import fixed_frame
from mmlviz.core.controls import Handle, Preset
from mmlviz.core.lab import Lab, Reading, Value
from mmlviz.core.layout import Plane, Split
from mmlviz.core.marks import Curve, Label, Mark, Points, Scene, Segments
from mmlviz.core.python import array
from mmlviz.core.view import PaneView, View
from mmlviz.core.words import degrees as degrees_text
from mmlviz.core.words import equals, is_exact, pair, show
from mmlviz.maths import spectrum as sp
from mmlviz.maths.lattice import Box, line_across
from mmlviz.maths.matrix2 import Array, is_close
from mmlviz.models import eigen as model
from mmlviz.models.eigen import Result, State

GLOW = 2.0  # degrees between v and Av's line from which the line begins to glow
CIRCLE = np.stack([np.cos(np.linspace(0, 2 * pi, 121)), np.sin(np.linspace(0, 2 * pi, 121))], axis=1)
SNAP = 5.0  # degrees within which snapping pulls v onto an eigenline


# The picture ------------------------------------------------------------------------------------


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
        *_ellipse(result, pane),
        *(_spiral(state, result, pane) if result.spectrum.is_complex else _eigenlines(result, pane)),
        *_angle(result, pane),
        *planar.tip("second", "second", result.A[:, 1], planar.column_text(state, 1)),
        *planar.tip("first", "first", result.A[:, 0], planar.column_text(state, 0)),
        *planar.tip("image", "output", result.image, _image_text(result)),
        *planar.tip("v", "input", result.v, "v"),
    )


def _image_text(result: Result) -> str:
    return f"Av = {show(result.eigenvalue)} v" if result.is_parallel and result.eigenvalue is not None else "Av"


def _off_line(result: Result) -> float:
    """Degrees between the lines of v and Av."""
    return 90.0 if result.angle is None else min(abs(result.angle), 180 - abs(result.angle))


def _glow(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    if (not result.is_parallel and _off_line(result) > GLOW) or not result.v.any():
        return ()
    along = result.v / np.hypot(*result.v)
    return (Segments("glow", "special", line_across(along, pane.box), "glow"),)


def _ellipse(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """The circle that v can turn on, and the ellipse that Av then runs along."""
    circle = np.hypot(*result.v) * CIRCLE
    return (
        Curve("circle of v", "truth", circle, "hair", is_dashed=True),
        Curve("ellipse of Av", "output", circle @ result.A.T, "hair"),
    )


def _eigenlines(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    spectrum = result.spectrum
    if spectrum.kind == "whole plane":
        fan = [line_across(np.array([np.cos(p), np.sin(p)]), pane.box) for p in np.arange(12) * pi / 12]
        text = f"every line: λ {_short(spectrum.pair[0].real, spectrum)}"
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
    zero = is_null or (spectrum.kind == "defective" and spectrum.determinant == 0)
    tip = vector * (1.0 if zero else value)
    text = f"λ {_short(value, spectrum)}{double}" if not is_null else "λ = 0: sent to 0"
    seen = _kept_inside(tip, pane)
    ends = line_across(vector, pane.box)
    normal = (-float(vector[1]), float(vector[0]))
    return [
        Segments(f"eigenline {k + 1}", "special", ends, is_dashed=zero),
        Points(f"tip {k + 1}", "special", np.array([seen, -seen]), is_hollow=zero),
        Label(f"λ{k + 1}", "special", seen, text, normal),
    ]


def _short(value: float, spectrum: sp.Spectrum) -> str:
    """'= 2' or '≈ 2.618'; a rational eigenvalue is known exactly."""
    if spectrum.rational is not None:
        nearest = min(spectrum.rational, key=lambda x: abs(float(x) - value))
        return equals(nearest)
    return f"≈ {show(value)}"


def _near_edge(direction: Array, pane: PaneView) -> Array:
    ends = line_across(direction, pane.box)
    return ends[1] * 0.9 + ends[0] * 0.1 if len(ends) else np.zeros(2)


def _kept_inside(tip: Array, pane: PaneView) -> Array:
    """The tip, or the last point towards it that is comfortably in the box."""
    x0, x1, y0, y1 = pane.box
    reach = 0.82 * min(abs(x0), abs(x1)), 0.82 * min(abs(y0), abs(y1))
    over = max(abs(tip[0]) / max(reach[0], 1e-12), abs(tip[1]) / max(reach[1], 1e-12))
    return np.asarray(tip / over) if over > 1 and min(reach) > 0 else tip


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
        Curve("spiral", "truth", path),
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


def _complex_plane(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    points = np.array([[z.real, z.imag] for z in result.spectrum.pair])
    marks: list[Mark] = [
        *fixed_frame(pane, ("Re λ", "Im λ")),
        Curve("unit circle", "truth", CIRCLE, is_dashed=True),
        Label("unit circle label", "truth", CIRCLE[75], "|λ| = 1", (-1, -1)),
    ]
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
    kept = np.array([min(max(at[0], x0 + edge * u), x1 - edge * u), min(max(at[1], y0 + edge * v), y1 - edge * v)])
    return kept, bool((kept == at).all() or ((x0 <= at[0] <= x1) and (y0 <= at[1] <= y1)))


@lru_cache(maxsize=8)
def _parabola(pane: PaneView) -> Curve:
    x0, x1, y0, y1 = pane.box
    tr = np.linspace(x0, x1, 121)
    points = np.stack([tr, tr**2 / 4], axis=1)
    points[points[:, 1] > y1 + (y1 - y0)] = np.nan
    return Curve("parabola", "special", points)


def _map(result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """Every 2×2 matrix is a point (trace, det); on the parabola det = (tr/2)² the two λ meet."""
    x0, x1, y0, y1 = pane.box
    at, inside = _inside(np.array([float(result.spectrum.trace), float(result.spectrum.determinant)]), pane)
    middle = (x0 + x1) / 2
    marks: list[Mark] = [
        *fixed_frame(pane, ("tr", "det")),
        _parabola(pane),
        Points("A", "output", at[None, :], is_hollow=not inside),
        Label("A label", "output", at, "A" if inside else "A (outside)", (1, 0.4)),
    ]
    if y1 > 0:
        marks.append(Label("complex", "muted", np.array([middle, 0.72 * y1]), "complex pair", is_centred=True))
    if y0 < 0:
        marks.append(Label("signs", "muted", np.array([middle, 0.6 * y0]), "one λ negative", is_centred=True))
    return tuple(marks)


def fit(state: State, result: Result, pane: str) -> Box:
    """A box around what matters in each pane."""
    if pane == "plane":
        return planar.box_around(np.array([*result.A.T, result.v, result.image]))
    if pane == "spectrum":
        reach = max(1.4 * abs(result.spectrum.eigenvalues[1]), 1.5)
        return -reach, reach, -reach, reach
    tr, det = 1.5 * abs(float(result.spectrum.trace)), 1.5 * abs(float(result.spectrum.determinant))
    tr, det = max(tr, 3.0), max(det, 3.0)
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


# The reading ------------------------------------------------------------------------------------


def tell(state: State, result: Result) -> Reading:
    """The product, the characteristic polynomial and its roots; which of the cases this is."""
    spectrum = result.spectrum
    first, second = spectrum.eigenvalues
    return Reading(
        formulas=(
            planar.product_node(state, result.image),
            _polynomial_node(state, spectrum),
            _roots_node(state, spectrum),
        ),
        values={
            "eigenvalues": [[first.real, first.imag], [second.real, second.imag]],
            "eigenvectors": spectrum.vectors.tolist(),
            "kind": spectrum.kind,
            "characteristic_polynomial": [1.0, -float(spectrum.trace) + 0.0, float(spectrum.determinant)],
            "discriminant": float(spectrum.discriminant),
            "image": result.image.tolist(),
            "angle": result.angle,
            "ratio": result.ratio,
        },
        sentence=f"{_case(spectrum)} {_trial(result)}".strip(),
        readout={
            "trace": show(spectrum.trace),
            "det": show(spectrum.determinant),
            "angle from v to Av": "undefined" if result.angle is None else degrees_text(round(result.angle, 2)),
            "|Av| / |v|": "undefined" if result.ratio is None else show(result.ratio),
        },
        warnings=("v is the zero vector: it lies on every line, and is no eigenvector.",) if not result.v.any() else (),
    )


def _polynomial_node(state: State, spectrum: sp.Spectrum) -> f.Node:
    lam = f.Symbol("λ")
    square = f.Power(lam, f.Text("2"))
    trace, det = spectrum.trace, spectrum.determinant
    parts: list[f.Node | str] = [f.Text("det"), "(", f.Symbol("A"), "−", lam, f.Symbol("I"), ")", "=", square]
    if trace != 0:
        parts += ["−" if trace > 0 else "+", *([f.number(abs(trace))] if abs(trace) != 1 else []), lam]
    if det != 0:
        parts += ["−" if det < 0 else "+", f.number(abs(det))]
    if not (is_exact(trace) and is_exact(det)):
        parts[7] = "≈"
    return f.row(*parts)


def _roots_node(state: State, spectrum: sp.Spectrum) -> f.Node:
    """λ₁, λ₂ with Δ, the number under the root."""
    lam = f.Symbol("λ")
    delta = f.row(f.Text("Δ"), "=" if is_exact(spectrum.discriminant) else "≈", f.number(spectrum.discriminant))
    if spectrum.discriminant == 0:
        root = spectrum.trace / 2
        return f.row(delta, ",", lam, "=" if is_exact(root) else "≈", f.Coloured("special", f.number(root)))
    if spectrum.is_complex:
        return f.row(delta, ",", lam, *_complex_roots(spectrum))
    exact = spectrum.rational is not None and all(map(is_exact, spectrum.rational))
    roots = spectrum.rational if spectrum.rational is not None else tuple(z.real for z in spectrum.pair)
    both = f.row(f.number(roots[0]), ",", f.number(roots[1]))
    return f.row(delta, ",", lam, "=" if exact else "≈", f.Coloured("special", both))


def _complex_roots(spectrum: sp.Spectrum) -> tuple[f.Node, f.Node]:
    """'= 1/2 ± i' for the pair tr/2 ± √−Δ i."""
    half = spectrum.trace / 2
    height = spectrum.root if spectrum.root is not None else spectrum.pair[0].imag
    exact = spectrum.root is not None and is_exact(half) and is_exact(height)
    parts = [] if half == 0 else [f.number(half)]
    factor = [] if height == 1 else [f.number(height)]
    return f.EQUALS if exact else f.ABOUT, f.Coloured("special", f.row(*parts, "±", *factor, f.Symbol("i")))


def _case(spectrum: sp.Spectrum) -> str:
    first, second = (z.real for z in spectrum.eigenvalues)
    match spectrum.kind:
        case "whole plane":
            return f"Every vector is an eigenvector: A is {show(first)} times the identity."
        case "defective":
            gone = " A² = 0." if spectrum.determinant == 0 and spectrum.trace == 0 else ""
            value = equals(spectrum.trace / 2)
            return f"Defective: λ {value} counts twice but has only one eigenline, so no eigenbasis.{gone}"
        case "zero eigenvalue":
            return "λ = 0: the dashed eigenline is sent to 0, and A is singular."
        case "opposite eigenvalues":
            return (
                f"The eigenvalues are ±{show(abs(first))}: equal moduli, so neither direction wins when A is repeated."
            )
        case "negative eigenvalue":
            return (
                f"λ ≈ {show(min(first, second))} is negative: vectors on that eigenline turn round to the other side."
            )
        case "complex pair":
            z = spectrum.pair[0]
            turn = degrees_text(round(degrees(atan2(z.imag, z.real)), 2))
            if is_close(abs(z), 1):
                return f"No real eigenvector: A turns by {turn} along the dashed ellipse, and Aⁿv stays on it."
            return f"No real eigenvector: A turns by {turn} along the dashed ellipse and scales by {show(abs(z))}."
    return "Two eigenlines stay in place; along each, A only stretches."


def _trial(result: Result) -> str:
    if result.eigenvalue is None:
        return ""
    sign = "=" if result.is_parallel and is_exact(result.eigenvalue) else "≈"
    if result.is_parallel:
        return f"v is an eigenvector: Av {sign} {show(result.eigenvalue)} v."
    return f"v is almost an eigenvector: Av ≈ {show(result.eigenvalue)} v, {show(_off_line(result), 2)}° off the line."


def recipe(state: State) -> str:
    """The same numbers in numpy, by trace and determinant."""
    return f"""import numpy as np

A = {array(state.matrix)}
v = {array(state.vector)}

image = A @ v
(a, b), (c, d) = A
trace, determinant = a + d, a * d - b * c
characteristic_polynomial = [1, -trace, determinant]
h = (a - d) / 2
discriminant = h**2 + b * c
# What the rounding of the entries can make of a zero counts as zero: numpy.linalg.eig does not know that.
size, units = max(abs(a), abs(d)), 8 * np.finfo(float).eps
if abs(discriminant) <= units * (2 * abs(b * c) + abs(h) * size + units * size**2):
    discriminant = 0
eigenvalues = trace / 2 + np.sqrt(complex(discriminant)) * np.array([1, -1])
"""


# The declaration --------------------------------------------------------------------------------


def _column_at(state: State, result: Result, j: int) -> tuple[float, float]:
    return state.matrix[0][j], state.matrix[1][j]


def _snapped(state: State, result: Result, xy: tuple[float, float], pane: PaneView) -> tuple[float, float]:
    """v on the nearest eigenline, if that is within a few degrees."""
    length = hypot(*xy)
    best = xy
    closest = np.sin(radians(SNAP)) * length
    for vector in result.spectrum.vectors if result.spectrum.kind != "whole plane" else ():
        off = abs(xy[0] * vector[1] - xy[1] * vector[0])
        if off < closest:
            closest, along = off, float(np.array(xy) @ vector)
            best = (along * float(vector[0]), along * float(vector[1]))
    return best


LAB = Lab(
    id="eigen",
    title="Eigenvectors",
    model=model,
    layout=Split(
        (
            Plane("plane", "v and Av", home=(-3.6, 3.6, -2.4, 2.4), weight=5),
            Split(
                (
                    Plane("spectrum", "Eigenvalues in the complex plane", home=(-3.0, 3.0, -2.2, 2.2)),
                    Plane("map", "Trace and determinant", home=(-8.0, 8.0, -12.0, 18.0), is_locked=False),
                ),
                is_column=True,
                weight=2,
            ),
        )
    ),
    fields=(planar.MATRIX, planar.VECTOR),
    groups=(planar.MATRIX_SLIDERS, planar.VECTOR_SLIDERS),
    handles=(
        Handle("v", "v", "input", lambda s, r: s.vector,
               lambda s, xy: replace(s, vector=xy), snapped=_snapped),
        *planar.column_handles(_column_at),
    ),
    values=(
        Value("eigenvalues", "[re, im] each; by modulus, then real part, then positive imaginary part first",
              "array of 2 arrays of 2 numbers"),
        Value("eigenvectors", "one real unit vector per eigenline, in the order of the eigenvalues; none when complex",
              "array of arrays of 2 numbers"),
        Value("kind", "which of the seven cases", "string", words=sp.KINDS),
        Value("characteristic_polynomial", "[1, −tr, det]: λ² − tr λ + det", "array of 3 numbers"),
        Value("discriminant", "(tr/2)² − det: positive for two real eigenvalues", "number"),
        Value("image", "A times vector", "array of 2 numbers"),
        Value("angle", "degrees from v to Av; null where one of them is 0", "number or null"),
        Value("ratio", "length of Av by length of v; null where v is 0", "number or null"),
    ),
    presets=(
        Preset("By inspection: 2I", "mmlviz:eigen?matrix=2,0;0,2&vector=1,1"),
        Preset("By inspection: scaling by 3 and 2", "mmlviz:eigen?matrix=3,0;0,2&vector=1,1"),
        Preset("By inspection: shear", "mmlviz:eigen?matrix=1,2;0,1&vector=0,1"),
        Preset("By inspection: quarter turn", "mmlviz:eigen?matrix=0,-1;1,0&vector=1,0"),
        Preset("By inspection: −I", "mmlviz:eigen?matrix=-1,0;0,-1&vector=1,1"),
        Preset("By inspection: scaling with shear", "mmlviz:eigen?matrix=2,1;0,2&vector=0,1"),
        Preset("λ² − 8λ + 15: two real roots", "mmlviz:eigen?matrix=3,4;0,5&vector=1,1"),
        Preset("λ² − 25: opposite eigenvalues", "mmlviz:eigen?matrix=-3,8;2,3&vector=1,0"),
        Preset("(λ − 1)²: defective", "mmlviz:eigen?matrix=5,4;-4,-3&vector=1,0"),
        Preset("λ² + λ + 1: no real root", "mmlviz:eigen?matrix=-2,-3;1,1&vector=1,0"),
        Preset("Diagonalisation: λ = 5 and 4", "mmlviz:eigen?matrix=6,-1;2,3&vector=1/2,1/4"),
    ),
    tries="Drag v around the circle. Where does Av lie on the same line as v?",
    draw=draw,
    tell=tell,
    recipe=recipe,
    hover=hover,
    fit=fit,
    help="An eigenvector stays on its line when A acts; its eigenvalue λ says how much it is stretched.",
)  # fmt: skip
