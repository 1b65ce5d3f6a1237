"""What only the eigen lab promises: v can be pulled onto an eigenline, and glows there."""

from dataclasses import replace
from math import cos, radians, sin

import numpy as np
import pytest

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
