"""What stands in a pane where f has no Taylor polynomial."""

import numpy as np

from mmlviz.core.marks import Label
from mmlviz.core.view import PaneView


def nothing(pane: PaneView, height: float = 0.5) -> Label:
    """The words in the middle of a pane, or so high up in it."""
    x0, x1, y0, y1 = pane.box
    middle = np.array([(x0 + x1) / 2, y0 + height * (y1 - y0)])
    return Label("nothing", "muted", middle, "no polynomial about a", is_centred=True)
