"""Rows of the panel that are not sliders, under the hands of a person: each thing done is one undo step."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mmlviz.core.controls import Button, Buttons, Choose, Group, Play, Tick, Typed
from mmlviz.core.store import Store
from mmlviz.maths.number import Number
from mmlviz.qt.look import look_of
from mmlviz.qt.panel import Panel
from tests.core.probe import MIXED, Mixed

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key

LAB = replace(
    MIXED,
    groups=(
        Group("Choices", (
            Choose("f"),
            Tick("is_centred", "Centred"),
            Typed("seed", taken=lambda s, word: replace(s, seed=word, dips=())),
            Buttons((
                Button("clear", "Clear", lambda s: replace(s, dips=()), "Forgets all dips"),
                Button("more", "More", lambda s: replace(s, dips=(*s.dips, (s.count, s.count))), is_primary=True),
            )),
            Buttons((Button("hidden", "Hidden", lambda s: s, shown=lambda s: bool(s.dips)),)),
        )),
        Group("Run", (Play("t"),)),
    ),
)  # fmt: skip
DIP = (Number("3"), Number("3"))


class Hands:
    """A panel in a window of its own, and who uses it."""

    def __init__(self, qtbot: QtBot, state: Mixed) -> None:
        self.qtbot, self.store = qtbot, Store(LAB, state)
        self.panel = Panel(self.store, QPushButton("Examples"), QPushButton("Reset"))
        self.panel.show_look(look_of("light", False))
        self.panel.show_state()
        self.states = [state]
        self.store.subscribe(self._changed)

    def _changed(self) -> None:
        if self.store.state is not self.states[-1]:
            self.states.append(self.store.state)
        self.panel.show_state()

    def find(self, name: str) -> QWidget:
        found = self.panel.findChild(QWidget, f"mixed.{name}")
        assert found is not None, name
        return found

    @property
    def choice(self) -> QComboBox:
        found = self.find("f")
        assert isinstance(found, QComboBox)
        return found

    @property
    def entry(self) -> QLineEdit:
        found = self.find("seed")
        assert isinstance(found, QLineEdit)
        return found

    @property
    def box(self) -> QCheckBox:
        found = self.find("is_centred")
        assert isinstance(found, QCheckBox)
        return found

    @property
    def labels(self) -> list[str]:
        """What each undo step changed."""
        return [step.label for step in self.store._undo]

    @property
    def problems(self) -> list[str]:
        """What is said to be wrong."""
        return [label.text() for label in self.panel.findChildren(QLabel, "problem") if label.isVisible()]

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(name), LEFT)

    def type(self, text: str) -> None:
        self.entry.setFocus()
        self.qtbot.waitUntil(self.entry.hasFocus)
        self.qtbot.wait(1)  # an entry selects its text a moment after it is entered, not into the typing
        self.entry.selectAll()
        self.qtbot.keyClicks(self.entry, text)


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    made = Hands(qtbot, Mixed())
    qtbot.addWidget(made.panel)
    made.panel.resize(360, 800)
    made.panel.show()
    made.panel.activateWindow()
    qtbot.waitExposed(made.panel)
    qtbot.waitUntil(made.panel.isActiveWindow)  # else the focus that a key takes away was never there
    return made


# A list ---------------------------------------------------------------------------------------------


def test_an_option_is_chosen_with_the_mouse(hands: Hands) -> None:
    hands.choice.showPopup()
    view = hands.choice.view()
    hands.qtbot.waitUntil(view.isVisible)
    at = view.visualRect(view.model().index(2, 0)).center()
    hands.qtbot.mouseMove(view.viewport(), at)
    hands.qtbot.mousePress(view.viewport(), LEFT, pos=at)
    hands.qtbot.mouseRelease(view.viewport(), LEFT, pos=at)
    hands.qtbot.waitUntil(lambda: not view.isVisible())
    assert hands.store.state == Mixed(f="1/(x^2-x)")
    assert hands.labels == ["function f"]
    hands.store.undo()
    assert hands.choice.currentText() == "exp(x)"


def test_an_option_is_chosen_with_keys(hands: Hands) -> None:
    hands.choice.setFocus()
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        hands.qtbot.keyClick(hands.choice, key)
    assert hands.store.state == Mixed(f="2*x+1")
    assert hands.labels == 3 * ["function f"]


def test_choosing_what_is_chosen_is_no_step(hands: Hands) -> None:
    hands.choice.activated.emit(0)
    hands.qtbot.keyClick(hands.choice, KEY.Key_Up)
    assert hands.states == [Mixed()]
    assert hands.labels == []


def test_the_wheel_over_a_list_scrolls_the_panel_and_chooses_nothing(hands: Hands) -> None:
    middle = hands.choice.rect().center()
    wheel = QWheelEvent(
        QPointF(middle), QPointF(hands.choice.mapToGlobal(middle)), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    hands.choice.setFocus()
    QApplication.sendEvent(hands.choice, wheel)
    assert hands.states == [Mixed()]
    assert not wheel.isAccepted()


# A box ----------------------------------------------------------------------------------------------


def test_a_box_is_ticked_with_the_mouse_and_with_space(hands: Hands) -> None:
    hands.qtbot.mouseClick(hands.box, LEFT, pos=QPoint(8, hands.box.height() // 2))
    assert hands.store.state == Mixed(is_centred=True)
    hands.box.setFocus()
    hands.qtbot.keyClick(hands.box, KEY.Key_Space)
    assert hands.store.state == Mixed()
    assert hands.labels == ["centred", "centred"]
    hands.store.undo()
    assert hands.box.isChecked()


# A word ---------------------------------------------------------------------------------------------


def test_a_word_is_taken_with_enter(hands: Hands) -> None:
    hands.type("Sand  Castle ")
    assert hands.store.state == Mixed()  # not yet
    hands.qtbot.keyClick(hands.entry, KEY.Key_Return)
    assert hands.store.state == Mixed(seed="sand castle")
    assert hands.entry.text() == "sand castle"
    assert hands.labels == ["seed word"]
    hands.store.undo()
    assert hands.entry.text() == "otter"


def test_a_word_is_taken_when_one_leaves(hands: Hands) -> None:
    hands.type("heron")
    hands.qtbot.keyClick(hands.entry, KEY.Key_Tab)
    assert hands.store.state == Mixed(seed="heron")
    assert hands.labels == ["seed word"]
    hands.entry.setFocus()
    hands.qtbot.keyClick(hands.entry, KEY.Key_Tab)
    assert hands.labels == ["seed word"]


def test_escape_restores_the_word(hands: Hands) -> None:
    hands.type("heron")
    hands.qtbot.keyClick(hands.entry, KEY.Key_Escape)
    assert hands.entry.text() == "otter"
    hands.qtbot.keyClick(hands.entry, KEY.Key_Return)
    assert hands.states == [Mixed()]


@pytest.mark.parametrize(("typed", "said"), [("", "empty"), ("a very long word", "16 characters, "), ("   ", "empty")])
def test_a_wrong_word_is_marked_with_a_sentence_and_nothing_is_lost(hands: Hands, typed: str, said: str) -> None:
    hands.type("x")
    hands.entry.setText(typed)
    hands.qtbot.keyClick(hands.entry, KEY.Key_Return)
    assert hands.states == [Mixed()]
    assert hands.entry.property("wrong") is True
    assert hands.entry.text() == typed
    (problem,) = hands.problems
    assert said.rstrip(", ") in problem
    assert "1 to 12 characters" in problem
    hands.qtbot.keyClick(hands.entry, KEY.Key_Escape)
    assert hands.problems == []
    assert hands.entry.property("wrong") is False
    assert hands.entry.text() == "otter"


def test_a_wrong_word_is_mended(hands: Hands) -> None:
    hands.entry.setFocus()
    hands.entry.setText("")
    hands.qtbot.keyClick(hands.entry, KEY.Key_Return)
    assert hands.problems
    hands.qtbot.keyClicks(hands.entry, "heron")
    hands.qtbot.keyClick(hands.entry, KEY.Key_Return)
    assert hands.problems == []
    assert hands.store.state == Mixed(seed="heron")


def test_the_same_word_typed_in_another_way_begins_nothing_anew(qtbot: QtBot, hands: Hands) -> None:
    """Else a capital letter would cost all dips."""
    hands.store.set(Mixed(dips=(DIP,)))
    for typed in ("Otter", " otter ", "OTTER"):
        hands.type(typed)
        hands.qtbot.keyClick(hands.entry, KEY.Key_Return)
        assert hands.entry.text() == "otter"
    assert hands.store.state == Mixed(dips=(DIP,))
    assert hands.labels == ["dips"]


def test_a_word_may_change_more_than_itself(hands: Hands) -> None:
    hands.store.set(Mixed(dips=(DIP,)))
    hands.type("heron")
    hands.qtbot.keyClick(hands.entry, KEY.Key_Return)
    assert hands.store.state == Mixed(seed="heron")
    hands.store.undo()
    assert hands.store.state == Mixed(dips=(DIP,))


def test_a_draft_survives_what_is_done_elsewhere(hands: Hands) -> None:
    hands.type("heron")
    hands.store.set(Mixed(is_centred=True))
    assert hands.entry.text() == "heron"
    hands.store.set(Mixed(seed="badger"))
    assert hands.entry.text() == "heron"
    hands.qtbot.keyClick(hands.entry, KEY.Key_Escape)
    assert hands.entry.text() == "badger"


# Buttons --------------------------------------------------------------------------------------------


def test_a_button_is_one_step_and_is_out_of_use_where_it_would_change_nothing(hands: Hands) -> None:
    clear, more = hands.find("clear"), hands.find("more")
    assert (clear.isEnabled(), more.isEnabled()) == (False, True)
    hands.click("clear")
    assert hands.states == [Mixed()]
    hands.click("more")
    assert hands.store.state == Mixed(dips=(DIP,))
    assert clear.isEnabled()
    more.setFocus()
    hands.qtbot.keyClick(more, KEY.Key_Space)
    assert len(hands.store.state.dips) == 2
    hands.click("clear")
    assert hands.store.state == Mixed()
    assert hands.labels == 3 * ["dips"]
    assert not clear.isEnabled()


def test_a_button_is_hidden_where_there_is_no_place_for_it(hands: Hands) -> None:
    assert not hands.find("hidden").isVisible()
    hands.click("more")
    assert hands.find("hidden").isVisible()
    assert not hands.find("hidden").isEnabled()


# All of them ----------------------------------------------------------------------------------------


def test_what_a_hand_does_ends_a_run_and_is_one_step(hands: Hands) -> None:
    """The part of the way is set to its end by whatever is done; undo brings it back."""
    for do in (
        lambda: hands.choice.activated.emit(1),
        lambda: hands.qtbot.mouseClick(hands.box, LEFT, pos=QPoint(8, hands.box.height() // 2)),
        lambda: (hands.type("heron"), hands.qtbot.keyClick(hands.entry, KEY.Key_Return)),
        lambda: hands.click("more"),
    ):
        hands.store.set(replace(hands.store.state, t=Number("0.3")))
        before, steps = hands.store.state, len(hands.labels)
        do()
        assert hands.store.state.t == 1
        assert len(hands.labels) == steps + 1
        hands.store.undo()
        assert hands.store.state == before


def test_showing_a_state_never_makes_one(hands: Hands) -> None:
    shown = [
        Mixed(f="x & y", is_centred=True, seed="heron", dips=(DIP,), t=Number("0")),
        Mixed(f="2*x+1"),
        Mixed(is_centred=True, seed="a" * 12),
        Mixed(),
    ]
    for state in shown:
        hands.store.set(state)
        hands.qtbot.wait(5)
        assert hands.store.state is state
        assert hands.choice.currentText() == state.f
        assert hands.box.isChecked() == state.is_centred
        assert hands.entry.text() == state.seed
    assert hands.states == [Mixed(), *shown]


def test_every_row_says_what_it_is_for(hands: Hands) -> None:
    """To those who hear it, and to those who rest the pointer there."""
    hands.store.set(Mixed(seed="heron"))
    assert hands.choice.accessibleName() == "function f"
    assert hands.choice.toolTip() == "what is drawn"
    assert hands.entry.accessibleName() == "seed word"
    assert hands.entry.toolTip() == "what it grows from"
    assert hands.box.text() == "Centred"
    assert hands.box.toolTip() == "whether it is in the middle"
    assert hands.find("clear").toolTip() == "Forgets all dips"


def test_tab_goes_through_the_rows(hands: Hands) -> None:
    names = [part.objectName() for row in hands.panel.rows for part in row.focusable]
    assert names[:5] == ["mixed.f", "mixed.is_centred", "mixed.seed", "mixed.clear", "mixed.more"]


def test_a_long_word_is_not_written_smaller(hands: Hands) -> None:
    """The entry has the width of the panel: a word of sixteen letters is read from the back of the class."""
    before = hands.entry.font()
    hands.type("perpendicularity")
    assert hands.entry.font() == before
