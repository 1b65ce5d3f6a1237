"""Taylor: a polynomial that follows a function, and how far."""

from dataclasses import replace

from mmlviz.core.controls import XY, Choose, Group, Handle, Preset, Slider
from mmlviz.core.fields import Field
from mmlviz.core.lab import Lab, Value
from mmlviz.core.layout import Plane, Split
from mmlviz.core.options import Choice
from mmlviz.core.view import PaneView
from mmlviz.labs.taylor import error
from mmlviz.labs.taylor.formulas import WRITTEN
from mmlviz.labs.taylor.picture import centre_at, draw, fit, hover, probe_at
from mmlviz.labs.taylor.words import recipe, tell
from mmlviz.maths.functions import FUNCTIONS
from mmlviz.maths.number import Number
from mmlviz.models import taylor as model
from mmlviz.models.taylor import Result, State

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


LAB = Lab(
    id="taylor",
    title="Taylor",
    model=model,
    layout=Split(
        (
            Plane("plane", "f and its Taylor polynomial", home=(-4.0, 4.0, -1.4, 2.2), is_locked=False, linked="x",
                  weight=3),
            Plane("error", "Error |f − Tₙ|", home=(-4.0, 4.0, -18.5, 2.0), is_locked=False, linked="x", weight=2),
        ),
        is_column=True,
    ),
    fields=(
        Choice("f", "function f", options=tuple(function.text for function in FUNCTIONS),
               titles=tuple(WRITTEN[function.text][0] for function in FUNCTIONS), help="the function to expand"),
        Field("centre", "centre a", limits=(-20, 20), help="the polynomial is in powers of x − a"),
        Field("order", "order n", limits=(0, 30), is_whole=True, help="the highest power of Tₙ"),
        Field("epsilon", "bound ε", limits=(float(FINEST), float(COARSEST)), help="the error that is small enough"),
        Field("probe", "probe x", limits=(-20, 20), help="where f and Tₙ are compared"),
    ),
    groups=(
        Group("Function", (Choose("f"),)),
        Group(
            "Polynomial",
            (
                Slider("centre", low=-5, high=5, step=0.05, label="a", role="input"),
                Slider("order", low=0, high=30, step=1, label="n", role="output"),
            ),
        ),
        Group(
            "Error",
            (
                Slider("epsilon", low=1e-12, high=1, step=0.1, label="ε", role="positive", is_log=True),
                Slider("probe", low=-5, high=5, step=0.05, label="x", role="input"),
            ),
        ),
    ),
    handles=(
        Handle("centre", "centre a", "input", centre_at, _centre_moved),
        Handle("probe", "probe x", "input", probe_at, _probe_moved),
        Handle("epsilon", "bound ε", "input", error.epsilon_at, _bound_moved, pane="error", snapped=_bound_snapped),
        Handle("error", "error at the probe", "negative", error.probe_at, _probe_moved, pane="error",
               shown=lambda s, r: r.error is not None),
    ),
    values=(
        Value("coefficients", "c₀ to c_n of the powers of x − a; null where there is no series",
              "array of numbers or null"),
        Value("coefficient_errors", "how far each of them can be from the true one", "array of numbers or null"),
        Value("radius", "radius of convergence; null (infinite) where the series converges everywhere, or none exists",
              "number or null"),
        Value("value", "f at the probe; null where it is not defined", "number or null"),
        Value("polynomial", "T_n at the probe, in floats; null where there is none", "number or null"),
        Value("error", "value − polynomial, with its sign", "number or null"),
        Value("interval", "from where to where |f − T_n| < ε about the centre", "array of 2 numbers or null"),
    ),
    presets=(
        Preset("cos x, order 0", "mmlviz:taylor?f=cos(x)&centre=0&order=0&probe=1"),
        Preset("cos x, order 2", "mmlviz:taylor?f=cos(x)&centre=0&order=2&probe=1"),
        Preset("cos x, order 4", "mmlviz:taylor?f=cos(x)&centre=0&order=4&probe=1"),
        Preset("sin 2x, order 1", "mmlviz:taylor?f=sin(2x)&centre=0&order=1&probe=0.5"),
        Preset("sin 2x, order 3", "mmlviz:taylor?f=sin(2x)&centre=0&order=3&probe=0.5"),
        Preset("sin 2x, order 5", "mmlviz:taylor?f=sin(2x)&centre=0&order=5&probe=0.5"),
        Preset("Exponential function", "mmlviz:taylor?f=exp(x)&centre=0&order=3&probe=2"),
        Preset("exp(x²)", "mmlviz:taylor?f=exp(x^2)&centre=0&order=6&probe=1"),
        Preset("exp(−2x) about 2", "mmlviz:taylor?f=exp(-2x)&centre=2&order=3&epsilon=0.01&probe=1"),
        Preset("1/x about 4", "mmlviz:taylor?f=1/x&centre=4&order=3&epsilon=0.01&probe=6"),
        Preset("ln x about 10", "mmlviz:taylor?f=ln(x)&centre=10&order=4&epsilon=0.01&probe=14"),
        Preset("1/(1 − x)² about 0", "mmlviz:taylor?f=1/(1-x)^2&centre=0&order=5&probe=0.5"),
        Preset("√(4 − x) about 0", "mmlviz:taylor?f=sqrt(4-x)&centre=0&order=3&epsilon=0.01&probe=2"),
        Preset("2/(x² − x) about 0.5", "mmlviz:taylor?f=2/(x^2-x)&centre=0.5&order=4&probe=0.75"),
        Preset("2/(x² − x) about 1: impossible", "mmlviz:taylor?f=2/(x^2-x)&centre=1&order=4&probe=0.75"),
        Preset("1/(1 + x²) about 2: stopped by ±i", "mmlviz:taylor?centre=2&order=2&probe=3"),
        Preset("1/(1 + x²) at 1.1: divergence", "mmlviz:taylor?centre=0&order=20&probe=1.1"),
        Preset("x sin x", "mmlviz:taylor?f=x sin(x)&centre=0&order=6&probe=2"),
        Preset("arctan x", "mmlviz:taylor?f=arctan(x)&centre=0&order=7&probe=0.8"),
    ),
    tries="Drag the centre a along the curve. How far does the polynomial follow f, and what stops it?",
    draw=draw,
    tell=tell,
    recipe=recipe,
    hover=hover,
    fit=fit,
    help="A Taylor polynomial agrees with f in value and derivatives at its centre; further away it may not follow.",
)  # fmt: skip
