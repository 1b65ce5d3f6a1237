"""The table of decisions is what the reader does."""

import pytest

from mmlviz.maths.expression.readings import Decision
from mmlviz.maths.number import Problem
from mmlviz.maths.products import Node, read, write
from mmlviz.maths.products.readings import DECISIONS
from mmlviz.maths.products.text import number_text
from mmlviz.maths.products.tree import Power, Product, Scalar, Sum, Transpose


def whole(node: Node) -> str:
    """The tree with every sign and bracket."""
    match node:
        case Sum(terms):
            return " + ".join(whole(term) for term in terms)
        case Product(factors):
            return "*".join(inside(factor) for factor in factors)
        case Power(base, exponent):
            return f"{inside(base)}^{exponent}"
        case Transpose(base):
            return f"{inside(base)}^T"
        case Scalar(number):
            return number_text(number)
    return write(node)


def inside(node: Node) -> str:
    text = whole(node)
    is_single = isinstance(node, Scalar) and text.isdigit()
    is_open = isinstance(node, Sum | Product | Power | Transpose | Scalar) and not is_single
    return f"({text})" if is_open else text


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: d.typed)
def test_each_text_is_read_as_the_table_says(decision: Decision) -> None:
    found = read(decision.typed)
    if decision.read:
        assert isinstance(found, Node)
        assert whole(found) == decision.read
        assert read(decision.read) == found
    else:
        assert isinstance(found, Problem)
        assert found.suggestion
        for better in decision.instead:
            assert isinstance(read(better), Node)


def test_what_to_type_instead_is_not_one_thing_typed_twice() -> None:
    for decision in DECISIONS:
        trees = [read(text) for text in decision.instead]
        assert len(set(trees)) == len(trees)
        assert bool(decision.instead) is (decision.read == "")


def test_nothing_is_decided_twice() -> None:
    assert len({decision.typed for decision in DECISIONS}) == len(DECISIONS)
