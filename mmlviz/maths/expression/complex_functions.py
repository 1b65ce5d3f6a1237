"""Single-valued functions of a complex number that numpy does not have, or not for all sizes: sec, csch, erf, Γ."""

from collections.abc import Callable
from math import erf as real_erf
from math import nan, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from mmlviz.maths.matrix2 import Array

Complex = NDArray[np.complex128]

FARTHEST = 7.0  # of erf by its sum; beyond, its asymptotic series is as good
TERMS = 14  # more than 2|y|: from there on e^(ny − n²/4) is below 1e-16 of its largest
ASYMPTOTIC_TERMS = 20
LARGEST_EXPONENT = 350.0  # e to twice that is within floats

# Lanczos, g = 7, n = 9: good to 15 digits for Re z > 0 (Godfrey, A note on the computation of the convergent
# Lanczos complex Gamma approximation, 2001; Lanczos, SIAM Journal on Numerical Analysis 1, 1964).
_G = 7.0
_LANCZOS = (
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
)  # fmt: skip


def no_zero(z: Complex) -> Complex:
    """nan for 0: what is divided by it is not defined."""
    return np.where(z == 0, nan, z)


def _sech(z: Complex) -> Complex:
    """2e^(−z)/(1 + e^(−2z)), from the side on which nothing grows."""
    small = np.exp(np.where(z.real > 0, -z, z))
    return np.asarray(2 * small / no_zero(1 + small * small))


def _csch(z: Complex) -> Complex:
    is_far = np.abs(z.real) > LARGEST_EXPONENT
    return np.where(is_far, 0, 1 / no_zero(np.sinh(np.where(is_far, 1, z))))


def erf(z: Complex) -> Complex:
    """erf of complex arrays of any shape, to about 1e-14 of its size, or of 1 where that is larger."""
    z = np.asarray(z, dtype=complex)
    is_near = np.abs(z) <= FARTHEST
    out = np.empty_like(z)
    out[is_near] = _near_erf(z[is_near])
    far = z[~is_near]
    out[~is_near] = np.where(far.real < 0, -1, 1) * _far_erf(np.where(far.real < 0, -far, far))
    return out


def _near_erf(z: Complex) -> Complex:
    """Abramowitz & Stegun, Handbook of Mathematical Functions, 7.1.29, its quotients by x as sincs.

    The factors e^(±ny − n²/4) go from term to term by multiplication.
    """
    x, y = z.real, z.imag
    cosine, sine = np.cos(2 * x * y), np.sin(2 * x * y)
    up, down = np.exp(y), np.exp(-y)
    grown, shrunk = np.ones_like(x), np.ones_like(x)
    real, imaginary = np.zeros_like(x), np.zeros_like(x)
    for n in range(1, int(2 * np.abs(y).max(initial=0)) + TERMS):
        step = np.exp(-(2 * n - 1) / 4)
        grown, shrunk = grown * (up * step), shrunk * (down * step)
        cosh, sinh = x * (grown + shrunk), n / 2 * (grown - shrunk)
        below = 1 / (n * n + 4 * x * x)
        real += below * (2 * x * np.exp(-n * n / 4) - cosh * cosine + sinh * sine)
        imaginary += below * (cosh * sine + sinh * cosine)
    first = y / pi * np.sin(x * y) * np.sinc(x * y / pi) + 1j * (y / pi) * np.sinc(2 * x * y / pi)
    return np.asarray(_real_erf(x) + np.exp(-x * x) * (first + 2 / pi * (real + 1j * imaginary)))


def _real_erf(x: Array) -> Array:
    return np.asarray(np.frompyfunc(real_erf, 1, 1)(x), dtype=float)


def _far_erf(z: Complex) -> Complex:
    """Abramowitz & Stegun 7.1.23, for Re z ≥ 0: its terms fall until the 49th where |z| > 7."""
    t = -1 / (2 * z * z)
    total = np.ones_like(z)
    for k in range(ASYMPTOTIC_TERMS, 0, -1):
        total = 1 + (2 * k - 1) * t * total
    return np.asarray(1 - np.exp(-z * z) / (z * sqrt(pi)) * total)


def gamma(z: Complex) -> Complex:
    """Γ of complex arrays of any shape, to about 1e-13 of its size; nan at its poles."""
    z = np.asarray(z, dtype=complex)
    is_left = z.real < 0.5
    right = _right_gamma(np.where(is_left, 1 - z, z))
    is_pole = (z.imag == 0) & (z.real <= 0) & (z.real == np.floor(z.real))
    # Γ(z) Γ(1 − z) = π/sin πz; the sine of the distance to a whole number keeps its digits.
    nearest = np.floor(z.real + 0.5)
    sine = np.where(nearest % 2 == 0, 1, -1) * np.sin(pi * (z - nearest))
    return np.where(is_pole, nan, np.where(is_left, pi / (no_zero(sine) * right), right))


def _right_gamma(z: Complex) -> Complex:
    w = z - 1
    total = _LANCZOS[0] + sum(c / (w + k) for k, c in enumerate(_LANCZOS[1:], 1))
    t = w + _G + 0.5
    return np.asarray(sqrt(2 * pi) * np.exp((w + 0.5) * np.log(t) - t) * total)


RULES: dict[str, Callable[[Complex], Complex]] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "sec": lambda z: _sech(1j * z),
    "csc": lambda z: 1j * _csch(1j * z),
    "cot": lambda z: np.asarray(1 / np.tan(no_zero(z))),
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "sech": _sech,
    "csch": _csch,
    "coth": lambda z: np.asarray(1 / np.tanh(no_zero(z))),
    "exp": np.exp,
    "erf": erf,
    "gamma": gamma,
}
