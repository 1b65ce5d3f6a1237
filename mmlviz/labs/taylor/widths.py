"""How far each order reaches: the stretch about the centre where |f − Tₙ| < ε, for n = 0, 1, 2 …"""

from functools import lru_cache
from math import inf

import numpy as np

from mmlviz.core.axes import fixed_frame
from mmlviz.core.marks import Band, Label, Mark, Points, Segments, kept
from mmlviz.core.view import PaneView
from mmlviz.labs.taylor.nothing import nothing
from mmlviz.models.taylor import MOST, Result, State, stretches


def marks(state: State, result: Result, pane: PaneView) -> tuple[Mark, ...]:
    """A bar for each order, the present one in colour, and the interval of convergence."""
    if result.whole is None:
        return (*fixed_frame(pane), nothing(pane))
    bars = stretches(state.f, result.whole, state.hidden, float(state.epsilon))
    return (*_disc(result), *_frame(pane), *_bars(bars, pane), *_present(state, bars))


@lru_cache(maxsize=2)
def _frame(pane: PaneView) -> tuple[Mark, ...]:
    return kept(*fixed_frame(pane, ("n", "x")))


def _disc(result: Result) -> tuple[Mark, ...]:
    if result.edges is None:
        return ()
    return (Band("disc", "special", "y", *result.edges),)


def _bars(bars: np.ndarray, pane: PaneView) -> tuple[Mark, ...]:
    low, high = pane.box[2] - 1, pane.box[3] + 1
    n = np.repeat(np.arange(len(bars), dtype=float), 2)
    return (Segments("bars", "truth", np.column_stack([n, np.clip(bars, low, high).ravel()]), "line"),)


def _present(state: State, bars: np.ndarray) -> tuple[Mark, ...]:
    n = int(state.order)
    low, high = bars[n].tolist()
    ends = np.array([[n, low], [n, high]], dtype=float)
    a = float(state.centre)
    return (
        Segments("present", "positive", ends, "vector"),
        Points("order", "input", np.array([[n, a]])),
        Label("order label", "input", np.array([n, a]), f"n = {n}", (1, 0)),
    )


def fit(state: State, result: Result) -> tuple[float, float, float, float]:
    """All orders; as far as they reach, or as the interval of convergence goes."""
    a = float(state.centre)
    wide = 2.0
    if result.whole is not None:
        bars = stretches(state.f, result.whole, state.hidden, float(state.epsilon))
        wide = max(float(np.abs(bars - a).max()), 0.1)
    if result.radius is not None and result.radius.value < inf:
        wide = 1.3 * max(result.radius.value, 0.1)
    return -2.0, MOST + 3.0, a - 1.1 * wide, a + 1.1 * wide


def order_at(state: State, result: Result) -> tuple[float, float]:
    """The handle of the order: at n, as high as the centre."""
    return float(state.order), float(state.centre)
