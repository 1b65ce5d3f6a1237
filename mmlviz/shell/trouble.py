"""What to do with an error that nobody expected: print it as ever, and tell it in the window."""

import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QTimer


def details(error: BaseException, link: str) -> str:
    """What a person can send to those who can mend it: versions, the state as a link, and where it happened."""
    from mmlviz.shell.about import versions  # it asks all libraries, which takes a while

    told = "".join(traceback.format_exception(error))
    return f"{versions()}\n\nState: {link or 'not known'}\n\n{told}"


def catch(tell: Callable[[BaseException], None]) -> None:
    """From now on have errors that come out of handlers and paint events told as well, each once."""
    before = sys.excepthook
    told = set()

    def hook(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        before(kind, error, where)
        place = "".join(traceback.format_tb(where))
        if isinstance(error, Exception) and place not in told:
            told.add(place)
            QTimer.singleShot(0, lambda: tell(error))  # it may be in the middle of painting

    sys.excepthook = hook
