"""Products of matrices as formulas."""

import pytest

from mmlviz.core import formula as f
from mmlviz.core.products import notation
from mmlviz.core.typst import markup
from mmlviz.maths.products import Node, read
from tests.maths.products.cases import CASES, Case


def formula(text: str) -> f.Node:
    tree = read(text)
    assert isinstance(tree, Node)
    return notation(tree)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("AB", "AB"),
        ("(A^2 B)^-1", "(A^2B)^−1"),
        ("A^T A^-T", "A^TA^−T"),
        ("1/2 A - 2B", "1/2·A − 2B"),
        ("-1/2 A/3", "−1/2·A·1/3"),
        ("-A", "−A"),
        ("-(A + B)", "−(A + B)"),
        ("-(AB)", "−(AB)"),
        ("A - B", "A − B"),
        ("A - (B - C)", "A − (B − C)"),
        ("A - (-2)B", "A − (−2)B"),
        ("A + (B + C)", "A + (B + C)"),
        ("A 3B", "A·3B"),
        ("A(-3)B", "A·(−3)B"),
        ("(1 + √2)A", "(1 + √2)A"),
        ("A(BC)", "A(BC)"),
        ("rot(30)A", "R(30°)A"),
        ("rot(-30)", "R(−30°)"),
        ("rot(-30°)", "R(−30°)"),
        ("rot(-π/6 rad)", "R(−π/6)"),
        ("rot(π/6 rad)", "R(π/6)"),
        ("rot(30, (1,1,1))", "R(30°, (1, 1, 1))"),
        ("rotx(30)", "R_x(30°)"),
        ("scale(2, 1/2)", "S(2, 1/2)"),
        ("shear(1, 90)^-1", "shear(1, 90°)^−1"),
        ("reflect((1,0))", "reflect((1, 0))"),
        ("[1, √2/2; 1/3, 4]I", "(1, √2/2; 1/3, 4)I"),
        ("[3;2]", "(3; 2)"),
    ],
)
def test_products_as_one_line(text: str, plain: str) -> None:
    assert f.plain(formula(text)) == plain


def test_letters_take_the_colours_of_their_roles() -> None:
    tree = read("AB^2")
    assert isinstance(tree, Node)
    assert notation(tree, {"B": "second"}) == f.Row(
        (f.Symbol("A"), f.Power(f.Coloured("second", f.Symbol("B")), f.Text("2")))
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_everything_that_is_read_can_be_typeset(case: Case) -> None:
    assert markup(formula(case.text))


def test_typst_sets_products() -> None:
    import typst

    lines = [f"$ {markup(formula(case.text))} $" for case in CASES]
    picture = typst.compile("\n".join(["#set page(height: auto)", *lines]).encode(), format="svg")
    assert isinstance(picture, bytes)
    assert picture.count(b"<use") > 1000
