"""How fast mmlviz is, beside the least that pyqtgraph needs: python -m bench."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drive:
    """What is driven: a state of a tab, and the two sliders that move it."""

    link: str
    sliders: tuple[str, str]

    @property
    def tab(self) -> str:
        """The id of the tab."""
        return self.link.removeprefix("mmlviz:").partition("?")[0]


TABS = ("matrix", "eigen", "sandpit", "taylor", "taylor2", "pca")  # in the order of the window

# Each tab as it opens, but the sandpit with all that it can show; every slider changes the picture.
DRIVES = {
    "matrix": Drive("mmlviz:matrix", ("matrix.matrix.0.0", "matrix.matrix.1.0")),
    "eigen": Drive("mmlviz:eigen", ("eigen.matrix.0.0", "eigen.matrix.1.0")),
    "sandpit": Drive("mmlviz:sandpit?mode=practice&pit=random", ("sandpit.start.0", "sandpit.start.1")),
    "taylor": Drive("mmlviz:taylor?plane=no", ("taylor.centre", "taylor.order")),
    "taylor2": Drive("mmlviz:taylor2", ("taylor2.centre.0", "taylor2.order")),
    "pca": Drive("mmlviz:pca?points=1797", ("pca.tilt", "pca.spread.0")),
    "digits": Drive("mmlviz:pca?data=digits", ("pca.k", "pca.sample")),
}
# What no floor scene shows: tabs with all that they have. Only their times are judged.
ALONE = {
    "taylor_all": Drive(
        "mmlviz:taylor?order=30&table=yes&steps=yes&widths=yes&ghosts=yes", ("taylor.centre", "taylor.probe")
    ),
    "product_all": Drive(
        "mmlviz:matrix?page=product&shape=bear&before=yes&scheme=yes", ("matrix.matrix.0.0", "matrix.matrix.1.0")
    ),
    "planes_all": Drive(
        "mmlviz:matrix?page=equations&matrix=1,2,-1;2,1,1;-1,1,2&b=2,7,3&eliminated=1/2",
        ("matrix.matrix.0.0", "matrix.matrix.1.0"),
    ),
}
CROWD = Drive("mmlviz:pca?points=70000", ("pca.tilt", "pca.spread.0"))  # to be compared with DRIVES["pca"]
