"""Searches for typed mathematics that the reader does not stand. A seed decides everything, so every find returns.

Texts are made by a grammar, from pieces of the vocabulary, from all of Unicode, from bytes, and by changing texts
that led to an answer not had before: another message, another shape of tree.
"""

import contextlib
import random
import re
import signal
import sys
import warnings
from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from math import inf
from time import monotonic, process_time
from types import FrameType
from unittest import mock

import numpy as np

from mmlviz.maths.expression import Expression, cursor, evaluate, parser, read, tree, variables
from mmlviz.maths.expression.readings import DECISIONS
from mmlviz.maths.expression.text import write
from mmlviz.maths.expression.tree import nodes, parts
from mmlviz.maths.expression.vocabulary import (
    ALIKE,
    CONSTANTS,
    FRACTIONS,
    FUNCTIONS,
    INVISIBLE,
    ROOTS,
    SPELLINGS,
)
from mmlviz.maths.number import Problem

Reader = Callable[[str, tuple[str, ...]], object]
READ: Reader = read.__wrapped__  # not from the cache

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣʸⁿ₀₁₂₃₉"
LONGEST = 1200  # characters of a text: more than are read
FRAMES = 850  # of the 1000 that Python allows: the rest is for whoever calls the reader
HANGS = 20.0  # seconds after which a text is given up
KEPT = 3000  # texts that led to something new
SLOWEST = 10
NAMES = (
    ("x", "y"),
    ("x",),
    ("x", "y"),
    ("x", "y"),
    ("x",),
    ("x", "y"),
    (),
)  # what may stand in a text; () as where a number is typed
KINDS = tuple(kind for kind in vars(tree).values() if isinstance(kind, type) and issubclass(kind, Expression))


# Texts ------------------------------------------------------------------------------------------

PIECES = tuple(
    sorted(
        {*ALIKE, *INVISIBLE, *FRACTIONS, *RAISED, *ROOTS, *SPELLINGS, *CONSTANTS}
        | set("0123456789.,;:=!%&?#~'\"\\@$_+-*/^()[]{}|<>° \t\n\v\f\0\x1c\x85\u2028\u2029\u202e\u200fxyzitnαβ∞∫∑±′′∜")
        | {"log_2", "log_", "^-1", "^(1/3)", "**", "//", "1e-300", "1e300", "1e301", "9^9", "(x+1)", "|x|", "sin^2 "}
        | {"\ud800", "\U0001f600", "e\u0301", "ﬁ", "１", "𝑥", "𝐬𝐢𝐧", "٣", "ⅷ", "ₓ", "ᵉ", "1/0", "0/0", "tan 90°"}
        | {"(9^314/8^332)", "10^300", "/3^600", "·0", "\r\n", "f(x)=", "np.sin(x)", "__import__('os')", "\\frac{1}{2}"}
    )
)
OPENING = {"(": ")", "[": "]", "{": "}", "|": "|", "⁽": "⁾", "√(": ")", "-(": ")", "|-": "|", "(((": ")))"}
SAME = {"-": "−–‐－", "*": "·×**⋅", "/": "÷∕", "^": "**", " ": "\u00a0\u2009\t", "x": "𝑥𝐱ｘ", "e": "𝑒ℯ"}
NUMBERS = ("0", "1", "2", "3", "7", "10", "30", "0.5", ".5", "2.", "1e3", "1e-3", "1.5e300", "1e-300", "9" * 300, "½")


class Typist:
    """Makes one text after another."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.kept = [decision.typed for decision in DECISIONS]
        self.block = self.random.randrange(0x110000 // 0x80)  # of 128 characters; all have their turn

    def keep(self, text: str) -> None:
        """Let a text be changed from now on."""
        if len(self.kept) < KEPT:
            self.kept.append(text)
        else:
            self.kept[self.random.randrange(KEPT)] = text

    def text(self) -> str:
        ways = (self.changed, self.formula, self.pieces, self.unicode, self.bytes, self.nested, self.long, self.heavy)
        made = self.random.choices(ways, (50, 20, 10, 8, 2, 4, 3, 3))[0]()
        return made[: self.random.choice((1000, 1001, LONGEST))]

    # From nothing

    def formula(self) -> str:
        made = self._sum(self.random.randrange(1, 6))
        return self.written_otherwise(made) if self.random.random() < 0.5 else made

    def _sum(self, depth: int) -> str:
        terms = [self._term(depth) for _ in range(self.random.choice((1, 1, 2, 3)))]
        return self.random.choice((" + ", "+", "-", " - ", "−")).join(terms)

    def _term(self, depth: int) -> str:
        factors = [self._factor(depth) for _ in range(self.random.choice((1, 1, 1, 2, 3)))]
        sign = self.random.choice(("", "", "", "-", "+", "--"))
        return sign + self.random.choice(("", "", " ", "*", "·", "/", " / ", "*-")).join(factors)

    def _factor(self, depth: int) -> str:
        drawn = self.random
        if depth <= 0:
            return drawn.choice(("x", "x", "y", "2", "π", "e", drawn.choice(NUMBERS)))
        inner = self._sum(depth - 1)
        name = drawn.choice((*SPELLINGS, *FUNCTIONS))
        ways = (
            lambda: self._factor(0),
            lambda: f"({inner})",
            lambda: f"|{inner}|",
            lambda: f"{name}({inner})",
            lambda: f"{name} {self._factor(0)}",
            lambda: f"{name}^{drawn.choice(('2', '-1', '-2', '(1/3)'))}({inner})",
            lambda: f"{name}{drawn.choice('²³')}({inner})",
            lambda: f"log_{self._factor(0)}({inner})",
            lambda: f"log{drawn.choice('₂₃₅')}({inner})",
            lambda: f"√{self._factor(depth - 1)}",
            lambda: f"{self._factor(depth - 1)}^{self._factor(depth - 1)}",
            lambda: f"({inner})^-{self._factor(0)}",
            lambda: f"{self._factor(0)}{drawn.choice(('²', '³', '⁻¹', '⁽ˣ⁺¹⁾', 'ˣ', '°', '¹⁰'))}",
            lambda: f"({inner})/({self._sum(depth - 1)})",
        )
        return drawn.choice(ways)()

    def written_otherwise(self, text: str) -> str:
        """With other characters for the same, and with spaces in places."""
        drawn = self.random
        out = [drawn.choice(SAME[c]) if c in SAME and drawn.random() < 0.3 else c for c in text]
        for _ in range(drawn.randrange(3)):
            out.insert(drawn.randrange(len(out) + 1), drawn.choice((" ", "\u00a0", *INVISIBLE)))
        return "".join(out)

    def pieces(self) -> str:
        return "".join(self.random.choices(PIECES, k=self.random.randrange(1, 30)))

    def unicode(self) -> str:
        """A few characters of the next block, in a formula or by themselves."""
        self.block = (self.block + 1) % (0x110000 // 0x80)
        near = [chr(self.block * 0x80 + self.random.randrange(0x80)) for _ in range(self.random.randrange(1, 4))]
        if self.random.random() < 0.3:
            return "".join(near)
        out = list(self.random.choice(("x+1", "sin x", "2x", self.random.choice(self.kept))))
        for character in near:
            out.insert(self.random.randrange(len(out) + 1), character)
        return "".join(out)

    def bytes(self) -> str:
        found = self.random.randbytes(self.random.randrange(1, 60))
        codes = (("latin-1", ""), ("utf-8", "replace"), ("utf-8", "surrogateescape"), ("utf-16-le", "surrogatepass"))
        code, otherwise = self.random.choice(codes)
        return found[: len(found) // 2 * 2].decode(code, otherwise or "strict")

    def nested(self) -> str:
        """Brackets, functions, powers or divisions in each other, up to more than are read."""
        drawn = self.random
        depth = drawn.choice((10, 25, 47, 48, 49, 50, 51, 52, drawn.randrange(1, 400)))
        if drawn.random() < 0.5:
            opening = drawn.choice(tuple(OPENING))
            before = drawn.choice(("", "", *SPELLINGS, "x*", "x*-sin", "1/", "x^", "-1*-sec", "2/-ln"))
            raised = drawn.choice((1, 20, 49, 50))
            raised_core = "x" + "⁽" * raised + drawn.choice("ˣ²⁻") + "⁾" * raised
            core = drawn.choice(("x", "1", "ˣ", "x+1", "", raised_core, drawn.choice(self.kept)))
            behind = drawn.choice(("", "", "", "^2", "²", "°", "+1", "x"))
            return f"{before}{opening}" * depth + core + f"{OPENING[opening]}{behind}" * depth
        step = drawn.choice(
            ("x^", "x^-", "1/", "x/", "2^x^", "sin ", "√", "-", "+", "--+", "sin^2 ", "log_", "ln ", "½^")
        )
        return step * depth + drawn.choice(("x", "1", "2", ""))

    def long(self) -> str:
        """One thing over and over, up to the length that is read and beyond."""
        drawn = self.random
        piece = drawn.choice((drawn.choice(PIECES), drawn.choice(self.kept), self._factor(1), drawn.choice("qzx9²₂")))
        piece += drawn.choice(("", "", "+", " ", "*", "/", "-"))
        length = drawn.choice((200, 990, 999, 1000, LONGEST))
        return (piece * (length // max(1, len(piece)) + 1))[:length] + drawn.choice(("", "", "x", "1"))

    def heavy(self) -> str:
        """Numbers only, with as much to reckon as fits."""
        drawn = self.random
        units = ("(9^314/8^332)", "(10^300/3^600)", "(1/7)", "(9^9)", "(1e300)", "(1/3^99)", "(2^0.5)", "(π/7)")
        unit = drawn.choice((*units, "30°", "√2", "1²", "1", "π", "½", "½"))
        step = unit + drawn.choice("++--**/^")
        around = drawn.choice(("", "-", "x^", "2^", "tan", "cbrt", "√", "ln", "x*-sin", "-1*-sec", "-1*-", "1/sec"))
        opening, closing = drawn.choice(((f"{around}(", ")"), (f"{around}|", "|"), ("|-", "|"), ("sin(π*", ")")))
        depth = drawn.choice((0, 1, 2, 20, 45, 47))
        room = max(1, (1000 - len(unit) - depth * len(opening + closing)) // len(step))
        count = drawn.choice((room, drawn.randrange(1, 40)))
        return opening * depth + step * count + unit + closing * depth

    # From what was kept

    def changed(self) -> str:
        text = self.random.choice(self.kept)
        for _ in range(self.random.choice((1, 1, 1, 2, 3, 6))):
            text = self._changed_once(text)[: 2 * LONGEST]
        return text

    def _changed_once(self, text: str) -> str:
        drawn = self.random
        start, end = sorted((drawn.randrange(len(text) + 1), drawn.randrange(len(text) + 1)))
        at = drawn.randrange(len(text) + 1)
        piece, part = drawn.choice(PIECES), text[start:end]
        other = drawn.choice(self.kept)
        cut = drawn.randrange(len(other) + 1)
        ways = (
            lambda: text[:at] + piece + text[at:],
            lambda: text[:at] + piece + text[at + 1 :],
            lambda: text[:at] + text[at + 1 :],
            lambda: text[:start] + text[end:],
            lambda: text[:at] + part * drawn.choice((1, 1, 2, 20)) + text[at:],
            lambda: text[:at] + other[cut:],
            lambda: text[:start] + other + text[end:],
            lambda: f"{text[:start]}({part}){text[end:]}",
            lambda: f"{text}{drawn.choice(('+', '-', '*', '/', '^', ' ', ''))}{other}",
            lambda: text[:at] + drawn.choice(("", " ")).join(text[at : at + 2][::-1]) + text[at + 2 :],
            lambda: text[:at] + "".join(map(chr, (drawn.randrange(0x3000), drawn.randrange(0x110000)))) + text[at:],
            lambda: self.written_otherwise(text),
        )
        return drawn.choice(ways)()


# What must hold ---------------------------------------------------------------------------------


class Breach(Exception):
    """What must hold for every text does not."""


@dataclass(frozen=True)
class Answer:
    """What a text led to: sign tells answers apart that are new from those that are not."""

    sign: str
    seconds: float  # of the processor, until it was read or refused
    is_read: bool
    is_beyond: bool  # written out it is longer or deeper than what is read


@dataclass(frozen=True)
class Fault:
    """A text that broke something: number is its place in the run with this seed."""

    seed: int
    number: int
    text: str
    names: tuple[str, ...]
    what: str

    def __str__(self) -> str:
        length = f", {len(self.text)} characters" if len(self.text) > 60 else ""
        where = f"seed {self.seed}, text {self.number}{length}, variables {','.join(self.names)}"
        return f"{where}: {self.text!a}\n    {self.what}"

    @property
    def kind(self) -> str:
        return _template(self.what)


def look(text: str, names: tuple[str, ...], reader: Reader = READ) -> Answer:
    """Read one text and check all that must hold but the time it takes; raises Breach."""
    found, seconds = _read(text, names, reader)
    if type(found) is Problem:
        _check_problem(found, text)
        return Answer(f"{_template(found.message)}; {_template(found.suggestion)}", seconds, False, False)
    if not isinstance(found, Expression) or type(found) not in KINDS:
        raise Breach(f"out came {type(found).__name__}, neither a tree nor a Problem")
    if not variables(found) <= set(names):
        raise Breach(f"the tree has the variables {sorted(variables(found))}")
    with _deep():
        is_beyond = _check_round_trip(found, names, reader)
        _check_values(found)
        return Answer(_shape(found), seconds, True, is_beyond)


def _read(text: str, names: tuple[str, ...], reader: Reader) -> tuple[object, float]:
    """The answer and the time it took, with nothing remembered from texts before."""
    for forget in _caches():
        forget()
    began = process_time()
    try:
        with _recursion(_frames() + FRAMES), _alarm():
            found = reader(text, names)
    except Exception as error:
        raise Breach(f"reading raised {type(error).__name__}: {str(error)[:100]}") from error
    return found, process_time() - began


def seconds_of(text: str, names: tuple[str, ...], reader: Reader = READ) -> float:
    """Of the processor, for reading a text or refusing it: the least of three, as others use the machine, too."""
    return min(_read(text, names, reader)[1] for _ in range(3))


def _check_problem(problem: Problem, text: str) -> None:
    if not 0 <= problem.start <= problem.end <= len(text):
        raise Breach(f"the marked place {problem.start} to {problem.end} is not within the text")
    if not problem.message.strip():
        raise Breach("the message is empty")
    for said in (problem.message, problem.suggestion):
        if len(said.splitlines()) > 1:
            raise Breach(f"more than one line is said: {said!a}")


def _check_round_trip(found: Expression, names: tuple[str, ...], reader: Reader) -> bool:
    """Whether what is written out is beyond what is read; with wider bounds it must be read as the same then."""
    try:
        written = write(found)
        if reader(written, names) == found:
            return False
        with mock.patch.object(parser, "LONGEST", 100 * LONGEST), mock.patch.object(cursor, "DEEPEST", 1000):
            again = reader(written, names)
    except Exception as error:
        raise Breach(f"writing or reading again raised {type(error).__name__}: {error}") from error
    if again != found:
        raise Breach(f"written it is {written[:200]!a}, which is read as {again!s:.100}")
    return True


_X = np.array([[0.7], [0.0], [-8.0], [1e300]])
_Y = np.array([-1.3, 1.0])


def _check_values(found: Expression) -> None:
    try:
        with _alarm():
            for values, shape in ((evaluate(found, x=0.7, y=-1.3), ()), (evaluate(found, x=_X, y=_Y), (4, 2))):
                if values.shape != shape or values.dtype != np.float64:
                    raise Breach(f"the values have shape {values.shape} and type {values.dtype}")
                if np.isinf(values).any():
                    raise Breach("a value is infinite")
    except Breach:
        raise
    except Exception as error:
        raise Breach(f"evaluating raised {type(error).__name__}: {error}") from error


def _template(said: str) -> str:
    """What is said without what it is said of."""
    return re.sub(r"[0-9.]+", "…", re.sub(r"'.*?'(?!\w)", "'…'", said, flags=re.DOTALL))


def _shape(found: Expression) -> str:
    """The upper levels of the tree, its size and its depth to a power of two."""
    size = sum(1 for _ in nodes(found)).bit_length()
    return f"{_upper(found, 2)} {size} {_depth(found).bit_length()}"


def _upper(node: Expression, levels: int) -> str:
    name = type(node).__name__
    if levels == 0:
        return name
    below = dict.fromkeys(_upper(part, levels - 1) for part in parts(node))
    return f"{name}({','.join(below)})"


def _depth(node: Expression) -> int:
    return 1 + max(map(_depth, parts(node)), default=0)


@cache
def _caches() -> tuple[Callable[[], None], ...]:
    modules = [module for name, module in sys.modules.items() if name.startswith("mmlviz.maths.expression")]
    found = {
        id(each): each.cache_clear
        for module in modules
        for each in vars(module).values()
        if hasattr(each, "cache_clear")
    }
    return tuple(found.values())


def _frames() -> int:
    frame, count = sys._getframe(), 0
    while frame is not None:
        frame, count = frame.f_back, count + 1
    return count


@contextlib.contextmanager
def _recursion(limit: int) -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(limit)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _deep() -> contextlib.AbstractContextManager[None]:
    """For the checks themselves, which go down trees in their own way."""
    return _recursion(20_000)


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    """Raises TimeoutError after HANGS, where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    handler, began = signal.signal(signal.SIGALRM, _ring), monotonic()
    left = signal.setitimer(signal.ITIMER_REAL, HANGS)[0]  # of an alarm that someone else has set
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, left - (monotonic() - began)))


def _ring(number: int, frame: FrameType | None) -> None:
    raise TimeoutError(f"no end after {HANGS:.0f} seconds")


# A run ------------------------------------------------------------------------------------------


@dataclass
class Run:
    """What a run has found."""

    seed: int
    count: int = 0
    read: int = 0
    beyond: int = 0
    new: int = 0
    faults: list[Fault] = field(default_factory=list)  # one of each kind, the first
    times: dict[str, int] = field(default_factory=dict)  # how often each kind was met
    slowest: list[tuple[float, str]] = field(default_factory=list)  # seconds, the slowest first

    def note_time(self, seconds: float, text: str) -> None:
        if len(self.slowest) < SLOWEST or seconds > self.slowest[-1][0]:
            insort(self.slowest, (seconds, text), key=lambda each: -each[0])
            del self.slowest[SLOWEST:]


def go(
    seed: int,
    count: int,
    minutes: float = inf,
    slow: float = inf,
    reader: Reader = READ,
    say: Callable[[str], None] = lambda line: None,
) -> Run:
    """Try so many texts, or for so many minutes; each new kind of fault is said at once, its text made short."""
    run, typist, seen = Run(seed), Typist(seed), set[str]()
    until = monotonic() + 60 * minutes
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        while run.count < count and monotonic() < until:
            text = typist.text()
            names = NAMES[run.count % len(NAMES)]
            try:
                answer = look(text, names, reader)
                fault = _slow(run, answer, text, names, reader, slow)
            except Breach as breach:
                fault = str(breach)
            else:
                run.read += answer.is_read
                run.beyond += answer.is_beyond
                if answer.sign not in seen:
                    seen.add(answer.sign)
                    typist.keep(text)
            if fault:
                _note_fault(run, Fault(seed, run.count, text, names, fault), reader, say)
            run.count += 1
    run.new = len(seen)
    return run


def _slow(run: Run, answer: Answer, text: str, names: tuple[str, ...], reader: Reader, slow: float) -> str:
    """Note the time; what is wrong with it, "" if nothing is."""
    seconds = answer.seconds
    if seconds > min(slow, run.slowest[-1][0] if len(run.slowest) == SLOWEST else 0):
        seconds = min(seconds, seconds_of(text, names, reader))
        run.note_time(seconds, text)
    return f"slow: {1000 * seconds:.0f} ms" if seconds > slow else ""


def _note_fault(run: Run, fault: Fault, reader: Reader, say: Callable[[str], None]) -> None:
    run.times[fault.kind] = run.times.get(fault.kind, 0) + 1
    if run.times[fault.kind] == 1:
        run.faults.append(fault)
        say(f"FAULT {fault}")
        short = shortened(fault, reader)
        if short != fault.text:
            say(f"    also with {short!a}")


def shortened(fault: Fault, reader: Reader = READ, tries: int = 400) -> str:
    """A text with the same kind of fault from which little more can be left out; a slow one stays as it is."""
    text, size = fault.text, max(1, len(fault.text) // 2)
    while size and breach_of(text, fault.names, reader) == fault.kind:
        at = 0
        while at < len(text) and tries:
            tries -= 1
            less = text[:at] + text[at + size :]
            if breach_of(less, fault.names, reader) == fault.kind:
                text = less
            else:
                at += size
        size //= 2
    return text


def breach_of(text: str, names: tuple[str, ...], reader: Reader = READ) -> str:
    """The kind of fault that this text has; "" if none."""
    try:
        look(text, names, reader)
    except Breach as breach:
        return _template(str(breach))
    return ""
