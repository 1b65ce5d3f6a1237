"""Controls: what a person can take hold of. Each is data; what it does is a pure function on states."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mmlviz.core.view import PaneView
from mmlviz.maths.number import Number

State = Any
Result = Any
XY = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Slider:
    """A row: name, slider from low to high, entry. For one number of a field, found by its index."""

    field: str
    index: tuple[int, ...] = ()
    low: float = -4.0
    high: float = 4.0
    step: float = 0.05
    label: str = ""
    role: str = "text"


@dataclass(frozen=True, slots=True)
class Play:
    """A transport for a field that runs from low to high: play, pause, backwards, scrub."""

    field: str
    low: float = 0.0
    high: float = 1.0
    step: float = 0.01
    seconds: float = 1.5
    ends: tuple[str, str] = ("start", "end")


@dataclass(frozen=True, slots=True)
class Group:
    """Controls under a heading. In projector mode only those in use are kept."""

    title: str
    controls: tuple[Slider | Play, ...]
    is_in_projector: bool = True


@dataclass(frozen=True, slots=True)
class Handle:
    """A point on a pane that can be dragged, and moved with the arrow keys.

    `at` says where it is; `moved` makes the state with it elsewhere, its two coordinates already rounded
    to what the screen can show. `snapped`, if given, says where snapping pulls it (default: to halves).
    """

    key: str
    name: str
    role: str
    at: Callable[[State, Result], XY]
    moved: Callable[[State, tuple[Number, Number]], State]
    pane: str = "plane"
    snapped: Callable[[State, Result, XY, PaneView], XY] | None = None
    said: Callable[[State, Result], str] | None = None  # while it is held: why it does not follow the hand


@dataclass(frozen=True, slots=True)
class Preset:
    """A prepared state with its name in the course."""

    title: str
    link: str
