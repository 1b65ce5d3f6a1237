"""Opening a picture for the matrix lab."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from mmlviz.qt.picture_row import PictureRow
from mmlviz.shell.window import Window
from tests.shell.person import LEFT, Person


@pytest.fixture
def row(window: Window, qtbot: QtBot) -> PictureRow:
    window.open_link("mmlviz:matrix?shape=picture")
    Person(window, qtbot).see()
    return next(each for each in window.tab.panel.rows if isinstance(each, PictureRow))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a blue one.png"
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(0x0000FF)
    assert image.save(str(path))
    return path


def test_a_picture_is_opened_seen_and_undone(window: Window, row: PictureRow, file: Path, qtbot: QtBot) -> None:
    row.take(str(file))
    Person(window, qtbot).see()
    assert window.tab.store.state.picture == str(file)
    shown = next(mark for mark in window.tab.main_canvas.item.marks if mark.key == "picture")
    assert np.unique(shown.pixels.reshape(-1, shown.pixels.shape[-1]), axis=0)[0][:3].tolist() == [0, 0, 255]  # type: ignore[attr-defined]
    assert row.name.toolTip() == str(file)
    assert window.tab.store.undo_label == "picture"
    window.tab.store.undo()
    assert window.tab.store.state.picture == ""


def test_what_is_no_picture_is_refused_at_its_place(window: Window, row: PictureRow, tmp_path: Path) -> None:
    wrong = tmp_path / "words.png"
    wrong.write_text("no picture")
    row.take(str(wrong))
    assert row.problem.text() == "words.png is not a PNG or JPEG picture."
    assert not row.problem.isHidden()
    assert window.tab.store.state.picture == ""
    row.take("//host/share/bear.png")
    assert "another computer" in row.problem.text()
    row.take("")
    assert row.problem.isHidden()


def test_the_button_opens_a_dialog_whose_file_is_taken(
    window: Window, row: PictureRow, file: Path, qtbot: QtBot
) -> None:
    button = window.findChild(QPushButton, "matrix.picture.open")
    qtbot.mouseClick(button, LEFT)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.close()
    qtbot.wait(20)
    assert window.tab.store.state.picture == str(file)
    built_in = window.findChild(QPushButton, "matrix.picture.built_in")
    Person(window, qtbot).see()
    assert built_in.isEnabled()
    qtbot.mouseClick(built_in, LEFT)
    assert window.tab.store.state.picture == ""
