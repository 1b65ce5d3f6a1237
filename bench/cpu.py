"""Child process: what a slider step of a program costs. python -m bench.cpu PROGRAM STEPS"""

import json
import statistics
import sys

from bench import programs
from bench.clock import percentile, waited
from bench.drag import WARMING, Driver


def main() -> None:
    """Measure, and print milliseconds as JSON.

    cpu: of the middle step; mean: with all that comes along at times; p99: from the step to the picture.
    """
    name, steps = sys.argv[1], int(sys.argv[2])
    driver = Driver(programs.start(name))
    driver.frames(WARMING)
    frames = driver.frames(steps)
    costs, p99 = [frame.cpu for frame in frames], percentile([frame.wall for frame in frames], 0.99)
    answer = {"cpu": statistics.median(costs), "mean": statistics.fmean(costs), "p99": p99, "waited": waited()}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
