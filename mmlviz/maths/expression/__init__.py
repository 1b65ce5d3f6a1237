"""Typed mathematics: text → tree → values, derivatives, source, and text again. Nothing typed is run as code."""

from collections.abc import Sequence
from functools import lru_cache

from mmlviz.maths.expression.numeric import evaluate
from mmlviz.maths.expression.parser import read
from mmlviz.maths.expression.tree import Expression, variables
from mmlviz.maths.number import Number, Problem

__all__ = ["Expression", "evaluate", "formula", "parsed", "read", "variables"]


def formula(number: Number) -> Expression:
    """The formula that a number was typed as."""
    tree = read(number.text, ())
    assert not isinstance(tree, Problem)  # a Number has been read
    return tree


def parsed(text: str, names: Sequence[str] = ("x",)) -> Expression:
    """The formula of a text that has been read before; names are its variables. Raises ValueError for any other."""
    return _parsed(text, tuple(names))


@lru_cache(maxsize=64)  # a state's formula is asked for many times a frame
def _parsed(text: str, names: tuple[str, ...]) -> Expression:
    found = read(text, names)
    if isinstance(found, Problem):
        raise ValueError(str(found))
    return found
