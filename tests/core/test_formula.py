"""Formula trees as one line of text, for the command line and for screen readers."""

from fractions import Fraction as Exact

import pytest

from mmlviz.core.formula import (
    Bars,
    Brackets,
    Coloured,
    CubeRoot,
    Fraction,
    Matrix,
    Node,
    Over,
    Power,
    Root,
    Sub,
    Symbol,
    Text,
    column,
    exactly,
    fraction,
    number,
    plain,
    row,
)
from mmlviz.maths.number import Number

A, V = Symbol("A"), Symbol("v", is_bold=True)


@pytest.mark.parametrize(
    ("node", "line"),
    [
        (Text("det"), "det"),
        (V, "v"),
        (Fraction(Text("1"), Text("3")), "1/3"),
        (Power(A, Text("−1")), "A^−1"),
        (Power(Symbol("e"), Power(V, Text("2"))), "e^(v^2)"),
        (Sub(A, Text("n")), "A_n"),
        (Root(row("4", "−", V)), "√(4 − v)"),
        (Over(Text("1"), row("1", "+", V)), "(1)/(1 + v)"),
        (Matrix(((Text("1"), Text("2")), (Text("3"), Text("4")))), "(1, 2; 3, 4)"),
        (Coloured("first", A), "A"),
        (row(A, V, "=", column([1.5, -2.0])), "Av = (1.5; −2)"),
        (row("a", "+", "b", ",", "c", "±", 2.0), "a + b, c ± 2"),
        (row(Text("det "), A, row("=", number(0.5))), "det A = 0.5"),  # a row within a row reads no differently
        (row(A, row(row("≈", "1"))), "A ≈ 1"),
        (row("−", A, "=", "−", V, "−", 2.0), "−A = −v − 2"),  # a sign, and a subtraction
        (row("2", "·", "−", V, ",", "−", A), "2·−v, −A"),
        (row(), ""),
    ],
)
def test_plain(node: Node, line: str) -> None:
    assert plain(node) == line


def test_plain_knows_every_node() -> None:
    """A new kind of node must be given words, too."""
    seen = [Text("x"), A, Fraction(A, A), Power(A, A), Matrix(((A,),)), row(A), Coloured("text", A)]
    seen += [Sub(A, A), Root(A), CubeRoot(A), Over(A, A), Brackets(A), Bars(A)]
    assert {type(node).__name__ for node in seen} == {kind.__name__ for kind in Node.__subclasses__()}
    assert all(plain(node) for node in seen)
    with pytest.raises(TypeError, match="no such formula"):
        plain(Node())


@pytest.mark.parametrize(
    ("x", "line"),
    [
        (Number("1/3"), "1/3"),  # as typed
        (Number("-1/3"), "−1/3"),
        (Number("0.50"), "0.50"),
        (Number("-2"), "−2"),
        (Number("0.123456789"), "0.1235"),  # too long to stay as typed
        (Number("1e-7"), "10^−7"),
        (Number("0"), "0"),
        (Number("√2/2"), "√2/2"),
        (Number("cos 30°"), "cos 30°"),
        (Number("√2/2+√3/2"), "1.573"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (2.5e-9, "2.5·10^−9"),
        (-3e12, "−3·10^12"),
        (Exact(1, 3), "0.3333"),
        (Exact(1, 10**400), "10^−400"),  # beyond floats
    ],
)
def test_numbers(x: float | Exact, line: str) -> None:
    assert plain(number(x)) == line


def test_the_minus_stands_before_the_bar() -> None:
    assert fraction("−1", "3") == row("−", Fraction(Text("1"), Text("3")))
    assert fraction("1", "3") == Fraction(Text("1"), Text("3"))


@pytest.mark.parametrize(
    ("x", "with_fraction", "line"),
    [
        (Exact(17, 8), True, "= 17/8 = 2.125"),
        (Exact(-1, 3), True, "= −1/3 ≈ −0.3333"),
        (Exact(17, 8), False, "= 2.125"),
        (Exact(1, 3), False, "≈ 0.3333"),
        (Exact(5), True, "= 5"),
        (Exact(1, 1001), True, "≈ 0.000999"),  # not a fraction anyone would write
        (Exact(10001, 4), True, "≈ 2500"),
        (Exact(0), True, "= 0"),
    ],
)
def test_exactly(x: Exact, with_fraction: bool, line: str) -> None:
    """An equals sign stands only where the digits say all there is."""
    assert plain(exactly(x, with_fraction)) == line


def test_columns_can_have_a_colour() -> None:
    assert column([Number("1/2"), 3.0], "input") == Coloured("input", Matrix(((number(Number("1/2")),), (Text("3"),))))
    assert column([1.0]) == Matrix(((Text("1"),),))
