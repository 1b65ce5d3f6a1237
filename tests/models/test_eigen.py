"""The eigen model: the course's answers, and how Av stands to v."""

from fractions import Fraction
from math import degrees, hypot

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths.matrix2 import condition
from mmlviz.maths.number import Number
from mmlviz.models.eigen import PARALLEL, Result, State, compute
from tests.matrices import MATRICES, Named, rows, those

every_matrix = those(lambda named: True)


def result(text: str, vector: str = "1,1") -> Result:
    x, y = (Number(p) for p in vector.split(","))
    return compute(State(rows(text), (x, y)))


BY_INSPECTION = [
    # Which of (1, 0), (1, 1), (0, 1) are eigenvectors?
    ("2,0;0,2", {"1,0", "1,1", "0,1"}),
    ("3,0;0,2", {"1,0", "0,1"}),
    ("1,2;0,1", {"1,0"}),
    ("0,-1;1,0", set()),
    ("-1,0;0,-1", {"1,0", "1,1", "0,1"}),
    ("2,1;0,2", {"1,0"}),
]


@pytest.mark.parametrize(("text", "eigenvectors"), BY_INSPECTION)
def test_by_inspection(text: str, eigenvectors: set[str]) -> None:
    assert {v for v in ("1,0", "1,1", "0,1") if result(text, v).is_parallel} == eigenvectors


POLYNOMIALS = [
    # λ² − tr λ + det, and its roots
    ("3,4;0,5", (-8, 15), (3, 5)),
    ("-3,8;2,3", (0, -25), (-5, 5)),
    ("5,4;-4,-3", (-2, 1), (1, 1)),
    ("-2,-3;1,1", (1, 1), (complex(-0.5, 0.75**0.5), complex(-0.5, -(0.75**0.5)))),
    ("6,-1;2,3", (-9, 20), (4, 5)),
    ("1,0;-4,8", (-9, 8), (1, 8)),
    ("1,1;0,2", (-3, 2), (1, 2)),
]


@pytest.mark.parametrize(("text", "polynomial", "roots"), POLYNOMIALS)
def test_characteristic_polynomials_of_the_course(text: str, polynomial: tuple, roots: tuple) -> None:
    found = result(text).spectrum
    assert (-found.trace, found.determinant) == polynomial
    assert found.eigenvalues == pytest.approx(roots, abs=1e-15)


def test_diagonalisation() -> None:
    """T = C D C⁻¹ with C = [[1, 1], [1, 2]], D = diag(5, 4); T³ = [[186, −61], [122, 3]]."""
    C = np.array([[1, 1], [1, 2]])
    found = result("6,-1;2,3").spectrum
    assert found.eigenvalues == (4, 5)
    for vector, column in zip(found.vectors, (C[:, 1], C[:, 0])):
        assert vector == pytest.approx(column / np.hypot(*column))
    cubed = result("186,-61;122,3").spectrum
    assert cubed.eigenvalues == (4**3, 5**3)
    assert cubed.vectors == pytest.approx(found.vectors)


def test_only_one_eigenline() -> None:
    """[[5, 4], [−4, −3]]: only (1, −1)."""
    assert result("5,4;-4,-3", "1,-1").is_parallel
    assert not result("5,4;-4,-3", "1,-0.999").is_parallel
    assert len(result("5,4;-4,-3").spectrum.vectors) == 1


@pytest.mark.parametrize(
    ("text", "vector", "angle", "ratio", "eigenvalue"),
    [
        ("0,-1;1,0", "1,0", 90, 1, None),
        ("0,-1;1,0", "1e-200,0", 90, 1, None),  # the product of the coordinates is beyond floats
        ("0,1;-1,0", "3,4", -90, 1, None),
        ("1,-1;1,1", "0,-2", 45, 2**0.5, None),
        ("-1,0;0,-1", "1,2", 180, 1, -1),  # 180, not −180
        ("3,4;0,5", "2,1", 0, 5, 5),
        ("-3,8;2,3", "4,-1", 180, 5, -5),
        ("1e-200,0;0,2e-200", "1e-200,0", 0, 1e-200, Fraction(1, 10**200)),  # Av itself is beyond floats
        ("1,2;2,4", "2,-1", None, 0, 0),  # sent to 0
        ("1,2;2,4", "0,0", None, None, None),
        ("1/3,0;0,1", "1/7,0", 0, 1 / 3, Fraction(1, 3)),
    ],
)
def test_how_the_image_stands_to_the_vector(
    text: str, vector: str, angle: float | None, ratio: float | None, eigenvalue: Fraction | None
) -> None:
    found = result(text, vector)
    assert found.angle == (angle if angle is None else pytest.approx(angle, abs=1e-12))
    assert found.ratio == (ratio if ratio is None else pytest.approx(ratio, rel=1e-14, abs=0))
    assert found.eigenvalue == eigenvalue
    assert found.is_parallel == (eigenvalue is not None)


def test_nearly_parallel_is_said_apart_from_parallel() -> None:
    """Within half a degree the stretch is given, but v is no eigenvector."""
    near = result("2,0;0,3", "1,0.01")
    assert not near.is_parallel
    assert near.eigenvalue is not None
    assert float(near.eigenvalue) == pytest.approx(2, abs=1e-3)
    far = result("2,0;0,3", "1,0.1")
    assert (far.is_parallel, far.eigenvalue) == (False, None)


@pytest.mark.parametrize("sign", ["", "-"])
def test_half_a_degree_counts_as_nearly_whichever_way_v_is_sent(sign: str) -> None:
    """At (1, y) the matrices ±diag(2, 3) turn the line by atan(3y/2) − atan y, about y/2: 0.46° and 0.52°."""
    matrix = f"{sign}2,0;0,{sign}3"
    assert result(matrix, "1,0.016").eigenvalue is not None
    assert result(matrix, "1,0.0182").eigenvalue is None


def test_a_millionth_of_a_degree_is_not_parallel() -> None:
    assert not result("2,0;0,3", "1,1e-8").is_parallel


@every_matrix
@pytest.mark.parametrize("vector", ["0.6,1.2", "-3,1e-6"])
def test_angle_and_ratio_as_mpmath(named: Named, vector: str) -> None:
    found = result(named.text, vector)
    with mpmath.workdps(700):
        x, y = map(mpmath.mpf, vector.split(","))
        a, b, c, d = (mpmath.mpf(int(p.p)) / int(p.q) for p in named.exact)
        p, q = a * x + b * y, c * x + d * y
        if p == q == 0:
            assert (found.angle, found.ratio, found.is_parallel, found.eigenvalue) == (None, 0, True, 0)
            return
        angle = mpmath.atan2(x * q - y * p, x * p + y * q)
        assert found.angle == pytest.approx(float(mpmath.degrees(angle)), rel=1e-12, abs=1e-300)
        assert found.ratio == pytest.approx(float(mpmath.hypot(p, q) / mpmath.hypot(x, y)), rel=1e-14, abs=0)
        assert found.is_parallel == (abs(mpmath.sin(angle)) <= PARALLEL)


@those(lambda named: named.case != "complex pair" and condition(named.rows) < 1e6)
def test_eigenvectors_turn_out_parallel(named: Named) -> None:
    """v set on a computed eigenline is nearly parallel to Av, and stretched by its eigenvalue."""
    spectrum = result(named.text).spectrum
    for vector, value in zip(spectrum.vectors, spectrum.eigenvalues):
        found = result(named.text, ",".join(Number.significant(x, 17).text for x in vector))
        assert found.angle is not None
        assert min(abs(found.angle), 180 - abs(found.angle)) < 1e-5
        assert found.eigenvalue is not None
        assert float(found.eigenvalue) == pytest.approx(value.real, rel=1e-7)


@given(st.tuples(*4 * [st.integers(-9, 9)]), st.tuples(*2 * [st.integers(-9, 9)]))
def test_laws(entries: tuple, vector: tuple) -> None:
    (a, b, c, d), (x, y) = entries, vector
    found = result(f"{a},{b};{c},{d}", f"{x},{y}")
    p, q = a * x + b * y, c * x + d * y
    assert found.image.tolist() == [p, q]
    assert found.is_parallel == (vector != (0, 0) and x * q == y * p)
    if found.is_parallel:
        assert found.eigenvalue is not None
        assert (found.eigenvalue * x, found.eigenvalue * y) == (p, q)
        # A v = λ v only for an eigenvalue: det(A − λI) = 0.
        assert (a - found.eigenvalue) * (d - found.eigenvalue) == b * c
    if found.angle is not None:
        assert -180 < found.angle <= 180
        cosine = (x * p + y * q) / (hypot(x, y) * hypot(p, q))
        assert abs(found.angle) == pytest.approx(degrees(np.arccos(min(max(cosine, -1), 1))), abs=1e-5)
        assert (found.angle > 0) == (x * q - y * p > 0 or (x * q == y * p and cosine < 0))


def test_the_list_has_the_openings_of_both_tabs() -> None:
    """So that every independent answer covers what is seen first."""
    assert State().matrix == MATRICES["opening of the eigen tab"].rows
