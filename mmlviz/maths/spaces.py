"""Rank, the spaces of a matrix, determinant, inverse and singular values: any shape up to 4×4, in exact fractions."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import gcd, inf, lcm, prod
from sys import float_info

import numpy as np

from mmlviz.maths.elimination import Vector, null_vectors, reduced
from mmlviz.maths.matrix2 import SINGULAR, Array
from mmlviz.maths.number import to_float
from mmlviz.maths.rational import Matrix, shape, signed_permutations, transposed


def rank(A: Matrix, noise: Matrix | None = None) -> int:
    """The number of pivots; noise as in elimination."""
    return len(reduced(A, noise)[1])


def null_space(A: Matrix, noise: Matrix | None = None) -> tuple[Vector, ...]:
    """A basis of all x with Ax = 0, in small whole numbers where the entries are exact (noise is None)."""
    R, pivots = reduced(A, noise)
    return _tidy(null_vectors(R, pivots, shape(A)[1]), noise)


def column_space(A: Matrix, noise: Matrix | None = None) -> tuple[Vector, ...]:
    """A basis of all Ax: the columns of A that have pivots, as they stand in A."""
    columns = transposed(A)
    return tuple(columns[j] for j in reduced(A, noise)[1])


def whole_numbers(v: Sequence[Fraction]) -> Vector:
    """The shortest multiple cv, c > 0, in whole numbers; 0 stays 0."""
    denominator = lcm(*(x.denominator for x in v))
    numbers = [int(x * denominator) for x in v]
    divisor = gcd(*numbers) or 1
    return tuple(Fraction(x // divisor) for x in numbers)


def directions(basis: Sequence[Sequence[Fraction]]) -> Array:
    """Unit vectors (k, n) along the vectors of a basis, for drawing; ValueError for the vector 0."""
    return np.array([unit(v) for v in basis])


def unit(v: Sequence[Fraction]) -> Array:
    """v/|v| (n,), also where v itself is beyond the range of floats."""
    largest = max(abs(x) for x in v)
    if largest == 0:
        raise ValueError("the vector 0 has no direction")
    scaled = np.array([float(x / largest) for x in v])
    return np.asarray(scaled / np.linalg.norm(scaled) + 0.0)


def determinant(A: Matrix) -> Fraction:
    """Leibniz' sum of signed products, exactly; ValueError unless A is square."""
    return sum((sign * p for sign, p in _products(A)), Fraction(0))


def permanent_of_sizes(A: Matrix) -> Fraction:
    """perm |A|: the same sum with all terms positive, the measure of what cancels in the determinant."""
    return sum((abs(p) for _, p in _products(A)), Fraction(0))


def is_singular(A: Matrix) -> bool:
    """Whether the terms of the determinant cancel to within rounding: |det A| ≤ 8 ε perm |A|.

    The componentwise test of matrix2.is_singular (it is the same for 2×2): it does not depend on how rows and
    columns are scaled. ValueError unless A is square.
    """
    return abs(determinant(A)) <= Fraction(SINGULAR) * permanent_of_sizes(A)


def inverse(A: Matrix) -> Matrix | None:
    """adj A / det A, exactly; None when A is singular, see is_singular."""
    if is_singular(A):
        return None
    D = determinant(A)
    return tuple(tuple(x / D for x in row) for row in adjugate(A))


def adjugate(A: Matrix) -> Matrix:
    """The matrix with A adj A = det A · I: cofactors, transposed."""
    n = shape(A)[0]
    others = [[k for k in range(n) if k != i] for i in range(n)]
    return tuple(tuple((-1) ** (i + j) * _minor(A, others[j], others[i]) for j in range(n)) for i in range(n))


def singular_values(A: Matrix) -> tuple[float, ...]:
    """σ₁ ≥ σ₂ ≥ …, min(m, n) of them, each to nearly full accuracy, also far below σ₁.

    The singular values of the k-th compound matrix, whose entries are the minors of order k, are the products of k
    of A's (Cauchy–Binet; Horn and Johnson, Matrix Analysis, 2nd ed., section 0.8.1), so that σ₁…σₖ is its largest
    one. Minors are exact here, and a largest singular value is what a numeric SVD finds to all digits. Where all
    minors of an order are 0 to within rounding, σₖ and all smaller ones are 0.
    """
    found: list[float] = []
    before = (1.0, Fraction(1))  # a float near 1 times a fraction: the product may be beyond the range of floats
    for k in range(1, min(shape(A)) + 1):
        if not _has_order(A, k):
            break
        norm = _norm(compound(A, k))
        value = to_float(Fraction(norm[0] / before[0]) * norm[1] / before[1])
        found.append(min(value, found[-1]) if found else value)
        before = norm
    return (*found, *(0.0 for _ in range(min(shape(A)) - len(found))))


def rounded_rank(A: Matrix) -> int:
    """The largest order of which some minor is not 0 to within rounding (is_singular): the number of σ > 0."""
    return next((k for k in range(min(shape(A)), 0, -1) if _has_order(A, k)), 0)


def condition(A: Matrix) -> float:
    """σ₁ over the smallest σ; infinite where that is 0."""
    values = singular_values(A)
    largest, smallest = values[0], values[-1]
    return largest / smallest if smallest > 0 and largest / smallest < float_info.max else inf


def compound(A: Matrix, k: int) -> Matrix:
    """The matrix of all minors of order k, rows and columns in the order of itertools.combinations."""
    m, n = shape(A)
    return tuple(
        tuple(_minor(A, rows, columns) for columns in combinations(range(n), k)) for rows in combinations(range(m), k)
    )


def _tidy(basis: Sequence[Vector], noise: Matrix | None) -> tuple[Vector, ...]:
    return tuple(whole_numbers(v) for v in basis) if noise is None else tuple(basis)


def _products(A: Matrix) -> Iterator[tuple[int, Fraction]]:
    """Sign and product of one entry from each row and column."""
    m, n = shape(A)
    if m != n:
        raise ValueError(f"{shape(A)} is not square")
    for sign, columns in signed_permutations(n):
        yield sign, prod((A[i][j] for i, j in enumerate(columns)), start=Fraction(1))


def _minor(A: Matrix, rows: Sequence[int], columns: Sequence[int]) -> Fraction:
    return determinant(_part(A, rows, columns)) if rows else Fraction(1)


def _part(A: Matrix, rows: Sequence[int], columns: Sequence[int]) -> Matrix:
    return tuple(tuple(A[i][j] for j in columns) for i in rows)


def _has_order(A: Matrix, k: int) -> bool:
    m, n = shape(A)
    return any(
        not is_singular(_part(A, rows, columns))
        for rows in combinations(range(m), k)
        for columns in combinations(range(n), k)
    )


def _norm(A: Matrix) -> tuple[float, Fraction]:
    """The largest singular value as a float between 1 and the number of entries, times a fraction."""
    largest = max(abs(x) for row in A for x in row)
    return float(np.linalg.norm(np.array([[float(x / largest) for x in row] for row in A]), 2)), largest
