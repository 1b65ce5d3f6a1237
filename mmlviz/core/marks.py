"""Marks: a picture as plain data. Each has a stable key and a colour role, never a colour.

Coordinates are those of the pane, arrays (n, 2), finite except nan as a break in a Curve.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from mmlviz.maths.matrix2 import Array

Width = Literal["hair", "line", "vector", "glow"]


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """What every mark has: its key, unique in its pane, and its role in the theme."""

    key: str
    role: str


@dataclass(frozen=True, slots=True, eq=False)
class Segments(Mark):
    """Straight pieces: points 0-1, 2-3, 4-5, …"""

    ends: Array
    width: Width = "line"
    is_dashed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Curve(Mark):
    """A line through its points; nan breaks it."""

    points: Array
    width: Width = "line"
    is_dashed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Arrow(Mark):
    """An arrow with its head at the tip."""

    tip: Array
    tail: Array


@dataclass(frozen=True, slots=True, eq=False)
class Polygon(Mark):
    """A filled convex polygon with its edge; hatched where colour alone must not tell."""

    corners: Array
    is_hatched: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Points(Mark):
    """Round dots, filled or hollow."""

    at: Array
    is_hollow: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Label(Mark):
    """Text beside a point, on the side that `away` points to; it stays inside the pane and off other labels."""

    at: Array
    text: str
    away: tuple[float, float] = (1.0, 1.0)
    is_centred: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Ticks(Mark):
    """The numbers along the axes: positions (n,) and texts, along x below the axis or y left of it."""

    axis: Literal["x", "y"]
    positions: Array
    texts: tuple[str, ...]


Scene = dict[str, tuple[Mark, ...]]  # by pane


def arrow(key: str, role: str, tip: Array, tail: Array | None = None) -> Arrow:
    """An arrow from tail (default 0) to tip."""
    return Arrow(key, role, np.asarray(tip, dtype=float), np.zeros(2) if tail is None else tail)
