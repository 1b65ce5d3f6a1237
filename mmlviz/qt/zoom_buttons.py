"""The buttons in the corner of a canvas."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from mmlviz.qt.look import Look

FACES = (("Zoom in", "zoom-in"), ("Zoom out", "zoom-out"), ("Fit", "maximize"))


class ZoomButtons(QWidget):
    """Plus, minus and fit in the corner of a canvas: nothing is wheel-only."""

    def __init__(self, parent: QWidget, of: str, acts: tuple[Callable[[], None], ...]) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        self._made: list[tuple[IconButton, str]] = []
        for (title, icon), act in zip(FACES, acts, strict=True):
            button = IconButton()
            button.setToolTip(title)
            button.setAccessibleName(f"{title}: {of}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCursor(Qt.CursorShape.ArrowCursor)
            button.clicked.connect(act)
            row.addWidget(button)
            self._made.append((button, icon))

    @property
    def all(self) -> list["IconButton"]:
        """The buttons from left to right."""
        return [button for button, _ in self._made]

    def show_look(self, look: Look) -> None:
        """Icons in the colours of this look."""
        for button, icon in self._made:
            button.show_look(look, icon)
        QTimer.singleShot(0, self.adjustSize)


class IconButton(QAbstractButton):
    """A flat button that paints itself: it lies on the canvas and is painted with every frame."""

    def show_look(self, look: Look, icon: str) -> None:
        """The icon in the colours of this look."""
        self._look = look
        self._faces: dict[tuple[bool, bool, bool], QPixmap] = {}
        self.setFixedSize(look.px(26), look.px(26))
        self.setIcon(look.icon(icon, "muted"))
        self.setIconSize(QSize(look.px(16), look.px(16)))

    def event(self, event: QEvent) -> bool:
        """Space presses the button that has the focus, and does not play."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Space)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        state = (self.hasFocus(), self.underMouse(), self.isDown())
        if state not in self._faces:
            self._faces[state] = self._face(*state)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._faces[state])
        painter.end()

    def _face(self, has_focus: bool, is_hovered: bool, is_down: bool) -> QPixmap:
        ratio = self.devicePixelRatioF()
        face = QPixmap((QSizeF(self.size()) * ratio).toSize())
        face.setDevicePixelRatio(ratio)
        face.fill(self._look.colour("background"))
        painter = QPainter(face)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("accent" if has_focus or is_hovered else "border"), 1 + has_focus))
        painter.setBrush(self._look.colour("border" if is_down else "background"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        side = self.iconSize().width()
        corner = (self.width() - side) // 2
        painter.drawPixmap(corner, corner, side, side, self.icon().pixmap(self.iconSize(), ratio))
        painter.end()
        return face
