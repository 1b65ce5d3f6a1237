"""Formulas typeset by typst, whose markup is written from our own trees only: typed text never reaches it."""

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mmlviz.core import formula as f
from mmlviz.qt.look import Look

SIZE = 18  # points at a desk; 24 pixels
_SYMBOLS = {"λ": "lambda", "Δ": "Delta", "γ": "gamma", "θ": "theta", "ε": "epsilon", "σ": "sigma"}
_NAMES = {"det", "sin", "cos", "ln", "arctan", "exp"}
_OPERATORS = {
    "=": "=",
    "≈": "approx",
    "+": "+",
    "−": "minus",
    "±": "plus.minus",
    "·": "dot.op",
    "⋯": "dots.c",
    "<": "<",
    "→": "->",
    ",": ", quad",
    ", ": ",",
    "(": "(",
    ")": ")",
}


# Formulas made of other formulas.
PATTERNS: dict[type[f.Node], str] = {
    f.Fraction: "{}\\/{}", f.Power: "{}^({})", f.Sub: "{}_({})", f.Root: "sqrt({})", f.Over: "frac({}, {})",
}  # fmt: skip


def markup(node: f.Node, look: Look) -> str:
    """The formula in typst's mathematics mode."""
    match node:
        case f.Text(text):
            return _text(text)
        case f.Symbol(name, is_bold):
            symbol = _SYMBOLS.get(name, name)
            return f"bold({symbol})" if is_bold else symbol
        case f.Matrix(rows):
            return _matrix([", ".join(markup(x, look) for x in row) for row in rows])
        case f.Row(parts):
            return " ".join(markup(p, look) for p in parts)
        case f.Coloured(role, part):
            return f'#text(fill: rgb("{look.theme.text(role)}"))[${markup(part, look)}$]'
    return PATTERNS[f.kind(node, PATTERNS)].format(*(markup(part, look) for part in f.parts(node)))


def _text(text: str) -> str:
    if text.strip() in _NAMES:
        return f'op("{text.strip()}")'
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return _OPERATORS.get(text, f'"{quoted}"')


def _matrix(rows: list[str]) -> str:
    """Rows of mat: after an entry that ends in code, #text(…)[…], the first ; ends the code and not the row."""
    body = "".join(row + (";; " if row.endswith("]") else "; ") for row in rows[:-1]) + rows[-1]
    return f"mat({body})"


def document(node: f.Node, look: Look) -> str:
    """A page that is just as large as the formula."""
    return (
        "#set page(width: auto, height: auto, margin: 1pt, fill: none)\n"
        f'#set text(size: {SIZE * look.scale}pt, fill: rgb("{look.theme.text("text")}"))\n'
        '#set math.mat(delim: "(", row-gap: 0.45em, column-gap: 0.8em)\n'
        f"$ {markup(node, look)} $"
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
