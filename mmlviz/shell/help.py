"""The list of keys and gestures, made from the action table; pages of help."""

from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from mmlviz.core.actions import ACTIONS, GESTURES
from mmlviz.qt.look import Look


def keys_html() -> str:
    """Gestures, then every action with its keys and what it does."""
    rows = [(what, does) for what, does in GESTURES]
    for action in ACTIONS:
        keys = " or ".join(_native(k) for k in action.keys)
        rows.append((keys, f"{action.title}: {action.help}"))
    return table(rows)


def table(rows: list[tuple[str, str]]) -> str:
    """Two columns, the left one in bold."""
    cells = (f"<tr><td><b>{escape(left)}</b></td><td>{escape(right)}</td></tr>" for left, right in rows)
    return f"<table cellspacing='6'>{''.join(cells)}</table>"


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def show_keys(parent: QWidget, look: Look) -> QDialog:
    """Open the list of keys; it can stay open beside the window."""
    return show_page("Keys and gestures", keys_html(), parent, look)


def show_page(title: str, html: str, parent: QWidget, look: Look) -> QDialog:
    """Open a page that can be read beside the window."""
    dialog = QDialog(parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.setWindowTitle(title)
    text = QTextBrowser()
    text.setHtml(html)
    text.setFont(look.font(14))
    text.setAccessibleName(title)
    buttons = QDialogButtonBox()  # the standard button has an icon that cannot be seen in the dark
    buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.close)
    column = QVBoxLayout(dialog)
    column.addWidget(text)
    column.addWidget(buttons)
    dialog.resize(look.px(560), min(look.px(640), parent.height() - 40))
    dialog.show()
    return dialog
