"""The pits against the formulas of the course written out, mpmath's derivatives, and dense searches of scipy."""

import mpmath
import numpy as np
import pytest
from scipy.optimize import minimize

from mmlviz.maths.ground import formula
from mmlviz.maths.landscape import KINDS, landscape
from mmlviz.maths.seeds import stream
from mmlviz.maths.sinc import sinc, sincs

Array = np.ndarray
SEEDS = ("otter", "newt", "")
kinds = pytest.mark.parametrize("kind", KINDS)


# The formulas of the course, term by term ---------------------------------------------------------


def by_the_book(kind: str, seed: str, x: object, y: object, lib: object) -> object:
    """f(x, y), with the cos, exp, pi and sinc of a library."""
    if kind == "intro":
        return -((x - 4.1) ** 2 + (y - 0.9) ** 2) - 30 * lib.exp(-((x - 1.5) ** 2 + (y - 3.7) ** 2) / 2.8)
    if kind == "minima":
        return wells(stream(f"minima:{seed}", 5).tolist(), x, y, lib)
    ground = waves(stream(f"random:{seed}", 48).tolist(), 1, x, y, lib) + (1 - x * (x - 6) * y * (y - 6) / 81) ** 7 / 9
    if kind == "rocks":
        return ground + waves(stream(f"rocks:{seed}", 48).tolist(), 10, x, y, lib) / 25
    if kind == "well":
        xw, yw = (6 * stream(f"well:{seed}", 2)).tolist()
        return ground - 0.6 * lib.exp(-((x - xw) ** 2 + (y - yw) ** 2) / (2 * 0.2 * 0.2))
    return ground


def waves(u: list, times: int, x: object, y: object, lib: object) -> object:
    f = 0
    for n in range(4):
        for m in range(4):
            a, phi, psi = u[4 * n + m] / ((n + 1) * (m + 1)) ** 2, u[16 + 4 * n + m], u[32 + 4 * n + m]
            in_x = lib.cos(times * lib.pi * n * x / 6 + 2 * lib.pi * phi)
            f = f + a * in_x * lib.cos(times * lib.pi * m * y / 6 + 2 * lib.pi * psi)
    return f


def wells(numbers: list, x: object, y: object, lib: object) -> object:
    theta, u1, v1 = 2 * lib.pi * numbers[0], (2 * numbers[1] - 1) / 3, (2 * numbers[2] - 1) / 3
    c, s = lib.cos(theta), lib.sin(theta)
    u, v = (x - 3) * c + (y - 3) * s + 2 + u1, -(x - 3) * s + (y - 3) * c + 3 + v1
    sinc_of = mpmath.sincpi if lib is mpmath else np.sinc
    hills = [(0, 0), (2, 0), (4, 0), (0, 2), (2, 2), (4, 2), (0, 4), (2, 4), (4, 4), (0, 6), (2, 6)]
    hollows = [
        (1, 1),
        (3, 1),
        (1, 3),
        (3, 3),
        (1, 5),
        (3, 5),
        (1 + 2 * (numbers[3] >= 0.5), 1 + 2 * (numbers[4] >= 0.5)),
    ]
    f = sum(sinc_of(u - a) * sinc_of(v - b) for a, b in hills)
    return f - sum(sinc_of(u - a) * sinc_of(v - b) for a, b in hollows)


def by_mpmath(kind: str, seed: str, x: float, y: float) -> list[float]:
    """f, fx, fy, fxx, fxy, fyy by central differences of 1e-15 with 60 digits: 30 of them hold."""
    with mpmath.workdps(60):
        h, X, Y = mpmath.mpf(10) ** -15, mpmath.mpf(x), mpmath.mpf(y)
        near = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        f = {(i, j): by_the_book(kind, seed, X + i * h, Y + j * h, mpmath) for i, j in near}
        return [float(v) for v in (
            f[0, 0], (f[1, 0] - f[-1, 0]) / (2 * h), (f[0, 1] - f[0, -1]) / (2 * h),
            (f[1, 0] - 2 * f[0, 0] + f[-1, 0]) / h**2,
            (f[1, 1] - f[1, -1] - f[-1, 1] + f[-1, -1]) / (4 * h * h),
            (f[0, 1] - 2 * f[0, 0] + f[0, -1]) / h**2,
        )]  # fmt: skip


# A dense search that knows nothing of ours ----------------------------------------------------------


def dense(kind: str, seed: str, cells: int) -> tuple[Array, Array]:
    """An axis (n,) and the heights (n, n) by rows of y."""
    axis = np.linspace(0, 6, cells + 1)
    return axis, by_the_book(kind, seed, axis[None, :], axis[:, None], np)


def grid_minima(axis: Array, f: Array) -> Array:
    """Points (k, 2) of a grid that lie below all eight neighbours, deepest first."""
    padded = np.pad(f, 1, constant_values=np.inf)
    n = len(axis)
    shifts = [(i, j) for i in (0, 1, 2) for j in (0, 1, 2) if (i, j) != (1, 1)]
    lowest = np.all([f < padded[i : i + n, j : j + n] for i, j in shifts], axis=0)
    rows, columns = np.nonzero(lowest)
    order = np.argsort(f[rows, columns])
    return np.stack([axis[columns], axis[rows]], axis=1)[order]


def by_scipy(kind: str, seed: str, start: Array, half: float) -> tuple[Array, float]:
    """The minimum near a point, within the square and half a cell or so of the start."""
    bounds = [(max(0.0, c - half), min(6.0, c + half)) for c in start]
    found = minimize(
        lambda p: float(by_the_book(kind, seed, p[0], p[1], np)), start, method="L-BFGS-B", bounds=bounds,
        options={"ftol": 1e-15, "gtol": 1e-9},
    )  # fmt: skip
    return found.x, float(found.fun)


def missing(kind: str, seed: str, cells: int) -> tuple[float, list]:
    """How far scipy gets below our phone, and the minima that it has and we have not."""
    pit = landscape(kind, seed)
    found = [by_scipy(kind, seed, start, 12 / cells) for start in grid_minima(*dense(kind, seed, cells))]
    theirs = [x.tolist() for x, _ in found if not (np.hypot(*(pit.minima - x).T) < 1e-3).any()]
    return pit.f_min - min(low for _, low in found), theirs


# The intro pit: known answers ------------------------------------------------------------------------


def test_the_intro_pit_of_the_course() -> None:
    pit = landscape("intro")
    assert pit.phone == pytest.approx((1.21283377, 4.00925594), abs=5e-9)
    assert pit.top == pytest.approx((4.20324937, 0.78880837), abs=5e-9)
    assert pit.f_min == pytest.approx(-46.15437155725, abs=5e-12)
    assert pit.f_max == pytest.approx(-0.12996872348, abs=5e-12)
    F, Fx, Fy, Fxx, Fxy, Fyy = pit.at(3, 3)
    assert (F, Fx, Fy) == pytest.approx((-3.914186, 2.482303, -1.71), abs=5e-7)
    assert (Fxx, Fxy, Fyy) == pytest.approx((-1.1976, 1.049949, 0.562314), abs=5e-7)


def test_the_decoy_of_the_intro_pit() -> None:
    """(0, 6) is a minimum of the square, at −8.77 m; the other corners are minima too, and nothing else is."""
    pit = landscape("intro")
    assert pit.minima[1:].tolist() == [[0, 6], [6, 6], [0, 0], [6, 0]]
    assert pit.at(0, 6)[0] == pytest.approx(-8.77, abs=5e-3)


def test_the_intro_pit_has_no_seed() -> None:
    assert landscape("intro", "otter") is landscape("intro")


# Formulas and derivatives ------------------------------------------------------------------------------


@kinds
@pytest.mark.parametrize("seed", SEEDS)
def test_value_gradient_and_hessian_as_mpmath(kind: str, seed: str) -> None:
    """Inside, on the edge, and beyond it."""
    parts = landscape(kind, seed)
    for x, y in [(2.3, 1.7), (0.0, 6.0), (5.99, 3.1), (-0.8, 7.3)]:
        wanted = np.array(by_mpmath(kind, seed, x, y))
        size = np.abs(wanted).max() + 1
        assert np.abs(np.array(parts.raw(x, y)) - wanted).max() <= 2e-14 * size


@kinds
def test_points_and_grid_are_the_same_function(kind: str) -> None:
    pit = landscape(kind, "otter")
    x, y = 6 * stream("columns", 7), 6 * stream("rows", 5)
    xy = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    one_by_one = np.array([pit.at(*point) for point in xy.tolist()])
    size = np.abs(one_by_one).max(axis=0)
    assert pit.points(xy).shape == (6, 35)
    assert (np.abs(pit.points(xy).T - one_by_one) <= 1e-13 * size).all()
    assert pit.grid(x, y).shape == (5, 7)
    assert np.abs(pit.grid(x, y).ravel() - one_by_one[:, 0]).max() <= 1e-13 * 9


@kinds
def test_depth_is_the_formula_to_scale(kind: str) -> None:
    pit = landscape(kind, "otter")
    k = 8 / (pit.f_max - pit.f_min)
    f, *raw = pit.raw(1.9, 4.2)
    F, *scaled = pit.at(1.9, 4.2)
    assert pytest.approx(k * (f - pit.f_max) - 1, rel=1e-13) == F
    assert scaled == pytest.approx([k * v for v in raw], rel=1e-13)


@kinds
def test_beyond_all_bounds_no_exception(kind: str) -> None:
    """A walk may be thrown far: whatever the numbers, floats go on."""
    with np.errstate(all="ignore"):
        assert len(landscape(kind, "otter").at(1e250, -3e200)) == 6


def test_a_well_beside_its_centre() -> None:
    """Whole u and v are reached by the sinc pit: its hills and hollows are 1, −1 and −2 high there, exactly."""
    (lattice,) = formula("minima", "otter")
    heights = sorted(
        round(lattice.at(*at_whole(lattice, a, b))[0], 12) for a in range(5) for b in range(7) if (a + b) % 2 == 0
    )
    assert heights == [-2] + 5 * [-1] + [0] + 11 * [1]


def at_whole(lattice: object, a: int, b: int) -> tuple[float, float]:
    U, V = a - lattice.u1, b - lattice.v1
    return 3 + lattice.cosine * U - lattice.sine * V, 3 + lattice.sine * U + lattice.cosine * V


SINC_AT = (0, 5e-324, 1e-300, 1e-17, 1e-9, 1e-5, 1e-3, 0.02, 0.1, 0.4999999, 0.5, 0.5000001, 0.75, 1, 1.2, 2, 3.7, 8.25)


def sinc_by_mpmath(t: float) -> list[float]:
    """The Taylor series with 60 digits; it converges everywhere."""
    with mpmath.workdps(60):
        t = mpmath.mpf(t)
        c = [(-1) ** k * mpmath.pi ** (2 * k) / mpmath.factorial(2 * k + 1) for k in range(90)]
        return [
            float(sum(v * t ** (2 * k) for k, v in enumerate(c))),
            float(sum(2 * k * v * t ** (2 * k - 1) for k, v in enumerate(c) if k)),
            float(sum(2 * k * (2 * k - 1) * v * t ** (2 * k - 2) for k, v in enumerate(c) if k)),
        ]


@pytest.mark.parametrize("t", SINC_AT)
@pytest.mark.parametrize("sign", [1, -1])
def test_sinc_and_its_derivatives(t: float, sign: int) -> None:
    """To within rounding: relative near 0, where sinc′ is as small as t; else beside 1 and the next zero."""
    wanted, found = np.array(sinc_by_mpmath(sign * t)), np.array(sinc(sign * t))
    size = np.array([1, min(t, 1) + 1e-180, 1]) if t < 0.5 else np.ones(3)
    assert (np.abs(found - wanted) <= 2e-14 * size).all()
    together = np.array([s[0] for s in sincs(np.array(sign * t), 1)])
    assert (np.abs(together - wanted) <= 2e-14 * size).all()


def test_sincs_are_those_of_u_less_whole_numbers() -> None:
    u = np.array([[0.0, 3.0, 2.5], [1 + 1e-9, -0.3, 6.2]])
    for order, values in enumerate(sincs(u, 5)):
        wanted = np.array([[[sinc(t - a)[order] for t in row] for row in u.tolist()] for a in range(5)])
        assert values.shape == (5, 2, 3)
        assert np.abs(values - wanted).max() <= 2e-14


# What there is to find -----------------------------------------------------------------------------------


def slack(kind: str, seed: str) -> tuple[Array, Array, Array]:
    """Of every minimum: what of its gradient the edge does not hold, the Hessian there, which coordinates are free."""
    pit = landscape(kind, seed)
    _, gx, gy, *H = pit.points(pit.minima)
    gradient = np.stack([gx, gy], axis=1)
    held = ((pit.minima == 0) & (gradient > 0)) | ((pit.minima == 6) & (gradient < 0))
    return np.where(held, 0, gradient), np.array(H).T, ~held


@kinds
@pytest.mark.parametrize("seed", SEEDS)
def test_minima_are_level_or_held_by_the_edge_and_curve_up(kind: str, seed: str) -> None:
    left, hessians, free = slack(kind, seed)
    assert np.abs(left).max() <= 1e-9
    for (a, b, c), where in zip(hessians, free):
        H = np.array([[a, b], [b, c]])[np.ix_(where, where)]
        assert (np.linalg.eigvalsh(H) > 0).all()


@kinds
def test_order_and_bounds(kind: str) -> None:
    pit = landscape(kind, "otter")
    depths = pit.points(pit.minima)[0]
    assert (np.diff(depths) >= 0).all()
    assert depths[0] == pytest.approx(-9, abs=1e-12)
    assert pit.phone == tuple(pit.minima[0])
    assert pit.at(*pit.phone)[0] == pytest.approx(-9, abs=1e-12)
    assert pit.at(*pit.top)[0] == pytest.approx(-1, abs=1e-12)
    assert pit.minima.min() >= 0
    assert pit.minima.max() <= 6
    distances = np.hypot(*(pit.minima[:, None] - pit.minima).transpose(2, 0, 1))
    assert (distances[~np.eye(len(distances), dtype=bool)] > 1e-3).all()


@pytest.mark.parametrize(
    ("kind", "count", "cells"), [("random", 200, 120), ("well", 100, 150), ("rocks", 40, 240), ("minima", 40, 90)]
)
def test_nothing_is_lower_than_the_phone_or_higher_than_the_top(kind: str, count: int, cells: int) -> None:
    """A dense grid of the formula as the course writes it finds nothing beyond ours, and comes near to both."""
    for k in range(count):
        pit = landscape(kind, f"pit {k}")
        f = dense(kind, f"pit {k}", cells)[1]
        span = pit.f_max - pit.f_min
        assert pit.f_min - 1e-12 <= f.min() <= pit.f_min + 0.05 * span
        assert pit.f_max - 0.05 * span <= f.max() <= pit.f_max + 1e-12


@pytest.mark.parametrize("kind", KINDS[1:])
@pytest.mark.parametrize("seed", ["otter", "newt"])
def test_minima_are_those_of_a_dense_search_by_scipy(kind: str, seed: str) -> None:
    """Not the other way round: a grid does not see the shallowest of ours."""
    below, theirs = missing(kind, seed, 300)
    assert below <= 1e-12
    assert not theirs


@pytest.mark.parametrize(
    ("kind", "seed", "at"),
    [
        ("rocks", "seed 0", (5.25320619, 3.10410711)),  # its rim is narrower than a cell of 0.03 m
        ("minima", "seed 0", (4.54796244, 0)),  # at the edge, and a hand's breadth inwards the ground falls again
        ("random", "seed 151", (0, 6)),  # a corner
    ],
)
def test_minima_that_are_easily_missed(kind: str, seed: str, at: tuple) -> None:
    distance = np.hypot(*(landscape(kind, seed).minima - at).T).min()
    assert distance <= 1e-6


def test_what_lies_on_the_edge_is_not_inner() -> None:
    pit = landscape("minima", "otter")
    on_edge = (pit.minima == 0).any(axis=1), (pit.minima == 6).any(axis=1)
    assert all(edge.any() for edge in on_edge)
    assert (pit.is_inner == ~(on_edge[0] | on_edge[1])).all()


# Promises ---------------------------------------------------------------------------------------------------

PHONES = {
    "random": (1.317830477549904, 3.1195643200296623),
    "minima": (2.1207552539644055, 3.6826407493439404),
    "rocks": (1.2990470431528878, 3.2996106045311686),
    "well": (0.8912594359821352, 3.1360035187291717),
}


@pytest.mark.parametrize("kind", PHONES)
def test_a_seed_means_the_same_pit_for_ever(kind: str) -> None:
    """These numbers must never change: pits are shared by their seeds."""
    assert landscape(kind, "otter").phone == pytest.approx(PHONES[kind], abs=1e-9)


def test_rocks_and_well_are_in_the_random_pit_of_the_same_seed() -> None:
    ground, rocks, well = (formula(kind, "otter") for kind in ("random", "rocks", "well"))
    for richer in (rocks, well):
        assert len(richer) == 3
        assert [p.at(1.3, 2.2) for p in richer[:2]] == [p.at(1.3, 2.2) for p in ground]


def test_pits_are_kept_and_cannot_be_written_to() -> None:
    pit = landscape("random", "otter")
    assert landscape("random", "otter") is pit
    with pytest.raises(ValueError, match="read-only"):
        pit.minima[0] = 0


def test_an_unknown_kind() -> None:
    with pytest.raises(ValueError, match="no pit 'moon'; there are intro, random, minima, rocks, well"):
        landscape("moon", "otter")
