"""Tables beside the pictures: what stands in them as plain data, and what a tick in a row does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mmlviz.core.controls import always


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


@dataclass(frozen=True, slots=True)
class Table:
    """A pane of a tab that is a table.

    rows: (state, result) → the rows. ticked, if given: (state, row) → the state with the tick of a row turned.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Any, Any], tuple[Row, ...]]
    ticked: Callable[[Any, int], Any] | None = None
    weight: int = 1
    shown: Callable[[Any], bool] = always

    def without_values(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """The same rows with names alone."""
        return tuple(
            Row(tuple("" if c.is_value else text for c, text in zip(self.columns, row.cells)), row.role, row.is_ticked)
            for row in rows
        )
