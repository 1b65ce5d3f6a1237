"""What stands in a pane where f has no Taylor polynomial."""

from mmlviz.core import axes
from mmlviz.core.marks import Label
from mmlviz.core.view import PaneView


def nothing(pane: PaneView, height: float = 0.5) -> Label:
    """The words in the middle of a pane, or so high up in it."""
    return axes.nothing(pane, "no polynomial about a", height)
