"""What a canvas says about the place that is pointed at: a line in its corner, and a small picture beside it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from mmlviz.core.lab import Hint
from mmlviz.qt.items.images import inked
from mmlviz.qt.look import Look

THUMBNAIL = 96  # pixels at a desk of the small picture
MARGIN, GAP = 8, 14  # pixels from the edge, and from the place that is pointed at


class Overlay(QLabel):
    """The line in the lower left corner; it says a hint while there is nothing else to say."""

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self._area, self.hint = area, ""
        self._look: Look | None = None
        self.is_mute = False  # while values are hidden nothing is said of what is pointed at
        self.setObjectName("overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self.thumbnail = QLabel(area)
        self.thumbnail.setObjectName("thumbnail")
        self.thumbnail.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.thumbnail.hide()

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        self._look = look
        self.setFont(look.font(13))
        self.say("")

    def show_hint(self, text: str) -> None:
        """What to say while nothing is pointed at."""
        if text != self.hint:
            self.hint = text
            self.say("")

    def say(self, text: str) -> None:
        """A line without a picture; the hint where it is empty."""
        self.thumbnail.hide()
        self._write(text)

    def show_at(self, hint: str | Hint | None, x: float, y: float) -> None:
        """What is at a pixel, and its picture if it has one."""
        if not isinstance(hint, Hint) or self.is_mute:
            self.say(hint if isinstance(hint, str) else "")
            return
        self._write(hint.text)
        self.thumbnail.setVisible(hint.picture is not None)
        if hint.picture is not None and self._look is not None:
            side = self._look.px(THUMBNAIL)
            self.thumbnail.setPixmap(QPixmap.fromImage(inked(hint.picture, self._look)).scaled(side, side))
            self.thumbnail.adjustSize()
            self._place_thumbnail(x, y)

    def _place_thumbnail(self, x: float, y: float) -> None:
        """Above and to the right of a pixel, or to its left where there is no room."""
        size = self.thumbnail.size()
        is_room = x + GAP + size.width() < self._area.width()
        left = x + GAP if is_room else x - GAP - size.width()
        self.thumbnail.move(round(left), round(max(y - GAP - size.height(), 4.0)))

    def _write(self, text: str) -> None:
        self.setText(self.hint if self.is_mute or not text else text)
        self.ensurePolished()
        self.setVisible(bool(self.text()))
        self.lay_out()

    def lay_out(self) -> None:
        """Find the size and the place; long lines are broken."""
        room = self._area.width() - 2 * MARGIN
        self.setWordWrap(False)
        self.setMinimumWidth(0)
        self.setMaximumWidth(room)
        if self.sizeHint().width() > room:
            self.setWordWrap(True)
            self.setFixedWidth(max(room, 0))
        self.adjustSize()
        self.move(MARGIN, self._area.height() - self.height() - MARGIN)

    def set_bare(self, is_bare: bool) -> None:
        """Leave it out of a picture, or show it again."""
        self.setVisible(not is_bare and bool(self.text()))
        self.thumbnail.setVisible(False)
