"""How fast mmlviz is, beside the least that pyqtgraph needs: python -m bench."""

TABS = ("matrix", "eigen")  # in the order of the window
