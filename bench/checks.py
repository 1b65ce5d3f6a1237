"""What is measured, and what is promised: each check answers with rows of the table."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench import ALONE, DRIVES
from bench.rounds import Answer, Children
from bench.table import Row

FORMULA = 3.0  # milliseconds of CPU that one live formula may add to the floor scene
FRAME = 16.7  # milliseconds between two pictures of a screen of 60 Hz


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    cpu_rounds: int
    look_rounds: int
    steps: int  # frames a round, of each program in each look
    starts: int
    warming: int  # slider moves before memory is looked at: caches are full and the heap has found its size then
    moves: int
    switches: int
    drives: tuple[str, ...] = tuple(DRIVES)
    alone: tuple[str, ...] = tuple(ALONE)


FULL = Size(cpu_rounds=6, look_rounds=3, steps=200, starts=10, warming=3000, moves=10_000, switches=500)
QUICK = Size(cpu_rounds=2, look_rounds=1, steps=60, starts=3, warming=1500, moves=400, switches=40)


def measure(size: Size, children: Children) -> Iterator[Row]:
    """Everything, cheapest first."""
    yield from starting(size, children)
    for name in size.drives:
        pairs = children.alternate("cpu", (f"app.{name}", f"floor.{name}"), size.cpu_rounds, size.steps)
        yield stepping(name, pairs)
        yield from looking(name, size, children, statistics.median(floor["p99"] for _, floor in pairs))
    for name in size.alone:
        yield from looking(name, size, children, children.run("cpu", "floor.taylor", size.steps)["p99"])
    yield from crowding(size, children)
    yield from taking(children)
    yield from remembering(size, children)


def starting(size: Size, children: Children) -> Iterator[Row]:
    """From the start of the process to the first picture, beside a bare window of the same toolkit.

    The wall time is left as it is: here a program waits for a core because of its own threads as well.
    """
    children.alternate("startup", ("app", "bare"), 1)  # not counted: it fills the disk's cache
    pairs = children.alternate("startup", ("app", "bare"), size.starts)
    for name, key in (("CPU", "cpu"), ("wall", "frame")):
        ratios = tuple(app[key] / bare[key] for app, bare in pairs)
        bare_time = statistics.median(bare[key] for _, bare in pairs)
        yield Row(f"start-up: first picture, {name} / bare window", ratios, 1.15, f"bare {bare_time:.0f} ms")
    later = tuple(app["formula"] - app["frame"] for app, _ in pairs)
    yield Row("start-up: formula after the picture, ms", later, 200)
    loaded = pairs[-1][0]["heavy"]
    yield Row("start-up: heavy modules loaded", (len(loaded),), 0, " ".join(loaded), is_count=True)


def stepping(name: str, pairs: Sequence[Sequence[Answer]]) -> Row:
    """The CPU of a slider step, beside the tab's floor scene."""
    ratios = tuple(app["cpu"] / (floor["cpu"] + FORMULA) for app, floor in pairs)
    ms = [statistics.median(answer[key] for answer in answers) for answers in zip(*pairs) for key in ("cpu", "mean")]
    note = f"app {ms[0]:.2f} (mean {ms[1]:.2f}), floor {ms[2]:.2f} ms"
    return Row(f"{name}: CPU of a step / (floor + {FORMULA:.0f} ms)", ratios, 2.0, note)


def crowding(size: Size, children: Children) -> Iterator[Row]:
    """The CPU of a step in which every point of a cloud moves: many points beside few."""
    pairs = children.alternate("cpu", ("app.crowd", "app.pca"), max(size.cpu_rounds // 2, 1), size.steps)
    ratios = tuple(many["cpu"] / few["cpu"] for many, few in pairs)
    yield Row("pca: 70,000 points / 1,797 points, CPU of a step", ratios, 4.0)


def taking(children: Children) -> Iterator[Row]:
    """The memory of the app with all tabs seen, beside a bare window; what is loaded on demand comes off."""
    app, bare, apart = (children.run("footprint", which) for which in ("app", "bare", "apart"))
    del apart["waited"]
    note = f"bare {bare['all']:.0f}, app {app['all']:.0f} MB, of these "
    note += ", ".join(f"{name} {size:.1f}" for name, size in apart.items())
    yield Row("memory: all tabs seen / bare window", ((app["all"] - sum(apart.values())) / bare["all"],), 1.3, note)


def looking(name: str, size: Size, children: Children, floor: float) -> Iterator[Row]:
    """How long a frame takes, at worst and in every look, and that it is one; `floor` is the floor scene's p99."""
    answers = [children.run("looks", name, size.steps) for _ in range(size.look_rounds)]
    yield Row(f"{name}: ten values in a frame / one", tuple(a["burst"] for a in answers), 1.5)
    yield Row(f"{name}: steps without a frame, or a late one", tuple(a["untrue"] for a in answers), 0, is_count=True)
    for look in answers[0]["looks"]:
        yield from _wall(f"{name}, {look}", [a["looks"][look] for a in answers], floor)


def _wall(name: str, rounds: list[Answer], floor: float) -> Iterator[Row]:
    """Within a frame of the screen; where the floor scene hardly keeps it either, within half as much again as that."""
    p50, idle = (statistics.median(r[key] for r in rounds) for key in ("p50", "idle"))
    note = f"p50 {p50:.2f}; all done at p99 {idle:.2f}; floor {floor:.2f}"
    yield Row(f"{name}: p99 of a frame, ms", tuple(r["p99"] for r in rounds), max(FRAME, 1.5 * floor), note)
    yield Row(f"{name}: p99 / p50", tuple(r["p99"] / r["p50"] for r in rounds), 3.0)


def remembering(size: Size, children: Children) -> Iterator[Row]:
    """Memory that stays after much use."""
    answer = children.run("memory", size.warming, size.moves, size.switches)
    name = f"memory: growth over {size.moves} moves, {size.switches} switches, MB"
    yield Row(name, (answer["growth"],), 3.0, f"of {answer['all']:.0f} MB")
