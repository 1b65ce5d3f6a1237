"""Taylor in two variables: a plane, a paraboloid and more that lie close to a surface, and how close."""

from dataclasses import replace

from mmlviz.core.controls import Group, Handle, Preset, Slider, Typed
from mmlviz.core.fields import Field
from mmlviz.core.lab import Lab, Value
from mmlviz.core.layout import Plane, Space, Split
from mmlviz.core.options import Formula
from mmlviz.core.view import Camera
from mmlviz.labs.taylor2.picture import box_of, centre_at, draw, fit, hover, probe_at
from mmlviz.labs.taylor2.recipe import recipe
from mmlviz.labs.taylor2.samples import probe_is_seen
from mmlviz.labs.taylor2.words import WORDS, tell
from mmlviz.maths.number import Number
from mmlviz.maths.two_variables import HIGHEST
from mmlviz.models import taylor2 as model
from mmlviz.models.taylor2 import NAMES, State

FARTHEST = Number("20")
NARROWEST, WIDEST = 0.02, 4.0
HOME = box_of(State())
CAMERA = Camera(turn=-55.0, tilt=26.0, zoom=1.18)

# Of the course, then others that have something to show.
OFFERED = {
    "x exp(-x^2-y^2)": "x exp(−x² − y²)",
    "sin(xy/5)": "sin(xy/5)",
    "(x^2+2x) exp(-x^2-y^2/5)": "(x² + 2x) exp(−x² − y²/5)",
    "x sin(x^2/2+y^2/4)": "x sin(x²/2 + y²/4)",
    "x^2-xy+sin(y)": "x² − xy + sin y",
    "cos(x-y^2)-x^2": "cos(x − y²) − x²",
    "x y^2 exp(-x^4-y^2/2)": "xy² exp(−x⁴ − y²/2)",
    "x^2+y^2": "x² + y², a paraboloid",
    "x^2-y^2": "x² − y², a saddle",
    "xy": "xy, a saddle",
    "x^3-3x y^2": "x³ − 3xy², a monkey saddle",
    "x^2": "x², flat along y",
    "ln(1+x+y)": "ln(1 + x + y)",
    "sqrt(x^2+y^2)": "√(x² + y²), a cone",
    "1/(x-y)": "1/(x − y)",
}


def _within(xy: tuple[Number, Number]) -> tuple[Number, Number]:
    """No farther from 0 than the fields allow: a hand may go beyond."""
    x, y = (v if abs(v) <= FARTHEST else FARTHEST if v > 0 else Number("-20") for v in xy)
    return x, y


def _centre_moved(state: State, xy: tuple[Number, Number]) -> State:
    return replace(state, centre=_within(xy))


def _probe_moved(state: State, xy: tuple[Number, Number]) -> State:
    return replace(state, probe=_within(xy))


def _plane(name: str, title: str, weight: int = 1) -> Plane:
    is_main = name == "contours"  # where the hand is
    return Plane(name, title, home=HOME, weight=weight, linked="window", follows=box_of, takes_turns=not is_main)


LAB = Lab(
    id="taylor2",
    title="Taylor, two variables",
    model=model,
    layout=Split(
        (
            Split((Space("solid", "f with Tₙ over it", CAMERA, 3), _plane("error", "Error |f − Tₙ|", 2)), weight=4),
            Split((_plane("contours", "f"), _plane("L", "L: tangent plane"), _plane("Q", "Q: order 2")), weight=3),
        ),
        is_column=True,
    ),
    fields=(
        Formula("f", "function f", variables=NAMES, options=tuple(OFFERED), titles=tuple(OFFERED.values()),
                help="the function of x and y to expand"),
        Field("centre", "centre (a, b)", shape=(2,), limits=(-20, 20),
              help="the polynomials are in powers of x − a and y − b"),
        Field("order", "order n", limits=(0, HIGHEST), is_whole=True, help="the highest total power of Tₙ"),
        Field("window", "window w", limits=(NARROWEST, WIDEST),
              help="all pictures reach from a − w to a + w and from b − w to b + w"),
        Field("probe", "probe", shape=(2,), limits=(-20, 20), help="where f and Tₙ are compared"),
    ),
    groups=(
        Group("Function", (Typed("f"),)),
        Group(
            "Polynomial",
            (
                Slider("centre", (0,), low=-4, high=4, step=0.05, label="a", role="input"),
                Slider("centre", (1,), low=-4, high=4, step=0.05, label="b", role="input"),
                Slider("order", low=0, high=HIGHEST, step=1, label="n", role="output"),
            ),
        ),
        Group(
            "Window and probe",
            (
                Slider("window", low=NARROWEST, high=WIDEST, step=0.05, label="w", role="text", is_log=True),
                Slider("probe", (0,), low=-4, high=4, step=0.05, label="x", role="input"),
                Slider("probe", (1,), low=-4, high=4, step=0.05, label="y", role="input"),
            ),
        ),
    ),
    handles=(
        Handle("centre", "centre (a, b)", "input", centre_at, _centre_moved, pane="contours"),
        Handle("probe", "probe", "input", probe_at, _probe_moved, pane="contours", shown=probe_is_seen),
        *(Handle(f"centre {name}", f"centre (a, b), on {title}", "input", centre_at, _centre_moved, pane=name)
          for name, title in (("L", "L"), ("Q", "Q"), ("error", "the error"))),
        Handle("probe error", "probe, on the error", "input", probe_at, _probe_moved, pane="error",
               shown=probe_is_seen),
    ),
    values=(
        Value("coefficients", "c_ij of (x − a)^i (y − b)^j by \"i,j\", for i + j ≤ n; null where there is no series",
              "object of numbers or null"),
        Value("exact_coefficients", "those with a short closed form, as text; null for the others",
              "object of strings or nulls or null"),
        Value("gradient", "the first derivatives at the centre", "array of 2 numbers or null"),
        Value("hessian", "the second derivatives at the centre", "array of 2 arrays of 2 numbers or null"),
        Value("eigenvalues", "of the Hessian, the larger one first", "array of 2 numbers or null"),
        Value("kind", "what kind of point the centre is", "string", WORDS),
        Value("value", "f at the probe; null where it is not defined", "number or null"),
        Value("polynomial", "T_n at the probe, in floats; null where there is none", "number or null"),
        Value("error", "f − T_n at the probe", "number or null"),
        Value("largest_errors", "the largest |f − L|, |f − Q| and |f − T_n| on a mesh of 33×33 points in the window, "
              "each as a share of the range of f there; null where f is constant, or there is none",
              "array of 3 numbers or null"),
    ),
    presets=(
        Preset("x exp(−x² − y²): a slope", "mmlviz:taylor2?centre=0.4,0.3&window=1.2&probe=1,-0.2"),
        Preset("x exp(−x² − y²): its maximum", "mmlviz:taylor2?centre=√2/2,0"),
        Preset("x exp(−x² − y²): L is enough in a small window", "mmlviz:taylor2?window=0.03&probe=0.01,0.49"),
        Preset("sin(xy/5), order 2", "mmlviz:taylor2?f=sin(xy/5)&centre=0,0&window=3"),
        Preset("(x² + 2x) exp(−x² − y²/5)",
               "mmlviz:taylor2?f=(x^2+2x) exp(-x^2-y^2/5)&centre=-1/2,0&window=2&probe=0.5,0.5"),
        Preset("x sin(x²/2 + y²/4)", "mmlviz:taylor2?f=x sin(x^2/2+y^2/4)&centre=1,1&window=2"),
        Preset("x² − xy + sin y", "mmlviz:taylor2?f=x^2-xy+sin(y)&centre=0,0&window=3"),
        Preset("cos(x − y²) − x²", "mmlviz:taylor2?f=cos(x-y^2)-x^2&centre=0,0&window=1.5&probe=0.5,1"),
        Preset("xy² exp(−x⁴ − y²/2) about (−1, 2)",
               "mmlviz:taylor2?f=x y^2 exp(-x^4-y^2/2)&centre=-1,2&window=1&probe=-1.5,1.5"),
        Preset("A minimum: x² + y²", "mmlviz:taylor2?f=x^2+y^2&centre=0,0"),
        Preset("A saddle: x² − y²", "mmlviz:taylor2?f=x^2-y^2&centre=0,0"),
        Preset("A saddle on its diagonals: xy", "mmlviz:taylor2?f=xy&centre=0,0"),
        Preset("A monkey saddle: H decides nothing", "mmlviz:taylor2?f=x^3-3x y^2&centre=0,0&order=3"),
        Preset("A valley: H is singular", "mmlviz:taylor2?f=x^2&centre=0,1&probe=0.4,0.6"),
        Preset("ln(1 + x + y): stopped where it ends", "mmlviz:taylor2?f=ln(1+x+y)&centre=0,0&order=4&window=1"),
        Preset("A cone: no series at its tip", "mmlviz:taylor2?f=sqrt(x^2+y^2)&centre=0,0"),
        Preset("1/(x − y): no series on the diagonal", "mmlviz:taylor2?f=1/(x-y)&centre=1/2,1/2"),
        Preset("Order 6", "mmlviz:taylor2?order=6"),
    ),
    tries="Make the window w smaller. Which picture first looks like f: L or Q?",
    draw=draw,
    tell=tell,
    recipe=recipe,
    hover=hover,
    fit=fit,
    help="Near its centre a surface looks like its tangent plane, and nearer to it still like its paraboloid.",
)  # fmt: skip
