"""Outlines as pixels and on paper."""

from collections.abc import Sequence

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer
from pytestqt.qtbot import QtBot

from mmlviz.core.marks import Mark, Outline, kept
from mmlviz.core.theme import load
from mmlviz.core.view import PaneView
from mmlviz.maths import figures
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.scene import PAINTERS
from mmlviz.qt.look import Look

PANE = PaneView((-2.0, 2.0, -2.0, 2.0), 400, 400)
LOOK = Look(load("light"))
GROUND = LOOK.theme.line("background")
RING = (np.array([[-1.0, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]), figures.square().areas[0] * 0.8 - 0.4)


def paint(painter: QPainter, marks: Sequence[Mark]) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in marks:
        PAINTERS[type(mark)](painter, mark, Pixels.of(PANE), LOOK)
    painter.end()


def painted(*marks: Mark) -> QImage:
    """The marks on the background, 100 pixels a unit."""
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(LOOK.colour("background"))
    paint(QPainter(image), marks)
    return image


def on_paper(*marks: Mark) -> tuple[bytes, QImage]:
    """The marks as SVG, and what a reader makes of it."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(QSize(400, 400))
    generator.setViewBox(QRectF(0, 0, 400, 400))
    paint(QPainter(generator), marks)
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(LOOK.colour("background"))
    painter = QPainter(image)
    QSvgRenderer(buffer.data()).render(painter, QRectF(0, 0, 400, 400))
    painter.end()
    return bytes(buffer.data().data()), image


def colour(image: QImage, x: float, y: float) -> str:
    return image.pixelColor(QPointF(*Pixels.of(PANE).at((x, y))).toPoint()).name()


def test_what_lies_in_two_of_them_is_a_hole(qtbot: QtBot) -> None:
    ring = Outline("ring", "first", RING, 0.3)
    for image in (painted(ring), on_paper(ring)[1]):
        assert colour(image, 0.7, 0.7) == LOOK.theme.mixed("first", 0.3)
        assert colour(image, 0.0, 0.0) == GROUND
        assert colour(image, 1.5, 0.0) == GROUND
        assert colour(image, 1.0, 0.5) == colour(image, -0.4, 0.0) == LOOK.theme.line("first")


def test_a_dent_is_not_filled_whatever_the_matrix(qtbot: QtBot) -> None:
    """Points in and beside the letter F, moved with it, in a mirror too."""
    for A in (np.eye(2), np.diag([-1.0, 1]), np.array([[0.6, -0.8], [0.8, 0.6]]), np.array([[0.9, 0.5], [0.0, -0.7]])):
        image = painted(Outline("F", "second", figures.moved(figures.glyph(), A).areas, 0.5))
        for at in ((0.2, 0.2), (0.2, 1.8), (1.1, 1.8), (0.8, 1.0)):
            assert colour(image, *(A @ at)) == LOOK.theme.mixed("second", 0.5)
        for at in ((0.9, 1.4), (0.9, 0.3), (-0.3, 1.0)):
            assert colour(image, *(A @ at)) == GROUND


def test_open_lines_and_those_without_a_share_are_strokes_only(qtbot: QtBot) -> None:
    open_line, none = RING[0][:-1], Outline("none", "first", RING[:1], 0.0)
    for mark in (Outline("open", "first", (open_line,), 1.0), none):
        image = painted(mark)
        assert colour(image, 0.0, 0.0) == GROUND
        assert colour(image, 1.0, 0.0) == LOOK.theme.line("first")
    assert colour(painted(none), -1.0, 0.0) == LOOK.theme.line("first")
    assert colour(painted(Outline("open", "first", (open_line,))), -1.0, 0.0) == GROUND


def test_lines_do_not_run_on_from_part_to_part(qtbot: QtBot) -> None:
    two = Outline("two", "first", (np.array([[-1.0, 0], [-0.5, 0]]), np.array([[0.5, 0], [1.0, 0]])))
    for image in (painted(two), on_paper(two)[1]):
        assert colour(image, 0.0, 0.0) == GROUND
        assert colour(image, 0.75, 0.0) == LOOK.theme.line("first")


@pytest.mark.parametrize("far", [1e3, 1e8, 1e13])
def test_far_corners_neither_fail_nor_hide_what_is_near(qtbot: QtBot, far: float) -> None:
    """The lower half of the plane, and the letter F so large that its foot fills the first quadrant."""
    half = np.array([[-far, 0], [-far, -far], [far, -far], [far, 0], [-far, 0]])
    image = painted(Outline("half", "first", (half,), 0.3))
    assert colour(image, 1.0, -1.0) == LOOK.theme.mixed("first", 0.3)
    assert colour(image, 1.0, 1.0) == GROUND
    assert colour(image, 1.0, 0.0) == LOOK.theme.line("first")
    letter = painted(Outline("F", "first", figures.moved(figures.glyph(), far * np.eye(2)).areas, 0.3))
    assert colour(letter, 1.5, 1.5) == LOOK.theme.mixed("first", 0.3)
    assert colour(letter, -0.5, 1.5) == colour(letter, 0.5, -1.5) == GROUND


def test_what_is_out_of_sight_or_nothing_paints_nothing(qtbot: QtBot) -> None:
    away = figures.moved(figures.polygon(RING[0] + 50), 1e6 * np.eye(2)).areas
    for parts in ((), (np.empty((0, 2)),), (np.array([[0.0, 0]]),), away):
        assert painted(Outline("none", "first", parts, 0.5)) == painted()
        assert b"<path" not in on_paper(Outline("none", "first", parts, 0.5))[0]


def test_a_figure_without_area_is_a_line(qtbot: QtBot) -> None:
    flat = figures.moved(figures.bear(), np.array([[1.0, 0.5], [0, 0]]))
    image = painted(Outline("flat", "first", flat.areas, 0.5), Outline("ink", "first", flat.ink, 1.0))
    assert colour(image, 0.0, 0.0) == LOOK.theme.line("first")
    assert colour(image, 0.0, 0.1) == GROUND


def test_on_paper_it_looks_as_on_the_screen(qtbot: QtBot) -> None:
    """As lines and areas, without a picture: means over blocks, since each painter smooths edges its own way."""
    bear = figures.moved(figures.bear(), np.array([[1.0, 0.3], [0, 1]]))
    marks = Outline("bear", "output", bear.areas, 0.35), Outline("ink", "output", bear.ink, 1.0)
    written, image = on_paper(*marks)
    assert b"<image" not in written
    assert abs(blocks(image) - blocks(painted(*marks))).max() < 6


def blocks(image: QImage) -> np.ndarray:
    """Means (40, 40, 3) over squares of 10 pixels."""
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(40, 10, 40, 10, 4)[..., :3]
    return raw.astype(float).mean(axis=(1, 3))


def test_a_pdf_is_written(qtbot: QtBot) -> None:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    paint(QPainter(writer), [Outline("bear", "output", figures.bear().areas, 0.35)])
    assert buffer.data().startsWith(b"%PDF")


def test_a_kept_outline_can_only_be_read() -> None:
    part = RING[0].copy()
    kept(Outline("ring", "first", (part,)))
    assert not part.flags.writeable
