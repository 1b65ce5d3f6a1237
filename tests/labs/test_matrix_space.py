"""Matrices of other shapes in the lab: what fits what, what is drawn, what is said."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mmlviz.core import codec
from mmlviz.core.fields import shape_of
from mmlviz.core.formula import plain
from mmlviz.core.marks import Arrow, Arrow3, Box3, Label3, Mark, Polygon3, Segments3
from mmlviz.core.store import Store
from mmlviz.labs.matrix import LAB
from mmlviz.labs.matrix.space import hull
from mmlviz.maths.number import Number
from mmlviz.models.matrix import SIZES, VECTORS, reshaped

SHADOW = "mmlviz:matrix?matrix=1,0,1/3;0,1,-1/4&vector=6,2,3"
COURSE = "mmlviz:matrix?matrix=1,1,1;3,2,1;2,1,2"
TURN = "mmlviz:matrix?matrix=0,0,1;1,0,0;0,1,0&vector=2,1,0"
LAID = "mmlviz:matrix?matrix=1,0;0,1;1/2,1/2&vector=1,1"
PLANE = "mmlviz:matrix?matrix=2/3,-1/3,-1/3;-1/3,2/3,-1/3;-1/3,-1/3,2/3"


def state_of(link: str) -> Any:
    return codec.read_link(link, (LAB,))[1]


def picture(link: str, pane: str = "space") -> dict[str, Any]:
    store = Store(LAB, state_of(link))
    return {mark.key: mark for mark in LAB.draw(store.state, store.result, store.view)[pane]}


def told(link: str) -> Any:
    state = state_of(link)
    return LAB.tell(state, LAB.model.compute(state))


# What fits what -----------------------------------------------------------------------------------


@pytest.mark.parametrize("matrix", ["1,0,0;0,1,0;0,0,1", "1,0,1/3;0,1,-1/4"])
def test_a_matrix_alone_brings_a_vector_of_its_size(matrix: str) -> None:
    state = state_of(f"mmlviz:matrix?matrix={matrix}")
    assert state.vector == VECTORS[3]
    assert codec.read_link(codec.link(LAB, state), (LAB,)) == (LAB, state)


def test_a_matrix_of_two_columns_keeps_the_opening_vector() -> None:
    assert state_of("mmlviz:matrix?matrix=1,0;0,1;1/2,1/2").vector == LAB.opening.vector


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("mmlviz:matrix?matrix=1,0,0;0,1,0;0,0,1&vector=1,2", "the vector has 2 numbers; a 3×3 matrix takes 3"),
        ("mmlviz:matrix?matrix=1,0;0,1;1,1&vector=1,2,3", "the vector has 3 numbers; a 3×2 matrix takes 2"),
        ("mmlviz:matrix?vector=1,2,3", "the vector has 3 numbers; a 2×2 matrix takes 2"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(link: str, said: str) -> None:
    with pytest.raises(codec.BadLink) as caught:
        state_of(link)
    assert str(caught.value) == f"matrix: {said}"


def test_a_pasted_matrix_keeps_a_vector_that_fits_and_replaces_another() -> None:
    field, state = LAB.field("matrix"), state_of(COURSE + "&vector=7,8,9")
    wide = codec.with_field(LAB, state, field, field.read("1,2,3;4,5,6"))
    assert wide.vector == state.vector
    assert codec.with_field(LAB, state, field, field.read("1,2;3,4")).vector == VECTORS[2]


def test_a_pasted_matrix_of_another_shape_has_a_product_that_fits() -> None:
    field, state = LAB.field("matrix"), state_of("mmlviz:matrix?page=product")
    for text in ("1,2,3;4,5,6;7,8,9", "1,2,3;4,5,6", "1,2;3,4;5,6"):
        assert codec.with_field(LAB, state, field, field.read(text)).composition.problem is None
    own = state_of("mmlviz:matrix?page=product&product=B A B")
    assert codec.with_field(LAB, own, field, field.read("1,2,3;4,5,6;7,8,9")).product == "B A B"


@pytest.mark.parametrize("link", [COURSE, SHADOW, LAID, "mmlviz:matrix?page=product"])
@pytest.mark.parametrize("size", SIZES)
def test_another_shape_keeps_what_there_is_room_for(link: str, size: tuple[int, int]) -> None:
    before = state_of(link)
    after = reshaped(before, *size)
    assert shape_of(after.matrix) == size
    assert len(after.vector) == size[1]
    for i, row in enumerate(after.matrix):
        for j, number in enumerate(row):
            is_old = i < len(before.matrix) and j < len(before.matrix[0])
            assert number == (before.matrix[i][j] if is_old else Number("1" if i == j else "0"))
    if size == before.size:
        assert after is before
    else:
        assert (after.page, after.t, len(after.b)) == (before.page, 1, size[0])


# What is drawn ------------------------------------------------------------------------------------


def corners_of(marks: dict[str, Mark], prefix: str = "face") -> np.ndarray:
    faces = [mark for key, mark in marks.items() if key.startswith(prefix)]
    assert len(faces) == 6
    assert all(isinstance(face, Polygon3) for face in faces)
    return np.stack([face.corners for face in faces])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("link", "columns"),
    [(COURSE, [[1, 3, 2], [1, 2, 1], [1, 1, 2]]), (TURN, [[0, 1, 0], [0, 0, 1], [1, 0, 0]])],
)
def test_the_arrows_are_the_columns(link: str, columns: list[list[float]]) -> None:
    marks = picture(link)
    for key, column in zip(("first", "second", "third"), columns):
        assert isinstance(marks[key], Arrow3)
        assert (marks[key].role, marks[key].tip.tolist(), marks[key].tail.tolist()) == (key, column, [0, 0, 0])
    assert marks["third label"].text == "Ak̂"


@pytest.mark.parametrize("link", [COURSE, TURN, "mmlviz:matrix?matrix=2,0,0;0,-1,0;0,0,3/2"])
def test_the_cube_has_the_volume_and_the_side_of_the_determinant(link: str) -> None:
    """By the divergence theorem: a third of the sum of face areas times heights, from its middle."""
    marks, values = picture(link), told(link).values
    at = corners_of(marks)
    middle = at.mean(axis=(0, 1))
    normals = np.cross(at[:, 1] - at[:, 0], at[:, 3] - at[:, 0])
    volume = np.abs(((at[:, 0] - middle) * normals).sum(axis=1)).sum() / 3
    assert volume == pytest.approx(abs(values["determinant"]))
    is_negative = values["determinant"] < 0
    assert marks["face 1"].is_hatched == is_negative
    assert marks["face 1"].role == marks["volume"].role == ("negative" if is_negative else "positive")


def test_a_rotation_shows_its_axis_and_its_angle() -> None:
    marks = picture(TURN)
    ends = marks["axis line"].ends
    assert np.cross(ends, [1, 1, 1]) == pytest.approx(np.zeros((2, 3)), abs=1e-12)
    assert marks["axis line label"].text == "axis, 120°"


def test_a_projection_shows_its_plane_and_what_lands_on_0() -> None:
    marks = picture(PLANE + "&vector=2,1,1")
    assert np.abs(marks["image plane"].corners.sum(axis=1)).max() < 1e-9
    assert np.cross(marks["null line"].ends, [1, 1, 1]) == pytest.approx(np.zeros((2, 3)), abs=1e-9)
    fibre = marks["fibre of v"].ends
    assert np.cross(fibre - [2, 1, 1], [1, 1, 1]) == pytest.approx(np.zeros((2, 3)), abs=1e-9)


@pytest.mark.parametrize(
    ("matrix", "there", "gone"),
    [
        ("1,0,0;0,1,0;0,0,0", {"image plane", "null line"}, {"image line"}),
        ("1,2,3;2,4,6;3,6,9", {"image line", "null plane"}, {"image plane"}),
        ("0,0,0;0,0,0;0,0,0", {"image point"}, {"image line", "null line"}),
        ("1,0,0;0,2,0;0,0,3", set(), {"image plane", "image line", "image point", "null line"}),
    ],
)
def test_a_collapse_is_drawn(matrix: str, there: set[str], gone: set[str]) -> None:
    keys = set(picture(f"mmlviz:matrix?matrix={matrix}"))
    assert there <= keys
    assert not gone & keys


def test_a_shadow_is_where_the_ray_through_v_meets_the_floor() -> None:
    marks, flat = picture(SHADOW), picture(SHADOW, "shadow")
    tip = marks["image"].tip
    assert tip == pytest.approx([7, 1.25, 0])
    assert np.cross(tip - [6, 2, 3], [4, -3, -12]) == pytest.approx([0, 0, 0], abs=1e-12)
    assert isinstance(flat["image"], Arrow)
    assert flat["image"].tip.tolist() == [7, 1.25]
    assert marks["shadow"].corners[:, 2].tolist() == [0.0] * len(marks["shadow"].corners)
    assert "rays" in marks
    assert "rays" not in picture("mmlviz:matrix?matrix=2,0,1;0,1,1")  # the floor does not stay


def test_a_plane_in_space_holds_all_outputs() -> None:
    marks = picture(LAID)
    normal = np.cross([1, 0, 0.5], [0, 1, 0.5])
    for at in (
        marks["image plane"].corners,
        marks["unit square"].corners,
        marks["image"].tip,
        marks["moved grid"].ends,
    ):
        assert np.abs(at @ normal).max() < 1e-9


@pytest.mark.parametrize("link", [COURSE, SHADOW, LAID, TURN, PLANE])
def test_the_box_holds_what_matters(link: str) -> None:
    marks = picture(link)
    box = marks["box"]
    assert isinstance(box, Box3)
    spans = box.high - box.low
    assert spans[:2] / spans[2] == pytest.approx([4 / 3, 4 / 3])  # as it is shown, so that right angles look right
    for mark in marks.values():
        for at in [mark.tip] if isinstance(mark, Arrow3) else [mark.ends] if isinstance(mark, Segments3) else []:
            assert (at >= box.low - 1e-9).all()
            assert (at <= box.high + 1e-9).all()


def test_the_box_stands_still_while_a_slider_moves() -> None:
    before, after = state_of(TURN), state_of(TURN.replace("0,0,1;", "9,9,9;"))
    view = replace(Store(LAB, before).view, is_moving=True, rest=before)

    def box(state: Any, **changed: Any) -> float:
        marks = LAB.draw(state, LAB.model.compute(state), replace(view, **changed))["space"]
        return next(float(mark.high[0]) for mark in marks if isinstance(mark, Box3))

    assert box(after) == box(before)
    assert box(after, is_moving=False) > box(before)


def test_the_moment_of_no_volume_is_drawn() -> None:
    marks = picture("mmlviz:matrix?matrix=1,0,0;0,1,0;0,0,-1&t=0.5")
    assert isinstance(marks["moment label"], Label3)
    assert marks["moment label"].text == "the volume is 0 here"


@pytest.mark.parametrize(
    ("points", "count"),
    [([[0, 0], [1, 0], [1, 1], [0, 1], [0.5, 0.5]], 4), ([[0, 0], [1, 1], [2, 2]], 2), ([[3, 3], [3, 3]], 0)],
)
def test_the_hull_has_only_corners(points: list[list[float]], count: int) -> None:
    assert len(hull(np.array(points, dtype=float))) == count


# What is said -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        ("1,0,0;0,1,0;0,0,1", "the identity"),
        ("0,0,0;0,0,0;0,0,0", "lands on the origin"),
        ("0,0,1;1,0,0;0,1,0", "a rotation by 120° about the axis along (1, 1, 1)"),
        ("1,0,0;0,1,0;0,0,-1", "a reflection in the plane at right angles to (0, 0, 1)"),
        ("0,-1,0;1,0,0;0,0,-1", "turns by 90° about the axis along (0, 0, 1) and mirrors"),
        ("1,0,0;0,1,0;0,0,0", "a projection onto the plane at right angles to (0, 0, 1)"),
        ("1,0,0;0,0,0;0,0,0", "a projection onto the line along (1, 0, 0)"),
        ("1,1,0;0,1,0;0,0,1", "slide along (1, 0, 0)"),
        ("0,1,0;0,0,1;0,0,0", "nilpotent"),
        ("0,-1,2;1,0,3;-2,-3,0", "skew-symmetric"),
        ("2,0,0;0,3,0;0,0,4", "by 2 along x, by 3 along y and by 4 along z"),
        ("2,0,0;0,2,0;0,0,2", "Volumes grow 8 times and keep their orientation"),
        ("1,2,3;4,5,6;7,8,9", "every line along (1, −2, 1), the null space, on one point"),
        ("1,2,3;2,4,6;3,6,10", "every line along (−2, 1, 0)"),
        ("1,2,3;2,4,6;3,6,8", "all of space lands on one plane"),
        ("2,1,1;4,2,2;6,3,3", "all of space lands on one line"),
        ("1,1,1;3,2,1;2,1,2", "Volumes grow 2 times and change orientation"),
        ("1,0,1/3;0,1,-1/4", "casts shadows along (−4, 3, 12), the null space"),
        ("1,2,3;2,4,6", "onto one line, and every plane parallel to the null space"),
        ("1,0;0,1;1/2,1/2", "different inputs stay different. Areas grow 1.225 times"),
        ("1,2;2,4;3,6", "takes the plane to one line in space, and every line along (−2, 1)"),
        ("0,0;0,0;0,0", "all of the plane lands on the origin"),
    ],
)
def test_the_sentence_says_what_it_does(matrix: str, words: str) -> None:
    assert words in told(f"mmlviz:matrix?matrix={matrix}").sentence


def test_the_course_inverse_is_exact() -> None:
    formulas = [plain(formula) for formula in told(COURSE + "&vector=3,7,5").formulas]
    assert formulas[0] == "Av = (1, 1, 1; 3, 2, 1; 2, 1, 2)(3; 7; 5) = (15; 28; 23)"
    assert formulas[1:] == ["det A = −2", "A^−1 = (−1.5, 0.5, 0.5; 2, 0, −1; 0.5, −0.5, 0.5)"]


def test_a_matrix_that_is_not_square_has_no_determinant_and_no_inverse_in_its_formulas() -> None:
    formulas = [plain(formula) for formula in told(SHADOW).formulas]
    assert formulas == ["Av = (1, 0, 1/3; 0, 1, −1/4)(6; 2; 3) = (7; 1.25)", "null space: s(−4; 3; 12)"]
    values = told(SHADOW).values
    assert (values["determinant"], values["trace"], values["inverse"], values["rank"]) == (None, None, None, 2)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (COURSE + "&t=0.5", "of the way to A"),
        ("mmlviz:matrix?matrix=-1,0,0;0,1,0;0,0,1&t=0.2", "The volume passes through 0 at t = 0.5"),
        ("mmlviz:matrix?matrix=1,0,0;0,1,0;0,0,1e-9", "Nearly singular"),
        ("mmlviz:matrix?matrix=1e-150,0,0;0,1e-150,0;0,0,1e-150", "too small for a float"),
    ],
)
def test_warnings(link: str, words: str) -> None:
    assert any(words in warning for warning in told(link).warnings)


# The palette --------------------------------------------------------------------------------------


def test_the_shadow_button_makes_the_courses_shadow() -> None:
    group = next(group for group in LAB.groups if group.title == "Shadow")
    button = group.controls[0].buttons[0]  # type: ignore[union-attr]
    state = button.pressed(reshaped(LAB.opening, 2, 3))
    assert np.array(state.matrix, dtype=float) == pytest.approx(np.array([[1, 0, 1 / 3], [0, 1, -1 / 4]]), abs=1e-4)
    sliders = group.controls[1:]
    assert all(slider.shown(state) for slider in sliders)
    higher = sliders[1].taken(state, Number("90"))  # type: ignore[union-attr,misc]
    assert np.array(higher.matrix, dtype=float).tolist() == [[1, 0, 0], [0, 1, 0]]


@pytest.mark.parametrize("link", [COURSE, SHADOW, LAID, "mmlviz:matrix"])
def test_the_sliders_that_are_shown_are_those_of_the_entries(link: str) -> None:
    state = state_of(link)
    shown = [
        control
        for group in LAB.groups
        for control in group.controls
        if getattr(control, "field", "") == "matrix" and control.shown(state)
    ]
    m, n = state.size
    assert [control.index for control in shown] == [(i, j) for i in range(m) for j in range(n)]  # type: ignore[union-attr]
    assert "".join(control.named(state) for control in shown) == "abcdefghi"[: m * n]  # type: ignore[union-attr]
