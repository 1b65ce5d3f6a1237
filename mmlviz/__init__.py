"""The mathematics of machine learning, moving under your hand."""

__version__ = "0.1.0"
