"""Fields: what is typed becomes a value or a problem with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.fields import Field, entry, has_entry, shape_of, with_entry
from mmlviz.maths.number import Number, Problem
from tests.core.probe import MATRIX, RATE, VECTOR

COUNT = Field("count", "count", limits=(0, 40), is_whole=True)
PAIR = Field("components", "components", shape=(2,), limits=(1, 64), is_whole=True)


def numbers(text: str) -> tuple[Number, ...]:
    return tuple(Number(part) for part in text.split(","))


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (RATE, "1/3", Number("1/3")),
        (RATE, "0", Number("0")),
        (RATE, "1", Number("1")),  # the limits are allowed
        (VECTOR, "1,2,3", numbers("1,2,3")),
        (VECTOR, " 1/2 , −2,3e0 ", numbers("1/2,-2,3e0")),
        (MATRIX, "1/2,-1;0,3/4", (numbers("1/2,-1"), numbers("0,3/4"))),
        (MATRIX, "1, 2 ; 3, 4", (numbers("1,2"), numbers("3,4"))),
        (MATRIX, "1e6,-1e6;1e-300,0", (numbers("1e6,-1e6"), numbers("1e-300,0"))),
        (COUNT, "7", Number("7")),
        (COUNT, "6/2", Number("6/2")),  # as typed, and whole all the same
        (COUNT, "2.0", Number("2.0")),
        (COUNT, "4e1", Number("4e1")),
        (PAIR, "1,64", numbers("1,64")),
    ],
)
def test_reads_what_is_typed(field: Field, typed: str, value: object) -> None:
    read = field.read(typed)
    assert read == value
    assert field.read(field.write(read)) == value


@pytest.mark.parametrize(
    ("field", "typed", "marked", "words"),
    [
        (RATE, "", "", "nothing is typed"),
        (RATE, "1,5", ",", "comma"),
        (RATE, "1.5", "1.5", "outside 0 to 1"),
        (RATE, "-1e-300", "-1e-300", "outside 0 to 1"),
        (VECTOR, "1,2", "1,2", "2 numbers, not 3"),
        (VECTOR, "1,2,3,4", "1,2,3,4", "4 numbers, not 3"),
        (VECTOR, "1;2;3", "1;2;3", "1 number, not 3"),
        (VECTOR, "1,x2,3", "x", "'x'"),
        (VECTOR, "1,2,11", "11", "outside −10 to 10"),
        (VECTOR, "1,,3", "", "nothing is typed"),
        (MATRIX, "1,2,3,4", "1,2,3,4", "1 row, not 2"),
        (MATRIX, "1,2;3", "3", "1 number, not 2"),
        (MATRIX, "1,2;3,4;5,6", "1,2;3,4;5,6", "3 rows, not 2"),
        (MATRIX, "1,2;3,4a", "a", "'a'"),
        (MATRIX, "1,2;1e7,4", "1e7", "outside −1000000 to 1000000"),
        (MATRIX, "1,2;3,1/0", "/0", "zero"),
        (MATRIX, "[1,2;3,4]", "[", "'['"),
        (MATRIX, "", "", "1 row, not 2"),
        (COUNT, "2.5", "2.5", "not a whole number"),
        (COUNT, "1/3", "1/3", "not a whole number"),
        (COUNT, "1.00000000000000000001", "1.00000000000000000001", "not a whole number"),  # whole as a float
        (COUNT, "41", "41", "outside 0 to 40"),
        (PAIR, "1,2.5", "2.5", "not a whole number"),
        (PAIR, "0,2", "0", "outside 1 to 64"),
    ],
)
def test_says_what_is_wrong_and_where(field: Field, typed: str, marked: str, words: str) -> None:
    problem = field.read(typed)
    assert isinstance(problem, Problem)
    assert typed[problem.start : problem.end] == marked
    assert words in str(problem)


@given(
    st.sampled_from([RATE, VECTOR, MATRIX, COUNT, PAIR]),
    st.text("0123456789.e-−/,; x\0٣", max_size=30) | st.text(max_size=30),
)
def test_any_text_is_a_value_or_a_problem(field: Field, typed: str) -> None:
    read = field.read(typed)
    if isinstance(read, Problem):
        assert 0 <= read.start <= read.end <= len(typed)
    else:
        assert field.read(field.write(read)) == read


@pytest.mark.parametrize("field", [RATE, VECTOR, MATRIX, COUNT, PAIR])
def test_the_example_that_is_given_can_be_read(field: Field) -> None:
    _, _, example = field.allowed.partition("typed like ")
    assert not isinstance(field.read(example or "1"), Problem)


def test_floats_are_written_without_loss() -> None:
    assert RATE.write(0.1 + 0.2) == "0.30000000000000004"
    assert VECTOR.write((0.1, 1.0, 1e-9)) == "0.1,1,1e-09"


def test_single_entries_are_found_and_replaced() -> None:
    matrix = MATRIX.read("1,2;3,4")
    assert [entry(matrix, (i, j)).text for i in (0, 1) for j in (0, 1)] == ["1", "2", "3", "4"]
    assert with_entry(matrix, (1, 0), Number("1/3")) == MATRIX.read("1,2;1/3,4")
    assert with_entry(Number("1"), (), Number("2")) == Number("2")
    assert matrix == MATRIX.read("1,2;3,4")  # the old value is untouched


def test_whole_numbers_are_said_to_be_whole() -> None:
    assert (COUNT.type, PAIR.type) == ("whole number", "vector of 2 whole numbers")
    assert COUNT.allowed == "a whole number between 0 and 40"
    assert (RATE.type, VECTOR.type) == ("number", "vector of 3 numbers")


@pytest.mark.parametrize(
    ("field", "value", "is_allowed"),
    [
        (COUNT, Number("7"), True),
        (COUNT, Number("6/2"), True),
        (COUNT, Number("40.5"), False),
        (COUNT, Number("2.5"), False),
        (COUNT, Number("41"), False),
        (PAIR, numbers("1,64"), True),
        (PAIR, numbers("1,2.5"), False),
        (RATE, Number("0.5"), True),
        (RATE, Number("1.5"), False),
        (RATE, float("nan"), False),
        (MATRIX, (numbers("1,2"), numbers("3,4")), True),
        (MATRIX, (numbers("1,2"), numbers("3,1e7")), False),
    ],
)
def test_what_a_hand_makes_is_held_to_the_limits(field: Field, value: object, is_allowed: bool) -> None:
    assert field.allows(value) is is_allowed


# Of several shapes ------------------------------------------------------------------------------

ANY = Field("any", "any", shape=(2, 2), shapes=((2, 2), (3, 3), (2, 3), (3, 2)))
EITHER = Field("either", "either", shape=(2,), shapes=((2,), (3,)))


@pytest.mark.parametrize("typed", ["1,2;3,4", "1,0,0;0,1,0;0,0,1", "1,0,1/3;0,1,-1/4", "1,0;0,1;1/2,1/2"])
def test_a_matrix_of_any_of_its_shapes_is_read(typed: str) -> None:
    read = ANY.read(typed)
    assert not isinstance(read, Problem)
    assert ANY.write(read) == typed
    assert shape_of(read) == (typed.count(";") + 1, typed.split(";")[0].count(",") + 1)
    assert ANY.allows(read)


@pytest.mark.parametrize(
    ("field", "typed", "marked", "words"),
    [
        (ANY, "1,2,3", "1,2,3", "1 row, not 2 or 3"),
        (ANY, "1,2;3,4;5,6;7,8", "1,2;3,4;5,6;7,8", "4 rows, not 2 or 3"),
        (ANY, "1;2", "1", "1 number, not 2 or 3"),
        (ANY, "1,2,3;4,5", "4,5", "2 numbers, not 3"),
        (ANY, "1,2;3,4;5", "5", "1 number, not 2"),
        (EITHER, "1", "1", "1 number, not 2 or 3"),
        (EITHER, "1,2,3,4", "1,2,3,4", "4 numbers, not 2 or 3"),
    ],
)
def test_says_which_shapes_there_are(field: Field, typed: str, marked: str, words: str) -> None:
    problem = field.read(typed)
    assert isinstance(problem, Problem)
    assert typed[problem.start : problem.end] == marked
    assert words in str(problem)
    assert field.allowed in str(problem)


def test_shapes_are_said() -> None:
    assert ANY.type == "matrix of 2×2, 3×3, 2×3 or 3×2 numbers"
    assert EITHER.type == "vector of 2 or 3 numbers"


def test_another_shape_is_not_allowed() -> None:
    assert not ANY.allows((numbers("1,2"), numbers("3,4,5")))
    assert not ANY.allows((numbers("1,2,3,4"), numbers("5,6,7,8")))
    assert not EITHER.allows(numbers("1,2,3,4"))
    assert ANY.allows(Number("7"))  # an entry of it


def test_an_entry_is_there_or_not() -> None:
    value = (numbers("1,2,3"), numbers("4,5,6"))
    assert has_entry(value, (1, 2))
    assert not has_entry(value, (2, 0))
    assert not has_entry(value, (0, 3))
    assert not has_entry(value, (0,))
    assert not has_entry(Number("1"), (0,))
