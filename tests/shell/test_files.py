"""Session files in the window: opened, saved, dropped, remembered; bad ones leave everything as it was."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from mmlviz.core import settings
from mmlviz.core.session import Kept
from mmlviz.shell.window import Window
from tests.core.test_session import BROKEN
from tests.shell.person import Person

LINKS = ("mmlviz:matrix?matrix=1/2,-1;0,3/4", "mmlviz:eigen?matrix=0,-1;1,0", "mmlviz:taylor?f=ln(x)&centre=2")


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> Person:
    return Person(window, qtbot)


def links(window: Window) -> dict[str, str]:
    """The states of the tabs that have been seen."""
    return {tab.lab.id: tab.link for tab in window._built.values()}


def choose(person: Person, key: Qt.Key, name: str, modifier: Qt.KeyboardModifier) -> None:
    """Press a key that opens a file dialog, type a name there, press Enter."""
    window, qtbot = person.window, person.qtbot
    person.key(window, key, modifier)
    dialogs = window.findChildren(QFileDialog)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(QFileDialog)))
    (dialog,) = [d for d in window.findChildren(QFileDialog) if d.isVisible()]
    assert dialogs
    entry = dialog.findChild(QLineEdit, "fileNameEdit")
    assert entry is not None
    entry.setText(name)
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not any(d.isVisible() for d in window.findChildren(QFileDialog)))
    window.activateWindow()  # there is no window manager that would do so
    qtbot.waitUntil(window.isActiveWindow)


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_saved_by_the_menu_and_opened_again(person: Person, tmp_path: Path) -> None:
    window = person.window
    for link in LINKS:
        window.open_link(link)
    before = links(window)
    choose(person, Qt.Key.Key_S, str(tmp_path / "week 2"), CTRL | SHIFT)
    path = tmp_path / "week 2.mmlviz"  # the ending was added
    assert path.is_file()
    assert window.windowTitle() == "week 2.mmlviz[*] – mmlviz"
    person.key(window, Qt.Key.Key_N, CTRL)
    assert links(window) == {name: f"mmlviz:{name}" for name in before}
    assert window.windowTitle() == "mmlviz"
    window.tabs.setCurrentIndex(0)
    choose(person, Qt.Key.Key_O, str(path), CTRL)
    assert links(window) == before
    assert window.tab.lab.id == "taylor"


def test_opening_can_be_undone_in_every_tab(person: Person, tmp_path: Path) -> None:
    window = person.window
    for link in LINKS:
        window.open_link(link)
    window.files.save_in(str(tmp_path / "a.mmlviz"))
    for link in ("mmlviz:matrix?vector=1,1", "mmlviz:eigen?vector=1,1", "mmlviz:taylor?order=3"):
        window.open_link(link)
    later = links(window)
    window.files.open(str(tmp_path / "a.mmlviz"))
    assert links(window) == dict(zip(("matrix", "eigen", "taylor"), LINKS))
    for index in (0, 1, 3):
        window.tabs.setCurrentIndex(index)
        window.actions_by_id["undo"].trigger()
    assert links(window) == later


def test_a_tab_that_nobody_has_seen_keeps_what_was_opened_twice(person: Person, tmp_path: Path) -> None:
    """Neither state is lost: the second is shown, undo brings the first."""
    window = person.window
    for k, order in enumerate((3, 4)):
        state = {"format": 1, "tab": "matrix", "labs": {"taylor": {"state": {"order": str(order)}}}}
        (tmp_path / f"{k}.mmlviz").write_text(json.dumps(state))
        window.files.open(str(tmp_path / f"{k}.mmlviz"))
    assert window.session().states == {"taylor": {"order": "4"}}  # before it is seen
    window.tabs.setCurrentIndex(3)
    person.see()
    assert window.tab.link == "mmlviz:taylor?order=4"
    window.actions_by_id["undo"].trigger()
    assert window.tab.link == "mmlviz:taylor?order=3"
    assert window.tab.store.undo_label is None


def test_views_snap_and_panel_come_back(person: Person, tmp_path: Path) -> None:
    window = person.window
    tab = window.tab
    tab.main_canvas.zoom(0.3)
    window.actions_by_id["snap"].trigger()
    window.actions_by_id["panel"].trigger()
    person.see()
    view, is_open = tab.store.view, tab.is_panel_open
    window.files.save_in(str(tmp_path / "a.mmlviz"))
    window._new()
    person.see()
    assert tab.store.view != view
    assert not window.actions_by_id["snap"].isChecked()
    window.files.open(str(tmp_path / "a.mmlviz"))
    person.see()
    assert tab.store.view == view
    assert tab.is_panel_open == is_open
    assert window.actions_by_id["snap"].isChecked()


def test_what_is_being_typed_is_saved(person: Person, tmp_path: Path) -> None:
    entry = person.entry("matrix.vector.0")
    entry.setFocus()
    entry.setText("7/2")
    person.window.files.save_in(str(tmp_path / "a.mmlviz"))
    assert '"vector": "7/2' in (tmp_path / "a.mmlviz").read_text()


@pytest.mark.parametrize("raw", [raw for _, raw, _ in BROKEN[::6]], ids=[name for name, _, _ in BROKEN[::6]])
def test_a_bad_file_leaves_everything_as_it_was(person: Person, tmp_path: Path, raw: bytes) -> None:
    window = person.window
    window.open_link(LINKS[0])
    before, title = window.session(), window.windowTitle()
    path = tmp_path / "bad.mmlviz"
    path.write_bytes(raw)
    assert not window.files.open(str(path))
    assert window.session() == before
    assert window.windowTitle() == title
    assert window.notice.isVisible()
    assert "bad.mmlviz was not opened" in window.notice.text.text()
    assert path.read_bytes() == raw
    assert str(path) not in window.files.recent


@pytest.mark.parametrize(
    ("name", "word"),
    [("gone.mmlviz", "no such file"), (".", "folder"), ("a\0b", "no such file")],
)
def test_what_is_no_file_says_so(person: Person, tmp_path: Path, name: str, word: str) -> None:
    assert not person.window.files.open(str(tmp_path / name))
    assert word in person.window.notice.text.text()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(person: Person, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not person.window.files.open(str(tmp_path / "pipe"))


def test_saving_that_fails_says_so_and_keeps_the_file(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, path = person.window, tmp_path / "a.mmlviz"
    window.files.save_in(str(path))
    before = path.read_bytes()
    window.open_link(LINKS[1])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    person.key(window, Qt.Key.Key_S, CTRL)
    assert "No space left on device" in window.notice.text.text()
    assert path.read_bytes() == before
    assert not window.files.save_in(str(tmp_path / "no" / "a.mmlviz"))


def test_the_title_says_whether_the_file_is_behind(person: Person, tmp_path: Path) -> None:
    window = person.window
    window.open_link(LINKS[0])
    window.files.save_in(str(tmp_path / "a.mmlviz"))
    assert not window.isWindowModified()
    window.tab.main_canvas.zoom(0.5)
    window.files.note(window.session())
    assert not window.isWindowModified()  # another view is no other state
    window.open_link(LINKS[1])
    window.files.note(window.session())
    assert window.isWindowModified()
    person.key(window, Qt.Key.Key_S, CTRL)
    assert not window.isWindowModified()


def test_a_file_that_someone_else_has_changed_is_not_overwritten(person: Person, tmp_path: Path) -> None:
    window, path = person.window, tmp_path / "a.mmlviz"
    window.files.save_in(str(path))
    other = '{"format": 1, "tab": "eigen", "labs": {}}'
    path.write_text(other)
    window.open_link(LINKS[0])
    window.files.save()
    person.qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(QFileDialog)))
    assert "changed by someone else" in window.notice.text.text()
    for dialog in window.findChildren(QFileDialog):
        dialog.close()
    assert path.read_text() == other
    path.unlink()
    window.files.save()  # gone is not changed
    assert "1/2,-1;0,3/4" in path.read_text()


def test_what_only_a_newer_program_reads_is_left_out_and_told(person: Person, tmp_path: Path) -> None:
    """A file that we write can be opened by us."""
    window, path = person.window, tmp_path / "a.mmlviz"
    window._unseen = {
        "eigen": [Kept(7, {"matrix": "1"})],
        "quaternions": [Kept(1, {"q": "1"})],
        "taylor": [Kept(1, {"order": "3"})],
    }
    assert window.files.save_in(str(path))
    assert "version 7" in window.notice.text.text()
    assert "quaternions" in window.notice.text.text()
    assert window.files.open(str(path))
    assert window.session().states["taylor"] == {"order": "3"}
    assert window._unseen.keys() == {"eigen", "quaternions", "taylor"}


def test_a_name_that_is_not_utf_8(person: Person, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"f\xfcr.mmlviz")
    assert person.window.files.save_in(str(path))
    assert person.window.files.open(str(path))
    assert person.window.settings.recent == (str(path),)
    assert settings.read(settings.write(person.window.settings).encode()).recent == (str(path),)


def test_a_success_takes_back_what_was_said_of_a_failure(person: Person, tmp_path: Path) -> None:
    window = person.window
    assert not window.files.save_in(str(tmp_path / "no" / "a.mmlviz"))
    assert not window.files.save_in(str(tmp_path / "nor" / "b.mmlviz"))
    assert "b.mmlviz was not saved" in window.notice.text.text()  # the newest
    assert window.files.save_in(str(tmp_path / "c.mmlviz"))
    assert not window.notice.isVisible()


def test_ranges_of_a_slow_state_come_back(person: Person, tmp_path: Path) -> None:
    window = person.window
    window.open_link("mmlviz:sandpit?pit=random&seed=bear")
    person.qtbot.waitUntil(lambda: not window.tab.store.is_waiting)
    window.tab.canvases["depths"].zoom(0.4)
    view = window.tab.store.view
    window.files.save_in(str(tmp_path / "a.mmlviz"))
    window.open_link("mmlviz:sandpit?pit=random&seed=fox")
    person.qtbot.waitUntil(lambda: not window.tab.store.is_waiting)
    window._new()
    window.files.open(str(tmp_path / "a.mmlviz"))
    person.qtbot.waitUntil(lambda: not window.tab.store.is_waiting)
    person.see()
    assert {n: p.wanted for n, p in window.tab.store.view.panes.items()} == {n: p.wanted for n, p in view.panes.items()}


def test_splitters_come_back_and_go(person: Person, tmp_path: Path) -> None:
    window = person.window
    window.tabs.setCurrentIndex(1)
    person.qtbot.wait(150)  # until the strip has found its height
    tab = window.tab
    splitter = tab._panes.splitters[0]
    before = splitter.sizes()
    splitter.moveSplitter(before[0] - 120, 1)
    moved = splitter.sizes()
    assert moved != before
    window.files.save_in(str(tmp_path / "a.mmlviz"))
    window._new()
    person.see()
    assert splitter.sizes() == before
    assert window.session().labs == {}
    window.files.open(str(tmp_path / "a.mmlviz"))
    person.see()
    assert splitter.sizes() == moved


def recent(window: Window) -> list[str]:
    menu = window.files.menu
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_recent_files_newest_first(person: Person, tmp_path: Path) -> None:
    window = person.window
    assert not window.files.menu.isEnabled()
    for k in range(11):
        window.files.save_in(str(tmp_path / f"{k}.mmlviz"))
    assert recent(window) == [*(f"&{n + 1}  {10 - n}.mmlviz" for n in range(9)), "Clear the list"]
    window.files.save_in(str(tmp_path / "7.mmlviz"))
    assert recent(window)[0] == "&1  7.mmlviz"
    window.files.save_in(str(tmp_path / "R&D.mmlviz"))
    assert recent(window)[0] == "&1  R&&D.mmlviz"
    window.files.remember(tuple(name for name in window.files.recent if "R&D" not in name))
    recent(window)
    (tmp_path / "10.mmlviz").unlink()
    window.files.menu.actions()[1].trigger()
    assert "no such file" in window.notice.text.text()
    assert not any("10.mmlviz" in text for text in recent(window))
    window.files.menu.actions()[-1].trigger()
    assert window.files.recent == ()


# Dropped ----------------------------------------------------------------------------------------


def drop(window: Window, at: QPoint, data: QMimeData) -> bool:
    """Drop something as the window system does; returns whether the window would have it."""
    where, keys = QPointF(at), Qt.KeyboardModifier.NoModifier
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    handle = window.windowHandle()
    enter = QDragEnterEvent(at, copy, data, left, keys)
    QCoreApplication.sendEvent(handle, enter)
    if not enter.isAccepted():
        return False
    QCoreApplication.sendEvent(handle, QDropEvent(where, copy, data, left, keys))
    return True


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def text(said: str) -> QMimeData:
    data = QMimeData()
    data.setText(said)
    return data


def places(person: Person) -> dict[str, QWidget]:
    window = person.window
    return {
        "picture": person.canvas.viewport(),
        "entry": person.entry("matrix.vector.0"),
        "strip": window.tab.strip,
        "panel": window.tab.panel,
        "tabs": window.tabs.tabBar(),
    }


@pytest.mark.parametrize("place", ["picture", "entry", "strip", "panel", "tabs"])
def test_a_file_can_be_dropped_anywhere(person: Person, tmp_path: Path, place: str) -> None:
    window, path = person.window, tmp_path / "a.mmlviz"
    path.write_text(json.dumps({"format": 1, "tab": "eigen", "labs": {"eigen": {"state": {"vector": "1,1"}}}}))
    widget = places(person)[place]
    at = widget.mapTo(window, widget.rect().center())
    assert drop(window, at, files(path))
    assert window.tab.link == "mmlviz:eigen?vector=1,1"


def test_a_link_can_be_dropped(person: Person) -> None:
    window = person.window
    at = person.canvas.viewport().mapTo(window, QPoint(200, 200))
    assert drop(window, at, text(" mmlviz:eigen?vector=1,1\n"))
    assert window.tab.link == "mmlviz:eigen?vector=1,1"


@pytest.mark.parametrize("made", [lambda p: text("hello"), lambda p: files(p / "a", p / "b"), lambda p: QMimeData()])
def test_other_things_are_not_taken(person: Person, tmp_path: Path, made: Callable[[Path], QMimeData]) -> None:
    window = person.window
    before = window.session()
    assert not drop(window, person.canvas.viewport().mapTo(window, QPoint(200, 200)), made(tmp_path))
    assert window.session() == before


def test_a_picture_that_is_dropped_says_that_it_is_no_session(person: Person, tmp_path: Path) -> None:
    window = person.window
    (tmp_path / "cat.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert drop(window, person.canvas.viewport().mapTo(window, QPoint(200, 200)), files(tmp_path / "cat.png"))
    assert "cat.png was not opened" in window.notice.text.text()
