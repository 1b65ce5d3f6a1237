"""A typed product of 2×2 matrices: its factors one after the other, and the same factors in the opposite order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

import numpy as np

from mmlviz.maths import matrix2
from mmlviz.maths.expression.tokens import Refused
from mmlviz.maths.matrix2 import NAMED, Array
from mmlviz.maths.number import Number, Problem
from mmlviz.maths.products import Node, brief, factors, joined, letters, partial, read, value
from mmlviz.maths.products.definitions import read_definitions
from mmlviz.maths.products.tree import Identity, Scalar
from mmlviz.maths.rational import Matrix, exact, floats, shape

Entries = tuple[tuple[Number, ...], ...]
_IDENTITY = Identity()
GIVEN = "A"  # the letter of the matrix of the sliders


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """A product M as it was read.

    factors: from left to right; matrices (2, 2) of each in the same order, partial: exact products from the right.
    problem: why there is no M; then matrices and partial are empty. backwards: the product of the factors in the
    opposite order, where there is one.
    """

    node: Node
    factors: tuple[Node, ...]
    matrices: tuple[Array, ...]
    partial: tuple[Matrix, ...]
    backwards: Matrix | None
    problem: Problem | None

    @property
    def value(self) -> Matrix | None:
        """M, exactly."""
        return self.partial[-1] if self.partial else None

    def at(self, t: float) -> tuple[int, float]:
        """How many factors have been applied at a time from 0 to 1, and how much of the next one."""
        count = len(self.factors)
        done = min(int(t * count + 1e-9), count)
        return done, min(max(t * count - done, 0.0), 1.0)

    def moved(self, t: float, is_backwards: bool = False) -> Array:
        """The matrix (2, 2) at a time: each factor in turn from the right, or from the left, goes its polar way."""
        matrices = self.matrices if is_backwards else self.matrices[::-1]
        done, share = self.at(t)
        M = np.eye(2)
        for matrix in matrices[:done]:
            M = matrix @ M
        if share > 0:
            M = matrix2.path(matrices[done].tolist(), share) @ M
        return M

    def stages(self, v: Array, is_backwards: bool = False) -> Array:
        """v and what becomes of it after one factor, two, … (n + 1, 2)."""
        found = [v]
        for matrix in self.matrices if is_backwards else self.matrices[::-1]:
            found.append(matrix @ found[-1])
        return np.array(found)

    @property
    def gap(self) -> float | None:
        """‖M − M backwards‖, by all entries (Frobenius); 0 where they differ by rounding only, None without either."""
        if self.value is None or self.backwards is None:
            return None
        one, other = floats(self.value), floats(self.backwards)
        found = hypot(*(one - other).ravel().tolist())
        return 0.0 if found <= NAMED * max(hypot(*one.ravel().tolist()), hypot(*other.ravel().tolist())) else found


@lru_cache(maxsize=8)
def composed(product: str, names: str, A: Entries) -> Composition:
    """The product of this text, with letters that a text of definitions gives beside A."""
    node = read(product)
    assert not isinstance(node, Problem), product  # its field has read it
    parts = factors(node)
    try:
        matrices = _letters(node, names, A)
        steps = partial(node, matrices)
        _check(node, "the product", steps[-1])
        own = tuple(floats(_planar(part, matrices)) for part in parts)
    except Refused as refused:
        return Composition(node, parts, (), (), None, refused.problem)
    return Composition(node, parts, own, steps, _backwards(parts, matrices), None)


def _planar(part: Node, matrices: dict[str, Matrix]) -> Matrix:
    """A factor as a 2×2 matrix of its own; a number is so many times the identity. Raises Refused."""
    found = value(joined((part, _IDENTITY)), matrices) if isinstance(part, Scalar) else value(part, matrices)
    _check(part, brief(part), found)
    return found


def _check(node: Node, name: str, M: Matrix) -> None:
    rows, columns = shape(M)
    if (rows, columns) != (2, 2):
        raise Refused(*node.at, f"{name} is {rows}×{columns}", "a plane is moved by 2×2 matrices")


def _backwards(parts: Sequence[Node], matrices: dict[str, Matrix]) -> Matrix | None:
    try:
        return value(joined(parts[::-1]), matrices)
    except Refused:
        return None


def _letters(node: Node, names: str, A: Entries) -> dict[str, Matrix]:
    """The matrices that have a letter. Raises Refused for a letter of the product with which something is wrong."""
    found: dict[str, Matrix] = {GIVEN: exact(A)}
    for letter, each in definitions(names, A).items():
        if not isinstance(each, Problem):
            found[letter] = each
        elif letter in letters(node):
            raise Refused(*node.at, each.message, each.suggestion)
    return found


@lru_cache(maxsize=8)
def definitions(names: str, A: Entries) -> dict[str, Matrix | Problem]:
    """Each letter of a text of definitions with its matrix, or with what is wrong."""
    found = read_definitions(names)
    assert not isinstance(found, Problem), names  # its field has read it
    return found.resolve({GIVEN: exact(A)})
