"""The page of products: its strip, its pictures and its words."""

from dataclasses import replace

import numpy as np
import pytest

from mmlviz.core.codec import read_link
from mmlviz.core.controls import Strip
from mmlviz.core.formula import plain
from mmlviz.core.store import Store
from mmlviz.labs.matrix import LAB
from mmlviz.maths.number import Number, Problem
from tests.labs.pages import Page, told

PAGE = Page("product", "plane")
state, marks = PAGE.state, PAGE.marks
STRIP = next(c for group in LAB.groups for c in group.controls if isinstance(c, Strip))


def test_parts_are_put_elsewhere_and_taken_out() -> None:
    opened = state("product=A^-1 rot(30) B&t=0.5")
    assert STRIP.parts(opened) == ("A⁻¹", "rot(30)", "B")
    moved = STRIP.put(opened, 0, 2)
    assert (moved.product, moved.t) == ("rot(30) B A^-1", 1)
    assert STRIP.put(moved, 2, 0).product == "A^-1 rot(30) B"
    assert STRIP.taken_out(opened, 1).product == "A^-1 B"


def test_a_sum_keeps_its_brackets_as_a_part() -> None:
    assert STRIP.put(state("product=(A + B) A"), 0, 1).product == "A(A + B)"


def test_pressing_a_part_shows_the_picture_right_after_it() -> None:
    opened = state("product=A^-1 rot(30) B")
    for part, done in ((2, 1), (1, 2), (0, 3)):
        chosen = STRIP.chosen(opened, part)
        assert float(chosen.t) == pytest.approx(done / 3, abs=1e-5)
        assert STRIP.active(chosen) == (part if done < 3 else None)
    assert STRIP.active(state("product=A^-1 rot(30) B&t=0.4")) == 1
    assert STRIP.active(state("product=A^-1 rot(30) B&t=0")) == 2


def test_both_orders_stand_side_by_side_and_their_difference_is_drawn() -> None:
    opened = state("product=A B&names=B%3D1,1;0,1&matrix=0,-1;1,0&vector=1,1")
    ours, others = marks(opened), marks(opened, "swapped")
    assert ours["image"].tip.tolist() == [-1, 2]  # type: ignore[attr-defined]
    assert others["image"].tip.tolist() == [0, 1]  # type: ignore[attr-defined]
    assert (ours["gap"].tail.tolist(), ours["gap"].tip.tolist()) == ([0, 1], [-1, 2])  # type: ignore[attr-defined]
    assert ours["gap label"].text == "BAv"  # type: ignore[attr-defined]
    assert "gap" not in others
    assert "all entries together differ by 1.41" in told(opened).sentence
    assert told(opened).values["gap"] == pytest.approx(np.sqrt(2))
    alone = replace(opened, swapped=False)
    assert "gap" not in marks(alone)
    assert list(LAB.draw(alone, LAB.model.compute(alone), Store(LAB, alone).view)) == ["plane"]


def test_factors_that_commute_are_told_to() -> None:
    assert "the result is the same: they commute." in told(state("product=rot(20) rot(30)")).sentence
    assert told(state("product=rot(20) rot(30) rot(5)")).sentence.endswith("the result is the same.")


def test_a_product_that_reads_the_same_backwards_says_nothing_of_commuting() -> None:
    said = told(state("product=A B A&names=B%3D1,1;0,1&matrix=0,-1;1,0")).sentence
    assert said.endswith("Read backwards it is the same product.")
    assert "commute" not in said


def test_a_singular_product_has_the_area_0_at_its_end() -> None:
    opened = state("product=A&matrix=1/3,1;1/9,1/3")
    assert marks(opened)["unit square"].role == "positive"
    assert plain(told(opened).formulas[-1]) == "det M = 0"


def test_where_only_the_opposite_order_has_a_product_it_is_told() -> None:
    said = told(state("product=B A&matrix=1,2,3;4,5,6&names=B%3D1,0,0;0,1,0;0,0,1")).sentence
    assert said.endswith("In the opposite order there is one.")


def test_formulas_of_a_product() -> None:
    lines = [plain(node) for node in told(state("product=A B&names=B%3D1,1;0,1&matrix=0,-1;1,0")).formulas]
    assert lines == ["AB = (0, −1; 1, 1)", "BA = (1, −1; 1, 0)", "det M = 1·1 = 1"]


def test_where_there_is_no_product_the_picture_and_the_sentence_say_so() -> None:
    opened = state("product=A^-1 B&matrix=1,1;1,1")
    assert told(opened).sentence.startswith("There is no product: A is singular")
    assert told(opened).values["product"] is None
    assert marks(opened)["nothing"].text == "no product"  # type: ignore[attr-defined]


def test_the_way_through_a_factor_is_told() -> None:
    assert "40 % of the way through B" in told(state("product=A B&t=0.2")).sentence


def test_values_of_the_product_come_without_its_page() -> None:
    shown = read_link("mmlviz:matrix?product=2A&matrix=1,2;3,4", (LAB,))[1]
    assert told(shown).values["product"] == [[2, 4], [6, 8]]


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("product", "A^-1 (B", "is not closed"),
        ("product", "a B", "A"),
        ("names", "A=1,0;0,1", "A is given by its sliders"),
        ("names", "B=1,0;0", "row"),
        ("names", "b=1,0;0,1", "defines no matrix"),
        ("names", "B=1,0;0,1 | B=2", "defined twice"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(field: str, text: str, message: str) -> None:
    problem = LAB.field(field).read(text)
    assert isinstance(problem, Problem)
    assert message in str(problem)
    assert 0 <= problem.start <= problem.end <= len(text)


def test_columns_are_not_held_where_it_is_the_product_that_moves() -> None:
    opened = state()
    result = LAB.model.compute(opened)
    assert [handle.key for handle in LAB.handles if handle.shown(opened, result)] == ["v"]
    moved = next(h for h in LAB.handles if h.key == "v").moved(opened, (Number("1"), Number("2")))
    assert marks(moved)["v"].tip.tolist() == [1, 2]  # type: ignore[attr-defined]


def test_determinants_beyond_floats_are_written_all_the_same() -> None:
    opened = state("product=A^-1 A&matrix=1e-200,0;0,1e-200")
    assert plain(told(opened).formulas[-1]) == "det M = 10^400·10^−400 = 1"
    assert "area" in marks(opened)
    assert "area" not in marks(state("product=A^-1&matrix=1e-200,0;0,1e-200"))
