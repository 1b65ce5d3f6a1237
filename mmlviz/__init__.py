"""The mathematics of machine learning, moving under your hand."""

__version__ = "0.3.0"
