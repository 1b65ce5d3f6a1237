"""The floors of the sandpit over 6 m × 6 m, as formulas that grow from a seed.

A formula is a sum of parts. Each part gives f and its first and second derivatives, at one point in plain
floats (a descent asks for hundreds of points a frame) and at many points at once as arrays.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import cos, exp, pi, sin
from typing import Protocol, TypeVar

import numpy as np

from mmlviz.maths.matrix2 import Array
from mmlviz.maths.seeds import stream
from mmlviz.maths.sinc import sinc, sincs

KINDS = ("intro", "random", "minima", "rocks", "well")
SIZE = 6.0  # metres, the side of the pit

Six = tuple[float, float, float, float, float, float]  # f, fx, fy, fxx, fxy, fyy
T = TypeVar("T", float, Array)


class Part(Protocol):
    """A summand of a formula.

    `of` takes x (…, 1, n) and y (…, m, 1) and yields f, fx, fy, fxx, fxy, fyy, each of a shape that
    broadcasts to (…, m, n), f of just that shape; who needs the heights alone takes the first.
    """

    def at(self, x: float, y: float) -> Six: ...
    def of(self, x: Array, y: Array) -> Iterator[Array]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Waves:
    """Σ a_nm cos(nωx + φ_nm) cos(mωy + ψ_nm), n, m = 0..3, as uᵀ M v.

    u holds 1, cos ωx, sin ωx, …, cos 3ωx, sin 3ωx, and v the same of y: 16 products of two cosines
    cost four angles in all, and a whole grid is a product of three matrices.
    """

    omega: float
    M: Array  # (7, 7)
    rows: tuple[tuple[float, ...], ...]  # of M

    def at(self, x: float, y: float) -> Six:
        w = self.omega
        a, b, c, d, g, h = _harmonics(w * x)
        A, B, C, D, G, H = _harmonics(w * y)
        u = ((1.0, 0.0, 0.0), (a, -b, -a), (b, a, -b), (c, -2 * d, -4 * c), (d, 2 * c, -4 * d))
        f = fx = fy = fxx = fxy = fyy = 0.0
        for (k0, k1, k2, k3, k4, k5, k6), (p, q, r) in zip(
            self.rows, (*u, (g, -3 * h, -9 * g), (h, 3 * g, -9 * h)), strict=True
        ):
            one, two, three = k1 * A + k2 * B, k3 * C + k4 * D, k5 * G + k6 * H
            height = k0 + one + two + three
            slope = k2 * A - k1 * B + 2 * (k4 * C - k3 * D) + 3 * (k6 * G - k5 * H)
            f += p * height
            fx += q * height
            fy += p * slope
            fxx += r * height
            fxy += q * slope
            fyy -= p * (one + 4 * two + 9 * three)
        return f, w * fx, w * fy, w * w * fxx, w * w * fxy, w * w * fyy

    def of(self, x: Array, y: Array) -> Iterator[Array]:
        U = [np.swapaxes(u, -1, -2) for u in self._basis(x[..., 0, :])]
        VM = [v @ self.M.T for v in self._basis(y[..., :, 0])]
        for i, j in ((0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2)):
            yield VM[j] @ U[i]

    def _basis(self, x: Array) -> tuple[Array, Array, Array]:
        """u, u′ and u″ at x (…, n), each (…, n, 7)."""
        k = self.omega * np.array([0, 1, 1, 2, 2, 3, 3])
        angle = k * x[..., None] - np.array([0, 0, 1, 0, 1, 0, 1]) * (pi / 2)
        u = np.cos(angle)
        return u, -k * np.sin(angle), -k * k * u


def _harmonics(t: float) -> tuple[float, float, float, float, float, float]:
    """cos t, sin t, cos 2t, sin 2t, cos 3t, sin 3t, by the addition theorems."""
    a, b = cos(t), sin(t)
    c, d = a * a - b * b, 2 * a * b
    return a, b, c, d, a * c - b * d, a * d + b * c


def _waves(omega: float, numbers: Array, divisor: float) -> Waves:
    """From 48 uniform numbers: 16 a_nm = U / ((n + 1)(m + 1))² / divisor, then 16 φ_nm, then 16 ψ_nm; m runs first."""
    size, phi, psi = numbers.reshape(3, 4, 4)
    falling = 1 / np.arange(1.0, 5.0) ** 2
    a = size * falling[:, None] * falling / divisor
    in_x, in_y = (np.stack([np.cos(2 * pi * p), -np.sin(2 * pi * p)], axis=-1) for p in (phi, psi))
    M = np.einsum("nm,nmi,nmj->nimj", a, in_x, in_y).reshape(8, 8)
    M = np.delete(np.delete(M, 1, axis=0), 1, axis=1)  # sin 0 is no wave
    M.flags.writeable = False
    return Waves(omega, M, tuple(map(tuple, M.tolist())))


@dataclass(frozen=True, slots=True, eq=False)
class Wall:
    """W = (1 − x(x − 6)·y(y − 6)/81)⁷/9: nothing in the middle, 1/9 all along the edge."""

    def at(self, x: float, y: float) -> Six:
        f, fx, fy, fxx, fxy, fyy = _wall(x, y)
        return f, fx, fy, fxx, fxy, fyy

    def of(self, x: Array, y: Array) -> Iterator[Array]:
        return _wall(x, y)


def _wall(x: T, y: T) -> Iterator[T]:
    p, q = x * (x - SIZE) / 81, y * (y - SIZE)
    B = 1 - p * q
    B2 = B * B  # products: ** of a large float raises OverflowError, of an array it is slow
    yield B2 * B2 * B2 * B / 9
    p1, q1 = (2 * x - SIZE) / 81, 2 * y - SIZE
    Bx, By = -p1 * q, -p * q1
    B5 = B2 * B2 * B * (7 / 9)
    B6 = B5 * B
    yield B6 * Bx
    yield B6 * By
    yield B5 * (6 * Bx * Bx) - B6 * (2 / 81 * q)
    yield B5 * (6 * Bx * By) - B6 * (p1 * q1)
    yield B5 * (6 * By * By) - B6 * (2 * p)


@dataclass(frozen=True, slots=True, eq=False)
class Hole:
    """−depth · exp(−((x − a)² + (y − b)²)/spread)."""

    depth: float
    a: float
    b: float
    spread: float

    def at(self, x: float, y: float) -> Six:
        f, fx, fy, fxx, fxy, fyy = self._of(x, y, exp)
        return f, fx, fy, fxx, fxy, fyy

    def of(self, x: Array, y: Array) -> Iterator[Array]:
        return self._of(x, y, np.exp)

    def _of(self, x: T, y: T, exp: Callable[[T], T]) -> Iterator[T]:
        X, Y, k = x - self.a, y - self.b, 2 / self.spread
        f = -self.depth * exp(-(X * X + Y * Y) / self.spread)
        yield f
        yield -k * X * f
        yield -k * Y * f
        yield (k * X * (k * X) - k) * f
        yield k * X * (k * Y) * f
        yield (k * Y * (k * Y) - k) * f


@dataclass(frozen=True, slots=True, eq=False)
class Dome:
    """−((x − a)² + (y − b)²)."""

    a: float
    b: float

    def at(self, x: float, y: float) -> Six:
        X, Y = x - self.a, y - self.b
        return -(X * X + Y * Y), -2 * X, -2 * Y, -2.0, 0.0, -2.0

    def of(self, x: Array, y: Array) -> Iterator[Array]:
        X, Y, two = x - self.a, y - self.b, np.full((1, 1), 2.0)
        yield -(X * X + Y * Y)
        yield from (-2 * X, -2 * Y, -two, 0 * two, -two)


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """Σ w_ab sinc(u − a) sinc(v − b), a = 0..4, b = 0..6: a hill or a hollow at whole numbers (u, v).

    u = (x − 3) cos θ + (y − 3) sin θ + u₁ and v = −(x − 3) sin θ + (y − 3) cos θ + v₁.
    """

    weights: Array  # (5, 7)
    rows: tuple[tuple[float, ...], ...]  # of the weights
    cosine: float
    sine: float
    u1: float
    v1: float

    def at(self, x: float, y: float) -> Six:
        X, Y, c, s = x - SIZE / 2, y - SIZE / 2, self.cosine, self.sine
        u, v = c * X + s * Y + self.u1, c * Y - s * X + self.v1
        along = [sinc(v - b) for b in range(7)]
        f = fu = fv = fuu = fuv = fvv = 0.0
        for a, row in enumerate(self.rows):
            p, p1, p2 = sinc(u - a)
            q = q1 = q2 = 0.0
            for w, (t, t1, t2) in zip(row, along, strict=True):
                if w:
                    q, q1, q2 = q + w * t, q1 + w * t1, q2 + w * t2
            f, fu, fv = f + p * q, fu + p1 * q, fv + p * q1
            fuu, fuv, fvv = fuu + p2 * q, fuv + p1 * q1, fvv + p * q2
        return (f, *self._turned(fu, fv, fuu, fuv, fvv))

    def of(self, x: Array, y: Array) -> Iterator[Array]:
        X, Y, c, s = x - SIZE / 2, y - SIZE / 2, self.cosine, self.sine
        u, v = c * X + s * Y + self.u1, c * Y - s * X + self.v1
        p, q = (np.tensordot(self.weights, s, axes=(0, 0)) for s in sincs(u, 5)), sincs(v, 7)
        P, Q = [next(p)], [next(q)]
        yield _dot(P[0], Q[0])
        P, Q = [*P, *p], [*Q, *q]
        pairs = ((1, 0), (0, 1), (2, 0), (1, 1), (0, 2))
        yield from self._turned(*(_dot(P[i], Q[j]) for i, j in pairs))

    def _turned(self, fu: T, fv: T, fuu: T, fuv: T, fvv: T) -> tuple[T, T, T, T, T]:
        """Derivatives by x and y from those by u and v: Rᵀ g and Rᵀ H R."""
        c, s = self.cosine, self.sine
        cc, cs, ss = c * c, c * s, s * s
        return (
            c * fu - s * fv, s * fu + c * fv,
            cc * fuu - 2 * cs * fuv + ss * fvv, cs * (fuu - fvv) + (cc - ss) * fuv, ss * fuu + 2 * cs * fuv + cc * fvv,
        )  # fmt: skip


def _dot(p: Array, q: Array) -> Array:
    """Σ p q over the first axis; einsum needs no room for the products."""
    return np.asarray(np.einsum("a...,a...->...", p, q))


HILLS = ((0, 0), (2, 0), (4, 0), (0, 2), (2, 2), (4, 2), (0, 4), (2, 4), (4, 4), (0, 6), (2, 6))
HOLLOWS = ((1, 1), (3, 1), (1, 3), (3, 3), (1, 5), (3, 5))


def _lattice(numbers: Array) -> Lattice:
    """From five uniform numbers: θ, u₁, v₁, and which of the hollows (1 or 3, 1 or 3) is twice as deep."""
    theta, u1, v1 = 2 * pi * float(numbers[0]), (2 * float(numbers[1]) - 1) / 3, (2 * float(numbers[2]) - 1) / 3
    weights = np.zeros((5, 7))
    for a, b in HILLS:
        weights[a, b] += 1
    deep = (1 if numbers[3] < 0.5 else 3, 1 if numbers[4] < 0.5 else 3)
    for a, b in (*HOLLOWS, deep):
        weights[a, b] -= 1
    weights.flags.writeable = False
    return Lattice(weights, tuple(map(tuple, weights.tolist())), cos(theta), sin(theta), 2 + u1, 3 + v1)


def formula(kind: str, seed: str) -> tuple[Part, ...]:
    """The parts of a pit. "rocks" and "well" are the "random" pit of the same seed with rocks or a well in it."""
    if kind == "intro":
        return Dome(4.1, 0.9), Hole(30.0, 1.5, 3.7, 2.8)
    if kind == "minima":
        return (_lattice(stream(f"minima:{seed}", 5)),)
    if kind not in KINDS:
        raise ValueError(f"there is no pit {kind!r}; there are {', '.join(KINDS)}")
    ground = (_waves(pi / SIZE, stream(f"random:{seed}", 48), 1), Wall())
    if kind == "rocks":
        return *ground, _waves(10 * pi / SIZE, stream(f"rocks:{seed}", 48), 25)
    if kind == "well":
        a, b = (SIZE * stream(f"well:{seed}", 2)).tolist()
        return *ground, Hole(0.6, a, b, 2 * 0.2**2)
    return ground
