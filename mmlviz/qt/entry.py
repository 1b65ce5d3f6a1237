"""The entry of the panel, for numbers and words."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCharFormat,
)
from PySide6.QtWidgets import QLineEdit

from mmlviz.core.codec import SCHEME
from mmlviz.core.paste import read_numbers
from mmlviz.core.words import typed
from mmlviz.maths.number import Number, Problem, read_number
from mmlviz.qt.look import Look


class Entry(QLineEdit):
    """An entry of the panel: a draft lives here until Enter or leaving; a wrong one stays, marked, until mended.

    read makes a value of a text, write the text of a value; commit takes a value that was typed.
    """

    def __init__(
        self,
        read: Callable[[str], Any | Problem],
        commit: Callable[[Any], None],
        write: Callable[[Any], str] = typed,
        help: str = "",
    ) -> None:
        super().__init__()
        self._read, self._commit, self._write, self._help = read, commit, write, help
        self.setToolTip(help)
        self.smallest = 11  # pixels of a long text
        self._shown = ""
        self._look: Look | None = None
        self.textChanged.connect(self._fit_font)
        self.problem: Problem | None = None
        self.on_problem: Callable[[Problem | None], None] = lambda problem: None
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.returnPressed.connect(self.take)

    def show_look(self, look: Look) -> None:
        """Size of this look."""
        self._look = look
        self._fit_font()

    def _fit_font(self) -> None:
        """Long numbers in smaller digits, so that their size can be seen."""
        if self._look is not None:
            n = len(self.text())
            font = self._look.font(15 if n <= 7 else max(13 if n <= 8 else 11, self.smallest))
            if font != self.font():
                self.setFont(font)
            if self.toolTip() or n > 9:
                self.setToolTip(self.text() if n > 9 else self._help)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()  # a file is for the window, not a text to be typed here
        else:
            super().dragEnterEvent(event)

    @property
    def is_draft(self) -> bool:
        """Whether something is typed that has not been taken."""
        return self.text() != self._shown

    def show_value(self, value: Any) -> None:
        """Show a value, unless a draft is being typed."""
        text = self._write(value)
        if text == self._shown:
            return
        keep = self.is_draft
        self._shown = text
        if not keep:
            self.setText(text)
            self.setCursorPosition(0)

    def take(self) -> None:
        """Read the draft: take it, or mark what is wrong."""
        if not self.is_draft:
            self._mark(None)
            return
        read = self._read(self.text())
        if isinstance(read, Problem):
            self.setCursorPosition(read.end)
            self._mark(read)
            return
        self._mark(None)
        self._shown = self._write(read)
        self.setText(self._shown)
        self._commit(read)

    def restore(self) -> None:
        """Drop the draft."""
        self.setText(self._shown)
        self._mark(None)

    def _mark(self, problem: Problem | None) -> None:
        if problem != self.problem:
            self.problem = problem
            self.setProperty("wrong", problem is not None)
            self.style().unpolish(self)
            self.style().polish(self)
            self.on_problem(problem)
        self._underline()

    def _underline(self) -> None:
        """A wavy line below what is wrong: a line of text is given one in the way of input methods, and in no other."""
        marks = []
        if self.problem is not None and self._look is not None:
            wavy = QTextCharFormat()
            wavy.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            wavy.setUnderlineColor(self._look.colour("negative"))
            start, end = self.problem.start, max(self.problem.end, self.problem.start + 1)
            kind = QInputMethodEvent.AttributeType.TextFormat
            marks = [QInputMethodEvent.Attribute(kind, start - self.cursorPosition(), end - start, wavy)]
        QGuiApplication.sendEvent(self, QInputMethodEvent("", marks))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if event.matches(QKeySequence.StandardKey.Paste) and holds_more(QGuiApplication.clipboard().text()):
                event.ignore()  # a link or a whole matrix: it is the tab's
                return False
            is_undo = modifiers == Qt.KeyboardModifier.ControlModifier and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)
            if is_undo and not self.is_draft:
                event.ignore()  # nothing typed here to undo: it is the tab's
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_draft:
            self.restore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.problem is None:
            QTimer.singleShot(0, self.selectAll)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.take()
            self.setCursorPosition(0)


def holds_more(text: str) -> bool:
    """Whether a pasted text is a link or several numbers, and so not for one entry."""
    if text.strip().startswith(SCHEME):
        return True
    if isinstance(read_number(text), Number):
        return False  # cos 30° is one number, although there is a space in it
    table = read_numbers(text)
    return table is not None and (len(table) > 1 or len(table[0]) > 1)
