"""Parts in a row that are put into another order by dragging, or by Ctrl and the arrow keys."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from mmlviz.core.controls import Strip
from mmlviz.core.fields import Field
from mmlviz.core.store import Store
from mmlviz.qt.look import Look
from mmlviz.qt.rows import Row

AIR, GAP, HIGH = 10.0, 6.0, 32.0  # pixels at a desk: beside a text, between parts, of a part
FAR = 6.0  # pixels from which on a press is a drag


@dataclass
class Drag:
    """A part under the pointer: where it was pressed, where the pointer is, whether it has moved."""

    part: int
    began: QPointF
    at: QPointF
    is_moving: bool = False


class Parts(QWidget):
    """Paints the parts and listens to the hand."""

    def __init__(self, control: Strip, store: Store) -> None:
        super().__init__()
        self.control, self.store = control, store
        self.texts: tuple[str, ...] = ()
        self.current = 0
        self.active: int | None = None
        self._drag: Drag | None = None
        self._look: Look | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(control.help)

    # Showing -----------------------------------------------------------------------------------

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        self._look = look
        self.setFont(look.font(15))
        self._lay_out()

    def show_parts(self, texts: tuple[str, ...], active: int | None) -> None:
        """Show these texts, one of them in progress."""
        if texts != self.texts or active != self.active:
            self.texts, self.active = texts, active
            self.current = min(self.current, max(len(texts) - 1, 0))
            self._describe()
            self._lay_out()

    def _describe(self) -> None:
        name = self.texts[self.current] if self.texts else "nothing"
        self.setAccessibleDescription(f"{name}, part {self.current + 1} of {len(self.texts)}")

    def _lay_out(self) -> None:
        if self._look is not None:
            areas = self.areas
            self.setFixedHeight(round(areas[-1].bottom() + 2) if areas else self._look.px(HIGH))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(100, self.height())

    @property
    def areas(self) -> list[QRectF]:
        """Where each part is, from left to right, in as many lines as it takes."""
        scale = self._look.scale if self._look is not None else 1.0
        x, y, found = 1.0, 1.0, []
        for text in self.texts:
            wide = min(self.fontMetrics().horizontalAdvance(text) + 2 * AIR * scale, self.width() - 2.0)
            if x > 1 and x + wide > self.width() - 1:
                x, y = 1.0, y + (HIGH + GAP) * scale
            found.append(QRectF(x, y, wide, HIGH * scale))
            x += wide + GAP * scale
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for k, area in enumerate(self.areas):
            self._paint_part(painter, self._look, k, area)
        if self._drag is not None and self._drag.is_moving:
            self._paint_place(painter, self._look)
        painter.end()

    def _paint_part(self, painter: QPainter, look: Look, k: int, area: QRectF) -> None:
        is_held = self._drag is not None and self._drag.is_moving and self._drag.part == k
        is_current = self.hasFocus() and k == self.current
        edge = "accent" if is_current else "border"
        painter.setPen(QPen(look.colour(edge), 2 * look.scale if is_current else 1))
        painter.setBrush(look.thin_colour("accent", 0.18) if k == self.active else look.colour("background"))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(look.text_colour("muted" if is_held else "text"))
        room = area.adjusted(AIR * look.scale / 2, 0, -AIR * look.scale / 2, 0)
        said = self.fontMetrics().elidedText(self.texts[k], Qt.TextElideMode.ElideMiddle, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, said)

    def _paint_place(self, painter: QPainter, look: Look) -> None:
        """A bar where the part that is held would go."""
        assert self._drag is not None
        place, areas = self._place(self._drag.at), self.areas
        x = areas[place].left() - GAP * look.scale / 2 if place < len(areas) else areas[-1].right() + 2
        area = areas[min(place, len(areas) - 1)]
        painter.fillRect(QRectF(x - 1.5, area.top(), 3, area.height()), look.colour("accent"))

    # The hand ----------------------------------------------------------------------------------

    def _part_at(self, at: QPointF) -> int | None:
        return next((k for k, area in enumerate(self.areas) if area.contains(at)), None)

    def _place(self, at: QPointF) -> int:
        """Before which part something that is let go here comes; after the last one it is their number."""
        areas = self.areas
        for k, area in enumerate(areas):
            in_line = at.y() < area.bottom() + GAP / 2
            if in_line and at.x() < area.center().x():
                return k
            if in_line and (k + 1 == len(areas) or areas[k + 1].top() > area.top()):
                return k + 1
        return len(areas)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        part = self._part_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and part is not None:
            self._drag, self.current = Drag(part, event.position(), event.position()), part
            self._describe()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            self._drag.at = event.position()
            self._drag.is_moving |= (event.position() - self._drag.began).manhattanLength() > FAR
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        if drag is None:
            return
        if drag.is_moving:
            place = self._place(event.position())
            self._put(drag.part, place - (place > drag.part))
        else:
            self.store.act(lambda state: self.control.chosen(state, drag.part))
        self.update()

    def _put(self, part: int, place: int) -> None:
        if place != part and 0 <= place < len(self.texts):
            self.store.act(lambda state: self.control.put(state, part, place))
            self.current = place

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._drag = None
        elif step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._put(self.current, self.current + step)
        elif step:
            self.current = min(max(self.current + step, 0), max(len(self.texts) - 1, 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.texts:
            self.store.act(lambda state: self.control.chosen(state, self.current))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and len(self.texts) > 1:
            self.store.act(lambda state: self.control.taken_out(state, self.current))
        else:
            event.ignore()
        self._describe()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class StripRow(Row):
    """The parts of a field."""

    def __init__(self, control: Strip, field: Field, store: Store) -> None:
        super().__init__()
        self.control, self.store = control, store
        self.parts = Parts(control, store)
        self.parts.setObjectName(f"{store.lab.id}.{field.name}.parts")
        self.parts.setAccessibleName(field.label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.parts)

    @property
    def focusable(self) -> list[QWidget]:
        return [self.parts]

    def show_look(self, look: Look) -> None:
        self.parts.show_look(look)

    def show_state(self) -> None:
        state = self.store.state
        self.parts.show_parts(self.control.parts(state), self.control.active(state))
