"""Runs: a value that goes from one end to the other in its time, easing in and out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """From start to end in so many seconds."""

    start: float
    end: float
    seconds: float

    def at(self, elapsed: float) -> float:
        """The value after so many seconds; smoothstep, so that it starts and stops gently."""
        s = min(max(elapsed / self.seconds, 0.0), 1.0) if self.seconds > 0 else 1.0
        return self.start + (self.end - self.start) * s * s * (3 - 2 * s)

    def is_over(self, elapsed: float) -> bool:
        """Whether the end has been reached."""
        return elapsed >= self.seconds


def run(now: float, low: float, high: float, seconds: float, is_backwards: bool) -> Run:
    """A run from now to an end of [low, high]; from that very end it starts at the other one."""
    end, other = (low, high) if is_backwards else (high, low)
    start = other if now == end else now
    share = abs(end - start) / (high - low)
    return Run(start, end, max(seconds * share, 0.2))
