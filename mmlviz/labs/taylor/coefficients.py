"""The table of the terms: n, f⁽ⁿ⁾(a) and c_n, exact and decimal, with the radius that ball arithmetic guarantees."""

from fractions import Fraction
from functools import lru_cache
from math import isfinite

from mmlviz.core import formula as f
from mmlviz.core.notation import inline
from mmlviz.core.table import Column, Row
from mmlviz.core.words import MINUS, show
from mmlviz.maths.expression import Expression
from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.power_series import Derivative, Series, derivatives
from mmlviz.models.taylor import Result, State

LONGEST = 24  # characters of an exact value

COLUMNS = (
    Column("n", 2, is_value=False),
    Column("f⁽ⁿ⁾(a)", 4),
    Column("cₙ exactly", 4),
    Column("cₙ", 4),
    Column("± at most", 3),
)


def rows(state: State, result: Result) -> tuple[Row, ...]:
    """A row for each order up to n; the term that is ticked off is left out of the polynomial."""
    if result.whole is None:
        return ()
    return tuple(
        Row(cells, "muted" if k in state.hidden else "text", k not in state.hidden)
        for k, cells in enumerate(_cells(result.whole)[: int(state.order) + 1])
    )


def turned(state: State, row: int) -> tuple[int, ...]:
    """The hidden terms with that of a row turned."""
    return tuple(sorted(set(state.hidden) ^ {row}))


@lru_cache(maxsize=2)
def _cells(series: Series) -> tuple[tuple[str, ...], ...]:
    found = derivatives(series)
    return tuple(
        (str(k), _derivative(found[k]), _exactly(series.exact[k]), _decimal(series, k), _radius(series, k))
        for k in range(len(series.coefficients))
    )


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
