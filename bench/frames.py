"""Child process: what the slider steps of a program cost. python -m bench.frames PROGRAM STEPS [LOOK...]"""

import gc
import json
import statistics
import sys

from bench import programs
from bench.clock import percentile, waited
from bench.drag import Driver, Frame, pause

WARMING = 15  # frames before any is counted
BURST = 10  # slider values within one frame
LATE = 0.15  # seconds after which nothing may be repainted any more


def main() -> None:
    """Measure, and print the answer as JSON."""
    name, steps, *looks = sys.argv[1:]
    driver = Driver(programs.start(name))
    driver.frames(WARMING)
    answer = cost(driver.frames(int(steps)))
    if looks:
        answer |= {"burst": burst(driver, max(int(steps) // 4, 3)), "untrue": untrue(driver, int(steps) // 4)}
        answer["looks"] = {look: in_look(driver, look, int(steps)) for look in looks}
    answer["waited"] = waited()
    print(json.dumps(answer))


def cost(frames: list[Frame]) -> dict[str, object]:
    """Process CPU a frame: the middle one, and the mean, which also holds what comes along now and then."""
    return {"cpu": statistics.median(f.cpu for f in frames), "mean": statistics.fmean(f.cpu for f in frames)}


def burst(driver: Driver, pairs: int) -> float:
    """What frames with ten slider values cost beside frames with one, taken in turn."""
    both = [(driver.frame(BURST).cpu, driver.frame().cpu) for _ in range(pairs)]
    return statistics.median(many for many, _ in both) / statistics.median(one for _, one in both)


def untrue(driver: Driver, steps: int) -> int:
    """How many of the steps left the screen as it was, or changed it once more when all should be done."""
    found, before = 0, driver.shot()
    for k in range(steps):
        driver.frame()
        after = driver.shot()
        found += after == before
        if k % 8 == 0:  # waiting takes long
            pause(LATE)
            found += driver.shot() != after
        before = after
    return found


def in_look(driver: Driver, look: str, steps: int) -> dict[str, float]:
    """How long frames take in this look."""
    programs.set_look(driver.program.window, look)
    pause(0.2)
    driver.frames(WARMING)
    gc.collect()
    frames = driver.frames(steps)
    walls = [f.wall for f in frames]
    return {
        "p50": percentile(walls, 0.5),
        "p99": percentile(walls, 0.99),
        "idle50": percentile([f.idle for f in frames], 0.5),
        "idle99": percentile([f.idle for f in frames], 0.99),
    }


if __name__ == "__main__":
    main()
