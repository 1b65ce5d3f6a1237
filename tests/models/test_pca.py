"""The pca model: numpy and scikit-learn as independent answers, the digits' known numbers, and laws."""

from dataclasses import replace
from math import cos, radians, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from mmlviz.data.clouds import cloud
from mmlviz.maths.components import needed
from mmlviz.maths.number import Number
from mmlviz.models import pca
from mmlviz.models.pca import CloudResult, DigitsResult, State, compute, wrapped

DIGITS = load_digits()
either = pytest.mark.parametrize("divisor", ["N", "N-1"])
both = pytest.mark.parametrize("standardise", [False, True])
angles = st.floats(-180, 180).map(lambda x: Number.rounded(x, 0.01))
lengths = st.floats(0, 10).map(lambda x: Number.rounded(x, 0.01))


def turned(angle: str = "75", **others: object) -> CloudResult:
    found = compute(State(angle=Number(angle), **others))
    assert isinstance(found, CloudResult)
    return found


def rebuilt(k: int = 10, sample: int = 0, **others: object) -> DigitsResult:
    found = compute(State(data="digits", k=Number(str(k)), sample=Number(str(sample)), **others))
    assert isinstance(found, DigitsResult)
    return found


# The cloud -----------------------------------------------------------------------------------------


@both
@either
def test_the_cloud_as_scikit_learn(standardise: bool, divisor: str) -> None:
    """scikit-learn divides by N − 1, its scaler by N."""
    found = turned(standardise=standardise, divisor=divisor).analysis
    X = cloud("otter", 200, (2, 0.6), 30, (1, 0.5))
    n = len(X)
    by_n = divisor == "N"
    Z = StandardScaler().fit_transform(X) * (1 if by_n else np.sqrt((n - 1) / n)) if standardise else X
    wanted = PCA().fit(Z)
    assert found.variances == pytest.approx(wanted.explained_variance_ * ((n - 1) / n if by_n else 1), rel=1e-12)
    assert found.shares == pytest.approx(wanted.explained_variance_ratio_, rel=1e-12)
    assert np.abs(np.sum(found.directions * wanted.components_, axis=1)) == pytest.approx(1, abs=1e-12)
    assert pytest.approx(np.cov(Z.T, bias=by_n), rel=1e-12, abs=1e-13) == found.S


@given(angles, st.tuples(lengths, lengths), st.integers(2, 400), st.booleans(), st.sampled_from(["N", "N-1"]))
def test_kept_and_residual_are_those_of_the_projections(
    angle: Number, spread: tuple, points: int, standardise: bool, divisor: str
) -> None:
    """Measured point by point: the variance of the feet, the mean squared distance, and Pythagoras."""
    state = State(
        points=Number(str(points)), spread=spread, angle=angle, standardise=standardise, divisor=divisor,
    )  # fmt: skip
    found = compute(state)
    assert isinstance(found, CloudResult)
    u = np.array([cos(radians(angle)), sin(radians(angle))])
    Z = found.shown - found.mean
    over = points - (divisor == "N-1")
    rest = Z - np.outer(Z @ u, u)
    total = found.analysis.total
    assert found.kept == pytest.approx(((Z @ u) ** 2).sum() / over, rel=1e-9, abs=1e-9 * total + 1e-25)
    assert found.residual == pytest.approx((rest**2).sum() / over, rel=1e-9, abs=1e-9 * total + 1e-25)
    assert found.kept + found.residual == pytest.approx(total, rel=1e-12, abs=1e-25)
    assert found.kept <= found.analysis.variances[0] * (1 + 1e-12)
    assert found.kept >= found.analysis.variances[1] * (1 - 1e-12) - 1e-12 * total


def test_the_axis_at_the_first_direction_keeps_the_most() -> None:
    x, y = turned().analysis.directions[0]
    angle = np.degrees(np.arctan2(y, x))
    best = turned(Number.significant(angle, 12).text)
    assert best.kept == pytest.approx(best.analysis.variances[0], rel=1e-12)
    assert best.residual == pytest.approx(best.analysis.variances[1], rel=1e-12)
    assert best.off == pytest.approx(0, abs=1e-8)
    assert turned(Number.significant(angle + 10, 12).text).off == pytest.approx(10)
    assert turned(Number.significant(angle - 90, 12).text).off == pytest.approx(90)


@given(st.floats(-720, 720))
def test_the_same_line_has_one_angle(angle: float) -> None:
    found = wrapped(angle)
    assert -90 < found <= 90
    assert (found - angle) / 180 == pytest.approx(round((found - angle) / 180), abs=1e-9)
    assert (wrapped(90), wrapped(-90), wrapped(180), wrapped(91)) == (90, 90, 0, -89)


def test_opposite_directions_are_one_axis() -> None:
    here, there = turned("60"), turned("-120")
    assert (here.angle, here.kept, here.off) == pytest.approx((there.angle, there.kept, there.off))
    assert here.direction == pytest.approx(-there.direction)


def test_standardised_coordinates_have_variance_one_and_pc1_at_45_degrees() -> None:
    found = turned(standardise=True)
    correlation = np.corrcoef(cloud("otter", 200, (2, 0.6), 30, (1, 0.5)).T)[0, 1]
    assert np.diag(found.analysis.S) == pytest.approx(1, rel=1e-14)
    assert found.analysis.variances == pytest.approx([1 + correlation, 1 - correlation], rel=1e-12)
    assert found.analysis.directions[0] == pytest.approx([0.5**0.5, 0.5**0.5])


def test_five_points_by_either_divisor() -> None:
    five = {"points": Number("5")}
    by_n, by_less = (turned(divisor=d, **five) for d in ("N", "N-1"))
    assert by_less.analysis.total == pytest.approx(by_n.analysis.total * 5 / 4)
    assert by_less.residual == pytest.approx(by_n.residual * 5 / 4)
    assert by_less.analysis.shares == pytest.approx(by_n.analysis.shares)


def test_points_that_are_all_equal_have_no_shares() -> None:
    found = turned(spread=(Number("0"), Number("0")))
    assert (found.analysis.is_point, found.analysis.total, found.analysis.shares, found.off) == (True, 0, None, None)


def test_a_line_has_one_component() -> None:
    flat = turned(spread=(Number("2"), Number("0")))
    assert flat.analysis.is_empty(1)
    assert not flat.analysis.is_empty(0)
    assert not turned().analysis.is_empty(1)
    upright = turned(spread=(Number("2"), Number("0")), tilt=Number("90"))
    assert upright.analysis.prepared.constant == (0,)


def test_turning_the_axis_computes_nothing_large_again() -> None:
    many = State(points=Number("70000"))
    assert compute(many).analysis is compute(replace(many, angle=Number("1"), k=Number("3"))).analysis


# The digits ----------------------------------------------------------------------------------------


def test_the_known_numbers_of_the_digits() -> None:
    found = rebuilt().analysis
    assert found.total == pytest.approx(4.693276318, abs=5e-10)
    assert found.variances[:5] == pytest.approx([0.6988567, 0.63916657, 0.55355288, 0.39470357, 0.2713847], abs=5e-9)
    assert [needed(found.variances, share) for share in (0.9, 0.95, 0.99)] == [21, 29, 41]
    assert found.prepared.constant == (0, 32, 39)
    assert [found.is_empty(j) for j in (60, 61, 62, 63)] == [False, True, True, True]


@both
@pytest.mark.parametrize("k", [0, 1, 10, 64])
def test_the_mean_squared_error_is_that_of_the_rebuilt_images(k: int, standardise: bool) -> None:
    """Every image rebuilt, and compared with the prepared one: the sum of the λ that are left out."""
    result = rebuilt(k, standardise=standardise)
    found = result.analysis
    kept = found.directions[:k]
    rest = found.prepared.X - found.prepared.X @ kept.T @ kept
    assert found.errors[k] == pytest.approx((rest**2).sum(axis=1).mean(), rel=1e-9, abs=1e-12)
    assert found.errors[k] == pytest.approx(found.variances[k:].sum(), abs=1e-12)


@pytest.mark.parametrize("sample", [0, 17, 1796])
def test_an_image_is_rebuilt_as_by_scikit_learn(sample: int) -> None:
    X = DIGITS.data / 16
    model = PCA(10, svd_solver="full").fit(X)
    found = rebuilt(10, sample)
    assert found.rebuilt == pytest.approx(model.inverse_transform(model.transform(X[sample : sample + 1]))[0], abs=1e-9)
    assert found.original == pytest.approx(X[sample])
    assert found.label == DIGITS.target[sample]
    assert np.abs(found.scores[:10]) == pytest.approx(np.abs(model.transform(X[sample : sample + 1])[0]), abs=1e-9)


@both
def test_without_a_component_there_is_the_mean_and_with_all_the_original(standardise: bool) -> None:
    assert rebuilt(0, standardise=standardise).rebuilt == pytest.approx((DIGITS.data / 16).mean(axis=0))
    assert rebuilt(64, standardise=standardise).rebuilt == pytest.approx(DIGITS.data[0] / 16, abs=1e-12)


@given(st.integers(0, 63), st.integers(0, 1796))
def test_one_more_component_brings_an_image_nearer(k: int, sample: int) -> None:
    def missed(count: int) -> float:
        result = rebuilt(count, sample)
        return float(((result.original - result.rebuilt) ** 2).sum())

    assert missed(k + 1) <= missed(k) + 1e-12


# Slow work -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State(data="digits", standardise=True), State(points=Number("70000"), seed="wren")])
def test_slow_work_leaves_little_to_compute(state: State) -> None:
    """What is slow is found in a cache afterwards."""
    pca.slow_work(pca.slow_key(state))
    before = pca._digits.cache_info().misses, pca.standard_normals("wren", 70000).ctypes.data
    compute(state)
    after = pca._digits.cache_info().misses, pca.standard_normals("wren", 70000).ctypes.data
    assert after == before


def test_the_slow_key_changes_with_what_is_slow_only() -> None:
    crowd, digits = State(points=Number("70000")), State(data="digits")
    assert pca.slow_key(State()) == pca.slow_key(State(seed="wren", points=Number("3000")))
    assert pca.slow_key(crowd) == pca.slow_key(replace(crowd, angle=Number("1"), tilt=Number("2"), standardise=True))
    assert pca.slow_key(crowd) != pca.slow_key(replace(crowd, seed="wren"))
    assert pca.slow_key(digits) == pca.slow_key(replace(digits, k=Number("1"), sample=Number("2")))
    assert pca.slow_key(digits) != pca.slow_key(replace(digits, divisor="N-1"))


@pytest.mark.parametrize(("second", "is_equal"), [(1.0, True), (1 - 1e-10, True), (1 - 1e-6, False), (0.5, False)])
def test_variances_are_equal_to_within_rounding_only(second: float, is_equal: bool) -> None:
    analysis = replace(compute(State()).analysis, variances=np.array([1.0, second]))
    assert analysis.has_equal_variances == is_equal
