"""Walks against the known answers of the course, the theory of quadratic hollows, and the rules written out."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.maths.descent import VERDICTS, WIN, eigenvalues, is_found, is_inside, is_stuck, run, step
from mmlviz.maths.landscape import KINDS, Landscape, landscape
from mmlviz.maths.seeds import stream

INTRO = landscape("intro")


@dataclass(frozen=True, slots=True)
class Quadratic:
    """(a x² + 2b xy + c y²)/2 + gx x + gy y about the middle of the pit."""

    a: float
    b: float
    c: float
    gx: float = 0.0
    gy: float = 0.0

    def at(self, x: float, y: float) -> tuple:
        X, Y, (a, b, c) = x - 3, y - 3, (self.a, self.b, self.c)
        f = (a * X * X + 2 * b * X * Y + c * Y * Y) / 2 + self.gx * X + self.gy * Y
        return f, a * X + b * Y + self.gx, b * X + c * Y + self.gy, a, b, c

    def of(self, x: object, y: object) -> Iterator:
        raise NotImplementedError


def pit(part: Quadratic, phone: tuple = (3.0, 3.0), *others: tuple) -> Landscape:
    """A pit of this floor, to no other scale, with the phone and further minima where we say."""
    return Landscape("test", "", (part,), phone, (0.0, 0.0), np.array([phone, *others]), 0.0, 1.0, 1.0)


# One step ------------------------------------------------------------------------------------------

numbers = st.floats(-100, 100).filter(lambda x: x == 0 or abs(x) > 1e-6)
pairs, triples = st.tuples(numbers, numbers), st.tuples(numbers, numbers, numbers)


def is_regular(hessian: tuple) -> bool:
    a, b, c = hessian
    return abs(a * c - b * b) > 1e-9 * (abs(a * c) + b * b)


def of_the_course(J: np.ndarray, H: np.ndarray, rate: float) -> np.ndarray:
    """The hybrid as the lab of week 5 has it."""
    delta = -np.linalg.inv(H) @ J
    if delta @ -J <= 0 or np.linalg.norm(delta) > 2:
        return -rate * J
    return delta


@given(pairs, triples, st.floats(0.01, 10))
def test_steps_as_the_course_has_them(gradient: tuple, hessian: tuple, rate: float) -> None:
    a, b, c = hessian
    J, H = np.array(gradient), np.array([[a, b], [b, c]])
    assert step("east", gradient, hessian, rate) == (1, 0)
    assert step("descent", gradient, hessian, rate) == pytest.approx(-rate * J)
    if not is_regular(hessian):
        return
    newton = np.linalg.solve(H, -J)
    size = np.linalg.cond(H) * (np.abs(newton).max() + 1e-300)
    assert step("newton", gradient, hessian, rate) == pytest.approx(newton, abs=1e-12 * size)
    if abs(newton @ J) > 1e-9 * size * np.abs(J).max() and abs(hypot(*newton) - 2) > 1e-9 * size:
        assert step("hybrid", gradient, hessian, rate) == pytest.approx(of_the_course(J, H, rate), abs=1e-9 * size)


@pytest.mark.parametrize("hessian", [(0, 0, 0), (1, 1, 1), (0.1, 0.7, 4.9), (2, 0, 0)])
def test_newton_has_no_step_where_the_hessian_is_singular(hessian: tuple) -> None:
    assert step("newton", (1.0, 2.0), hessian, 0.5) is None
    assert step("hybrid", (1.0, 2.0), hessian, 0.5) == (-0.5, -1)


def test_singular_is_relative() -> None:
    assert step("newton", (1e-200, 1e-200), (1e-100, 0, 2e-100), 0.5) == pytest.approx((-1e-100, -0.5e-100), rel=1e-12)


def test_hybrid_at_its_bounds() -> None:
    """Exactly 2 m are walked, a step at right angles to downhill is not."""
    assert step("hybrid", (-2.0, 0.0), (1, 0, 1), 0.1) == (2, 0)
    assert step("hybrid", (-2.001, 0.0), (1, 0, 1), 0.1) == pytest.approx((0.2001, 0))
    assert step("hybrid", (1.0, 1.0), (1, 0, -1), 0.1) == (-0.1, -0.1)


def test_an_unknown_strategy() -> None:
    with pytest.raises(ValueError, match="no strategy 'west'; there are east, descent, newton, hybrid"):
        step("west", (1.0, 0.0), (1, 0, 1), 0.5)


@given(triples)
def test_eigenvalues_as_numpy(hessian: tuple) -> None:
    a, b, c = hessian
    assert eigenvalues(hessian) == pytest.approx(
        np.linalg.eigvalsh([[a, b], [b, c]]), abs=1e-13 * max(map(abs, hessian))
    )


# Known answers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("strategy", "rate", "steps"),
    [("hybrid", 0.5, 2), ("descent", 0.5, 3), ("descent", 0.2, 4), ("descent", 0.1, 9)],
)
def test_steps_to_the_phone_of_the_intro_pit(strategy: str, rate: float, steps: int) -> None:
    found = run(INTRO, strategy, (3.0, 3.0), rate)
    assert found.found_at == steps
    assert found.verdict == "converged"
    assert found.path[-1] == pytest.approx(INTRO.phone, abs=1e-7)
    assert found.eigenvalues == pytest.approx((2.702897, 3.147544), abs=5e-7)


def test_newton_runs_to_the_maximum() -> None:
    found = run(INTRO, "newton", (3.0, 3.0))
    assert found.verdict == "maximum"
    assert found.path[-1] == pytest.approx(INTRO.top, abs=1e-7)
    assert max(found.eigenvalues) < 0
    assert found.found_at is None


@pytest.mark.parametrize("away", [0.02, 0.05, 0.1])
@pytest.mark.parametrize("angle", [0.3, 1.9, 4.0])
def test_the_rate_that_is_just_stable(away: float, angle: float) -> None:
    """γ < 2/3.147544 = 0.63542: 0.62 converges, 0.65 does not, wherever one starts beside the phone."""
    start = (INTRO.phone[0] + away * np.cos(angle), INTRO.phone[1] + away * np.sin(angle))
    assert run(INTRO, "descent", start, 0.62).verdict == "converged"
    assert run(INTRO, "descent", start, 0.65, 200).verdict == "zig-zag"


def test_downhill_leaves_the_intro_pit() -> None:
    """From 43 % of it (course.md), since it has no walls; a rate that is small follows the slope."""
    starts = 6 * stream("starts", 400).reshape(-1, 2)
    left = [run(INTRO, "descent", start, 0.05, 300).verdict == "left the pit" for start in starts.tolist()]
    assert 0.36 <= np.mean(left) <= 0.50


# Verdicts -------------------------------------------------------------------------------------------------


def verdict(part: Quadratic, strategy: str, start: tuple, rate: float = 0.5, most: int = 100) -> str:
    return run(pit(part), strategy, start, rate, most).verdict


def test_what_newton_finds_in_one_step() -> None:
    start = (3.4, 2.2)
    for part, word in [
        (Quadratic(2, 0.5, 1), "converged"), (Quadratic(-2, 0.5, -1), "maximum"), (Quadratic(2, 0.5, -1), "saddle"),
    ]:  # fmt: skip
        found = run(pit(part), "newton", start)
        assert found.verdict == word
        assert found.path == pytest.approx(np.array([start, (3, 3)]), abs=1e-14)


def test_another_minimum() -> None:
    found = run(pit(Quadratic(2, 0.5, 1), (1.0, 1.0), (3.0, 3.0)), "newton", (3.4, 2.2))
    assert found.verdict == "local minimum"


def test_slowly_into_another_minimum() -> None:
    """Not there after 100 steps of rate 0.025, but near, and slower with every step."""
    found = run(pit(Quadratic(2, 0.5, 1), (1.0, 1.0), (3.0, 3.0)), "descent", (3.4, 2.2), 0.05)
    assert found.verdict == "local minimum"
    assert len(found.path) == 101


def test_a_valley_without_an_end() -> None:
    assert verdict(Quadratic(1, 0, 0), "newton", (3.5, 3.0)) == "flat"
    assert verdict(Quadratic(1, 0, 0), "descent", (3.5, 3.0)) == "flat"  # arrives at its floor, where nothing curves
    assert verdict(Quadratic(0, 0, 0), "descent", (3.5, 3.0)) == "flat"
    assert verdict(Quadratic(0, 0, 0, 1), "newton", (3.5, 3.0)) == "flat"


def test_out_of_the_pit() -> None:
    found = run(pit(Quadratic(0, 0, 0, 1)), "descent", (3.0, 3.0), 2.0)
    assert found.path.tolist() == [[3, 3], [1, 3], [-1, 3]]
    assert found.verdict == "left the pit"
    assert run(INTRO, "east", (3.5, 2.0)).path.tolist() == [[3.5, 2], [4.5, 2], [5.5, 2], [6.5, 2]]


def test_a_start_outside() -> None:
    found = run(INTRO, "newton", (7.0, 1e300))
    assert found.verdict == "left the pit"
    assert found.path.tolist() == [[7, 1e300]]
    assert np.isnan(found.eigenvalues).all()


def test_a_step_beyond_all_numbers() -> None:
    found = run(pit(Quadratic(1, 0, 1)), "descent", (3.5, 3.0), 1e309)
    assert (found.verdict, found.path.tolist()) == ("diverging", [[3.5, 3]])


@pytest.mark.parametrize(("high", "low"), [(3.0, 0.5), (4.0, 4.0), (2.5, 0.02)])
def test_quadratic_hollows_do_what_theory_says(high: float, low: float) -> None:
    """With the errors e of step n, (1 − γλ)ⁿ e along each axis: stable for γ < 2/λ."""
    part, bound = Quadratic(high, 0, low), 2 / high
    for factor, words in [
        (0.5, {"converged", "still walking"}),
        (0.96, {"converged", "still walking"}),
        (1.0, {"zig-zag"}),
        (1.0005, {"zig-zag"}),
        (1.03, {"diverging"}),
        (2.0, {"left the pit"}),
    ]:
        found = run(pit(part), "descent", (3.001, 3.001), factor * bound)
        assert found.verdict in words
        n = np.arange(len(found.path))
        wanted = 3 + 0.001 * np.stack([(1 - factor * bound * value) ** n for value in (high, low)], axis=1)
        assert found.path == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("scale", [1e-3, 1, 30])
def test_zig_zag_does_not_depend_on_the_size_of_the_jumps(scale: float) -> None:
    assert verdict(Quadratic(2, 0, 1e-6), "descent", (3 + 0.05 * scale, 3.3), 1.0) == "zig-zag"


@dataclass(frozen=True, slots=True)
class Whirl(Quadratic):
    """No landscape: with rate 1 every step turns the walker about the middle by a right angle or more."""

    angle: float = 90.0

    def at(self, x: float, y: float) -> tuple:
        c, s = np.cos(np.radians(self.angle)), np.sin(np.radians(self.angle))
        X, Y = x - 3, y - 3
        return 0.0, X - (c * X - s * Y), Y - (s * X + c * Y), 1.0, 0.0, 1.0


@pytest.mark.parametrize(("angle", "word"), [(90, "still walking"), (115, "still walking"), (125, "zig-zag")])
def test_to_and_fro_is_a_turn_by_120_degrees(angle: float, word: str) -> None:
    assert verdict(Whirl(1, 0, 1, angle=angle), "descent", (4.0, 3.0), 1.0) == word


def test_a_slow_walk_is_still_walking() -> None:
    """Also past the phone, and also when it does not move at all."""
    assert verdict(Quadratic(1, 0, 1), "descent", (4.0, 3.0), 1e-4) == "still walking"
    assert verdict(Quadratic(1, 0, 1), "descent", (3.1, 3.0), 1e-4) == "still walking"
    assert verdict(Quadratic(1, 0, 1), "descent", (4.0, 3.0), 0.0) == "still walking"
    assert verdict(Quadratic(1, 0, 1), "descent", (4.0, 3.0), 0.5, 0) == "still walking"


def test_a_chaotic_walk_does_not_converge() -> None:
    """Its steps are short now and then; the longest of each third are not."""
    found = run(INTRO, "descent", (1.3, 4.1), 0.9, 100)
    assert found.verdict == "zig-zag"
    assert [run(INTRO, "descent", (1.3, 4.1), 0.9, most).verdict for most in range(60, 100)] == 40 * ["zig-zag"]


# Laws of every run --------------------------------------------------------------------------------------------

STARTS = (6 * stream("walkers", 20)).reshape(-1, 2)
WAYS = (("east", 0.5), ("descent", 0.05), ("descent", 0.5), ("descent", 2.0), ("newton", 0.5), ("hybrid", 0.5))
every_walk = [(kind, strategy, rate) for kind in KINDS for strategy, rate in WAYS]


@pytest.mark.parametrize(("kind", "strategy", "rate"), every_walk)
def test_a_walk_is_made_of_its_steps(kind: str, strategy: str, rate: float) -> None:
    floor = landscape(kind, "otter")
    for start in STARTS:
        found = run(floor, strategy, start, rate, 40)
        assert found.verdict in VERDICTS
        assert 1 <= len(found.path) <= 41
        assert found.path[0].tolist() == start.tolist()
        inside = [is_inside(*point) for point in found.path.tolist()]
        assert all(inside[:-1])
        assert (found.verdict == "left the pit") == (not inside[-1])
        for here, there in zip(found.path.tolist(), found.path[1:].tolist()):
            _, gx, gy, *H = floor.at(*here)
            dx, dy = step(strategy, (gx, gy), tuple(H), rate)
            assert there == [here[0] + dx, here[1] + dy]
        near = [k for k, point in enumerate(found.path) if np.hypot(*(point - floor.phone)) <= WIN]
        assert found.found_at == (near[0] if near else None)


@pytest.mark.parametrize(("kind", "strategy", "rate"), every_walk)
def test_verdicts_are_true(kind: str, strategy: str, rate: float) -> None:
    """What a verdict says of the end of the path is so, by numpy's eigenvalues."""
    floor = landscape(kind, "otter")
    for start in STARTS:
        found = run(floor, strategy, start, rate)
        end = found.path[-1]
        _, gx, gy, a, b, c = floor.at(*end.tolist())
        low, high = np.linalg.eigvalsh([[a, b], [b, c]])
        if found.verdict != "left the pit":
            assert found.eigenvalues == pytest.approx((low, high))
        if found.verdict == "converged":
            assert np.hypot(*(end - floor.phone)) <= WIN
        if found.verdict == "local minimum":
            assert np.hypot(*(end - floor.phone)) > WIN
            assert np.hypot(*(floor.minima[1:] - end).T).min() <= WIN
        if found.verdict in {"maximum", "saddle"}:
            assert hypot(gx, gy) <= 1e-7
            assert (low < 0, high < 0) == (True, found.verdict == "maximum")
        if found.verdict in {"zig-zag", "still walking", "diverging"}:
            assert len(found.path) == 101


def test_every_verdict_is_given_by_some_walk() -> None:
    words = {verdict(Quadratic(2, 0, 1), "descent", (3.1, 3.1), rate) for rate in (0.5, 1.0, 1e-4, 1e309, 5)}
    words |= {
        verdict(part, "newton", (3.1, 3.1)) for part in (Quadratic(-1, 0, -1), Quadratic(1, 0, -1), Quadratic(1, 0, 0))
    }
    words.add(run(pit(Quadratic(2, 0, 1), (1.0, 1.0), (3.0, 3.0)), "newton", (3.1, 3.1)).verdict)
    assert words == set(VERDICTS)


# Found and stuck ------------------------------------------------------------------------------------------------


def test_found_within_fifteen_centimetres() -> None:
    x, y = INTRO.phone
    assert is_found(INTRO, (x + 0.1499, y))
    assert not is_found(INTRO, (x, y - 0.1501))
    assert not is_stuck(INTRO, (x, y))


def test_stuck_in_a_decoy() -> None:
    assert is_stuck(INTRO, (0.1, 5.9))
    assert not is_stuck(INTRO, (0.2, 5.8))
    assert not is_found(INTRO, (0.1, 5.9))


def test_the_phone_beside_a_local_minimum_counts_as_found() -> None:
    both = pit(Quadratic(1, 0, 1), (3.0, 3.0), (3.1, 3.0))
    assert is_found(both, (3.1, 3.0))
    assert not is_stuck(both, (3.1, 3.0))


def test_paths_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        run(INTRO, "newton", (3.0, 3.0)).path[0] = 0
