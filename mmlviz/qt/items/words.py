"""Labels and the numbers along the axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from mmlviz.core.marks import Arrow, Label, Mark, Texts, Ticks
from mmlviz.core.placement import Rect, Wish, place
from mmlviz.maths.lattice import clip_segments
from mmlviz.maths.matrix2 import Array
from mmlviz.qt.items.lines import FILL
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.look import Look

LABEL, NUMBER = 17, 13  # pixels at a desk
_AROUND = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)]


def labels(
    painter: QPainter, marks: Sequence[Mark], pixels: Pixels, look: Look, reserved: Sequence[Rect] = ()
) -> list[tuple[str, Rect]]:
    """All labels of a pane, placed together; returns where each went, by key."""
    wanted = [m for m in marks if isinstance(m, Label)]
    if not wanted:
        return []
    ratio = painter.device().devicePixelRatioF()
    stamps = [_label_stamp(m, look, ratio) for m in wanted]
    wishes = [_wish(m, stamp, pixels) for m, stamp in zip(wanted, stamps)]
    rects = place(wishes, pixels.width, pixels.height, 9.0 * look.scale, _along_arrows(marks, pixels, look), reserved)
    for stamp, rect in zip(stamps, rects):
        painter.drawPixmap(QPointF(rect[0], rect[1]), stamp.pixmap)
    return [(m.key, r) for m, r in zip(wanted, rects)]


def _label_stamp(mark: Label, look: Look, ratio: float) -> "Stamp":
    rim = FILL if mark.is_centred and mark.role != "muted" else 0.0
    return _stamp(mark.text, look, mark.role, NUMBER if mark.role == "muted" else LABEL, rim, ratio)


def _wish(mark: Label, stamp: "Stamp", pixels: Pixels) -> Wish:
    x, y = _in_sight(pixels.at(mark.at), pixels)
    return Wish(x, y, stamp.width, stamp.height, (mark.away[0], -mark.away[1]), mark.is_centred)


def _in_sight(at: tuple[float, float], pixels: Pixels) -> tuple[float, float]:
    """The point, or where the way to it from the origin leaves the pane: labels of far tips do not pile up."""
    x, y = at
    if 0 <= x <= pixels.width and 0 <= y <= pixels.height:
        return at
    way = clip_segments(np.array([pixels.at((0.0, 0.0)), at]), (0.0, pixels.width, 0.0, pixels.height))
    return (float(way[1][0]), float(way[1][1])) if len(way) else at


def _along_arrows(marks: Sequence[Mark], pixels: Pixels, look: Look) -> Array:
    """Points every few pixels along the arrows: a label is not written over one where there is another place."""
    spots = [np.empty((0, 2))]
    for mark in marks:
        if isinstance(mark, Arrow):
            ends = clip_segments(pixels.to(np.array([mark.tail, mark.tip])), pixels.frame)
            if len(ends):
                count = int(np.hypot(*(ends[1] - ends[0])) / (8 * look.scale)) + 2
                spots.append(ends[0] + np.linspace(0, 1, count)[:, None] * (ends[1] - ends[0]))
    return np.concatenate(spots)


def ticks(painter: QPainter, mark: Ticks, pixels: Pixels, look: Look) -> None:
    """Numbers under the x axis or left of the y axis; they stay in sight when the axis is not."""
    gap, ratio = 4 * look.scale, painter.device().devicePixelRatioF()
    zero_x, zero_y = pixels.at((mark.across, mark.across))
    for position, text in zip(mark.positions.tolist(), mark.texts):
        stamp = _stamp(text, look, mark.role, NUMBER, 0.0, ratio)
        width, height = stamp.width, stamp.height
        if mark.axis == "x":
            x = pixels.at((position, 0.0))[0] - width / 2
            y = min(max(zero_y + gap, gap), pixels.height - height - gap)
            is_seen = x >= gap and x + width <= pixels.width - gap
        else:
            x = min(max(zero_x - width - gap, gap), pixels.width - width - gap)
            y = pixels.at((0.0, position))[1] - height / 2
            is_seen = y >= gap and y + height <= pixels.height - gap
        if is_seen:
            painter.drawPixmap(QPointF(x, y), stamp.pixmap)


def texts(painter: QPainter, mark: Texts, pixels: Pixels, look: Look) -> None:
    """Short texts up and to the right of their points."""
    ratio, gap = painter.device().devicePixelRatioF(), 7 * look.scale
    for (x, y), text in zip(pixels.to(mark.at).tolist(), mark.texts):
        stamp = _stamp(text, look, mark.role, NUMBER, 0.0, ratio)
        left = x + gap if x + gap + stamp.width < pixels.width else x - gap - stamp.width
        top = y - gap - stamp.height / 2 if y > stamp.height + gap else y + gap / 2
        if left + stamp.width >= 0 and left <= pixels.width and -stamp.height <= top <= pixels.height:
            painter.drawPixmap(QPointF(left, top), stamp.pixmap)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A text drawn once, and its size in pixels."""

    pixmap: QPixmap
    width: float
    height: float


@lru_cache(maxsize=280)  # more than the texts of any picture, else each would push out the next
def _stamp(text: str, look: Look, role: str, font_size: int, rim: float, pixel_ratio: float) -> Stamp:
    """A text with its rim as a picture: there are dozens, and most of them stay as they are while one drags.

    The rim has the role's colour thinned to the share `rim` of it: 0 for the background's.
    """
    font = look.font(font_size)
    metrics = QFontMetricsF(font)
    size = QSizeF(metrics.horizontalAdvance(text) + 2, metrics.height())
    pixmap = QPixmap((size * pixel_ratio).toSize() + QSize(1, 1))
    pixmap.setDevicePixelRatio(pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setFont(font)
    _with_halo(painter, QRectF(QPointF(0, 0), size), text, look, role, look.thin_colour(role, rim))
    painter.end()
    return Stamp(pixmap, size.width(), size.height())


def _with_halo(painter: QPainter, rect: QRectF, text: str, look: Look, role: str, rim: QColor) -> None:
    """Text with a rim in the colour behind it, so that it can be read over lines."""
    width = 2.0 * look.scale
    flags = Qt.AlignmentFlag.AlignCenter
    painter.setPen(rim)
    for dx, dy in _AROUND:
        painter.drawText(rect.translated(dx * width, dy * width), flags, text)
    painter.setPen(look.text_colour(role))
    painter.drawText(rect, flags, text)
