"""What was measured beside what is allowed, as a table."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One promise: its measurement in every round, and the most it may be."""

    name: str
    rounds: tuple[float, ...]
    limit: float
    note: str = ""
    is_count: bool = False

    @property
    def measured(self) -> float:
        """The middle round: one disturbed round is not held against it. Of things counted, the most."""
        return max(self.rounds) if self.is_count else statistics.median(self.rounds)

    @property
    def is_over(self) -> bool:
        """Whether the promise is broken."""
        return not self.measured <= self.limit


def table(rows: Sequence[Row]) -> str:
    """One line for each row."""
    wide = max(len(row.name) for row in rows)
    head = f"{'':{wide}}  measured   limit        over the rounds"
    return "\n".join([head, *(_line(row, wide) for row in rows)])


def _line(row: Row, wide: int) -> str:
    number = "{:.0f}".format if row.is_count else "{:.2f}".format
    span = f"{number(min(row.rounds))} – {number(max(row.rounds))}" if len(row.rounds) > 1 else ""
    verdict = "OVER" if row.is_over else "ok"
    line = f"{row.name:{wide}}  {number(row.measured):>8} ≤ {number(row.limit):>5}  {verdict:4}  {span:15}  {row.note}"
    return line.rstrip()
