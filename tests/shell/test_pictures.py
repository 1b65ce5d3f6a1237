"""Pictures from the command line's side and from the dialog in the window."""

import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mmlviz.labs import LABS
from mmlviz.shell import picture_dialog, pictures
from mmlviz.shell.picture_dialog import PictureDialog, show_picture_dialog
from mmlviz.shell.pictures import Cramped, Wish, least, off_screen, save
from mmlviz.shell.window import Window
from tests.shell.person import Person

# Off screen --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lab", [lab.id for lab in LABS])
@pytest.mark.parametrize("wish", [Wish(800, 600), Wish(1024, 768, "dark", scale=2), Wish(640, 480, has_strip=True)])
def test_a_png_is_exactly_as_large_as_wished(qtbot: QtBot, tmp_path: Path, lab: str, wish: Wish) -> None:
    path = tmp_path / "a.png"
    save(LABS, f"mmlviz:{lab}", wish, path)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (wish.width, wish.height)


@pytest.mark.parametrize("is_projector", [False, True])
@pytest.mark.parametrize("has_strip", [False, True])
@pytest.mark.parametrize("lab", [lab.id for lab in LABS])
def test_every_lab_has_room_in_the_smallest_picture(
    qtbot: QtBot, lab: str, has_strip: bool, is_projector: bool
) -> None:
    wish = Wish(*least(is_projector, has_strip, 1), "light", is_projector, has_strip=has_strip)
    with off_screen(LABS, f"mmlviz:{lab}", wish) as tab:
        sheet = tab.sheet(has_strip)
        assert (sheet.width, sheet.height) == (wish.width, wish.height)


def test_panes_without_room_are_refused_with_the_height_that_they_need(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(Cramped, match="no room in 900x250") as refused:
        save(LABS, "mmlviz:eigen", Wish(900, 250), tmp_path / "a.png")
    enough = int(str(refused.value).split()[-3])
    assert 250 < enough < 400
    save(LABS, "mmlviz:eigen", Wish(900, enough), tmp_path / "b.png")
    assert [p.name for p in tmp_path.iterdir()] == ["b.png"]


def test_a_picture_has_no_panel_and_leaves_no_window(qtbot: QtBot) -> None:
    with off_screen(LABS, "mmlviz:pca?data=digits", Wish(1400, 800)) as tab:
        assert not tab.panel.isVisible()
        assert sum(canvas.isVisible() for canvas in tab.canvases.values()) == 3
        stand = tab.window()
    assert not stand.isVisible()


def test_a_picture_of_the_window_waits_for_what_slow_work_brings(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a busy machine all time is over when the work is done; its panes find their sizes nevertheless."""
    link, wish = "mmlviz:pca?data=digits&k=21", Wish(1440, 860)
    pca = next(lab for lab in LABS if lab.id == "pca")
    calm = pictures.draw([pca], link, wish).toImage()

    def work(key: object) -> object:
        time.sleep(0.3)
        return pca.slow.work(key)

    monkeypatch.setattr(pictures, "QUIET", 0.0)
    late = replace(pca, slow=replace(pca.slow, work=work))
    assert pictures.draw([late], link, wish).toImage() == calm


# In the window -----------------------------------------------------------------------------------


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def dialog(window: Window, said: list[str]) -> PictureDialog:
    made = show_picture_dialog(window, window.tab, window.look, said.append)
    assert isinstance(made, PictureDialog)
    return made


def choose(dialog: PictureDialog, name: str) -> None:
    next(b for b in dialog.formats.buttons() if b.property("format") == name).click()


def test_the_default_is_twice_the_screen(
    dialog: PictureDialog, window: Window, tmp_path: Path, said: list[str]
) -> None:
    panes = window.tab.panes
    dialog.save(str(tmp_path / "matrix.png"))
    image = QImage(str(tmp_path / "matrix.png"))
    assert (image.width(), image.height()) == (2 * panes.width(), 2 * panes.height())
    assert said == ["Picture saved as matrix.png"]


@pytest.mark.parametrize("width", [100, 777, 8000])
def test_the_height_follows_and_is_said(dialog: PictureDialog, tmp_path: Path, width: int) -> None:
    dialog.width_box.setValue(width)
    dialog.strip_box.setChecked(True)
    said = dialog._height.text()
    dialog.save(str(tmp_path / "a.png"))
    image = QImage(str(tmp_path / "a.png"))
    assert image.width() == width
    assert said == f"× {image.height()} pixels"


@pytest.mark.parametrize("ending", ["svg", "pdf"])
def test_lines_are_as_large_as_the_screen(
    dialog: PictureDialog, window: Window, tmp_path: Path, ending: str, said: list[str]
) -> None:
    choose(dialog, ending)
    assert not dialog.width_box.isEnabled()
    dialog.save(str(tmp_path / "a"))  # the ending is added
    written = (tmp_path / f"a.{ending}").read_bytes()
    if ending == "svg":
        assert ET.fromstring(written).get("width") == str(window.tab.panes.width())
    else:
        assert written.startswith(b"%PDF")
    assert said == [f"Picture saved as a.{ending}"]


def test_the_file_dialog_suggests_a_name_and_saves(
    dialog: PictureDialog, window: Window, tmp_path: Path, qtbot: QtBot, said: list[str]
) -> None:
    choose(dialog, "svg")
    dialog.save_button.click()
    asked = dialog.findChild(QFileDialog)
    assert isinstance(asked, QFileDialog)
    assert Path(asked.selectedFiles()[0]).name == f"{window.tab.lab.id}.svg"
    assert asked.defaultSuffix() == "svg"
    assert not asked.testOption(QFileDialog.Option.DontConfirmOverwrite)
    asked.fileSelected.emit(str(tmp_path / "b.svg"))
    asked.reject()
    qtbot.waitUntil(lambda: said == ["Picture saved as b.svg"])
    assert (tmp_path / "b.svg").exists()


def test_a_folder_that_is_not_there_is_one_sentence(dialog: PictureDialog, tmp_path: Path, said: list[str]) -> None:
    dialog.save(str(tmp_path / "nowhere" / "a.png"))
    assert dialog._problem.isVisible()
    assert dialog._problem.text() == "a.png was not saved: No such file or directory."
    assert said == []
    assert dialog.isVisible()  # to choose another


def test_what_nobody_was_asked_about_is_not_replaced(dialog: PictureDialog, tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "a.jpg.png").write_bytes(b"before")
    dialog.save(str(tmp_path / "a.jpg"))
    assert (tmp_path / "a.jpg.png").read_bytes() == b"before"
    assert "exists already" in dialog._problem.text()


def test_a_blank_picture_is_refused(window: Window) -> None:
    window.tab.blank(True)
    dialog = show_picture_dialog(window, window.tab, window.look, print)
    assert isinstance(dialog, PictureDialog)
    assert not dialog.save_button.isEnabled()
    assert dialog._problem.text() == picture_dialog.BLANK
    dialog.reject()


def test_hidden_values_stay_hidden_and_a_frozen_picture_frozen(
    window: Window, qtbot: QtBot, tmp_path: Path, said: list[str]
) -> None:
    person = Person(window, qtbot)

    def written(name: str, has_strip: bool = True) -> bytes:
        dialog = show_picture_dialog(window, window.tab, window.look, said.append)
        assert isinstance(dialog, PictureDialog)
        choose(dialog, "svg")
        dialog.strip_box.setChecked(has_strip)
        dialog.save(str(tmp_path / f"{name}.svg"))
        return (tmp_path / f"{name}.svg").read_bytes()

    plain = written("plain")
    window.tab.freeze(True)
    window.open_link("mmlviz:matrix?matrix=1,0;0,1")  # in sight, so that the view stays too
    person.see()
    assert written("frozen") == plain
    window.tab.freeze(False)
    assert written("thawed") != plain
    window.open_link("mmlviz:matrix")
    person.see()
    labels = written("labels", has_strip=False)
    window.tab.hide_values(True)
    person.see()
    assert len(written("hidden")) < len(plain) * 0.8  # formulas and numbers are gone
    assert len(written("hidden labels", has_strip=False)) < len(labels)  # and those in the picture
