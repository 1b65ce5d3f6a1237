"""A product that is written out is read as the same tree; its factors make the same product again."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mmlviz.maths.expression import read as read_expression
from mmlviz.maths.expression.tree import Degrees, Expression
from mmlviz.maths.products import Node, brief, factors, joined, letters, read, value, write
from mmlviz.maths.products.parser import LONGEST
from mmlviz.maths.products.tree import (
    LETTERS,
    Entries,
    Identity,
    Maker,
    Name,
    Power,
    Product,
    Scalar,
    Sum,
    Transpose,
)
from tests.maths.products.cases import CASES, MATRICES, Case


def number(text: str) -> Expression:
    found = read_expression(text, ())
    assert isinstance(found, Expression)
    return found


NUMBERS = st.sampled_from(
    [
        "0",
        "1",
        "2",
        "3.",
        ".5",
        "007",
        "1e-3",
        "1/3",
        "-1",
        "-2",
        "-1/2",
        "--2",
        "√2",
        "√2/2",
        "2√3",
        "cos 30°",
        "π",
        "e",
        "2e",
        "e^2",
        "(1+√2)",
        "-(1+√2)",
        "|-2|",
        "(1/2)(2/3)",
        "sin(π/5)^2",
        "log_2(8)",
        "2^-3",
        "(-2)^3",
        "ln 2/3",
        "30°",
    ]
).map(number)
ANGLES = st.sampled_from(["30", "-12.5", "1/3", "√2", "2·3", "-(1+2)"]).map(number).map(Degrees) | st.sampled_from(
    ["π/6", "30°", "-30°", "1", "30° + π", "(30°)/2", "-2"]
).map(number)
VECTORS = st.tuples(NUMBERS, NUMBERS, NUMBERS)


def _maker(name: str, *arguments: st.SearchStrategy[object]) -> st.SearchStrategy[Node]:
    return st.tuples(*arguments).map(lambda given: Maker(name, given))  # type: ignore[arg-type]


MADE = st.one_of(
    _maker("rot", ANGLES), _maker("rot", ANGLES, VECTORS), _maker("roty", ANGLES), _maker("scale", NUMBERS),
    _maker("scale", NUMBERS, NUMBERS), _maker("scale", NUMBERS, NUMBERS, NUMBERS), _maker("shear", NUMBERS, ANGLES),
    _maker("shear", NUMBERS), _maker("reflect", VECTORS), _maker("reflect", st.tuples(NUMBERS, NUMBERS)),
    _maker("project", ANGLES), _maker("shadow", NUMBERS, NUMBERS, NUMBERS),
)  # fmt: skip
WRITTEN = st.tuples(st.integers(1, 3), st.integers(2, 3), st.booleans()).flatmap(
    lambda size: st.lists(
        st.lists(NUMBERS, min_size=size[1], max_size=size[1]).map(tuple), min_size=size[0], max_size=size[0]
    ).map(lambda rows: Entries(tuple(zip(*rows)) if size[2] else tuple(rows)))
)
LEAVES = st.one_of(
    st.sampled_from(LETTERS).map(Name), st.sampled_from(LETTERS).map(Name), st.just(Identity()), MADE, WRITTEN
)


def _product(factors: list[Node]) -> Node:
    """Numbers side by side are one, as in all that is read."""
    kept = [
        f for k, f in enumerate(factors) if not (k and isinstance(f, Scalar) and isinstance(factors[k - 1], Scalar))
    ]
    return Product(tuple(kept)) if len(kept) > 1 else Name("A")


def _made_of(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.lists(parts | st.builds(Scalar, NUMBERS), min_size=2, max_size=4).map(_product),
        st.lists(parts, min_size=2, max_size=3).map(lambda terms: Sum(tuple(terms))),
        st.builds(Power, parts, st.integers(-100, 100)),
        st.builds(Transpose, parts),
    )


TREES = st.recursive(LEAVES, _made_of, max_leaves=7).filter(lambda tree: len(write(tree)) <= LONGEST)
A, B = Name("A"), Name("B")


@given(TREES)
@example(Product((Scalar(number("2")), Product((Scalar(number("-1")), A)))))
@example(Product((Scalar(number("-1")), Product((A, B)), Scalar(number("-1")))))
@example(Product((Scalar(number("--1")), A)))
@example(Sum((A, Product((Scalar(number("-1")), Sum((A, B)))), Sum((A, B)))))
@example(Sum((Product((Scalar(number("-1")), A)), Product((Scalar(number("-1")), Scalar(number("2")), A)[::2]))))
@example(Product((A, Scalar(number("2")))))
@example(Product((Power(A, 2), Scalar(number(".5")), B)))
@example(Product((Scalar(number("2")), Name("E"), Scalar(number("3")))))
@example(Transpose(Power(Transpose(Power(A, -1)), -1)))
@example(Product((Transpose(A), Name("T"))))
@settings(max_examples=500)
def test_what_is_written_is_read_as_the_same_tree(tree: Node) -> None:
    assert read(write(tree)) == tree
    if len(brief(tree)) <= LONGEST:
        assert read(brief(tree)) == tree


@given(TREES)
def test_the_factors_make_the_product_again(tree: Node) -> None:
    assert joined(factors(tree)) == tree
    assert letters(tree) == tuple(dict.fromkeys(c for c in _without_makers(tree) if c in LETTERS))


def _without_makers(tree: Node) -> str:
    """The letters as they are written, but for raised T."""
    return write(tree).replace("^-T", "").replace("^T", "").replace("I", "")


@given(TREES, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_factors_in_another_order_can_be_written_and_read(tree: Node, random: object) -> None:
    shuffled = list(factors(tree))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    other = joined(shuffled)
    if len(write(other)) <= LONGEST:
        assert read(write(other)) == other


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_the_factors_of_what_is_typed_have_the_same_product(case: Case) -> None:
    tree = read(case.text)
    assert isinstance(tree, Node)
    assert value(joined(factors(tree)), MATRICES) == value(tree, MATRICES)


def test_numbers_that_come_together_become_one() -> None:
    two, half = Scalar(number("2")), Scalar(number("1/2"))
    assert write(joined([A, two, half, B])) == "A (2(1/2)) B"
    assert write(joined([Scalar(number("-1")), half, B])) == "-1/2 B"


def test_trees_are_equal_wherever_they_were_typed() -> None:
    assert read("  A  B") == read("AB")
    assert hash(read("  A  B")) == hash(read("AB"))
    assert read("AB") != read("BA")
