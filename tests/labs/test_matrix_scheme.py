"""Row times column: where the entries of a product stand, what lights up, and products of other shapes."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.formula import plain
from mmlviz.core.lab import Hint
from mmlviz.core.layout import panes
from mmlviz.core.marks import Arrow3, Label, Polygon, Polygon3
from mmlviz.core.store import Store
from mmlviz.labs.matrix import LAB, scheme
from mmlviz.maths.number import Number
from mmlviz.maths.rational import floats
from tests.labs.pages import Page, told

PAGE = Page("product", "scheme")
state, marks = PAGE.state, PAGE.marks
TIMES = ("0", "0.5", "2/3", "0.8", "1")
WIDE = "product=A B&matrix=1,2,3;4,5,6&names=B%3D1,0;0,1;-2,1/3"
SPACE = "product=B A&matrix=0,0,1;1,0,0;0,1,0&names=B%3D1,1,0;0,1,0;0,0,1&vector=1,2,3"


def hint(shown: Any, xy: tuple[float, float]) -> Any:
    return LAB.hover(shown, LAB.model.compute(shown), "scheme", xy)


def seen(shown: Any) -> set[str]:
    return {pane.name for pane in panes(LAB.layout) if pane.shown(shown)}


# Which panes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", {"plane", "swapped"}),
        ("scheme=yes&swapped=no", {"plane", "scheme"}),
        (SPACE, {"space", "swapped space"}),
        (f"{SPACE}&scheme=yes", {"space", "swapped space", "scheme"}),
        (WIDE, {"scheme"}),
        ("product=B A&matrix=1,2,3;4,5,6&names=B%3D1,0;0,1", {"scheme"}),
        ("product=A B&matrix=1,1;1,1&names=B%3D1,1;1,1;1,1&scheme=yes", {"plane"}),  # there is none
    ],
)
def test_the_shapes_say_what_is_shown(query: str, wanted: set[str]) -> None:
    opened = state(query)
    assert seen(opened) == wanted
    assert set(LAB.draw(opened, LAB.model.compute(opened), Store(LAB, opened).view)) == wanted


# The scheme ---------------------------------------------------------------------------------------


def test_every_entry_stands_where_its_row_and_its_column_cross() -> None:
    drawn = marks(state(WIDE))
    for i in (1, 2):
        for j in (1, 2):
            x, y = drawn[f"product {i} {j}"].at  # type: ignore[attr-defined]
            assert {drawn[f"left {i} {k}"].at[1] for k in (1, 2, 3)} == {y}  # type: ignore[attr-defined]
            assert {drawn[f"right {k} {j}"].at[0] for k in (1, 2, 3)} == {x}  # type: ignore[attr-defined]
    texts = [drawn[f"product {i} {j}"].text for i in (1, 2) for j in (1, 2)]  # type: ignore[attr-defined]
    assert texts == ["−5", "3", "−8", "7"]
    assert [drawn[f"{key} name"].text for key in ("left", "right", "product")] == ["A  2×3", "B  3×2", "M  2×2"]  # type: ignore[attr-defined]


def test_what_is_pointed_at_lights_up_with_its_sum() -> None:
    opened = state(WIDE)
    found = hint(opened, (0.1, -0.6))
    assert isinstance(found, Hint)
    assert found.text == "m₂₁ = 4·1 + 5·0 + 6·(−2) = −8"
    lit = {mark.key: mark for mark in found.marks}
    base = marks(opened)
    assert set(lit) <= set(base)
    for key, places in (
        ("lit row", [f"left 2 {k}" for k in (1, 2, 3)]),
        ("lit column", [f"right {k} 1" for k in (1, 2, 3)]),
        ("lit entry", ["product 2 1"]),
    ):
        area = lit[key]
        assert isinstance(area, Polygon)
        low, high = area.corners.min(axis=0), area.corners.max(axis=0)
        entries = {k: m.at for k, m in base.items() if isinstance(m, Label) and k[-1].isdigit()}
        assert {k for k, at in entries.items() if (low < at).all() and (at < high).all()} == set(places)
    assert not isinstance(hint(opened, (-2.0, 3.0)), Hint)  # the empty corner


def test_the_chosen_entry_is_lit_and_a_click_chooses_another() -> None:
    (click,) = (c for c in LAB.clicks if c.key == "entry")
    opened = state(f"{WIDE}&entry=1,2")
    assert marks(opened)["sum"].text == "m₁₂ = 1·0 + 2·1 + 3·1/3 = 3"  # type: ignore[attr-defined]
    assert plain(told(opened).formulas[1]) == "m_12 = 1·0 + 2·1 + 3·1/3 = 3"
    chosen = click.clicked(opened, LAB.model.compute(opened), (Number("0"), Number("-0.7")))
    assert chosen.entry == (2, 1)
    beside = click.clicked(opened, LAB.model.compute(opened), (Number("-2"), Number("2")))
    assert beside is opened
    beyond = state(f"{WIDE}&entry=3,3")
    assert marks(beyond)["sum"].text.startswith("m₂₂ = ")  # type: ignore[attr-defined]


@given(st.integers(0, 100), st.sampled_from(["A", "A B", "B A B", "A B 2 B", "I", "3", "A^2 B"]))
def test_what_is_shown_is_a_multiplication(percent: int, text: str) -> None:
    opened = state(f"product={text}&scheme=yes&t={percent}/100") if text != "3" else state("product=3 I&scheme=yes")
    made = scheme.multiplication(opened)
    assert floats(made.left) @ floats(made.right) == pytest.approx(floats(made.product))
    for i, row in enumerate(made.product):
        for j, x in enumerate(row):
            assert sum(a * b for a, b in made.terms(i, j)) == pytest.approx(x)
    x0, x1, y0, y1 = scheme.box(opened)
    for mark in scheme.draw(opened):
        at = getattr(mark, "at", None)
        if at is not None:
            assert x0 < at[0] < x1
            assert y0 < at[1] < y1


def test_long_entries_have_room_and_negative_ones_brackets() -> None:
    wide = scheme.multiplication(state("product=A B&scheme=yes&matrix=123456.7,-1/3;√3,1&names=B%3D-1,2;-3,4")).grid
    assert wide.across > scheme.multiplication(state("product=A B&scheme=yes")).grid.across == scheme.ACROSS
    assert wide.entry((wide.across, -wide.up)) == (1, 1)
    told_ = hint(state("product=A B&scheme=yes&matrix=1,-2;0,1&names=B%3D2,0;-4,1"), (0.0, 0.0)).text
    assert told_ == "m₁₁ = 1·2 + (−2)·(−4) = 10"


def test_it_follows_the_factors_from_the_right() -> None:
    names = [scheme.multiplication(state(f"product=A B A^2&scheme=yes&t={t}")).names for t in TIMES]
    assert names == [("B", "A²", "B A²")] * 3 + [("A", "B A²", "M")] * 2


def test_shapes_are_told() -> None:
    assert "Shapes: 2×3 · 3×2 = 2×2, since the inner numbers agree, 3." in told(state(WIDE)).sentence
    assert "In the opposite order the result is 3×3, another shape." in told(state(WIDE)).sentence
    assert told(state(WIDE)).values["product"] == pytest.approx(np.array([[-5, 3], [-8, 7]]))
    assert told(state(WIDE)).values["gap"] is None
    wrong = state("product=A B&matrix=1,2,3;4,5,6&names=B%3D1,0;0,1")
    assert "needs as many rows of B as A has columns" in told(wrong).sentence


# Products in space --------------------------------------------------------------------------------


def test_a_product_in_space_moves_the_cube_and_v() -> None:
    opened = state(SPACE)
    A, B = np.array(opened.matrix, dtype=float), np.array([[1.0, 1, 0], [0, 1, 0], [0, 0, 1]])
    for pane, M in (("space", B @ A), ("swapped space", A @ B)):
        drawn = marks(opened, pane)
        assert drawn["image"].tip == pytest.approx(M @ [1, 2, 3])  # type: ignore[attr-defined]
        assert [drawn[key].tip.tolist() for key in ("first", "second", "third")] == M.T.tolist()  # type: ignore[attr-defined]
        faces = np.concatenate([m.corners for m in drawn.values() if isinstance(m, Polygon3)])
        assert {tuple(p) for p in faces.tolist()} == {
            tuple(M @ [x, y, z]) for x in (0, 1) for y in (0, 1) for z in (0, 1)
        }  # fmt: skip
    gap = marks(opened, "space")["gap"]
    assert isinstance(gap, Arrow3)
    assert (gap.tail, gap.tip) == (pytest.approx(A @ B @ [1, 2, 3]), pytest.approx(B @ A @ [1, 2, 3]))


def test_an_opposite_order_that_is_too_large_leaves_the_picture_of_the_product() -> None:
    opened = state(
        "product=B B S&names=B%3D1e200,0,0;0,1,0;0,0,1|S%3D1e-200,0,0;0,1,0;0,0,1&matrix=1,0,0;0,1,0;0,0,1&vector=1,1,1"
    )
    assert opened.composition.backwards is None
    assert marks(opened, "space")["image"].tip == pytest.approx([1e200, 1, 1])  # type: ignore[attr-defined]
    assert marks(opened, "swapped space")["nothing"].text == "no product in this order"  # type: ignore[attr-defined]


def test_on_its_way_in_space_each_factor_acts_in_turn() -> None:
    half = marks(state(f"{SPACE}&t=1/2"), "space")
    assert [half[key].tip.tolist() for key in ("first", "second", "third")] == [[0, 1, 0], [0, 0, 1], [1, 0, 0]]  # type: ignore[attr-defined]
    assert half["image label"].text == "M(t)v"  # type: ignore[attr-defined]


def test_a_size_that_is_chosen_brings_a_product_that_fits() -> None:
    for m, n in ((3, 3), (2, 3), (3, 2)):
        button = next(
            b for g in LAB.groups for c in g.controls for b in getattr(c, "buttons", ()) if b.key == f"size.{m}x{n}"
        )
        after = button.pressed(state())
        assert (after.page, after.size, after.composition.problem) == ("product", (m, n), None)
