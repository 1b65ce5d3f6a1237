"""What to do with an error that nobody expected: print it as ever, and tell it in the window."""

import sys
import threading
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from mmlviz.shell.window import Window


def details(error: BaseException, link: str) -> str:
    """What a person can send to those who can mend it: versions, the state as a link, and where it happened."""
    from mmlviz.shell.about import versions  # it asks all libraries, which takes a while

    told = "".join(traceback.format_exception(error))
    return f"{versions()}\n\nState: {link or 'not known'}\n\n{told}"


def catch(window: "Window") -> None:
    """From now on have errors that come out of handlers and paint events told as well, each once."""
    before = sys.excepthook
    told = set()

    def hook(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        before(kind, error, where)
        place = "".join(traceback.format_tb(where))
        if isinstance(error, Exception) and place not in told:
            told.add(place)
            # Later, since it may be in the middle of painting, and where the window lives.
            QTimer.singleShot(0, window, lambda: window.tell_failure(error))

    def in_thread(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            hook(failed.exc_type, failed.exc_value, failed.exc_traceback)

    sys.excepthook, threading.excepthook = hook, in_thread
