"""What a picture of a tab shows: its panes with their headings, and the reading below them on request."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QWidget

from mmlviz.qt.canvas import Canvas
from mmlviz.qt.items.vectors import is_vector, write
from mmlviz.qt.look import Look
from mmlviz.qt.reading import ReadingStrip
from mmlviz.qt.space import SpaceCanvas
from mmlviz.qt.table import TableView


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A picture that can be painted on anything, and its size in pixels at a desk."""

    width: int
    height: int
    title: str
    paint: Callable[[QPainter], None]


def sheet_of(panes: QWidget, strip: ReadingStrip | None, look: Look, title: str) -> Sheet:
    """The panes as they stand on the screen, and the strip, if there is one, as it stands below them."""
    area = panes.geometry()
    if strip is not None:
        strip.finish()
        area = area.united(strip.geometry())

    def paint(painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, area.width(), area.height()), look.colour("panel"))
        _paint_panes(painter, panes, panes.pos() - area.topLeft(), look)
        if strip is not None:
            _paint_strip(painter, strip, strip.pos() - area.topLeft(), look)

    return Sheet(area.width(), area.height(), title, paint)


def _paint_panes(painter: QPainter, panes: QWidget, at: QPoint, look: Look) -> None:
    canvases: list[Canvas | SpaceCanvas] = [*panes.findChildren(Canvas), *panes.findChildren(SpaceCanvas)]
    for canvas in canvases:
        if canvas.isVisibleTo(panes):
            for _ in _inside(painter, _place(canvas.viewport(), panes, at)):
                painter.fillRect(QRectF(canvas.viewport().rect()), look.colour("background"))
                canvas.item.paint_on(painter)
    for table in panes.findChildren(TableView):
        if table.isVisibleTo(panes):
            for _ in _inside(painter, _place(table, panes, at)):
                painter.fillRect(QRectF(table.rect()), look.colour("background"))
                table.paint_on(painter)
    for heading in panes.findChildren(QLabel, "heading"):
        if heading.isVisibleTo(panes):
            _paint_heading(painter, heading, _place(heading, panes, at), look)


def _place(part: QWidget, panes: QWidget, at: QPoint) -> QRect:
    return QRect(part.mapTo(panes, QPoint(0, 0)) + at, part.size())


def _inside(painter: QPainter, area: QRect) -> Iterator[None]:
    """Once, with the painter moved to an area and cut off at its edges."""
    painter.save()
    painter.translate(area.topLeft())
    painter.setClipRect(QRectF(0, 0, area.width(), area.height()))
    yield
    painter.restore()


def _paint_heading(painter: QPainter, heading: QLabel, area: QRect, look: Look) -> None:
    painter.setFont(heading.font())
    painter.setPen(look.colour("muted"))
    if is_vector(painter):
        metrics = heading.fontMetrics()
        base = area.y() + (area.height() - metrics.height()) / 2 + metrics.ascent()
        write(painter, QPointF(area.x(), base), heading.text(), heading.font(), look.colour("muted"))
    else:
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, heading.text())


def _paint_strip(painter: QPainter, strip: ReadingStrip, at: QPoint, look: Look) -> None:
    """Its ground with the same edge as on the screen, then formulas and words."""
    radius = look.px(6) - 0.5
    painter.setPen(look.colour("border"))
    painter.setBrush(look.colour("background"))
    painter.drawRoundedRect(QRectF(QRect(at, strip.size())).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    for part in (strip.formulas, strip.words):
        for _ in _inside(painter, QRect(at + part.pos(), part.size())):
            part.paint_on(painter)
