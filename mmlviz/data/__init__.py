"""What is shipped beside the code: the place of its files, and the built-in data sets. No Qt here, no network."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(name: str) -> Path:
    """The path of a shipped file, such as themes/light.toml: in the wheel inside the package, else beside it."""
    inside = _PACKAGE / "resources" / name
    return inside if inside.exists() else _PACKAGE.parent / "resources" / name
