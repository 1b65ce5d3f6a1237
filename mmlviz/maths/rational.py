"""Matrices of exact fractions, of any shape: tuples of rows."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, permutations

import numpy as np

from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import as_fraction, to_float

Matrix = tuple[tuple[Fraction, ...], ...]


def exact(rows: Sequence[Sequence[float]]) -> Matrix:
    """The entries as exact fractions, see number.as_fraction."""
    return tuple(tuple(as_fraction(x) for x in row) for row in rows)


def floats(A: Matrix) -> Array:
    """The nearest floats, (m, n)."""
    return np.array([[to_float(x) for x in row] for row in A])


def shape(A: Matrix) -> tuple[int, int]:
    """Rows and columns."""
    return len(A), len(A[0])


def identity(n: int) -> Matrix:
    """The n×n identity."""
    return tuple(tuple(Fraction(int(i == j)) for j in range(n)) for i in range(n))


def transposed(A: Matrix) -> Matrix:
    """Aᵀ."""
    return tuple(zip(*A))


def product(A: Matrix, B: Matrix) -> Matrix:
    """AB; ValueError unless A has as many columns as B has rows."""
    if shape(A)[1] != shape(B)[0]:
        raise ValueError(f"{shape(A)} times {shape(B)}")
    columns = transposed(B)
    return tuple(tuple(sum((x * y for x, y in zip(row, c)), Fraction(0)) for c in columns) for row in A)


def scaled(A: Matrix, c: Fraction) -> Matrix:
    """cA."""
    return tuple(tuple(c * x for x in row) for row in A)


@lru_cache(maxsize=8)
def signed_permutations(n: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Every order of 0 … n − 1 with its sign, 1 for an even one: the terms of Leibniz' determinant."""
    return tuple(((-1) ** sum(p[i] > p[j] for i, j in combinations(range(n), 2)), p) for p in permutations(range(n)))


def added(A: Matrix, B: Matrix) -> Matrix:
    """A + B; ValueError unless they have the same shape."""
    if shape(A) != shape(B):
        raise ValueError(f"{shape(A)} plus {shape(B)}")
    return tuple(tuple(x + y for x, y in zip(*rows)) for rows in zip(A, B))
