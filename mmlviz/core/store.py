"""The Store holds the one state of a tab, and its past. Only it makes a state current."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mmlviz.core.lab import Lab
from mmlviz.core.layout import Layout, planes, spaces
from mmlviz.core.view import Camera, PaneView, SpaceView, View
from mmlviz.maths.lattice import Box

DEEPEST = 500  # undo steps kept


@dataclass(frozen=True, slots=True)
class Step:
    """One undo step: the state before it, what it changed, and where the panes looked that it has moved."""

    state: Any
    label: str
    ranges: Mapping[str, Box | Camera] = field(default_factory=dict)


def view_at_home(layout: Layout, state: Any) -> View:
    """What is seen at first: every plane's opening range in a state and every space's opening camera."""
    panes = {p.name: PaneView(p.home_in(state), is_locked=p.is_locked, linked=p.linked) for p in planes(layout)}
    return View(panes, spaces={space.name: SpaceView(space.home) for space in spaces(layout)})


class Store:
    """State, View and undo of one tab.

    A gesture is any number of `preview`s and one `settle`, and is one undo step. Listeners are told that
    something changed and ask for what they need: results are computed when asked for, once a state.
    """

    def __init__(self, lab: Lab, state: Any | None = None) -> None:
        self.lab = lab
        self.state = lab.opening if state is None else state
        self.view = view_at_home(lab.layout, self.state)
        self.is_held = False  # a hand holds a handle: panes stay where they are, that it may not run away
        self.stays = False  # panes stay where they are, as while the picture is frozen
        self._followed: dict[str, Box] = {}
        self._settled = self.state
        self.gesture = 0  # how many have been settled: a late settle must not cut into the next one
        self._left: Mapping[str, Box | Camera] = {}  # by panes that have followed the gesture that goes on
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self._is_step_new = False  # the newest step is what has brought the present state
        self._follow()
        self._listeners: list[Callable[[], None]] = []
        self._computed: tuple[Any, Any] | None = None
        self._is_hasty = False  # whether that has been computed in haste
        self.failure: tuple[Any, Exception] | None = None  # the state whose result could not be had, as never should be
        self.defer: Callable[[Hashable], bool] | None = None  # has slow work done elsewhere; False where it is done

    @property
    def result(self) -> Any:
        """What the model makes of the state; while something is dragged, what it makes of it in haste."""
        is_new = self._computed is None or self._computed[0] is not self.state
        if self._computed is None or is_new or (self._is_hasty and not self.is_moving):
            hasty = self.lab.hasty if self.is_moving else None
            self._computed = (self.state, (hasty or self.lab.model.compute)(self.state))
            self._is_hasty = hasty is not None
        return self._computed[1]

    @property
    def shown(self) -> tuple[Any, Any]:
        """The newest state that can be shown, with its result: while slow work goes on, the one before.

        So it is where the model fails; only a failure of the very first state is raised.
        """
        if self._computed is None:
            return self.state, self.result
        if self.is_waiting or (self.failure is not None and self.failure[0] is self.state):
            return self._computed
        try:
            return self.state, self.result
        except Exception as error:
            self.failure = self.state, error
            return self._computed

    @property
    def is_waiting(self) -> bool:
        """Whether the state needs slow work that is still to be done elsewhere; asking has it begun."""
        is_new = self._computed is not None and self._computed[0] is not self.state
        slow = self.lab.slow
        return is_new and slow is not None and self.defer is not None and self.defer(slow.key(self.state))

    @property
    def is_moving(self) -> bool:
        """Whether a gesture is going on."""
        return self.state is not self._settled

    @property
    def rest(self) -> Any:
        """The state before the gesture that goes on, or the present one."""
        return self._settled

    def ready(self) -> None:
        """Slow work has been done."""
        self._tell()

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Have listener called after every change of state, view or past."""
        self._listeners.append(listener)

    def preview(self, state: Any) -> None:
        """Show a state in the middle of a gesture."""
        if state is not self.state:
            self.state = state
            self._tell()

    def settle(self) -> None:
        """End the gesture: what changed since it began becomes one undo step."""
        if self.state != self._settled:
            self._undo.append(Step(self._settled, self.lab.changed(self._settled, self.state), self._left))
            del self._undo[:-DEEPEST]
            self._redo.clear()
            self._is_step_new = True
        self._settled, self._left = self.state, {}
        self.gesture += 1
        self._tell()

    def begin(self) -> None:
        """A gesture starts: what is still going on is ended first, a run at its end."""
        if self.state != self._settled:
            self.preview(self.lab.finished(self.state))
            self.settle()
        self._is_step_new = False
        self.preview(self.lab.finished(self.state))

    def act(self, made: Callable[[Any], Any]) -> None:
        """A whole gesture at once, after what is going on has been ended: one undo step, a run's end included."""
        self.begin()
        self.preview(made(self.state))
        self.settle()

    def set(self, state: Any) -> None:
        """A whole gesture at once."""
        self.settle()
        self._is_step_new = False
        self.preview(state)
        self.settle()

    def cancel(self) -> None:
        """End the gesture and go back to where it began, as it was looked at then."""
        left, self._left = self._left, {}
        self.preview(self._settled)
        self.look(self.view.with_ranges(left))

    def undo(self) -> None:
        """Back by one step; an unfinished gesture is ended first."""
        self.settle()
        self._step(self._undo, self._redo, self.lab.undone)

    def redo(self) -> None:
        """Forward again by one step; an unfinished gesture is ended first, and leaves nothing to redo."""
        self.settle()
        self._step(self._redo, self._undo, self.lab.redone)

    def _step(self, source: list[Step], target: list[Step], brought: Callable[[Any, Any], Any]) -> None:
        if source:
            step = source.pop()
            ranges = self.view.ranges
            target.append(Step(self.state, step.label, {name: ranges[name] for name in step.ranges}))
            self._is_step_new = False
            self.state = self._settled = brought(self.state, step.state)
            self._follow()
            if not self.stays:
                self.view = self.view.with_ranges(step.ranges)
            self._tell()

    @property
    def undo_label(self) -> str | None:
        """What undo would take back; None when there is nothing."""
        if self.state != self._settled:
            return self.lab.changed(self._settled, self.state)
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        """What redo would bring back."""
        return self._redo[-1].label if self._redo else None

    def look(self, view: View) -> None:
        """Look at the same state in another way."""
        if view != self.view:
            self.view = view
            self._tell()

    def look_with_step(self, view: View) -> None:
        """Look in another way as a part of the newest step: its undo brings back where the panes looked before.

        Where no step has brought the present state it is only another way to look.
        """
        self._note(view)
        self.look(view)

    def _note(self, view: View) -> None:
        """Keep where panes look that another view will move, with the gesture that goes on or the newest step."""
        left = self.view.ranges_left(view)
        if self.is_moving:
            self._left = {**left, **self._left}
        elif self._is_step_new:
            step = self._undo[-1]
            self._undo[-1] = replace(step, ranges={**left, **step.ranges})

    @property
    def before(self) -> Any:
        """The state that the newest step has replaced; None where no step has brought the present one."""
        return self._undo[-1].state if self._is_step_new else None

    def stay(self, is_on: bool) -> None:
        """Panes that follow the state stay where they are, as while the picture is frozen; or they go after it."""
        self.stays = is_on
        self._tell()

    def _follow(self) -> None:
        """Take the panes that follow the state where it asks for, once it asks for something else than before."""
        boxes = {plane.name: plane.follows(self.state) for plane in planes(self.lab.layout) if plane.follows}
        if boxes and not (self.is_held or self.stays) and boxes != self._followed:
            self._followed = boxes
            followed = self.view.with_ranges(boxes)
            self._note(followed)
            self.view = followed

    def _tell(self) -> None:
        self._follow()
        for listener in self._listeners:
            listener()
