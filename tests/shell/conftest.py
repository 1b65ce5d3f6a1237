"""A real window for the tests of the shell."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mmlviz.app import make_window
from mmlviz.shell.window import Window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    """The main window, shown, in front, with its first frame painted."""
    made = make_window()
    qtbot.addWidget(made)
    made.resize(1440, 860)
    made.move(0, 0)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: bool(made.tab.main_canvas.item.marks))
    qtbot.wait(30)
    yield made
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not made and w.parent() is None] == []
