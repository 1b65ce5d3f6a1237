"""How the panes of a tab stand: planes, spaces and tables nested in rows and columns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mmlviz.core.controls import always
from mmlviz.core.table import Table
from mmlviz.core.view import Camera
from mmlviz.maths.lattice import Box


@dataclass(frozen=True, slots=True)
class Plane:
    """A pane with two axes. Locked: one unit is equally long on both.

    Panes with the same linked name share the range of x; those among them that are locked share the whole box,
    so that several maps side by side always show the same place. A logarithmic axis is one whose marks are given as
    log₁₀; `axes.log_frame` draws it.
    """

    name: str
    title: str
    home: Box = (-4.5, 4.5, -3.0, 3.0)
    is_locked: bool = True
    weight: int = 1
    linked: str = ""
    shown: Callable[[Any], bool] = always
    keeps_sight: bool = False  # is fitted when the hand rests and something that matters is out of sight
    follows: Callable[[Any], Box] | None = None  # the box that a state asks for; the Store takes the pane there
    takes_turns: bool = False  # while something is dragged: with the others that do, one of them a frame

    def home_in(self, state: Any) -> Box:
        """Where Home leads in a state: to the box that it asks for, if the pane follows it."""
        return self.home if self.follows is None else self.follows(state)


@dataclass(frozen=True, slots=True)
class Space:
    """A pane with three axes, seen from a camera that a person turns about the middle of a box (marks.Box3)."""

    name: str
    title: str
    home: Camera = Camera()
    weight: int = 1
    shown: Callable[[Any], bool] = always
    takes_turns: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """Parts side by side, or one above the other."""

    parts: tuple["Plane | Space | Table | Split", ...]
    is_column: bool = False
    weight: int = 1


Pane = Plane | Space | Table
Layout = Plane | Space | Table | Split


def panes(layout: Layout) -> Iterator[Pane]:
    """All panes of a layout, the first being the main one."""
    if isinstance(layout, Split):
        for part in layout.parts:
            yield from panes(part)
    else:
        yield layout


def planes(layout: Layout) -> Iterator[Plane]:
    """Those that are planes, in the same order."""
    return (pane for pane in panes(layout) if isinstance(pane, Plane))


def spaces(layout: Layout) -> Iterator[Space]:
    """Those that are spaces, in the same order."""
    return (pane for pane in panes(layout) if isinstance(pane, Space))
