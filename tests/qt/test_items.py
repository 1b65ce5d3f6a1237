"""Marks as pixels."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from mmlviz.core.marks import Arrow, Curve, Points, Polygon, Segments
from mmlviz.core.theme import load
from mmlviz.core.view import PaneView
from mmlviz.qt.items import lines
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.scene import PAINTERS
from mmlviz.qt.look import Look

PANE = PaneView((-2.0, 2.0, -1.5, 1.5), 400, 300)
LOOK = Look(load("light"))
SQUARE = np.array([[0.0, 0], [100, 0], [100, 60], [0, 60]])


def painted(*marks: object) -> QImage:
    """The marks on white, 100 pixels a unit."""
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(LOOK.colour("background"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in marks:
        PAINTERS[type(mark)](painter, mark, Pixels.of(PANE), LOOK)  # type: ignore[index]
    painter.end()
    return image


def colour(image: QImage, x: float, y: float) -> str:
    px, py = Pixels.of(PANE).at((x, y))
    return image.pixelColor(QPointF(px, py).toPoint()).name()


def test_there_and_back() -> None:
    pixels = Pixels.of(PANE)
    for xy in ((0.0, 0.0), (1.25, -0.75), (-2.0, 1.5)):
        assert pixels.back(*pixels.at(xy)) == pytest.approx(xy)
    points = np.array([[0.5, 0.25], [-1, 1]])
    assert pixels.to(points).tolist() == [list(pixels.at(p)) for p in points]


def test_an_arrow_covers_its_way_and_its_head(qtbot: QtBot) -> None:
    image = painted(Arrow("v", "first", np.array([1.5, 1.0]), np.zeros(2)))
    first = LOOK.theme.line("first")
    assert colour(image, 0.75, 0.5) == first
    assert colour(image, 1.47, 0.98) == first
    assert colour(image, -0.5, 0.5) == LOOK.theme.line("background")


def test_an_arrow_without_length_is_a_ring(qtbot: QtBot) -> None:
    image = painted(Arrow("v", "first", np.zeros(2), np.zeros(2)))
    assert colour(image, 0.0, 0.0) == LOOK.theme.line("background")
    assert LOOK.theme.line("first") in {colour(image, x, 0.0) for x in np.arange(0.05, 0.12, 0.01)}


@pytest.mark.parametrize("far", [1e3, 1e8, 1e13])  # the largest product of allowed entries is 2e12
def test_far_away_ends_neither_fail_nor_leave_the_line(qtbot: QtBot, far: float) -> None:
    image = painted(
        Arrow("v", "first", np.array([far, 0.0]), np.zeros(2)),
        Segments("s", "second", np.array([[-far, 1.0], [far, 1.0]])),
        Polygon("p", "positive", np.array([[-far, -far], [far, -far], [far, -1.0], [-far, -1.0]])),
    )
    assert colour(image, 1.0, 0.0) == LOOK.theme.line("first")
    assert colour(image, 1.0, 1.0) == LOOK.theme.line("second")
    assert colour(image, 1.0, -1.2) == LOOK.theme.mixed("positive", lines.FILL)


def test_a_curve_breaks_at_nan(qtbot: QtBot) -> None:
    whole = np.array([[-1.0, 0], [0, 0], [1, 0]])
    broken = np.array([[-1.0, 0], [-0.2, 0], [np.nan, np.nan], [0.2, 0], [1, 0]])
    assert colour(painted(Curve("c", "special", whole)), 0.0, 0.0) == LOOK.theme.line("special")
    for is_dashed in (False, True):
        image = painted(Curve("c", "special", broken, is_dashed=is_dashed))
        assert colour(image, 0.0, 0.0) == LOOK.theme.line("background")


def test_a_negative_area_is_hatched_a_positive_one_is_not(qtbot: QtBot) -> None:
    corners = np.array([[-1.0, -1], [1, -1], [1, 1], [-1, 1]])

    def shades(is_hatched: bool) -> int:
        image = painted(Polygon("a", "negative", corners, is_hatched))
        return len({colour(image, x, 0.03) for x in np.linspace(-0.9, 0.9, 150)})

    assert shades(False) == 1
    assert shades(True) > 1


@pytest.mark.parametrize("gap", [3.0, 9.0, 40.0])
def test_hatching_lies_in_the_polygon_and_is_evenly_spaced(gap: float) -> None:
    ends = lines.hatching(SQUARE, gap)
    assert len(ends) % 2 == 0
    assert ends.min() >= 0
    assert (ends <= [100, 60]).all()
    heights = (ends[0::2].sum(axis=1)) / np.sqrt(2)
    assert np.allclose(heights, ends[1::2].sum(axis=1) / np.sqrt(2))  # each stroke runs at 45°
    assert np.allclose(np.diff(heights), gap)


def test_hatching_of_a_sliver_is_nothing() -> None:
    assert len(lines.hatching(np.array([[1.0, 0], [2, 0], [2, 0.1]]), 9.0)) == 0


def test_hollow_points_show_the_ground(qtbot: QtBot) -> None:
    image = painted(Points("p", "special", np.array([[0.5, 0.5]]), is_hollow=True))
    assert colour(image, 0.5, 0.5) == LOOK.theme.line("background")
