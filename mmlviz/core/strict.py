"""JSON read strictly: whatever a file holds that was not asked for, or not like that, is told by its place."""

import json
import math
import stat
from pathlib import Path
from typing import Any

LARGEST = 2_000_000  # bytes of a file; five tabs with 200 dips take a hundredth of it


class BadFile(ValueError):
    """A file that cannot be read; its text is one line for a person."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, up to what a session may have; raises BadFile with a reason."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a NUL in the name is a ValueError
        raise BadFile("there is no such file") from None
    except OSError as error:
        raise BadFile(f"it cannot be read: {error.strerror}") from None
    if not stat.S_ISREG(mode):  # a pipe or a device could be waited for, for ever
        raise BadFile("it is a folder" if stat.S_ISDIR(mode) else "it is no ordinary file")
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise BadFile(f"it cannot be read: {error.strerror}") from None


def parse(raw: bytes) -> "Part":
    """The object in a file; raises BadFile."""
    if len(raw) > LARGEST:
        raise BadFile(f"the file has {len(raw)} bytes, at most {LARGEST} are read")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"the file is not UTF-8 text (byte {error.start})") from None
    if not text.strip():
        raise BadFile("the file is empty")
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_refused)
    except json.JSONDecodeError as error:
        raise BadFile(f"the file is not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise BadFile("the file is nested too deeply") from None
    except BadFile:
        raise
    except ValueError:  # a number of thousands of digits
        raise BadFile("the file holds a number with too many digits") from None
    if not isinstance(data, dict):
        raise BadFile(f"the file holds {said(data)}; expected is an object in braces")
    return Part("", data)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise BadFile(f"'{one_line(name)}' is given twice")
        made[name] = value
    return made


def _refused(word: str) -> Any:
    raise BadFile(f"{word} is not a number that a file may hold")


def one_line(text: str, most: int = 60) -> str:
    """On one line, with an end."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return line if len(line) <= most else line[: most - 1] + "…"


def said(value: Any) -> str:
    """A value as it stands in the file."""
    return one_line(json.dumps(value, ensure_ascii=False))


class Part:
    """An object of a file, from which each member is taken once; at last `done` refuses what is left."""

    def __init__(self, where: str, data: dict[str, Any]) -> None:
        self.where, self._data = where, dict(data)

    def place(self, name: str) -> str:
        """How a member is named in a message."""
        name = one_line(name)
        return f"{self.where}.{name}" if self.where else name

    def __contains__(self, name: str) -> bool:
        return name in self._data

    @property
    def names(self) -> list[str]:
        """The members that have not been taken."""
        return list(self._data)

    def _take(self, name: str) -> Any:
        if name not in self._data:
            raise BadFile(f"'{self.place(name)}' is missing")
        return self._data.pop(name)

    def wrong(self, name: str, value: Any, allowed: str) -> BadFile:
        """What to raise for a member that is not as it must be."""
        return BadFile(f"{self.place(name)} is {said(value)}; allowed is {allowed}")

    def text(self, name: str, allowed: str = "a text") -> str:
        """A member that is a text."""
        value = self._take(name)
        if not isinstance(value, str):
            raise self.wrong(name, value, allowed)
        return value

    def whole(self, name: str, low: int, high: int) -> int:
        """A member that is a whole number within limits."""
        value = self._take(name)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            limits = f"{low}" if low == high else f"a whole number from {low} to {high}"
            raise self.wrong(name, value, limits)
        return value

    def flag(self, name: str, default: bool | None = None) -> bool | None:
        """A member that is true or false, or the default where it is not there."""
        if name not in self._data:
            return default
        value = self._take(name)
        if not isinstance(value, bool):
            raise self.wrong(name, value, "true or false")
        return value

    def numbers(self, name: str, count: int, allowed: str) -> tuple[float, ...]:
        """A member that is a list of so many finite numbers."""
        value = self._take(name)
        if not isinstance(value, list) or len(value) != count or not all(map(_is_number, value)):
            raise self.wrong(name, value, allowed)
        return tuple(map(float, value))

    def lists(self, name: str, high: int, allowed: str) -> tuple[tuple[int, ...], ...]:
        """A member that is a list of lists of whole numbers from 0 to high; empty where it is not there."""
        value = self._take(name) if name in self._data else []
        is_good = isinstance(value, list) and all(isinstance(row, list) for row in value)
        if not is_good or not all(type(v) is int and 0 <= v <= high for row in value for v in row):
            raise self.wrong(name, value, allowed)
        return tuple(map(tuple, value))

    def texts(self, name: str, allowed: str = "a list of texts") -> tuple[str, ...]:
        """A member that is a list of texts."""
        value = self._take(name)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(name, value, allowed)
        return tuple(value)

    def part(self, name: str) -> "Part":
        """A member that is an object; an empty one where it is not there."""
        value = self._data.pop(name, {})
        if not isinstance(value, dict):
            raise self.wrong(name, value, "an object in braces")
        return Part(self.place(name), value)

    def done(self) -> None:
        """Nothing must be left."""
        if self._data:
            name = next(iter(self._data))
            raise BadFile(f"'{self.place(name)}' is not known here")


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond all floats
        return False
