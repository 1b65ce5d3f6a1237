"""The library of functions against mpmath on the line and in the complex plane, and where their graphs break."""

from fractions import Fraction
from math import inf, isnan

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmlviz.maths.functions import FUNCTIONS, LARGEST, Function, as_fraction, radius, sampled
from mmlviz.maths.number import Number

BY_TEXT = {f.text: f for f in FUNCTIONS}

# Written by hand, with a real root that does not leave the line.
BY_MPMATH = {
    "sin(x)": mpmath.sin,
    "cos(x)": mpmath.cos,
    "sin(2x)": lambda x: mpmath.sin(2 * x),
    "arctan(x)": mpmath.atan,
    "exp(x)": mpmath.exp,
    "exp(-2x)": lambda x: mpmath.exp(-2 * x),
    "exp(x^2)": lambda x: mpmath.exp(x**2),
    "exp(-x^2)": lambda x: mpmath.exp(-(x**2)),
    "1/x": lambda x: 1 / x,
    "ln(x)": mpmath.log,
    "1/(1-x)^2": lambda x: 1 / (1 - x) ** 2,
    "sqrt(4-x)": lambda x: mpmath.sqrt(4 - x),
    "2/(x^2-x)": lambda x: 2 / (x**2 - x),
    "1/(1+x^2)": lambda x: 1 / (1 + x**2),
    "x sin(x)": lambda x: x * mpmath.sin(x),
}

every_function = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.text)


def clear_points(function: Function) -> np.ndarray:
    """Complex points (200,) that keep away from the singularities and cuts."""
    rng = np.random.default_rng(4)
    z = rng.uniform(-3, 3, 400) + 1j * rng.uniform(-3, 3, 400)
    away = np.abs(z.imag) > 0.05
    for point in function.singularities:
        away &= (np.abs(z - point) > 0.1) & (np.abs(z.real) > 0.05)
    return z[away][:200]


# Independent answers ----------------------------------------------------------------------------


def test_the_library_is_the_course_s() -> None:
    assert [f.text for f in FUNCTIONS] == list(BY_MPMATH)


@every_function
def test_values_as_mpmath_on_the_line(function: Function) -> None:
    """To the last digits where the function is real, nan elsewhere."""
    x = np.concatenate([np.linspace(-5, 5, 101), np.random.default_rng(1).uniform(-6, 6, 100), [1 + 1e-12, 1e-9, 4]])
    with mpmath.workdps(60):
        for point, found in zip(x.tolist(), function.values(x).tolist()):
            try:
                wanted = BY_MPMATH[function.text](mpmath.mpf(point))
            except (ZeroDivisionError, ValueError):
                wanted = mpmath.nan
            if not mpmath.isfinite(wanted) or wanted.imag != 0:
                assert isnan(found)
            else:
                assert abs(found - wanted) <= 2e-14 * abs(wanted)


@every_function
def test_values_as_mpmath_in_the_plane(function: Function) -> None:
    z = clear_points(function)
    assert len(z) == 200
    found = function.values(z)
    with mpmath.workdps(40):
        wanted = np.array([complex(BY_MPMATH[function.text](mpmath.mpmathify(p))) for p in z.tolist()])
    assert np.iscomplexobj(found)
    assert np.all(np.abs(found - wanted) <= 1e-13 * np.abs(wanted))


def test_principal_branches_on_the_cuts() -> None:
    assert BY_TEXT["ln(x)"].values(-2 + 0j) == pytest.approx(np.log(2) + np.pi * 1j, rel=1e-15)
    assert BY_TEXT["sqrt(4-x)"].values(13 + 0j) == pytest.approx(3j, rel=1e-15)
    assert BY_TEXT["arctan(x)"].values(2j) == pytest.approx(np.pi / 2 + np.log(3) / 2 * 1j, rel=1e-15)


@every_function
def test_the_numpy_text_says_the_same(function: Function) -> None:
    """For real and for complex arrays; x² − x loses digits beside 1, so points keep away from there."""
    low, high = max(function.domain[0], -3), min(function.domain[1], 3)
    real = np.linspace(low + 0.01, high - 0.013, 200)
    real = real[[all(abs(x - p) > 0.01 for p in function.poles) for x in real]]
    for x in (real, clear_points(function)):
        found = eval(function.python, {"np": np}, {"x": x})
        assert found.dtype == x.dtype
        assert np.allclose(found, function.values(x), rtol=1e-12, atol=0)


@pytest.mark.parametrize(
    ("text", "x"),
    [("1/x", 0), ("ln(x)", 0), ("ln(x)", -1), ("sqrt(4-x)", 4.5), ("2/(x^2-x)", 1), ("1/(1-x)^2", 1), ("exp(x^2)", 30)],
)
def test_no_value_is_nan(text: str, x: float) -> None:
    assert isnan(BY_TEXT[text].values(x))


@every_function
def test_no_value_at_a_complex_singularity(function: Function) -> None:
    found = function.values(np.array(function.singularities, dtype=complex))
    assert np.isnan(found).all() or (function.text, found.tolist()) == ("sqrt(4-x)", [0])


# Singularities ----------------------------------------------------------------------------------


@every_function
def test_singularities_are_genuine(function: Function) -> None:
    """Beside each, f or (for the root) its slope exceeds any bound, as fast as its kind says."""
    with mpmath.workdps(80):
        for point in function.singularities:
            sizes = []
            for exponent in (10, 20):
                z = mpmath.mpmathify(point) + mpmath.mpf(10) ** -exponent * mpmath.expj(1)
                f = BY_MPMATH[function.text]
                value = mpmath.diff(f, z, h=mpmath.mpf(10) ** -45) if function.text == "sqrt(4-x)" else f(z)
                sizes.append(abs(value))
            growth = sizes[1] / sizes[0]
            assert growth > (1.8 if function.text in {"ln(x)", "arctan(x)"} else 9e4)


@every_function
def test_f_jumps_around_a_branch_point_and_not_around_a_pole(function: Function) -> None:
    """Followed around the point in small steps of its derivative, f comes back to another value, or not."""
    for point in function.singularities:
        phi = np.linspace(0, 2 * np.pi, 20001)
        y = function.values(point + 0.5 * np.exp(1j * phi))
        steps = np.abs(np.diff(y))
        assert (steps.max() > 100 * np.median(steps)) == (function.kind == "branch point")


@pytest.mark.parametrize(
    ("text", "centre", "wanted"),
    [
        ("1/(1+x^2)", 2, 5**0.5),
        ("1/(1+x^2)", 0, 1),
        ("arctan(x)", Fraction(3, 4), 1.25),
        ("ln(x)", 10, 10),
        ("1/x", Number("-1/3"), 1 / 3),
        ("2/(x^2-x)", Number("0.1"), 0.1),
        ("2/(x^2-x)", 0.75, 0.25),
        ("2/(x^2-x)", 1, 0),
        ("sqrt(4-x)", -5, 9),
        ("1/(1-x)^2", Number("1e-20"), 1),
        ("exp(x^2)", 7, inf),
        ("x sin(x)", 0, inf),
    ],
)
def test_known_radii(text: str, centre: float, wanted: float) -> None:
    assert radius(BY_TEXT[text], centre) == pytest.approx(wanted, rel=2e-16, abs=0)


def test_the_radius_is_of_the_number_as_typed() -> None:
    """1 − a keeps its digits although a as a float is 1."""
    assert radius(BY_TEXT["1/(1-x)^2"], Number("0.99999999999999999999")) == pytest.approx(1e-20, rel=2e-16, abs=0)


@pytest.mark.parametrize(
    ("text", "centre", "wanted"),
    [
        ("1/(1+x^2)", 2, "the poles at ±i"),
        ("arctan(x)", -1, "the branch points at ±i"),
        ("2/(x^2-x)", 0.5, "the poles at 0 and 1"),
        ("2/(x^2-x)", Number("0.4"), "the pole at 0"),
        ("2/(x^2-x)", 3, "the pole at 1"),
        ("sqrt(4-x)", 0, "the branch point at 4"),
        ("sin(x)", 0, None),
    ],
)
def test_what_is_near(text: str, centre: float, wanted: str | None) -> None:
    assert BY_TEXT[text].near(centre) == wanted


@pytest.mark.parametrize(
    ("text", "centre", "wanted"),
    [
        ("1/x", 0, "1/x is not defined at 0: it has a pole there."),
        ("1/x", 1e-300, None),
        ("2/(x^2-x)", 1, "2/(x^2−x) is not defined at 1: it has a pole there."),
        ("1/(1-x)^2", Number("1.0"), "1/(1−x)^2 is not defined at 1: it has a pole there."),
        ("1/(1-x)^2", Number("0.99999999999999999999"), None),
        ("ln(x)", 0, "ln(x) is not defined at 0: it has a branch point there."),
        ("ln(x)", -2, "ln(x) is not real for x < 0."),
        ("sqrt(4-x)", 4, "sqrt(4−x) has no derivative at 4: its slope is infinite there."),
        ("sqrt(4-x)", Number("9/2"), "sqrt(4−x) is not real for x > 4."),
        ("sqrt(4-x)", 3.99, None),
        ("1/(1+x^2)", 0, None),
        ("arctan(x)", 1, None),
        ("exp(x^2)", -3, None),
    ],
)
def test_what_is_the_trouble(text: str, centre: float, wanted: str | None) -> None:
    assert BY_TEXT[text].trouble(centre) == wanted


def test_numbers_count_as_typed() -> None:
    assert as_fraction(Number("1/3")) == Fraction(1, 3)
    assert as_fraction(0.1) == Fraction(0.1) != Fraction(1, 10)


def test_functions_are_known_by_their_texts() -> None:
    again = Function("1/x", "x**-1", lambda m, x: x)
    assert again == BY_TEXT["1/x"] != BY_TEXT["ln(x)"]
    assert hash(again) == hash(BY_TEXT["1/x"])


# Graphs -----------------------------------------------------------------------------------------


@every_function
def test_the_graph_breaks_at_poles_and_nowhere_else(function: Function) -> None:
    low, high = -2.3, 5.1
    points = sampled(function, low, high, 1000)
    gaps = np.flatnonzero(np.isnan(points).any(axis=1))
    inside = [p for p in function.poles if low < p < high]
    assert len(gaps) == len(inside)
    for gap, pole in zip(gaps, inside):
        (left, y0), (right, y1) = points[gap - 1], points[gap + 1]
        assert pole - 1e-3 < left < pole < right < pole + 1e-3
        assert min(abs(y0), abs(y1)) > 1e6


@every_function
@settings(max_examples=40)
@given(low=st.floats(-20, 20), width=st.floats(1e-3, 40), count=st.integers(2, 300))
def test_every_graph(function: Function, low: float, width: float, count: int) -> None:
    """Points are on the graph, in order, no farther apart than a step and a half; breaks are whole rows of nan."""
    high = low + width
    points = sampled(function, low, high, count)
    broken = np.isnan(points)
    assert (broken[:, 0] == broken[:, 1]).all()
    assert not (broken[:-1, 0] & broken[1:, 0]).any()
    x, y = points[~broken[:, 0]].T
    assert (np.abs(y) <= LARGEST).all()
    assert (y == function.values(x)).all()
    assert (np.diff(x) > 0).all()
    if len(x) and not broken.any() and "exp" not in function.text:
        assert np.diff(x).max(initial=0) <= 1.6 * width / (count - 1)
    at = [p for p in (low, high) if np.abs(function.values(p)) <= LARGEST and p not in function.poles]
    assert set(at) <= set(x.tolist())


def test_the_graph_reaches_the_end_of_the_domain() -> None:
    root = sampled(BY_TEXT["sqrt(4-x)"], 0, 6, 50)
    assert root[-1].tolist() == [4, 0]
    assert not np.isnan(root).any()
    # The steepest part is dense enough for straight lines.
    x = (root[1:, 0] + root[:-1, 0]) / 2
    assert np.abs((root[1:, 1] + root[:-1, 1]) / 2 - np.sqrt(4 - x)).max() < 0.05
    log = sampled(BY_TEXT["ln(x)"], -1, 6, 50)
    assert 0 < log[0, 0] < 1e-100
    assert log[0, 1] < -200


def test_a_pole_at_the_edge_of_the_window() -> None:
    for low, high, end in ((0, 2, 0), (-2, 0, -1)):
        points = sampled(BY_TEXT["1/x"], low, high, 50)
        assert not np.isnan(points).any()
        assert abs(points[end, 1]) > 1e6


def test_nothing_to_draw() -> None:
    for text, low, high in (("ln(x)", -3, 0), ("sqrt(4-x)", 4, 9), ("exp(x^2)", 100, 200)):
        assert sampled(BY_TEXT[text], low, high, 100).shape == (0, 2)


def test_what_is_too_high_is_cut_off() -> None:
    high = sampled(BY_TEXT["exp(x^2)"], -10, 10, 201)
    assert not np.isnan(high).any()
    assert np.abs(high[[0, -1], 0]).tolist() == pytest.approx([5.2, 5.2])
    wild = sampled(BY_TEXT["x sin(x)"], 1e13, 1e13 + 10, 200)
    assert np.isnan(wild).any()
    assert np.nanmax(np.abs(wild[:, 1])) <= LARGEST


@pytest.mark.parametrize(("low", "high", "count"), [(1, 1, 10), (2, 1, 10), (0, 1, 1), (float("nan"), 1, 5)])
def test_no_interval(low: float, high: float, count: int) -> None:
    with pytest.raises(ValueError, match="low < high"):
        sampled(BY_TEXT["sin(x)"], low, high, count)
