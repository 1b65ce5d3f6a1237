"""Sequences whose parts are made when they are looked at: a frame shows but a few of them, or none."""

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

Part = TypeVar("Part", covariant=True)


class Lazy(Sequence[Part]):
    """So many parts, each made once, by its place."""

    def __init__(self, count: int, made: Callable[[int], Part]) -> None:
        self._count, self._made = count, made
        self._parts: dict[int, Part] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Part: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Part]: ...
    def __getitem__(self, at: int | slice) -> Part | Sequence[Part]:
        if isinstance(at, slice):
            return [self[k] for k in range(*at.indices(self._count))]
        k = range(self._count)[at]
        if k not in self._parts:
            self._parts[k] = self._made(k)
        return self._parts[k]
