"""Typed mathematics: text → tree → values, derivatives, power series, and text again. Nothing typed is run as code."""

from mmlviz.maths.expression.numeric import evaluate
from mmlviz.maths.expression.parser import read
from mmlviz.maths.expression.tree import Expression, variables

__all__ = ["Expression", "evaluate", "read", "variables"]
