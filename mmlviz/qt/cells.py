"""How the cells of a table are painted: their texts at once, where Qt's style sheets take ten times as long."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

PAD = 6  # pixels at a desk between a cell's edge and its text, as in the style sheet
Index = QModelIndex | QPersistentModelIndex


class Cells(QStyledItemDelegate):
    """Paints a cell without a tick itself; those with one are left to the style."""

    pad = PAD

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            super().paint(painter, option, index)
            return
        given: Any = option  # its fields are missing from the stubs
        is_chosen = bool(given.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(given.rect, given.palette.brush(QPalette.ColorRole.Highlight))
        chosen = given.palette.color(QPalette.ColorRole.HighlightedText)
        painter.setPen(chosen if is_chosen else index.data(Qt.ItemDataRole.ForegroundRole))
        painter.setFont(given.font)
        room = QRectF(given.rect).adjusted(self.pad, 0, -self.pad, 0)
        text = given.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
