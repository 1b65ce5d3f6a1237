"""The labs, in the order of their tabs: id and title; `LAB` stands in the module of that name."""

from mmlviz.core.shelf import Shelf

LABS = Shelf(
    "mmlviz.labs",
    {
        "matrix": "Matrix transformations",
        "eigen": "Eigenvectors",
        "sandpit": "Sandpit",
        "taylor": "Taylor",
        "taylor2": "Taylor, two variables",
        "pca": "PCA",
    },
)
