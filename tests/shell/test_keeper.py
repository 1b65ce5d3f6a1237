"""What comes back at the next start, whatever happened to the last one."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

from mmlviz import app
from mmlviz.core.settings import Settings
from mmlviz.labs import LABS
from mmlviz.shell.keeper import COPIES, SOON, Keeper
from mmlviz.shell.window import Window
from tests.core.test_session import BROKEN

Start = Callable[[], tuple[Keeper, Window]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def start(folder: Path, qtbot: QtBot) -> Iterator[Start]:
    """Starts a copy of the program, as app does; all of them are closed at the end."""
    windows = []

    def started() -> tuple[Keeper, Window]:
        keeper = Keeper(folder, LABS)
        window = app.make_window(keeper.settings, keeper.session)
        keeper.keep(window)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        windows.append((keeper, window))
        return keeper, window

    yield started
    for keeper, window in windows:
        window.close()
        keeper.end()


def close(keeper: Keeper, window: Window) -> None:
    """The end of a process."""
    window.close()
    keeper.end()


def kept(folder: Path, k: int = 1) -> dict[str, object]:
    data: dict[str, object] = json.loads((folder / f"session-{k}.json").read_text("utf-8"))
    return data


def test_everything_comes_back(start: Start, folder: Path, qtbot: QtBot) -> None:
    keeper, window = start()
    window.open_link("mmlviz:sandpit?pit=random&seed=bear&dips=3,3")
    window.open_link("mmlviz:eigen?matrix=0,-1;1,0")
    window.tab.main_canvas.zoom(0.4)
    window.actions_by_id["theme"].trigger()
    window.actions_by_id["projector"].trigger()
    window.actions_by_id["big_cursor"].trigger()
    window.resize(1111, 777)
    window.move(123, 45)
    qtbot.waitUntil(lambda: window.size() == QSize(1111, 777))
    before, view, place = window.session(), window.tab.store.view, window.geometry()
    close(keeper, window)
    _, again = start()
    assert again.session() == before
    assert again.tab.lab.id == "eigen"
    assert again.tab.store.view.panes["plane"].wanted == view.panes["plane"].wanted
    assert again.tab.store.undo_label is None
    assert again.settings == Settings("dark", True, True)
    assert again.geometry() == place
    assert list(again._built) == [1]  # no tab is built before it is seen
    assert not again.notice.isVisible()  # silently
    again.tabs.setCurrentIndex(2)
    assert again.tab.link == "mmlviz:sandpit?pit=random&seed=bear&dips=3,3"


def test_a_change_is_on_the_disc_within_two_seconds(start: Start, folder: Path, qtbot: QtBot) -> None:
    """Also while a long drag goes on, and without any end of the program."""
    _, window = start()
    qtbot.wait(SOON + 300)
    slider = window.findChild(QSlider, "matrix.matrix.0.0")
    assert slider is not None
    begin = time.monotonic()
    slider.setSliderDown(True)
    changed_at = None
    while time.monotonic() - begin < 2.0 and changed_at is None:
        slider.setValue(slider.value() + 1)
        qtbot.wait(30)
        if "matrix" in kept(folder)["labs"]:  # type: ignore[operator]
            changed_at = time.monotonic()
    assert changed_at is not None
    slider.setSliderDown(False)


def test_nothing_is_written_where_nothing_has_changed(start: Start, folder: Path, qtbot: QtBot) -> None:
    keeper, window = start()
    window.open_link("mmlviz:eigen?vector=1,1")
    keeper.finish()
    stamp = (folder / "session-1.json").stat()
    window.tab.request()
    window.changed.emit()
    keeper.finish()
    assert (folder / "session-1.json").stat() == stamp
    assert not (folder / "settings.json").exists()  # nothing was chosen


def test_what_nobody_has_seen_since_is_not_lost(start: Start, folder: Path) -> None:
    close(*_with(start, "mmlviz:taylor?order=5"))
    close(*_with(start, "mmlviz:matrix?t=0.5"))
    close(*_with(start, "mmlviz:eigen?vector=1,1"))
    assert set(kept(folder)["labs"]) == {"taylor", "matrix", "eigen"}  # type: ignore[call-overload]


def _with(start: Start, link: str) -> tuple[Keeper, Window]:
    keeper, window = start()
    window.open_link(link)
    return keeper, window


def test_a_lab_that_only_a_newer_program_knows_stays_in_the_file(start: Start, folder: Path) -> None:
    folder.mkdir()
    newer = {"format": 1, "tab": "quaternions", "labs": {"quaternions": {"state": {"q": "1"}}}}
    (folder / "session-1.json").write_text(json.dumps(newer))
    close(*_with(start, "mmlviz:matrix?t=0.5"))
    assert kept(folder)["labs"]["quaternions"]["state"] == {"q": "1"}  # type: ignore[index]


# A killed process -------------------------------------------------------------------------------

PROGRAM = """
import sys
sys.argv = ["mmlviz", "mmlviz:taylor?f=ln(x)&centre=2"]
from mmlviz.app import main
sys.exit(main())
"""


def run(home: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, stderr=subprocess.PIPE)


@pytest.mark.skipif(sys.platform != "linux", reason="folders and signals of another kind")
def test_after_a_kill_the_state_is_there_and_the_lock_is_no_hindrance(tmp_path: Path, qtbot: QtBot) -> None:
    process = run(tmp_path)
    file = tmp_path / "mmlviz" / "session-1.json"
    qtbot.waitUntil(lambda: file.exists() and "ln(x)" in file.read_text(), timeout=20_000)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert (tmp_path / "mmlviz" / "session-1.lock").exists()
    keeper = Keeper(tmp_path / "mmlviz", LABS)
    assert keeper.session is not None
    assert keeper.session.states == {"taylor": {"f": "ln(x)", "centre": "2"}}
    assert not any(p.suffix == ".tmp" for p in file.parent.iterdir())
    keeper.end()


# Several copies ---------------------------------------------------------------------------------


def test_a_second_copy_keeps_its_own(start: Start, folder: Path) -> None:
    first = _with(start, "mmlviz:matrix?t=0.5")
    first[0].finish()
    second = start()
    assert second[1].session().states == {}  # not the first one's, which goes on
    second[1].open_link("mmlviz:eigen?vector=1,1")
    close(*second)
    assert kept(folder)["labs"].keys() == {"matrix"}  # type: ignore[attr-defined]
    assert kept(folder, 2)["labs"].keys() == {"eigen"}  # type: ignore[attr-defined]
    close(*first)


def test_the_copy_that_was_closed_last_comes_back_first(start: Start, folder: Path) -> None:
    first, second = _with(start, "mmlviz:matrix?t=0.5"), _with(start, "mmlviz:eigen?vector=1,1")
    close(*first)
    time.sleep(0.02)
    second[1].open_link("mmlviz:eigen?vector=2,1")
    close(*second)
    assert start()[1].tab.link == "mmlviz:eigen?vector=2,1"
    assert start()[1].tab.link == "mmlviz:matrix?t=0.5"


def test_more_copies_than_are_kept_run_all_the_same(start: Start, folder: Path) -> None:
    keepers = [Keeper(folder, LABS) for _ in range(COPIES)]
    _, window = start()
    assert "keeps nothing" in window.notice.text.text()
    for keeper in keepers:
        keeper.end()


def test_settings_of_several_copies_are_put_together(start: Start, folder: Path) -> None:
    first, second = start(), start()
    first[1].actions_by_id["theme"].trigger()
    first[1].files.remember(("/a.mmlviz",))
    first[0].finish()
    second[1].actions_by_id["big_cursor"].trigger()
    second[1].files.remember(("/b.mmlviz",))
    close(*second)
    close(*first)
    assert start()[1].settings == Settings("dark", False, True, ("/b.mmlviz", "/a.mmlviz"))


def test_a_file_without_utf_8_in_its_name_does_not_end_the_keeping(start: Start, folder: Path, tmp_path: Path) -> None:
    keeper, window = start()
    path = tmp_path / os.fsdecode(b"f\xfcr.mmlviz")
    window.files.save_in(str(path))
    window.open_link("mmlviz:matrix?t=0.5")
    close(keeper, window)
    _, again = start()
    assert again.files.path == path
    assert again.tab.link == "mmlviz:matrix?t=0.5"


@pytest.mark.parametrize("name", ["a" * 300 + ".mmlviz", "gone/a.mmlviz", "loop/a.mmlviz"])
def test_a_file_that_cannot_be_reached_does_not_stop_the_start(start: Start, folder: Path, name: str) -> None:
    folder.mkdir()
    (folder / "loop").symlink_to(folder / "loop")
    session = {"format": 1, "tab": "matrix", "labs": {}, "window": {"file": str(folder / name)}}
    (folder / "session-1.json").write_text(json.dumps(session))
    _, window = start()
    assert window.files.path == folder / name
    assert window.isWindowModified()


# Broken files -----------------------------------------------------------------------------------


# An unknown lab may be one of a newer program: it stays where it is, and the others open.
UNREADABLE = [
    (name, raw) for name, raw, _ in BROKEN if name not in {"tab unknown", "unknown lab", "lab with an odd name"}
]


@pytest.mark.parametrize("raw", [raw for _, raw in UNREADABLE[::7]], ids=[name for name, _ in UNREADABLE[::7]])
def test_a_broken_session_never_stops_the_start(start: Start, folder: Path, raw: bytes) -> None:
    folder.mkdir()
    (folder / "session-1.json").write_bytes(raw)
    keeper, window = start()
    close(keeper, window)
    aside = folder / "session-1-broken-1.json"
    assert aside.read_bytes() == raw
    assert str(aside) in window.notice.text.text()
    assert kept(folder)["format"] == 1


def test_broken_settings_are_set_aside_and_named(start: Start, folder: Path) -> None:
    folder.mkdir()
    (folder / "settings.json").write_text("{oops")
    (folder / "settings-broken-1.json").write_text("an older one")
    _, window = start()
    assert "settings-broken-2.json" in window.notice.text.text()
    assert window.settings == Settings()
    assert (folder / "settings-broken-1.json").read_text() == "an older one"
    assert (folder / "settings-broken-2.json").read_text() == "{oops"


def test_a_broken_part_is_told_when_its_tab_is_seen(start: Start, folder: Path) -> None:
    folder.mkdir()
    raw = json.dumps({
        "format": 1, "tab": "matrix",
        "labs": {"matrix": {"state": {"t": "0.5"}}, "taylor": {"state": {"order": "999"}}},
    })  # fmt: skip
    (folder / "session-1.json").write_text(raw)
    keeper, window = start()
    assert window.tab.link == "mmlviz:matrix?t=0.5"
    assert not window.notice.isVisible()
    window.tabs.setCurrentIndex(3)
    said = window.notice.text.text()
    assert "Taylor" in said
    assert "order=999" in said
    assert window.tab.link == "mmlviz:taylor"
    assert (folder / "session-1-broken-1.json").read_text() == raw
    close(keeper, window)
    assert kept(folder)["labs"].keys() == {"matrix"}  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_made(start: Start, folder: Path) -> None:
    folder.write_text("a file is in the way")
    keeper, window = start()
    assert "Nothing can be kept" in window.notice.text.text()
    window.open_link("mmlviz:matrix?t=0.5")
    close(keeper, window)
    assert folder.read_text() == "a file is in the way"


def test_a_full_disc_is_told_once_and_tried_again(
    start: Start, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, window = _with(start, "mmlviz:matrix?t=0.5")
    keeper.finish()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        window.open_link("mmlviz:matrix?t=0.6")
        qtbot.waitUntil(window.notice.isVisible, timeout=5 * SOON)
        assert "No space left on device" in window.notice.text.text()
        window.notice.next()
        window.open_link("mmlviz:matrix?t=0.8")
        qtbot.wait(2 * SOON + 200)
        assert not window.notice.isVisible()  # told once
    assert kept(folder)["labs"]["matrix"]["state"] == {"t": "0.5"}  # type: ignore[index]
    saved = {"t": "0.8"}  # tried again by itself
    qtbot.waitUntil(lambda: kept(folder)["labs"]["matrix"]["state"] == saved, timeout=5 * SOON)  # type: ignore[index]
    qtbot.waitUntil(lambda: not keeper._soon.isActive(), timeout=5 * SOON)


# Screens ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("corner", [(5000, 4000), (-3000, -2000), (1900, 1070)])
def test_a_window_on_a_screen_that_is_gone_comes_back(
    start: Start, folder: Path, qtbot: QtBot, corner: tuple[int, int]
) -> None:
    keeper, window = start()
    window.resize(900, 600)
    window.move(*corner)
    qtbot.waitUntil(lambda: window.pos() == QPoint(*corner))
    close(keeper, window)
    _, again = start()
    screen = QGuiApplication.primaryScreen().availableGeometry()
    title = QRect(again.frameGeometry().topLeft(), QSize(again.width(), 40))
    seen = screen.intersected(title)
    assert seen.width() >= 100
    assert seen.height() >= 20


def test_a_window_larger_than_the_screen_fits(start: Start, folder: Path, qtbot: QtBot) -> None:
    keeper, window = start()
    window.resize(4000, 3000)
    qtbot.waitUntil(lambda: window.width() == 4000)
    close(keeper, window)
    _, again = start()
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert again.width() <= screen.width()
    assert again.height() <= screen.height()


def test_the_file_comes_back_with_its_title(start: Start, folder: Path, tmp_path: Path) -> None:
    keeper, window = _with(start, "mmlviz:matrix?t=0.5")
    window.files.save_in(str(tmp_path / "a.mmlviz"))
    window.open_link("mmlviz:matrix?t=0.6")
    close(keeper, window)
    _, window = start()
    assert window.windowTitle() == "a.mmlviz[*] – mmlviz"
    assert window.isWindowModified()
    assert window.tab.link == "mmlviz:matrix?t=0.6"
    assert window.files.recent == (str(tmp_path / "a.mmlviz"),)
