"""What the window promises, with the hands of a person."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import SIGNAL, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from mmlviz.core import codec
from mmlviz.core.actions import ACTIONS
from mmlviz.core.words import pair, typed
from mmlviz.labs import LABS
from mmlviz.maths.expression.readings import DECISIONS
from mmlviz.maths.number import Number
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.reading import packed
from mmlviz.qt.rows import PlayRow
from mmlviz.shell.menus import IN_CORNER, CornerButton
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, Person

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    return Person(window, qtbot)


def matrix_text(window: Window) -> str:
    return codec.texts(window.tab.lab, window.tab.store.state)["matrix"]


def first_column(window: Window) -> tuple[float, float]:
    """Where Aî is."""
    (a, _), (c, _) = window.tab.store.state.matrix
    return float(a), float(c)


# Mouse ------------------------------------------------------------------------------------------


def test_a_drag_moves_the_column_and_is_one_undo_step(window: Window, person: Person) -> None:
    person.drag((1.5, -0.5), (1, 1))
    dragged = matrix_text(window)
    assert first_column(window) == pytest.approx((1, 1), abs=0.011)  # a pixel
    assert window.actions_by_id["undo"].text() == "Undo matrix A"
    person.key(window, Qt.Key.Key_Z, CONTROL)
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"
    assert not window.actions_by_id["undo"].isEnabled()
    person.key(window, Qt.Key.Key_Y, CONTROL)
    assert matrix_text(window) == dragged


def test_a_handle_follows_from_where_it_was_caught(window: Window, person: Person) -> None:
    at = person.pixel(1.5, -0.5) + QPoint(9, 6)
    view = person.canvas.viewport()
    person.qtbot.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, at)
    person.see()
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"  # nothing jumps to the pointer
    person.qtbot.mouseMove(view, at + (person.pixel(2, 0) - person.pixel(1.5, -0.5)))
    person.see()
    assert np.allclose(np.array(window.tab.store.state.matrix, dtype=float)[:, 0], [2, 0], atol=0.011)
    person.qtbot.mouseRelease(view, LEFT)


def test_escape_cancels_a_drag(window: Window, person: Person) -> None:
    person.press(1.5, -0.5)
    person.move(2, 2)
    person.see()
    assert matrix_text(window) != "3/2,1/2;-1/2,5/4"
    person.key(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"
    person.release(2, 2)
    assert not window.actions_by_id["undo"].isEnabled()


def test_dragging_the_image_takes_v_along(window: Window, person: Person) -> None:
    start = window.tab.store.result.image
    person.drag((start[0], start[1]), (2, -1))
    assert np.allclose(window.tab.store.result.image, [2, -1], atol=0.02)
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"


def test_the_image_of_a_singular_matrix_slides_on_its_line_and_says_why(window: Window, person: Person) -> None:
    window.open_link("mmlviz:matrix?matrix=2,1;1,1/2&vector=-1,3/2")
    person.see()
    person.press(-0.5, -0.25)
    person.move(1, 3)
    person.see()
    x, y = window.tab.store.result.image
    assert (x, y) == pytest.approx((2, 1), abs=0.05)  # the point of the line nearest to (1, 3)
    assert "image line" in person.canvas.overlay.text()
    person.release(1, 3)


def test_a_handle_dragged_past_the_edge_comes_back(window: Window, person: Person) -> None:
    person.drag((1.5, -0.5), (40, 30))
    assert np.isfinite(np.array(window.tab.store.state.matrix, dtype=float)).all()
    person.key(window, Qt.Key.Key_Z, CONTROL)
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"


def test_dragging_the_background_moves_the_view_only_and_home_brings_it_back(window: Window, person: Person) -> None:
    before, state = window.tab.store.view["plane"].box, window.tab.store.state
    person.drag((-3, -2), (-2, -1))
    moved = window.tab.store.view["plane"].box
    assert moved[0] == pytest.approx(before[0] - 1, abs=0.02)
    assert moved[2] == pytest.approx(before[2] - 1, abs=0.02)
    person.key(person.canvas, Qt.Key.Key_Home)
    assert window.tab.store.view["plane"].box == pytest.approx(before)
    assert window.tab.store.state is state


def test_zoom_buttons_zoom_and_fit_shows_what_matters(window: Window, person: Person) -> None:
    span = window.tab.store.view["plane"].box[1]
    closer, further, fit = person.canvas.buttons.all
    person.qtbot.mouseClick(closer, LEFT)
    assert window.tab.store.view["plane"].box[1] < span
    person.qtbot.mouseClick(further, LEFT)
    assert window.tab.store.view["plane"].box[1] == pytest.approx(span)
    person.type("matrix.matrix.0.0", "50")
    person.qtbot.mouseClick(fit, LEFT)
    assert window.tab.store.view["plane"].box[1] > 50


def test_snap_pulls_to_halves(window: Window, person: Person) -> None:
    person.key(person.canvas, Qt.Key.Key_S)
    assert window.actions_by_id["snap"].isChecked()
    person.drag((1.5, -0.5), (1.12, 0.93))
    assert matrix_text(window) == "1,1/2;1,5/4"


def test_snap_pulls_v_onto_an_eigenline(window: Window, person: Person) -> None:
    window.open_link("mmlviz:eigen?matrix=2,1;0,3&vector=1,-1")
    person.see()
    person.key(person.canvas, Qt.Key.Key_S)
    person.drag((1, -1), (1.5, 1.45))
    result = window.tab.store.result
    assert result.is_parallel
    assert result.eigenvalue == 3


# Keyboard ---------------------------------------------------------------------------------------


def test_tab_reaches_every_handle_then_the_buttons_then_the_panel(window: Window, person: Person) -> None:
    names = []
    person.canvas.proxies[0].setFocus()
    for _ in range(20):
        names.append(QApplication.focusWidget().objectName() or QApplication.focusWidget().accessibleName())
        person.key(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert names[:5] == [f"matrix.handle.{key}" for key in ("first", "second", "v", "image", "corner")]
    assert names[5].startswith("Zoom in")
    rows = [name for name in names if name.startswith(("matrix.matrix", "matrix.vector"))]
    assert rows[:4] == ["matrix.matrix.0.0", "matrix.matrix.0.0.entry", "matrix.matrix.0.1", "matrix.matrix.0.1.entry"]


@pytest.mark.parametrize(("modifier", "step"), [(Person, 0.1), (SHIFT, 1.0), (ALT, 0.01)])
def test_arrow_keys_move_a_handle(window: Window, person: Person, modifier: object, step: float) -> None:
    proxy = person.canvas.proxies[0]
    proxy.setFocus()
    pressed = modifier if isinstance(modifier, Qt.KeyboardModifier) else Qt.KeyboardModifier.NoModifier
    person.key(proxy, Qt.Key.Key_Right, pressed)
    assert float(window.tab.store.state.matrix[0][0]) == pytest.approx(1.5 + step)
    assert window.tab.store.state.matrix[1][0].text == "-1/2"  # what is not moved stays as typed
    assert proxy.accessibleName() == "Aî, first column"
    assert typed(window.tab.store.state.matrix[0][0]) in proxy.accessibleDescription()
    person.key(window, Qt.Key.Key_Z, CONTROL)
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"


def test_the_buttons_in_the_corner_are_as_their_actions(window: Window, person: Person) -> None:
    buttons = window.findChildren(CornerButton)
    assert {button.action for button in buttons} == {window.actions_by_id[name] for name in IN_CORNER}

    def check() -> None:
        for button in buttons:
            action = button.action
            assert button.accessibleName() == action.iconText()
            assert button.toolTip() == action.toolTip()
            assert (button.isEnabled(), button.isChecked()) == (action.isEnabled(), action.isChecked())
            assert not button.icon().isNull()

    check()
    undo, theme = (next(b for b in buttons if b.action is window.actions_by_id[name]) for name in ("undo", "theme"))
    assert not undo.isEnabled()
    person.drag((1.5, -0.5), (2, 1))
    assert undo.isEnabled()
    check()
    for is_dark in (True, False):
        person.qtbot.mouseClick(theme, Qt.MouseButton.LeftButton)
        assert window.look.theme.is_dark == theme.isChecked() == is_dark
        check()
    before = window.tab.link
    person.qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert window.tab.link != before
    assert not undo.isEnabled()
    check()


def test_a_long_session_does_not_pile_up_connections(window: Window) -> None:
    """As Qt's own buttons of actions do: each change takes memory, and all take longer and longer."""
    for action in window.actions_by_id.values():
        before = [action.receivers(SIGNAL(name)) for name in ("changed()", "toggled(bool)", "enabledChanged(bool)")]
        text = action.text()
        for k in range(5):
            action.setText(f"{text} {k}")
        action.setText(text)
        after = [action.receivers(SIGNAL(name)) for name in ("changed()", "toggled(bool)", "enabledChanged(bool)")]
        assert after == before


def test_every_key_is_given_once_and_help_lists_all(window: Window, person: Person) -> None:
    keys = [key for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))
    window.actions_by_id["help"].trigger()
    text = window._dialogs["help"].findChildren(QWidget, "")
    html = "".join(w.toPlainText() for w in text if hasattr(w, "toPlainText"))
    assert all(action.title in html for action in ACTIONS)
    window._dialogs["help"].close()


def test_the_page_about_typing_holds_every_decision(window: Window, person: Person) -> None:
    window.actions_by_id["typing"].trigger()
    pages = window._dialogs["typing"].findChildren(QTextBrowser)
    text = pages[0].toPlainText()
    assert all(decision.typed in text for decision in DECISIONS)
    assert "write 1000 or 1.5" in text.lower()
    window._dialogs["typing"].close()


def test_letters_in_an_entry_are_typed_and_do_not_act(window: Window, person: Person) -> None:
    entry = person.type("matrix.matrix.0.0", "ps", Qt.Key.Key_End)
    assert entry.text() == "ps"
    assert not window.look.is_projector
    assert not window.tab.store.view.has_snap


# Entries ----------------------------------------------------------------------------------------


def test_a_fraction_is_kept_as_typed_and_exact(window: Window, person: Person) -> None:
    entry = person.type("matrix.matrix.0.0", "1/3")
    assert entry.text() == "1/3"
    assert window.tab.store.state.matrix[0][0] == Number("1/3")


@pytest.mark.parametrize(
    ("text", "value"), [("√2/2", 0.5**0.5), ("cos 60°", 0.5), ("2−√3", 2 - 3**0.5), ("e^-1", 0.36787944117144233)]
)
def test_a_formula_is_kept_as_typed(window: Window, person: Person, text: str, value: float) -> None:
    entry = person.entry("matrix.matrix.0.0")
    entry.setFocus()
    entry.setText(text)  # Qt's test library has no keys for √
    person.key(entry, Qt.Key.Key_Return)
    assert entry.text() == text.replace("-", "−")
    assert entry.property("wrong") is not True
    assert float(window.tab.store.state.matrix[0][0]) == pytest.approx(value, rel=1e-15)
    window.actions_by_id["undo"].trigger()
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"


@pytest.mark.parametrize("text", ["1/0", "√", "1,5", "abc", "1e10", "", "tan 90°", "2x", "1+"])
def test_a_mistake_is_marked_and_changes_nothing(window: Window, person: Person, text: str) -> None:
    entry = person.entry("matrix.matrix.0.0")
    entry.setFocus()
    entry.setText(text)
    person.key(entry, Qt.Key.Key_Return)
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"
    assert entry.property("wrong") is True
    shown = [label.text() for label in window.tab.panel.findChildren(QLabel, "problem") if label.isVisible()]
    assert len(shown) == 1
    assert shown[0]
    person.key(entry, Qt.Key.Key_Escape)
    assert entry.text() == "3/2"
    assert entry.property("wrong") is False


def test_the_place_of_a_mistake_is_underlined(window: Window, person: Person) -> None:
    """In red, below the very characters; the cursor stands behind them."""

    def is_red(colour: QColor) -> bool:
        return colour.red() > max(colour.green(), colour.blue()) + 60

    def reds(entry: QLineEdit) -> list[int]:
        image = entry.grab().toImage()
        inner = range(6, image.width() - 6)  # within the red frame
        rows = range(6, image.height() - 4)
        return [x for x in inner if any(is_red(image.pixelColor(x, y)) for y in rows)]

    entry = person.type("matrix.matrix.0.0", "1+x")
    assert entry.cursorPosition() == 3
    wide = entry.fontMetrics().horizontalAdvance("x")
    found = reds(entry)
    assert found
    assert max(found) - min(found) <= wide + 3
    person.key(entry, Qt.Key.Key_Escape)
    assert reds(entry) == []


def test_a_wrong_draft_survives_a_visit_to_another_tab(window: Window, person: Person) -> None:
    entry = person.type("matrix.matrix.0.0", "1/x")
    person.key(window, Qt.Key.Key_2, CONTROL)
    assert window.tab.lab.id == "eigen"
    person.key(window, Qt.Key.Key_1, CONTROL)
    assert entry.text() == "1/x"
    assert entry.property("wrong") is True


def test_undo_belongs_to_the_entry_only_while_something_is_typed(window: Window, person: Person) -> None:
    entry = person.type("matrix.matrix.0.0", "2")
    entry.setFocus()
    person.qtbot.keyClicks(entry, "7")
    person.key(entry, Qt.Key.Key_Z, CONTROL)
    assert matrix_text(window).startswith("2,")  # the typing was undone, not the step
    person.key(entry, Qt.Key.Key_Escape)
    person.key(entry, Qt.Key.Key_Z, CONTROL)
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"


def test_a_slider_out_of_its_range_rests_at_the_end_and_the_entry_tells(window: Window, person: Person) -> None:
    entry = person.type("matrix.matrix.0.0", "1000")
    assert person.slider("matrix.matrix.0.0").value() == person.slider("matrix.matrix.0.0").maximum()
    assert entry.text() == "1000"
    assert matrix_text(window).startswith("1000,")


def test_showing_a_number_between_steps_does_not_round_it(window: Window, person: Person) -> None:
    person.type("matrix.matrix.0.0", "0.123")
    person.drag((-1.2, 1.1), (1, 1))
    assert matrix_text(window).startswith("0.123,")


def test_double_click_sets_a_slider_back(window: Window, person: Person) -> None:
    person.slider("matrix.matrix.0.0").setValue(3)
    person.qtbot.mouseDClick(person.slider("matrix.matrix.0.0"), LEFT)
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"


# Frames -----------------------------------------------------------------------------------------


def test_many_values_before_a_frame_cost_one(window: Window, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    tab = window.tab
    tab.lab = replace(tab.lab, draw=lambda *args: drawn.append(1) or LABS[0].draw(*args))
    slider = person.slider("matrix.matrix.0.0")
    for value in range(10, 20):
        slider.setValue(value)
    person.see()
    assert len(drawn) == 1
    assert float(tab.store.state.matrix[0][0]) == pytest.approx(-4 + 19 * 0.05)


def test_five_thousand_slider_moves_do_not_kill_the_process(window: Window, person: Person) -> None:
    """Some PySide6 builds lose a reference to None with every signal, and abort after some hundred."""
    slider = person.slider("matrix.matrix.0.0")
    for k in range(5000):
        slider.setValue(k % 160)
    window.tab.store.settle()
    assert window.tab.store.undo_label == "matrix A"


# Play -------------------------------------------------------------------------------------------


def test_a_run_is_one_undo_step_and_ends_at_A(window: Window, person: Person) -> None:
    play = window.tab.panel.play
    assert isinstance(play, PlayRow)
    person.qtbot.mouseClick(play.play, LEFT)
    person.qtbot.waitUntil(lambda: 0 < float(window.tab.store.state.t) < 1)
    assert play.play.text() == "Pause"
    person.qtbot.waitUntil(lambda: play.play.text() == "Play", timeout=6000)
    assert window.tab.store.state.t == 1
    assert not window.actions_by_id["undo"].isEnabled()  # it ends where it began


def test_a_run_can_be_paused_and_reversed(window: Window, person: Person) -> None:
    play = window.tab.panel.play
    assert play is not None
    person.key(person.canvas, Qt.Key.Key_Space)
    person.qtbot.waitUntil(lambda: 0.2 < float(window.tab.store.state.t) < 1)
    person.key(person.canvas, Qt.Key.Key_Space)
    stood = float(window.tab.store.state.t)
    person.qtbot.wait(60)
    assert float(window.tab.store.state.t) == stood
    person.qtbot.mouseClick(play.back, LEFT)
    person.qtbot.waitUntil(lambda: float(window.tab.store.state.t) == 0, timeout=6000)
    assert "t = 0" in window.tab.strip.words.accessibleName()


def test_a_grab_finishes_a_run(window: Window, person: Person) -> None:
    person.key(person.canvas, Qt.Key.Key_Space)
    person.qtbot.waitUntil(lambda: 0.2 < float(window.tab.store.state.t) < 0.9)
    tip = window.tab.store.result.v
    person.drag((tip[0], tip[1]), (1, 1))
    assert window.tab.store.state.t == 1
    assert [float(x) for x in window.tab.store.state.vector] == pytest.approx([1, 1], abs=0.011)
    person.qtbot.wait(80)
    assert window.tab.panel.play is not None
    assert window.tab.panel.play.play.text() == "Play"


# Clipboard --------------------------------------------------------------------------------------


def test_a_copied_link_brings_the_state_back(window: Window, person: Person) -> None:
    person.drag((1.5, -0.5), (1, 1))
    state = window.tab.store.state
    window.actions_by_id["copy_link"].trigger()
    window.actions_by_id["reset"].trigger()
    assert window.tab.store.state != state
    person.key(window, Qt.Key.Key_V, CONTROL)
    assert window.tab.store.state == state


@pytest.mark.parametrize(
    "text",
    ["array([[1, 2],\n       [3, 4]])", "np.array([[1, 2], [3, 4]])", "[1 2; 3 4]", "1\t2\n3\t4\n", "[[1 2]\n [3 4]]"],
)
def test_a_matrix_can_be_pasted_even_into_an_entry(window: Window, person: Person, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    entry = person.entry("matrix.matrix.0.0")
    entry.setFocus()
    person.key(entry, Qt.Key.Key_V, CONTROL)
    assert matrix_text(window) == "1,2;3,4"


def test_pasting_nonsense_says_so_and_changes_nothing(window: Window, person: Person) -> None:
    QGuiApplication.clipboard().setText("hello")
    person.key(person.canvas, Qt.Key.Key_V, CONTROL)
    assert window._toast.isVisible()
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"


def test_python_values_and_picture_can_be_copied(window: Window, person: Person) -> None:
    window.actions_by_id["copy_python"].trigger()
    assert "np.array([[3/2, 1/2], [-1/2, 5/4]]" in QGuiApplication.clipboard().text()
    window.actions_by_id["copy_values"].trigger()
    assert "determinant\t2.125" in QGuiApplication.clipboard().text()
    window.actions_by_id["copy_picture"].trigger()
    assert QGuiApplication.clipboard().image().width() > 500


def test_a_bad_link_says_why_and_changes_nothing(window: Window, person: Person) -> None:
    window.open_link("mmlviz:matrix?matrix=1,2")
    assert "matrix" in window._toast.text()
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"


# Looks ------------------------------------------------------------------------------------------


def test_the_panel_folds_in_a_narrow_window_and_can_be_wished(window: Window, person: Person) -> None:
    assert window.tab.panel.isVisible()
    assert person.canvas.width() >= 0.7 * window.width()
    window.resize(1024, 768)
    person.see()
    assert not window.tab.panel.isVisible()
    window.actions_by_id["panel"].trigger()
    person.see()
    assert window.tab.panel.isVisible()


def test_one_pane_at_a_time_where_there_is_no_room(window: Window, person: Person) -> None:
    window.open_link("mmlviz:eigen")
    person.see()
    assert all(canvas.isVisible() for canvas in window.tab.canvases.values())
    window.resize(740, 600)
    person.see()
    assert [name for name, canvas in window.tab.canvases.items() if canvas.isVisible()] == ["plane"]
    window.tab._panes.choice.buttons()[1].click()
    person.see()
    assert [name for name, canvas in window.tab.canvases.items() if canvas.isVisible()] == ["spectrum"]


def test_projector_makes_words_large_enough(window: Window, person: Person) -> None:
    person.key(person.canvas, Qt.Key.Key_P)
    look = window.look
    assert look.is_projector
    assert look.font(13).pixelSize() >= 20
    assert (look.widths["line"], look.widths["vector"]) == (3.0, 7.0)
    person.key(person.canvas, Qt.Key.Key_P)
    assert not window.look.is_projector


@pytest.mark.parametrize("name", [lab.id for lab in LABS])
def test_every_example_opens_and_is_in_sight(window: Window, person: Person, name: str) -> None:
    lab = next(each for each in LABS if each.id == name)
    for preset in lab.presets:
        window.open_link(preset.link)
        person.see()
        store = window.tab.store
        for handle in lab.handles:
            if handle.shown(store.state, store.result) and window.tab.canvases[handle.pane].isVisible():
                x0, x1, y0, y1 = store.view[handle.pane].box
                x, y = handle.at(store.state, store.result)
                assert x0 < x < x1, (preset.title, handle.key)
                assert y0 < y < y1, (preset.title, handle.key)


def test_labels_stay_inside_the_canvas(window: Window, person: Person) -> None:
    person.drag((1.5, -0.5), (6, 5))
    size = person.canvas.viewport().size()
    for key, (x, y, width, height) in person.canvas.item.label_rects:
        assert 0 <= x <= size.width() - width, key
        assert 0 <= y <= size.height() - height, key


# What fresh eyes found --------------------------------------------------------------------------


def test_the_hover_line_follows_the_state_under_a_resting_pointer(window: Window, person: Person) -> None:
    person.move(3, 2)
    person.see()
    before = person.canvas.overlay.text()
    window.open_link("mmlviz:matrix?matrix=1,2;0,1")
    person.see()
    assert person.canvas.overlay.text() != before
    point = Pixels.of(window.tab.store.view["plane"]).back(*_pointed(person))
    image = pair((np.array([[1, 2], [0, 1]]) @ np.array(point)).tolist(), 3)
    assert f"Ax = {image}" in person.canvas.overlay.text()


def _pointed(person: Person) -> tuple[float, float]:
    at = person.canvas._pointed
    assert at is not None
    return at.x(), at.y()


def test_a_tip_on_the_way_finishes_the_run_and_does_not_jump_under_the_hand(window: Window, person: Person) -> None:
    window.open_link("mmlviz:matrix?matrix=-1,0;0,-1&t=0.3")
    person.see()
    x, y = window.tab.store.result.moved[:, 0]
    person.press(x, y)
    person.see()
    assert window.tab.store.state.t == 1
    person.move(x + 1, y)
    person.release(x + 1, y)
    assert matrix_text(window) == "-1,0;0,-1"


def test_backwards_turns_a_run_round(window: Window, person: Person) -> None:
    play = window.tab.panel.play
    assert play is not None
    person.qtbot.mouseClick(play.play, LEFT)
    person.qtbot.waitUntil(lambda: 0.1 < float(window.tab.store.state.t) < 1)
    person.qtbot.mouseClick(play.back, LEFT)
    assert play.play.text() == "Pause"
    person.qtbot.waitUntil(lambda: float(window.tab.store.state.t) == 0, timeout=6000)


def test_another_button_during_a_drag_changes_nothing(window: Window, person: Person) -> None:
    person.press(1.5, -0.5)
    person.move(1.7, 0)
    view, right = person.canvas.viewport(), Qt.MouseButton.RightButton
    person.qtbot.mousePress(view, right, Qt.KeyboardModifier.NoModifier, person.pixel(1.7, 0))
    person.qtbot.mouseRelease(view, right, Qt.KeyboardModifier.NoModifier, person.pixel(1.7, 0))
    person.move(2, 1)
    person.release(2, 1)
    assert first_column(window) == pytest.approx((2, 1), abs=0.011)


def test_an_image_out_of_reach_leaves_v_where_it_was(window: Window, person: Person) -> None:
    window.open_link("mmlviz:matrix?matrix=1,1;1,1.0000001&vector=1,1")
    person.see()
    before = codec.texts(window.tab.lab, window.tab.store.state)["vector"]
    person.press(2, 2)
    person.move(2.5, 0.5)
    person.see()
    assert "nearly singular" in person.canvas.overlay.text()
    person.release(2.5, 0.5)
    assert codec.texts(window.tab.lab, window.tab.store.state)["vector"] == before


def test_what_is_pasted_comes_into_sight(window: Window, person: Person) -> None:
    QGuiApplication.clipboard().setText("[40 0; 0 30]")
    person.key(person.canvas, Qt.Key.Key_V, CONTROL)
    x0, x1, y0, y1 = window.tab.store.view["plane"].box
    assert x0 < 40 < x1
    assert y0 < 30 < y1


def test_a_copied_picture_has_no_buttons_and_no_hint(window: Window, person: Person) -> None:
    corner = person.canvas.buttons.geometry()
    window.actions_by_id["copy_picture"].trigger()
    image = QGuiApplication.clipboard().image()
    border = QColor(window.look.theme.line("border")).rgb()
    shades = {
        image.pixel(x, y) for x in range(corner.left(), corner.right()) for y in range(corner.top(), corner.bottom())
    }
    assert border not in shades
    assert person.canvas.buttons.isVisible()


def test_full_screen_and_back_by_escape(window: Window, person: Person) -> None:
    person.key(window, Qt.Key.Key_F11)
    person.qtbot.waitUntil(window.isFullScreen)
    assert not window.menuBar().isVisible()
    person.key(person.canvas, Qt.Key.Key_Escape)
    person.qtbot.waitUntil(lambda: not window.isFullScreen())
    assert window.menuBar().isVisible()


@pytest.mark.parametrize("width", [1280, 1440, 1600, 1920])
@pytest.mark.parametrize("is_projector", [False, True])
def test_the_canvas_keeps_seven_tenths_of_the_width(
    window: Window, person: Person, width: int, is_projector: bool
) -> None:
    window.show_look("dark", is_projector)
    window.resize(width, 900)
    person.see()
    assert person.canvas.width() >= 0.7 * width


def test_every_formula_of_the_opening_state_is_seen_at_the_default_size(window: Window, person: Person) -> None:
    window.resize(1440, 860)
    for lab in LABS:
        window.open_link(f"mmlviz:{lab.id}")
        row = window.tab.strip.formulas
        person.qtbot.waitUntil(lambda row=row: bool(row._pictures))
        sizes = [p.deviceIndependentSize() for p in row._pictures]
        places = packed([(s.width(), s.height()) for s in sizes], row.width(), row.height(), row._gap)
        assert len(places) == len(row._pictures) == min(3, len(row._pictures)) >= 1, lab.id


# What a second reader found ---------------------------------------------------------------------


def test_space_presses_the_button_that_has_the_focus(window: Window, person: Person) -> None:
    pressed = []
    play = window.tab.panel.play
    assert play is not None
    for button in (*person.canvas.buttons.all, window.tab.presets, play.back):
        button.pressed.connect(lambda button=button: pressed.append(button))
        if button is not window.tab.presets:  # its menu would wait for a choice
            person.key(button, Qt.Key.Key_Space)
    assert len(pressed) == 4
    person.qtbot.waitUntil(lambda: float(window.tab.store.state.t) < 1)  # of the last one: it plays backwards
    person.qtbot.mouseClick(play.play, LEFT)


def test_home_belongs_to_a_slider_that_has_the_focus(window: Window, person: Person) -> None:
    box = window.tab.store.view["plane"].box
    person.key(person.slider("matrix.matrix.0.0"), Qt.Key.Key_Home)
    assert person.slider("matrix.matrix.0.0").value() == 0
    assert window.tab.store.view["plane"].box == box


def test_looks_are_made_once(window: Window, person: Person) -> None:
    looks = set()
    for _ in range(3):
        for name in ("dark", "light"):
            window.show_look(name, False)
            looks.add(id(window.look))
    assert len(looks) == 2


def test_a_late_settle_does_not_cut_into_the_next_drag(window: Window, person: Person) -> None:
    person.key(person.slider("matrix.vector.0"), Qt.Key.Key_Right)
    person.press(1.5, -0.5)
    person.move(2, 0)
    person.qtbot.wait(700)
    person.move(2, 1)
    person.release(2, 1)
    assert len(window.tab.store._undo) == 2


def test_keys_on_two_sliders_are_two_steps(window: Window, person: Person) -> None:
    person.key(person.slider("matrix.matrix.0.0"), Qt.Key.Key_Right)
    person.key(person.slider("matrix.matrix.0.1"), Qt.Key.Key_Right)
    window.tab.store.settle()
    assert len(window.tab.store._undo) == 2


def test_leaving_the_tab_in_a_drag_lets_go(window: Window, person: Person) -> None:
    person.press(1.5, -0.5)
    person.move(1, 1)
    person.key(window, Qt.Key.Key_2, CONTROL)
    person.key(window, Qt.Key.Key_1, CONTROL)
    assert window.tab.hand.held is None
    dragged = matrix_text(window)
    person.move(3, 2)
    person.see()
    assert matrix_text(window) == dragged


def test_undo_in_a_drag_ends_it_and_takes_it_back(window: Window, person: Person) -> None:
    person.press(1.5, -0.5)
    person.move(1, 1)
    person.see()
    person.key(window, Qt.Key.Key_Z, CONTROL)
    person.move(2, 2)
    person.see()
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"
    assert window.actions_by_id["redo"].isEnabled()


def test_an_entry_finishes_a_run(window: Window, person: Person) -> None:
    person.key(person.canvas, Qt.Key.Key_Space)
    person.qtbot.waitUntil(lambda: 0.1 < float(window.tab.store.state.t) < 0.9)
    person.type("matrix.matrix.0.0", "2")
    assert window.tab.store.state.t == 1
    assert matrix_text(window).startswith("2,")


def test_drafts_do_not_outlive_a_reset_or_a_link(window: Window, person: Person) -> None:
    entry = person.type("matrix.matrix.0.0", "abc")
    window.open_link("mmlviz:matrix?matrix=1,0;0,1")
    person.see()
    assert entry.text() == "1"
    assert entry.property("wrong") is False
    entry.setFocus()
    entry.setText("7")
    window.actions_by_id["reset"].trigger()
    person.canvas.setFocus()
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"


def test_a_copied_link_has_what_is_being_typed(window: Window, person: Person) -> None:
    entry = person.entry("matrix.matrix.0.0")
    entry.setFocus()
    entry.setText("7")
    window.actions_by_id["copy_link"].trigger()
    assert "matrix=7,1/2" in QGuiApplication.clipboard().text()


def test_a_double_click_beside_the_knob_is_one_step(window: Window, person: Person) -> None:
    slider = person.slider("matrix.matrix.0.0")
    at = QPoint(12, slider.height() // 2)
    for click in (person.qtbot.mouseClick, person.qtbot.mouseDClick):
        click(slider, LEFT, Qt.KeyboardModifier.NoModifier, at)
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"
    assert not window.tab.store._undo


def test_escape_cancels_a_slider_drag(window: Window, person: Person) -> None:
    slider = person.slider("matrix.matrix.0.0")
    slider.setFocus()
    person.qtbot.mousePress(slider, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(30, slider.height() // 2))
    assert matrix_text(window) != "3/2,1/2;-1/2,5/4"
    person.key(slider, Qt.Key.Key_Escape)
    assert matrix_text(window) == "3/2,1/2;-1/2,5/4"
    assert not window.tab.store._undo


def test_help_opens_once(window: Window, person: Person) -> None:
    for _ in range(3):
        window.actions_by_id["help"].trigger()
    assert len(window.findChildren(QDialog)) == 1
    window._dialogs["help"].close()
    person.qtbot.waitUntil(lambda: not window.findChildren(QDialog))


def test_keys_never_reach_a_panel_that_has_been_folded(window: Window, person: Person) -> None:
    """Qt gives a page its old focus back, even where that is hidden now."""
    person.slider("matrix.matrix.0.0").setFocus()
    window.tabs.setCurrentIndex(1)
    window.resize(798, 557)
    person.see()
    window.tabs.setCurrentIndex(0)
    person.see()
    assert not window.tab.panel.isVisible()
    before = window.tab.link
    assert QApplication.focusWidget() is window.tab.main_canvas
    person.key(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert window.tab.link == before


@pytest.mark.parametrize("which", ["slider", "examples", "switch"])
def test_focus_never_stays_on_what_a_resize_has_hidden(window: Window, person: Person, which: str) -> None:
    window.open_link("mmlviz:eigen")
    window.resize(740, 600) if which == "switch" else window.resize(1440, 860)
    person.qtbot.wait(60)
    tab = window.tab
    button = next(b for b in tab._panes.choice.buttons() if b.isVisible()) if which == "switch" else tab.presets
    held = tab.panel.rows[0].focusable[0] if which == "slider" else button
    held.setFocus()
    assert QApplication.focusWidget() is held
    window.resize(1440, 860) if which == "switch" else window.resize(798, 557)
    person.qtbot.waitUntil(lambda: not held.isVisible())
    person.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and QApplication.focusWidget().isVisible())


def test_the_examples_close_with_the_panel_that_they_hang_on(window: Window, person: Person) -> None:
    """Else the focus would go back to a button that is hidden, and the keyboard would be lost."""
    tab = window.tab
    person.qtbot.mouseClick(tab.presets, Qt.MouseButton.LeftButton)
    person.qtbot.waitUntil(lambda: tab.presets.menu().isVisible())
    window.actions_by_id["panel"].trigger()
    person.qtbot.waitUntil(lambda: not tab.panel.isVisible() and not tab.presets.menu().isVisible())
    person.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and QApplication.focusWidget().isVisible())


def test_a_tab_that_is_seen_for_the_first_time_hears_keys(window: Window, person: Person) -> None:
    window.tabs.setCurrentIndex(3)
    person.qtbot.waitUntil(lambda: QApplication.focusWidget() is window.tab.main_canvas)
