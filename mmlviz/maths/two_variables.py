"""Taylor polynomials of functions of two variables, put together from power series along straight lines.

Along (a + pt, b + qt) the k-th coefficient is the sum of c_{k−j,j} p^{k−j} q^j, which is linear in the k + 1 unknown
c: as many lines give them, with weights that are fractions. Lines beyond that are a check: a function may have a series
along every line and none of its own, as x²y/(x² + y²) at 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from mmlviz.maths.exact_point import at_point
from mmlviz.maths.expression import Expression
from mmlviz.maths.expression.ball_series import Trouble
from mmlviz.maths.expression.ball_values import BallValues
from mmlviz.maths.expression.closed_form import Form, added, as_fraction, scaled
from mmlviz.maths.expression.closed_tree import tree
from mmlviz.maths.expression.exact_series import coefficient
from mmlviz.maths.expression.expand import Expanded, expand, working
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.no_series import sentence
from mmlviz.maths.number import Number
from mmlviz.maths.power_series import NoSeries, float_of

HIGHEST = 6  # order
LARGEST_ABOVE, LARGEST_BELOW = 1000, 10_000  # of a fraction that is shorter than its decimals
SPARE = 1  # line more than is needed
# No two of them parallel, and short, so that the weights are small. The first four are no mirror images of each other:
# xy³/(x² + y²) would pass for xy/2 on the diagonals.
DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, 2), (1, -1), (2, 1), (1, -2), (2, -1))
BITS = 512  # with which the lines are put together: balls of fewer bits lose none

Pair = tuple[int, int]
Row = tuple[Fraction, ...]
Balls = tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Series2:
    """The c_ij of (x − a)^i (y − b)^j for i + j ≤ order; arrays (order + 1, order + 1), 0 elsewhere, read-only.

    Each true coefficient is within radii of the float in coefficients; it is known to be 0 where both are 0. exact
    holds those that are known in closed form, balls all of them to many more digits (flint.arb). is_filled: f itself
    is not defined at the centre, but has a limit.
    """

    centre: tuple[Number, Number]
    order: int
    coefficients: Array
    radii: Array
    exact: Mapping[Pair, Form | None]
    balls: Mapping[Pair, Any]
    is_filled: bool = False

    def fraction(self, ij: Pair) -> Fraction | None:
        """A coefficient as a fraction, where it is known to be one."""
        form = self.exact[ij]
        return None if form is None else as_fraction(form)

    def written(self, ij: Pair, times: int = 1) -> Expression | None:
        """So many times a coefficient as a formula without variables, 1/6 or e^-3/2; None where none is short.

        Only what is short is written: a picture that follows a hand has no time for the rest.
        """
        form = self.exact[ij]
        return None if form is None or not _is_short(form) else tree(scaled(form, Fraction(times)))

    def on_grid(self, x: Array, y: Array, order: int) -> Array:
        """T of this order on the columns x (n,) and rows y (m,): (m, n)."""
        a, b = map(float, self.centre)
        powers = np.arange(order + 1)
        c = np.where(np.add.outer(powers, powers) <= order, self.coefficients[: order + 1, : order + 1], 0.0)
        with np.errstate(all="ignore"):
            return np.asarray(((y - b)[:, None] ** powers) @ c.T @ ((x - a)[:, None] ** powers).T)

    def at(self, x: float, y: float, order: int) -> float:
        """T of this order at a point."""
        return float(self.on_grid(np.array([x]), np.array([y]), order)[0, 0])

    @property
    def gradient(self) -> Array:
        """The first derivatives at the centre, (2,)."""
        return np.array([self.coefficients[1, 0], self.coefficients[0, 1]])

    @property
    def hessian(self) -> Array:
        """The second derivatives at the centre, (2, 2)."""
        c = self.coefficients
        return np.array([[2 * c[2, 0], c[1, 1]], [c[1, 1], 2 * c[0, 2]]])


def _is_short(form: Form) -> bool:
    """One term, with a fraction of a few digits."""
    if len(form) != 1:
        return not form
    ((product, c),) = form.items()
    return len(product) <= 2 and abs(c.numerator) < LARGEST_ABOVE and c.denominator < LARGEST_BELOW


def pairs(order: int) -> list[Pair]:
    """The (i, j) with i + j ≤ order: by degree, powers of x first."""
    return [(k - j, j) for k in range(order + 1) for j in range(k + 1)]


@lru_cache(maxsize=32)
def taylor2(f: Expression, centre: tuple[Number, Number], order: int) -> Series2:
    """The series of f(x, y) about a centre, up to an order from 0 to HIGHEST. Raises NoSeries where there is none."""
    if not 0 <= order <= HIGHEST:
        raise ValueError(f"the order is a number from 0 to {HIGHEST}, got {order}")
    lines = [_along(f, centre, direction, order) for direction in DIRECTIONS[: order + 1 + SPARE]]
    with working(BITS, 1):
        found = {(k - j, j): c for k in range(order + 1) for j, c in enumerate(_of_degree(lines, k))}
        coefficients, radii = np.zeros((2, order + 1, order + 1))
        exact, balls = ({ij: c[n] for ij, c in found.items()} for n in (0, 1))
        return _rounded(Series2(centre, order, coefficients, radii, exact, balls, bool(lines[0].holes)))


def _of_degree(lines: Sequence[Expanded], k: int) -> list[tuple[Form | None, Any]]:
    """The c of degree k, powers of x first: in closed form where that is known, and as balls."""
    forms, along = _forms(lines, k), [line.balls[k] for line in lines]
    balls = [_sum(row, along) for _, row in _weights(k)]
    _check(k, balls, along)
    if forms is None:
        return [(None, ball) for ball in balls]
    exact = [added(scaled(c, w) for c, w in zip(forms, row)) for row, _ in _weights(k)]
    return [(form, _of_form(form, ball)) for form, ball in zip(exact, balls)]


def _forms(lines: Sequence[Expanded], k: int) -> list[Form] | None:
    """The k-th coefficients along the first k + 1 lines in closed form, where all have one."""
    exact = [line.exact for line in lines[: k + 1]]
    known = [series for series in exact if series is not None]
    return [coefficient(series, k) for series in known] if len(known) == len(exact) else None


def _of_form(form: Form, ball: Any) -> Any:
    """The ball of a coefficient, none wider than need be where it is a fraction."""
    value = as_fraction(form)
    return ball if value is None else _ball(value)


def _along(f: Expression, centre: tuple[Number, Number], direction: Pair, order: int) -> Expanded:
    """The series along one line. Raises NoSeries."""
    points = {name: at_point(x) for name, x in zip("xy", centre)}
    lines = {name: points[name].line(Fraction(slope)) for name, slope in zip("xy", direction)}
    try:
        return expand(f, lines, order + 1)
    except Trouble as trouble:
        where = f"({points['x'].text}, {points['y'].text})"
        raise NoSeries(sentence(trouble, f, where), trouble.kind) from None


@lru_cache(maxsize=HIGHEST + 1)
def _weights(k: int) -> tuple[tuple[Row, Balls], ...]:
    """What the coefficients along the first k + 1 lines are multiplied by for each c of degree k, powers of x first.

    The rows of an inverse, as fractions and as balls.
    """
    n = k + 1
    rows = [[*_powers(d, k), *(Fraction(int(i == j)) for j in range(n))] for i, d in enumerate(DIRECTIONS[:n])]
    for column in range(n):
        pivot = next(r for r in range(column, n) if rows[r][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [x / rows[column][column] for x in rows[column]]
        for r in range(n):
            if r != column:
                rows[r] = [x - rows[r][column] * p for x, p in zip(rows[r], rows[column])]
    return tuple((tuple(row[n:]), tuple(map(_ball, row[n:]))) for row in rows)


@lru_cache(maxsize=64)
def _powers(direction: Pair, k: int) -> tuple[Fraction, ...]:
    p, q = map(Fraction, direction)
    return tuple(p ** (k - j) * q**j for j in range(k + 1))


def _sum(weights: Sequence[Any], balls: Sequence[Any]) -> Any:
    return _total([ball * w for w, ball in zip(weights, balls) if w != 0])


def _total(balls: Sequence[Any]) -> Any:
    return sum(balls[1:], balls[0]) if balls else _ball(Fraction(0))


def _ball(x: Fraction) -> Any:
    from flint import arb, fmpq  # 30 ms

    return arb(fmpq(x.numerator, x.denominator))


def _check(k: int, coefficients: Sequence[Any], along: Sequence[Any]) -> None:
    """The lines beyond the first k + 1 must fit the coefficients too; raises NoSeries."""
    for direction, found in list(zip(DIRECTIONS, along))[k + 1 :]:
        if not _sum([int(p) for p in _powers(direction, k)], coefficients).overlaps(found):
            raise NoSeries(
                "f has a series along every line through the centre, but they do not fit together: "
                "it has no series in two variables there.",
                "kink",
            )


def _rounded(series: Series2) -> Series2:
    """The series with its floats; raises NoSeries where they do not suffice."""
    for ij, ball in series.balls.items():
        series.coefficients[ij], series.radii[ij] = float_of(ball)
    if not np.isfinite(series.coefficients).all():
        raise NoSeries("The coefficients of f are too large about this centre.", "too large")
    series.coefficients.flags.writeable = series.radii.flags.writeable = False
    return series


# Values in ball arithmetic ----------------------------------------------------------------------


def true_error(f: Expression, series: Series2, order: int, point: tuple[Number, Number]) -> float | None:
    """f − T of this order at a point, free of the rounding of floats; None where f is not defined there."""
    x, y = map(at_point, point)
    with working(BITS, 1):
        value = BallValues(f, {"x": x.formula, "y": y.formula}).ball()
        if not value.is_finite():
            return None
        h, k = (_powers_of(p.ball() - at_point(a).ball(), order) for p, a in zip((x, y), series.centre))
        terms = [series.balls[i, j] * h[i] * k[j] for i, j in pairs(order)]
        return float_of(value - _total(terms))[0]


def _powers_of(x: Any, order: int) -> list[Any]:
    """1, x, x² …: flint's own power of a ball around 0 is not finite."""
    found = [_ball(Fraction(1))]
    for _ in range(order):
        found.append(found[-1] * x)
    return found
