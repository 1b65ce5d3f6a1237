"""Tables beside the pictures: what stands in them as plain data, and what a tick in a row does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mmlviz.core.controls import always
from mmlviz.core.lazy import Lazy


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, how wide it is beside the others, and whether it holds values or only names."""

    title: str
    weight: int = 1
    is_value: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row: a text for each column, the role of its colour, and whether it is ticked (None: it has no tick)."""

    cells: tuple[str, ...]
    role: str = "text"
    is_ticked: bool | None = None


class Rows(Lazy[Row]):
    """Rows that are made when they are looked at: of a long table a frame shows but a few."""


@dataclass(frozen=True, slots=True)
class Table:
    """A pane of a tab that is a table.

    rows: (state, result) → the rows. ticked, if given: (state, row) → the state with the tick of a row turned.
    now, if given: rows → the one that is brought into sight whenever it is another.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Any, Any], Sequence[Row]]
    ticked: Callable[[Any, int], Any] | None = None
    weight: int = 1
    shown: Callable[[Any], bool] = always
    now: Callable[[Sequence[Row]], int | None] | None = None
    takes_turns: bool = True  # digits that change with every frame cannot be read

    def without_values(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The same rows with names alone."""

        def named(k: int) -> Row:
            cells = tuple("" if c.is_value else text for c, text in zip(self.columns, rows[k].cells))
            return Row(cells, rows[k].role, rows[k].is_ticked)

        return Rows(len(rows), named)
