"""Very many dots: stamped one by one while they can be told apart, else written straight into a picture."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt import internals
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from mmlviz.core.marks import Dots
from mmlviz.maths.matrix2 import Array
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.look import Look

CROWD = 4000  # dots above which each is a few plain pixels


def dots(painter: QPainter, mark: Dots, pixels: Pixels, look: Look) -> None:
    """The dots of a mark, later ones on top."""
    if len(mark.at) <= CROWD:
        _stamped(painter, mark, pixels, look)
        return
    ratio = painter.device().devicePixelRatioF()
    painter.drawImage(QPointF(0, 0), _splat(mark, pixels, look, ratio))


def colours(mark: Dots, look: Look) -> list[QColor]:
    """The colours that the groups of a mark number; the first alone where it has no groups."""
    return look.classes if mark.groups is not None else [look.colour(mark.role)]


def _stamped(painter: QPainter, mark: Dots, pixels: Pixels, look: Look) -> None:
    at = pixels.to(mark.at)
    x0, x1, y0, y1 = pixels.frame
    inside = (at[:, 0] > x0) & (at[:, 0] < x1) & (at[:, 1] > y0) & (at[:, 1] < y1)
    at = at[inside]
    if len(at) == 0:
        return
    ratio = painter.device().devicePixelRatioF()
    side = int(np.ceil((mark.size * look.scale + 2) * ratio))
    group = 0 if mark.groups is None else mark.groups[inside]
    fragments = internals.PrimitiveArray(QPainter.PixmapFragment, 10)
    fragments.resize(len(at))
    table = fragments.ndarray()
    table[:, 0:2] = at
    table[:, 2] = np.multiply(group, side)
    table[:, 3:] = (0, side, side, 1 / ratio, 1 / ratio, 0, 1)
    faces = _faces(look, mark.role, mark.groups is None, side)
    painter.drawPixmapFragments(*fragments.drawargs(), faces)  # type: ignore[call-arg]  # the stubs lack the count


@lru_cache(maxsize=16)
def _faces(look: Look, role: str, is_one: bool, side: int) -> QPixmap:
    """One disc of each colour side by side, each with a thin rim of the background."""
    wanted = [look.colour(role)] if is_one else look.classes
    faces = QPixmap(side * len(wanted), side)
    faces.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faces)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.colour("background"))
    for k, colour in enumerate(wanted):
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(k * side + 0.5, 0.5, side - 1, side - 1))
    painter.end()
    return faces


@lru_cache(maxsize=2)  # a crowd that stands still is painted from here; one picture takes 5 MB
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
    """Where in the picture the corner of each dot lies, and which dots lie in it."""
    x = (at[:, 0] - pixels.box[0]) * (ratio / pixels.per_pixel[0]) - side / 2
    y = (pixels.box[3] - at[:, 1]) * (ratio / pixels.per_pixel[1]) - side / 2
    inside = (x >= 0) & (x < width - side) & (y >= 0) & (y < height - side)
    return y[inside].astype(np.intp) * width + x[inside].astype(np.intp), inside
