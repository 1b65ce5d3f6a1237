"""A = X D X⁻¹: into the basis of eigenvectors, stretch along it, and back."""

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

import numpy as np

from mmlviz.maths.elimination import Vector
from mmlviz.maths.factoring import Factor, exactly
from mmlviz.maths.matrix2 import Array
from mmlviz.maths.rational import Matrix, added, exact, floats, identity, scaled, shape, transposed
from mmlviz.maths.spaces import directions, inverse, null_space
from mmlviz.maths.spectrum import COMPLEX, DEFECTIVE, no_basis, spectrum
from mmlviz.maths.spectrum3 import Eigenvalue, spectrum3


def eigen(A: Matrix) -> tuple[Factor, ...] | str:
    """X, D and X⁻¹ for A (2×2 or 3×3), the largest eigenvalue first; where there is no real eigenbasis, why not.

    Columns of X are in small whole numbers where all of it is rational, else unit vectors. What coincides is decided
    by spectrum.spectrum and spectrum3.spectrum3.
    """
    if shape(A) not in ((2, 2), (3, 3)):
        raise ValueError(f"{shape(A)} is neither 2×2 nor 3×3")
    return _eigen2(A) if len(A) == 2 else _eigen3(A)


def _eigen2(A: Matrix) -> tuple[Factor, ...] | str:
    found = spectrum(cast(Sequence[Sequence[float]], A))  # which reads entries through as_fraction
    why = no_basis(found)
    if why is not None:
        return why
    if found.rational is not None:
        vectors = [v for value in dict.fromkeys(found.rational) for v in null_space(_shifted(A, value))]
        if len(vectors) == 2:
            return _rational_factors(vectors, found.rational)
    values = [z.real for z in found.eigenvalues]
    order = sorted(range(2), key=lambda k: -values[k])
    return _factors(found.vectors[order].T, [values[k] for k in order])


def _eigen3(A: Matrix) -> tuple[Factor, ...] | str:
    found = spectrum3(A)
    if found.pair is not None:
        return COMPLEX
    if not found.has_basis:
        worst = next(each for each in found.real if len(each.vectors) < each.multiplicity)
        return DEFECTIVE[worst.multiplicity, len(worst.vectors)]
    vectors = [v for each in found.real for v in each.vectors]
    values = [each.value for each in found.real for _ in each.vectors]
    if all(each.is_rational for each in found.real):
        return _rational_factors(vectors, values)
    return _factors(_unit_columns(found.real), [float(x) for x in values])


def _shifted(A: Matrix, value: Fraction) -> Matrix:
    return added(A, scaled(identity(len(A)), -value))


def _unit_columns(found: Sequence[Eigenvalue]) -> Array:
    """Unit eigenvectors as columns, at right angles to each other within one eigenspace."""
    blocks = [directions(each.vectors).T for each in found]
    return np.hstack([np.linalg.qr(B)[0] if B.shape[1] > 1 else B for B in blocks])


def _rational_factors(vectors: Sequence[Vector], values: Sequence[Fraction]) -> tuple[Factor, ...] | str:
    X = transposed(tuple(vectors))
    D = tuple(tuple(x * values[i] for x in row) for i, row in enumerate(identity(len(X))))
    back = inverse(X)
    if back is None:
        return DEFECTIVE[2, 1]
    return exactly("X", "basis", X), exactly("D", "scaling", D), exactly("X⁻¹", "inverse", back)


def _factors(X: Array, values: Sequence[float]) -> tuple[Factor, ...] | str:
    back = inverse(exact(X.tolist()))
    if back is None:
        return DEFECTIVE[2, 1]
    return Factor("X", "basis", X), Factor("D", "scaling", np.diag(values)), Factor("X⁻¹", "inverse", floats(back))
