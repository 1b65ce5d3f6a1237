"""What only the eigen lab promises: v can be pulled onto an eigenline, glows there, and every case is told."""

from dataclasses import replace
from math import cos, radians, sin
from typing import Any

import numpy as np
import pytest

from mmlviz.core.formula import plain
from mmlviz.core.lab import Reading
from mmlviz.core.store import Store
from mmlviz.labs.eigen import LAB
from mmlviz.maths.number import Number
from tests.matrices import Named, rows, those

V = next(handle for handle in LAB.handles if handle.key == "v")
distinct = those(lambda named: named.case == "distinct real" and "e" not in named.text and "nearly" not in named.text)


def snapped(named: Named, xy: tuple[float, float]) -> np.ndarray:
    store = Store(LAB, replace(LAB.opening, matrix=named.rows))
    assert V.snapped is not None
    return np.array(V.snapped(store.state, store.result, xy, store.view["plane"]))


@distinct
def test_snapping_pulls_onto_the_nearest_eigenline(named: Named) -> None:
    for vector in Store(LAB, replace(LAB.opening, matrix=named.rows)).result.spectrum.vectors:
        for turn in (-2, 1):
            c, s = 3 * cos(radians(turn)), 3 * sin(radians(turn))
            near = c * vector[0] - s * vector[1], s * vector[0] + c * vector[1]
            x, y = snapped(named, near)
            A = np.array(named.rows, dtype=float)
            image = A @ (x, y)
            assert abs(image[0] * y - image[1] * x) <= 1e-12 * np.abs(A).max() * 3**2
            assert np.hypot(x - near[0], y - near[1]) < 3 * sin(radians(3))


def test_snapping_stays_within_the_limits() -> None:
    """Next to the end of the world the nearest point of the eigenline along (1, 2) lies beyond it."""
    x, y = snapped(Named("6,-1;2,3", "", ""), (5.2e5, 1e6))
    assert max(abs(x), abs(y)) <= LAB.field("vector").limits[1]


def test_far_from_an_eigenline_nothing_pulls() -> None:
    """The eigenlines of diag(2, 3) are the axes."""
    named = Named("2,0;0,3", "", "")
    assert snapped(named, (1.0, 1.0)).tolist() == [1, 1]
    assert snapped(named, (1.0, 0.05)).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("vector", "glows"), [("1,0", True), ("1,0.01", True), ("1,1", False), ("0,-2", True), ("0,0", False)]
)
def test_the_line_glows_when_the_vector_is_on_it(vector: str, glows: bool) -> None:
    x, y = vector.split(",")
    state = replace(LAB.opening, matrix=rows("2,0;0,3"), vector=(Number(x), Number(y)))
    store = Store(LAB, state)
    keys = {mark.key for mark in LAB.draw(state, store.result, store.view)["plane"]}
    assert ("glow" in keys) == glows


@those(lambda named: "e-" not in named.text and "nearly" not in named.text)
def test_there_are_as_many_eigenlines_as_the_case_has(named: Named) -> None:
    state = replace(LAB.opening, matrix=named.rows)
    store = Store(LAB, state)
    keys = {mark.key for mark in LAB.draw(state, store.result, store.view)["plane"]}
    lines = {"complex pair": set(), "defective": {"eigenline 1"}, "whole plane": {"eigenlines"}}
    assert {key for key in keys if key.startswith("eigenline")} == lines.get(named.case, {"eigenline 1", "eigenline 2"})
    assert ("invariant ellipse" in keys) == (named.case == "complex pair")


@pytest.mark.parametrize(("degrees", "is_pulled"), [(4.5, True), (5.5, False)])
def test_nothing_pulls_from_more_than_five_degrees(degrees: float, is_pulled: bool) -> None:
    x, y = 2 * cos(radians(degrees)), 2 * sin(radians(degrees))
    assert snapped(Named("2,0;0,3", "", ""), (x, y)).tolist() == ([x, 0] if is_pulled else [x, y])


# The picture ----------------------------------------------------------------------------------------


def picture(text: str, vector: str = "1,0") -> dict[str, Any]:
    """All marks by key; no key is in two panes."""
    x, y = map(Number, vector.split(","))
    store = Store(LAB, replace(LAB.opening, matrix=rows(text), vector=(x, y)))
    drawn = LAB.draw(store.state, store.result, store.view)
    return {mark.key: mark for marks in drawn.values() for mark in marks}


@pytest.mark.parametrize("text", ["1,-1;1,1", "1,1;-1,1", "-1,-0.1;0.1,-1"])
def test_the_arc_leads_from_the_vector_to_its_image(text: str) -> None:
    x, y = (picture(text)["angle"].points[[0, -1]]).T
    image = np.array(rows(text), dtype=float)[:, 0]
    assert np.arctan2(y, x) == pytest.approx([0, np.arctan2(image[1], image[0])])


def test_a_dot_on_an_eigenline_is_where_a_unit_vector_goes() -> None:
    """A = [[2, 1], [1/2, 3/2]] has λ = 1 along (1, −1) and λ = 5/2 along (2, 1)."""
    marks = picture("2,1;1/2,3/2")
    wanted = {1: np.array([1, -1]) / 2**0.5, 2: 2.5 * np.array([2, 1]) / 5**0.5}
    for k, tip in wanted.items():
        assert np.sort(marks[f"tip {k}"].at, axis=0) == pytest.approx(np.sort([tip, -tip], axis=0))
    negative = picture("-2,0;0,1")["tip 2"].at  # its first dot is where (1, 0) goes
    assert negative.tolist() == [[-2, 0], [2, 0]]


def test_the_ellipse_is_the_image_of_the_circle() -> None:
    marks = picture("1,2;3,4", "3,4")
    circle, ellipse = marks["circle of v"].points, marks["ellipse of Av"].points
    assert np.hypot(*circle.T) == pytest.approx(5)
    assert ellipse == pytest.approx(np.array([[x + 2 * y, 3 * x + 4 * y] for x, y in circle]))


def test_the_map_has_the_trace_across_and_the_determinant_up() -> None:
    marks = picture("2,0;0,3")
    assert marks["A"].at.tolist() == [[5, 6]]
    tr, det = marks["parabola"].points[~np.isnan(marks["parabola"].points[:, 1])].T
    assert det == pytest.approx((tr / 2) ** 2)


def test_eigenvalues_are_named_where_they_are() -> None:
    real, pair = picture("1,0;0,2"), picture("1,-2;2,1")
    at = {marks[key].text: marks[key].at.tolist() for marks in (real,) for key in ("λ1 label", "λ2 label")}
    assert at == {"λ₁": [2, 0], "λ₂": [1, 0]}
    at = {pair[key].text: pair[key].at.tolist() for key in ("λ1 label", "λ2 label")}
    assert at == {"λ₁": [1, 2], "λ₂": [1, -2]} or all("outside" in text for text in at)


@pytest.mark.parametrize(("det", "words"), [(1.1, "complex pair"), (0.9, "two real eigenvalues")])
def test_hovering_over_the_map_tells_the_side_of_the_parabola(det: float, words: str) -> None:
    state = LAB.opening
    assert str(LAB.hover(state, LAB.model.compute(state), "map", (-2.0, det))).endswith(words)


# The words ------------------------------------------------------------------------------------------


def told(text: str, vector: str = "1,0") -> Reading:
    x, y = map(Number, vector.split(","))
    state = replace(LAB.opening, matrix=rows(text), vector=(x, y))
    return LAB.tell(state, LAB.model.compute(state))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2,0;0,3", "Two eigenlines stay in place"),
        ("2,0;0,2", "Every vector but 0 is an eigenvector: A is 2 times the identity."),
        ("5,4;-4,-3", "Defective: λ = 1 counts twice"),
        ("1,2;2,4", "λ = 0: the dashed eigenline"),
        ("-3,8;2,3", "The eigenvalues are ±5"),
        ("-1,0;0,-2", "Both eigenvalues are negative"),
        ("2,0;0,-1/2", "λ = −0.5 is negative"),
        ("-2,0;0,1/2", "λ = −2 is negative"),
        ("0,-1;1,0", "each step goes 90° round the dashed ellipse, and Aⁿv stays on it."),
        ("2,-1;1,2", "each step goes 26.57° round the dashed ellipse and scales by 2.236."),
    ],
)
def test_every_case_has_its_sentence(text: str, words: str) -> None:
    assert words in told(text).sentence


@pytest.mark.parametrize(
    ("text", "roots", "polynomial"),
    [
        ("3,4;0,5", "λ = 5, 3", "det(A − λI) = λ^2 − 8λ + 15"),
        ("-2,-3;1,1", "λ ≈ −0.5 ± 0.866i", "det(A − λI) = λ^2 + λ + 1"),
        ("-3,8;2,3", "λ = 5, −5", "det(A − λI) = λ^2 − 25"),
        ("5,4;-4,-3", "λ = 1", "det(A − λI) = λ^2 − 2λ + 1"),
        ("1/3,0;0,1", "λ ≈ 1, 0.3333", "det(A − λI) ≈ λ^2 − 1.333λ + 0.3333"),
        ("1,0;0,1.000001", "λ = 1.000001, 1", "det(A − λI) ≈ λ^2 − 2λ + 1"),
    ],
)
def test_roots_and_polynomial_as_written(text: str, roots: str, polynomial: str) -> None:
    assert [plain(node) for node in told(text).formulas[1:]] == [roots, polynomial]


def test_the_zero_vector_is_no_eigenvector() -> None:
    assert told("2,0;0,3").warnings == ()
    assert "is no eigenvector" in told("2,0;0,3", "0,0").warnings[0]
