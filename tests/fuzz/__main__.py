"""python -m tests.fuzz --seed 7 --minutes 10, or --text "'x^^2'" for one text: the long search for faulty readings.

A count ends a run at the same text on every machine; minutes end it sooner. With --jobs 2 the second has the next seed.
"""

import argparse
import subprocess
import sys
import warnings
from ast import literal_eval
from math import inf
from time import process_time

from tests import fuzz

MEMORY = 4 << 30  # bytes that a run may ask for, where the system can limit it


def main() -> int:
    """Run, and say what was found; 1 with a fault."""
    wish = _arguments()
    _limit_memory()
    if wish.text is not None:
        return _one(wish)
    if wish.jobs > 1:
        return _side_by_side(wish)
    began = process_time()
    print(f"seed {wish.seed}, up to {wish.count} texts", flush=True)
    run = fuzz.go(wish.seed, wish.count, wish.minutes, wish.slow / 1000, say=lambda line: print(line, flush=True))
    took = process_time() - began
    print(
        f"seed {run.seed}: {run.count} texts in {took:.0f} s of the processor, {run.read} were read, "
        f"{run.new} kinds of answers; of {run.beyond} the written form is too long or too deep to be read again"
    )
    print("the slowest:")
    for seconds, text in run.slowest:
        shown = ascii(text) if len(text) <= 120 else f"{text[:120]!a}…"
        print(f"  {1000 * seconds:6.1f} ms, {len(text)} characters: {shown}")
    for kind, times in run.times.items():
        print(f"FAULT {times} times: {kind}")
    return int(bool(run.faults))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=7, help="decides everything (default: 7)")
    parser.add_argument("--count", type=int, default=1_000_000, help="how many texts (default: 1000000)")
    parser.add_argument("--minutes", type=float, default=inf, help="at most so long")
    parser.add_argument("--slow", type=float, default=inf, help="milliseconds that are a fault (default: none are)")
    parser.add_argument("--jobs", type=int, default=1, help="runs side by side, each with its own seed (default: 1)")
    parser.add_argument("--text", help="only this text, as Python writes it: \"'x^2'\"")
    parser.add_argument("--variables", default="x,y", help="with --text: what may stand in it (default: x,y)")
    return parser.parse_args()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on this system
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _one(wish: argparse.Namespace) -> int:
    text, names = literal_eval(wish.text), tuple(filter(None, wish.variables.split(",")))
    warnings.simplefilter("error")
    try:
        answer = fuzz.look(text, names)
        seconds = fuzz.seconds_of(text, names)
    except fuzz.Breach as breach:
        print(breach)
        return 1
    print(f"{answer.sign}\n{1000 * seconds:.1f} ms")
    return int(1000 * seconds > wish.slow)


def _side_by_side(wish: argparse.Namespace) -> int:
    runs = []
    for k in range(wish.jobs):
        settings = {"seed": wish.seed + k, "count": wish.count // wish.jobs, "minutes": wish.minutes, "slow": wish.slow}
        typed = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
        runs.append(subprocess.Popen([sys.executable, "-m", "tests.fuzz", *typed]))
    return max([abs(run.wait()) for run in runs])


if __name__ == "__main__":
    sys.exit(main())
