"""Matrices by what they do: rotations, scalings, shears, mirrors, projections, shadows. Exact where sines are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from mmlviz.maths.expression import Expression, evaluate
from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.tree import Call, Literal, Product, Quotient
from mmlviz.maths.products.tree import Vector
from mmlviz.maths.rational import Matrix, added, identity, scaled

Multiple = Fraction  # of the identity of whatever size fits


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the brackets, a letter each: a an angle, n a number, v a vector of 2 or 3, w of 3."""

    takes: str
    make: Callable[..., Matrix | Multiple]


@dataclass(frozen=True, slots=True)
class Kind:
    """A maker: how it is used, in words, and its forms."""

    usage: str
    forms: tuple[Form, ...]


def amount(number: Expression) -> Fraction:
    """The value of a number: exact where it is known to be a fraction, else that of its float."""
    exact = exact_value(number)
    return Fraction(float(evaluate(number))) if exact is None else exact


def made(name: str, arguments: Sequence[Expression | Vector]) -> Matrix | Multiple:
    """The matrix, or how many times the identity. Raises ValueError with a sentence where there is none."""
    takes = form_of(name, arguments)
    assert takes is not None  # it has been read
    return takes.make(*(_given(kind, argument) for kind, argument in zip(takes.takes, arguments)))


def form_of(name: str, arguments: Sequence[object]) -> Form | None:
    """The form that takes so many numbers and vectors; None where there is none."""
    for form in MAKERS[name].forms:
        if len(form.takes) == len(arguments) and all(map(_fits, form.takes, arguments)):
            return form
    return None


def _fits(kind: str, argument: object) -> bool:
    sizes = {"v": (2, 3), "w": (3,)}.get(kind, ())
    return len(argument) in sizes if isinstance(argument, tuple) else not sizes


def _given(kind: str, argument: Expression | Vector) -> object:
    if isinstance(argument, tuple):
        return tuple(map(amount, argument))
    return argument if kind == "a" else amount(argument)


# Turns ------------------------------------------------------------------------------------------


def _cosine(angle: Expression, times: int = 1) -> Fraction:
    return amount(Call("cos", Product((Literal(str(times)), angle))))


def _sine(angle: Expression, times: int = 1) -> Fraction:
    return amount(Call("sin", Product((Literal(str(times)), angle))))


def _rotation(angle: Expression) -> Matrix:
    c, s = _cosine(angle), _sine(angle)
    return (c, -s), (s, c)


def _about(axis: int) -> Callable[[Expression], Matrix]:
    """The rotation about a coordinate axis, anticlockwise as seen from its tip."""
    unit = tuple(Fraction(int(k == axis)) for k in range(3))
    return lambda angle: _about_axis(angle, unit)


def _about_axis(angle: Expression, axis: tuple[Fraction, ...]) -> Matrix:
    """cI + (1 − c) aaᵀ/|a|² + s [a]×/|a|, Rodrigues' formula (Goldstein, Classical Mechanics, 3rd ed., section 4.7)."""
    x, y, z = axis = _shortened(axis, "an axis")
    square = x * x + y * y + z * z
    c = _cosine(angle)
    turn = _sine_over(angle, c, square)
    cross = ((Fraction(0), -z, y), (z, Fraction(0), -x), (-y, x, Fraction(0)))
    return added(added(scaled(identity(3), c), scaled(_outer(axis), (1 - c) / square)), scaled(cross, turn))


def _sine_over(angle: Expression, c: Fraction, square: Fraction) -> Fraction:
    """sin/√square: exact where its square is the square of a fraction, as in a third of a turn about (1, 1, 1)."""
    s = _sine(angle)
    if s == 0 or exact_value(Call("cos", angle)) is None:
        return s / Fraction(sqrt(square))
    root = _root((1 - c * c) / square)
    return root if s > 0 else -root


def _root(x: Fraction) -> Fraction:
    return amount(Call("sqrt", Quotient(Literal(str(x.numerator)), Literal(str(x.denominator)))))


def _shortened(vector: tuple[Fraction, ...], what: str) -> tuple[Fraction, ...]:
    """The vector, its largest coordinate 1 in size: the squares of those stay within floats."""
    largest = max(map(abs, vector))
    if largest == 0:
        raise ValueError(f"the zero vector has no direction: it cannot be {what}")
    return tuple(x / largest for x in vector)


def _outer(a: Sequence[Fraction]) -> Matrix:
    """aaᵀ."""
    return tuple(tuple(x * y for y in a) for x in a)


# Lines ------------------------------------------------------------------------------------------


def _mirror(angle: Expression) -> Matrix:
    """In the line at an angle θ: [[cos 2θ, sin 2θ], [sin 2θ, −cos 2θ]]."""
    c, s = _cosine(angle, 2), _sine(angle, 2)
    return (c, s), (s, -c)


def _mirror_across(normal: tuple[Fraction, ...]) -> Matrix:
    """I − 2nnᵀ/|n|²."""
    n = _shortened(normal, "a normal")
    return added(identity(len(n)), scaled(_outer(n), -2 / sum((x * x for x in n), Fraction(0))))


def _projection(angle: Expression) -> Matrix:
    """Onto the line at an angle θ: (I + mirror)/2, exact also where cos θ is not but cos 2θ is."""
    return scaled(added(identity(2), _mirror(angle)), Fraction(1, 2))


def _shear(k: Fraction) -> Matrix:
    return (Fraction(1), k), (Fraction(0), Fraction(1))


def _shear_along(k: Fraction, angle: Expression) -> Matrix:
    """I + k d nᵀ with d = (cos θ, sin θ) along the line and n = (−sin θ, cos θ), in double angles."""
    c, s = _cosine(angle, 2), _sine(angle, 2)
    slide = ((-s / 2, (1 + c) / 2), ((c - 1) / 2, s / 2))
    return added(identity(2), scaled(slide, k))


def _scaling(*factors: Fraction) -> Matrix | Multiple:
    if len(factors) == 1:
        return factors[0]
    n = len(factors)
    return tuple(tuple(factors[i] if i == j else Fraction(0) for j in range(n)) for i in range(n))


def _shadow(x: Fraction, y: Fraction, z: Fraction) -> Matrix:
    """On the ground, where light falls along (x, y, z): 2×3."""
    if z == 0:
        raise ValueError("light that falls along the ground casts no shadow on it: the third number is 0")
    return (Fraction(1), Fraction(0), -x / z), (Fraction(0), Fraction(1), -y / z)


MAKERS = {
    "rot": Kind(
        "rot(30) turns the plane by 30°, rot(30, (1,1,1)) space about an axis",
        (Form("a", _rotation), Form("aw", _about_axis)),
    ),
    "rotx": Kind("rotx(30) turns space by 30° about the x-axis", (Form("a", _about(0)),)),
    "roty": Kind("roty(30) turns space by 30° about the y-axis", (Form("a", _about(1)),)),
    "rotz": Kind("rotz(30) turns space by 30° about the z-axis", (Form("a", _about(2)),)),
    "scale": Kind(
        "scale(2) scales all directions, scale(2, 1/2) the axes of the plane, scale(1, 2, 3) those of space",
        tuple(Form("n" * k, _scaling) for k in (1, 2, 3)),
    ),
    "shear": Kind(
        "shear(1) slides along the x-axis, shear(1, 90) along the line at 90°",
        (Form("n", _shear), Form("na", _shear_along)),
    ),
    "reflect": Kind(
        "reflect(30) mirrors in the line at 30°, reflect((1,1,1)) in the plane with that normal",
        (Form("a", _mirror), Form("v", _mirror_across)),
    ),
    "project": Kind("project(30) takes the plane to the line at 30°", (Form("a", _projection),)),
    "shadow": Kind("shadow(4, -3, -12) is cast on the ground by light along that vector", (Form("nnn", _shadow),)),
}
