"""Formulas typeset by typst, as pictures and as drawings."""

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mmlviz.core import formula as f
from mmlviz.core.typst import markup
from mmlviz.qt.look import Look

SIZE = 18  # points at a desk; 24 pixels


def document(node: f.Node, look: Look) -> str:
    """A page that is just as large as the formula."""
    return (
        "#set page(width: auto, height: auto, margin: 1pt, fill: none)\n"
        f'#set text(size: {SIZE * look.scale}pt, fill: rgb("{look.theme.text("text")}"))\n'
        '#set math.mat(delim: "(", row-gap: 0.45em, column-gap: 0.8em)\n'
        f"$ {markup(node, look.theme.text)} $"
    )


@lru_cache(maxsize=1)
def _compiler() -> Any:
    """One compiler for all, used on the GUI thread only; typst is loaded at the first formula."""
    import typst

    return typst.Compiler(ignore_system_fonts=True)


def _renderer(source: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_compiler().compile(source.encode(), format="svg")))


@lru_cache(maxsize=8)  # a live formula hardly ever comes back; one picture takes up to 300 kB
def _drawn(source: str, pixel_ratio: float) -> QPixmap:
    renderer = _renderer(source)
    size = renderer.defaultSize() * (96 / 72)  # points to pixels
    pixmap = QPixmap(QSize(round(size.width() * pixel_ratio), round(size.height() * pixel_ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(pixel_ratio)
    return pixmap


def typeset(node: f.Node, look: Look, pixel_ratio: float) -> QPixmap:
    """The formula as a picture."""
    return _drawn(document(node, look), pixel_ratio)


def drawing(node: f.Node, look: Look) -> QSvgRenderer:
    """The formula as lines and areas, for devices without pixels."""
    return _renderer(document(node, look))
