"""The words of the reading strip: one sentence, warnings, and values by name."""

from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy

from mmlviz.core.lab import Reading
from mmlviz.qt.items.vectors import is_vector, write
from mmlviz.qt.items.words import laid
from mmlviz.qt.look import Look
from mmlviz.qt.scrolled import Scrolled

NO_BREAK = "\u00a0"
JOINER = "\u2060"  # has no width; without it a line may be broken after a "|", even before NO_BREAK
SHRINKING = range(4)  # pixels by which lines may be smaller where there is little room
SMALLEST, SMALLEST_PROJECTED, SMALLEST_ON_PAPER = 11, 13, 6  # pixels at a desk

Line = tuple[str, str, int]  # text, role, pixels at a desk
Placed = tuple[QTextLayout, float, str]  # layout, height, role


class Words(Scrolled):
    """Sentence, warnings and values, painted by itself: labels would lay the window out anew at every step."""

    def __init__(self) -> None:
        super().__init__("the words", QSizePolicy.Policy.Ignored)
        self._look: Look | None = None
        self.lines: list[Line] = []

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        self._look = look
        self.bar.setSingleStep(look.px(18))
        self.arrange()

    def show_reading(self, reading: Reading) -> None:
        """Show the words of a reading."""
        pairs = (f"{name} {value}".replace(" ", NO_BREAK) for name, value in reading.readout.items())
        readout = "   ".join(pairs)
        warnings = [(f"⚠ {w}", "special", 14) for w in reading.warnings]
        lines = [(reading.sentence, "text", 15), *warnings, (readout, "muted", 13)]
        lines = [(_kept_together(text), role, size) for text, role, size in lines]
        if lines != self.lines:
            self.lines = lines
            self.setAccessibleName(" ".join((reading.sentence, *reading.warnings, readout)))
            self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("background"))
        self._paint(painter, self._look, self._placed(self._look, self.room), self.bar.value())
        painter.end()

    def paint_on(self, painter: QPainter) -> None:
        """Paint the words on paper."""
        if self._look is not None:
            self._paint(painter, self._look, self.on_paper(self._look), 0)

    def _paint(self, painter: QPainter, look: Look, placed: list[Placed], scrolled: int) -> None:
        """In the middle, or from the top on where there is more than fits."""
        put = _outlined if is_vector(painter) else _drawn
        y = max((self.height() - _height(placed)) / 2, 0) - scrolled
        for layout, height, role in placed:
            painter.setPen(look.text_colour(role))
            put(painter, y, layout)
            y += height

    def inner_height(self, width: int) -> float:
        return _height(self._placed(self._look, width)) if self._look is not None else 0.0

    def _placed(self, look: Look, width: int) -> list[Placed]:
        """All lines, smaller where there is little room; where it is not enough, the readout is below what is seen.

        Where even that is too much, the warnings come first and the sentence goes on below them.
        """
        least = SMALLEST_PROJECTED if look.is_projector else SMALLEST
        for seen in (self.lines, self.lines[:-1]):
            smaller = self._shrunk(seen, least, look, width)
            if smaller is not None:
                return _laid(self.lines, smaller, least, look, width)
        return _laid([*self.lines[1:-1], *self.lines[:1], *self.lines[-1:]], SHRINKING[-1], least, look, width)

    def _shrunk(self, lines: list[Line], least: int, look: Look, width: int) -> int | None:
        """By how few pixels lines must be smaller to fit; None where they do not, which few layouts find out."""

        def fits(smaller: int) -> bool:
            return _height(_laid(lines, smaller, least, look, width)) <= self.height()

        if fits(SHRINKING[0]):
            return SHRINKING[0]
        return next(filter(fits, SHRINKING[1:])) if fits(SHRINKING[-1]) else None

    def on_paper(self, look: Look) -> list[Placed]:
        """As on the screen, but smaller where one would have to scroll there."""
        placed = self._placed(look, self.width())
        for size in range(15, SMALLEST_ON_PAPER - 1, -1):
            if _height(placed) <= self.height():
                break
            placed = _laid(self.lines, 15 - size, SMALLEST_ON_PAPER, look, self.width())
        return placed


def _height(placed: list[Placed]) -> float:
    return sum(height for _, height, _ in placed)


def _laid(lines: list[Line], smaller: int, least: int, look: Look, width: int) -> list[Placed]:
    """The lines that say something, so many pixels smaller, but no smaller than the least."""
    placed = []
    for text, role, size in lines:
        if text:
            layout, height = _broken(text, look, max(size - smaller, least), width)
            placed.append((layout, height + look.px(3), role))
    return placed


def _drawn(painter: QPainter, y: float, layout: QTextLayout) -> None:
    layout.draw(painter, QPointF(0, y))


def _outlined(painter: QPainter, y: float, layout: QTextLayout) -> None:
    """The same lines as areas."""
    text, font, colour = layout.text(), layout.font(), painter.pen().color()
    for line in map(layout.lineAt, range(layout.lineCount())):
        said = text[line.textStart() : line.textStart() + line.textLength()].rstrip()
        write(painter, QPointF(0, y + line.y() + line.ascent()), said, font, colour)


@lru_cache(maxsize=64)  # shaping and breaking cost more than drawing, and most lines stay from frame to frame
def _broken(text: str, look: Look, size: int, width: int) -> tuple[QTextLayout, float]:
    """A text broken into lines of this width, and its height; what is kept together only where there is room."""
    layout, height = laid(text, look.font(size), width)
    if any(layout.lineAt(k).naturalTextWidth() > width for k in range(layout.lineCount())):
        return laid(text.replace(JOINER, "").replace(NO_BREAK, " "), look.font(size), width)
    return layout, height


def _kept_together(text: str) -> str:
    """No line begins or ends with a sign: "γ = 0.8", "90 %" and "f′(2)" are not broken there."""
    for prime in "′″‴⁾":
        text = text.replace(f"{prime}(", f"{prime}{JOINER}(")
    text = text.replace(" %", f"{NO_BREAK}%").replace("|", f"|{JOINER}")
    for sign in ("=", "≈", "<", "−"):
        text = text.replace(f" {sign} ", f"{NO_BREAK}{sign}{NO_BREAK}")
    return text
