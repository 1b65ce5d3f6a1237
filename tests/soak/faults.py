"""Hears what goes wrong beside the tests' own eyes: exceptions in slots, messages of Qt, warnings."""

import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

# Said by platforms that have no window manager, and by the hands of the tests about themselves.
IGNORED = ("This plugin does not support ", "occurs outside target window")
BAD = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}


@contextmanager
def heard() -> Iterator[list[str]]:
    """The faults that happen meanwhile, in words; Python's warnings are exceptions."""
    found: list[str] = []

    def excepted(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        found.append("".join(traceback.format_exception(kind, error, trace)).strip())

    def unraisable(what: Any) -> None:
        found.append(f"{what.err_msg or 'unraisable'} {what.object!r}: {what.exc_value!r}")

    def message(kind: QtMsgType, context: object, text: str | None) -> None:
        if kind in BAD and not any(known in (text or "") for known in IGNORED):
            found.append(f"Qt says: {text}")

    def in_thread(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            excepted(failed.exc_type, failed.exc_value, failed.exc_traceback)

    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    sys.excepthook, sys.unraisablehook, threading.excepthook = excepted, unraisable, in_thread
    before = qInstallMessageHandler(message)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield found
    finally:
        qInstallMessageHandler(before)
        sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
