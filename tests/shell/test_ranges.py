"""What a step does to the ranges of the panes, and what undo brings back of them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from mmlviz.core.view import View
from mmlviz.maths.lattice import Box
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, NONE, Person
from tests.shell.test_window_of_charts import opened

CONTROL = Qt.KeyboardModifier.ControlModifier
PANES = ("plane", "error", "complex", "steps", "widths")


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    return Person(window, qtbot)


@pytest.fixture
def taylor(window: Window, person: Person) -> Window:
    opened(window, person, "mmlviz:taylor?f=1/(1+x^2)&centre=0&probe=0.5")
    return window


def boxes(window: Window, *names: str) -> dict[str, Box]:
    view: View = window.tab.store.view
    return {name: view[name].wanted for name in names or PANES}


def pick(person: Person, f: str) -> None:
    """Choose a formula from the list, as a person does."""
    button = person.find("taylor.f.offered")
    assert isinstance(button, QPushButton)
    options = person.window.tab.lab.field("f").options  # type: ignore[attr-defined]
    button.menu().popup(button.mapToGlobal(QPoint(0, 0)))
    action = button.menu().actions()[options.index(f)]
    person.qtbot.mouseClick(button.menu(), LEFT, NONE, button.menu().actionGeometry(action).center())
    person.see()
    assert person.window.tab.store.state.f == f


def press(person: Person, key: Qt.Key) -> None:
    person.key(person.window.tab.main_canvas, key, CONTROL)


def zoom(person: Person, pane: str) -> None:
    canvas = person.window.tab.canvases[pane]
    person.qtbot.mouseClick(canvas.buttons.all[0], LEFT, NONE)
    person.see()


def tick(person: Person, name: str) -> None:
    box = person.window.findChild(QCheckBox, f"taylor.{name}")
    assert box is not None
    person.qtbot.mouseClick(box, LEFT, NONE, QPoint(8, box.height() // 2))
    person.see()


# Undo ------------------------------------------------------------------------------------------------


def test_undo_brings_the_old_function_in_the_window_it_was_seen_in(taylor: Window, person: Person) -> None:
    zoom(person, "plane")
    before = boxes(taylor)
    pick(person, "exp(x)")
    after = boxes(taylor)
    assert after["plane"] != before["plane"]
    assert after["complex"] != before["complex"]
    press(person, Qt.Key.Key_Z)
    assert taylor.tab.store.state.f == "1/(1+x^2)"
    assert boxes(taylor) == before
    press(person, Qt.Key.Key_Y)
    assert taylor.tab.store.state.f == "exp(x)"
    assert boxes(taylor) == after


def test_zooming_is_no_step_and_stays_when_a_step_that_fitted_nothing_is_undone(taylor: Window, person: Person) -> None:
    person.slider("taylor.order").setValue(3)
    person.see()
    zoom(person, "plane")
    zoom(person, "complex")
    zoomed = boxes(taylor)
    press(person, Qt.Key.Key_Z)
    assert taylor.tab.store.state.order == 8
    assert boxes(taylor) == zoomed
    press(person, Qt.Key.Key_Y)
    assert boxes(taylor) == zoomed


def test_redo_brings_the_window_that_undo_has_left(taylor: Window, person: Person) -> None:
    before = boxes(taylor)
    pick(person, "exp(x)")
    zoom(person, "plane")
    left = boxes(taylor)
    press(person, Qt.Key.Key_Z)
    assert boxes(taylor) == before
    press(person, Qt.Key.Key_Y)
    assert boxes(taylor) == left


def test_undo_of_an_example_and_of_a_reset_bring_their_windows_back(taylor: Window, person: Person) -> None:
    start = boxes(taylor)
    opened(taylor, person, "mmlviz:taylor?f=ln(x)&centre=10&order=4&probe=14")
    example = boxes(taylor)
    assert example != start
    reset = next(b for b in taylor.tab.panel.findChildren(QPushButton) if b.text() == "Reset")
    person.qtbot.mouseClick(reset, LEFT, NONE)
    person.see()
    home = boxes(taylor)
    press(person, Qt.Key.Key_Z)
    assert boxes(taylor) == example
    press(person, Qt.Key.Key_Z)
    assert boxes(taylor) == start
    press(person, Qt.Key.Key_Y)
    press(person, Qt.Key.Key_Y)
    assert boxes(taylor) == home


def test_curves_that_a_slider_has_had_fitted_go_back_with_it(window: Window, person: Person) -> None:
    opened(window, person, "mmlviz:pca")
    before = boxes(window, "plane", "curves")
    person.type("pca.spread.0", "9")
    assert boxes(window, "curves") != {"curves": before["curves"]}
    press(person, Qt.Key.Key_Z)
    assert boxes(window, "plane", "curves") == before


# A new subject ---------------------------------------------------------------------------------------


def share(window: Window, pane: str) -> float:
    """Of the width or height that is seen, how much what matters takes, whichever is more; 0 where it is out of it."""
    store = window.tab.store
    assert store.lab.fit is not None
    x0, x1, y0, y1 = store.lab.fit(*store.shown, pane)
    left, right, bottom, top = store.view[pane].box
    across, up = 0.1 * (right - left), 0.1 * (top - bottom)
    if x0 < left - across or x1 > right + across or y0 < bottom - up or y1 > top + up:
        return 0.0
    return max((x1 - x0) / (right - left), (y1 - y0) / (top - bottom))


def test_every_pane_suits_each_new_function(taylor: Window, person: Person) -> None:
    """Discs of radius 1, none, 1 and 10, one after the other."""
    for f in ("cos(x)", "1/(1-x)^2"):
        pick(person, f)
        for pane in ("plane", "error", "complex"):
            assert share(taylor, pane) >= 0.5, (f, pane)
    person.type("taylor.centre", "10")
    pick(person, "ln(x)")
    for pane in ("plane", "error", "complex"):
        assert share(taylor, pane) >= 0.5, pane
    x0, x1, _, _ = taylor.tab.store.view["complex"].box
    assert x0 < 0 < 20 < x1


def test_a_new_function_that_sits_well_leaves_the_window_as_it_is(taylor: Window, person: Person) -> None:
    pick(person, "cos(x)")
    before = boxes(taylor)
    pick(person, "sin(x)")
    assert boxes(taylor, "complex", "plane") == {name: before[name] for name in ("complex", "plane")}


def test_a_function_that_is_typed_is_a_new_one_too(taylor: Window, person: Person) -> None:
    person.type("taylor.order", "4")
    for f in ("cos(x)", "1/(1-x)^2"):
        entry = person.find("taylor.f")
        entry.setFocus()
        entry.selectAll()  # type: ignore[attr-defined]
        person.qtbot.keyClicks(entry, f)
        person.key(entry, Qt.Key.Key_Return)
    assert taylor.tab.store.state.f == "1/(1-x)^2"
    assert share(taylor, "complex") >= 0.5


# Ticks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ghosts", "plane", "table", "steps", "widths"])
def test_a_tick_leaves_the_other_panes_where_they_are(taylor: Window, person: Person, name: str) -> None:
    """Also where somebody has gone close to something and all the rest is out of sight."""
    for _ in range(6):
        zoom(person, "plane")
        zoom(person, "complex")
    own = {"plane": "complex"}.get(name, name)
    before = boxes(taylor, *(pane for pane in PANES if pane != own))
    for _ in range(2):
        tick(person, name)
        assert boxes(taylor, *before) == before


def test_a_pane_that_a_tick_brings_is_fitted(taylor: Window, person: Person) -> None:
    """The reach of ln x about 10 is far from where the pane opens."""
    opened(taylor, person, "mmlviz:taylor?f=ln(x)&centre=10&order=4&probe=14")
    taylor.tab.canvases["widths"].home()
    tick(person, "widths")
    assert taylor.tab.canvases["widths"].isVisible()
    assert share(taylor, "widths") >= 0.5


# Where the picture takes its time ----------------------------------------------------------------------


def test_a_choice_whose_picture_comes_later_is_fitted_then_and_undone_whole(window: Window, person: Person) -> None:
    opened(window, person, "mmlviz:pca?seed=heron&spread=4,0.6")
    store = window.tab.store
    canvas = window.tab.canvases["plane"]
    for _ in range(9):
        person.qtbot.mouseClick(canvas.buttons.all[1], LEFT, NONE)
    person.see()
    before = {name: pane.wanted for name, pane in store.view.panes.items()}
    data = window.findChild(QComboBox, "pca.data")
    assert data is not None
    data.setCurrentIndex(1)
    data.activated.emit(1)
    person.qtbot.waitUntil(lambda: not store.is_waiting)
    person.see()
    assert store.state.data == "digits"
    assert store.view["plane"].wanted != before["plane"]  # far too small in nine times 1.25 as much
    press(person, Qt.Key.Key_Z)
    assert store.state.data != "digits"
    assert {name: pane.wanted for name, pane in store.view.panes.items()} == before


def test_what_was_still_to_be_fitted_for_a_step_goes_with_it(window: Window, person: Person) -> None:
    opened(window, person, "mmlviz:pca?seed=heron")
    tab = window.tab
    for _ in range(9):
        person.qtbot.mouseClick(tab.canvases["plane"].buttons.all[1], LEFT, NONE)
    before = {name: pane.wanted for name, pane in tab.store.view.panes.items()}
    tab.store.defer = lambda key: key != tab.lab.slow.key(before_state)  # type: ignore[union-attr]
    before_state = tab.store.state
    window.open_link("mmlviz:pca?data=digits&standardise=yes")
    assert tab.store.is_waiting
    tab.undo()
    person.see()
    assert tab.store.state == before_state
    assert {name: pane.wanted for name, pane in tab.store.view.panes.items()} == before


def test_a_frozen_picture_is_fitted_when_it_goes_on(taylor: Window, person: Person) -> None:
    before = boxes(taylor)
    taylor.tab.freeze(True)
    pick(person, "exp(x)")
    assert boxes(taylor) == before
    taylor.tab.freeze(False)
    person.see()
    assert share(taylor, "complex") >= 0.5
    assert boxes(taylor) != before
    press(person, Qt.Key.Key_Z)
    assert boxes(taylor) == before
