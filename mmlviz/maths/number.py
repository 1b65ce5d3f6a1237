"""Numbers that remember how they were typed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor, inf, log10
from typing import Any

LONGEST = 40  # characters; longer ones are a paste gone wrong
LARGEST_EXPONENT = 300  # of ten; beyond it floats overflow or vanish

SMALLEST = 1e-300  # beside 0

_DECIMAL = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"  # \d would let ٣ pass
_PATTERN = re.compile(rf"\s*[+-]?{_DECIMAL}\s*(?:/\s*[+-]?{_DECIMAL}\s*)?\Z")
_ALLOWED = "a number such as 0.5, 1/3 or √2/2"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a typed text, and where: characters start to end of it."""

    start: int
    end: int
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        return f"{self.message}; {self.suggestion}" if self.suggestion else self.message


class Number(float):
    """A float that remembers its text, and through it its exact value where that is rational.

    Two Numbers are equal when their texts are (1/2 is not 0.5: undo must tell them apart); a Number
    equals a plain number of the same value.

    >>> Number("1/3").exact, float(Number("1/3")), Number("1/3").text
    (Fraction(1, 3), 0.3333333333333333, '1/3')
    >>> float(Number("√2/2")), Number("cos 60°").exact
    (0.7071067811865476, Fraction(1, 2))
    """

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> "Number":
        """Read text as read_number does; raises ValueError with its sentence."""
        read = read_number(text)
        if isinstance(read, Problem):
            raise ValueError(str(read))
        return read

    @classmethod
    def rounded(cls, value: float, step: float) -> "Number":
        """The decimal nearest to value with as many decimals as step has: 0.3, never 0.30000000000000004."""
        places = max(0, -floor(log10(step) + 1e-9)) if step < 1 else 0
        while round(step * 10**places, 9) % 1:  # 0.25 needs one place more than its magnitude says
            places += 1
        return cls(short(round(value, places)))

    @classmethod
    def significant(cls, value: float, digits: int = 6) -> "Number":
        """The decimal nearest to value with so many significant digits."""
        return cls(short(float(f"{value:.{digits}g}")))

    @property
    def exact(self) -> Fraction:
        """The rational number that was typed; for √2 and its like the float's own value."""
        exact = _exact(self.text)
        return Fraction(float(self)) if exact is None else exact

    @property
    def is_rational(self) -> bool:
        """Whether `exact` is what was typed: not so for √2."""
        return _exact(self.text) is not None

    @property
    def is_plain(self) -> bool:
        """Whether it is typed as a decimal or a fraction of two, and not as a formula."""
        return _is_plain(self.text)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Number):
            return self.text == other.text
        return float.__eq__(self, other) is True

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = float.__hash__

    def __repr__(self) -> str:
        return f"Number({self.text!r})"

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return Number, (self.text,)


def short(value: float) -> str:
    """The shortest decimal text of a float that is read again, without exponent where a person would write none."""
    if abs(value) < SMALLEST:
        return "0"
    text = repr(float(value))
    if "e" in text and 1e-7 <= abs(value) < 1e16:
        text = f"{Decimal(text):f}"
    return text.removesuffix(".0")


def read_number(text: str) -> "Number | Problem":
    """Read a number: a decimal, a fraction a/b, or a formula without variables (√2/2, 30°), kept as typed.

    The Unicode minus is read as a minus. Anything else is a Problem whose start and end are in text.
    """
    end = len(text)
    if not text.strip():
        return Problem(0, end, "nothing is typed here", f"give {_ALLOWED}")
    if end > LONGEST:
        return Problem(LONGEST, end, f"the number has {end} characters, at most {LONGEST} are read")
    plain = text.replace("−", "-")
    if not _is_plain(plain):
        return _read_formula(text)
    plain = "".join(plain.split()).removeprefix("+")
    for exponent in re.finditer(r"[eE]([+-]?[0-9]+)", plain):
        if abs(int(exponent[1])) > LARGEST_EXPONENT:
            return Problem(
                0,
                end,
                f"'{text}' is out of reach",
                f"exponents go from −{LARGEST_EXPONENT} to {LARGEST_EXPONENT}",
            )
    try:
        exact = _fraction(plain)
        value = float(exact)
    except ZeroDivisionError:
        at = text.index("/")
        return Problem(at, end, f"'{text}' divides by zero", f"give {_ALLOWED}")
    except OverflowError:
        return Problem(0, end, f"'{text}' is too large")
    if exact != 0 and abs(value) < SMALLEST:
        return Problem(0, end, f"'{text}' is too small", f"the smallest number beside 0 is {SMALLEST}")
    return _number(value, plain)


def _number(value: float, text: str) -> Number:
    number = float.__new__(Number, value)
    number.text = text
    return number


def _read_formula(text: str) -> "Number | Problem":
    """What is typed in more than digits."""
    from mmlviz.maths.expression import evaluate, read  # most numbers do without
    from mmlviz.maths.expression.exact import exact_value

    tree = read(text, ())
    if isinstance(tree, Problem):
        return tree
    exact = exact_value(tree)
    value = float(evaluate(tree)) if exact is None else float(exact)
    return _number(value, " ".join(text.replace("−", "-").split()))


@lru_cache(maxsize=1024)
def _is_plain(text: str) -> bool:
    return _PATTERN.match(text) is not None


@lru_cache(maxsize=1024)  # a state's few numbers are asked for dozens of times a frame
def _exact(text: str) -> Fraction | None:
    """The exact value of a number that has been read; None where it is not known to be rational."""
    if _is_plain(text):
        return _fraction(text)
    from mmlviz.maths.expression import Expression, read
    from mmlviz.maths.expression.exact import exact_value

    tree = read(text, ())
    return exact_value(tree) if isinstance(tree, Expression) else None


def _fraction(text: str) -> Fraction:
    above, _, below = text.partition("/")
    return Fraction(above) / Fraction(below) if below else Fraction(above)


def as_fraction(x: float | Fraction) -> Fraction:
    """The exact value: as typed for a Number, else the float's own binary value."""
    return x.exact if isinstance(x, Number) else Fraction(x)


def to_float(x: float | Fraction) -> float:
    """The nearest float; infinite where there is none."""
    try:
        return float(x)
    except OverflowError:
        return inf if x > 0 else -inf
