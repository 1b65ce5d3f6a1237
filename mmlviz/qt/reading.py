"""The reading strip under the canvas: formulas, one sentence, values, warnings. Its height never jumps."""

from functools import lru_cache
from time import perf_counter

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from mmlviz.core.formula import Node, plain
from mmlviz.core.lab import Reading
from mmlviz.qt.formula import drawing, typeset
from mmlviz.qt.items.vectors import is_vector, write
from mmlviz.qt.items.words import laid
from mmlviz.qt.look import Look

NO_BREAK = "\u00a0"
JOINER = "\u2060"  # has no width; without it a line may be broken after a "|", even before NO_BREAK
NARROW = 440  # pixels at a desk below which the words go under the formulas
LEADING = 0.15  # of the gap between columns: the least between formulas below each other
TURN = 0.025  # seconds between two formulas: the first gets every other turn, nobody reads digits that change faster
REST = 85  # milliseconds without a change after which all formulas are as the picture is


class FormulaRow(QWidget):
    """Formulas side by side; those that do not fit are left out, the first one shrinks rather."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._pictures: list[QPixmap] = []
        self._nodes: tuple[Node, ...] = ()
        self._look: Look | None = None
        self._gap = 28

    def show_look(self, look: Look) -> None:
        """The gap between formulas grows with the look."""
        self._look, self._gap = look, look.px(28)

    def leave(self, count: int) -> None:
        """Show no more formulas than these, from now on."""
        if count < len(self._pictures):
            self._pictures, self._nodes = self._pictures[:count], self._nodes[:count]
            self.update()

    def show_formulas(self, formulas: tuple[Node, ...]) -> None:
        """Typeset all that are not as they stand here."""
        for k in range(len(formulas)):
            self.show_formula(formulas, k)
        self.setAccessibleName("; ".join(map(plain, formulas)))  # in the middle of a drag nobody has it read out

    def show_formula(self, formulas: tuple[Node, ...], which: int) -> None:
        """Typeset one of them, or the first that is not here yet; the others stay as they are."""
        if self._look is None:
            return
        k = min(which, len(self._pictures))
        picture = typeset(formulas[k], self._look, self.devicePixelRatioF())
        self._pictures = [*self._pictures[:k], picture, *self._pictures[k + 1 :]]
        self._nodes = (*self._nodes[:k], formulas[k], *self._nodes[k + 1 :])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("background"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for picture, area in zip(self._pictures, self._areas(self._look)):
            if area.size() == picture.deviceIndependentSize():
                painter.drawPixmap(area.topLeft(), picture)
            else:
                painter.drawPixmap(area.toRect(), picture)
        painter.end()

    def paint_on(self, painter: QPainter) -> None:
        """Paint the formulas on anything else, as sharp as it can be."""
        if self._look is None:
            return
        for node, area in zip(self._nodes, self._areas(self._look)):
            drawing(node, self._look).render(painter, area)

    def _areas(self, look: Look) -> list[QRectF]:
        """Where each formula goes that has room."""
        sizes = [p.deviceIndependentSize() for p in self._pictures]
        pairs = [(s.width(), s.height()) for s in sizes]
        places = packed(pairs, self.width(), self.height(), self._gap, 0.8 / look.scale)
        return [
            QRectF(QPointF(round(x), round(y)), size) if shrink == 1 else QRectF(QPointF(x, y), size * shrink)
            for (x, y, shrink), size in zip(places, sizes)
        ]


def packed(
    sizes: list[tuple[float, float]], width: float, height: float, gap: float, least: float = 0.8
) -> list[tuple[float, float, float]]:
    """Left, top and shrinking of pictures of these sizes: the first alone, the others stacked in columns beside it.

    As many as fit at three quarters of their size; where only one would, as many as fit down to `least`. Where
    the first is wide and low, the others are stacked below it.
    """
    for floor, fewest in ((max(least, 0.75), 2), (least, 2), (0.0, 1)):
        for n in range(len(sizes), fewest - 1, -1) if fewest > 1 else (1,):
            for alone in (1, 0):
                columns = _columns(sizes[:n], height, gap, floor, alone)
                shrink = _shrinking(columns, sizes, width, height, gap)
                if shrink >= floor:
                    return _placed_columns(columns, sizes, height, gap, shrink)
    return []


def _columns(sizes: list[tuple[float, float]], height: float, gap: float, shrink: float, alone: int) -> list[list[int]]:
    """Which pictures stand below each other; `alone` is 1 where the first has a column for itself."""
    columns: list[list[int]] = []
    for k in range(len(sizes)):
        pile = [*(columns[-1] if columns else []), k]
        if k > alone and _least_height(pile, sizes, gap, max(shrink, 0.1)) <= height:
            columns[-1].append(k)
        else:
            columns.append([k])
    return columns


def _least_height(column: list[int], sizes: list[tuple[float, float]], gap: float, shrink: float) -> float:
    """Of formulas below each other: a fraction must not touch the line under it."""
    return sum(sizes[k][1] for k in column) * shrink + LEADING * gap * (len(column) - 1)


def _placed_columns(
    columns: list[list[int]], sizes: list[tuple[float, float]], height: float, gap: float, shrink: float
) -> list[tuple[float, float, float]]:
    placed: list[tuple[float, float, float]] = []
    x = 0.0
    for column in columns:
        free = height - sum(sizes[k][1] for k in column) * shrink
        between = max(free / (len(column) + 1), min(LEADING * gap, free / max(len(column) - 1, 1)))
        y = (free - between * (len(column) - 1)) / 2
        for k in column:
            placed.append((x, y, shrink))
            y += sizes[k][1] * shrink + between
        x += max(sizes[k][0] for k in column) * shrink + gap
    return placed


def _shrinking(
    columns: list[list[int]], sizes: list[tuple[float, float]], width: float, height: float, gap: float
) -> float:
    wide = sum(max(sizes[k][0] for k in column) for column in columns)
    leading = [LEADING * gap * (len(column) - 1) for column in columns]
    tall = [(height - air) / max(sum(sizes[k][1] for k in column), 1) for column, air in zip(columns, leading)]
    return min(1.0, (width - gap * (len(columns) - 1)) / max(wide, 1), *tall)


class Words(QWidget):
    """Sentence, warnings and values, painted by itself: labels would lay the window out anew at every step."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._look: Look | None = None
        self.lines: list[tuple[str, str, int]] = []  # text, role, pixels at a desk

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        self._look = look
        self.update()

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
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("background"))
        self.paint_on(painter)
        painter.end()

    def paint_on(self, painter: QPainter) -> None:
        """Paint the words alone, here or on anything else."""
        if self._look is None:
            return
        placed = self._placed(self._look)
        put = _outlined if is_vector(painter) else _drawn
        y = max((self.height() - sum(height for _, height, _ in placed)) / 2, 0)
        for layout, height, role in placed:
            painter.setPen(self._look.text_colour(role))
            put(painter, y, layout)
            y += height

    def _placed(self, look: Look) -> list[tuple[QTextLayout, float, str]]:
        """Layout, height and role of each line: smaller where there is little room, then without the readout.

        Where even that is too much the warnings come first, and what is cut off is the end of the sentence.
        """
        for lines in (self.lines, self.lines[:-1]):
            for smaller in range(4):
                placed = self._laid(lines, smaller, look)
                if sum(height for _, height, _ in placed) <= self.height():
                    return placed
        return self._laid([*self.lines[1:-1], *self.lines[:1]], 3, look)

    def _laid(
        self, lines: list[tuple[str, str, int]], smaller: int, look: Look
    ) -> list[tuple[QTextLayout, float, str]]:
        placed = []
        for text, role, size in lines:
            layout, height = _broken(text, look, max(size - smaller, 13 if look.is_projector else 11), self.width())
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


class ReadingStrip(QFrame):
    """What the state says, in formulas and words."""

    def __init__(self, lab_id: str) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAccessibleName("Reading")
        self.formulas, self.words = FormulaRow(), Words()
        self.formulas.setObjectName(f"{lab_id}.formulas")
        self.words.setObjectName(f"{lab_id}.words")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addWidget(self.formulas, 2)
        self._row.addWidget(self.words, 1)
        self._look: Look | None = None
        self._reading: Reading | None = None
        self._typeset_at = 0.0
        self._turns = 0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._take_turn)
        self._resting = QTimer(self, singleShot=True, interval=REST)
        self._resting.timeout.connect(self.finish)

    def show_look(self, look: Look) -> None:
        """Sizes and colours of this look."""
        self.formulas.show_look(look)
        self.words.show_look(look)
        self._look = look
        self._arrange()
        self._row.setContentsMargins(look.px(14), look.px(4), look.px(14), look.px(4))
        self._row.setSpacing(look.px(18))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Words beside the formulas, or under them where there is little width; the height changes only with that."""
        look = self._look
        is_narrow = look is not None and self.width() < look.px(NARROW)
        if look is not None:
            sides = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
            self._row.setDirection(sides[0] if is_narrow else sides[1])
            self.setFixedHeight(look.px(170 if is_narrow else 108))

    def show_reading(self, reading: Reading, is_later: bool = False) -> None:
        """Show a reading: words at once, one formula right after the picture, which goes first, all of them at rest."""
        self._reading = reading
        self.words.show_reading(reading)
        self.formulas.leave(len(reading.formulas))
        if not is_later and perf_counter() - self._typeset_at >= TURN:
            self._soon.start()
        self._resting.start()

    def _take_turn(self) -> None:
        """Typeset one formula: the first every other time, the others one after another; all at once is a hiccup."""
        if self._reading is None:
            return
        self._typeset_at = perf_counter()
        formulas = self._reading.formulas
        which = 0 if self._turns % 2 == 0 else 1 + self._turns // 2 % max(len(formulas) - 1, 1)
        self._turns += 1
        if which < len(formulas):
            self.formulas.show_formula(formulas, which)

    def finish(self) -> None:
        """Typeset all formulas, now."""
        if self._reading is not None:
            self.formulas.show_formulas(self._reading.formulas)
