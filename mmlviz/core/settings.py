"""What a person has chosen for all windows, as a readable file."""

import json
from dataclasses import asdict, dataclass

from mmlviz.core.strict import BadFile, parse
from mmlviz.core.theme import NAMES

FORMAT = 1
RECENT = 9  # files that are remembered


@dataclass(frozen=True, slots=True)
class Settings:
    """Theme, size, cursor, and the session files that were open, newest first."""

    theme: str = NAMES[0]
    is_projector: bool = False
    has_big_cursor: bool = False
    recent: tuple[str, ...] = ()


def write(settings: Settings) -> str:
    """The text of the file."""
    return json.dumps({"format": FORMAT, **asdict(settings)}, ensure_ascii=False, indent=1) + "\n"


def read(raw: bytes) -> Settings:
    """The settings in a file; raises BadFile."""
    part = parse(raw)
    part.whole("format", FORMAT, FORMAT)
    opening = Settings()
    theme = part.text("theme") if "theme" in part else opening.theme
    if theme not in NAMES:
        raise BadFile(f"there is no theme '{theme}'; the themes are {', '.join(NAMES)}")
    settings = Settings(
        theme,
        bool(part.flag("is_projector", opening.is_projector)),
        bool(part.flag("has_big_cursor", opening.has_big_cursor)),
        part.texts("recent")[:RECENT] if "recent" in part else (),
    )
    part.done()
    return settings
