"""How the words of the strip are broken into lines, and when its formulas are typeset."""

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from pytestqt.qtbot import QtBot

from mmlviz.core.formula import Node, Text, plain
from mmlviz.core.lab import Reading
from mmlviz.core.theme import load
from mmlviz.qt import reading
from mmlviz.qt.look import Look
from mmlviz.qt.reading import FormulaRow, ReadingStrip, packed, squeezed
from mmlviz.qt.sentences import Words

LOOK = Look(load("light"))
SENTENCE = "The series about 0.5 converges for |x − 0.5| < R ≈ 1.118, which is 90 % of it, with γ = 0.8 or so."


def lines(qtbot: QtBot, width: int, sentence: str, readout: dict[str, str]) -> list[tuple[str, float]]:
    """What stands in each line, and how wide it is."""
    words = Words()
    qtbot.addWidget(words)
    words.resize(width, 400)
    words.show_look(LOOK)
    words.show_reading(Reading((), {}, sentence, readout, ()))
    return [
        (layout.text()[line.textStart() : line.textStart() + line.textLength()].strip(" "), line.naturalTextWidth())
        for layout, _, _ in words._placed(LOOK, width)
        for line in map(layout.lineAt, range(layout.lineCount()))
    ]


@pytest.mark.parametrize("width", range(220, 600, 30))
def test_no_line_begins_or_ends_with_a_sign(qtbot: QtBot, width: int) -> None:
    found = [text.replace("\u2060", "") for text, _ in lines(qtbot, width, SENTENCE, {"dips": "3"})]
    assert " ".join(found).replace("\u00a0", " ") == f"{SENTENCE} dips 3"
    for text in found:
        assert text[0] not in "%=≈<−"
        assert text[-1] not in "=≈<−"


@pytest.mark.parametrize("width", range(160, 420, 20))
def test_a_derivative_stays_with_its_place(qtbot: QtBot, width: int) -> None:
    sentence = "Matched so far: f(π/4), f′(π/4), f″(π/4), f‴(π/4) … Now coming: f⁽⁴⁾(π/4) and f⁽⁵⁾(π/4)."
    for text, _ in lines(qtbot, width, sentence, {}):
        assert text == "" or text[0] != "("
        assert text == "" or text.replace("\u2060", "")[-1] not in "′″‴⁾"


@pytest.mark.parametrize("width", [90, 150, 260])
def test_nothing_runs_out_of_the_strip(qtbot: QtBot, width: int) -> None:
    """A value stays with its name where both fit into a line, and is broken off where they do not."""
    readout = {"dips": "4", "eigenvalues of H at the start": "−0.953 and −0.1697"}
    found = lines(qtbot, width, "Found.", readout)
    assert all(wide <= width for _, wide in found)
    assert "".join(text for text, _ in found).replace("\u00a0", "").replace(" ", "") == (
        "Found.dips4eigenvaluesofHatthestart−0.953and−0.1697"
    )


@pytest.fixture
def typeset(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each formula that is typeset from now on, with no pause between."""
    done: list[str] = []

    def note(node: Node, *rest: object) -> object:
        done.append(plain(node))
        return original(node, *rest)

    original = reading.typeset
    monkeypatch.setattr(reading, "typeset", note)
    monkeypatch.setattr(reading, "TURN", 0.0)
    return done


def strip_of(qtbot: QtBot) -> ReadingStrip:
    strip = ReadingStrip("any")
    qtbot.addWidget(strip)
    strip.resize(900, 108)
    strip.show_look(LOOK)
    return strip


def step(names: str, k: int) -> Reading:
    """The reading of the k-th moment of a drag."""
    return Reading(tuple(Text(f"{name}{k}") for name in names), {}, "Said.")


def test_a_drag_typesets_one_formula_a_frame_and_the_first_every_other_time(qtbot: QtBot, typeset: list[str]) -> None:
    strip = strip_of(qtbot)
    for k in range(8):
        strip.show_reading(step("abc", k))
        QCoreApplication.processEvents()
        assert len(typeset) == k + 1
    assert [f[0] for f in typeset][::2] == ["a"] * 4
    assert {f[0] for f in typeset[1::2]} == {"b", "c"}
    assert [int(f[1]) for f in typeset] == list(range(8))  # never one that is out of date
    qtbot.waitUntil(lambda: strip.formulas.accessibleName() == "a7; b7; c7")  # at rest all are as the picture is
    assert set(typeset[8:]) == {"a7", "b7", "c7"}


def test_formulas_that_are_gone_go_at_once(qtbot: QtBot, typeset: list[str]) -> None:
    """Also while all goes on moving: hidden values stay hidden."""
    strip = strip_of(qtbot)
    strip.show_reading(step("abc", 0))
    strip.finish()
    assert len(strip.formulas._pictures) == 3
    strip.show_reading(step("a", 1))
    assert len(strip.formulas._pictures) == 1
    strip.show_reading(step("", 2))
    assert strip.formulas._pictures == []
    QCoreApplication.processEvents()
    assert strip.formulas._pictures == []


# Where there is more than room ------------------------------------------------------------------------

LONG = "The series about 0.5 converges for all x, and what is said here goes on and on. " * 4
READOUT = {f"name {k}": "0.123" for k in range(12)}


def words_of(qtbot: QtBot, width: int, height: int, sentence: str, readout: dict[str, str]) -> Words:
    words = Words()
    qtbot.addWidget(words)
    words.show_look(LOOK)
    words.resize(width, height)
    words.show_reading(Reading((), {}, sentence, readout, ()))
    words.show()
    return words


def last_row(words: Words) -> int:
    """The last row of pixels beside the bar in which something is written; -1 where there is none."""
    image = words.grab().toImage()
    ground = LOOK.colour("background").rgb()
    rows = range(image.height() - 1, -1, -1)
    return next((y for y in rows if any(image.pixel(x, y) != ground for x in range(words.room - 1))), -1)


def test_what_has_room_has_no_bar(qtbot: QtBot) -> None:
    words = words_of(qtbot, 400, 200, "Short.", {"dips": "4"})
    assert words.bar.isHidden()
    assert (words.bar.maximum(), words.room) == (0, 400)


@pytest.mark.parametrize("height", [40, 90, 140])
def test_the_end_of_what_has_no_room_is_scrolled_to(qtbot: QtBot, height: int) -> None:
    """All lines are laid out below each other, and at the end of the bar the last one stands above the lower edge."""
    words = words_of(qtbot, 260, height, LONG, READOUT)
    assert words.bar.isVisible()
    placed = words._placed(LOOK, words.room)
    said = " ".join(layout.text() for layout, _, _ in placed).replace("\u00a0", " ")
    assert said.split() == f"{LONG} {'   '.join(f'{k} {v}' for k, v in READOUT.items())}".split()
    assert words.bar.maximum() == pytest.approx(sum(high for _, high, _ in placed) - height, abs=1)
    words.bar.setValue(words.bar.maximum())
    assert height - 12 < last_row(words) < height - 1


def test_words_are_scrolled_by_wheel_by_hand_and_by_keys(qtbot: QtBot) -> None:
    words = words_of(qtbot, 260, 60, LONG, READOUT)
    bar, middle = words.bar, QPoint(100, 30)
    down = QWheelEvent(
        QPointF(middle), QPointF(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QCoreApplication.sendEvent(words, down)
    assert bar.value() > 0
    bar.setValue(0)
    qtbot.mousePress(words, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(words, middle - QPoint(0, 25))
    qtbot.mouseRelease(words, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, 25))
    assert bar.value() == 25
    qtbot.mouseMove(words, middle)
    assert bar.value() == 25
    qtbot.keyClick(bar, Qt.Key.Key_PageDown)
    assert bar.value() == 85


def test_one_stays_where_one_has_scrolled_to_while_values_change_and_comes_back_when_all_fits(qtbot: QtBot) -> None:
    words = words_of(qtbot, 260, 60, LONG, READOUT)
    words.bar.setValue(70)
    words.show_reading(Reading((), {}, LONG, {**READOUT, "name 3": "0.124"}, ()))
    assert words.bar.value() == 70
    words.show_reading(Reading((), {}, "Short.", {}, ()))
    assert words.bar.isHidden()
    assert words.bar.value() == 0


@pytest.mark.parametrize("size", [(300, 60), (160, 100), (40, 108), (900, 108)])
def test_every_formula_has_a_place_to_scroll_to(qtbot: QtBot, size: tuple[int, int]) -> None:
    row = FormulaRow()
    qtbot.addWidget(row)
    row.show_look(LOOK)
    row.resize(*size)
    row.show()
    row.show_formulas(tuple(Text(f"formula number {k}") for k in range(5)))
    places = row._places(LOOK, row.room)
    assert len(places) == 5
    sizes = [picture.deviceIndependentSize() for picture in row._pictures]
    bottom = row.height() + row.bar.maximum()
    for (x, y, shrink), shape in zip(places, sizes, strict=True):
        assert min(x, y) >= 0
        assert x + shape.width() * shrink <= row.room + 1
        assert y + shape.height() * shrink <= bottom + 1
    assert row.bar.isVisible() == (places[-1][1] >= row.height())


def test_on_paper_all_is_smaller_rather_than_cut_off() -> None:
    sizes = [(300.0, 40.0), (200.0, 60.0), (250.0, 30.0), (120.0, 30.0)]
    assert len(packed(sizes, 300, 60, 10)) < 4
    places = squeezed(sizes, 300, 60, 10)
    assert len(places) == 4
    for (x, y, shrink), (width, height) in zip(places, sizes, strict=True):
        assert 0 <= x <= x + width * shrink <= 300.01
        assert 0 <= y <= y + height * shrink <= 60.01
        assert shrink == places[0][2]


def test_the_words_of_a_paper_are_smaller_rather_than_cut_off(qtbot: QtBot) -> None:
    words = words_of(qtbot, 260, 90, LONG, {"dips": "4"})
    assert words.bar.isVisible()
    assert sum(high for _, high, _ in words.on_paper(LOOK)) <= 90
