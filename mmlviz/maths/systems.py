"""A system of linear equations A x = b on its way through Gaussian elimination: all exact, any shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from mmlviz.maths.elimination import Pivoting, Solution, Step, Vector, cleaned, joined, noise_of, solve
from mmlviz.maths.number import Number
from mmlviz.maths.rational import Matrix, added, exact, identity, product, scaled, shape, transposed
from mmlviz.maths.spaces import whole_numbers

Entries = tuple[tuple[Number, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """The equations, their solutions, and the row operations that lead there.

    whole: [A | b] as typed, with 0 for what is within its rounding. null_space: a basis of all x with A x = 0, in small
    whole numbers where the entries are rational. column_space: the columns of A that have pivots.
    """

    whole: Matrix
    solution: Solution
    null_space: tuple[Vector, ...]
    column_space: tuple[Vector, ...]

    @property
    def unknowns(self) -> int:
        """How many numbers x has."""
        return shape(self.whole)[1] - 1

    @property
    def steps(self) -> tuple[Step, ...]:
        """The row operations, first down to echelon form, then up to the reduced one."""
        return self.solution.steps

    def at(self, share: Fraction) -> tuple[int, Fraction]:
        """How many steps are done at a share of the elimination from 0 to 1, and how much of the next one."""
        place = share * len(self.steps)
        done = min(int(place), len(self.steps))
        return done, place - done

    def after(self, done: int) -> Matrix:
        """[A | b] after so many steps."""
        return self.steps[done - 1].after if done else self.whole

    def between(self, share: Fraction) -> Matrix:
        """[A | b] on the way: entries go straight to where a step takes them; a swap is done at its end."""
        done, rest = self.at(share)
        if rest == 0 or self.steps[done].kind == "swap":
            return self.after(done)
        step = self.steps[done]
        return added(scaled(step.before, 1 - rest), scaled(step.after, rest))

    def origins(self, done: int) -> tuple[int, ...]:
        """For every row after so many steps, which of the equations has come to stand there."""
        found = list(range(len(self.whole)))
        for step in self.steps[:done]:
            if step.kind == "swap":
                i, k = step.rows
                found[i], found[k] = found[k], found[i]
        return tuple(found)

    def operations(self, done: int) -> Matrix:
        """E with E A = what A is after so many steps; at the end of a regular A it is the inverse."""
        made = identity(len(self.whole))
        for step in self.steps[:done]:
            made = product(step.E, made)
        return made


@lru_cache(maxsize=8)
def system(A: Entries, b: tuple[Number, ...], pivoting: Pivoting) -> System:
    """A x = b as typed; ValueError unless b has a number for every row of A."""
    typed = _beside(A, b)
    noise, rows = noise_of(typed), exact(A)
    found = solve(rows, [x.exact for x in b], noise, pivoting)
    columns = transposed(rows)
    null = found.null_space if noise is not None else tuple(map(whole_numbers, found.null_space))
    whole = cleaned(joined(rows, exact([[x] for x in b])), noise)
    return System(whole, found, null, tuple(columns[j] for j in found.pivots))


def _beside(A: Entries, b: Sequence[Number]) -> Entries:
    if len(A) != len(b):
        raise ValueError(f"{len(A)} rows with {len(b)} right-hand sides")
    return tuple((*row, x) for row, x in zip(A, b))
