"""Child process: what the app keeps of all the moves it has seen. python -m bench.memory WARMING MOVES SWITCHES"""

import gc
import json
import resource
import sys
from time import perf_counter
from typing import Any

from PySide6.QtWidgets import QWidget

from bench import DRIVES, TABS, programs
from bench.clock import waited
from bench.drag import PATIENCE, Driver, pause

BLOCKS = 10  # moves and switches come in so many turns


def main() -> None:
    """Drive the app, and print the growth in megabytes as JSON.

    The first moves fill what is bounded: caches of typeset formulas and labels, the heap itself.
    """
    warming, moves, switches = map(int, sys.argv[1:])
    window: Any = programs.app(DRIVES[TABS[0]]).window
    drivers = {}
    for tab in TABS:
        window.open_link(DRIVES[tab].link)
        drivers[tab] = Driver(programs.driven(window, DRIVES[tab]))
    before = use(window, drivers, warming, switches // 5)
    after = use(window, drivers, moves, switches)
    print(json.dumps({"growth": after - before, "all": after, "waited": waited()}))


def use(window: QWidget, drivers: dict[str, Driver], moves: int, switches: int) -> float:
    """Move sliders and switch tabs, all of it painted; the most memory that this took.

    The system takes free pages back when it likes, ten megabytes at once: only the highest level is steady.
    """
    highest = 0.0
    for _ in range(BLOCKS):
        for tab, driver in drivers.items():
            turn(window, tab, driver)
            driver.frames(moves // (BLOCKS * len(drivers)))
        for k in range(switches // BLOCKS):
            tab = TABS[k % len(TABS)]
            turn(window, tab, drivers[tab])
        highest = max(highest, megabytes())
    return highest


def turn(window: QWidget, tab: str, driver: Driver) -> None:
    """Bring a tab to the front and wait until it has been painted."""
    if driver.program.surface.isVisible():
        return
    painted = driver.clock.paints
    programs.visit(window, tab)
    end = perf_counter() + PATIENCE
    while driver.clock.paints == painted:
        pause(0.001)
        if perf_counter() > end:
            raise SystemExit(f"the tab {tab} was never painted")


def megabytes() -> float:
    """Memory of this process now; its peak where the system tells no more than that."""
    gc.collect()
    try:
        with open("/proc/self/statm") as numbers:
            return int(numbers.read().split()[1]) * resource.getpagesize() / 2**20
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main()
