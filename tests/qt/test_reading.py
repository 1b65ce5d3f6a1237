"""How the words of the strip are broken into lines, and when its formulas are typeset."""

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from mmlviz.core.formula import Node, Text, plain
from mmlviz.core.lab import Reading
from mmlviz.core.theme import load
from mmlviz.qt import reading
from mmlviz.qt.look import Look
from mmlviz.qt.reading import ReadingStrip, Words

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
        for layout, _, _ in words._placed(LOOK)
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
