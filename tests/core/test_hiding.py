"""Pictures without their values."""

import numpy as np
import pytest

from mmlviz.core.codec import read_link
from mmlviz.core.hiding import named, without_values
from mmlviz.core.marks import Label, Texts, Ticks
from mmlviz.core.store import Store
from mmlviz.labs import LABS


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Aî = (3/2, −1/2)", "Aî"),
        ("v ≈ (0.866, 0.5)", "v"),
        ("area 2.125", "area"),
        ("area −2", "area"),
        ("2: −7.23 m", "2"),
        ("k = 10: 73.8 %", "k"),
        ("sum 3.856", "sum"),
        ("converges for |x − a| < R", "converges for |x − a| < R"),
        ("null line", "null line"),
        ("pole at −i", "pole"),
        ("branch point at 0.5", "branch point"),
        ("A²v", "A²v"),
        ("7", "7"),
        ("= 2", "= 2"),  # nothing but a value: better than an empty label
    ],
)
def test_names_stay_and_values_go(text: str, name: str) -> None:
    assert named(text) == name


def test_what_says_no_value_stays_the_same_object() -> None:
    """The painter keeps still marks as a picture by that."""
    at = np.zeros(2)
    still = (Label("a", "text", at, "image line"), Ticks("t", "muted", "x", np.ones(1), ("1",)))
    assert all(one is other for one, other in zip(without_values(still), still, strict=True))
    moved = (Label("b", "text", at, "Av = (1, 2)"), Texts("c", "text", np.zeros((2, 2)), ("1: 2 m", "x")))
    label, texts = without_values((*moved, Label("angle", "muted", at, "−26.6°")))
    assert isinstance(label, Label)
    assert isinstance(texts, Texts)
    assert (label.key, label.text, texts.texts) == ("b", "Av", ("1", "x"))


@pytest.mark.parametrize("lab", LABS, ids=[lab.id for lab in LABS])
def test_no_label_of_a_lab_keeps_a_decimal(lab: object) -> None:
    states = [lab.opening, *(read_link(preset.link, LABS)[1] for preset in lab.presets)]  # type: ignore[attr-defined]
    for state in states:
        store = Store(lab, state)  # type: ignore[arg-type]
        for marks in lab.draw(store.state, store.result, store.view).values():  # type: ignore[attr-defined]
            for mark in without_values(marks):
                if isinstance(mark, Label):
                    assert not any(c == "." for c in mark.text), mark.text
