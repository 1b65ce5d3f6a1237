"""Where the numbers in a typed product end, and brackets close. Texts here are `prepared`."""

import re
import unicodedata

from mmlviz.maths.expression.tokens import plain
from mmlviz.maths.expression.vocabulary import CONSTANTS, FRACTIONS, INVISIBLE, ROOTS, SPELLINGS
from mmlviz.maths.products.makers import MAKERS

CLOSING = {"(": ")", "[": "]", "{": "}"}

_ALIKE = {"∘": "*", "@": "*", "’": "'", "′": "'", "´": "'", "⊤": "ᵀ"} | dict.fromkeys(INVISIBLE, " ")
_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?")
_WORD = re.compile(r"[a-zπ]+")
_KNOWN = re.compile("(?:" + "|".join(sorted([*SPELLINGS, *CONSTANTS], key=len, reverse=True)) + ")+")
_FUNCTION_LAST = re.compile("(?:" + "|".join(sorted(SPELLINGS, key=len, reverse=True)) + r")\Z")
_JOINED = re.compile(r"(?:\*\*|[*/^_])\s*[+-]?\s*")
_MATRIX = re.compile(r"[A-Z\[]|(?:" + "|".join(sorted(MAKERS, key=len, reverse=True)) + r")\s*\(")


def prepared(text: str) -> str:
    """As many characters, each in its plain form: − as -, ∘ as *, ′ as '."""
    return "".join(_ALIKE.get(character, character) for character in plain(text))


def skip(text: str, at: int) -> int:
    """Behind the spaces that stand here."""
    while text[at : at + 1] == " ":
        at += 1
    return at


def raised(character: str) -> str:
    """What a raised character means: 2 for ², T for ᵀ; "" for all others."""
    return _small(character, "<super>")


def _small(character: str, form: str) -> str:
    kind, _, code = unicodedata.decomposition(character).partition(" ")
    return plain(chr(int(code, 16))) if kind == form and " " not in code else ""


def word(text: str, at: int) -> str:
    """The small letters that stand here."""
    found = _WORD.match(text, at)
    return found[0] if found else ""


def is_known(name: str) -> bool:
    """Whether it is a number's name or a function's, or several of them side by side."""
    return _KNOWN.fullmatch(name) is not None


def takes_number(text: str) -> str:
    """The function or root that stands last; "" where something else does."""
    text = text.rstrip()
    found = _FUNCTION_LAST.search(text)
    return found[0] if found else text[-1:] if text[-1:] in ROOTS else ""


def closing(text: str, at: int) -> int | None:
    """Where the bracket that opens here closes; None where it does not, or another closes before it."""
    open_ones: list[str] = []
    for k in range(at, len(text)):
        if text[k] in CLOSING:
            open_ones.append(CLOSING[text[k]])
        elif text[k] in ")]}":
            if text[k] != open_ones.pop():
                return None
            if not open_ones:
                return k
    return None


def has_matrix(text: str) -> bool:
    """Whether a matrix is named, made or written in it."""
    return _MATRIX.search(text) is not None


def pieces(text: str, start: int, end: int, sign: str) -> list[tuple[int, int]]:
    """The parts of text[start:end] that a sign outside all brackets separates: their starts and ends."""
    found, depth = [], 0
    for k in range(start, end):
        depth += (text[k] in CLOSING) - (text[k] in ")]}")
        if text[k] == sign and depth == 0:
            found.append((start, k))
            start = k + 1
    return [*found, (start, end)]


def number_end(text: str, at: int) -> int:
    """Where the number ends that begins here, with all that it is made of: 2√3·cos 30° up to the next matrix."""
    end = _operand_end(text, at)
    if end is None:
        return at
    while True:
        here = skip(text, end)
        after = _operand_end(text, here) or _joined_end(text, here)
        if after is None and _is_mark(text[here : here + 1]):
            after = here + 1
        if after is None:
            return end
        end = after


def _is_mark(character: str) -> bool:
    """Whether it belongs to the number before it: °, ², ₂. A raised T does not."""
    if not character:
        return False
    small = raised(character) or _small(character, "<sub>")
    return character == "°" or (small != "" and small != "T")


def _joined_end(text: str, at: int) -> int | None:
    """The end of a sign and what it joins to the number before it; None where that is no number."""
    join = _JOINED.match(text, at)
    return _operand_end(text, join.end()) if join else None


def _operand_end(text: str, at: int) -> int | None:
    """The end of a single number, name, root sign or bracket without matrices; None where none begins."""
    number = _NUMBER.match(text, at)
    if number:
        return number.end()
    character = text[at : at + 1]
    if character and (character in FRACTIONS or character in ROOTS):
        return _signed_end(text, at + 1) if character in ROOTS else at + 1
    name = word(text, at)
    if name:
        end = at + len(name)
        return None if not is_known(name) else _signed_end(text, end) if takes_number(name) else end
    if character in ("(", "{"):
        close = closing(text, at)
        if close is not None:
            return None if has_matrix(text[at:close]) else close + 1
    return None


def _signed_end(text: str, at: int) -> int:
    """Behind the argument of a function where it has a sign: cos -30°."""
    here = skip(text, at)
    return (_operand_end(text, here + 1) or at) if text[here : here + 1] == "-" else at
