"""What is done to the window as a whole: actions, tabs, sizes, the clipboard, links, keys, time."""

from random import Random

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from mmlviz.core.actions import ACTIONS as TABLE
from mmlviz.shell.window import Window
from tests.soak import hands, texts
from tests.soak.action import Given, Gone, action, two_shares

# Left to in_files.py, as is the menu File, or to nobody: what closes the window or takes the whole screen.
LEFT_OUT = {"quit", "full_screen"}
TAKEN = {action.id: action for action in TABLE if action.menu != "File" and action.id not in LEFT_OUT}
MODES = ("freeze", "blank", "hide_values")  # in which little can be seen: they do not last
WALK = ("Tab", "Tab", "Tab", "Shift+Tab", "Left", "Right", "Up", "Down", "Shift+Right", "Alt+Up", "Return", "Space",
        "Esc", "Home", "PgDown", "F", "+", "-", "S")  # fmt: skip


def _act(rng: Random, window: Window) -> Given:
    on = [name for name in MODES if window.actions_by_id[name].isChecked()]
    name = rng.choice(on) if on and rng.random() < 0.5 else rng.choice(list(TAKEN))
    keys = TAKEN[name].keys
    return {"name": name, "key": rng.choice(keys) if keys and rng.random() < 0.7 else ""}


@action(14, _act)
def act(window: Window, name: str, key: str) -> None:
    """An action, by its key where the focus is, or from the menu."""
    if key:
        hands.key(window, key)
    else:
        hands.with_patience(window.actions_by_id[name].trigger)


@action(1, lambda rng, window: {})
def full_screen_and_back(window: Window) -> None:
    for _ in range(2):
        window.actions_by_id["full_screen"].trigger()
        hands.look(10)


@action(6, lambda rng, window: {"undos": rng.randint(0, 12), "redos": rng.randint(0, 12)})
def undo_and_redo(window: Window, undos: int, redos: int) -> None:
    """Bursts, as with a key held down."""
    for name, times in (("undo", undos), ("redo", redos)):
        for _ in range(times):
            window.actions_by_id[name].trigger()


@action(5, lambda rng, window: {"index": rng.randrange(window.tabs.count()), "by_mouse": rng.random() < 0.5})
def switch_tab(window: Window, index: int, by_mouse: bool) -> None:
    bar = window.tabs.tabBar()
    if by_mouse:
        place = bar.tabRect(index).center()
        hands.click(bar, [place.x() / bar.width(), place.y() / bar.height()])
    else:
        hands.key(window, f"Ctrl+{index + 1}")


def _pane_button(rng: Random, window: Window) -> Given | None:
    count = len(_pane_buttons(window))
    return {"button": rng.randrange(count)} if count else None


def _pane_buttons(window: Window) -> list[QPushButton]:
    return [b for b in window.tab._panes.switch.findChildren(QPushButton) if b.isVisible()]


@action(3, _pane_button)
def pane_button(window: Window, button: int) -> None:
    """Choose the pane that is seen where only one has room."""
    there = _pane_buttons(window)
    if button >= len(there):
        raise Gone("pane button")
    hands.click(there[button])


@action(3, lambda rng, window: {"width": rng.randint(720, 1600), "height": rng.randint(520, 1000)})
def resize(window: Window, width: int, height: int) -> None:
    window.resize(width, height)


@action(6, lambda rng, window: {"text": texts.pasted(rng, window.labs)})
def paste(window: Window, text: str) -> None:
    """Ctrl+V, wherever the focus is."""
    QGuiApplication.clipboard().setText(text)
    hands.key(window, "Ctrl+V")


@action(5, lambda rng, window: {"text": texts.link(rng, window.labs)})
def open_link(window: Window, text: str) -> None:
    window.open_link(text)


@action(8, lambda rng, window: {"keys": [rng.choice(WALK) for _ in range(rng.randint(1, 10))]})
def walk(window: Window, keys: list[str]) -> None:
    """Tab from one thing to the next, and do something there."""
    for key in keys:
        hands.key(window, key)


@action(1, lambda rng, window: {"at": two_shares(rng)})
def click_anywhere(window: Window, at: list[float]) -> None:
    """Headings, gaps, the reading, the corner; in the menu bar a menu may open, and is closed again."""
    hands.click(window, at)
    if QApplication.activePopupWidget() is not None:
        hands.key(window, "Esc")


@action(4, lambda rng, window: {"milliseconds": rng.choice((0, 5, 10, 20, 60, 120, 250))})
def wait(window: Window, milliseconds: int) -> None:
    """Timers fire, slow work ends."""
    hands.look(milliseconds)


def _leave(rng: Random, window: Window) -> Given | None:
    return {} if hands.dialogs(window) else None


@action(20, _leave)
def leave_dialog(window: Window) -> None:
    """Close what is open beside the window."""
    hands.put_down(window)
