"""What is not read, or has no value: it is said what is wrong, and where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmlviz.maths.expression.tokens import Refused
from mmlviz.maths.number import Problem
from mmlviz.maths.products import Node, read, value, write
from mmlviz.maths.products.makers import MAKERS
from tests.maths.products.cases import MATRICES

MALFORMED = (
    ("", "nothing is typed", ""),
    ("   ", "nothing is typed", "   "),
    ("\u200b", "nothing is typed", "\u200b"),
    ("A" * 201, "201 characters are too many", "A"),
    ("a", "'a' is not known; did you mean 'A'", "a"),
    ("ab", "did you mean 'AB'", "ab"),
    ("Ab", "'b' is not known; did you mean 'B'", "b"),
    ("i", "did you mean 'I'", "i"),
    ("xA", "'x' is not known", "x"),
    ("rott(30)", "did you mean 'rot'", "rott"),
    ("rotate(30)", "did you mean 'rot'", "rotate"),
    ("Rot(30)", "did you mean 'rot'", "Rot"),
    ("A det(A)", "'det' is not known", "det"),
    ("inv(A)", "write A^-1", "inv"),
    ("transpose(A)", "write A^T", "transpose"),
    ("nonsense A", "'nonsense' is not known; matrices have capital letters", "nonsense"),
    ("A^", "the exponent is missing", "^"),
    ("A^^2", "'^' is not read as an exponent", "^"),
    ("A^B", "a matrix is not an exponent", "B"),
    ("A^I", "a matrix is not an exponent", "I"),
    ("A^t", "did you mean ^T", "t"),
    ("A^x", "'x' is not read as an exponent", "x"),
    ("A^*", "'*' is not read as an exponent", "*"),
    ("A^0.5", "'0.5' is not a whole number", "0.5"),
    ("A^2e3", "'2e3' is not a whole number", "2e3"),
    ("A^½", "'½' is not read as an exponent", "½"),
    ("A^2½", "'2½' is not a whole number", "2½"),
    ("A^(1/2)", "'1/2' is not read", "(1/2)"),
    ("A^{}", "is not read", "{}"),
    ("A^(", "'(' is not closed", "("),
    ("A^101", "the exponent is too large", "101"),
    ("A^-101", "the exponent is too large", "-101"),
    ("A^" + "9" * 150, "the exponent is too large", "9" * 150),
    ("A⁻", "'⁻' is not read", "⁻"),
    ("Aⁿ", "'ⁿ' is not read", "ⁿ"),
    ("A²ᵀ", "'²ᵀ' is not read", "²ᵀ"),
    ("A^2^3", "a second exponent", "A^2^3"),
    ("A^2'", "a second exponent", "A^2'"),
    ("A''", "a second exponent", "A''"),
    ("2^T A", "a number is raised to numbers only", "2^T"),
    ("2ᵀ A", "a number is raised to numbers only", "2ᵀ"),
    ("(1/2)'A", "a number is raised to numbers only", "(1/2)'"),
    ("2^A", "a matrix is not an exponent", "A"),
    ("2", "this is a number", "2"),
    ("2 + 3", "a number is not added to a matrix", "2"),
    ("√2", "this is a number", "√2"),
    ("A + 2", "write 2I", "2"),
    ("(1 + A)B", "write 2I", "1"),
    ("A/B", "a matrix does not divide; write A B^-1", "/B"),
    ("2A/B^2", "write A B^-2", "/B^2"),
    ("2/A", "write 2A^-1", "/A"),
    ("A/(B + I)", "write A(B + I)^-1", "/(B + I)"),
    ("A/", "something is missing behind '/'", "/"),
    ("A/0", "divides by zero", "/0"),
    ("1/0 A", "divides by zero", "1/0"),
    ("A +", "something is missing behind '+'", "+"),
    ("(A -)", "something is missing behind '-'", "-"),
    ("*A", "'*' is not expected", "*"),
    ("A**", "the exponent is missing", "*"),
    ("A·", "something is missing behind '·'", "·"),
    ("A2", "the number '2' stands behind a matrix", "2"),
    ("A²3B", "the number '3' stands behind a matrix", "3"),
    ("(A)½", "the number '½' stands behind a matrix", "½"),
    ("A 2 3", "two numbers stand side by side", "3"),
    ("2E3", "can be read in two ways", "2E3"),
    ("(A", "'(' is not closed", "("),
    ("A)", "closes nothing", ")"),
    ("(A]", "'(' is not closed", "("),
    ("()", "nothing stands in these brackets", "()"),
    ("A( )", "nothing stands in these brackets", "( )"),
    ("(A B C", "'(' is not closed", "("),
    ("(" * 21 + "A" + ")" * 21, "nested too deeply", "("),
    ("A, B", "',' is not expected", ","),
    ("A; B", "';' is not expected", ";"),
    ("A = B", "'=' is not expected", "="),
    ("|A|", "'|' is not expected", "|"),
    ("A!", "'!' is not expected", "!"),
    ("Ä", "'Ä' is not expected", "Ä"),
    ("Α", "'Α' is not expected", "Α"),  # the Greek letter
    ("A\\B", "is not expected", "\\"),
    ("__import__('os')", "'_' is not expected", "_"),
    ("A\x00", "is not expected", "\x00"),
    ("🙂", "is not expected", "🙂"),
    ("cos A", "'cos' takes a number, not a matrix", "cos"),
    ("cos(A)", "'cos' takes a number, not a matrix", "cos"),
    ("√A", "'√' takes a number, not a matrix", "√"),
    ("√(A)", "'√' takes a number, not a matrix", "√"),
    ("√-2 A", "not defined among the real numbers", "√-2"),
    ("cos", "'cos' has no argument", "cos"),
    ("1e999 A", "out of reach", "1e999"),
    ("rot", "nothing in brackets behind it; rot(30) turns", "rot"),
    ("rot 30", "nothing in brackets behind it", "rot"),
    ("rot()", "nothing stands in the brackets of 'rot'", "rot()"),
    ("rot(30", "'(' is not closed", "("),
    ("rot(A)", "is a number, and no matrix", "A"),
    ("rot(x)", "'x' is not known", "x"),
    ("rot(30,)", "is missing", ","),
    ("rot(30, 1)", "'rot' does not take", "rot(30, 1)"),
    ("rot(30, (1, 1))", "'rot' does not take", "rot(30, (1, 1))"),
    ("rot(30, 1, 1, 1)", "'rot' has too much in its brackets", "rot(30, 1, 1, 1)"),
    ("rot(π/6)", "in degrees or in radians", "π/6"),
    ("rot(30° rad)", "in degrees and in radians", "30° rad"),
    ("scale(2 rad)", "this is not an angle", "2 rad"),
    ("scale(1,2,3,4)", "too much in its brackets", "scale(1,2,3,4)"),
    ("reflect(1,1,1)", "'reflect' does not take", "reflect(1,1,1)"),
    ("shadow(1,2)", "'shadow' does not take", "shadow(1,2)"),
    ("[]", "nothing stands in these brackets", "[]"),
    ("[1,2;3]", "rows have different lengths", "[1,2;3]"),
    ("[1,2;3,]", "an entry is missing", ","),
    ("[1 2;3 4]", "write commas between them", "1 2"),
    ("[[1,2],[3,4]]", "brackets within brackets", "[1,2],[3,4]"),
    ("[1,2,3,4]", "1×4 is too large", "[1,2,3,4]"),
    ("[1;2;3;4]", "4×1 is too large", "[1;2;3;4]"),
    ("[5]", "one number is no matrix", "[5]"),
    ("[A,B;C,A]", "an entry is a number, and no matrix", "A"),
    ("[1,2;3,x]", "'x' is not known", "x"),
    ("[1,2;3,1/0]", "divides by zero", "1/0"),
    ("[1,2;3,4", "'[' is not closed", "["),
)

WORTHLESS = (
    ("D", "D is not defined; A, B, C, E, M, T, U, V are", "D"),
    ("A(B + D^2)", "D is not defined", "D"),
    ("TA", "T is 2×3 and A is 2×2: TA needs as many rows of A as T has columns", "TA"),
    ("A·2·M", "A is 2×2 and M is 3×3: AM needs", "A·2·M"),
    ("(AB)M", "AB is 2×2 and M is 3×3: their product needs as many rows of M as AB has columns", "(AB)M"),
    ("VV", "V is 2×1 and V is 2×1", "VV"),
    ("T^2", "T is 2×3: only a square matrix has powers", "T"),
    ("T^0", "T is 2×3: only a square matrix has powers", "T"),
    ("T^-1", "T is 2×3: only a square matrix has an inverse", "T"),
    ("(TUT)^-2", "TUT is 2×3: only a square matrix has an inverse", "(TUT)"),
    ("A + M", "A is 2×2 and M is 3×3: only matrices of the same shape are added", "A + M"),
    ("T - T'", "T is 2×3 and -Tᵀ is 3×2".replace("-", "−"), "T - T'"),
    ("T + I", "T is 2×3: the identity that is added to it would be square", "T"),
    ("A[1,2;2,4]^-1", "[1, 2; 2, 4] is singular: [1, 2; 2, 4]⁻¹ does not exist", "[1,2;2,4]^-1"),
    ("B + project(30)^-2", "project(30)⁻² does not exist", "project(30)^-2"),
    ("(A project(30))^-T", "project(30) is singular: (A project(30))⁻¹ does not exist", "(A project(30))^-T"),
    ("0 A + (0I)^-1", "0I is singular", "(0I)^-1"),
    ("A + shadow(1,1,0)", "casts no shadow", "shadow(1,1,0)"),
    ("reflect((0,0,0))", "the zero vector has no direction: it cannot be a normal", "reflect((0,0,0))"),
    ("rot(30, (0,0,0))", "it cannot be an axis", "rot(30, (0,0,0))"),
)


@pytest.mark.parametrize(("text", "said", "where"), MALFORMED, ids=lambda x: x[:30])
def test_what_is_malformed_is_told(text: str, said: str, where: str) -> None:
    found = read(text)
    assert isinstance(found, Problem)
    assert said in str(found)
    assert text[found.start : found.end] == where


@pytest.mark.parametrize(("text", "said", "where"), WORTHLESS, ids=lambda x: x[:30])
def test_what_has_no_value_is_told(text: str, said: str, where: str) -> None:
    tree = read(text)
    assert isinstance(tree, Node)
    with pytest.raises(Refused) as refused:
        value(tree, MATRICES)
    problem = refused.value.problem
    assert said in str(problem)
    assert text[problem.start : problem.end] == where


def test_the_singular_factor_of_a_product_is_named() -> None:
    tree = read("(A project(30) B)^-1")
    assert isinstance(tree, Node)
    with pytest.raises(Refused) as refused:
        value(tree, MATRICES)
    assert refused.value.problem.message == "project(30) is singular: (A project(30) B)⁻¹ does not exist"


@pytest.mark.parametrize(
    ("known", "said"), [("", "D is not defined; define it first"), ("A", "D is not defined; A is")]
)
def test_the_letters_that_are_defined_are_named(known: str, said: str) -> None:
    tree = read("D")
    assert isinstance(tree, Node)
    with pytest.raises(Refused) as refused:
        value(tree, {letter: MATRICES[letter] for letter in known})
    assert str(refused.value.problem) == said


@pytest.mark.parametrize("name", MAKERS)
def test_the_usage_of_a_maker_begins_with_what_can_be_typed(name: str) -> None:
    usage = MAKERS[name].usage
    assert isinstance(read(usage[: usage.index(")") + 1]), Node)


PIECES = [*"ABIT2 3.()[]{},;^'*/+-²ᵀ⁻½√π°|_e", "^-1", "^T", "rot(", "scale(1,", "[1,2;3,4]", "cos ", "(1,1,1)", " rad"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join) | st.text(max_size=20))
@settings(max_examples=1500)
def test_whatever_is_typed_is_read_or_refused_in_its_place(text: str) -> None:
    found = read(text)
    if isinstance(found, Problem):
        assert 0 <= found.start <= found.end <= max(1, len(text))
        assert found.message
        return
    assert read(write(found)) == found
    assert all(0 <= start <= end <= len(text) for start, end in [found.at])
    where, entries = (0, 0), []
    try:
        entries = [x for row in value(found, MATRICES) for x in row]
    except Refused as refused:
        where = (refused.problem.start, refused.problem.end)
    assert 0 <= where[0] <= where[1] <= len(text)
    assert all(abs(x) < 10**301 for x in entries)
