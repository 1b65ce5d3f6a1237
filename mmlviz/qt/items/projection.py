"""From the coordinates of a space to the pixels of its pane, and how near they are."""

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np

from mmlviz.core.marks import Box3
from mmlviz.core.view import SpaceView
from mmlviz.maths.matrix2 import Array

SIDES = np.array([1.0, 1.0, 0.75])  # of the box as it is shown: graphs are wider than they are high
BESIDE, ABOVE, BELOW = 96.0, 18.0, 50.0  # pixels at a desk that numbers and names need beside the box, over and below
WIDEST, HIGHEST = 1.42, 1.45  # of the box from any side, in its own units


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """The map of one space: parallel, so that equal lengths along an axis stay equal wherever they are.

    Equal by value, so that what depends on it alone can be kept.
    """

    low: Array  # (3,) the corner of the box that is mapped to −SIDES / 2
    high: Array
    axes: Array  # (3, 3), rows: to the right, up and towards the viewer
    unit: float  # pixels of a side of the box
    width: float
    height: float
    middle: float  # of the box, pixels from the top

    @property
    def _key(self) -> tuple[object, ...]:
        return (
            self.low.tobytes(),
            self.high.tobytes(),
            self.axes.tobytes(),
            self.unit,
            self.width,
            self.height,
            self.middle,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Projection) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @classmethod
    def of(cls, space: SpaceView, box: Box3) -> "Projection":
        """The map of a box in a pane as it is looked at."""
        turn, tilt = radians(space.camera.turn), radians(space.camera.tilt)
        across, above, below = (pixels * space.scale for pixels in (BESIDE, ABOVE, BELOW))
        unit = min(max(space.width - across, 40) / WIDEST, max(space.height - above - below, 40) / HIGHEST)
        middle = (space.height + above - below) / 2
        return cls(box.low, box.high, _axes(turn, tilt), unit * space.camera.zoom, space.width, space.height, middle)

    def placed(self, points: Array) -> Array:
        """Points (..., 3) in the shown box, its middle at 0."""
        spans = self.high - self.low
        inside: Array = ((points - self.low) / np.where(spans > 0, spans, 1.0) - 0.5) * SIDES
        return inside

    def seen(self, placed: Array) -> Array:
        """Pixels and nearness (..., 3) of placed points: x to the right, y down, and the larger, the nearer."""
        out: Array = placed @ self.axes.T
        out[..., 0] = self.width / 2 + self.unit * out[..., 0]
        out[..., 1] = self.middle - self.unit * out[..., 1]
        return out

    def shifted(self, point: Array, right: float, down: float) -> Array:
        """A point (3,) moved in parallel to the screen by so many pixels."""
        way = (right * self.axes[0] - down * self.axes[1]) / self.unit
        found: Array = point + way / SIDES * (self.high - self.low)
        return found

    @property
    def per_pixel(self) -> Array:
        """Units of each axis (3,) that a pixel along it, seen from the side, is worth."""
        found: Array = (self.high - self.low) / SIDES / self.unit
        return found

    def to(self, points: Array) -> Array:
        """The same of points (..., 3) in the space's own coordinates."""
        return self.seen(self.placed(points))


def _axes(turn: float, tilt: float) -> Array:
    """Right, up and towards the viewer, who stands at these angles (radians)."""
    return np.array(
        [
            [-sin(turn), cos(turn), 0.0],
            [-sin(tilt) * cos(turn), -sin(tilt) * sin(turn), cos(tilt)],
            [cos(tilt) * cos(turn), cos(tilt) * sin(turn), sin(tilt)],
        ]
    )
