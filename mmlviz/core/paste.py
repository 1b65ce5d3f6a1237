"""Numbers as other programs copy them: numpy, MATLAB, spreadsheets, plain rows."""

import re
from decimal import Decimal, InvalidOperation

from mmlviz.core.fields import Field
from mmlviz.maths.number import Problem, read_number

LONGEST = 2000

# np.array(, Matrix(, tensor(, and A = before it.
_OPENING = re.compile(r"(?:[A-Za-z_]\w*\s*=\s*)?(?:[A-Za-z_][\w.\s]*(?=[(\[]))?")
_ENDING = re.compile(r",?\s*(?:dtype|device)\s*=\s*[\w.':]+")
_LATEX = re.compile(r"\\(?:begin|end)\s*\{[^}]*\}|\\(?:left|right)\b")
_SCALE = re.compile(r"\s*(\d+\.?\d*[eE][+-]?\d{1,3})\s*\*\s*")  # MATLAB's 1.0e+03 * before the rows
_ROWS = re.compile(r"\]\s*,?\s*\[|;|\n")


def read_numbers(text: str) -> list[list[str]] | None:
    """Rows of number texts, or None when the text does not look like numbers.

    Reads array([[1, 2], [3, 4]]) and its repr without commas, [1 2; 3 4], {{1, 2}, {3, 4}}, a LaTeX pmatrix,
    tabs and lines, 1/2,-1;0,3/4.
    """
    if len(text) > LONGEST or not any(c.isdigit() for c in text):
        return None
    body = _LATEX.sub(" ", text.strip()).replace("\\\\", ";").replace("&", ",")
    body = _ENDING.sub("", body.translate(str.maketrans("{}", "[]")))
    body = _OPENING.sub("", body, count=1)
    scale = _SCALE.match(body)
    rows = [row for row in _ROWS.split(body[scale.end() :] if scale else body) if re.search(r"[^\s\[\](),]", row)]
    cells = [[_cell(cell, scale[1] if scale else "") for cell in _cells(row)] for row in rows]
    return cells or None


def _cells(row: str) -> list[str]:
    """A spreadsheet separates by tabs alone: a comma in its cells is for the reader of numbers to refuse."""
    bare = re.sub(r"[\[\]()]", " ", row).strip()
    return [cell.strip() for cell in re.split(r"\t+" if "\t" in bare else r"[\s,]+", bare) if cell.strip()]


def _cell(text: str, scale: str) -> str:
    """numpy's 1. as 1; with MATLAB's common factor multiplied in."""
    text = re.sub(r"\.(?=$|/)", "", text)
    try:
        return f"{(Decimal(text) * Decimal(scale)).normalize():f}" if scale else text
    except InvalidOperation:
        return text


def paste(text: str, fields: tuple[Field, ...]) -> tuple[Field, object] | Problem:
    """The field that pasted numbers fill, by their shape, with its value; a sentence when none fits."""
    table = read_numbers(text)
    if table is None:
        return Problem(0, len(text), "the clipboard holds no numbers and no link")
    shape = (len(table), len(table[0])) if len({len(row) for row in table}) == 1 else None
    for cell in (cell for row in table for cell in row):
        if isinstance(problem := read_number(cell), Problem):
            return problem  # a decimal comma, say: more to the point than the shape
    for field in fields:
        if shape in field.all_shapes:
            return _filled(field, ";".join(",".join(row) for row in table))
        if shape in {lying for (n,) in (s for s in field.all_shapes if len(s) == 1) for lying in ((1, n), (n, 1))}:
            return _filled(field, ",".join(cell for row in table for cell in row))
    fitting = " or ".join(f"a {f.type}" for f in fields if f.shape) or "no numbers just now"
    found = f"{shape[0]}×{shape[1]} numbers" if shape else "rows of different lengths"
    return Problem(0, len(text), f"the clipboard holds {found}; this tab takes {fitting}")


def _filled(field: Field, text: str) -> tuple[Field, object] | Problem:
    value = field.read(text)
    return value if isinstance(value, Problem) else (field, value)
