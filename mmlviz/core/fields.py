"""Fields: what a state is made of, and how its values are typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mmlviz.core.words import counted, show
from mmlviz.maths.number import Number, Problem, read_number


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a lab's State: a number, a vector or a matrix of numbers within limits.

    shape is () for a number, (n,) for a vector, (m, n) for a matrix; `shapes`, if given, are all that it may have,
    `shape` among them.
    Text is typed as 1/2,-1;0,3/4: a comma between numbers, a semicolon between rows. `options.py` has the
    fields whose values are not numbers.
    """

    name: str
    label: str
    shape: tuple[int, ...] = ()
    limits: tuple[float, float] = (-1e6, 1e6)
    unit: str = ""
    help: str = ""
    is_whole: bool = False  # only whole numbers
    shapes: tuple[tuple[int, ...], ...] = ()

    @property
    def all_shapes(self) -> tuple[tuple[int, ...], ...]:
        """Every shape that a value may have."""
        return self.shapes or (self.shape,)

    @property
    def type(self) -> str:
        """The type in words."""
        if not self.shape:
            return f"{self._kind}number"
        if len(self.shape) == 1:
            return f"vector of {self._sizes} {self._kind}numbers"
        return f"matrix of {self._sizes} {self._kind}numbers"

    @property
    def _sizes(self) -> str:
        return either("×".join(map(str, shape)) for shape in self.all_shapes)

    @property
    def _kind(self) -> str:
        return "whole " if self.is_whole else ""

    @property
    def described(self) -> dict[str, Any]:
        """Type and limits as JSON data."""
        return {"type": self.type, "limits": list(self.limits)}

    @property
    def allowed(self) -> str:
        """What may be given, in words."""
        low, high = map(limit, self.limits)
        between = f"between {low} and {high}"
        if not self.shape:
            return f"a {self.type} {between}"
        example = ";".join([",".join(["1"] * self.shape[-1])] * (self.shape[0] if len(self.shape) == 2 else 1))
        return f"a {self.type} {between}, typed like {example}"

    def read(self, text: str) -> Any | Problem:
        """The value that was typed, or what is wrong with it and where."""
        if not self.shape:
            return self.read_entry(text)
        rows = split(text, 0, ";") if len(self.shape) == 2 else [(text, 0)]
        heights = _heights(self.all_shapes)
        if len(rows) not in heights:
            found = f"'{text}' has {counted(len(rows), 'row')}, not {either(map(str, heights))}"
            return Problem(0, len(text), found, f"give {self.allowed}")
        widths = [shape[-1] for shape in self.all_shapes if len(shape) == 1 or shape[0] == len(rows)]
        read: list[tuple[Number, ...]] = []
        for row, start in rows:
            entries = self.read_row(row, start, *widths)
            if isinstance(entries, Problem):
                return entries
            read.append(entries)
            widths = [len(entries)]
        return tuple(read) if len(self.shape) == 2 else read[0]

    def read_row(self, row: str, start: int, *counts: int) -> tuple[Number, ...] | Problem:
        """As many numbers as one of these counts, with commas between; `start` is where the row begins in the text."""
        parts = split(row, start, ",")
        if len(parts) not in counts:
            wanted = either(str(count) for count in counts)
            found = f"'{row}' has {counted(len(parts) if row.strip() else 0, 'number')}, not {wanted}"
            return Problem(start, start + len(row), found, f"give {self.allowed}")
        numbers = []
        for part, at in parts:
            number = self.read_entry(part)
            if isinstance(number, Problem):
                return Problem(at + number.start, at + number.end, number.message, number.suggestion)
            numbers.append(number)
        return tuple(numbers)

    def read_entry(self, text: str) -> Number | Problem:
        """One number of the field, within its limits."""
        number = read_number(text)
        if isinstance(number, Problem):
            return number
        low, high = self.limits
        if not low <= number <= high:
            return Problem(0, len(text), f"{text.strip()} is outside {limit(low)} to {limit(high)}")
        if self.is_whole and number.exact.denominator != 1:
            return Problem(0, len(text), f"{text.strip()} is not a whole number")
        return number

    def write(self, value: Any) -> str:
        """The text that read turns back into value."""
        if not self.shape:
            return _text(value)
        if len(self.shape) == 1:
            return ",".join(map(_text, value))
        return ";".join(",".join(map(_text, row)) for row in value)

    def allows(self, value: Any) -> bool:
        """Whether all numbers of a value, or one entry of it, are within the limits; a value has one of the shapes."""
        return shape_of(value) in ((), *self.all_shapes) and self._allows(value)

    def _allows(self, value: Any) -> bool:
        if isinstance(value, tuple):
            return all(map(self._allows, value))
        is_kind = not self.is_whole or float(value).is_integer()
        return bool(self.limits[0] <= value <= self.limits[1]) and is_kind


def limit(x: float) -> str:
    """An end of what is allowed: 70000 and 1000000, but 10⁹, whose zeros nobody counts."""
    return show(x) if abs(x) > 1e6 else show(x, 12)


def shape_of(value: Any) -> tuple[int, ...]:
    """() of a number, (n,) of a vector, (m, n) of a matrix with equal rows; -1 for n where rows differ."""
    if not isinstance(value, tuple):
        return ()
    inner = {shape_of(part) for part in value}
    return (len(value), *(inner.pop() if len(inner) == 1 else (-1,)))


def has_entry(value: Any, index: tuple[int, ...]) -> bool:
    """Whether there is a number at an index of a field's value."""
    shape = shape_of(value)
    return len(shape) == len(index) and all(i < n for i, n in zip(index, shape))


def either(words: Iterable[str]) -> str:
    """1, 2 or 3; each once."""
    *first, last = dict.fromkeys(words)
    return f"{', '.join(first)} or {last}" if first else last


def _heights(shapes: tuple[tuple[int, ...], ...]) -> list[int]:
    """How many rows there may be; a vector is one row."""
    return list(dict.fromkeys(shape[0] if len(shape) == 2 else 1 for shape in shapes))


def entry(value: Any, index: tuple[int, ...]) -> Number:
    """The number at an index of a field's value; () for a plain number."""
    for i in index:
        value = value[i]
    number: Number = value
    return number


def with_entry(value: Any, index: tuple[int, ...], number: Number) -> Any:
    """The field's value with one number put in another's place."""
    if not index:
        return number
    first, rest = index[0], index[1:]
    return (*value[:first], with_entry(value[first], rest, number), *value[first + 1 :])


def _text(value: float) -> str:
    return value.text if isinstance(value, Number) else Number.significant(value, 17).text


def split(text: str, start: int, mark: str) -> list[tuple[str, int]]:
    """The parts of a text between marks, each with where it begins."""
    parts = []
    for part in text.split(mark):
        parts.append((part, start))
        start += len(part) + 1
    return parts
