"""Where a typed formula is singular in the complex plane, how far its Taylor series converge, where graphs break."""

from mmlviz.maths.singularities.convergence import Radius, Singularity, listed, radius
from mmlviz.maths.singularities.features import Feature, real_features

__all__ = ["Feature", "Radius", "Singularity", "listed", "radius", "real_features"]
