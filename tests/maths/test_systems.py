"""Systems on their way through elimination, against numpy, sympy and the defining identities."""

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths.number import Number
from mmlviz.maths.rational import floats, product
from mmlviz.maths.systems import System, system

ENTRIES = st.sampled_from(["0", "1", "-1", "2", "3", "1/2", "-3/4", "0.1", "7"])
PIVOTING = st.sampled_from(["largest", "first"])


def made(text: str, b: str, pivoting: str = "largest") -> System:
    rows = tuple(tuple(map(Number, row.split(","))) for row in text.split(";"))
    return system(rows, tuple(map(Number, b.split(","))), pivoting)  # type: ignore[arg-type]


@st.composite
def systems(draw: st.DrawFn) -> System:
    """Of one to four equations with as many unknowns, or other numbers of them."""
    m, n = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    rows = ";".join(",".join(draw(ENTRIES) for _ in range(n)) for _ in range(m))
    return made(rows, ",".join(draw(ENTRIES) for _ in range(m)), draw(PIVOTING))


@given(systems())
def test_solutions_are_those_of_sympy(found: System) -> None:
    n = found.unknowns
    whole = sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in found.whole])
    rank, augmented = whole[:, :n].rank(), whole.rank()
    wanted = "none" if augmented > rank else "one" if rank == n else "infinitely many"
    assert (found.solution.kind, found.solution.rank, found.solution.rank_augmented) == (wanted, rank, augmented)
    assert len(found.null_space) == n - rank
    assert len(found.column_space) == rank
    R, pivots = whole.rref()
    if wanted != "none":
        assert found.after(len(found.steps)) == tuple(
            tuple(Fraction(int(x.p), int(x.q)) for x in R.row(i)) for i in range(R.rows)
        )
        assert found.solution.pivots == pivots


@given(systems(), st.fractions(0, 1))
def test_every_solution_stays_one_all_the_way(found: System, share: Fraction) -> None:
    """Also in the middle of a step: its row is then a sum of the rows before it."""
    if found.solution.particular is None:
        return
    for null in ((Fraction(0),) * found.unknowns, *found.null_space):
        x = [p + 3 * q for p, q in zip(found.solution.particular, null)]
        for *row, c in found.between(share):
            assert sum(a * y for a, y in zip(row, x)) == c


@given(systems(), st.fractions(0, 1))
def test_the_way_leads_straight_from_step_to_step(found: System, share: Fraction) -> None:
    done, rest = found.at(share)
    if done == len(found.steps) or rest == 0 or found.steps[done].kind == "swap":
        assert found.between(share) == found.after(done)
        return
    for now, before, after in zip(found.between(share), found.after(done), found.after(done + 1)):
        assert now == tuple((1 - rest) * x + rest * y for x, y in zip(before, after))


@given(systems())
def test_steps_are_counted_from_the_system_to_its_reduced_form(found: System) -> None:
    count = len(found.steps)
    assert found.at(Fraction(0)) == (0, 0)
    assert found.at(Fraction(1)) == (count, 0)
    for k in range(count):
        assert found.at(Fraction(2 * k + 1, 2 * count)) == (k, Fraction(1, 2))
        assert found.after(k + 1) == product(found.operations(k + 1), found.whole)


@given(systems())
def test_origins_follow_the_rows_that_are_swapped(found: System) -> None:
    """A row operation that swaps nothing leaves a multiple of the row in its sum: its own share of E is not 0."""
    for done in range(len(found.steps) + 1):
        places = found.origins(done)
        assert sorted(places) == list(range(len(found.whole)))
        for i, step in enumerate(found.steps[:done]):
            if step.kind == "swap":
                assert found.origins(i + 1) != found.origins(i)
            else:
                assert found.origins(i + 1) == found.origins(i)


def test_the_operations_of_a_regular_matrix_are_its_inverse() -> None:
    found = made("1,1,1;3,2,1;2,1,2", "15,28,23")
    assert found.solution.particular == (3, 7, 5)
    A = np.array([[1.0, 1, 1], [3, 2, 1], [2, 1, 2]])
    assert floats(found.operations(len(found.steps))) == pytest.approx(np.linalg.inv(A))


def test_rounded_entries_that_are_0_but_for_rounding_are_0() -> None:
    found = made("√2,2;1,√2", "√2,1")
    assert (found.solution.kind, found.solution.rank) == ("infinitely many", 1)


def test_as_many_right_hand_sides_as_rows() -> None:
    with pytest.raises(ValueError, match="2 rows with 1"):
        made("1,2;3,4", "1")
