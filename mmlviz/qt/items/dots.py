"""Dots: stamped one by one while they can be told apart, else written straight into a picture."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt import internals
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from mmlviz.core.marks import Dots, Points
from mmlviz.maths.matrix2 import Array
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.vectors import disc, is_vector
from mmlviz.qt.look import Look

CROWD = 4000  # dots above which each is a few plain pixels
FINE = 3.0  # pixels to the unit of a crowd in SVG and PDF


def dots(painter: QPainter, mark: Dots, pixels: Pixels, look: Look) -> None:
    """The dots of a mark, later ones on top."""
    if len(mark.at) <= CROWD:
        (_discs if is_vector(painter) else _stamped)(painter, mark, pixels, look)
        return
    is_paper = is_vector(painter)
    ratio = FINE if is_paper else painter.device().devicePixelRatioF()
    is_kept = not is_paper and not isinstance(painter.device(), QImage)  # a picture in a file is not painted again
    picture = _kept_splat(mark, pixels, look, ratio) if is_kept else _splat(mark, pixels, look, ratio)
    painter.drawImage(QRectF(0, 0, pixels.width, pixels.height), picture)


def points(painter: QPainter, mark: Points, pixels: Pixels, look: Look) -> None:
    """Round dots, filled or hollow."""
    at = pixels.to(mark.at)
    if is_vector(painter):
        for spot in at[in_frame(at, pixels)].tolist():
            disc(painter, spot, *_point_sizes(look, mark.role, mark.is_hollow))
        return
    ratio = painter.device().devicePixelRatioF()
    faces = _point(look, mark.role, mark.is_hollow, ratio)
    stamp(painter, at[in_frame(at, pixels)], faces, ratio, np.zeros(1, np.uint8))


@lru_cache(maxsize=64)
def _point(look: Look, role: str, is_hollow: bool, ratio: float) -> QPixmap:
    size, fill, rim, width = _point_sizes(look, role, is_hollow)
    return discs([(fill, rim, width)], size, ratio)


def _point_sizes(look: Look, role: str, is_hollow: bool) -> tuple[float, QColor, QColor, float]:
    """Diameter, fill, rim and the rim's width."""
    colour, line, ground = look.colour(role), look.widths["line"], look.colour("background")
    return (6 * line, ground, colour, line) if is_hollow else (6.5 * line, colour, ground, line / 2)


def colours(mark: Dots, look: Look) -> list[QColor]:
    """The colours that the groups of a mark number; the first alone where it has no groups."""
    return look.classes if mark.groups is not None else [look.colour(mark.role)]


def _stamped(painter: QPainter, mark: Dots, pixels: Pixels, look: Look) -> None:
    at = pixels.to(mark.at)
    inside = in_frame(at, pixels)
    group = np.zeros(1, np.uint8) if mark.groups is None else mark.groups[inside]
    side = mark.size * look.scale
    ratio = painter.device().devicePixelRatioF()
    stamp(painter, at[inside], _faces(look, mark.role, mark.groups is None, side, ratio), ratio, group)


def _discs(painter: QPainter, mark: Dots, pixels: Pixels, look: Look) -> None:
    """As they are stamped, but as areas."""
    at = pixels.to(mark.at)
    inside = in_frame(at, pixels)
    inks, rim = colours(mark, look), look.colour("background")
    group = np.zeros(inside.sum(), np.uint8) if mark.groups is None else mark.groups[inside]
    for spot, k in zip(at[inside].tolist(), group.tolist()):
        disc(painter, spot, mark.size * look.scale + 1, inks[k], rim, 1.0)


def in_frame(at: Array, pixels: Pixels) -> NDArray[np.bool_]:
    """Which pixels (n, 2) can be seen."""
    x0, x1, y0, y1 = pixels.frame
    seen: NDArray[np.bool_] = (at[:, 0] > x0) & (at[:, 0] < x1) & (at[:, 1] > y0) & (at[:, 1] < y1)
    return seen


def stamp(painter: QPainter, at: Array, faces: QPixmap, ratio: float, face: NDArray[np.uint8]) -> None:
    """The numbered one of square faces, that lie side by side, centred at each of the pixels (n, 2).

    The faces have ratio device pixels to the unit of `at`.
    """
    if len(at) == 1:  # most marks of points are one point, which needs no table
        _stamp_one(painter, at[0].tolist(), faces, ratio, int(face[0]))
    if len(at) < 2:
        return
    side = faces.height()
    fragments = internals.PrimitiveArray(QPainter.PixmapFragment, 10)
    fragments.resize(len(at))
    table = fragments.ndarray()
    table[:, 0:2] = at
    table[:, 2] = np.multiply(face, side, dtype=float)
    table[:, 3:] = (0, side, side, 1 / ratio, 1 / ratio, 0, 1)
    painter.drawPixmapFragments(*fragments.drawargs(), faces)  # type: ignore[call-arg]  # the stubs lack the count


def _stamp_one(painter: QPainter, at: list[float], faces: QPixmap, ratio: float, face: int) -> None:
    side = faces.height()
    breadth = side / ratio
    place = QRectF(at[0] - breadth / 2, at[1] - breadth / 2, breadth, breadth)
    painter.drawPixmap(place, faces, QRectF(face * side, 0, side, side))


@lru_cache(maxsize=16)
def _faces(look: Look, role: str, is_one: bool, side: float, ratio: float) -> QPixmap:
    """One disc of each colour side by side, each with a thin rim of the background."""
    wanted = [look.colour(role)] if is_one else look.classes
    return discs([(colour, look.colour("background"), 1.0) for colour in wanted], side + 1, ratio)


def discs(kinds: Sequence[tuple[QColor, QColor, float]], size: float, ratio: float) -> QPixmap:
    """Discs of a fill, a rim and the rim's width, as large as size with their rims, side by side in squares.

    Sizes are in units of ratio device pixels, and the pixmap's own ratio stays 1: it is cut up by its pixels.
    """
    side = ceil((size + 1) * ratio)
    faces = QPixmap(side * len(kinds), side)
    faces.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faces)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for k, (fill, rim, width) in enumerate(kinds):
        painter.setPen(QPen(rim, width * ratio))
        painter.setBrush(fill)
        radius = (size - width) * ratio / 2
        painter.drawEllipse(QPointF((k + 0.5) * side, 0.5 * side), radius, radius)
    painter.end()
    return faces


def _splat(mark: Dots, pixels: Pixels, look: Look, ratio: float) -> QImage:
    """A transparent picture of the pane with each dot as a square of plain pixels."""
    width, height = max(int(pixels.width * ratio), 1), max(int(pixels.height * ratio), 1)
    side = max(int(mark.size * look.scale * ratio), 1)
    buffer = np.zeros(width * height, np.uint32)
    place, inside = _places(mark.at, pixels, ratio, side, width, height)
    argb = np.array([c.rgba() for c in colours(mark, look)], np.uint32)
    ink = argb[mark.groups[inside]] if mark.groups is not None else argb[0]
    for down in range(side):
        for right in range(side):
            buffer[place + (down * width + right)] = ink
    image = QImage(buffer.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
    image.setDevicePixelRatio(ratio)
    return image


def _places(
    at: Array, pixels: Pixels, ratio: float, side: int, width: int, height: int
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where in the picture the corner of each dot lies, its middle in the point's pixel; which dots lie in it."""
    x = (at[:, 0] - pixels.box[0]) * (ratio / pixels.per_pixel[0]) - (side - 1) / 2
    y = (pixels.box[3] - at[:, 1]) * (ratio / pixels.per_pixel[1]) - (side - 1) / 2
    inside = (x >= 0) & (x < width - side) & (y >= 0) & (y < height - side)
    return y[inside].astype(np.intp) * width + x[inside].astype(np.intp), inside


_kept_splat = lru_cache(maxsize=2)(_splat)  # a crowd that stands still is painted from here; one takes 5 MB
