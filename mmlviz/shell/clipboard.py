"""What goes to the clipboard, and what comes from it."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from mmlviz.core import codec
from mmlviz.core.paste import paste
from mmlviz.maths.number import Problem

if TYPE_CHECKING:
    from mmlviz.shell.window import Window

BLANK = "The picture is blank: B shows it again."


class Clipboard:
    """Copies from the tab in front, and pastes into it."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def copy(self, text: str, said: str) -> None:
        """Take a text, and say so."""
        QGuiApplication.clipboard().setText(text)
        self._window.say(said)

    def copy_picture(self) -> None:
        """Take the picture, unless it is covered."""
        window = self._window
        if window.tab.is_blank:
            window.say(BLANK)
            return
        QGuiApplication.clipboard().setPixmap(window.tab.picture())
        window.say("Picture copied")

    def paste(self) -> None:
        """Open a link, or fill the field that numbers fit; anything else says why not."""
        window, text = self._window, QGuiApplication.clipboard().text()
        if text.strip().startswith(codec.SCHEME):
            window.open_link(text)
            return
        store = window.tab.store
        pasted = paste(text, store.lab.offered(store.state))
        if isinstance(pasted, Problem):
            window.say(str(pasted))
            return
        field, value = pasted
        filled = codec.with_field(store.lab, store.state, field, value)
        if isinstance(filled, Problem):
            window.say(str(filled))
            return
        window.tab.hand.release()
        window.tab.drop_drafts()
        store.act(lambda state: codec.with_field(store.lab, state, field, value))
        window.tab.show_all()
        window.say(f"Pasted into {field.label}")
