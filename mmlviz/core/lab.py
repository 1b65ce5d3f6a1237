"""What a lab is: one declaration that window, command line, links, undo and tests all read."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from mmlviz.core.controls import Buttons, Click, Group, Handle, Handle3, Play, Preset
from mmlviz.core.fields import Field
from mmlviz.core.formula import Node
from mmlviz.core.layout import Layout
from mmlviz.core.lazy import Lazy
from mmlviz.core.marks import Mark, Scene
from mmlviz.core.options import Formula
from mmlviz.core.view import View
from mmlviz.maths.lattice import Box
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import Number, Problem

Step = Callable[[dict[str, str]], dict[str, str]]


class Model(Protocol):
    """A module of models/: its State, and compute(state) → Result."""

    @property
    def State(self) -> Callable[..., Any]: ...  # the class

    @property
    def compute(self) -> Callable[[Any], Any]: ...


def never(state: Any, result: Any) -> bool:
    """What holds in no state."""
    return False


@dataclass(frozen=True, slots=True)
class Value:
    """A named value: its meaning, its JSON type, and the words it can take.

    One that is secret in a state is not copied from the window; the command line tells it.
    """

    name: str
    meaning: str
    type: str
    words: tuple[str, ...] = ()
    is_secret: Callable[[Any, Any], bool] = never


class Later(Mapping[str, Any]):
    """Values by name that are worked out when they are first asked for: no frame of the window needs them."""

    def __init__(self, made: Callable[[], dict[str, Any]]) -> None:
        self._made = made
        self._values: dict[str, Any] | None = None

    @property
    def values_now(self) -> dict[str, Any]:
        """All of them."""
        if self._values is None:
            self._values = self._made()
        return self._values

    def __getitem__(self, name: str) -> Any:
        return self.values_now[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_now)

    def __len__(self) -> int:
        return len(self.values_now)


class Formulas(Lazy[Node]):
    """Formulas that are made when they are asked for: while something is dragged most frames typeset none."""

    def __init__(self, *made: Callable[[], Node]) -> None:
        super().__init__(len(made), lambda k: made[k]())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a state says: formulas (the first is the live one), values by name, a sentence, warnings.

    readout: name → text for the strip, in order.
    """

    formulas: Sequence[Node]
    values: Mapping[str, Any]
    sentence: str
    readout: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slow:
    """Work that takes longer than a frame, which the model keeps in a cache of its own.

    The window has `work` done by a worker for every new `key`, and goes on showing the last picture until
    then; without a window `compute` does the same work in its place.
    """

    key: Callable[[Any], Hashable]
    work: Callable[[Any], object]


@dataclass(frozen=True, slots=True, eq=False)
class Hint:
    """What is under the pointer: a text, a small picture of numbers from 0 to 1, (rows, columns), and what lights up.

    marks take the place of others with their keys as long as the pointer is there. The same object says that nothing
    has changed.
    """

    text: str
    picture: Array | None = None
    marks: tuple[Mark, ...] = ()


def nowhere(state: Any, result: Any, pane: str, xy: tuple[float, float]) -> None:
    """The hover of a lab that says nothing."""


def as_it_was(current: Any, target: Any) -> Any:
    """Undo and redo as everybody knows them: the very state that was."""
    return target


@dataclass(frozen=True, slots=True)
class Lab:
    """A lab, as its author declares it."""

    id: str
    title: str
    model: Model
    layout: Layout
    fields: tuple[Field, ...]
    groups: tuple[Group, ...]
    handles: tuple[Handle, ...]
    values: tuple[Value, ...]
    presets: tuple[Preset, ...]
    tries: str
    draw: Callable[[Any, Any, View], Scene]
    tell: Callable[[Any, Any], Reading]
    recipe: Callable[[Any], str]
    hover: Callable[[Any, Any, str, tuple[float, float]], str | Hint | None] = nowhere
    fit: Callable[[Any, Any, str], Box] | None = None  # the box that holds what matters in a pane
    clicks: tuple[Click, ...] = ()
    handles3: tuple[Handle3, ...] = ()  # in spaces
    slow: Slow | None = None
    hasty: Callable[[Any], Any] | None = None  # state → what compute makes of it, sooner and less sharp: while dragged
    undone: Callable[[Any, Any], Any] = as_it_was  # (current, earlier) → the state that undo brings
    redone: Callable[[Any, Any], Any] = as_it_was  # (current, later) → the state that redo brings
    help: str = ""
    steps: tuple[Step, ...] = ()  # each makes of the fields of one version, as text, those of the next
    # (state, the fields that were given) → the state with the others made to fit them, or why what was given does not
    completed: Callable[[Any, frozenset[str]], Any | Problem] | None = None
    tries_in: Callable[[Any], str] | None = None  # state → what to try there, where that is not always the same

    @property
    def version(self) -> int:
        """Of its fields, in links and files: one more with each step."""
        return 1 + len(self.steps)

    @property
    def opening(self) -> Any:
        """The state that the lab opens in."""
        return self.model.State()

    def complete(self, state: Any, given: Iterable[str]) -> Any | Problem:
        """The state with all other fields made to fit those that were given; a Problem where these do not fit."""
        return self.completed(state, frozenset(given)) if self.completed else state

    def to_try(self, state: Any) -> str:
        """What to try in a state."""
        return self.tries_in(state) if self.tries_in else self.tries

    def subject(self, state: Any) -> tuple[str, ...]:
        """What all that is shown is about: the formulas of a state. With another one everything is new."""
        return tuple(getattr(state, each.name) for each in self.fields if isinstance(each, Formula))

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if there is none."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)

    def offered(self, state: Any) -> tuple[Field, ...]:
        """The fields that a control shows in this state: what is pasted must not go where nobody sees it."""
        shown = [c for group in self.groups if group.shown(state) for c in group.controls if c.shown(state)]
        names = {c.field for c in shown if not isinstance(c, Buttons)}
        return tuple(f for f in self.fields if f.name in names)

    def finished(self, state: Any) -> Any:
        """The state with everything that plays at its end, save what stays where it is."""
        plays = [c for group in self.groups for c in group.controls if isinstance(c, Play) and not c.stays]
        ends = {p.field: Number.significant(p.high) for p in plays if getattr(state, p.field) != p.high}
        return replace(state, **ends) if ends else state

    def allows(self, state: Any) -> bool:
        """Whether every number is within the limits of its field, as a hand may not know."""
        return all(f.allows(getattr(state, f.name)) for f in self.fields)

    def changed(self, old: Any, new: Any) -> str:
        """What differs between two states, in words, for the undo menu."""
        names = [f.label for f in self.fields if getattr(old, f.name) != getattr(new, f.name)]
        return ", ".join(names)
