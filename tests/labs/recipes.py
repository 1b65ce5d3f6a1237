"""Runs recipes in one child process, each in a fresh namespace: a learner's Python knows nothing of ours."""

import json
import subprocess
import sys
from typing import Any

SERVER = """
import json, sys, warnings
import numpy as np

warnings.simplefilter("ignore")

def plain(x):
    if isinstance(x, (complex, np.complexfloating)):
        return [float(x.real), float(x.imag)]
    if isinstance(x, (np.ndarray, list, tuple)):
        return [plain(each) for each in x]
    if isinstance(x, dict):
        return {name: plain(each) for name, each in x.items()}
    return x.item() if isinstance(x, np.generic) else x

for line in sys.stdin:
    code, names = json.loads(line)
    namespace = {}
    try:
        exec(code, namespace)
        answer = {name: plain(namespace[name]) for name in names if name in namespace}
    except Exception as error:
        answer = {"raised": repr(error)}
    print(json.dumps(answer), flush=True)
"""


class Child:
    """A Python of its own that answers with the named values a recipe leaves behind."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def run(self, code: str, names: list[str]) -> dict[str, Any]:
        """The values of those names that the code defines."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([code, names]) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def close(self) -> None:
        """End the process."""
        self.process.communicate()
