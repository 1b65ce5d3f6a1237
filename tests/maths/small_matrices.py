"""Matrices from 1×1 to 4×4 as a person would type them, with what each is, written down by hand.

The word is what `kinds.kind` says ("" where it is not asked), the rank is exact, and the last word is about
eigenvectors: whether there is a real "basis" of them, or the matrix is "defective" or has a "complex" pair.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
import sympy

from mmlviz.maths.number import Number
from mmlviz.maths.rational import Matrix, exact


class Small(NamedTuple):
    """A matrix as typed, its kind, its rank and its eigenvectors."""

    text: str
    word: str
    rank: int
    eigen: str = ""

    @property
    def rows(self) -> tuple[tuple[Number, ...], ...]:
        """The matrix in the program's own numbers."""
        return tuple(tuple(Number(x) for x in row.split(",")) for row in self.text.split(";"))

    @property
    def A(self) -> Matrix:
        """In fractions."""
        return exact(self.rows)

    @property
    def sympy(self) -> sympy.Matrix:
        """The matrix in sympy's exact numbers, read from the text by sympy itself."""
        return sympy.Matrix([[_symbol(x) for x in row.split(",")] for row in self.text.split(";")])

    @property
    def is_rational(self) -> bool:
        return "√" not in self.text

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.rows[0])


def _symbol(text: str) -> sympy.Expr:
    root = re.fullmatch(r"(-?)√(\d+)(?:/(\d+))?", text)
    if root is None:
        return sympy.Rational(text)
    return (-1 if root[1] else 1) * sympy.sqrt(int(root[2])) / int(root[3] or 1)


_LISTED = """
# The course: solving with the inverse, bases, shadows, mirrors.
1,1,1;3,2,1;2,1,2              | general                    | 3 | basis
1,0,-4/12;0,1,3/12             | space onto the plane       | 2
1,0,1/3;0,1,-1/4;0,0,0         | projection onto a plane    | 2 | basis
3,6,7;8,9,0;1,5,2              | general                    | 3 | complex
1,2,3;4,5,6;7,8,9              | singular                   | 2 | basis
1,2,3,4;5,6,7,8;9,10,11,12;13,14,15,16 |                    | 2
2,1,0,0;1,2,1,0;0,1,2,1;0,0,1,2 |                           | 4
0,1,0,0;0,0,1,0;0,0,0,1;1,0,0,0 |                           | 4
1,2,3,4;2,4,6,8;0,0,1,1;1,2,4,5 |                           | 2
.1,.2,.3,.4;.2,.4,.6,.8;.3,.6,.9,1.2;.4,.8,1.2,1.6 |        | 1
7,5,3;3,2,-5;1,2,1             | general                    | 3 | complex
# The plainest.
1,0,0;0,1,0;0,0,1              | identity                   | 3 | basis
0,0,0;0,0,0;0,0,0              | zero                       | 0 | basis
2,0,0;0,2,0;0,0,2              | scaling                    | 3 | basis
-1,0,0;0,-1,0;0,0,-1           | scaling                    | 3 | basis
1e-8,0,0;0,1e-8,0;0,0,1e-8     | scaling                    | 3 | basis
1,0,0;0,2,0;0,0,3              | scaling                    | 3 | basis
1,0,0;0,1e-8,0;0,0,1e8         | scaling                    | 3 | basis
1e-100,0,0;0,1,0;0,0,1e100     | scaling                    | 3 | basis
2,0,0;0,2,0;0,0,5              | scaling                    | 3 | basis
2,0,0;0,0,0;0,0,5              | singular                   | 2 | basis
# Rotations, mirrors, and both.
0,-1,0;1,0,0;0,0,1             | rotation                   | 3 | complex
1,0,0;0,0,-1;0,1,0             | rotation                   | 3 | complex
0,0,1;0,1,0;-1,0,0             | rotation                   | 3 | complex
0,0,1;1,0,0;0,1,0              | rotation                   | 3 | complex
-1,0,0;0,-1,0;0,0,1            | rotation                   | 3 | basis
1,0,0;0,-1,0;0,0,-1            | rotation                   | 3 | basis
3/5,-4/5,0;4/5,3/5,0;0,0,1     | rotation                   | 3 | complex
2/3,-1/3,2/3;2/3,2/3,-1/3;-1/3,2/3,2/3 | rotation           | 3 | complex
-1/3,2/3,2/3;2/3,-1/3,2/3;2/3,2/3,-1/3 | rotation           | 3 | basis
√2/2,-√2/2,0;√2/2,√2/2,0;0,0,1 | rotation                   | 3 | complex
√3/2,0,1/2;0,1,0;-1/2,0,√3/2   | rotation                   | 3 | complex
1,0,0;0,1,0;0,0,-1             | reflection                 | 3 | basis
0,1,0;1,0,0;0,0,1              | reflection                 | 3 | basis
0,0,1;0,1,0;1,0,0              | reflection                 | 3 | basis
7/9,-4/9,-4/9;-4/9,1/9,-8/9;-4/9,-8/9,1/9 | reflection      | 3 | basis
1/3,-2/3,-2/3;-2/3,1/3,-2/3;-2/3,-2/3,1/3 | reflection      | 3 | basis
0,-1,0;1,0,0;0,0,-1            | rotoreflection             | 3 | complex
-3/5,4/5,0;-4/5,-3/5,0;0,0,-1  | rotoreflection             | 3 | complex
0,0,-1;-1,0,0;0,-1,0           | rotoreflection             | 3 | complex
# Projections: A² = A.
1,0,0;0,1,0;0,0,0              | projection onto a plane    | 2 | basis
1,0,0;0,0,0;0,0,0              | projection onto a line     | 1 | basis
1/3,1/3,1/3;1/3,1/3,1/3;1/3,1/3,1/3 | projection onto a line | 1 | basis
2/3,-1/3,-1/3;-1/3,2/3,-1/3;-1/3,-1/3,2/3 | projection onto a plane | 2 | basis
1,0,5;0,1,7;0,0,0              | projection onto a plane    | 2 | basis
1,2,3;0,0,0;0,0,0              | projection onto a line     | 1 | basis
1,0,0;2,0,0;3,0,0              | projection onto a line     | 1 | basis
1,0,1e6;0,1,0;0,0,0            | projection onto a plane    | 2 | basis
1/2,1/2,0;1/2,1/2,0;0,0,1      | projection onto a plane    | 2 | basis
.36,.48,0;.48,.64,0;0,0,0      | projection onto a line     | 1 | basis
# Nilpotent: some power is 0.
0,1,0;0,0,0;0,0,0              | nilpotent                  | 1 | defective
0,1,2;0,0,3;0,0,0              | nilpotent                  | 2 | defective
0,0,0;4,0,0;5,6,0              | nilpotent                  | 2 | defective
0,0,1e-8;0,0,0;0,0,0           | nilpotent                  | 1 | defective
2,-1,0;4,-2,0;0,0,0            | nilpotent                  | 1 | defective
5,-3,2;15,-9,6;10,-6,4         | nilpotent                  | 1 | defective
# Shears: all slide along one direction, a plane stays.
1,1,0;0,1,0;0,0,1              | shear                      | 3 | defective
1,0,2;0,1,0;0,0,1              | shear                      | 3 | defective
1,0,2;0,1,3;0,0,1              | shear                      | 3 | defective
1,0,0;0,1,0;1/3,0,1            | shear                      | 3 | defective
2,-1,0;1,0,0;0,0,1             | shear                      | 3 | defective
1,1e6,0;0,1,0;0,0,1            | shear                      | 3 | defective
2,1,-2;1,2,-2;1,1,-1           | shear                      | 3 | defective
# Symmetric and skew-symmetric.
2,1,0;1,2,1;0,1,2              | symmetric                  | 3 | basis
2,-1,0;-1,2,-1;0,-1,2          | symmetric                  | 3 | basis
1,2,3;2,4,5;3,5,6              | symmetric                  | 3 | basis
0,1,1;1,0,1;1,1,0              | symmetric                  | 3 | basis
1e8,1,0;1,1e-7,0;0,0,1         | symmetric                  | 3 | basis
1,1/2,1/3;1/2,1/3,1/4;1/3,1/4,1/5 | symmetric               | 3 | basis
1,1,1;1,1,1;1,1,1              | singular                   | 1 | basis
1,2,3;2,4,6;3,6,9              | singular                   | 1 | basis
√2,1,0;1,√2,0;0,0,1            | symmetric                  | 3 | basis
0,-3,2;3,0,-1;-2,1,0           | skew-symmetric             | 2 | complex
0,1,0;-1,0,0;0,0,0             | skew-symmetric             | 2 | complex
0,1e-8,0;-1e-8,0,1e8;0,-1e8,0  | skew-symmetric             | 2 | complex
# Triangular.
1,2,3;0,4,5;0,0,6              | upper triangular           | 3 | basis
1,0,0;2,3,0;4,5,6              | lower triangular           | 3 | basis
2,1,0;0,2,0;0,0,3              | upper triangular           | 3 | defective
2,0,0;1,2,0;0,0,3              | lower triangular           | 3 | defective
2,1,0;0,2,1;0,0,2              | upper triangular           | 3 | defective
1,1,0;0,1,1;0,0,1              | upper triangular           | 3 | defective
1,1,0;0,1.000000001,0;0,0,2    | upper triangular           | 3 | basis
√2,1,0;0,√2,0;0,0,1            | upper triangular           | 3 | defective
1,0,1;0,2,0;0,0,1              | upper triangular           | 3 | defective
1,1e8,0;0,1e-8,0;0,0,1         | upper triangular           | 3 | basis
# Singular ones.
.1,.7,0;.3,2.1,0;0,0,1         | singular                   | 2 | basis
.1,.2,.3;.4,.5,.6;.7,.8,.9     | singular                   | 2 | basis
1,2,3;2,4,6;1,1,1              | singular                   | 2 | basis
1,2,0;2,4,0;0,0,0              | singular                   | 1 | basis
0,0,0;0,0,0;1,1,1              | projection onto a line     | 1 | basis
1/7,2/7,3/7;2/7,4/7,6/7;1/3,1/5,1/9 | singular              | 2 | basis
1e8,1,0;1,1e-8,0;0,0,1         | singular                   | 2 | basis
√2,2,0;1,√2,0;0,0,1            | singular                   | 2 | basis
√2,2,√6;1,√2,√3;0,0,0          | singular                   | 1 | basis
0,1,0;0,0,0;0,0,1              | singular                   | 2 | defective
0,1,2;0,0,3;0,0,7              | singular                   | 2 | defective
1,-1,0;1,1,0;0,0,0             | singular                   | 2 | complex
# Nothing in particular.
5,4,0;-4,-3,0;0,0,2            | general                    | 3 | defective
6,-1,0;2,3,0;0,0,1             | general                    | 3 | basis
1,2,0;-2,1,0;0,0,3             | general                    | 3 | complex
1,1,0;-1,3,0;0,0,2             | general                    | 3 | defective
3,1,-1;1,3,-1;0,0,2            | general                    | 3 | basis
1e-8,2,3;1,1e8,1;1,2,3         | general                    | 3 | basis
0,1,0;0,0,1;1,1,0              | general                    | 3 | complex
0,1,0;0,0,1;6,-11,6            | general                    | 3 | basis
0,1,0;0,0,1;1,-3,3             | general                    | 3 | defective
0,0,-6;1,0,-11;0,1,-6          | general                    | 3 | basis
0,1,0;0,0,1;2,0,0              | general                    | 3 | complex
0,2,1;1,1,1;3,0,-2             | general                    | 3 | basis
# Not square.
1,2,3;4,5,6                    | space onto the plane       | 2
1,2,3;2,4,6                    | space onto a line in the plane | 1
0,0,0;0,0,0                    | zero                       | 0
√2,2,1;1,√2,√2/2               | space onto a line in the plane | 1
1,0;0,1;0,0                    | plane onto a plane in space | 2
1,2;3,4;5,6                    | plane onto a plane in space | 2
1,2;2,4;3,6                    | plane onto a line in space | 1
1,2,3                          | space onto line            | 1
1;2;3                          | line onto a line in space  | 1
1e-8,1;1,1e8;2,2e8             | plane onto a line in space | 1
1,2,3,4;2,3,4,5                |                            | 2
# Smaller ones.
.1,.7;.3,2.1                   | singular                   | 1 | basis
6,-1;2,3                       | general                    | 2 | basis
5,4;-4,-3                      | shear                      | 2 | defective
0,-1;1,0                       | rotation                   | 2 | complex
2,0;0,2                        | scaling                    | 2 | basis
1,1;1,0                        | symmetric                  | 2 | basis
3,5;4,1                        | general                    | 2 | basis
0,1;0,0                        | nilpotent                  | 1 | defective
-5/13,12/13;12/13,5/13         | reflection                 | 2 | basis
5                              | scaling                    | 1
"""


def _read(line: str) -> Small:
    text, word, rank, *eigen = (part.strip() for part in line.split("|"))
    return Small(text, word, int(rank), *eigen)


SMALL = {each.text: each for each in (_read(x) for x in _LISTED.splitlines() if x and not x.startswith("#"))}


def those(holds: Callable[[Small], bool]) -> pytest.MarkDecorator:
    """A test that is repeated for all of them of which something holds."""
    chosen = [each for each in SMALL.values() if holds(each)]
    assert chosen
    return pytest.mark.parametrize("small", chosen, ids=[each.text for each in chosen])


every = those(lambda small: True)
square = those(lambda small: small.shape[0] == small.shape[1])
