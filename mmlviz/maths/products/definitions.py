"""Matrices that are defined by a letter and a text each: written out, or as a product of others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mmlviz.maths.expression.tokens import Refused, quoted
from mmlviz.maths.number import Problem
from mmlviz.maths.products.evaluate import undefined, value
from mmlviz.maths.products.parser import read
from mmlviz.maths.products.scan import has_matrix, prepared
from mmlviz.maths.products.tree import LETTERS, Name, Node, letters, nodes
from mmlviz.maths.rational import Matrix

_BETWEEN = " | "
_ESCAPED = {"%": "%25", "|": "%7C"}


@dataclass(frozen=True, slots=True)
class Definitions:
    """Letters with their texts, in the order in which they were first given; each letter once."""

    texts: tuple[tuple[str, str], ...] = ()

    def with_one(self, letter: str, text: str) -> "Definitions":
        """The same with a letter defined, or defined anew. Raises ValueError for what names no matrix."""
        if len(letter) != 1 or letter not in LETTERS:
            raise ValueError(f"{letter!r} names no matrix: A to Z do, but for I")
        texts = dict(self.texts) | {letter: text.strip()}
        return replace(self, texts=tuple(texts.items()))

    def without(self, letter: str) -> "Definitions":
        """The same without a letter, if it is there."""
        return replace(self, texts=tuple(each for each in self.texts if each[0] != letter))

    def resolve(self, given: Mapping[str, Matrix] | None = None) -> dict[str, Matrix | Problem]:
        """The matrix of each letter, or what is wrong with its text; given are matrices that come from elsewhere."""
        return _Resolution(dict(self.texts), given or {}).all()

    def write(self) -> str:
        """One line for links: B=0,-1;1,0 | C=(A^2 B)^-1."""
        return _BETWEEN.join(f"{letter}={_escape(text)}" for letter, text in self.texts)


def read_definitions(text: str) -> Definitions | Problem:
    """What Definitions.write wrote; the texts themselves are not looked at."""
    found, start = Definitions(), 0
    for piece in text.split("|") if text.strip() else ():
        end = start + len(piece)
        letter, sign, meant = piece.partition("=")
        letter = letter.strip()
        if not sign or len(letter) != 1 or letter not in LETTERS:
            return Problem(start, end, f"{quoted(piece.strip())} defines no matrix", "write B=0,-1;1,0 | C=A B")
        if letter in dict(found.texts):
            return Problem(start, end, f"{letter} is defined twice")
        found = found.with_one(letter, _unescape(meant))
        start = end + 1
    return found


def read_definition(text: str) -> Node | Problem:
    """What a letter stands for: a product, or entries also without their brackets: 1, 2; 3, 4."""
    seen = prepared(text)
    is_bare = not has_matrix(seen) and ("," in seen or ";" in seen)
    if not is_bare:
        return read(text)
    found = read(f"[{text}]")
    if isinstance(found, Problem):
        start, end = (min(max(0, k - 1), len(text)) for k in (found.start, found.end))
        return Problem(start, end, found.message, found.suggestion)
    return found


def _escape(text: str) -> str:
    return "".join(_ESCAPED.get(c, c) for c in text)


def _unescape(text: str) -> str:
    return text.replace("%7C", "|").replace("%25", "%")


class _Resolution:
    """Works all letters out, each once, those first that others need."""

    def __init__(self, texts: Mapping[str, str], given: Mapping[str, Matrix]) -> None:
        self.texts, self.given = texts, given
        self.trees = {letter: read_definition(text) for letter, text in texts.items()}
        self.needs = {
            letter: () if isinstance(tree, Problem) else tuple(each for each in letters(tree) if each in texts)
            for letter, tree in self.trees.items()
        }
        self.found: dict[str, Matrix | Problem] = {}

    def all(self) -> dict[str, Matrix | Problem]:
        for letter in self.texts:
            self.work_out(letter)
        return {letter: self.found[letter] for letter in self.texts}

    def work_out(self, letter: str) -> None:
        if letter in self.found:
            return
        cycle = self.cycle(letter)
        if cycle:
            self.found[letter] = self.whole(letter, _told(cycle))
            return
        for other in self.needs[letter]:
            self.work_out(other)
        self.found[letter] = self.value(letter)

    def value(self, letter: str) -> Matrix | Problem:
        tree = self.trees[letter]
        if isinstance(tree, Problem):
            return tree
        if letter in self.given:
            return self.whole(letter, f"{letter} comes from elsewhere, and cannot be defined here")
        names = sorted({*self.texts, *self.given} - {letter})
        strange = next((each for each in nodes(tree) if isinstance(each, Name) and each.letter not in names), None)
        if strange is not None:
            return Problem(*strange.at, *undefined(strange.letter, names))
        for other in self.needs[letter]:
            wrong = self.found[other]
            if isinstance(wrong, Problem):
                return self.whole(letter, f"{other} has no value: {self.cause(other, wrong)}")
        known = {**self.given} | {each: A for each, A in self.found.items() if not isinstance(A, Problem)}
        try:
            return value(tree, known)
        except Refused as refused:
            return refused.problem

    def cause(self, letter: str, wrong: Problem) -> str:
        """What is wrong in the first place: a chain of letters tells it once."""
        broken = [(each, self.found[each]) for each in self.needs[letter] if each not in self.cycle(letter)]
        for each, problem in broken:
            if isinstance(problem, Problem):
                return self.cause(each, problem)
        return wrong.message

    def whole(self, letter: str, message: str) -> Problem:
        return Problem(0, len(self.texts[letter]), message)

    def cycle(self, letter: str) -> tuple[str, ...]:
        """The shortest way from a letter through what it needs back to it; () where there is none."""
        ways: list[tuple[str, ...]] = [(letter,)]
        seen: set[str] = set()
        for way in ways:  # grows while it is walked through
            for other in self.needs[way[-1]]:
                if other == letter:
                    return way
                if other not in seen:
                    seen.add(other)
                    ways.append((*way, other))
        return ()


def _told(cycle: tuple[str, ...]) -> str:
    """C is defined by D and D by C."""
    if len(cycle) == 1:
        return f"{cycle[0]} is defined by itself"
    first, *others = [
        f"{one} {'is defined ' if k == 0 else ''}by {other}" for k, (one, other) in enumerate(_pairs(cycle))
    ]
    return ", ".join([first, *others[:-1]]) + f" and {others[-1]}"


def _pairs(cycle: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return zip(cycle, (*cycle[1:], cycle[0]))
