"""Fields: what is typed becomes a value or a problem with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.fields import Field, entry, with_entry
from mmlviz.maths.number import Number, Problem
from tests.core.probe import MATRIX, RATE, VECTOR


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
    ],
)
def test_says_what_is_wrong_and_where(field: Field, typed: str, marked: str, words: str) -> None:
    problem = field.read(typed)
    assert isinstance(problem, Problem)
    assert typed[problem.start : problem.end] == marked
    assert words in str(problem)


@given(st.sampled_from([RATE, VECTOR, MATRIX]), st.text("0123456789.e-−/,; x\0٣", max_size=30) | st.text(max_size=30))
def test_any_text_is_a_value_or_a_problem(field: Field, typed: str) -> None:
    read = field.read(typed)
    if isinstance(read, Problem):
        assert 0 <= read.start <= read.end <= len(typed)
    else:
        assert field.read(field.write(read)) == read


@pytest.mark.parametrize("field", [RATE, VECTOR, MATRIX])
def test_the_example_that_is_given_can_be_read(field: Field) -> None:
    _, _, example = field.allowed.partition("typed like ")
    assert not isinstance(field.read(example or "1"), Problem)


def test_floats_are_written_without_loss() -> None:
    assert RATE.write(0.1 + 0.2) == "0.30000000000000004"
    assert VECTOR.write((0.1, 1.0, 1e-9)) == "0.1,1,1e-09"


def test_clamping() -> None:
    assert [RATE.clamp(x) for x in (-1.0, 0.25, 7.0, float("inf"))] == [0, 0.25, 1, 1]


def test_single_entries_are_found_and_replaced() -> None:
    matrix = MATRIX.read("1,2;3,4")
    assert [entry(matrix, (i, j)).text for i in (0, 1) for j in (0, 1)] == ["1", "2", "3", "4"]
    assert with_entry(matrix, (1, 0), Number("1/3")) == MATRIX.read("1,2;1/3,4")
    assert with_entry(Number("1"), (), Number("2")) == Number("2")
    assert matrix == MATRIX.read("1,2;3,4")  # the old value is untouched
