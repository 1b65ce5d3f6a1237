"""Pictures under a matrix: every point where the matrix puts it, however far, flat or large."""

import base64
import gc
import re

import numpy as np
import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage, QPainter, QPdfWriter
from pytestqt.qtbot import QtBot

from mmlviz.core.marks import Picture
from mmlviz.qt.items import pictures
from mmlviz.qt.items.pixels import Pixels
from tests.qt.test_outlines import GROUND, LOOK, PANE, blocks, colour, on_paper, paint, painted

FRAME = LOOK.theme.line("text")
COLOURS = np.array([[(200, 30, 30), (30, 160, 30)], [(30, 30, 200), (210, 200, 40)]], np.uint8)
BOX = (-1.0, 1.0, -1.0, 1.0)
MIDDLES = {(-0.5, 0.5): (0, 0), (0.5, 0.5): (0, 1), (-0.5, -0.5): (1, 0), (0.5, -0.5): (1, 1)}
MATRICES = {
    "identity": np.eye(2),
    "mirror": np.diag([-1.0, 1]),
    "turn": np.array([[0.6, -0.8], [0.8, 0.6]]),
    "shear": np.array([[1.0, 0.7], [0, 1]]),
    "half turn, smaller": -0.3 * np.eye(2),
    "squeezed": np.array([[1.5, 0.2], [-0.1, 0.2]]),
}


def quarters(side: int, channels: int = 3) -> np.ndarray:
    """Four quarters of plain colours: red and green over blue and yellow."""
    pixels = np.full((side, side, channels), 255, np.uint8)
    pixels[..., :3] = COLOURS.repeat(side // 2, axis=0).repeat(side // 2, axis=1)
    return pixels


def moved(pixels: np.ndarray, A: np.ndarray, is_smooth: bool = False, **given: object) -> Picture:
    return Picture("p", "text", pixels, given.get("box", BOX), A, given.get("origin", np.zeros(2)), is_smooth)


def darkest(image: QImage, x: float, y: float) -> int:
    """The lightness from 0 to 255 of the darkest pixel about a point: where a thin dark line runs, it is low."""
    px, py = (round(n) for n in Pixels.of(PANE).at((x, y)))
    return min(image.pixelColor(px + i, py + j).value() for i in (-1, 0, 1) for j in (-1, 0, 1))


def name(quarter: tuple[int, int]) -> str:
    return "#" + bytes(COLOURS[quarter]).hex()


@pytest.mark.parametrize("is_smooth", [False, True])
@pytest.mark.parametrize(("side", "channels"), [(2, 3), (64, 4), (1000, 3)])
@pytest.mark.parametrize("A", MATRICES.values(), ids=list(MATRICES))
def test_every_quarter_is_where_the_matrix_puts_it(
    qtbot: QtBot, A: np.ndarray, side: int, channels: int, is_smooth: bool
) -> None:
    image = painted(moved(quarters(side, channels), A, is_smooth and side > 2))
    for at, quarter in MIDDLES.items():
        assert colour(image, *(A @ at)) == name(quarter)
    for corner in ((1.2, 1.2), (-1.2, 1.2), (1.2, -1.2), (-1.2, -1.2)):
        assert colour(image, *np.clip(A @ corner, -1.99, 1.99)) == GROUND
    assert all(darkest(image, *(A @ (1.0, y))) < 130 for y in (-0.6, 0.1, 0.7))


def test_it_moves_about_its_origin_from_its_box(qtbot: QtBot) -> None:
    A, origin = np.array([[0.0, -1], [1, 0]]), np.array([1.0, 0.5])
    image = painted(moved(quarters(50), A, box=(0.0, 1.0, 0.0, 0.5), origin=origin))
    for at, quarter in {(0.25, 0.375): (0, 0), (0.75, 0.375): (0, 1), (0.25, 0.125): (1, 0)}.items():
        assert colour(image, *(origin + A @ (at - origin))) == name(quarter)


def test_where_it_is_clear_the_ground_is_seen(qtbot: QtBot) -> None:
    pixels = quarters(64, 4)
    pixels[:32, :32, 3] = 0
    pixels[:32, 32:, 3] = 128
    for image in (painted(moved(pixels, np.eye(2))), on_paper(moved(pixels, np.eye(2)))[1]):
        assert colour(image, -0.5, 0.5) == GROUND
        mixed = [int(colour(image, 0.5, 0.5)[k : k + 2], 16) for k in (1, 3, 5)]
        assert mixed == pytest.approx((COLOURS[0, 1].astype(float) + 255) / 2, abs=3)
        assert colour(image, 0.5, -0.5) == name((1, 1))


@pytest.mark.parametrize("far", [10.0, 1e3, 1e8, 1e12])
def test_a_huge_picture_is_painted_where_it_is_seen(qtbot: QtBot, far: float) -> None:
    """Qt counts in 1/65536 of a pixel: magnified more than that, it is painted all over, if not to the point."""
    image = painted(moved(quarters(1000), far * np.array([[1.0, 0.2], [0.1, -1]])))
    seen = [colour(image, *at) for at in ((1.5, 1.5), (1.5, -1.5), (-1.5, 1.5), (-1.5, -1.5))]
    if far > 1e6:
        assert set(seen) <= set(map(name, MIDDLES.values()))
    else:
        assert seen == [name((1, 1)), name((0, 1)), name((1, 0)), name((0, 0))]


@pytest.mark.parametrize("is_smooth", [False, True])
@pytest.mark.parametrize("by", [1e-3, 1.0, 1e4, 1e12])
@pytest.mark.parametrize("thin", [0.0, 1e-15, 1e-9, 1e-3, 0.02])
def test_a_flat_picture_is_a_line(qtbot: QtBot, by: float, thin: float, is_smooth: bool) -> None:
    """Singular or all but: something is seen on the line, nothing beside it, nothing fails."""
    A = by * np.array([[1.0, 1.0 + thin], [1.0, 1.0 - thin]]) / 2
    image = painted(moved(quarters(1000), A, is_smooth))
    assert colour(image, 0.0, 0.0) != GROUND
    beside = (-1.5, 1.5)
    inside = np.abs(np.linalg.solve(A, beside)).max() < 1 if thin * by > 1e-9 else False
    assert inside or colour(image, *beside) == GROUND
    if thin == 0 and by >= 1:
        assert darkest(image, 0.9, 0.9) < 60


def test_a_picture_that_shrinks_to_a_point_is_a_dot(qtbot: QtBot) -> None:
    origin = np.array([0.5, -0.5])
    for mark in (moved(quarters(10), np.zeros((2, 2)), origin=origin), moved(quarters(10), 1e-9 * np.eye(2))):
        for image in (painted(mark), on_paper(mark)[1]):
            at = origin if not mark.matrix.any() else np.zeros(2)
            assert colour(image, *at) == FRAME
            assert colour(image, *(at + 0.2)) == GROUND


@pytest.mark.parametrize("away", [3.0, 1e4, 1e9, 1e13])
def test_out_of_sight_it_paints_nothing(qtbot: QtBot, away: float) -> None:
    for x, y in ((away, 0), (0, -away), (-away, away)):
        mark = moved(quarters(100), np.eye(2), box=(x - 0.2, x + 0.2, y - 0.2, y + 0.2))
        assert painted(mark) == painted()
        assert b"<image" not in on_paper(mark)[0]


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (3, 5), (37, 211)])
def test_any_shape_keeps_its_mean_however_small_it_becomes(qtbot: QtBot, shape: tuple[int, int]) -> None:
    pixels = np.random.default_rng(3).integers(100, 120, (*shape, 3), dtype=np.uint8)
    for by in (0.05, 0.3, 1.5):
        image = painted(moved(pixels, by * np.eye(2), is_smooth=True))
        middle = [int(colour(image, 0.0, 0.0)[k : k + 2], 16) for k in (1, 3, 5)]
        assert middle == pytest.approx([110] * 3, abs=14)


def test_a_fine_pattern_becomes_grey_and_does_not_sparkle(qtbot: QtBot) -> None:
    """Black and white rows in turn, 2,000 of them on 100: without halving each would be one or the other."""
    pixels = np.zeros((2000, 2000, 3), np.uint8)
    pixels[::2] = 255
    image = painted(moved(pixels, 0.5 * np.eye(2)))
    greys = {int(colour(image, 0.1, y)[1:3], 16) for y in np.linspace(-0.45, 0.45, 37)}
    assert min(greys) > 110
    assert max(greys) < 145


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("A", MATRICES.values(), ids=list(MATRICES))
def test_it_is_halved_until_a_pixel_is_about_one_of_the_screens(A: np.ndarray, ratio: float) -> None:
    """By area, against determinant and singular values; never made larger, nor much coarser than the screen."""
    for side in (50, 1000, 4000):
        placed = pictures.Placed.of(moved(np.zeros((side, side, 3), np.uint8), A), Pixels.of(PANE))
        scale = 200 * ratio / side
        area, longest = abs(np.linalg.det(A)) * scale**2, np.linalg.norm(A, 2) * scale
        halvings = placed.halvings(side, side, ratio)
        covered = area * 4**halvings
        assert halvings == 0 or covered <= 1
        assert longest * 2**halvings <= max(pictures.BLUR, longest)
        assert covered > 0.25 or longest * 2 ** (halvings + 1) > pictures.BLUR


def test_what_is_made_of_a_picture_is_kept_as_long_as_its_array(qtbot: QtBot) -> None:
    pixels = quarters(1000)
    painted(moved(pixels, np.eye(2)))
    before = {k: image.cacheKey() for k, image in pictures._levels[id(pixels)].items()}
    painted(moved(pixels, np.diag([0.9, 0.8])))
    assert {k: image.cacheKey() for k, image in pictures._levels[id(pixels)].items()} == before
    assert 0 not in before  # the whole picture is not copied where it is shown smaller
    number = id(pixels)
    del pixels
    gc.collect()
    assert number not in pictures._levels


def test_on_paper_it_looks_as_on_the_screen(qtbot: QtBot) -> None:
    mark = moved(quarters(1000), MATRICES["shear"], is_smooth=True)
    written, image = on_paper(mark)
    assert written.count(b"<image") == 1
    assert abs(blocks(image) - blocks(painted(mark))).max() < 25  # where colours meet
    assert abs(blocks(image) - blocks(painted(mark))).mean() < 0.5


def test_on_paper_it_is_finer_than_on_the_screen(qtbot: QtBot) -> None:
    """Stripes of two pixels that are half a pixel wide on the screen: grey there, black and white in the file."""
    pixels = np.zeros((800, 800, 3), np.uint8)
    pixels[:, ::4] = pixels[:, 1::4] = 255
    mark = moved(pixels, np.eye(2), is_smooth=True)
    (held,) = re.findall(rb'data:image/png;base64,([^"]+)"', on_paper(mark)[0])
    inside = QImage.fromData(base64.b64decode(held)).copy(20, 20, 300, 40)
    assert np.std([inside.pixelColor(x, 20).value() for x in range(300)]) > 100
    assert np.std([painted(mark).pixelColor(x, 200).value() for x in range(120, 280)]) < 20


def test_a_pdf_holds_it(qtbot: QtBot) -> None:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    paint(QPainter(writer), [moved(quarters(100), MATRICES["turn"])])
    assert b"/Image" in bytes(buffer.data().data())


@pytest.mark.parametrize("ratio", [1.5, 2.0])
def test_on_a_fine_screen_it_is_as_large(qtbot: QtBot, ratio: float) -> None:
    image = QImage(round(400 * ratio), round(400 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(LOOK.colour("background"))
    paint(QPainter(image), [moved(quarters(1000), MATRICES["shear"])])
    small = image.scaled(400, 400)
    for at, quarter in MIDDLES.items():
        assert colour(small, *(MATRICES["shear"] @ at)) == name(quarter)
