"""What a person looks at: ranges and sizes of the panes. Kept beside the State, not in undo."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mmlviz.maths.lattice import Box

SMALLEST, LARGEST = 1e-6, 1e16  # spans of a pane that can be zoomed to; images of vectors reach 2e15
FARTHEST = 1e9  # from the origin that a pane can be moved, unless it is larger itself
STEEPEST = 89.0  # degrees that a camera looks down or up: straight down, turning would have no meaning
NEAREST, FURTHEST = 5.0, 0.3  # zooms of a camera
DIGITS = 1e-10  # of a coordinate: spans smaller than that could not tell pixels apart
SLACK = 0.1  # of what is seen: so far what matters may reach beyond it, and so small may it be in it
FLAT = 0.25  # of the height below which a curve tells nothing any more
HALF = 0.5  # of what is seen that a new subject takes at least


def is_within_reach(box: Box) -> bool:
    """Whether zooming and moving could have led to this range, give or take a rounding."""
    x0, x1, y0, y1 = box
    spans = x1 - x0, y1 - y0
    farthest = max(map(abs, box))
    least = max(SMALLEST, DIGITS * farthest) / 2
    return least <= min(spans) and max(spans) <= 2 * LARGEST and farthest <= 2 * max(FARTHEST, *spans)


@dataclass(frozen=True, slots=True)
class PaneView:
    """One plane on the screen: the box that must be seen, the size in pixels, and how pixels are shaped."""

    wanted: Box
    width: float = 800.0
    height: float = 600.0
    is_locked: bool = True  # one unit is equally long on both axes
    scale: float = 1.0  # of text and lines: 1.6 in projector mode
    linked: str = ""  # panes of the same name share the range of x, locked ones the whole box

    @property
    def per_pixel(self) -> tuple[float, float]:
        """Units per pixel along x and y."""
        x0, x1, y0, y1 = self.wanted
        across, up = (x1 - x0) / max(self.width, 1), (y1 - y0) / max(self.height, 1)
        return (max(across, up),) * 2 if self.is_locked else (across, up)

    @property
    def box(self) -> Box:
        """The box that is seen: the wanted one, widened to the shape of the pane."""
        x0, x1, y0, y1 = self.wanted
        u, v = self.per_pixel
        w, h = u * self.width / 2, v * self.height / 2
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        return x - w, x + w, y - h, y + h

    def suits(self, box: Box, is_new: bool = False) -> bool:
        """Whether what lies in a box can be seen as the pane is now: all of it, and not too small.

        A tenth of what is seen may be beyond an edge. What is new takes at least half of the pane; what was there
        before may have become as small as a tenth, and a quarter of the height where that has a scale of its own.
        Where the axes share a scale, one of them is enough.
        """
        x0, x1, y0, y1 = box
        left, right, bottom, top = self.box
        across, up = (x1 - x0) / (right - left), (y1 - y0) / (top - bottom)
        out = max((left - x0, x1 - right)) / (right - left), max((bottom - y0, y1 - top)) / (top - bottom)
        if max(out) > SLACK:
            return False
        least = HALF if is_new else SLACK
        if self.is_locked:
            return max(across, up) >= least
        return across >= least and up >= max(least, FLAT)

    def zoomed(self, factor: float, at: tuple[float, float] | None = None) -> "PaneView":
        """Spans multiplied by factor, the point `at` (default: the middle) staying where it is; bounded."""
        x0, x1, y0, y1 = self.wanted
        x, y = at if at is not None else ((x0 + x1) / 2, (y0 + y1) / 2)
        spans = x1 - x0, y1 - y0
        least = max(SMALLEST, DIGITS * max(map(abs, self.wanted)))
        factor = min(max(factor, min(least / min(spans), 1.0)), LARGEST / max(spans))
        return replace(
            self,
            wanted=(
                x + (x0 - x) * factor,
                x + (x1 - x) * factor,
                y + (y0 - y) * factor,
                y + (y1 - y) * factor,
            ),
        )

    def moved(self, dx: float, dy: float) -> "PaneView":
        """Moved by so many units; the centre stays within reach of the origin."""
        x0, x1, y0, y1 = self.wanted
        far = max(FARTHEST, x1 - x0, y1 - y0)
        dx = min(max(dx, -far - x0), far - x1)
        dy = min(max(dy, -far - y0), far - y1)
        return replace(self, wanted=(x0 + dx, x1 + dx, y0 + dy, y1 + dy))


@dataclass(frozen=True, slots=True)
class Camera:
    """From where the box of a space is seen, its middle in the middle of the pane; parallels stay parallel.

    turn: degrees from the x axis towards the y axis at which the viewer stands; tilt: degrees above the floor.
    """

    turn: float = -60.0
    tilt: float = 24.0
    zoom: float = 1.0

    @property
    def is_within_reach(self) -> bool:
        """Whether turning and zooming could have led to it."""
        return -180 <= self.turn <= 180 and abs(self.tilt) <= STEEPEST and FURTHEST <= self.zoom <= NEAREST

    def turned(self, turn: float, tilt: float) -> "Camera":
        """Turned and tilted by so many degrees; the tilt stops before it is upright."""
        around = (self.turn + turn + 180) % 360 - 180
        return replace(self, turn=around, tilt=min(max(self.tilt + tilt, -STEEPEST), STEEPEST))

    def zoomed(self, factor: float) -> "Camera":
        """What is seen becomes larger by 1 / factor, as spans of a plane do; bounded."""
        return replace(self, zoom=min(max(self.zoom / factor, FURTHEST), NEAREST))


@dataclass(frozen=True, slots=True)
class SpaceView:
    """One space on the screen: its camera, the size in pixels, and the scale of text and lines."""

    camera: Camera = Camera()
    width: float = 800.0
    height: float = 600.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class View:
    """All panes of a tab by name, and how it is being used right now."""

    panes: dict[str, PaneView] = field(default_factory=dict)
    has_snap: bool = False
    is_moving: bool = False  # something is being dragged: what is slow to draw may be coarser until it rests

    spaces: dict[str, SpaceView] = field(default_factory=dict)
    rest: Any = None  # the state before the gesture that goes on: what is to stand still goes by it

    def __getitem__(self, pane: str) -> PaneView:
        return self.panes[pane]

    def with_pane(self, name: str, pane: PaneView) -> "View":
        """The view with one pane put in another's place; those linked with it follow along x, locked ones whole."""
        x = pane.wanted[:2]
        followed = {
            other: replace(p, wanted=pane.wanted if pane.is_locked and p.is_locked else (*x, *p.wanted[2:]))
            for other, p in self.panes.items()
            if pane.linked and p.linked == pane.linked and other != name
        }
        return replace(self, panes={**self.panes, **followed, name: pane})

    @property
    def ranges(self) -> dict[str, Box | Camera]:
        """Where each pane looks, by name: the box of a plane, the camera of a space."""
        boxes = {name: pane.wanted for name, pane in self.panes.items()}
        return {**boxes, **{name: space.camera for name, space in self.spaces.items()}}

    def ranges_left(self, after: "View") -> dict[str, Box | Camera]:
        """Where the panes look that look elsewhere in a view after this one, and those that are linked with them."""
        there = after.ranges
        moved = {name for name, where in self.ranges.items() if there[name] != where}
        links = {pane.linked for name, pane in self.panes.items() if name in moved and pane.linked}
        moved |= {name for name, pane in self.panes.items() if pane.linked in links}
        return {name: where for name, where in self.ranges.items() if name in moved}

    def with_ranges(self, ranges: Mapping[str, Box | Camera]) -> "View":
        """The view with some panes looking elsewhere, as `ranges` tells it; the others as they are."""
        panes, spaces = dict(self.panes), dict(self.spaces)
        for name, where in ranges.items():
            if isinstance(where, Camera):
                spaces[name] = replace(spaces[name], camera=where)
            else:
                panes[name] = replace(panes[name], wanted=where)
        return replace(self, panes=panes, spaces=spaces)

    def with_space(self, name: str, space: SpaceView) -> "View":
        """The view with one space put in another's place."""
        return replace(self, spaces={**self.spaces, name: space})

    def scaled(self, scale: float) -> "View":
        """The view with text and lines of this scale in every pane."""
        panes = {name: replace(pane, scale=scale) for name, pane in self.panes.items()}
        return replace(self, panes=panes, spaces={name: replace(s, scale=scale) for name, s in self.spaces.items()})
