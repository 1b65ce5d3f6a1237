"""2×2 matrices made by their type: an angle or an amount in, entries as a person would type them out."""

from collections.abc import Sequence
from functools import lru_cache
from math import cos, radians, sin

from mmlviz.maths.number import Number

Entries = tuple[tuple[Number, Number], tuple[Number, Number]]

TYPES = ("rotation", "scaling", "shear", "reflection", "projection")
ROUGH = 1e-6  # of an entry: more is no rounding
LEAST = 1e-9  # degrees
ANGLED = ("rotation", "reflection", "projection")  # the others have an amount


def is_typical(A: Sequence[Sequence[float]], name: str, angle: Number, amount: Number) -> bool:
    """Whether A is just what `typical` makes; most matrices are told apart by their size, without its texts."""
    (a, b), (c, d) = A
    turn = radians(float(angle)) * (1 if name == "rotation" else 2)
    x, y = cos(turn), sin(turn)
    near = {
        "rotation": (x, -y, y, x),
        "scaling": (amount, 0.0, 0.0, amount),
        "shear": (1.0, amount, 0.0, 1.0),
        "reflection": (x, y, y, -x),
        "projection": ((1 + x) / 2, y / 2, y / 2, (1 - x) / 2),
    }[name]
    if any(abs(p - q) > ROUGH * (1 + abs(p)) for p, q in zip((a, b, c, d), near)):
        return False
    return typical(name, angle, amount) == A


@lru_cache(maxsize=8)
def typical(name: str, angle: Number, amount: Number) -> Entries:
    """The matrix of a type: a rotation by an angle in degrees, a reflection in the line at it, the projection onto
    that line, a scaling by an amount, a shear along x by it. Raises KeyError for any other name.

    Entries are exact where they are rational, else formulas such as cos(30°).
    """
    makers = {
        "rotation": lambda: rotation(angle),
        "scaling": lambda: _entries(amount.text, "0", "0", amount.text),
        "shear": lambda: _entries("1", amount.text, "0", "1"),
        "reflection": lambda: reflection(angle),
        "projection": lambda: projection(angle),
    }
    return makers[name]()


def rotation(angle: Number) -> Entries:
    """By an angle in degrees, anticlockwise."""
    at = _degrees(float(angle))
    return _entries(f"cos({at}°)", f"-sin({at}°)", f"sin({at}°)", f"cos({at}°)")


def reflection(angle: Number) -> Entries:
    """In the line through 0 at an angle in degrees."""
    at = _degrees(2 * float(angle))
    return _entries(f"cos({at}°)", f"sin({at}°)", f"sin({at}°)", f"-cos({at}°)")


def projection(angle: Number) -> Entries:
    """At right angles onto the line through 0 at an angle in degrees."""
    at, double = _degrees(float(angle)), _degrees(2 * float(angle))
    both = f"sin({double}°)/2"
    return _entries(_square("cos", "+", at, double), both, both, _square("sin", "-", at, double))


def _square(name: str, sign: str, at: str, double: str) -> str:
    """cos² or sin², by the double angle where that is a fraction; else 1 − cos would lose digits of a small sin²."""
    by_double = f"(1{sign}cos({double}°))/2"
    return by_double if Number(by_double).is_rational else f"{name}({at}°)^2"


def _degrees(angle: float) -> str:
    """As short as a person can tell apart; the square of a sine of less than LEAST would be no number any more."""
    return Number.significant(angle, 9).text if abs(angle) >= LEAST else "0"


def _entries(a: str, b: str, c: str, d: str) -> Entries:
    return (_entry(a), _entry(b)), (_entry(c), _entry(d))


def _entry(text: str) -> Number:
    """A fraction where the formula is one: 1/2 for cos(60°); a plain decimal stays as it was typed."""
    number = Number(text)
    return number if number.is_plain or not number.is_rational else Number(str(number.exact))
