"""What holds after every action. Each function returns what is wrong, in sentences."""

import dataclasses
import json
from collections.abc import Iterator
from math import isfinite
from time import perf_counter
from typing import Any

import numpy as np
from PySide6.QtWidgets import QApplication, QSlider

from mmlviz.core import codec
from mmlviz.core.hiding import without_values
from mmlviz.core.marks import Curve, Curve3, Image, Mark, Outline, Surface
from mmlviz.core.view import SpaceView
from mmlviz.qt.canvas import Canvas
from mmlviz.qt.choices import ChooseRow, TickRow, TypedRow
from mmlviz.qt.rows import PlayRow, SliderRow
from mmlviz.qt.space import SpaceCanvas
from mmlviz.shell.tab import Tab
from mmlviz.shell.window import Window
from tests.soak import hands

CALM = 10.0  # seconds within which slow work ends, a run plays to its end, and the last state is shown


# At any time ------------------------------------------------------------------------------------


def always(window: Window) -> list[str]:
    """What holds also while something runs or is being computed."""
    tab = window.tab
    found = [*_state(window, tab), *_let_go(tab), *_panes(tab), *_undo(window, tab), *_focus(window)]
    if window.notice._details:
        found.append(f"the window tells of an error: {window.notice._details}")
    return found


def _state(window: Window, tab: Tab) -> Iterator[str]:
    lab, state = tab.lab, tab.store.state
    for field in lab.fields:
        if not field.allows(getattr(state, field.name)):
            yield f"the state's {field.name} is not allowed: {field.write(getattr(state, field.name))}"
    link = codec.link(lab, state)
    try:
        found, read = codec.read_link(link, window.labs)
    except codec.BadLink as error:
        yield f"the link {link} cannot be read: {error}"
    else:
        if found is not lab or read != state:
            yield f"the link {link} opens {read}, not {state}"


def _let_go(tab: Tab) -> Iterator[str]:
    if tab.hand.held is not None:
        yield f"{tab.hand.held.key} is still held"
    for name, canvas in tab.canvases.items():
        held = (canvas._panned, canvas._clicked) if isinstance(canvas, Canvas) else (canvas._dragged,)
        if any(each is not None for each in held):
            yield f"the picture of {name} is still held"
    for slider in tab.findChildren(QSlider):
        if slider.isSliderDown():
            yield f"the slider {slider.objectName()} is still held"


def _panes(tab: Tab) -> Iterator[str]:
    for name, pane in tab.store.view.panes.items():
        x0, x1, y0, y1 = pane.box
        if not (all(map(isfinite, pane.box)) and x0 < x1 and y0 < y1):
            yield f"the pane {name} has no span: {pane.box}"


def _undo(window: Window, tab: Tab) -> Iterator[str]:
    store = tab.store
    for name, label, word in (("undo", store.undo_label, "Undo"), ("redo", store.redo_label, "Redo")):
        action = window.actions_by_id[name]
        if action.text() != (f"{word} {label}" if label else word) or action.isEnabled() != (label is not None):
            yield f"the menu says '{action.text()}', what there is to {name} is {label!r}"


def _focus(window: Window) -> Iterator[str]:
    focus = QApplication.focusWidget()
    if focus is None and window.isActiveWindow() and QApplication.activePopupWidget() is None:
        yield "nothing has the focus: the keyboard is lost"
    if focus is not None and not focus.isVisible() and not hands.is_popup(focus.window()):  # it may just have gone
        yield f"the focus is in {focus.objectName() or focus!r}, which is not shown"


# When all has come to rest ----------------------------------------------------------------------


def rest(window: Window) -> list[str]:
    """Wait until what runs has ended and the last state is shown; what is wrong then."""
    hands.put_down(window)
    end = perf_counter() + CALM
    while not _is_calm(window.tab):
        if perf_counter() > end:
            return [f"after {CALM:g} seconds the picture is not that of the last state"]
        hands.look(3)
    tab = window.tab
    return [*_shown(tab), *_told(tab), *_controls(tab)]


def _is_calm(tab: Tab) -> bool:
    play = tab.panel.play
    has_left_out = tab._turns._rest.isActive()  # a pane whose turn is still to come
    return not (tab._is_stale or has_left_out or tab.store.is_waiting) and (play is None or play._run is None)


def _shown(tab: Tab) -> Iterator[str]:
    """Finite numbers, and the very picture of the newest state in the present view."""
    state, result = tab._frozen or tab.store.shown
    view = tab.store.view
    scene = tab.lab.draw(state, result, dataclasses.replace(view, is_moving=view.is_moving or tab.store.is_moving))
    for name, canvas in tab.canvases.items():
        if not canvas.isVisible():
            continue
        yield from _size(name, canvas)
        yield from (f"{name}: {what}" for mark in canvas.item.marks for what in _finite(mark))
        wanted = without_values(scene[name]) if tab.hides_values else scene[name]
        if not same(wanted, tuple(canvas.item.marks)):
            yield f"the pane {name} does not show the newest state"


def _size(name: str, canvas: Canvas | SpaceCanvas) -> Iterator[str]:
    pane, area = canvas.pane, canvas.viewport()
    drawn = canvas.item.pane if isinstance(canvas, Canvas) else canvas.item.space
    if isinstance(drawn, SpaceView) and isinstance(canvas, SpaceCanvas) and canvas.overlay.hint:
        drawn = dataclasses.replace(drawn, height=pane.height)  # it stands above the line in the corner
    if (pane.width, pane.height) != (area.width(), area.height()) or drawn != pane:
        yield f"the pane {name} is drawn as {drawn}, seen as {pane} in {area.width()}×{area.height()}"


def _finite(mark: Mark) -> Iterator[str]:
    for field in dataclasses.fields(mark):
        value = getattr(mark, field.name)
        if isinstance(mark, Outline) and field.name == "parts":
            value = np.concatenate([*value, np.empty((0, 2))])
        if not isinstance(value, np.ndarray):
            continue
        if isinstance(mark, Curve | Curve3):
            value = value[~np.isnan(value).all(axis=1)]
        if isinstance(mark, Image | Surface):  # which may have holes
            value = value[~np.isnan(value)]
        if not np.isfinite(value).all():
            yield f"the mark {mark.key} has numbers that are not finite in {field.name}"


def same(some: tuple[Mark, ...], others: tuple[Mark, ...]) -> bool:
    """Whether two scenes are the same marks with the same numbers."""
    return len(some) == len(others) and all(_same_mark(a, b) for a, b in zip(some, others))


def _same_mark(one: Mark, other: Mark) -> bool:
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    return all(_equal(getattr(one, f.name), getattr(other, f.name)) for f in dataclasses.fields(one))


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other)


def _told(tab: Tab) -> Iterator[str]:
    """All named values, as JSON; and the sentence of the newest state in the strip."""
    lab, (state, result) = tab.lab, tab.store.shown
    values = dict(lab.tell(state, result).values)
    if set(values) != {value.name for value in lab.values}:
        yield f"the values told are {sorted(values)}"
    json.dumps(values)  # an infinite radius is one; what is no JSON at all raises
    sentence = lab.tell(*(tab._frozen or tab.store.shown)).sentence
    if not tab.hides_values and not tab.strip.words.accessibleName().startswith(sentence):
        yield f"the strip says '{tab.strip.words.accessibleName()}', not '{sentence}'"


def _controls(tab: Tab) -> Iterator[str]:
    """Every row that is to be seen shows the state; an entry only where nobody is typing."""
    state = tab.store.state
    for row in (row for row in tab.panel.rows if row.isVisibleTo(tab.panel)):
        if isinstance(row, SliderRow | TypedRow):
            value = getattr(state, row.control.field)
            for index in getattr(row.control, "index", ()):
                value = value[index]
            if not row.entry.is_draft and row.entry.text() != row.entry._write(value):
                yield f"the entry {row.entry.objectName()} says '{row.entry.text()}', the state {value}"
        if isinstance(row, SliderRow) and row.slider.value() != row.control.steps_to(value):
            yield f"the slider {row.slider.objectName()} is not where the state is"
        if isinstance(row, TickRow) and row.box.isChecked() != getattr(state, row.control.field):
            yield f"the box {row.box.objectName()} is not what the state is"
        if isinstance(row, ChooseRow) and row.field.options[row.list.currentIndex()] != getattr(
            state, row.control.field
        ):
            yield f"the list {row.list.objectName()} does not show what the state is"
        if isinstance(row, PlayRow) and abs(row.slider.value() * row.control.step + row.control.low - row.now) > (
            row.control.step / 2 + 1e-9
        ):
            yield f"the transport {row.slider.objectName()} is not where the state is"


# Undo and redo ----------------------------------------------------------------------------------


def undo_then_redo(window: Window) -> list[str]:
    """Undo brings another state, redo the same one back, as far as the lab's own rule wants it."""
    store, undo, redo = window.tab.store, window.actions_by_id["undo"], window.actions_by_id["redo"]
    if not undo.isEnabled():
        return []
    store.settle()
    here, label = store.state, store.undo_label
    undo.trigger()
    there = store.state
    wrong = [] if store.redo_label == label else [f"undone was '{label}', redo offers '{store.redo_label}'"]
    redo.trigger()
    if store.state != store.lab.redone(there, here):
        wrong.append(f"redo brings {store.state}, not {here}")
    if store.lab.redone(there, here) == here and there == here:
        wrong.append(f"undo of '{label}' has changed nothing in {here}")
    return wrong
