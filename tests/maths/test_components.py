"""Principal components against numpy, scikit-learn and exact fractions, the course's numbers, and the laws."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sklearn.datasets import load_digits, load_iris
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from mmlviz.maths import components
from mmlviz.maths.components import (
    along,
    centre,
    covariance,
    cumulative_shares,
    decompose,
    divisor,
    mean_squared_errors,
    needed,
    prepare,
    shares,
)
from mmlviz.maths.matrix2 import Array

COURSE = np.array([[3.0, 6, 7], [8, 9, 0], [1, 5, 2]])
DIGITS = load_digits().data / 16
IRIS = load_iris().data
RANDOM = np.random.default_rng(5)

DATA = {
    "course": COURSE,
    "iris": IRIS,
    "digits": DIGITS,
    "wide": RANDOM.normal(size=(4, 11)),  # more columns than points: at least seven λ are 0
    "long": RANDOM.normal(size=(2000, 2)) @ np.array([[3.0, 1.0], [0.0, 0.2]]),
    "far": RANDOM.normal(size=(50, 3)) + 1e8,
    "scales": RANDOM.normal(size=(40, 4)) * [1e6, 1.0, 1e-3, 1e-6],
    "collinear": np.outer(np.arange(7.0), [1 / 3, -0.7, 1e-3]) + 0.1,
    "constant column": np.column_stack([np.arange(9.0) ** 2, np.full(9, 0.1)]),
    "pair": np.array([[1.0, 2.0], [-3.0, 0.5]]),
}
every_data = pytest.mark.parametrize("X", DATA.values(), ids=DATA)
either = pytest.mark.parametrize("minus", [0, 1])
whole = st.lists(st.tuples(*3 * [st.integers(-1000, 1000)]), min_size=2, max_size=12)


def largest(X: Array) -> float:
    """The scale against which a difference is measured."""
    return float(np.abs(X).max())


def moments(X: Array, minus: int = 0) -> tuple[Array, Array]:
    """Mean (d,) and covariance matrix (d, d)."""
    found = prepare(X, is_standardised=False, divisor_minus=minus)
    return found.mean, covariance(found.X, found.divisor)


def shadow(X: Array, mean: Array, B: Array) -> Array:
    """Points (N, d) projected onto the subspace through the mean along the orthonormal rows of B (k, d)."""
    return np.array([mean + sum(((x - mean) @ b * b for b in B), np.zeros(len(mean))) for x in X])


def by_fractions(rows: list, over: int) -> tuple[list, list]:
    """Mean and covariance matrix without any rounding."""
    columns = list(zip(*[[Fraction(x) for x in row] for row in rows]))
    mean = [sum(column) / len(rows) for column in columns]
    off = [[x - m for x in column] for column, m in zip(columns, mean)]
    return mean, [[sum(p * q for p, q in zip(a, b)) / over for b in off] for a in off]


# Moments ------------------------------------------------------------------------------------------


@given(whole, st.sampled_from([0, 1]), st.sampled_from([0, 2**26, -(2**30) + 1]))
def test_moments_are_those_of_exact_fractions(rows: list, minus: int, offset: int) -> None:
    """Also 1e9 away from 0, where the sum of squares minus the square of the sum has no digit left."""
    rows = [[x + offset for x in row] for row in rows]
    mean, S = by_fractions(rows, len(rows) - minus)
    found_mean, found = moments(np.array(rows, dtype=float), minus)
    assert found_mean == pytest.approx(np.array(mean, dtype=float), rel=1e-14, abs=1e-12)
    wanted = np.array(S, dtype=float)
    assert np.abs(found - wanted).max() <= 1e-13 * largest(wanted)


@every_data
@either
def test_covariance_is_numpys(X: Array, minus: int) -> None:
    mean, S = moments(X, minus)
    assert mean == pytest.approx(X.mean(axis=0), rel=1e-12, abs=1e-12 * largest(X))
    deviations = np.sqrt(np.diag(S))
    exact = X - X[0] if largest(X) > 1e7 else X  # numpy.cov itself loses digits far from 0
    assert (np.abs(S - np.cov(exact.T, ddof=minus)) <= 1e-12 * np.outer(deviations, deviations) + 1e-25).all()
    assert (S == S.T).all()
    assert (covariance(centre(X)[1], divisor(len(X), minus)) == S).all()


@every_data
def test_moments_follow_an_affine_map(X: Array) -> None:
    """y = A x + b has mean A m + b and covariance A S Aᵀ."""
    d = X.shape[1]
    A, b = np.random.default_rng(1).normal(size=(3, d)), np.array([1.0, -2.0, 0.5])
    mean, S = moments(X)
    moved_mean, moved = moments(X @ A.T + b)
    assert moved_mean == pytest.approx(A @ mean + b, rel=1e-10, abs=1e-10 * largest(A) * largest(X))
    noise = 1e-15 * largest(X) * np.sqrt(np.trace(S)) * d  # X @ A.T + b is rounded to its own size
    assert np.abs(moved - A @ S @ A.T).max() <= 1e-10 * largest(A) ** 2 * np.trace(S) + 100 * noise


@every_data
def test_order_in_memory_and_the_given_data_do_not_matter(X: Array) -> None:
    untouched = X.copy()
    assert (moments(np.asfortranarray(X))[1] == moments(X)[1]).all()
    assert np.array_equal(untouched, X)


def test_what_is_divided_by_must_be_positive() -> None:
    with pytest.raises(ValueError, match=r"Dividing by N − 1 is not possible with N = 1\."):
        prepare(np.ones((1, 2)), False, 1)
    for make in (centre, lambda X: prepare(X, False)):
        with pytest.raises(ValueError, match=r"Dividing by N is not possible with N = 0\."):
            make(np.empty((0, 2)))


# Preparing ----------------------------------------------------------------------------------------


@every_data
def test_standardising_is_scikit_learns(X: Array) -> None:
    """StandardScaler divides by N, and leaves a constant column at 0 as well."""
    near = X - X[0]  # else it takes the rounding far from 0 for data
    found, wanted = prepare(X, is_standardised=True), StandardScaler().fit(near)
    assert np.abs(found.X - wanted.transform(near)).max() <= 1e-11
    assert found.deviations == pytest.approx(np.sqrt(wanted.var_), rel=1e-9, abs=1e-15)


@every_data
@either
def test_standardised_columns_have_variance_one(X: Array, minus: int) -> None:
    found = prepare(X, is_standardised=True, divisor_minus=minus)
    wanted = np.ones(X.shape[1])
    wanted[list(found.constant)] = 0
    assert np.diag(covariance(found.X, found.divisor)) == pytest.approx(wanted, abs=1e-12)
    assert found.X.mean(axis=0) == pytest.approx(np.zeros(X.shape[1]), abs=1e-13 * len(X))


@every_data
@pytest.mark.parametrize("is_standardised", [False, True])
def test_prepared_data_can_be_restored(X: Array, is_standardised: bool) -> None:
    found = prepare(X, is_standardised)
    assert np.abs(found.restored(found.X) - X).max() <= 1e-14 * largest(X)
    assert (found.restored(np.zeros(X.shape[1])) == found.mean).all()


def test_centred_data_are_not_divided() -> None:
    found = prepare(COURSE, is_standardised=False)
    assert np.abs(found.X - (COURSE - np.array([4, 20 / 3, 3]))).max() <= 1e-14
    assert found.deviations == pytest.approx(COURSE.std(axis=0), rel=1e-14)
    assert (found.constant, found.is_standardised, found.divisor) == ((), False, 3)


def test_three_pixels_of_the_digits_never_change() -> None:
    found = prepare(DIGITS, is_standardised=True)
    assert found.constant == (0, 32, 39)
    assert not found.X[:, [0, 32, 39]].any()
    assert np.isfinite(found.X).all()


@pytest.mark.parametrize("value", [0.1, -1 / 3, 1e8 + 0.3, 5e-324, 1e300])
@pytest.mark.parametrize("count", [1, 3, 10, 1797])
def test_equal_numbers_are_constant_exactly(value: float, count: int) -> None:
    """The sum of ten 0.1 over 10 is not 0.1; the column is constant all the same, and its mean is 0.1."""
    found = prepare(np.full((count, 2), value), is_standardised=True)
    assert found.constant == (0, 1)
    assert not found.X.any()
    assert not found.deviations.any()
    assert (found.mean == value).all()


@pytest.mark.parametrize("column", [[1, 1 + 2**-52, 1], [0, 5e-324, 0, 0], [1e-200, 3e-200, 0], [1e150, -1e150, 0]])
def test_the_least_difference_is_no_constant(column: list) -> None:
    found = prepare(np.array(column, dtype=float)[:, None], is_standardised=True)
    assert found.constant == ()
    assert (found.X**2).mean() == pytest.approx(1, rel=1e-12)


# Eigenvectors -------------------------------------------------------------------------------------


def test_the_courses_three_points() -> None:
    found = decompose(moments(COURSE)[1])
    assert found.variances[0] == pytest.approx(15.39677773, abs=5e-9)
    assert found.directions[0] == pytest.approx([0.68811066, 0.40362611, -0.60298398], abs=5e-9)


def test_the_digits_have_the_courses_variances() -> None:
    variances = decompose(moments(DIGITS)[1]).variances
    assert variances[:5] == pytest.approx([0.6988567, 0.63916657, 0.55355288, 0.39470357, 0.2713847], abs=5e-9)
    assert variances.sum() == pytest.approx(4.693276318, abs=5e-10)
    assert [needed(variances, fraction) for fraction in (0.9, 0.95, 0.99)] == [21, 29, 41]


def test_the_shares_of_iris() -> None:
    found = shares(decompose(moments(IRIS)[1]).variances)
    assert found == pytest.approx([0.92461872, 0.05306648, 0.01710261, 0.00521218], abs=5e-9)


@every_data
def test_components_are_scikit_learns(X: Array) -> None:
    """Which divides by N − 1, and takes the singular value decomposition of the centred data."""
    near = X - X[0]
    wanted, found = PCA(svd_solver="full").fit(near), decompose(moments(X, 1)[1])
    k = min(X.shape[0] - 1, X.shape[1])
    top = found.variances[0]
    assert found.variances[:k] == pytest.approx(wanted.explained_variance_[:k], rel=1e-9, abs=1e-14 * top)
    assert found.variances[k:] == pytest.approx(np.zeros(X.shape[1] - k), abs=1e-14 * top)
    gaps = np.append(np.inf, found.variances[:k]) - np.append(found.variances[:k], 0)
    for j in range(k):
        if min(gaps[j], gaps[j + 1]) > 1e-6 * top:  # a direction is as sure as its λ is apart from the others
            assert abs(found.directions[j] @ wanted.components_[j]) == pytest.approx(1, abs=1e-9)


@every_data
@either
def test_components_are_eigenvectors(X: Array, minus: int) -> None:
    S = moments(X, minus)[1]
    found = decompose(S)
    B, variances, size = found.directions, found.variances, np.trace(S)
    assert np.abs(B @ B.T - np.eye(len(S))).max() <= 1e-13
    assert np.abs(S @ B.T - B.T * variances).max() <= 1e-13 * size
    assert (np.diff(variances) <= 0).all()
    assert (variances >= 0).all()
    assert variances.sum() == pytest.approx(size, rel=1e-13)


@every_data
def test_the_largest_entry_is_positive(X: Array) -> None:
    for direction in decompose(moments(X)[1]).directions:
        assert direction.max() >= (1 - components.TIED) * np.abs(direction).max()


@pytest.mark.parametrize("nudge", [0, 1e-12, -1e-12])
def test_of_two_largest_entries_the_first_is_positive(nudge: float) -> None:
    found = decompose(np.array([[2 + nudge, -1], [-1, 2]]))
    assert found.variances == pytest.approx([3, 1], abs=1e-11)
    assert found.directions == pytest.approx(np.array([[1, -1], [1, 1]]) / np.sqrt(2), abs=1e-11)


def test_rounding_leaves_no_negative_variance() -> None:
    S = moments(DATA["wide"])[1]
    assert np.linalg.eigvalsh(S).min() < 0  # else the test shows nothing
    assert decompose(S).variances.min() == 0


# Lines through the mean ---------------------------------------------------------------------------

ANGLES = np.linspace(-np.pi, np.pi, 73)
planar = pytest.mark.parametrize(
    "X", [DATA["long"], DATA["pair"], COURSE[:, :2], IRIS[:, :2], DATA["collinear"][:, :2]]
)


@planar
@either
def test_variance_and_residual_along_a_line_are_as_measured(X: Array, minus: int) -> None:
    """Each point is projected and its distance from the line measured."""
    mean, S = moments(X, minus)
    variance, residual = along(S, ANGLES)
    for angle, var, res in zip(ANGLES, variance, residual):
        u = np.array([np.cos(angle), np.sin(angle)])
        over, feet = len(X) - minus, shadow(X, mean, u[None])
        assert var == pytest.approx(((feet - mean) ** 2).sum() / over, rel=1e-11, abs=1e-13 * np.trace(S))
        assert res == pytest.approx(((X - feet) ** 2).sum() / over, rel=1e-11, abs=1e-13 * np.trace(S))


@planar
def test_variance_and_residual_have_a_constant_sum(X: Array) -> None:
    S = moments(X)[1]
    variance, residual = along(S, ANGLES)
    assert variance + residual == pytest.approx(np.full(ANGLES.shape, np.trace(S)), rel=1e-14)
    assert (variance >= 0).all()
    assert (residual >= 0).all()


@planar
def test_the_extremes_are_at_the_eigenvectors(X: Array) -> None:
    S = moments(X)[1]
    found = decompose(S)
    angles = np.arctan2(found.directions[:, 1], found.directions[:, 0])
    variance, residual = along(S, angles)
    assert variance == pytest.approx(found.variances, rel=1e-12, abs=1e-14 * np.trace(S))
    assert residual == pytest.approx(found.variances[::-1], rel=1e-12, abs=1e-14 * np.trace(S))
    everywhere = along(S, ANGLES)[0]
    slack = 1e-14 * np.trace(S)
    assert found.variances[1] - slack <= everywhere.min()
    assert everywhere.max() <= found.variances[0] + slack


@given(st.tuples(*2 * [st.floats(-10, 10)]))
@example((0.3, 0.7))
def test_points_on_a_line_have_no_negative_residual(v: tuple) -> None:
    """Here uᵀSu is 0 but for rounding, which in a third of the cases falls below."""
    S, across = np.outer(v, v), np.arctan2(v[1], v[0]) + np.pi / 2
    variance, residual = along(S, np.array([across, across + np.pi / 2]))
    assert min(*variance, *residual) >= 0
    assert variance[0] <= 1e-15 * np.trace(S)


def test_angles_keep_their_shape() -> None:
    assert along(np.eye(2), np.zeros((3, 2)))[1].shape == (3, 2)
    variance, residual = along(np.array([[4.0, 1], [1, 2]]), np.array(np.pi / 4))
    assert (float(variance), float(residual)) == pytest.approx((4, 2))


# Errors -------------------------------------------------------------------------------------------


@every_data
@either
def test_the_error_is_the_sum_of_the_variances_left_out(X: Array, minus: int) -> None:
    mean, S = moments(X, minus)
    found = decompose(S)
    d, floor = X.shape[1], 1e-13 * np.trace(S) + (1e-15 * largest(X)) ** 2 * X.shape[1]
    for k in sorted({0, 1, d // 2, d}):
        measured = ((X - shadow(X, mean, found.directions[:k])) ** 2).sum() / (len(X) - minus)
        slack = 1e-15 * largest(X) * np.sqrt(np.trace(S)) * d  # far from 0, x − x̂ is rounded to the size of x
        assert mean_squared_errors(found.variances)[k] == pytest.approx(measured, rel=1e-10, abs=floor + slack)


@every_data
def test_no_better_subspace_than_the_singular_vectors(X: Array) -> None:
    """The error that is left is the Frobenius norm beyond the k-th singular value (Eckart and Young)."""
    sigma = np.linalg.svd(centre(X)[1], compute_uv=False)
    errors = mean_squared_errors(decompose(moments(X)[1]).variances)
    tails = np.array([(sigma[k:] ** 2).sum() / len(X) for k in range(X.shape[1] + 1)])
    assert errors == pytest.approx(tails, rel=1e-9, abs=1e-13 * tails[0])


# Shares -------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 50), min_size=1, max_size=9).filter(any), st.integers(0, 100))
@example([7, 5, 3], 80)
@example([8, 4, 3, 1], 50)
def test_shares_are_those_of_exact_fractions(values: list, percent: int) -> None:
    """Variances in tenths, which no float is: 0.7 + 0.5 of 0.7 + 0.5 + 0.3 is 0.8, but rounding falls short of it."""
    values.sort(reverse=True)
    variances, total = np.array(values) / 10, sum(values)
    sums = [Fraction(sum(values[: k + 1]), total) for k in range(len(values))]
    found, cumulative = shares(variances), cumulative_shares(variances)
    assert found == pytest.approx(np.array([v / total for v in values]), rel=1e-14)
    assert cumulative == pytest.approx(np.array(sums, dtype=float), rel=1e-14)
    assert cumulative is not None
    assert cumulative[-1] == 1
    wanted = next(k for k, share in enumerate([Fraction(0), *sums]) if share >= Fraction(percent, 100))
    assert needed(variances, percent / 100) == wanted


@pytest.mark.parametrize("X", [np.full((10, 2), 0.1), np.full((1, 3), 1 / 3)])
def test_equal_points_have_no_shares(X: Array) -> None:
    mean, S = moments(X)
    found = decompose(S)
    assert not S.any()
    assert (mean == X[0]).all()
    assert (found.directions == np.eye(X.shape[1])).all()
    assert not np.signbit(found.variances).any()
    assert shares(found.variances) is None
    assert cumulative_shares(found.variances) is None
    assert needed(found.variances, 0.9) is None
    assert not mean_squared_errors(found.variances).any()


@pytest.mark.parametrize("fraction", [-0.1, 1.1, float("nan")])
def test_a_fraction_is_from_0_to_1(fraction: float) -> None:
    with pytest.raises(ValueError, match="a number from 0 to 1"):
        needed(np.ones(3), fraction)
