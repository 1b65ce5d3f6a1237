"""Gaussian elimination: every step is what it says, and sympy, numpy and exact arithmetic agree with where it ends."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths.elimination import Step, cleaned, eliminate, joined, noise_of, reduced, solve
from mmlviz.maths.number import Number
from mmlviz.maths.rational import Matrix, exact, floats, identity, product, shape, transposed
from mmlviz.maths.spaces import inverse
from tests.maths.small_matrices import Small, every, square

whole = st.integers(-4, 4).map(Fraction)
entries = whole | st.fractions(-3, 3, max_denominator=9)
sizes = st.integers(1, 4)


def matrices(m: int, n: int) -> st.SearchStrategy[Matrix]:
    return st.lists(st.lists(entries, min_size=n, max_size=n).map(tuple), min_size=m, max_size=m).map(tuple)


def of_sympy(A: Matrix) -> sympy.Matrix:
    return sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in A])


def from_sympy(A: sympy.Matrix) -> Matrix:
    return tuple(tuple(Fraction(int(x.p), int(x.q)) for x in row) for row in A.tolist())


def typed(text: str) -> tuple[tuple[Number, ...], ...]:
    return tuple(tuple(Number(x) for x in row.split(",")) for row in text.split(";"))


def column(b: Sequence[float]) -> tuple[Fraction, ...]:
    return tuple(Fraction(x) for x in b)


def check_steps(start: Matrix, steps: Sequence[Step]) -> None:
    """Each begins where the one before ended, is its E times the matrix, and E is of its kind."""
    before = start
    for step in steps:
        assert step.before == before
        after = product(step.E, before)
        assert step.after == tuple(
            tuple(Fraction(0) if (i, j) in step.rounded else x for j, x in enumerate(row))
            for i, row in enumerate(after)
        )
        changed = {i for i, rows in enumerate(zip(before, after)) if rows[0] != rows[1]}
        assert changed <= set(step.rows)
        i, k = step.rows
        if step.kind == "swap":
            assert i != k
            assert transposed(step.E) == step.E
            assert product(step.E, step.E) == identity(len(start))
        elif step.kind == "scale":
            assert i == k
            assert step.factor not in (0, 1)
        else:
            assert i != k
            assert step.E[i][k] == step.factor != 0
            assert step.after[i][step.pivot[1]] == 0
        before = step.after


# Where it ends ----------------------------------------------------------------------------------


@every
def test_reduced_form_as_sympy(small: Small) -> None:
    R, pivots = reduced(small.A, noise_of(small.rows))
    wanted, columns = small.sympy.rref(iszerofunc=lambda x: sympy.simplify(x) == 0)
    assert pivots == columns
    if small.is_rational:
        assert from_sympy(wanted) == R
    else:
        assert floats(R) == pytest.approx(np.array(wanted.evalf(30), dtype=float), abs=1e-14)


@every
def test_every_step_is_what_it_says(small: Small) -> None:
    noise = noise_of(small.rows)
    assert (noise is None) == small.is_rational
    check_steps(cleaned(small.A, noise), eliminate(small.A, noise=noise))


@given(st.data(), sizes, sizes, st.sampled_from(["largest", "first"]))
def test_every_step_of_any_matrix(data: st.DataObject, m: int, n: int, pivoting: str) -> None:
    A, B = data.draw(matrices(m, n)), data.draw(matrices(m, 2))
    steps = eliminate(A, B, pivoting=pivoting)  # type: ignore[arg-type]
    check_steps(joined(A, B), steps)
    assert not any(step.rounded for step in steps)
    end = steps[-1].after if steps else joined(A, B)
    assert tuple(row[:n] for row in end) == from_sympy(of_sympy(A).rref()[0])
    phases = [step.phase for step in steps]
    assert phases == sorted(phases)  # down, then up


@given(st.data(), sizes, sizes)
def test_pivots_are_the_largest_of_their_columns(data: st.DataObject, m: int, n: int) -> None:
    for step in eliminate(data.draw(matrices(m, n))):
        if step.phase == "down":
            row, j = step.pivot
            matrix = step.after if step.kind == "swap" else step.before
            assert abs(matrix[row][j]) == max(abs(matrix[i][j]) for i in range(row, m))
            if step.kind == "add":
                assert abs(step.factor) <= 1


def test_the_pivot_may_be_the_first_as_on_paper() -> None:
    A = exact([[1, 1, 1], [3, 2, 1], [2, 1, 2]])
    down = [step for step in eliminate(A, pivoting="first") if step.phase == "down"]
    assert [(step.kind, step.rows, step.factor) for step in down] == [
        ("add", (1, 0), -3), ("add", (2, 0), -2), ("add", (2, 1), -1),
    ]  # fmt: skip
    assert down[-1].after == exact([[1, 1, 1], [0, -1, -2], [0, 0, 2]])
    assert eliminate(A)[0].kind == "swap"
    assert [s.purpose for s in down] == ["clear the entry below the pivot"] * 3


def test_the_upper_one_of_equal_pivots_stays() -> None:
    assert [step.kind for step in eliminate(exact([[1, 0], [-1, 1]]))] == ["add"]
    assert [step.rows for step in eliminate(exact([[0, 0], [-2, 1], [2, 0]])) if step.kind == "swap"] == [
        (0, 1),
        (1, 2),
    ]


def test_nothing_to_do_is_no_step() -> None:
    assert eliminate(identity(3)) == ()
    assert eliminate(exact([[0, 0], [0, 0]])) == ()
    assert reduced(exact([[0, 1], [0, 0]])) == (exact([[0, 1], [0, 0]]), (1,))


@square
def test_beside_the_identity_stands_the_inverse(small: Small) -> None:
    n = len(small.A)
    steps = eliminate(small.A, identity(n))
    end = steps[-1].after if steps else joined(small.A, identity(n))
    right = tuple(row[n:] for row in end)
    if small.rank == n:
        assert right == inverse(small.A)
        assert product(small.A, right) == identity(n)
    elif small.is_rational:
        assert end[n - 1][:n] == (0,) * n


# Systems ----------------------------------------------------------------------------------------


def test_the_course_s_apples_bananas_and_carrots() -> None:
    found = solve(exact([[1, 1, 1], [3, 2, 1], [2, 1, 2]]), column([15, 28, 23]))
    assert (found.kind, found.particular) == ("one", (3, 7, 5))
    assert (found.rank, found.rank_augmented, found.null_space, found.pivots) == (3, 3, (), (0, 1, 2))
    assert found.contradiction is None
    assert found.equation is None


@given(st.data(), sizes, sizes)
def test_solutions_solve_and_contradictions_contradict(data: st.DataObject, m: int, n: int) -> None:
    A = data.draw(matrices(m, n))
    b = data.draw(st.lists(entries, min_size=m, max_size=m).map(tuple))
    found = solve(A, b)
    ranks = of_sympy(A).rank(), of_sympy(joined(A, transposed((b,)))).rank()
    assert (found.rank, found.rank_augmented) == ranks
    assert found.kind == ("none" if ranks[0] < ranks[1] else "one" if ranks[0] == n else "infinitely many")
    assert len(found.null_space) == n - found.rank
    for v in found.null_space:
        assert product(A, transposed((v,))) == ((0,),) * m
    if found.particular is not None:
        assert product(A, transposed((found.particular,))) == transposed((b,))
    else:
        assert found.contradiction is not None
        row = found.steps[-1].after[found.contradiction] if found.steps else (*A[found.contradiction], b[0])
        assert row[:n] == (0,) * n
        assert row[n] != 0 or not found.steps


@given(st.data(), sizes, sizes)
def test_what_a_matrix_makes_is_always_solved(data: st.DataObject, m: int, n: int) -> None:
    A, x = data.draw(matrices(m, n)), data.draw(st.lists(entries, min_size=n, max_size=n).map(tuple))
    b = tuple(row[0] for row in product(A, transposed((x,))))
    found = solve(A, b)
    assert found.particular is not None
    assert product(A, transposed((found.particular,))) == transposed((b,))


@pytest.mark.parametrize(
    ("A", "b", "row", "equation"),
    [
        ([[1, 1], [1, 1]], [1, 2], 1, 1),
        ([[1, 1], [2, 2]], [1, 3], 1, 0),  # the second comes up, and what contradicts is the first
        ([[0, 0], [1, 1]], [5, 1], 1, 0),
        ([[1, 2, 3], [1, 2, 3], [0, 0, 1]], [1, 1, 1], None, None),
        ([[1, 2, 3], [1, 2, 3], [0, 0, 1]], [1, 2, 1], 2, 1),
        ([[0]], [1], 0, 0),
    ],
)
def test_which_equation_contradicts(
    A: list[list[float]], b: list[float], row: int | None, equation: int | None
) -> None:
    found = solve(exact(A), column(b))
    assert (found.contradiction, found.equation) == (row, equation)


# Noise ------------------------------------------------------------------------------------------


def test_roots_are_only_known_to_rounding() -> None:
    """√2·√2 is not 2 in floats; in fractions of floats the matrix is regular."""
    rows = typed("√2,2;1,√2")
    A, noise = exact(rows), noise_of(rows)
    assert noise is not None
    assert [x > 0 for row in noise for x in row] == [True, False, False, True]
    assert reduced(A)[1] == (0, 1)
    assert reduced(A, noise)[1] == (0,)
    assert [step.rounded for step in eliminate(A, noise=noise)] == [((1, 1),), ()]


def test_a_system_with_roots_has_a_line_of_solutions() -> None:
    rows = typed("√2,2,√6;1,√2,√3")
    A, b = exact([row[:2] for row in rows]), tuple(row[2].exact for row in rows)
    assert solve(A, b).kind == "one"  # taken for exact
    found = solve(A, b, noise_of(rows))
    assert found.kind == "infinitely many"
    assert floats((found.null_space[0],))[0] == pytest.approx([-(2**0.5), 1])
    rows = typed("√2,2,√6;1,√2,1.7320508")
    assert solve(A, tuple(row[2].exact for row in rows), noise_of(rows)).kind == "none"


def test_what_is_typed_as_decimals_is_exact() -> None:
    rows = typed(".1,.7;.3,2.1")
    assert noise_of(rows) is None
    assert noise_of([[1.0, 2], [0.5, 3]]) is not None  # a float without a text
    assert noise_of([[1.0, 2], [5, 3]]) is None
    assert reduced(exact(rows))[0] == exact([[1, 7], [0, 0]])
    nearly = typed("1,1;1,1.0000000000000000000000001")
    assert reduced(exact(nearly))[1] == (0, 1)


@given(st.data(), st.integers(2, 3), st.integers(2, 3), st.integers(1, 2))
def test_rounding_the_entries_does_not_raise_the_rank(data: st.DataObject, m: int, n: int, k: int) -> None:
    """A matrix of floats next to one of rank k or less has, within the rounding, the pivots of that one."""
    A = product(data.draw(matrices(m, k)), data.draw(matrices(k, n)))
    rounded = exact(floats(A).tolist())
    noise = tuple(tuple(abs(x) * Fraction(2) ** -52 for x in row) for row in A)
    assert reduced(rounded, noise)[1] == reduced(A)[1]


def test_an_entry_that_is_0_from_the_start_has_no_noise_left() -> None:
    """Else what is cleared with it would be cleared in vain, and a pivot could vanish on the way up."""
    A, noise = exact([[1, 2, 3], [1e-20, 1, 1], [1e-20, 1, 2]]), exact([[1e-15, 0, 0], [1, 0, 0], [1, 0, 0]])
    assert reduced(A, noise) == (identity(3), (0, 1, 2))


@given(st.data(), st.integers(1, 3), st.integers(1, 4))
def test_pivots_never_drown_in_noise(data: st.DataObject, m: int, n: int) -> None:
    """However large the bounds are, the end is a reduced form."""
    A = data.draw(matrices(m, n))
    noise = tuple(tuple(abs(x) / 3 for x in row) for row in data.draw(matrices(m, n)))
    R, pivots = reduced(A, noise)
    assert [[row[j] for row in R] for j in pivots] == [list(row) for row in identity(m)[: len(pivots)]]
    check_steps(cleaned(A, noise), eliminate(A, noise=noise))


def test_an_entry_within_its_noise_is_0_from_the_start() -> None:
    A, noise = exact([[1e-20, 1], [0, 0]]), exact([[1e-15, 0], [0, 0]])
    assert cleaned(A, noise) == exact([[0, 1], [0, 0]])
    assert reduced(A, noise) == (exact([[0, 1], [0, 0]]), (1,))
    with pytest.raises(ValueError, match="noise"):
        reduced(A, exact([[0]]))


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(2, 2\) beside \(3, 3\)"):
        eliminate(identity(2), identity(3))
    assert shape(joined(identity(2), ((Fraction(1),), (Fraction(2),)))) == (2, 3)
