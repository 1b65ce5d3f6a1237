"""How the words of the strip are broken into lines."""

import pytest
from pytestqt.qtbot import QtBot

from mmlviz.core.lab import Reading
from mmlviz.core.theme import load
from mmlviz.qt.look import Look
from mmlviz.qt.reading import Words

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


@pytest.mark.parametrize("width", [90, 150, 260])
def test_nothing_runs_out_of_the_strip(qtbot: QtBot, width: int) -> None:
    """A value stays with its name where both fit into a line, and is broken off where they do not."""
    readout = {"dips": "4", "eigenvalues of H at the start": "−0.953 and −0.1697"}
    found = lines(qtbot, width, "Found.", readout)
    assert all(wide <= width for _, wide in found)
    assert "".join(text for text, _ in found).replace("\u00a0", "").replace(" ", "") == (
        "Found.dips4eigenvaluesofHatthestart−0.953and−0.1697"
    )
