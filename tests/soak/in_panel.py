"""What is done in the panel: sliders, entries, lists, ticks, buttons, examples."""

from collections.abc import Callable
from random import Random

from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from mmlviz.qt.choices import TypedRow
from mmlviz.qt.entry import Entry
from mmlviz.qt.slider import LabSlider
from mmlviz.shell.window import Window
from tests.soak import hands, texts
from tests.soak.action import Given, Gone, action, two_shares
from tests.soak.on_pictures import MIDWAY

STEPS = ("Left", "Right", "Up", "Down", "PgUp", "PgDown", "Home", "End", "Shift+Left", "Shift+Right", "Alt+Left",
         "Alt+Right", "Shift+Alt+Up", "Esc", "Space", "Return")  # fmt: skip
ENDS = ("Return", "Return", "Tab", "Shift+Tab", "Esc", "Enter", "", "")


def _parts(window: Window, kind: type[QWidget]) -> list[list[int]]:
    """Which parts of which rows are of a kind, and can be reached."""
    if not window.tab.panel.isVisible():
        return []
    rows = window.tab.panel.rows
    return [
        [r, k]
        for r, row in enumerate(rows)
        if row.isVisible()
        for k, part in enumerate(row.focusable)
        if isinstance(part, kind) and part.isVisible() and part.isEnabled()
    ]


def _part(window: Window, place: list[int], kind: type[QWidget]) -> QWidget:
    """A part of a row, scrolled to."""
    row, k = place
    if place not in _parts(window, kind):
        raise Gone(f"row {row}")
    part = window.tab.panel.rows[row].focusable[k]
    window.tab.panel.ensureWidgetVisible(part)
    return part


def _slide(rng: Random, window: Window) -> Given | None:
    sliders = _parts(window, LabSlider)
    if not sliders:
        return None
    midway = rng.choice(MIDWAY) if rng.random() < 0.2 else ""
    at, to = two_shares(rng, 0.2)
    return {
        "place": rng.choice(sliders),
        "at": min(max(at, 0), 1),
        "to": to,
        "moves": rng.randint(0, 8),
        "midway": midway,
    }


@action(12, _slide)
def slide(window: Window, place: list[int], at: float, to: float, moves: int, midway: str) -> None:
    slider = _part(window, place, LabSlider)
    hands.drag(window, hands.share(slider, [at, 0.5]), hands.share(slider, [to, 0.5]), moves, midway)


def _one_of(kind: type[QWidget]) -> Callable[[Random, Window], Given | None]:
    """Draw one of the parts of a kind."""

    def draw(rng: Random, window: Window) -> Given | None:
        places = _parts(window, kind)
        return {"place": rng.choice(places)} if places else None

    return draw


def _spot(rng: Random, window: Window) -> Given | None:
    one = _one_of(LabSlider)(rng, window)
    return one and one | {"at": round(rng.random(), 4)}


@action(2, _spot)
def double_click_slider(window: Window, place: list[int], at: float) -> None:
    slider = _part(window, place, LabSlider)
    hands.click(slider, [at, 0.5])
    hands.double_click(slider, [at, 0.5])


def _step(rng: Random, window: Window) -> Given | None:
    sliders = _parts(window, LabSlider)
    keys = [rng.choice(STEPS) for _ in range(rng.randint(1, 6))]
    return {"place": rng.choice(sliders), "keys": keys} if sliders else None


@action(6, _step)
def step_slider(window: Window, place: list[int], keys: list[str]) -> None:
    _part(window, place, LabSlider).setFocus()
    for key in keys:
        hands.key(window, key)


def _type(rng: Random, window: Window) -> Given | None:
    entries = _parts(window, Entry)
    if not entries:
        return None
    place = rng.choice(entries)
    text = texts.typed(rng, isinstance(window.tab.panel.rows[place[0]], TypedRow))
    return {"place": place, "text": text, "is_anew": rng.random() < 0.8, "end": rng.choice(ENDS)}


@action(14, _type)
def type_entry(window: Window, place: list[int], text: str, is_anew: bool, end: str) -> None:
    entry = _part(window, place, Entry)
    hands.click(entry)
    if is_anew:
        hands.key(window, "Ctrl+A")
    if entry.hasFocus():
        hands.type_text(window, text)
    if end:
        hands.key(window, end)


def _menu(rng: Random, window: Window) -> Given | None:
    one = _one_of(Entry)(rng, window)
    return one and one | {"downs": rng.randint(0, 7)}


@action(1, _menu)
def entry_menu(window: Window, place: list[int], downs: int) -> None:
    """The menu of an entry, by the right button: undo, cut, copy, paste …"""
    hands.click(_part(window, place, Entry), [0.5, 0.5], hands.RIGHT)
    hands.look(5)
    for _ in range(downs):
        hands.key(window, "Down")
    hands.key(window, "Return" if downs else "Esc")


@action(5, _one_of(QAbstractButton))
def press_button(window: Window, place: list[int]) -> None:
    """Ticks, plays and all other buttons of the rows."""
    hands.click(_part(window, place, QAbstractButton), [0.1, 0.5])
    hands.look(5)
    if QApplication.activePopupWidget() is not None:  # a list of formulas: its first is taken, or none
        for key in ("Down", "Return") if place[1] % 2 else ("Esc",):
            hands.key(window, key)


def _choose(rng: Random, window: Window) -> Given | None:
    lists = _parts(window, QComboBox)
    keys = [rng.choice(("Down", "Down", "Up", "PgDown", "Home", "End")) for _ in range(rng.randint(0, 5))]
    end = rng.choice(("Return", "Return", "Esc", "Tab"))
    return {"place": rng.choice(lists), "keys": [*keys, end], "opens": rng.random() < 0.7} if lists else None


@action(6, _choose)
def choose(window: Window, place: list[int], keys: list[str], opens: bool) -> None:
    """A list, opened by the mouse or stepped through by keys."""
    option_list = _part(window, place, QComboBox)
    if opens:
        hands.click(option_list)
    else:
        option_list.setFocus()
    for key in keys:
        hands.key(window, key)


def _examples(rng: Random, window: Window) -> Given | None:
    if not window.tab.presets.isVisible():
        return None
    return {"downs": rng.randint(0, len(window.tab.lab.presets)), "end": rng.choice(("Return", "Return", "Esc"))}


@action(4, _examples)
def examples(window: Window, downs: int, end: str) -> None:
    button = window.tab.presets
    if not button.isVisible():
        raise Gone("examples")
    window.tab.panel.ensureWidgetVisible(button)
    hands.click(button)
    hands.look(5)
    for _ in range(downs):
        hands.key(window, "Down")
    hands.key(window, end)


@action(1, lambda rng, window: {"notches": rng.randint(-6, 6)} if window.tab.panel.isVisible() else None)
def scroll_panel(window: Window, notches: int) -> None:
    hands.wheel(window.tab.panel.viewport(), [0.5, 0.5], notches)
