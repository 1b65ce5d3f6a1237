"""Power series of typed formulas against mpmath, in closed form, where they are not, and however hostile."""

from contextlib import AbstractContextManager, suppress
from fractions import Fraction
from math import factorial, inf, isfinite
from time import process_time

import flint
import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmlviz.maths.expression import Expression, evaluate, expand, read
from mmlviz.maths.expression.balls import ball
from mmlviz.maths.expression.text import write
from mmlviz.maths.expression.tree import variables
from mmlviz.maths.number import Number
from mmlviz.maths.power_series import (
    NoSeries,
    Series,
    derivatives,
    polynomial_exactly,
    taylor,
    taylor_along,
)
from tests.maths.expression import cases
from tests.maths.expression.test_fuzz import HEAVY
from tests.maths.power_cases import CENTRES, FORMULAS, tree

ORDER = 30
BY_BALLS = "1.23456789"  # its fractions are too long for closed forms
PAIRS = [(text, centre) for text, (_, centres) in FORMULAS.items() for centre in centres]
PAIRS += [(text, BY_BALLS) for text in FORMULAS if text not in ("arcsin x", "arccos x", "artanh x")]


def expanded(text: str, centre: str | float, order: int = ORDER) -> Series:
    return taylor(tree(text), Number(centre) if isinstance(centre, str) else centre, order)


TOWERS = ["Γ(" * 48 + "x+1" + ")(x+1)" * 48, "Γ(" * 48 + "x" + ")x" * 48]


@pytest.mark.parametrize("text", TOWERS, ids=["(x+1)", "x"])
@pytest.mark.parametrize("centre", [0, 0.5])
def test_long_formulas_are_tried_with_fewer_bits_and_terms(
    text: str, centre: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Γ of Γ of Γ … took most of a second: 2048 bits, and 120 spare terms."""
    tried: list[tuple[int, int]] = []
    told = expand.working

    def telling(bits: int, terms: int) -> AbstractContextManager[None]:
        tried.append((bits, terms))
        return told(bits, terms)

    monkeypatch.setattr(expand, "working", telling)
    with suppress(NoSeries):
        taylor(tree(text), centre, 40)
    assert 0 < sum(bits for bits, _ in tried) * tree(text).size < 10 * expand.MOST_WORK
    assert max(bits for bits, _ in tried) < expand.MOST_BITS
    assert max(terms for _, terms in tried) < 162


def same_ball(node: Expression, c: object, bits: int) -> bool:
    before, flint.ctx.prec = flint.ctx.prec, bits
    try:
        return bool(ball(node).overlaps(c))
    finally:
        flint.ctx.prec = before


# Right coefficients -----------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "centre"), PAIRS)
def test_coefficients_as_derivatives_by_differences(text: str, centre: str) -> None:
    """mpmath takes differences of the function itself with hundreds of digits."""
    order = 14 if text == "gamma x" else ORDER  # seconds else
    found = expanded(text, centre, order)
    with mpmath.workdps(60):
        true = mpmath.taylor(FORMULAS[text][0], CENTRES[centre](), order)
        largest = max(map(abs, true))
        for c, radius, exact in zip(found.coefficients.tolist(), found.radii.tolist(), true, strict=True):
            error = abs(exact - c)
            assert error <= radius + mpmath.mpf(10) ** -25 * largest
            assert error <= mpmath.mpf(10) ** -12 * abs(exact) + mpmath.mpf(10) ** -25 * largest


@pytest.mark.parametrize(("text", "centre"), PAIRS)
def test_closed_forms_are_the_coefficients(text: str, centre: str) -> None:
    """Each formula, worked out anew in balls, meets the ball of its coefficient."""
    found = expanded(text, centre)
    assert len(found.exact) == ORDER + 1
    for node, c, fraction in zip(found.exact, found.balls, found.fractions, strict=True):
        if node is not None:
            assert not variables(node)
            assert same_ball(node, c, found.bits)
        if fraction is not None:
            assert c.overlaps(flint.arb(flint.fmpq(fraction.numerator, fraction.denominator)))


@pytest.mark.parametrize(
    ("text", "centre", "wanted"),
    [
        ("sin x", "0", "0 | 1 | 0 | -(1/6) | 0 | 1/120"),
        ("sin x", "π/4", "sqrt(2)/2 | sqrt(2)/2 | -(sqrt(2)/4) | -(sqrt(2)/12)"),
        ("cos x", "π/2", "0 | -1 | 0 | 1/6"),
        ("sin x", "30°", "1/2 | sqrt(3)/2 | -(1/4) | -(sqrt(3)/12)"),
        ("sin x", "1", "sin(1) | cos(1) | -(sin(1)/2) | -(cos(1)/6)"),
        ("sin x cos x", "1", "sin(2)/2 | cos(2) | -sin(2)"),
        ("e^x", "2", "e^2 | e^2 | (e^2)/2 | (e^2)/6"),
        ("e^x", "√2", "e^sqrt(2) | e^sqrt(2) | (e^sqrt(2))/2"),
        ("ln x", "10", "ln(10) | 1/10 | -(1/200) | 1/3000"),
        ("ln x", "8", "3*ln(2) | 1/8"),
        ("ln x", "e", "1 | e^(-1) | -((e^(-2))/2)"),
        ("lg x", "100", "2 | 1/(100*ln(10))"),
        ("arctan x", "1", "pi/4 | 1/2 | -(1/4) | 1/12 | 0"),
        ("arctan x", "2", "arctan(2) | 1/5 | -(2/25) | 11/375"),
        ("arcsin x", "1/2", "pi/6 | (2*sqrt(3))/3"),
        ("arcosh x", "2", "arcosh(2) | sqrt(3)/3"),
        ("artanh x", "1/2", "ln(3)/2 | 4/3"),
        ("√(4-x)", "1", "sqrt(3) | -(sqrt(3)/6) | -(sqrt(3)/72)"),
        ("√x", "6", "sqrt(6) | sqrt(6)/12"),
        ("√x", "π", "sqrt(pi) | 1/(2*sqrt(pi))"),
        ("cbrt x", "2", "cbrt(2) | cbrt(2)/6"),
        ("cbrt x", "-8", "-2 | 1/12 | 1/288"),
        ("x sin x", "π/2", "pi/2 | 1 | -(pi/4) | -(1/2)"),
        ("x^x", "1", "1 | 1 | 1 | 1/2 | 1/3"),
        ("2^x", "0", "1 | ln(2) | (ln(2)^2)/2"),
        ("sin(πx)", "0", "0 | pi | 0 | -((pi^3)/6)"),
        ("sin(x°)", "0", "0 | pi/180"),
        ("1/x", "π/2", "2/pi | -(4/(pi^2)) | 8/(pi^3)"),
        ("1/(1+√2 x)", "0", "1 | -sqrt(2) | 2 | -(2*sqrt(2))"),
        ("erf x", "0", "0 | 2/sqrt(pi) | 0 | -(2/(3*sqrt(pi)))"),
        ("cosh x", "1", "(e/2) + ((e^(-1))/2) | (e/2) - ((e^(-1))/2)"),
        ("sin(x)^2 + cos(x)^2", "1", "1 | 0 | 0 | 0"),
        ("tan x", "π/4", "1 | 2 | 2 | 8/3"),
        ("|x|^3", "-2", "8 | -12 | 6 | -1 | 0"),
        ("1/(1+x²)", "2", "1/5 | -(4/25) | 11/125"),
    ],
)
def test_closed_forms_by_hand(text: str, centre: str, wanted: str) -> None:
    words = wanted.split(" | ")
    found = expanded(text, centre, len(words) - 1)
    assert [node and write(node) for node in found.exact] == words
    assert not found.filled


def test_what_is_0_is_0_for_certain() -> None:
    for text, centre, zeros in (("cos x", "π/2", slice(0, None, 2)), ("x^3 - 3x", "√3", slice(4, None))):
        found = expanded(text, centre)
        assert not found.coefficients[zeros].any()
        assert not found.radii[zeros].any()


def test_what_is_0_by_an_identity_is_shown_as_0() -> None:
    """Not proven where there are no closed forms, but within 10⁻³⁰⁰."""
    found = expanded("sin 2x - 2 sin x cos x", BY_BALLS)
    assert not found.coefficients.any()
    assert (found.radii > 0).all()
    assert (found.radii < 1e-300).all()
    assert not expanded("sin 2x - 2 sin x cos x", "1").radii.any()


def test_long_fractions_are_left_to_balls() -> None:
    """About the binary value of 0.1 the fractions have 17 digits, and their powers hundreds."""
    binary, typed = expanded("1/(1+x²)", 0.1), expanded("1/(1+x²)", "0.1")
    assert binary.exact == (None,) * (ORDER + 1)
    assert typed.fractions[0] == Fraction(100, 101)
    assert binary.centre == Fraction(0.1) != typed.centre
    assert binary.coefficients == pytest.approx(typed.coefficients, rel=1e-13, abs=1e-300)


def test_the_precision_rises_where_digits_cancel() -> None:
    """A recurrence for √(1 + sin x) loses all digits of a float about 0."""
    found = expanded("√(1+sin x)", "0.123456789", 40)
    assert found.bits > 128
    assert (found.radii <= 1.2e-16 * np.abs(found.coefficients)).all()


# Where the formula is not defined -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "centre", "limit", "wanted"),
    [
        ("sin x/x", "0", "1", [1, 0, Fraction(-1, 6), 0, Fraction(1, 120)]),
        ("(x²-1)/(x-1)", "1", "2", [2, 1, 0]),
        ("(1-cos x)/x²", "0", "1/2", [Fraction(1, 2), 0, Fraction(-1, 24)]),
        ("(e^x-1)/x", "0", "1", [1, Fraction(1, 2), Fraction(1, 6)]),
        ("ln x/(x-1)", "1", "1", [1, Fraction(-1, 2), Fraction(1, 3)]),
        ("x cot x", "0", "1", [1, 0, Fraction(-1, 3)]),
        ("1/x - 1/sin x", "0", "0", [0, Fraction(-1, 6), 0, Fraction(-7, 360)]),
        ("(x-π/2) tan x", "π/2", "−1", [-1, 0, Fraction(1, 3)]),
        ("x^50/x^49", "0", "0", [0, 1, 0]),
        ("(√x-2)/(x-4)", "4", "1/4", [Fraction(1, 4), Fraction(-1, 64)]),
        ("(cbrt(x)-2)/(x-8)", "8", "1/12", [Fraction(1, 12)]),
        ("1/(1/x)", "0", "0", [0, 1, 0]),
    ],
)
def test_removable_points(text: str, centre: str, limit: str, wanted: list) -> None:
    found = expanded(text, centre, len(wanted) - 1)
    assert list(found.fractions) == wanted
    assert centre == "π/2" or np.isnan(float(evaluate(tree(text), x=float(Number(centre)))))
    assert f"is not defined at {centre}; its limit there is {limit}, and with that value it has" in found.filled


def test_a_limit_without_closed_form() -> None:
    """x Γ(x) = Γ(x + 1)."""
    found, wanted = expanded("x gamma(x)", "0"), expanded("gamma(x+1)", "0")
    assert found.coefficients == pytest.approx(wanted.coefficients, rel=1e-15)
    assert found.filled == "x Γ(x) is not defined at 0; its limit there is 1, and with that value it has a series."
    assert "about 0.577216" in expanded("-gamma(x) + 1/x", "0", 3).filled


@pytest.mark.parametrize(("text", "wanted"), [("√(x^4)", "x^2"), ("|x|^2", "x^2"), ("(x^6)^(1/3)", "x^2")])
def test_defined_and_smooth_where_a_part_is_not(text: str, wanted: str) -> None:
    found = expanded(text, "0", 8)
    assert found.coefficients.tolist() == expanded(wanted, "0", 8).coefficients.tolist()
    assert found.filled == ""


@pytest.mark.parametrize(
    ("text", "centre", "kind", "said"),
    [
        ("1/x", "0", "pole", "1/x is not defined at 0: it has a pole there."),
        ("2/(x²-x)", "1", "pole", "2/(x² − x) is not defined at 1: it has a pole there."),
        ("e^(1/x)", "0", "pole", "1/x is not defined at 0: it has a pole there."),
        ("x + tan x", "π/2", "pole", "tan(x) is not defined at π/2: it has a pole there."),
        ("gamma x", "-3", "pole", "Γ(x) is not defined at −3: it has a pole there."),
        ("1/|x|", "0", "pole", "1/|x| is not defined at 0: it has a pole there."),
        ("√x", "-1", "not real", "√x is not real at −1."),
        ("3 + ln x", "-1", "not real", "ln(x) is not real at −1."),
        ("arcsin x", "2", "not real", "arcsin(x) is not real at 2."),
        ("x^0.2", "-1", "not real", "x^0.2 is not real at −1."),
        ("x^x", "-1", "not real", "x^x is not real at −1."),
        ("arcosh x", "0", "not real", "arcosh(x) is not real at 0."),
        ("√(-x²)", "0", "not real", "√(−x²) is not real at 0."),
        ("2 + |x|", "0", "kink", "|x| has no derivative at 0: it has a kink there."),
        ("√(x²)", "0", "kink", "√(x²) has no derivative at 0: it has a kink there."),
        ("|x|^3", "0", "kink", "|x|³ has no derivative of order 3 at 0: the one before has a kink there."),
        ("arccos(cos x)", "0", "kink", "arccos(cos(x)) has no derivative at 0: it has a kink there."),
        ("√x", "0", "branch point", "√x has no derivative at 0: its slope is infinite there."),
        ("√(4-x)", "4", "branch point", "√(4 − x) has no derivative at 4: its slope is infinite there."),
        ("x^(1/3)", "0", "branch point", "x^(1/3) has no derivative at 0: its slope is infinite there."),
        ("x^1.5", "0", "branch point", "x^1.5 has no derivative of order 2 at 0: it is infinite there."),
        ("x^(-1/3)", "0", "branch point", "x^(−1/3) is not defined at 0: it grows beyond all bounds there."),
        ("arcsin x", "1", "branch point", "arcsin(x) has no derivative at 1: its slope is infinite there."),
        ("sgn x", "0", "jump", "sgn(x) jumps at 0."),
        ("ln x", "0", "undefined", "ln(x) is not defined at 0."),
        ("ln|x|", "0", "undefined", "ln(|x|) is not defined at 0."),
        ("artanh x", "1", "undefined", "artanh(x) is not defined at 1."),
        ("x^x", "0", "undefined", "x^x is not defined at 0."),
        (
            "1/(x+√2+√3-√(5+2√6))", "0", "unknown",
            "Whether 1/(x + √2 + √3 − √(5 + 2√6)) has a series about 0 cannot be told.",
        ),
        ("1/(x-x)", "1", "unknown", "Whether 1/(x − x) has a series about 1 cannot be told."),
        ("sin e^x", "1e10", "unknown", "Whether sin(e^x) has a series about 1e10 cannot be told."),
        ("e^(x²)", "100", "too large", "The coefficients of e^(x²) are too large about this centre."),
        ("1/x", "1e-100", "too large", "The coefficients of 1/x are too large about this centre."),
        (
            "ln(x) + 1/(x-1+sin(x-1)+tan(x-1)+x²-1+x³-1+cos(x)-cos(1))", "1", "pole",
            "A part of f is not defined at 1: it has a pole there.",
        ),
    ],
)  # fmt: skip
def test_where_there_is_no_series(text: str, centre: str, kind: str, said: str) -> None:
    with pytest.raises(NoSeries) as caught:
        expanded(text, centre)
    assert caught.value.kind == kind
    assert str(caught.value) == said


# Any formula ----------------------------------------------------------------------------------------

TYPED = sorted({case.text for case in cases.CASES if len(case.variables) == 1})
POINTS = ["0", "1", "-1", "1/2", "-2/3", "π/2", "√2", "-0.7", "3", "e", "1e-10", "355/113", "30°", "1e6"]
centres = st.one_of(st.sampled_from(POINTS), st.floats(-4, 4).map(lambda x: round(x, 3)))


def checked(text: str, centre: str | float, names: tuple[str, ...] = ("x",)) -> None:
    """A series that begins with the value of the formula, or NoSeries with a sentence."""
    f = read(text, names)
    if not isinstance(f, Expression) or len(variables(f)) > 1:
        return
    a = Number(centre) if isinstance(centre, str) else centre
    try:
        found = taylor(f, a, 12)
    except NoSeries as trouble:
        if not (str(trouble).endswith(".") and trouble.kind):
            pytest.fail(f"no sentence: {trouble}")
        return
    value = float(evaluate(f, **dict.fromkeys(variables(f), float(a))))
    assert isfinite(found.coefficients[0])
    if not found.filled and isfinite(value) and abs(a) < 10 and abs(float(a)) > 1e-5:
        assert found.coefficients[0] == pytest.approx(value, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("text", TYPED)
@settings(max_examples=2, deadline=None)
@given(centre=centres)
def test_whatever_is_typed_has_a_series_or_a_reason(text: str, centre: str | float) -> None:
    names = next(case.variables for case in cases.CASES if case.text == text)
    checked(text, centre, names)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TYPED), st.sampled_from(TYPED), st.sampled_from("+-*/^"), centres)
def test_two_formulas_put_together(first: str, second: str, sign: str, centre: str | float) -> None:
    checked(f"({first}){sign}({second})", centre)
    checked(first.replace("x", f"({second})"), centre)


HOSTILE = (
    "x^(1e200)", "(((x^2+1)^64)^64)^64", "(x+1)^999/(x-1)^998", "e^e^e^e^x", "sin(1e300x)", "gamma(x^9)",
    "gamma(gamma(gamma x))", "x^x^x^x^x^x", "tan tan tan tan x", "erf(1e5x)", "(sin x+cos x)^40", "(x+√2+π+e)^30",
    "(e^x+e^(2x)+e^(3x)+x)^20", "sin(x)^9/cos(x)^9", "(1+x+x²+x³+x⁴+x⁵+x⁶)^50", "√(√(√(√(√(1+x)))))", "1e-6^x",
    "1/(1+1/(1+1/(1+1/(1+1/(1+x)))))", "arctan(arctan(arctan(arctan x)))", "√2^√2^x", "log_x(x+1)", "10^10^x",
    "1/sin(x)^7-1/x^7", "(x²)^(x²)", "ln(x)^ln(x)", "x^123456/x^123455", "(17x/12345+3/54321)^200", "cos(10^6x)",
    "+".join(f"sin({k}x)" for k in range(1, 60)), "sin(" * 45 + "x" + ")" * 45, "1/(1+" * 20 + "x" + ")" * 20,
)  # fmt: skip


@pytest.mark.parametrize("text", [*HOSTILE, *HEAVY], ids=lambda text: text[:20])
@pytest.mark.parametrize("centre", ["0", "1", "0.37", "π/4", "-7/3", "999999/7", "1e200"])
def test_no_formula_takes_long(text: str, centre: str) -> None:
    """No text may hang the window: ten times what the heaviest thousand characters take here."""
    f = tree(text)
    start = process_time()
    with suppress(NoSeries):
        taylor(f, Number(centre), 40)
    assert process_time() - start < 5


# What callers rely on ---------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["sin x", "gamma(x+1)", "√(2+x)", "x^3"])
def test_lower_orders_are_beginnings(text: str) -> None:
    longer = expanded(text, "0.3", 50)
    for order in (0, 1, 7, 41, 42):
        found = expanded(text, "0.3", order)
        assert len(found.coefficients) == len(found.radii) == len(found.balls) == len(found.exact) == order + 1
        assert found.coefficients == pytest.approx(longer.coefficients[: order + 1], rel=4e-16, abs=0)
        assert found.fractions == longer.fractions[: order + 1]


def test_a_series_is_computed_once_and_read_only() -> None:
    found = expanded("cos x", "0.25")
    assert expanded("cos x", "0.25") is found
    for kept in (found.coefficients, found.radii):
        with pytest.raises(ValueError, match="read-only"):
            kept[0] = 2


def test_the_centre_is_the_number_as_typed() -> None:
    assert expanded("1/x", "1/3").fractions[1] == -9
    assert expanded("1/x", 1 / 3).fractions[1] is None
    assert taylor(tree("1/x"), Fraction(1, 3), 1).fractions[1] == -9


def test_flint_is_left_as_it_was() -> None:
    before = flint.ctx.prec, flint.ctx.cap
    try:
        flint.ctx.prec, flint.ctx.cap = 24, 3
        found = taylor(tree("e^x"), Fraction(11, 13), 12)
        with pytest.raises(NoSeries):
            taylor(tree("ln x"), Fraction(-11, 13), 14)
        assert (flint.ctx.prec, flint.ctx.cap) == (24, 3)
    finally:
        flint.ctx.prec, flint.ctx.cap = before
    assert found.coefficients[12] == pytest.approx(np.exp(11 / 13) / factorial(12), rel=1e-14)


@pytest.mark.parametrize(("text", "order", "word"), [("x", -1, "got -1"), ("x y", 3, "one variable")])
def test_what_is_refused(text: str, order: int, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        taylor(tree(text, "x", "y"), 0, order)


def test_the_variable_may_have_any_name() -> None:
    assert taylor(tree("sin t", "t"), 0, 5).coefficients.tolist() == expanded("sin x", "0", 5).coefficients.tolist()


def test_derivatives() -> None:
    found = derivatives(expanded("ln x", "10", 200))
    assert [d.exact and write(d.exact) for d in found[:4]] == ["ln(10)", "1/10", "-(1/100)", "1/500"]
    assert found[3].value == 0.002
    assert derivatives(expanded("1/(1-x)", "0", 200))[200].value == inf
    for d in found[:100]:
        assert d.radius <= 1.2e-16 * abs(d.value)


@pytest.mark.parametrize("text", ["sin x", "e^(-x²)", "1/(1+x²)", "arctan x"])
def test_the_polynomial_exactly(text: str) -> None:
    """Against the polynomial in fractions: where terms of 10¹² cancel no digit is lost."""
    found = expanded(text, "0", 60)
    x = np.linspace(-5, 30, 36)
    for point, value in zip(x.tolist(), polynomial_exactly(found, x).tolist()):
        terms = [c * Fraction(point) ** k for k, c in enumerate(found.fractions) if c is not None]
        if len(terms) == 61:
            assert value == float(sum(terms))
    assert polynomial_exactly(found, x.reshape(6, 6)).shape == (6, 6)
    assert np.isnan(polynomial_exactly(found, np.array([np.nan, inf]))).all()


# Along a line ---------------------------------------------------------------------------------------


def along(text: str, start: tuple[str, str], direction: tuple[int, int], order: int) -> list[Fraction | None]:
    point = dict(zip("xy", map(Number, start)))
    return taylor_along(tree(text, "x", "y"), point, dict(zip("xy", map(Fraction, direction))), order)[1]


def test_a_function_of_two_variables_along_a_line() -> None:
    assert along("x² - x y + sin y", ("0", "0"), (1, 2), 4) == [0, 2, -1, Fraction(-8, 6), 0]
    assert along("cos(x - y²) - x²", ("0", "0"), (3, 0), 3) == [1, 0, Fraction(-27, 2), 0]
    assert along("x/y", ("1", "2"), (0, 1), 2) == [Fraction(1, 2), Fraction(-1, 4), Fraction(1, 8)]


def test_the_course_s_gradient_and_hessian() -> None:
    """f = x y² e^(−x⁴ − y²/2) at (−1, 2): f = −4e⁻³, J = (−12, 4)e⁻³, H = [[16, 12], [12, 2]]e⁻³."""
    f, point = tree("x y² e^(-x^4 - y²/2)", "x", "y"), {"x": Number("-1"), "y": Number("2")}
    for (u, v), slope, bend in (((1, 0), -12, 16), ((0, 1), 4, 2), ((1, 1), -8, 16 + 24 + 2)):
        balls, _ = taylor_along(f, point, {"x": Fraction(u), "y": Fraction(v)}, 2)
        wanted = np.array([-4, slope, bend / 2]) * np.exp(-3)
        assert [float(c) for c in balls] == pytest.approx(wanted, rel=1e-14)


def test_no_series_along_a_line() -> None:
    with pytest.raises(NoSeries) as caught:
        along("√(x+y)", ("1", "-1"), (1, 0), 3)
    assert str(caught.value) == "√(x + y) has no derivative at (1, −1): its slope is infinite there."
