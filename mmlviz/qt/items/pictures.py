"""Pictures under a matrix.

Qt samples them through the inverse of the map, in a tenth of the time that numpy takes. What is read is a copy halved
so often that a pixel of it covers about one of the screen's: a picture of 4,000×4,000 costs no more than a small one,
and does not sparkle. Where one pixel covers more than some ten thousand, Qt's counting in 1/65536 of it is seen.
"""

import weakref
from dataclasses import dataclass
from math import floor, hypot, log2, sqrt

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from mmlviz.core.marks import Picture
from mmlviz.maths.lattice import clip_polygon, clip_segments
from mmlviz.maths.matrix2 import Array
from mmlviz.qt.items.lines import draw_pixels, pen
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.vectors import disc, embedded, is_vector
from mmlviz.qt.look import Look

THINNEST = 0.5  # pixels: a picture that is flatter is a line
FINE = 2.0  # pixels to the unit in SVG and PDF
BLUR = 4.0  # how much coarser than the screen a picture that is squeezed may be, across the squeeze

_levels: dict[int, dict[int, QImage]] = {}  # by the array's id, for as long as it lives, and by how often halved


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Where a picture comes to lie: its corners (4, 2) in pixels, from its own top left to the right and round."""

    corners: Array

    @classmethod
    def of(cls, mark: Picture, pixels: Pixels) -> "Placed":
        """The corners of the box, moved."""
        x0, x1, y0, y1 = mark.box
        still = np.array([(x0, y1), (x1, y1), (x1, y0), (x0, y0)])
        return cls(pixels.to((still - mark.origin) @ mark.matrix.T + mark.origin))

    @property
    def right(self) -> tuple[float, float]:
        """The way along the picture's upper edge."""
        u, v = (self.corners[1] - self.corners[0]).tolist()
        return u, v

    @property
    def down(self) -> tuple[float, float]:
        """The way along its left edge."""
        u, v = (self.corners[3] - self.corners[0]).tolist()
        return u, v

    @property
    def is_flat(self) -> bool:
        """Whether it is too thin to be seen as an area."""
        (a, c), (b, d) = self.right, self.down
        return abs(a * d - b * c) <= THINNEST * max(hypot(a, c), hypot(b, d))

    def halvings(self, width: int, height: int, ratio: float) -> int:
        """How often to halve so many pixels, for ratio pixels of the screen to the unit.

        One then covers between a quarter of the screen's and one, by area. Squeezed, it is too long for that one way
        and too short the other: it is made coarser than the screen along its length, up to BLUR, for less sparkle.
        """
        columns = np.array([self.right, self.down]).T * ratio / (width, height)
        longest, shortest = np.linalg.svd(columns, compute_uv=False).tolist()
        side = max(sqrt(longest * shortest), longest / BLUR)
        most = floor(log2(min(width, height)))
        return min(max(floor(-log2(side)), 0), most)

    def map_of(self, image: QImage) -> QTransform:
        """From the pixels of an image to those of the pane."""
        (a, c), (b, d), (x, y) = self.right, self.down, self.corners[0].tolist()
        w, h = image.width(), image.height()
        return QTransform(a / w, c / w, b / h, d / h, x, y)


def picture(painter: QPainter, mark: Picture, pixels: Pixels, look: Look) -> None:
    """The picture where the matrix puts it, with a frame; a line or a dot where it has no area."""
    placed = Placed.of(mark, pixels)
    if not placed.is_flat and is_vector(painter):
        _embed(painter, mark, placed, pixels)
    elif not placed.is_flat:
        _draw(painter, mark, placed, painter.device().devicePixelRatioF())
    painter.setPen(pen(look.colour(mark.role), look.widths["line" if placed.is_flat else "hair"]))
    edges = np.repeat(placed.corners, 2, axis=0)[[1, 2, 3, 4, 5, 6, 7, 0]]
    draw_pixels(painter, clip_segments(edges, pixels.frame))
    x, y = placed.corners[0].tolist()
    if np.ptp(placed.corners, axis=0).max() < 1 and 0 <= x <= pixels.width and 0 <= y <= pixels.height:
        disc(painter, (x, y), 4 * look.widths["line"], look.colour(mark.role), look.colour("background"), 1.0)


def _draw(painter: QPainter, mark: Picture, placed: Placed, ratio: float) -> None:
    """The picture alone, with ratio pixels of the device to the unit."""
    height, width = mark.pixels.shape[:2]
    image = level(mark.pixels, placed.halvings(width, height, ratio))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, mark.is_smooth)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # the frame lies over the edge
    painter.setTransform(placed.map_of(image), True)
    painter.drawImage(0, 0, image)  # Qt cuts it to what is seen, wherever the corners are
    painter.restore()


def _embed(painter: QPainter, mark: Picture, placed: Placed, pixels: Pixels) -> None:
    """What can be seen of it as an upright picture of its own."""
    seen = clip_polygon(placed.corners, (0.0, pixels.width, 0.0, pixels.height))
    if len(seen) < 3:
        return
    (left, top), (right, bottom) = seen.min(axis=0).tolist(), seen.max(axis=0).tolist()
    area = QRectF(left, top, right - left, bottom - top)
    made = embedded(area, FINE)
    inner = QPainter(made)
    inner.scale(made.width() / area.width(), made.height() / area.height())
    inner.translate(-area.topLeft())
    _draw(inner, mark, placed, FINE)
    inner.end()
    painter.drawImage(area, made)


def level(pixels: NDArray[np.uint8], halvings: int) -> QImage:
    """The picture halved so often; kept until the array is gone."""
    if id(pixels) not in _levels:
        _levels[id(pixels)] = {}
        weakref.finalize(pixels, _levels.pop, id(pixels), None).atexit = False
    kept = _levels[id(pixels)]
    if halvings not in kept:
        finer = _whole(pixels) if halvings <= 1 else level(pixels, halvings - 1)  # the whole one only if it is drawn
        kept[halvings] = _halved(finer) if halvings else finer
    return kept[halvings]


def _whole(pixels: NDArray[np.uint8]) -> QImage:
    height, width, channels = pixels.shape
    given, kept = (
        (QImage.Format.Format_RGB888, QImage.Format.Format_RGB32)
        if channels == 3
        else (QImage.Format.Format_RGBA8888, QImage.Format.Format_ARGB32_Premultiplied)
    )
    data = np.ascontiguousarray(pixels).data
    return QImage(data, width, height, channels * width, given).convertToFormat(kept)


def _halved(image: QImage) -> QImage:
    size = QSize(max(image.width() // 2, 1), max(image.height() // 2, 1))
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
