"""The page of linear equations: its lines, columns, steps and words."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.formula import plain
from mmlviz.core.marks import Arrow, Points, Segments
from mmlviz.core.store import Store
from mmlviz.core.table import Row
from mmlviz.labs.matrix import LAB, stepping
from mmlviz.maths.number import Number
from tests.labs.pages import Page, told

PAGE = Page("equations", "rows")
state, marks = PAGE.state, PAGE.marks
APPLES = "matrix=2,3;10,1&b=8,13"
NONE = "matrix=1,2;2,4&b=2,-2"
MANY = "matrix=1,2;2,4&b=2,4"
PLAY = next(c for c in stepping.ELIMINATION.controls if getattr(c, "field", "") == "eliminated")


def text(shown: Any, key: str, pane: str = "rows") -> str:
    return marks(shown, pane)[key].text  # type: ignore[attr-defined, no-any-return]


def table(shown: Any) -> list[Row]:
    return list(stepping.rows(shown, LAB.model.compute(shown)))


# The rows ---------------------------------------------------------------------------------------


@given(st.sampled_from(["largest", "first"]), st.integers(0, 100), st.lists(st.integers(-4, 4), min_size=6, max_size=6))
def test_lines_pass_through_the_solution_at_every_moment(pivoting: str, percent: int, numbers: list[int]) -> None:
    a, b, c, d, x, y = numbers
    if a * d == b * c:
        return
    query = f"matrix={a},{b};{c},{d}&b={a * x + b * y},{c * x + d * y}&pivoting={pivoting}&eliminated={percent}/100"
    drawn = marks(state(query))
    assert isinstance(drawn["solution"], Points)
    assert drawn["solution"].at.tolist() == [[x, y]]
    lines = [mark for key, mark in drawn.items() if key in ("equation 1", "equation 2")]
    for line in lines:
        assert isinstance(line, Segments)
        start, end = line.ends
        along, off = end - start, np.array([x, y]) - start
        assert abs(along[0] * off[1] - along[1] * off[0]) < 1e-9 * np.hypot(*along) * (1 + np.hypot(*off))


def test_lines_are_labelled_with_their_equations() -> None:
    opened = state(APPLES)
    assert text(opened, "equation 1 label") == "R₁: 2 x + 3 y = 8"
    assert text(opened, "equation 2 label") == "R₂: 10 x + y = 13"
    assert text(state("matrix=1,-1;-1/2,0&b=0,1/3"), "equation 1 label") == "R₁: x − y = 0"
    assert text(state("matrix=1,-1;-1/2,0&b=0,1/3"), "equation 2 label") == "R₂: −1/2 x = 1/3"


def test_an_equation_keeps_its_line_and_colour_when_rows_are_swapped() -> None:
    opened = state(APPLES)
    swapped = stepping.following(opened)
    assert text(swapped, "equation 1 label") == "R₂: 2 x + 3 y = 8"
    for key in ("equation 1", "equation 2"):
        before, after = marks(opened)[key], marks(swapped)[key]
        assert before.role == after.role
        assert before.ends == pytest.approx(after.ends)  # type: ignore[attr-defined]


def test_at_the_end_the_lines_say_the_solution() -> None:
    ended = state("eliminated=1")
    assert text(ended, "equation 1 label") == "R₁: x = 1"
    assert text(ended, "equation 2 label") == "R₂: y = 2"
    assert marks(ended)["equation 1"].ends[:, 0] == pytest.approx(1)  # type: ignore[attr-defined]


def test_parallel_lines_and_the_equation_without_a_point() -> None:
    opened = state(NONE)
    first, second = (marks(opened)[f"equation {k}"].ends for k in (1, 2))  # type: ignore[attr-defined]
    one, other = first[1] - first[0], second[1] - second[0]
    assert one[0] * other[1] - one[1] * other[0] == pytest.approx(0, abs=1e-9)
    assert not {"solution", "solutions"} & set(marks(opened))
    ended = marks(state(f"{NONE}&eliminated=1"))
    assert "equation 1" not in ended
    assert ended["equation 1 label"].text == "R₂: 0 = 3 holds for no point"  # type: ignore[attr-defined]


def test_coincident_lines_are_all_solutions() -> None:
    line = marks(state(MANY))["solutions"].ends  # type: ignore[attr-defined]
    assert line @ (1, 2) == pytest.approx(2)
    assert text(state(f"{MANY}&eliminated=1"), "equation 1 label") == "R₂: 0 = 0 holds everywhere"
    nothing = state("matrix=0,0;0,0&b=0,0")
    assert text(nothing, "solutions") == "every point is a solution"


# The columns ------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", APPLES, MANY, "matrix=1,1;0,-2&b=-3,5"])
def test_the_columns_add_up_to_b(query: str) -> None:
    opened = state(query)
    drawn, way = marks(opened, "columns"), np.zeros(2)
    for j in (0, 1):
        part = drawn.get(f"part {j + 1}")
        if isinstance(part, Arrow):
            assert part.tail == pytest.approx(way)
            column = LAB.model.compute(opened).A[:, j]
            assert part.tip - part.tail == pytest.approx(told(opened).values["solution"][j] * column)
            way = part.tip
    assert way == pytest.approx(np.array(opened.b, dtype=float))
    assert drawn["b"].tip == pytest.approx(way)  # type: ignore[attr-defined]


def test_where_b_is_off_the_line_of_the_columns_the_nearest_is_drawn() -> None:
    opened = state(NONE)
    drawn, result = marks(opened, "columns"), LAB.model.compute(opened)
    wanted = result.A @ np.linalg.lstsq(result.A, np.array(opened.b, dtype=float), rcond=None)[0]
    assert drawn["nearest"].at[0] == pytest.approx(wanted)  # type: ignore[attr-defined]
    assert not {"part 1", "part 2"} & set(drawn)
    assert "nearest" not in marks(state(MANY), "columns")
    assert text(state("matrix=0,0;0,0"), "all Ax label", "columns") == "every Ax is 0"


# The steps --------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", APPLES, f"{APPLES}&pivoting=first", NONE, MANY, "matrix=1,0;0,1"])
def test_next_and_back_go_through_all_steps(query: str) -> None:
    opened = shown = state(query)
    count, way = len(opened.system.steps), [opened]
    for done in range(1, count + 1):
        shown = stepping.following(shown)
        assert shown.system.at(shown.eliminated.exact) == (done, 0)
        way.append(shown)
    assert stepping.following(shown) is shown
    for before in reversed(way[:-1]):
        shown = stepping.preceding(shown)
        assert shown == before
    assert stepping.preceding(opened) is opened


def test_from_within_a_step_next_ends_it_and_back_begins_it() -> None:
    shown = state(f"{APPLES}&eliminated=0.3")  # one and a half of five
    assert stepping.following(shown).eliminated.text == "2/5"
    assert stepping.preceding(shown).eliminated.text == "1/5"


def test_pressing_a_button_leaves_the_elimination_where_it_is() -> None:
    shown = state("eliminated=1/2")
    assert LAB.finished(shown) is shown
    assert PLAY.stays  # type: ignore[attr-defined]


def test_row_operations_by_either_pivot() -> None:
    assert told(state(APPLES)).values["steps"] == [
        "R₁ ↔ R₂", "R₂ → R₂ − 1/5 R₁", "R₂ → 5/14 R₂", "R₁ → R₁ − R₂", "R₁ → 1/10 R₁",
    ]  # fmt: skip
    assert told(state(f"{APPLES}&pivoting=first")).values["steps"] == [
        "R₂ → R₂ − 5 R₁", "R₂ → −1/14 R₂", "R₁ → R₁ − 3 R₂", "R₁ → 1/2 R₁",
    ]  # fmt: skip


def test_the_table_shows_the_matrix_before_and_after_the_step() -> None:
    lines = [row.cells for row in table(state(f"{APPLES}&eliminated=2/5"))]
    assert lines[:5] == [
        ("R₁ ↔ R₂", "10", "1", "13"), ("R₁ ↔ R₂", "2", "3", "8"), ("",) * 4,
        ("R₁", "10", "1", "13"), ("R₂ → R₂ − 1/5 R₁", "0", "14/5", "27/5"),
    ]  # fmt: skip
    assert [row.cells[0] for row in table(state(APPLES))][:3] == ["R₁", "R₂", ""]
    assert lines[-5:] == [
        (f"{k + 1}.  {step}", "", "", "") for k, step in enumerate(told(state(APPLES)).values["steps"])
    ]
    assert table(replace(state(APPLES), page="matrix")) == []


# The words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Exactly one solution: the lines share one point, since A has 2 pivots for 2 unknowns."),
        (NONE, "No solution: equation 1 becomes 0 = 3. The rank of A is 1, that of [A | b] 2"),
        ("matrix=1,2;0,0&b=1,5", "No solution: equation 2 reads 0 = 5."),
        (MANY, "Infinitely many solutions: A and [A | b] have rank 1, and y can be any number."),
        ("matrix=0,0;0,0&b=0,0", "A and [A | b] have rank 0, and x and y can be any numbers."),
        (APPLES, "Next, R₁ ↔ R₂ brings up the pivot 10, the largest entry of its column"),
        (f"{APPLES}&eliminated=0.3", "Now R₂ → R₂ − 1/5 R₁ clears the 2 below the pivot 10"),
        (f"{APPLES}&eliminated=0.5", "Now R₂ → 5/14 R₂ turns the pivot 14/5 into 1: 50 % of the way."),
        (f"{APPLES}&eliminated=0.3", "50 % of the way"),
        (f"{APPLES}&pivoting=first", "the first entry of its column that is not 0"),
        (f"{APPLES}&eliminated=1", "The elimination is done, in 5 steps."),
        ("matrix=1,0;0,1", "There is nothing to eliminate"),
    ],
)
def test_what_is_so_and_what_is_done_is_said(query: str, words: str) -> None:
    assert words in told(state(query)).sentence


def test_formulas() -> None:
    lines = [plain(node) for node in told(state(f"{APPLES}&eliminated=1&with_inverse=yes")).formulas]
    assert lines[2] == "Ax = (2, 3; 10, 1)(x; y) = (8; 13)"
    assert lines[0] == "[A | b | I] after 5 steps = (1, 0, |, 31/28, |, −1/28, 3/28; 0, 1, |, 27/14, |, 5/14, −1/14)"
    assert lines[1] == "x = (31/28; 27/14)"
    assert plain(told(state(MANY)).formulas[1]) == "x = (2; 0) + t(−2; 1)"
    assert plain(told(state(NONE)).formulas[1]) == "no x with Ax = b"


def test_values() -> None:
    values = told(state(MANY)).values
    assert (values["solutions"], values["solution"]) == ("infinitely many", [2, 0])
    assert (values["null_space"], values["column_space"]) == ([[-2, 1]], [[1, 2]])
    assert told(state(NONE)).values["solution"] is None
    assert told(replace(state(APPLES), page="matrix")).values["solution"] == pytest.approx([31 / 28, 27 / 14])


def test_what_only_rounding_decides_is_warned_of() -> None:
    nearly = told(state("matrix=0.3333333333333333,1;1,3&b=1,1"))
    assert nearly.values["solutions"] == "one"
    assert any("Taken exactly as typed" in warning for warning in nearly.warnings)
    roots = told(state("matrix=√2,2;1,√2&b=√2,1"))
    assert roots.values["solutions"] == "infinitely many"
    assert any("counts as 0" in warning for warning in roots.warnings)
    assert told(state()).warnings == ()


def test_hover_says_which_equations_hold() -> None:
    opened = state()
    result = LAB.model.compute(opened)
    assert LAB.hover(opened, result, "rows", (1.0, 2.0)) == (
        "x = (1, 2)    Ax = (2.5, 2)    equations that hold: 1 and 2"
    )
    assert str(LAB.hover(opened, result, "rows", (5 / 3, 0.0))).endswith("equations that hold: 1")
    assert str(LAB.hover(opened, result, "rows", (0.0, 0.0))).endswith("equations that hold: none")


# The hand ---------------------------------------------------------------------------------------


def handle(key: str) -> Any:
    return next(h for h in LAB.handles if h.key == key)


def test_a_line_is_moved_by_where_it_crosses_an_axis() -> None:
    opened = state(APPLES)
    moved = handle("line2").moved(opened, (Number("2"), Number("7")))
    assert (moved.matrix, moved.b) == (opened.matrix, (Number("8"), Number("20")))
    assert handle("line2").at(moved, LAB.model.compute(moved)) == (2, 0)
    assert handle("line2").moved(opened, (Number("1e6"), Number("0"))) is opened  # b₂ would be ten times its limit
    assert "line 2" in marks(opened)
    begun = stepping.following(opened)
    assert not handle("line2").shown(begun, LAB.model.compute(begun))
    assert "line 2" not in marks(begun)


def test_only_what_belongs_to_the_page_is_held() -> None:
    opened = state()
    result = LAB.model.compute(opened)
    opened = replace(opened, shape="polygon")
    held = [h.key for h in LAB.handles if h.shown(opened, result)]
    assert held == ["line1", "line2", "b", "column1", "column2"]
    assert not any(click.shown(opened, result) for click in LAB.clicks)
    assert set(LAB.draw(opened, result, Store(LAB, opened).view)) == {"rows", "columns"}
    moved = handle("b").moved(opened, (Number("3"), Number("-1")))
    assert marks(moved, "columns")["b"].tip.tolist() == [3, -1]  # type: ignore[attr-defined]
