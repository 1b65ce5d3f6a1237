"""A table on the screen: rows of text with an optional tick, by mouse and by keys; on paper what of it is seen."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from mmlviz.core.table import Row, Table
from mmlviz.qt.cells import PAD, Cells, Index
from mmlviz.qt.items.vectors import is_vector, write
from mmlviz.qt.look import Look

NOWHERE = QModelIndex()


class Rows(QAbstractTableModel):
    """The rows as Qt asks for them."""

    def __init__(self, table: Table, ticked: Callable[[int], None]) -> None:
        super().__init__()
        self.table, self._ticked = table, ticked
        self.rows: Sequence[Row] = ()
        self.look: Look | None = None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Have these rows from now on; the current one stays the current one, so long as it is there."""
        before, after = len(self.rows), len(rows)
        if rows is self.rows:
            return
        if after > before:
            self.beginInsertRows(NOWHERE, before, after - 1)
            self.rows = rows
            self.endInsertRows()
        elif after < before:
            self.beginRemoveRows(NOWHERE, after, before - 1)
            self.rows = rows
            self.endRemoveRows()
        self.rows = rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.table.columns) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.table.columns[section].title
        if role == Qt.ItemDataRole.FontRole and self.look is not None:  # a style sheet takes others back
            return self.look.font(13)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and self.look is not None:
            return self.look.text_colour(row.role)
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and row.is_ticked is not None:
            return Qt.CheckState.Checked if row.is_ticked else Qt.CheckState.Unchecked
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        has_tick = self.table.ticked is not None and index.column() == 0
        return flags | Qt.ItemFlag.ItemIsUserCheckable if has_tick else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self._ticked(index.row())
        return True


class TableView(QTableView):
    """A pane that is a table."""

    def __init__(self, table: Table, ticked: Callable[[int], None], name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(table.title)
        self.table = table
        self.model_of_rows = Rows(table, ticked)
        self.setModel(self.model_of_rows)
        self._cells = Cells(self)
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab goes on to the next part of the window
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.setMinimumSize(160, 120)
        self._look: Look | None = None
        self._now: int | None = None  # the row that has been brought into sight

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        self._look = self.model_of_rows.look = look
        self._cells.pad = look.px(PAD)
        self.setFont(look.font(14))
        self.verticalHeader().setDefaultSectionSize(look.px(25))
        self.horizontalHeader().setFixedHeight(look.px(26))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, look.colour("background"))
        self.setPalette(palette)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the place that one looks at stays, and where its row has gone the last one is marked."""
        before = self.currentIndex().row()
        self.model_of_rows.show_rows(rows)
        if self.currentIndex().row() != before:
            self.setCurrentIndex(self.currentIndex())
        now = self.table.now(rows) if self.table.now else None
        if now is not None and now != self._now and now < len(rows):
            self.scrollTo(self.model_of_rows.index(now, 0))
        self._now = now

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        weights = [column.weight for column in self.table.columns]
        room = self.viewport().width()
        for k, weight in enumerate(weights):
            self.setColumnWidth(k, room * weight // sum(weights))

    def event(self, event: QEvent) -> bool:
        """Keys that are actions of the window elsewhere: copying rows, turning a tick."""
        is_override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_override and isinstance(event, QKeyEvent) and self._is_mine(event):
            event.accept()
            return True
        return bool(super().event(event))

    def _is_mine(self, event: QKeyEvent) -> bool:
        is_copy = event.matches(QKeySequence.StandardKey.Copy) and bool(self.selectedIndexes())
        return is_copy or (event.key() == Qt.Key.Key_Space and self.currentIndex().isValid())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a tick, too, takes its row, which Qt leaves where it was."""
        super().mousePressEvent(event)
        pressed = self.indexAt(event.position().toPoint())
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if is_plain and pressed.isValid() and pressed.row() != self.currentIndex().row():
            self.setCurrentIndex(pressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif event.key() == Qt.Key.Key_Space and self.table.ticked is not None and self.currentIndex().isValid():
            first = self.model_of_rows.index(self.currentIndex().row(), 0)
            self.model_of_rows.setData(first, None, Qt.ItemDataRole.CheckStateRole)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()  # letters act in the window

    def copy(self) -> None:
        """The selected rows, or all, as a spreadsheet takes them."""
        chosen = {index.row() for index in self.selectedIndexes()} or set(range(len(self.model_of_rows.rows)))
        lines = ["\t".join(column.title for column in self.table.columns)]
        lines += ["\t".join(self.model_of_rows.rows[k].cells) for k in sorted(chosen)]
        QGuiApplication.clipboard().setText("\n".join(lines))

    # On paper ----------------------------------------------------------------------------------

    def paint_on(self, painter: QPainter) -> None:
        """Paint the heading and the rows that are seen, on anything else."""
        if self._look is None:
            return
        top, high = self.horizontalHeader().height(), self.verticalHeader().defaultSectionSize()
        rows = self.model_of_rows.rows
        first = max(self.rowAt(0), 0)
        painter.setClipRect(QRectF(0, 0, self.width(), self.height()))
        self._paint_cells(painter, tuple(c.title for c in self.table.columns), 0, top, "muted")
        for k in range(first, min(len(rows), first + self.viewport().height() // max(high, 1))):
            self._paint_cells(painter, rows[k].cells, top + (k - first) * high, high, rows[k].role)

    def _paint_cells(self, painter: QPainter, cells: tuple[str, ...], y: float, high: float, role: str) -> None:
        assert self._look is not None
        font, colour = self.font(), self._look.text_colour(role)
        metrics = self.fontMetrics()
        pad, base = self._look.px(PAD), y + (high - metrics.height()) / 2 + metrics.ascent()
        for k, text in enumerate(cells):
            at = QPointF(self.columnViewportPosition(k) + pad, base)
            said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.columnWidth(k) - 2 * pad)
            if is_vector(painter):
                write(painter, at, said, font, colour)
            else:
                painter.setFont(font)
                painter.setPen(colour)
                painter.drawText(at, said)
