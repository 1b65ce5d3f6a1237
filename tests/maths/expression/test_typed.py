"""Formulas as students type them: against mpmath, against other spellings, and refused where they must be."""

import builtins
import re
import time
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import isfinite, libmp, mp, mpc, mpf

from mmlviz.maths.expression import Expression, evaluate, read, variables
from mmlviz.maths.expression.text import write
from mmlviz.maths.number import Problem
from tests.maths.expression.cases import (
    CASES,
    DEEP,
    EDGE,
    HOSTILE,
    LONG,
    REFUSED,
    SAME,
    Case,
    Refused,
    Undefined,
)

BUDGET = 0.050  # seconds of the processor, to accept or to refuse
TWO = ("x", "y")


def label(case: Case | Refused) -> str:
    """A name for the report that every terminal can print."""
    return ascii(case.text)[1:-1][:60]


def tree(text: str, names: tuple[str, ...] = TWO) -> Expression:
    """What is read, which must not be a problem."""
    found = read(text, variables=names)
    assert not isinstance(found, Problem), f"{text!r} is refused at {text[found.start : found.end]!r}: {found}"
    return found


def answer(case: Case, at: tuple[float, ...]) -> float:
    """The independent value in 40 digits, nan where there is no real one that a float can hold."""
    try:
        with mp.workdps(40):
            value = case.answer(*map(mpf, at))
            if isinstance(value, mpc) or not isfinite(value) or abs(value) > mpf(np.finfo(float).max):
                return np.nan
            return float(value)
    except (Undefined, ZeroDivisionError, ValueError, libmp.ComplexResult):
        return np.nan


@pytest.mark.parametrize("case", CASES, ids=label)
def test_a_formula_has_the_value_that_a_mathematician_gives_it(case: Case) -> None:
    points = [at if isinstance(at, tuple) else (at,) for at in case.points]
    columns = {name: np.array(column) for name, column in zip(case.variables, zip(*points))}
    expected = [answer(case, at) for at in points]
    found = tree(case.text, case.variables)
    values = evaluate(found, **columns)
    assert values.dtype == np.float64
    assert values.shape == (len(points),)
    # Two values are compared at 1e-12 of their size; EDGE only matters where the true one is about 0.
    np.testing.assert_allclose(values, expected, rtol=1e-12, atol=EDGE, err_msg=f"{case.text!r}: {write(found)}")
    alone = [float(evaluate(found, **dict(zip(case.variables, at)))) for at in points]
    np.testing.assert_array_equal(alone, values)


@pytest.mark.parametrize("case", CASES, ids=label)
def test_what_is_written_is_read_as_the_same(case: Case) -> None:
    found = tree(case.text, case.variables)
    assert read(write(found), variables=case.variables) == found
    assert variables(found) <= set(case.variables)


def test_there_are_enough_formulas() -> None:
    assert len({case.text for case in CASES}) >= 200
    assert len({case.text for case in REFUSED}) >= 130


@pytest.mark.parametrize(
    ("plain", "other"),
    [pytest.param(row[0], other, id=ascii(f"{row[0]} as {other}")[1:-1]) for row in SAME for other in row[1:]],
)
def test_spellings_of_one_formula_give_one_tree(plain: str, other: str) -> None:
    assert write(tree(other)) == write(tree(plain))
    assert tree(other) == tree(plain)


@pytest.mark.parametrize("case", REFUSED, ids=label)
def test_what_is_wrong_is_named_where_it_stands(case: Refused) -> None:
    found = read(case.text, variables=case.variables)
    assert isinstance(found, Problem), f"{case.text!r} is read as {write(found)}"
    assert_well_made(found, case.text)
    assert re.search(case.word, f"{found.message}; {found.suggestion}"), f"{case.text!r}: {found}"
    if case.spans:
        marked = case.text[found.start : found.end]
        assert (found.start, found.end) in case.spans, f"{case.text!r}: {marked!r} is marked at {found.start}: {found}"


def assert_well_made(found: Problem, text: str) -> None:
    """The mark is in the text and can be seen; the sentences can be shown in a window and are not too long for it."""
    assert 0 <= found.start <= found.end <= len(text)
    if text.strip().strip("\u200b\ufeff"):
        assert found.start < found.end, f"nothing is marked in {text!r}: {found}"
    assert found.message
    for sentence in (found.message, found.suggestion):
        sentence.encode()  # lone surrogates would stop here
        assert all(character.isprintable() for character in sentence), f"{text!r}: {sentence!r}"
        assert len(sentence) <= 160, f"{text[:40]!r}: {sentence!r}"


def seconds(work: Callable[[], object]) -> float:
    """What the work costs this thread's processor."""
    start = time.thread_time()
    work()
    return time.thread_time() - start


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{ascii(text)[1:25]}, {len(text)} characters")
def test_nothing_takes_long(text: str) -> None:
    """Other names each time, so that no cache answers; the better of three, as the collector may come in between."""
    read("sin x", variables=TWO)  # what is loaded with the first formula
    found = read(text, variables=TWO)
    assert isinstance(found, Expression | Problem)
    if isinstance(found, Problem):
        assert_well_made(found, text)
    else:
        assert read(write(found), variables=TWO) == found or len(write(found)) > 1000
        assert evaluate(found, x=0.5, y=np.array([1.0, 2.0])).shape == (2,)
    spent = min(
        seconds(partial(read, text, variables=names)) for names in (("y", "x"), ("x", "y", "u"), ("x", "y", "v"))
    )
    assert spent < BUDGET, f"{spent * 1000:.0f} ms"


@pytest.mark.parametrize("text", LONG, ids=lambda text: f"{ascii(text)[1:25]}, {len(text)} characters")
def test_long_texts_are_refused_for_their_length(text: str) -> None:
    found = read(text)
    assert isinstance(found, Problem)
    assert "1000" in str(found) or "long" in str(found), str(found)


@pytest.mark.parametrize("text", DEEP, ids=lambda text: ascii(text)[1:25])
def test_deep_texts_are_refused_for_their_depth(text: str) -> None:
    found = read(text)
    assert isinstance(found, Problem)
    assert re.search("deep|nest|inside", str(found)), str(found)


@pytest.mark.parametrize(
    "text",
    [
        "+".join("x" * 500),
        "(x)" * 300,
        "x" * 900,
        "*".join("x" * 400),
        "-".join("x" * 400),
        " " * 900 + "x",
        "(" * 40 + "x" + ")" * 40,
        "sin(" * 40 + "x" + ")" * 40,
        "1/(1+" * 20 + "x" + ")" * 20,
        "|1-" * 20 + "x" + "|" * 20,
        "sin " * 20 + "x",
        "√" * 20 + "x",
        "x/2" + "/2" * 20,
        "2^-" * 20 + "x",
    ],
    ids=lambda text: f"{ascii(text)[1:25]}, {len(text)} characters",
)
def test_long_and_deep_texts_within_the_bounds_are_read(text: str) -> None:
    evaluate(tree(text), x=0.5)


@pytest.mark.parametrize(
    "text", ["__import__('os').system('true')", "eval('1')", "exec(x)", "(lambda:0)()", "open('x')"]
)
def test_nothing_typed_is_run(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("typed text is run as code")

    for name in ("eval", "exec", "compile"):
        monkeypatch.setattr(builtins, name, refuse)
    assert isinstance(read(text), Problem)
    evaluate(tree("x sin^2 x + gamma(x) - erf x"), x=0.5)


@pytest.mark.parametrize("text", ["xⁿ", "2ⁿ", "eⁿ", "xⁿ⁺¹", "x⁻ⁿ", "e²ⁿ", "xₙ"])
def test_a_raised_or_lowered_letter_is_no_factor(text: str) -> None:
    """The compatibility form of ⁿ is n: xⁿ must not become x·n."""
    found = read(text, variables=("x", "n"))
    if not isinstance(found, Problem):
        plain = {"xⁿ": "x^n", "2ⁿ": "2^n", "eⁿ": "e^n", "xⁿ⁺¹": "x^(n+1)", "x⁻ⁿ": "x^(-n)", "e²ⁿ": "e^(2n)"}
        assert text in plain, write(found)
        assert found == tree(plain[text], ("x", "n"))


@pytest.mark.parametrize("text", ["arccos(√2·√2/2)", "√(√2·√2-2)", "arcsin(√0.5/√0.5)"])
def test_constants_at_an_edge_are_not_refused_for_a_false_reason(text: str) -> None:
    """All are real numbers, 0 and π/2: rounding must not take them over the edge."""
    found = read(text)
    assert not isinstance(found, Problem), str(found)


@pytest.mark.parametrize("text", ["1/(π-3.141592653589793)", "1/(√2·√2-2)"])  # 4e15, and not defined
def test_what_floats_cannot_tell_from_zero_is_not_said_to_be_zero(text: str) -> None:
    found = read(text)
    assert isinstance(found, Problem)
    assert "cannot be told from zero" in found.message


def test_values_take_the_common_shape() -> None:
    grid = np.linspace(-1, 1, 12).reshape(3, 4)
    assert evaluate(tree("2π"), x=grid).shape == (3, 4)
    assert evaluate(tree("x+y"), x=grid[:, :1], y=grid[:1]).shape == (3, 4)
    assert evaluate(tree("x"), x=grid[:, :1], y=grid[:1]).shape == (3, 4)
    assert np.shape(evaluate(tree("x+1"), x=0.5)) == ()
    assert evaluate(tree("x"), x=np.arange(3)).dtype == np.float64
    assert evaluate(tree("x"), x=np.array([])).shape == (0,)


def test_values_that_go_in_are_not_changed() -> None:
    xs = np.array([-1.0, 0.0, 2.0])
    out = evaluate(tree("x"), x=xs)
    out[...] = 7
    assert xs.tolist() == [-1, 0, 2]


def test_nan_and_infinity_go_in_and_nan_comes_out() -> None:
    for text in ("x", "x+1", "1/x", "e^-x", "|x|", "sgn x", "arctan x", "erf x", "x^0", "cbrt x"):
        values = evaluate(tree(text), x=np.array([np.nan, 1.0]))
        assert np.isnan(values[0]) or text == "x^0"
        assert np.isfinite(values[1])
        assert not np.isinf(evaluate(tree(text), x=np.array([np.inf, -np.inf]))).any()


# Formulas with every operator and bracket typed: what such a text means needs no decisions.
NUMERALS = st.one_of(
    st.integers(0, 99).map(str),
    st.decimals("0.01", "99", places=2, allow_nan=False).map(str),
)
ATOMS = st.one_of(NUMERALS, st.sampled_from(["x", "y", "π", "e"]))
NAMES = st.sampled_from(["sin", "cos", "tan", "exp", "ln", "sqrt", "cbrt", "abs", "arctan", "sinh", "erf", "sgn", "√"])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({}) + ({})".format, inner, inner),
        st.builds("({}) - ({})".format, inner, inner),
        st.builds("({}) * ({})".format, inner, inner),
        st.builds("({}) / ({})".format, inner, inner),
        st.builds("({}) ^ {}".format, inner, st.integers(0, 4)),
        st.builds("{}({})".format, NAMES, inner),
        st.builds("|{}|".format, inner),
        st.builds("-({})".format, inner),
    )


FORMULAS = st.recursive(ATOMS, larger, max_leaves=6).filter(lambda text: not isinstance(read(text, TWO), Problem))
XS, YS = np.array([-1.5, 0.25, 0.5, 2.0]), np.array([0.75, -0.5, 3.0, 1.0])


def values(text: str) -> np.ndarray | None:
    """The values at four points, None where the text is refused: two sound constants may make 1/0."""
    found = read(text, variables=TWO)
    return None if isinstance(found, Problem) else evaluate(found, x=XS, y=YS)


@given(FORMULAS, FORMULAS)
def test_the_value_of_what_is_put_together_is_put_together_from_values(a: str, b: str) -> None:
    first, second = values(a), values(b)
    assert first is not None
    assert second is not None
    with np.errstate(all="ignore"):
        together = {
            f"({a})+({b})": first + second,
            f"({a})-({b})": first - second,
            f"({a})({b})": first * second,
            f"({a})·({b})": first * second,
            f"({a})/({b})": first / second,
            f"({a})^2": first**2,
            f"|{a}|": np.abs(first),
            f"-({a})": -first,
        }
    for text, expected in together.items():
        found = values(text)
        if found is not None:
            expected = np.where(np.isfinite(expected), expected, np.nan)
            scale = np.maximum(np.abs(first), np.abs(second))
            agree = np.isclose(found, expected, rtol=1e-12, atol=0, equal_nan=True)
            near = np.abs(found - expected) <= 4 * np.finfo(float).eps * scale
            assert (agree | near).all(), f"{text}: {found}, not {expected}"


@given(FORMULAS, st.data())
def test_spaces_around_signs_and_brackets_change_nothing(text: str, data: st.DataObject) -> None:
    """True of these formulas, where every sign is typed; 1/2x and 1/2 x differ on purpose."""
    spaces = st.sampled_from(["", " ", "  ", "\u00a0", "\t"])
    pieces = re.split(r"([+\-*/^()])", text.replace(" ", ""))
    spread = "".join(
        data.draw(spaces) + each + data.draw(spaces) if each in set("+-*/^()") else each for each in pieces
    )
    assert read(spread, variables=TWO) == read(text, variables=TWO)


@given(FORMULAS)
def test_brackets_around_a_variable_or_the_whole_change_nothing(text: str) -> None:
    found = read(text, variables=TWO)
    bracketed = re.sub(r"(?<![a-z])([xy])(?![a-z])", r"(\1)", text)
    assert read(bracketed, variables=TWO) == found
    assert read(f"({text})", variables=TWO) == found
    assert read(f" {text}\n", variables=TWO) == found


@given(FORMULAS, st.sampled_from([("·", "*"), ("×", "*"), ("−", "-"), ("÷", "/"), ("**", "^"), ("[", "("), ("{", "(")]))
def test_other_signs_change_nothing(text: str, pair: tuple[str, str]) -> None:
    other, plain = pair
    changed = text.replace(plain, other)
    if plain == "(":
        changed = changed.replace(")", {"[": "]", "{": "}"}[other])
    assert read(changed, variables=TWO) == read(text, variables=TWO)


@given(FORMULAS, FORMULAS, st.sampled_from("+*"))
def test_a_formula_without_its_end_is_refused_with_a_mark(a: str, b: str, sign: str) -> None:
    for text in (f"({a}){sign}", f"(({a}){sign}({b})", f"({a}){sign}({b}))", f"({a}){sign}/({b})"):
        found = read(text, variables=TWO)
        assert isinstance(found, Problem), text
        assert_well_made(found, text)
