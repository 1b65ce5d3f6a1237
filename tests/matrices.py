"""2×2 matrices as a person would type them, with what each is called, written down by hand.

The first word is what `matrix2.kind` says, the second which of the seven cases of `spectrum` it is.
"""

from collections.abc import Callable
from typing import NamedTuple

import pytest
import sympy

from mmlviz.maths.number import Number

Rows = tuple[tuple[Number, Number], tuple[Number, Number]]


class Named(NamedTuple):
    """A matrix as typed, its kind, and its case among the spectra."""

    text: str
    kind: str
    case: str

    @property
    def rows(self) -> Rows:
        """The matrix in the program's own numbers."""
        return rows(self.text)

    @property
    def exact(self) -> sympy.Matrix:
        """The matrix in sympy's rational numbers, read from the text by sympy itself."""
        return sympy.Matrix([[sympy.Rational(x) for x in row.split(",")] for row in self.text.split(";")])


def rows(text: str) -> Rows:
    """The matrix that is typed as 1,2;3,4."""
    (a, b), (c, d) = ([Number(x) for x in row.split(",")] for row in text.split(";"))
    return (a, b), (c, d)


MATRICES = {
    # The course, weeks 3 and 4: using matrices, the skull, the bear, special matrices, Gram–Schmidt.
    "using matrices": Named("1/2,-1;0,3/4", "general", "distinct real"),
    "skull, stretch": Named("1,0;0,8", "scaling", "distinct real"),
    "skull, shear": Named("1,0;-1/2,1", "shear", "defective"),
    "skull": Named("1,0;-4,8", "general", "distinct real"),
    "tenths, singular as typed": Named(".1,.7;.3,2.1", "singular", "zero eigenvalue"),
    "bear's basis": Named("1,-1;1.5,2", "general", "complex pair"),
    "bear's basis, orthonormal": Named(
        "0.5547001962252291,-0.8320502943378437;0.8320502943378437,0.5547001962252291", "rotation", "complex pair"
    ),
    "mirror in the x axis": Named("1,0;0,-1", "reflection", "opposite eigenvalues"),
    "bear's mirror": Named("-5/13,12/13;12/13,5/13", "reflection", "opposite eigenvalues"),
    "bear without orthonormal basis": Named("0,3.5;3.5,-1.75", "symmetric", "negative eigenvalue"),
    "Gram-Schmidt, dependent": Named("1,2;3,6", "singular", "zero eigenvalue"),
    "Gram-Schmidt, times ten": Named("10,20;30,60", "singular", "zero eigenvalue"),
    # Week 5: by inspection, characteristic polynomials, diagonalisation.
    "by inspection 2I": Named("2,0;0,2", "scaling", "whole plane"),
    "by inspection scaling": Named("3,0;0,2", "scaling", "distinct real"),
    "by inspection shear": Named("1,2;0,1", "shear", "defective"),
    "by inspection quarter turn": Named("0,-1;1,0", "rotation", "complex pair"),
    "by inspection -I": Named("-1,0;0,-1", "scaling", "whole plane"),
    "by inspection scaling with shear": Named("2,1;0,2", "general", "defective"),
    "polynomial 3 and 5": Named("3,4;0,5", "general", "distinct real"),
    "polynomial 5 and -5": Named("-3,8;2,3", "general", "opposite eigenvalues"),
    "polynomial, defective": Named("5,4;-4,-3", "shear", "defective"),
    "polynomial, no real root": Named("-2,-3;1,1", "general", "complex pair"),
    "diagonalisation T": Named("6,-1;2,3", "general", "distinct real"),
    "diagonalisation C": Named("1,1;1,2", "symmetric", "distinct real"),
    "diagonalisation D": Named("5,0;0,4", "scaling", "distinct real"),
    "diagonalisation T cubed": Named("186,-61;122,3", "general", "distinct real"),
    "tenth power": Named("1,1;0,2", "general", "distinct real"),
    # The plain ones, and rotations, exact and decimal.
    "identity": Named("1,0;0,1", "identity", "whole plane"),
    "zero": Named("0,0;0,0", "zero", "whole plane"),
    "rotation 3-4-5": Named("3/5,-4/5;4/5,3/5", "rotation", "complex pair"),
    "rotation by 30 degrees": Named("0.8660254037844386,-0.5;0.5,0.8660254037844386", "rotation", "complex pair"),
    "rotation by 120 degrees": Named("-1/2,-0.8660254037844386;0.8660254037844386,-1/2", "rotation", "complex pair"),
    "rotation, three quarters": Named("0,1;-1,0", "rotation", "complex pair"),
    "rotation, tiny": Named("999999/1000001,-2000/1000001;2000/1000001,999999/1000001", "rotation", "complex pair"),
    "rotation, nearly half": Named(
        "-999999/1000001,-2000/1000001;2000/1000001,-999999/1000001", "rotation", "complex pair"
    ),
    # Reflections.
    "mirror in the y axis": Named("-1,0;0,1", "reflection", "opposite eigenvalues"),
    "swap": Named("0,1;1,0", "reflection", "opposite eigenvalues"),
    "mirror 3-4-5": Named("3/5,4/5;4/5,-3/5", "reflection", "opposite eigenvalues"),
    "mirror in decimals": Named("0.5,0.8660254037844386;0.8660254037844386,-0.5", "reflection", "opposite eigenvalues"),
    # Turns with a stretch, without real eigenlines.
    "turn and grow": Named("1,-1;1,1", "general", "complex pair"),
    "turn and shrink": Named("1/2,-1/2;1/2,1/2", "general", "complex pair"),
    "quarter turn, doubled": Named("0,-2;2,0", "general", "complex pair"),
    "flat ellipse": Named("0,-1000;1e-3,0", "general", "complex pair"),
    # Projections.
    "projection on x": Named("1,0;0,0", "projection", "zero eigenvalue"),
    "projection on y": Named("0,0;0,1", "projection", "zero eigenvalue"),
    "projection, slope 1/2": Named("4/5,2/5;2/5,1/5", "projection", "zero eigenvalue"),
    "projection, decimal": Named("0.75,0.4330127018922193;0.4330127018922193,0.25", "projection", "zero eigenvalue"),
    "projection, oblique": Named("2,-2;1,-1", "projection", "zero eigenvalue"),
    "projection, thirds": Named("1/3,1/3;2/3,2/3", "projection", "zero eigenvalue"),
    "projection, far oblique": Named("1,1e6;0,0", "projection", "zero eigenvalue"),
    "not quite a projection": Named("1.00000001,1e6;0,0", "singular", "zero eigenvalue"),
    # Nilpotent.
    "nilpotent": Named("0,1;0,0", "nilpotent", "defective"),
    "nilpotent, lower": Named("0,0;5,0", "nilpotent", "defective"),
    "nilpotent, full": Named("6,-9;4,-6", "nilpotent", "defective"),
    "nilpotent, huge": Named("1e6,-1e6;1e6,-1e6", "nilpotent", "defective"),
    "nilpotent, tiny": Named("0,1e-200;0,0", "nilpotent", "defective"),
    "not quite nilpotent": Named("1e-8,1e6;0,0", "singular", "zero eigenvalue"),
    # Singular.
    "singular, symmetric": Named("1,2;2,4", "singular", "zero eigenvalue"),
    "singular, negative": Named("-1,-2;-2,-4", "singular", "zero eigenvalue"),
    "singular, thirds and sevenths": Named("1/3,2/3;1/7,2/7", "singular", "zero eigenvalue"),
    "singular, one row": Named("0,0;1,2", "singular", "zero eigenvalue"),
    "singular, stretch": Named("-3,0;0,0", "singular", "zero eigenvalue"),
    "singular, in binary only": Named(
        "0.3333333333333333,0.6666666666666667;1,2", "singular", "zero eigenvalue"
    ),
    "singular to the last digit": Named("1,1;1,1.000000000000001", "singular", "zero eigenvalue"),
    "singular, tiny": Named("1e-200,2e-200;3e-200,6e-200", "singular", "zero eigenvalue"),
    "singular, huge and tiny": Named("1e6,1e6;1e-6,1e-6", "singular", "zero eigenvalue"),
    # Nearly singular, but regular.
    "nearly singular 1e-10": Named("1,1;1,1.0000000001", "symmetric", "distinct real"),
    "nearly singular 1e-11": Named("1,2;3,6.00000000001", "general", "distinct real"),
    "nearly singular 1e-14": Named("1,1;1,1.00000000000001", "symmetric", "distinct real"),
    "nearly singular, mirrored": Named("1,1;1,0.9999999999", "symmetric", "negative eigenvalue"),
    # Defective, and all but.
    "defective, below": Named("1,0;3,1", "shear", "defective"),
    "defective, negative": Named("-2,1;0,-2", "general", "defective"),
    "defective, full": Named("3,1;-1,1", "general", "defective"),
    "defective, tenths": Named("0.3,0.1;-0.1,0.1", "general", "defective"),
    "shear, far": Named("1,1e6;0,1", "shear", "defective"),
    "shear, hardly any": Named("1,1e-9;0,1", "shear", "defective"),
    "shear at 30 degrees": Named(
        "0.5669872981077807,0.75;-0.25,1.4330127018922193", "shear", "defective"
    ),
    "nearly defective, real": Named("1,1;0,1.0000001", "general", "distinct real"),
    "nearly defective, complex": Named("1,1;-1e-10,1", "general", "complex pair"),
    "nearly whole plane": Named("1,1e-12;2e-12,1", "general", "distinct real"),
    "far shear that shrinks": Named("1,1e6;1e-9,1", "general", "distinct real"),
    # Badly scaled.
    "tiny 2I": Named("2e-200,0;0,2e-200", "scaling", "whole plane"),
    "tiny": Named("1e-200,2e-200;3e-200,4e-200", "general", "negative eigenvalue"),
    "tiny, opposite": Named("0,1e-300;2e-300,0", "general", "opposite eigenvalues"),
    "tiny, complex": Named("1e-300,-1e-300;3e-300,1e-300", "general", "complex pair"),
    "huge": Named("1e6,-999999;999998,1e6", "general", "complex pair"),
    "huge and small": Named("1e6,0;0,1e-6", "scaling", "distinct real"),
    "one and tiny": Named("1,0;0,1e-200", "scaling", "distinct real"),
    "as far apart as may be": Named("1e-300,0;0,-1e6", "scaling", "negative eigenvalue"),
    "huge above tiny": Named("5e5,1e6;3e-200,-4e-200", "general", "negative eigenvalue"),
    "a tiny coupling": Named("1e6,1e-200;1e-200,1e6", "scaling", "whole plane"),
    "an anti-diagonal out of sight": Named("1,1e-200;1e-200,0", "symmetric", "negative eigenvalue"),
    # Eigenvalues of other kinds.
    "both negative": Named("-2,1;1,-3", "symmetric", "negative eigenvalue"),
    "one negative": Named("1,2;3,-4", "general", "negative eigenvalue"),
    "opposite, irrational": Named("1,1;1,-1", "symmetric", "opposite eigenvalues"),
    "golden": Named("1,1;1,0", "symmetric", "negative eigenvalue"),
    "opening of the eigen tab": Named("2,1;1/2,3/2", "general", "distinct real"),
    "opening of the matrix tab": Named("3/2,1/2;-1/2,5/4", "general", "complex pair"),
    "market": Named("0.9,0.3;0.1,0.7", "general", "distinct real"),
    "close digits": Named("1000.001,999.999;1000,1000", "general", "distinct real"),
}  # fmt: skip


def those(holds: Callable[[Named], bool]) -> pytest.MarkDecorator:
    """Run a test on the matrices of the list for which something holds."""
    chosen = {name: each for name, each in MATRICES.items() if holds(each)}
    assert chosen
    return pytest.mark.parametrize("named", chosen.values(), ids=chosen)
