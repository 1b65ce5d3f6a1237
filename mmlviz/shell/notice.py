"""What the window says over the picture: a toast goes by itself, a notice stays until it is closed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mmlviz.qt.look import Look

MARGIN = 40  # pixels that stay free at each side of the window
WIDEST = 720  # pixels of a notice
SHORT, LONG = 3500, 7000  # milliseconds that a toast is there, with few words and with many
MANY = 80  # characters that are many


class Toast(QLabel):
    """A short message near the top."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("toast")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._over = QTimer(self, singleShot=True)
        self._over.timeout.connect(self.hide)

    def say(self, text: str, top: int) -> None:
        """Show a message so many pixels below the window's edge."""
        self.setText(text)
        self.setMaximumWidth(self._window.width() - 2 * MARGIN)
        self.setWordWrap(len(text) > MANY)
        self.place(top)
        self.raise_()
        self.show()
        self._over.start(LONG if len(text) > MANY else SHORT)

    def place(self, top: int) -> None:
        """Stand in the middle."""
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, top)


class Notice(QFrame):
    """Sentences that must not be missed, one at a time, each with a button that closes it."""

    def __init__(self, window: QWidget, give_back_focus: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._give_back_focus = window, give_back_focus
        self.setObjectName("notice")
        self._waiting: list[tuple[str, str]] = []  # texts with their details, the newest first
        self._details = ""
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy, self.close_button = QPushButton("Copy details"), QPushButton("Close")
        self.copy.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.next)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.copy)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addWidget(self.text)
        column.addLayout(buttons)
        self.hide()

    def show_look(self, look: Look) -> None:
        """Type and margins of this look."""
        self.text.setFont(look.font(15))
        gap = look.px(12)
        self.layout().setContentsMargins(gap, gap, gap, gap)  # type: ignore[union-attr]
        self.place()

    def tell(self, text: str, details: str = "") -> None:
        """Show this, before what is being shown; what waits already is not said twice."""
        self._waiting = [(text, details), *(each for each in self._waiting if each != (text, details))]
        self._show()

    def forget(self, part: str) -> None:
        """Take back what holds these words: it is true no more."""
        self._waiting = [(text, details) for text, details in self._waiting if part not in text]
        self._show()

    def next(self) -> None:
        """Close this one; the next one comes."""
        del self._waiting[:1]
        self._show()

    def _show(self) -> None:
        if not self._waiting:
            had_focus = self.isAncestorOf(QApplication.focusWidget() or self._window)
            self.hide()
            if had_focus:
                self._give_back_focus()
            return
        text, self._details = self._waiting[0]
        self.text.setText(text)
        self.setAccessibleName(text)
        self.copy.setVisible(bool(self._details))
        self.copy.setText("Copy details")
        self.place()
        self.raise_()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def place(self) -> None:
        """Stand at the bottom, in the middle, as high as the text needs."""
        if not self._waiting:
            return
        window, margins = self._window, self.layout().contentsMargins()  # type: ignore[union-attr]
        width = min(window.width() - 2 * MARGIN, WIDEST)
        self.text.ensurePolished()
        self.text.setFixedWidth(width - margins.left() - margins.right())
        self.text.setFixedHeight(self.text.heightForWidth(self.text.width()))
        self.adjustSize()
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - MARGIN)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self.copy.setText("Copied")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.next()
        else:
            super().keyPressEvent(event)
