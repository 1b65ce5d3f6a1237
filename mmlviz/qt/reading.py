"""The reading strip under the canvas: formulas, one sentence, values, warnings. Its height never jumps."""

from collections.abc import Sequence
from time import perf_counter

from PySide6.QtCore import QPointF, QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy

from mmlviz.core.formula import Node, plain
from mmlviz.core.lab import Reading
from mmlviz.qt.formula import drawing, typeset
from mmlviz.qt.look import Look
from mmlviz.qt.scrolled import Scrolled
from mmlviz.qt.sentences import Words

NARROW = 440  # pixels at a desk below which the words go under the formulas
LEADING = 0.15  # of the gap between columns: the least between formulas below each other
TURN = 0.025  # seconds between two formulas: the first gets every other turn, nobody reads digits that change faster
REST = 85  # milliseconds without a change after which all formulas are as the picture is


class FormulaRow(Scrolled):
    """Formulas side by side; for those that do not fit one scrolls on, the first one shrinks rather."""

    def __init__(self) -> None:
        super().__init__("the formulas", QSizePolicy.Policy.Preferred)
        self._pictures: list[QPixmap] = []
        self._nodes: tuple[Node, ...] = ()
        self._look: Look | None = None
        self._gap = 28

    def show_look(self, look: Look) -> None:
        """The gap between formulas grows with the look."""
        self._look, self._gap = look, look.px(28)
        self.bar.setSingleStep(look.px(14))
        self.arrange()

    def leave(self, count: int) -> None:
        """Show no more formulas than these, from now on."""
        if count < len(self._pictures):
            self._pictures, self._nodes = self._pictures[:count], self._nodes[:count]
            self.arrange()

    def show_formulas(self, formulas: Sequence[Node]) -> None:
        """Typeset all that are not as they stand here."""
        for k in range(len(formulas)):
            self.show_formula(formulas, k)
        self.setAccessibleName("; ".join(map(plain, formulas)))  # in the middle of a drag nobody has it read out

    def show_formula(self, formulas: Sequence[Node], which: int) -> None:
        """Typeset one of them, or the first that is not here yet; the others stay as they are."""
        if self._look is None:
            return
        k = min(which, len(self._pictures))
        picture = typeset(formulas[k], self._look, self.devicePixelRatioF())
        self._pictures = [*self._pictures[:k], picture, *self._pictures[k + 1 :]]
        self._nodes = (*self._nodes[:k], formulas[k], *self._nodes[k + 1 :])
        self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("background"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        down = -self.bar.value()
        for picture, (x, y, shrink) in zip(self._pictures, self._places(self._look, self.room)):
            if shrink == 1:
                painter.drawPixmap(QPointF(round(x), round(y) + down), picture)
            else:
                area = QRectF(QPointF(x, y + down), picture.deviceIndependentSize() * shrink)
                painter.drawPixmap(area.toRect(), picture)
        painter.end()

    def paint_on(self, painter: QPainter) -> None:
        """Paint the formulas on paper, as sharp as it can be."""
        if self._look is None:
            return
        for node, picture, (x, y, shrink) in zip(self._nodes, self._pictures, self.on_paper(self._look)):
            area = QRectF(QPointF(x, y), picture.deviceIndependentSize() * shrink)
            drawing(node, self._look).render(painter, area)

    def on_paper(self, look: Look) -> list[tuple[float, float, float]]:
        """Left, top and shrinking: as on the screen, but smaller where one would have to scroll there."""
        places = self._places(look, self.width())
        if all(y < self.height() for _, y, _ in places):
            return places
        return squeezed(self._sizes, self.width(), self.height(), self._gap) or places

    def inner_height(self, width: int) -> float:
        if self._look is None or not self._pictures:
            return 0.0
        places = self._places(self._look, width)
        return self.height() * max(1 + y // max(self.height(), 1) for _, y, _ in places)

    @property
    def _sizes(self) -> list[tuple[float, float]]:
        sizes = (picture.deviceIndependentSize() for picture in self._pictures)
        return [(size.width(), size.height()) for size in sizes]

    def _places(self, look: Look, width: int) -> list[tuple[float, float, float]]:
        """Left, top and shrinking of each formula: as many as fit, below them the next ones, and so on."""
        sizes = self._sizes
        places: list[tuple[float, float, float]] = []
        page = 0
        while len(places) < len(sizes):
            rest = packed(sizes[len(places) :], width, self.height(), self._gap, 0.8 / look.scale)
            places += [(x, y + page * self.height(), shrink) for x, y, shrink in rest]
            page += 1
        return places


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


def squeezed(
    sizes: list[tuple[float, float]], width: float, height: float, gap: float
) -> list[tuple[float, float, float]]:
    """Left, top and shrinking of all pictures of these sizes, as large as may be; none where they would be specks."""
    for percent in range(100, 15, -5):
        for alone in (1, 0):
            columns = _columns(sizes, height, gap, percent / 100, alone)
            shrink = _shrinking(columns, sizes, width, height, gap)
            if shrink >= percent / 100:
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

    def to_top(self) -> None:
        """What comes now is read from its beginning."""
        self.formulas.bar.setValue(0)
        self.words.bar.setValue(0)

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
