"""The smallest lab that has a field of every shape: what core is tested with, without mathematics."""

from dataclasses import dataclass
from types import SimpleNamespace

from mmlviz.core.fields import Field
from mmlviz.core.formula import Text
from mmlviz.core.lab import Lab, Reading
from mmlviz.core.layout import Plane, Split
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
    version=3,
)


def at(rate: str) -> State:
    """The opening state with another rate."""
    return State(rate=Number(rate))
