"""Reads products of matrices as a person types them. `readings.py` lists what was decided.

Nothing typed is run as code, and length, depth and exponents are bounded. Numbers are read by maths.expression.

    sum     = term { (+|−) term }
    term    = { sign } power { [ · ] power }, and / before a number
    power   = operand [ ^ whole number, ^T, ^-T or their raised characters, or ' ]
    operand = letter, I, (sum), [rows], maker(arguments), or a number that goes on up to the next matrix
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import NoReturn

from mmlviz.maths.expression.tokens import Refused, is_blank, quoted, shown
from mmlviz.maths.expression.vocabulary import FRACTIONS
from mmlviz.maths.number import Problem
from mmlviz.maths.products.operands import Operands
from mmlviz.maths.products.scan import number_end, raised, skip, takes_number
from mmlviz.maths.products.text import joined, negated, number_text, write
from mmlviz.maths.products.tree import LETTERS, Identity, Name, Node, Power, Scalar, Sum, Transpose

LONGEST = 200  # characters
LARGEST_EXPONENT = 100

_EXPONENT = re.compile(r"([+-]?)\s*([0-9]+|T)")
_SECOND = "put brackets around what is raised, as in (A^2)^T"
_WHOLE = "write a whole number such as A^2 or A^-1, or A^T"


@lru_cache(maxsize=256)
def read(text: str) -> Node | Problem:
    """The product that was typed; or what is wrong with it, and where.

    >>> read("A²B⁻¹") == read("A^2 · B^-1")
    True
    >>> str(read("A/B"))
    'a matrix does not divide; write A B^-1'
    """
    if len(text) > LONGEST:
        return Problem(LONGEST, len(text), f"{len(text)} characters are too many", f"at most {LONGEST} are read")
    if is_blank(text):
        return Problem(0, len(text), "nothing is typed here", "type a product such as A^-1 B")
    try:
        return _Reader(text).whole()
    except Refused as refused:
        return refused.problem


class _Reader(Operands):
    """Reads the text from left to right."""

    def whole(self) -> Node:
        node = self.sum()
        if self.here:
            self.unexpected()
        if isinstance(node, Scalar):
            said = number_text(node.number)
            matrix = write(joined([node, Identity()])) if len(said) < 12 else "a number times I"
            self.refuse(node.at, "this is a number, and a matrix is wanted", f"write {matrix}")
        return node

    def sum(self) -> Node:
        terms = [self.term()]
        while self.sees("+", "-"):
            is_minus = self.here == "-"
            self.at += 1
            terms.append(self.term(is_minus))
        if len(terms) == 1:
            return terms[0]
        for term in terms:
            if isinstance(term, Scalar):
                self.refuse(term.at, "a number is not added to a matrix", "write 2I for twice the identity")
        return Sum(tuple(terms), at=(terms[0].at[0], terms[-1].at[1]))

    # Products -----------------------------------------------------------------------------------

    def term(self, is_subtracted: bool = False) -> Node:
        start = skip(self.text, self.at)
        is_minus = self.sign() ^ is_subtracted
        found: list[Node] = [self.power()]
        while (factor := self.another(found)) is not None:
            found.append(factor)
        node = joined(negated(found) if is_minus else found)
        return _placed(node, start, node.at[1])

    def another(self, before: list[Node]) -> Node | None:
        """The next factor, if there is one."""
        if self.sees("/"):
            return self.divided(before)
        if self.sees("*"):
            self.at += 1
            is_minus = self.sign()
            factor = self.power()
            return joined(negated([factor])) if is_minus else factor
        glued = self.text[self.at : self.at + 1]
        if glued and (glued.isdigit() or glued == "." or glued in FRACTIONS):
            self.number_behind()
        return self.power() if self.begins_operand() else None

    def sign(self) -> bool:
        """Whether an odd number of minus signs stands here; they and any + are passed over."""
        is_minus = False
        while self.sees("+", "-"):
            is_minus ^= self.here == "-"
            self.at += 1
        return is_minus

    def divided(self, before: list[Node]) -> Node:
        """A/2 is half of A; by a matrix nothing is divided."""
        bar = self.at
        start = skip(self.text, bar + 1)
        end = number_end(self.text, start)
        if end > start and not takes_number(self.text[start:end]):
            self.at = end
            return Scalar(self.number_in("1" + self.text[bar:end], bar - 1, bar), at=(bar, end))
        self.at = start
        return self.no_division(before[-1], bar)

    def no_division(self, above: Node, bar: int) -> NoReturn:
        if not self.begins_operand():
            self.unexpected()
        below = self.power()
        inverse = Power(below.base, -below.exponent) if isinstance(below, Power) else Power(below, -1)
        better = write(joined([above, inverse]))
        self.refuse((bar, below.at[1]), "a matrix does not divide", f"write {shown(better)}")

    def number_behind(self) -> NoReturn:
        """A2 can be A², 2A or a lost index."""
        end = max(number_end(self.text, self.at), self.at + 1)
        said = quoted(self.typed[self.at : end])
        self.refuse(
            (self.at, end), f"the number {said} stands behind a matrix", "write A^2 for a power, 2A for twice A"
        )

    # Powers -------------------------------------------------------------------------------------

    def power(self) -> Node:
        base = self.operand()
        mark = self.mark()
        if mark is None:
            return base
        if isinstance(base, Scalar):
            self.refuse((base.at[0], self.at), "a number is raised to numbers only", "write (2A)^T, or 2^3 A")
        if self.mark() is not None:
            self.refuse((base.at[0], self.at), "a second exponent stands here", _SECOND)
        return _raised(base, mark, (base.at[0], self.at))

    def mark(self) -> str | None:
        """The exponent that stands here: T, -T or a whole number; None where there is none."""
        start = self.at
        if self.text[start : start + 1] == "'":
            self.at += 1
            return "T"
        if self.text[start : start + 1] and raised(self.text[start]):
            return self.small()
        here = skip(self.text, start)
        size = 2 if self.text.startswith("**", here) else 1 if self.text.startswith("^", here) else 0
        if size == 0:
            return None
        self.at = skip(self.text, here + size)
        return self.exponent()

    def small(self) -> str:
        """Raised characters: A⁻¹, Aᵀ."""
        start = self.at
        while self.at < len(self.text) and raised(self.text[self.at]):
            self.at += 1
        meant = "".join(map(raised, self.text[start : self.at]))
        if not _EXPONENT.fullmatch(meant):
            self.refuse((start, self.at), f"the exponent {quoted(self.typed[start : self.at])} is not read", _WHOLE)
        return self.allowed(meant, (start, self.at))

    def exponent(self) -> str:
        """What stands behind ^, in brackets or without."""
        start = self.at
        if self.sees("(", "{"):
            inner = self.bracketed()
            meant = self.text[inner[0] : inner[1]].strip()
            if not _EXPONENT.fullmatch(meant):
                self.refuse((start, self.at), f"the exponent {quoted(meant)} is not read", _WHOLE)
            return self.allowed(meant, (start, self.at))
        found = _EXPONENT.match(self.text, start)
        if found is None:
            self.no_exponent()
        self.at = found.end()
        behind = re.compile(r"\.[0-9]*|e[0-9]+").match(self.text, self.at)
        if found[2] != "T" and (behind or self.text[self.at : self.at + 1] in [*FRACTIONS]):
            self.at = behind.end() if behind else self.at + 1
            said = self.typed[start : self.at]
            self.refuse((start, self.at), f"the exponent {quoted(said)} is not a whole number", _WHOLE)
        return self.allowed(found[0], (start, self.at))

    def no_exponent(self) -> NoReturn:
        end = min(self.at + 1, len(self.text))
        if self.here and self.here in LETTERS + "I":
            self.refuse((self.at, end), "a matrix is not an exponent", _WHOLE)
        if self.here == "t":
            self.refuse((self.at, end), "the exponent 't' is not read", "did you mean ^T?")
        if not self.here:
            self.refuse((self.at - 1, self.at), "the exponent is missing", _WHOLE)
        self.refuse((self.at, end), f"{quoted(self.typed[self.at : end])} is not read as an exponent", _WHOLE)

    def allowed(self, exponent: str, at: tuple[int, int]) -> str:
        exponent = exponent.replace(" ", "").removeprefix("+")
        if exponent[-1] != "T" and (len(exponent) > 100 or abs(int(exponent)) > LARGEST_EXPONENT):
            self.refuse(at, "the exponent is too large", f"exponents go from −{LARGEST_EXPONENT} to {LARGEST_EXPONENT}")
        return exponent

    # Operands -----------------------------------------------------------------------------------

    def operand(self) -> Node:
        self.at = skip(self.text, self.at)
        start = self.at
        if self.here in ("(", "{") and number_end(self.text, start) == start:
            return self.brackets()
        if self.here == "[":
            return self.entries()
        if self.here and self.here in LETTERS + "I":
            self.capitalised()
            self.at += 1
            at = (start, self.at)
            return Identity(at=at) if self.text[start] == "I" else Name(self.text[start], at=at)
        return self.maker() or self.scalar()

    def brackets(self) -> Node:
        start = self.at
        self.deeper()
        inner = self.bracketed()
        behind, self.at = self.at, inner[0]
        if is_blank(self.text[inner[0] : inner[1]]):
            self.refuse((start, behind), "nothing stands in these brackets")
        node = self.sum()
        if skip(self.text, self.at) != inner[1]:
            self.unexpected()
        self.at = behind
        self.depth -= 1
        return _placed(node, start, behind)


def _placed(node: Node, start: int, end: int) -> Node:
    return replace(node, at=(start, end))


def _raised(base: Node, mark: str, at: tuple[int, int]) -> Node:
    match mark:
        case "T":
            return Transpose(base, at=at)
        case "-T":
            return Transpose(Power(base, -1, at=at), at=at)
    return Power(base, int(mark), at=at)
