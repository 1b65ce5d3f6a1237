"""Marks: a picture as plain data. Each has a stable key and a colour role, never a colour.

Coordinates are those of the pane, arrays (n, 2), finite except nan as a break in a Curve.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.lattice import Box
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
class Outline(Mark):
    """Lines through points (n, 2), of any shape; one that ends where it began is closed.

    The closed ones are filled together: what lies in an even number of them is a hole. share is how strong the
    colour of the area is, from 0 (none) to 1.
    """

    parts: tuple[Array, ...]
    share: float = 0.3
    width: Width = "line"


@dataclass(frozen=True, slots=True, eq=False)
class Points(Mark):
    """Round dots, filled or hollow."""

    at: Array
    is_hollow: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Label(Mark):
    """Text beside a point, on the side that `away` points to; it stays inside the pane and off other labels.

    A centred one stands on an area of its role, unless it is_bare. One that is_answer is left out where values are
    hidden, whatever it looks like.
    """

    at: Array
    text: str
    away: tuple[float, float] = (1.0, 1.0)
    is_centred: bool = False
    is_bare: bool = False
    is_answer: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Ticks(Mark):
    """The numbers along the axes: positions (n,) and texts, along x below the axis or y left of it.

    `across` is where the axis lies, on the other one.
    """

    axis: Literal["x", "y"]
    positions: Array
    texts: tuple[str, ...]
    across: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Dots(Mark):
    """Very many small dots, up to tens of thousands; `groups` (n,), if given, numbers their colours 0 to 9."""

    at: Array
    groups: NDArray[np.uint8] | None = None
    size: int = 3  # pixels at a desk


@dataclass(frozen=True, slots=True, eq=False)
class Arrows(Mark):
    """Many arrows at once, from tails (n, 2) to tips (n, 2), with heads of their length or shorter."""

    tips: Array
    tails: Array


@dataclass(frozen=True, slots=True, eq=False)
class Texts(Mark):
    """Short texts beside points (n, 2), up and to the right of each; unlike labels they do not avoid each other."""

    at: Array
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Bars(Mark):
    """Upright bars from 0 to their heights (n,), centred at x (n,), so many units wide."""

    x: Array
    heights: Array
    breadth: float = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Band(Mark):
    """A strip right across the pane: low < x < high, or low < y < high."""

    axis: Literal["x", "y"]
    low: float
    high: float
    is_hatched: bool = False


Ramp = Literal["depth", "ink", "signed"]


@dataclass(frozen=True, slots=True, eq=False)
class Image(Mark):
    """Numbers (rows, columns) as colours, row 0 at the bottom, over the box; low and high are the ends of the ramp.

    Where a number is nan there is nothing to see but what lies below.

    The ramps: depth, from low to high, is perceptually uniform; ink runs from the background to the text;
    signed from the role negative over the background to the role positive.
    """

    values: Array
    box: Box
    low: float
    high: float
    ramp: Ramp = "depth"
    is_smooth: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Picture(Mark):
    """A picture over its box, moved by x ↦ origin + A (x − origin), in a thin frame of its role's colour.

    pixels (h, w, 3) are red, green and blue, (h, w, 4) also how opaque it is, row 0 at the top. The same array in
    every frame: what is made of it is kept as long as the array itself. Where A leaves no area, it is a line or a dot.
    is_smooth takes some milliseconds: not while something is dragged.
    """

    pixels: NDArray[np.uint8]
    box: Box  # where it lies unmoved
    matrix: Array
    origin: Array
    is_smooth: bool = True


# In a space: coordinates are those of its box, arrays (n, 3) ---------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Box3(Mark):
    """The box of a space, from its low corner (3,) to its high one, with its far walls, ticks and names.

    Each axis has its own scale: the box looks the same whatever its numbers. A space has exactly one.
    """

    low: Array
    high: Array
    names: tuple[str, str, str] = ("x", "y", "z")


@dataclass(frozen=True, slots=True, eq=False)
class Surface(Mark):
    """z (m, n) over x (n,) and y (m,) as small faces, shaded by their slope; a face with a nan corner is a hole.

    A ramp, if given, colours the faces by z: depth over the box's height, signed evenly about 0. share is how
    opaque they are, from 0 to 1.
    """

    x: Array
    y: Array
    z: Array
    ramp: Literal["depth", "signed"] | None = None
    is_mesh: bool = True
    share: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Curve3(Mark):
    """A line through points (n, 3); nan breaks it."""

    points: Array
    width: Width = "line"


@dataclass(frozen=True, slots=True, eq=False)
class Segments3(Mark):
    """Straight pieces (2n, 3): points 0-1, 2-3, 4-5, …"""

    ends: Array
    width: Width = "line"


@dataclass(frozen=True, slots=True, eq=False)
class Points3(Mark):
    """Round dots at points (n, 3), filled or hollow."""

    at: Array
    is_hollow: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Arrow3(Mark):
    """An arrow with its head at the tip (3,)."""

    tip: Array
    tail: Array


@dataclass(frozen=True, slots=True, eq=False)
class Label3(Mark):
    """Text beside a point (3,), on the side of the screen that `away` points to; written last, as labels are."""

    at: Array
    text: str
    away: tuple[float, float] = (1.0, 1.0)
    is_centred: bool = False
    is_answer: bool = False  # as that of a Label


@dataclass(frozen=True, slots=True, eq=False)
class Polygon3(Mark):
    """A filled convex flat polygon (n, 3) with its edge; share is how opaque it is. Hatched as a Polygon."""

    corners: Array
    share: float = 0.4
    is_hatched: bool = False


Scene = Mapping[str, tuple[Mark, ...]]  # by pane


class Drawn(Mapping[str, tuple[Mark, ...]]):
    """A scene whose panes are drawn when they are asked for: one that is not seen in a frame costs nothing."""

    def __init__(self, made: Mapping[str, Callable[[], tuple[Mark, ...]]]) -> None:
        self._made = made
        self._marks: dict[str, tuple[Mark, ...]] = {}

    def __getitem__(self, pane: str) -> tuple[Mark, ...]:
        if pane not in self._marks:
            self._marks[pane] = self._made[pane]()
        return self._marks[pane]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def kept(*marks: Mark) -> tuple[Mark, ...]:
    """The marks for a cache: from now on their numbers can only be read."""
    for mark in marks:
        for field in fields(mark):
            value = getattr(mark, field.name)
            for array in value if isinstance(value, tuple) else (value,):
                if isinstance(array, np.ndarray):
                    array.flags.writeable = False
    return marks
