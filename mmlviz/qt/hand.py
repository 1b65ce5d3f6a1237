"""The hand: what a drag or an arrow key does to a handle, whichever device it comes from."""

from collections.abc import Callable, Sequence
from math import floor, hypot, log10
from typing import TypeVar

import numpy as np

from mmlviz.core.controls import XY, Handle, Handle3
from mmlviz.core.store import Store
from mmlviz.core.view import PaneView
from mmlviz.maths.number import Number
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.projection import Projection

FARTHEST = 1e9  # where a tip can be dragged to, if its field allows it
Held = TypeVar("Held", Handle, Handle3)
REACH = 14  # pixels from a tip within which it is caught


class Hand:
    """Holds at most one handle of a tab; every move is a preview, letting go settles."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.held: Handle | Handle3 | None = None
        self._follow: Callable[[float, float], None] = lambda x, y: None  # what is held goes after the pointer's pixel

    @property
    def pane(self) -> str:
        """The pane of what is held; empty where nothing is."""
        return self.held.pane if self.held is not None else ""

    def at(self, handle: Handle) -> XY:
        """Where a handle is."""
        return handle.at(*self.store.shown)

    def find(self, pane: str, x: float, y: float) -> Handle | None:
        """The handle within reach of a pixel: the nearest, and of those in one place the first declared."""
        view = self.store.view[pane]
        pixels = Pixels.of(view)
        return _nearest([(handle, pixels.at(self.at(handle))) for handle in self._on(pane)], x, y, view.scale)

    def find_in_space(self, pane: str, x: float, y: float, seen: Projection) -> Handle3 | None:
        """The same of a space as it is seen."""
        shown = self.store.shown
        there = [h for h in self.store.lab.handles3 if h.pane == pane and h.shown(*shown)]
        places = [(handle, self.pixel(handle, seen)) for handle in there]
        return _nearest(places, x, y, self.store.view.spaces[pane].scale)

    def pixel(self, handle: Handle3, seen: Projection) -> XY:
        """Where a handle of a space is on the screen."""
        x, y, _ = seen.to(np.array(handle.at(*self.store.shown))).tolist()
        return x, y

    def _on(self, pane: str) -> Sequence[Handle]:
        shown = self.store.shown
        return [h for h in self.store.lab.handles if h.pane == pane and h.shown(*shown)]

    def grab(self, handle: Handle, x: float, y: float) -> None:
        """Catch a handle at a pixel; it will follow from there without a jump.

        A run is finished first; a handle that this carries away from the pointer is not caught.
        """
        self.store.begin()
        px, py = Pixels.of(self.store.view[handle.pane]).at(self.at(handle))
        right, down = px - x, py - y  # from the pointer to the handle

        def follow(x: float, y: float) -> None:
            pane = self.store.view[handle.pane]
            self._put(handle, Pixels.of(pane).back(x + right, y + down), finest_steps(pane))

        self._hold(handle, hypot(right, down), follow)

    def grab_in_space(self, handle: Handle3, x: float, y: float, seen: Projection) -> None:
        """Catch a handle of a space at a pixel; it will follow in parallel to the screen as it is seen now."""
        self.store.begin()
        px, py = self.pixel(handle, seen)
        start = np.array(handle.at(*self.store.shown))
        steps = finest_in_space(seen)

        def follow(to_x: float, to_y: float) -> None:
            self._put_in_space(handle, seen.shifted(start, to_x - x, to_y - y).tolist(), steps)

        self._hold(handle, hypot(px - x, py - y), follow)

    def _hold(self, handle: Handle | Handle3, away: float, follow: Callable[[float, float], None]) -> None:
        """Hold a handle, unless it is by now too many pixels away from the pointer."""
        if away > 3 * REACH:
            self.store.settle()
            return
        self.held, self._follow = handle, follow
        self.store.is_held = True

    def move(self, x: float, y: float) -> None:
        """The pointer is at this pixel now."""
        if self.held is not None:
            self._follow(x, y)

    def release(self) -> None:
        """Let go: the drag becomes one undo step."""
        if self.held is not None:
            self._let_go()
            self.store.settle()

    def cancel(self) -> None:
        """Let go and put everything back."""
        if self.held is not None:
            self._let_go()
            self.store.cancel()

    def _let_go(self) -> None:
        self.held = None
        self.store.is_held = False

    def nudge(self, handle: Handle, dx: float, dy: float, factor: float) -> None:
        """Move a handle by a tenth of a grid step or so along an axis; the caller settles."""
        pane = self.store.view[handle.pane]
        along, up = (max(step * factor, handle.least) for step in key_steps(pane))
        x, y = self.at(handle)
        moved = (x + dx * along if dx else x, y + dy * up if dy else y)  # the other one stays as typed
        finest = finest_steps(pane)
        self._put(handle, moved, (min(along, finest[0]), min(up, finest[1])), is_snapping=False)

    def _put(self, handle: Handle, xy: XY, steps: XY, is_snapping: bool = True) -> None:
        store = self.store
        xy = _clamped(xy[0]), _clamped(xy[1])
        if is_snapping and store.view.has_snap:
            if handle.snapped is not None:
                pulled = handle.snapped(*store.shown, xy, store.view[handle.pane])
                if pulled != xy:
                    exact = Number.significant(pulled[0], 9), Number.significant(pulled[1], 9)
                    self._show(handle.moved(store.state, exact))
                    return
            xy, steps = (round(2 * xy[0]) / 2, round(2 * xy[1]) / 2), (0.5, 0.5)
        self._show(handle.moved(store.state, rounded(xy, steps)))

    def nudge_in_space(self, handle: Handle3, axis: int, way: float, seen: Projection) -> None:
        """Move a handle of a space along an axis by ten times what a pixel can tell, times way; the caller settles."""
        steps = finest_in_space(seen)
        at = list(handle.at(*self.store.shown))
        at[axis] += 10 * way * steps[axis]
        steps[axis] = min(steps[axis], abs(10 * way * steps[axis]))
        self._put_in_space(handle, at, steps, is_snapping=False)

    def _put_in_space(
        self, handle: Handle3, at: Sequence[float], steps: Sequence[float], is_snapping: bool = True
    ) -> None:
        clamped = list(map(_clamped, at))
        if is_snapping and self.store.view.has_snap:
            clamped, steps = [round(2 * v) / 2 for v in clamped], (0.5,) * 3
        x, y, z = map(rounded_to, clamped, steps)
        self._show(handle.moved(self.store.state, (x, y, z)))

    def _show(self, state: object) -> None:
        if self.store.lab.allows(state):
            self.store.preview(state)


def _nearest(places: Sequence[tuple[Held, XY]], x: float, y: float, scale: float) -> Held | None:
    """Of handles with their pixels the nearest within reach of a pixel, and of those in one place the first."""
    best, closest = None, REACH * scale * (1.75 if scale > 1 else 1)
    for handle, (px, py) in places:
        distance = hypot(px - x, py - y)
        if distance < closest - (2 if best is not None else 0):
            best, closest = handle, distance
    return best


def finest_in_space(seen: Projection) -> list[float]:
    """Along each axis, the power of ten that a pixel can tell apart."""
    return list(map(finest, seen.per_pixel.tolist()))


def finest(per_pixel: float) -> float:
    """The power of ten that a pixel of so many units can tell apart: 0.01 when a unit is 120 pixels."""
    return 10.0 ** floor(log10(2 * per_pixel))


def finest_steps(pane: PaneView) -> XY:
    """Along x and y, the power of ten that a pixel can tell apart."""
    u, v = pane.per_pixel
    return finest(u), finest(v)


def key_steps(pane: PaneView) -> XY:
    """How far an arrow key moves along x and y: 0.1 when a unit is 120 pixels."""
    along, up = finest_steps(pane)
    return 10 * along, 10 * up


def rounded(xy: XY, steps: XY) -> tuple[Number, Number]:
    """The two coordinates with no more digits than the steps have; one that was typed stays as it is."""
    x, y = map(rounded_to, xy, steps)
    return x, y


def rounded_to(x: float, step: float) -> Number:
    """A coordinate with no more digits than the step has; one that was typed stays as it is."""
    return x if isinstance(x, Number) else Number.rounded(x, step)


def _clamped(x: float) -> float:
    """No farther than a hand may go; what was typed stays where it is."""
    return x if isinstance(x, Number) else min(max(float(x), -FARTHEST), FARTHEST)
