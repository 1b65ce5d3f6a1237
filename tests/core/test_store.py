"""The Store: a gesture is one undo step, and undo and redo are exact."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.store import DEEPEST, Store
from mmlviz.maths.number import Number
from tests.core import probe
from tests.core.probe import LAB, State, at


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
