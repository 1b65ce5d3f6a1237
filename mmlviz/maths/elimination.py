"""Gaussian elimination of small matrices in exact fractions, one row operation at a time.

Entries are what was typed, so "is it 0" is decided exactly. Where an entry is known only to the rounding of a float
(√2 and its like), `noise` bounds by how much, and the bound is carried through every operation: what is not larger
than its bound counts as 0. Rows and columns are counted from 0.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from mmlviz.maths.matrix2 import EPS
from mmlviz.maths.number import Number, as_fraction
from mmlviz.maths.rational import Matrix, identity, shape

Operation = Literal["swap", "scale", "add"]
Pivoting = Literal["largest", "first"]
Vector = tuple[Fraction, ...]

ROUNDING = Fraction(8 * EPS)  # a typed √2/2 may be some units in the last place off

PURPOSES = {
    "swap": "bring the pivot up",
    "scale": "make the pivot 1",
    "down": "clear the entry below the pivot",
    "up": "clear the entry above the pivot",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One row operation: after = E before, save for the entries in `rounded`, which are 0 after it.

    "swap": rows i and k change places. "scale": row i is multiplied by factor. "add": factor times row k is added to
    row i. `rounded` holds the places (row, column) that only rounding keeps from 0; it is empty without noise.
    """

    kind: Operation
    rows: tuple[int, int]  # (i, k); i = k for "scale"
    factor: Fraction  # 1 for "swap"
    E: Matrix
    before: Matrix
    after: Matrix
    purpose: str
    phase: Literal["down", "up"]
    pivot: tuple[int, int]  # row and column of the pivot that it serves
    rounded: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """All x with Ax = b: the particular one plus any combination of the null space's basis.

    `contradiction` is the row of the echelon form that reads 0 = c with c ≠ 0, `equation` the one of the system's
    equations that the row operations turned into it.
    """

    kind: Literal["one", "none", "infinitely many"]
    particular: Vector | None  # free unknowns are 0 in it
    null_space: tuple[Vector, ...]
    pivots: tuple[int, ...]  # columns
    rank: int
    rank_augmented: int
    contradiction: int | None
    equation: int | None
    steps: tuple[Step, ...]


def noise_of(rows: Sequence[Sequence[float]]) -> Matrix | None:
    """By how much each entry may be off: 8 ε |x| where it is not rational as typed; None where all are.

    A float without a text counts as a rounded one unless it is a whole number.
    """
    bounds = tuple(tuple(_noise_of(x) for x in row) for row in rows)
    return bounds if any(x for row in bounds for x in row) else None


def _noise_of(x: float) -> Fraction:
    is_exact = x.is_rational if isinstance(x, Number) else isinstance(x, int | Fraction) or x == int(x)
    return Fraction(0) if is_exact else ROUNDING * abs(as_fraction(x))


def joined(A: Matrix, B: Matrix) -> Matrix:
    """[A | B]; ValueError unless they have the same number of rows."""
    if len(A) != len(B):
        raise ValueError(f"{shape(A)} beside {shape(B)}")
    return tuple((*a, *b) for a, b in zip(A, B))


def eliminate(
    A: Matrix, augmented: Matrix | None = None, noise: Matrix | None = None, pivoting: Pivoting = "largest"
) -> tuple[Step, ...]:
    """The operations that take A, or [A | augmented], to echelon form ("down") and on to the reduced form ("up").

    Pivots stand in A's columns. The pivot is the entry of its column with the largest absolute value (partial
    pivoting, Golub and Van Loan, Matrix Computations, 4th ed., section 3.4.3), the upper one of equals; with
    pivoting="first" it is the first that is not 0, as on paper. noise has the shape of what is eliminated; an entry
    that is within it from the start is 0 from the start.
    """
    typed = A if augmented is None else joined(A, augmented)
    whole = cleaned(typed, noise)
    nothing = tuple((Fraction(0),) * shape(whole)[1] for _ in whole)
    work = _Work(whole, nothing if noise is None else _kept(noise, whole))
    pivots = _go_down(work, shape(A)[1], pivoting)
    _go_up(work, pivots)
    return tuple(work.steps)


def cleaned(A: Matrix, noise: Matrix | None) -> Matrix:
    """A with 0 for what is within its noise; ValueError unless they have the same shape."""
    if noise is None:
        return A
    if shape(noise) != shape(A):
        raise ValueError(f"noise {shape(noise)} for a matrix {shape(A)}")
    return tuple(tuple(Fraction(0) if abs(x) <= e else x for x, e in zip(*rows)) for rows in zip(A, noise))


def reduced(A: Matrix, noise: Matrix | None = None) -> tuple[Matrix, tuple[int, ...]]:
    """The reduced row echelon form of A and the columns of its pivots."""
    steps = eliminate(A, noise=noise)
    R = steps[-1].after if steps else cleaned(A, noise)
    return R, tuple(pivot_columns(R))


def pivot_columns(R: Matrix) -> Iterator[int]:
    """The columns of the first entries ≠ 0 of the rows of an echelon form."""
    for row in R:
        column = next((j for j, x in enumerate(row) if x != 0), None)
        if column is not None:
            yield column


def solve(A: Matrix, b: Sequence[Fraction], noise: Matrix | None = None, pivoting: Pivoting = "largest") -> Solution:
    """All solutions of Ax = b, exactly; noise has the shape of [A | b]."""
    column = tuple((x,) for x in b)
    steps = eliminate(A, column, noise, pivoting)
    R = steps[-1].after if steps else cleaned(joined(A, column), noise)
    n = shape(A)[1]
    pivots = tuple(pivot_columns(tuple(row[:n] for row in R)))
    rank = len(pivots)
    bad = next((i for i in range(rank, len(R)) if R[i][n] != 0), None)
    basis = null_vectors(R, pivots, n)
    return Solution(
        "none" if bad is not None else "infinitely many" if basis else "one",
        None if bad is not None else _particular(R, pivots, n),
        basis, pivots, rank, rank + (bad is not None),
        bad, None if bad is None else _origin(steps, bad), steps,
    )  # fmt: skip


def null_vectors(R: Matrix, pivots: tuple[int, ...], n: int) -> tuple[Vector, ...]:
    """A basis of the null space of the first n columns of a reduced form: one unknown that is free is 1 in each."""
    basis = []
    for free in (j for j in range(n) if j not in pivots):
        v = [Fraction(int(j == free)) for j in range(n)]
        for i, j in enumerate(pivots):
            v[j] = -R[i][free]
        basis.append(tuple(v))
    return tuple(basis)


@dataclass(slots=True)
class _Work:
    """The matrix as it stands, with the bounds of its noise and the steps so far."""

    rows: Matrix
    noise: Matrix
    steps: list[Step] = field(default_factory=list)

    def swap(self, i: int, k: int, pivot: tuple[int, int]) -> None:
        E = _swapped(identity(len(self.rows)), i, k)
        self.noise = _swapped(self.noise, i, k)
        self._append("swap", (i, k), Fraction(1), E, _swapped(self.rows, i, k), "swap", "down", pivot)

    def scale(self, i: int, pivot: tuple[int, int]) -> None:
        value, off = self.rows[i][pivot[1]], self.noise[i][pivot[1]]
        factor = 1 / value
        spread = abs(factor) * off / (abs(value) - off)
        noise = tuple(
            abs(factor) * e + spread * (abs(x) + e) if j != pivot[1] else Fraction(0)
            for j, (x, e) in enumerate(zip(self.rows[i], self.noise[i]))
        )
        self.noise = _with_row(self.noise, i, noise)
        E = _with_row(identity(len(self.rows)), i, tuple(factor * x for x in identity(len(self.rows))[i]))
        after = _with_row(self.rows, i, tuple(factor * x for x in self.rows[i]))
        self._append("scale", (i, i), factor, E, after, "scale", "up", pivot)

    def clear(self, i: int, pivot: tuple[int, int], phase: Literal["down", "up"]) -> None:
        """Add the multiple of the pivot's row to row i that makes its entry in the pivot's column 0."""
        k, column = pivot
        value, off = self.rows[k][column], self.noise[k][column]
        factor = -self.rows[i][column] / value
        spread = (self.noise[i][column] + abs(factor) * off) / (abs(value) - off)
        noise = tuple(
            d + abs(factor) * e + spread * (abs(x) + e) if j != column else Fraction(0)
            for j, (d, e, x) in enumerate(zip(self.noise[i], self.noise[k], self.rows[k]))
        )
        self.noise = _with_row(self.noise, i, noise)
        E = tuple(
            tuple(factor if (p, q) == (i, k) else x for q, x in enumerate(row))
            for p, row in enumerate(identity(len(self.rows)))
        )
        after = _with_row(self.rows, i, tuple(x + factor * y for x, y in zip(self.rows[i], self.rows[k])))
        self._append("add", (i, k), factor, E, after, phase, phase, pivot)

    def _append(
        self, kind: Operation, rows: tuple[int, int], factor: Fraction, E: Matrix, after: Matrix, purpose: str,
        phase: Literal["down", "up"], pivot: tuple[int, int],
    ) -> None:  # fmt: skip
        """Take over the matrix after a step; what is within its noise becomes 0."""
        clean = cleaned(after, self.noise)
        lost = tuple((p, q) for p, row in enumerate(after) for q, x in enumerate(row) if x != clean[p][q])
        after, self.noise = clean, _kept(self.noise, clean)
        self.steps.append(Step(kind, rows, factor, E, self.rows, after, PURPOSES[purpose], phase, pivot, lost))
        self.rows = after


def _go_down(work: _Work, columns: int, pivoting: Pivoting) -> list[tuple[int, int]]:
    """To echelon form; the places of the pivots."""
    pivots: list[tuple[int, int]] = []
    for column in range(columns):
        top = len(pivots)
        candidates = [i for i in range(top, len(work.rows)) if abs(work.rows[i][column]) > work.noise[i][column]]
        if not candidates:
            continue
        found = candidates[0] if pivoting == "first" else max(candidates, key=lambda i: abs(work.rows[i][column]))
        pivot = (top, column)
        if found != top:
            work.swap(top, found, pivot)
        for i in range(top + 1, len(work.rows)):
            if work.rows[i][column] != 0:
                work.clear(i, pivot, "down")
        pivots.append(pivot)
    return pivots


def _go_up(work: _Work, pivots: list[tuple[int, int]]) -> None:
    """Back substitution from the last pivot on: each becomes 1 and all above it 0."""
    for pivot in reversed(pivots):
        row, column = pivot
        if work.rows[row][column] != 1:
            work.scale(row, pivot)
        for i in reversed(range(row)):
            if work.rows[i][column] != 0:
                work.clear(i, pivot, "up")


def _particular(R: Matrix, pivots: tuple[int, ...], n: int) -> Vector:
    x = [Fraction(0)] * n
    for i, j in enumerate(pivots):
        x[j] = R[i][n]
    return tuple(x)


def _origin(steps: tuple[Step, ...], row: int) -> int:
    """Which of the first rows has come to stand in this one."""
    for step in reversed(steps):
        if step.kind == "swap" and row in step.rows:
            row = sum(step.rows) - row
    return row


def _swapped(A: Matrix, i: int, k: int) -> Matrix:
    rows = list(A)
    rows[i], rows[k] = rows[k], rows[i]
    return tuple(rows)


def _with_row(A: Matrix, i: int, row: tuple[Fraction, ...]) -> Matrix:
    return (*A[:i], row, *A[i + 1 :])


def _kept(noise: Matrix, A: Matrix) -> Matrix:
    """The noise of entries that are not 0: what counts as 0 does so from there on, else a pivot could drown in it."""
    return tuple(tuple(e if x != 0 else x for x, e in zip(*rows)) for rows in zip(A, noise))
