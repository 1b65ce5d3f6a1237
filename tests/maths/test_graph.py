"""Graphs of all kinds of functions: where they break and where they must not, how far they go, what they cost."""

from math import inf, log, pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmlviz.maths.expression import evaluate, read
from mmlviz.maths.expression.tree import Expression
from mmlviz.maths.graph import LARGEST, graph


def f(text: str) -> Expression:
    tree = read(text, ("x",))
    assert isinstance(tree, Expression)
    return tree


def breaks(points: np.ndarray) -> list[tuple[float, float]]:
    """From where to where the line is broken."""
    gaps = np.flatnonzero(np.isnan(points[:, 1]))
    return [(float(points[k - 1, 0]), float(points[k + 1, 0])) for k in gaps]


LOW, HIGH = -4.1, 5.0
# Where the graph breaks between LOW and HIGH, and from where to where it goes.
GRAPHS: dict[str, tuple[list[float], float, float]] = {
    "sin x": ([], LOW, HIGH),
    "3": ([], LOW, HIGH),
    "x^2": ([], LOW, HIGH),
    "e^(x^2)": ([], LOW, HIGH),
    "1/(1+x^2)": ([], LOW, HIGH),
    "tan x": ([-pi / 2, pi / 2, 3 * pi / 2], LOW, HIGH),
    "sec x": ([-pi / 2, pi / 2, 3 * pi / 2], LOW, HIGH),
    "cot x": ([-pi, 0, pi], LOW, HIGH),
    "1/x": ([0], LOW, HIGH),
    "1/x^2": ([0], LOW, HIGH),
    "1/(x^2-2)": ([-(2**0.5), 2**0.5], LOW, HIGH),
    "2/(x^2-x)": ([0, 1], LOW, HIGH),
    "1/(x^3-x-1)": ([1.324717957244746], LOW, HIGH),
    "1/(cos x - x)": ([0.7390851332151607], LOW, HIGH),
    "1/(sqrt(x+1)-x)": ([(1 + 5**0.5) / 2], -1, HIGH),  # whose structure is not solved
    "1/(ln x - sin x)": ([2.219107148913746], 0, HIGH),
    "ln|x|": ([0], LOW, HIGH),
    "ln x": ([], 0, HIGH),
    "ln(4-x^2)": ([], -2, 2),
    "gamma x": ([-4, -3, -2, -1, 0], LOW, HIGH),
    "coth x": ([0], LOW, HIGH),
    "sgn x": ([0], LOW, HIGH),
    "sgn(sin x)": ([-pi, 0, pi], LOW, HIGH),
    "sgn(cos x - x)": ([0.7390851332151607], LOW, HIGH),
    "x + sgn(sqrt(x+5) - x)": ([(1 + 21**0.5) / 2], LOW, HIGH),
    "arctan(1/x)": ([0], LOW, HIGH),
    "|x|/x": ([0], LOW, HIGH),
    "1/(1+e^(1/x))": ([0], LOW, HIGH),
    "e^(1/x)": ([(0, 1 / log(LARGEST))], LOW, HIGH),
    "sqrt(4-x)": ([], LOW, 4),
    "sqrt(x^2-1)": ([(-1, 1)], LOW, HIGH),
    "sqrt(cos x)": ([(pi / 2, 3 * pi / 2)], -pi / 2, HIGH),
    "sqrt(x - cos x)": ([], 0.7390851332151607, HIGH),
    "arcsin x": ([], -1, 1),
    "arcosh x": ([], 1, HIGH),
    "artanh x": ([], -1, 1),
    "x^x": ([], 0, HIGH),
    "x^0.5": ([], 0, HIGH),
    "x^(1/3)": ([], LOW, HIGH),
    "x^(2/3)": ([], LOW, HIGH),
    "cbrt(x-1)": ([], LOW, HIGH),
    "|x|": ([], LOW, HIGH),
    "|sin x|": ([], LOW, HIGH),
    "sqrt(x^2)": ([], LOW, HIGH),
    "e^(-1/x^2)": ([], LOW, HIGH),
    "sin x/x": ([], LOW, HIGH),
    "(1-cos x)/x^2": ([], LOW, HIGH),
    "(x^2-1)/(x-1)": ([], LOW, HIGH),
    "x sin(1/x)": ([], LOW, HIGH),
    "1/(x-1) - 1/(x-1)": ([], LOW, HIGH),
    "sgn(x)^2": ([], LOW, HIGH),
    "erf(50x)": ([], LOW, HIGH),
    "arctan(300(x-1.2345))": ([], LOW, HIGH),
    "tanh(5000(x-0.3))": ([], LOW, HIGH),
    "1/gamma(x)": ([], LOW, HIGH),
    "x/(|x| + 1e-4)": ([], LOW, HIGH),
}  # fmt: skip


@pytest.mark.parametrize("text", GRAPHS)
def test_breaks_and_ends(text: str) -> None:
    wanted, low, high = GRAPHS[text]
    points = graph(f(text), LOW, HIGH, 1100)
    found = breaks(points)
    assert len(found) == len(wanted)
    for (left, right), at in zip(found, wanted):
        first, last = at if isinstance(at, tuple) else (at, at)
        assert first - 2e-6 < left <= first + 1e-12
        assert last - 1e-12 <= right < last + 2e-6
    assert points[0, 0] == pytest.approx(low, abs=1e-12)
    assert points[-1, 0] == pytest.approx(high, abs=1e-12)


@pytest.mark.parametrize("text", GRAPHS)
@pytest.mark.parametrize("count", [2, 7, 100, 1100])
@pytest.mark.parametrize(("low", "high"), [(LOW, HIGH), (0.0, 1.0), (-1e-3, 2e-3), (0.73, 50.0)])
def test_every_graph(text: str, count: int, low: float, high: float) -> None:
    """Points are on the graph and in order; nothing is infinite; breaks are single rows, none at the ends."""
    tree = f(text)
    points = graph(tree, low, high, count)
    broken = np.isnan(points)
    assert (broken[:, 0] == broken[:, 1]).all()
    assert not (broken[:-1, 0] & broken[1:, 0]).any()
    assert not len(points) or not broken[[0, -1]].any()
    x, y = points[~broken[:, 0]].T
    assert (np.abs(y) <= LARGEST).all()
    assert (y == evaluate(tree, x=x)).all()
    assert (np.diff(x) > 0).all()
    assert ((low <= x) & (x <= high)).all()
    assert len(points) <= 4 * count + 2600


@settings(max_examples=60, deadline=None)
@given(text=st.sampled_from(sorted(GRAPHS)), low=st.floats(-20, 20), width=st.floats(1e-3, 40))
def test_no_point_of_the_function_is_left_out(text: str, low: float, width: float) -> None:
    """Between two neighbours that are joined the function is defined, but for holes."""
    tree, high = f(text), low + width
    points = graph(tree, low, high, 300)
    if not len(points):
        return
    x = points[~np.isnan(points[:, 0]), 0]
    inside = np.linspace(low, high, 977)
    seen = np.abs(evaluate(tree, x=inside)) <= LARGEST
    apart = np.abs(inside[seen, None] - x[None, :]).min(axis=1, initial=inf)
    assert (apart <= width / 299).all()


def test_poles_reach_beyond_any_window() -> None:
    for text in ("1/x", "tan x", "1/(x^2-2)", "1/(cos x - x)", "gamma x"):
        points = graph(f(text), LOW, HIGH, 1100)
        for gap in np.flatnonzero(np.isnan(points[:, 1])):
            assert min(abs(points[gap - 1, 1]), abs(points[gap + 1, 1])) > 1e5


def test_poles_of_which_no_structure_is_known_reach_far() -> None:
    points = graph(f("1/(sqrt(x+1)-x)"), LOW, HIGH, 1100)
    gap = int(np.flatnonzero(np.isnan(points[:, 1]))[0])
    assert abs(points[gap - 1, 1]) > 50
    assert abs(points[gap + 1, 1]) > 50


def test_a_root_comes_down_to_its_end() -> None:
    root = graph(f("sqrt(4-x)"), 0, 6, 50)
    assert root[-1].tolist() == [4, 0]
    x = (root[1:, 0] + root[:-1, 0]) / 2
    assert np.abs((root[1:, 1] + root[:-1, 1]) / 2 - np.sqrt(4 - x)).max() < 0.05
    log = graph(f("ln x"), -1, 6, 50)
    assert 0 < log[0, 0] < 1e-100
    assert log[0, 1] < -200


def test_steep_places_are_dense() -> None:
    tree = f("arctan(300(x-1.2345))")
    assert np.abs(np.diff(evaluate(tree, x=np.linspace(LOW, HIGH, 200)))).max() > 2.5
    assert np.abs(np.diff(graph(tree, LOW, HIGH, 200)[:, 1])).max() < 0.5


def test_a_flat_function_looks_flat() -> None:
    for text in ("7", "x - x", "1/(x-1) - 1/(x-1)", "sin(x)^2 + cos(x)^2"):
        points = graph(f(text), -3, 3, 100)
        assert not np.isnan(points).any()
        assert np.ptp(points[:, 1]) < 1e-15 * 4


def test_a_pole_at_the_edge_of_the_window() -> None:
    for low, high, end in ((0, 2, 0), (-2, 0, -1)):
        points = graph(f("1/x"), low, high, 50)
        assert not np.isnan(points).any()
        assert abs(points[end, 1]) > 1e6


def test_nothing_to_draw() -> None:
    for text, low, high in (("ln x", -3, -1), ("sqrt(4-x)", 4.5, 9), ("e^(x^2)", 100, 200), ("ln(-1-x^2)", -5, 5)):
        assert graph(f(text), low, high, 100).shape == (0, 2)


@pytest.mark.parametrize(("low", "high", "count"), [(1, 1, 10), (2, 1, 10), (0, 1, 1), (float("nan"), 1, 5)])
def test_no_interval(low: float, high: float, count: int) -> None:
    with pytest.raises(ValueError, match="low < high"):
        graph(f("sin x"), low, high, count)
