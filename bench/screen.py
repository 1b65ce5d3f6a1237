"""Where the measured programs are shown: a virtual X screen of their own, and the environment they start in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SIZE = (1920, 1080)


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """The environment for a child process that shows a window; the screen ends with the block."""
    if sys.platform != "linux" or shutil.which("Xvfb") is None:
        print("Xvfb is missing: windows are drawn off screen, which leaves out the way to the X server.")
        yield _environment(QT_QPA_PLATFORM="offscreen")
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        # Without -noreset the server starts anew after the last window of each child, and stops the next one.
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with open(reading) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield _environment(QT_QPA_PLATFORM="xcb", DISPLAY=f":{number}")
    finally:
        server.terminate()
        server.wait()


def _environment(**more: str) -> dict[str, str]:
    """The present environment, less what a user's would not have.

    Where Python is told not to keep its byte code every start compiles all modules anew, which would
    measure the compiler.
    """
    unwanted = {"PYTHONDONTWRITEBYTECODE", "QT_SCALE_FACTOR", "QT_LOGGING_RULES", "OPENBLAS_NUM_THREADS"}
    return {name: value for name, value in os.environ.items() if name not in unwanted} | more
