"""The Store: a gesture is one undo step, and undo and redo are exact."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.controls import Group, Play
from mmlviz.core.lab import Lab, Slow
from mmlviz.core.layout import Plane
from mmlviz.core.store import DEEPEST, Store
from mmlviz.core.view import View
from mmlviz.maths.lattice import Box
from mmlviz.maths.number import Number
from tests.core import probe
from tests.core.probe import LAB, MIXED, Mixed, State, at


def depth(store: Store) -> int:
    """How many steps can be taken back."""
    steps = 0
    while store.undo_label is not None:
        store.undo()
        steps += 1
    for _ in range(steps):
        store.redo()
    return steps


def test_opens_with_nothing_to_undo() -> None:
    store = Store(LAB)
    assert store.state == State()
    assert (store.undo_label, store.redo_label) == (None, None)
    store.undo()
    store.redo()
    assert store.state == State()
    assert Store(LAB, at("1/3")).state == at("1/3")


def test_a_gesture_is_one_step() -> None:
    """However often the hand moves between press and release."""
    store = Store(LAB)
    for k in range(50):
        store.preview(at(f"0.{k:02}"))
    store.settle()
    assert depth(store) == 1
    store.undo()
    assert store.state == State()
    store.redo()
    assert store.state == at("0.49")


def test_it_knows_whether_something_is_moving() -> None:
    store = Store(LAB)
    assert not store.is_moving
    store.preview(at("0.6"))
    assert store.is_moving
    store.settle()
    assert not store.is_moving
    store.preview(at("0.7"))
    store.cancel()
    assert not store.is_moving


def test_while_something_is_dragged_it_is_computed_in_haste() -> None:
    lab = replace(LAB, hasty=lambda state: f"about {state.rate.text}")
    store = Store(lab)
    exact = store.result
    store.preview(at("0.6"))
    assert store.result == "about 0.6"
    assert store.result is store.result
    store.settle()
    assert store.result == LAB.model.compute(at("0.6"))
    store.undo()
    assert store.result == exact


def test_a_gesture_that_comes_back_is_no_step() -> None:
    store = Store(LAB)
    store.preview(at("0.6"))
    store.preview(State())
    store.settle()
    assert store.undo_label is None


def test_another_way_of_typing_the_same_number_is_a_step() -> None:
    """1/2 in place of 0.5: undo brings back the text."""
    store = Store(LAB)
    store.set(at("1/2"))
    store.undo()
    assert store.state.rate.text == "0.5"


def test_cancel_goes_back_to_where_the_gesture_began() -> None:
    store = Store(LAB)
    store.set(at("0.1"))
    store.preview(at("0.2"))
    store.cancel()
    assert store.state == at("0.1")
    assert depth(store) == 1
    store.settle()
    assert depth(store) == 1


def test_labels_name_the_fields_that_changed() -> None:
    store = Store(LAB)
    store.set(replace(at("0.1"), matrix=((Number("2"), Number("0")), (Number("0"), Number("2")))))
    assert store.undo_label == "learning rate, matrix A"
    store.undo()
    assert store.redo_label == "learning rate, matrix A"
    store.preview(at("0.3"))
    assert store.undo_label == "learning rate"  # of the gesture that is going on


def test_undo_in_the_middle_of_a_gesture_takes_the_gesture_back() -> None:
    store = Store(LAB)
    store.set(at("0.1"))
    store.preview(at("0.2"))
    store.undo()
    assert store.state == at("0.1")
    store.redo()
    assert store.state == at("0.2")


def test_redo_in_the_middle_of_a_gesture_loses_nothing() -> None:
    """The gesture becomes a step first; what had been undone before it is gone, as after any new step."""
    store = Store(LAB)
    store.set(at("0.1"))
    store.undo()
    store.preview(at("0.2"))
    store.redo()
    assert store.state == at("0.2")
    store.undo()
    assert store.state == State()


def test_a_new_step_ends_what_could_be_redone() -> None:
    store = Store(LAB)
    store.set(at("0.1"))
    store.undo()
    store.set(at("0.2"))
    assert store.redo_label is None
    store.redo()
    assert store.state == at("0.2")


def test_settling_without_a_change_keeps_what_can_be_redone() -> None:
    """A click on a handle without moving it."""
    store = Store(LAB)
    store.set(at("0.1"))
    store.undo()
    store.settle()
    store.redo()
    assert store.state == at("0.1")


def test_the_past_is_bounded() -> None:
    assert 100 <= DEEPEST <= 1000
    store = Store(LAB)
    for k in range(DEEPEST + 20):
        store.set(at(f"0.{k:04}"))
    assert depth(store) == DEEPEST
    for _ in range(DEEPEST):
        store.undo()
    assert store.state == at(f"0.{19:04}")  # the oldest steps were forgotten


def test_results_are_computed_once_a_state_and_only_when_asked_for() -> None:
    store = Store(LAB)
    probe.computed.clear()
    for k in range(10):
        store.preview(at(f"0.{k}"))
    assert probe.computed == []
    assert store.result == store.result == 1.8
    assert probe.computed == [at("0.9")]


def test_listeners_hear_of_every_change() -> None:
    store, heard = Store(LAB), []
    store.subscribe(lambda: heard.append(store.state.rate.text))
    store.preview(at("0.1"))
    store.settle()
    store.undo()
    assert heard[0] == "0.1"
    assert heard[-1] == "0.5"


def test_looking_elsewhere_is_no_step() -> None:
    store, heard = Store(LAB), []
    store.subscribe(lambda: heard.append(store.view.has_snap))
    store.look(replace(store.view, has_snap=True))
    store.look(replace(store.view, has_snap=True))  # nothing new
    assert heard == [True]
    assert store.undo_label is None


def seen(store: Store) -> dict[str, Box]:
    return {name: pane.wanted for name, pane in store.view.panes.items()}


def moved(store: Store, pane: str, by: float) -> View:
    return store.view.with_pane(pane, store.view[pane].moved(by, 0))


def test_undo_and_redo_bring_back_how_a_step_was_looked_at() -> None:
    """Only the panes that the step has moved: the other one has been moved by hand since."""
    store = Store(LAB)
    store.look(moved(store, "left", 1))
    before = seen(store)
    store.set(at("0.1"))
    store.look_with_step(moved(store, "left", 5))
    store.look_with_step(moved(store, "left", 2))  # as when there are two things to fit it for
    store.look(moved(store, "right", 3))
    after = seen(store)
    store.undo()
    assert seen(store) == {"left": before["left"], "right": after["right"]}
    assert (store.undo_label, store.redo_label) == (None, "learning rate")
    store.redo()
    assert seen(store) == after
    store.undo()
    assert seen(store) == {"left": before["left"], "right": after["right"]}


@pytest.mark.parametrize("what", ["nothing", "the same state", "an act without effect", "an undo"])
def test_a_look_belongs_to_a_step_only_where_one_has_brought_the_state(what: str) -> None:
    store = Store(LAB)
    store.set(at("0.1"))
    store.set(at("0.2"))
    doings: dict[str, Callable[[], None]] = {
        "nothing": lambda: None,
        "the same state": lambda: store.set(at("0.2")),
        "an act without effect": lambda: store.act(lambda state: state),
        "an undo": store.undo,
    }
    doings[what]()
    before = seen(store)
    store.look_with_step(moved(store, "left", 5))
    after = seen(store)
    assert (store.before == at("0.1")) == (what == "nothing")
    store.undo()
    assert seen(store) == (before if what == "nothing" else after)


def test_there_is_a_view_of_every_pane() -> None:
    view = Store(LAB).view
    assert set(view.panes) == {"left", "right"}
    assert view["left"].is_locked
    assert not view["right"].is_locked


moves = st.sampled_from(["preview", "settle", "set", "cancel", "undo", "redo"])


@given(st.lists(st.tuples(moves, st.integers(0, 9)), max_size=40))
def test_the_past_is_a_line(doings: list[tuple[str, int]]) -> None:
    """Against a plain list of states and a position in it, whatever is done in whatever order."""
    store, past, here = Store(LAB), [State()], 0
    shown = State()
    for name, k in doings:
        if name in {"settle", "set", "undo", "redo"} and shown != past[here]:
            past, here = [*past[: here + 1], shown], here + 1
        if name in {"preview", "set"}:
            shown = at(f"0.{k}")
            getattr(store, name)(shown)
            if name == "set" and shown != past[here]:
                past, here = [*past[: here + 1], shown], here + 1
        else:
            getattr(store, name)()
            here = {"undo": max(here - 1, 0), "redo": min(here + 1, len(past) - 1)}.get(name, here)
            if name != "settle":
                shown = past[here]
        assert store.state == shown
        assert (store.undo_label is None) == (here == 0 and shown == past[here])
        assert (store.redo_label is None) == (here == len(past) - 1)


# Undo that is not exact -----------------------------------------------------------------------------


def test_a_lab_says_what_undo_and_redo_bring() -> None:
    """A count that only grows: it is taken along from the state that is left."""
    asked: list[tuple[Any, Any]] = []

    def undone(current: Mixed, target: Mixed) -> Mixed:
        asked.append((current, target))
        return replace(target, count=Number(str(int(current.count) + 1)))

    store = Store(replace(MIXED, undone=undone, redone=undone))
    opening, one = store.state, Mixed(seed="heron")
    store.set(one)
    assert asked == []
    store.undo()
    assert asked == [(one, opening)]
    assert store.state == replace(opening, count=Number("4"))
    assert store.undo_label is None
    store.redo()
    assert asked[-1] == (replace(opening, count=Number("4")), one)
    assert store.state == replace(one, count=Number("5"))
    assert store.redo_label is None
    store.settle()
    assert store.undo_label == "seed word"


# A whole gesture that begins by ending another -------------------------------------------------------

PLAYED = replace(MIXED, groups=(Group("Run", (Play("t"),)),))


def test_what_is_going_on_is_ended_before_a_gesture() -> None:
    store = Store(PLAYED)
    store.preview(replace(store.state, seed="heron"))
    store.begin()
    store.set(replace(store.state, is_centred=True))
    assert [step.label for step in store._undo] == ["seed word", "centred"]


def test_an_act_that_finishes_a_run_is_one_step() -> None:
    """What plays is set to its end by whatever is done, and taking that back brings both back."""
    store = Store(PLAYED, Mixed(t=Number("0.3")))
    store.act(lambda state: replace(state, is_centred=True))
    assert store.state == Mixed(is_centred=True)
    assert [step.label for step in store._undo] == ["centred, part of the way"]
    store.undo()
    assert store.state == Mixed(t=Number("0.3"))


def test_an_act_ends_what_is_going_on_and_is_a_step_of_its_own() -> None:
    store = Store(PLAYED)
    store.preview(replace(store.state, t=Number("0.3"), seed="heron"))
    store.act(lambda state: replace(state, is_centred=True))
    assert store.state == Mixed(seed="heron", is_centred=True)
    assert [step.label for step in store._undo] == ["seed word", "centred"]


def test_an_act_that_changes_nothing_is_no_step() -> None:
    store = Store(PLAYED)
    store.act(lambda state: state)
    assert store.undo_label is None


# Slow work -------------------------------------------------------------------------------------------


class Elsewhere:
    """Has work done elsewhere: it is done when the test says so."""

    def __init__(self, *done: Hashable) -> None:
        self.done, self.asked = set(done), []

    def __call__(self, key: Hashable) -> bool:
        self.asked.append(key)
        return key not in self.done


def slow_store() -> tuple[Store, Elsewhere]:
    """A store whose lab has to work for every seed; the opening one has been done."""
    store, elsewhere = Store(replace(MIXED, slow=Slow(lambda s: s.seed, lambda key: None))), Elsewhere("otter")
    store.defer = elsewhere
    assert store.shown == (Mixed(), "otter")
    return store, elsewhere


def test_while_work_goes_on_the_last_picture_stays() -> None:
    store, elsewhere = slow_store()
    store.set(Mixed(seed="heron"))
    assert store.is_waiting
    assert store.shown == (Mixed(), "otter")
    assert store.state == Mixed(seed="heron")  # the panel shows what was chosen
    elsewhere.done.add("heron")
    assert not store.is_waiting
    assert store.shown == (Mixed(seed="heron"), "heron")


def test_listeners_hear_that_work_is_done() -> None:
    store, elsewhere = slow_store()
    store.set(Mixed(seed="heron"))
    seen: list[Any] = []
    store.subscribe(lambda: seen.append(store.shown))
    elsewhere.done.add("heron")
    store.ready()
    assert seen == [(Mixed(seed="heron"), "heron")]


def test_the_newest_key_is_the_one_that_is_waited_for() -> None:
    store, elsewhere = slow_store()
    for seed in ("heron", "badger", "willow"):
        store.preview(Mixed(seed=seed))
        assert store.is_waiting
    assert elsewhere.asked[-1] == "willow"
    elsewhere.done.add("heron")
    store.ready()
    assert store.shown == (Mixed(), "otter")  # an older one is not shown
    elsewhere.done.add("willow")
    assert store.shown == (Mixed(seed="willow"), "willow")


def test_what_needs_no_work_is_shown_at_once() -> None:
    store, elsewhere = slow_store()
    store.set(Mixed(is_centred=True))
    assert not store.is_waiting
    assert store.shown == (Mixed(is_centred=True), "otter")
    assert set(elsewhere.asked) == {"otter"}


def test_going_back_ends_the_waiting() -> None:
    store, _ = slow_store()
    store.set(Mixed(seed="heron"))
    assert store.is_waiting
    store.undo()
    assert not store.is_waiting
    assert store.shown == (Mixed(), "otter")


def test_a_lab_without_slow_work_asks_nobody() -> None:
    store, elsewhere = Store(MIXED), Elsewhere()
    store.defer = elsewhere
    store.set(Mixed(seed="heron"))
    assert store.shown == (Mixed(seed="heron"), "heron")
    assert elsewhere.asked == []


def test_without_a_window_work_is_done_in_its_place() -> None:
    store = Store(replace(MIXED, slow=Slow(lambda s: s.seed, lambda key: None)))
    store.set(Mixed(seed="heron"))
    assert not store.is_waiting
    assert store.shown == (Mixed(seed="heron"), "heron")


def test_the_opening_state_is_computed_in_its_place() -> None:
    """There is nothing else to show."""
    store = Store(replace(MIXED, slow=Slow(lambda s: s.seed, lambda key: None)))
    store.defer = Elsewhere()
    assert store.shown == (Mixed(), "otter")


seeds = st.sampled_from(["otter", "heron", "badger", "willow"])
happenings = st.lists(
    st.tuples(st.sampled_from(["set", "preview", "undo", "redo", "cancel", "done", "look"]), seeds), max_size=30
)


@given(happenings)
def test_state_and_result_always_belong_together(happened: list[tuple[str, str]]) -> None:
    """What is shown is the newest state or, while it is worked for, one that has been current."""
    store, elsewhere = slow_store()
    current = [store.state]
    for name, seed in happened:
        if name == "done":
            elsewhere.done.add(seed)
            store.ready()
        elif name == "look":
            store.look(replace(store.view, has_snap=not store.view.has_snap))
        elif name in {"set", "preview"}:
            getattr(store, name)(replace(store.state, seed=seed))
        else:
            getattr(store, name)()
        current.append(store.state)
        is_waiting = store.is_waiting
        state, result = store.shown
        assert result == state.seed
        assert state in current
        assert (state == store.state) or is_waiting
        assert not is_waiting or store.state.seed not in elsewhere.done


def test_a_result_that_cannot_be_had_is_not_kept() -> None:
    """What was shown stays, the failure is kept for who tells it, and the next state is unharmed."""
    asked = []

    def compute(state: Mixed) -> str:
        asked.append(state.seed)
        if state.seed == "heron":
            raise ArithmeticError("no such pit")
        return state.seed

    lab: Lab = replace(MIXED, model=type("Model", (), {"State": Mixed, "compute": staticmethod(compute)}))
    store = Store(lab)
    assert store.result == "otter"
    store.set(Mixed(seed="heron"))
    assert store.shown == store.shown == (Mixed(), "otter")
    assert asked == ["otter", "heron"]  # not with every frame
    assert store.failure is not None
    assert store.failure[0] == store.state
    assert isinstance(store.failure[1], ArithmeticError)
    with pytest.raises(ArithmeticError):
        _ = store.result
    store.undo()
    assert store.shown == (Mixed(), "otter")


def test_the_very_first_state_has_nothing_to_fall_back_on() -> None:
    def compute(state: Mixed) -> str:
        raise ArithmeticError("no such pit")

    store = Store(replace(MIXED, model=type("Model", (), {"State": Mixed, "compute": staticmethod(compute)})))
    with pytest.raises(ArithmeticError):
        _ = store.shown


# Panes that follow the state --------------------------------------------------------------------


def _about(state: State) -> tuple[float, float, float, float]:
    return state.rate - 1, state.rate + 1, -1.0, 1.0


FOLLOWING = replace(LAB, layout=Plane("plane", "It follows", home=_about(State()), follows=_about))


def test_a_pane_goes_where_the_state_asks_for() -> None:
    store = Store(FOLLOWING, at("0.25"))
    assert store.view["plane"].wanted == (-0.75, 1.25, -1, 1)
    store.set(at("0.5"))
    assert store.view["plane"].wanted == (-0.5, 1.5, -1, 1)
    store.undo()
    assert store.view["plane"].wanted == (-0.75, 1.25, -1, 1)


def test_a_pane_that_was_zoomed_stays_until_the_state_asks_for_another_box() -> None:
    store = Store(FOLLOWING, at("0.25"))
    zoomed = store.view["plane"].zoomed(0.5)
    store.look(store.view.with_pane("plane", zoomed))
    assert store.view["plane"] == zoomed
    store.set(at("0.5"))
    assert store.view["plane"].wanted == (-0.5, 1.5, -1, 1)


def test_a_pane_does_not_run_away_from_the_hand() -> None:
    store = Store(FOLLOWING, at("0.25"))
    store.is_held = True
    store.preview(at("0.5"))
    assert store.view["plane"].wanted == (-0.75, 1.25, -1, 1)
    store.is_held = False
    store.settle()
    assert store.view["plane"].wanted == (-0.5, 1.5, -1, 1)


def test_a_pane_stays_while_the_picture_is_frozen() -> None:
    store = Store(FOLLOWING, at("0.25"))
    store.stay(True)
    store.set(at("0.5"))
    assert store.view["plane"].wanted == (-0.75, 1.25, -1, 1)
    store.stay(False)
    assert store.view["plane"].wanted == (-0.5, 1.5, -1, 1)


@pytest.mark.parametrize("is_held", [False, True])
def test_a_zoomed_pane_that_has_followed_a_step_comes_back_with_undo_and_with_cancel(is_held: bool) -> None:
    """Whether it follows in the middle of the gesture or, behind a hand, only at its end."""
    store = Store(FOLLOWING, at("0.25"))
    store.look(store.view.with_pane("plane", store.view["plane"].zoomed(0.5)))
    zoomed = store.view["plane"]
    store.begin()
    store.is_held = is_held
    store.preview(at("0.3"))
    store.preview(at("0.5"))
    store.is_held = False
    store.settle()
    followed = store.view["plane"]
    assert followed.wanted == (-0.5, 1.5, -1, 1)
    store.undo()
    assert store.view["plane"] == zoomed
    store.redo()
    assert store.view["plane"] == followed
    store.undo()
    store.begin()
    store.preview(at("0.5"))
    assert store.view["plane"] == followed
    store.cancel()
    assert store.view["plane"] == zoomed


def test_panes_stay_where_they_are_through_undo_while_the_picture_is_frozen() -> None:
    store = Store(FOLLOWING, at("0.25"))
    before = store.view["plane"].wanted
    store.set(at("0.5"))
    store.stay(True)
    store.undo()
    assert store.view["plane"].wanted == (-0.5, 1.5, -1, 1)
    store.stay(False)
    assert store.view["plane"].wanted == before
