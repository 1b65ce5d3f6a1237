"""The list of keys and gestures, made from the action table."""

from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from mmlviz.core.actions import ACTIONS, GESTURES
from mmlviz.qt.look import Look


def help_html() -> str:
    """Gestures, then every action with its keys and what it does."""
    rows = [f"<tr><td><b>{escape(what)}</b></td><td>{escape(does)}</td></tr>" for what, does in GESTURES]
    for action in ACTIONS:
        keys = " or ".join(_native(k) for k in action.keys)
        rows.append(f"<tr><td><b>{escape(keys)}</b></td><td>{escape(action.title)}: {escape(action.help)}</td></tr>")
    return f"<table cellspacing='6'>{''.join(rows)}</table>"


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def show_help(parent: QWidget, look: Look) -> QDialog:
    """Open the list; it can stay open beside the window."""
    dialog = QDialog(parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.setWindowTitle("Keys and gestures")
    text = QTextBrowser()
    text.setHtml(help_html())
    text.setFont(look.font(14))
    text.setAccessibleName("Keys and gestures")
    buttons = QDialogButtonBox()  # the standard button has an icon that cannot be seen in the dark
    buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.close)
    column = QVBoxLayout(dialog)
    column.addWidget(text)
    column.addWidget(buttons)
    dialog.resize(look.px(560), min(look.px(640), parent.height() - 40))
    dialog.show()
    return dialog
