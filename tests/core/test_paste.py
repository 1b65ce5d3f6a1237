"""Numbers as other programs copy them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.fields import Field
from mmlviz.core.paste import LONGEST, paste, read_numbers
from mmlviz.maths.number import Problem
from tests.core.probe import MATRIX, RATE, VECTOR

FIELDS = (RATE, MATRIX, VECTOR)

MATRICES = [
    "1,2;3,4",
    "1 2\n3 4",
    "1\t2\n3\t4\n",  # a spreadsheet
    "1\t2\r\n3\t4\r\n",  # on Windows
    "  1   2  \n\n  3   4  ",
    "1, 2\n3, 4",
    "[[1, 2], [3, 4]]",
    "[[1,2],[3,4]]",
    "[[1 2]\n [3 4]]",
    "[[1. 2.]\n [3. 4.]]",
    "array([[1, 2],\n       [3, 4]])",
    "array([[1., 2.],\n       [3., 4.]])",
    "np.array([[1, 2], [3, 4]])",
    "numpy.array([[1, 2], [3, 4]], dtype=float)",
    "array([[1, 2], [3, 4]], dtype=int64)",
    "array([[1, 2],\n       [3, 4]], dtype=np.float32)",
    "matrix([[1, 2],\n        [3, 4]])",
    "A = np.array([[1, 2], [3, 4]])",
    "A = np.array([\n    [1, 2],\n    [3, 4],\n])",
    "np.asarray([[1, 2], [3, 4]])",
    "[1 2; 3 4]",
    "[1, 2; 3, 4]",
    "A = [1, 2; 3, 4];",
    "A=[1 2;3 4]",
    "A = [1 2\n     3 4];",
    "A =\n\n     1     2\n     3     4\n",  # as MATLAB prints it
    "   1.0e+03 *\n\n    0.0010    0.0020\n    0.0030    0.0040\n",  # and with a common factor
    "Matrix([[1, 2], [3, 4]])",  # sympy
    "tensor([[1., 2.],\n        [3., 4.]])",  # PyTorch
    "{{1, 2}, {3, 4}}",  # Mathematica
    "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",  # LaTeX
]


@pytest.mark.parametrize("text", MATRICES)
def test_matrices(text: str) -> None:
    found = paste(text, FIELDS)
    assert not isinstance(found, Problem)
    field, value = found
    assert field is MATRIX
    assert np.array(value, dtype=float).tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    "text",
    ["1,2,3", "1 2 3", "1\t2\t3", "1\n2\n3", "[1, 2, 3]", "[1 2 3]", "[1; 2; 3]", "array([1, 2, 3])", "(1, 2, 3)",
     "v = [1; 2; 3];", "[[1], [2], [3]]", "array([[1],\n       [2],\n       [3]])", "[[1 2 3]]", "array([1., 2., 3.])"],
)  # fmt: skip
def test_vectors_lying_and_standing(text: str) -> None:
    found = paste(text, FIELDS)
    assert not isinstance(found, Problem)
    field, value = found
    assert field is VECTOR
    assert value == (1, 2, 3)


def test_numbers_are_kept_as_typed() -> None:
    found = paste("[1/2, -1.50; 1e-3, −3/4]", FIELDS)
    assert not isinstance(found, Problem)
    assert [x.text for row in found[1] for x in row] == ["1/2", "-1.50", "1e-3", "-3/4"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "name"),
    [("1,0,0;0,1,0;0,0,1", "any"), ("[[1, 0, 2], [0, 1, 3]]", "any"), ("1 2 3", "either"), ("[1; 2]", "either")],
)
def test_a_field_of_several_shapes_takes_them_all(text: str, name: str) -> None:
    fields = (
        Field("any", "any", shape=(2, 2), shapes=((2, 2), (3, 3), (2, 3))),
        Field("either", "either", shape=(2,), shapes=((2,), (3,))),
    )
    found = paste(text, fields)
    assert not isinstance(found, Problem)
    assert found[0].name == name


@given(st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 6)), min_size=4, max_size=4))
def test_whatever_numpy_prints_is_read_again(entries: list[float]) -> None:
    """Its repr to the last digit, its print to the eight that it shows."""
    A = np.array(entries).reshape(2, 2)
    for text, exactly in ((repr(A), False), (str(A), False), (repr(A.tolist()), True)):
        found = paste(text, FIELDS)
        assert not isinstance(found, Problem), text
        read = np.array(found[1], dtype=float)
        assert (read == A).all() if exactly else np.allclose(read, A, rtol=1e-6, atol=1e-6 * np.abs(A).max())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no numbers"),
        ("   \n\t ", "no numbers"),
        ("[]", "no numbers"),
        ("[[], []]", "no numbers"),
        ("1", "1×1 numbers"),
        ("1 2 3\n4 5 6", "2×3 numbers"),
        ("1 2 3 4", "1×4 numbers"),
        ("1 2\n3", "rows of different lengths"),
        ("1 2\n3 4\n5 6", "3×2 numbers"),
        ("1 x\n3 4", "'x'"),
        ("1 2\n3 4j", "'j'"),
        ("nan 1\n2 3", "'nan' is not a number"),
        ("1e7 0\n0 1", "outside"),
        ("1/0 0\n0 1", "divides by zero"),
        ("hello big world", "no numbers"),
        ("1,5\t2\n3\t4", "write 1.5"),  # a spreadsheet with decimal commas
        ("0" * (LONGEST + 1), "no numbers"),
        ("1 2\n3 4\0", "does not belong"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(text: str, words: str) -> None:
    problem = paste(text, FIELDS)
    assert isinstance(problem, Problem)
    assert words in str(problem)


def test_the_sentence_says_what_this_tab_takes() -> None:
    problem = paste("1 2 3\n4 5 6", FIELDS)
    assert "a matrix of 2×2 numbers or a vector of 3 numbers" in str(problem)


@given(st.text(max_size=200) | st.text("[]()1,; \n\tarrynp.=dtype", max_size=200))
def test_any_clipboard_is_read_or_refused(text: str) -> None:
    found = paste(text, FIELDS)
    if not isinstance(found, Problem):
        field, value = found
        assert field.read(field.write(value)) == value


@pytest.mark.parametrize(
    "text", ["a{blanks}b", "]{blanks}x", "{blanks}=", "[" * 9999, "] " * 5000, "dtype=" * 1600, "1," * 5000]
)
@pytest.mark.timeout(30)
def test_nasty_clipboards_do_not_hang(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern that can match blanks in three ways takes minutes for so many of them."""
    monkeypatch.setattr("mmlviz.core.paste.LONGEST", 10_000)
    assert isinstance(paste(text.format(blanks=" " * 9990), FIELDS), Problem)


def test_read_numbers_gives_rows_of_texts() -> None:
    assert read_numbers("[1 2; 3 4]") == [["1", "2"], ["3", "4"]]
    assert read_numbers("") is None
