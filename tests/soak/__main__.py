"""python -m tests.soak --seed 7 --actions 20000, or --replay FILE [--until N]: the long run of the monkey.

It draws off screen unless QT_QPA_PLATFORM says otherwise: so it needs no display, takes no focus from whoever works
there, and gets the same window size everywhere. Mouse and keys go through Qt's own dispatch either way; the
short runs of the tests are on an X screen.
"""

import argparse
import faulthandler
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

LOGS = Path("build/soak")


def main() -> int:
    """Run, and say what it took; 1 with a fault."""
    wish = _arguments()
    faulthandler.enable()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory() as home:
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):  # not the settings of whoever runs this
            os.environ[f"XDG_{name}_HOME"] = home
        return _run(wish, Path(home))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=7, help="decides everything (default: 7)")
    parser.add_argument("--actions", type=int, default=20_000, help="how many (default: 20000)")
    parser.add_argument(
        "--warming", type=int, default=0, help="of these not counted in the growth (default: a quarter)"
    )
    parser.add_argument("--growth", type=float, default=10.0, help="megabytes allowed (default: 10)")
    parser.add_argument("--replay", type=Path, help="do again what stands in this log")
    parser.add_argument("--until", type=int, help="with --replay: only so many actions")
    parser.add_argument("--logs", type=Path, default=LOGS, help=f"folder for logs (default: {LOGS})")
    wish = parser.parse_args()
    if wish.replay and not wish.replay.is_file():
        parser.error(f"there is no log {wish.replay}")
    return wish


def _run(wish: argparse.Namespace, home: Path) -> int:
    from PySide6.QtCore import QStandardPaths

    QStandardPaths.setTestModeEnabled(True)
    from mmlviz.app import make_window
    from mmlviz.labs import LABS
    from mmlviz.shell.keeper import Keeper
    from tests.soak import hands, monkey

    keeper = Keeper(home / "kept", LABS)
    window = make_window(keeper.settings, keeper.session)
    keeper.keep(window)
    window.resize(1440, 860)
    window.show()
    window.activateWindow()
    hands.look(300)
    replayed = monkey.logged(wish.replay)[: wish.until] if wish.replay else None
    name = f"{wish.replay.stem}-again" if wish.replay else f"seed-{wish.seed}"
    source = f"replay of {wish.replay}" if wish.replay else f"seed {wish.seed}"
    count = len(replayed) if replayed is not None else wish.actions
    print(f"{source}, {count} actions, {monkey.platform()}", flush=True)
    began = perf_counter()
    every = monkey.interval(wish.replay) if wish.replay else 0
    limits = monkey.Limits(growth=wish.growth, warming=wish.warming, every=every)
    steps = replayed if replayed is not None else monkey.drawn(wish.seed, window)
    try:
        run = monkey.go(
            window, steps, count, wish.logs / f"{name}.log", source, limits, lambda line: print(line, flush=True)
        )
    except monkey.Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    finally:
        window.close()
        keeper.end()
    grown = run.growth(limits.warming or count // 4)
    print(f"{run.steps} actions without a fault in {perf_counter() - began:.0f} s; {grown:+.1f} MB since the warm-up")
    print(f"{run.changes} of them changed the state in front; {run.gone} found nothing to act on")
    print(f"the slowest, {run.slowest[0]:.1f} s: {run.slowest[1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
