"""From the coordinates of a pane to its pixels."""

from dataclasses import dataclass

import numpy as np

from mmlviz.core.view import PaneView
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array


@dataclass(frozen=True, slots=True)
class Pixels:
    """The map of one pane: x to the right, y down."""

    box: Box
    per_pixel: tuple[float, float]
    width: float
    height: float

    @classmethod
    def of(cls, pane: PaneView) -> "Pixels":
        """The map of a pane as it is seen."""
        return cls(pane.box, pane.per_pixel, pane.width, pane.height)

    def to(self, points: Array) -> Array:
        """Pixels (n, 2) of points (n, 2)."""
        out = np.empty((len(points), 2))
        out[:, 0] = (points[:, 0] - self.box[0]) / self.per_pixel[0]
        out[:, 1] = (self.box[3] - points[:, 1]) / self.per_pixel[1]
        return out

    def at(self, xy: Array | tuple[float, float]) -> tuple[float, float]:
        """The pixel of one point."""
        return (float(xy[0]) - self.box[0]) / self.per_pixel[0], (self.box[3] - float(xy[1])) / self.per_pixel[1]

    def back(self, x: float, y: float) -> tuple[float, float]:
        """The point under a pixel."""
        return self.box[0] + x * self.per_pixel[0], self.box[3] - y * self.per_pixel[1]

    @property
    def frame(self) -> Box:
        """The pane in pixels, a little larger, so that what is cut off ends out of sight."""
        return -40.0, self.width + 40.0, -40.0, self.height + 40.0
