"""How far a recipe's floats may stand from the exact answer, where "to 12 digits of the value" is not fair.

A recipe makes a few dozen operations with a rounding of ε/2 each, on entries rounded by ε, so that 1e-12 of the
largest *term* is generous. Where terms cancel, the value can be smaller than its terms: they set the tolerance.
inf leaves a value out: the last digits decide it, or doubles have no room for it.
"""

import dataclasses
from collections.abc import Callable
from itertools import pairwise
from math import hypot, inf, isfinite, sqrt
from sys import float_info
from typing import Any

import numpy as np

from mmlviz.labs.taylor.recipe import circle, largest, magnified, on_circle
from mmlviz.labs.taylor2.recipe import CLEAN, means, radius
from mmlviz.labs.taylor2.recipe import largest as largest_on
from mmlviz.maths.descent import LEVEL, REACH, is_inside, step
from mmlviz.maths.expression import parsed
from mmlviz.maths.expression.rounding import with_rounding
from mmlviz.maths.landscape import SIZE, Landscape, landscape
from mmlviz.maths.rational import exact
from mmlviz.maths.spaces import permanent_of_sizes, rank
from mmlviz.models import pca, taylor2

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


def _is_regular_in_floats(state: Any) -> bool | None:
    """Of A; None where the last digits decide, or where doubles have no room for it."""
    entries = [abs(x) for x in (*_entries(state), *state.b) if x]
    if any(x < 1e-100 for x in entries):
        return None
    (a, b), (c, d) = [[x.exact for x in row] for row in state.matrix]
    size, share = abs(a * d) + abs(b * c), abs(a * d - b * c)
    return share > 1e-6 * size if share == 0 or share > 1e-6 * size else None


def _solution(state: Any, told: dict[str, Any]) -> float:
    """The condition number times the rounding; where A is singular the recipe names none."""
    if not _is_regular_in_floats(state):
        return inf
    return DIGITS * float(np.linalg.cond(np.array(state.matrix, dtype=float))) * max(map(abs, told["solution"]))


def _solutions(state: Any, told: dict[str, Any]) -> float:
    """Exactly, unless b is all but on the line of the columns of a singular A."""
    is_regular = _is_regular_in_floats(state)
    if is_regular is not False:
        return 0 if is_regular else inf
    A, b = np.array(state.matrix, dtype=float), np.array(state.b, dtype=float)
    U, sizes, _ = np.linalg.svd(A)
    off = float(np.abs(b @ U[:, int(sizes[0] > 0) :]).max())
    is_clear = off > 1e-3 * np.abs(b).max() or (told["solutions"] == "infinitely many")
    return 0 if is_clear else inf


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


def _walk(state: Any, told: dict[str, Any]) -> float:
    """Every step is rounded, and carries the rounding of those before it along: |D(x + δ)| times as far.

    Left out where a last digit decides how many steps there are (a point on the edge of the pit, or all but
    level ground) or which one the hybrid takes, where a step of Newton's is longer than the pit, since H is then
    nearly singular, and where rounding has grown to what a picture could show.
    """
    pit, off, most = landscape(state.pit, state.seed), 0.0, DIGITS * SIZE
    for x, y in told["walk"][:5]:
        if min(abs(x), abs(y), abs(SIZE - x), abs(SIZE - y)) < off:
            return inf
        J, H = pit.at(x, y)[1:3], pit.at(x, y)[3:]
        move = step(state.strategy, J, H, float(state.rate))
        if not is_inside(x, y) or move is None:
            break
        if abs(hypot(*J) - LEVEL) <= hypot(*H) * off or _is_undecided(state, J, H):
            return inf
        off = _carried(pit, state, (x, y)) * off + DIGITS * (SIZE + hypot(*move) * _condition(state, H))
        most = max(most, off)
    return most if most < 1e-4 else inf


def _condition(state: Any, H: tuple[float, float, float]) -> float:
    """How much larger the rounding of J and H is in a step; that of steepest descent takes it as it is."""
    return float(np.linalg.cond([H[:2], H[1:]])) if state.strategy in {"newton", "hybrid"} else 1.0


def _is_undecided(state: Any, J: tuple[float, float], H: tuple[float, float, float]) -> bool:
    """Whether the last digits decide Newton's step, or whether the hybrid takes it."""
    newton = step("newton", J, H, 1.0)
    if state.strategy not in {"newton", "hybrid"} or newton is None:
        return state.strategy in {"newton", "hybrid"}
    length = hypot(*newton)
    if state.strategy == "newton" or length > SIZE:
        return state.strategy == "newton" and length > SIZE
    slope = (newton[0] * J[0] + newton[1] * J[1]) / (hypot(*J) * length)
    return abs(slope) < 1e-9 * _condition(state, H) or abs(length - REACH) < 1e-9 * _condition(state, H)


def _carried(pit: Landscape, state: Any, at: tuple[float, float]) -> float:
    """How much farther apart a step leaves two points that are next to each other, by a difference quotient."""
    h, images = 1e-7, []
    for dx, dy in ((h, 0), (-h, 0), (0, h), (0, -h)):
        x, y = at[0] + dx, at[1] + dy
        _, gx, gy, *H = pit.at(x, y)
        move = step(state.strategy, (gx, gy), (H[0], H[1], H[2]), float(state.rate)) or (inf, inf)
        images.append(np.array([x + move[0], y + move[1]]))
    return float(np.linalg.norm([images[0] - images[1], images[2] - images[3]]) / (2 * h))


def _variance(state: Any, told: dict[str, Any]) -> float:
    """A mean is rounded beside the numbers that it is of; as a shift of all points it adds its square to S."""
    analysis = pca.compute(state).analysis
    shift = 16 * EPS * np.abs(analysis.X).max(axis=0)
    if state.standardise:
        sizes = analysis.prepared.deviations
        if ((sizes > 0) & (sizes < 1e-140)).any():
            return inf  # their squares are beyond floats
        shift = shift / np.where(sizes > 0, sizes, inf)
    return DIGITS * analysis.total + float((shift**2).sum())


def _shares(state: Any, told: dict[str, Any]) -> float:
    if told["total_variance"] < 1e-290:
        return inf if pca.compute(state).analysis.prepared.deviations.any() else 0
    return DIGITS + 2 * _variance(state, told) / told["total_variance"]


def _components(state: Any, told: dict[str, Any]) -> float:
    """Left out where variances coincide, and any basis between them will do."""
    variances = told["variances"]
    count = min(len(told["components"]) + 1, len(variances))
    gap = min((a - b for a, b in pairwise(variances[:count])), default=1.0)
    off = _variance(state, told) / gap if gap > 0 else inf
    return off if off < 1e-6 else inf


def _cauchy(state: Any, told: dict[str, Any]) -> tuple[float, float]:
    """Radius of the recipe's circle, and how far the mean of f(z) (z − a)^−k rᵏ over it is off, which holds for all k.

    f(z) is rounded, relatively, and so is z, by a last digit of |a| + r: |f′| makes of it what its modes say.
    inf where that leaves nothing.
    """
    r = circle(state.f, state.centre, int(state.order), state.probe)
    size = largest(state.f, float(state.centre), r)
    if size == inf:
        return r, inf
    values = on_circle(state.f, float(state.centre), r)
    modes = np.fft.fft(values)[:128] / len(values)
    slope = float(np.abs(modes * np.arange(128)).sum()) / r
    off = EPS * (64 * size + 8 * (abs(state.centre) + r) * slope)
    return r, off if r ** int(state.order) > 1e-290 and off < 1e-3 * size else inf


def _coefficients(state: Any, told: dict[str, Any]) -> float:
    """The k-th is divided by rᵏ; the test of the lab itself compares each with its own tolerance."""
    if told["coefficients"] is None:
        return 0
    r, off = _cauchy(state, told)
    return off / min(r, 1.0) ** int(state.order) if off < inf else inf


def _polynomial(state: Any, told: dict[str, Any]) -> float:
    """Each coefficient's error times |x − a|ᵏ, and the rounding of x − a, which the k-th power feels k times."""
    if told["coefficients"] is None:
        return 0
    if told["polynomial"] is None:
        return inf
    (r, off), h = _cauchy(state, told), float(state.probe - state.centre)
    if off == inf:
        return inf
    slip = EPS * (abs(state.probe) + abs(state.centre))
    terms = [(abs(c) + off / r**k, k) for k, c in enumerate(told["coefficients"])]
    moved = sum(k * c * abs(h) ** (k - 1) for c, k in terms if k) * slip + EPS * sum(c * abs(h) ** k for c, k in terms)
    return off * magnified(abs(h), int(state.order), r) + 40 * moved


def _value(state: Any, told: dict[str, Any]) -> float:
    """The rounding of f in floats, and what it makes of that of the probe; left out where f ends within it."""
    if told["value"] is None:
        return 0
    x = float(state.probe) + EPS * np.arange(-2, 3) * abs(float(state.probe))
    y, noise = with_rounding(parsed(state.f), x)
    off = float(noise.max() + 2 * np.abs(y - told["value"]).max())
    return off if isfinite(off) else inf


def _error(state: Any, told: dict[str, Any]) -> float:
    return _polynomial(state, told) + _value(state, told)


def _circles(state: Any) -> tuple[float, float] | None:
    """Radius of the circles of the recipe in two variables, and how far a mean of f over them is off.

    f is rounded there, and so are z and w, by a last digit of |a| + r and |b| + r; what is folded back from powers
    beyond those of the transform is as small as the recipe's radius allows. None where it has no circles.
    """
    result = taylor2.compute(state)
    r = radius(state, result)
    if r is None:
        return None
    size = max(map(abs, state.centre)) + r
    off = largest_on(means(state, result, r)) * (2 * CLEAN + EPS * (64 + 8 * size / r))
    return r, off if off < inf else inf


def _derivatives(k: int) -> Callable[[Any, dict[str, Any]], float]:
    """Of order k: k! times a coefficient that is divided by rᵏ; eigenvalues move no farther than the matrix."""

    def off(state: Any, told: dict[str, Any]) -> float:
        found = _circles(state)
        return 0 if told["gradient"] is None else inf if found is None else 4 * found[1] / found[0] ** k

    return off


def _all_coefficients(state: Any, told: dict[str, Any]) -> float:
    found, n = _circles(state), int(state.order)
    return 0 if told["gradient"] is None else inf if found is None else found[1] * max(1.0, found[0] ** -n)


def _polynomial_of_two(state: Any, told: dict[str, Any]) -> float:
    """Each coefficient's error times |x − a|^i |y − b|^j, and the rounding of x − a and y − b."""
    found = _circles(state)
    if told["gradient"] is None:
        return 0
    if found is None or told["polynomial"] is None:
        return inf
    r, off = found
    steps = [abs(float(x) - float(a)) for x, a in zip(state.probe, state.centre)]
    slips = [EPS * (abs(x) + abs(a)) for x, a in zip(state.probe, state.centre)]

    def size(h: float, k: float) -> float:
        return sum(
            (abs(c) + off / r ** (i + j)) * h**i * k**j
            for (i, j), c in (((int(ij[0]), int(ij[2])), c) for ij, c in told["coefficients"].items())
        )

    n = int(state.order)
    rounded = sum(off / r ** (i + j) * steps[0] ** i * steps[1] ** j for i in range(n + 1) for j in range(n + 1 - i))
    moved = size(steps[0] + slips[0], steps[1] + slips[1]) - size(*steps)
    return rounded + 4 * moved + 40 * EPS * size(*steps)


def _error_of_two(state: Any, told: dict[str, Any]) -> float:
    if told["value"] is None:
        return 0
    return _polynomial_of_two(state, told) + DIGITS * abs(told["value"])


def _is_plane(state: Any) -> bool:
    return (len(state.matrix), len(state.matrix[0])) == (2, 2)


def _of_any_shape(plane: Callable[..., float], other: Callable[..., float]) -> Callable[..., float]:
    """The tolerance of a 2×2 matrix, or of one that is not."""
    return lambda state, told: (plane if _is_plane(state) else other)(state, told)


def _largest_image(state: Any, told: dict[str, Any]) -> float:
    return DIGITS * max(abs(x) for row in state.matrix for x in row) * max(map(abs, state.vector))


def _volume(state: Any, told: dict[str, Any]) -> float:
    """All six products count."""
    return DIGITS * float(permanent_of_sizes(exact(state.matrix))) if told["determinant"] is not None else 0


def _diagonal(state: Any, told: dict[str, Any]) -> float:
    return DIGITS * sum(abs(state.matrix[k][k]) for k in range(min(len(state.matrix), len(state.matrix[0]))))


def _rank_of_any(state: Any, told: dict[str, Any]) -> float:
    """Exactly, unless rounding decides whether a singular value is 0."""
    sizes = [x for x in told["singular_values"] if x > 0]
    is_clear = not sizes or sizes[-1] > 1e-10 * sizes[0] > 1e-290
    return 0 if is_clear and told["rank"] == rank(exact(state.matrix)) else inf


def _inverse_of_any(state: Any, told: dict[str, Any]) -> float:
    """The condition says how much rounding grows."""
    if _rank_of_any(state, told) == inf or told["inverse"] is None:
        return _rank_of_any(state, told)
    largest = max(abs(x) for row in told["inverse"] for x in row)
    return DIGITS * told["condition"] * largest if largest < inf else inf


def _clear_condition(state: Any) -> float | None:
    """The condition number of what of A is not 0; None where rounding decides what that is, or nothing is not 0."""
    sizes = np.linalg.svd(np.array(state.matrix, dtype=float), compute_uv=False)
    entries = [abs(x) for row in state.matrix for x in row if x] + [abs(x) for x in state.b if x]
    if min(entries, default=1.0) < 1e-100:
        return None
    large = sizes[: state.system.solution.rank]
    if not len(large) or large[-1] < 1e-6 * large[0] or (sizes[len(large) :] > 1e-15 * sizes[0]).any():
        return None
    return float(large[0] / large[-1])


def _solution_of_any(state: Any, told: dict[str, Any]) -> float:
    condition = _clear_condition(state)
    if condition is None or told["solutions"] != "one":
        return inf
    return DIGITS * condition**2 * (max(map(abs, told["solution"])) + max(map(abs, state.b)))


def _solutions_of_any(state: Any, told: dict[str, Any]) -> float:
    """Exactly, unless rounding decides the rank, or b is all but among the outputs."""
    if _clear_condition(state) is None:
        return inf
    if told["solutions"] != "none":
        return 0
    A, b = np.array(state.matrix, dtype=float), np.array(state.b, dtype=float)
    miss = b - A @ np.linalg.lstsq(A, b, rcond=1e-13)[0]
    return 0 if np.linalg.norm(miss) > 1e-6 * np.linalg.norm(b) else inf


TOLERANCES: dict[str, dict[str, Callable[[Any, dict[str, Any]], float]]] = {
    "matrix": {
        "image": _of_any_shape(_image, _largest_image), "determinant": _of_any_shape(_determinant, _volume),
        "trace": _of_any_shape(_trace, _diagonal), "rank": _of_any_shape(_rank, _rank_of_any),
        "inverse": _of_any_shape(_inverse, _inverse_of_any), "singular_values": _singular_values,
        "solution": _of_any_shape(_solution, _solution_of_any),
        "solutions": _of_any_shape(_solutions, _solutions_of_any),
    },
    "taylor": {"coefficients": _coefficients, "value": _value, "polynomial": _polynomial, "error": _error},
    "taylor2": {
        "gradient": _derivatives(1), "hessian": _derivatives(2), "eigenvalues": _derivatives(2),
        "coefficients": _all_coefficients, "polynomial": _polynomial_of_two, "error": _error_of_two,
    },
    "eigen": {
        "image": _image, "discriminant": _discriminant, "eigenvalues": _eigenvalues,
        # [1, −trace, determinant]: the larger tolerance of the two.
        "characteristic_polynomial": lambda state, told: max(_trace(state, told), _determinant(state, told)),
    },
    "sandpit": {"walk": _walk},
    "pca": {
        **dict.fromkeys(("variances", "total_variance", "variance_kept", "mean_squared_error"), _variance),
        "shares": _shares, "components": _components,
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
    if (
        name == "eigenvalues"
        and isinstance((wanted or [0])[0], list)
        and abs(hypot(*wanted[0]) - hypot(*wanted[1])) <= off
    ):
        return min(
            (found, found[::-1]), key=lambda order: hypot(order[0][0] - wanted[0][0], order[0][1] - wanted[0][1])
        )
    return found


def _numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return _numbers(list(value.values()))
    if isinstance(value, list | tuple):
        return [x for each in value for x in _numbers(each)]
    return [] if value is None or isinstance(value, str | bool) else [value]
