"""Formulas in the complex plane: against mpmath, and along paths against sheets that are chosen by hand."""

import mpmath
import numpy as np
import pytest
import scipy.special

from mmlviz.maths.expression import evaluate, read
from mmlviz.maths.expression.complex_functions import erf, gamma
from mmlviz.maths.expression.plane import around, continued, is_single_valued, on_plane
from mmlviz.maths.expression.tree import Expression
from tests.maths.expression.by_mpmath import value

TURN = np.exp(2j * np.pi * np.arange(201) / 200)


def f(text: str) -> Expression:
    tree = read(text, ("x",))
    assert isinstance(tree, Expression)
    return tree


SINGLE = (
    "sin x", "cos 2x", "tan x", "sec x", "csc x", "cot x", "sinh x", "cosh x", "tanh x", "sech x", "csch x", "coth x",
    "e^x", "exp(-x^2)", "2^x", "x^3 - 2x + 1/3", "1/(1+x^2)", "x^-4", "erf x", "gamma x", "1/gamma(x)", "x sin(1/x)",
    "sin 30° x", "e^(1/x)", "x^17", "sqrt(2) x", "(x+1)^0", "pi^x ln 2", "erf(x)^2/(x-1)", "-x^2 - x", "log_2(3) x",
)  # fmt: skip
MANY = (
    "ln x", "sqrt x", "cbrt x", "x^(1/3)", "x^0.5", "x^pi", "x^x", "|x|", "sgn x", "arcsin x", "arccos x", "arctan x",
    "arsinh x", "arcosh x", "artanh x", "log_2(x)", "log_x(2)", "sqrt(1+x^2)", "(-2)^x", "2^sqrt(x)",
)  # fmt: skip


@pytest.mark.parametrize("text", SINGLE)
def test_single_valued_as_mpmath(text: str) -> None:
    rng = np.random.default_rng(5)
    z = rng.uniform(-4, 4, 60) + 1j * rng.uniform(-4, 4, 60)
    tree = f(text)
    assert is_single_valued(tree)
    found = on_plane(tree, z)
    with mpmath.workdps(30):
        wanted = np.array([complex(value(tree, mpmath.mpmathify(x))) for x in z.tolist()])
    assert np.all(np.abs(found - wanted) <= 1e-12 * np.maximum(np.abs(wanted), 1e-3))


@pytest.mark.parametrize("text", MANY)
def test_not_single_valued(text: str) -> None:
    assert not is_single_valued(f(text)) or text == "(-2)^x"


@pytest.mark.parametrize("text", [*SINGLE, *MANY])
def test_paths_begin_with_the_real_value(text: str) -> None:
    tree = f(text)
    x = np.array([-2.3, -0.4, 0.3, 0.7, 1.6])
    found, wanted = continued(tree, np.stack([x + 0j, x + 0.001j]))[0], evaluate(tree, x=x)
    if text == "(-2)^x":
        assert np.isnan(wanted).all()
    assert (np.isnan(found) == np.isnan(wanted)).all()
    assert np.allclose(found, wanted, rtol=1e-13, atol=1e-14, equal_nan=True)


@pytest.mark.parametrize("text", [text for text in MANY if text != "x^x"])  # which is compared below
def test_paths_follow_the_derivative(text: str) -> None:
    """Around 0, ±1 and ±i in small steps no value jumps: neighbours differ by no more than the slope allows."""
    tree = f(text)
    z = 0.5 + 1.7 * (np.exp(2j * np.pi * np.arange(2001) / 1000) - 1)
    z = np.where(np.arange(2001) == 0, 0.5, z)
    y = continued(tree, z)
    if np.isnan(y[0]):
        z = z + 1.0 if text == "arcosh x" else z
        y = continued(tree, z)
    if not np.isnan(y[0]):
        assert np.isfinite(y).all()
        steps = np.abs(np.diff(y))
        assert steps.max() <= 12 * np.median(steps) + 0.05 * np.abs(y).max()


# Continued by hand ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("sqrt x", lambda t: np.exp(1j * t / 2)),
        ("ln x", lambda t: 1j * t),
        ("cbrt x", lambda t: np.exp(1j * t / 3)),
        ("x^(2/3)", lambda t: np.exp(2j * t / 3)),
        ("x^0.3", lambda t: np.exp(0.3j * t)),
        ("x^pi", lambda t: np.exp(1j * np.pi * t)),
        ("x^x", lambda t: np.exp(1j * t * np.exp(1j * t))),
        ("log_2(x)", lambda t: 1j * t / np.log(2)),
        ("|x|", lambda t: np.exp(1j * t)),
        ("sgn x", lambda t: 1 + 0 * t),
        ("sqrt(x^2)", lambda t: np.exp(1j * t)),
        ("sqrt(x^6)", lambda t: np.exp(3j * t)),
        ("ln(x^2)", lambda t: 2j * t),
        ("ln(e^x)", lambda t: np.exp(1j * t)),
        ("ln|x|", lambda t: 1j * t),
        ("sqrt(x) sqrt(x)", lambda t: np.exp(1j * t)),
        ("sqrt(4x)/x", lambda t: 2 * np.exp(-1j * t / 2)),
    ],
)
def test_three_turns_about_0(text: str, wanted) -> None:
    t = np.linspace(0, 6 * np.pi, 601)
    assert np.allclose(continued(f(text), np.exp(1j * t)), wanted(t), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cbrt x", lambda t: -np.exp(1j * t / 3)),
        ("x^(1/5)", lambda t: -np.exp(1j * t / 5)),
        ("x^(2/3)", lambda t: np.exp(2j * t / 3)),
        ("x^(-1/3)", lambda t: -np.exp(-1j * t / 3)),
        ("|x|", lambda t: np.exp(1j * t)),
        ("sgn x", lambda t: -1 + 0 * t),
        ("sqrt(x^2)", lambda t: np.exp(1j * t)),
        ("ln(-x)", lambda t: 1j * t),
    ],
)
def test_a_turn_from_minus_1(text: str, wanted) -> None:
    """From x = −1 on, which is −e^(it)."""
    t = np.linspace(0, 2 * np.pi, 201)
    assert np.allclose(continued(f(text), -np.exp(1j * t)), wanted(t), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "centre", "change"),
    [
        ("arctan x", 1j, -np.pi),  # 1/(2i)·ln((1 + ix)/(1 − ix)) loses 2πi/2i... by its numerator
        ("arctan x", -1j, np.pi),
        ("artanh x", 1, -np.pi * 1j),
        ("artanh x", -1, np.pi * 1j),
        ("arsinh x", None, 2j * np.pi),
        ("ln(1+x^2)", None, 4j * np.pi),
    ],
)
def test_what_a_turn_adds(text: str, centre: complex | None, change: complex) -> None:
    """Anticlockwise about one branch point, or (None) about all of them at once."""
    if centre is None:
        path = np.concatenate([np.linspace(0.2, 3, 60), 3 * TURN, np.linspace(3, 0.2, 60)])
    else:
        near = centre * 0.9
        line = np.linspace(0, near, 60)
        path = np.concatenate([line, centre + (near - centre) * TURN, line[::-1]])
    found = continued(f(text), path)
    assert abs(abs(found[-1] - found[0]) - abs(change)) < 1e-12
    assert found[-1] - found[0] == pytest.approx(change, abs=1e-12) or centre is not None
    slopes = {"arctan x": lambda z: 1 / (1 + z * z), "artanh x": lambda z: 1 / (1 - z * z)}
    if text in slopes:  # by integration of the derivative
        middle, steps = (path[1:] + path[:-1]) / 2, np.diff(path)
        fine = np.sum(slopes[text](middle) * steps)
        assert found[-1] - found[0] == pytest.approx(fine, abs=0.02)


def test_the_other_sheet_of_arcsine() -> None:
    """Around 1 arcsin comes back as π − arcsin, arcosh as −arcosh; at the same points with mpmath's values."""
    path = 1 - 0.6 * TURN
    for text, wanted in (("arcsin x", np.pi - np.arcsin(0.4)), ("arccos x", -np.arccos(0.4))):
        assert continued(f(text), path)[-1] == pytest.approx(wanted, abs=1e-13)
    assert continued(f("arcosh x"), 1 + 0.6 * TURN)[-1] == pytest.approx(-np.arccosh(1.6), abs=1e-13)


def test_inverse_functions_far_out_keep_their_digits() -> None:
    """On the sheet beyond the branch point, where iw + √(1 − w²) is small: still sin of it is w."""
    path = np.concatenate([1 - 0.6 * TURN[:101], np.geomspace(1.6, 2000, 300)])
    y = continued(f("arcsin x"), path)
    with mpmath.workdps(40):
        back = [complex(mpmath.sin(mpmath.mpmathify(complex(v)))) for v in y.tolist()]
    assert np.abs(np.array(back) / path - 1).max() < 1e-11


def test_many_paths_at_once() -> None:
    """Axis 0 is along the paths; each start has its own sign."""
    starts = np.array([[-2.0, 3.0], [0.5, -0.1]])
    path = starts * np.exp(1j * np.linspace(0, np.pi, 50))[:, None, None]
    found = continued(f("cbrt x"), path)
    assert found.shape == path.shape
    assert np.allclose(found[-1], np.cbrt(starts) * np.exp(1j * np.pi / 3), rtol=1e-13)
    assert np.isnan(continued(f("ln x"), path)[:, 0, 0]).all()


# On a grid --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "centre"),
    [
        ("sqrt(1+x) ln(2+x)", 1.0), ("arctan x", 0.0), ("sqrt(4-x)", 0.0), ("ln x", 2.5), ("arcsin x", 0.0),
        ("artanh x", 0.0), ("arsinh x", 0.0), ("sqrt(1+x^2)", 0.0), ("x^x", 1.0), ("x^(1/3)", 2.0), ("arcosh x", 3.0),
        ("1/(2+sqrt x)", 1.0), ("gamma(x)/erf(x+4)", 1.0), ("ln(4-x^2)", 0.0),
    ],
)  # fmt: skip
def test_grids_as_mpmath_where_its_cuts_run_away_from_the_centre(text: str, centre: float) -> None:
    xs, ys = np.linspace(-3, 3, 40), np.linspace(-2.03, 2, 28)
    tree = f(text)
    found = around(tree, centre, xs, ys)
    assert found.shape == (28, 40)
    with mpmath.workdps(20):
        wanted = np.array([[complex(value(tree, mpmath.mpc(x, y))) for x in xs.tolist()] for y in ys.tolist()])
    wrong = np.abs(found - wanted) > 1e-11 * np.maximum(1, np.abs(wanted))
    assert wrong.sum() <= 12  # pixels beside a cut


def test_cuts_run_away_from_the_centre() -> None:
    """√(1 + x²) about 2: the cut behind i goes up and to the left, where the principal one goes straight up."""
    tree = f("sqrt(1+x^2)")
    xs, ys = np.linspace(-3, 3, 61), np.linspace(0.05, 4, 40)
    found = around(tree, 2.0, xs, ys)
    z = xs + 1j * ys[:, None]
    # Left of the line from 2 through i the root has gone around i.
    is_above = ((z - 2) / (1j - 2)).imag < 0
    principal = np.sqrt(1 + z * z)
    wanted = np.where((z.real < 0) & is_above, -principal, principal)
    is_behind = np.abs(((z - 2) / (1j - 2)).imag) < 0.12
    assert np.allclose(found[~is_behind], wanted[~is_behind], rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "centre", "wanted"),
    [
        ("sqrt(1-cos x)", 1.0, lambda z: np.sqrt(2) * np.sin(z / 2)),
        ("sqrt(x^2 + 0x)", 1.0, lambda z: z),
        ("sqrt(x^4 - 2x^2 + 1)", 2.0, lambda z: z * z - 1),
        ("sqrt(1+sin x)", 0.5, lambda z: np.sqrt(2) * np.sin(z / 2 + np.pi / 4)),
        ("(x^4 - 2x^2 + 1)^0.5", -2.0, lambda z: z * z - 1),
        ("(x^4 - 2x^2 + 1)^1.5", 2.0, lambda z: (z * z - 1) ** 3),
    ],
)
def test_there_are_no_cuts_behind_double_zeros(text: str, centre: float, wanted) -> None:
    """Lines that pass near them cannot see the turn; those beside can."""
    xs, ys = np.linspace(-3, 3, 100), np.linspace(-2, 2, 70)
    found = around(f(text), centre, xs, ys)
    assert np.allclose(found, wanted(xs + 1j * ys[:, None]), rtol=1e-7, atol=1e-7)


def test_windows_that_do_not_hold_the_centre() -> None:
    xs, ys = np.linspace(5, 6, 30), np.linspace(-0.5, 0.5, 20)
    z = xs + 1j * ys[:, None]
    assert np.allclose(around(f("sqrt x"), 1.0, xs, ys), np.sqrt(z), rtol=1e-13)
    assert np.isnan(around(f("sqrt x"), -1.0, xs, ys)).all()


def test_nothing_is_warned_of() -> None:
    xs, ys = np.linspace(-900, 900, 31), np.linspace(-900, 900, 31)
    for text in ("e^x", "e^(x^2)", "tan x", "gamma x", "erf x", "1/x", "sech x", "csch x", "coth x", "sqrt(x^3)"):
        around(f(text), 1.0, xs, ys)
    assert np.isnan(on_plane(f("1/x"), np.array([0j]))).all()
    assert np.isnan(on_plane(f("gamma x"), np.array([0, -1, -7 + 0j]))).all()


# erf and Γ --------------------------------------------------------------------------------------


def test_erf_and_gamma_as_scipy() -> None:
    rng = np.random.default_rng(2)
    z = rng.uniform(-12, 12, 4000) + 1j * rng.uniform(-12, 12, 4000)
    z = np.concatenate([z, z / 10, z / 1000])
    for found, wanted in ((erf(z), scipy.special.erf(z)), (gamma(z), scipy.special.gamma(z))):
        assert np.all(np.abs(found - wanted) <= 1e-10 * np.abs(wanted))
