"""The sandpit: dips into a landscape that nobody sees, and walks down it."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from mmlviz.maths.contours import contours
from mmlviz.maths.descent import WIN, Run, is_found, run
from mmlviz.maths.landscape import DEEPEST, HIGHEST, SIZE, Landscape, landscape
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import Number

DIPS = 25  # that a game has; the next one ends it
WARNED = 22  # dips from which on the player is warned
MOST = 200  # dips that are kept, the ones after a game included
ARROWS = {"intro": 0.2, "minima": 0.1}  # metres of arrow for a slope of 1, in the course's labs
LONGER = 0.3  # and in the other pits

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
    fields: Array  # (6, n): F, Fx, Fy, Fxx, Fxy, Fyy at the dips
    found: int | None  # the number of the dip that found the phone, from 1
    stuck: str  # "minimum" where the last dip is near one without a phone, "edge" near one of the edge only
    spent: int  # dips paid for
    is_lost: bool
    run: Run
    arrow: float  # metres of arrow for a slope of 1
    at: tuple[float, ...]  # F, Fx, Fy, Fxx, Fxy, Fyy at the last dip, or at the start where there is none
    at_start: tuple[float, ...]  # the same at the start of the walk

    @property
    def dips_left(self) -> int:
        """How many dips the player may still make."""
        return max(DIPS - self.spent, 0)


def compute(state: State) -> Result:
    """Everything about a state; the pit and the walk are kept for the next one."""
    pit = landscape(state.pit, state.seed)
    last = _pair(state.dips[-1] if state.dips else state.start)
    spent = paid(state)
    found = _found(pit, state)
    return Result(
        pit=pit,
        fields=measured(pit.kind, pit.seed, state.dips)[1],
        found=found,
        stuck=_stuck(pit, last) if state.dips else "",
        spent=spent,
        is_lost=found is None and spent > DIPS,
        run=_walk(state.pit, state.seed, state.strategy, _pair(state.start), float(state.rate)),
        arrow=ARROWS.get(state.pit, LONGER),
        at=pit.at(*last),
        at_start=pit.at(*_pair(state.start)),
    )


def _pair(point: Point) -> tuple[float, float]:
    return float(point[0]), float(point[1])


GRID = np.linspace(0, SIZE, 201)
LEVELS = np.arange(DEEPEST + 0.5, HIGHEST, 0.5)  # metres, of the contours


@lru_cache(maxsize=8)
def ground(kind: str, seed: str) -> tuple[Array, Array]:
    """The depths (201, 201) of a pit on GRID, rows along y, and its contours (n, 2) with nan between pieces."""
    depths = landscape(kind, seed).grid(GRID, GRID)
    gap = np.full((1, 2), np.nan)
    lines = [line for line in contours(GRID, GRID, depths, LEVELS) if len(line)]
    joined = np.concatenate([part for line in lines for part in (line, gap)] or [gap])
    joined.flags.writeable = depths.flags.writeable = False
    return depths, joined


def dig(key: tuple[str, str]) -> None:
    """All that takes long about a pit: its search, and its contours for when it may be seen."""
    ground(*key)


@lru_cache(maxsize=2)  # dips stay what they are while the walk is dragged
def measured(kind: str, seed: str, dips: tuple[Point, ...]) -> tuple[Array, Array]:
    """Where the dips are (n, 2), and F, Fx, Fy, Fxx, Fxy, Fyy there (6, n)."""
    at = np.array(dips, dtype=float).reshape(-1, 2)
    fields = landscape(kind, seed).points(at) if len(at) else np.empty((6, 0))
    at.flags.writeable = fields.flags.writeable = False
    return at, fields


@lru_cache(maxsize=2)
def _walk(kind: str, seed: str, strategy: str, start: tuple[float, float], rate: float) -> Run:
    return run(landscape(kind, seed), strategy, start, rate)


def _found(pit: Landscape, state: State) -> int | None:
    """The first dip within reach of the phone, if it was still the player's to make."""
    within = state.dips[: max(DIPS - int(state.taken_back), 0)]
    return next((k for k, dip in enumerate(within, 1) if is_found(pit, _pair(dip))), None)


def _stuck(pit: Landscape, at: tuple[float, float]) -> str:
    """What of the minima without a phone is within WIN; from one on the edge the ground falls on, but outside."""
    near = np.hypot(*(pit.minima - np.array(at)).T) <= WIN
    if is_found(pit, at) or not near.any():
        return ""
    return "minimum" if (near & pit.is_inner).any() else "edge"


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
    return replace(state, dips=(*state.dips, at)) if len(state.dips) < MOST else state


def _distance(one: Point, other: Point) -> float:
    return float(np.hypot(one[0] - other[0], one[1] - other[1]))


def again(state: State) -> State:
    """The same pit, a new game."""
    mode = "gradient" if state.mode == "practice" else state.mode
    return replace(state, dips=(), taken_back=Number("0"), mode=mode)


def played(state: State, mode: str) -> State:
    """The same pit in another way; who comes back from practice, where all is seen, begins anew."""
    return replace(again(state) if state.mode == "practice" else state, mode=mode)


def undone(current: Any, target: Any) -> Any:
    """Undo within a game: what a dip has cost stays paid, and who has looked at the pit has paid all dips."""
    if (current.pit, current.seed) != (target.pit, target.seed):
        return target
    if current.mode == "practice" != target.mode:
        return _charged(target, DIPS + 1)
    return _charged(target, paid(current)) if _follows(current, target) else target


def redone(current: Any, target: Any) -> Any:
    """Redo within a game: as `undone`; a new game, with fewer dips or with its debts gone, begins without any."""
    is_game = (current.pit, current.seed) == (target.pit, target.seed) and target.mode != "practice"
    return _charged(target, paid(current)) if is_game and _follows(target, current) else target


def _follows(later: State, earlier: State) -> bool:
    """Whether one state comes from another by one dip, or by a setting; `again` only takes debts away."""
    if later.dips == earlier.dips:
        return replace(later, taken_back=earlier.taken_back) != earlier
    return later.dips[:-1] == earlier.dips


def _charged(state: State, cost: int) -> State:
    """The state with so many dips paid, unless the phone has been found in it."""
    owed = min(cost - len(state.dips), MOST)
    if owed <= state.taken_back or _found(landscape(state.pit, state.seed), state) is not None:
        return state
    return replace(state, taken_back=Number(str(owed)))
