"""The sandpit: dips into a landscape that nobody sees, and walks down it."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from mmlviz.maths.descent import Run, is_found, is_stuck, run
from mmlviz.maths.landscape import Landscape, landscape
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import Number

DIPS = 25  # that a game has; the next one ends it
WARNED = 22  # dips from which on the player is warned
MOST = 200  # dips that are kept, the ones after a game included
ARROWS = {"intro": 0.2, "minima": 0.1}  # metres of arrow for a slope of 1, in the course's labs; elsewhere 0.3

Point = tuple[Number, Number]


@dataclass(frozen=True, slots=True)
class State:
    """A pit, a game in it, and a walk for when the game is over."""

    pit: str = "intro"
    seed: str = "otter"
    mode: str = "gradient"  # gradient, depth, practice
    dips: tuple[Point, ...] = ()  # metres
    taken_back: Number = Number("0")  # dips that were undone: they stay paid for
    strategy: str = "descent"
    rate: Number = Number("0.2")
    start: Point = (Number("3"), Number("3"))  # of the walk, metres


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The pit, what the dips found, and the walk."""

    pit: Landscape
    dips: Array  # (n, 2)
    fields: Array  # (6, n): F, Fx, Fy, Fxx, Fxy, Fyy at the dips
    found: int | None  # the number of the dip that found the phone, from 1
    is_stuck: bool  # the last dip is at a local minimum without a phone
    spent: int  # dips paid for
    is_lost: bool
    run: Run
    arrow: float  # metres of arrow for a slope of 1
    at: tuple[float, ...]  # F, Fx, Fy, Fxx, Fxy, Fyy at the last dip, or at the start where there is none

    @property
    def dips_left(self) -> int:
        """How many dips the player may still make."""
        return max(DIPS - self.spent, 0)


def compute(state: State) -> Result:
    """Everything about a state; the pit and the walk are kept for the next one."""
    pit = landscape(state.pit, state.seed)
    dips = np.array(state.dips, dtype=float).reshape(-1, 2)
    last = _pair(state.dips[-1] if state.dips else state.start)
    spent = paid(state)
    found = _found(pit, state)
    return Result(
        pit=pit,
        dips=dips,
        fields=pit.points(dips) if len(dips) else np.empty((6, 0)),
        found=found,
        is_stuck=bool(state.dips) and is_stuck(pit, last),
        spent=spent,
        is_lost=found is None and spent > DIPS,
        run=_walk(
            state.pit, state.seed, state.strategy, (float(state.start[0]), float(state.start[1])), float(state.rate)
        ),
        arrow=ARROWS.get(state.pit, 0.3),
        at=pit.at(*last),
    )


def _pair(point: Point) -> tuple[float, float]:
    return float(point[0]), float(point[1])


@lru_cache(maxsize=2)
def _walk(kind: str, seed: str, strategy: str, start: tuple[float, float], rate: float) -> Run:
    return run(landscape(kind, seed), strategy, start, rate)


def _found(pit: Landscape, state: State) -> int | None:
    """The first dip within reach of the phone, if it was still the player's to make."""
    within = state.dips[: max(DIPS - int(state.taken_back), 0)]
    return next((k for k, dip in enumerate(within, 1) if is_found(pit, _pair(dip))), None)


def paid(state: State) -> int:
    """How many dips a game has cost so far."""
    return len(state.dips) + int(state.taken_back)


def is_over(state: State, result: Result | None = None) -> bool:
    """Whether the pit may be seen: the phone is found, the dips are used up, or it is practice."""
    if state.mode == "practice" or paid(state) > DIPS:
        return True
    return (result.found if result else _found(landscape(state.pit, state.seed), state)) is not None


def dipped(state: State, at: Point) -> State:
    """One more dip; when the pit may be seen the walk starts from there, or from an old dip that was meant."""
    if is_over(state):
        near = min(state.dips, key=lambda dip: _distance(dip, at), default=None)
        if near is not None and _distance(near, at) <= 0.12:
            return replace(state, start=near)
        state = replace(state, start=at)
    is_same = bool(state.dips) and state.dips[-1] == at  # the second click of two tells nothing new
    return state if is_same or len(state.dips) >= MOST else replace(state, dips=(*state.dips, at))


def _distance(one: Point, other: Point) -> float:
    return float(np.hypot(one[0] - other[0], one[1] - other[1]))


def again(state: State) -> State:
    """The same pit, a new game."""
    mode = "gradient" if state.mode == "practice" else state.mode
    return replace(state, dips=(), taken_back=Number("0"), mode=mode)


def undone(current: Any, target: Any) -> Any:
    """Undo and redo within a game: what a dip has cost stays paid, unless the target has found the phone."""
    if not _is_same_game(current, target) or _found(landscape(target.pit, target.seed), target):
        return target
    owed = min(paid(current) - len(target.dips), MOST)
    return replace(target, taken_back=Number(str(owed))) if owed > target.taken_back else target


def _is_same_game(current: Any, target: Any) -> bool:
    """Whether two states one step apart differ by a dip, or have the same dips; `again` begins anew."""
    if (current.pit, current.seed) != (target.pit, target.seed):
        return False
    if current.dips == target.dips:
        return bool(replace(current, taken_back=target.taken_back) != target)
    fewer, more = sorted((current.dips, target.dips), key=len)
    return bool(fewer == more[:-1])
