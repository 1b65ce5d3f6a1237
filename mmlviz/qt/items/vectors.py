"""What is painted otherwise where there are no pixels: in SVG and PDF, where everything is to be a line or an area."""

from functools import lru_cache

import numpy as np
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPdfWriter, QPen
from PySide6.QtSvg import QSvgGenerator

from mmlviz.maths.matrix2 import Array

_DEVICES = QSvgGenerator, QPdfWriter
LARGEST = 4096  # pixels along a side of an embedded picture


def is_vector(painter: QPainter) -> bool:
    """Whether what is painted is kept as lines and areas, and not as pixels."""
    return isinstance(painter.device(), _DEVICES)


def pieces(ends: Array, is_joined: bool) -> QPainterPath:
    """Segments (2n, 2) as one path; where each begins at the end of the one before, they are one line if joined."""
    if len(ends) == 0:
        return QPainterPath()
    kept = np.ones(len(ends), dtype=bool)
    if is_joined:
        kept[2::2] = (ends[2::2] != ends[1:-1:2]).any(axis=1)
    goes_on = np.ones(len(ends), dtype=np.int32)
    goes_on[1::2] = np.append(~kept[2::2], False)
    return arrayToQPath(ends[kept, 0].copy(), ends[kept, 1].copy(), connect=goes_on[kept])


def disc(painter: QPainter, at: tuple[float, float], diameter: float, fill: QColor, rim: QColor, width: float) -> None:
    """A round dot as large as `diameter` with its rim."""
    painter.setPen(QPen(rim, width))
    painter.setBrush(fill)
    radius = (diameter - width) / 2
    painter.drawEllipse(QPointF(*at), radius, radius)


@lru_cache(maxsize=500)
def outline(text: str, font: QFont) -> QPainterPath:
    """The glyphs of a line, its baseline at 0: who opens the file need not have the typeface."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)  # strokes of a glyph may overlap
    path.addText(QPointF(0, 0), font, text)
    return path


def write(painter: QPainter, at: QPointF, text: str, font: QFont, colour: QColor) -> None:
    """A line of text as areas, the left end of its baseline at a point."""
    painter.fillPath(outline(text, font).translated(at), colour)


def write_with_halo(
    painter: QPainter, area: QRectF, text: str, font: QFont, colour: QColor, halo: QColor, width: float
) -> None:
    """A line of text in the middle of an area, with a rim so wide all around it."""
    metrics = QFontMetricsF(font)
    left = area.center().x() - metrics.horizontalAdvance(text) / 2
    path = outline(text, font).translated(left, area.center().y() - metrics.height() / 2 + metrics.ascent())
    round_pen = QPen(halo, 2 * width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, round_pen)
    painter.fillPath(path, colour)


def embedded(area: QRectF, fineness: float) -> QImage:
    """A transparent picture of an area, so many pixels to the unit, at most LARGEST along a side."""
    ratio = min(fineness, LARGEST / max(area.width(), area.height(), 1.0))
    size = (area.size() * ratio).toSize().expandedTo(QSizeF(1, 1).toSize())
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image
