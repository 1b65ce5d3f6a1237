"""Typed text in pieces: numbers, names, signs; each knows where it stands."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from mmlviz.maths.expression.vocabulary import (
    ALIKE,
    CONSTANTS,
    FRACTIONS,
    HINTS,
    INVISIBLE,
    NO_NUMBERS,
    ROOTS,
    SPELLINGS,
)
from mmlviz.maths.number import LARGEST_EXPONENT, SMALLEST, Problem

LONGEST_QUOTE = 30  # characters

_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_COMMA = re.compile(r"[0-9]+,[0-9]+")
_RELATION = re.compile("[=<>≤≥≠≈]+")
_SIGNS = set("+-*/^()[]{}|°_")
_LETTERS_FROM_ELSEWHERE = "πΓ"

_REFUSED = {
    "!": ("'!' is not read", "write gamma(n+1) for the factorial of n"),
    "%": ("'%' is not read", "write 0.5 for 50 %"),
    "±": ("'±' stands for two formulas", "write one of them, with + or −"),
    "∞": ("∞ is not a number", ""),
    "\\": ("'\\' is not read", "write sin(x) for \\sin(x), and (a)/(b) for a fraction"),
    "'": ("a prime is not read", "write the derivative itself"),
    "′": ("a prime is not read", "write the derivative itself"),
    "∜": ("'∜' is not read", "write x^(1/4)"),
    ":": ("':' is not read", "write / for a division"),
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

    kind is number, fraction, root, function, constant, variable, raised, lowered, sign or end. text is what it means:
    '-' for every minus, the function's name for every spelling; typed is the piece itself in plain characters.
    is_apart: a space stands before it.
    """

    kind: str
    text: str
    typed: str
    start: int
    end: int
    is_apart: bool


def shown(text: str) -> str:
    """A piece of what was typed, on one line and not too long; U+202E for what cannot be seen."""
    seen = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text[: LONGEST_QUOTE + 1])
    return seen if len(seen) <= LONGEST_QUOTE else f"{seen[: LONGEST_QUOTE - 1]}…"


def quoted(text: str) -> str:
    """The same in quotation marks."""
    return f"'{shown(text)}'"


def is_blank(text: str) -> bool:
    """Whether nothing can be seen of it."""
    return not "".join(c for c in text if c not in INVISIBLE).strip()


def plain(text: str) -> str:
    """The same number of characters, each in its plain form: − as -, 𝑥 as x."""
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character in ALIKE:
        return ALIKE[character]
    if character.isascii():
        return character
    alike = _form(character, "<font>", "<wide>", "<narrow>")
    return ALIKE.get(alike, alike) if alike.isascii() or alike in _LETTERS_FROM_ELSEWHERE else character


def _form(character: str, *kinds: str) -> str:
    """What a character is another form of: raised, lowered, slanted, wide; itself where it is none of these."""
    kind, _, code = unicodedata.decomposition(character).partition(" ")
    return chr(int(code, 16)) if kind in kinds and " " not in code else character


def tokens(text: str, variables: Sequence[str]) -> list[Token]:
    """The pieces of a text, an end behind them. Raises Refused."""
    where = [k for k, character in enumerate(text) if character not in INVISIBLE]
    seen = "".join(text[k] for k in where)
    where.append(len(text))

    def back(start: int, end: int) -> tuple[int, int]:
        """Places in the text of places in what can be seen of it."""
        return where[start], where[end - 1] + 1 if end > start else where[end]

    try:
        _refuse_relations(seen)
        found = list(_tokens(seen, plain(seen), variables))
    except Refused as refused:
        problem = refused.problem
        raise Refused(*back(problem.start, problem.end), problem.message, problem.suggestion) from None
    if len(seen) < len(text):
        places = [back(token.start, token.end) for token in found]
        found = [replace(token, start=start, end=end) for token, (start, end) in zip(found, places)]
    return [*found, Token("end", "", "", len(text), len(text), True)]


def _refuse_relations(text: str) -> None:
    """Whatever stands before it: y = x² is no formula because of the sign, not because of the y."""
    sign = _RELATION.search(text)
    if sign is not None:
        message = f"{quoted(sign[0])} does not belong in a formula"
        raise Refused(sign.start(), sign.end(), message, "write only what stands on one side of it")


def _tokens(text: str, plain_text: str, variables: Sequence[str]) -> Iterator[Token]:
    at, is_apart = 0, True
    while at < len(text):
        if plain_text[at] == " ":
            is_apart = True
            at += 1
            continue
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
    if text.startswith("**", at):
        return [Token("sign", "^", "**", at, at + 2, is_apart)]
    for kind, table in (("sign", _SIGNS), ("root", ROOTS), ("fraction", FRACTIONS)):
        if character in table:
            meant = ROOTS.get(character, character)
            return [Token(kind, meant, character, at, at + 1, is_apart)]
    for kind, form in (("raised", "<super>"), ("lowered", "<sub>")):
        if _form(character, form) != character:
            return [_run(kind, form, text, at, is_apart)]
    if character.isalpha():
        return _names(plain_text, at, is_apart, variables)
    raise _unread(text, plain_text, at)


def _unread(text: str, plain_text: str, at: int) -> Refused:
    """A character that is not read."""
    if plain_text[at] == ",":
        return _comma(plain_text, at)
    message, suggestion = _REFUSED.get(plain_text[at], (f"{quoted(text[at])} does not belong in a formula", ""))
    return Refused(at, at + 1, message, suggestion)


def _comma(plain_text: str, at: int) -> Refused:
    for number in _COMMA.finditer(plain_text):
        if number.start() < at < number.end():
            with_point, without = number[0].replace(",", "."), number[0].replace(",", "")
            return Refused(
                at, at + 1, f"the comma in {quoted(number[0])} is not read",
                f"write {with_point} or {without}" if len(with_point) <= LONGEST_QUOTE else "write a point, or no mark",
            )  # fmt: skip
    return Refused(at, at + 1, "a comma is not read: functions have one argument", "to base 2 is log_2(x)")


def _number(typed: str, at: int, is_apart: bool) -> Token:
    end = at + len(typed)
    exponent = re.search(r"[eE]([+-]?)0*([0-9]+)", typed)
    if exponent is not None and (len(exponent[2]) > 5 or int(exponent[2]) > LARGEST_EXPONENT):
        allowed = f"exponents go from −{LARGEST_EXPONENT} to {LARGEST_EXPONENT}"
        raise Refused(at, end, f"{quoted(typed)} is out of reach", allowed)
    size = float(typed)
    if size == float("inf"):
        raise Refused(at, end, f"{quoted(typed)} is too large")
    if size < SMALLEST and typed.lower().partition("e")[0].strip("0."):
        raise Refused(at, end, f"{quoted(typed)} is too small", f"the smallest number beside 0 is {SMALLEST}")
    return Token("number", typed, typed, at, end, is_apart)


def _run(kind: str, form: str, text: str, at: int, is_apart: bool) -> Token:
    """Raised or lowered characters that stand together."""
    end = at
    while end < len(text) and _form(text[end], form) != text[end]:
        end += 1
    meant = plain("".join(_form(c, form) for c in text[at:end]))
    return Token(kind, meant, text[at:end], at, end, is_apart)


# Names ------------------------------------------------------------------------------------------


def _names(text: str, at: int, is_apart: bool, variables: Sequence[str]) -> list[Token]:
    """The names in a word: xsinx is x sin x. The longest name is taken wherever the rest can be read, too."""
    end = at
    while end < len(text) and text[end].isalpha() and _form(text[end], "<super>", "<sub>") == text[end]:
        end += 1
    word = text[at:end]
    names = _known(variables)
    split = _split(word, names)
    if split is None or (_ends_like_sine(split) and text.startswith("(", end)):
        raise Refused(at, end, *_unknown(word, names, variables))
    found = []
    for name in split:
        kind, meant = names[name]
        found.append(Token(kind, meant, name, at, at + len(name), is_apart))
        at, is_apart = at + len(name), False
    return found


def _ends_like_sine(split: Sequence[str]) -> bool:
    """sine(x) is not sin(e·x)."""
    return len(split) > 1 and split[-1] == "e" and split[-2] in SPELLINGS


def _known(variables: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Every name that is read, with its kind and what it means."""
    names = {spelling: ("function", name) for spelling, name in SPELLINGS.items()}
    names |= {"Γ": ("function", "gamma")}
    names |= {spelling: ("constant", name) for spelling, name in CONSTANTS.items()}
    return names | {name: ("variable", name) for name in variables}


def _split(word: str, names: dict[str, tuple[str, str]]) -> list[str] | None:
    """The word as names side by side, the longest first; None where it cannot be."""
    longest = max(map(len, names))
    sizes = [0] * len(word) + [-1]  # sizes[k]: of the first name of word[k:]; 0 where that cannot be split
    for k in range(len(word) - 1, -1, -1):
        for size in range(min(longest, len(word) - k), 0, -1):
            if sizes[k + size] and word[k : k + size] in names:
                sizes[k] = size
                break
    found, k = [], 0
    while k < len(word) and sizes[k]:
        found.append(word[k : k + sizes[k]])
        k += sizes[k]
    return found if k == len(word) else None


def _unknown(word: str, names: dict[str, tuple[str, str]], variables: Sequence[str]) -> tuple[str, str]:
    """What is said of a word that cannot be read."""
    strange = next((c for c in word if not c.isascii() and c not in _LETTERS_FROM_ELSEWHERE), None)
    if strange is not None:
        return f"{quoted(strange)} is not read: it is the {unicodedata.name(strange, 'unnamed character').lower()}", ""
    if word.lower() in NO_NUMBERS:
        return f"{quoted(word)} is not a number that is read: all are real and finite here", ""
    said, hint = f"the name {quoted(word)} is not known", HINTS.get(word.lower(), "")
    long = [name for name in names if len(name) > 1]
    close = long if len(word) > 1 else list(variables)
    near = get_close_matches(word, close, 1, 0.6) or get_close_matches(word.lower(), close, 1, 0.6)
    if hint or near:
        return said, hint or f"did you mean '{near[0]}'?"
    allowed = f"the variable is {variables[0]}" if len(variables) == 1 else f"variables are {', '.join(variables)}"
    return said, allowed if variables else "only numbers, pi, e and functions are read"
