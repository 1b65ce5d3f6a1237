"""Formulas as typst typesets them."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from mmlviz.core import codec
from mmlviz.core import formula as f
from mmlviz.core.lab import Lab
from mmlviz.core.theme import load
from mmlviz.core.typst import markup
from mmlviz.labs import LABS
from mmlviz.qt.formula import typeset
from mmlviz.qt.look import Look
from mmlviz.qt.reading import LEADING, packed

LOOK = Look(load("light"))
ONE, TWO = f.Text("1"), f.Text("2")


def presets() -> Iterator[tuple[Lab, str]]:
    for lab in LABS:
        yield lab, f"mmlviz:{lab.id}"
        for preset in lab.presets:
            yield lab, preset.link


@pytest.mark.parametrize(("lab", "link"), list(presets()), ids=lambda x: x if isinstance(x, str) else x.id)
def test_every_formula_of_every_example_is_typeset(qtbot: QtBot, lab: Lab, link: str) -> None:
    _, state = codec.read_link(link, LABS)
    for node in lab.tell(state, lab.model.compute(state)).formulas:
        picture = typeset(node, LOOK, 1.0)
        assert 20 < picture.width() < 900
        assert 15 < picture.height() < 110


def test_a_column_has_as_many_rows_as_entries_coloured_or_not(qtbot: QtBot) -> None:
    plain = f.Matrix(((ONE,), (TWO,)))
    coloured = f.Matrix(((f.Coloured("first", ONE),), (f.Coloured("second", TWO),)))
    mixed = f.Matrix(((f.Coloured("first", ONE),), (TWO,)))
    heights = {typeset(node, LOOK, 1.0).height() for node in (plain, coloured, mixed)}
    assert max(heights) - min(heights) <= 1
    assert typeset(f.Matrix(((ONE,), (TWO,), (ONE,))), LOOK, 1.0).height() > max(heights) + 10


@pytest.mark.parametrize("text", ['"', "\\", "#read(1)", '#"', "$", "]", ";", "//", "`", "@x", '" + #sys'])
def test_no_text_becomes_markup(qtbot: QtBot, text: str) -> None:
    """Every text is a string literal: it has the width of its characters and runs nothing."""
    picture = typeset(f.row(f.Text("a"), f.Text(text), f.Text("b")), LOOK, 1.0)
    assert picture.width() > typeset(f.Text("ab"), LOOK, 1.0).width()


def test_an_unknown_node_is_refused() -> None:
    with pytest.raises(TypeError):
        markup(f.Node())
    with pytest.raises(TypeError):
        f.plain(f.Node())


def test_colours_follow_the_theme() -> None:
    node = f.Coloured("first", ONE)
    assert load("light").text("first") in markup(node, load("light").text)
    assert load("dark").text("first") in markup(node, load("dark").text)


SIZES = [(330.0, 77.0), (190.0, 50.0), (250.0, 30.0), (260.0, 30.0)]


@pytest.mark.parametrize("width", [200.0, 400.0, 700.0, 1200.0])
def test_formulas_stand_side_by_side_within_the_strip(width: float) -> None:
    height, gap = 92.0, 28.0
    placed = packed(SIZES, width, height, gap)
    assert placed  # the first is never left out
    boxes = [(x, y, w * s, h * s) for (x, y, s), (w, h) in zip(placed, SIZES)]
    for k, (x, y, w, h) in enumerate(boxes):
        assert x >= 0
        assert x + w <= width + 1e-6
        assert y >= 0
        assert y + h <= height + 1e-6
        for x2, y2, w2, h2 in boxes[:k]:
            assert x >= x2 + w2 - 1e-6 or y >= y2 + h2 - 1e-6
            assert x != x2 or y >= y2 + h2 + LEADING * gap - 1e-6
    assert placed[0][2] == min(1.0, width / SIZES[0][0])


def test_a_fraction_does_not_touch_the_line_below_it() -> None:
    """Three lines of a strip, one of them a fraction, that would just fit without any space between."""
    sizes = [(480.0, 22.0), (130.0, 46.0), (430.0, 24.0)]
    placed = packed(sizes, 640.0, 100.0, 28.0)
    (_, first, one), (_, second, two), (_, third, three) = placed
    assert one == two == three > 0.85
    assert second - (first + 22 * one) >= LEADING * 28 - 1e-6
    assert third - (second + 46 * two) >= LEADING * 28 - 1e-6
    assert third + 24 * three <= 100
