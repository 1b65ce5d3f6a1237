"""What every picture of a moved plane has: the unit square with its signed area, and the grid."""

import numpy as np

from mmlviz.core.axes import grid_steps
from mmlviz.core.marks import Label, Mark, Polygon, Segments
from mmlviz.core.view import PaneView
from mmlviz.core.words import show
from mmlviz.maths.lattice import image_of_grid
from mmlviz.maths.matrix2 import Array

CLOSEST = 30  # pixels between neighbouring lines of the moved grid, below which some are left out


def corners(M: Array) -> Array:
    """The unit square (4, 2), moved."""
    first, second = M[:, 0], M[:, 1]
    return np.array([np.zeros(2), first, first + second, second])


def area_role(determinant: float) -> str:
    """The role of the sign of an area."""
    return "negative" if determinant < 0 else "positive"


def area(M: Array, determinant: float) -> tuple[Mark, ...]:
    """The moved unit square, hatched where it lies face down."""
    return (Polygon("unit square", area_role(determinant), corners(M), is_hatched=determinant < 0),)


def area_label(M: Array, determinant: float, pane: PaneView) -> tuple[Mark, ...]:
    """How large it is, where there is room to say so."""
    where = corners(M)
    height = abs(determinant) / max(np.hypot(*where[1]), np.hypot(*where[3]), 1e-300)
    if height / pane.per_pixel[0] < 36 * pane.scale:
        return ()
    return (Label("area", area_role(determinant), where[2] / 2, f"area {show(determinant)}", is_centred=True),)


def moved_grid(M: Array, pane: PaneView) -> tuple[Mark, ...]:
    """The lines of the grid where M takes them."""
    step, least = grid_steps(pane)[0], CLOSEST * pane.scale * pane.per_pixel[0]
    return (Segments("moved grid", "moved_grid", np.concatenate(image_of_grid(M, step, pane.box, least)), "hair"),)
