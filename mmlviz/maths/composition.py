"""A typed product of matrices: its factors one after the other, and the same factors in the opposite order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

import numpy as np

from mmlviz.maths.expression.tokens import Refused
from mmlviz.maths.matrix2 import NAMED, Array
from mmlviz.maths.number import Number, Problem
from mmlviz.maths.paths import Way, path
from mmlviz.maths.products import Node, factor_matrices, factors, joined, letters, partial, read, value
from mmlviz.maths.products.definitions import read_definitions
from mmlviz.maths.rational import Matrix, exact, floats, shape

Entries = tuple[tuple[Number, ...], ...]
GIVEN = "A"  # the letter of the matrix of the sliders


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """A product M as it was read.

    factors: from left to right; own: the matrix of each in the same order, partial: the products from the right, all
    exact. problem: why there is no M; then own and partial are empty. backwards: the product of the factors in the
    opposite order, where there is one.
    """

    node: Node
    factors: tuple[Node, ...]
    own: tuple[Matrix, ...]
    partial: tuple[Matrix, ...]
    backwards: Matrix | None
    problem: Problem | None

    @property
    def value(self) -> Matrix | None:
        """M, exactly."""
        return self.partial[-1] if self.partial else None

    @property
    def dimension(self) -> int | None:
        """n where every factor is n×n, so that the plane (2) or space (3) is moved within itself; else None."""
        sizes = {shape(matrix) for matrix in self.own}
        if len(sizes) != 1:
            return None
        ((m, n),) = sizes
        return n if m == n else None

    @property
    def matrices(self) -> tuple[Array, ...]:
        """The factors in floats."""
        return tuple(map(floats, self.own))

    def at(self, t: float) -> tuple[int, float]:
        """How many factors have been applied at a time from 0 to 1, and how much of the next one."""
        count = len(self.factors)
        done = min(int(t * count + 1e-9), count)
        return done, min(max(t * count - done, 0.0), 1.0)

    def moved(self, t: float, is_backwards: bool = False) -> Array:
        """The matrix (n, n) at a time: each factor in turn from the right, or from the left, goes its way.

        Triangular ones go straight, so that shears slide; all others turn and stretch. ValueError unless there is a
        dimension n.
        """
        if self.dimension is None:
            raise ValueError("nothing moves within itself")
        matrices = self.own if is_backwards else self.own[::-1]
        done, share = self.at(t)
        M: Array = np.eye(self.dimension)
        for matrix in matrices[:done]:
            M = floats(matrix) @ M
        return path(matrices[done], share, _way(matrices[done])) @ M if share > 0 else M

    def stages(self, v: Array, is_backwards: bool = False) -> list[Array]:
        """v and what becomes of it after one factor, two, …"""
        found = [v]
        for matrix in self.matrices if is_backwards else self.matrices[::-1]:
            found.append(matrix @ found[-1])
        return found

    @property
    def gap(self) -> float | None:
        """‖M − M backwards‖, by all entries (Frobenius); 0 where they differ by rounding only.

        None where one of them does not exist, or they have different shapes.
        """
        if self.value is None or self.backwards is None or shape(self.value) != shape(self.backwards):
            return None
        one, other = floats(self.value), floats(self.backwards)
        found = hypot(*(one - other).ravel().tolist())
        return 0.0 if found <= NAMED * max(hypot(*one.ravel().tolist()), hypot(*other.ravel().tolist())) else found


def _way(A: Matrix) -> Way:
    """Straight where that keeps it triangular all the way."""
    below = any(x for i, row in enumerate(A) for x in row[:i])
    above = any(x for i, row in enumerate(A) for x in row[i + 1 :])
    return "polar" if below and above else "entries"


@lru_cache(maxsize=8)
def composed(product: str, names: str, A: Entries) -> Composition:
    """The product of this text, with letters that a text of definitions gives beside A."""
    node = read(product)
    assert not isinstance(node, Problem), product  # its field has read it
    parts = factors(node)
    try:
        matrices = _letters(node, names, A)
    except Refused as refused:
        return Composition(node, parts, (), (), None, refused.problem)
    backwards = _backwards(parts, matrices)
    try:
        steps, own = partial(node, matrices), factor_matrices(node, matrices)
    except Refused as refused:
        return Composition(node, parts, (), (), backwards, refused.problem)
    return Composition(node, parts, own, steps, backwards, None)


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
