"""A matrix taken apart: the factors stand in the strip and multiply back."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mmlviz.core.codec import link, read_link
from mmlviz.core.controls import Button, Buttons
from mmlviz.labs.matrix import LAB
from mmlviz.maths import matrix2
from mmlviz.maths.number import Number
from mmlviz.maths.rational import floats
from tests.matrices import Named, rows, those

PARTS: dict[str, Button] = {
    button.key.removeprefix("apart."): button
    for group in LAB.groups
    for control in group.controls
    if isinstance(control, Buttons)
    for button in control.buttons
    if button.key.startswith("apart.")
}
sized = those(lambda named: max(map(abs, named.exact)) < 1e6 and min(abs(x) for x in named.exact if x != 0) > 1e-6
              if any(x != 0 for x in named.exact) else True)  # fmt: skip


def letters(state: Any) -> dict[str, np.ndarray]:
    """The matrices by their letters, read from the text of the definitions by numpy."""
    found = {}
    for piece in state.names.split("|"):
        letter, _, text = piece.strip().partition("=")
        found[letter] = np.array([[float(Number(x)) for x in row.split(",")] for row in text.split(";")])
    return found


@sized
@pytest.mark.parametrize("name", PARTS)
def test_the_factors_multiply_back_to_the_matrix(name: str, named: Named) -> None:
    before = replace(LAB.opening, matrix=named.rows, names="")
    state = PARTS[name].pressed(before)
    if state == before:
        assert name == "eigen"
        return
    assert (state.page, state.t) == ("product", 1)
    value = state.composition.value
    assert value is not None
    A = np.array(named.rows, dtype=float)
    condition = np.linalg.cond(letters(state)["X"]) if name == "eigen" else 1.0
    assert np.abs(floats(value) - A).max() <= 1e-11 * max(condition, 1) * np.abs(A).max()


@sized
def test_each_factor_is_of_its_kind(named: Named) -> None:
    start = replace(LAB.opening, matrix=named.rows, names="")
    found = {name: letters(PARTS[name].pressed(start)) for name in ("lu", "qr", "svd", "polar")}
    one = np.eye(2)
    assert found["lu"]["L"][0, 1] == 0
    assert (np.diag(found["lu"]["L"]) == 1).all()
    assert abs(found["lu"]["U"][1, 0]) == 0
    assert np.abs(found["lu"]["L"]).max() <= 1  # of partial pivoting
    for name, letter in (("qr", "Q"), ("svd", "U"), ("svd", "V"), ("polar", "Q")):
        Q = found[name][letter]
        assert pytest.approx(one, abs=1e-11) == Q.T @ Q
        assert name == "qr" or np.linalg.det(Q) == pytest.approx(1)
    assert found["qr"]["R"][1, 0] == 0
    assert (np.diag(found["qr"]["R"]) >= 0).all()
    S = found["svd"]["S"]
    assert (S[0, 1], S[1, 0]) == (0, 0)
    assert sorted(abs(np.diag(S))) == pytest.approx(sorted(matrix2.singular_values(named.rows)), rel=1e-9, abs=1e-12)
    assert found["polar"]["S"] == pytest.approx(found["polar"]["S"].T)


def test_eigenvectors_need_a_basis() -> None:
    eigen = PARTS["eigen"]
    assert eigen.usable is not None
    for text, why in (
        ("2,1;1,2", None), ("0,-1;1,0", "complex"), ("1,1;0,1", "basis"), ("2,0;0,2", None),
        ("2,0,0;0,3,0;0,0,5", None), ("0,-1,0;1,0,0;0,0,1", "complex"), ("1,0,1;0,1,1", "square"),
    ):  # fmt: skip
        state = read_link(f"mmlviz:matrix?matrix={text}", (LAB,))[1]
        told = eigen.usable(state)
        assert told is True if why is None else why in str(told)
        if why != "square":
            assert (eigen.pressed(state) != state) == (why is None)


@pytest.mark.parametrize("product", ["C", "C C^T", "C^T C", "A C^T"])
def test_what_comes_can_always_be_linked(product: str) -> None:
    """A factor of one row and one column would be a number."""
    state = read_link(f"mmlviz:matrix?page=product&product={product}&names=C%3D1,2,3&matrix=1,0,0;0,1,0;0,0,1", (LAB,))[
        1
    ]
    for button in PARTS.values():
        after = button.pressed(state)
        assert LAB.allows(after)
        assert read_link(link(LAB, after), (LAB,)) == (LAB, after)
        assert button.usable is None or (button.usable(state) is True) == (after != state)


def test_rows_that_change_places_are_in_the_product() -> None:
    state = PARTS["lu"].pressed(replace(LAB.opening, matrix=rows("0,1;2,3"), names=""))
    assert (state.product, state.names) == ("P^T L U", "P=0,1;1,0 | L=1,0;0,1 | U=2,3;0,1")


def test_a_product_can_be_taken_apart_and_other_letters_stay() -> None:
    state = replace(LAB.opening, page="product", product="B A", names="B=0,-1;1,0")
    apart = PARTS["qr"].pressed(state)
    assert apart.names.startswith("B=0,-1;1,0 | Q=")
    assert floats(apart.composition.value) == pytest.approx(floats(state.composition.value))


def test_entries_are_fractions_where_they_are_short() -> None:
    state = PARTS["eigen"].pressed(replace(LAB.opening, matrix=rows("2,1;1,2"), names=""))
    assert state.names == "X=1,-1;1,1 | D=3,0;0,1"


@pytest.mark.parametrize("text", ["0,0;1,1e-300", "1e6,1;1,1e-200", "1e-300,2e-300;3e-300,5e-300", "1e6,1/3;√2,-1e6"])
@pytest.mark.parametrize("name", PARTS)
def test_entries_of_any_size_can_be_read_again(name: str, text: str) -> None:
    state = PARTS[name].pressed(replace(LAB.opening, matrix=rows(text), names=""))
    assert LAB.field("names").read(state.names) == state.names
    assert all(len(x) <= 40 for piece in state.names.split("|") for x in piece.replace(";", ",").split(","))
