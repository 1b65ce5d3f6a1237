"""The page of linear equations in space: planes, columns with three entries, and systems that are not square."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from mmlviz.core.codec import BadLink
from mmlviz.core.marks import Arrow3, Label3, Mark, Points3, Polygon3, Segments3
from mmlviz.labs.matrix import LAB, stepping
from mmlviz.labs.matrix.equations_space import plane_of
from tests.labs.pages import Page, told

CARROTS = "matrix=1,1,1;3,2,1;2,1,2&b=15,28,23"
LINE = "matrix=1,-1,0;0,1,-1;-1,0,1&b=1,0,-1"
PRISM = "matrix=1,0,1;0,1,1;1,1,2&b=1,1,0"
SMALL = st.integers(-3, 3)
PAGE = Page("equations", "planes")
state, marks = PAGE.state, PAGE.marks


def pieces(drawn: dict[str, Mark], k: int) -> list[np.ndarray]:
    found = [mark for key, mark in drawn.items() if key.startswith(f"equation {k} piece")]
    return [mark.corners for mark in found if isinstance(mark, Polygon3)]


def query(rows: list[list[int]], b: list[int], more: str = "") -> str:
    return f"matrix={';'.join(','.join(map(str, row)) for row in rows)}&b={','.join(map(str, b))}{more}"


# The rows ---------------------------------------------------------------------------------------


@given(st.lists(SMALL, min_size=12, max_size=12), st.integers(0, 100), st.sampled_from(["largest", "first"]))
def test_planes_pass_through_the_solution_at_every_moment(numbers: list[int], percent: int, pivoting: str) -> None:
    rows, x = [numbers[:3], numbers[3:6], numbers[6:9]], numbers[9:]
    assume(round(np.linalg.det(rows)) != 0)
    b = [sum(a * y for a, y in zip(row, x)) for row in rows]
    drawn = marks(state(query(rows, b, f"&pivoting={pivoting}&eliminated={percent}/100")))
    solution = drawn["solution"]
    assert isinstance(solution, Points3)
    assert solution.at.tolist() == [x]
    for k in (1, 2, 3):
        for corners in pieces(drawn, k):
            normal = np.cross(corners[1] - corners[0], corners[2] - corners[0])
            assert abs((np.array(x) - corners[0]) @ normal) < 1e-6 * (1 + np.linalg.norm(normal)) * (
                1 + abs(corners).max()
            )
    for key, mark in drawn.items():
        if key.startswith("equations "):
            assert isinstance(mark, Segments3)
            along = np.diff(mark.ends, axis=0)[0]
            off = np.cross(along, np.array(x) - mark.ends[0])
            assert np.linalg.norm(off) < 1e-6 * np.linalg.norm(along) * (1 + abs(mark.ends).max())


def test_a_plane_is_cut_where_the_others_meet_it() -> None:
    opened = state("matrix=1,0,0;0,1,0;0,0,1&b=0,0,0")
    drawn = marks(opened)
    for k in (1, 2, 3):
        parts = pieces(drawn, k)
        assert len(parts) == 4
        for corners in parts:  # each on one side of either of the other planes
            for axis in {0, 1, 2} - {k - 1}:
                assert (corners[:, axis] >= -1e-12).all() or (corners[:, axis] <= 1e-12).all()
        assert sum(area(corners) for corners in parts) == pytest.approx(area(whole(opened, k)))


def whole(opened: Any, k: int) -> np.ndarray:
    """The plane alone, uncut."""
    from mmlviz.labs.matrix.box import limits
    from mmlviz.maths.box3 import plane_in

    plane = plane_of(opened.system.whole[k - 1], k - 1)
    assert plane is not None
    reach = next(m.high[0] for m in marks(opened).values() if m.key == "box")  # type: ignore[attr-defined]
    return plane_in(plane.normal, *limits(reach), plane.foot)


def area(corners: np.ndarray) -> float:
    fan = np.cross(corners[1:-1] - corners[0], corners[2:] - corners[0])
    return float(np.linalg.norm(fan.sum(axis=0)) / 2)


def test_a_plane_is_the_equation() -> None:
    plane = plane_of((Fraction(2), Fraction(-1), Fraction(2), Fraction(9)), 0)
    assert plane is not None
    assert plane.normal == pytest.approx(np.array([2, -1, 2]) / 3)
    assert plane.foot == pytest.approx([2, -1, 2])  # 2·2 + 1 + 2·2 = 9, and along the normal
    assert plane_of((Fraction(1), Fraction(0), Fraction(0), Fraction(10**12)), 0) is None


def test_planes_are_labelled_with_their_equations_and_keep_their_colours() -> None:
    opened = state(CARROTS)
    swapped = stepping.following(opened)
    assert marks(opened)["equation 1 label"].text == "R₁: x + y + z = 15"  # type: ignore[attr-defined]
    assert marks(swapped)["equation 1 label"].text == "R₂: x + y + z = 15"  # type: ignore[attr-defined]
    for k in (1, 2, 3):
        assert marks(opened)[f"equation {k} piece 1"].role == marks(swapped)[f"equation {k} piece 1"].role
    ended = marks(state(f"{CARROTS}&eliminated=1"))
    assert {ended[f"equation {k} label"].text[4:] for k in (1, 2, 3)} == {"x = 3", "y = 7", "z = 5"}  # type: ignore[attr-defined]


def test_three_planes_that_share_a_line() -> None:
    opened = state(LINE)
    line = marks(opened)["solutions"].ends  # type: ignore[attr-defined]
    A, b = np.array(opened.matrix, dtype=float), np.array(opened.b, dtype=float)
    assert pytest.approx(np.column_stack([b, b])) == A @ line.T
    assert told(opened).values["solutions"] == "infinitely many"
    assert "Infinitely many solutions" in told(opened).sentence
    gone = marks(state(f"{LINE}&eliminated=1"))
    assert any("0 = 0 holds everywhere" in m.text for m in gone.values() if isinstance(m, Label3))


def test_one_plane_three_times_and_no_plane_at_all() -> None:
    drawn = marks(state("matrix=1,1,1;2,2,2;3,3,3&b=1,2,3"))
    assert drawn["solutions"].corners.sum(axis=1) == pytest.approx(1)  # type: ignore[attr-defined]
    nothing = marks(state("matrix=0,0,0;0,0,0;0,0,0&b=0,0,0"))
    assert nothing["solutions label"].text == "every point is a solution"  # type: ignore[attr-defined]
    assert not any(isinstance(mark, Polygon3) for mark in nothing.values())


def test_planes_without_a_common_point() -> None:
    opened = state(PRISM)
    drawn = marks(opened)
    assert not {"solution", "solutions"} & set(drawn)
    lines = [np.diff(m.ends, axis=0)[0] for k, m in drawn.items() if k.startswith("equations ")]  # type: ignore[attr-defined]
    assert len(lines) == 3  # the edges of a prism: they are parallel
    assert all(np.linalg.norm(np.cross(lines[0], each)) < 1e-9 * np.linalg.norm(lines[0]) ** 2 for each in lines[1:])
    assert "No solution: equation 3 becomes 0 = " in told(opened).sentence


def test_far_planes_leave_the_box_as_it_is() -> None:
    drawn = marks(state("matrix=1e-6,0,0;0,1,0;0,0,1&b=1e6,1,1"))  # x = 1e12
    assert not pieces(drawn, 1)
    assert "equation 1 label" not in drawn
    assert pieces(drawn, 2)
    assert drawn["box"].high[0] < 10  # type: ignore[attr-defined]


# The columns ------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [CARROTS, LINE, "matrix=1,0;0,1;1,1&b=2,3,5", "matrix=2,0,0;0,0,0;0,0,1&b=4,0,-1"])
def test_the_columns_add_up_to_b(given: str) -> None:
    opened = state(given)
    drawn, way = marks(opened, "arrows"), np.zeros(3)
    for j in range(opened.size[1]):
        part = drawn.get(f"part {j + 1}")
        if isinstance(part, Arrow3):
            assert part.tail == pytest.approx(way)
            way = part.tip
    assert way == pytest.approx(np.array(opened.b, dtype=float))
    assert drawn["b"].tip == pytest.approx(way)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "says"),
    [(PRISM, "every Ax lies in this plane"), ("matrix=1,1,1;1,1,1;1,1,1&b=1,2,3", "every Ax lies on this line"),
     ("matrix=0,0,0;0,0,0;0,0,0&b=1,2,3", "every Ax is 0"),
     ("matrix=1,0;0,1;1,1&b=1,1,1", "every Ax lies in this plane")],
)  # fmt: skip
def test_where_b_is_beside_all_outputs_the_nearest_is_drawn(given: str, says: str) -> None:
    opened = state(given)
    drawn, A = marks(opened, "arrows"), np.array(opened.matrix, dtype=float)
    b = np.array(opened.b, dtype=float)
    assert drawn["nearest"].at[0] == pytest.approx(A @ np.linalg.lstsq(A, b, rcond=None)[0], abs=1e-12)  # type: ignore[attr-defined]
    assert says in {mark.text for mark in drawn.values() if isinstance(mark, Label3)}
    assert "part 1" not in drawn


# Systems of every shape ---------------------------------------------------------------------------


@given(st.sampled_from([(2, 2), (3, 3), (2, 3), (3, 2)]), st.lists(SMALL, min_size=12, max_size=12))
def test_the_kind_and_the_solution_are_those_of_sympy(size: tuple[int, int], numbers: list[int]) -> None:
    m, n = size
    rows, b = [numbers[n * i : n * i + n] for i in range(m)], numbers[9 : 9 + m]
    values = told(state(query(rows, b))).values
    A, right = sympy.Matrix(rows), sympy.Matrix(b)
    rank, augmented = A.rank(), A.row_join(right).rank()
    kind = "none" if augmented > rank else "one" if rank == n else "infinitely many"
    assert values["solutions"] == kind
    if kind == "none":
        assert values["solution"] is None
    else:
        assert np.array(rows) @ np.array(values["solution"]) == pytest.approx(b)


@pytest.mark.parametrize(
    ("given", "shown"),
    [("", {"rows", "columns", "elimination"}), (CARROTS, {"planes", "arrows", "elimination3"}),
     ("matrix=1,0,1;0,1,1", {"planes", "columns", "elimination3"}),
     ("matrix=1,0;0,1;1,1", {"rows", "arrows", "elimination"})],
)  # fmt: skip
def test_two_unknowns_are_lines_and_three_are_planes(given: str, shown: set[str]) -> None:
    from mmlviz.core.layout import panes

    opened = state(given)
    assert {pane.name for pane in panes(LAB.layout) if pane.shown(opened)} == shown
    table = next(pane for pane in panes(LAB.layout) if pane.name in shown and pane.name.startswith("elimination"))
    rows = table.rows(opened, LAB.model.compute(opened))  # type: ignore[union-attr]
    assert {len(row.cells) for row in rows} == {len(table.columns)}  # type: ignore[union-attr]


def test_b_follows_the_size_of_the_matrix() -> None:
    assert len(state(CARROTS.partition("&")[0]).b) == 3
    assert len(state("matrix=1,0,1;0,1,1").b) == 2
    with pytest.raises(BadLink, match="b has 2 numbers; the columns of a 3×3 matrix have 3"):
        state("matrix=1,0,0;0,1,0;0,0,1&b=1,2")


def test_lines_of_three_equations_in_two_unknowns_can_be_held() -> None:
    opened = state("matrix=1,0;0,1;1,1&b=1,1,1")
    result = LAB.model.compute(opened)
    held = {h.key: h for h in LAB.handles if h.shown(opened, result)}
    assert {"line1", "line2", "line3"} <= set(held)
    moved = held["line3"].moved(opened, held["line3"].at(opened, result))  # type: ignore[arg-type]
    assert moved.b == opened.b
