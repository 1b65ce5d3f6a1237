"""What is drawn, framed and hovered: of the cloud, or of the digits."""

from mmlviz.core.lab import Hint
from mmlviz.core.marks import Scene
from mmlviz.core.view import View
from mmlviz.labs.pca import cloud, digits
from mmlviz.maths.lattice import Box
from mmlviz.models.pca import CloudResult, Result, State


def draw(state: State, result: Result, view: View) -> Scene:
    """The cloud, its axis and the curve of variances; or scores, scree and images of the digits."""
    if isinstance(result, CloudResult):
        return cloud.draw(state, result, view)
    return digits.draw(state, result, view)


def fit(state: State, result: Result, pane: str) -> Box:
    """A box around what matters in a pane; its home where the pane has no part in the state."""
    if isinstance(result, CloudResult):
        return cloud.fit(result, pane)
    return digits.fit(state, result, pane)


def hover(state: State, result: Result, pane: str, xy: tuple[float, float]) -> str | Hint | None:
    """What is under the pointer."""
    if isinstance(result, CloudResult):
        return cloud.hover(result, pane, xy)
    return digits.hover(state, result, pane, xy)
