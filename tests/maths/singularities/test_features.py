"""What is to be seen on the real line, by hand; and numbers as they are written."""

from math import e, pi, sqrt

import pytest

from mmlviz.maths.expression import read
from mmlviz.maths.expression.tree import Expression
from mmlviz.maths.singularities import real_features
from mmlviz.maths.singularities.written import listed_numbers, written


def f(text: str) -> Expression:
    tree = read(text, ("x",))
    assert isinstance(tree, Expression)
    return tree


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("sin x", []),
        ("1/(1+x^2)", []),
        ("1/x", [(0, "pole")]),
        ("1/x^2", [(0, "pole")]),
        ("2/(x^2-x)", [(0, "pole"), (1, "pole")]),
        ("tan x", [(-pi / 2, "pole"), (pi / 2, "pole")]),
        ("gamma x", [(-3, "pole"), (-2, "pole"), (-1, "pole"), (0, "pole")]),
        ("1/(cos x - x)", [(0.7390851332151607, "pole")]),
        ("ln x", [(0, "branch point")]),
        ("ln|x|", [(0, "branch point")]),
        ("sqrt(x^2-1)", [(-1, "branch point"), (1, "branch point")]),
        ("x^(1/3)", [(0, "branch point")]),
        ("x^(2/3)", [(0, "branch point")]),
        ("x^x", [(0, "branch point")]),
        ("arcsin x", [(-1, "branch point"), (1, "branch point")]),
        ("|x|", [(0, "kink")]),
        ("|x^2-1|", [(-1, "kink"), (1, "kink")]),
        ("sqrt(x^2)", [(0, "kink")]),
        ("|sin x|", [(-pi, "kink"), (0, "kink"), (pi, "kink")]),
        ("x|x|", []),  # whose second derivative jumps, which nobody sees
        ("sgn x", [(0, "jump")]),
        ("|x|/x", [(0, "jump")]),
        ("arctan(1/x)", [(0, "jump")]),
        ("1/(1+e^(1/x))", [(0, "jump")]),
        ("sin x/x", [(0, "hole")]),
        ("(x^2-1)/(x-1)", [(1, "hole")]),
        ("e^(-1/x^2)", [(0, "hole")]),
        ("x sin(1/x)", [(0, "hole")]),
        ("sgn(x)^2", [(0, "hole")]),
        ("ln(-1-x^2)", []),
    ],
)  # fmt: skip
def test_features(text: str, wanted: list[tuple[float, str]]) -> None:
    found = real_features(f(text), -3.5, 3.5)
    if text == "x sin(1/x)":
        found = tuple(feature for feature in found if feature.x == 0)
    assert [feature.kind for feature in found] == [kind for _, kind in wanted]
    assert [feature.x for feature in found] == pytest.approx([x for x, _ in wanted], abs=1e-15, rel=1e-15)


def test_only_those_in_the_window() -> None:
    assert [feature.x for feature in real_features(f("1/(x(x-1)(x-2))"), 0.5, 1.5)] == [1]


@pytest.mark.parametrize(
    ("z", "wanted"),
    [
        (0, "0"), (2, "2"), (-1.5, "−3/2"), (1 / 3, "1/3"), (pi / 2, "π/2"), (-pi, "−π"), (2 * pi / 3, "2π/3"),
        (sqrt(2), "√2"), (-sqrt(3) / 2, "−√3/2"), (e, "e"), (1j, "i"), (-1j, "−i"), (2j, "2i"), (pi * 0.5j, "πi/2"),
        (0.5j, "i/2"), (1 + 2j, "1 + 2i"), (-1 - 1j, "−1 − i"), (0.739085, "0.739085"), (1e-30, "1e−30"),
        (complex(0.5, sqrt(3) / 2), "1/2 + √3i/2"), (1.31695789692, "1.31696"), (123456.7, "123457"),
        (1000000, "1000000"), (3.14159, "3.14159"),
    ],
)  # fmt: skip
def test_written(z: complex, wanted: str) -> None:
    assert written(complex(z)) == wanted


@pytest.mark.parametrize(
    ("points", "wanted"),
    [
        ([1j, -1j], "±i"),
        ([pi / 2, -pi / 2], "±π/2"),
        ([1 + 2j, 1 - 2j], "1 ± 2i"),
        ([0, 1], "0 and 1"),
        ([0, 1j, -1j], "0 and ±i"),
        ([1, -1, 1j, -1j], "±1 and ±i"),
        ([-2, 0, 3], "−2, 0 and 3"),
        ([], ""),
    ],
)
def test_listed(points: list[complex], wanted: str) -> None:
    assert listed_numbers([complex(z) for z in points]) == wanted
