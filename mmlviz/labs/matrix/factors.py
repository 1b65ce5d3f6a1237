"""What the page of products shows, by the shapes of the factors. Light: the window asks with every frame."""

from typing import Any

from mmlviz.core.controls import Click
from mmlviz.maths.lattice import Box
from mmlviz.maths.number import Number
from mmlviz.models.matrix import State

HOME = (-3.5, 3.5, -2.5, 2.5)  # of the scheme while there is none


def is_product(state: State) -> bool:
    """Whether a product is shown."""
    return state.page == "product"


def dimension(state: State) -> int | None:
    """2 where a plane is moved by the product, 3 where space is, None where neither is; 2 also where there is none."""
    found = state.composition
    if found.value is None:
        return 2
    return found.dimension if found.dimension in (2, 3) else None


def is_planar(state: State) -> bool:
    """Whether a product is shown that moves the plane."""
    return is_product(state) and dimension(state) == 2


def is_spatial(state: State) -> bool:
    """Whether a product is shown that moves space."""
    return is_product(state) and dimension(state) == 3


def has_swapped(state: State) -> bool:
    """Whether the opposite order is shown beside a product that moves something."""
    return state.swapped and is_product(state) and state.composition.dimension in (2, 3)


def moves_something(state: State) -> bool:
    """Whether a product is shown that moves plane or space."""
    return is_product(state) and dimension(state) is not None


def has_scheme(state: State) -> bool:
    """Whether it is shown where the entries come from: as wished, and where nothing else can be shown."""
    if not is_product(state) or state.composition.value is None:
        return False
    return state.scheme or dimension(state) is None


def scheme_box(state: State) -> Box:
    """The part of its plane that the scheme takes."""
    if not has_scheme(state):
        return HOME
    from mmlviz.labs.matrix import scheme  # with the first product

    return scheme.box(state)


def _chosen(state: State, result: Any, xy: tuple[Number, Number]) -> State:
    if not has_scheme(state):
        return state
    from mmlviz.labs.matrix import scheme  # with the first product

    return scheme.choose(state, xy)


CLICK = Click("entry", "Show the sum of this entry", _chosen, pane="scheme", shown=lambda s, r: has_scheme(s))
