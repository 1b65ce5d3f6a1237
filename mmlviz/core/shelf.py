"""The labs in the order of their tabs, each loaded when it is first needed."""

from collections.abc import Mapping, Sequence
from importlib import import_module

from mmlviz.core.lab import Lab


class Shelf(Sequence[Lab]):
    """A sequence of labs that knows their ids and titles beforehand.

    Each stands in the module of its id as LAB. A start that loads them all is a tenth longer.
    """

    def __init__(self, package: str, titles: Mapping[str, str]) -> None:
        self._package, self.titles = package, dict(titles)

    def __len__(self) -> int:
        return len(self.titles)

    def __getitem__(self, place: int) -> Lab:  # type: ignore[override]  # nobody slices labs
        name = list(self.titles)[place]
        lab: Lab = import_module(f"{self._package}.{name}").LAB
        return lab


def titles(labs: Sequence[Lab]) -> dict[str, str]:
    """Title by id, in order; no lab is loaded for it."""
    return labs.titles if isinstance(labs, Shelf) else {lab.id: lab.title for lab in labs}
