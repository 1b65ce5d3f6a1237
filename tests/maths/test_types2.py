"""Matrices made by their type are of that type, and as exact as they can be."""

from math import cos, radians, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths import matrix2
from mmlviz.maths.number import Number
from mmlviz.maths.types2 import ANGLED, TYPES, typical

angles = st.floats(-360, 360).map(lambda x: Number.rounded(x, 0.01))
amounts = st.floats(-9, 9).map(lambda x: Number.rounded(x, 0.01))


def floats(name: str, angle: Number, amount: Number) -> np.ndarray:
    return np.array(typical(name, angle, amount), dtype=float)


@given(angles, amounts)
def test_each_is_what_its_formula_says(angle: Number, amount: Number) -> None:
    """For the projection d dᵀ, for the reflection 2 d dᵀ − I, with the unit vector d at the angle."""
    d = np.array([cos(radians(angle)), sin(radians(angle))])
    turned = np.array([[d[0], -d[1]], [d[1], d[0]]])
    onto = np.outer(d, d)
    wanted = {
        "rotation": turned,
        "reflection": 2 * onto - np.eye(2),
        "projection": onto,
        "scaling": float(amount) * np.eye(2),
        "shear": np.array([[1, amount], [0, 1]]),
    }
    assert set(wanted) == set(TYPES)
    for name, matrix in wanted.items():
        assert floats(name, angle, amount) == pytest.approx(matrix, abs=1e-13)


@given(angles, amounts)
def test_each_is_named_as_its_type(angle: Number, amount: Number) -> None:
    """Also where another name is more telling: a rotation by 0° is the identity."""
    found = {name: matrix2.kind(typical(name, angle, amount)).word for name in TYPES}
    assert found["projection"] == "projection"
    assert found["reflection"] == "reflection"
    assert found["rotation"] == (
        "rotation" if float(angle) % 180 else "identity" if float(angle) % 360 == 0 else "scaling"
    )
    assert found["shear"] == ("shear" if amount != 0 else "identity")
    assert found["scaling"] == {0.0: "zero", 1.0: "identity"}.get(float(amount), "scaling")


@given(angles)
def test_the_angle_is_found_again(angle: Number) -> None:
    for name in ANGLED:
        kind = matrix2.kind(typical(name, angle, Number("1")))
        if kind.word == name:
            assert kind.angle is not None
            away = (kind.angle - float(angle)) % (360 if name == "rotation" else 180)
            assert min(away, 180 - away if name != "rotation" else 360 - away) == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize(
    ("name", "angle", "entries"),
    [
        ("rotation", "90", "0,-1;1,0"),
        ("rotation", "60", "1/2,-sin(60°);sin(60°),1/2"),
        ("reflection", "45", "0,1;1,0"),
        ("reflection", "30", "1/2,sin(60°);sin(60°),-1/2"),
        ("projection", "45", "1/2,1/2;1/2,1/2"),
        ("projection", "60", "1/4,sin(120°)/2;sin(120°)/2,3/4"),
    ],
)
def test_entries_are_fractions_where_they_can_be(name: str, angle: str, entries: str) -> None:
    made = typical(name, Number(angle), Number("1"))
    assert ";".join(",".join(x.text for x in row) for row in made) == entries


def test_an_angle_that_is_hardly_one_is_none() -> None:
    assert typical("projection", Number("1e-299"), Number("1")) == typical("projection", Number("0"), Number("1"))


def test_other_names_are_refused() -> None:
    with pytest.raises(KeyError):
        typical("squeeze", Number("1"), Number("1"))


@pytest.mark.parametrize("name", sorted(ANGLED))
@pytest.mark.parametrize("angle", ["-1.672267e-276", "1e-300", "1e-150", "1e-139"])
def test_an_angle_that_is_all_but_none_makes_a_matrix(name: str, angle: str) -> None:
    """The square of its sine would be smaller than any number that can be typed."""
    made, wanted = (floats(name, Number(text), Number("1")) for text in (angle, "0"))
    assert made == pytest.approx(wanted, abs=1e-130)
