"""A matrix taken apart: one press puts its factors into the strip, each with a letter and entries of its own."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from mmlviz.core.controls import Button, Buttons, Group
from mmlviz.maths.number import Number
from mmlviz.maths.rational import Matrix, exact, shape, transposed
from mmlviz.models.matrix import State

if TYPE_CHECKING:  # loaded with the first press
    from mmlviz.maths.factoring import Factor
    from mmlviz.maths.matrix2 import Array

LONGEST = 10_000  # of a denominator that is written, whose numerator has no more than DIGITS; others are decimals
LARGEST = 1e290  # of an entry that can be typed
DIGITS = 12  # of an entry that is no short fraction

# How a factor is written in the product, and the letter that is defined; None where another factor defines it.
WRITTEN = {
    "Pᵀ": ("P^T", "P"), "L": ("L", "L"), "U": ("U", "U"), "Q": ("Q", "Q"), "R": ("R", "R"), "S": ("S", "S"),
    "Σ": ("S", "S"), "Vᵀ": ("V^T", "V"), "X": ("X", "X"), "D": ("D", "D"), "X⁻¹": ("X^-1", None),
}  # fmt: skip


SQUARE = {"polar": "is a stretch and a turn", "eigen": "has eigenvectors"}


def subject(state: State) -> Matrix:
    """What is taken apart: A, or the product that is shown."""
    value = state.composition.value if state.page == "product" else None
    return exact(state.matrix) if value is None else value


def _factors(name: str, state: State) -> "Sequence[Factor] | str":
    """The factors of this decomposition, or why there are none."""
    from mmlviz.maths import eigenbasis, factoring, svd

    made = {"lu": factoring.lu, "qr": factoring.qr, "svd": svd.svd, "polar": svd.polar, "eigen": eigenbasis.eigen}
    A = subject(state)
    found: Sequence[Factor] | str = _unfit(name, A) or made[name](A)  # type: ignore[operator]
    return found


def _unfit(name: str, A: Matrix) -> str | None:
    """Why there is no such decomposition of a matrix of this shape."""
    if min(shape(A)) == 1:
        return f"A matrix with one row or column is simple enough: this one is {'×'.join(map(str, shape(A)))}"
    if name not in SQUARE or shape(A) in ((2, 2), (3, 3)):
        return None
    return f"Only a square matrix {SQUARE[name]}: this one is {'×'.join(map(str, shape(A)))}"


def apart(state: State, factors: "Sequence[Factor] | str") -> State:
    """The page of products with these factors; the state as it is where there are none."""
    if isinstance(factors, str) or any(abs(factor.matrix).max() > LARGEST for factor in factors):
        return state
    from mmlviz.maths.products.definitions import Definitions, read_definitions

    names = read_definitions(state.names)
    assert isinstance(names, Definitions)  # its field has read it
    for factor in factors:
        letter = WRITTEN[factor.name][1]
        if letter is not None:
            names = names.with_one(letter, _text(factor))
    product = " ".join(WRITTEN[factor.name][0] for factor in factors)
    return replace(state, page="product", product=product, names=names.write(), t=Number("1"))


def _text(factor: "Factor") -> str:
    """The entries of the letter: of P where the factor is Pᵀ."""
    is_raised = factor.name.endswith("ᵀ")
    if factor.exact is not None and all(_is_short(x) for row in factor.exact for x in row):
        rows = transposed(factor.exact) if is_raised else factor.exact
        return ";".join(",".join(str(x) for x in row) for row in rows)
    return _decimals(factor.matrix.T if is_raised else factor.matrix)


def _is_short(x: Fraction) -> bool:
    return x.denominator < LONGEST and abs(x.numerator) < 10**DIGITS


def _decimals(M: "Array") -> str:
    return ";".join(",".join(Number.significant(x, DIGITS).text for x in row) for row in M.tolist())


def _use(name: str) -> Callable[[State], bool | str]:
    """True, or why matrices of this shape have no such decomposition."""
    return lambda state: _unfit(name, subject(state)) or True


def eigen_use(state: State) -> bool | str:
    """True, or why there is no basis of real eigenvectors."""
    A = subject(state)
    if shape(A) == (2, 2):  # asked at the start, which takes no more than this
        from mmlviz.maths.spectrum import no_basis, spectrum

        return no_basis(spectrum(A)) or True  # type: ignore[arg-type]  # fractions are numbers as well
    found = _factors("eigen", state)
    return found if isinstance(found, str) else True


def _button(name: str, title: str, said: str, use: Callable[[State], bool | str] | None = None) -> Button:
    return Button(f"apart.{name}", title, lambda s: apart(s, _factors(name, s)), said, usable=use or _use(name),
                  is_new=True)  # fmt: skip


GROUP = Group(
    "Take it apart",
    (
        Buttons(
            (
                _button("lu", "LU", "Row operations: Pᵀ L U, P only where rows have to change places"),
                _button("qr", "QR", "Gram–Schmidt: an orthogonal Q and a triangular R"),
                _button("svd", "SVD", "Rotate, stretch along the axes, rotate: U S Vᵀ"),
            )
        ),
        Buttons(
            (
                _button("polar", "Polar", "A stretch S, then a turn Q"),
                _button("eigen", "Eigenvectors", "X D X⁻¹, where there is a basis of real eigenvectors", eigen_use),
            )
        ),
    ),
    is_in_projector=False,
)
