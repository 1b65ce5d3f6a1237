"""A formula that is written out is read as the same tree, and has the same values."""

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from mmlviz.maths.expression import Expression, evaluate, read, variables
from mmlviz.maths.expression.readings import DECISIONS
from mmlviz.maths.expression.text import brief, write
from mmlviz.maths.expression.tree import (
    Call,
    Constant,
    Degrees,
    Literal,
    Logarithm,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
)
from mmlviz.maths.expression.vocabulary import ALIKE, FRACTIONS, FUNCTIONS, ROOTS, SPELLINGS
from mmlviz.maths.number import Problem
from tests.maths.expression.cases import CASES, Case

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣʸⁿ₀₁₂₃₉"
NAMES = ("x", "y")
X = np.array([[-8.0], [0.0], [0.7]])
Y = np.array([-1.3, 0.0, 1.0, 1e200])

# What is said of a constant that has no value, or none within floats. A tree with one cannot come from reading.
WORTHLESS = (
    "has a base that is not positive",
    "cannot be told from zero",
    "divides by zero",
    "not defined among the real numbers",
    "too large",
    "too small",
    "out of reach",
)


def _numbers() -> st.SearchStrategy[str]:
    """Numbers from 0 on as they are typed: 2, 2., .5, 0.5, 007, 1e-3."""
    figures = st.text("0123456789", min_size=1, max_size=4)
    decimals = st.one_of(
        figures,
        figures.map("{}.".format),
        figures.map(".{}".format),
        st.tuples(figures, figures).map(".".join),
    )
    powers = st.tuples(decimals, st.sampled_from(["e", "E"]), st.sampled_from(["", "+", "-"]), st.integers(0, 40))
    return st.one_of(st.sampled_from(["0", "1", "2", "3"]), decimals, powers.map(lambda each: "".join(map(str, each))))


LITERALS = st.builds(Literal, _numbers())
VARIABLES = st.builds(Variable, st.sampled_from(NAMES))
CONSTANTS = st.builds(Constant, st.sampled_from(["e", "pi"]))


def _made_of(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Negative, parts),
        st.builds(Sum, several),
        st.builds(Product, several),
        st.builds(Quotient, parts, parts),
        st.builds(Power, parts, parts),
        st.builds(Degrees, parts),
        st.builds(Call, st.sampled_from(sorted(FUNCTIONS)), parts),
        st.builds(Logarithm, st.one_of(LITERALS, parts), parts),
    )


TREES = st.recursive(st.one_of(VARIABLES, VARIABLES, VARIABLES, LITERALS, CONSTANTS), _made_of, max_leaves=14)

PIECES = sorted(
    {*ALIKE, *FRACTIONS, *RAISED, *ROOTS, *SPELLINGS}
    | set("0123456789.xyeπ+-*/^()[]{}|°_ ")
    | {"(x", "x)", "sin", "log_2", "(x+1)", "2x", "^2", "^-1", "**", " + ", " - ", "|x|"}
)
TYPED = st.lists(st.sampled_from(PIECES), min_size=1, max_size=10).map("".join)


def _again(tree: Expression) -> Expression:
    """What is read from the tree when it is written; trees with worthless constants are left out."""
    found = read(write(tree), NAMES)
    if isinstance(found, Problem):
        assume(not any(words in found.message for words in WORTHLESS))
        pytest.fail(f"{write(tree)!r}: {found}")
    return found


def _values(tree: Expression) -> np.ndarray:
    return evaluate(tree, x=X, y=Y)


@given(TREES)
@example(Negative(Negative(Variable("x"))))
@example(Sum((Negative(Variable("x")), Negative(Negative(Variable("y"))))))
@example(Sum((Sum((Variable("x"), Literal("1"))), Negative(Sum((Variable("x"), Literal("1")))))))
@example(Product((Product((Variable("x"), Variable("x"))), Quotient(Variable("x"), Variable("y")))))
@example(Quotient(Variable("x"), Quotient(Variable("x"), Quotient(Variable("x"), Variable("y")))))
@example(Quotient(Quotient(Quotient(Variable("x"), Variable("x")), Variable("x")), Variable("y")))
@example(Power(Power(Variable("x"), Literal("2")), Power(Negative(Variable("x")), Negative(Literal("1")))))
@example(Power(Call("sin", Variable("x")), Negative(Literal("1"))))  # not arcsin
@example(Power(Literal("2e3"), Literal("2.")))
@example(Product((Literal("2"), Constant("e"), Literal("3"))))  # not 2e3
@example(Degrees(Degrees(Power(Literal(".5"), Degrees(Variable("x"))))))
@example(Logarithm(Literal("1e5"), Literal("2.")))
@example(Logarithm(Negative(Variable("x")), Logarithm(Variable("x"), Degrees(Variable("y")))))
@settings(max_examples=400)
def test_what_is_written_is_read_as_the_same_tree(tree: Expression) -> None:
    assert _again(tree) == tree


@given(TREES)
def test_the_same_tree_has_the_same_values(tree: Expression) -> None:
    np.testing.assert_array_equal(_values(_again(tree)), _values(tree))


@given(TREES)
@settings(max_examples=300)
def test_a_value_is_finite_or_nan_in_the_common_shape(tree: Expression) -> None:
    """Warnings are faults in all tests, so that also none is given."""
    _again(tree)
    values = _values(tree)
    assert values.shape == (3, 4)
    assert values.dtype == np.float64
    assert not np.isinf(values).any()
    if "y" not in variables(tree):
        np.testing.assert_array_equal(values, np.repeat(values[:, :1], 4, axis=1))
    if "x" not in variables(tree):
        np.testing.assert_array_equal(values, np.repeat(values[:1], 3, axis=0))
    single = evaluate(tree, x=0.7, y=-1.3)
    assert single.shape == ()
    assert not np.isinf(single)
    assert evaluate(tree, x=np.empty((0, 1)), y=Y).shape == (0, 4)


@given(LITERALS)
def test_numbers_stay_as_typed(tree: Literal) -> None:
    assert _again(tree) == tree
    assert evaluate(tree) == float(tree.text)


def _check_stable(typed: str) -> bool:
    """Whether the text is read; what is written of it is written again as itself then."""
    tree = read(typed, NAMES)
    if isinstance(tree, Problem):
        return False
    assert variables(tree) <= set(NAMES)
    written = write(tree)
    again = read(written, NAMES)
    assert again == tree, f"{typed!r}, written {written!r}"
    assert write(again) == written
    assert written.replace("°", "").isascii()
    return True


@pytest.mark.parametrize("typed", [decision.typed for decision in DECISIONS if decision.read])
def test_writing_a_decided_text_is_stable(typed: str) -> None:
    assert _check_stable(typed)


@given(TYPED)
@settings(max_examples=1500)
def test_writing_whatever_is_read_is_stable(typed: str) -> None:
    _check_stable(typed)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_what_is_written_for_people_is_read_as_the_same(case: Case) -> None:
    node = read(case.text, case.variables)
    assert isinstance(node, Expression)
    assert read(brief(node), case.variables) == node
