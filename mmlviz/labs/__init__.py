"""The labs, in the order of their tabs."""

from mmlviz.labs import eigen, matrix

LABS = (matrix.LAB, eigen.LAB)
