"""Shadows on the floor z = 0: from space to the plane."""

from math import cos, radians, sin

from mmlviz.maths.number import Number


def shadow(around: float, height: float) -> tuple[tuple[Number, ...], ...]:
    """[[1, 0, −s₁/s₃], [0, 1, −s₂/s₃]] for the sun's light along s, entries to four digits.

    around: degrees from the x axis to which shadows fall; height of the sun above the floor: more than 0 degrees, up
    to 90. s = (cos h cos a, cos h sin a, −sin h); a point r lands where r + ks meets the floor, k = −r₃/s₃.
    """
    a, h = radians(around), radians(height)
    zero, one = Number("0"), Number("1")
    length = 0.0 if height == 90 else cos(h) / sin(h)  # of the shadow of a stick of length 1
    x, y = (Number.significant(round(length * part, 12), 4) for part in (cos(a), sin(a)))
    return (one, zero, x), (zero, one, y)
