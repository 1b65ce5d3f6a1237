"""Marks as pixels."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem
from pytestqt.qtbot import QtBot

from mmlviz.core.axes import fixed_frame
from mmlviz.core.marks import (
    Arrow,
    Arrows,
    Band,
    Bars,
    Curve,
    Dots,
    Image,
    Label,
    Mark,
    Points,
    Polygon,
    Segments,
    Texts,
)
from mmlviz.core.theme import load, mix
from mmlviz.core.view import PaneView
from mmlviz.qt.items import dots, images, lines
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.scene import FEWEST, PAINTERS, SceneItem
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


@pytest.mark.parametrize("bend", [0.0, 0.3, 3.0, 60.0])
def test_a_thinned_line_stays_where_it_was(bend: float) -> None:
    """Each point that was left out lies beside what is left; a straight line needs few, a bent one most."""
    x = np.linspace(10, 390, 400)
    points = np.stack([x, 150 + bend * np.sin(x / 7)], axis=1)
    left = lines.thinned(points)
    assert np.array_equal(left[[0, -1]], points[[0, -1]])
    assert distances(points, left).max() <= lines.THINNINGS * lines.STRAIGHT
    assert len(left) < len(points) / 7 if bend < 0.1 else len(left) <= len(points)
    assert len(lines.thinned(points[:, ::-1])) == len(left)


def distances(points: np.ndarray, line: np.ndarray) -> np.ndarray:
    """How far points (n, 2) lie from the nearest place of a line through m points."""
    way = np.diff(line, axis=0)
    off = points[:, None] - line[:-1]
    share = ((off * way).sum(axis=2) / (way**2).sum(axis=1)).clip(0, 1)
    return np.hypot(*np.moveaxis(off - share[..., None] * way, 2, 0)).min(axis=1)


def test_a_steep_line_is_thinned_as_a_flat_one_and_a_line_back_is_not() -> None:
    """What counts is the distance from the line, not that upwards."""
    x = np.linspace(0, 20, 81)
    steep = np.stack([x, x**2 + 20 * x], axis=1)
    left = lines.thinned(steep)
    assert len(left) < 30
    assert distances(steep, left).max() <= lines.THINNINGS * lines.STRAIGHT
    back = np.array([[0, 0], [9, 0], [3, 0], [12, 0], [12, 0]], dtype=float)
    assert distances(back, lines.thinned(back)).max() == 0
    assert lines.thinned(back)[:3].tolist() == back[:3].tolist()


def test_gaps_and_corners_are_not_thinned() -> None:
    steps = np.array([[0, 0], [1, 9], [2, 0], [3, 9], [4, 0], [np.nan, np.nan], [5, 5], [6, 5], [7, 5]], dtype=float)
    left = lines.thinned(steps)
    assert np.array_equal(left, np.delete(steps, 7, axis=0), equal_nan=True)
    for few in range(4):
        assert np.array_equal(lines.thinned(steps[:few]), steps[:few])
    far = np.array([[0, 0], [np.inf, 1], [2, 2], [3, -np.inf], [4, 4]])
    assert np.array_equal(lines.thinned(far), far)
    ways = np.array([[0, np.inf], [1, 1], [2, -np.inf], [3, 3], [4, np.inf]])
    assert np.array_equal(lines.thinned(ways), ways)


def test_an_upright_grid_is_as_crisp_as_with_smoothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is drawn without, which is quicker: full pixels, and no others; only at ends half a pixel may differ."""
    ends = np.array([[-1.0, -1], [-1, 1], [-2, 0.333], [2, 0.333], [0.123, -1], [0.123, 1]])
    image = painted(Segments("grid", "text", ends, "hair"))
    inside = 2, 60, 396, 180
    seen = {image.pixelColor(x, y).name() for x in range(2, 398) for y in range(60, 240)}
    assert seen == {BACKGROUND, LOOK.theme.line("text")}
    monkeypatch.setattr(lines, "_placed", lambda mark, pixels: (placed(mark, pixels)[0], False))
    assert painted(Segments("grid", "text", ends, "hair")).copy(*inside) == image.copy(*inside)


placed = lines._placed


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


# Dots ------------------------------------------------------------------------------------------------

BACKGROUND = LOOK.theme.line("background")
RASTER = np.stack(np.meshgrid(np.arange(-1.85, 1.9, 0.1), np.arange(-1.35, 1.4, 0.1)), axis=-1).reshape(-1, 2)
RASTER += (np.arange(RASTER.size).reshape(-1, 2) * 0.618 % 1) / 100  # anywhere within a pixel


def middle(image: QImage, x: float, y: float) -> str:
    """The colour of the pixel that a point lies in."""
    px, py = Pixels.of(PANE).at((x, y))
    return image.pixelColor(int(px), int(py)).name()


def groups(count: int) -> np.ndarray:
    return (np.arange(count) % 10).astype(np.uint8)


@pytest.fixture(params=["stamped", "splat"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Few dots are stamped; with no room for a few, all are written straight into a picture."""
    if request.param == "splat":
        monkeypatch.setattr(dots, "CROWD", 0)
    return str(request.param)


@pytest.mark.parametrize("size", [3, 5])
def test_a_dot_has_the_colour_of_its_class(qtbot: QtBot, way: str, size: int) -> None:
    image = painted(Dots("d", "text", RASTER, groups(len(RASTER)), size))
    for k, (x, y) in enumerate(RASTER):
        assert middle(image, x, y) == LOOK.theme.classes[k % 10], k
        assert middle(image, x + 0.05, y + 0.05) == BACKGROUND


def test_dots_without_classes_have_the_colour_of_their_role(qtbot: QtBot, way: str) -> None:
    image = painted(Dots("d", "special", RASTER))
    assert {middle(image, x, y) for x, y in RASTER} == {LOOK.theme.line("special")}


def test_later_dots_lie_on_top(qtbot: QtBot, way: str) -> None:
    image = painted(Dots("d", "text", np.array([[0.005, 0.005]] * 3), np.array([3, 7, 1], np.uint8)))
    assert middle(image, 0.005, 0.005) == LOOK.theme.classes[1]


@pytest.mark.parametrize("far", [2.5, 1e3, 1e9, 1e300])
def test_dots_outside_are_left_out(qtbot: QtBot, way: str, far: float) -> None:
    """Nor do they come in again at the other side."""
    away = np.array([[far, 0], [-far, 0], [0, far], [0, -far], [far, far], [-far, far]])
    assert painted(Dots("d", "text", away, groups(6))) == painted()
    image = painted(Dots("d", "text", np.concatenate([away, [[0.505, 0.505]]]), groups(7)))
    assert middle(image, 0.505, 0.505) == LOOK.theme.classes[6]


def test_no_dots_at_all(qtbot: QtBot, way: str) -> None:
    assert painted(Dots("d", "text", np.empty((0, 2)), np.empty(0, np.uint8))) == painted()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_single_dot_is_stamped_as_among_others(qtbot: QtBot, ratio: float) -> None:
    """It takes a shorter way, to the very same pixels."""
    blank, alone, among = (stamped(at, ratio) for at in ([], [[20.3, 17.8]], [[20.3, 17.8], [-90, -90]]))
    assert blank != alone
    assert alone == among


def stamped(at: list[list[float]], ratio: float) -> QImage:
    """The second of two faces at each of the pixels."""
    image = QImage(round(60 * ratio), round(40 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(LOOK.colour("background"))
    kinds = [(LOOK.colour(role), LOOK.colour("text"), 2.0) for role in ("first", "second")]
    painter = QPainter(image)
    faces = dots.discs(kinds, 9.0, ratio)
    dots.stamp(painter, np.array(at, dtype=float).reshape(-1, 2), faces, ratio, np.ones(len(at), np.uint8))
    painter.end()
    return image


def test_a_crowd_looks_like_the_few_of_it(qtbot: QtBot) -> None:
    """From one dot to the next the way of drawing changes, and no dot does at its middle."""
    few, crowd = (np.arange(count) % len(RASTER) for count in (dots.CROWD, dots.CROWD + 1))
    stamped, splat = (painted(Dots("d", "text", RASTER[k], groups(len(RASTER))[k])) for k in (few, crowd))
    assert stamped != splat
    assert [middle(stamped, x, y) for x, y in RASTER] == [middle(splat, x, y) for x, y in RASTER]


@pytest.mark.parametrize("size", [1, 3, 5])
@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.7, 0.99])
def test_a_dot_of_a_crowd_stands_about_its_pixel(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, size: int, share: float
) -> None:
    """As far to the left of it as to the right, wherever in the pixel the point lies."""
    monkeypatch.setattr(dots, "CROWD", 0)
    at = np.array([[-2 + (217 + share) / 100, 1.5 - (83 + share) / 100]])
    reach = size // 2
    box = box_of_ink(painted(Dots("d", "text", at, None, size)))
    assert box == (217 - reach, 217 + reach, 83 - reach, 83 + reach)


# Tables of numbers -----------------------------------------------------------------------------------

TABLE = np.array([[0.0, 1, 2], [3, 4, 5]])


def shown(ramp: str, low: float = 0, high: float = 5, values: np.ndarray = TABLE, is_smooth: bool = False) -> QImage:
    return painted(Image("i", "text", values, (-1.5, 1.5, -1.0, 1.0), low, high, ramp, is_smooth))  # type: ignore[arg-type]


def test_row_0_of_a_table_is_at_the_bottom(qtbot: QtBot) -> None:
    image, shades = shown("depth"), images.shades(LOOK, "depth")
    for row in (0, 1):
        for column in (0, 1, 2):
            wanted = f"#{shades[round(TABLE[row, column] * 51)] & 0xFFFFFF:06x}"
            assert colour(image, column - 1, row - 0.5) == wanted
    assert colour(image, 0, 1.2) == colour(image, -1.7, 0) == BACKGROUND


@pytest.mark.parametrize(
    ("ramp", "low", "middle", "high"),
    [
        ("ink", BACKGROUND, mix(BACKGROUND, LOOK.theme.line("text"), 0.5), LOOK.theme.line("text")),
        ("signed", LOOK.theme.line("negative"), BACKGROUND, LOOK.theme.line("positive")),
        ("depth", "#440154", "#21908c", "#fde725"),  # viridis
    ],
)
def test_ramps_have_their_ends_and_their_middle(qtbot: QtBot, ramp: str, low: str, middle: str, high: str) -> None:
    image = shown(ramp, -2, 2, np.array([[-2.0, 0, 2], [-9, 0, 9]]))
    for y in (-0.5, 0.5):  # beyond its ends a ramp goes no further
        assert colour(image, -1, y) == low
        assert colour(image, 1, y) == high
    assert np.allclose(channels(colour(image, 0, 0.5)), channels(middle), atol=2)


def channels(name: str) -> list[int]:
    return [int(name[k : k + 2], 16) for k in (1, 3, 5)]


def test_nothing_is_seen_where_a_table_has_no_number(qtbot: QtBot) -> None:
    values = np.where(TABLE == 4, np.nan, TABLE)
    for is_smooth in (False, True):
        image = shown("depth", values=values, is_smooth=is_smooth)
        assert colour(image, 0, 0.5) == BACKGROUND
        assert np.allclose(channels(colour(image, -1, -0.5)), channels("#440154"), atol=2)


def test_a_table_of_one_value_has_a_colour(qtbot: QtBot) -> None:
    image = shown("ink", 3, 3, np.full((2, 2), 3.0))
    assert colour(image, 0, 0.5) == BACKGROUND


def test_smoothing_mixes_neighbours(qtbot: QtBot) -> None:
    def between(is_smooth: bool) -> int:
        image = shown("ink", 0, 1, np.array([[0.0, 1.0]]), is_smooth)
        return len({colour(image, x, 0) for x in np.linspace(-0.7, 0.7, 60)})

    assert between(False) == 2
    assert between(True) > 20


# Bars, bands, arrows, texts --------------------------------------------------------------------------


def test_bars_stand_on_zero_with_air_between_them(qtbot: QtBot) -> None:
    image = painted(Bars("b", "special", np.array([-1.0, 0, 1]), np.array([1.0, -1, 0.5]), breadth=1.0))
    special = LOOK.theme.line("special")
    for x, inside, outside in ((-1, 0.5, -0.1), (-1, 0.95, 1.05), (0, -0.5, 0.1), (0, -0.95, -1.05), (1, 0.45, 0.55)):
        assert colour(image, x, inside) == special
        assert colour(image, x, outside) == BACKGROUND
    assert colour(image, -1.45, 0.5) == special
    assert colour(image, -0.5, 0.5) != special  # a pixel of air
    assert colour(image, 0.9, 0.25) == special


def test_a_bar_without_height_can_be_seen(qtbot: QtBot) -> None:
    image = painted(Bars("b", "special", np.array([0.0]), np.array([0.0])))
    column = {image.pixelColor(200, y).name() for y in range(147, 153)}
    assert LOOK.theme.line("special") in column


@pytest.mark.parametrize("far", [1e3, 1e9, 1e13])
def test_bars_end_at_the_edge_however_high(qtbot: QtBot, far: float) -> None:
    image = painted(Bars("b", "special", np.array([0.0, far]), np.array([far, far])))
    assert colour(image, 0, 0.1) == colour(image, 0, 1.45) == LOOK.theme.line("special")
    assert colour(image, 0, -0.1) == colour(image, 1.5, 0.5) == BACKGROUND


@pytest.mark.parametrize("axis", ["x", "y"])
@pytest.mark.parametrize("is_hatched", [False, True])
def test_a_band_goes_right_across(qtbot: QtBot, axis: str, is_hatched: bool) -> None:
    image = painted(Band("b", "special", axis, 0.5, 1.0, is_hatched))  # type: ignore[arg-type]

    def at(along: float, across: float) -> str:
        return colour(image, *((along, across) if axis == "x" else (across, along)))

    fill = LOOK.theme.mixed("special", lines.FAINT)
    places = [at(along, across) for along in np.linspace(0.53, 0.97, 40) for across in (-1.4, 0.033, 1.4)]
    assert places.count(fill) > len(places) / 2
    assert (set(places) == {fill}) == (not is_hatched)
    assert {at(along, across) for along in (-1.4, 0.4, 1.1) for across in (-1.4, 0, 1.4)} == {BACKGROUND}


@pytest.mark.parametrize(("low", "high", "is_filled"), [(-1e9, 1e9, True), (5, 9, False), (-9, -5, False)])
def test_a_band_beyond_the_pane(qtbot: QtBot, low: float, high: float, is_filled: bool) -> None:
    for axis in ("x", "y"):
        image = painted(Band("b", "special", axis, low, high))  # type: ignore[arg-type]
        found = {colour(image, x, y) for x in (-1.9, 0, 1.9) for y in (-1.4, 0, 1.4)}
        assert found == {LOOK.theme.mixed("special", lines.FAINT) if is_filled else BACKGROUND}


def test_many_arrows_have_their_heads_at_their_tips(qtbot: QtBot) -> None:
    tails = np.array([[-1.5, -1.0], [0, 0], [1, 1]])
    tips = np.array([[-0.5, -1.0], [0, 1.0], [1, 1]])  # the last has no length
    image = painted(Arrows("a", "second", tips, tails))
    second = LOOK.theme.line("second")
    assert colour(image, -1.0, -1.0) == colour(image, 0, 0.5) == second
    for x, y in ((-0.56, -0.975), (-0.56, -1.025), (0.025, 0.94), (-0.025, 0.94)):  # beside the shaft, near the tip
        assert colour(image, x, y) != BACKGROUND
    for x, y in ((-1.44, -0.975), (0.025, 0.06)):  # and not near the tail
        assert colour(image, x, y) == BACKGROUND


def test_no_arrows_and_far_ones(qtbot: QtBot) -> None:
    none = np.empty((0, 2))
    assert painted(Arrows("a", "second", none, none)) == painted()
    image = painted(Arrows("a", "second", np.array([[1e9, 0.0], [1e9, 1e9]]), np.array([[-1e9, 0.0], [1e8, 1e9]])))
    assert colour(image, 0.3, 0) == LOOK.theme.line("second")


def box_of_ink(image: QImage) -> tuple[int, int, int, int] | None:
    """Left, right, top and bottom of what is not background."""
    bare = LOOK.colour("background").rgb()
    inked = [(x, y) for y in range(image.height()) for x in range(image.width()) if image.pixel(x, y) != bare]
    if not inked:
        return None
    xs, ys = zip(*inked)
    return min(xs), max(xs), min(ys), max(ys)


def test_texts_stand_up_and_to_the_right_of_their_points(qtbot: QtBot) -> None:
    box = box_of_ink(painted(Texts("t", "text", np.array([[0.0, 0.0]]), ("12: −3.91 m",))))
    assert box is not None
    left, right, top, bottom = box
    assert 200 < left < 215
    assert right > left + 40
    assert top < 150 - 5
    assert bottom < 152


@pytest.mark.parametrize("at", [(1.98, 0.0), (0.0, 1.48), (1.98, 1.48), (1.98, -1.45)])
def test_texts_stay_in_sight(qtbot: QtBot, at: tuple[float, float]) -> None:
    """Of points at the right edge they stand to the left, of those at the top below."""
    box, free = (box_of_ink(painted(Texts("t", "text", np.array([p]), ("12: −3.91 m",)))) for p in (at, (0.0, 0.0)))
    assert box is not None
    assert free is not None
    assert (box[1] - box[0], box[3] - box[2]) == (free[1] - free[0], free[3] - free[2])  # nothing is cut off


@pytest.mark.parametrize("far", [3.0, 1e9])
def test_texts_of_points_out_of_sight_are_left_out(qtbot: QtBot, far: float) -> None:
    points = np.array([[-far, 0], [0, -far], [far, far]])
    assert box_of_ink(painted(Texts("t", "text", points, ("one", "two", "three")))) is None


def test_texts_do_not_avoid_each_other(qtbot: QtBot) -> None:
    """Unlike labels: they belong to their points, whoever stands there."""
    once = painted(Texts("t", "text", np.zeros((1, 2)), ("−3",)))
    assert box_of_ink(painted(Texts("t", "text", np.zeros((2, 2)), ("−3", "−3")))) == box_of_ink(once)


# Scenes ----------------------------------------------------------------------------------------------

DARK = Look(load("dark"))


def steady() -> list[Mark]:
    """Marks that stay, of every kind that sets something on the painter."""
    x = np.linspace(-2, 2, 60)
    wave = np.stack([x, np.sin(3 * x)], axis=1)
    return [
        Image("ground", "special", np.outer(x, x), (-1.5, 1.5, -1.2, 1.2), -4, 4, "depth", is_smooth=True),
        *fixed_frame(PANE),
        Polygon("area", "negative", np.array([[-1.0, -1], [0.3, -1], [0.1, 0.7]]), is_hatched=True),
        Curve("dashes", "truth", wave, is_dashed=True),
        Points("points", "input", wave[::9], is_hollow=True),
        Dots("dots", "text", wave[::3] + 0.203, groups(20)),
        Texts("words", "input", wave[::15], ("1: −3 m", "2: −4 m", "3: −5 m", "4: −6 m")),
    ]


def moving(k: int) -> list[Mark]:
    """Marks that are others in every frame."""
    at = np.array([0.013 * k, 0.217 - 0.01 * k])
    return [
        Curve("path", "output", np.array([[-1, -1], at, [1.1, 0.3]])),
        Texts("read", "muted", at[None, :], (f"step {k}",)),
        Points("end", "output", at[None, :]),
        Dots("few", "text", at[None, :] + np.array([[0.111, 0.0], [0.0, 0.222]]), groups(2)),
        Arrow("v", "first", at, np.zeros(2)),
        Label("v's name", "first", at, "v"),
    ]


class Screen:
    """A scene item and what it paints."""

    def __init__(self) -> None:
        self.box = pg.ViewBox()
        self.item = SceneItem(self.box)

    def show(self, marks: Sequence[Mark], pane: PaneView = PANE, look: Look = LOOK, ratio: float = 1.0) -> QImage:
        self.item.show_marks(marks, pane, look)
        return self.paint(look, ratio)

    def paint(self, look: Look = LOOK, ratio: float = 1.0) -> QImage:
        image = QImage(round(400 * ratio), round(300 * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(look.colour("background"))
        painter = QPainter(image)
        self.item.paint(painter, QStyleOptionGraphicsItem())
        painter.end()
        return image

    @property
    def kept(self) -> int:
        """How many marks are painted from a picture."""
        return len(self.item._ground.marks) if self.item._ground else 0


def fresh(marks: Sequence[Mark], pane: PaneView = PANE, look: Look = LOOK, ratio: float = 1.0) -> QImage:
    """What an item paints that has kept nothing."""
    screen = Screen()
    image = screen.show(marks, pane, look, ratio)
    assert screen.kept == 0
    return image


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("look", [LOOK, DARK, Look(load("light"), is_projector=True)])
def test_the_kept_ground_is_not_seen(qtbot: QtBot, look: Look, ratio: float) -> None:
    """Pixel for pixel: what comes after it is painted as if all had been."""
    screen, ground = Screen(), steady()
    for k in range(4):
        marks = [*ground, *moving(k)]
        assert screen.show(marks, look=look, ratio=ratio) == fresh(marks, look=look, ratio=ratio)
        assert screen.kept == (len(ground) if k else 0)


def test_a_scene_that_stands_still_is_kept_as_a_whole(qtbot: QtBot) -> None:
    screen, marks = Screen(), [*steady(), *moving(1)]
    images = [screen.show(marks) for _ in range(3)]
    assert images[0] == images[1] == images[2] == screen.paint() == fresh(marks)
    assert screen.kept == len(marks)


def test_ground_grows_with_the_marks_that_stay(qtbot: QtBot) -> None:
    """A few more are not worth a picture of their own."""
    screen, marks = Screen(), steady()
    for _ in range(2):
        screen.show([*marks[:6], *moving(1)])
    assert screen.kept == 6
    for _ in range(2):
        screen.show([*marks[: 6 + FEWEST - 1], *moving(2)])
    assert screen.kept == 6
    for k in range(2):
        more = [*marks[: 6 + FEWEST], *moving(3 + k)]
        assert screen.show(more) == fresh(more)
    assert screen.kept == 6 + FEWEST


@pytest.mark.parametrize("fewer", [1, 4])
def test_a_ground_of_which_a_mark_is_gone_or_new_is_dropped(qtbot: QtBot, fewer: int) -> None:
    screen, marks = Screen(), steady()
    for _ in range(2):
        screen.show([*marks, *moving(1)])
    short = marks[:-fewer]
    assert screen.show(short) == fresh(short)
    changed = [*marks[:-fewer], Polygon("new", "positive", SQUARE / 100), *marks[-fewer:]]
    for _ in range(2):
        assert screen.show(changed) == fresh(changed)
    other = [replace(marks[0], low=-9), *marks[1:]]  # the same in all but its colours
    assert screen.show(other) == fresh(other)
    assert screen.kept == 0


def test_another_view_or_look_drops_the_ground(qtbot: QtBot) -> None:
    screen, marks = Screen(), steady()
    for pane, look in ((PANE, LOOK), (PANE.zoomed(0.7), LOOK), (PANE.moved(0.01, 0), LOOK), (PANE, LOOK), (PANE, DARK)):
        assert screen.show(marks, pane, look) == fresh(marks, pane, look)
        assert screen.kept == 0
        assert screen.show(marks, pane, look) == fresh(marks, pane, look)
        assert screen.kept == len(marks)


def test_what_is_not_seen_gives_its_memory_back(qtbot: QtBot) -> None:
    screen, marks = Screen(), steady()
    for _ in range(2):
        screen.show(marks)
    screen.item.forget()
    assert screen.kept == 0
    assert screen.paint() == fresh(marks)
    assert screen.kept == 0


def test_another_screen_paints_its_own_ground(qtbot: QtBot) -> None:
    """A picture kept for plain pixels would be coarse on a screen with twice as many, as a copy of it may have."""
    screen, marks = Screen(), steady()
    for _ in range(2):
        screen.show(marks)
    assert screen.show(marks, ratio=2.0) == fresh(marks, ratio=2.0)
