"""The roots of a cubic with rational coefficients, to as many digits as are asked for."""

from fractions import Fraction
from math import isqrt

from mmlviz.maths.spectrum import rational_root

Root = tuple[Fraction, Fraction]  # real and imaginary part


def cubic_roots(t: Fraction, s: Fraction, d: Fraction, precision: int) -> list[Root]:
    """The three roots of λ³ − tλ² + sλ − d, to about as many binary digits of the largest as `precision` says.

    With λ = x + t/3 it is x³ + px + q, and one root r is split off that is far from the others, see _outer_root; they
    are −r/2 ± √(−3r²/4 − p).
    """
    p, q = s - t**2 / 3, -2 * t**3 / 27 + t * s / 3 - d
    discriminant = -4 * p**3 - 27 * q**2
    if p == q == 0:
        return [(t / 3, Fraction(0))] * 3
    r = 3 * q / p if discriminant == 0 else _outer_root(p, q, precision)
    below = abs(3 * r**2 / 4 + p) if discriminant != 0 else Fraction(0)
    half, centre = root(below, precision), t / 3 - r / 2
    first = (t / 3 + r, Fraction(0))
    if discriminant < 0:
        return [first, (centre, half), (centre, -half)]
    return [first, (centre + half, Fraction(0)), (centre - half, Fraction(0))]


def _outer_root(p: Fraction, q: Fraction, precision: int) -> Fraction:
    """The root of x³ + px + q on the side where its graph bends away from the axis; 0 for q = 0.

    All roots are within 2 max(√|p|, ∛|q|) (Fujiwara's bound). From there on Newton's steps come down to the root
    without fail, since beyond the inflection at 0 the graph is convex, and rises.
    """
    if q == 0:
        return Fraction(0)
    if q > 0:
        return -_outer_root(p, -q, precision)
    x = Fraction(2) ** (1 + max(-(-bits(p) // 2), -(-bits(q) // 3)))
    while True:
        step = (x**3 + p * x + q) / (3 * x**2 + p)
        x = _rounded(x - step, precision)
        if abs(step) <= x * Fraction(1, 2 ** (precision - 20)):
            return x


def bits(x: Fraction) -> int:
    """A whole number b with |x| < 2ᵇ, of the order of log₂|x|."""
    return x.numerator.bit_length() - x.denominator.bit_length() + 1 if x else -(10**6)


def _rounded(x: Fraction, precision: int) -> Fraction:
    """The nearest number with so many binary digits."""
    unit = Fraction(2) ** (bits(x) - precision)
    return round(x / unit) * unit


def root(x: Fraction, precision: int) -> Fraction:
    """√x, exactly where it is rational, else to so many binary digits."""
    exact = rational_root(x)
    if exact is not None:
        return exact
    whole = x.numerator * x.denominator  # √x = √(nd)/d
    shift = max(0, precision - whole.bit_length() // 2)
    return Fraction(isqrt(whole << 2 * shift), x.denominator << shift)
