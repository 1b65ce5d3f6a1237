"""States as text: links, files, presets and tests all use what `changed` says.

A link is mmlviz:matrix?matrix=1/2,-1;0,3/4&vector=3,2 with percent-decoding only (+ is plus).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from mmlviz.core.fields import Field
from mmlviz.core.lab import Lab
from mmlviz.core.shelf import titles
from mmlviz.core.strict import one_line
from mmlviz.maths.number import Problem

SCHEME = "mmlviz:"
LONGEST = 8000  # characters of a link; 200 dips with many digits take half of them
_SAFE = "/,;:+-.*^()!'@"


class BadLink(ValueError):
    """A link that cannot be read; its text is one line for a person."""


def texts(lab: Lab, state: Any) -> dict[str, str]:
    """Every field of a state as text."""
    return {f.name: f.write(getattr(state, f.name)) for f in lab.fields}


def changed(lab: Lab, state: Any) -> dict[str, str]:
    """The fields that differ from the opening state, as text."""
    opening = texts(lab, lab.opening)
    return {name: text for name, text in texts(lab, state).items() if text != opening[name]}


def read_state(lab: Lab, given: dict[str, str], version: int | None = None) -> Any:
    """The state with these fields, all others as in the opening state; raises BadLink, nothing half applied.

    Fields of an older version of the lab are taken through its steps first.
    """
    for step in lab.steps[(version or lab.version) - 1 :]:
        given = step(dict(given))
    values = {}
    for name, text in given.items():
        try:
            field = lab.field(name)
        except KeyError:
            known = ", ".join(f.name for f in lab.fields)
            raise BadLink(f"{lab.id}: there is no field '{one_line(name)}'; its fields are {known}") from None
        value = field.read(text)
        if isinstance(value, Problem):
            hints = [value.suggestion, "" if field.allowed in value.suggestion else f"allowed is {field.allowed}"]
            said = "; ".join([one_line(value.message, 120), *filter(None, hints)])
            raise BadLink(f"{lab.id}: {name}={one_line(text)}: {said}")
        values[name] = value
    state = lab.complete(replace(lab.opening, **values), values)
    if isinstance(state, Problem):
        raise BadLink(f"{lab.id}: {one_line(str(state))}")
    return state


def link(lab: Lab, state: Any) -> str:
    """The link that opens this state."""
    fields = "&".join(f"{name}={quote(text, safe=_SAFE)}" for name, text in changed(lab, state).items())
    version = f"&v={lab.version}" if lab.version > 1 else ""
    return f"{SCHEME}{lab.id}" + (f"?{fields}{version}" if fields else "")


def read_link(text: str, labs: Sequence[Lab]) -> tuple[Lab, Any]:
    """The lab and the state that a link names; raises BadLink."""
    body = text.strip().removeprefix(SCHEME)
    if len(body) > LONGEST:
        raise BadLink(f"the link has {len(body)} characters, at most {LONGEST} are read")
    name, _, query = body.partition("?")
    known = list(titles(labs))
    if name not in known:
        raise BadLink(f"there is no lab '{one_line(name)}'; the labs are {', '.join(known)}")
    lab = labs[known.index(name)]
    return lab, read_state(lab, *_read_fields(lab, query))


def _read_fields(lab: Lab, query: str) -> tuple[dict[str, str], int]:
    """The fields as text, and the version that they are of."""
    given: dict[str, str] = {}
    for part in query.split("&") if query else ():
        name, equals, value = part.partition("=")
        if not equals:
            raise BadLink(f"{lab.id}: '{one_line(part)}' is not of the form field=value")
        if name in given:
            raise BadLink(f"{lab.id}: the field {one_line(name)} is given twice")
        try:
            given[name] = unquote(value, errors="strict")
        except UnicodeDecodeError:
            raise BadLink(f"{lab.id}: {one_line(name)}={one_line(value)} is not percent-encoded UTF-8") from None
    version = given.pop("v", "1")
    if version not in {str(v) for v in range(1, lab.version + 1)}:
        raise BadLink(f"{lab.id}: the link has version '{one_line(version)}'; this program reads 1 to {lab.version}")
    return given, int(version)


def with_field(lab: Lab, state: Any, field: Field, value: object) -> Any | Problem:
    """The state with one field changed and the others made to fit it."""
    return lab.complete(replace(state, **{field.name: value}), [field.name])
