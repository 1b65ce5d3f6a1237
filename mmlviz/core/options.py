"""Fields whose values are not a fixed number of numbers: a choice, a switch, a word, a formula, lists, a file."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from mmlviz.core.fields import Field, limit, split
from mmlviz.maths.number import Number, Problem


@dataclass(frozen=True, slots=True)
class Choice(Field):
    """One of several texts; titles say them to people, and default to the texts themselves."""

    options: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        return "choice"

    @property
    def described(self) -> dict[str, Any]:
        return {"type": self.type, "limits": None, "options": list(self.options)}

    @property
    def allowed(self) -> str:
        return f"one of {', '.join(self.options)}"

    def title(self, option: str) -> str:
        """What people read for an option."""
        return self.titles[self.options.index(option)] if self.titles else option

    def read(self, text: str) -> str | Problem:
        """The option that was named; capitals and spaces do not matter."""
        plain = {_squeezed(option): option for option in self.options}
        if _squeezed(text) in plain:
            return plain[_squeezed(text)]
        from difflib import get_close_matches  # only where something was mistyped

        near = get_close_matches(_squeezed(text), plain, 1)
        hint = f"did you mean {plain[near[0]]}? " if near else ""
        return Problem(0, len(text), f"'{text.strip()}' is not known", f"{hint}allowed is {self.allowed}")

    def write(self, value: Any) -> str:
        return str(value)

    def allows(self, value: Any) -> bool:
        return value in self.options


@dataclass(frozen=True, slots=True)
class Switch(Field):
    """Yes or no."""

    @property
    def type(self) -> str:
        return "yes or no"

    @property
    def described(self) -> dict[str, Any]:
        return {"type": self.type, "limits": None, "options": ["yes", "no"]}

    @property
    def allowed(self) -> str:
        return "yes or no"

    def read(self, text: str) -> bool | Problem:
        """True for yes, true, on and 1; False for no, false, off and 0."""
        word = text.strip().lower()
        if word in {"yes", "true", "on", "1"}:
            return True
        if word in {"no", "false", "off", "0"}:
            return False
        return Problem(0, len(text), f"'{text.strip()}' is neither yes nor no", f"allowed is {self.allowed}")

    def write(self, value: Any) -> str:
        return "yes" if value else "no"

    def allows(self, value: Any) -> bool:
        return isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Text(Field):
    """A text, kept as `read` leaves it: reading it again gives it again."""

    @property
    def described(self) -> dict[str, Any]:
        return {"type": self.type, "limits": None}

    def write(self, value: Any) -> str:
        return str(value)

    def allows(self, value: Any) -> bool:
        return bool(self.read(value) == value)


@dataclass(frozen=True, slots=True)
class Word(Text):
    """A short text, such as the word that a random pit grows from: the same one however it is capitalised."""

    longest: int = 40

    @property
    def type(self) -> str:
        return "word"

    @property
    def allowed(self) -> str:
        return f"a word or several, of 1 to {self.longest} characters"

    def read(self, text: str) -> str | Problem:
        """The word in small letters, composed characters and single spaces: otter for " Otter "."""
        apart = unicodedata.normalize("NFD", text)  # first, since a capital may change places with an accent
        word = " ".join(unicodedata.normalize("NFC", apart.casefold()).split())
        if not 1 <= len(word) <= self.longest:
            size = "is empty" if not word else f"has {len(word)} characters"
            return Problem(0, len(text), f"the word {size}", f"allowed is {self.allowed}")
        if not word.isprintable():
            return Problem(0, len(text), "the word has characters that cannot be seen", f"allowed is {self.allowed}")
        return word


@dataclass(frozen=True, slots=True)
class Formula(Text):
    """A formula in some variables, kept as it is typed; `options` are offered, with titles for people."""

    variables: tuple[str, ...] = ("x",)
    options: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        return f"formula in {' and '.join(self.variables)}"

    @property
    def described(self) -> dict[str, Any]:
        return {"type": self.type, "limits": None, "variables": list(self.variables), "offered": list(self.options)}

    @property
    def allowed(self) -> str:
        return f"a {self.type}, typed like {self.options[0] if self.options else self.variables[0]}"

    def read(self, text: str) -> str | Problem:
        """The formula with single spaces, or what is wrong with it and where."""
        from mmlviz.maths.expression import read  # loaded with the first formula

        found = read(text, self.variables)
        return found if isinstance(found, Problem) else " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Product(Text):
    """A product of matrices, kept as it is typed."""

    @property
    def type(self) -> str:
        return "product of matrices"

    @property
    def allowed(self) -> str:
        return f"a {self.type}, typed like A^-1 rot(30) B"

    def read(self, text: str) -> str | Problem:
        """The product with single spaces, or what is wrong with it and where."""
        from mmlviz.maths.products import read  # loaded with the first product

        found = read(text)
        return found if isinstance(found, Problem) else " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Matrices(Text):
    """Matrices that are defined by letters, kept as they are typed; none is an empty text.

    given: letters that are defined elsewhere.
    """

    given: str = "A"

    @property
    def type(self) -> str:
        return "definitions of matrices"

    @property
    def allowed(self) -> str:
        return "matrices with letters of their own, typed like B=0,-1;1,0 | C=A B"

    def read(self, text: str) -> str | Problem:
        """The definitions with single spaces, or what is wrong with them and where; a circle is not looked for."""
        from mmlviz.maths.products.definitions import read_definition, read_definitions

        found = read_definitions(text)
        if isinstance(found, Problem):
            return found
        for letter, meant in found.texts:
            start = text.index("=", _start_of(text, letter)) + 1
            if letter in self.given:
                return Problem(start - 1, start, f"{letter} is given by its sliders", "take another letter")
            problem = read_definition(meant)
            if isinstance(problem, Problem):
                at = text.find(meant, start)
                return Problem(at + problem.start, at + problem.end, problem.message, problem.suggestion)
        return found.write()


def _start_of(text: str, letter: str) -> int:
    """Where the definition of a letter begins."""
    start = 0
    for piece in text.split("|"):
        if piece.partition("=")[0].strip() == letter:
            return start
        start += len(piece) + 1
    return start


@dataclass(frozen=True, slots=True)
class Wholes(Field):
    """Any of the whole numbers within the limits, in ascending order, typed like 1,3,5; none is an empty text."""

    @property
    def type(self) -> str:
        return "list of whole numbers"

    @property
    def described(self) -> dict[str, Any]:
        return {"type": self.type, "limits": list(self.limits)}

    @property
    def allowed(self) -> str:
        low, high = map(limit, self.limits)
        return f"whole numbers between {low} and {high}, each once, typed like 1,3,5"

    def read(self, text: str) -> tuple[int, ...] | Problem:
        """The numbers in ascending order."""
        found: list[int] = []
        for part, at in split(text, 0, ",") if text.strip() else []:
            if not (part.strip().isascii() and part.strip().isdigit() and self._is_within(int(part))):
                return Problem(at, at + len(part), f"'{part.strip()}' is not one of them", f"allowed is {self.allowed}")
            if int(part) in found:
                return Problem(at, at + len(part), f"{int(part)} is given twice", f"allowed is {self.allowed}")
            found.append(int(part))
        return tuple(sorted(found))

    def write(self, value: Any) -> str:
        return ",".join(map(str, value))

    def allows(self, value: Any) -> bool:
        return all(map(self._is_within, value)) and list(value) == sorted(set(value))

    def _is_within(self, n: int) -> bool:
        return self.limits[0] <= n <= self.limits[1]


@dataclass(frozen=True, slots=True)
class Places(Field):
    """Any number of points, up to `most`, typed like 1,2;3,4; none is an empty text."""

    most: int = 100

    @property
    def type(self) -> str:
        return f"list of up to {self.most} points"

    @property
    def allowed(self) -> str:
        low, high = map(limit, self.limits)
        return f"up to {self.most} points with numbers between {low} and {high}, typed like 1,2;3,4"

    def read(self, text: str) -> tuple[tuple[Number, ...], ...] | Problem:
        """The points in their order."""
        rows = split(text, 0, ";") if text.strip() else []
        if len(rows) > self.most:
            return Problem(0, len(text), f"{len(rows)} points are given", f"allowed is {self.allowed}")
        points = []
        for row, start in rows:
            point = self.read_row(row, start, 2)
            if isinstance(point, Problem):
                return point
            points.append(point)
        return tuple(points)

    def write(self, value: Any) -> str:
        return ";".join(",".join(x.text for x in point) for point in value)

    def allows(self, value: Any) -> bool:
        low, high = self.limits
        return len(value) <= self.most and all(low <= x <= high for point in value for x in point)


@dataclass(frozen=True, slots=True)
class PictureFile(Text):
    """The path of a picture file as text; empty is the built-in picture.

    Reading looks at no disk, so that a state means the same everywhere. Links and sessions hold the path alone. Where
    the file is missing or is no picture, the built-in one is shown with a sentence that says so, and the path stays:
    on the machine that has the file the link shows it. A link tells the path, with the names of folders, to whoever
    gets it. Paths of the kind \\\\server\\… are refused: a link must not make a program speak to another machine.
    """

    longest: int = 500  # all of them beyond ASCII, percent-encoded, still fit into a link

    @property
    def type(self) -> str:
        return "picture file"

    @property
    def allowed(self) -> str:
        return f"the path of a PNG or JPEG file on this computer, of up to {self.longest} characters, or nothing"

    def read(self, text: str) -> str | Problem:
        """The path without blanks around it, nor the quotes that file managers put there."""
        path = text.strip()
        while len(path) > 1 and path[0] == path[-1] and path[0] in "\"'":
            path = path[1:-1].strip()
        found = self._fault(path)
        return Problem(0, len(text), found, f"allowed is {self.allowed}") if found else path

    def _fault(self, path: str) -> str:
        """What is wrong with a path, or nothing."""
        if len(path) > self.longest:
            return f"the path has {len(path)} characters"
        if any(unicodedata.category(c) in {"Cc", "Cs"} for c in path):  # but a Mac's narrow space before PM is fine
            return "the path has characters that no name can have"
        if path[:2] in {"\\\\", "//", "\\/", "/\\"}:
            return "the picture is on another computer"
        return ""


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())
