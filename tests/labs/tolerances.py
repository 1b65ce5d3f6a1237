"""How far a recipe's floats may stand from the exact answer, where "to 12 digits of the value" is not fair.

A recipe makes a few dozen operations with a rounding of ε/2 each, on entries rounded by ε, so that 1e-12 of the
largest *term* is generous. Where terms cancel, the value can be smaller than its terms: they set the tolerance.
inf leaves a value out: the last digits decide it, or doubles have no room for it.
"""

import dataclasses
from collections.abc import Callable
from math import hypot, inf, sqrt
from sys import float_info
from typing import Any

DIGITS = 1e-12
EPS = float_info.epsilon


def _entries(state: Any) -> tuple[float, float, float, float]:
    (a, b), (c, d) = state.matrix
    return a, b, c, d


def _image(state: Any, told: dict[str, Any]) -> float:
    return DIGITS * max(map(abs, _entries(state))) * max(map(abs, state.vector))


def _determinant(state: Any, told: dict[str, Any]) -> float:
    a, b, c, d = _entries(state)
    return DIGITS * (abs(a * d) + abs(b * c))


def _trace(state: Any, told: dict[str, Any]) -> float:
    a, _, _, d = _entries(state)
    return DIGITS * (abs(a) + abs(d))


def _rank(state: Any, told: dict[str, Any]) -> float:
    """Exactly, unless ad − bc is all but 8 ε (|ad| + |bc|), or ad or bc vanish in a float."""
    (a, b), (c, d) = [[x.exact for x in row] for row in state.matrix]
    products = abs(a * d), abs(b * c)
    if any(0 < p < 1e-290 for p in products):
        return inf
    size = sum(products)
    return 0 if size == 0 or not 4 * EPS < abs(a * d - b * c) / size < 12 * EPS else inf


def _inverse(state: Any, told: dict[str, Any]) -> float:
    """The relative error of the determinant is that of every entry."""
    if _rank(state, told) == inf or told["inverse"] is None:
        return _rank(state, told)
    largest = max(abs(x) for row in told["inverse"] for x in row)
    return _determinant(state, told) / abs(told["determinant"]) * largest if largest < inf else 0


def _singular_values(state: Any, told: dict[str, Any]) -> float:
    return DIGITS * told["singular_values"][0]


def _discriminant(state: Any, told: dict[str, Any]) -> float:
    """((a − d)/2)² + bc: a − d is rounded beside a and d; what is well within rounding of 0 is 0 in both."""
    a, b, c, d = _entries(state)
    size = max(abs(a), abs(d))
    (p, q), (r, s) = [[x.exact for x in row] for row in state.matrix]
    rounding = 8 * EPS * (2 * abs(b * c) + abs(a - d) / 2 * size + 8 * EPS * size**2)
    if abs(((p - s) / 2) ** 2 + q * r) < 0.4 * rounding:
        return 0
    return DIGITS * (abs(a - d) * size + abs(b * c)) + (16 * EPS * size) ** 2


def _eigenvalues(state: Any, told: dict[str, Any]) -> float:
    """√Δ magnifies the error of Δ by 1/(2√Δ), up to its root where Δ vanishes; left out where a float loses Δ."""
    a, b, c, d = _entries(state)
    if 0 < max(abs(a - d), abs(b), abs(c)) < 1e-145 or 0 < (a - d) ** 2 + abs(b * c) < 1e-290:
        return inf
    off, delta = _discriminant(state, told), abs(told["discriminant"])
    return DIGITS * max(map(abs, _entries(state))) + (off / sqrt(delta) if delta > off else sqrt(2 * off))


TOLERANCES: dict[str, dict[str, Callable[[Any, dict[str, Any]], float]]] = {
    "matrix": {
        "image": _image, "determinant": _determinant, "trace": _trace, "rank": _rank, "inverse": _inverse,
        "singular_values": _singular_values,
    },
    "eigen": {
        "image": _image, "discriminant": _discriminant, "eigenvalues": _eigenvalues,
        # [1, −trace, determinant]: the larger tolerance of the two.
        "characteristic_polynomial": lambda state, told: max(_trace(state, told), _determinant(state, told)),
    },
}  # fmt: skip


def tolerance(lab: str, name: str, state: Any, told: dict[str, Any]) -> float:
    """How far the recipe's value of that name may be off, absolutely."""
    rule = TOLERANCES.get(lab, {}).get(name)
    if rule is not None:
        return rule(state, told) + 1e-307  # below it floats lose their digits
    # Without a rule of its own: no term is larger than the largest number that was given or told.
    return DIGITS * max((abs(x) for x in _numbers([dataclasses.astuple(state), told[name]])), default=0.0)


def in_order(name: str, found: Any, wanted: Any, off: float) -> Any:
    """Eigenvalues are listed by modulus: where rounding decides which is larger, either order will do."""
    if name == "eigenvalues" and abs(hypot(*wanted[0]) - hypot(*wanted[1])) <= off:
        return min(
            (found, found[::-1]), key=lambda order: hypot(order[0][0] - wanted[0][0], order[0][1] - wanted[0][1])
        )
    return found


def _numbers(value: Any) -> list[float]:
    if isinstance(value, list | tuple):
        return [x for each in value for x in _numbers(each)]
    return [] if value is None or isinstance(value, str | bool) else [value]
