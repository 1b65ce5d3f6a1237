"""Complex numbers as people write them, where they are simple: π/2, −√3, 1 ± 2i."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import e, pi, sqrt

LARGEST_BELOW = 12
EXACT = 4e-15  # of its size: what is so near to a simple number is it
_UNITS = ((pi, "π"), (e, "e"), *((sqrt(n), f"√{n}") for n in (2, 3, 5, 6, 7, 10, 11, 13)))


@lru_cache(maxsize=1024)
def written(z: complex) -> str:
    """−3/2, π/2, ±√2 and their sums with such times i; else six digits."""
    if z.imag == 0:
        return _real(z.real)
    return _imaginary(z.imag) if z.real == 0 else _joined(z, "+" if z.imag > 0 else "−")


def listed_numbers(points: Sequence[complex]) -> str:
    """±i, 1 ± 2i, 0 and 1, −2, 0 and 2: pairs of conjugates, and of opposites, are one."""
    texts: list[str] = []
    left = list(points)
    while left:
        z = left.pop(0)
        pair = next((other for other in left if _is_pair(z, other)), None)
        if pair is None:
            texts.append(written(z))
            continue
        left.remove(pair)
        high = max(z, pair, key=lambda each: (each.imag, each.real))
        is_about_0 = z.real == 0 or z.imag == 0
        texts.append(f"±{written(high)}" if is_about_0 else _joined(high, "±"))
    return " and ".join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)


def _is_pair(z: complex, other: complex) -> bool:
    return z != 0 and (other == z.conjugate() or (other == -z and z.imag == 0))


def _joined(z: complex, sign: str) -> str:
    return f"{_real(z.real)} {sign} {_imaginary(abs(z.imag))}"


def _imaginary(y: float) -> str:
    text = _real(abs(y))
    sign = "−" if y < 0 else ""
    above, slash, below = text.partition("/")
    above = "" if above == "1" else above
    return f"{sign}{above}i{slash}{below}"


def _real(x: float) -> str:
    sign, size = ("−" if x < 0 else ""), abs(x)
    return sign + (_simple(size) or f"{size:.6g}".replace("-", "−"))


def _simple(size: float) -> str:
    found = _multiple(size, 1.0, "")
    for unit, name in _UNITS:
        found = found or _multiple(size, unit, name)
    return found


def _multiple(size: float, unit: float, name: str) -> str:
    """As a fraction of a unit; "" where it is none."""
    near = Fraction(size / unit).limit_denominator(LARGEST_BELOW)
    if abs(size - near * unit) > EXACT * size or near.numerator > 10**6:
        return ""
    above = name if name and near.numerator == 1 else f"{near.numerator}{name}"
    return above if near.denominator == 1 else f"{above}/{near.denominator}"
