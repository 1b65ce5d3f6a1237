"""How the equations are held: groups of the panel, buttons from step to step, handles, and the table of a step."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from mmlviz.core import planar
from mmlviz.core.controls import XY, Button, Buttons, Choose, Click, Group, Handle, Play, Slider, Tick
from mmlviz.core.fields import Field, has_entry
from mmlviz.core.lab import Value
from mmlviz.core.layout import Plane, Space, Split
from mmlviz.core.options import Choice, Switch
from mmlviz.core.planar import COLUMN_ROLES as ROLES  # also of the equations, whatever row they have come to stand in
from mmlviz.core.table import Column, Row, Table
from mmlviz.core.view import Camera
from mmlviz.maths.number import Number
from mmlviz.models.matrix import RIGHTS, Result, State

Part = TypeVar("Part", Handle, Click)

TRIES = {
    2: "Press “Next step”. The lines move: which point stays where it is, and why?",
    3: "Press “Next step”. The planes move: which point stays where it is, and why?",
}  # by the number of unknowns
CAMERA = Camera(turn=-35.0, tilt=22.0, zoom=1.1)


def is_here(state: State, result: Result | None = None) -> bool:
    """Whether equations are shown."""
    return state.page == "equations"


def is_elsewhere(state: State, result: Result | None = None) -> bool:
    """Whether anything else is."""
    return state.page != "equations"


def has_lines(state: State) -> bool:
    """Whether each equation is a line, there being two unknowns."""
    return is_here(state) and state.size[1] == 2


def has_planes(state: State) -> bool:
    """Whether each equation is a plane, there being three unknowns."""
    return is_here(state) and state.size[1] == 3


def has_flat_columns(state: State) -> bool:
    """Whether the columns lie in a plane, there being two equations."""
    return is_here(state) and state.size[0] == 2


def has_columns_in_space(state: State) -> bool:
    """Whether the columns lie in space, there being three equations."""
    return is_here(state) and state.size[0] == 3


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


def _right_side(i: int) -> Slider:
    return Slider("b", (i,), low=-10, high=10, label=f"b{'₁₂₃'[i]}", role="output",
                  shown=lambda s: has_entry(s.b, (i,)), home=RIGHTS[3][i] if i == 2 else None)  # fmt: skip


RIGHT_SIDE = Group("Right-hand side b", tuple(map(_right_side, range(3))), shown=is_here)
ELIMINATION = Group(
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
)

FIELDS = (
    Field("b", "right-hand side b", shape=(2,), shapes=((2,), (3,)), help="what A x shall be, with as many numbers as A"
          " has rows"),
    Field("eliminated", "elimination", limits=(0, 1), help="how much of the elimination is done"),
    Choice("pivoting", "pivot", options=("largest", "first"),
           titles=("the largest of its column", "the first that is not 0"),
           help="which entry of a column becomes the pivot: the largest in size, or the first that is not 0"),
    Switch("with_inverse", "with the inverse", help="whether the identity goes through the same row operations"),
)  # fmt: skip

VALUES = (
    Value("solutions", "how many solutions A x = b has", "string",
          words=("one", "none", "infinitely many")),
    Value("solution", "a solution, the unknowns that are free being 0; null where there is none",
          "array of numbers or null"),
    Value("steps", "the row operations that lead to the reduced form", "array of strings"),
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
        return replace(state, b=(*state.b[:i], right, *state.b[i + 1 :]))

    def is_shown(state: State, result: Result) -> bool:
        if not (has_lines(state) and has_entry(state.b, (i,))):
            return False
        from mmlviz.labs.matrix import equations

        return equations.is_whole(state) and equations.intercept(state, i) is not None

    return Handle(f"line{i + 1}", f"equation {i + 1}, where its line crosses an axis", ROLES[i], at, moved,
                  "rows", shown=is_shown)  # fmt: skip


def _column_handle(j: int) -> Handle:
    return planar.column_handle(
        j, lambda s, r, k: (s.matrix[0][k], s.matrix[1][k]), f"column{j + 1}", pane="columns",
        shown=lambda s, r: has_flat_columns(s) and j < s.size[1],
    )  # fmt: skip


HANDLES = (
    *map(_line_handle, range(3)),
    Handle("b", "b, the right-hand side", "output", lambda s, r: s.b[:2], lambda s, xy: replace(s, b=xy), "columns",
           shown=lambda s, r: has_flat_columns(s)),
    *map(_column_handle, range(3)),
)  # fmt: skip


# The table --------------------------------------------------------------------------------------


def _columns(*unknowns: str) -> tuple[Column, ...]:
    return Column("row operation", 6, is_value=False), *(Column(name, 3) for name in (*unknowns, "= b"))


def rows(state: State, result: Result) -> Sequence[Row]:
    """The augmented matrix before and after the present step, or the last that is done, and all the others' names."""
    if not is_here(state):
        return ()
    from mmlviz.labs.matrix.elimination_words import operation

    system = state.system
    done, rest = system.at(state.eliminated.exact)
    current = done + (rest > 0)  # the step whose end is shown, counted from 1
    empty = ("",) * (system.unknowns + 1)
    shown = _matrix(state, max(current - 1, 0))
    if current:
        shown += (Row(("", *empty)), *_matrix(state, current))
    listed = (
        Row((f"{k + 1}.  {operation(step)}", *empty), "text" if k < done else "special" if k < current else "muted")
        for k, step in enumerate(system.steps)
    )
    return (*shown, Row(("", *empty)), *listed)


def _now(rows: Sequence[Row]) -> int | None:
    """The step that is going on in the list of all, or the last one that is done."""
    done = [k for k, row in enumerate(rows) if row.role in ("text", "special") and row.cells[0]]
    return done[-1] if done else None


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
            ROLES[origins[i]],
        )
        for i, row in enumerate(system.after(k))
    )  # fmt: skip


PANES = (
    Plane("rows", "A line for each equation", shown=has_lines),
    Space("planes", "A plane for each equation", CAMERA, shown=has_planes),
    Split(
        (
            Plane("columns", "b as a sum of the columns", weight=3, shown=has_flat_columns),
            Space("arrows", "b as a sum of the columns", CAMERA, weight=3, shown=has_columns_in_space,
                  takes_turns=True),
            Table("elimination", "The augmented matrix", _columns("x", "y"), rows, weight=2,
                  shown=has_lines, now=_now),
            Table("elimination3", "The augmented matrix", _columns("x", "y", "z"), rows,
                  weight=2, shown=has_planes, now=_now),
        ),
        is_column=True,
    ),
)  # fmt: skip
