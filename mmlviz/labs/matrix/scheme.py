"""Where the entries of a product come from: its factors stand around it, each entry where its row and column cross.

S. Falk, Ein übersichtliches Schema für die Matrizenmultiplikation, ZAMM 31 (1951).
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from mmlviz.core import formula as f
from mmlviz.core.controls import XY
from mmlviz.core.lab import Hint
from mmlviz.core.marks import Curve, Label, Mark, Polygon, kept
from mmlviz.labs.matrix.elimination_words import LOW, cell, number, written
from mmlviz.maths.composition import Composition
from mmlviz.maths.lattice import Box
from mmlviz.maths.number import Number
from mmlviz.maths.products import brief, joined
from mmlviz.maths.rational import Matrix, identity, shape
from mmlviz.models.matrix import State

ACROSS, UP = 1.0, 0.7  # sides of a cell, at least
LETTER = 0.2  # of a side: room for a letter of an entry
GAP = 0.9  # of a cell, between the factors and their product
BELOW = 0.8  # of a cell, from the lower edge of the product to its sum
AIR = 1.0  # around all of it
RIM = 0.07  # between what is lit and its brackets
LIP = 0.14  # how far brackets reach inwards
MOST = 44  # letters of a sum that is written in the picture
LONGEST = 7  # characters of a product that stands beside its block; a longer one is left out

Place = Callable[[int, int], XY]


class Multiplication(NamedTuple):
    """Two matrices and their product, exactly, with their names."""

    left: Matrix
    right: Matrix
    product: Matrix
    names: tuple[str, str, str]

    @property
    def grid(self) -> "Grid":
        """Where all entries stand."""
        return _grid(self)

    def terms(self, i: int, j: int) -> list[tuple[Fraction, Fraction]]:
        """The numbers that are multiplied for entry (i, j), and added."""
        return [(self.left[i][k], self.right[k][j]) for k in range(len(self.right))]


def multiplication(state: State) -> Multiplication:
    """The one in progress, or the last that was done: a factor times all to its right. One factor alone: times I."""
    return _multiplication(state.composition, float(state.t))


@lru_cache(maxsize=4)
def _multiplication(found: Composition, t: float) -> Multiplication:
    done, share = found.at(t)
    count = len(found.factors)
    step = min(max(done + (share > 0), 2), count)  # how many factors the product has
    factor = found.factors[count - step]
    if step == 1:
        return Multiplication(found.own[-1], identity(shape(found.own[-1])[1]), found.own[-1], (brief(factor), "I", ""))
    right = found.own[-1] if step == 2 else found.partial[step - 2]
    names = brief(factor), _joined(found, step - 1), "M" if step == count else _joined(found, step)
    return Multiplication(found.own[count - step], right, found.partial[step - 1], names)


def _joined(found: Composition, step: int) -> str:
    """The name of the product of the last factors."""
    return brief(joined(found.factors[len(found.factors) - step :]))


class Grid(NamedTuple):
    """The first entry of the product is at 0; the left factor (m, k) stands left of it, the right one (k, n) above."""

    m: int
    k: int
    n: int
    across: float  # how wide a cell is

    @property
    def up(self) -> float:
        """How high a cell is: wide ones are seen from farther away, and their letters stay as large."""
        return max(UP, self.across / 2)

    def product(self, i: int, j: int) -> XY:
        """The middle of entry (i, j) of the product."""
        return j * self.across, -i * self.up

    def left(self, i: int, k: int) -> XY:
        """The middle of entry (i, k) of the left factor."""
        return (k - self.k) * self.across - GAP, -i * self.up

    def right(self, k: int, j: int) -> XY:
        """The middle of entry (k, j) of the right factor."""
        return j * self.across, (self.k - k + GAP) * self.up

    def around(self, first: XY, last: XY) -> Box:
        """The box of all cells from the first, at the upper left, to the last."""
        half, high = self.across / 2, self.up / 2
        return first[0] - half, last[0] + half, last[1] - high, first[1] + high

    def entry(self, xy: XY) -> tuple[int, int] | None:
        """The entry of the product whose cell a point is in."""
        i, j = round(-xy[1] / self.up), round(xy[0] / self.across)
        return (i, j) if 0 <= i < self.m and 0 <= j < self.n else None


@lru_cache(maxsize=4)
def _grid(made: Multiplication) -> Grid:
    """The longest entry says how wide all cells are."""
    longest = max(len(cell(x)) for M in (made.left, made.right, made.product) for row in M for x in row)
    return Grid(len(made.left), len(made.right), len(made.right[0]), max(ACROSS, longest * LETTER))


# The picture ------------------------------------------------------------------------------------


def draw(state: State) -> tuple[Mark, ...]:
    """The two factors and their product; the chosen entry, its row and its column are lit."""
    made = multiplication(state)
    return (*lit(made, *chosen(state)), *_matrices(made))


def chosen(state: State) -> tuple[int, int]:
    """The entry of the product whose sum is shown, counted from 0; the last one where it is beyond."""
    made = multiplication(state).grid
    i, j = (int(x) - 1 for x in state.entry)
    return min(i, made.m - 1), min(j, made.n - 1)


@lru_cache(maxsize=4)
def _matrices(made: Multiplication) -> tuple[Mark, ...]:
    at = made.grid
    return kept(
        *_block("left", "first", made.left, at.left, made.names[0], at),
        *_block("right", "second", made.right, at.right, made.names[1], at),
        *_block("product", "output", made.product, at.product, made.names[2], at),
    )


def _block(key: str, role: str, matrix: Matrix, place: Place, name: str, at: Grid) -> tuple[Mark, ...]:
    """The entries of a matrix in brackets, with its name and shape under it or over it."""
    m, n = shape(matrix)
    x0, x1, y0, y1 = at.around(place(0, 0), place(m - 1, n - 1))
    entries = (_entry(key, role, place, (i, j), x) for i, row in enumerate(matrix) for j, x in enumerate(row))
    said = f"{name}  {m}×{n}" if 0 < len(name) <= LONGEST else f"{m}×{n}"
    under, over = np.array([(x0 + x1) / 2, y0]), np.array([(x0 + x1) / 2, y1])
    where, side = (over, (0.0, 1.0)) if key == "right" else (under, (0.0, -1.0))
    return (_brackets(key, role, (x0, x1, y0, y1)), *entries, Label(f"{key} name", role, where, said, side))


def _entry(key: str, role: str, place: Place, ij: tuple[int, int], x: Fraction) -> Mark:
    name, at, is_answer = f"{key} {ij[0] + 1} {ij[1] + 1}", np.array(place(*ij)), key == "product"
    return Label(name, role, at, cell(x), is_centred=True, is_bare=True, is_answer=is_answer)


def _brackets(key: str, role: str, box: Box) -> Mark:
    x0, x1, y0, y1 = box
    left = [(x0 + LIP, y1), (x0, y1), (x0, y0), (x0 + LIP, y0)]
    right = [(x1 - LIP, y1), (x1, y1), (x1, y0), (x1 - LIP, y0)]
    return Curve(f"{key} brackets", role, np.array([*left, (np.nan, np.nan), *right]), "line")


@lru_cache(maxsize=16)
def lit(made: Multiplication, i: int, j: int) -> tuple[Mark, ...]:
    """Row i of the left factor, column j of the right one, and the entry where they cross, with its sum."""
    at = made.grid
    middle = (at.left(0, 0)[0] + at.product(0, at.n - 1)[0]) / 2
    below = at.product(at.m - 1, 0)[1] - (0.5 + BELOW) * at.up
    return kept(
        _light("row", "first", at.left(i, 0), at.left(i, at.k - 1), at),
        _light("column", "second", at.right(0, j), at.right(at.k - 1, j), at),
        _light("entry", "output", at.product(i, j), at.product(i, j), at),
        Label("sum", "text", np.array([middle, below]), f"{_name(i, j)} = {total(made, i, j)}", (0.0, -1.0)),
    )


def _light(key: str, role: str, first: XY, last: XY, at: Grid) -> Mark:
    x0, x1, y0, y1 = at.around(first, last)
    corners = [(x0 + RIM, y0 + RIM), (x1 - RIM, y0 + RIM), (x1 - RIM, y1 - RIM), (x0 + RIM, y1 - RIM)]
    return Polygon(f"lit {key}", role, np.array(corners))


def box(state: State) -> Box:
    """All three matrices with their names."""
    at = multiplication(state).grid
    x0, y1 = at.left(0, 0)[0], at.right(0, 0)[1]
    x1, y0 = at.product(at.m - 1, at.n - 1)
    x0, x1, y0, y1 = at.around((x0, y1), (x1, y0))
    return x0 - AIR, x1 + AIR, y0 - (AIR + BELOW) * at.up, y1 + AIR * at.up


def hover(state: State, xy: XY) -> Hint | str:
    """The entry under the pointer: its row and column light up, and its sum is told."""
    made = multiplication(state)
    found = made.grid.entry(xy)
    if found is None:
        return "Point at an entry of the product: its row, its column and the sum light up."
    return Hint(f"{_name(*found)} = {total(made, *found)}", marks=lit(made, *found))


def _name(i: int, j: int) -> str:
    """m₁₂."""
    return f"m{f'{i + 1}{j + 1}'.translate(LOW)}"


def total(made: Multiplication, i: int, j: int) -> str:
    """1·2 + 3·(−4) = −10."""
    pairs = [(written(a)[0], written(b)[0]) for a, b in made.terms(i, j)]
    terms = " + ".join(f"{a if k == 0 else _bracketed(a)}·{_bracketed(b)}" for k, (a, b) in enumerate(pairs))
    value, is_all = written(made.product[i][j])
    if len(terms) > MOST:
        return f"… {'=' if is_all else '≈'} {value}"  # which the formula has in full
    exact = is_all and all(written(x)[1] for pair in made.terms(i, j) for x in pair)
    return f"{terms} {'=' if exact else '≈'} {value}"


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def node(state: State) -> f.Node:
    """m₁₂ = Σ a₁ₖ b₍ₖ₂₎ with its numbers, in a formula."""
    made, (i, j) = multiplication(state), chosen(state)
    parts: list[f.Node | str] = []
    for a, b in made.terms(i, j):
        first = f.Brackets(number(a)) if a < 0 and parts else number(a)
        parts += ["+"] if parts else []
        second = number(b)
        parts += [f.Coloured("first", first), "·",
                  f.Coloured("second", f.Brackets(second) if b < 0 else second)]  # fmt: skip
    exact = all(written(x)[1] for pair in (*made.terms(i, j), (made.product[i][j],)) for x in pair)
    name = f.Sub(f.Symbol("m"), f.Text(f"{i + 1}{j + 1}"))
    return f.row(name, "=", *parts, "=" if exact else "≈", f.Coloured("output", number(made.product[i][j])))


def choose(state: State, xy: tuple[Number, Number]) -> State:
    """The state with the entry chosen whose cell a point is in."""
    found = multiplication(state).grid.entry((float(xy[0]), float(xy[1])))
    return state if found is None else replace(state, entry=(Number(str(found[0] + 1)), Number(str(found[1] + 1))))
