"""Child process: the CPU that a slider step of a program costs. python -m bench.cpu PROGRAM STEPS"""

import json
import statistics
import sys

from bench import programs
from bench.clock import waited
from bench.drag import WARMING, Driver


def main() -> None:
    """Measure, and print milliseconds as JSON: the middle step, and the mean with all that comes along at times."""
    name, steps = sys.argv[1], int(sys.argv[2])
    driver = Driver(programs.start(name))
    driver.frames(WARMING)
    costs = [frame.cpu for frame in driver.frames(steps)]
    print(json.dumps({"cpu": statistics.median(costs), "mean": statistics.fmean(costs), "waited": waited()}))


if __name__ == "__main__":
    main()
