"""Child process: what the app keeps of all the moves it has seen. python -m bench.memory WARMING MOVES SWITCHES"""

import gc
import json
import resource
import sys

from PySide6.QtWidgets import QWidget

from bench import programs
from bench.clock import waited
from bench.drag import Driver, pause
from bench.programs import TABS

BLOCKS = 10  # the moves come in so many turns, tab by tab


def main() -> None:
    """Drive the app, and print the growth in megabytes as JSON.

    The first moves fill what is bounded: caches of typeset formulas and labels, the heap itself.
    """
    warming, moves, switches = map(int, sys.argv[1:])
    window = programs.app(TABS[0]).window
    drivers = {}
    for tab in TABS:
        programs.visit(window, tab)
        drivers[tab] = Driver(programs.tab_of(window, tab))
    use(window, drivers, warming, switches // 10)
    before = megabytes()
    use(window, drivers, moves, switches)
    print(json.dumps({"growth": megabytes() - before, "all": megabytes(), "waited": waited()}))


def use(window: QWidget, drivers: dict[str, Driver], moves: int, switches: int) -> None:
    """Move sliders and switch tabs, all of it painted."""
    for _ in range(BLOCKS):
        for tab, driver in drivers.items():
            programs.visit(window, tab)
            driver.frames(moves // (BLOCKS * len(drivers)))
    for k in range(switches):
        tab = TABS[k % len(TABS)]
        painted = drivers[tab].clock.paints
        programs.visit(window, tab)
        while drivers[tab].clock.paints == painted:
            pause(0.001)
    pause(0.5)


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
