"""Numbers as other programs copy them: numpy, MATLAB, spreadsheets, plain rows."""

import re

from mmlviz.core.fields import Field
from mmlviz.maths.number import Problem

_OPENING = re.compile(r"(?:\w+\s*=\s*)?(?:(?:np|numpy)\s*\.\s*)?(?:array|matrix|asarray)?")
LONGEST = 2000


def read_numbers(text: str) -> list[list[str]] | None:
    """Rows of number texts, or None when the text does not look like numbers.

    Reads array([[1, 2], [3, 4]]) and its repr without commas, [1 2; 3 4], tabs and lines, 1/2,-1;0,3/4.
    """
    if len(text) > LONGEST:
        return None
    body = re.sub(r",?\s*dtype\s*=\s*[\w.']+", "", text.strip())
    body = _OPENING.sub("", body, count=1)
    rows = [row for row in re.split(r"\]\s*,?\s*\[|;|\n", body) if re.search(r"[^\s\[\](),]", row)]
    table = [[cell for cell in re.split(r"[\s,]+", re.sub(r"[\[\]()]", " ", row).strip()) if cell] for row in rows]
    return table or None


def paste(text: str, fields: tuple[Field, ...]) -> tuple[Field, object] | Problem:
    """The field that pasted numbers fill, by their shape, with its value; a sentence when none fits."""
    table = read_numbers(text)
    if table is None:
        return Problem(0, len(text), "the clipboard holds no numbers and no link")
    shape = (len(table), len(table[0])) if len({len(row) for row in table}) == 1 else None
    for field in fields:
        if field.shape == shape:
            return _filled(field, ";".join(",".join(row) for row in table))
        if len(field.shape) == 1 and shape in {(1, field.shape[0]), (field.shape[0], 1)}:
            return _filled(field, ",".join(cell for row in table for cell in row))
    fitting = " or ".join(f"a {f.type}" for f in fields if f.shape)
    found = f"{shape[0]}×{shape[1]} numbers" if shape else "rows of different lengths"
    return Problem(0, len(text), f"the clipboard holds {found}; this tab takes {fitting}")


def _filled(field: Field, text: str) -> tuple[Field, object] | Problem:
    value = field.read(text)
    return value if isinstance(value, Problem) else (field, value)
