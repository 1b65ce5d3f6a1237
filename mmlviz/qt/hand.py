"""The hand: what a drag or an arrow key does to a handle, whichever device it comes from."""

from collections.abc import Sequence
from math import floor, hypot, log10

from mmlviz.core.controls import XY, Handle
from mmlviz.core.store import Store
from mmlviz.core.view import PaneView
from mmlviz.maths.number import Number
from mmlviz.qt.items.pixels import Pixels

FARTHEST = 1e6  # where a tip can be dragged to
REACH = 14  # pixels from a tip within which it is caught


class Hand:
    """Holds at most one handle of a tab; every move is a preview, letting go settles."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.held: Handle | None = None
        self._offset = (0.0, 0.0)  # from the pointer to the handle, in pixels

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
        pixels, best, closest = Pixels.of(view), None, REACH * view.scale * (1.75 if view.scale > 1 else 1)
        for handle in self._on(pane):
            px, py = pixels.at(self.at(handle))
            distance = hypot(px - x, py - y)
            if distance < closest - (2 if best else 0):
                best, closest = handle, distance
        return best

    def _on(self, pane: str) -> Sequence[Handle]:
        shown = self.store.shown
        return [h for h in self.store.lab.handles if h.pane == pane and h.shown(*shown)]

    def grab(self, handle: Handle, x: float, y: float) -> None:
        """Catch a handle at a pixel; it will follow from there without a jump.

        A run is finished first; a handle that this carries away from the pointer is not caught.
        """
        self.store.begin()
        px, py = Pixels.of(self.store.view[handle.pane]).at(self.at(handle))
        if hypot(px - x, py - y) > 3 * REACH:
            self.store.settle()
            return
        self._offset = (px - x, py - y)
        self.held = handle
        self.store.is_held = True

    def move(self, x: float, y: float) -> None:
        """The pointer is at this pixel now."""
        if self.held is not None:
            pane = self.store.view[self.held.pane]
            self._put(self.held, Pixels.of(pane).back(x + self._offset[0], y + self._offset[1]), finest_steps(pane))

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
        xy = _clamped(xy)
        if is_snapping and store.view.has_snap:
            if handle.snapped is not None:
                pulled = handle.snapped(*store.shown, xy, store.view[handle.pane])
                if pulled != xy:
                    exact = Number.significant(pulled[0], 9), Number.significant(pulled[1], 9)
                    self._show(handle.moved(store.state, exact))
                    return
            xy, steps = (round(2 * xy[0]) / 2, round(2 * xy[1]) / 2), (0.5, 0.5)
        self._show(handle.moved(store.state, rounded(xy, steps)))

    def _show(self, state: object) -> None:
        if self.store.lab.allows(state):
            self.store.preview(state)


def finest_steps(pane: PaneView) -> XY:
    """Along x and y, the power of ten that a pixel can tell apart: 0.01 when a unit is 120 pixels."""
    u, v = pane.per_pixel
    return 10.0 ** floor(log10(2 * u)), 10.0 ** floor(log10(2 * v))


def key_steps(pane: PaneView) -> XY:
    """How far an arrow key moves along x and y: 0.1 when a unit is 120 pixels."""
    along, up = finest_steps(pane)
    return 10 * along, 10 * up


def rounded(xy: XY, steps: XY) -> tuple[Number, Number]:
    """The two coordinates with no more digits than the steps have; one that was typed stays as it is."""
    x, y = (v if isinstance(v, Number) else Number.rounded(v, step) for v, step in zip(xy, steps))
    return x, y


def _clamped(xy: XY) -> XY:
    return min(max(xy[0], -FARTHEST), FARTHEST), min(max(xy[1], -FARTHEST), FARTHEST)
