"""The values of typed products, against sympy."""

from fractions import Fraction

import numpy as np
import pytest
import sympy
from scipy.spatial.transform import Rotation

from mmlviz.maths import rational
from mmlviz.maths.expression.tokens import Refused
from mmlviz.maths.products import Node, brief, partial, read, value, write
from mmlviz.maths.rational import Matrix
from tests.maths.products.cases import CASES, MATRICES, Case, S, of_sympy


def typed(text: str) -> Matrix:
    """The value of a text."""
    tree = read(text)
    assert isinstance(tree, Node), str(tree)
    return value(tree, MATRICES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_values_are_those_of_sympy_and_exact_where_they_are_fractions(case: Case) -> None:
    found = typed(case.text)
    if all(x.is_Rational for x in case.value):
        assert found == of_sympy(case.value)
    else:
        expected = np.array(case.value.evalf(30), dtype=float)
        np.testing.assert_allclose(rational.floats(found), expected, rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_what_is_written_is_read_as_the_same(case: Case) -> None:
    tree = read(case.text)
    assert isinstance(tree, Node)
    assert read(write(tree)) == tree
    assert read(brief(tree)) == tree


@pytest.mark.parametrize(
    "axis", [(1, 0, 0), (1, 1, 1), (1, -2, 3), (0.3, 0.1, -7), (-1, -2, -3), (-1, 0, 0), (1e150, 2e150, -1e150)]
)
@pytest.mark.parametrize("degrees", [-170, -37.5, 0, 30, 60, 120, 300])
def test_rotations_about_an_axis_are_those_of_scipy(axis: tuple[float, ...], degrees: float) -> None:
    unit = np.array(axis) / np.linalg.norm(axis)
    expected = Rotation.from_rotvec(np.radians(degrees) * unit).as_matrix()
    found = typed(f"rot({degrees}, ({','.join(map(str, axis))}))")
    np.testing.assert_allclose(rational.floats(found), expected, atol=1e-14)


@pytest.mark.parametrize(
    "text", ["A", "ABC", "-2A(B + C)B^-1", "TMU", "TM[1;2;3]", "A 2", "T 3I", "2A·B·1/2", "I", "U I"]
)
def test_partial_products_grow_from_the_right(text: str) -> None:
    tree = read(text)
    assert isinstance(tree, Node)
    steps = partial(tree, MATRICES)
    factors = getattr(tree, "factors", (tree,))
    assert len(steps) == len(factors)
    assert steps[-1] == value(tree, MATRICES)
    for factor, before, after in zip(reversed(factors[:-1]), steps, steps[1:]):
        A = value(factor, MATRICES)
        n = len(before)
        scale = of_sympy(A[0][0] * sympy.eye(n)) if A[0][1:] == (0,) and type(factor).__name__ == "Scalar" else A
        assert rational.product(scale, before) == after


def test_a_number_at_the_end_is_of_the_size_that_the_others_take() -> None:
    tree = read("T·2")
    assert isinstance(tree, Node)
    assert partial(tree, MATRICES) == (of_sympy(2 * sympy.eye(3)), of_sympy(2 * S.T))


@pytest.mark.parametrize(
    ("text", "zeros"),
    [
        ("rot(45)^2", [(0, 0), (1, 1)]),
        ("rot(30)^3", [(0, 0), (1, 1)]),
        ("rot(30)^12", [(0, 1), (1, 0)]),
        ("rot(7)^90", [(0, 0), (1, 1)]),
        ("rot(9)^20", [(0, 1), (1, 0)]),
        ("reflect(17)^2", [(0, 1), (1, 0)]),
        ("project(30)project(120)", [(0, 0), (0, 1), (1, 0), (1, 1)]),
        ("project(20) + project(110) - I", [(0, 0), (0, 1), (1, 0), (1, 1)]),
        ("rot(20,(1,1,1))[1;1;1] - [1;1;1]", [(0, 0), (1, 0), (2, 0)]),
        ("[√2,1;1,√2][√2,-1;-1,√2]", [(0, 1), (1, 0)]),
    ],
)
def test_what_rounding_leaves_of_nothing_is_nothing(text: str, zeros: list[tuple[int, int]]) -> None:
    found = typed(text)
    assert [(i, j) for i, row in enumerate(found) for j, x in enumerate(row) if x == 0] == zeros


@pytest.mark.parametrize(
    "text", ["[1,1e-15;0,1] - I", "[1,1;1,1][1;-1.000000000000001]", "scale(√2, 1e-140)^2", "1e-20 rot(30)"]
)
def test_what_is_small_stays(text: str) -> None:
    found = typed(text)
    small = [abs(x) for row in found for x in row if x]
    assert small
    assert min(small) < Fraction(1, 10**14)


# Singular or not --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[1,2;2,4]", "[.1,.7;.3,2.1]", "[0,0;0,0]", "[1,2,3;4,5,6;7,8,9]", "[.1,.2,.3;.4,.5,.6;.7,.8,.9]",
        "[√2,2;1,√2]", "[√2,2,0;1,√2,0;0,0,1]", "project(17)", "rot(17)project(20)rot(33)", "A project(17)", "0A", "0I",
        "scale(0)", "scale(1,0,2)", "UT", "rot(17)^20 project(20) rot(3)", "rot(30)^12 - I",
        "A - A", "A^2 - 5A - 2I", "project(17)^-1", "[1e-200,2e-200;2e-200,4e-200]",
    ],
)  # fmt: skip
def test_singular_matrices_have_no_inverse(text: str) -> None:
    with pytest.raises(Refused, match=r"is singular: .* does not exist"):
        typed(f"({text})^-1")


@pytest.mark.parametrize(
    "text",
    [
        "[1e-200,0;0,1e-200]", "[1,1e-100;1e-100,0]", "[1,1;1,1.000001]", "scale(1e-200, 1, 1e200)", "1e-200 I",
        "[1,2,3;4,5,6;7,8,9.000001]", "[1/3,1/7,1/11;1/13,1/17,1/19;1/23,1/29,1/31]", "shear(1e6)", "M", "T T'",
    ],
)  # fmt: skip
def test_inverses_are_exact_however_small_the_determinant(text: str) -> None:
    A, inverse = typed(text), typed(f"({text})^-1")
    assert rational.product(A, inverse) == rational.identity(len(A)) == rational.product(inverse, A)


# Size -------------------------------------------------------------------------------------------


def test_a_long_product_is_exact_while_it_is_short_to_write() -> None:
    fibonacci = value(read("[1,1;1,0]^100"), {})  # type: ignore[arg-type]
    assert fibonacci[0][1] == Fraction(int(sympy.fibonacci(100)))


def test_what_is_too_long_to_write_is_rounded() -> None:
    text = "[1/3,1/7;1/11,1/13]^100[3,7;11,13]^100"
    A, B = (sympy.Matrix(rows) for rows in ([["1/3", "1/7"], ["1/11", "1/13"]], [[3, 7], [11, 13]]))
    found, expected = typed(text), A**100 * B**100
    np.testing.assert_allclose(
        np.array([[float(x) for x in row] for row in found]), np.array(expected.evalf(30), dtype=float), rtol=1e-12
    )
    assert all(x.denominator.bit_length() < 1100 for row in found for x in row)


@pytest.mark.parametrize("text", ["([2,1;1,2]^100)^100", "(scale(1/2)^100)^100", "1e300 A 1e300", "scale(1e-300)^-2"])
def test_entries_stay_within_what_floats_can_hold(text: str) -> None:
    with pytest.raises(Refused, match="too large, or too small beside 0"):
        typed(text)
