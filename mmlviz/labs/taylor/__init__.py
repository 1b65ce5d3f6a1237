"""Taylor: a polynomial that follows a function, how well, how far, and why it stops."""

from dataclasses import replace

from mmlviz.core.controls import XY, Group, Handle, Play, Preset, Slider, Tick, Typed
from mmlviz.core.fields import Field
from mmlviz.core.lab import Lab, Value
from mmlviz.core.layout import Plane, Split
from mmlviz.core.options import Formula, Switch, Wholes
from mmlviz.core.table import Table
from mmlviz.core.view import PaneView
from mmlviz.core.words import show
from mmlviz.labs.taylor import build, coefficients, error, steps, widths
from mmlviz.labs.taylor.formulas import OFFERED
from mmlviz.labs.taylor.picture import centre_at, draw, fit, hover, probe_at
from mmlviz.labs.taylor.recipe import recipe
from mmlviz.labs.taylor.words import tell
from mmlviz.maths.number import Number
from mmlviz.models import taylor as model
from mmlviz.models.taylor import MOST, Result, State

FARTHEST = Number("20")
FINEST, COARSEST = Number("1e-12"), Number("1")


def _within(x: Number) -> Number:
    return x if abs(x) <= FARTHEST else FARTHEST if x > 0 else Number("-20")


def _centre_moved(state: State, xy: tuple[Number, Number]) -> State:
    """Only along x: the curve says how high."""
    return replace(state, centre=_within(xy[0]))


def _probe_moved(state: State, xy: tuple[Number, Number]) -> State:
    return replace(state, probe=_within(xy[0]))


def _bound_moved(state: State, xy: tuple[Number, Number]) -> State:
    power = min(max(float(xy[1]), -12.0), 0.0)
    return replace(state, epsilon=FINEST if power == -12 else Number.significant(10**power, 2))


def _bound_snapped(state: State, result: Result, xy: XY, pane: PaneView) -> XY:
    """A whole power of ten."""
    return float(state.centre), min(max(float(round(xy[1])), -12.0), 0.0)


def _h_moved(state: State, xy: tuple[Number, Number]) -> State:
    """The probe at that distance from the centre, on the side where it is."""
    h = 10.0 ** min(max(float(xy[0]), steps.NEAREST), steps.FARTHEST)
    side = -1 if state.probe < state.centre else 1
    return replace(state, probe=_within(Number.significant(float(state.centre) + side * h, 12)))


def _order_moved(state: State, xy: tuple[Number, Number]) -> State:
    return replace(state, order=Number(str(min(max(round(float(xy[0])), 0), MOST))))


def _ticked(state: State, row: int) -> State:
    return replace(state, hidden=coefficients.turned(state, row))


def _tries(state: State) -> str:
    """What to try in what is shown."""
    if build.is_building(state):
        return "Scrub: each derivative bends the polynomial a little longer along f."
    if state.steps:
        return "Drag h towards 0: the error of the line falls along a slope of 2. How steep is that of Tₙ, and why?"
    return "Drag the centre a along the curve. How far does the polynomial follow f, and what stops it?"


LAB = Lab(
    id="taylor",
    title="Taylor",
    model=model,
    layout=Split(
        (
            Split(
                (
                    Plane("plane", "f and Tₙ", home=(-4.0, 4.0, -1.4, 2.2), is_locked=False,
                          linked="x", weight=3),
                    Plane("error", "Error |f − Tₙ|", home=(-4.0, 4.0, -18.5, 2.0), is_locked=False, linked="x",
                          weight=2),
                ),
                is_column=True,
                weight=3,
            ),
            Split(
                (
                    Plane("complex", "Complex plane", home=(-1.2, 2.2, -1.5, 1.5),
                          weight=3, shown=lambda s: s.plane, takes_turns=True),
                    Table("table", "Terms of Tₙ", coefficients.COLUMNS, coefficients.rows,
                          _ticked, weight=2, shown=lambda s: s.table),
                    Plane("steps", "Error against h", home=steps.HOME, is_locked=False, weight=2,
                          shown=lambda s: s.steps, takes_turns=True),
                    Plane("widths", "Reach by order", home=(-2.0, 43.0, -2.0, 3.0), is_locked=False,
                          weight=2, shown=lambda s: s.widths, takes_turns=True),
                ),
                is_column=True,
                weight=2,
            ),
        ),
    ),
    fields=(
        Formula("f", "function f", options=tuple(OFFERED), titles=tuple(OFFERED.values()),
                help="the function to expand, a formula in x"),
        Field("centre", "centre a", limits=(-20, 20), help="the polynomial is in powers of x − a"),
        Field("order", "order n", limits=(0, MOST), is_whole=True, help="the highest power of Tₙ"),
        Field("epsilon", "bound ε", limits=(float(FINEST), float(COARSEST)), help="the error that is small enough"),
        Field("probe", "probe x", limits=(-20, 20), help="where f and Tₙ are compared"),
        Wholes("hidden", "terms left out", limits=(0, MOST), help="orders whose terms are left out of the polynomial"),
        Field("built", "part put together", limits=(0, 1), help="how much of the polynomial has been put together"),
        Switch("ghosts", "orders before", help="the polynomials of lower order as thin lines"),
        Switch("plane", "complex plane", help="the error in the complex plane, singularities and disc of convergence"),
        Switch("table", "table of terms", help="f⁽ⁿ⁾(a) and the coefficients, exact and decimal"),
        Switch("steps", "error against h", help="the errors of the line and of Tₙ on logarithmic axes"),
        Switch("widths", "reach by order", help="where the error stays below ε, for every order"),
    ),
    groups=(
        Group("Function", (Typed("f"),)),
        Group(
            "Polynomial",
            (
                Slider("centre", low=-5, high=5, step=0.05, label="a", role="input"),
                Slider("order", low=0, high=MOST, step=1, label="n", role="output"),
            ),
        ),
        Group(
            "Error",
            (
                Slider("epsilon", low=1e-12, high=1, step=0.1, label="ε", role="positive", is_log=True),
                Slider("probe", low=-5, high=5, step=0.05, label="x", role="input"),
            ),
        ),
        Group("Build it up", (Play("built", seconds=8.0, ends=("f(a)", "Tₙ")),)),
        Group(
            "Show",
            (Tick("ghosts"), Tick("plane"), Tick("table"), Tick("steps"), Tick("widths")),
            is_in_projector=False,
        ),
    ),
    handles=(
        Handle("centre", "centre a", "input", centre_at, _centre_moved),
        Handle("probe", "probe x", "input", probe_at, _probe_moved),
        Handle("epsilon", "bound ε", "input", error.epsilon_at, _bound_moved, pane="error", snapped=_bound_snapped,
               said=lambda s, r: f"ε = {show(float(s.epsilon), 2)}"),
        Handle("error", "error at the probe", "negative", error.probe_at, _probe_moved, pane="error",
               shown=lambda s, r: r.probe.error is not None),
        Handle("pole", "centre a on the real axis", "input", lambda s, r: (float(s.centre), 0.0), _centre_moved,
               pane="complex", shown=lambda s, r: s.plane),
        Handle("h", "distance h", "input", steps.probe_at, _h_moved, pane="steps",
               said=lambda s, r: f"h = {show(abs(float(s.probe) - float(s.centre)), 3)}",
               shown=lambda s, r: s.steps and r.probe.error is not None and s.probe != s.centre),
        Handle("reach", "order n", "input", widths.order_at, _order_moved, pane="widths", least=1.0,
               shown=lambda s, r: s.widths and r.whole is not None),
    ),
    values=(
        Value("coefficients", "c₀ to c_n of the powers of x − a; null where there is no series",
              "array of numbers or null"),
        Value("coefficient_errors", "how far each of them can be from the true one", "array of numbers or null"),
        Value("exact_coefficients", "each of them as a formula such as sqrt(2)/2, null where none is known",
              "array of strings or nulls or null"),
        Value("radius", "radius of convergence; null (infinite) where the series converges everywhere, or none exists",
              "number or null"),
        Value("radius_is_exact", "whether a singularity is shown to bound it and none nearer; false for an estimate",
              "boolean or null"),
        Value("value", "f at the probe; null where it is not defined", "number or null"),
        Value("polynomial", "T_n at the probe without what is left out or not put together yet, to the last digit; "
              "null where there is none", "number or null"),
        Value("error", "value − polynomial, with its sign, true also where floats lose it", "number or null"),
        Value("bound", "a rigorous bound of |error|; null where no finite one is found, or a part of T_n is missing",
              "number or null"),
        Value("xi", "a ξ of Lagrange's form of the error; null where none is found", "number or null"),
        Value("polynomial_in_floats", "the same by Horner's scheme in floats", "number or null"),
        Value("interval", "from where to where |error| < ε about the centre",
              "array of 2 numbers or null"),
    ),
    presets=(
        Preset("1/(1 + x²) about 0: why it stops at 1", "mmlviz:taylor?centre=0&order=16&probe=0.9"),
        Preset("1/(1 + x²) about 2: stopped by ±i", "mmlviz:taylor?centre=2&order=2&probe=3"),
        Preset("1/(1 + x²) at 1.1: divergence", "mmlviz:taylor?centre=0&order=20&probe=1.1"),
        Preset("cos x, order 0", "mmlviz:taylor?f=cos(x)&centre=0&order=0&probe=1"),
        Preset("cos x, order 2", "mmlviz:taylor?f=cos(x)&centre=0&order=2&probe=1"),
        Preset("cos x, order 4", "mmlviz:taylor?f=cos(x)&centre=0&order=4&probe=1"),
        Preset("sin x about π/4, built up", "mmlviz:taylor?f=sin(x)&centre=π/4&order=5&probe=2&built=0.4"),
        Preset("sin 2x, order 1", "mmlviz:taylor?f=sin(2x)&centre=0&order=1&probe=0.5"),
        Preset("sin 2x, order 3", "mmlviz:taylor?f=sin(2x)&centre=0&order=3&probe=0.5"),
        Preset("sin 2x, order 5", "mmlviz:taylor?f=sin(2x)&centre=0&order=5&probe=0.5"),
        Preset("Exponential function", "mmlviz:taylor?f=exp(x)&centre=0&order=3&probe=2&table=yes"),
        Preset("Linearisation: eˣ ≈ 1 + x", "mmlviz:taylor?f=exp(x)&centre=0&order=1&probe=0.5&steps=yes&plane=no"),
        Preset("exp(x²)", "mmlviz:taylor?f=exp(x^2)&centre=0&order=6&probe=1"),
        Preset("exp(−2x) about 2", "mmlviz:taylor?f=exp(-2x)&centre=2&order=3&epsilon=0.01&probe=1"),
        Preset("exp(−x) at 7: floats lose it", "mmlviz:taylor?f=e^-x&centre=0&order=40&probe=7&epsilon=1e-6"),
        Preset("1/x about 4", "mmlviz:taylor?f=1/x&centre=4&order=3&epsilon=0.01&probe=6"),
        Preset("ln x about 10", "mmlviz:taylor?f=ln(x)&centre=10&order=4&epsilon=0.01&probe=14"),
        Preset("1/(1 − x)² about 0", "mmlviz:taylor?f=1/(1-x)^2&centre=0&order=5&probe=0.5"),
        Preset("√(4 − x) about 0", "mmlviz:taylor?f=sqrt(4-x)&centre=0&order=3&epsilon=0.01&probe=2"),
        Preset("2/(x² − x) about 0.5", "mmlviz:taylor?f=2/(x^2-x)&centre=0.5&order=4&probe=0.75"),
        Preset("2/(x² − x) about 1: impossible", "mmlviz:taylor?f=2/(x^2-x)&centre=1&order=4&probe=0.75"),
        Preset("x sin x", "mmlviz:taylor?f=x sin(x)&centre=0&order=6&probe=2&widths=yes"),
        Preset("arctan x", "mmlviz:taylor?f=arctan(x)&centre=0&order=7&probe=0.8"),
        Preset("sin x / x at its hole", "mmlviz:taylor?f=sin(x)/x&centre=0&order=8&probe=2"),
        Preset("exp(−1/x²): 0 is an essential singularity", "mmlviz:taylor?f=e^(-1/x^2)&centre=1&order=12&probe=0.3"),
        Preset("|x| has a kink", "mmlviz:taylor?f=|x|&centre=1&order=3&probe=-1"),
        Preset("xˣ about 1", "mmlviz:taylor?f=x^x&centre=1&order=6&probe=1.8"),
    ),
    tries="Drag the centre a along the curve. How far does the polynomial follow f, and what stops it?",
    tries_in=_tries,
    hasty=model.hasty,
    draw=draw,
    tell=tell,
    recipe=recipe,
    hover=hover,
    fit=fit,
    help="A Taylor polynomial agrees with f in value and derivatives at its centre; further away it may not follow.",
)  # fmt: skip
