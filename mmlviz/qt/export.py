"""A sheet as PNG, SVG or PDF. Sizes are exact: a pixel at a desk is 1/96 inch on paper."""

import re
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from mmlviz.core.writing import write_whole
from mmlviz.qt.sheet import Sheet

FORMATS = ("png", "svg", "pdf")
PER_INCH = 96  # pixels at a desk


def save(sheet: Sheet, path: Path, ratio: float = 1.0) -> None:
    """Write the sheet in the format of the path's ending, PNG with so many pixels to one at a desk; raises OSError."""
    made = {"png": lambda: png(sheet, ratio), "svg": lambda: svg(sheet), "pdf": lambda: pdf(sheet)}
    write_whole(path, made[path.suffix.lower()[1:]]())


def pixels(sheet: Sheet, ratio: float) -> QSize:
    """How large the sheet becomes in pixels."""
    return (QSizeF(sheet.width, sheet.height) * ratio).toSize()


def image(sheet: Sheet, ratio: float) -> QImage:
    """The sheet in pixels, `ratio` of them to one at a desk."""
    made = QImage(pixels(sheet, ratio), QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(ratio)
    painter = QPainter(made)
    sheet.paint(painter)
    painter.end()
    return made


def png(sheet: Sheet, ratio: float) -> bytes:
    """The sheet as PNG, as large on paper whatever the ratio."""
    made = image(sheet, ratio)
    per_metre = round(PER_INCH * ratio / 0.0254)
    made.setDotsPerMeterX(per_metre)
    made.setDotsPerMeterY(per_metre)
    return png_of(made)


def png_of(made: QImage) -> bytes:
    """Pixels as PNG."""
    buffer = _buffer()
    QImageWriter(buffer, b"png").write(made)
    return _bytes(buffer)


def svg(sheet: Sheet) -> bytes:
    """The sheet as SVG 1.1; the smaller profile knows no clipping."""
    buffer = _buffer()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(PER_INCH)
    generator.setSize(QSize(sheet.width, sheet.height))
    generator.setViewBox(QRectF(0, 0, sheet.width, sheet.height))
    generator.setTitle(sheet.title)
    generator.setDescription("Drawn with mmlviz")
    painter = QPainter(generator)
    sheet.paint(painter)
    painter.end()
    # Qt writes millimetres with six digits, from which readers get 1599.99 pixels.
    size = f'width="{sheet.width}" height="{sheet.height}"'.encode()
    return re.sub(rb'width="[\d.]+mm" height="[\d.]+mm"', size, _bytes(buffer), count=1)


def pdf(sheet: Sheet) -> bytes:
    """The sheet as a page of its own size, without margins."""
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setResolution(PER_INCH)
    points = QSizeF(sheet.width, sheet.height) * (72 / PER_INCH)
    page = QPageSize(points, QPageSize.Unit.Point, sheet.title, QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(sheet.title)
    writer.setCreator("mmlviz")
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # else pictures become JPEG
    sheet.paint(painter)
    painter.end()
    return _with_exact_page(_bytes(buffer), points)


def _with_exact_page(written: bytes, points: QSizeF) -> bytes:
    """Qt rounds the page to whole points: here it gets its quarters back, below, in as many bytes as before."""

    def exact(box: re.Match[bytes]) -> bytes:
        top = float(box[1].split()[3])
        made = f"0 {top - points.height():g} {points.width():g} {top:g}".encode()
        return b"/MediaBox [" + made.ljust(len(box[1])) + b"]"

    return re.sub(rb"/MediaBox \[([^\]]+)\]", exact, written, count=1)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _bytes(buffer: QBuffer) -> bytes:
    held: QByteArray = buffer.data()
    return bytes(held.data())
