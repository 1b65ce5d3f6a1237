"""Where a reader stands in the tokens of a formula, and what is said when it cannot go on."""

from collections.abc import Sequence
from typing import NoReturn

from mmlviz.maths.expression.constants import Values
from mmlviz.maths.expression.tokens import Refused, Token, quoted, shown
from mmlviz.maths.expression.tree import Expression
from mmlviz.maths.expression.vocabulary import FRACTIONS

DEEPEST = 50  # of what stands in each other: brackets, powers, functions, divisions


class Cursor:
    """A place in the tokens, the values of what has been read before it, and how deep it is nested."""

    def __init__(self, found: Sequence[Token], text: str, variables: Sequence[str], depth: int = 0) -> None:
        self.tokens, self.text, self.variables = found, text, variables
        self.at = 0
        self.bars = 0  # that are open in this bracket
        self.depth = depth
        self.values = Values(text)

    # Where we are -------------------------------------------------------------------------------

    @property
    def here(self) -> Token:
        return self.tokens[self.at]

    def next(self) -> Token:
        token = self.here
        self.at += 1
        return token

    def sees(self, *signs: str) -> bool:
        """Whether one of these signs comes next."""
        return self.here.kind == "sign" and self.here.text in signs

    def refuse(self, message: str, suggestion: str = "", token: Token | None = None) -> NoReturn:
        at = token or self.here
        raise Refused(at.start, at.end, message, suggestion)

    def quote(self, token: Token) -> str:
        """What was typed there."""
        return quoted(self.text[token.start : token.end])

    def made(self, node: Expression, first: Token) -> Expression:
        """A node of the tree, its value looked at where it has one; an equal one that was made before is taken."""
        return self.values.checked(node, first.start, self.tokens[self.at - 1].end)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse("this is nested too deeply", f"at most {DEEPEST} levels are read")

    # What is wrong ------------------------------------------------------------------------------

    def unexpected(self) -> NoReturn:
        token = self.here
        last = self.tokens[self.at - 1] if self.at else token
        is_left = last.kind == "root" or (last.kind == "sign" and last.text in "+-*/^")
        if token.kind == "end" or (self.sees(")", "]", "}") and is_left):
            self.refuse(f"something is missing behind {self.quote(last)}", "", last)
        if self.sees(")", "]", "}"):
            self.refuse(f"'{token.text}' closes nothing that is open", "take it away, or open a bracket before it")
        if self.sees("|"):
            self.refuse("nothing stands between these bars")
        if token.kind == "lowered" or self.sees("_"):
            self.refuse("an index is not read", "only log can have one: log_2(x)")
        if self.sees("°"):
            self.refuse("no number stands before '°'", "write 30°")
        if token.kind == "raised" and self.tokens[self.at + 1].kind == "root":
            self.refuse("a root with a number at it is not read so", "write cbrt(x), or x^(1/4)")
        self.refuse(f"{self.quote(token)} is not expected here", "a number, a name or a bracket is")

    def number_behind(self) -> NoReturn:
        """x2 can be x², 2x or a lost subscript."""
        before, number = self.tokens[self.at - 1], self.here
        left, right = shown(before.typed), shown(number.typed)
        if before.kind == "variable":
            self.refuse(
                f"the number {right} stands behind {left}",
                f"write {left}^{right} for a power, {right}{left} for a product",
            )
        if before.kind not in ("number", "fraction"):
            self.refuse(
                f"the number {right} stands behind what it multiplies or raises",
                f"write it in front, or ^{right} for a power",
            )
        if number.text.startswith(".") and not number.is_apart:
            self.refuse("a number has one point", "write 1.5")
        together = f"{shown(_together(before, number))} or " if before.kind == "number" else ""
        self.refuse("two numbers stand side by side", f"write {together}{left}·{right}")

    def number_glued(self, token: Token) -> None:
        """sin2(x) and log2(x) have lost what made them clear; sin2x has not."""
        number = self.here
        if number.kind != "number" or number.is_apart:
            return
        behind = self.tokens[self.at + 1]
        is_log = token.text in ("ln", "lg")
        if is_log or behind.text == "(" or (behind.is_apart and behind.kind != "end"):
            said, n = token.typed, number.typed
            first = f"log_{n}(x)" if is_log else f"{said}^{n}(x)"
            raise Refused(
                token.start, number.end, f"'{said}{n}' can be read in two ways", f"write {first} or {said}({n}x)"
            )

    def unclosed(self, opening: Token, closing: str) -> NoReturn:
        if self.sees(")", "]", "}"):
            self.refuse(f"'{opening.text}' is closed by '{self.here.text}'", f"write '{closing}'")
        if self.here.kind != "end":
            self.unexpected()
        self.refuse(f"'{opening.text}' is not closed", f"write '{closing}' where it ends", opening)


def _together(before: Token, number: Token) -> str:
    """1 000 as one number, 2½ as 2.5."""
    if number.kind == "number" or not before.typed.isdigit():
        return before.typed + number.typed
    above, below = FRACTIONS[number.text]
    ends = above * 1000 % below == 0
    return f"{int(before.typed) + above / below:g}" if ends else f"{before.typed} + {above}/{below}"
