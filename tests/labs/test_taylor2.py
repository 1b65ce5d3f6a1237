"""Taylor in two variables: the same heights in all planes, one window, and sentences that are true."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mmlviz.core import codec
from mmlviz.core.formula import plain
from mmlviz.core.marks import Arrow, Curve, Image, Label, Mark, Segments
from mmlviz.core.store import Store
from mmlviz.labs import LABS
from mmlviz.labs.taylor2 import LAB, OFFERED
from mmlviz.labs.taylor2.error import NAME
from mmlviz.labs.taylor2.samples import heights, levels
from mmlviz.maths.expression import read
from mmlviz.maths.expression.tree import Expression
from mmlviz.maths.number import Number
from mmlviz.models.taylor2 import Result, State, compute


def state_of(link: str) -> State:
    state = codec.read_link(f"mmlviz:taylor2?{link}", LABS)[1]
    assert isinstance(state, State)
    return state


def marks(state: State, pane: str) -> dict[str, Any]:
    scene: dict[str, tuple[Mark, ...]] = LAB.draw(state, compute(state), Store(LAB, state).view)
    return {mark.key: mark for mark in scene[pane]}


def told(state: State) -> Any:
    return LAB.tell(state, compute(state))


def test_all_planes_show_the_window() -> None:
    view = Store(LAB, state_of("centre=1,-2&window=0.5")).view
    for name in ("contours", "L", "Q", "error"):
        assert view[name].wanted == (0.5, 1.5, -2.5, -1.5)


def test_f_l_and_q_have_the_same_heights() -> None:
    state = state_of("f=x^2-xy+sin(y)&centre=1,1")
    images = [marks(state, name)["relief"] for name in ("contours", "L", "Q")]
    assert all(isinstance(image, Image) for image in images)
    assert len({(image.low, image.high) for image in images}) == 1


def test_contours_lie_where_f_l_and_q_have_these_heights() -> None:
    state = state_of("f=sin(xy/5)&centre=1,2&window=2")
    result, view = compute(state), Store(LAB, state).view
    wanted = levels(state.f, view["contours"].wanted)
    assert result.series is not None
    for name, order in (("L", 1), ("Q", 2)):
        curve = marks(state, name)["contours"]
        assert isinstance(curve, Curve)
        points = curve.points[~np.isnan(curve.points[:, 0])]
        values = np.array([result.series.at(x, y, order) for x, y in points[::25]])
        assert np.abs(values[:, None] - wanted).min(axis=1).max() < 2e-3


def test_in_a_small_window_the_pictures_are_the_same() -> None:
    state = state_of("centre=0.4,0.3&window=0.02")
    images = [marks(state, name)["relief"] for name in ("contours", "L", "Q")]
    f, linear, quadratic = (np.asarray(image.values) for image in images)
    span = images[0].high - images[0].low
    assert np.abs(linear - f).max() < 0.1 * span
    assert np.abs(quadratic - f).max() < 0.003 * span


def test_the_gradient_is_an_arrow_and_eigenvectors_are_lines() -> None:
    state = state_of("centre=0.4,0.3")
    result = compute(state)
    assert result.series is not None
    arrow = marks(state, "contours")["gradient"]
    assert isinstance(arrow, Arrow)
    way = arrow.tip - arrow.tail
    assert abs(way[0] * result.series.gradient[1] - way[1] * result.series.gradient[0]) < 1e-12
    assert way @ result.series.gradient > 0
    for k, value in enumerate(np.linalg.eigvalsh(result.series.hessian)[::-1], 1):
        line = marks(state, "Q")[f"axis {k}"]
        assert isinstance(line, Segments)
        v = line.ends[1] - line.ends[0]
        assert np.allclose(result.series.hessian @ v, value * v)
        assert np.allclose(line.ends.mean(axis=0), [0.4, 0.3])


def test_at_a_stationary_point_there_is_no_arrow() -> None:
    assert "gradient" not in marks(state_of("centre=√2/2,0"), "contours")


def test_the_error_has_a_contour_at_every_power_of_ten() -> None:
    state = state_of("centre=0.4,0.3&order=3&window=1.2")
    found = marks(state, "error")
    names = {mark.text for mark in found.values() if isinstance(mark, Label)}
    assert {"10⁻¹", "10⁻²", "10⁻³"} <= names
    assert found["error"].high - found["error"].low == pytest.approx(8)


@pytest.mark.parametrize("link", ["", "f=sin(xy/5)&centre=0,0&window=3", "f=ln(1+x+y)&centre=0,0&order=4&window=1"])
@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_the_names_of_the_contours_keep_off_each_other(link: str, scale: float) -> None:
    """And each stands on a contour."""
    store = Store(LAB, state_of(link))
    view = store.view.scaled(scale)
    found = LAB.draw(store.state, store.result, view)["error"]
    names = [m for m in found if isinstance(m, Label) and m.key.startswith("decade")]
    assert len(names) >= 3
    at = np.array([m.at for m in names]) / view["error"].per_pixel
    apart = np.abs(at[:, None] - at)[~np.eye(len(at), dtype=bool)]
    assert ((apart >= 0.999 * scale * np.array(NAME)).any(axis=1)).all()
    (lines,) = (m.points for m in found if isinstance(m, Curve) and m.key == "decades")
    assert all((lines == mark.at).all(axis=1).any() for mark in names)


def test_the_error_at_the_probe_says_that_it_is_rounded() -> None:
    assert marks(LAB.opening, "error")["probe label"].text == "|error| ≈ 0.0987"
    assert marks(state_of("f=x^2&centre=0,0&order=1&probe=0.5,0"), "error")["probe label"].text == "|error| = 0.25"


def test_where_there_is_no_error_that_is_said() -> None:
    found = marks(state_of("f=xy&centre=1/3,2/7"), "error")
    assert found["nothing"].text == "T₂ is f, but for rounding"
    assert (found["error"].values == 0).all()


def test_where_f_is_not_defined_the_pictures_have_holes() -> None:
    state = state_of("f=ln(1+x+y)&centre=0,0&window=1")
    for pane, key in (("contours", "relief"), ("error", "error")):
        values = marks(state, pane)[key].values
        assert np.isnan(values[0, 0])
        assert not np.isnan(values[-1, -1])
    assert "f is not defined in a part of the window; there its pictures have holes." in told(state).warnings


def test_without_a_series_the_picture_of_f_stays() -> None:
    state = state_of("f=sqrt(x^2+y^2)&centre=0,0")
    assert "relief" in marks(state, "contours")
    assert marks(state, "L")["nothing"].text == marks(state, "error")["nothing"].text
    assert told(state).sentence.startswith("There is no Taylor polynomial about (0, 0): ")
    assert told(state).values["kind"] == "no series"


def test_poles_do_not_flatten_the_picture() -> None:
    low, high = heights("1/(x-y)", (-1.0, 1.1, -1.0, 1.0))
    assert -100 < low < -1
    assert 1 < high < 100
    low, high = heights("5", (0.0, 1.0, 0.0, 1.0))
    assert low < 5 < high


@pytest.mark.parametrize(
    ("link", "kind", "words"),
    [
        ("f=x^2+y^2&centre=0,0", "minimum", "both eigenvalues of H are positive: a minimum."),
        ("centre=√2/2,0", "maximum", "both eigenvalues of H are negative: a maximum."),
        ("f=xy&centre=0,0", "saddle", "the eigenvalues of H have opposite signs: a saddle."),
        ("f=x^3-3x y^2&centre=0,0", "undecided", "H is singular: the Hessian does not decide"),
        ("f=x^2&centre=0,1", "undecided", "H is singular: the Hessian does not decide"),
        ("f=xy&centre=1,2", "not stationary", "(1, 2) is not stationary: the gradient = (2, 1) points uphill."),
    ],
)
def test_the_kind_of_point_is_said(link: str, kind: str, words: str) -> None:
    reading = told(state_of(link))
    assert reading.values["kind"] == kind
    assert words in reading.sentence


@pytest.mark.parametrize(
    ("order", "words"), [("0", "T₀ is the constant f(a, b)."), ("1", "T₁ is L, the tangent plane."), ("2", "T₂ is Q.")]
)
def test_low_orders_have_other_names(order: str, words: str) -> None:
    assert words in told(state_of(f"f=xy&order={order}")).sentence
    assert ", T₃ by up to" in told(state_of("order=3")).sentence


def test_how_far_l_and_q_are_off_is_said() -> None:
    """On x² about 0 the plane is 0: off by all of the range; the paraboloid is f."""
    said = told(state_of("f=x^2&centre=0,0")).sentence
    assert "In the window f covers a range of 0.64: L is off by up to 100 % of that, Q is f itself to rounding." in said


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("f=x^2-xy+sin(y)&centre=0,0", "T_2(x, y) = y + x^2 − xy"),
        ("f=xy&centre=1,-1/2", "T_2(x, y) = −1/2 − (x − 1)/2 + (y + 1/2) + (x − 1)(y + 1/2)"),
        ("f=5&order=0", "T_0(x, y) = 5"),
        ("f=xy&centre=0,0&order=1", "T_1(x, y) = 0"),
        ("centre=0.4,0.3&order=1", "T_1(x, y) ≈ 0.3115 + 0.5296(x − 0.4) − 0.1869(y − 0.3)"),
        ("", "T_2(x, y) = e^(−1/4)x − e^(−1/4)x(y − 1/2)"),
        ("centre=0.4,0.3", "T_2(0.4 + h, 0.3 + k) ≈ 0.312 + 0.53h − 0.187k − 0.835h^2 − 0.318hk − 0.255k^2"),
    ],
)
def test_the_polynomial_is_written(link: str, wanted: str) -> None:
    assert plain(told(state_of(link)).formulas[0]) == wanted


def test_a_long_polynomial_ends_in_dots() -> None:
    text = plain(told(state_of("centre=0.4,0.3&order=6")).formulas[0])
    assert "⋯" in text
    assert len(text) < 130


def test_the_derivatives_are_written_exactly_where_they_are() -> None:
    text = plain(told(state_of("f=x^3/7+xy&centre=1,2")).formulas[1])
    assert text == "∇f = (17/7; 1), H = (6/7, 1; 1, 0)"


def test_values_by_powers() -> None:
    values = told(state_of("f=x^2-xy+sin(y)&centre=0,0&order=3")).values
    assert values["coefficients"]["1,1"] == -1
    assert values["exact_coefficients"]["0,3"] == "-1/6"
    assert list(values["coefficients"]) == ["0,0", "1,0", "0,1", "2,0", "1,1", "0,2", "3,0", "2,1", "1,2", "0,3"]


def test_a_probe_out_of_sight_is_told_and_cannot_be_held() -> None:
    state = state_of("window=0.02")
    result = compute(state)
    assert any("out of sight" in warning for warning in told(state).warnings)
    assert not any(handle.shown(state, result) for handle in LAB.handles if handle.key.startswith("probe"))


def test_handles_move_what_they_name() -> None:
    xy = Number("1.5"), Number("-25")
    moved = {handle.key: handle.moved(State(), xy) for handle in LAB.handles}
    for key, state in moved.items():
        field = "probe" if key.startswith("probe") else "centre"
        assert getattr(state, field) == (Number("1.5"), Number("-20"))
        assert replace(state, **{field: getattr(State(), field)}) == State()


def test_what_is_offered_can_be_read() -> None:
    assert all(isinstance(read(text, ("x", "y")), Expression) for text in OFFERED)


def test_the_pointer_is_told_f_and_the_polynomial() -> None:
    state = state_of("f=xy&centre=0,0&order=1")
    result: Result = compute(state)
    assert LAB.hover(state, result, "contours", (1.0, 2.0)) == "(1, 2): f = 2, T₁ = 0, error 2"
    assert LAB.hover(state, result, "Q", (1.0, 2.0)) == "(1, 2): f = 2, Q = 2, error 0"
    assert LAB.hover(state_of("f=ln(x)"), compute(state_of("f=ln(x)")), "contours", (-1.0, 0.0)) is not None
