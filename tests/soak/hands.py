"""Hands of the monkey: mouse and keys through Qt's own dispatch, so that grabs, popups and focus are real."""

from collections.abc import Callable, Sequence
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from mmlviz.shell.window import Window

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier
LONG = 60  # characters from which a text comes in one piece, as a paste does
PATIENCE = 300  # milliseconds until a dialog that holds everything up is closed


def in_window(widget: QWidget, at: QPoint) -> QPoint:
    """A pixel of a widget in the coordinates of its window."""
    return widget.mapTo(widget.window(), at)


def share(widget: QWidget, at: Sequence[float]) -> QPoint:
    """A pixel of a widget in those of its window, given as shares of width and height."""
    return in_window(widget, QPoint(round(at[0] * (widget.width() - 1)), round(at[1] * (widget.height() - 1))))


def press(window: QWidget, at: QPoint) -> None:
    QTest.mousePress(window.windowHandle(), LEFT, NONE, at)


def move(window: QWidget, at: QPoint) -> None:
    QTest.mouseMove(window.windowHandle(), at)


def release(window: QWidget, at: QPoint) -> None:
    QTest.mouseRelease(window.windowHandle(), LEFT, NONE, at)


def click(widget: QWidget, at: Sequence[float] = (0.5, 0.5), button: Qt.MouseButton = LEFT) -> None:
    """Press and release somewhere on a widget."""
    with_patience(lambda: QTest.mouseClick(widget.window().windowHandle(), button, NONE, share(widget, at)))


def double_click(widget: QWidget, at: list[float]) -> None:
    QTest.mouseDClick(widget.window().windowHandle(), LEFT, NONE, share(widget, at))


def drag(window: Window, start: QPoint, end: QPoint, moves: int, midway: str) -> None:
    """From one pixel of the window to another; in the middle a key may be struck, with the button held."""
    press(window, start)
    for k in range(1, moves + 1):
        move(window, start + (end - start) * k / moves)
        if midway and k == (moves + 1) // 2:
            key(window, midway)
    release(window, end)


def wheel(widget: QWidget, at: list[float], notches: float) -> None:
    """Turn the wheel over a widget."""
    place = QPointF(round(at[0] * widget.width()), round(at[1] * widget.height()))
    event = QWheelEvent(
        place, QPointF(widget.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def key(window: Window, keys: str) -> None:
    """Strike keys such as Ctrl+Shift+Z where the focus is: in a popup, an entry, on the picture."""
    struck = QKeySequence(keys)[0]
    target = QApplication.activePopupWidget() or QApplication.focusWidget() or window
    with_patience(lambda: QTest.keyClick(target, struck.key(), struck.keyboardModifiers()))


def type_text(window: Window, text: str) -> None:
    """Type a text; what no key gives, or is long, comes from an input method."""
    for piece in [text] if len(text) > LONG or not text.isascii() else text:
        target = QApplication.focusWidget() or window
        if len(piece) == 1 and piece.isascii() and piece.isprintable():
            QTest.keyClick(target, piece)
        else:
            event = QInputMethodEvent()
            event.setCommitString(piece)
            QApplication.sendEvent(target, event)


def with_patience(act: Callable[[], None]) -> None:
    """Do something; a dialog that waits for an answer is closed after a moment, as with Esc."""
    timer = QTimer(interval=PATIENCE)
    timer.timeout.connect(_close_modal)
    timer.start()
    act()
    timer.stop()


def _close_modal() -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QDialog):
        dialog.reject()
    elif dialog is not None:
        dialog.close()


def dialogs(window: Window) -> list[QWidget]:
    """What is open beside the window."""
    return [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window and not is_popup(w)]


def is_popup(widget: QWidget) -> bool:
    """Whether a top-level widget is a menu, a list or a tool tip, and goes by itself."""
    return widget.windowType() in {Qt.WindowType.Popup, Qt.WindowType.ToolTip}


def put_down(window: Window) -> None:
    """Close popups and dialogs."""
    for _ in range(10):
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.close()
    for dialog in dialogs(window):
        dialog.close()
    window.activateWindow()
    look(20)


def look(milliseconds: int) -> None:
    """Let time pass: frames are painted, timers fire, slow work ends."""
    end = perf_counter() + milliseconds / 1000
    while True:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        # Under exec() these come by themselves; here nobody is in a loop.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if perf_counter() >= end:
            return
        QTest.qSleep(1)
