"""Horner's scheme: its rounding, its shapes, and what is beyond floats."""

from fractions import Fraction
from math import inf

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from mmlviz.maths.expression import parsed
from mmlviz.maths.polynomial import horner, partial_sums
from mmlviz.maths.power_series import taylor

UNIT = 2.0**-53

floats = st.floats(-1e3, 1e3).filter(lambda x: x == 0 or abs(x) > 1e-6)


@given(st.lists(floats, min_size=1, max_size=20), st.lists(floats, min_size=1, max_size=4))
@example([1.0], [0.0])
@example([1.0, -2.0, 1.0], [1 + 2.0**-30])
def test_horner_errs_no_more_than_its_bound(c: list[float], h: list[float]) -> None:
    """γ₂ₙ Σ|c_k||h|ᵏ, γ₂ₙ = 2nu/(1 − 2nu), u = 2⁻⁵³ (Higham, section 5.1), against the polynomial in fractions."""
    doubled = Fraction(2 * (len(c) - 1)) * Fraction(UNIT)
    for x, value in zip(h, horner(np.array(c), np.array(h))):
        terms = [Fraction(p) * Fraction(x) ** k for k, p in enumerate(c)]
        assert abs(Fraction(float(value)) - sum(terms)) <= doubled / (1 - doubled) * sum(map(abs, terms))


def test_rounding_is_what_is_left_far_away() -> None:
    """sin(30) by its series about 0: terms of 10¹² cancel, and the error is within the bounds of its rounding."""
    c = taylor(parsed("sin x"), 0, 140)
    h = np.linspace(-30, 30, 61)
    off = np.abs(horner(c.coefficients, h) - np.sin(h))
    allowed = 2.01 * 140 * UNIT * horner(np.abs(c.coefficients), np.abs(h)) + horner(c.radii, np.abs(h)) + UNIT
    assert (off <= allowed).all()
    assert off.max() > 1e-6
    assert allowed[30] <= 2 * UNIT


def test_horner_as_numpy() -> None:
    c = taylor(parsed("x sin x"), 1, 12).coefficients
    real = np.linspace(-3, 3, 24).reshape(4, 6)
    for h in (real, real + 1j * real.T.reshape(4, 6)):
        found = horner(c, h)
        assert (found.shape, found.dtype) == (h.shape, h.dtype)
        assert np.allclose(found, np.polynomial.polynomial.polyval(h, c), rtol=1e-13, atol=1e-13)


def test_horner_beyond_the_range_of_floats() -> None:
    """Infinite, and no warning."""
    assert horner(np.ones(31), np.array([1e200, 0.0])).tolist() == [inf, 1]


@given(st.lists(floats, min_size=1, max_size=20), st.lists(floats, min_size=1, max_size=4))
def test_partial_sums_err_no_more_than_their_bound(c: list[float], h: list[float]) -> None:
    """γ₂ₙ Σ|c_k||h|ᵏ for every order: k − 1 products for hᵏ, one by c, n − k + 1 sums."""
    found = partial_sums(np.array(c), np.array(h))
    assert found.shape == (len(c), len(h))
    for n, row in enumerate(found):
        doubled = Fraction(2 * n) * Fraction(UNIT)
        for x, value in zip(h, row):
            terms = [Fraction(p) * Fraction(x) ** k for k, p in enumerate(c[: n + 1])]
            assert abs(Fraction(float(value)) - sum(terms)) <= doubled / (1 - doubled) * sum(map(abs, terms))
