"""Matrices by letter: resolved as a whole, cycles told, kept in links."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths import rational
from mmlviz.maths.number import Problem
from mmlviz.maths.products import Definitions
from mmlviz.maths.products.definitions import read_definitions
from mmlviz.maths.products.tree import LETTERS
from mmlviz.maths.rational import Matrix, exact

A = exact([[1, 2], [3, 4]])
B = exact([[0, -1], [1, 0]])


def defined(**texts: str) -> Definitions:
    found = Definitions()
    for letter, text in texts.items():
        found = found.with_one(letter, text)
    return found


def resolved(**texts: str) -> dict[str, Matrix | Problem]:
    return defined(**texts).resolve({"A": A})


@pytest.mark.parametrize("text", ["0,-1;1,0", "[0,-1;1,0]", " 0, -1; 1, 0 ", "rot(90)", "0, −1; sin 90°, 0/5", "-B^3"])
def test_a_text_is_entries_or_a_product(text: str) -> None:
    assert resolved(B="rot(90)", C=text)["C"] == B


def test_a_vector_is_defined_by_a_column() -> None:
    assert resolved(V="1;2", W="A V")["W"] == exact([[5], [11]])


def test_letters_may_be_used_before_they_are_defined() -> None:
    found = resolved(D="CB", C="(A^2 B)^-1", B="0,-1;1,0")
    assert list(found) == ["D", "C", "B"]
    assert found["C"] == ((Fraction(-15, 4), Fraction(7, 4)), (Fraction(-11, 2), Fraction(5, 2)))
    assert found["D"] == rational.product(found["C"], B)  # type: ignore[arg-type]


def test_what_changes_changes_all_that_depends_on_it() -> None:
    first = defined(B="2A", C="B + I")
    second = first.with_one("B", "3A")
    assert [letter for letter, _ in second.texts] == ["B", "C"]
    assert second.resolve({"A": A})["C"] == exact([[4, 6], [9, 13]])
    assert first.resolve({"A": A})["C"] == exact([[3, 4], [6, 9]])
    assert first.resolve({"A": B})["C"] == exact([[1, -2], [2, 1]])


@pytest.mark.parametrize(
    ("texts", "letter", "said"),
    [
        ({"C": "C"}, "C", "C is defined by itself"),
        ({"C": "A C^2"}, "C", "C is defined by itself"),
        ({"C": "D", "D": "C + I"}, "C", "C is defined by D and D by C"),
        ({"C": "D", "D": "C + I"}, "D", "D is defined by C and C by D"),
        ({"C": "D", "D": "AE", "E": "C"}, "C", "C is defined by D, D by E and E by C"),
        ({"C": "D", "D": "AE", "E": "C"}, "E", "E is defined by C, C by D and D by E"),
        ({"B": "C", "C": "D", "D": "C"}, "B", "C has no value: C is defined by D and D by C"),
        ({"B": "A/A", "C": "B", "D": "C"}, "C", "B has no value: a matrix does not divide"),
        ({"B": "A/A", "C": "B", "D": "C"}, "D", "C has no value: a matrix does not divide"),
        ({"B": "A/A"}, "B", "a matrix does not divide"),
        ({"B": "1,2;3,x"}, "B", "the name 'x' is not known"),
        ({"B": "1,2;3"}, "B", "the rows have different lengths"),
        ({"B": ""}, "B", "nothing is typed here"),
        ({"B": "AF"}, "B", "F is not defined; A is"),
        ({"B": "(A - A)^-1"}, "B", "A − A is singular: (A − A)⁻¹ does not exist"),
        ({"C": "rot(17)^20 project(20)", "D": "C^-1"}, "D", "C is singular: C⁻¹ does not exist"),
        ({"C": "rot(30)^12 - I", "D": "2 C^-1"}, "D", "C is singular: C⁻¹ does not exist"),
        ({"A": "1,2;3,4"}, "A", "A comes from elsewhere, and cannot be defined here"),
    ],
)
def test_what_is_wrong_is_told_at_every_letter(texts: dict[str, str], letter: str, said: str) -> None:
    found = resolved(**texts)[letter]
    assert isinstance(found, Problem)
    assert found.message == said


def test_a_cycle_leaves_the_others_alone() -> None:
    found = resolved(B="rot(90)", C="D", D="C", E="BA")
    assert found["B"] == B
    assert found["E"] == rational.product(B, A)


@pytest.mark.parametrize(("text", "where"), [("1,2;3,x", "x"), (" 1, 2; 3, y ", "y"), ("A + x", "x"), ("AF", "F")])
def test_problems_stand_where_they_were_typed(text: str, where: str) -> None:
    definitions = defined(B=text)
    found = definitions.resolve({"A": A})["B"]
    assert isinstance(found, Problem)
    assert dict(definitions.texts)["B"][found.start : found.end] == where


def test_a_letter_is_taken_away() -> None:
    found = defined(B="rot(90)", C="B").without("B")
    assert found.texts == (("C", "B"),)
    assert found.without("Q") == found


@pytest.mark.parametrize("letter", ["I", "a", "AB", "", "Ä", "1"])
def test_only_capital_letters_are_defined(letter: str) -> None:
    with pytest.raises(ValueError, match="names no matrix"):
        Definitions().with_one(letter, "1,2;3,4")


# Links ------------------------------------------------------------------------------------------


def test_the_form_for_links() -> None:
    definitions = defined(B="0,-1;1,0", C="(A^2 B)^-1")
    assert definitions.write() == "B=0,-1;1,0 | C=(A^2 B)^-1"
    assert read_definitions("B=0,-1;1,0 | C=(A^2 B)^-1") == definitions
    assert read_definitions("B=0,-1;1,0|C = (A^2 B)^-1") == definitions
    assert read_definitions("") == Definitions() == read_definitions(" ")


@given(st.dictionaries(st.sampled_from(LETTERS), st.text("AB|=%;,2 C^7", max_size=12), max_size=6))
def test_every_text_comes_back_from_a_link(texts: dict[str, str]) -> None:
    definitions = defined(**texts)
    assert read_definitions(definitions.write()) == definitions


@pytest.mark.parametrize(
    ("text", "said", "where"),
    [
        ("B", "'B' defines no matrix", "B"),
        ("B=1,2;3,4 | x=3", "'x=3' defines no matrix", " x=3"),
        ("B=1,2;3,4|I=3", "'I=3' defines no matrix", "I=3"),
        ("B=A|B=2A", "B is defined twice", "B=2A"),
        ("B=A|", "'' defines no matrix", ""),
    ],
)
def test_malformed_links_are_refused(text: str, said: str, where: str) -> None:
    found = read_definitions(text)
    assert isinstance(found, Problem)
    assert found.message == said
    assert text[found.start : found.end] == where
