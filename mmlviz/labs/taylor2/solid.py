"""The surface of f with that of Tₙ laid over it, and the tangent paraboloid's principal directions."""

import numpy as np

from mmlviz.core.marks import Box3, Curve3, Label3, Mark, Points3, Segments3, Surface
from mmlviz.core.view import View
from mmlviz.labs.taylor2.names import polynomial_name
from mmlviz.labs.taylor2.samples import heights, polynomial_surface, probe_is_seen, surface, window
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array
from mmlviz.models.taylor2 import Result, State

AIR = 0.25  # of the range of f: how far the box reaches above and below it
SHARE = 0.6  # how opaque Tₙ is
ALONG = np.linspace(-0.75, 0.75, 33)  # of the window: where the principal directions are drawn

Span = tuple[float, float]


def solid(state: State, result: Result, view: View) -> tuple[Mark, ...]:
    """All of it, cut off where it leaves the box."""
    box = window(view)
    low, high = heights(state.f, box)
    span = low - AIR * (high - low), high + AIR * (high - low)
    return (
        _frame(box, span),
        *_surfaces(state, result, view, box, span),
        *_axes(state, result, box, span),
        *_points(state, result, box, span),
    )


def _frame(box: Box, span: Span) -> Mark:
    return Box3("box", "axis", *_corners(box, span))


def _surfaces(state: State, result: Result, view: View, box: Box, span: Span) -> tuple[Mark, ...]:
    x, y, z = surface(state.f, box, view.is_moving)
    ground = Surface("f", "truth", x, y, cut(z, span), ramp="depth", is_mesh=True)
    if result.series is None:
        return (ground,)
    x, y, z = polynomial_surface(result.series, int(state.order), box, view.is_moving)
    laid = Surface("T", "output", x, y, cut(z, span), is_mesh=True, share=SHARE)
    return ground, laid


def cut(z: Array, span: Span) -> Array:
    """Heights within the box: what is far outside is left out, and what is next to the inside lies on its lid."""
    with np.errstate(invalid="ignore"):
        is_inside = np.asarray((z >= span[0]) & (z <= span[1]))
    near = is_inside.copy()
    near[1:] |= is_inside[:-1]
    near[:-1] |= is_inside[1:]
    grown = near.copy()
    grown[:, 1:] |= near[:, :-1]
    grown[:, :-1] |= near[:, 1:]
    return np.where(grown & ~np.isnan(z), np.clip(z, *span), np.nan)


def _axes(state: State, result: Result, box: Box, span: Span) -> tuple[Mark, ...]:
    """Q along the eigenvectors of H: g·v s + λs²/2 above the centre, whatever the order of Tₙ."""
    if result.series is None or result.axes is None or result.eigenvalues is None:
        return ()
    found: list[Mark] = []
    s = ALONG * float(state.window)
    for k, role in enumerate(("first", "second")):
        v = result.axes[:, k]
        slope, bend = float(result.series.gradient @ v), float(result.eigenvalues[k])
        z = float(result.series.coefficients[0, 0]) + slope * s + bend / 2 * s * s
        points = np.column_stack([float(state.centre[0]) + s * v[0], float(state.centre[1]) + s * v[1], z])
        found.append(Curve3(f"axis {k + 1}", role, within(points, box, span), "vector"))
    return tuple(found)


def within(points: Array, box: Box, span: Span) -> Array:
    """Points (n, 3) with nan for those outside the box."""
    low, high = _corners(box, span)
    with np.errstate(invalid="ignore"):
        is_inside = np.asarray(np.all((points >= low) & (points <= high), axis=1))
    return np.where(is_inside[:, None], points, np.nan)


def _points(state: State, result: Result, box: Box, span: Span) -> tuple[Mark, ...]:
    """The centre on f, and at the probe f, Tₙ and the error between them."""
    marks: list[Mark] = []
    if result.height is not None:
        a, b = map(float, state.centre)
        marks += _point("centre", "input", (a, b, result.height), "", box, span)
    if not probe_is_seen(state, result) or result.value is None:
        return tuple(marks)
    x, y = map(float, state.probe)
    marks += _point("probe", "input", (x, y, result.value), "", box, span)
    if result.polynomial is not None:
        ends = np.array([[x, y, result.value], [x, y, result.polynomial]])
        marks += _point("T at probe", "output", (x, y, result.polynomial), polynomial_name(state.order), box, span)
        marks.append(Segments3("error", "negative", np.clip(ends, *_corners(box, span)), "vector"))
    return tuple(marks)


def _corners(box: Box, span: Span) -> tuple[Array, Array]:
    return np.array([box[0], box[2], span[0]]), np.array([box[1], box[3], span[1]])


def _point(key: str, role: str, at: tuple[float, float, float], text: str, box: Box, span: Span) -> list[Mark]:
    points = within(np.array([at]), box, span)
    if np.isnan(points).any():
        return []
    name: list[Mark] = [Label3(f"{key} label", role, points[0], text)] if text else []
    return [Points3(key, role, points), *name]
