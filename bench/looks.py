"""Child process: whether a tab keeps up with the hand, and in every look. python -m bench.looks NAME STEPS"""

import gc
import json
import statistics
import sys

from bench import ALONE, DRIVES, programs
from bench.clock import percentile, waited
from bench.drag import WARMING, Driver, pause

LOOKS = ("light", "dark", "projector")
BURST = 10  # slider values within one frame
LATE = 0.15  # seconds after a step from which the canvas must stay as it is


def main() -> None:
    """Measure, and print the answer as JSON."""
    name, steps = sys.argv[1], int(sys.argv[2])
    driver = Driver(programs.app((DRIVES | ALONE)[name]))
    driver.frames(WARMING)
    answer = {
        "burst": burst(driver, max(steps // 4, 3)),
        "untrue": untrue(driver, max(steps // 4, 3)),
        "looks": {look: in_look(driver, look, steps) for look in LOOKS},
        "waited": waited(),
    }
    print(json.dumps(answer))


def burst(driver: Driver, pairs: int) -> float:
    """The CPU of frames with ten slider values by that of frames with one, taken in turn."""
    both = [(driver.frame(BURST).cpu, driver.frame().cpu) for _ in range(pairs)]
    return statistics.median(many for many, _ in both) / statistics.median(one for _, one in both)


def untrue(driver: Driver, steps: int) -> int:
    """How many of the steps left the screen as it was, or changed the main canvas again when it should have been done.

    The others may take turns: they follow when the hand rests.
    """
    found, before = 0, driver.shots()
    for k in range(steps):
        driver.frame()
        after = driver.shots()
        found += after == before
        if k % 8 == 0:  # waiting takes long
            pause(LATE)
            found += driver.shots()[0] != after[0]
        before = driver.shots()
    return found


def in_look(driver: Driver, look: str, steps: int) -> dict[str, float]:
    """How long frames take in this look, in milliseconds."""
    programs.set_look(driver.program.window, look)
    pause(0.2)
    driver.frames(WARMING)
    gc.collect()
    frames = driver.frames(steps)
    walls = [frame.wall for frame in frames]
    return {
        "p50": percentile(walls, 0.5),
        "p99": percentile(walls, 0.99),
        "idle": percentile([frame.idle for frame in frames], 0.99),
    }


if __name__ == "__main__":
    main()
