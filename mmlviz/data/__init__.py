"""Built-in data sets and clouds of points. No Qt here, no network."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """The path of a data file: in the wheel inside the package, in a checkout beside it."""
    inside = _PACKAGE / "resources" / "data" / name
    return inside if inside.exists() else _PACKAGE.parent / "resources" / "data" / name
