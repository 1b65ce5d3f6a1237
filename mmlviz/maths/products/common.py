"""Matrices of whole numbers over a common denominator, in which long products and powers are quick and exact.

What takes more than MOST_BITS to write down is rounded to floats, so that no product grows without end. Where there are
floats, a sum whose terms cancel to 13 digits is 0: rot(45)^2 has zeros, as it should, and not 2e-16.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm, prod
from operator import mul

from mmlviz.maths.matrix2 import EPS, NAMED
from mmlviz.maths.rational import Matrix, signed_permutations

MOST_BITS = 1536
MOST_MAGNITUDE = 997  # of two: entries go from 1e-300 to 1e300 in size

TRUSTED = round(1 / NAMED)  # of two rounded numbers that differ by less than one part in so many, all is rounding

Whole = tuple[tuple[int, ...], ...]


class OutOfRange(Exception):
    """An entry is too large for floats, or too small beside 0."""


@dataclass(frozen=True, slots=True)
class Common:
    """rows/below. With fits it is 1×1 and stands for so many times the identity of whatever size fits.

    is_rounded: some entry was a float once, so that only some of its digits can be trusted.
    """

    rows: Whole
    below: int = 1
    fits: bool = False
    is_rounded: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])

    @property
    def is_square(self) -> bool:
        return self.fits or self.shape[0] == self.shape[1]


def common(A: Matrix | Fraction) -> Common:
    """A matrix, or a number of times the identity. Raises OutOfRange."""
    rows = ((A,),) if isinstance(A, Fraction) else A
    below = lcm(*(x.denominator for row in rows for x in row))
    whole = tuple(tuple(x.numerator * (below // x.denominator) for x in row) for row in rows)
    return settled(Common(whole, below, isinstance(A, Fraction), any(_is_float(x) for row in rows for x in row)))


def _is_float(x: Fraction) -> bool:
    """Whether it looks like one: nobody types a large power of two below, and floats have nothing else there."""
    return x.denominator > 2**20 and x.denominator & (x.denominator - 1) == 0


def fractions(A: Common) -> Matrix:
    """The entries as fractions in lowest terms."""
    return tuple(tuple(Fraction(x, A.below) for x in row) for row in A.rows)


def sized(A: Common, n: int) -> Common:
    """The same as an n×n matrix where it fits any size."""
    if not A.fits:
        return A
    c = A.rows[0][0]
    rows = tuple(tuple(c if i == j else 0 for j in range(n)) for i in range(n))
    return Common(rows, A.below, is_rounded=A.is_rounded)


def product(A: Common, B: Common) -> Common:
    """AB. Raises OutOfRange, and ValueError unless A has as many columns as B rows."""
    is_rounded = A.is_rounded or B.is_rounded
    if A.fits or B.fits:
        number, matrix = (A, B) if A.fits else (B, A)
        c = number.rows[0][0]
        rows = tuple(tuple(c * x for x in row) for row in matrix.rows)
        return settled(Common(rows, A.below * B.below, A.fits and B.fits, is_rounded))
    if A.shape[1] != B.shape[0]:
        raise ValueError(f"{A.shape} times {B.shape}")
    columns = tuple(zip(*B.rows))
    rows = tuple(tuple(_sum(map(mul, row, column), is_rounded) for column in columns) for row in A.rows)
    return settled(Common(rows, A.below * B.below, is_rounded=is_rounded))


def _sum(terms: Iterable[int], is_rounded: bool) -> int:
    """The sum; of rounded terms 0 where they cancel to within rounding."""
    if not is_rounded:
        return sum(terms)
    terms = tuple(terms)
    total = sum(terms)
    return 0 if abs(total) * TRUSTED <= sum(map(abs, terms)) else total


def power(A: Common, n: int) -> Common:
    """A^n for n ≥ 0 and a square A, by repeated squaring. Raises OutOfRange."""
    if n == 0:
        one = Common(((1,),), fits=True)
        return one if A.fits else sized(one, A.shape[0])
    out = A
    for digit in f"{n:b}"[1:]:
        out = product(out, out)
        if digit == "1":
            out = product(out, A)
    return out


def added(A: Common, B: Common) -> Common:
    """A + B. Raises OutOfRange, and ValueError unless they have the same shape."""
    A, B = (A if B.fits else sized(A, B.shape[0])), (B if A.fits else sized(B, A.shape[0]))
    if A.shape != B.shape:
        raise ValueError(f"{A.shape} plus {B.shape}")
    is_rounded = A.is_rounded or B.is_rounded
    rows = tuple(
        tuple(_sum((x * B.below, y * A.below), is_rounded) for x, y in zip(*pair)) for pair in zip(A.rows, B.rows)
    )
    return settled(Common(rows, A.below * B.below, A.fits, is_rounded))


def transposed(A: Common) -> Common:
    """Aᵀ."""
    return Common(tuple(zip(*A.rows)), A.below, A.fits, A.is_rounded)


# Inverses ---------------------------------------------------------------------------------------


def determinant(rows: Whole) -> int:
    """Σ sgn σ Π aᵢσ(ᵢ) over all permutations σ; n ≤ 3."""
    return sum(_terms(rows))


def is_singular(A: Common) -> bool:
    """Whether |det A| ≤ 4nε Σ Π|aᵢσ(ᵢ)|: some matrix whose entries agree with A's to 4ε each is singular.

    For n = 2 and fractions this is matrix2.is_singular; its source is the componentwise backward error (Higham,
    Accuracy and Stability of Numerical Algorithms, 2nd ed., section 7.2): changing each of n factors of a term by 4ε
    changes the term by 4nε at most, to first order. What has been rounded may have gathered more: there it is 1e-13.
    """
    least = NAMED if A.is_rounded else 4 * len(A.rows) * EPS
    size = sum(map(abs, _terms(A.rows)))
    return abs(determinant(A.rows)) <= Fraction(least) * size


def inverse(A: Common) -> Common:
    """The adjugate over the determinant, of a regular matrix. Raises OutOfRange."""
    n, D = len(A.rows), determinant(A.rows)
    sign = 1 if D > 0 else -1
    rows = tuple(
        tuple(sign * (-1) ** (i + j) * determinant(_without(A.rows, j, i)) * A.below for j in range(n))
        for i in range(n)
    )
    return settled(Common(rows, abs(D), A.fits, A.is_rounded))


def _without(rows: Whole, i: int, j: int) -> Whole:
    return tuple(row[:j] + row[j + 1 :] for k, row in enumerate(rows) if k != i)


def _terms(rows: Whole) -> Iterator[int]:
    """The signed products of one entry from each row and column."""
    for sign, order in signed_permutations(len(rows)):
        yield sign * prod(row[k] for row, k in zip(rows, order))


# Size -------------------------------------------------------------------------------------------


def settled(A: Common) -> Common:
    """The same with numbers of bounded length: in lowest terms, then rounded to floats. Raises OutOfRange."""
    for x in (x for row in A.rows for x in row if x):
        if abs(x.bit_length() - A.below.bit_length()) > MOST_MAGNITUDE:
            raise OutOfRange
    if _bits(A) <= MOST_BITS:
        return A
    shared = gcd(A.below, *(x for row in A.rows for x in row))
    A = Common(tuple(tuple(x // shared for x in row) for row in A.rows), A.below // shared, A.fits, A.is_rounded)
    return A if _bits(A) <= MOST_BITS else _rounded(A)


def _rounded(A: Common) -> Common:
    """The nearest floats, over their common denominator, a power of two."""
    floats = [[Fraction(x / A.below) for x in row] for row in A.rows]
    below = max(x.denominator for row in floats for x in row)
    return Common(tuple(tuple(int(x * below) for x in row) for row in floats), below, A.fits, is_rounded=True)


def _bits(A: Common) -> int:
    return max(A.below.bit_length(), *(x.bit_length() for row in A.rows for x in row))
