"""Child process: the memory of a window. python -m bench.footprint bare|app

For the app all tabs are visited. What it loads on demand is loaded first, piece by piece, so that the
memory of each library and of the data can be told apart.
"""

import importlib
import json
import sys

from bench import DRIVES, TABS, programs, startup
from bench.clock import waited
from bench.drag import Driver, pause
from bench.memory import megabytes

ON_DEMAND = ("typst", "contourpy", "flint")


def main() -> None:
    """Print megabytes as JSON."""
    print(json.dumps((app() if sys.argv[1] == "app" else bare()) | {"waited": waited()}))


def bare() -> dict[str, float]:
    """A bare window of PySide6 and pyqtgraph, as large as the app's."""
    window, _ = startup.bare()
    programs.show(window)
    pause(0.5)
    return {"all": megabytes()}


def app() -> dict[str, float]:
    """The app with all its tabs seen and moved a little; apart from it what is loaded on demand, and the data."""
    window = programs.app(DRIVES[TABS[0]]).window
    apart = {name: _growth(name) for name in ON_DEMAND}
    before = megabytes()
    from mmlviz.data.digits import digits

    digits()
    apart["digits"] = megabytes() - before
    for name in (*TABS, "digits"):
        window.open_link(DRIVES[name].link)  # type: ignore[attr-defined]
        Driver(programs.driven(window, DRIVES[name])).frames(5)
    return {"all": megabytes()} | apart


def _growth(module: str) -> float:
    before = megabytes()
    importlib.import_module(module)
    return megabytes() - before


if __name__ == "__main__":
    main()
