"""What a part of a formula knows of itself is what walking it finds."""

import copy

import pytest

from mmlviz.maths.expression import read
from mmlviz.maths.expression.derivative import derivative
from mmlviz.maths.expression.tree import (
    Expression,
    Literal,
    Negative,
    Product,
    Sum,
    Variable,
    nodes,
    parts,
    rebuilt,
    renamed,
    variables,
)

TEXTS = ["3", "x", "2x sin^2 x - 1/2x", "x^y^2 + log_x(y) - 30°", "|x||y|/√(xy+1)", "e^-x^2 + erf(πx)", "xxx"]


def tree(text: str) -> Expression:
    found = read.__wrapped__(text, ("x", "y"))  # not from the cache: another object each time
    assert isinstance(found, Expression)
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_size_and_variables_are_those_that_are_counted(text: str) -> None:
    node = tree(text)
    everything = list(nodes(node))
    assert node.size == len(everything)
    assert variables(node) == {each.name for each in everything if isinstance(each, Variable)}


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_read_alike_is_equal_with_one_hash(text: str) -> None:
    node, other = tree(text), tree(text)
    assert node is not other
    assert node == other
    assert hash(node) == hash(other)
    assert repr(node) == repr(other)
    assert copy.deepcopy(node) == node


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("other", TEXTS)
def test_what_is_read_differently_is_not_equal(text: str, other: str) -> None:
    assert (tree(text) == tree(other)) == (text == other)


def test_kinds_and_texts_matter() -> None:
    x, one = Variable("x"), Literal("1")
    assert Literal("1") != Literal("1.0")
    assert Sum((x, one)) != Product((x, one))
    assert Sum((x, one)) != Sum((one, x))
    assert Literal("x") != x
    assert x != "x"


@pytest.mark.parametrize("text", TEXTS)
def test_rebuilt_of_the_same_and_of_other_parts(text: str) -> None:
    node = tree(text)
    assert rebuilt(node, parts(node)) is node
    new = [Negative(part) for part in parts(node)]
    assert parts(rebuilt(node, new)) == tuple(new)
    assert type(rebuilt(node, new)) is type(node)
    assert renamed(renamed(node, "x", "z"), "z", "x") == node


TOWERS = ["sin(" * 45 + "x" + ")^x" * 45, "cbrt(" * 45 + "x" + ")x" * 45, "|" * 30 + "x" + "+½" * 300 + "|^x" * 30]


@pytest.mark.parametrize("text", TOWERS, ids=[text[:5] for text in TOWERS])
def test_parts_that_stand_in_many_places_are_not_walked_in_each(text: str) -> None:
    """Walking these would take twice as long with every storey: hours."""
    node = tree(text)
    for _ in range(45):
        node = Sum((node, Negative(node)))
    assert node.size > 2**45
    assert variables(node) == {"x"}
    assert len({node: 1, Sum(parts(node)): 2}) == 1


@pytest.mark.parametrize("text", TOWERS[:2], ids=["sin", "cbrt"])
def test_a_tower_has_a_derivative_that_can_be_written(text: str) -> None:
    slope = derivative(tree(text), "x")
    assert slope.size == sum(1 for _ in nodes(slope))
