"""Eigenvalues and eigenvectors against exact sympy, mpmath and numpy, and the laws they obey."""

from fractions import Fraction
from math import isqrt

import mpmath
import numpy as np
import pytest
import scipy.linalg
import sympy
from hypothesis import example, given
from hypothesis import strategies as st

from mmlviz.maths import matrix2
from mmlviz.maths.spectrum import KINDS, Spectrum, invariant_ellipse, rational_root, spectrum, spiral
from tests.matrices import MATRICES, Named, rows, those

EPS = matrix2.EPS
DIGITS = 1300  # entries go from 1e-300 to 1e6, discriminants have twice as many

every_matrix = those(lambda named: True)


def is_lost(named: Named) -> bool:
    """Whether the case is decided by what counts as rounding: exactly, there is a tiny difference."""
    D = named.exact.det()
    delta = (named.exact.trace() / 2) ** 2 - D
    return bool({"zero eigenvalue": D, "defective": delta, "whole plane": delta}.get(named.case, 0) != 0)


clear = those(lambda named: not is_lost(named))
clear_in_range = those(lambda named: not is_lost(named) and "e-" not in named.text)
distinct_in_range = those(
    lambda named: named.case in {"distinct real", "zero eigenvalue"} and not is_lost(named) and "e" not in named.text
)
turning = those(lambda named: named.case == "complex pair")
# Powers like (1e-300)^-2 are no floats.
turning_in_range = those(lambda named: named.case == "complex pair" and "e-300" not in named.text)

whole = st.integers(-20, 20)
whole_matrix = st.tuples(st.tuples(whole, whole), st.tuples(whole, whole))
entries = whole | st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-100)
any_matrix = st.tuples(st.tuples(entries, entries), st.tuples(entries, entries))


def by_mpmath(named: Named) -> list[mpmath.mpc]:
    """The eigenvalues to many digits: by modulus, then real part, then positive imaginary part first."""
    half, delta = named.exact.trace() / 2, (named.exact.trace() / 2) ** 2 - named.exact.det()
    middle, root = (mpmath.mpf(int(x.p)) / int(x.q) for x in (half, abs(delta)))
    root = mpmath.sqrt(root)
    if delta < 0:
        return [mpmath.mpc(middle, root), mpmath.mpc(middle, -root)]
    return sorted((mpmath.mpc(middle - root), mpmath.mpc(middle + root)), key=abs)


def agrees(found: complex, wanted: mpmath.mpc) -> bool:
    """Real and imaginary part to nearly the last digit, each; what no float can hold is 0."""
    pairs = (found.real, float(wanted.real)), (found.imag, float(wanted.imag))
    return all(abs(x - y) <= 4 * EPS * abs(y) for x, y in pairs)


# Independent answers ----------------------------------------------------------------------------


@every_matrix
def test_cases_as_written_by_hand(named: Named) -> None:
    assert spectrum(named.rows).kind == named.case


def test_every_case_is_in_the_list() -> None:
    assert {named.case for named in MATRICES.values()} == set(KINDS)


@clear
def test_eigenvalues_as_mpmath(named: Named) -> None:
    """Each to nearly the last digit, however small beside the other, in the order that is promised."""
    with mpmath.workdps(DIGITS):
        for found, wanted in zip(spectrum(named.rows).eigenvalues, by_mpmath(named)):
            assert agrees(found, wanted)


@clear_in_range
def test_eigenvalues_as_sympy(named: Named) -> None:
    """Exact radicals, evaluated; as a set, since the order has its own test."""
    wanted = [complex(z.evalf(40)) for z in named.exact.eigenvals(multiple=True)]
    found = spectrum(named.rows).eigenvalues
    size = max(map(abs, wanted))
    assert min(max(abs(x - y) for x, y in zip(found, order)) for order in (wanted, wanted[::-1])) <= 4 * EPS * size


@pytest.mark.parametrize("name", ["singular, in binary only", "singular to the last digit"])
def test_what_rounding_left_is_no_eigenvalue(name: str) -> None:
    """A matrix that counts as singular has the eigenvalue 0, not 1e-16."""
    found = spectrum(MATRICES[name].rows)
    assert found.eigenvalues == (0, pytest.approx(float(found.trace)))
    assert found.rational == (found.trace, 0)


def test_opposite_eigenvalues_are_opposite() -> None:
    """Where only rounding is left of the trace, they are ±λ to the last digit."""
    found = spectrum(rows("3,4;4,-3.000000000000001"))
    assert found.kind == "opposite eigenvalues"
    assert found.eigenvalues[0] == -found.eigenvalues[1] == pytest.approx(-5)


def test_a_discriminant_lost_in_the_diagonal_counts_as_zero() -> None:
    """What is left of ((a − d)/2)² + bc, 2·10⁻²⁴, is less than the last digit of a makes of it."""
    assert spectrum(rows("1.0000000200000002,1e-8;-1e-8,1")).kind == "defective"
    assert spectrum(rows("1.00000002001,1e-8;-1e-8,1")).kind == "distinct real"


def test_a_double_eigenvalue_is_half_the_trace() -> None:
    """Where numpy.linalg.eig finds complex noise."""
    assert np.iscomplexobj(np.linalg.eigvals([[5.0, 4], [-4, -3]]))
    assert spectrum(rows("5,4;-4,-3")).eigenvalues == (1, 1)
    assert spectrum(MATRICES["shear at 30 degrees"].rows).eigenvalues == pytest.approx((1, 1), abs=2 * EPS)


@clear_in_range
def test_eigenvalues_as_numpy(named: Named) -> None:
    """numpy is right to √ε where two eigenvalues nearly meet, and to ε elsewhere."""
    A = np.array(named.rows, dtype=float)
    wanted = sorted(np.linalg.eigvals(A), key=lambda z: (z.real, z.imag))
    found = sorted(spectrum(named.rows).eigenvalues, key=lambda z: (z.real, z.imag))
    assert np.allclose(found, wanted, rtol=0, atol=(1e-7 if named.case == "defective" else 1e-9) * np.abs(A).max())


@those(lambda named: named.case not in {"complex pair", "whole plane"} and not is_lost(named))
def test_eigenvectors_as_mpmath(named: Named) -> None:
    """The directions to nearly the last digit, also where the eigenvalues are close."""
    found = spectrum(named.rows)
    with mpmath.workdps(DIGITS):
        a, b, c, d = (mpmath.mpf(int(x.p)) / int(x.q) for x in named.exact)
        for vector, value in zip(found.vectors, [z.real for z in by_mpmath(named)]):
            # The null space of A − λI, from its longer row.
            row = max(((a - value, b), (c, d - value)), key=lambda p: mpmath.hypot(*p))
            off = (row[0] * vector[0] + row[1] * vector[1]) / mpmath.hypot(*row)
            assert abs(off) <= 4 * EPS


@distinct_in_range
def test_eigenvectors_as_sympy(named: Named) -> None:
    found = spectrum(named.rows)
    for value, _, vectors in named.exact.eigenvects():
        at = int(np.argmin([abs(z - complex(value)) for z in found.eigenvalues]))
        x, y = (float(p) for p in vectors[0].evalf(40))
        assert abs(x * found.vectors[at][1] - y * found.vectors[at][0]) <= 1e-14 * np.hypot(x, y)


# Laws -------------------------------------------------------------------------------------------


def defects(A: tuple, found: Spectrum) -> float:
    """The largest |Au − λu| beside |A|, over the eigenvectors."""
    B = np.array(A, dtype=float)
    values = [z.real for z in found.eigenvalues]
    return max((float(np.abs(B @ u - z * u).max()) for u, z in zip(found.vectors, values)), default=0) / max(
        float(np.abs(B).max()), 1e-300
    )


@every_matrix
def test_eigenvectors_stay_on_their_lines(named: Named) -> None:
    assert defects(named.rows, spectrum(named.rows)) <= (1e-7 if is_lost(named) else 1e-12)


@given(any_matrix)
@example(((1, 1e-12), (2e-12, 1)))
@example(((1e6, 1e-100), (1e-100, -1e6)))
def test_laws_of_every_spectrum(A: tuple) -> None:
    found = spectrum(A)
    first, second = found.eigenvalues
    size = max(abs(float(x)) for row in A for x in row)
    # The order, and the other one.
    assert abs(first) <= abs(second)
    assert abs(first) < abs(second) or (first.real, -first.imag) <= (second.real, -second.imag)
    assert sorted(map(str, found.pair)) == sorted(map(str, found.eigenvalues))
    assert found.pair[0].real >= found.pair[1].real
    assert found.pair[0].imag >= 0
    # Their sum and their product.
    assert abs(first + second - float(found.trace)) <= 8 * EPS * size
    assert abs(first * second - float(found.determinant)) <= 40 * EPS * size**2
    # As many lines as the case has, of unit vectors that point right or up.
    lines = {"complex pair": 0, "defective": 1}.get(found.kind, 2)
    assert found.vectors.shape == (lines, 2)
    for x, y in found.vectors:
        assert abs(x * x + y * y - 1) <= 4 * EPS
        assert x > 0 or (x == 0 and y > 0)
    assert defects(A, found) <= (1e-7 if found.kind == "defective" else 1e-12)
    assert found.is_complex == (first.imag != 0)


@given(whole_matrix)
def test_cases_of_whole_numbers_are_exact(A: tuple) -> None:
    """Whole numbers leave no doubt: discriminant, determinant and trace decide by their signs."""
    (a, b), (c, d) = A
    delta, D, t = (a - d) ** 2 + 4 * b * c, a * d - b * c, a + d
    if delta == 0:
        wanted = "whole plane" if (b, c, a) == (0, 0, d) else "defective"
    elif delta < 0:
        wanted = "complex pair"
    elif D == 0:
        wanted = "zero eigenvalue"
    elif t == 0:
        wanted = "opposite eigenvalues"
    else:
        wanted = "negative eigenvalue" if D < 0 or t < 0 else "distinct real"
    found = spectrum(A)
    assert found.kind == wanted
    assert (found.trace, found.determinant, found.discriminant) == (t, D, Fraction(delta, 4))
    is_square = isqrt(abs(delta)) ** 2 == abs(delta)
    assert found.root == (Fraction(isqrt(abs(delta)), 2) if is_square else None)
    assert (found.rational is not None) == (is_square and delta >= 0)


@given(st.fractions(0, 1000, max_denominator=1000))
def test_rational_roots(x: Fraction) -> None:
    assert rational_root(x * x) == x
    assert rational_root(2 * x * x) == (None if x else 0)


def test_a_defective_matrix_has_one_line() -> None:
    """[[5, 4], [−4, −3]]: only (1, −1)."""
    assert spectrum(rows("5,4;-4,-3")).vectors.tolist() == [pytest.approx([0.5**0.5, -(0.5**0.5)])]


def test_when_every_line_stays() -> None:
    assert spectrum(rows("2,0;0,2")).vectors.tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize("size", ["", "e-200", "e-290"])
def test_cases_do_not_depend_on_scale(size: str) -> None:
    """The square of 1e-200 is beyond floats, its spectrum is not."""
    for text in ("1,2;3,4", "1,-1;1,1", "1,1;0,1", "0,2;1,0", "1,2;2,4", "2,0;0,2"):
        scaled = ";".join(",".join(f"{x}{size}" for x in row.split(",")) for row in text.split(";"))
        plain, found = spectrum(rows(text)), spectrum(rows(scaled))
        assert found.kind == plain.kind
        assert np.allclose(found.vectors, plain.vectors, rtol=0, atol=4 * EPS)
        factor = float(f"1{size}")
        assert np.allclose(np.array(found.eigenvalues) / factor, plain.eigenvalues, rtol=1e-14, atol=0)


# The spiral and the ellipse of a complex pair -----------------------------------------------------

V = (0.6, -1.3)


def reach(named: Named) -> float:
    """The size of the ellipse through v."""
    return float(np.abs(invariant_ellipse(named.rows, V)).max())


@turning
@pytest.mark.parametrize("n", [0, 1, 2, 3, 7])
def test_the_spiral_passes_through_the_powers(named: Named, n: int) -> None:
    wanted = named.exact**n * sympy.Matrix([sympy.Rational(3, 5), sympy.Rational(-13, 10)])
    modulus = abs(spectrum(named.rows).pair[0])
    found = spiral(named.rows, V, np.array([float(n)]))[0]
    assert np.allclose(found, [float(x) for x in wanted], rtol=0, atol=1e-12 * modulus**n * reach(named))


@turning_in_range
@pytest.mark.parametrize("s", [-1.5, 0.3, 2.25])
def test_the_spiral_between_the_powers_as_scipy(named: Named, s: float) -> None:
    power = scipy.linalg.fractional_matrix_power(np.array(named.rows, dtype=float), s)
    found, modulus = spiral(named.rows, V, np.array([s]))[0], abs(spectrum(named.rows).pair[0])
    assert np.allclose(found, power @ V, rtol=0, atol=1e-6 * modulus**s * reach(named))


@turning_in_range
def test_one_step_of_the_spiral_is_the_matrix(named: Named) -> None:
    s = np.linspace(-2, 3, 21)
    A, modulus = np.array(named.rows, dtype=float), abs(spectrum(named.rows).pair[0])
    off = spiral(named.rows, V, s) @ A.T - spiral(named.rows, V, s + 1)
    assert np.abs(off / modulus ** (s + 1)[:, None]).max() <= 1e-11 * reach(named)


@turning
def test_the_ellipse_is_only_scaled(named: Named) -> None:
    """A maps the ellipse through v onto |λ| times itself: the same conic, fitted to its points, holds the images."""
    A, modulus = np.array(named.rows, dtype=float), abs(spectrum(named.rows).pair[0])
    points = invariant_ellipse(named.rows, V)
    assert points[0] == pytest.approx(V)
    assert points[-1] == pytest.approx(V, abs=1e-12 * reach(named))
    images = points @ A.T / modulus
    unit = np.abs(points).max(axis=0)
    x, y = (points / unit).T
    conic = np.linalg.lstsq(np.stack([x * x, x * y, y * y], axis=1), np.ones(len(points)), rcond=None)[0]
    x, y = (images / unit).T
    assert np.stack([x * x, x * y, y * y], axis=1) @ conic == pytest.approx(np.ones(len(points)), abs=1e-6)
