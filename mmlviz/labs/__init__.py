"""The labs, in the order of their tabs."""

from mmlviz.labs import eigen, matrix, sandpit

LABS = (matrix.LAB, eigen.LAB, sandpit.LAB)
