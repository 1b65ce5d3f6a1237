"""The table of the terms: n, f⁽ⁿ⁾(a) and c_n, exact and decimal, with the radius that ball arithmetic guarantees."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import isfinite

import numpy as np

from mmlviz.core import formula as f
from mmlviz.core.notation import inline
from mmlviz.core.table import Column, Row, Rows
from mmlviz.core.words import MINUS, show
from mmlviz.maths.expression import Expression
from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.power_series import Derivative, Series, derivative_at, exact_at
from mmlviz.models.taylor import Result, State, shares

LONGEST = 12  # characters of an exact value: a part of one would read as another number

COLUMNS = (
    Column("n", 2, is_value=False),
    Column("f⁽ⁿ⁾(a)", 4),
    Column("cₙ exactly", 4),
    Column("cₙ", 5),
    Column("± at most", 4),
)


def rows(state: State, result: Result) -> Sequence[Row]:
    """A row for each order up to n; the term that is ticked off is left out, and what is not there yet is grey."""
    if result.series is None:
        return ()
    there = int(np.count_nonzero(shares(result.series.order, float(state.built))))
    return _rows(result.series, state.hidden, there)


@lru_cache(maxsize=2)
def _rows(series: Series, hidden: tuple[int, ...], there: int) -> Sequence[Row]:
    def made(k: int) -> Row:
        return Row(_cells(series, k), "muted" if k in hidden or k >= there else "text", k not in hidden)

    return Rows(series.order + 1, made)


def turned(state: State, row: int) -> tuple[int, ...]:
    """The hidden terms with that of a row turned."""
    return tuple(sorted(set(state.hidden) ^ {row}))


def _cells(series: Series, k: int) -> tuple[str, ...]:
    exact = exact_at(series, k)
    return str(k), _derivative(derivative_at(series, k)), _exactly(exact), _decimal(series, k), _radius(series, k)


def _derivative(found: Derivative) -> str:
    exactly = _exactly(found.exact)
    return exactly or (show(found.value) if isfinite(found.value) else "beyond floats")


def _exactly(c: Expression | None) -> str:
    """On one line; "" where it is not known, or too long to be read."""
    if c is None:
        return ""
    fraction = exact_value(c)
    text = written(fraction) if fraction is not None else f.plain(inline(c))
    return text if len(text) <= LONGEST else ""


def written(c: Fraction) -> str:
    """−1/6."""
    return str(c).replace("-", MINUS)


def _decimal(series: Series, k: int) -> str:
    return show(float(series.coefficients[k]))


def _radius(series: Series, k: int) -> str:
    """How far the float can be from the true coefficient; nothing where it is exact."""
    radius = float(series.radii[k])
    return show(radius, 2) if radius else "exact"
