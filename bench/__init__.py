"""How fast mmlviz is, beside the least that pyqtgraph needs: python -m bench."""
