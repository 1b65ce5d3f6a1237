"""The smallest labs that have a field of every shape and kind: what core is tested with, without mathematics."""

from dataclasses import dataclass
from fractions import Fraction
from types import SimpleNamespace

from mmlviz.core.fields import Field
from mmlviz.core.formula import Text
from mmlviz.core.lab import Lab, Reading
from mmlviz.core.layout import Plane, Split
from mmlviz.core.options import Choice, Places, Switch, Word
from mmlviz.maths.number import Number


@dataclass(frozen=True, slots=True)
class State:
    """A number, a vector and a matrix."""

    rate: Number = Number("0.5")
    vector: tuple[Number, Number, Number] = (Number("1"), Number("2"), Number("3"))
    matrix: tuple[tuple[Number, Number], tuple[Number, Number]] = (
        (Number("1"), Number("0")),
        (Number("0"), Number("1")),
    )


computed: list[State] = []  # every state that a result was asked for


def compute(state: State) -> float:
    """The rate, doubled."""
    computed.append(state)
    return 2 * state.rate


RATE = Field("rate", "learning rate", limits=(0, 1))
VECTOR = Field("vector", "start", shape=(3,), limits=(-10, 10))
MATRIX = Field("matrix", "matrix A", shape=(2, 2))


def _speed_in_percent(fields: dict[str, str]) -> dict[str, str]:
    """From version 1, which called the rate speed, to 2, which gave it in percent."""
    speed = fields.pop("speed", None)
    return fields if speed is None else {**fields, "percent": f"{100 * Fraction(speed)}"}


def _percent_as_rate(fields: dict[str, str]) -> dict[str, str]:
    """From version 2 to 3."""
    percent = fields.pop("percent", None)
    return fields if percent is None else {**fields, "rate": f"{Fraction(percent) / 100}"}


LAB = Lab(
    id="probe",
    title="Probe",
    model=SimpleNamespace(State=State, compute=compute),
    layout=Split((Plane("left", "Left"), Plane("right", "Right", is_locked=False))),
    fields=(RATE, VECTOR, MATRIX),
    groups=(),
    handles=(),
    values=(),
    presets=(),
    tries="",
    draw=lambda state, result, view: {},
    tell=lambda state, result: Reading((Text("rate"),), {}, ""),
    recipe=lambda state: "",
    steps=(_speed_in_percent, _percent_as_rate),
)


def at(rate: str) -> State:
    """The opening state with another rate."""
    return State(rate=Number(rate))


# Fields whose values are not a fixed number of numbers -------------------------------------------


@dataclass(frozen=True, slots=True)
class Mixed:
    """One field of every other kind."""

    f: str = "exp(x)"
    is_centred: bool = False
    seed: str = "otter"
    dips: tuple[tuple[Number, Number], ...] = ()
    count: Number = Number("3")
    t: Number = Number("1")


MIXED = Lab(
    id="mixed",
    title="Mixed",
    model=SimpleNamespace(State=Mixed, compute=lambda state: state.seed),
    layout=Plane("plane", "Plane"),
    fields=(
        Choice("f", "function f", options=("exp(x)", "2*x+1", "1/(x^2-x)", "x & y"), help="what is drawn"),
        Switch("is_centred", "centred", help="whether it is in the middle"),
        Word("seed", "seed word", longest=12, help="what it grows from"),
        Places("dips", "dips", limits=(0, 6), most=4),
        Field("count", "count", limits=(1, 9), is_whole=True),
        Field("t", "part of the way", limits=(0, 1)),
    ),
    groups=(),
    handles=(),
    values=(),
    presets=(),
    tries="Try it.",
    draw=lambda state, result, view: {"plane": ()},
    tell=lambda state, result: Reading((Text("f"),), {}, "A sentence."),
    recipe=lambda state: "",
)
