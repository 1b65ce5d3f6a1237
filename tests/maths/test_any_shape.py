"""Matrices of other shapes against sympy, and where they are on their way."""

from fractions import Fraction

import numpy as np
import pytest
import sympy

from mmlviz.maths.any_shape import bases, known, lifted
from mmlviz.maths.number import Number
from mmlviz.maths.rational import exact
from mmlviz.maths.shadow import shadow

TEXTS = (
    "1,1,1;3,2,1;2,1,2", "0,0,1;1,0,0;0,1,0", "2/3,-1/3,-1/3;-1/3,2/3,-1/3;-1/3,-1/3,2/3", "1,2,3;2,4,6;3,6,9",
    "0,0,0;0,0,0;0,0,0", "1,2,3;4,5,6;7,8,9", ".1,.7,0;.3,2.1,0;0,0,1", "1,0,1/3;0,1,-1/4", "1,2,3;2,4,6",
    "0,0,0;0,0,0", "1,0;0,1;1/2,1/2", "1,2;2,4;3,6", "-1,0,0;0,2,0;0,0,3",
)  # fmt: skip
SQUARE = [text for text in TEXTS if text.count(";") == 2 and text.count(",") == 6]


def rows(text: str) -> tuple[tuple[Number, ...], ...]:
    return tuple(tuple(map(Number, row.split(","))) for row in text.split(";"))


def by_sympy(text: str) -> sympy.Matrix:
    return sympy.Matrix([[sympy.Rational(x) for x in row.split(",")] for row in text.split(";")])


def vector(n: int) -> tuple[Number, ...]:
    return tuple(map(Number, ("6", "2", "1/3")[:n]))


@pytest.mark.parametrize("text", TEXTS)
def test_rank_spaces_and_image_are_those_of_sympy(text: str) -> None:
    A = by_sympy(text)
    found = known(rows(text), vector(A.cols), 1.0, "polar")
    assert found.rank == A.rank()
    assert found.image == pytest.approx(np.array(A * sympy.Matrix(list(map(str, vector(A.cols)))), dtype=float)[:, 0])
    assert len(found.null_space) == A.cols - A.rank()
    for v in found.null_space:
        assert A * sympy.Matrix(v) == sympy.zeros(A.rows, 1)
    assert [list(v) for v in found.column_space] == [list(v) for v in A.columnspace()]
    entries = np.array(A, dtype=float)
    assert entries @ found.null_basis.T == pytest.approx(np.zeros((A.rows, len(found.null_basis))), abs=1e-12)
    onto = found.image_basis.T @ found.image_basis
    assert onto @ entries == pytest.approx(entries, abs=1e-12)


@pytest.mark.parametrize("text", SQUARE)
def test_determinant_trace_and_inverse_are_those_of_sympy(text: str) -> None:
    A = by_sympy(text)
    found = known(rows(text), vector(3), 1.0, "polar")
    assert (found.determinant, found.trace) == (A.det(), A.trace())
    assert found.is_singular == (A.det() == 0)
    if found.inverse is not None:
        assert sympy.Matrix(found.inverse) == A.inv()


def test_what_is_not_square_has_no_determinant() -> None:
    found = known(rows("1,0;0,1;1/2,1/2"), vector(2), 1.0, "polar")
    assert (found.determinant, found.trace, found.inverse, found.is_square) == (None, None, None, False)


@pytest.mark.parametrize("way", ["polar", "entries"])
@pytest.mark.parametrize("text", SQUARE)
def test_the_volume_is_0_at_the_times_that_are_told(text: str, way: str) -> None:
    for t in known(rows(text), vector(3), 0.5, way).collapses:  # type: ignore[arg-type]
        assert np.linalg.det(lifted(exact(rows(text)), t, way)) == pytest.approx(0, abs=1e-9)  # type: ignore[arg-type]


def test_a_mirror_passes_through_0_once_on_the_polar_way() -> None:
    assert known(rows("-1,0,0;0,2,0;0,0,3"), vector(3), 0.5, "polar").collapses == pytest.approx((0.5,))


@pytest.mark.parametrize(
    ("text", "start"),
    [("1,0,1/3;0,1,-1/4", np.eye(3)), ("1,0;0,1;1/2,1/2", np.diag([1, 1, 0])), ("1,1,1;3,2,1;2,1,2", np.eye(3))],
)
def test_the_way_leads_from_the_identity_to_the_matrix(text: str, start: np.ndarray) -> None:
    A = np.array(by_sympy(text), dtype=float)
    m, n = A.shape
    assert lifted(exact(rows(text)), 0.0, "polar") == pytest.approx(start)
    assert lifted(exact(rows(text)), 1.0, "polar")[:m, :n] == pytest.approx(A)


def test_a_shadow_falls_along_the_light_all_the_way() -> None:
    """Every point goes straight towards where it lands."""
    A, r = exact(rows("1,0,1/3;0,1,-1/4")), np.array([6.0, 2, 3])
    way = lifted(A, 0.4, "polar") @ r - r
    assert np.cross(way, [4, -3, -12]) == pytest.approx([0, 0, 0], abs=1e-12)


def test_a_basis_is_told_where_only_rounding_keeps_the_rank_up() -> None:
    """1 + 2⁻⁵² beside 1 is rounding: the rank is 1, and so the null space has one vector."""
    near = (Fraction(1), Fraction(1) + Fraction(1, 2**52))
    null, columns = bases((near, (Fraction(1), Fraction(1))))  # type: ignore[arg-type]
    assert (len(null), len(columns)) == (1, 1)


def test_the_courses_shadow() -> None:
    """ŝ = (4, −3, −12)/13 sends (6, 2, 3) to (7, 5/4)."""
    A = np.array(shadow(np.degrees(np.arctan2(-3, 4)), np.degrees(np.arctan2(12, 5))), dtype=float)
    assert (A @ [6, 2, 3]).tolist() == pytest.approx([7, 1.25], abs=1e-3)
    assert known(rows("1,0,1/3;0,1,-1/4"), tuple(map(Number, "623")), 1.0, "polar").image.tolist() == [7, 1.25]


@pytest.mark.parametrize("around", [0, 90, 180, 37])
def test_a_sun_overhead_casts_no_shadow(around: float) -> None:
    assert np.array(shadow(around, 90), dtype=float).tolist() == [[1, 0, 0], [0, 1, 0]]
