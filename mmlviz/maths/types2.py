"""2×2 matrices made by their type: an angle or an amount in, entries as a person would type them out."""

from functools import lru_cache

from mmlviz.maths.number import Number

Entries = tuple[tuple[Number, Number], tuple[Number, Number]]

TYPES = ("rotation", "scaling", "shear", "reflection", "projection")
LEAST = 1e-9  # degrees
ANGLED = ("rotation", "reflection", "projection")  # the others have an amount


@lru_cache(maxsize=8)  # it is compared with the present matrix at every frame
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
