"""What an action of the monkey is, and the table of them all."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from mmlviz.shell.window import Window

Given = dict[str, Any]  # plain data: it is written to the log, and done again from there


class Gone(LookupError):
    """What an action is about is not there now."""


@dataclass(frozen=True, slots=True)
class Action:
    """How often it is chosen, how its arguments are drawn (None: not now), and how it is done."""

    weight: int
    draw: Callable[[Random, Window], Given | None]
    do: Callable[..., None]


ACTIONS: dict[str, Action] = {}


def action(weight: int, draw: Callable[[Random, Window], Given | None]) -> Callable[..., Callable[..., None]]:
    """Put a function (window, **given) into the table under its name."""

    def add(do: Callable[..., None]) -> Callable[..., None]:
        ACTIONS[do.__name__] = Action(weight, draw, do)
        return do

    return add


def two_shares(rng: Random, beyond: float = 0.0) -> list[float]:
    """A place on a widget, as shares of its width and height; beyond its edge by as much."""
    return [round(rng.uniform(-beyond, 1 + beyond), 4) for _ in range(2)]
