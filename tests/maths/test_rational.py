"""Matrices of fractions, against sympy's."""

from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths import rational
from mmlviz.maths.rational import Matrix

entries = st.fractions(-5, 5, max_denominator=12)
sizes = st.integers(1, 3)


def matrices(m: int, n: int) -> st.SearchStrategy[Matrix]:
    return st.lists(st.lists(entries, min_size=n, max_size=n).map(tuple), min_size=m, max_size=m).map(tuple)


def of_sympy(A: Matrix) -> sympy.Matrix:
    return sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in A])


@given(st.data(), sizes, sizes, sizes)
def test_products_and_sums_are_those_of_sympy(data: st.DataObject, m: int, k: int, n: int) -> None:
    A, B, C = data.draw(matrices(m, k)), data.draw(matrices(k, n)), data.draw(matrices(m, k))
    assert of_sympy(rational.product(A, B)) == of_sympy(A) * of_sympy(B)
    assert of_sympy(rational.added(A, C)) == of_sympy(A) + of_sympy(C)
    assert of_sympy(rational.transposed(A)) == of_sympy(A).T
    assert of_sympy(rational.scaled(A, Fraction(2, 3))) == of_sympy(A) * sympy.Rational(2, 3)
    assert rational.product(rational.identity(m), A) == A
    assert rational.floats(A).tolist() == [[float(x) for x in row] for row in A]


def test_shapes_that_do_not_fit_are_refused() -> None:
    A, B = rational.exact([[1, 2, 3], [4, 5, 6]]), rational.exact([[1, 2], [3, 4]])
    with pytest.raises(ValueError, match=r"\(2, 3\) times \(2, 2\)"):
        rational.product(A, B)
    with pytest.raises(ValueError, match="plus"):
        rational.added(A, B)
