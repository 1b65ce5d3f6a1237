"""Kinds of points, against numpy's eigenvalues."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths.expression import parsed
from mmlviz.maths.number import Number
from mmlviz.maths.stationary import kind, principal
from mmlviz.maths.two_variables import Series2, taylor2


def series_of(text: str, a: str = "0", b: str = "0") -> Series2:
    return taylor2(parsed(text, ("x", "y")), (Number(a), Number(b)), 2)


@pytest.mark.parametrize(
    ("text", "a", "b", "wanted"),
    [
        ("x^2+y^2", "0", "0", "minimum"),
        ("1-x^2-xy-y^2", "0", "0", "maximum"),
        ("x^2-y^2", "0", "0", "saddle"),
        ("xy", "0", "0", "saddle"),
        ("x^3-3x y^2", "0", "0", "undecided"),
        ("x^2", "0", "1", "undecided"),
        ("-(x+y)^2", "1/3", "-1/3", "undecided"),
        ("x^4+y^4", "0", "0", "undecided"),
        ("5", "1", "2", "undecided"),
        ("x exp(-x^2-y^2)", "√2/2", "0", "maximum"),
        ("x exp(-x^2-y^2)", "-√2/2", "0", "minimum"),
        ("x exp(-x^2-y^2)", "0.7071067811865476", "0", "maximum"),
        ("x exp(-x^2-y^2)", "0.7071", "0", "not stationary"),
        ("sin(x)+cos(y)", "π/2", "π", "saddle"),
        ("cos(x+y)", "π", "0", "undecided"),
        ("1e-200x^2+1e-200y^2", "0", "0", "minimum"),
        ("1e200x^2-1e200y^2", "0", "0", "saddle"),
        ("x^2+1e-20y^2", "0", "0", "minimum"),
        ("x^2+xy+y^2/4", "0", "0", "undecided"),
        ("x^2", "1e-300", "0", "not stationary"),
    ],
)
def test_kinds_of_points(text: str, a: str, b: str, wanted: str) -> None:
    assert kind(series_of(text, a, b)) == wanted


whole = st.integers(-5, 5)


@given(p=whole, q=whole, r=whole, is_exact=st.booleans())
def test_the_kind_is_that_of_numpys_eigenvalues(p: int, q: int, r: int, is_exact: bool) -> None:
    """H = [[2p, q], [q, 2r]]; with a factor e nothing is known exactly."""
    factor = "1" if is_exact else "e"
    found = kind(series_of(f"({factor})(({p})x^2+({q})xy+({r})y^2)"))
    values = np.linalg.eigvalsh(np.array([[2 * p, q], [q, 2 * r]], dtype=float))
    signs = sorted(0 if abs(v) < 1e-9 else int(np.sign(v)) for v in values.tolist())
    wanted = {(1, 1): "minimum", (-1, -1): "maximum", (-1, 1): "saddle"}.get((signs[0], signs[1]), "undecided")
    assert found == wanted


@given(p=st.floats(-1e6, 1e6), q=st.floats(-1e6, 1e6), r=st.floats(-1e6, 1e6))
def test_principal_axes_are_eigenvectors(p: float, q: float, r: float) -> None:
    H = np.array([[p, q], [q, r]])
    values, axes = principal(H)
    size = max(abs(p), abs(q), abs(r), 1e-300)
    assert values[0] >= values[1]
    assert np.allclose(axes.T @ axes, np.eye(2), atol=1e-14)
    assert np.linalg.det(axes) > 0
    assert np.abs(H @ axes - axes * values).max() <= 1e-13 * size
    assert np.allclose(values, np.linalg.eigvalsh(H)[::-1], atol=1e-13 * size, rtol=0)


def test_principal_axes_of_entries_at_the_ends_of_floats() -> None:
    for size in (1e-300, 1e300):
        values, _ = principal(np.array([[size, 0.0], [0.0, -size]]))
        assert np.allclose(values / size, [1, -1])
