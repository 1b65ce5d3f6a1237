"""Eigenvalues and eigenvectors of a 2×2 matrix, and one vector to try."""

from dataclasses import dataclass
from fractions import Fraction
from math import atan2, degrees, hypot

import numpy as np

from mmlviz.maths.matrix2 import Array
from mmlviz.maths.number import Number, to_float
from mmlviz.maths.spectrum import Spectrum, spectrum


@dataclass(frozen=True, slots=True)
class State:
    """A = [[a, b], [c, d]] and a vector v."""

    matrix: tuple[tuple[Number, Number], tuple[Number, Number]] = (
        (Number("2"), Number("1")),
        (Number("1/2"), Number("3/2")),
    )
    vector: tuple[Number, Number] = (Number("-0.6"), Number("1.2"))


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The spectrum of A, and how Av stands to v."""

    A: Array  # (2, 2)
    v: Array  # (2,)
    image: Array  # (2,), Av
    spectrum: Spectrum
    angle: float | None  # from v to Av in degrees, in (−180, 180]; None where v or Av is 0
    ratio: float | None  # |Av| / |v|; None where v is 0
    is_parallel: bool  # Av = λv exactly
    eigenvalue: Fraction | None  # that λ, or the stretch along v where Av is all but parallel


PARALLEL = 1e-12  # sine of the angle that is rounding
NEARLY = 0.5  # degrees from an eigenline that the eye takes for parallel


def compute(state: State) -> Result:
    """The spectrum by trace, determinant and discriminant; v is compared with Av exactly as typed."""
    A, v = np.array(state.matrix, dtype=float), np.array(state.vector, dtype=float)
    (a, b), (c, d) = ((p.exact, q.exact) for p, q in state.matrix)
    x, y = (number.exact for number in state.vector)
    p, q = a * x + b * y, c * x + d * y
    image = np.array([float(p), float(q)])
    # In units of their larger coordinates: the products of tiny ones are beyond floats.
    length, stretched = max(abs(x), abs(y)), max(abs(p), abs(q))
    angle, ratio, is_parallel = None, None if length == 0 else 0.0, length > 0
    if length > 0 and stretched > 0:
        x1, y1, p1, q1 = x / length, y / length, p / stretched, q / stretched
        cross, dot, sizes = float(x1 * q1 - y1 * p1), float(x1 * p1 + y1 * q1), (hypot(x1, y1), hypot(p1, q1))
        angle, is_parallel = degrees(atan2(cross, dot)), abs(cross) <= PARALLEL * sizes[0] * sizes[1]
        ratio = to_float(Fraction(sizes[1] / sizes[0]) * stretched / length)
    nearly = angle is not None and min(abs(angle), 180 - abs(angle)) < NEARLY
    return Result(
        A=A,
        v=v,
        image=image,
        spectrum=spectrum(state.matrix),
        angle=angle,
        ratio=ratio,
        is_parallel=is_parallel,
        eigenvalue=(x * p + y * q) / (x * x + y * y) if length > 0 and (is_parallel or nearly) else None,
    )
