"""2×2 matrices: laws that hold for every matrix, and answers from numpy, scipy and exact sympy."""

from fractions import Fraction
from math import cos, hypot, inf, pi, radians, sin

import mpmath
import numpy as np
import pytest
import scipy.linalg
import sympy
from hypothesis import example, given
from hypothesis import strategies as st

from mmlviz.maths import matrix2
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import Number
from tests.matrices import MATRICES, Named, rows, those

EPS = matrix2.EPS
TIMES = (0.0, 0.01, 0.25, 0.5, 0.75, 0.99, 1.0)


every_matrix = those(lambda named: True)
entries = st.integers(-20, 20) | st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-300)
any_matrix = st.tuples(st.tuples(entries, entries), st.tuples(entries, entries))


def floats(A: object) -> Array:
    return np.array(A, dtype=float)


def size(A: object) -> float:
    return float(np.abs(floats(A)).max())


def is_singular(A: sympy.Matrix) -> bool:
    """Whether ad and bc agree to 8 units of the last place of a float, in sympy's fractions."""
    a, b, c, d = A
    return abs(A.det()) <= 8 * sympy.Rational(2) ** -52 * (abs(a * d) + abs(b * c))


def close(one: float, other: float, tolerance: float = 1e-14) -> bool:
    return one == other or abs(one - other) <= tolerance * abs(other)


# Independent answers ----------------------------------------------------------------------------


def test_there_are_enough_matrices() -> None:
    assert len(MATRICES) >= 60
    assert len({each.text for each in MATRICES.values()}) == len(MATRICES)


@every_matrix
def test_exact_entries_are_as_typed(named: Named) -> None:
    assert [x for row in matrix2.exact(named.rows) for x in row] == [Fraction(int(x.p), int(x.q)) for x in named.exact]


@every_matrix
def test_determinant_as_sympy(named: Named) -> None:
    assert matrix2.determinant(named.rows) == Fraction(str(named.exact.det()))


@every_matrix
def test_rank_as_sympy(named: Named) -> None:
    """Exact rank, but what only the rounding of the entries keeps apart counts as singular."""
    wanted = 2 if not is_singular(named.exact) else int(any(named.exact))
    assert matrix2.rank(named.rows) == wanted
    assert matrix2.is_singular(named.rows) == (wanted < 2)


def test_singular_is_relative_and_by_entry() -> None:
    """A float determinant misses the first, an absolute tolerance the second, a normwise one the third."""
    assert matrix2.rank(rows(".1,.7;.3,2.1")) == 1
    assert matrix2.rank(rows("1e-200,0;0,1e-200")) == 2
    assert matrix2.rank(rows("1,0;0,1e-200")) == 2


def test_entries_in_tenths_that_are_singular_are_found() -> None:
    """The course's `== 0` misses 761 of 1000 exactly singular matrices in tenths."""
    rng = np.random.default_rng(3)
    for _ in range(300):
        p, q, k = (int(x) for x in rng.integers(1, 40, 3))
        typed = f"{p / 10},{q / 10};{round(p * k / 10, 1)},{round(q * k / 10, 1)}"
        assert matrix2.determinant(rows(typed)) == 0, typed
        assert matrix2.rank(floats(rows(typed))) == 1, typed  # as floats too, where ad − bc may be 2.8e-17


@every_matrix
def test_inverse_as_sympy(named: Named) -> None:
    """Exactly, or None."""
    inverse = matrix2.inverse(named.rows)
    if is_singular(named.exact):
        assert inverse is None
    else:
        assert inverse is not None
        assert [str(x) for row in inverse for x in row] == [str(x) for x in named.exact.inv()]


@every_matrix
def test_singular_values_as_mpmath(named: Named) -> None:
    """Both to full accuracy, also where they are 300 powers of ten apart: √ of the eigenvalues of AᵀA."""
    A = named.exact
    first, second = matrix2.singular_values(named.rows)
    with mpmath.workdps(1500):
        t, D = (mpmath.mpf(int(x.p)) / int(x.q) for x in ((A.T * A).trace(), A.det() ** 2))
        root = mpmath.sqrt(max(t * t - 4 * D, 0))
        wanted = mpmath.sqrt((t + root) / 2), mpmath.sqrt(2 * D / (t + root)) if t else t
        assert close(first, float(wanted[0]))
        assert close(second, 0.0 if is_singular(A) else float(wanted[1]))


@every_matrix
def test_singular_values_as_scipy(named: Named) -> None:
    wanted = scipy.linalg.svdvals(floats(named.rows))
    assert np.allclose(matrix2.singular_values(named.rows), wanted, rtol=1e-13, atol=1e-15 * size(named.rows))


@every_matrix
def test_condition_as_numpy(named: Named) -> None:
    condition = matrix2.condition(named.rows)
    if is_singular(named.exact):
        assert condition == inf
    else:
        wanted = named.exact.norm("fro") ** 2 / abs(named.exact.det())  # κ + 1/κ
        assert close(condition + 1 / condition, float(wanted), 1e-13)
    if condition < 1e7:  # beyond it numpy has lost half its digits
        assert close(condition, float(np.linalg.cond(floats(named.rows))), 1e-8)


@those(lambda named: is_singular(named.exact) and any(named.exact))
def test_null_and_image_lines_as_scipy(named: Named) -> None:
    A = floats(named.rows) / size(named.rows)
    null, image = matrix2.null_direction(named.rows), matrix2.image_direction(named.rows)
    assert abs(null @ scipy.linalg.null_space(A, rcond=1e-14)[:, 0]) == pytest.approx(1, abs=1e-15)
    assert abs(image @ scipy.linalg.orth(A, rcond=1e-14)[:, 0]) == pytest.approx(1, abs=1e-15)
    assert np.abs(A @ null).max() <= 1e-14
    assert np.hypot(*null) == pytest.approx(1)
    assert np.hypot(*image) == pytest.approx(1)


@those(lambda named: named.exact.det() > 0 and matrix2.condition(named.rows) < 1e6)
def test_turn_and_stretch_as_scipys_polar(named: Named) -> None:
    """For det A > 0 it is the polar decomposition, which is unique."""
    theta, S = matrix2.turn_and_stretch(named.rows)
    U, P = scipy.linalg.polar(floats(named.rows) / size(named.rows))
    assert np.allclose(matrix2.rotation(theta), U, atol=1e-9)
    assert np.allclose(S / size(named.rows), P, atol=1e-9)


# Laws -------------------------------------------------------------------------------------------


@given(any_matrix)
@example(((1, 0), (0, 1)))
@example(((-1, 0), (0, -1)))
@example(((1, 0), (0, -1)))
@example(((1e6, 1e-300), (-1e-300, 1e6)))
def test_turn_and_stretch(A: tuple) -> None:
    """R(θ) S = A with S symmetric and trace S ≥ 0."""
    theta, S = matrix2.turn_and_stretch(A)
    assert np.abs(matrix2.rotation(theta) @ S - floats(A)).max() <= 1e-12 * size(A)
    assert S[0, 1] == S[1, 0]
    assert S.trace() >= -1e-12 * size(A)


@given(any_matrix)
def test_the_path_leads_from_the_identity_to_the_matrix(A: tuple) -> None:
    assert (matrix2.path(A, 0) == np.eye(2)).all()
    assert (matrix2.path(A, 1) == floats(A)).all()
    assert np.allclose(matrix2.path(A, 1 - 1e-9), floats(A), rtol=0, atol=1e-7 * max(size(A), 1))


@pytest.mark.parametrize("degrees", [0, 1e-6, 30, 90, 120, 179, 180, -90, -179.9])
@pytest.mark.parametrize("t", TIMES)
def test_rotations_rotate(degrees: float, t: float) -> None:
    """Half way to a turn by 120° is a turn by 60°, not the mean of two matrices, which would shrink."""
    angle = radians(degrees)
    moved = matrix2.path(((cos(angle), -sin(angle)), (sin(angle), cos(angle))), t)
    assert np.allclose(moved, matrix2.rotation(t * angle), atol=1e-13)


@those(lambda named: named.kind == "rotation")
@pytest.mark.parametrize("t", TIMES)
def test_the_path_shrinks_no_rotation(named: Named, t: float) -> None:
    moved = matrix2.path(named.rows, t)
    assert np.allclose(moved.T @ moved, np.eye(2), atol=1e-13)
    assert np.linalg.det(moved) > 0


@those(lambda named: named.exact.det() > 0 and matrix2.condition(named.rows) < 1e15)
@pytest.mark.parametrize("t", TIMES)
def test_the_path_collapses_only_to_change_orientation(named: Named, t: float) -> None:
    """On the way to a matrix with det A > 0 the area never becomes 0."""
    a, b, c, d = (Fraction(float(x)) for x in matrix2.path(named.rows, t).ravel())
    assert a * d - b * c > 0


@given(any_matrix)
def test_inverse_times_matrix_is_the_identity_exactly(A: tuple) -> None:
    inverse = matrix2.inverse(A)
    if inverse is None:
        assert matrix2.rank(A) < 2
        return
    (a, b), (c, d) = matrix2.exact(A)
    (p, q), (r, s) = inverse
    assert (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s) == (1, 0, 0, 1)


@given(any_matrix)
def test_the_product_of_the_singular_values_is_the_area(A: tuple) -> None:
    first, second = matrix2.singular_values(A)
    assert first >= second >= 0
    if second > 1e-300:  # smaller ones have lost digits to underflow
        assert abs(Fraction(first) * Fraction(second) / abs(matrix2.determinant(A)) - 1) <= 4 * EPS
    squares = sum(Fraction(x) ** 2 for row in A for x in row)
    if second > 0:
        assert abs(Fraction(first) ** 2 + Fraction(second) ** 2 - squares) <= Fraction(1e-14) * squares


@given(any_matrix, st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), st.tuples(st.floats(-9, 9), st.floats(-9, 9)))
@example(((1, 1e-200), (1e-200, 0)), (1.0, 1.0), (0.0, 0.0))  # elimination in floats calls it singular
def test_the_preimage_is_sent_to_the_image(A: tuple, image: tuple, v: tuple) -> None:
    x = matrix2.preimage(A, np.array(v), image)
    if matrix2.rank(A) == 2 and np.isfinite(x).all() and (np.abs(x) > 1e-300).all():
        for row, wanted in zip(A, image):
            reached = [Fraction(p) * Fraction(q) for p, q in zip(row, x.tolist())]
            assert abs(sum(reached) - Fraction(wanted)) <= Fraction(EPS) * sum(map(abs, reached))


lines = st.tuples(st.integers(-9, 9), st.integers(-9, 9)).filter(any)


@given(lines, lines, st.integers(-9, 6), st.tuples(*2 * [st.floats(-9, 9)]), st.tuples(*2 * [st.floats(-9, 9)]))
def test_the_preimage_under_a_singular_matrix(p: tuple, q: tuple, power: int, image: tuple, v: tuple) -> None:
    """Ax comes as near to the image as the image line allows, and v moves at right angles to the null line."""
    A = np.outer(p, q) * 10.0**power
    x = matrix2.preimage(A, np.array(v), image)
    far = 9 + 9 / np.abs(A).max()  # as far as x can have to go
    assert abs((A @ x - image) @ p) <= 1e-12 * np.hypot(*p) * np.abs(A).max() * far
    assert abs((x - v) @ (-q[1], q[0])) <= 1e-12 * np.hypot(*q) * far


def test_the_preimage_under_zero_stays() -> None:
    assert matrix2.preimage(((0, 0), (0, 0)), np.array([3.0, 4.0]), (1.0, 1.0)).tolist() == [3, 4]


# Names ------------------------------------------------------------------------------------------


@every_matrix
def test_kinds_as_written_by_hand(named: Named) -> None:
    assert matrix2.kind(named.rows).word == named.kind


@every_matrix
def test_kind_is_among_its_properties(named: Named) -> None:
    found = matrix2.kind(named.rows)
    assert found.word in matrix2.KINDS
    assert set(found.properties) <= set(matrix2.PROPERTIES)
    assert found.word == "general" or found.word in found.properties


def says_all(named: Named) -> bool:
    """Whether no entry stands for an irrational number, and none is lost beside another."""
    return "e-" not in named.text and all("/" in x.text or len(x.text) <= 14 for row in named.rows for x in row)


@those(says_all)
def test_properties_hold_in_sympy(named: Named) -> None:
    """The definitions themselves, in exact arithmetic."""
    A, one, zero = named.exact, sympy.eye(2), sympy.zeros(2)
    wanted = {
        "identity": one == A,
        "zero": zero == A,
        "scaling": A.is_diagonal(),
        "diagonal": A.is_diagonal(),
        "rotation": one == A * A.T and A.det() == 1,
        "reflection": one == A * A.T and A.det() == -1,
        "orthogonal": one == A * A.T,
        "shear": (A - one) ** 2 == zero and one != A,
        "projection": A**2 == A and A.rank() == 1,
        "nilpotent": zero == A**2 and zero != A,
        "singular": A.det() == 0,
        "symmetric": A.T == A,
        "skew-symmetric": A.T == -A,
    }
    assert set(matrix2.kind(named.rows).properties) == {name for name, holds in wanted.items() if holds}


@pytest.mark.parametrize(
    ("text", "kind", "angle"),
    [
        ("0,-1;1,0", "rotation", 90),
        ("0,1;-1,0", "rotation", -90),
        ("3/5,-4/5;4/5,3/5", "rotation", 53.13010235415598),
        ("1,0;0,-1", "reflection", 0),
        ("-1,0;0,1", "reflection", 90),
        ("0,1;1,0", "reflection", 45),
        ("-5/13,12/13;12/13,5/13", "reflection", 56.309932474020215),  # of the course
        ("1,0;0,0", "projection", 0),
        ("0,0;0,1", "projection", 90),
        ("2,-2;1,-1", "projection", 26.56505117707799),  # the line it lands on, not the one it falls along
        ("4/5,-2/5;-2/5,1/5", "projection", -26.56505117707799),
        ("1,1;0,1", "shear", 0),
        ("1,0;-1/2,1", "shear", 90),
        ("5,4;-4,-3", "shear", -45),  # along (1, −1)
        ("1,2;3,4", "general", None),
        ("2,0;0,2", "scaling", None),
    ],
)
def test_angles(text: str, kind: str, angle: float | None) -> None:
    found = matrix2.kind(rows(text))
    assert found.word == kind
    assert found.angle == (angle if angle is None else pytest.approx(angle, abs=1e-12))


@pytest.mark.parametrize("degrees", range(-170, 180, 25))
@pytest.mark.parametrize("digits", [14, 17])
def test_turns_and_mirrors_are_known_from_14_digits(degrees: int, digits: int) -> None:
    c, s = (Number.significant(f(radians(degrees)), digits) for f in (cos, sin))
    minus = Number.significant(-s, digits)
    turn, mirror = matrix2.kind(((c, minus), (s, c))), matrix2.kind(((c, s), (s, Number.significant(-c, digits))))
    assert turn.word == "rotation"
    assert turn.angle == pytest.approx(degrees, abs=1e-10)
    assert mirror.word == "reflection"
    assert mirror.angle == pytest.approx(degrees / 2, abs=1e-10)


@pytest.mark.parametrize(
    ("text", "properties"),
    [
        ("1,1e-9;0,1", {"shear"}),
        ("1.00001,0;0,0.99999", {"scaling", "diagonal", "symmetric"}),
        ("0.999,-0.01;0.01,0.999", set()),
        ("1,1;1e-10,1", set()),
        ("1e-9,1;0,0", {"singular"}),
        ("1.000000001,0;0,0", {"singular", "scaling", "diagonal", "symmetric"}),
    ],
)
def test_nearly_is_not_enough(text: str, properties: set[str]) -> None:
    """What a person can type apart has its own names."""
    assert set(matrix2.kind(rows(text)).properties) == properties


@given(any_matrix, st.integers(-600, 300).map(lambda k: 2.0**k))
def test_names_without_a_unit_do_not_depend_on_scale(A: tuple, factor: float) -> None:
    """nilpotent, singular, symmetric … stay when A is multiplied by a number; only units of 1 can tell."""
    B = tuple(tuple(float(x) * factor for x in row) for row in A)
    if any((x != 0) and not 1e-290 < abs(y) < 1e290 for p, q in zip(A, B) for x, y in zip(p, q)):
        return  # out of the range of floats
    free = {"zero", "nilpotent", "singular", "symmetric", "diagonal", "skew-symmetric"}
    assert set(matrix2.kind(A).properties) & free == set(matrix2.kind(B).properties) & free


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_line_angle_is_that_of_the_line(x: float, y: float) -> None:
    if hypot(x, y) < 1e-300:
        return
    angle = matrix2.line_angle((x, y))
    assert -90 < angle <= 90
    assert matrix2.line_angle((-x, -y)) == pytest.approx(angle, abs=1e-9) or abs(angle) == pytest.approx(90)
    along = cos(angle * pi / 180), sin(angle * pi / 180)
    assert abs(x * along[1] - y * along[0]) <= 1e-12 * hypot(x, y)


@given(st.floats(-4, 4))
@example(0.36)  # where the quotient |det A|/σ₁ rounds to more than σ₁
def test_the_smaller_singular_value_is_not_the_larger(theta: float) -> None:
    largest, smallest = matrix2.singular_values(matrix2.rotation(theta).tolist())
    assert smallest <= largest
    assert matrix2.condition(matrix2.rotation(theta).tolist()) >= 1
