"""Child process: memory in megabytes, as JSON. python -m bench.footprint bare|app|apart

`app` has seen all its tabs. `apart` is what the libraries and data take that are loaded on demand, each used
once, in a process with numpy alone.
"""

import json
import sys
from collections.abc import Callable

import numpy as np

from bench.clock import waited
from bench.memory import megabytes


def bare() -> dict[str, float]:
    """A bare window of PySide6 and pyqtgraph, as large as the app's."""
    from bench import programs, startup
    from bench.drag import pause

    window, _ = startup.bare()
    programs.show(window)
    pause(0.5)
    return {"all": megabytes()}


def app() -> dict[str, float]:
    """The app with all its tabs seen, and each of them moved."""
    from bench import DRIVES, TABS, programs
    from bench.drag import Driver, pause

    window = programs.app(DRIVES[TABS[0]]).window
    pause(0.5)
    for name in (*TABS, "digits"):
        window.open_link(DRIVES[name].link)  # type: ignore[attr-defined]
        Driver(programs.driven(window, DRIVES[name])).frames(5)
    return {"all": megabytes()}


def apart() -> dict[str, float]:
    """What each part adds, one after the other."""
    return {use.__name__: _growth(use) for use in (typst, contourpy, flint, digits)}


def _growth(use: Callable[[], object]) -> float:
    before = megabytes()
    use()
    return megabytes() - before


def typst() -> None:
    """A formula typeset; its fonts are the better part."""
    from typst import Compiler

    Compiler(ignore_system_fonts=True).compile(b"$ mat(1, 2; 3, 4) lambda $", format="svg")


def contourpy() -> None:
    """Contours of a small table."""
    from mmlviz.maths.contours import contours

    at = np.linspace(0, 1, 20)
    contours(at, at, np.outer(at, at), [0.5])


def flint() -> None:
    """A Taylor series."""
    from mmlviz.maths.expression import parsed
    from mmlviz.maths.power_series import taylor

    taylor(parsed("sin(x)"), 0.5, 10)


def digits() -> None:
    """The images of handwritten digits."""
    from mmlviz.data.digits import digits as load

    load()


if __name__ == "__main__":
    print(json.dumps({"bare": bare, "app": app, "apart": apart}[sys.argv[1]]() | {"waited": waited()}))
