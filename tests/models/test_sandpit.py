"""The sandpit's game against the rules and the known answers of the course."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths.landscape import landscape
from mmlviz.maths.number import Number
from mmlviz.maths.seeds import stream
from mmlviz.models.sandpit import DIPS, MOST, Point, State, again, compute, dipped, is_over, paid, redone, undone

INTRO = landscape("intro")
FAR = (Number("5.5"), Number("5.5"))  # from the phone of the intro pit, and from its minima


def point(x: float, y: float) -> Point:
    return Number.rounded(x, 1e-9), Number.rounded(y, 1e-9)


def after(dips: int, **fields: object) -> State:
    """The intro pit after so many dips beside each other, far from the phone."""
    return State(dips=tuple(point(4 + 0.05 * k, 5.5) for k in range(dips)), **fields)


PHONE = point(*INTRO.phone)


# Rules -----------------------------------------------------------------------------------------------


def test_the_opening_is_a_new_game() -> None:
    result = compute(State())
    assert (result.found, result.spent, result.dips_left, result.is_lost) == (None, 0, 25, False)
    assert not is_over(State())


@pytest.mark.parametrize("angle", [0.0, 1.0, 2.5, 4.0])
def test_the_phone_is_found_within_fifteen_centimetres(angle: float) -> None:
    way = np.array([np.cos(angle), np.sin(angle)])
    for distance, is_found in ((0.1499, True), (0.1501, False)):
        state = State(dips=(FAR, point(*(np.array(INTRO.phone) + distance * way))))
        assert compute(state).found == (2 if is_found else None)
        assert is_over(state) == is_over(state, compute(state)) == is_found


def test_a_local_minimum_holds_no_phone() -> None:
    """(0, 6) is a decoy of the intro pit, at −8.77 m."""
    decoy = compute(State(dips=(point(0.05, 5.95),)))
    assert decoy.stuck == "edge"
    assert decoy.found is None
    assert INTRO.at(0, 6)[0] == pytest.approx(-8.77, abs=0.005)
    assert not compute(State(dips=(FAR,))).stuck
    low = landscape("random", "heron").minima[1].tolist()
    assert compute(State("random", "heron", dips=(point(*low),))).stuck == "minimum"


@pytest.mark.parametrize(("dips", "left", "is_lost"), [(0, 25, False), (22, 3, False), (25, 0, False), (26, 0, True)])
def test_there_are_twenty_five_dips_and_the_next_one_loses(dips: int, left: int, is_lost: bool) -> None:
    result = compute(after(dips))
    assert (result.dips_left, result.is_lost) == (left, is_lost)
    assert is_over(after(dips)) == is_lost


def test_the_last_dip_may_still_win_and_the_one_after_it_not() -> None:
    last, late = (replace(after(n), dips=(*after(n).dips, PHONE)) for n in (24, 25))
    assert (compute(last).found, compute(last).is_lost) == (25, False)
    assert (compute(late).found, compute(late).is_lost) == (None, True)


def test_dips_taken_back_are_paid_for() -> None:
    state = replace(after(20), taken_back=Number("5"))
    assert compute(state).dips_left == 0
    assert not is_over(state)
    late = replace(state, dips=(*state.dips, PHONE))
    assert (compute(late).found, compute(late).is_lost) == (None, True)


def test_who_has_found_the_phone_cannot_lose_it() -> None:
    assert not compute(State(dips=(PHONE, *(FAR,) * DIPS))).is_lost


def test_practice_shows_all_and_loses_nothing() -> None:
    state = State(mode="practice")
    assert is_over(state)
    assert not compute(state).is_lost


def test_what_a_dip_tells_is_the_ground_there() -> None:
    """F, J and H at (3, 3), checked by hand against the course's lab."""
    F, Fx, Fy, Fxx, Fxy, Fyy = compute(State(dips=(point(3, 3),))).fields[:, 0]
    assert abs(F + 3.914186) < 5e-7
    assert (Fx, Fy) == pytest.approx((2.482303, -1.710000), abs=5e-7)
    assert (Fxx, Fxy, Fyy) == pytest.approx((-1.197600, 1.049949, 0.562314), abs=5e-7)


def test_the_course_s_differences_are_near() -> None:
    """The original takes central differences with h = 0.01 of F."""
    h = 0.01
    Fx = (INTRO.at(3 + h, 3)[0] - INTRO.at(3 - h, 3)[0]) / (2 * h)
    Fy = (INTRO.at(3, 3 + h)[0] - INTRO.at(3, 3 - h)[0]) / (2 * h)
    assert (Fx, Fy) == pytest.approx((2.482269, -1.709969), abs=5e-7)
    assert compute(State()).at[1:3] == pytest.approx((Fx, Fy), abs=1e-4)


def test_without_a_dip_the_start_of_the_walk_is_looked_at() -> None:
    assert compute(State(start=point(1, 2))).at == INTRO.at(1, 2)
    assert compute(State(start=point(1, 2), dips=(point(4, 5),))).at == INTRO.at(4, 5)


@pytest.mark.parametrize(
    ("pit", "arrow"), [("intro", 0.2), ("minima", 0.1), ("random", 0.3), ("rocks", 0.3), ("well", 0.3)]
)
def test_arrows_are_as_long_as_in_the_course(pit: str, arrow: float) -> None:
    assert compute(State(pit=pit)).arrow == arrow


@pytest.mark.parametrize(
    ("strategy", "rate", "steps"),
    [
        ("hybrid", "0.5", 2),
        ("descent", "0.5", 3),
        ("descent", "0.2", 4),
        ("descent", "0.1", 9),
        ("newton", "0.5", None),
    ],
)
def test_walks_from_the_middle(strategy: str, rate: str, steps: int | None) -> None:
    run = compute(State(strategy=strategy, rate=Number(rate))).run
    assert run.found_at == steps
    assert run.verdict == ("converged" if steps else "maximum")
    assert run.path[-1] == pytest.approx(INTRO.phone if steps else INTRO.top, abs=1e-6)


# Dipping ---------------------------------------------------------------------------------------------


def test_a_dip_is_one_more() -> None:
    state = dipped(State(), FAR)
    assert state == State(dips=(FAR,))


def test_when_the_game_is_over_a_walk_starts_where_one_clicks() -> None:
    state = dipped(State(mode="practice"), FAR)
    assert (state.dips, state.start) == ((FAR,), FAR)
    assert dipped(state, point(5.55, 5.55)) == state  # an old dip was meant
    other = dipped(replace(state, start=PHONE), point(5.55, 5.55))
    assert (other.dips, other.start) == ((FAR,), FAR)


def test_dips_are_bounded() -> None:
    full = State(mode="practice", dips=(FAR,) * MOST)
    assert dipped(full, PHONE).dips == full.dips


def test_again_is_the_same_pit_with_all_dips_back() -> None:
    state = replace(after(7, mode="depth", pit="random", seed="heron"), taken_back=Number("4"))
    assert again(state) == State(mode="depth", pit="random", seed="heron")
    assert again(State(mode="practice")) == State()


# Undo ------------------------------------------------------------------------------------------------


class Past:
    """What undo and redo do with states, written out: two stacks, and dips counted as they are made."""

    def __init__(self, state: State) -> None:
        self.state, self.back, self.ahead, self.made = state, [], [], len(state.dips)

    def set(self, state: State) -> None:
        if state != self.state:
            self.made += len(state.dips) > len(self.state.dips)
            self.back.append(self.state)
            self.state, self.ahead = state, []

    def undo(self) -> None:
        if self.back:
            self.ahead.append(self.state)
            self.state = undone(self.state, self.back.pop())

    def redo(self) -> None:
        if self.ahead:
            self.back.append(self.state)
            self.state = redone(self.state, self.ahead.pop())


doings = st.lists(st.sampled_from(["dip", "dip", "undo", "undo", "redo", "mode", "rate", "start"]), max_size=60)
MODES = {"gradient": "depth", "depth": "gradient"}


def do(past: Past, name: str, k: int) -> None:
    """One thing that a person does; no dip finds the phone."""
    state = past.state
    if name == "dip":
        past.set(dipped(state, point(3 + 0.013 * k, 5.5)))
    elif name == "mode":
        past.set(replace(state, mode=MODES[state.mode]))
    elif name == "rate":
        past.set(replace(state, rate=Number(f"0.{k + 1}")))
    elif name == "start":
        past.set(replace(state, start=point(1 + 0.01 * k, 1)))
    else:
        getattr(past, name)()


@given(doings)
def test_undo_gives_no_dip_back(names: list[str]) -> None:
    """The price never falls, and is the number of dips that were ever made, whatever else is changed meanwhile."""
    past, prices = Past(State()), [0]
    for k, name in enumerate(names):
        do(past, name, k)
        prices.append(paid(past.state))
        assert prices[-1] == past.made
    assert all(before <= now for before, now in pairwise(prices))


@given(doings)
def test_undo_brings_back_all_but_the_price(names: list[str]) -> None:
    past, plain = Past(State()), Past(State())
    for k, name in enumerate(names):
        do(past, name, k)
        if name in {"undo", "redo"} and getattr(plain, "back" if name == "undo" else "ahead"):
            source, target = (plain.back, plain.ahead) if name == "undo" else (plain.ahead, plain.back)
            target.append(plain.state)
            plain.state = source.pop()
        elif name not in {"undo", "redo"}:
            do(plain, name, k)
        if is_over(past.state):  # from the 26th dip on a click does more
            return
        assert replace(past.state, taken_back=Number("0")) == plain.state


def test_who_has_looked_has_no_dip_left() -> None:
    """Back from practice the pit is still seen, so the game is over; that it was lost is said."""
    past = Past(after(3))
    past.set(replace(past.state, mode="practice"))
    past.undo()
    assert past.state.dips == after(3).dips
    assert is_over(past.state)
    assert compute(past.state).is_lost


def test_no_price_is_beyond_what_a_link_holds() -> None:
    most = State(dips=(FAR,) * MOST, taken_back=Number(str(MOST)))
    assert undone(most, replace(most, dips=most.dips[:-1])).taken_back == MOST


def test_a_change_of_the_game_does_not_hide_a_price() -> None:
    """Depth only, a dip, and both undone: the dip is paid for all the same."""
    past = Past(State())
    past.set(replace(State(), mode="depth"))
    past.set(dipped(past.state, FAR))
    past.undo()
    past.undo()
    assert past.state == State(taken_back=Number("1"))


def test_another_pit_is_another_game() -> None:
    past = Past(after(3))
    past.undo()
    past.set(replace(again(past.state), pit="random"))
    assert paid(past.state) == 0
    past.undo()
    assert past.state == after(3)
    past.redo()
    assert paid(past.state) == 0


@pytest.mark.parametrize("dips", [0, 2, 5])
def test_again_can_be_undone_and_redone(dips: int) -> None:
    """It starts another game, which has cost nothing, also the second time."""
    before = replace(after(dips), taken_back=Number("3"))
    past = Past(before)
    past.set(again(before))
    past.undo()
    assert past.state == before
    past.redo()
    assert past.state == State()


@given(st.integers(0, 24), st.lists(st.sampled_from(["dip", "undo", "redo"]), max_size=50))
def test_a_game_that_is_won_stays_won(dips: int, names: list[str]) -> None:
    """However many dips are made and taken back after it; only the dip that found the phone may be undone."""
    past = Past(after(dips))
    past.set(dipped(past.state, PHONE))
    for k, name in enumerate(names):
        if name == "undo" and len(past.back) == 1:
            continue
        if name == "dip":
            past.set(dipped(past.state, point(0.013 * k, 0.5)))
        else:
            getattr(past, name)()
        result = compute(past.state)
        assert (result.found, result.is_lost) == (dips + 1, False)


def test_a_dip_that_found_the_phone_can_be_taken_back_and_redone() -> None:
    past = Past(after(4))
    past.set(dipped(past.state, PHONE))
    past.undo()
    assert paid(past.state) == 5
    assert not is_over(past.state)
    past.redo()
    assert compute(past.state).found == 5


def test_a_game_that_is_lost_stays_lost() -> None:
    past = Past(after(DIPS))
    past.set(dipped(past.state, FAR))
    for _ in range(3):
        past.undo()
        assert compute(past.state).is_lost


# Pits ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pit", ["random", "minima", "rocks", "well"])
def test_the_phone_is_the_lowest_point(pit: str) -> None:
    """The course's lab has it in a wrong place in up to 38 % of the pits."""
    for seed in ("otter", "heron", "willow"):
        result = compute(State(pit=pit, seed=seed))
        depths = result.pit.points(6 * stream(f"spots of {seed}", 4000).reshape(-1, 2))[0]
        assert result.pit.at(*result.pit.phone)[0] == pytest.approx(-9, abs=1e-9)
        assert depths.min() >= -9 - 1e-9


def test_a_result_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        compute(State()).run.path[0] = 0
