"""When the panes of a tab are fitted to what a step has brought.

A function that was not there before is a new subject: every pane is fitted to it, unless it sits well where it is
(`PaneView.suits`). What is chosen, opened or pasted otherwise has the panes fitted in which something is out of sight.
A tick has the panes fitted that it brings, and those in which it changes what matters. What a step has moved, its undo
moves back.
"""

from collections.abc import Callable, Mapping

from mmlviz.core.store import Store
from mmlviz.qt.canvas import Canvas
from mmlviz.qt.space import SpaceCanvas


class Fitting:
    """Fits the panes of one tab; where slow work goes on or the picture is frozen, once that is over."""

    def __init__(self, store: Store, canvases: Mapping[str, Canvas | SpaceCanvas]) -> None:
        self._store, self._canvases = store, canvases
        self._later: Callable[[], None] | None = None  # what has to wait
        self._seen_gesture = 0

    def forget(self) -> None:
        """Leave the panes where they are, also when the work that is going on is done."""
        self._seen_gesture, self._later = self._store.gesture, None

    def catch_up(self) -> None:
        """Do what had to wait, once nothing stands in its way."""
        if self._later is not None and not self._is_hindered:
            self._later()

    def rest(self) -> None:
        """The hand may rest now: panes that keep what matters in sight are fitted after every gesture."""
        if self._store.gesture != self._seen_gesture and not self._is_hindered:
            self._seen_gesture = self._store.gesture
            for canvas in self._canvases.values():
                if canvas.keeps_sight:
                    canvas.fit_if_needed()

    def fit(self) -> None:
        """Fit the panes to what has been chosen, opened or pasted; a picture without a past began with the opening."""
        if self._waits(self.fit):
            return
        store = self._store
        before = store.before if store.before is not None else store.lab.opening
        is_new = store.lab.subject(before) != store.lab.subject(store.state)
        for canvas in self._canvases.values():
            canvas.fit_if_needed(is_new)

    def fit_ticked(self) -> None:
        """Fit the panes that a tick has brought, and those in which it has changed what matters."""
        if self._waits(self.fit_ticked):
            return
        before = self._store.before
        if before is None:
            return
        result = self._store.lab.model.compute(before)
        for canvas in self._canvases.values():
            if not canvas.plane.shown(before) or canvas.box_of(before, result) != canvas.box_of(*self._store.shown):
                canvas.fit_if_needed()

    def _waits(self, work: Callable[[], None]) -> bool:
        """Whether something stands in its way; then it is done later."""
        self._later = work if self._is_hindered else None
        return self._later is not None

    @property
    def _is_hindered(self) -> bool:
        return self._store.is_waiting or self._store.stays
