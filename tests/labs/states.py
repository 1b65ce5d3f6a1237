"""States and views of any lab, made from its declaration."""

from decimal import Decimal
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from hypothesis import strategies as st

import mmlviz.labs
import mmlviz.maths
from mmlviz.core.codec import read_link
from mmlviz.core.fields import Field
from mmlviz.core.lab import Lab
from mmlviz.core.layout import Plane, Space, planes, spaces
from mmlviz.core.options import Choice, Formula, Matrices, PictureFile, Places, Product, Switch, Wholes, Word
from mmlviz.core.view import FURTHEST, NEAREST, STEEPEST, Camera, PaneView, SpaceView, View
from mmlviz.maths.expression import read
from mmlviz.maths.number import Number, Problem
from tests.matrices import MATRICES

# hypothesis draws from the constants of all modules that are loaded: none must come in the midst of a test.
for package in (mmlviz.maths, mmlviz.labs):
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        import_module(module.name)

# Few small numbers, so that zeros, equal entries and exact cancellations are common.
PLAIN = ("0", "1", "-1", "2", "-2", "1/2", "3", "0.5")
MOST = 3000  # of a whole number that is drawn at random: a cloud of 70,000 points is for the ends of the range
ODD = ("1e-300", "-1e-300", "2e-200", "1e-9", "1e6", "-1e6", "999999.9", "1/3", "-2/7", "0.1", "0.30000000000000004",
       "007", "-0", ".5", "5.", "1e2", "1.1/3.3")  # fmt: skip


def numbers(field: Field) -> st.SearchStrategy[Number]:
    """Integers, decimals and fractions as typed, small and at the limits, and as a slider or a hand writes them."""
    low, high = (Decimal(repr(x)) for x in field.limits)
    small = max(low, Decimal(-9)), min(high, Decimal(9))
    decimals = st.decimals(*small, places=2).map(lambda x: f"{x:f}")
    tops = st.integers(int(small[0]) * 9, int(small[1]) * 9)
    fractions = st.tuples(tops, st.integers(9, 99)).map(lambda p: f"{p[0]}/{p[1]}")
    dragged = st.floats(float(low), float(high)).map(lambda x: Number.significant(x, 7).text)
    ends = st.sampled_from([str(low), str(high)])
    texts = st.sampled_from(PLAIN) | decimals | st.sampled_from(PLAIN + ODD) | fractions | dragged | ends
    return texts.map(Number).filter(lambda x: field.limits[0] <= x <= field.limits[1])


def wholes(field: Field) -> st.SearchStrategy[Number]:
    """Whole numbers, small ones more often, and the limits."""
    low, high = (int(x) for x in field.limits)
    ends = st.sampled_from([low, high, min(low + 1, high)])
    return (st.integers(low, min(high, low + 40)) | st.integers(low, min(high, MOST)) | ends).map(
        lambda n: Number(str(n))
    )


# Constant, undefined in parts or everywhere, with kinks, jumps and poles, beyond floats.
FORMULAS = (
    "0", "1/3", "x", "e^-x", "|x|", "sgn(x)", "cbrt(x)", "1/x", "ln(x)", "sqrt(-1-x^2)", "gamma(x)", "erf(x)",
    "exp(exp(x))", "1e200x^3", "1e-200x", "sin(x)/x", "tan(x)", "arcsin(x)", "x^x", "x+y", "xy", "|x-y|", "x^y",
    "x^2y/(x^2+y^2)", "1/(xy)", "sqrt(x+y)", "cbrt(x^3+y^3)", "exp(40xy)", "1e200x^2-1e200y^2", "x^4+y^4",
)  # fmt: skip
# Products that exist and others: singular, of other shapes, undefined, in a circle.
PRODUCTS = (
    "A", "I", "B A", "A^-1 rot(30) B", "A^-1 A", "2 A B", "-A", "A + B", "(A^2 B)^-1 C", "A^T A", "A^-100", "rot(17) A",
    "A [1;2]", "A [1,2,3;4,5,6]", "[1,2,3;4,5,6] [1,2;3,4;5,6]", "Q A", "C", "scale(1e6) A^50", "reflect(30) shear(2)",
)  # fmt: skip
DEFINITIONS = (
    "", "B=0,-1;1,0", "B=0,-1;1,0 | C=(A^2 B)^-1", "B=C | C=B", "B=1,1;1,1 | C=B^-1", "B=[1,2,3;4,5,6] | C=B^T B",
    "C=√2/2,1e-9;1e9,1/3 | B=rot(30)",
)  # fmt: skip
FILES = ("", "/nowhere/a bear.png", "Bär & Co=1;2,3%20+.jpg", "C:\\bear.png")
TEXTS: dict[type[Field], tuple[str, ...]] = {Product: PRODUCTS, Matrices: DEFINITIONS, PictureFile: FILES}
WORDS = ("otter", "a", "sand castle", "élan", "猫", "x" * 40, "a+b&c=d;e,f%20", "1e999", "0")


def values(field: Field) -> st.SearchStrategy[Any]:
    """Any value of a field; of a 2×2 matrix often one of the list."""
    match field:
        case Choice():
            return st.sampled_from(field.options)
        case Switch():
            return st.booleans()
        case Word():
            return st.sampled_from(WORDS) | st.text("abcxyz é", min_size=1, max_size=12).map(field.read).filter(
                lambda word: isinstance(word, str)
            )
        case Formula(options=options, variables=names):
            return st.sampled_from(
                options + tuple(text for text in FORMULAS if not isinstance(read(text, names), Problem))
            )
        case Product() | Matrices() | PictureFile():
            return st.sampled_from(TEXTS[type(field)])
        case Wholes():
            return st.lists(wholes(field).map(int), max_size=4, unique=True).map(lambda found: tuple(sorted(found)))
        case Places():
            return st.lists(st.tuples(numbers(field), numbers(field)), max_size=min(field.most, 30)).map(tuple)
    made = st.one_of(*(tables(field, shape) for shape in field.all_shapes))
    if field.shape == (2, 2):
        made = made | st.sampled_from([named.rows for named in MATRICES.values()])
    return made


def tables(field: Field, shape: tuple[int, ...]) -> st.SearchStrategy[Any]:
    """A number, a vector or a matrix of this shape."""
    made: st.SearchStrategy[Any] = wholes(field) if field.is_whole else numbers(field)
    for n in reversed(shape):
        made = st.tuples(*n * [made])
    return made


def complete(lab: Lab, state: Any) -> Any:
    """The state, with fields that do not fit the others made to: those whose shape may vary come first."""
    names = [field.name for field in lab.fields]
    if not isinstance(lab.complete(state, names), Problem):
        return lab.complete(state, names)
    return lab.complete(state, [field.name for field in lab.fields if len(field.shape) == 2])


@cache
def states(lab: Lab) -> st.SearchStrategy[Any]:
    """Any state of a lab, its presets among them."""
    drawn = st.builds(lab.model.State, **{field.name: values(field) for field in lab.fields})
    made = drawn.map(lambda state: complete(lab, state))
    presets = [read_link(preset.link, (lab,))[1] for preset in lab.presets]
    return made | st.sampled_from([lab.opening, *presets])


@cache
def views(lab: Lab) -> st.SearchStrategy[View]:
    """Any view: zoomed and moved from home, in windows large and small, with a projector, in the middle of a drag."""
    panes = st.fixed_dictionaries({plane.name: pane_views(plane) for plane in planes(lab.layout)})
    seen = st.fixed_dictionaries({space.name: space_views(space) for space in spaces(lab.layout)})
    return st.builds(View, panes, has_snap=st.booleans(), is_moving=st.booleans(), spaces=seen)


def space_views(space: Space) -> st.SearchStrategy[SpaceView]:
    tilts, zooms = st.floats(-STEEPEST, STEEPEST), st.floats(FURTHEST, NEAREST)
    cameras = st.just(space.home) | st.builds(Camera, st.floats(-180, 180), tilts, zooms)
    sizes = st.sampled_from([(800.0, 600.0), (1800.0, 900.0), (160.0, 120.0), (1.0, 1.0)])
    scales = st.sampled_from([1.0, 1.6])
    return st.builds(lambda camera, size, scale: SpaceView(camera, *size, scale), cameras, sizes, scales)


def pane_views(plane: Plane) -> st.SearchStrategy[PaneView]:
    def seen(size: tuple[float, float], scale: float, power: int, shift: tuple[float, float]) -> PaneView:
        pane = PaneView(plane.home, *size, plane.is_locked, scale, plane.linked).zoomed(10.0**power)
        x0, x1, y0, y1 = pane.wanted
        return pane.moved(shift[0] * (x1 - x0), shift[1] * (y1 - y0))

    home = st.just(0) | st.integers(-7, 9)
    shifts = st.just((0.0, 0.0)) | st.tuples(st.floats(-3, 3), st.floats(-3, 3))
    sizes = st.sampled_from([(800.0, 600.0), (1800.0, 900.0), (160.0, 120.0), (1.0, 1.0)])
    return st.builds(seen, sizes, st.sampled_from([1.0, 1.6]), home, shifts)
