"""Clocks that stay true on a busy machine."""

import os
from collections.abc import Callable
from time import perf_counter


def make_waited() -> Callable[[], float]:
    """A function that tells how many seconds this thread has been ready to run without being given a core.

    In a program of one thread that is the doing of others. It is 0 where the system does not tell.
    """
    try:
        file = os.open("/proc/thread-self/schedstat", os.O_RDONLY)
    except OSError:
        return lambda: 0.0
    return lambda: int(os.pread(file, 96, 0).split()[1]) * 1e-9


waited = make_waited()


def own() -> float:
    """Seconds on the clock, less those spent waiting for a core."""
    return perf_counter() - waited()


def percentile(values: list[float], share: float) -> float:
    """The value that this share of all stays at or below."""
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]
