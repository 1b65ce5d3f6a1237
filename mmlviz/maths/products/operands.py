"""The operands of a typed product: matrices written out, makers with their arguments, numbers; and what is wrong."""

import re
from difflib import get_close_matches
from typing import NoReturn

from mmlviz.maths.expression import Expression
from mmlviz.maths.expression import read as read_expression
from mmlviz.maths.expression.tokens import Refused, is_blank, quoted, shown
from mmlviz.maths.expression.tree import Degrees
from mmlviz.maths.expression.vocabulary import FRACTIONS, ROOTS
from mmlviz.maths.number import Problem
from mmlviz.maths.products.makers import MAKERS, form_of
from mmlviz.maths.products.scan import (
    CLOSING,
    closing,
    has_matrix,
    is_known,
    number_end,
    pieces,
    prepared,
    skip,
    takes_number,
    word,
)
from mmlviz.maths.products.text import has_degrees, is_marked
from mmlviz.maths.products.tree import LETTERS, Entries, Maker, Node, Scalar, Vector

DEEPEST = 20  # brackets in each other
MOST_ROWS = 3

_RADIANS = re.compile(r"\s*rad\s*\Z")
_HINTS = {
    "inv": "write A^-1", "inverse": "write A^-1", "transpose": "write A^T", "det": "only matrices are made here",
    "tr": "only matrices are made here", "trace": "only matrices are made here", "rotate": "did you mean 'rot'?",
    "rotation": "did you mean 'rot'?", "mirror": "did you mean 'reflect'?", "eye": "write I", "i": "did you mean 'I'?",
    "proj": "did you mean 'project'?", "identity": "write I", "dot": "write AB",
}  # fmt: skip


class Operands:
    """A place in a typed product, what can be read there, and the refusals."""

    def __init__(self, text: str) -> None:
        self.typed, self.text = text, prepared(text)
        self.at = 0
        self.depth = 0

    @property
    def here(self) -> str:
        """The next character that is no space; "" at the end."""
        at = skip(self.text, self.at)
        return self.text[at : at + 1]

    def sees(self, *signs: str) -> bool:
        """Whether one of these signs comes next; goes to it then."""
        if self.here not in signs:
            return False
        self.at = skip(self.text, self.at)
        return True

    def begins_operand(self) -> bool:
        c = self.here
        return c != "" and (c in LETTERS + "I([{.π" or c.isdigit() or c in ROOTS or c in FRACTIONS or "a" <= c <= "z")

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse((self.at, self.at + 1), "this is nested too deeply", f"at most {DEEPEST} brackets are read")

    def bracketed(self) -> tuple[int, int]:
        """What stands between the bracket here and the one that closes it; goes behind that."""
        close = closing(self.text, self.at)
        if close is None:
            sign = self.text[self.at]
            self.refuse((self.at, self.at + 1), f"'{sign}' is not closed", f"write '{CLOSING[sign]}' where it ends")
        start, self.at = self.at + 1, close + 1
        return start, close

    # What is wrong ------------------------------------------------------------------------------

    def refuse(self, at: tuple[int, int], message: str, suggestion: str = "") -> NoReturn:
        raise Refused(*at, message, suggestion)

    def unexpected(self) -> NoReturn:
        here = skip(self.text, self.at)
        before = self.text[:here].rstrip()
        last = len(before)
        if before.endswith(("+", "-", "*", "/")) and (here == len(self.text) or self.text[here] in ")]}"):
            self.refuse((last - 1, last), f"something is missing behind '{self.typed[last - 1]}'")
        if here == len(self.text):
            self.refuse((here, here), "a matrix is missing at the end")
        c = self.text[here]
        if c in ")]}":
            self.refuse((here, here + 1), f"'{c}' closes nothing that is open", "take it away, or open a bracket")
        hint = {
            "=": "write only what stands on the right",
            "|": "write abs(x) for the size of a number",
            ",": "a matrix is written [1, 2; 3, 4]",
            ";": "a matrix is written [1, 2; 3, 4]",
        }.get(c, "a matrix, a number or a bracket is")
        self.refuse((here, here + 1), f"{quoted(self.typed[here])} is not expected here", hint)

    def unknown(self, name: str) -> NoReturn:
        at = (self.at, self.at + len(name))
        near = get_close_matches(name, MAKERS, 1, 0.6)
        hint = _HINTS.get(name, "")
        if not hint and near and len(name) > 2:
            hint = f"did you mean '{near[0]}'?"
        short = name.upper() if len(name) <= 3 and name.isascii() else ""
        hint = hint or (f"did you mean '{short}'?" if short else "matrices have capital letters")
        self.refuse(at, f"the name {quoted(name)} is not known", hint)

    def capitalised(self) -> None:
        """Rot(30) is no product of R and something."""
        start = skip(self.text, self.at)
        name = self.text[start] + word(self.text, start + 1)
        if name.lower() in MAKERS and name != name.lower():
            at = (start, start + len(name))
            self.refuse(at, f"the name {quoted(name)} is not known", f"did you mean '{name.lower()}'?")

    # Numbers ------------------------------------------------------------------------------------

    def scalar(self) -> Node:
        """A number, as far as it goes."""
        start = skip(self.text, self.at)
        end = number_end(self.text, start)
        if end == start:
            self.unexpected()
        function = takes_number(self.text[start:end])
        self.at = end
        if function and self.begins_operand():
            self.refuse((end - len(function), end), f"'{function}' takes a number, not a matrix")
        if re.compile(r"(?<=[0-9.])E[0-9]").match(self.text, end):
            said = self.typed[start : end + 2]
            self.refuse((start, end + 2), f"{quoted(said)} can be read in two ways", "write 2e3, or 2 E 3 with spaces")
        return Scalar(self.number_in(self.text[start:end], start), at=(start, end))

    def number_in(self, text: str, start: int, least: int = 0) -> Expression:
        """The number that a text is, which begins at start; what was typed of it begins at least."""
        found = read_expression(text, ())
        if isinstance(found, Problem):
            at = (max(least, start + found.start), min(len(self.text), start + found.end))
            self.refuse(at, found.message, found.suggestion)
        return found

    def only_number(self, start: int, end: int, what: str) -> Expression:
        """The number that stands between start and end."""
        text = self.text[start:end]
        if is_blank(text):
            self.refuse((max(0, start - 1), end), f"{what} is missing")
        if has_matrix(text):
            self.refuse((start, end), f"{what} is a number, and no matrix")
        return self.number_in(text, start)

    # Matrices -----------------------------------------------------------------------------------

    def entries(self) -> Node:
        """[1, 2; 3, 4]."""
        opening = self.at
        start, end = self.bracketed()
        if is_blank(self.text[start:end]):
            self.refuse((opening, end + 1), "nothing stands in these brackets", "a matrix is written [1, 2; 3, 4]")
        if "[" in self.text[start:end]:
            self.refuse((start, end), "brackets within brackets are not read", "a matrix is written [1, 2; 3, 4]")
        rows = [self.row(*row) for row in pieces(self.text, start, end, ";")]
        at = (opening, end + 1)
        if len({len(row) for row in rows}) > 1:
            self.refuse(at, "the rows have different lengths", "each has as many numbers as the others")
        if len(rows) > MOST_ROWS or len(rows[0]) > MOST_ROWS:
            self.refuse(at, f"a matrix of {len(rows)}×{len(rows[0])} is too large", "at most 3×3 is read")
        if len(rows) == len(rows[0]) == 1:
            self.refuse(at, "one number is no matrix", "put a number in round brackets, or none")
        return Entries(tuple(rows), at=at)

    def row(self, start: int, end: int) -> Vector:
        for cell in pieces(self.text, start, end, ","):
            if re.search(r"[0-9.] +[-+]?[0-9.]", self.text[slice(*cell)]):
                self.refuse(cell, "two numbers stand side by side", "write commas between them: [1, 2; 3, 4]")
        return tuple(self.only_number(*cell, "an entry") for cell in pieces(self.text, start, end, ","))

    def maker(self) -> Node | None:
        """rot(30); None where none begins."""
        name = word(self.text, self.at)
        if name not in MAKERS:
            if name and not is_known(name):
                self.unknown(name)
            return None
        start, self.at = self.at, self.at + len(name)
        if not self.sees("("):
            self.refuse((start, start + len(name)), f"'{name}' has nothing in brackets behind it", MAKERS[name].usage)
        inner = self.bracketed()
        at = (start, self.at)
        if is_blank(self.text[inner[0] : inner[1]]):
            self.refuse(at, f"nothing stands in the brackets of '{name}'", MAKERS[name].usage)
        spans = pieces(self.text, *inner, ",")
        if len(spans) > 3:
            self.refuse(at, f"'{name}' has too much in its brackets", MAKERS[name].usage)
        return Maker(name, self.arguments(name, spans, at), at=at)

    def arguments(
        self, name: str, spans: list[tuple[int, int]], at: tuple[int, int]
    ) -> tuple[Expression | Vector, ...]:
        shortened = [(start, self.without_unit(start, end)) for start, end in spans]
        found = [self.argument(*span) for span in shortened]
        form = form_of(name, found)
        if form is None:
            self.refuse(at, f"'{name}' does not take what is in its brackets", MAKERS[name].usage)
        for k, kind in enumerate(form.takes):
            has_unit = shortened[k] != spans[k]
            argument = found[k]
            if kind == "a" and not isinstance(argument, tuple):
                found[k] = self.angle(argument, has_unit, spans[k])
            elif has_unit:
                self.refuse(spans[k], "this is not an angle", MAKERS[name].usage)
        return tuple(found)

    def without_unit(self, start: int, end: int) -> int:
        found = _RADIANS.search(self.text, start, end)
        return found.start() if found else end

    def argument(self, start: int, end: int) -> Expression | Vector:
        """A number, or a vector in brackets."""
        first = skip(self.text, start)
        close = closing(self.text, first) if self.text[first : first + 1] == "(" else None
        if close is not None and is_blank(self.text[close + 1 : end]):
            inner = pieces(self.text, first + 1, close, ",")
            if len(inner) > 1:
                return tuple(self.only_number(*each, "a number of the vector") for each in inner)
        return self.only_number(start, end, "what stands in brackets here")

    def angle(self, number: Expression, has_unit: bool, at: tuple[int, int]) -> Expression:
        """The angle in radians; a number without a mark is in degrees."""
        if has_unit:
            if has_degrees(number):
                self.refuse(at, "this angle is in degrees and in radians", "write 30, or π/6 rad")
            return number
        if has_degrees(number):
            return number
        if is_marked(number):
            said = self.typed[slice(*at)].strip()
            self.refuse(
                at, "it is not clear whether this is in degrees or in radians", f"write {shown(said)} rad for radians"
            )
        return Degrees(number)
