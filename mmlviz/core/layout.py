"""How the panes of a tab stand: planes nested in rows and columns."""

from collections.abc import Iterator
from dataclasses import dataclass

from mmlviz.maths.lattice import Box


@dataclass(frozen=True, slots=True)
class Plane:
    """A pane with two axes. Locked: one unit is equally long on both."""

    name: str
    title: str
    home: Box = (-4.5, 4.5, -3.0, 3.0)
    is_locked: bool = True
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Split:
    """Parts side by side, or one above the other."""

    parts: tuple["Plane | Split", ...]
    is_column: bool = False
    weight: int = 1


Layout = Plane | Split


def planes(layout: Layout) -> Iterator[Plane]:
    """All planes of a layout, the first being the main one."""
    if isinstance(layout, Plane):
        yield layout
    else:
        for part in layout.parts:
            yield from planes(part)
