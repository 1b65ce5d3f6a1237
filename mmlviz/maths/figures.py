"""Outlines that a matrix can move: the unit square, the unit circle, a letter F and a bear.

The letter and the bear are alike in no mirror, so that a matrix with a negative determinant can be seen at work.
All of them lie within [−2, 2]². The bear is drawn for this program.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from mmlviz.maths.matrix2 import Array

AROUND = 180  # pieces of a circle: a thousand pixels wide it strays by a tenth of one
BETWEEN = 4  # pieces from knot to knot of a smooth outline


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """Lines through points (n, 2), read-only; one that ends where it began is closed.

    `areas` are closed, and filled together: what lies in an even number of them is a hole. `ink` is drawn over them,
    darker: closed lines as spots, open ones as strokes.
    """

    areas: tuple[Array, ...]
    ink: tuple[Array, ...] = ()

    @property
    def points(self) -> Array:
        """All points (n, 2) of the figure, for boxes around it."""
        return np.concatenate([*self.areas, *self.ink, np.empty((0, 2))])


def moved(figure: Figure, A: Array, origin: Array | None = None) -> Figure:
    """The figure under x ↦ origin + A (x − origin), A (2, 2); the origin (2,) is 0 if none is given."""
    foot = np.zeros(2) if origin is None else origin
    areas, ink = (tuple(_kept((part - foot) @ A.T + foot) for part in parts) for parts in (figure.areas, figure.ink))
    return Figure(areas, ink)


def polygon(corners: Sequence[Sequence[float]] | Array) -> Figure:
    """The polygon with these corners (n, 2) in their order; no figure at all without corners."""
    points = np.array(corners, dtype=float).reshape(-1, 2)
    return Figure((_closed(points),) if len(points) else ())


@cache
def square() -> Figure:
    """The unit square: its sides are î and ĵ, its area is 1."""
    return polygon([(0, 0), (1, 0), (1, 1), (0, 1)])


@cache
def circle() -> Figure:
    """The unit circle about 0, as a polygon."""
    return Figure((_closed(_arc((0, 0), 1, 1, 0, 360, AROUND)[:-1]),))


@cache
def glyph() -> Figure:
    """A letter F that stands on the origin, 5/4 wide and 2 high."""
    right = [(0, 0), (0.4, 0), (0.4, 0.8), (1, 0.8), (1, 1.2), (0.4, 1.2), (0.4, 1.6), (1.25, 1.6)]
    return polygon([*right, (1.25, 2), (0, 2)])


@cache
def bear() -> Figure:
    """A bear that stands and waves a paw, the one on the right as one looks at it."""
    ears = [_disc((x, 1.52), 0.13, 0.13) for x in (-0.54, 0.54)]
    light = [*ears, _disc((0, 0.74), 0.31, 0.23), _disc((0, -0.74), 0.55, 0.62)]
    eyes = [_disc((x, 1.07), 0.075, 0.09) for x in (-0.29, 0.29)]
    toes = [_disc(at, 0.05, 0.055) for at in ((1.28, 1.11), (1.45, 1.17), (1.62, 1.11))]
    sole = _disc((1.45, 0.93), 0.13, 0.1)
    mouth = [_arc((x, 0.71), 0.09, 0.09, 180, 360, 12) for x in (-0.09, 0.09)]
    return Figure(
        (_closed(_smooth(_around_the_bear())), *light),
        (*eyes, _disc((0, 0.83), 0.115, 0.08), _kept(np.concatenate(mouth)), sole, *toes),
    )


def _around_the_bear() -> Array:
    """Knots (n, 2) anticlockwise, from the right of its neck: a face, ears, paws and feet that are arcs."""
    left = [(-0.7, 0.34), (-0.96, 0.14), (-1.18, -0.08), (-1.36, -0.3)]
    under_left = [
        (-1.02, -0.42),
        (-0.88, -0.24),
        (-0.8, -0.22),
        (-0.84, -0.45),
        (-0.9, -0.8),
        (-0.94, -1.08),
        (-0.96, -1.32),
    ]
    between_the_feet = [(-0.08, -1.5), (0.08, -1.5)]
    right = [(0.96, -1.32), (0.94, -1.08), (0.9, -0.8), (0.84, -0.45), (0.79, -0.12), (0.86, 0.0)]
    under_right = [(1.08, 0.08), (1.34, 0.24), (1.56, 0.48), (1.7, 0.74)]
    over_right = [(1.12, 0.68), (0.96, 0.5), (0.74, 0.41)]
    parts = [
        _arc((0, 0.95), 0.74, 0.64, -48, 24, 5),
        _arc((0.54, 1.5), 0.27, 0.27, -38, 158, 6),
        _arc((0, 0.95), 0.74, 0.64, 74, 106, 3),
        _arc((-0.54, 1.5), 0.27, 0.27, 22, 218, 6),
        _arc((0, 0.95), 0.74, 0.64, 156, 228, 5),
        left,
        _arc((-1.25, -0.56), 0.22, 0.22, 170, 350, 5),
        under_left,
        _arc((-0.54, -1.64), 0.43, 0.3, 165, 372, 7),
        between_the_feet,
        _arc((0.54, -1.64), 0.43, 0.3, 168, 375, 7),
        right,
        under_right,
        _arc((1.45, 1.02), 0.31, 0.31, -20, 210, 7),
        over_right,
    ]
    return np.concatenate([np.asarray(part, dtype=float) for part in parts])


def _arc(centre: tuple[float, float], across: float, up: float, start: float, end: float, pieces: int) -> Array:
    """Points (pieces + 1, 2) of an ellipse with these half axes, between two angles in degrees."""
    angle = np.radians(np.linspace(start, end, pieces + 1))
    return np.array(centre) + np.stack([across * np.cos(angle), up * np.sin(angle)], axis=1)


def _disc(centre: tuple[float, float], across: float, up: float) -> Array:
    pieces = 24 if across < 0.2 else 48
    return _closed(_arc(centre, across, up, 0, 360, pieces)[:-1])


def _smooth(knots: Array) -> Array:
    """A closed smooth line through knots (n, 2), as n · BETWEEN points (E. Catmull and R. Rom, 1974)."""
    before, after, beyond = (np.roll(knots, -k, axis=0)[:, None] for k in (-1, 1, 2))
    here = knots[:, None]
    t = (np.arange(BETWEEN) / BETWEEN)[:, None]
    bends = 2 * before - 5 * here + 4 * after - beyond
    twist = -before + 3 * here - 3 * after + beyond
    return (here + ((after - before) * t + bends * t**2 + twist * t**3) / 2).reshape(-1, 2)


def _closed(points: Array) -> Array:
    return _kept(np.concatenate([points, points[:1]]))


def _kept(points: Array) -> Array:
    points.flags.writeable = False
    return points
