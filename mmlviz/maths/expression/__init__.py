"""Typed mathematics: text → tree → values, derivatives, source, and text again. Nothing typed is run as code."""

from mmlviz.maths.expression.numeric import evaluate
from mmlviz.maths.expression.parser import read
from mmlviz.maths.expression.tree import Expression, variables
from mmlviz.maths.number import Number, Problem

__all__ = ["Expression", "evaluate", "formula", "read", "variables"]


def formula(number: Number) -> Expression:
    """The formula that a number was typed as."""
    tree = read(number.text, ())
    assert not isinstance(tree, Problem)  # a Number has been read
    return tree
