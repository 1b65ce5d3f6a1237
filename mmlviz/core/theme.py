"""Colours by role, from resources/themes/*.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache

from mmlviz.data import resource

NAMES = ("light", "dark")
SURFACES = ("background", "panel")
LINES = (
    "text", "axis", "moved_grid", "first", "second", "third", "input", "output", "positive", "negative", "special",
    "truth",
)  # fmt: skip
WORDS = ("text", "muted", "first", "second", "third", "input", "output", "positive", "negative", "special", "truth")
DECORATION = ("grid",)  # the fixed grid is exempt from the contrast rule
ROLES = tuple(dict.fromkeys((*SURFACES, *LINES, *WORDS, *DECORATION)))
CHROME = ("border", "field", "accent", "on_accent")  # of the window, not of pictures


@dataclass(frozen=True, slots=True)
class Theme:
    """A colour (#rrggbb) for every role; texts may be darker than lines of the same role."""

    name: str
    is_dark: bool
    colours: dict[str, str]
    texts: dict[str, str]
    classes: tuple[str, ...]  # ten colours for ten classes

    def line(self, role: str) -> str:
        """The colour of lines, areas and dots."""
        return self.colours[role]

    def text(self, role: str) -> str:
        """The colour of words."""
        return self.texts.get(role, self.colours[role])

    def mixed(self, role: str, share: float) -> str:
        """The role's colour thinned into the background, as an opaque colour."""
        return mix(self.colours["background"], self.colours[role], share)


@cache
def load(name: str) -> Theme:
    """Read resources/themes/NAME.toml; raises ValueError that names the roles it lacks or has too many."""
    table = tomllib.loads(resource(f"themes/{name}.toml").read_text("utf-8"))
    colours, texts = table["colours"], table.get("texts", {})
    wanted = {*ROLES, *CHROME}
    if set(colours) != wanted or not set(texts) <= wanted:
        odd = ", ".join(sorted(set(colours) ^ wanted | set(texts) - wanted))
        raise ValueError(f"themes/{name}.toml: these roles are missing or unknown: {odd}")
    return Theme(name, bool(table["is_dark"]), colours, texts, tuple(table["classes"]))


def rgb(colour: str) -> tuple[int, int, int]:
    """#rrggbb as three bytes."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(below: str, above: str, share: float) -> str:
    """above painted over below with that opacity."""
    channels = (round(b + (a - b) * share) for b, a in zip(rgb(below), rgb(above)))
    return "#" + "".join(f"{c:02x}" for c in channels)
