"""Controls: what a person can take hold of. Each is data; what it does is a pure function on states."""

from collections.abc import Callable
from dataclasses import dataclass
from math import log10
from typing import Any

from mmlviz.core.view import PaneView
from mmlviz.maths.lattice import Box
from mmlviz.maths.number import Number

State = Any
Result = Any
XY = tuple[float, float]
XYZ = tuple[float, float, float]


def always(*_: Any) -> bool:
    """What is shown in every state."""
    return True


@dataclass(frozen=True, slots=True)
class Slider:
    """A row: name, slider from low to high, entry. For one number of a field, found by its index.

    Logarithmic: low and high are positive, and step is in powers of ten. `taken`, if given, makes the state of a
    number, else only the field changes. `named`, if given, makes the label of a state. A slider whose number is not in
    every state is to be shown only where it is, and has a home of its own.
    """

    field: str
    index: tuple[int, ...] = ()
    low: float = -4.0
    high: float = 4.0
    step: float = 0.05
    label: str = ""
    role: str = "text"
    is_log: bool = False
    shown: Callable[[State], bool] = always
    taken: Callable[[State, Number], State] | None = None
    named: Callable[[State], str] | None = None
    home: Number | None = None  # where a double click leads, if not to the opening state's number

    @property
    def steps(self) -> int:
        """How many steps lead from low to high."""
        span = log10(self.high / self.low) if self.is_log else self.high - self.low
        return round(span / self.step)

    def at(self, steps: int) -> Number:
        """The number so many steps above low."""
        if self.is_log:
            return Number.significant(min(max(self.low * 10 ** (steps * self.step), self.low), self.high), 2)
        return Number.rounded(self.low + steps * self.step, self.step)

    def steps_to(self, number: float) -> int:
        """The step nearest to a number; beyond the ends the knob rests at the end."""
        inside = min(max(number, self.low), self.high)
        return round((log10(inside / self.low) if self.is_log else inside - self.low) / self.step)

    def finer(self, number: float, direction: int) -> Number:
        """A number a tenth of a step away."""
        if self.is_log:
            return Number.significant(number * 10 ** (direction * self.step / 10), 3)
        return Number.rounded(number + direction * self.step / 10, self.step / 10)


@dataclass(frozen=True, slots=True)
class Play:
    """A transport for a field that runs from low to high: play, pause, backwards, scrub.

    stays: other gestures leave it where it is, as where it is gone through step by step; else they finish it first.
    """

    field: str
    low: float = 0.0
    high: float = 1.0
    step: float = 0.01
    seconds: float = 1.5
    ends: tuple[str, str] = ("start", "end")
    shown: Callable[[State], bool] = always
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """A list to choose one option of a Choice from; `taken`, if given, makes the state of it."""

    field: str
    label: str = ""
    taken: Callable[[State, str], State] | None = None
    shown: Callable[[State], bool] = always


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick for a Switch."""

    field: str
    label: str = ""
    shown: Callable[[State], bool] = always


@dataclass(frozen=True, slots=True)
class Typed:
    """An entry for a Word or a Formula; `taken`, if given, makes the state of it, else only the field changes."""

    field: str
    label: str = ""
    taken: Callable[[State, str], State] | None = None
    shown: Callable[[State], bool] = always


@dataclass(frozen=True, slots=True)
class Button:
    """A button that makes a state; it is out of use where that would change nothing, or as `usable` says, if given.

    `usable` is True, or why it is out of use, which is told in place of the help. It is asked when the hand rests.
    What it makes is fitted if it is_new, and a run is started where it says so.
    """

    key: str
    title: str
    pressed: Callable[[State], State]
    help: str = ""
    is_primary: bool = False
    shown: Callable[[State], bool] = always
    usable: Callable[[State], bool | str] | None = None
    is_new: bool = False
    starts: bool = False


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons side by side."""

    buttons: tuple[Button, ...]
    shown: Callable[[State], bool] = always


@dataclass(frozen=True, slots=True)
class Strip:
    """Parts of a field in a row, such as the factors of a product, which can be put into another order.

    parts: state → their texts. put: (state, from, to) → the state with a part in another place. taken_out: (state, k) →
    the state without a part. chosen: (state, k) → what pressing a part makes. active: state → the part in progress.
    """

    field: str
    parts: Callable[[State], tuple[str, ...]]
    put: Callable[[State, int, int], State]
    taken_out: Callable[[State, int], State]
    chosen: Callable[[State, int], State]
    active: Callable[[State], int | None]
    help: str = ""
    shown: Callable[[State], bool] = always


@dataclass(frozen=True, slots=True)
class OpenPicture:
    """A button that asks for a picture, for a PictureFile; and one back to the built-in picture."""

    field: str
    shown: Callable[[State], bool] = always


Control = Slider | Play | Choose | Tick | Typed | Buttons | Strip | OpenPicture


@dataclass(frozen=True, slots=True)
class Group:
    """Controls under a heading. In projector mode only those in use are kept."""

    title: str
    controls: tuple[Control, ...]
    is_in_projector: bool = True
    shown: Callable[[State], bool] = always


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
    shown: Callable[[State, Result], bool] = always
    least: float = 0.0  # the shortest way that a key moves it: 1 for whole numbers


@dataclass(frozen=True, slots=True)
class Handle3:
    """A point of a space that can be dragged, in parallel to the screen, and moved along the axes with keys.

    `at`, `moved`, `said` and `shown` as those of a Handle, with three coordinates.
    """

    key: str
    name: str
    role: str
    at: Callable[[State, Result], XYZ]
    moved: Callable[[State, tuple[Number, Number, Number]], State]
    pane: str
    said: Callable[[State, Result], str] | None = None
    shown: Callable[[State, Result], bool] = always


@dataclass(frozen=True, slots=True)
class Click:
    """What a click on a pane does, and Enter at the keyboard's cursor, which Tab reaches."""

    key: str
    name: str  # what is done, for those who hear it: "Dip here"
    clicked: Callable[[State, Result, tuple[Number, Number]], State]
    pane: str = "plane"
    within: Box | None = None  # where it does something; elsewhere a click only lets go
    shown: Callable[[State, Result], bool] = always


@dataclass(frozen=True, slots=True)
class Preset:
    """A prepared state with its name in the course."""

    title: str
    link: str
