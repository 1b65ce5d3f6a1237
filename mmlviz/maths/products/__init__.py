"""Products of matrices as people type them: text → small frozen tree → exact matrix, and text again."""

from mmlviz.maths.products.definitions import Definitions, read_definition, read_definitions
from mmlviz.maths.products.evaluate import factor_matrices, partial, value
from mmlviz.maths.products.parser import read
from mmlviz.maths.products.text import brief, factors, joined, write
from mmlviz.maths.products.tree import Node, letters

__all__ = [
    "Definitions",
    "Node",
    "brief",
    "factor_matrices",
    "factors",
    "joined",
    "letters",
    "partial",
    "read",
    "read_definition",
    "read_definitions",
    "value",
    "write",
]
