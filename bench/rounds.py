"""Child processes, one measurement each, in turn: what slows the machine down meets all of them alike."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PATIENCE = 600  # seconds
Answer = dict[str, Any]


class Failed(Exception):
    """A child process that did not answer; says what it said."""


# glibc keeps a freed picture of the size of a frame (5 MB) or gives it back, as it happens. With a fixed
# threshold it gives all of them back, and what grows is what the app holds on to.
ALLOCATOR = {"memory": {"MALLOC_MMAP_THRESHOLD_": "131072"}}


class Children:
    """Runs measurements in processes of their own, and keeps account of how busy the machine was."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.seconds = self.waited = 0.0

    def run(self, module: str, *words: object) -> Answer:
        """The answer of `python -m bench.MODULE WORDS`."""
        command = [sys.executable, "-m", f"bench.{module}", *map(str, words)]
        tell(" ".join(command[2:]))
        start = time.monotonic_ns()
        environment = self.environment | {"BENCH_STARTED": str(start)} | ALLOCATOR.get(module, {})
        asked = " ".join(command[1:])
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise Failed(f"{asked}: no answer within {PATIENCE} s") from None
        if done.returncode:
            raise Failed(f"{asked}: exit status {done.returncode}\n{done.stderr}")
        answer: Answer = json.loads(done.stdout.splitlines()[-1])
        self.seconds += (time.monotonic_ns() - start) / 1e9
        self.waited += answer.get("waited", 0.0)
        return answer

    def alternate(self, module: str, pair: tuple[str, str], rounds: int, *words: object) -> list[tuple[Answer, Answer]]:
        """Both programs once a round, A B B A and so on."""
        found = []
        for k in range(rounds):
            order = pair if k % 2 == 0 else pair[::-1]
            answers = {name: self.run(module, name, *words) for name in order}
            found.append((answers[pair[0]], answers[pair[1]]))
        return found

    @property
    def noise(self) -> str:
        """How busy the machine was with other things, as far as it tells."""
        load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; " if hasattr(os, "getloadavg") else ""
        share = self.waited / max(self.seconds, 1e-9)
        hint = "; wall times are too high when others use the cores" if share > 0.1 else ""
        return f"{self.seconds:.0f} s; {load}{share:.0%} of the time spent waiting for a core{hint}"


def tell(text: str) -> None:
    """Say what is going on, where someone is watching."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="\r", file=sys.stderr, flush=True)
