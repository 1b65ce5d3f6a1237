"""What only the sandpit promises: a fair game that gives nothing away, arrows that point downhill, honest walks."""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core import codec
from mmlviz.core.formula import plain
from mmlviz.core.marks import Arrows, Mark, Texts
from mmlviz.core.store import Store
from mmlviz.labs.sandpit import LAB, WORDS
from mmlviz.maths.landscape import KINDS, landscape
from mmlviz.maths.number import Number
from mmlviz.models.sandpit import DIPS, State, dipped, is_over

INTRO = landscape("intro")
PITS = [("intro", ""), *((kind, seed) for kind in KINDS[1:] for seed in ("otter", "heron", "willow"))]
CLICK = LAB.clicks[0]


def point(x: float, y: float) -> tuple[Number, Number]:
    return Number.rounded(x, 1e-4), Number.rounded(y, 1e-4)


def in_pit(kind: str, seed: str, **others: Any) -> State:
    return State(pit=kind, seed=seed or "otter", **others)


def far_dips(kind: str, seed: str, count: int) -> tuple[tuple[Number, Number], ...]:
    """Dips in rows across the pit that stay half a metre and more from the phone."""
    spots = [(0.31 + 0.9 * (k % 7), 0.27 + 0.9 * (k // 7)) for k in range(49)]
    phone = landscape(kind, seed).phone
    return tuple(point(*s) for s in spots if np.hypot(s[0] - phone[0], s[1] - phone[1]) > 0.5)[:count]


def told(state: State) -> Any:
    return LAB.tell(state, LAB.model.compute(state))


def scene(state: State) -> dict[str, tuple[Mark, ...]]:
    store = Store(LAB, state)
    return LAB.draw(state, store.result, store.view)


def secrets(state: State) -> set[str]:
    """The values that may not be copied from the window."""
    result = LAB.model.compute(state)
    return {value.name for value in LAB.values if value.is_secret(state, result)}


# Secrets ---------------------------------------------------------------------------------------------

ALWAYS = {"hessian", "phone", "verdict", "steps_to_phone", "walk"}


@pytest.mark.parametrize(("kind", "seed"), PITS)
@pytest.mark.parametrize(
    ("mode", "before", "after"),
    [
        ("gradient", ALWAYS | {"depth", "gradient"}, ALWAYS),
        ("depth", ALWAYS | {"depth", "gradient"}, ALWAYS | {"gradient"}),
    ],
)
def test_values_are_secret_until_the_game_is_over(
    kind: str, seed: str, mode: str, before: set[str], after: set[str]
) -> None:
    """Before the first dip nothing is known; then what a dip tells in this game; at the end all."""
    game = in_pit(kind, seed, mode=mode)
    dips = far_dips(kind, seed, DIPS + 1)
    assert secrets(game) == before
    assert secrets(replace(game, dips=dips[:1])) == after
    assert secrets(replace(game, dips=dips[:DIPS])) == after
    assert secrets(replace(game, dips=dips)) == set()  # lost
    assert secrets(replace(game, dips=(dips[0], point(*landscape(kind, seed).phone)))) == set()  # found
    assert secrets(replace(game, mode="practice")) == set()


def words_of(value: Any) -> Iterator[str]:
    """All texts within some data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from words_of(each)
    elif isinstance(value, dict):
        yield from words_of([*value, *value.values()])


def texts_of(marks: dict[str, tuple[Mark, ...]]) -> list[str]:
    return [
        text for pane in marks.values() for mark in pane for field in fields(mark)
        for text in words_of(getattr(mark, field.name))
    ]  # fmt: skip


def spoken(state: State) -> list[str]:
    """Everything that a state says in the window, but for the values, of which the secret ones are left out."""
    reading = told(state)
    open_values = [reading.values[value.name] for value in LAB.values if value.name not in secrets(state)]
    return [
        reading.sentence, *reading.warnings, *words_of(reading.readout), *map(plain, reading.formulas),
        *texts_of(scene(state)), str(open_values), codec.link(LAB, state),
    ]  # fmt: skip


def gives_away(kind: str, seed: str) -> re.Pattern[str]:
    """The phone's coordinates with two digits or more behind the point."""
    return re.compile(
        "|".join(rf"(?<![\d.]){re.escape(f'{x:.{d}f}')}" for x in landscape(kind, seed).phone for d in (2, 3))
    )


@pytest.mark.parametrize(("kind", "seed"), PITS)
@pytest.mark.parametrize("mode", ["gradient", "depth"])
@pytest.mark.parametrize("dips", [0, 1, 22, 25])
def test_no_word_gives_the_phone_away(kind: str, seed: str, mode: str, dips: int) -> None:
    state = in_pit(kind, seed, mode=mode, dips=far_dips(kind, seed, dips))
    assert not is_over(state)
    pattern = gives_away(kind, seed)
    depths = [f"{abs(F):.2f}" for F in LAB.model.compute(state).fields[0]] if dips else []
    own = {*depths, *(x.text for p in state.dips for x in p)}  # what the player has found, and where
    for text in spoken(state):
        assert not [found for found in pattern.findall(text) if found not in own], text
    assert pattern.search(" ".join(spoken(replace(state, mode="practice"))))  # else nothing would ever be found


@pytest.mark.parametrize(("kind", "seed"), PITS)
def test_no_mark_gives_the_phone_away(kind: str, seed: str) -> None:
    """No coordinate of any mark is the phone's, nor that of another minimum, before the end."""
    pit = landscape(kind, seed)
    for mode in ("gradient", "depth"):
        for dips in (0, 1, 25):
            state = in_pit(kind, seed, mode=mode, dips=far_dips(kind, seed, dips))
            for mark in scene(state)["plane"]:
                for field in fields(mark):
                    value = getattr(mark, field.name)
                    if isinstance(value, np.ndarray) and value.shape[-1:] == (2,):
                        gap = np.abs(value.reshape(-1, 1, 2) - pit.minima[None]).max(axis=-1)
                        inside = ((pit.minima > 0) & (pit.minima < 6)).all(axis=1)
                        assert not (gap[:, inside] < 5e-3).any(), (mark.key, mode, dips)
                        assert not (np.abs(value - pit.phone).max(axis=-1) < 5e-3).any(), mark.key


@pytest.mark.parametrize("mode", ["gradient", "depth"])
@pytest.mark.parametrize("kind", KINDS[1:])
def test_before_the_first_dip_all_pits_of_a_kind_are_alike(kind: str, mode: str) -> None:
    """Whatever is said and drawn then is the same for every word: none of it can know the ground."""
    alike = {}
    for seed in WORDS[1:7]:  # not that of the opening, which a link leaves out
        state = in_pit(kind, seed, mode=mode)
        said = [text.replace(seed, "WORD") for text in spoken(state)]
        drawn = [
            (type(mark), mark.key, field.name, value.tobytes())
            for marks in scene(state).values() for mark in marks for field in fields(mark)
            if isinstance(value := getattr(mark, field.name), np.ndarray)
        ]  # fmt: skip
        alike[seed] = (said, drawn)
    assert len(alike) == 6
    for each in alike.values():
        assert each == alike[WORDS[1]]


@pytest.mark.parametrize("mode", ["gradient", "depth"])
def test_hover_knows_only_the_place(mode: str) -> None:
    """All over the pit, and beside it: the same whatever the ground is."""
    states = [in_pit(kind, seed, mode=mode, dips=far_dips(kind, seed, 3)) for kind, seed in PITS]
    games = [(state, LAB.model.compute(state)) for state in states]
    axis = np.arange(-1, 7, 0.173)
    for x, y in np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2).tolist():
        (said,) = {LAB.hover(*game, "plane", (x, y)) for game in games}
        assert (said is None) == (not (0 <= x <= 6 and 0 <= y <= 6))
        assert {LAB.hover(*game, "depths", (x, y)) for game in games} == {None}


def test_hover_tells_the_depth_when_the_game_is_over() -> None:
    state = State(mode="practice")
    said = LAB.hover(state, LAB.model.compute(state), "plane", (3.0, 3.0))
    assert said is not None
    assert "depth −3.914 m, J = (2.48, −1.71)" in str(said)


@pytest.mark.parametrize(("kind", "seed"), PITS)
def test_the_recipe_of_a_game_defines_no_phone(kind: str, seed: str) -> None:
    names: dict[str, Any] = {}
    exec(LAB.recipe(in_pit(kind, seed, dips=far_dips(kind, seed, 2))), names)
    assert not {"phone", "walk"} & set(names)
    assert {"depth", "gradient", "hessian"} <= set(names)
    assert not gives_away(kind, seed).search(LAB.recipe(in_pit(kind, seed)))
    exec(LAB.recipe(in_pit(kind, seed, mode="practice")), names)
    assert names["phone"] == landscape(kind, seed).phone


@pytest.mark.parametrize("dips", [0, 3])
def test_fit_does_not_know_the_walk_before_the_end(dips: int) -> None:
    boxes = {
        LAB.fit(state, LAB.model.compute(state), pane)  # type: ignore[misc]
        for strategy in ("east", "descent", "newton")
        for state in [State(strategy=strategy, rate=Number("0.01"), dips=far_dips("intro", "", dips))]
        for pane in ("depths",)
    }
    assert len(boxes) == 1


@pytest.mark.parametrize("handle", LAB.handles)
def test_nothing_of_the_walk_can_be_held_during_a_game(handle: Any) -> None:
    game = State(dips=far_dips("intro", "", 3))
    assert not handle.shown(game, LAB.model.compute(game))
    practice = replace(game, mode="practice")
    assert handle.shown(practice, LAB.model.compute(practice))
    for state, is_shown in ((game, False), (practice, True)):
        assert next(group for group in LAB.groups if group.title == "Walk").shown(state) == is_shown


# The arrows ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "seed"), PITS)
def test_an_arrow_is_centred_on_its_dip_and_points_downhill(kind: str, seed: str) -> None:
    """It is min(1, g |J|) long, along −J."""
    state = in_pit(kind, seed, dips=far_dips(kind, seed, 25))
    result = LAB.model.compute(state)
    (mark,) = [m for m in scene(state)["plane"] if isinstance(m, Arrows) and m.key == "−J"]
    g = {"intro": 0.2, "minima": 0.1}.get(kind, 0.3)
    for tip, tail, dip in zip(mark.tips, mark.tails, np.array(state.dips, dtype=float), strict=True):
        assert (tip + tail) / 2 == pytest.approx(dip, abs=1e-12)
        J = np.array(result.pit.at(*dip)[1:3])
        way = tip - tail
        assert np.hypot(*way) == pytest.approx(min(1, g * np.hypot(*J)))
        assert way @ J == pytest.approx(-np.hypot(*way) * np.hypot(*J))
        step = 1e-4 * way / np.hypot(*way)
        assert result.pit.at(*(dip + step))[0] < result.pit.at(*dip)[0]


def test_depth_only_shows_no_arrows_and_no_legend() -> None:
    for dips in (0, 3):
        state = State(mode="depth", dips=far_dips("intro", "", dips))
        assert [m for m in scene(state)["plane"] if isinstance(m, Arrows)] == []


def test_level_ground_has_an_arrow_without_length() -> None:
    state = State(mode="practice", dips=(point(*INTRO.top),))
    (mark,) = [m for m in scene(state)["plane"] if isinstance(m, Arrows) and m.key == "−J"]
    assert np.isfinite(mark.tips).all()
    assert mark.tips == pytest.approx(mark.tails, abs=1e-3)


@pytest.mark.parametrize(("kind", "slope"), [("intro", "2.5"), ("minima", "5"), ("random", "1.67")])
def test_the_legend_says_how_steep_an_arrow_is(kind: str, slope: str) -> None:
    """Half a metre of arrow stands for a slope of 0.5/g."""
    marks = {m.key: m for m in scene(State(pit=kind))["plane"]}
    legend, text = marks["legend"], marks["legend's text"]
    assert isinstance(legend, Arrows)
    assert np.hypot(*(legend.tips - legend.tails)[0]) == pytest.approx(0.5)
    assert f"slope {slope}, longest ≥ " in " ".join(texts_of({"": (text,)}))


def test_dips_are_numbered_with_their_depths() -> None:
    state = State(dips=(point(3, 3), point(4, 5)))
    (mark,) = [m for m in scene(state)["plane"] if isinstance(m, Texts) and m.key == "names of dips"]
    F = INTRO.at(4, 5)[0]
    assert mark.texts == ("1: −3.91 m", f"2: −{abs(round(F, 2)):g} m")


def test_where_two_dips_crowd_only_the_later_one_has_room_for_its_depth() -> None:
    state = State(dips=(point(3, 3), point(3.05, 3.02), point(1, 1)))
    (mark,) = [m for m in scene(state)["plane"] if isinstance(m, Texts) and m.key == "names of dips"]
    assert [": " in text for text in mark.texts] == [False, True, True]
    assert mark.texts[0] == "1"


def by_key(state: State) -> dict[str, Any]:
    return {mark.key: mark for marks in scene(state).values() for mark in marks}


def test_the_scale_says_which_colour_is_which_depth() -> None:
    marks = by_key(State(mode="practice"))
    scale, texts = marks["scale"], marks["depths of the scale"]
    assert (scale.values[0, 0], scale.values[-1, 0], scale.box[2:]) == (-9, -1, (0, 6))
    assert texts.texts == ("−9 m", "−7 m", "−5 m", "−3 m", "−1 m")
    assert texts.at[:, 1] == pytest.approx([0, 1.4375, 2.875, 4.3125, 5.75])  # at the foot of each text


def test_what_there_is_to_find_is_shown_where_it_is() -> None:
    """Minima on the edge, beyond which the ground may fall on, are not shown."""
    pit = landscape("minima", "otter")
    marks = by_key(in_pit("minima", "otter", mode="practice"))
    assert marks["phone's place"].at.tolist() == [list(pit.phone)]
    assert marks["highest"].at.tolist() == [list(pit.top)]
    inner = [at for at in pit.minima.tolist()[1:] if all(0 < x < 6 for x in at)]
    assert marks["local minima"].at.tolist() == inner
    assert len(inner) < len(pit.minima) - 1


def test_the_walk_is_drawn_from_its_start_with_its_depths() -> None:
    state = State(mode="practice", rate=Number("0.02"), start=point(2, 4.5))
    path, marks = LAB.model.compute(state).run.path, by_key(state)
    assert (marks["start"].at.tolist(), marks["end of the walk"].at.tolist()) == ([[2, 4.5]], [path[-1].tolist()])
    n, depths = marks["depth of the walk"].points.T
    assert n.tolist() == list(range(26))  # as far as a game goes, though the walk goes on
    assert len(path) > 26
    assert depths == pytest.approx([INTRO.at(*at)[0] for at in path[:26].tolist()])


def test_the_deepest_dip_is_named() -> None:
    label = by_key(State(dips=(point(5, 1), point(1, 4), point(3, 3))))["deepest"]
    assert label.at[0] == 2
    assert label.text == f"deepest: −{abs(INTRO.at(1, 4)[0]):.2f} m"


# What is said ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dips", "warning"),
    [(21, None), (22, "Only 3 dips left."), (24, "Only 1 dip left."), (25, "the next one ends"), (26, None)],
)
def test_a_warning_comes_before_the_end(dips: int, warning: str | None) -> None:
    for taken_back in (0, 5):
        state = State(dips=far_dips("intro", "", dips - taken_back), taken_back=Number(str(taken_back)))
        warnings = told(state).warnings
        assert len(warnings) == (warning is not None)
        assert warning is None or warning in warnings[0]


def test_a_game_is_told_as_it_goes() -> None:
    phone = point(*INTRO.phone)
    for state, said in [
        (State(), "25 dips left"),
        (State(dips=(point(3, 3),)), "Dip 1: −3.91 m. The arrow −J points the way down"),
        (State(dips=(point(3, 3),), mode="depth"), "Only depths are told"),
        (State(dips=(point(0.05, 5.95),)), "No phone here"),
        (State(dips=(point(3, 3), phone)), "Found: dip 2 is within 0.15 m of the phone at (1.213, 4.009) m."),
        (State(dips=far_dips("intro", "", 26)), "Lost: all dips are used up. The phone lies at (1.213, 4.009) m."),
        (State(mode="practice"), "(1.213, 4.009) m"),
    ]:
        reading = told(state)
        assert said in " ".join((reading.sentence, *reading.readout.values()))


@pytest.mark.parametrize(
    ("strategy", "rate", "said"),
    [
        ("hybrid", "0.5", "The hybrid converges to the phone: within 0.15 m after 2 steps."),
        ("descent", "0.5", "Steepest descent converges to the phone: within 0.15 m after 3 steps."),
        ("descent", "0.2", "within 0.15 m after 4 steps."),
        ("descent", "0.1", "within 0.15 m after 9 steps."),
        ("newton", "0.5", "Newton's method runs up to a maximum"),
        ("east", "0.5", "Walking east leaves the pit with step 4."),
    ],
)
def test_walks_from_the_middle_are_told(strategy: str, rate: str, said: str) -> None:
    assert said in told(State(mode="practice", strategy=strategy, rate=Number(rate))).sentence


def test_a_walk_past_the_phone_is_told() -> None:
    """Two steps east from two metres west of it; the fifth leaves the pit."""
    x, y = INTRO.phone
    state = State(mode="practice", strategy="east", start=point(x - 1, y))
    assert told(state).sentence.endswith("leaves the pit with step 6. It passed the phone on the way.")


def test_the_arrow_in_the_formula_points_downhill() -> None:
    depth, slope = told(State(dips=(point(3, 3),))).formulas
    assert plain(depth) == "F(3, 3) ≈ −3.91 m"
    assert plain(slope) == "−J(3, 3) ≈ (−2.482; 1.71)"


def test_a_gentle_slope_still_has_an_arrow() -> None:
    """At a tenth of a metre from the top the ground falls by less than a twentieth; at the top it is level."""
    x, y = INTRO.top
    assert "The arrow −J points" in told(State(dips=(point(x + 0.02, y),))).sentence
    exactly = (Number.significant(x, 17), Number.significant(y, 17))
    assert "the ground is level" in told(State(dips=(exactly,))).sentence


def test_the_bound_of_a_stable_rate_is_told() -> None:
    """2/3.147544 = 0.63542."""
    sentence = told(State(mode="practice", rate=Number("0.65"))).sentence
    assert "zig-zags" in sentence
    assert "is above 2/λ ≈ 0.6354" in sentence


# What is done ----------------------------------------------------------------------------------------


def pressed(key: str, state: State) -> State:
    buttons = [b for group in LAB.groups for row in group.controls if hasattr(row, "buttons") for b in row.buttons]
    made = next(button for button in buttons if button.key == key).pressed(state)
    assert isinstance(made, State)
    return made


def test_a_new_pit_is_the_next_word_s() -> None:
    """All words come round, and a word of one's own leads to the first."""
    state, seen = State(pit="random", seed=WORDS[0], dips=far_dips("intro", "", 3), taken_back=Number("2")), []
    for _ in WORDS:
        state = pressed("new", state)
        assert (state.dips, state.taken_back, state.pit) == ((), 0, "random")
        seen.append(state.seed)
    assert sorted(seen) == sorted(WORDS)
    assert len(set(WORDS)) == len(WORDS)
    assert pressed("new", State(pit="well", seed="my own")).seed == WORDS[0]
    assert pressed("new", State()) == State(pit="random")  # the intro pit has no word


def test_every_word_can_be_typed() -> None:
    assert [LAB.field("seed").read(word) for word in WORDS] == list(WORDS)


def test_giving_up_shows_all_and_again_begins_anew() -> None:
    game = State(dips=far_dips("intro", "", 3))
    given_up = pressed("reveal", game)
    assert given_up == replace(game, mode="practice")
    assert pressed("again", given_up) == State()
    assert pressed("again", State()) == State()  # of no use there


@given(st.tuples(*2 * [st.floats(-9, 9)]))
def test_what_is_clicked_and_dragged_stays_in_the_pit(xy: tuple[float, float]) -> None:
    at = point(*xy)
    state = CLICK.clicked(State(), None, at)
    assert LAB.allows(state)
    assert len(state.dips) == 1
    assert LAB.allows(LAB.handles[0].moved(State(), at))


def test_a_click_in_the_square_is_exact() -> None:
    assert CLICK.clicked(State(), None, point(3.25, 0.5)) == dipped(State(), point(3.25, 0.5))
    assert CLICK.within == (0, 6, 0, 6)


def test_two_hundred_dips_fit_into_a_link() -> None:
    """As a hand makes them at home, where a pixel is a centimetre."""
    state = State(mode="practice")
    for k in range(250):
        state = dipped(
            state, (Number.rounded(0.01 + 0.37 * (k % 16), 0.01), Number.rounded(0.01 + 0.37 * (k // 16), 0.01))
        )
    assert len(state.dips) == 200
    assert codec.read_link(codec.link(LAB, state), (LAB,)) == (LAB, state)
