"""How numbers are written for people. Rounding happens here and nowhere before."""

from collections.abc import Iterable
from fractions import Fraction
from math import floor, isfinite, log10

from mmlviz.maths.number import Number, to_float

MINUS = "−"
LONG = 8  # characters from which a typed number is rounded where there is little room
RAISED = tuple("⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def show(x: float | Fraction, digits: int = 4) -> str:
    """x to so many significant digits: 2.125, −0.5, 3·10¹², 10⁶, 0.

    >>> show(2125 / 1000), show(-1e-9), show(Fraction(1, 3)), show(123456.0)
    ('2.125', '−10⁻⁹', '0.3333', '123456')
    """
    if x == 0:
        return "0"
    if isinstance(x, float) and not isfinite(x):
        return "∞" if x > 0 else f"{MINUS}∞" if x < 0 else "undefined"
    if _keeps_whole_digits(x, digits):
        return f"{round(float(x))}".replace("-", MINUS)
    mantissa, power = scientific(x, digits)
    if -5 < power < max(6, digits):
        text = f"{float(f'{mantissa}e{power}'):.{max(0, digits - 1 - power)}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace("-", MINUS)
    factor = {"1": "", "-1": "-"}.get(mantissa, f"{mantissa}·")
    return f"{factor}10{raised(power)}".replace("-", MINUS)


def power_of_ten(exponent: int) -> str:
    """10⁻³, 10, 1.

    >>> power_of_ten(-3), power_of_ten(0), power_of_ten(1)
    ('10⁻³', '1', '10')
    """
    return {0: "1", 1: "10"}.get(exponent, f"10{raised(exponent)}")


def raised(n: int) -> str:
    """⁻³, ⁴⁰."""
    return str(n).translate(_RAISED)


def _keeps_whole_digits(x: float | Fraction, digits: int) -> bool:
    """Whole digits are not replaced by zeros: 123456 stays 123456, not 123500."""
    size = abs(to_float(x))
    return 10**digits <= size < 10**6 and round(size) < 10**6


def scientific(x: float | Fraction, digits: int = 4) -> tuple[str, int]:
    """Mantissa text and power of ten of x ≠ 0; works beyond the range of floats."""
    value = to_float(x)
    if 1e-290 < abs(value) < 1e290:
        mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
        return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa), int(exponent)
    sign = "-" if x < 0 else ""
    exactly = abs(Fraction(x))
    power = floor(_log10(exactly))
    scaled = round(exactly / Fraction(10) ** (power - digits + 1))
    if scaled >= 10**digits:
        scaled, power = scaled // 10, power + 1
    text = str(scaled).ljust(digits, "0")
    mantissa = f"{text[0]}.{text[1:]}".rstrip("0").rstrip(".")
    return sign + mantissa, power


def _log10(x: Fraction) -> float:
    """log₁₀ of a positive fraction of any size."""
    if 1e-300 < x < 1e300:
        return log10(x)
    shift = len(str(x.numerator)) - len(str(x.denominator))
    return shift + log10(x / Fraction(10) ** shift)


def typed(x: Number) -> str:
    """A typed number as it was typed, with a true minus."""
    return x.text.replace("-", MINUS)


def is_exact(x: float | Fraction, digits: int = 4) -> bool:
    """Whether show(x) says all there is to say."""
    if x == 0:
        return True
    if _keeps_whole_digits(x, digits):
        return x == round(float(x))
    mantissa, power = scientific(x, digits)
    if isinstance(x, Fraction):
        return Fraction(f"{mantissa}e{power}") == x
    return float(f"{mantissa}e{power}") == x


def equals(x: float | Fraction, digits: int = 4) -> str:
    """'= 2.125' or '≈ 0.3333'."""
    return f"{'=' if is_exact(x, digits) else '≈'} {show(x, digits)}"


def brief(x: float | Fraction, digits: int = 4) -> str:
    """A typed number as typed, unless that is long; other numbers rounded."""
    if isinstance(x, Number) and len(x.text) <= LONG:
        return typed(x)
    return show(x, digits)


def is_brief_exact(x: float | Fraction) -> bool:
    """Whether brief(x) says all there is to say."""
    return (isinstance(x, Number) and len(x.text) <= LONG) or is_exact(x)


def pair(xy: Iterable[float], digits: int = 4) -> str:
    """(1/2, −1): typed numbers as typed, others rounded."""
    return f"({', '.join(brief(x, digits) for x in xy)})"


def equals_pair(xy: Iterable[float]) -> str:
    """'= (1/2, −1)' or '≈ (0.866, 0.5)'."""
    numbers = tuple(xy)
    return f"{'=' if all(map(is_brief_exact, numbers)) else '≈'} {pair(numbers)}"


def counted(n: int, noun: str) -> str:
    """1 dip, 2 dips."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def degrees(angle: float) -> str:
    """30°, 56.31°."""
    return f"{show(round(angle, 10))}°"
