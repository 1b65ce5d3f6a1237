"""The ranges that the panes open with."""

from mmlviz.data.digits import SIDE
from mmlviz.maths.lattice import Box

GAP = 1.0  # between two images, in their pixels
HOMES: dict[str, Box] = {
    "plane": (-5.0, 7.5, -3.4, 4.9),
    "curves": (-97.0, 97.0, -0.5, 5.2),
    "scores": (-2.4, 2.4, -2.2, 2.4),
    "scree": (-3.0, 67.5, -0.19, 1.26),
    "images": (-0.5, 3 * SIDE + 2 * GAP + 0.5, -3.8, SIDE + 2.4),
}
