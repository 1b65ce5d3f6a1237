"""Surfaces as small faces whose colour tells slope and, on request, height."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from mmlviz.core.marks import Surface
from mmlviz.core.theme import mix
from mmlviz.maths.matrix2 import Array
from mmlviz.qt.items.images import shades
from mmlviz.qt.items.projection import SIDES, Projection
from mmlviz.qt.items.solid import Pieces
from mmlviz.qt.look import Look

LIGHTS = 24  # steps between a face in the shade and one in the light
HUES = 48  # colours of a ramp
SUN = np.array([-0.45, 0.55, 0.70])  # from the left, from above, from the viewer's side
PALE, STRONG = 0.22, 0.62  # shares of the role's colour in the light and in the shade
DIMMED = 0.30  # how much darker a ramp is in the shade
MESH = 0.85  # share of the role's colour in mesh lines


def surface(mark: Surface, projection: Projection, look: Look, is_coarse: bool = False) -> Pieces:
    """The faces of a surface, those with a hole left out; coarse ones are not smoothed, which takes half the time."""
    placed = projection.placed(grid(mark))
    corners = faces(placed)
    whole = np.isfinite(corners).all(axis=(1, 2))
    seen = projection.seen(placed)
    brushes = _brushes(mark, corners[whole], projection, look)
    spots = [QPointF(x, y) for x, y in seen[:, :, :2].reshape(-1, 2).tolist()]  # shared by four faces each
    first, row = _first_corners(seen.shape[0], seen.shape[1])[whole].tolist(), seen.shape[1]
    pen = _mesh_pen(mark, look, is_coarse)

    def begin(painter: QPainter) -> None:
        painter.setPen(pen)

    def paint(painter: QPainter, k: int) -> None:
        at = first[k]
        painter.setBrush(brushes[k])
        painter.drawConvexPolygon((spots[at], spots[at + 1], spots[at + row + 1], spots[at + row]))

    return Pieces(faces(seen)[whole, :, 2].mean(axis=1), begin, paint, mark.is_mesh and not is_coarse)


def _first_corners(rows: int, columns: int) -> NDArray[np.intp]:
    """Where among the points, row by row, the first corner of each face is."""
    return np.arange(rows * columns).reshape(rows, columns)[:-1, :-1].ravel()


def grid(mark: Surface) -> Array:
    """The points (m, n, 3) of a surface."""
    x, y = np.meshgrid(mark.x, mark.y)
    return np.stack([x, y, mark.z], axis=-1)


def faces(points: Array) -> Array:
    """The corners (k, 4, 3) of the faces between points (m, n, 3), going around each."""
    parts = points[:-1, :-1], points[:-1, 1:], points[1:, 1:], points[1:, :-1]
    return np.stack(parts, axis=2).reshape(-1, 4, 3)


def lights(corners: Array, axes: Array) -> Array:
    """How lit each face (k, 4, 3) is, from 0 to 1, whichever side is seen; the light comes with the viewer."""
    normals = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    normals /= np.maximum(np.linalg.norm(normals, axis=1), 1e-12)[:, None]
    facing = normals @ axes.T
    facing *= np.where(facing[:, 2] < 0, -1.0, 1.0)[:, None]
    lit: Array = (facing @ (SUN / np.linalg.norm(SUN))).clip(0.0, 1.0)
    return lit


def _brushes(mark: Surface, corners: Array, projection: Projection, look: Look) -> list[QBrush]:
    light = np.rint(lights(corners, projection.axes) * (LIGHTS - 1)).astype(np.intp)
    if mark.ramp is None:
        table = _role_brushes(look, mark.role, mark.share)
        return [table[k] for k in light.tolist()]
    table = _ramp_brushes(look, mark.ramp, mark.share)
    hue = _hues(mark, corners, projection)
    return [table[k] for k in (hue * LIGHTS + light).tolist()]


def _hues(mark: Surface, corners: Array, projection: Projection) -> NDArray[np.intp]:
    """Which colour of its ramp each face has, by the height of its middle."""
    low, high = float(projection.low[2]), float(projection.high[2])
    height = corners[:, :, 2].mean(axis=1) / SIDES[2] + 0.5
    if mark.ramp == "signed":
        most = max(abs(low), abs(high), 1e-300)
        height = (low + height * (high - low)) / most / 2 + 0.5
    return np.rint(height.clip(0, 1) * (HUES - 1)).astype(np.intp)


@lru_cache(maxsize=64)
def _role_brushes(look: Look, role: str, share: float) -> list[QBrush]:
    """A role's colour from the shade to the light."""
    ends = (STRONG, PALE) if not look.theme.is_dark else (PALE, STRONG)
    return [
        _brush(look.theme.mixed(role, ends[0] + (ends[1] - ends[0]) * k / (LIGHTS - 1)), share) for k in range(LIGHTS)
    ]


@lru_cache(maxsize=16)
def _ramp_brushes(look: Look, ramp: str, share: float) -> list[QBrush]:
    """Every colour of a ramp from the shade to the light."""
    table = shades(look, "signed" if ramp == "signed" else "depth")
    hues = [f"#{int(table[round(k * 255 / (HUES - 1))]) & 0xFFFFFF:06x}" for k in range(HUES)]
    dims = [DIMMED * (1 - k / (LIGHTS - 1)) for k in range(LIGHTS)]
    return [_brush(mix(hue, "#000000", dim), share) for hue in hues for dim in dims]


def _brush(colour: str, share: float) -> QBrush:
    made = QColor(colour)
    made.setAlphaF(share)
    return QBrush(made)


@lru_cache(maxsize=64)
def _pen_of(look: Look, role: str, share: float, width: float) -> QPen:
    colour = QColor(look.theme.mixed(role, MESH))
    colour.setAlphaF(share)
    return QPen(colour, width)


def _mesh_pen(mark: Surface, look: Look, is_coarse: bool) -> QPen:
    """The pen of the mesh; while it moves one pixel wide: in projector mode a wider one takes a millisecond more."""
    if not mark.is_mesh:
        return QPen(Qt.PenStyle.NoPen)
    return _pen_of(look, mark.role, mark.share, 1.0 if is_coarse else look.widths["hair"])
