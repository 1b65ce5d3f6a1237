"""Pictures from files, as pixels. numpy has no decoder, Qt has."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from mmlviz.data import resource

BUILT_IN = "pictures/bear.png"
LARGEST = 4000  # pixels along a side; opened, such a picture takes 64 MB
HEAVIEST = 200_000_000  # bytes of a file; pixels are stored in at most eight each
FORMATS = {"png": "PNG", "jpeg": "JPEG"}  # what Qt calls them; SVG would be a program of its own
SCAN, END = b"\xda", b"\xff\xd9"  # markers of a JPEG file: after a 0xff, of the picture itself; of its end

Pixels = NDArray[np.uint8]


def load(path: str) -> Pixels | str:
    """The pixels of a PNG or JPEG file as a mark Picture has them, upright and read-only, or a sentence for a person.

    The empty path is the built-in picture. The same array comes again as long as the file is the same, so that this
    may be asked with every frame. Where a sentence comes, show it and the built-in picture, and keep the path.
    """
    place = Path(path) if path else resource(BUILT_IN)
    try:
        if not place.is_file():  # nor a folder, nor a pipe that nobody writes to
            return f"The picture {place.name} was not found."
        about = place.stat()
        if about.st_size > HEAVIEST:
            return f"{place.name} is too large a file: at most {HEAVIEST // 10**6} MB can be opened."
        return _read(place, about.st_mtime_ns, about.st_size)
    except (OSError, ValueError) as error:  # a path may be none at all
        return f"The picture {place.name} could not be read: {getattr(error, 'strerror', None) or error}."


@lru_cache(maxsize=2)
def _read(place: Path, changed: int, size: int) -> Pixels | str:
    """What a file holds; when it was changed, and its size, tell one from another at the same place."""
    data = place.read_bytes()
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)  # which sees the content and not the name: names lie
    reader.setAutoTransform(True)  # a camera says how it was held
    form = bytes(reader.format().data()).decode()
    if form not in FORMATS:
        return f"{place.name} is not a PNG or JPEG picture."
    wanted = _turned(reader)
    if max(wanted.width(), wanted.height()) > LARGEST:  # before a pixel is unpacked
        found = f"{wanted.width():,} × {wanted.height():,}"
        return f"{place.name} has {found} pixels: at most {LARGEST:,} × {LARGEST:,} can be opened."
    is_whole = wanted.isValid() and (form != "jpeg" or is_whole_jpeg(data))
    image = reader.read() if is_whole else QImage()
    return f"{place.name} is a broken {FORMATS[form]} file." if image.isNull() else pixels_of(image)


def _turned(reader: QImageReader) -> QSize:
    """The size of the picture when it is upright."""
    is_turned = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
    return reader.size().transposed() if is_turned else reader.size()


def is_whole_jpeg(data: bytes) -> bool:
    """Whether a JPEG file goes on to the end of its picture; Qt takes one that was cut off, and paints the rest grey.

    The segments before the picture, each with its length (ITU T.81, B.1.1), are stepped over: a small picture in
    them has an end of its own. What cameras append behind the end is no matter.
    """
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] not in {SCAN, b""}:
        is_filling = data[at + 1] == 0xFF
        at += 1 if is_filling else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data.find(END, at) >= 0


def pixels_of(image: QImage) -> Pixels:
    """An image as (h, w, 3), or (h, w, 4) where it can be seen through; read-only."""
    clear = image.hasAlphaChannel()
    made = image.convertToFormat(QImage.Format.Format_RGBA8888 if clear else QImage.Format.Format_RGB888)
    channels = 4 if clear else 3
    rows = np.frombuffer(made.constBits(), np.uint8).reshape(made.height(), made.bytesPerLine())
    pixels = rows[:, : made.width() * channels].reshape(made.height(), made.width(), channels).copy()
    pixels.flags.writeable = False
    return pixels
