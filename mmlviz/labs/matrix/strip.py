"""The factors of a product in a row: what moving, taking out and pressing them does."""

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from mmlviz.maths.number import Number
from mmlviz.models.matrix import State

if TYPE_CHECKING:  # loaded with the first product
    from mmlviz.maths.products import Node


def parts(state: State) -> tuple[str, ...]:
    """The factors as texts."""
    from mmlviz.maths.products import brief

    return tuple(brief(factor) for factor in _factors(state))


def _factors(state: State) -> tuple["Node", ...]:
    from mmlviz.maths.products import Node, factors, read

    node = read(state.product)
    assert isinstance(node, Node)  # its field has read it
    return factors(node)


def put(state: State, part: int, place: int) -> State:
    """The state with a factor in another place."""
    rest = [*_factors(state)]
    rest.insert(place, rest.pop(part))
    return _with(state, rest)


def taken_out(state: State, part: int) -> State:
    """The state without a factor."""
    rest = [*_factors(state)]
    del rest[part]
    return _with(state, rest)


def _with(state: State, factors: list["Node"]) -> State:
    from mmlviz.maths.products import joined, write

    return replace(state, product=write(joined(factors)), t=Number("1"))


def chosen(state: State, part: int) -> State:
    """The picture right after this factor."""
    count = len(_factors(state))
    return replace(state, t=Number.significant((count - part) / count, 6))


def active(state: State) -> int | None:
    """The factor in progress, or the last that was done."""
    count = len(_factors(state))
    return max(count - max(ceil(float(state.t) * count - 1e-4), 1), 0) if state.t != 1 else None
