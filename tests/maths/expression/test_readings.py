"""The table of decisions is what the reader does."""

import pytest

from mmlviz.maths.expression import Expression, read
from mmlviz.maths.expression.readings import DECISIONS, Decision
from mmlviz.maths.expression.text import write
from mmlviz.maths.number import Problem

VARIABLES = ("x", "y")


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: d.typed)
def test_each_text_is_read_as_the_table_says(decision: Decision) -> None:
    found = read(decision.typed, VARIABLES)
    if decision.read:
        assert isinstance(found, Expression)
        assert write(found) == decision.read
        assert read(decision.read, VARIABLES) == found
    else:
        assert isinstance(found, Problem)
        assert found.suggestion
        for better in decision.instead:
            assert isinstance(read(better, VARIABLES), Expression)


def test_what_to_type_instead_is_not_one_thing_typed_twice() -> None:
    for decision in DECISIONS:
        trees = [read(text, VARIABLES) for text in decision.instead]
        assert len(set(trees)) == len(trees)
        assert bool(decision.instead) is (decision.read == "")


def test_nothing_is_decided_twice() -> None:
    assert len({decision.typed for decision in DECISIONS}) == len(DECISIONS)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("logₓ(2)", "log_(x)(2)"),
        ("logₓ₊₁ y", "log_(x + 1)(y)"),
        ("∛-8", "cbrt(-8)"),
        ("x⁻¹", "x^(-1)"),
        ("e⁻ˣ", "e^(-x)"),
    ],
)
def test_small_characters_are_read_as_formulas(text: str, written: str) -> None:
    found = read(text, VARIABLES)
    assert isinstance(found, Expression)
    assert write(found) == written


@pytest.mark.parametrize(
    ("text", "said"), [("logₙ(x)", "'n' is not known"), ("2ⁿ", "'n' is not known"), ("x₂", "index")]
)
def test_small_characters_that_cannot_be_read_are_named(text: str, said: str) -> None:
    found = read(text, VARIABLES)
    assert isinstance(found, Problem)
    assert said in found.message
