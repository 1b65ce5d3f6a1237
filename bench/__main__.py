"""The command line: python -m bench [--quick] [--json FILE]. Exit status 1 where a limit is broken."""

import argparse
import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench.checks import FULL, QUICK, Size, measure
from bench.rounds import Children, Failed, tell
from bench.screen import screen
from bench.table import Row, table


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and say by the exit status whether every limit is kept."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="How fast mmlviz is, in ratios and times.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, within a minute: for a first look")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the measurements of every round as well")
    options = parser.parse_args(arguments)
    try:
        rows, noise = run(QUICK if options.quick else FULL)
    except Failed as error:
        print(error, file=sys.stderr)
        return 1
    print(table(rows))
    print(noise)
    if options.json:
        options.json.write_text(as_json(rows, noise))
    return 1 if any(row.is_over for row in rows) else 0


def run(size: Size) -> tuple[list[Row], str]:
    """All rows, and how busy the machine was."""
    with screen() as environment:
        children = Children(environment)
        rows = list(measure(size, children))
    tell("")
    return rows, children.noise


def as_json(rows: Sequence[Row], noise: str) -> str:
    """What the table shows and where it comes from."""
    told = [asdict(row) | {"measured": row.measured, "is_over": row.is_over} for row in rows]
    return json.dumps({"python": platform.python_version(), "noise": noise, "rows": told}, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main())
