"""The labs, in the order of their tabs."""

from mmlviz.labs import eigen, matrix, pca, sandpit, taylor

LABS = (matrix.LAB, eigen.LAB, sandpit.LAB, taylor.LAB, pca.LAB)
