"""What only the Taylor lab promises: both curves tell one story, and nothing is drawn that is not known."""

import re
from dataclasses import replace
from math import inf, log10
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from mmlviz.core.codec import read_link
from mmlviz.core.formula import plain
from mmlviz.core.marks import Band, Curve, Mark, Points, Segments
from mmlviz.core.store import Store
from mmlviz.labs.taylor import LAB
from mmlviz.labs.taylor.formulas import OFFERED
from mmlviz.labs.taylor.recipe import circle
from mmlviz.maths.number import Number
from mmlviz.models.taylor import State, compute
from tests.labs.states import states
from tests.labs.tolerances import _cauchy

CENTRE, PROBE, EPSILON, ERROR, POLE, H, REACH = LAB.handles


def of(**fields: Any) -> State:
    """The opening with other fields; texts are read as in a link."""
    read = {k: LAB.field(k).read(x) if isinstance(x, str) else x for k, x in fields.items()}
    return replace(LAB.opening, **read)


def scene(state: State) -> dict[str, dict[str, Any]]:
    """Marks by pane and key, in the ranges that fit."""
    store = Store(LAB, state)
    view = store.view
    for pane, looked in view.panes.items():
        view = view.with_pane(pane, replace(looked, wanted=LAB.fit(state, store.result, pane)))  # type: ignore[misc]
    marks = LAB.draw(state, store.result, view)
    return {pane: {mark.key: mark for mark in those} for pane, those in marks.items()}


def told(state: State) -> Any:
    return LAB.tell(state, compute(state))


# The picture ------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", LAB.presets, ids=lambda preset: preset.title)
def test_every_preset_shows_its_curves(preset: Any) -> None:
    state = read_link(preset.link, (LAB,))[1]
    marks = scene(state)
    assert isinstance(marks["plane"]["f"], Curve)
    assert ("T" in marks["plane"]) == ("impossible" not in preset.title)
    assert bool({"error above", "error below", "noise"} & set(marks["error"])) == ("impossible" not in preset.title)


def test_the_band_is_the_disc_of_convergence() -> None:
    """1/(1 + x²) about 2: √5 to either side, in both panes."""
    marks = scene(of(centre="2", probe="3"))
    band, edges = marks["plane"]["disc"], marks["error"]["disc"]
    assert isinstance(band, Band)
    assert isinstance(edges, Segments)
    assert (band.low, band.high) == pytest.approx((2 - 5**0.5, 2 + 5**0.5))
    assert set(edges.ends[:, 0]) == {band.low, band.high}
    assert "disc" not in scene(of(f="exp(x)"))["plane"]


@given(states(LAB))
def test_the_error_is_parted_at_the_bound(state: State) -> None:
    """Parts reach one point into each other, so never three in a row are on the wrong side."""
    marks, bound = scene(state)["error"], log10(state.epsilon)
    for key, side in (("error below", 1), ("error above", -1)):
        if key in marks:
            is_wrong = side * (marks[key].points[:, 1] - bound) > 0  # nan is not
            assert not (is_wrong[:-2] & is_wrong[1:-1] & is_wrong[2:]).any()
    if compute(state).series is None:
        assert "nothing" in marks
        assert not {"error below", "error above", "noise", "probe"} & set(marks)


def test_the_error_never_dives_below_the_rounding() -> None:
    """At the centre it is 0; what is drawn there is the level of rounding, dashed."""
    marks = scene(of(order="12", probe="0.7"))["error"]
    assert marks["noise"].is_dashed
    assert -16 < np.nanmin(marks["noise"].points[:, 1]) < -14
    assert np.nanmin(marks["error below"].points[:, 1]) > -15.5


def test_the_rounding_of_the_polynomial_counts_as_well() -> None:
    """At −4 the terms of e^x go up to 10, whose last digit is far above e⁻⁴'s: T₃₀'s error is lost in it."""
    marks = scene(of(f="exp(x)", centre="0", order="30", probe="-4"))["error"]
    x = marks["noise"].points[:, 0]
    assert np.nanmin(abs(x + 4)) < 0.05


@pytest.mark.parametrize(("epsilon", "role"), [("0.01", "positive"), ("0.001", "negative")])
def test_the_error_pane_has_the_colours_of_the_bound(epsilon: str, role: str) -> None:
    """The error at 1.2 is 0.0089."""
    marks = scene(of(epsilon=epsilon))["error"]
    assert (marks["probe"].role, marks["probe label"].role) == (role, role)
    assert (marks["error above"].role, marks["error below"].role) == ("negative", "positive")
    band = marks["bound"]
    assert (band.role, band.high) == ("positive", pytest.approx(log10(float(epsilon))))


def test_the_residual_says_whether_it_is_small_enough() -> None:
    assert scene(of(epsilon="0.1"))["plane"]["residual"].role == "positive"
    assert scene(of(epsilon="0.001"))["plane"]["residual"].role == "negative"


def test_poles_are_lines_and_the_graph_breaks() -> None:
    marks = scene(of(f="2/(x^2-x)", centre="1", probe="0.75"))["plane"]
    assert set(marks["poles"].ends[:, 0]) == {0, 1}
    points = marks["f"].points
    breaks = points[:-2][np.isnan(points[1:-1, 0])][:, 0]
    assert breaks == pytest.approx([0, 1], abs=1e-6)
    assert isinstance(marks["centre"], Points)
    assert marks["centre"].is_hollow
    assert marks["centre label"].text == "a = 1: no series"


def test_the_names_of_the_curves_stand_at_opposite_ends() -> None:
    marks = scene(LAB.opening)["plane"]
    assert marks["f label"].at[0] < 0 < marks["T label"].at[0]


@given(states(LAB))
def test_both_panes_fit_the_same_x(state: State) -> None:
    result = compute(state)
    assert LAB.fit is not None
    assert LAB.fit(state, result, "plane")[:2] == LAB.fit(state, result, "error")[:2]


def test_what_stays_is_the_same_object() -> None:
    """While the probe is dragged the picture below it is painted from its pixmap."""
    store = Store(LAB)
    first, second = (LAB.draw(s, compute(s), store.view) for s in (LAB.opening, of(probe="1.3")))
    same = {pane: common(first[pane], second[pane]) for pane in first}
    assert {"disc", "grid", "f"} <= set(same["plane"])
    assert {"bound", "grid"} <= set(same["error"])


def common(one: tuple[Mark, ...], other: tuple[Mark, ...]) -> list[str]:
    """The keys of the first marks that are the same objects."""
    differing = next(k for k, (a, b) in enumerate(zip(one, other)) if a is not b)
    return [mark.key for mark in one[:differing]]


# The hand ---------------------------------------------------------------------------------------


def test_the_centre_runs_along_the_curve() -> None:
    state = CENTRE.moved(LAB.opening, (Number("2"), Number("-3")))
    assert state == of(centre="2")
    assert CENTRE.at(state, compute(state)) == (2, pytest.approx(0.2))
    assert CENTRE.moved(state, (Number("77"), Number("0"))).centre == 20
    assert PROBE.moved(state, (Number("-77"), Number("0"))).probe == -20


@pytest.mark.parametrize(
    ("power", "epsilon"), [("-1", "0.1"), ("-2.5", "0.0032"), ("3", "1"), ("-12", "1e-12"), ("-400", "1e-12")]
)
def test_the_bound_moves_in_powers_of_ten(power: str, epsilon: str) -> None:
    state = EPSILON.moved(LAB.opening, (Number("9"), Number(power)))
    assert state == of(epsilon=epsilon)


def test_the_bound_snaps_to_whole_powers() -> None:
    store = Store(LAB)
    assert EPSILON.snapped is not None
    x, y = EPSILON.snapped(store.state, store.result, (1.0, -2.7), store.view["error"])
    assert EPSILON.moved(store.state, (Number(f"{x}"), Number(f"{y}"))).epsilon == 0.001


@pytest.mark.parametrize(("f", "centre"), [("1/x", "0"), ("ln(x)", "-1"), ("exp(x^2)", "20")])
def test_without_a_curve_the_handles_wait_on_the_axis(f: str, centre: str) -> None:
    state = of(f=f, centre=centre, probe=centre)
    assert CENTRE.at(state, compute(state))[1] == PROBE.at(state, compute(state))[1] == 0


# The words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"centre": "2", "order": "2"}, "T_2(x) = 1/5 − 4(x − 2)/25 + 11(x − 2)^2/125"),
        ({"f": "cos(x)", "centre": "0", "order": "4"}, "T_4(x) = 1 − x^2/2 + x^4/24"),
        ({"f": "sin(x)", "centre": "0", "order": "0"}, "T_0(x) = 0"),
        ({"f": "exp(x)", "centre": "-2", "order": "1"}, "T_1(x) = e^(−2) + e^(−2)(x + 2)"),
        ({"f": "exp(x)", "centre": "2", "order": "2"}, "T_2(x) = e^2 + e^2(x − 2) + e^2(x − 2)^2/2"),
        ({"f": "sin(x)", "centre": "π/4", "order": "1"}, "T_1(x) = √2/2 + √2(x − π/4)/2"),
        ({"f": "ln(x)", "centre": "10", "order": "1"}, "T_1(x) = ln 10 + (x − 10)/10"),
        ({"f": "tan(x)", "centre": "0.3", "order": "1"}, "T_1(x) ≈ 0.3093 + 1.096(x − 0.3)"),
        ({"f": "cos(x)", "centre": "2", "order": "1"}, "T_1(x) = cos 2 − (sin 2)(x − 2)"),
        ({"f": "exp(x)", "centre": "0", "order": "3", "hidden": "0,2"}, "T_3(x) = x + x^3/6"),
        ({"f": "x^2", "centre": "√2", "order": "2"}, "T_2(x) = 2 + 2√2(x − √2) + (x − √2)^2"),
        ({"f": "1/x", "centre": "1/2", "order": "2"}, "T_2(x) = 2 − 4(x − 1/2) + 8(x − 1/2)^2"),
        ({"f": "ln(x)", "centre": "1", "order": "2"}, "T_2(x) = (x − 1) − (x − 1)^2/2"),
        ({"f": "2/(x^2-x)", "centre": "0.5", "order": "2"}, "T_2(x) = −8 − 32(x − 0.5)^2"),
    ],
)
def test_polynomials_as_written(fields: dict[str, str], wanted: str) -> None:
    assert plain(told(of(**fields)).formulas[0]) == wanted


@given(states(LAB))
def test_a_polynomial_has_its_first_and_last_term(state: State) -> None:
    """And never more than a line has room for."""
    result = compute(state)
    line = plain(told(state).formulas[0])
    if result.series is not None:
        assert line.startswith(f"T_{int(state.order)}(x)")
        assert len(line) < 120
        powers = [int(k) for k in re.findall(r"[x)]\^(\d+)", line)]
        assert powers == sorted(powers)
        assert max(powers, default=0) <= state.order


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({}, "The series about 0.5 converges for |x − 0.5| < R ≈ 1.118: the poles at ±i stop it."),
        ({}, "The error stays below 0.1 from x ≈ −0.427 to 1.43."),
        ({"centre": "0", "probe": "1.1"}, "converges for |x| < 1: the poles at ±i stop it."),
        ({"centre": "0", "probe": "1.1"}, "x = 1.1 lies outside: there, more terms do not help."),
        ({"f": "arctan(x)", "centre": "0", "probe": "1"}, "x = 1 lies on the edge of convergence"),
        ({"f": "exp(x)", "centre": "-2"}, "The series about −2 converges everywhere."),
        ({"f": "|x|", "centre": "1"}, "At 0 f has a kink: beyond it the series is that of another function."),
        ({"f": "sgn(x) x", "centre": "1"}, "converges everywhere"),
        ({"hidden": "0"}, "Already at a the error is 0.1 or more."),
        ({"f": "ln(x)", "centre": "10"}, "|x − 10| < 10: the branch point at 0 stops it."),
        ({"f": "2/(x^2-x)", "centre": "1"}, "There is no Taylor series about 1: 2/(x² − x) is not defined at 1"),
        ({"f": "1/x", "centre": "4", "order": "0", "epsilon": "0.5"}, "The error stays below 0.5 from x ≈ 1.33 on."),
        ({"f": "1/x", "centre": "-4", "order": "0", "epsilon": "0.5"}, "The error stays below 0.5 up to x ≈ −1.33."),
    ],
)
def test_the_sentence(fields: dict[str, str], part: str) -> None:
    assert part in told(of(**fields)).sentence


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"f": "exp(x)", "centre": "10", "epsilon": "1e-12"}, "is finer than floats near f(a)"),
        ({"f": "1/x", "centre": "1e-7", "order": "40", "probe": "20"}, "T₄₀(20) is beyond the range of floats."),
        (
            {"f": "e^-x", "centre": "0", "order": "40", "probe": "7"},
            "Floats lose more than T₄₀ leaves: T₄₀(7) is 0.0009",
        ),
        ({"f": "sin(x)/x", "centre": "0"}, "sin(x)/x is not defined at 0; its limit there is 1"),
        ({"f": "|x|", "centre": "1", "probe": "-1"}, "No finite bound of f⁽⁹⁾ from a to x was found"),
        ({"hidden": "2,5"}, "Left out of the polynomial: the terms of order 2, 5."),
    ],
)
def test_what_floats_cannot_hold_is_said(fields: dict[str, str], part: str) -> None:
    assert any(part in warning for warning in told(of(**fields)).warnings)


def test_what_is_left_out_of_a_polynomial_has_dots() -> None:
    written = plain(told(of(f="exp(x)", centre="0", order="30")).formulas[0])
    assert written.startswith("T_30(x) ≈ 1 + x + x^2/2")
    assert "+ ⋯ + " in written
    assert "⋯" not in plain(told(of(f="exp(x)", centre="0", order="3")).formulas[0])


def test_hovering_tells_what_floats_know() -> None:
    state = of(f="exp(x)", centre="0", order="30", probe="1")
    hover = LAB.hover
    assert hover is not None
    assert hover(state, compute(state), "error", (0.7, 0.0)) == "x = 0.7, |error| below rounding"
    assert hover(state, compute(state), "error", (0.0, 0.0)) == "x = 0, |error| = 0"
    assert hover(state, compute(state), "error", (8.0, 0.0)) == "x = 8, |error| = 1.6·10⁻⁶"
    at_i = hover(LAB.opening, compute(LAB.opening), "complex", (0.0, 0.999))
    assert isinstance(at_i, str)
    assert re.fullmatch(r"z = 0 \+ 0\.999i, \|f − Tₙ\| ≈ \d+", at_i)
    flat = of(f="sin(x)", centre="0", order="0")
    assert hover(flat, compute(flat), "plane", (0.5, 0.0)) == "x = 0.5, f(x) = 0.4794, T₀(x) = 0"


# The recipe -------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(states(LAB))
def test_the_recipe_s_coefficients_one_by_one(state: State) -> None:
    """Cauchy's formula is off by the rounding on the circle, divided by rᵏ: each has its own tolerance."""
    values = told(state).values
    if values["coefficients"] is None:
        return
    r, off = _cauchy(state, values)
    if off < inf:
        found: dict[str, Any] = {}
        with np.errstate(all="ignore"):
            exec(LAB.recipe(state), found)
        wrong = np.abs(found["coefficients"] - values["coefficients"])
        assert (wrong <= off / r ** np.arange(len(wrong)) + 1e-300).all()


@pytest.mark.parametrize("text", OFFERED)
def test_the_circle_keeps_most_digits_near_the_centre(text: str) -> None:
    """About 0.3, order 8, with the probe next to it: the recipe's polynomial is good to 11 digits."""
    state = of(f=text, centre="0.3", probe="0.4")
    found: dict[str, Any] = {}
    exec(LAB.recipe(state), found)
    assert found["polynomial"] == pytest.approx(told(state).values["polynomial"], rel=1e-11)
    assert 0 < circle(text, state.centre, 8, state.probe) <= told(state).values["radius"]
