"""The panes that the Taylor lab can show beside the curves: complex plane, terms, error against h, reach by order."""

from dataclasses import replace
from math import exp, factorial, log10
from typing import Any

import numpy as np
import pytest

from mmlviz.core.codec import read_link
from mmlviz.core.formula import plain
from mmlviz.core.layout import panes
from mmlviz.core.marks import Curve, Image, Label
from mmlviz.core.store import Store
from mmlviz.core.table import Table
from mmlviz.labs.taylor import LAB, build, coefficients, error, steps
from mmlviz.maths.number import Number
from mmlviz.models.taylor import compute
from tests.labs.test_taylor import POLE, REACH, H, of, scene, told

# Bound, ξ and floats ----------------------------------------------------------------------------


def test_the_error_pane_shows_the_bound_above_the_error() -> None:
    state = of(f="exp(x)", centre="0", probe="5", order="5")
    marks = scene(state)["error"]
    probe, top = marks["probe"].at[0], marks["remainder"].at[0]
    assert top[0] == probe[0]
    assert top[1] > probe[1]
    assert marks["remainder label"].text == "bound " + told(state).readout["Lagrange's bound"]
    assert float(marks["remainder label"].text.split()[1]) >= compute(state).probe.bound
    assert "remainder" not in scene(of(f="|x|", centre="1", probe="-1"))["error"]


def test_error_and_bound_are_told_in_one_line_where_they_lie_close_together() -> None:
    """Two labels would lie upon each other: the bound, 0.0141, is a hair above the error."""
    marks = scene(LAB.opening)["error"]
    assert marks["probe label"].text == "|error| ≈ 0.00893, bound 0.0141"
    assert marks["remainder"].at[0, 1] > marks["probe"].at[0, 1]
    assert "remainder label" not in marks


def test_xi_stands_on_the_axis_between_centre_and_probe() -> None:
    x, y = scene(LAB.opening)["plane"]["xi"].at[0].tolist()
    assert 0.5 < x < 1.2
    assert y == 0


def test_an_error_that_floats_lose_is_told_all_the_same() -> None:
    state = of(f="exp(x)", centre="0", order="30", probe="0.5")
    wanted = 0.5**31 / 8.222838654177922e33 * (1 + 0.5 / 32)
    assert float(told(state).values["error"]) == pytest.approx(wanted, rel=1e-3)
    marks = scene(state)["error"]
    assert marks["probe"].is_hollow
    assert marks["probe"].at[0, 1] == error.LOWEST  # where it can be found, and told by its label
    assert "5.75·10⁻⁴⁴" in marks["probe label"].text
    assert plain(told(state).formulas[2]).startswith("f(0.5) − T_30(0.5) ≈ 5.75")


def test_where_floats_have_broken_down_both_curves_are_drawn() -> None:
    """Far in, the curve in floats is a cloud about the true one."""
    state = of(f="e^-x", centre="0", order="40", probe="7")
    store, y = Store(LAB, state), 0.000911881965554516
    for wanted, is_broken in (
        ((6.9, 7.1, y - 1e-6, y + 1e-6), False),
        ((7 - 1e-9, 7 + 1e-9, y - 1e-12, y + 1e-12), True),
    ):
        view = store.view.with_pane("plane", replace(store.view["plane"], wanted=wanted))
        marks = {mark.key: mark for mark in LAB.draw(state, store.result, view)["plane"]}
        assert ("T in floats" in marks) == is_broken
        assert isinstance(marks["T"], Curve)


# The complex plane ------------------------------------------------------------------------------


def image(state: Any, is_moving: bool = False) -> Image:
    store = Store(LAB, state)
    marks = LAB.draw(state, store.result, replace(store.view, is_moving=is_moving))["complex"]
    return next(mark for mark in marks if isinstance(mark, Image))


def test_the_disc_goes_through_the_nearest_singularities() -> None:
    marks = scene(of(centre="2", probe="3"))["complex"]
    disc, points = marks["disc"].points, marks["singular"].ends.reshape(-1, 4, 2).mean(axis=1)  # the middle of each ×
    assert np.hypot(disc[:, 0] - 2, disc[:, 1]) == pytest.approx(np.full(len(disc), 5**0.5))
    assert np.allclose(sorted(points.tolist()), [[0, -1], [0, 1]])
    assert {marks["singular 0"].text, marks["singular 1"].text} == {"pole at i", "pole at −i"}


def test_the_depth_is_the_error() -> None:
    found = image(of(centre="0", probe="0.5", order="4"))
    x0, x1, y0, y1 = found.box
    rows, columns = found.values.shape
    for i, j in ((3, 5), (rows // 2, columns // 2 + 9), (rows - 4, columns - 2)):
        z = complex(x0 + (x1 - x0) * (j + 0.5) / columns, y0 + (y1 - y0) * (i + 0.5) / rows)
        wanted = abs(1 / (1 + z * z) - (1 - z**2 + z**4))
        assert -found.values[i, j] == pytest.approx(np.clip(log10(wanted), -8, 2))


def test_the_plane_continues_the_real_branch_at_the_centre() -> None:
    """√(x²) about −1 is −x, also where the principal root is x: so it is a polynomial, and nothing is left."""
    assert image(of(f="sqrt(x^2)", centre="-1", order="1", probe="-2")).values.min() == 8


def test_the_plane_is_coarser_while_something_moves() -> None:
    assert 3 * image(LAB.opening, is_moving=True).values.size < image(LAB.opening).values.size


def test_what_only_looks_singular_is_hollow() -> None:
    state = of(f="(x^2-1)/(x-1)", centre="0")
    marks = scene(state)["complex"]
    assert marks["looks singular"].at.tolist() == [[1, 0]]
    assert marks["looks singular"].is_hollow
    assert "disc" not in marks
    assert "converges everywhere; at 1 it only looks singular." in told(state).sentence


def test_an_estimated_disc_is_dashed_and_said_to_be_one() -> None:
    state = of(f="1/(cosh(x) + x^3 + erf(x))", centre="1", probe="1.1")
    result = compute(state)
    assert result.radius is not None
    assert result.radius.is_exact != scene(state)["complex"]["disc"].is_dashed
    assert result.radius.is_exact != ("an estimate" in told(state).sentence)


def test_the_centre_can_be_held_in_the_complex_plane_too() -> None:
    state = POLE.moved(LAB.opening, (Number("1.5"), Number("0.7")))
    assert state == of(centre="1.5")
    assert POLE.at(state, compute(state)) == (1.5, 0.0)
    assert not POLE.shown(of(plane=False), compute(LAB.opening))


# Building up, terms, ghosts ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("built", "stage", "part"),
    [
        ("0", (0, 0.0), "Now coming: f(0.5), the value."),
        ("0.25", (1, 0.25), "Matched so far: f(0.5). Now coming: f′(0.5), the slope."),
        ("0.5", (2, 0.5), "Matched so far: f(0.5), f′(0.5). Now coming: f″(0.5), the bend."),
        ("0.9", (4, 0.5), "Matched so far: f(0.5), f′(0.5), f″(0.5), f‴(0.5). Now coming: f⁽⁴⁾(0.5)."),
    ],
)
def test_it_is_put_together_term_by_term(built: str, stage: tuple[int, float], part: str) -> None:
    state = of(built=built, order="4")
    assert build.stage(state) == (stage[0], pytest.approx(stage[1]))
    assert told(state).sentence == f"{part} All errors are those of what is drawn so far."
    c, whole = compute(state).coefficients, compute(of(order="4")).coefficients
    assert c is not None
    assert whole is not None
    assert c[: stage[0]].tolist() == whole[: stage[0]].tolist()
    assert c[stage[0]] == pytest.approx(stage[1] * whole[stage[0]])
    assert not c[stage[0] + 1 :].any()
    assert ("slope" in scene(state)["plane"]) == (stage[0] >= 1)
    assert ("bend" in scene(state)["plane"]) == (stage[0] >= 2)


@pytest.mark.parametrize("built", ["0", "0.3", "0.5", "0.95"])
def test_while_it_is_put_together_all_panes_speak_of_what_is_drawn(built: str) -> None:
    """Of e^x about 0 the terms are xᵏ/k!: those before the stage, and the part of the next one."""
    state = of(f="exp(x)", centre="0", order="4", built=built, probe="0.75", table=True, steps=True)
    k, share = int(float(built) * 5), float(built) * 5 % 1
    p = sum(0.75**j / factorial(j) for j in range(k)) + share * 0.75**k / factorial(k)
    found, drawn = compute(state), scene(state)
    assert found.probe.polynomial == pytest.approx(p, rel=1e-13)
    assert found.probe.error == pytest.approx(exp(0.75) - p, rel=1e-12)
    assert (found.probe.bound, found.probe.xi) == (None, None)
    points = drawn["plane"]["T"].points
    assert np.interp(0.75, points[:, 0], points[:, 1]) == pytest.approx(p, abs=1e-3)
    assert drawn["plane"]["T at probe"].at[0, 1] == pytest.approx(p)
    assert drawn["error"]["probe"].at[0, 1] == pytest.approx(log10(exp(0.75) - p))
    assert drawn["steps"]["probe"].at[0, 1] == pytest.approx(log10(exp(0.75) - p))
    assert built == "0" or "T₄ so far" in drawn["steps"]["polynomial label"].text
    assert {"T₄(x) so far", "error so far"} <= set(told(state).readout)
    assert [row.role for row in coefficients.rows(state, found)] == ["text"] * (k + (share > 0)) + ["muted"] * (
        5 - k - (share > 0)
    )


def test_a_term_is_left_out_by_its_tick() -> None:
    (table,) = (pane for pane in panes(LAB.layout) if isinstance(pane, Table))
    assert table.ticked is not None
    state = table.ticked(of(order="4"), 2)
    assert state.hidden == (2,)
    rows = coefficients.rows(state, compute(state))
    assert [row.is_ticked for row in rows] == [True, True, False, True, True]
    assert rows[2].role == "muted"
    assert table.ticked(state, 2).hidden == ()
    full, part = scene(of(order="4"))["plane"]["T"].points, scene(state)["plane"]["T"].points
    assert not np.allclose(full, part)


@pytest.mark.parametrize(
    ("fields", "row", "cells"),
    [
        ({"f": "sin(x)", "centre": "π/4"}, 3, ("3", "−√2/2", "−√2/12", "−0.1179")),
        ({"f": "exp(x)", "centre": "2"}, 2, ("2", "e^2", "e^2/2", "3.695")),
        ({"f": "1/(1+x^2)", "centre": "2"}, 2, ("2", "22/125", "11/125", "0.088")),
        ({"f": "tan(x)", "centre": "0.3"}, 1, ("1", "1.096", "", "1.096")),
        ({"f": "sin(x)", "centre": "0"}, 2, ("2", "0", "0", "0")),
    ],
)
def test_the_table_is_exact_where_it_can_be(fields: dict[str, str], row: int, cells: tuple[str, ...]) -> None:
    state = of(**fields)
    found = coefficients.rows(state, compute(state))[row].cells
    assert found[:4] == cells
    assert found[4] == "exact" or "10⁻" in found[4]


def test_ghosts_are_the_orders_before() -> None:
    assert "ghosts" not in scene(LAB.opening)["plane"]
    points = scene(of(ghosts=True, order="3"))["plane"]["ghosts"].points
    assert np.isnan(points[:, 0]).sum() == 2  # three curves
    assert "ghosts" not in scene(of(ghosts=True, order="0"))["plane"]


# Linearisation and reach ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "line", "polynomial"),
    [({"f": "exp(x)", "centre": "0", "order": "3"}, 2, 4), ({"f": "sin(x)", "centre": "0", "order": "3"}, 3, 5)],
)
def test_the_errors_fall_along_their_slopes(fields: dict[str, str], line: int, polynomial: int) -> None:
    state = of(steps=True, **fields)
    result = compute(state)
    assert (steps.slope(result, 1), steps.slope(result, 3)) == (line, polynomial)
    marks = scene(state)["steps"]
    for key, slope in (("line", line), ("polynomial", polynomial)):
        points = marks[key].points[np.isfinite(marks[key].points[:, 1])]
        near = points[(points[:, 0] > -2.2) & (points[:, 0] < -1.2)]
        assert np.polyfit(near[:, 0], near[:, 1], 1)[0] == pytest.approx(slope, abs=0.05)
    assert f"slope {line}" in {m.text for m in marks.values() if isinstance(m, Label)}
    assert "falls like h" in told(state).sentence
    value = "1" if fields["f"] == "exp(x)" else "0"
    assert plain(told(state).formulas[-1]) == f"f(0 + h) ≈ {value} + h"


def test_h_is_the_distance_of_the_probe() -> None:
    state = of(steps=True, f="exp(x)", centre="1", probe="0.5")
    assert H.at(state, compute(state))[0] == pytest.approx(log10(0.5))
    assert H.moved(state, (Number("-2"), Number("0"))).probe == 0.99  # it stays on its side
    assert H.moved(of(probe="1.5"), (Number("-1"), Number("0"))).probe == 0.6


def test_bars_show_how_far_each_order_reaches() -> None:
    state = of(widths=True, f="exp(x)", centre="0", order="4")
    marks = scene(state)["widths"]
    ends = marks["bars"].ends
    lengths = ends[1::2, 1] - ends[::2, 1]
    assert len(lengths) == 41
    assert (np.diff(lengths[:30]) > 0).all()
    assert marks["present"].ends[:, 1] == pytest.approx(list(compute(state).interval or ()), rel=0.01)
    assert REACH.moved(state, (Number("17.3"), Number("0"))).order == 17
    assert REACH.moved(state, (Number("99"), Number("0"))).order == 40


def test_panes_are_shown_as_ticked() -> None:
    assert set(scene(LAB.opening)) == {"plane", "error", "complex"}
    assert set(scene(of(plane=False, steps=True, widths=True))) == {"plane", "error", "steps", "widths"}


def test_old_links_are_still_read() -> None:
    """The words of the list of functions that there was."""
    for text in ("sin(x)", "exp(-2x)", "1/(1-x)^2", "sqrt(4-x)", "2/(x^2-x)", "x sin(x)", "arctan(x)", "exp(-x^2)"):
        assert read_link(f"mmlviz:taylor?f={text}&centre=2", (LAB,))[1].f == text
