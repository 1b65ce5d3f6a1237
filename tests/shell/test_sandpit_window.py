"""The sandpit under the hands of a person: what a click costs, and that nothing gives the phone away."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mmlviz.maths.landscape import landscape
from mmlviz.maths.number import Number
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.proxy import Cursor
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, NONE, Person

KEY = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
GAMES = [("intro", "otter"), ("random", "heron"), ("minima", "badger"), ("rocks", "pebble"), ("well", "willow")]


class Player(Person):
    """Who looks for the phone."""

    @property
    def state(self) -> Any:
        return self.window.tab.store.state

    @property
    def dips(self) -> list[tuple[float, float]]:
        return [(float(x), float(y)) for x, y in self.state.dips]

    @property
    def left(self) -> int:
        """How many dips are left, as it can be copied."""
        found = re.search(r"^dips_left\t(\d+)$", self.window.tab.values_text, re.M)
        assert found is not None
        return int(found[1])

    @property
    def told(self) -> str:
        """Sentence, warnings and readout."""
        return self.window.tab.strip.words.accessibleName()

    @property
    def keys(self) -> set[str]:
        """The marks of the pit that are drawn."""
        return {mark.key for mark in self.canvas.item.marks}

    @property
    def is_revealed(self) -> bool:
        return {"ground", "contours", "phone"} <= self.keys

    def open(self, link: str) -> None:
        self.window.open_link(link)
        self.settle()

    def settle(self) -> None:
        """Until the pit is there and drawn."""
        self.qtbot.waitUntil(lambda: not self.window.tab.store.is_waiting)
        self.see()

    def click(self, x: float, y: float) -> None:
        self.press(x, y)
        self.release(x, y)

    def point_at(self, x: float, y: float) -> None:
        """Have the pointer there at once, without waiting for a frame."""
        view, at = self.canvas.viewport(), self.pixel(x, y)
        none = Qt.MouseButton.NoButton
        where = QPointF(at), QPointF(view.mapToGlobal(at))
        QApplication.sendEvent(view, QMouseEvent(QEvent.Type.MouseMove, *where, none, none, NONE))

    def undo(self) -> None:
        self.key(self.window, KEY.Key_Z, CONTROL)

    def redo(self) -> None:
        self.key(self.window, KEY.Key_Y, CONTROL)

    def button(self, key: str) -> QPushButton:
        found = self.find(f"sandpit.{key}")
        assert isinstance(found, QPushButton)
        return found

    @property
    def cursor(self) -> Cursor:
        (cursor,) = self.canvas.cursors
        return cursor


@pytest.fixture
def player(window: Window, qtbot: QtBot) -> Player:
    made = Player(window, qtbot)
    made.open("mmlviz:sandpit")
    return made


def far_from(phone: tuple[float, float], count: int) -> str:
    """So many dips as a link has them, all half a metre and more from the phone."""
    spots = [(0.31 + 0.9 * (k % 7), 0.27 + 0.9 * (k // 7)) for k in range(49)]
    return ";".join([f"{x:.2f},{y:.2f}" for x, y in spots if np.hypot(x - phone[0], y - phone[1]) > 0.5][:count])


# Clicking ------------------------------------------------------------------------------------------------


def test_a_click_dips_once_where_it_was_pressed(player: Player) -> None:
    player.click(3.2, 4.4)
    assert player.dips == [pytest.approx((3.2, 4.4), abs=0.011)]  # a pixel
    assert player.left == 24
    assert "Dip 1:" in player.told
    assert {"last dip", "−J"} <= player.keys
    player.click(5.1, 0.7)
    assert len(player.dips) == 2
    assert player.left == 23


def test_a_hand_that_trembles_clicks_where_it_pressed(player: Player) -> None:
    box = player.window.tab.store.view["plane"].box
    view, at = player.canvas.viewport(), player.pixel(3.2, 4.4)
    player.qtbot.mousePress(view, LEFT, NONE, at)
    player.qtbot.mouseMove(view, at + QPoint(2, -2))
    player.qtbot.mouseRelease(view, LEFT, NONE, at + QPoint(3, 2))
    player.see()
    assert player.dips == [pytest.approx((3.2, 4.4), abs=0.011)]
    assert player.window.tab.store.view["plane"].box == box


def test_beside_the_pit_there_is_nothing_to_dip_into(player: Player) -> None:
    for x, y in ((-0.2, 3.0), (6.2, 3.0), (3.0, -0.3), (-0.2, -0.3)):
        player.click(x, y)
        assert player.dips == []
    assert not player.window.actions_by_id["undo"].isEnabled()


def test_neither_another_button_nor_the_other_pane_dips(player: Player) -> None:
    player.qtbot.mouseClick(player.canvas.viewport(), Qt.MouseButton.RightButton, NONE, player.pixel(3, 3))
    depths = player.window.tab.canvases["depths"].viewport()
    player.qtbot.mouseClick(depths, LEFT, NONE, depths.rect().center())
    player.see()
    assert player.dips == []


@pytest.mark.parametrize("is_back", [False, True])
def test_a_press_that_moves_pans_and_does_not_dip(player: Player, is_back: bool) -> None:
    """Also when it comes back to where it began."""
    box = player.window.tab.store.view["plane"].box
    view, at = player.canvas.viewport(), player.pixel(3.2, 4.4)
    player.qtbot.mousePress(view, LEFT, NONE, at)
    for far in (20, 40, 60, *((30, 0) if is_back else ())):
        player.qtbot.mouseMove(view, at + QPoint(far, 0))
    player.qtbot.mouseRelease(view, LEFT, NONE, at + QPoint(0 if is_back else 60, 0))
    player.see()
    assert player.dips == []
    moved = player.window.tab.store.view["plane"].box
    assert moved[0] == pytest.approx(box[0] - (0 if is_back else 60) * (box[1] - box[0]) / view.width())
    player.canvas.home()
    player.see()
    player.click(3.2, 4.4)
    assert len(player.dips) == 1


def test_a_release_elsewhere_does_not_dip(player: Player) -> None:
    """A click that began beside the pit, or went on to another tab, is none."""
    player.press(3.2, 4.4)
    player.key(player.window, KEY.Key_1, CONTROL)
    player.key(player.window, KEY.Key_3, CONTROL)
    player.release(3.2, 4.4)
    assert player.dips == []


def test_dips_keep_to_what_a_pixel_can_tell(player: Player) -> None:
    player.click(3.2, 4.4)
    ((x, y),) = player.state.dips
    assert max(len(x.text), len(y.text)) <= 4
    player.canvas.zoom(1e-4)
    player.see()
    middle = player.canvas.viewport().rect().center()
    player.qtbot.mouseClick(player.canvas.viewport(), LEFT, NONE, middle)
    player.see()
    assert 6 < len(player.state.dips[-1][0].text) <= 10


# Keyboard ------------------------------------------------------------------------------------------------


def reach(player: Player) -> list[str]:
    """Tab through the window until it comes round; the names of what is reached."""
    player.canvas.setFocus()
    names: list[str] = []
    for _ in range(60):
        player.qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        focused = QApplication.focusWidget()
        name = focused.objectName() or focused.accessibleName()
        if name in names and name.startswith("sandpit.cursor"):
            break
        names.append(name)
    return names


def test_tab_reaches_the_cursor_and_during_a_game_no_handle(player: Player) -> None:
    names = reach(player)
    assert "sandpit.cursor.dip" in names
    assert "sandpit.pit" in names
    assert not [name for name in names if ".handle." in name or "start" in name or "rate" in name]
    player.open("mmlviz:sandpit?mode=practice")
    names = reach(player)
    assert {"sandpit.handle.start", "sandpit.cursor.dip", "sandpit.rate", "sandpit.start.0"} <= set(names)


def test_the_cursor_says_what_it_does_and_where_it_is(player: Player) -> None:
    player.cursor.setFocus()
    assert player.cursor.accessibleName() == "Dip here: arrows move, Enter acts"
    assert player.cursor.accessibleDescription() == "at (3, 3)"
    player.key(player.cursor, KEY.Key_Right)
    assert player.cursor.accessibleDescription() == "at (3.1, 3)"
    assert "x = 3.1 m" in player.canvas.overlay.text()
    px, py = Pixels.of(player.canvas.pane).at((3.1, 3.0))
    assert (player.cursor.geometry().center() - QPoint(round(px), round(py))).manhattanLength() <= 2


def test_arrows_move_the_cursor(player: Player) -> None:
    """Ten times as far with Shift, a tenth with Alt."""
    ways = {KEY.Key_Left: (-1, 0), KEY.Key_Up: (0, 1), KEY.Key_Right: (1, 0), KEY.Key_Down: (0, -1)}
    for modifier, step in ((NONE, 0.1), (SHIFT, 1.0), (ALT, 0.01)):
        for key, (dx, dy) in ways.items():
            x, y = player.cursor.xy
            player.key(player.cursor, key, modifier)
            assert player.cursor.xy == pytest.approx((x + dx * step, y + dy * step))
    assert player.dips == []


def test_the_cursor_stays_in_the_pit(player: Player) -> None:
    for _ in range(5):
        player.key(player.cursor, KEY.Key_Right, SHIFT)
        player.key(player.cursor, KEY.Key_Down, SHIFT)
    assert player.cursor.xy == (6, 0)


def test_enter_and_space_dip(player: Player) -> None:
    player.key(player.cursor, KEY.Key_Up)
    for key in (KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space):
        player.key(player.cursor, key)
        player.key(player.cursor, KEY.Key_Left)
    assert [[x.text for x in dip] for dip in player.state.dips] == [["3", "3.1"], ["2.9", "3.1"], ["2.8", "3.1"]]
    player.undo()
    assert len(player.dips) == 2


def test_escape_leaves_the_cursor(player: Player) -> None:
    player.key(player.cursor, KEY.Key_Escape)
    assert player.canvas.hasFocus()
    box = player.window.tab.store.view["plane"].box
    player.key(player.canvas, KEY.Key_Right)
    assert player.window.tab.store.view["plane"].box[0] > box[0]


# Undo ----------------------------------------------------------------------------------------------------


def test_a_dip_that_is_undone_stays_paid_for(player: Player) -> None:
    for k in range(3):
        player.click(4 + 0.5 * k, 5)
    assert player.left == 22
    assert player.window.actions_by_id["undo"].text() == "Undo dips"
    for dips in (2, 1, 0):
        player.undo()
        assert (len(player.dips), player.left) == (dips, 22)
    player.redo()
    assert (len(player.dips), player.left) == (1, 22)
    player.click(2, 5)
    assert (len(player.dips), player.left) == (2, 21)
    assert not player.window.actions_by_id["redo"].isEnabled()


def test_settings_changed_in_between_make_no_dip_cheaper(player: Player) -> None:
    choice = player.find("sandpit.mode")
    choice.setFocus()
    player.key(choice, KEY.Key_Down)
    assert player.state.mode == "depth"
    player.click(4, 5)
    player.undo()
    player.undo()
    assert player.state.mode == "gradient"
    assert (player.dips, player.left) == ([], 24)
    player.redo()
    player.redo()
    assert (len(player.dips), player.left) == (1, 24)


# The end -------------------------------------------------------------------------------------------------


def test_a_warning_at_the_twenty_second_dip_and_the_end_at_the_twenty_sixth(player: Player) -> None:
    player.open(f"mmlviz:sandpit?dips={far_from(landscape('intro').phone, 21)}")
    assert "⚠" not in player.told
    assert "Only" not in player.told
    for k, said in enumerate(
        ["Only 3 dips left.", "Only 2 dips left.", "Only 1 dip left.", "the next one ends the game"]
    ):
        player.click(4 + 0.3 * k, 5.3)
        assert said in player.told
        assert not player.is_revealed
    player.click(5.6, 5.3)
    assert "Lost" in player.told
    assert "(1.213, 4.009)" in player.told
    assert player.is_revealed
    assert player.left == 0
    assert "phone\t[1.21" in player.window.tab.values_text


def test_a_lost_game_stays_lost(player: Player) -> None:
    player.open(f"mmlviz:sandpit?dips={far_from(landscape('intro').phone, 25)}")
    player.click(5.6, 5.3)
    player.undo()
    assert "Lost" in player.told
    assert player.is_revealed


@pytest.mark.parametrize(("kind", "seed"), GAMES[:2])
def test_finding_the_phone_reveals_all(player: Player, kind: str, seed: str) -> None:
    player.open(f"mmlviz:sandpit?pit={kind}&seed={seed}&dips=0.1,0.1")
    assert not player.is_revealed
    phone = landscape(kind, seed).phone
    x, y = (min(max(v, 0.01), 5.99) for v in phone)
    player.click(x, y)
    assert "Found: dip 2" in player.told
    assert player.is_revealed
    assert player.find("sandpit.handle.start").isVisible()
    assert not player.button("reveal").isVisible()
    player.undo()
    assert not player.is_revealed
    assert not player.find("sandpit.handle.start").isVisible()
    player.redo()
    assert player.is_revealed


def test_further_dips_after_a_win_are_free(player: Player) -> None:
    player.click(*landscape("intro").phone)
    for k in range(27):
        player.click(0.5 + 0.35 * (k % 15), 0.5 + 0.5 * (k // 15))
    assert len(player.dips) == 28
    for _ in range(4):
        player.undo()
    assert "Found: dip 1" in player.told
    assert player.is_revealed


def test_giving_up_reveals_and_again_begins_anew(player: Player) -> None:
    player.click(4, 5)
    player.qtbot.mouseClick(player.button("reveal"), LEFT)
    player.see()
    assert player.is_revealed
    player.qtbot.mouseClick(player.button("again"), LEFT)
    player.see()
    assert not player.is_revealed
    assert (player.dips, player.left, player.state.mode) == ([], 25, "gradient")


# Pits ----------------------------------------------------------------------------------------------------


def test_another_kind_of_pit_is_a_new_game(player: Player) -> None:
    player.click(4, 5)
    choice = player.find("sandpit.pit")
    assert isinstance(choice, QComboBox)
    choice.setFocus()
    player.key(choice, KEY.Key_Down)
    player.settle()
    assert (player.state.pit, player.dips, player.left) == ("random", [], 25)
    assert player.window.tab.store.result.pit.kind == "random"
    player.undo()
    player.settle()
    assert (player.state.pit, len(player.dips), player.left) == ("intro", 1, 24)


def word(player: Player) -> QLineEdit:
    found = player.find("sandpit.seed")
    assert isinstance(found, QLineEdit)
    found.setFocus()
    found.selectAll()
    return found


def test_a_word_and_the_next_one(player: Player) -> None:
    player.open("mmlviz:sandpit?pit=random")
    player.click(4, 5)
    entry = word(player)
    player.qtbot.keyClicks(entry, "  My Own  Pit ")
    player.key(entry, KEY.Key_Return)
    player.settle()
    assert (player.state.seed, player.dips, player.left) == ("my own pit", [], 25)
    assert player.window.tab.store.shown[1].pit.seed == "my own pit"
    player.qtbot.mouseClick(player.button("new"), LEFT)
    player.settle()
    assert player.state.seed == entry.text() == "otter"
    assert player.window.tab.store.shown[1].pit.seed == "otter"


def test_a_wrong_word_is_marked_and_nothing_is_lost(player: Player) -> None:
    player.open("mmlviz:sandpit?pit=random")
    player.click(4, 5)
    before = player.state
    entry = word(player)
    player.qtbot.keyClicks(entry, "otter " * 8)
    player.key(entry, KEY.Key_Return)
    assert player.state == before
    assert entry.property("wrong") is True
    (problem,) = [x.text() for x in player.window.tab.panel.findChildren(QLabel, "problem") if x.isVisible()]
    assert "47 characters" in problem
    assert "1 to 40" in problem
    player.key(entry, KEY.Key_Escape)
    assert entry.text() == "otter"
    for same in ("Otter", " OTTER "):
        entry.selectAll()
        player.qtbot.keyClicks(entry, same)
        player.key(entry, KEY.Key_Return)
        assert player.state == before  # it is the same pit: no game is lost over a capital


# Nothing gives the phone away ----------------------------------------------------------------------------


def texts_of(widget: QWidget) -> list[str]:
    """Everything a widget shows or says."""
    said = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.statusTip(),
            widget.whatsThis(), widget.windowTitle(), widget.objectName()]  # fmt: skip
    for name in ("text", "currentText", "placeholderText", "toPlainText", "title"):
        if callable(getattr(widget, name, None)):
            said.append(str(getattr(widget, name)()))
    return said


def everything_said(player: Player) -> list[str]:
    """All texts of all widgets and actions, of the marks, and of what can be copied."""
    window = player.window
    said = [text for widget in (window, *window.tab.findChildren(QWidget)) for text in texts_of(widget)]
    said += [
        text for a in window.findChildren(QAction) for text in (a.text(), a.toolTip(), a.statusTip(), a.whatsThis())
    ]
    for canvas in window.tab.canvases.values():
        for mark in canvas.item.marks:
            said += [str(getattr(mark, name, "")) for name in ("key", "text", "texts")]
    for action in ("copy_values", "copy_python", "copy_link"):
        window.actions_by_id[action].trigger()
        said.append(QGuiApplication.clipboard().text())
    said.append(window._toast.text())
    return said


def gives_away(kind: str, seed: str) -> re.Pattern[str]:
    """The phone's coordinates with two or three digits behind the point."""
    places = [f"{x:.{digits}f}" for x in landscape(kind, seed).phone for digits in (2, 3)]
    return re.compile("|".join(rf"(?<![\d.]){re.escape(place)}" for place in places))


def known(player: Player) -> set[str]:
    """What the player has found, and where."""
    depths = [f"{abs(F):.2f}" for F in player.window.tab.store.result.fields[0]]
    return {*depths, *(x.text for dip in player.state.dips for x in dip)}


@pytest.mark.parametrize(("kind", "seed"), GAMES)
def test_nothing_gives_the_phone_away(player: Player, kind: str, seed: str) -> None:
    """In both games, at every step, in all that is said, shown and copied."""
    for mode in ("gradient", "depth"):
        player.open(f"mmlviz:sandpit?pit={kind}&seed={seed}&mode={mode}")
        check_a_game(player, gives_away(kind, seed))
    player.open(f"mmlviz:sandpit?pit={kind}&seed={seed}&mode=practice")
    player.window.tab.strip.finish()
    assert gives_away(kind, seed).search(" ".join(everything_said(player)))  # else nothing would ever be found


def check_a_game(player: Player, pattern: re.Pattern[str]) -> None:
    for dip in (None, (0.4, 0.3), (5.63, 5.71), (5.5, 0.4)):
        if dip is not None:
            player.click(*dip)
        player.window.tab.strip.finish()
        own = known(player)
        for text in everything_said(player):
            assert not [found for found in pattern.findall(text) if found not in own], text
    player.undo()
    own = known(player) | own
    assert not [found for found in pattern.findall(" ".join(everything_said(player))) if found not in own]
    names: dict[str, Any] = {}
    exec(player.window.tab.python, names)
    assert not {"phone", "walk"} & set(names)
    assert not {"phone", "ground", "contours", "local minima", "highest", "walk"} & player.keys


@pytest.mark.parametrize("mode", ["gradient", "depth"])
def test_the_pointer_learns_only_where_it_is(player: Player, mode: str) -> None:
    """All over the pit, with the mouse: the words are those for any other ground, and so is the pointer's shape."""
    spots = [(x, y) for x in np.arange(0.05, 6, 0.55) for y in np.arange(0.05, 6, 0.55)]
    said: dict[str, list[tuple[str, Any]]] = {}
    for seed in ("heron", "willow"):
        player.open(f"mmlviz:sandpit?pit=random&seed={seed}&mode={mode}&dips=0.4,0.3")
        said[seed] = []
        for at in (*spots, *(landscape("random", s).phone for s in said)):
            player.point_at(*at)
            said[seed].append((player.canvas.overlay.text(), player.canvas.viewport().cursor().shape()))
            assert not player.canvas.overlay.thumbnail.isVisible()
    assert said["willow"][: len(spots)] == said["heron"][: len(spots)]
    assert all(re.fullmatch(r"x = [\d.]+ m, y = [\d.]+ m", text) for text, _ in said["willow"])
    assert {shape for _, shape in said["willow"]} == {Qt.CursorShape.CrossCursor}


@pytest.mark.parametrize(("kind", "mode"), [("random", "gradient"), ("well", "depth")])
def test_before_the_first_dip_all_pits_look_alike(player: Player, kind: str, mode: str) -> None:
    """Pixel for pixel."""
    images = []
    for seed in ("heron", "badger", "willow"):
        player.open(f"mmlviz:sandpit?pit={kind}&seed={seed}&mode={mode}")
        player.window.tab.main_canvas.home()
        player.see()
        images.append(player.window.tab.picture().toImage())
    assert images[0] == images[1] == images[2]
    player.open(f"mmlviz:sandpit?pit={kind}&seed=heron&mode=practice")
    assert player.window.tab.picture().toImage() != images[0]


def test_the_start_of_the_walk_cannot_be_caught_during_a_game(player: Player) -> None:
    """It is at (3, 3), and neither seen nor felt there."""
    start = player.state.start
    player.drag((3, 3), (4, 4))
    assert player.state.start == start
    assert player.dips == []
    assert player.canvas.hand.held is None
    player.canvas.home()
    player.open("mmlviz:sandpit?mode=practice")
    player.drag((3, 3), (4, 4))
    assert [float(x) for x in player.state.start] == pytest.approx([4, 4], abs=0.011)


def test_a_pit_that_is_still_being_made_shows_nothing_of_itself(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While slow work goes on the picture, the words and the handles are all of the pit before."""
    player.open("mmlviz:sandpit?mode=practice")
    store = player.window.tab.store
    before = player.told
    store.defer = lambda key: key[1] == "heron"
    store.set(replace(store.state, pit="random", seed="heron", mode="gradient", dips=((Number("1"), Number("1")),)))
    player.see()
    assert store.is_waiting
    assert player.told == before
    assert player.is_revealed
    store.defer = lambda key: False
    store.ready()
    player.see()
    assert not player.is_revealed
    assert "Dip 1:" in player.told
