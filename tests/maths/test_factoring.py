"""Factors multiply back, are what their names say, and are those of scipy, sympy and mpmath where they are unique."""

from fractions import Fraction
from functools import reduce
from itertools import permutations
from operator import matmul

import numpy as np
import pytest
import scipy.linalg
import sympy
from hypothesis import assume, example, given
from hypothesis import strategies as st

from mmlviz.maths import matrix2, spaces
from mmlviz.maths.eigenbasis import COMPLEX, DEFECTIVE, eigen
from mmlviz.maths.elimination import noise_of
from mmlviz.maths.factoring import Factor, lu, plu, qr
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.rational import Matrix, exact, floats, identity, product, scaled, shape, transposed
from mmlviz.maths.rotation3 import axis_and_angle, rotation3
from mmlviz.maths.spectrum3 import spectrum3
from mmlviz.maths.svd import polar, svd
from tests.maths.small_matrices import SMALL, Small, every, square, those
from tests.maths.test_elimination import entries, from_sympy, matrices

sizes = st.integers(1, 3)
square_3 = those(lambda small: small.shape == (3, 3))
with_eigen = those(lambda small: small.eigen != "")
anything = st.integers(-9, 9) | st.floats(-1e3, 1e3) | st.sampled_from([1e-8, 1e8, -1e8, 1 / 3])
float_rows = st.lists(st.lists(anything, min_size=3, max_size=3), min_size=3, max_size=3)


def size(A: Matrix) -> float:
    return float(np.abs(floats(A)).max())


def check_product(A: Matrix, factors: tuple[Factor, ...], tolerance: float = 1e-14) -> None:
    """Relative to the largest entry: a float's share of it is lost in any case."""
    assert np.abs(reduce(matmul, (each.matrix for each in factors)) - floats(A)).max() <= tolerance * size(A)
    if all(each.exact is not None for each in factors):
        exactly = identity(len(A))
        for each in factors:
            assert each.exact is not None
            exactly = product(exactly, each.exact)
            assert each.matrix.tolist() == floats(each.exact).tolist()
        assert exactly == A


def check_orthogonal(Q: Factor) -> None:
    assert np.abs(Q.matrix.T @ Q.matrix - np.eye(len(Q.matrix))).max() < 1e-14
    assert np.linalg.det(Q.matrix) == pytest.approx(1 if Q.role == "rotation" else -1)


# LU ---------------------------------------------------------------------------------------------


def check_plu(A: Matrix, P: Matrix, L: Matrix, U: Matrix) -> None:
    m, n = shape(A)
    assert (shape(P), shape(L), shape(U)) == ((m, m), (m, m), (m, n))
    assert product(P, A) == product(L, U)
    assert P in {tuple(identity(m)[i] for i in order) for order in permutations(range(m))}
    assert all(L[i][j] == (1 if i == j else 0) for i in range(m) for j in range(i, m))
    leading = [next((j for j, x in enumerate(row) if x != 0), n + i) for i, row in enumerate(U)]
    assert leading == sorted(set(leading))


@given(st.data(), st.integers(1, 4), st.integers(1, 4), st.sampled_from(["largest", "first"]))
def test_pa_is_lu_exactly(data: st.DataObject, m: int, n: int, pivoting: str) -> None:
    A = data.draw(matrices(m, n))
    P, L, U = plu(A, pivoting=pivoting)  # type: ignore[arg-type]
    check_plu(A, P, L, U)
    check_product(A, lu(A, pivoting=pivoting))  # type: ignore[arg-type]
    if pivoting == "largest":
        assert all(abs(x) <= 1 for row in L for x in row)


@every
def test_lu_as_sympy_and_scipy(small: Small) -> None:
    A = small.A
    P, L, U = plu(A, noise_of(small.rows))
    if small.is_rational:
        check_plu(A, P, L, U)
        lower, upper, swaps = small.sympy.LUdecomposition()
        if not swaps and plu(A, pivoting="first")[0] == identity(len(A)):
            assert plu(A, pivoting="first")[1:] == (from_sympy(lower), from_sympy(upper))
    if small.rank == small.shape[0] == small.shape[1]:
        _, lower, upper = scipy.linalg.lu(floats(A))
        assert np.allclose(product_of(L, U), np.asarray(floats(P)) @ floats(A), rtol=1e-13)
        if np.allclose(floats(P).T, scipy.linalg.lu(floats(A))[0]):
            assert np.allclose(floats(L), lower)
            assert np.allclose(floats(U), upper)


def product_of(L: Matrix, U: Matrix) -> Array:
    return np.asarray(floats(L) @ floats(U))


def test_no_permutation_where_no_rows_are_swapped() -> None:
    A = exact([[1, 1, 1], [3, 2, 1], [2, 1, 2]])
    assert [each.name for each in lu(A)] == ["Pᵀ", "L", "U"]
    L, U = lu(A, pivoting="first")
    assert (L.name, L.role, U.name, U.role) == ("L", "lower", "U", "upper")
    assert L.exact == exact([[1, 0, 0], [3, 1, 0], [2, 1, 1]])
    assert U.exact == exact([[1, 1, 1], [0, -1, -2], [0, 0, 2]])


# QR ---------------------------------------------------------------------------------------------


def check_qr(A: Matrix) -> None:
    Q, R = qr(A)
    m, n = shape(A)
    assert (Q.matrix.shape, R.matrix.shape) == ((m, m), (m, n))
    check_orthogonal(Q)
    check_product(A, (Q, R))
    assert all(R.matrix[i, j] == 0 for i in range(m) for j in range(min(i, n)))
    assert all(R.matrix[i, i] >= 0 for i in range(min(m, n)))


@every
def test_qr_of_those_listed(small: Small) -> None:
    check_qr(small.A)


@given(st.data(), st.integers(1, 4), st.integers(1, 4))
def test_qr_of_any(data: st.DataObject, m: int, n: int) -> None:
    check_qr(data.draw(matrices(m, n)))


@given(float_rows)
@example([[0, 2.267403838041401e-68, 1], [1, 1.0, 1.0], [1.0, 1.0, 0]])  # the third is not the sum of the others
def test_qr_of_floats(rows: list[list[float]]) -> None:
    check_qr(exact(rows))


@square
def test_qr_is_unique_where_regular(small: Small) -> None:
    if small.rank == len(small.A) and spaces.condition(small.A) < 1e6:
        Q, R = np.linalg.qr(floats(small.A))
        signs = np.where(np.diag(R) < 0, -1.0, 1.0)
        ours = qr(small.A)
        assert np.allclose(ours[0].matrix, Q * signs, atol=1e-8)
        assert np.allclose(ours[1].matrix, signs[:, None] * R, atol=1e-8 * size(small.A))
        assert (ours[0].role == "reflection") == (spaces.determinant(small.A) < 0)


def test_qr_is_exact_where_lengths_are_rational() -> None:
    Q, R = qr(exact([[3, 5], [4, 1]]))
    assert Q.exact == tuple(tuple(Fraction(x, 5) for x in row) for row in [[3, 4], [4, -3]])
    assert R.exact == tuple(tuple(Fraction(x, 5) for x in row) for row in [[25, 19], [0, 17]])
    assert qr(exact([[1, 1], [1, 2]]))[0].exact is None


@pytest.mark.parametrize("scale", ["1", "10", "1e-8", "1e8", "1e100"])
def test_dependent_columns_are_found_at_any_scale(scale: str) -> None:
    """The course's lab has an absolute tolerance and misses most dependent matrices once they are scaled by ten."""
    rng = np.random.default_rng(11)
    for _ in range(50):
        thin, wide = (exact(rng.integers(-5, 6, shape).tolist()) for shape in ((3, 2), (2, 3)))
        A = scaled(product(thin, wide), Fraction(scale))
        rank = np.linalg.matrix_rank(floats(A))
        assert sum(any(row) for row in qr(A)[1].matrix.tolist()) == rank
        assert qr(A)[0].role == "rotation"  # there is freedom


def test_gram_schmidt_keeps_its_digits() -> None:
    """Columns that are dependent to twelve digits (Läuchli): in floats classical Gram–Schmidt loses all angles."""
    check_qr(exact([[1, 1, 1], [1e-6, 0, 0], [0, 1e-6, 0]]))
    check_qr(exact([[1, 1, 1], [1e-6, 0, 0], [0, 1e-6, 0], [0, 0, 1e-6]]))
    Q, R = qr(exact([[1, 2, 3], [4, 5, 6], [7, 8, 9 + 1e-12]]))
    check_orthogonal(Q)
    assert R.matrix[2, 2] > 0


# SVD and polar ----------------------------------------------------------------------------------


def check_svd(A: Matrix) -> None:
    for is_proper in (True, False):
        U, S, V = svd(A, is_proper)
        assert S.matrix.shape == shape(A)
        check_product(A, (U, S, V), 5e-14)
        check_orthogonal(U)
        check_orthogonal(V)
        diagonal = np.diagonal(S.matrix)
        assert np.count_nonzero(S.matrix) == np.count_nonzero(diagonal)
        assert np.abs(diagonal).tolist() == list(spaces.singular_values(A))
        assert is_proper or (diagonal >= 0).all()
        if is_proper:
            assert (U.role, V.role) == ("rotation", "rotation")
            assert (diagonal[:-1] >= 0).all()


@every
def test_svd_of_those_listed(small: Small) -> None:
    check_svd(small.A)


@given(st.data(), sizes, sizes)
def test_svd_of_any(data: st.DataObject, m: int, n: int) -> None:
    check_svd(data.draw(matrices(m, n)))


@given(float_rows)
def test_svd_of_floats(rows: list[list[float]]) -> None:
    check_svd(exact(rows))


@given(st.data(), st.integers(2, 3))
def test_the_mirror_is_in_the_last_number(data: st.DataObject, n: int) -> None:
    A = data.draw(matrices(n, n))
    last = svd(A)[1].matrix[-1, -1]
    assert np.sign(last) == np.sign(float(spaces.determinant(A)))


def test_svd_of_a_scaling_turns_nothing() -> None:
    U, S, V = svd(exact([[3, 0, 0], [0, 2, 0], [0, 0, 1]]))
    assert np.allclose(U.matrix, np.eye(3))
    assert np.allclose(V.matrix, np.eye(3))
    assert np.diag(S.matrix).tolist() == [3, 2, 1]


def check_polar(A: Matrix) -> tuple[Array, Array]:
    Q, S = polar(A)
    check_product(A, (Q, S), 5e-14)
    check_orthogonal(Q)
    assert Q.role == "rotation"
    assert S.matrix.tolist() == S.matrix.T.tolist()
    return Q.matrix, S.matrix


@square_3
def test_polar_as_scipy(small: Small) -> None:
    Q, S = check_polar(small.A)
    if spaces.determinant(small.A) > 0 and spaces.condition(small.A) < 1e6:
        wanted, stretch = scipy.linalg.polar(floats(small.A))
        assert np.allclose(Q, wanted, atol=1e-9)
        assert np.allclose(stretch, S, atol=1e-9 * size(small.A))
    least, *others = np.linalg.eigvalsh(S)
    slack = 1e-14 * size(small.A)
    assert min(others) >= -slack
    assert abs(least) <= min(others) + slack or least > 0
    if spaces.condition(small.A) < 1e6:
        assert np.sign(least) == np.sign(float(spaces.determinant(small.A)))


@given(float_rows)
def test_polar_of_floats(rows: list[list[float]]) -> None:
    check_polar(exact(rows))


@given(st.data(), st.lists(st.floats(-1, 1), min_size=4, max_size=4).filter(lambda q: np.linalg.norm(q) > 0.1))
def test_no_rotation_comes_nearer(data: st.DataObject, quaternion: list[float]) -> None:
    A = data.draw(matrices(3, 3))
    w, *v = np.array(quaternion) / np.linalg.norm(quaternion)
    other = rotation3(v, 2 * np.arctan2(np.linalg.norm(v), w)) if np.linalg.norm(v) > 1e-9 else np.eye(3)
    Q = polar(A)[0].matrix
    assert np.trace(Q.T @ floats(A)) >= np.trace(other.T @ floats(A)) - 1e-13 * size(A)


@pytest.mark.parametrize(
    "text",
    ["7/9,-4/9,-4/9;-4/9,1/9,-8/9;-4/9,-8/9,1/9", "1,0,0;0,1,0;0,0,-1", "0,1,0;1,0,0;0,0,1", "1,0,0;0,0,0;0,0,0",
     "1/3,1/3,1/3;1/3,1/3,1/3;1/3,1/3,1/3", "0,0,0;0,0,0;0,0,0", "2,1,0;1,2,1;0,1,2", "1,2,3;2,4,6;3,6,9"],
)  # fmt: skip
def test_mirrors_projections_and_stretches_do_not_turn(text: str) -> None:
    assert np.allclose(polar(SMALL[text].A)[0].matrix, np.eye(3), atol=1e-7)


@given(st.tuples(*[st.floats(-3, 3)] * 3).filter(lambda v: np.linalg.norm(v) > 0.1), st.floats(0.1, 3.0))
def test_a_rotoreflection_turns_about_its_axis(axis: tuple[float, float, float], theta: float) -> None:
    n = np.array(axis) / np.linalg.norm(axis)
    R = rotation3(n, theta)
    Q, S = check_polar(exact((R @ (np.eye(3) - 2 * np.outer(n, n))).tolist()))
    assert np.allclose(Q, R, atol=1e-12)
    assert np.allclose(S, np.eye(3) - 2 * np.outer(n, n), atol=1e-12)


def test_a_line_is_taken_to_a_line_by_the_least_turn() -> None:
    """Rank 1, from (0, 1, 0) to (0, 0, 1): a quarter turn about x."""
    axis, theta = axis_and_angle(polar(exact([[0, 0, 0], [0, 0, 0], [0, 3, 0]]))[0].matrix)
    assert theta == pytest.approx(np.pi / 2)
    assert axis.tolist() == [1, 0, 0]


@given(st.data())
def test_polar_of_2x2_is_turn_and_stretch(data: st.DataObject) -> None:
    A = data.draw(matrices(2, 2))
    theta, S = matrix2.turn_and_stretch(floats(A).tolist())
    Q, stretch = check_polar(A)
    assert Q.tolist() == matrix2.rotation(theta).tolist()
    assert stretch.tolist() == S.tolist()


# Eigenvectors -----------------------------------------------------------------------------------


def outcome(found: tuple[Factor, ...] | str) -> str:
    if isinstance(found, str):
        assert found in (COMPLEX, *DEFECTIVE.values())
        return "complex" if found == COMPLEX else "defective"
    return "basis"


def truth(A: sympy.Matrix) -> str:
    """By counting real roots (Sturm), and by whether the minimal polynomial has simple roots, in exact numbers."""
    x = sympy.Symbol("x")
    parts = sympy.Poly(A.charpoly(x).as_expr(), x).factor_list()[1]
    if sum(k * q.count_roots() for q, k in parts) < len(A.col(0)):
        return "complex"
    simple = A.eye(A.rows)
    for q, _ in parts:
        value = A.zeros(A.rows, A.rows)
        for c in q.all_coeffs():
            value = value * A + c * A.eye(A.rows)
        simple = simple * value
    return "basis" if simple == A.zeros(A.rows, A.rows) else "defective"


@with_eigen
def test_whether_there_is_an_eigenbasis(small: Small) -> None:
    assert outcome(eigen(small.A)) == small.eigen
    if small.is_rational:
        assert truth(small.sympy) == small.eigen


@those(lambda small: small.eigen == "basis")
def test_eigenvalues_and_vectors(small: Small) -> None:
    X, D, back = eigen(small.A)
    assert isinstance(X, Factor)
    assert isinstance(D, Factor)
    assert isinstance(back, Factor)
    values = np.diag(D.matrix)
    assert values.tolist() == sorted(values, reverse=True)
    wanted = sorted((float(sympy.re(z.evalf(30))) for z, k in small.sympy.eigenvals().items() for _ in range(k)))
    assert values[::-1] == pytest.approx(np.array(wanted), rel=1e-14, abs=1e-15 * size(small.A))
    for v, x in zip(X.matrix.T, values):
        assert np.abs(floats(small.A) @ v - x * v).max() <= 4e-15 * size(small.A) * np.abs(v).max()
    if X.exact is None or np.linalg.cond(X.matrix) < 1e6:
        check_product(small.A, (X, D, back), 1e-14 * np.linalg.cond(X.matrix))
    else:
        check_product(small.A, (X, D, back), 1.0)


def test_the_course_s_diagonalisation() -> None:
    X, D, _ = eigen(exact([[6, -1], [2, 3]]))
    assert isinstance(X, Factor)
    assert isinstance(D, Factor)
    assert (X.exact, D.exact) == (exact([[1, 1], [1, 2]]), exact([[5, 0], [0, 4]]))


def test_defective_says_how_many_lines_there_are() -> None:
    assert eigen(exact([[5, 4], [-4, -3]])) == DEFECTIVE[2, 1]
    assert eigen(exact([[2, 1, 0], [0, 2, 1], [0, 0, 2]])) == DEFECTIVE[3, 1]
    assert eigen(exact([[2, 1, 0], [0, 2, 0], [0, 0, 2]])) == DEFECTIVE[3, 2]
    assert eigen(exact([[0, -1], [1, 0]])) == COMPLEX


@given(st.data())
def test_any_3x3_has_a_basis_or_not_as_sympy_says(data: st.DataObject) -> None:
    A = data.draw(matrices(3, 3))
    text = sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in A])
    assert outcome(eigen(A)) == truth(text)


regular = matrices(3, 3).filter(lambda X: abs(spaces.determinant(X)) > Fraction(1, 4))


@given(regular, st.lists(entries, min_size=3, max_size=3))
@example(exact([[0, 1, 0], [0, 3, 3], [1, 0, 1]]), [Fraction(0), Fraction(0), Fraction(1)])
def test_made_from_eigenvectors_it_has_them(X: Matrix, values: list[Fraction]) -> None:
    """In fractions, and also once it is rounded to floats: eigenvalues that coincided still do."""
    back = spaces.inverse(X)
    assert back is not None
    D = tuple(tuple(values[i] if i == j else Fraction(0) for j in range(3)) for i in range(3))
    A = product(product(X, D), back)
    found = spectrum3(A)
    assert found.has_basis
    assert sorted(each.value for each in found.real) == sorted(set(values))
    assert all(each.is_rational for each in found.real)
    check_product(A, eigen(A), 1.0)  # type: ignore[arg-type]
    rounded = spectrum3(exact(floats(A).tolist()))
    assert rounded.has_basis
    assert [each.multiplicity for each in rounded.real] == [each.multiplicity for each in found.real]


@given(regular, entries, entries)
@example(exact([[0, 0, 1], [1, 0, 0], [3, 3, 0]]), Fraction(0), Fraction(0))  # rounding leaves ±2⁻²⁷
def test_made_defective_it_is_so(X: Matrix, double: Fraction, single: Fraction) -> None:
    back = spaces.inverse(X)
    assert back is not None
    zero = Fraction(0)
    J = ((double, Fraction(1), zero), (zero, double, zero), (zero, zero, single))
    A = product(product(X, J), back)
    assert outcome(eigen(A)) == "defective"
    assert outcome(eigen(exact(floats(A).tolist()))) == "defective"


@pytest.mark.parametrize("gap", ["1e-3", "1e-6", "1e-9", "1e-12"])
def test_eigenvalues_that_are_close_are_told_apart(gap: str) -> None:
    g = Fraction(gap)
    found = spectrum3(
        ((Fraction(1), g / 3, Fraction(0)), (g / 3, 1 + g, Fraction(0)), (Fraction(0),) * 2 + (Fraction(2),))
    )
    assert [each.multiplicity for each in found.real] == [1, 1, 1]
    wanted = [2, 1 + float(g) * (1 + (1 + 4 / 9) ** 0.5) / 2, 1 + float(g) * (1 - (1 + 4 / 9) ** 0.5) / 2]
    assert [float(each.value) for each in found.real] == pytest.approx(wanted, abs=1e-15)


@given(float_rows)
@example([[0, 0, 0], [0, 2, 1.0], [0, 1.0, 0]])
@example([[1, 1, 5.453116499182699e-308], [0, 1, 1], [1, 1, 0]])
@example([[1, 0, 0], [0, 1e8, 1e8], [0, -1e8, -1e8]])
@example([[0, 0, 1], [0, 1.0, 1.0], [1.3883327416939015e-98, 1.0, 1.0]])
def test_eigenvalues_of_floats_as_numpy(rows: list[list[float]]) -> None:
    found = spectrum3(exact(rows))
    ours = [complex(float(each.value)) for each in found.real for _ in range(each.multiplicity)]
    if found.pair is not None:
        z = complex(float(found.pair[0]), float(found.pair[1]))
        ours += [z, z.conjugate()]
    assert len(ours) == 3
    theirs = np.poly(np.array(ours))
    wanted = np.poly(np.array(rows, dtype=float))
    scale = np.abs(rows).max()
    assume(scale > 1e-90)  # its cube would vanish
    assert np.abs((theirs - wanted) / [1, scale, scale**2, scale**3]).max() < 1e-13


@pytest.mark.parametrize("big", ["1e8", "1e50", "1e150", "1e300"])
def test_small_eigenvalues_beside_huge_ones_keep_their_digits(big: str) -> None:
    """The 2×2 block has ±√2, and what the huge entry adds to it is of the order of 1/big."""
    small = 1 / Fraction(big)
    A = (
        (small, Fraction(1), Fraction(2)),
        (Fraction(3), Fraction(big), Fraction(1)),
        (Fraction(1), Fraction(2), small),
    )
    found = [float(each.value) for each in spectrum3(A).real]
    assert found == pytest.approx([float(big), 2**0.5, -(2**0.5)], abs=10 * float(small), rel=1e-14)


def test_symmetric_ones_have_a_basis_at_right_angles() -> None:
    rng = np.random.default_rng(3)
    for _ in range(100):
        B = rng.normal(size=(3, 3))
        factors = eigen(exact((B + B.T).tolist()))
        assert isinstance(factors, tuple)
        check_orthogonal(
            Factor("X", "rotation" if np.linalg.det(factors[0].matrix) > 0 else "reflection", factors[0].matrix)
        )


# All of them ------------------------------------------------------------------------------------


def test_shapes_that_do_not_fit_are_refused() -> None:
    A = exact([[1, 2, 3], [4, 5, 6]])
    with pytest.raises(ValueError, match=r"\(2, 3\) is not square"):
        polar(A)
    with pytest.raises(ValueError, match="neither 2×2 nor 3×3"):
        eigen(A)


def test_factors_are_read_only() -> None:
    """They are kept from frame to frame."""
    for each in (*svd(identity(3)), *polar(identity(3)), *lu(identity(3))):
        with pytest.raises(ValueError, match="read-only"):
            each.matrix[0, 0] = 2


def test_transposed_is_used_right() -> None:
    A = exact([[1, 2], [3, 4]])
    P = lu(A)[0]
    assert P.exact == transposed(plu(A)[0])
