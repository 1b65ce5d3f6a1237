"""Labels and the numbers along the axes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, hypot

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap, QTextLayout, QTextOption

from mmlviz.core.marks import Arrow, Label, Mark, Texts, Ticks
from mmlviz.core.placement import Rect, Wish, beside_axis, place
from mmlviz.maths.lattice import clip_segments
from mmlviz.maths.matrix2 import Array
from mmlviz.qt.items.lines import FILL
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.vectors import is_vector, write_with_halo
from mmlviz.qt.look import Look

LABEL, NUMBER = 17, 13  # pixels at a desk
AXIS_GAP = 4  # pixels at a desk between an axis and its numbers
WIDE = 1e6  # pixels in which every label is one line
_AROUND = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)]


def labels(
    painter: QPainter, marks: Sequence[Mark], pixels: Pixels, look: Look, reserved: Sequence[Rect] = ()
) -> list[tuple[str, Rect]]:
    """All labels of a pane, placed together; returns where each went, by key."""
    wanted = [m for m in marks if isinstance(m, Label)]
    if not wanted:
        return []
    ratio, put = writing(painter)
    stamps = [_label_stamp(m, look, ratio) for m in wanted]
    wishes = [_wish(m, stamp, pixels) for m, stamp in zip(wanted, stamps)]
    rects = place(wishes, pixels.width, pixels.height, 9.0 * look.scale, _along_arrows(marks, pixels, look), reserved)
    for stamp, rect in zip(stamps, rects):
        put(painter, QPointF(rect[0], rect[1]), stamp)
    return [(m.key, r) for m, r in zip(wanted, rects)]


def _label_stamp(mark: Label, look: Look, ratio: float) -> "Stamp":
    rim = FILL if mark.is_centred and not mark.is_bare and mark.role != "muted" else 0.0
    return stamp_of(mark.text, look, mark.role, NUMBER if mark.role == "muted" else LABEL, rim, ratio)


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
            ends = clip_segments(np.array([pixels.at(mark.tail), pixels.at(mark.tip)]), pixels.frame)
            if len(ends):
                way = ends[1] - ends[0]
                count = int(hypot(*way) / (8 * look.scale)) + 2
                spots.append(ends[0] + np.arange(count)[:, None] * (way / (count - 1)))
    return np.concatenate(spots)


def ticks(painter: QPainter, mark: Ticks, pixels: Pixels, look: Look) -> None:
    """Numbers under the x axis or left of the y axis; they stay in sight when the axis is not."""
    ratio, put = writing(painter)
    for stamp, (x, y, _, _) in placed_ticks(mark, pixels, look, ratio):
        put(painter, QPointF(x, y), stamp)


def placed_ticks(mark: Ticks, pixels: Pixels, look: Look, ratio: float) -> Iterator[tuple["Stamp", Rect]]:
    """Each number that is in sight, and where it stands; ratio is the screen's pixels to one of the pane."""
    gap, is_along_x = AXIS_GAP * look.scale, mark.axis == "x"
    area, axis = (pixels.width, pixels.height), pixels.at((mark.across, mark.across))[1 if is_along_x else 0]
    for position, text in zip(mark.positions.tolist(), mark.texts):
        stamp = stamp_of(text, look, mark.role, NUMBER, 0.0, ratio)
        at = pixels.at((position, position))[0 if is_along_x else 1]
        rect = beside_axis(is_along_x, at, axis, (stamp.width, stamp.height), area, gap)
        if rect is not None:
            yield stamp, rect


def texts(painter: QPainter, mark: Texts, pixels: Pixels, look: Look) -> None:
    """Short texts up and to the right of their points."""
    gap, (ratio, put) = 7 * look.scale, writing(painter)
    for (x, y), text in zip(pixels.to(mark.at).tolist(), mark.texts):
        stamp = stamp_of(text, look, mark.role, NUMBER, 0.0, ratio)
        left = x + gap if x + gap + stamp.width < pixels.width else x - gap - stamp.width
        top = y - gap - stamp.height / 2 if y > stamp.height + gap else y + gap / 2
        if left + stamp.width >= 0 and left <= pixels.width and -stamp.height <= top <= pixels.height:
            put(painter, QPointF(left, top), stamp)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A text drawn once, and its size in pixels."""

    pixmap: QPixmap
    width: float
    height: float
    text: str
    font: QFont
    colour: QColor
    rim: QColor
    rim_width: float


def writing(painter: QPainter) -> tuple[float, Callable[[QPainter, QPointF, Stamp], None]]:
    """How fine the stamps are to be for a painter, and what puts one at its place."""
    if is_vector(painter):
        return 1.0, _outlined
    return painter.device().devicePixelRatioF(), _stamped


def _stamped(painter: QPainter, at: QPointF, stamp: Stamp) -> None:
    painter.drawPixmap(at, stamp.pixmap)


def _outlined(painter: QPainter, at: QPointF, stamp: Stamp) -> None:
    area = QRectF(at, QSizeF(stamp.width, stamp.height))
    write_with_halo(painter, area, stamp.text, stamp.font, stamp.colour, stamp.rim, stamp.rim_width)


@lru_cache(maxsize=280)  # more than the texts of any picture, else each would push out the next
def stamp_of(text: str, look: Look, role: str, font_size: int, rim: float, pixel_ratio: float) -> Stamp:
    """A text with its rim as a picture: there are dozens, and most of them stay as they are while one drags.

    The rim has the role's colour thinned to the share `rim` of it: 0 for the background's.
    """
    font = look.font(font_size)
    line, height = laid(text, font, WIDE)
    size = QSizeF(line.lineAt(0).horizontalAdvance() + 2, height)
    pixmap = QPixmap((size * pixel_ratio).toSize() + QSize(1, 1))
    pixmap.setDevicePixelRatio(pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    colour, halo, width = look.text_colour(role), look.thin_colour(role, rim), 2.0 * look.scale
    _with_halo(painter, line, colour, halo, width)
    painter.end()
    return Stamp(pixmap, size.width(), size.height(), text, font, colour, halo, width)


def laid(text: str, font: QFont, width: float) -> tuple[QTextLayout, float]:
    """A text broken into lines of this width, and its height; it is shaped once, though drawn again and again."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    leading = QFontMetricsF(font).leading()
    bottom = -leading
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, ceil(bottom + leading)))  # on whole pixels
        bottom = line.y() + line.ascent() + line.descent()  # height() is rounded up
    layout.endLayout()
    return layout, bottom


def _with_halo(painter: QPainter, text: QTextLayout, colour: QColor, halo: QColor, width: float) -> None:
    """Text, a pixel from the left, with a rim in the colour behind it, so that it can be read over lines."""
    painter.setPen(halo)
    for dx, dy in _AROUND:
        text.draw(painter, QPointF(1 + dx * width, dy * width))
    painter.setPen(colour)
    text.draw(painter, QPointF(1, 0))
