"""Picture files: real ones, written here, whole, turned, too large, broken and none."""

import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from mmlviz.data import resource
from mmlviz.qt import picture_files
from mmlviz.qt.picture_files import load

RED, BLUE = (220, 20, 30), (20, 30, 220)


def halves(width: int, height: int, form: QImage.Format = QImage.Format.Format_RGB32) -> QImage:
    """Red on the left, blue on the right."""
    image = QImage(width, height, form)
    image.fill(QColor(*BLUE))
    left = QImage(width // 2, height, QImage.Format.Format_RGB32)
    left.fill(QColor(*RED))
    for x in range(width // 2):
        for y in range(height):
            image.setPixelColor(x, y, QColor(*RED))
    return image


def written(image: QImage, form: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, form, 95)
    return bytes(buffer.data().data())


def file(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def held(data: bytes, orientation: int, thumbnail: bytes = b"") -> bytes:
    """A JPEG with an Exif segment that says how the camera was held (tag 0x112, Exif 2.3)."""
    tags = b"\x00\x01" + b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2, "big") + bytes(6)
    body = b"Exif\0\0" + b"MM\0*\0\0\0\x08" + tags + thumbnail
    return data[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + data[2:]


def said(path: str) -> str:
    found = load(path)
    assert isinstance(found, str)
    assert found.endswith(".")
    assert "\n" not in found
    return found


@pytest.mark.parametrize(("form", "slack"), [("png", 0), ("jpg", 12)])
def test_a_picture_becomes_its_pixels(qtbot: QtBot, tmp_path: Path, form: str, slack: int) -> None:
    pixels = load(file(tmp_path, f"Ein Bär.{form}", written(halves(31, 20), form)))
    assert isinstance(pixels, np.ndarray)
    assert (pixels.shape, pixels.dtype) == ((20, 31, 3), np.uint8)
    assert abs(pixels[:, :12].astype(int) - RED).max() <= slack
    assert abs(pixels[:, 20:].astype(int) - BLUE).max() <= slack
    assert not pixels.flags.writeable
    assert pixels.flags.c_contiguous


@pytest.mark.parametrize("form", ["Format_Grayscale8", "Format_Indexed8", "Format_Mono", "Format_RGBX64"])
def test_other_depths_are_read(qtbot: QtBot, tmp_path: Path, form: str) -> None:
    image = QImage(13, 7, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    made = image.convertToFormat(getattr(QImage.Format, form))
    pixels = load(file(tmp_path, "a.png", written(made, "png")))
    assert isinstance(pixels, np.ndarray)
    assert pixels.shape == (7, 13, 3)
    assert (pixels == 255).all()


def test_what_can_be_seen_through_has_a_fourth_number(qtbot: QtBot, tmp_path: Path) -> None:
    image = halves(20, 10, QImage.Format.Format_ARGB32)
    image.setPixelColor(3, 2, QColor(10, 200, 30, 128))
    pixels = load(file(tmp_path, "a.png", written(image, "png")))
    assert isinstance(pixels, np.ndarray)
    assert pixels.shape == (10, 20, 4)
    assert pixels[2, 3].tolist() == [10, 200, 30, 128]
    assert pixels[2, 4].tolist() == [*RED, 255]


@pytest.mark.parametrize(
    ("orientation", "shape", "red"),
    [
        (1, (20, 40), np.s_[:, :15]),
        (2, (20, 40), np.s_[:, 25:]),  # a mirror
        (3, (20, 40), np.s_[:, 25:]),
        (6, (40, 20), np.s_[:15, :]),  # to be turned to the right
        (8, (40, 20), np.s_[25:, :]),
    ],
)
def test_a_picture_is_upright_however_the_camera_was_held(
    qtbot: QtBot, tmp_path: Path, orientation: int, shape: tuple[int, int], red: tuple[slice, slice]
) -> None:
    pixels = load(file(tmp_path, "a.jpg", held(written(halves(40, 20), "jpg"), orientation)))
    assert isinstance(pixels, np.ndarray)
    assert pixels.shape[:2] == shape
    assert abs(pixels[red].astype(int) - RED).max() <= 12


def test_the_content_counts_and_not_the_name(qtbot: QtBot, tmp_path: Path) -> None:
    assert isinstance(load(file(tmp_path, "a.png", written(halves(8, 8), "jpg"))), np.ndarray)
    assert isinstance(load(file(tmp_path, "b", written(halves(8, 8), "png"))), np.ndarray)


@pytest.mark.parametrize("size", [(4001, 2), (2, 4001)])
def test_one_pixel_too_many_is_refused(qtbot: QtBot, tmp_path: Path, size: tuple[int, int]) -> None:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(0)
    for form in ("png", "jpg"):
        sentence = said(file(tmp_path, f"wide.{form}", written(image, form)))
        assert sentence.startswith(f"wide.{form} has {size[0]:,} × {size[1]:,} pixels: at most 4,000 × 4,000")
    turned = said(file(tmp_path, "turned.jpg", held(written(image, "jpg"), 6)))
    assert f"{size[1]:,} × {size[0]:,}" in turned


def test_the_largest_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    image = QImage(4000, 4000, QImage.Format.Format_Grayscale8)
    image.fill(7)
    pixels = load(file(tmp_path, "large.png", written(image, "png")))
    assert isinstance(pixels, np.ndarray)
    assert pixels.shape == (4000, 4000, 3)
    picture_files._read.cache_clear()


def test_a_small_file_that_unpacks_to_gigabytes_is_not_unpacked(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bytearray(written(halves(8, 8), "png"))
    data[16:24] = (10**9).to_bytes(4, "big") * 2  # width and height, whose checksum is then wrong
    assert not isinstance(load(file(tmp_path, "bomb.png", bytes(data))), np.ndarray)
    monkeypatch.setattr(picture_files, "HEAVIEST", 50)
    assert "too large a file" in said(file(tmp_path, "heavy.png", written(halves(8, 8), "png")))


@pytest.mark.parametrize("form", ["png", "jpg"])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.98])
def test_a_file_that_was_cut_off_is_broken(qtbot: QtBot, tmp_path: Path, form: str, share: float) -> None:
    image = QImage.fromData(resource("pictures/bear.png").read_bytes()).scaled(200, 200)
    data = written(image, form)
    sentence = said(file(tmp_path, f"cut.{form}", data[: int(len(data) * share)]))
    assert sentence.startswith("cut.")
    assert "is a broken" in sentence


def test_a_small_picture_inside_does_not_make_up_for_the_end(qtbot: QtBot, tmp_path: Path) -> None:
    whole = held(written(halves(64, 64), "jpg"), 1, thumbnail=written(halves(8, 8), "jpg"))
    assert isinstance(load(file(tmp_path, "a.jpg", whole)), np.ndarray)
    assert isinstance(load(file(tmp_path, "b.jpg", whole + b"a film, appended by a camera \xff\xda")), np.ndarray)
    assert "broken JPEG" in said(file(tmp_path, "c.jpg", whole[:-60]))
    filled = whole[:2] + b"\xff\xff" + whole[2:]  # a marker may be filled up
    assert picture_files.is_whole_jpeg(filled)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("notes.png", b"These are no pixels but words.\n" * 40, "notes.png is not a PNG or JPEG picture."),
        ("empty.jpg", b"", "empty.jpg is not a PNG or JPEG picture."),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "a.svg is not a PNG or JPEG"),
        ("b.png", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "b.png is not a PNG or JPEG"),
        ("a.bmp", None, "a.bmp is not a PNG or JPEG picture."),
    ],
)
def test_what_is_no_such_picture_is_told(
    qtbot: QtBot, tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    given = written(halves(4, 4), "bmp") if data is None else data
    assert said(file(tmp_path, name, given)).startswith(words)


def test_what_is_not_there_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    assert said(str(tmp_path / "gone.png")) == "The picture gone.png was not found."
    assert "was not found" in said(str(tmp_path))
    assert said("x" * 900)
    assert said("a\0b.png")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.png")
        assert "was not found" in said(str(tmp_path / "pipe.png"))


def test_what_may_not_be_read_is_told(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    path = file(tmp_path, "mine.png", written(halves(4, 4), "png"))
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert said(path) == "The picture mine.png could not be read: Permission denied."


def test_a_file_is_read_once_until_it_changes(qtbot: QtBot, tmp_path: Path) -> None:
    path = file(tmp_path, "a.png", written(halves(10, 10), "png").ljust(600, b"\0"))
    first = load(path)
    assert load(path) is first
    file(tmp_path, "a.png", written(halves(12, 10), "png").ljust(600, b"\0"))
    os.utime(path, ns=(1, 1))
    changed = load(path)
    assert isinstance(changed, np.ndarray)
    assert changed.shape == (10, 12, 3)


def test_the_built_in_picture_is_small_and_its_mirror_image_another(qtbot: QtBot) -> None:
    pixels = load("")
    assert isinstance(pixels, np.ndarray)
    assert pixels.shape == (1000, 1000, 3)
    assert resource("pictures/bear.png").stat().st_size < 100_000
    whole = pixels.astype(float)
    for other in (whole[:, ::-1], whole[::-1], whole.transpose(1, 0, 2), whole[::-1, ::-1].transpose(1, 0, 2)):
        assert abs(whole - other).mean() > 10
