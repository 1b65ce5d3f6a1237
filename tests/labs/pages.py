"""A page of the tab of matrices, as its tests see it."""

from dataclasses import dataclass
from typing import Any

from mmlviz.core.codec import read_link
from mmlviz.core.lab import Reading
from mmlviz.core.marks import Mark
from mmlviz.core.store import Store
from mmlviz.labs.matrix import LAB


@dataclass(frozen=True)
class Page:
    """The page, and the pane that is meant where none is named."""

    name: str
    pane: str

    def state(self, query: str = "") -> Any:
        """The state of a link to the page with these fields."""
        return read_link(f"mmlviz:matrix?page={self.name}{query and '&'}{query}", (LAB,))[1]

    def marks(self, shown: Any, pane: str = "") -> dict[str, Mark]:
        """What is drawn of a state in a pane, by key."""
        scene = LAB.draw(shown, LAB.model.compute(shown), Store(LAB, shown).view)
        return {mark.key: mark for mark in scene[pane or self.pane]}


def told(shown: Any) -> Reading:
    """What is told of a state."""
    return LAB.tell(shown, LAB.model.compute(shown))
