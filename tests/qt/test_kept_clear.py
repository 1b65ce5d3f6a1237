"""What labels keep off: the numbers along the axes where they are painted, and dots."""

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from mmlviz.core.marks import Points, Ticks
from mmlviz.core.theme import load
from mmlviz.core.view import PaneView
from mmlviz.qt.items import words
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.kept_clear import AIR, kept_clear
from mmlviz.qt.look import Look

LOOK = Look(load("light"))


def ink(mark: Ticks, pane: PaneView) -> np.ndarray:
    """The pixels (n, 2) that a mark's numbers are painted on."""
    image = QImage(int(pane.width), int(pane.height), QImage.Format.Format_RGB32)
    image.fill(LOOK.colour("background"))
    painter = QPainter(image)
    words.ticks(painter, mark, Pixels.of(pane), LOOK)
    painter.end()
    bits = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]
    return np.argwhere((bits != bits[0, 0]).any(axis=2))[:, ::-1]


@pytest.mark.parametrize("axis", ["x", "y"])
@pytest.mark.parametrize("box", [(-2.0, 2.0, -1.5, 1.5), (1.0, 5.0, 1.0, 4.0), (-5.0, -1.0, -4.0, -1.0)])
def test_every_number_lies_in_its_rectangle(qtbot: QtBot, axis: str, box: tuple) -> None:
    """Also where the axis is out of sight and its numbers wait at the edge."""
    pane = PaneView(box, 400, 300)
    at = np.arange(-5.0, 6.0)
    mark = Ticks("t", "text", axis, at, tuple(f"{x:g}0" for x in at))  # type: ignore[arg-type]
    found, painted = kept_clear([mark], pane, LOOK, 1.0), ink(mark, pane)
    assert len(found) >= 2
    inside = [
        (painted[:, 0] >= x) & (painted[:, 0] < x + w) & (painted[:, 1] >= y) & (painted[:, 1] < y + h)
        for x, y, w, h in found
    ]
    assert np.any(inside, axis=0).all()
    assert np.any(inside, axis=1).all()
    for x, y, w, h in found:
        assert x >= -AIR
        assert y >= -AIR
        assert x + w <= pane.width + AIR
        assert y + h <= pane.height + AIR


def test_single_dots_are_kept_clear_and_clouds_are_not() -> None:
    pane = PaneView((-2.0, 2.0, -1.5, 1.5), 400, 300)
    ((x, y, w, h),) = kept_clear([Points("p", "input", np.array([[1.0, 0.5]]))], pane, LOOK, 1.0)
    assert (x + w / 2, y + h / 2) == (300, 100)
    assert kept_clear([Points("p", "input", np.zeros((50, 2)))], pane, LOOK, 1.0) == []
