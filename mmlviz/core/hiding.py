"""Pictures without their values, for a teacher who asks before the answer shows."""

import re
from collections.abc import Sequence
from dataclasses import replace

from mmlviz.core.marks import Label, Label3, Mark, Texts

# What follows a name: an = or ≈, a colon, a ±, a place ("pole at −i"), or a number after a space.
_VALUE = re.compile(r"\s*(?:[=≈±]|:\s).*|\s+at\s.*|\s+[−+(]?\d.*", re.DOTALL)

_BARE = re.compile(r"[−+]?\d+(?:\.\d+°?|°)")  # 26.6°, 0.5; not the 7 that names a class


def named(text: str) -> str:
    """The name in a label, without what it says of it.

    >>> named("Aî = (3/2, −1/2)"), named("area 2.125"), named("2: −7.23 m"), named("null line"), named("90 %")
    ('Aî', 'area', '2', 'null line', '90 %')
    """
    return _VALUE.sub("", text, count=1) or text


def without_values(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The same marks with the names alone; those that say no value stay the very same objects.

    A label that is nothing but a value, such as that of an angle, is left out.
    """
    return tuple(_hidden(mark) for mark in marks if not _is_value(mark))


def _is_value(mark: Mark) -> bool:
    return isinstance(mark, (Label, Label3)) and (mark.is_answer or _BARE.fullmatch(mark.text) is not None)


def _hidden(mark: Mark) -> Mark:
    if isinstance(mark, (Label, Label3)) and named(mark.text) != mark.text:
        return replace(mark, text=named(mark.text))
    if isinstance(mark, Texts) and any(named(text) != text for text in mark.texts):
        return replace(mark, texts=tuple(map(named, mark.texts)))
    return mark
