"""How the equations are held: groups of the panel, buttons from step to step, handles, and the table of a step."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from mmlviz.core import planar
from mmlviz.core.controls import XY, Button, Buttons, Choose, Click, Group, Handle, Play, Slider, Tick
from mmlviz.core.fields import Field
from mmlviz.core.lab import Value
from mmlviz.core.layout import Plane, Split
from mmlviz.core.options import Choice, Switch
from mmlviz.core.table import Column, Row, Table
from mmlviz.maths.number import Number
from mmlviz.models.matrix import Result, State

ROLES = ("first", "second")  # of the equations, whatever row they have come to stand in
Part = TypeVar("Part", Handle, Click)

TRY = "Press “Next step”. The lines move: which point stays where it is, and why?"


def is_here(state: State, result: Result | None = None) -> bool:
    """Whether equations are shown."""
    return state.page == "equations"


def is_elsewhere(state: State, result: Result | None = None) -> bool:
    """Whether anything else is."""
    return state.page != "equations"


def elsewhere(part: Part) -> Part:
    """The handle or click, away from the page of equations only."""
    was = part.shown
    return replace(part, shown=lambda s, r: is_elsewhere(s) and was(s, r))


# From step to step ------------------------------------------------------------------------------


def _at(state: State, done: int) -> State:
    count = len(state.system.steps)
    return replace(state, eliminated=Number(str(Fraction(done, count)))) if count else state


def following(state: State) -> State:
    """The elimination at the end of the present step."""
    done, _ = state.system.at(state.eliminated.exact)
    return _at(state, done + 1) if done < len(state.system.steps) else state


def preceding(state: State) -> State:
    """The elimination at the beginning of the present step, or of the last one that is done."""
    whole, rest = state.system.at(state.eliminated.exact)
    done = whole + (rest > 0)
    return _at(state, done - 1) if done > 0 else state


GROUPS = (
    Group(
        "Right-hand side b",
        tuple(Slider("b", (i,), low=-10, high=10, label=f"b{'₁₂'[i]}", role="output") for i in (0, 1)),
        shown=is_here,
    ),
    Group(
        "Gaussian elimination",
        (
            Play("eliminated", seconds=6.0, ends=("A", "end"), stays=True),
            Buttons(
                (
                    Button("elimination.back", "Step back", preceding, "Take the last row operation back"),
                    Button("elimination.next", "Next step", following, "Do the next row operation", is_primary=True),
                )
            ),
            Choose("pivoting", "Pivot"),
            Tick("with_inverse", "With the inverse"),
        ),
        shown=is_here,
    ),
)

FIELDS = (
    Field("b", "right-hand side b", shape=(2,), help="what A x shall be"),
    Field("eliminated", "elimination", limits=(0, 1), help="how much of the elimination is done"),
    Choice("pivoting", "pivot", options=("largest", "first"),
           titles=("the largest of its column", "the first that is not 0"),
           help="which entry of a column becomes the pivot: the largest in size, or the first that is not 0"),
    Switch("with_inverse", "with the inverse", help="whether the identity goes through the same row operations"),
)  # fmt: skip

VALUES = (
    Value("solutions", "how many solutions A x = b has; null unless A is 2×2", "string or null",
          words=("one", "none", "infinitely many")),
    Value("solution", "a solution, the unknowns that are free being 0; null where there is none",
          "array of numbers or null"),
    Value("steps", "the row operations that lead to the reduced form; null unless A is 2×2",
          "array of strings or null"),
)  # fmt: skip


# The hand ---------------------------------------------------------------------------------------


def _line_handle(i: int) -> Handle:
    def at(state: State, result: Result) -> XY:
        from mmlviz.labs.matrix import equations  # loaded with the first equations

        found = equations.intercept(state, i)
        return (0.0, 0.0) if found is None else (float(found[0]), float(found[1]))

    def moved(state: State, xy: tuple[Number, Number]) -> State:
        """Along the axis alone: the coefficients stay, so the line keeps its direction."""
        a, b = state.matrix[i]
        right = Number.significant(a * xy[0] if abs(a) > abs(b) else b * xy[1], 6)
        if abs(right) > FIELDS[0].limits[1]:
            return state  # the line stays as far away as it may be
        return replace(state, b=(right, state.b[1]) if i == 0 else (state.b[0], right))

    def is_shown(state: State, result: Result) -> bool:
        if not is_here(state):
            return False
        from mmlviz.labs.matrix import equations

        return equations.is_whole(state) and equations.intercept(state, i) is not None

    return Handle(f"line{i + 1}", f"equation {i + 1}, where its line crosses an axis", ROLES[i], at, moved,
                  "rows", shown=is_shown)  # fmt: skip


def _column_handle(j: int) -> Handle:
    name = ("Aî, first column", "Aĵ, second column")[j]
    return Handle(
        f"column{j + 1}", name, ROLES[j], lambda s, r: (s.matrix[0][j], s.matrix[1][j]),
        lambda s, xy: planar.with_column(s, j, xy), "columns", shown=is_here,
    )  # fmt: skip


HANDLES = (
    *map(_line_handle, (0, 1)),
    Handle("b", "b, the right-hand side", "output", lambda s, r: s.b, lambda s, xy: replace(s, b=xy), "columns",
           shown=is_here),
    *map(_column_handle, (0, 1)),
)  # fmt: skip


# The table --------------------------------------------------------------------------------------

COLUMNS = (Column("row operation", 5, is_value=False), Column("x", 3), Column("y", 3), Column("= b", 3))


def rows(state: State, result: Result) -> Sequence[Row]:
    """The augmented matrix before and after the present step, or the last that is done, and all the others' names."""
    if not is_here(state):
        return ()
    from mmlviz.labs.matrix.elimination_words import operation

    system = state.system
    done, rest = system.at(state.eliminated.exact)
    current = done + (rest > 0)  # the step whose end is shown, counted from 1
    shown = _matrix(state, max(current - 1, 0))
    if current:
        shown += (Row(("",) * 4), *_matrix(state, current))
    listed = (
        Row((f"{k + 1}.  {operation(step)}", "", "", ""), "text" if k < done else "special" if k < current else "muted")
        for k, step in enumerate(system.steps)
    )
    return (*shown, Row(("",) * 4), *listed)


def _matrix(state: State, k: int) -> tuple[Row, ...]:
    """A row of the table for each row after k steps, that of the step named by its operation."""
    from mmlviz.labs.matrix.elimination_words import cell, known, operation, row_name

    system, names = state.system, known(state)
    origins = system.origins(k)
    step = system.steps[k - 1] if k else None
    return tuple(
        Row(
            (operation(step) if step is not None and i in step.rows[: 1 + (step.kind == "swap")] else row_name(i),
             *(cell(x, names) for x in row)),
            ROLES[origins[i] % 2],
        )
        for i, row in enumerate(system.after(k))
    )  # fmt: skip


PANES = (
    Plane("rows", "A line for each equation", shown=is_here),
    Split(
        (
            Plane("columns", "b as a sum of the columns", shown=is_here),
            Table("elimination", "The augmented matrix", COLUMNS, rows, shown=is_here),
        ),
        is_column=True,
    ),
)
