"""Tables of numbers as pictures."""

from functools import lru_cache

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from mmlviz.core.marks import Image, Ramp
from mmlviz.core.theme import mix, rgb
from mmlviz.maths.matrix2 import Array
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.vectors import embedded, is_vector
from mmlviz.qt.look import Look

SHADES = 256
FINE = {True: 2.0, False: 3.0}  # pixels to the unit in SVG and PDF, smooth or not: readers smooth as they like
DEEP = "viridis"  # perceptually uniform, and told apart by all kinds of eyes (S. van der Walt, N. Smith, 2015)


def image(painter: QPainter, mark: Image, pixels: Pixels, look: Look) -> None:
    """The numbers of a mark as colours, in its box."""
    x0, x1, y0, y1 = mark.box
    area = QRectF(QPointF(*pixels.at((x0, y1))), QPointF(*pixels.at((x1, y0))))
    if is_vector(painter):
        _embed(painter, mark, area, pixels, look)
    else:
        _draw(painter, mark, area, look)


def _embed(painter: QPainter, mark: Image, area: QRectF, pixels: Pixels, look: Look) -> None:
    """As much of it as can be seen, as a picture of its own."""
    seen = area.intersected(QRectF(0, 0, pixels.width, pixels.height))
    if seen.isEmpty():
        return
    picture = embedded(seen, FINE[mark.is_smooth])
    inner = QPainter(picture)
    inner.scale(picture.width() / seen.width(), picture.height() / seen.height())
    inner.translate(-seen.topLeft())
    _draw(inner, mark, area, look)
    inner.end()
    painter.drawImage(seen, picture)


def _draw(painter: QPainter, mark: Image, area: QRectF, look: Look) -> None:
    smooth = QPainter.RenderHint.SmoothPixmapTransform
    before = painter.testRenderHint(smooth)
    painter.setRenderHint(smooth, mark.is_smooth)
    painter.drawImage(area, coloured(mark, look))
    painter.setRenderHint(smooth, before)  # marks after it look the same, whether it was painted or kept


def coloured(mark: Image, look: Look) -> QImage:
    """The picture itself, one pixel a number, row 0 at the bottom."""
    return _coloured(mark.values[::-1], mark.low, mark.high, shades(look, mark.ramp))


def inked(values: Array, look: Look) -> QImage:
    """Numbers from 0 to 1 in ink, row 0 at the top."""
    return _coloured(values, 0.0, 1.0, shades(look, "ink"))


def _coloured(values: Array, low: float, high: float, table: NDArray[np.uint32]) -> QImage:
    share = (values - low) * (SHADES - 1) / (high - low if high > low else 1.0)
    is_hole = np.isnan(share)
    level = np.clip(np.rint(np.where(is_hole, 0, share)), 0, SHADES - 1).astype(np.intp)
    pixels = np.ascontiguousarray(np.where(is_hole, np.uint32(0), table[level]))
    rows, columns = pixels.shape
    kind = QImage.Format.Format_ARGB32_Premultiplied if is_hole.any() else QImage.Format.Format_RGB32
    return QImage(pixels.data, columns, rows, 4 * columns, kind).copy()


@lru_cache(maxsize=12)
def shades(look: Look, ramp: Ramp) -> NDArray[np.uint32]:
    """The colours of a ramp as 0xffRRGGBB, from low to high."""
    if ramp == "depth":
        table = pg.colormap.get(DEEP).getLookupTable(nPts=SHADES, alpha=False).astype(np.uint32)
    else:
        colours, names = look.theme.colours, {"ink": ("background", "text"), "signed": ("negative", "positive")}[ramp]
        stops = [colours[names[0]], colours["background"], colours[names[1]]] if ramp == "signed" else [
            colours[name] for name in names
        ]  # fmt: skip
        table = np.array([rgb(_between(stops, k / (SHADES - 1))) for k in range(SHADES)], np.uint32)
    return 0xFF000000 | table[:, 0] << 16 | table[:, 1] << 8 | table[:, 2]


def _between(stops: list[str], share: float) -> str:
    at = share * (len(stops) - 1)
    k = min(int(at), len(stops) - 2)
    return mix(stops[k], stops[k + 1], at - k)
