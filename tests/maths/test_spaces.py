"""Rank, spaces, determinant, inverse and singular values: against sympy and mpmath, and by laws."""

from fractions import Fraction
from math import gcd, inf

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths import matrix2, spaces
from mmlviz.maths.elimination import noise_of
from mmlviz.maths.rational import Matrix, exact, floats, identity, product, scaled, shape, transposed
from tests.maths.small_matrices import SMALL, Small, every, square, those
from tests.maths.test_elimination import entries, from_sympy, matrices, of_sympy

sizes = st.integers(1, 4)
rational = those(lambda small: small.is_rational)
rational_square = those(lambda small: small.is_rational and small.shape[0] == small.shape[1])


def is_zero(A: Matrix) -> bool:
    return all(x == 0 for row in A for x in row)


def test_there_are_enough_matrices() -> None:
    assert len(SMALL) >= 100
    assert {small.shape for small in SMALL.values()} >= {(2, 3), (3, 2), (3, 3), (4, 4), (1, 3), (3, 1)}


@every
def test_ranks_are_as_listed(small: Small) -> None:
    assert small.sympy.rank() == small.rank
    assert spaces.rank(small.A, noise_of(small.rows)) == small.rank
    assert spaces.rounded_rank(small.A) == small.rank
    assert sum(x > 0 for x in spaces.singular_values(small.A)) == small.rank


@every
def test_dimensions_add_up(small: Small) -> None:
    A, noise = small.A, noise_of(small.rows)
    m, n = shape(A)
    assert len(spaces.column_space(A, noise)) == small.rank
    assert len(spaces.null_space(A, noise)) == n - small.rank
    assert len(spaces.null_space(transposed(A), None if noise is None else transposed(noise))) == m - small.rank


@rational
def test_spaces_are_those_of_sympy(small: Small) -> None:
    A = small.sympy
    for ours, theirs in (
        (spaces.null_space(small.A), A.nullspace()),
        (spaces.column_space(small.A), A.columnspace()),
        (spaces.column_space(transposed(small.A)), [v.T for v in A.rowspace()]),
        (spaces.null_space(transposed(small.A)), A.T.nullspace()),
    ):
        assert len(ours) == len(theirs)
        if ours:
            both = sympy.Matrix([*of_sympy(ours).tolist(), *[list(v) for v in theirs]])
            assert both.rank() == len(ours)


@given(st.data(), sizes, sizes)
def test_the_four_spaces_stand_at_right_angles(data: st.DataObject, m: int, n: int) -> None:
    A = data.draw(matrices(m, n))
    null, rows = spaces.null_space(A), spaces.column_space(transposed(A))
    if null and rows:
        assert is_zero(product(rows, transposed(null)))
    left, columns = spaces.null_space(transposed(A)), spaces.column_space(A)
    if left and columns:
        assert is_zero(product(columns, transposed(left)))
    for v in (*null, *left):
        assert all(x.denominator == 1 for x in v)
        assert gcd(*(int(x) for x in v)) == 1


def test_null_space_in_small_whole_numbers() -> None:
    assert spaces.null_space(exact([[1, 2, 3], [4, 5, 6], [7, 8, 9]])) == ((1, -2, 1),)
    assert spaces.null_space(exact([[2, 3]])) == ((-3, 2),)
    assert spaces.whole_numbers((Fraction(-1, 6), Fraction(1, 4))) == (-2, 3)
    assert spaces.whole_numbers((Fraction(0), Fraction(0))) == (0, 0)
    small = SMALL["√2,2,√6;1,√2,√3;0,0,0"]
    null = spaces.null_space(small.A, noise_of(small.rows))
    assert floats(null) == pytest.approx(np.array([[-(2**0.5), 1, 0], [-(3**0.5), 0, 1]]))


# Determinant and inverse ------------------------------------------------------------------------


@rational_square
def test_determinant_and_inverse_as_sympy(small: Small) -> None:
    A = small.A
    assert spaces.determinant(A) == from_sympy(sympy.Matrix([[small.sympy.det()]]))[0][0]
    assert spaces.adjugate(A) == from_sympy(small.sympy.adjugate())
    if small.rank == len(A):
        assert spaces.inverse(A) == from_sympy(small.sympy.inv())
    else:
        assert spaces.inverse(A) is None


@given(st.data(), sizes)
def test_laws_of_determinant_and_inverse(data: st.DataObject, n: int) -> None:
    A, B = data.draw(matrices(n, n)), data.draw(matrices(n, n))
    D = spaces.determinant(A)
    assert spaces.determinant(product(A, B)) == D * spaces.determinant(B)
    assert spaces.determinant(transposed(A)) == D
    assert product(A, spaces.adjugate(A)) == scaled(identity(n), D)
    back = spaces.inverse(A)
    assert (back is None) == (D == 0)
    if back is not None:
        assert product(A, back) == product(back, A) == identity(n)


def test_the_course_s_determinant() -> None:
    A = exact([[1, 1, 1], [3, 2, 1], [2, 1, 2]])
    assert spaces.determinant(A) == -2
    assert spaces.inverse(A) == tuple(
        tuple(Fraction(x, 2) for x in row) for row in [[-3, 1, 1], [4, 0, -2], [1, -1, 1]]
    )


@given(st.lists(st.lists(st.integers(-9, 9) | st.floats(-1e3, 1e3), min_size=2, max_size=2), min_size=2, max_size=2))
def test_singular_is_what_matrix2_says(rows: list[list[float]]) -> None:
    assert spaces.is_singular(exact(rows)) == matrix2.is_singular(rows)


@given(st.data(), st.integers(2, 3), st.integers(-40, 40), st.integers(0, 2), st.booleans())
def test_singular_does_not_depend_on_scales(data: st.DataObject, n: int, power: int, k: int, is_row: bool) -> None:
    A = data.draw(matrices(n, n))
    D = tuple(tuple(x * Fraction(10) ** (power if i == k % n else 0) for x in row) for i, row in enumerate(identity(n)))
    assert spaces.is_singular(product(D, A) if is_row else product(A, D)) == spaces.is_singular(A)


def test_singular_to_within_rounding() -> None:
    assert spaces.is_singular(SMALL["√2,2,√6;1,√2,√3;0,0,0"].A)
    assert spaces.is_singular(exact([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]]))  # binary floats
    assert not spaces.is_singular(exact([[1, 2, 3], [4, 5, 6], [7, 8, 9 + 1e-12]]))
    assert not spaces.is_singular(exact([[1e-200, 0, 0], [0, 1e-200, 0], [0, 0, 1]]))


# Singular values --------------------------------------------------------------------------------


def of_mpmath(A: Matrix) -> list[mpmath.mpf]:
    """Roots of the eigenvalues of AᵀA or AAᵀ, with 1,000 digits."""
    with mpmath.workdps(1000):
        B = mpmath.matrix([[mpmath.mpf(x.numerator) / x.denominator for x in row] for row in A])
        gram = B * B.T if B.rows <= B.cols else B.T * B
        return sorted((mpmath.sqrt(abs(x)) for x in mpmath.eigsy(gram, eigvals_only=True)), reverse=True)


def check_singular_values(A: Matrix, rank: int) -> None:
    for ours, theirs in zip(spaces.singular_values(A)[:rank], of_mpmath(A)):
        assert ours == pytest.approx(float(theirs), rel=1e-14, abs=0)
    assert spaces.singular_values(A)[rank:] == (0.0,) * (min(shape(A)) - rank)


@every
def test_singular_values_as_mpmath(small: Small) -> None:
    check_singular_values(small.A, small.rank)


NEARLY_SINGULAR = (
    [[1, 2, 3], [4, 5, 6], [7, 8, 9 + 1e-12]],
    [[1, 2, 3], [4, 5, 6], [7, 8, 9 + 1e-10]],
    [[1, 1, 1], [1, 1, 1 + 1e-6], [1, 1 + 1e-7, 1]],
    [[1e8, 1, 1], [1, 1e-8, 0], [1e-8, 3, 1e-8]],
    [[1e-8, 1e8, 1], [1e8, 1e-8, 1], [1, 1, 1e-8]],
    [[1, 1, 0], [0, 1e-9, 1], [0, 0, 1e-18]],
    [[1e150, 1e-150, 0], [0, 1e-150, 1], [1, 0, 1e-150]],
    [[1, 1e-200, 0], [1e-200, 0, 0], [0, 0, 1]],
    [[1, 1 + 1e-13], [1, 1]],
    [[1, 2, 3], [2, 4, 6 + 1e-12]],
    [[1, 2], [2, 4], [3, 6 + 1e-12]],
)


@pytest.mark.parametrize("rows", NEARLY_SINGULAR)
def test_small_singular_values_keep_their_digits(rows: list[list[float]]) -> None:
    """numpy finds the smallest one of the first to two digits."""
    A = exact(rows)
    check_singular_values(A, min(shape(A)))


@given(st.data(), st.integers(1, 3), st.integers(1, 3))
def test_laws_of_singular_values(data: st.DataObject, m: int, n: int) -> None:
    A = data.draw(matrices(m, n))
    values = spaces.singular_values(A)
    assert list(values) == sorted(values, reverse=True)
    assert sum(x * x for x in values) == pytest.approx(float(sum(x * x for row in A for x in row)))
    assert spaces.singular_values(transposed(A)) == pytest.approx(values, rel=1e-14, abs=0)
    if m == n:
        assert np.prod(values) == pytest.approx(float(abs(spaces.determinant(A))))


def test_condition() -> None:
    assert spaces.condition(exact([[4, 0, 0], [0, 2, 0], [0, 0, -1]])) == 4
    assert spaces.condition(exact([[1, 2, 3], [4, 5, 6], [7, 8, 9]])) == inf
    assert spaces.condition(exact([[3, 0], [0, 1], [0, 0]])) == 3
    assert spaces.condition(exact([[1e-100, 0], [0, 1e100]])) == pytest.approx(1e200)
    assert spaces.condition(exact([[1e-200, 0], [0, 1e200]])) == inf  # beyond the range of floats


def test_directions() -> None:
    found = spaces.directions(((Fraction(3), Fraction(-4)), (Fraction(0), Fraction(10) ** 400)))
    assert found.tolist() == [[0.6, -0.8], [0, 1]]
    with pytest.raises(ValueError, match="no direction"):
        spaces.unit((Fraction(0), Fraction(0)))


@given(st.lists(entries, min_size=2, max_size=4).map(tuple).filter(any))
def test_directions_are_unit_vectors_along_the_basis(v: tuple[Fraction, ...]) -> None:
    u = spaces.unit(v)
    assert np.linalg.norm(u) == pytest.approx(1, abs=1e-15)
    assert u @ [float(x) for x in v] == pytest.approx(np.linalg.norm([float(x) for x in v]))


def test_what_is_not_square_has_no_determinant() -> None:
    with pytest.raises(ValueError, match=r"\(2, 3\) is not square"):
        spaces.determinant(exact([[1, 2, 3], [4, 5, 6]]))


@square
def test_compounds_multiply(small: Small) -> None:
    """Cauchy–Binet, on which the singular values stand."""
    A, B = small.A, transposed(small.A)
    for k in range(1, len(A) + 1):
        assert spaces.compound(product(A, B), k) == product(spaces.compound(A, k), spaces.compound(B, k))
