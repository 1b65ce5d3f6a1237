"""What the window does for labs with charts, clicks and more than one set of panes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox
from pytestqt.qtbot import QtBot

from mmlviz.core.lab import Reading
from mmlviz.labs.pca import LAB as PCA
from mmlviz.maths.number import Number
from mmlviz.qt.sentences import Words
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, NONE, Person

KEY = Qt.Key


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    return Person(window, qtbot)


def opened(window: Window, person: Person, link: str) -> None:
    window.open_link(link)
    person.qtbot.waitUntil(lambda: not window.tab.store.is_waiting)
    for _ in range(20):  # until all parts have found their sizes
        before = window.tab.store.view
        person.qtbot.wait(40)
        if window.tab.store.view == before:
            break


def test_a_double_click_dips_once(window: Window, person: Person) -> None:
    opened(window, person, "mmlviz:sandpit")
    viewport, at = person.canvas.viewport(), person.pixel(2, 2)
    person.qtbot.mouseClick(viewport, LEFT, NONE, at)
    person.qtbot.mouseDClick(viewport, LEFT, NONE, at)
    person.qtbot.mouseRelease(viewport, LEFT, NONE, at)
    person.see()
    assert len(window.tab.store.state.dips) == 1


def test_the_cursor_says_what_is_under_it_now_and_nothing_once_it_is_left(window: Window, person: Person) -> None:
    """Over a pit that is hidden again, the depth of the one before must not stay."""
    opened(window, person, "mmlviz:sandpit?mode=practice")
    (cursor,) = person.canvas.cursors
    cursor.setFocus()
    person.key(cursor, KEY.Key_Left)
    assert "depth" in person.canvas.overlay.text()
    person.find("sandpit.new").click()  # type: ignore[attr-defined]
    person.qtbot.waitUntil(lambda: not window.tab.store.is_waiting)
    person.see()
    assert "depth" not in person.canvas.overlay.text()
    assert "x = " in person.canvas.overlay.text()
    person.find("sandpit.new").setFocus()
    person.see()
    assert person.canvas.overlay.text() == ""


def test_escape_takes_back_a_pan(window: Window, person: Person) -> None:
    opened(window, person, "mmlviz:taylor")
    before = window.tab.store.view
    person.press(-2, 1.5)
    person.move(-1, 1.2)
    person.see()
    assert window.tab.store.view != before
    person.key(person.canvas, KEY.Key_Escape)
    assert window.tab.store.view == before
    person.release(-1, 1.2)


@pytest.mark.parametrize("link", ["mmlviz:pca?spread=9,0.6", "mmlviz:pca?spread=0.3,0.1"])
def test_curves_are_fitted_when_the_hand_rests(window: Window, person: Person, link: str) -> None:
    """The sum must stay in sight, and the curves must not become flat, whoever moves the slider."""
    opened(window, person, "mmlviz:pca")
    store = window.tab.store
    wide = link.partition("spread=")[2].partition(",")[0]
    person.type("pca.spread.0", wide)
    y0, y1 = PCA.fit(store.state, store.result, "curves")[2:]  # type: ignore[misc]
    _, _, bottom, top = store.view["curves"].box
    slack = 0.11 * (top - bottom)
    assert bottom - slack <= y0 < y1 <= top + slack
    assert y1 - y0 >= 0.24 * (top - bottom)


def test_a_choice_brings_its_own_panes_and_marks_the_one_that_is_shown(window: Window, person: Person) -> None:
    window.resize(720, 560)
    opened(window, person, "mmlviz:pca")
    tab = window.tab
    data = person.find("pca.data")
    assert isinstance(data, QComboBox)
    data.setCurrentIndex(1)
    data.activated.emit(1)
    person.qtbot.waitUntil(lambda: not tab.store.is_waiting)
    person.see()
    checked = tab._panes.choice.checkedButton()
    assert checked is not None
    assert checked.property("pane") == "scores"
    assert [name for name, canvas in tab.canvases.items() if canvas.isVisible()] == ["scores"]


def test_what_a_tick_puts_out_of_sight_is_fitted(window: Window, person: Person) -> None:
    opened(window, person, "mmlviz:pca?data=digits")
    person.qtbot.waitUntil(lambda: window.tab.store.view["scores"].height > 400)
    before = window.tab.store.view["scores"].box
    tick = person.find("pca.standardise")
    assert isinstance(tick, QCheckBox)
    tick.click()
    person.qtbot.waitUntil(lambda: not window.tab.store.is_waiting)
    person.see()
    after = window.tab.store.view["scores"].box
    assert after[1] - after[0] > 2 * (before[1] - before[0])


def test_the_line_that_says_what_to_try_goes_once_something_is_done(window: Window, person: Person) -> None:
    window.resize(900, 700)
    opened(window, person, "mmlviz:taylor")
    overlays = [canvas.overlay for canvas in window.tab.canvases.values()]
    window.tab.reset()
    person.see()
    while window.tab.store.undo_label:
        window.tab.store.undo()
    window.tab._arrange()
    assert [overlay.text().startswith("Try: ") for overlay in overlays] == [True, *[False] * (len(overlays) - 1)]
    window.tab.store.set(replace(window.tab.store.state, order=window.tab.store.state.probe))
    window.tab._arrange()
    assert {overlay.text() for overlay in overlays} == {""}


def test_warnings_come_first_where_there_is_little_room_and_nothing_is_lost(window: Window, person: Person) -> None:
    words = Words()
    person.qtbot.addWidget(words)
    words.show_look(window.look)
    words.resize(160, 60)
    words.show_reading(Reading((), {}, "A long sentence. " * 20, {"name": "value"}, ("Mind this.",)))
    placed = [layout.text() for layout, _, _ in words._placed(window.look, words.room)]
    assert placed[0] == "⚠ Mind this."
    assert [text[:6].replace("\u00a0", " ") for text in placed[1:]] == ["A long", "name v"]


@pytest.mark.parametrize(
    "lab", ["matrix", "eigen", "sandpit?mode=practice&pit=random", "taylor", "taylor2", "pca?data=digits"]
)
@pytest.mark.parametrize("is_projector", [False, True])
def test_the_panel_is_as_wide_as_what_stands_in_it(
    window: Window, person: Person, lab: str, is_projector: bool
) -> None:
    """Nothing is cut off at its right edge."""
    window.resize(1920, 1060)
    window.show_look("light", is_projector)
    window.tab.wish_panel(True)
    opened(window, person, f"mmlviz:{lab}")
    window.tab.wish_panel(True)
    person.see()
    panel = window.tab.panel
    assert panel.isVisible()
    assert panel.widget().width() <= panel.viewport().width()


def test_nothing_is_pasted_where_nobody_sees_it(window: Window, person: Person) -> None:
    """The start of the walk is no part of a game."""
    opened(window, person, "mmlviz:sandpit")
    before = window.tab.store.state
    QGuiApplication.clipboard().setText("2, 3")
    person.key(window.tab.main_canvas, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.tab.store.state == before
    assert "no numbers just now" in window._toast.text()
    opened(window, person, "mmlviz:sandpit?mode=practice")
    person.key(window.tab.main_canvas, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert tuple(map(float, window.tab.store.state.start)) == (2, 3)


def test_the_first_drag_takes_the_line_away_and_undo_brings_it_back(window: Window, person: Person) -> None:
    window.resize(900, 700)
    opened(window, person, "mmlviz:taylor")
    overlay = person.canvas.overlay
    person.move(-3.0, 2.0)
    while window.tab.store.undo_label:
        person.key(window.tab.main_canvas, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert overlay.hint.startswith("Try: ")
    state, result = window.tab.store.shown
    x, y = window.tab.lab.handles[0].at(state, result)
    person.drag((x, y), (x + 0.5, y))
    assert overlay.hint == ""
    person.key(window.tab.main_canvas, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert overlay.hint.startswith("Try: ")


# A reading that has no room ----------------------------------------------------------------------------


def small(window: Window, person: Person, link: str) -> Words:
    """The words of a link in a small window on a projector."""
    window.show_look("light", True)
    window.resize(1024, 768)
    opened(window, person, link)
    window.tab.strip.finish()
    person.see()
    return window.tab.strip.words


def bottom_of(words: Words) -> float:
    """Where the last line ends, in pixels from the top of what is seen."""
    return sum(height for _, height, _ in words._placed(words._look, words.room)) - words.bar.value()  # type: ignore[arg-type]


def test_a_reading_that_has_no_room_is_scrolled_by_its_bar_by_hand_and_by_keys(window: Window, person: Person) -> None:
    words = small(window, person, "mmlviz:taylor2")
    bar, height = words.bar, words.height()
    assert bar.isVisible()
    assert bottom_of(words) > height
    person.qtbot.mouseClick(bar, LEFT, NONE, QPoint(bar.width() // 2, bar.height() - 4))
    assert bottom_of(words) == pytest.approx(height, abs=1)
    middle = QPoint(60, 30)
    person.qtbot.mousePress(words, LEFT, NONE, middle)
    person.qtbot.mouseMove(words, middle + QPoint(0, 200))
    person.qtbot.mouseRelease(words, LEFT, NONE, middle + QPoint(0, 200))
    assert bar.value() == 0
    person.key(bar, KEY.Key_PageDown)
    assert bottom_of(words) == pytest.approx(height, abs=1)


def test_the_bars_of_the_reading_are_reached_by_tab(window: Window, person: Person) -> None:
    words = small(window, person, "mmlviz:taylor2")
    reached = set()
    window.tab.main_canvas.setFocus()
    for _ in range(30):
        focus = window.focusWidget()
        assert focus is not None
        reached.add(focus)
        person.key(focus, KEY.Key_Tab)
    assert {words.bar, window.tab.strip.formulas.bar} <= reached


def test_another_example_is_read_from_the_top_and_a_slider_leaves_the_place(window: Window, person: Person) -> None:
    words = small(window, person, "mmlviz:taylor?probe=1.3")
    words.bar.setValue(words.bar.maximum())
    place = words.bar.value()
    assert place > 0
    window.tab.store.set(replace(window.tab.store.state, centre=Number("0.51")))
    person.see()
    assert words.bar.value() == pytest.approx(place, abs=words.bar.singleStep())
    assert words.bar.value() > 0
    opened(window, person, "mmlviz:taylor?probe=1.4")
    assert words.bar.value() == 0
