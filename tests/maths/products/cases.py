"""Typed products with their values, worked out by sympy from what a person would write for them there."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from types import SimpleNamespace

import sympy
from sympy import Rational, cos, diag, eye, pi, sin, sqrt

from mmlviz.maths.rational import Matrix

S = SimpleNamespace(
    A=sympy.Matrix([[1, 2], [3, 4]]),
    B=sympy.Matrix([[0, -1], [1, 0]]),
    C=sympy.Matrix([[Rational(1, 2), -1], [0, Rational(3, 4)]]),
    E=sympy.Matrix([[2, 1], [1, 2]]),
    M=sympy.Matrix([[1, 1, 1], [3, 2, 1], [2, 1, 2]]),
    T=sympy.Matrix([[1, 2, 3], [4, 5, 6]]),
    U=sympy.Matrix([[1, 0], [Rational(1, 3), 2], [-1, 5]]),
    V=sympy.Matrix([3, 2]),
)


def of_sympy(A: sympy.Matrix) -> Matrix:
    """Exact fractions; only for rational entries."""
    return tuple(tuple(Fraction(int(x.p), int(x.q)) for x in A.row(i)) for i in range(A.rows))


MATRICES: dict[str, Matrix] = {letter: of_sympy(A) for letter, A in vars(S).items()}


@dataclass(frozen=True)
class Case:
    """A text and its value. Where all entries are rational, the value has to be exact."""

    text: str
    value: sympy.Matrix


def _rot(degrees: object) -> sympy.Matrix:
    t = degrees * pi / 180  # type: ignore[operator]
    return sympy.Matrix([[cos(t), -sin(t)], [sin(t), cos(t)]])


def _along(degrees: object) -> sympy.Matrix:
    t = degrees * pi / 180  # type: ignore[operator]
    return sympy.Matrix([cos(t), sin(t)])


def _projected(degrees: object) -> sympy.Matrix:
    d = _along(degrees)
    return sympy.simplify(d * d.T)


def _about(degrees: object, axis: tuple[int, int, int]) -> sympy.Matrix:
    """By the matrix exponential of the cross product, and not by Rodrigues' formula."""
    x, y, z = axis
    length = sqrt(x * x + y * y + z * z)
    K = sympy.Matrix([[0, -z, y], [z, 0, -x], [-y, x, 0]]) / length
    t = degrees * pi / 180  # type: ignore[operator]
    # K³ = −K, so that the series of e^tK is two series of numbers: of sin t, and of 1 − cos t.
    return sympy.simplify(eye(3) + sin(t) * K + (1 - cos(t)) * K * K)


def _m(*rows: list[object]) -> sympy.Matrix:
    return sympy.Matrix(rows)


_PRODUCTS: tuple[tuple[str, Callable[[], sympy.Matrix]], ...] = (
    ("A", lambda: S.A),
    ("AB", lambda: S.A * S.B),
    ("BA", lambda: S.B * S.A),
    ("A B", lambda: S.A * S.B),
    ("A·B", lambda: S.A * S.B),
    ("A*B", lambda: S.A * S.B),
    ("A@B", lambda: S.A * S.B),
    ("A∘B", lambda: S.A * S.B),
    ("A × B", lambda: S.A * S.B),
    ("ABC", lambda: S.A * S.B * S.C),
    ("A(BC)", lambda: S.A * S.B * S.C),
    ("(AB)C", lambda: S.A * S.B * S.C),
    ("{A B} C", lambda: S.A * S.B * S.C),
    ("AT", lambda: S.A * S.T),
    ("TU", lambda: S.T * S.U),
    ("UT", lambda: S.U * S.T),
    ("TMU", lambda: S.T * S.M * S.U),
    ("AV", lambda: S.A * S.V),
    ("A^2", lambda: S.A**2),
    ("A²", lambda: S.A**2),
    ("A**2", lambda: S.A**2),
    ("A^{2}", lambda: S.A**2),
    ("A^(2)", lambda: S.A**2),
    ("A^+2", lambda: S.A**2),
    ("A^0", lambda: eye(2)),
    ("M^0", lambda: eye(3)),
    ("A^1", lambda: S.A),
    ("A^10", lambda: S.A**10),
    ("A^-1", lambda: S.A.inv()),
    ("A⁻¹", lambda: S.A.inv()),
    ("A^{-1}", lambda: S.A.inv()),
    ("A^(−1)", lambda: S.A.inv()),
    ("A^-3", lambda: S.A.inv() ** 3),
    ("A⁻¹²", lambda: S.A.inv() ** 12),
    ("M^-1", lambda: S.M.inv()),
    ("M^-1[15;28;23]", lambda: sympy.Matrix([3, 7, 5])),
    ("A^T", lambda: S.A.T),
    ("Aᵀ", lambda: S.A.T),
    ("A⊤", lambda: S.A.T),
    ("A'", lambda: S.A.T),
    ("A′", lambda: S.A.T),
    ("A^-T", lambda: S.A.inv().T),
    ("A⁻ᵀ", lambda: S.A.inv().T),
    ("A^{-T}", lambda: S.A.inv().T),
    ("T^T", lambda: S.T.T),
    ("T^T T", lambda: S.T.T * S.T),
    ("TT'", lambda: S.T * S.T.T),
    ("T^TA", lambda: S.T.T * S.A),
    ("(T T')^-1 T", lambda: (S.T * S.T.T).inv() * S.T),
    ("(AB)'", lambda: S.B.T * S.A.T),
    ("(A^2 B)^-1", lambda: (S.A * S.A * S.B).inv()),
    ("(A²B)⁻¹", lambda: (S.A * S.A * S.B).inv()),
    ("(A^2)^3", lambda: S.A**6),
    ("(A + B)^2", lambda: (S.A + S.B) ** 2),
    ("A^2 3B", lambda: 3 * S.A**2 * S.B),
    ("AB^2", lambda: S.A * S.B**2),
    ("B^-1AB", lambda: S.B.inv() * S.A * S.B),
    ("2A", lambda: 2 * S.A),
    ("A 2", lambda: 2 * S.A),
    ("1/2 A", lambda: S.A / 2),
    ("1/2A", lambda: S.A / 2),
    ("½A", lambda: S.A / 2),
    ("A/2", lambda: S.A / 2),
    ("A/2 B", lambda: S.A * S.B / 2),
    ("AB/(1 + 2)", lambda: S.A * S.B / 3),
    ("0.1A", lambda: S.A / 10),
    ("2e3A", lambda: 2000 * S.A),
    ("2^3 A", lambda: 8 * S.A),
    ("(1 + 2)(3)A", lambda: 9 * S.A),
    ("A·2·-3B", lambda: -6 * S.A * S.B),
    ("-A", lambda: -S.A),
    ("−A", lambda: -S.A),
    ("--A", lambda: S.A),
    ("+A", lambda: S.A),
    ("A·-B", lambda: -S.A * S.B),
    ("-A^2", lambda: -(S.A**2)),
    ("-2/3 A", lambda: -S.A * Rational(2, 3)),
    ("√2 A", lambda: sqrt(2) * S.A),
    ("√2A", lambda: sqrt(2) * S.A),
    ("√4 A", lambda: 2 * S.A),
    ("√2/2 A", lambda: sqrt(2) / 2 * S.A),
    ("cos(30°) A", lambda: sqrt(3) / 2 * S.A),
    ("cos 60° A", lambda: S.A / 2),
    ("cos -60° A", lambda: S.A / 2),
    ("2 cos 30° A", lambda: sqrt(3) * S.A),
    ("πA", lambda: pi * S.A),
    ("2 pi A", lambda: 2 * pi * S.A),
    ("eA", lambda: sympy.E * S.A),
    ("A + B", lambda: S.A + S.B),
    ("A - 2B", lambda: S.A - 2 * S.B),
    ("A -B", lambda: S.A - S.B),
    ("A - -B", lambda: S.A + S.B),
    ("A - (B - C)", lambda: S.A - S.B + S.C),
    ("A - B - C", lambda: S.A - S.B - S.C),
    ("A(B + C)", lambda: S.A * (S.B + S.C)),
    ("(A+B)(A-B)", lambda: (S.A + S.B) * (S.A - S.B)),
    ("2(A + B)", lambda: 2 * (S.A + S.B)),
    ("I", lambda: eye(2)),
    ("3I", lambda: 3 * eye(2)),
    ("A - 5I", lambda: S.A - 5 * eye(2)),
    ("M - 2I", lambda: S.M - 2 * eye(3)),
    ("I - M", lambda: eye(3) - S.M),
    ("TI", lambda: S.T),
    ("IT", lambda: S.T),
    ("(I + I)T", lambda: 2 * S.T),
    ("A I^-3 B", lambda: S.A * S.B),
    ("A^2 - 5A - 2I", lambda: sympy.zeros(2)),
    ("[1, 2; 3, 4]", lambda: S.A),
    ("[1/2,-1;0,.75]", lambda: S.C),
    ("[√2/2, cos 60°; 0, 1]", lambda: _m([sqrt(2) / 2, Rational(1, 2)], [0, 1])),
    ("[1,2,3;4,5,6]", lambda: S.T),
    ("[1,0;1/3,2;-1,5]", lambda: S.U),
    ("[1,2][3;4]", lambda: _m([11])),
    ("[3;4][1,2]", lambda: _m([3, 6], [4, 8])),
    ("A[1;2]", lambda: sympy.Matrix([5, 11])),
    ("[1,2;3,4]^-1", lambda: S.A.inv()),
    ("[1,2;3,4]'", lambda: S.A.T),
)  # fmt: skip

_MADE: tuple[tuple[str, Callable[[], sympy.Matrix]], ...] = (
    ("rot(30)", lambda: _rot(30)),
    ("rot(30°)", lambda: _rot(30)),
    ("rot(π/6 rad)", lambda: _rot(30)),
    ("rot(pi/6rad)", lambda: _rot(30)),
    ("rot(0)", lambda: eye(2)),
    ("rot(90)", lambda: _rot(90)),
    ("rot(-90)", lambda: _rot(-90)),
    ("rot(180)", lambda: -eye(2)),
    ("rot(450)", lambda: _rot(90)),
    ("rot(-12.5)", lambda: _rot(Rational(-25, 2))),
    ("rot(1 rad)", lambda: _rot(180 / pi)),
    ("rot(180°/4)", lambda: _rot(45)),
    ("A rot(90)", lambda: S.A * _rot(90)),
    ("rot(90)^-1", lambda: _rot(-90)),
    ("rot(90)^100", lambda: eye(2)),
    ("2rot(30)A", lambda: 2 * _rot(30) * S.A),
    ("scale(2)", lambda: 2 * eye(2)),
    ("scale(2)M", lambda: 2 * S.M),
    ("scale(2, 1/2)", lambda: diag(2, Rational(1, 2))),
    ("scale(1,2,3)", lambda: diag(1, 2, 3)),
    ("scale(√2, -1)", lambda: diag(sqrt(2), -1)),
    ("shear(1)", lambda: _m([1, 1], [0, 1])),
    ("shear(-1/2)", lambda: _m([1, Rational(-1, 2)], [0, 1])),
    ("shear(1, 90)", lambda: _m([1, 0], [-1, 1])),
    ("shear(1, 45)", lambda: _rot(45) * _m([1, 1], [0, 1]) * _rot(-45)),
    ("shear(2, 20)", lambda: _rot(20) * _m([1, 2], [0, 1]) * _rot(-20)),
    ("reflect(0)", lambda: diag(1, -1)),
    ("reflect(45)", lambda: _m([0, 1], [1, 0])),
    ("reflect(90)", lambda: diag(-1, 1)),
    ("reflect(30)", lambda: 2 * _projected(30) - eye(2)),
    ("reflect(π/4 rad)", lambda: _m([0, 1], [1, 0])),
    ("reflect((1,1))", lambda: _m([0, -1], [-1, 0])),
    ("reflect((0,5))", lambda: diag(1, -1)),
    ("reflect((1,1,1))", lambda: eye(3) - sympy.ones(3) * Rational(2, 3)),
    ("reflect((1,2,-2))", lambda: eye(3) - 2 * _m([1], [2], [-2]) * _m([1, 2, -2]) / 9),
    ("reflect((.1,.2,0))", lambda: eye(3) - 2 * _m([1], [2], [0]) * _m([1, 2, 0]) / 5),
    ("project(0)", lambda: diag(1, 0)),
    ("project(45)", lambda: sympy.ones(2) / 2),
    ("project(30)", lambda: _projected(30)),
    ("project(110)", lambda: _projected(110)),
    ("rotx(90)", lambda: _about(90, (1, 0, 0))),
    ("roty(90)", lambda: _about(90, (0, 1, 0))),
    ("rotz(90)", lambda: _about(90, (0, 0, 1))),
    ("rotz(30)", lambda: diag(_rot(30), 1)),
    ("rotx(37)", lambda: _about(37, (1, 0, 0))),
    ("rot(120, (1,1,1))", lambda: _m([0, 0, 1], [1, 0, 0], [0, 1, 0])),
    ("rot(-120, (1,1,1))", lambda: _m([0, 1, 0], [0, 0, 1], [1, 0, 0])),
    ("rot(90, (1,2,2))", lambda: _about(90, (1, 2, 2))),
    ("rot(180, (1,2,3))", lambda: _about(180, (1, 2, 3))),
    ("rot(77, (1,-2,3))", lambda: _about(77, (1, -2, 3))),
    ("rot(π/2 rad, (0,0,2))", lambda: _about(90, (0, 0, 1))),
    ("shadow(4,-3,-12)", lambda: _m([1, 0, Rational(1, 3)], [0, 1, Rational(-1, 4)])),
    ("shadow(4,-3,-12)[6;2;3]", lambda: sympy.Matrix([7, Rational(5, 4)])),
)

CASES = tuple(Case(text, value()) for text, value in (*_PRODUCTS, *_MADE))
