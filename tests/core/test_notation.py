"""Typed formulas as they are printed."""

import pytest

from mmlviz.core.formula import Coloured, plain
from mmlviz.core.notation import notation
from mmlviz.core.typst import NAMES, markup
from mmlviz.maths.expression import Expression, read
from mmlviz.maths.expression.readings import DECISIONS
from mmlviz.maths.expression.vocabulary import FUNCTIONS


def tree(text: str) -> Expression:
    found = read(text, ("x", "y"))
    assert isinstance(found, Expression), found
    return found


@pytest.mark.parametrize(
    ("text", "typst"),
    [
        ("2x sin x", '"2" x op("sin") x'),
        ("sin^2 x", 'op("sin")^("2") x'),
        ("(sin x)^-1", 'lr((op("sin") x))^(minus "1")'),  # sin^-1 would be its inverse
        ("arcsin x", 'op("arcsin") x'),
        ("sin(x+1)", 'op("sin") lr((x + "1"))'),
        ("sin x cos x", 'op("sin") lr((x)) op("cos") x'),
        ("1/(1+x^2)", 'frac("1", "1" + x^("2"))'),
        ("e^(x/2)", 'e^(x\\/"2")'),
        ("e^(-(x+1)/2)", 'e^(minus lr((x + "1"))\\/"2")'),
        ("2·3x", '"2" dot.op "3" x'),
        ("x·2^3", 'x dot.op "2"^("3")'),
        ("(-2)^x", 'lr((minus "2"))^(x)'),
        ("-2^x", 'minus "2"^(x)'),
        ("x - (y - 1)", 'x minus lr((y minus "1"))'),
        ("x - -y", "x minus lr((minus y))"),
        ("(x^2)^3", 'lr((x^("2")))^("3")'),
        ("x^2^3", 'x^("2"^("3"))'),
        ("cbrt(x)/√2", 'frac(root(3, x), sqrt("2"))'),
        ("|x|^2", 'abs(x)^("2")'),
        ("log_2 x", 'op("log")_("2") x'),
        ("ln(x)x", 'op("ln") lr((x)) x'),
        ("1.5e-3", '"1.5" dot.op "10"^("−3")'),
        ("1e6", '"10"^("6")'),
        ("30°", '"30°"'),
        ("gamma(x)", "Gamma lr((x))"),
        ("exp(2x)", 'e^("2" x)'),
        ("πx", "pi x"),
    ],
)
def test_markup(text: str, typst: str) -> None:
    assert markup(notation(tree(text))) == typst


def test_a_variable_has_the_colour_of_its_role() -> None:
    node = notation(tree("x"), {"x": "input"})
    assert isinstance(node, Coloured)
    assert markup(node, {"input": "#123456"}.__getitem__) == '#text(fill: rgb("#123456"))[$x$]'
    assert markup(node) == "x"


@pytest.mark.parametrize("decision", [d for d in DECISIONS if d.read], ids=lambda d: d.typed)
def test_every_reading_can_be_printed_and_said(decision: object) -> None:
    node = notation(tree(decision.typed))  # type: ignore[attr-defined]
    assert plain(node)
    assert markup(node).count("(") == markup(node).count(")")


def test_every_function_stands_upright() -> None:
    assert set(FUNCTIONS) <= NAMES
