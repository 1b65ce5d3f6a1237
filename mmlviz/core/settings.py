"""What a person has chosen for all windows, as a readable file."""

import json
from dataclasses import asdict, dataclass, fields, replace

from mmlviz.core.strict import BadFile, one_line, parse
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
    text = json.dumps({"format": FORMAT, **asdict(settings)}, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "backslashreplace").decode()  # a path need not be UTF-8


def merged(there: Settings, before: Settings, now: Settings) -> Settings:
    """What another copy has chosen, with what has been changed here since `before`."""
    chosen = {f.name: getattr(now, f.name) for f in fields(now) if getattr(now, f.name) != getattr(before, f.name)}
    if chosen.get("recent"):
        chosen["recent"] = tuple(dict.fromkeys((*now.recent, *there.recent)))[:RECENT]
    return replace(there, **chosen)


def read(raw: bytes) -> Settings:
    """The settings in a file; raises BadFile."""
    part = parse(raw)
    part.whole("format", FORMAT, FORMAT)
    opening = Settings()
    theme = part.text("theme") if "theme" in part else opening.theme
    if theme not in NAMES:
        raise BadFile(f"there is no theme '{one_line(theme)}'; the themes are {', '.join(NAMES)}")
    settings = Settings(
        theme,
        bool(part.flag("is_projector", opening.is_projector)),
        bool(part.flag("has_big_cursor", opening.has_big_cursor)),
        part.texts("recent")[:RECENT] if "recent" in part else (),
    )
    part.done()
    return settings
