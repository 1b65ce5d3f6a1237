"""The pointers, as the system has them or large enough for the back row."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QCursor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mmlviz.data import resource
from mmlviz.qt.look import Look

SIDE = 64  # pixels at a desk of a big pointer
GRID = 24  # units of an icon's side
MARGIN = 2  # further units around it, for the rim
HALO = 5  # units of the rim, in the colour behind it
SHAPES = {  # the icon, and where in its units it points
    Qt.CursorShape.ArrowCursor: ("mouse-pointer-2", (4, 4)),
    Qt.CursorShape.OpenHandCursor: ("hand", (12, 12)),
    Qt.CursorShape.ClosedHandCursor: ("hand-grab", (12, 12)),
    Qt.CursorShape.CrossCursor: ("plus", (12, 12)),
}


@cache
def cursor(shape: Qt.CursorShape, look: Look) -> QCursor:
    """The pointer of this shape in this look."""
    if not look.has_big_cursor:
        return QCursor(shape)
    name, (x, y) = SHAPES[shape]
    svg, side = resource(f"icons/{name}.svg").read_text("utf-8"), look.px(SIDE)
    unit = side / (GRID + 2 * MARGIN)
    gap = MARGIN * unit
    ink, rim = look.theme.text("text"), look.theme.text("background")
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    for colour, width in ((rim, HALO), (ink, 2)):
        drawn = svg.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{width}"')
        is_solid = name == "mouse-pointer-2"
        drawn = drawn.replace('fill="none"', f'fill="{colour}"') if is_solid else drawn
        QSvgRenderer(QByteArray(drawn.encode())).render(painter, QRectF(gap, gap, side - 2 * gap, side - 2 * gap))
    painter.end()
    return QCursor(pixmap, round((x + MARGIN) * unit), round((y + MARGIN) * unit))
