"""Ways to a matrix: where they begin and end, and when the area is 0 on them."""

from itertools import pairwise
from math import inf

import numpy as np
import pytest
import sympy

from mmlviz.maths import matrix2
from mmlviz.maths.paths2 import PATHS, collapses, straight
from tests.matrices import Named, those

sized = those(lambda named: 1e-6 < max(map(abs, named.exact)) < 1e3 and matrix2.condition(named.rows) < 1e6)


@those(lambda named: True)
@pytest.mark.parametrize("path", PATHS)
def test_each_begins_at_the_identity_and_ends_at_the_matrix(path: str, named: Named) -> None:
    assert (PATHS[path](named.rows, 0.0) == np.eye(2)).all()
    assert (PATHS[path](named.rows, 1) == np.array(named.rows, dtype=float)).all()


@those(lambda named: max(map(abs, named.exact)) < 1e6)
def test_straight_is_straight(named: Named) -> None:
    A = np.array(named.rows, dtype=float)
    assert straight(named.rows, 0.25) == pytest.approx(0.75 * np.eye(2) + 0.25 * A)


@sized
def test_on_the_straight_way_the_area_is_0_where_sympy_says(named: Named) -> None:
    t = sympy.Symbol("t", real=True)
    area = ((1 - t) * sympy.eye(2) + t * named.exact).det()
    roots = [] if area.is_constant() else [float(x) for x in sympy.real_roots(sympy.Poly(area, t))]
    wanted = sorted({x for x in roots if 0 < x < 1 and abs(x - 1) > 1e-12})
    assert [x for x in collapses(named.rows, "entries") if abs(x - 1) > 1e-12] == pytest.approx(wanted, rel=1e-7)


@sized
@pytest.mark.parametrize("path", PATHS)
def test_the_area_is_0_there_and_has_one_sign_in_between(path: str, named: Named) -> None:
    times = collapses(named.rows, path)
    largest = max(max(map(abs, named.exact)), 1)
    for t in times:
        assert np.linalg.det(PATHS[path](named.rows, t)) == pytest.approx(0, abs=1e-12 * float(largest) ** 2)
    ends = [0.0, *times, 1.0]
    for low, high in pairwise(ends):
        steps = np.linspace(low, high, 12)[1:-1].tolist() if high > low + 1e-6 else []
        signs = {np.sign(np.linalg.det(PATHS[path](named.rows, t))) for t in steps}
        assert len(signs - {0.0}) <= 1


@sized
def test_turning_passes_through_0_only_towards_a_mirror_image(named: Named) -> None:
    assert len(collapses(named.rows, "polar")) == (1 if named.exact.det() < 0 else 0)


def test_a_straight_way_may_pass_through_0_twice_or_touch_it() -> None:
    assert collapses(((-2, 1), (0, -3)), "entries") == pytest.approx((1 / 4, 1 / 3))
    assert collapses(((-1, 0), (0, -1)), "entries") == (0.5,)
    assert collapses(((1, 1), (0, 1)), "entries") == ()
    assert all(t < inf for t in collapses(((1e200, 0), (0, -1e200)), "entries"))
