"""Typed text in pieces: numbers, names, signs; each knows where it stands."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from mmlviz.maths.expression.vocabulary import (
    ALIKE,
    CONSTANTS,
    FRACTIONS,
    INVISIBLE,
    LOWERED,
    RAISED,
    ROOTS,
    SPELLINGS,
)
from mmlviz.maths.number import LARGEST_EXPONENT, SMALLEST, Problem

_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SIGNS = set("+-*/^()[]{}|°_")

_REFUSED = {
    ",": ("a comma is not read: it could be 1.5 or 1000", "write 1.5 with a point, and 1000 without a mark"),
    "=": ("'=' does not belong in a formula", "write only what stands on one side of it"),
    "!": ("'!' is not read", "write gamma(n+1) for the factorial of n"),
    "%": ("'%' is not read", "write 0.5 for 50 %"),
    "±": ("'±' stands for two formulas", "write one of them, with + or −"),
    "∞": ("∞ is not a number", ""),
    "\\": ("'\\' is not read", "write sin(x) for \\sin(x), and (a)/(b) for a fraction"),
    "'": ("a prime is not read", "write the derivative itself"),
    "′": ("a prime is not read", "write the derivative itself"),
    "∜": ("'∜' is not read", "write x^(1/4)"),
    ";": ("a semicolon does not belong in a formula", ""),
    '"': ("quotation marks do not belong in a formula", ""),
}


class Refused(Exception):
    """The reading stops at a problem."""

    def __init__(self, start: int, end: int, message: str, suggestion: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(start, end, message, suggestion)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text from start to end.

    kind is number, fraction, function, constant, variable, raised, lowered, sign or end. text is in plain
    characters: '-' for every minus, the function's name for every spelling. is_apart: a space stands before it.
    """

    kind: str
    text: str
    start: int
    end: int
    is_apart: bool


def plain(text: str) -> str:
    """The same number of characters, each in its plain form: − as -, 𝑥 as x."""
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character in ALIKE:
        return ALIKE[character]
    if character.isascii() or character in RAISED or character in LOWERED or character in FRACTIONS:
        return character
    alike = unicodedata.normalize("NFKC", character)
    return alike if len(alike) == 1 and (alike.isascii() or alike in "πΓ") and not character.isdigit() else character


def tokens(text: str, variables: Sequence[str]) -> list[Token]:
    """The pieces of a text, an end behind them. Raises Refused."""
    found = list(_tokens(text, plain(text), variables))
    return [*found, Token("end", "", len(text), len(text), True)]


def _tokens(text: str, plain_text: str, variables: Sequence[str]) -> Iterator[Token]:
    at, is_apart = 0, True
    while at < len(text):
        character = plain_text[at]
        if character == " ":
            is_apart = True
            at += 1
        elif character in INVISIBLE:
            at += 1
        else:
            for token in _piece(text, plain_text, at, is_apart, variables):
                yield token
                at = token.end
            is_apart = False


def _piece(text: str, plain_text: str, at: int, is_apart: bool, variables: Sequence[str]) -> list[Token]:
    """What begins here: one token, or the several names of a word such as xsin."""
    character = plain_text[at]
    number = _NUMBER.match(plain_text, at)
    if number is not None:
        return [_number(number[0], at, is_apart)]
    if plain_text.startswith("**", at):
        return [Token("sign", "^", at, at + 2, is_apart)]
    if character in _SIGNS:
        return [Token("sign", character, at, at + 1, is_apart)]
    if character in ROOTS:
        return [Token("root", ROOTS[character], at, at + 1, is_apart)]
    if character in FRACTIONS:
        return [Token("fraction", character, at, at + 1, is_apart)]
    for kind, table in (("raised", RAISED), ("lowered", LOWERED)):
        if character in table:
            return [_run(kind, table, plain_text, at, is_apart)]
    if character.isalpha():
        return _names(plain_text, at, is_apart, variables)
    message, suggestion = _REFUSED.get(character, (f"'{text[at]}' does not belong in a formula", ""))
    raise Refused(at, at + 1, message, suggestion)


def _number(typed: str, at: int, is_apart: bool) -> Token:
    end = at + len(typed)
    exponent = re.search(r"[eE]([+-]?[0-9]+)", typed)
    if exponent is not None and (len(exponent[1]) > 5 or abs(int(exponent[1])) > LARGEST_EXPONENT):
        allowed = f"exponents go from −{LARGEST_EXPONENT} to {LARGEST_EXPONENT}"
        raise Refused(at, end, f"'{typed}' is out of reach", allowed)
    size = float(typed)
    if size == float("inf"):
        raise Refused(at, end, f"'{typed}' is too large")
    if size < SMALLEST and typed.lower().partition("e")[0].strip("0."):
        raise Refused(at, end, f"'{typed}' is too small", f"the smallest number beside 0 is {SMALLEST}")
    return Token("number", typed, at, end, is_apart)


def _run(kind: str, table: dict[str, str], text: str, at: int, is_apart: bool) -> Token:
    end = at
    while end < len(text) and text[end] in table:
        end += 1
    return Token(kind, "".join(table[c] for c in text[at:end]), at, end, is_apart)


def _names(text: str, at: int, is_apart: bool, variables: Sequence[str]) -> list[Token]:
    """The names in a word: xsinx is x sin x. The longest name is taken wherever the rest can be read, too."""
    end = at
    while end < len(text) and text[end].isalpha() and text[end] not in RAISED:
        end += 1
    word = text[at:end]
    names = _known(variables)
    split = _split(word, names)
    if split is None:
        raise Refused(at, end, *_unknown(word, names, variables))
    found = []
    for name in split:
        kind, said = names[name]
        found.append(Token(kind, said, at, at + len(name), is_apart))
        at, is_apart = at + len(name), False
    return found


def _known(variables: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Every name that is read, with its kind and its plain form."""
    names = {spelling: ("function", name) for spelling, name in SPELLINGS.items()}
    names |= {"Γ": ("function", "gamma")}
    names |= {spelling: ("constant", name) for spelling, name in CONSTANTS.items()}
    return names | {name: ("variable", name) for name in variables}


def _split(word: str, names: dict[str, tuple[str, str]]) -> list[str] | None:
    """The word as names side by side, the longest first; None where it cannot be."""
    longest = max(map(len, names))
    rest: list[list[str] | None] = [None] * len(word) + [[]]  # rest[k]: the names of word[k:]
    for k in range(len(word) - 1, -1, -1):
        for size in range(min(longest, len(word) - k), 0, -1):
            behind = rest[k + size]
            if word[k : k + size] in names and behind is not None:
                rest[k] = [word[k : k + size], *behind]
                break
    return rest[0]


def _unknown(word: str, names: dict[str, tuple[str, str]], variables: Sequence[str]) -> tuple[str, str]:
    near = get_close_matches(word, names, 1, 0.6) or get_close_matches(word.lower(), names, 1, 0.6)
    short = word if len(word) <= 20 else f"{word[:20]}…"
    if word == "i":
        return "'i' is not known: formulas are real here", ""
    if near:
        return f"the name '{short}' is not known", f"did you mean '{near[0]}'?"
    allowed = f"the variable is {variables[0]}" if len(variables) == 1 else f"variables are {', '.join(variables)}"
    return f"the name '{short}' is not known", allowed if variables else "only numbers, pi, e and functions are read"
