"""Picture files: the same as on the screen, of the promised size, and lines where lines are promised."""

import os
import re
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from mmlviz.core.marks import Label
from mmlviz.labs import LABS
from mmlviz.qt import export
from mmlviz.qt.canvas import Canvas
from mmlviz.qt.items import vectors
from mmlviz.qt.sheet import Sheet
from mmlviz.shell.pictures import Wish, off_screen
from mmlviz.shell.tab import Tab

SVG = "{http://www.w3.org/2000/svg}"
ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")  # Qt knows the prefix, not the name behind it
BLOCK = 10  # pixels: what is compared are means over squares, since each painter smooths edges its own way
# Link, and how many pictures its files may hold: heat maps with their scale, digits, crowds.
STATES = {
    "mmlviz:matrix?matrix=1/2,-1;0,-3/4&vector=3,2": 0,
    "mmlviz:matrix?matrix=2,1;1,1/2": 0,
    "mmlviz:eigen": 0,
    "mmlviz:eigen?matrix=-2,-3;1,1&vector=1,0": 0,
    "mmlviz:sandpit?dips=3,3;1,2": 0,
    "mmlviz:sandpit?mode=practice&rate=0.8&start=2,4.5": 2,
    "mmlviz:taylor": 1,
    "mmlviz:taylor?f=2/(x^2-x)&centre=0.5&order=4&probe=0.75&plane=no&steps=yes&widths=yes&ghosts=yes": 0,
    "mmlviz:taylor?plane=no&table=yes": 0,
    "mmlviz:pca": 0,
    "mmlviz:pca?points=6000": 1,
    "mmlviz:pca?data=digits&k=21": 3,
}
LOOKS = (("light", False, True), ("dark", False, False), ("light", True, True))


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}{'-projector' * look[1]}")
def wish(request: pytest.FixtureRequest) -> Wish:
    theme, is_projector, has_strip = request.param
    return Wish(1301 if is_projector else 901, 801, theme, is_projector, has_strip=has_strip)


@pytest.fixture(params=STATES)
def link(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tab(qtbot: QtBot, link: str, wish: Wish) -> Iterator[Tab]:
    with off_screen(LABS, link, wish) as tab:
        yield tab


def numbers(image: QImage) -> NDArray[np.int64]:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), :3].astype(np.int64)


def differences(one: NDArray[np.int64], other: NDArray[np.int64]) -> tuple[float, float]:
    """Mean and fourth largest difference, from 0 to 255, of means over blocks: a halo may differ here or there."""
    height, width = (n // BLOCK * BLOCK for n in one.shape[:2])
    way = (one - other)[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, 3).mean(axis=(1, 3))
    return float(abs(way).mean()), float(np.sort(abs(way).max(axis=2), axis=None)[-4])


def rasterised(written: bytes) -> NDArray[np.int64]:
    """An SVG as Qt draws it, and clipped here: Qt's reader does not know clip-path, which browsers do."""
    root = ET.fromstring(written)
    body = root.find(f"{SVG}g")
    assert body is not None
    areas = {c.get("id"): corners(c[0].get("d", "")) for c in root.iter(f"{SVG}clipPath")}
    image = QImage(int(root.get("width", 0)), int(root.get("height", 0)), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for clip, parts in groupby(list(body), key=lambda part: part.get("clip-path", "")):
        alone = ET.Element(root.tag, root.attrib)
        ET.SubElement(alone, body.tag, body.attrib).extend(parts)
        painter.setClipping(False)
        if clip:
            painter.setClipRect(areas[clip.removeprefix("url(#").removesuffix(")")])
        QSvgRenderer(QByteArray(ET.tostring(alone))).render(painter, QRectF(image.rect()))
    painter.end()
    return numbers(image)


def corners(path: str) -> QRectF:
    points = np.array([p.split(",") for p in re.findall(r"[\d.e+-]+,[\d.e+-]+", path)], float)
    low, high = points.min(axis=0), points.max(axis=0)
    return QRectF(low[0], low[1], high[0] - low[0], high[1] - low[1])


# The same as on the screen ----------------------------------------------------------------------


def test_files_show_what_the_screen_shows(tab: Tab, wish: Wish, link: str) -> None:
    sheet = tab.sheet(wish.has_strip)
    assert (sheet.width, sheet.height) == (wish.width, wish.height)
    screen = numbers(tab.picture().toImage())
    png = numbers(QImage.fromData(export.png(sheet, 1.0)))
    assert png.shape == (wish.height, wish.width, 3)
    shown = [part for part in tab.panes.findChildren(QWidget) if isinstance(part, Canvas | QLabel)]
    for part in shown:  # between them the screen has grips, that a picture does not need
        if part.isVisibleTo(tab.panes) and (isinstance(part, Canvas) or part.objectName() == "heading"):
            at = part.mapTo(tab.panes, QPoint(0, 0))
            place = slice(at.y(), at.y() + part.height()), slice(at.x(), at.x() + part.width())
            # Qt begins to count dashes at the edge of what it paints on: those of one line may be shifted.
            assert (abs(png[place] - screen[place]) > 3).mean() < 0.004
    mean, most = differences(rasterised(export.svg(sheet)), png)
    assert mean < 1
    assert most < (36 if STATES[link] else 32)  # the rims of labels count for more on a coloured ground


@pytest.mark.parametrize("link", ["mmlviz:matrix?matrix=2,1;1,1/2", "mmlviz:taylor"], indirect=True)
def test_a_label_that_is_missing_would_be_noticed(tab: Tab, wish: Wish) -> None:
    sheet = tab.sheet(wish.has_strip)
    png = numbers(QImage.fromData(export.png(sheet, 1.0)))
    item = tab.main_canvas.item
    label = max((mark for mark in item.marks if isinstance(mark, Label)), key=lambda mark: len(mark.text))
    item.marks = [mark for mark in item.marks if mark is not label]
    assert differences(rasterised(export.svg(sheet)), png)[1] > 32


def test_the_strip_is_that_of_the_screen(tab: Tab, wish: Wish) -> None:
    if wish.has_strip:
        png = numbers(QImage.fromData(export.png(tab.sheet(True), 1.0)))
        for part in (tab.strip.formulas, tab.strip.words):
            inside = part.geometry()
            screen = numbers(tab.strip.grab(inside).toImage())
            top = tab.strip.y() - tab.panes.y() + inside.y()
            same = png[top : top + len(screen), inside.x() : inside.x() + screen.shape[1]]
            assert screen.std() > 1  # there is something
            mean, most = differences(same, screen)  # the screen scales pixels where there is too little room
            if part.bar.isHidden():
                assert mean < 2.5
                assert most < 32
            else:
                assert most > 32  # all of it, and so smaller


def test_nothing_of_the_strip_is_cut_off_on_paper(tab: Tab, wish: Wish) -> None:
    if wish.has_strip:
        tab.sheet(True)
        formulas, words = tab.strip.formulas, tab.strip.words
        places = formulas.on_paper(tab.look)
        assert len(places) == len(formulas._pictures) > 0
        for (_, y, shrink), picture in zip(places, formulas._pictures, strict=True):
            assert y + picture.deviceIndependentSize().height() * shrink <= formulas.height() + 1
        assert 0 < sum(high for _, high, _ in words.on_paper(tab.look)) <= words.height()


@pytest.mark.parametrize("link", ["mmlviz:eigen"], indirect=True)
@pytest.mark.parametrize("ratio", [0.5, 2.0, 2.7])
def test_a_png_has_the_promised_pixels(tab: Tab, wish: Wish, ratio: float) -> None:
    sheet = tab.sheet(wish.has_strip)
    image = QImage.fromData(export.png(sheet, ratio))
    assert (image.width(), image.height()) == (int(wish.width * ratio + 0.5), int(wish.height * ratio + 0.5))
    smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    small = image.scaled(QSize(wish.width, wish.height), *smooth)
    assert differences(numbers(small), numbers(export.image(sheet, 1.0)))[0] < 3


# Vectors ----------------------------------------------------------------------------------------


def test_an_svg_is_sound_and_holds_pictures_only_where_it_must(tab: Tab, wish: Wish, link: str) -> None:
    root = ET.fromstring(export.svg(tab.sheet(wish.has_strip)))
    assert (root.get("width"), root.get("height")) == (str(wish.width), str(wish.height))
    assert root.get("viewBox") == f"0 0 {wish.width} {wish.height}"
    assert len(list(root.iter(f"{SVG}image"))) == STATES[link]
    assert not list(root.iter(f"{SVG}text"))  # a reader may lack the typeface
    assert len(list(root.iter(f"{SVG}path"))) > 20
    assert root.findtext(f"{SVG}title") == tab.lab.title


def test_every_pane_of_an_svg_is_cut_off_at_its_edge(tab: Tab, wish: Wish) -> None:
    root = ET.fromstring(export.svg(tab.sheet(wish.has_strip)))
    areas = [corners(c[0].get("d", "")) for c in root.iter(f"{SVG}clipPath")]
    for canvas in tab.canvases.values():
        if canvas.isVisible():
            place = QRectF(canvas.viewport().rect()).translated(
                canvas.viewport().mapTo(tab.panes, canvas.rect().topLeft())
            )
            assert place in areas


def test_a_pdf_is_one_page_of_its_size_with_shapes_alone(tab: Tab, wish: Wish, link: str) -> None:
    written = export.pdf(tab.sheet(wish.has_strip))
    box = re.search(rb"/MediaBox \[([^\]]+)\]", written)
    assert box is not None
    x0, y0, x1, y1 = map(float, box[1].split())
    assert (x1 - x0, y1 - y0) == pytest.approx((wish.width * 0.75, wish.height * 0.75), abs=1e-3)
    assert len(re.findall(rb"/Type /Page\b", written)) == 1
    assert b"/FontFile" not in written
    assert b"DCTDecode" not in written  # JPEG would smear what is embedded
    shapes = [p for p in streams(written) if re.search(rb"\d m\s", p)]
    assert sum(p.count(b"\n") for p in shapes) > 500
    images = re.findall(rb"/Subtype /Image[^>]*", written)
    assert sum(b"DeviceRGB" in image for image in images) == STATES[link]  # the others are their masks


def streams(written: bytes) -> Iterator[bytes]:
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", written, re.DOTALL):
        try:
            yield zlib.decompressobj().decompress(raw)  # its last byte may be taken for a part of the line's end
        except zlib.error:
            yield raw


def test_places_of_a_pdf_do_not_move_when_its_page_gets_its_quarters_back(qtbot: QtBot) -> None:
    """Every offset that a PDF holds still points at its object."""
    written = export.pdf(Sheet(1001, 703, "a (b) & c", lambda painter: painter.drawLine(0, 0, 1001, 703)))
    start = int(re.findall(rb"startxref\s+(\d+)", written)[-1])
    assert written[start:].startswith(b"xref")
    for k, offset in enumerate(re.findall(rb"(\d{10}) \d{5} n", written[start:]), 1):
        assert written[int(offset) :].startswith(b"%d 0 obj" % k)


def test_pieces_are_joined_where_they_meet(qtbot: QtBot) -> None:
    ends = np.array([[0.0, 0], [1, 0], [1, 0], [2, 1], [5, 5], [6, 6]])
    assert vectors.pieces(ends, is_joined=True).elementCount() == 5
    assert vectors.pieces(ends, is_joined=False).elementCount() == 6
    assert vectors.pieces(ends[:0], is_joined=True).isEmpty()
    moves = [vectors.pieces(ends, is_joined=True).elementAt(k).isMoveTo() for k in range(5)]
    assert moves == [True, False, False, True, False]


def test_the_screen_is_no_vector_device(qtbot: QtBot) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    assert not vectors.is_vector(painter)
    painter.end()


# Files ------------------------------------------------------------------------------------------

PLAIN = Sheet(200, 100, "plain", lambda painter: painter.drawLine(0, 0, 200, 100))


@pytest.mark.parametrize("ending", export.FORMATS)
def test_a_file_replaces_the_one_before_as_a_whole(tmp_path: Path, qtbot: QtBot, ending: str) -> None:
    path = tmp_path / f"picture.{ending}"
    path.write_bytes(b"before")
    path.chmod(0o640)
    export.save(PLAIN, path)
    start = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[ending]
    assert path.read_bytes().startswith(start)
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_leaves_the_file_before(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "picture.svg"
    path.write_bytes(b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        export.save(PLAIN, path)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_png_says_how_large_it_is_on_paper(qtbot: QtBot) -> None:
    buffer = QBuffer()
    buffer.setData(export.png(PLAIN, 2.0))
    image = QImage.fromData(buffer.data())
    assert (image.width(), image.height()) == (400, 200)
    assert image.dotsPerMeterX() == pytest.approx(2 * 96 / 0.0254, abs=1)
