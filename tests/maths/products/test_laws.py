"""The laws of matrices hold exactly, in fractions, for what is typed; and the work is bounded."""

from contextlib import suppress
from fractions import Fraction

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mmlviz.maths import matrix2, rational
from mmlviz.maths.expression.tokens import Refused
from mmlviz.maths.products import Node, common, read, value
from mmlviz.maths.products.common import Common
from mmlviz.maths.rational import Matrix

entries = st.fractions(-5, 5, max_denominator=12) | st.sampled_from([Fraction(0), Fraction(1)])


def matrices(m: int, n: int) -> st.SearchStrategy[Matrix]:
    return st.lists(st.lists(entries, min_size=n, max_size=n).map(tuple), min_size=m, max_size=m).map(tuple)


def of(text: str, **given: Matrix) -> Matrix:
    tree = read(text)
    assert isinstance(tree, Node)
    return value(tree, given)


def of_sympy(A: Matrix) -> sympy.Matrix:
    return sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in A])


def three(n: int) -> st.SearchStrategy[tuple[Matrix, Matrix, Matrix]]:
    return st.tuples(matrices(n, n), matrices(n, n), matrices(n, n))


THREE = st.integers(2, 3).flatmap(three)


@given(THREE)
@settings(max_examples=40)
def test_inverses_and_transposes_turn_the_order_round(given: tuple[Matrix, Matrix, Matrix]) -> None:
    A, B, _ = given
    assert of("(AB)'", A=A, B=B) == of("B'A'", A=A, B=B)
    assert of("(A + B)^T - A^T", A=A, B=B) == of("B^T", B=B)
    assume(of_sympy(A).det() != 0 and of_sympy(B).det() != 0)
    assert of("(AB)^-1", A=A, B=B) == of("B^-1A^-1", A=A, B=B)
    assert of("A^-T", A=A) == of("(A^T)^-1", A=A)
    assert of("A^-1 A", A=A) == of("A A^-1", A=A) == rational.identity(len(A))
    assert of("A^-3 A^5", A=A) == of("A^2", A=A)
    assert of("A^-1", A=A) == tuple(
        tuple(Fraction(int(x.p), int(x.q)) for x in of_sympy(A).inv().row(i)) for i in range(len(A))
    )


@given(THREE)
@settings(max_examples=40)
def test_brackets_do_not_change_a_product_and_open_over_sums(given: tuple[Matrix, Matrix, Matrix]) -> None:
    A, B, C = given
    names = {"A": A, "B": B, "C": C}
    assert of("(AB)C", **names) == of("A(BC)", **names) == of("ABC", **names)
    assert of("A(B + C)", **names) == of("AB + AC", **names)
    assert of("(A - B)C", **names) == of("AC - BC", **names)
    assert of("-2/3 A B", **names) == of("A (-2/3) B", **names) == of("AB·-2/3", **names)


@given(THREE)
@settings(max_examples=40)
def test_determinants_multiply(given: tuple[Matrix, Matrix, Matrix]) -> None:
    A, B, _ = (common.common(X) for X in given)
    AB = common.product(A, B)
    one, other, both = (Fraction(common.determinant(X.rows), X.below ** len(X.rows)) for X in (A, B, AB))
    assert one * other == both
    assert one == Fraction(str(of_sympy(given[0]).det()))


@given(matrices(2, 2))
def test_2_by_2_matrices_are_singular_where_they_are_elsewhere(A: Matrix) -> None:
    assert common.is_singular(common.common(A)) == matrix2.is_singular(A)  # type: ignore[arg-type]


@given(matrices(3, 3))
def test_3_by_3_matrices_of_fractions_are_singular_where_the_determinant_is_0(A: Matrix) -> None:
    assert common.is_singular(common.common(A)) == (of_sympy(A).det() == 0)


# Work -------------------------------------------------------------------------------------------

A = tuple(tuple(Fraction(3 * i + j + 1, 7 * i + 11 * j + 3) for j in range(3)) for i in range(3))
R = tuple(tuple(Fraction(x) for x in row) for row in matrix2.rotation(1).tolist())
HOSTILE = (
    "".join(f"A^{n}" for n in range(99, 49, -1)),
    "".join(f"R^{n}" for n in range(99, 49, -1)),
    "+".join(f"R^{n}" for n in range(99, 59, -1)),
    "R^99" * 50,
    "R^-99" * 40,
    "RR" * 100,
    "A" * 200,
    "(" * 20 + "R" + "^99)" * 20,
    "(" * 20 + "scale(3/7)" + "^99)" * 20,
    "((A + 2I)^99 + A^98)^97",
    "[1/3,√2;sin(1),e^π]^99" * 9,
    "rot(1,(1,2,3))" * 14,
    "A/2" * 66,
    "(A)" * 66,
    "e" * 198 + " A",
    "-" * 199 + "A",
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_no_text_takes_many_products_or_long_numbers(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Common] = []
    product = common.product

    def counted(A: Common, B: Common) -> Common:
        made.append(product(A, B))
        return made[-1]

    monkeypatch.setattr(common, "product", counted)
    tree = read(text)
    assert isinstance(tree, Node)
    with suppress(Refused):
        value(tree, {"A": A, "R": R})
    assert len(made) <= 600
    assert all(x.bit_length() <= 2 * common.MOST_BITS for each in made for row in each.rows for x in row)
    assert all(each.below.bit_length() <= 2 * common.MOST_BITS for each in made)
