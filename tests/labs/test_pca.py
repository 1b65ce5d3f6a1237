"""What only the pca lab promises: axis, mean and k can be held, every case is said, and images stand upright."""

from dataclasses import fields
from math import atan2, degrees
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mmlviz.core.codec import read_link
from mmlviz.core.formula import plain
from mmlviz.core.lab import Hint, Reading
from mmlviz.core.marks import Bars, Dots, Image, Mark, Segments
from mmlviz.core.store import Store
from mmlviz.core.words import show
from mmlviz.data.digits import digits
from mmlviz.labs.pca import LAB
from mmlviz.labs.pca.words import percent
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import Number
from mmlviz.qt.hand import Hand

HANDLES = {handle.key: handle for handle in LAB.handles}
places = st.tuples(*2 * [st.floats(-9, 9).map(lambda x: Number.rounded(x, 0.01))])


def state(query: str = "") -> Any:
    return read_link(f"mmlviz:pca?{query}" if query else "mmlviz:pca", (LAB,))[1]


def scene(given_state: Any) -> dict[str, Mark]:
    """All marks by their keys."""
    store = Store(LAB, given_state)
    drawn = LAB.draw(store.state, store.result, store.view)
    return {mark.key: mark for marks in drawn.values() for mark in marks}


def told(query: str) -> Reading:
    given_state = state(query)
    return LAB.tell(given_state, LAB.model.compute(given_state))


# Held by hand --------------------------------------------------------------------------------------


@given(places)
def test_the_axis_points_to_the_hand(xy: tuple[Number, Number]) -> None:
    before = LAB.model.compute(state())
    after = HANDLES["angle"].moved(state(), xy)
    way = np.array(xy) - before.mean
    if np.hypot(*way) > 0.1:
        u = LAB.model.compute(after).direction
        assert u @ way == pytest.approx(np.hypot(*way), rel=1e-5)


@given(places)
def test_the_mean_of_the_points_follows_the_hand(xy: tuple[Number, Number]) -> None:
    """To a hundredth, or to the digits that the hand has."""
    after = HANDLES["mean"].moved(state(), xy)
    assert np.array(HANDLES["mean"].at(after, LAB.model.compute(after))) == pytest.approx(np.array(xy), abs=0.00501)
    assert all(len(number.text.partition(".")[2]) <= 2 for number in after.mean)


@pytest.mark.parametrize(("way", "mean"), [
    ((1, 0), ("0.43", "1/2")), ((-1, 0), ("0.23", "1/2")), ((0, 1), ("1/3", "0.6")), ((0, 0), ("1/3", "1/2")),
])  # fmt: skip
def test_an_arrow_key_moves_one_coordinate_of_the_mean(way: tuple[int, int], mean: tuple[str, str]) -> None:
    """The other stays as typed."""
    store = Store(LAB, state("mean=1/3,1/2"))
    Hand(store).nudge(HANDLES["mean"], *way, 1.0)
    assert tuple(number.text for number in store.state.mean) == mean
    Hand(store).nudge(HANDLES["mean"], -way[0], -way[1], 1.0)
    assert np.array(store.state.mean) == pytest.approx(np.array([1 / 3, 1 / 2]), abs=0.004)


def test_a_level_drag_leaves_the_other_coordinate_as_typed() -> None:
    start = state("mean=1/3,1/2")
    x, y = (Number.rounded(c, 0.01) for c in HANDLES["mean"].at(start, LAB.model.compute(start)))
    after = HANDLES["mean"].moved(start, (Number.rounded(x + 1, 0.01), y))
    assert [number.text for number in after.mean] == ["1.33", "1/2"]


def test_the_mean_of_standardised_data_cannot_be_held() -> None:
    standardised = state("standardise=yes")
    assert not HANDLES["mean"].shown(standardised, LAB.model.compute(standardised))
    assert HANDLES["mean"].moved(standardised, (Number("3"), Number("3"))) == standardised


@pytest.mark.parametrize(("x", "angle"), [("-30", "-30"), ("12.34", "12.3"), ("500", "90"), ("-91", "-90")])
def test_the_curve_turns_the_axis(x: str, angle: str) -> None:
    after = HANDLES["kept"].moved(state(), (Number(x), Number("1")))
    assert after.angle.text == angle


@pytest.mark.parametrize("angle", ["135", "-135", "90", "-90"])
def test_the_curve_is_held_at_the_same_line(angle: str) -> None:
    turned = state(f"angle={angle}")
    x, y = HANDLES["kept"].at(turned, LAB.model.compute(turned))
    there = HANDLES["kept"].moved(turned, (Number.rounded(x, 0.1), Number("0")))
    assert LAB.model.compute(there).kept == pytest.approx(y, rel=1e-9)


@pytest.mark.parametrize(("x", "k"), [("-4", 0), ("0.5", 0), ("1.4", 1), ("21.6", 21), ("99", 64)])
def test_k_is_held_on_the_scree(x: str, k: int) -> None:
    after = HANDLES["k"].moved(state("data=digits"), (Number(x), Number("0.3")))
    assert after.k == k
    assert HANDLES["k"].at(after, LAB.model.compute(after))[0] == k + 0.5


@pytest.mark.parametrize("sample", [3, 17, 900])
def test_a_click_chooses_what_hovering_names(sample: int) -> None:
    there = state(f"data=digits&sample={sample}")
    result = LAB.model.compute(there)
    xy = tuple(result.scores[:2].tolist())
    hint = LAB.hover(there, result, "scores", xy)
    assert isinstance(hint, Hint)
    assert hint.text.startswith(f"sample {sample}: a {digits().labels[sample]}")
    assert hint.picture is not None
    assert (hint.picture.ravel() == digits().X[sample]).all()
    clicked = LAB.clicks[0].clicked(state("data=digits"), result, tuple(Number.significant(x, 9) for x in xy))
    assert clicked.sample == sample
    assert LAB.hover(there, result, "scores", (40.0, 40.0)) is None


# Drawn ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("angle", "keys"), [
    ("31", {"glow", "name"}), ("-149", {"glow", "name"}), ("75", set()), ("-59", {"name"}), ("34.5", set()),
])  # fmt: skip
def test_the_axis_glows_on_pc1(angle: str, keys: set[str]) -> None:
    """PC1 lies at 31.3°."""
    assert scene(state(f"angle={angle}")).keys() & {"glow", "name"} == keys


def test_residuals_stand_upright_on_the_axis_and_end_at_the_points() -> None:
    drawn, result = scene(state()), LAB.model.compute(state())
    residuals, cloud = drawn["residuals"], drawn["cloud"]
    assert isinstance(residuals, Segments)
    assert isinstance(cloud, Dots)
    assert (residuals.ends[0::2] == cloud.at).all()
    assert (residuals.ends[1::2] - residuals.ends[0::2]) @ result.direction == pytest.approx(0, abs=1e-12)
    squares = ((residuals.ends[1::2] - residuals.ends[0::2]) ** 2).sum(axis=1)
    assert squares.mean() == pytest.approx(result.residual)


def test_of_a_crowd_only_some_residuals_are_drawn_and_that_is_said() -> None:
    crowd = scene(state("points=5000"))
    assert isinstance(crowd["residuals"], Segments)
    assert len(crowd["residuals"].ends) == 400
    assert "first 200 points; the numbers are of all 5000" in told("points=5000").warnings[-1]
    assert not told("points=200").warnings


@pytest.mark.parametrize(("query", "other", "panes"), [
    ("points=5000", "points=5000&angle=10", {"cloud", "kept curve"}),
    ("data=digits", "data=digits&k=20&sample=5", {"images", "shares", "cumulative"}),
])  # fmt: skip
def test_what_stays_is_the_same_mark(query: str, other: str, panes: set[str]) -> None:
    """So that the painter need not paint it again."""
    one, two = scene(state(query)), scene(state(other))
    assert all(one[key] is two[key] for key in panes)


@pytest.mark.parametrize("query", ["", "standardise=yes", "data=digits", "data=digits&standardise=yes"])
def test_what_is_cached_cannot_be_written_to(query: str) -> None:
    store = Store(LAB, state(query))
    analysis, drawn = store.result.analysis, scene(store.state)
    again = scene(store.state)
    cached = [mark for key, mark in drawn.items() if mark is again[key]]
    assert {mark.key for mark in cached} >= ({"frames", "shares", "images"} if "digits" in query else {"cloud", "sum"})
    held = [*_arrays(analysis), *_arrays(analysis.prepared), *(a for mark in cached for a in _arrays(mark))]
    assert not any(array.flags.writeable for array in held)


def _arrays(record: Any) -> list[Array]:
    values = [getattr(record, field.name) for field in fields(record)]
    return [value for value in values if isinstance(value, np.ndarray)]


def test_images_stand_upright() -> None:
    drawn = scene(state("data=digits&sample=17&k=64"))
    for key in ("original", "rebuilt"):
        mark = drawn[key]
        assert isinstance(mark, Image)
        assert mark.values[::-1].ravel() == pytest.approx(digits().X[17], abs=1e-12)
    original, rebuilt = scene(state("data=digits&k=3"))["original"], scene(state("data=digits&k=3"))["rebuilt"]
    residual = scene(state("data=digits&k=3"))["residual"]
    assert isinstance(residual, Image)
    assert isinstance(original, Image)
    assert isinstance(rebuilt, Image)
    assert residual.values == pytest.approx(original.values - rebuilt.values)
    assert residual.low == -residual.high


@pytest.mark.parametrize("k", [0, 5, 64])
def test_kept_shares_are_the_first_k(k: int) -> None:
    kept = scene(state(f"data=digits&k={k}"))["kept"]
    assert isinstance(kept, Bars)
    assert kept.heights.tolist() == told("data=digits").values["shares"][:k]


# Said ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", ["cloud", "digits"])
@pytest.mark.parametrize(("query", "text"), [
    ("", "centred; not standardised; ÷ N"),
    ("&standardise=yes", "centred; standardised; ÷ N"),
    ("&divisor=N-1", "centred; not standardised; ÷ (N − 1)"),
])  # fmt: skip
def test_how_the_data_were_prepared_is_always_said(data: str, query: str, text: str) -> None:
    assert told(f"data={data}{query}").readout["data"] == text
    label = scene(state(f"data={data}{query}"))["preparation"]
    assert getattr(label, "text") == text  # noqa: B009  not every mark has one


@pytest.mark.parametrize(("query", "words"), [
    ("spread=0,0", "All points are equal"),
    ("spread=1e-200,1e-200&mean=0,0", "too small for a float"),
    ("spread=2,0", "lie on one line"),
    ("points=2", "lie on one line"),
    ("spread=1.5,1.5", "drawn from a circle"),
    ("spread=3,1&tilt=0&standardise=yes", "drawn from a circle"),
    ("standardise=yes", "PC1 can only lie at 45° or −45°"),
    ("angle=31", "This is PC1: it keeps 91.4 %"),
    ("angle=-59", "This is PC2: it keeps 8.6 %"),
    ("", "the most any axis keeps is 91.4 %"),
    ("data=digits", "10 of 64 components keep 73.8 % of the variance; 21 are needed for 90 %."),
    ("data=digits&k=1", "1 of 64 components keeps"),
    ("data=digits&k=21", "29 are needed for 95 %"),
    ("data=digits&k=29", "41 are needed for 99 %"),
    ("data=digits&k=41", "41 of 64 components keep 99"),
    ("data=digits&k=0", "rebuilt as the mean image"),
    ("data=digits&k=61", "all of the variance"),
])  # fmt: skip
def test_every_case_has_its_sentence(query: str, words: str) -> None:
    assert words in told(query).sentence


@pytest.mark.parametrize(("query", "words"), [
    ("spread=2,0&tilt=0", "x₂ is constant."),
    ("spread=2,0&tilt=90&standardise=yes", "x₁ is constant: it has no standard deviation"),
    ("data=digits&standardise=yes", "3 pixels are constant, (row, column) (1, 1), (5, 1), (5, 8)"),
    ("data=digits&components=3,3", "Component 3 is on both axes"),
    ("data=digits&components=1,64", "Component 64 has no variance"),
])  # fmt: skip
def test_every_oddity_has_its_warning(query: str, words: str) -> None:
    assert any(words in warning for warning in told(query).warnings)


@pytest.mark.parametrize(("query", "key"), [
    ("spread=0,0", "every direction"), ("spread=2,2", "circle"), ("", "cloud"), ("standardise=yes", "cloud"),
])  # fmt: skip
def test_every_case_has_its_drawing(query: str, key: str) -> None:
    keys = scene(state(query)).keys()
    assert key in keys
    assert len(keys & {"every direction", "circle"}) == (key != "cloud")


@pytest.mark.parametrize(("query", "number", "start"), [
    ("", 1, "S = (1)/(N)X_c^TX_c ≈ "),
    ("standardise=yes&divisor=N-1", 1, "S = (1)/(N − 1)Z^TZ ≈ "),
    ("data=digits&k=0", 2, "rebuilt = mean"),
    ("data=digits&k=2", 2, "rebuilt ≈ mean − 0.0787u_1 − 1.33u_2"),
    ("data=digits&k=0&standardise=yes", 2, "rebuilt = mean"),
    ("data=digits&k=1&standardise=yes", 2, "rebuilt ≈ mean + σ∘(−1.91u_1)"),
    ("data=digits&k=4&standardise=yes", 2, "rebuilt ≈ mean + σ∘(−1.91u_1 − 0.955u_2 − 3.95u_3 + ⋯)"),
])  # fmt: skip
def test_formulas_name_what_they_are_of(query: str, number: int, start: str) -> None:
    assert plain(told(query).formulas[number]).startswith(start)


@pytest.mark.parametrize("standardise", ["no", "yes"])
def test_the_formula_of_the_image_is_what_is_drawn(standardise: str) -> None:
    """With the scores in full in place of three digits."""
    given_state = state(f"data=digits&k=3&sample=5&standardise={standardise}")
    result = LAB.model.compute(given_state)
    inner = result.scores[:3] @ result.analysis.directions[:3]
    sigma = digits().X.std(axis=0) if standardise == "yes" else 1.0
    assert result.rebuilt == pytest.approx(digits().X.mean(axis=0) + sigma * inner, abs=1e-12)
    line = plain(LAB.tell(given_state, result).formulas[2])
    assert ("σ∘(" in line) == (standardise == "yes")


@pytest.mark.parametrize(("query", "start"), [("", "x = (1, 1)"), ("standardise=yes", "z = (1, 1)")])
def test_hovering_names_the_coordinates_as_the_axes_do(query: str, start: str) -> None:
    given_state = state(query)
    said = LAB.hover(given_state, LAB.model.compute(given_state), "plane", (1.0, 1.0))
    assert isinstance(said, str)
    assert said.startswith(start)


@given(st.floats(0, 1))
@example(0.9997)  # 99.97 rounds to 100.0
@example(0.0003)
def test_a_percentage_is_whole_only_where_the_share_is(share: float) -> None:
    text = percent(share)
    assert (text == "100 %") == (share >= 1 - 1e-12)
    assert (text == "0 %") == (share <= 1e-12)


# What is true of the pictures --------------------------------------------------------------------------


def test_the_curves_are_the_variance_and_the_residual_of_every_axis() -> None:
    marks, result = scene(state("angle=20")), LAB.model.compute(state("angle=20"))
    for angle, kept, residual in zip(*marks["kept curve"].points.T, marks["residual curve"].points[:, 1]):
        turned = LAB.model.compute(state(f"angle={angle:g}"))
        assert (kept, residual) == pytest.approx((turned.kept, turned.residual))
    assert marks["kept now"].at.tolist() == [[20, result.kept]]
    assert marks["residual now"].at.tolist() == [[20, result.residual]]
    assert (marks["kept curve"].role, marks["residual curve"].role) == ("output", "negative")


@pytest.mark.parametrize(("turn", "name"), [(0, "PC1: the most variance"), (90, "PC2: the least variance"), (45, None)])
def test_the_axis_has_the_name_of_its_component(turn: int, name: str | None) -> None:
    x, y = LAB.model.compute(state()).analysis.directions[0]
    angle = (degrees(atan2(y, x)) + turn + 90) % 180 - 90
    marks = scene(state(f"angle={angle:.6f}"))
    assert (marks["name"].text if "name" in marks else None) == name


def test_the_circle_has_the_variance_of_the_cloud() -> None:
    """The same in every direction: half of the total."""
    given_state = state("spread=1.5,1.5&points=2000")
    result, circle = LAB.model.compute(given_state), scene(given_state)["circle"]
    assert np.hypot(*(circle.points - result.mean).T) ** 2 == pytest.approx(result.analysis.total / 2)
    assert "circle" not in scene(state("spread=2,0&tilt=0&standardise=yes"))


@pytest.mark.parametrize("standardise", ["yes", "no"])
def test_the_dots_are_the_points_that_the_axis_is_for(standardise: str) -> None:
    given_state = state(f"standardise={standardise}")
    assert np.array_equal(scene(given_state)["cloud"].at, LAB.model.compute(given_state).shown)


def test_dots_have_the_colours_of_their_digits_and_a_name_in_their_middle() -> None:
    marks = scene(state("data=digits"))
    assert marks["images"].groups.tolist() == digits().labels.tolist()
    for n in range(10):
        middle = marks["images"].at[digits().labels == n].mean(axis=0)
        assert marks[f"class {n}"].text == str(n)
        assert marks[f"class {n}"].at == pytest.approx(middle)


def test_hovering_reads_the_pixel_under_the_pointer() -> None:
    given_state = state("data=digits&sample=5")
    result = LAB.model.compute(given_state)
    for row in range(8):
        for column in range(8):
            hint = LAB.hover(given_state, result, "images", (column + 0.5, 7.5 - row))
            assert hint == (
                f"original, row {row + 1}, column {column + 1}: {show(float(result.original[8 * row + column]), 3)}"
            )


@pytest.mark.parametrize(("k", "lambdas"), [(0, "λ_1 + ⋯ + λ_64"), (10, "λ_11 + ⋯ + λ_64")])
def test_what_is_lost_is_the_sum_of_the_other_eigenvalues(k: int, lambdas: str) -> None:
    assert plain(told(f"data=digits&k={k}").formulas[1]).startswith(f"mean squared error = {lambdas} ")


def test_of_the_worst_axis_the_least_share_is_told() -> None:
    analysis = LAB.model.compute(state()).analysis
    x, y = analysis.directions[1]
    sentence = told(f"angle={degrees(atan2(y, x)):.6f}").sentence
    assert f"the least any axis keeps is {percent(float(analysis.shares[1]))}" in sentence
