"""The headless command line over the labs that are handed to it. No Qt here."""

import json
import math
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import Any, TextIO

from mmlviz.cli.refused import Refused as Refused
from mmlviz.core import codec
from mmlviz.core.formula import plain
from mmlviz.core.lab import Lab
from mmlviz.core.strict import one_line

USAGE = """usage: mmlviz [LINK | FILE]            open the window as it was, then a link or a session file
       mmlviz labs [--json]            every lab with its fields and values
       mmlviz values LINK... [--json]  what a lab says of a state; with - one link a line from standard input
       mmlviz python LINK              the numpy code of a state
       mmlviz formula TEXT [--at=x=1/2,y=2]... [--diff=x]... [--json]     how typed mathematics is read, with
                      values and derivatives; with - one formula a line from standard input, --json throughout
       mmlviz picture LINK OUT.png|svg|pdf [--size WxH] [--scale N] [--strip] [--window]
                      [--theme light|dark] [--projector]      a tab's picture; with --strip the formulas below
       mmlviz pictures FOLDER          every tab in every theme
A link is typed like mmlviz:matrix?matrix=1/2,-1;0,3/4&vector=3,2"""

COMMANDS = ("labs", "values", "python", "formula")


def run(arguments: Sequence[str], labs: Sequence[Lab], out: TextIO, lines: Iterable[str] = ()) -> None:
    """Do one of COMMANDS; raises Refused or codec.BadLink."""
    if isinstance(out, TextIOWrapper):
        out.reconfigure(encoding="utf-8")  # a pipe on Windows would not take − and λ
    command, *rest = arguments
    if command == "formula":
        from mmlviz.cli import formulas

        formulas.run(rest, out, lines)
        return
    is_json = "--json" in rest
    rest = [word for word in rest if word != "--json"]
    for word in rest:
        if word.startswith("--"):
            raise Refused(f"{command}: unknown option '{one_line(word)}'; allowed is --json")
    if command == "labs":
        if rest:
            raise Refused(f"labs: '{one_line(rest[0])}' is not expected; labs takes only --json")
        _labs(labs, is_json, out)
    elif not rest:
        raise Refused(f"{command}: a link is missing, such as mmlviz:{labs[0].id}")
    else:
        _of_links(command, rest, labs, is_json, out, lines)


def _of_links(
    command: str, links: Sequence[str], labs: Sequence[Lab], is_json: bool, out: TextIO, lines: Iterable[str]
) -> None:
    """python or values."""
    if command == "python":
        if len(links) > 1:
            raise Refused(f"python: one link is allowed, {len(links)} were given")
        lab, state = codec.read_link(links[0], labs)
        out.write(lab.recipe(state))
    elif links == ["-"]:
        _answer_lines(lines, labs, out)
    else:
        _values(links, labs, is_json, out)


def reading(lab: Lab, state: Any) -> dict[str, Any]:
    """What a lab says of a state, as strict JSON data: a number that is not finite is null, with a warning."""
    told = lab.tell(state, lab.model.compute(state))
    warnings = list(told.warnings)
    values = {name: _finite(value, name, warnings) for name, value in told.values.items()}
    return {
        "lab": lab.id,
        "state": codec.texts(lab, state),
        "values": values,
        "sentence": told.sentence,
        "warnings": warnings,
    }


def _finite(value: Any, name: str, warnings: list[str]) -> Any:
    if isinstance(value, list):
        return [_finite(each, name, warnings) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        warnings.append(f"{name}: {'infinite' if value == math.inf else 'not a finite number'}, so null.")
        return None
    return value


def _dumps(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def _labs(labs: Sequence[Lab], is_json: bool, out: TextIO) -> None:
    if is_json:
        print(_dumps([describe(lab) for lab in labs]), file=out)
        return
    for lab in labs:
        print(f"{lab.id}: {lab.title}. {lab.help}", file=out)
        for field, opening in zip(lab.fields, codec.texts(lab, lab.opening).values()):
            print(f"  {field.name}={opening}  {field.label}: {field.allowed}. {field.help}".rstrip(), file=out)
        for value in lab.values:
            words = f" ({', '.join(value.words)})" if value.words else ""
            print(f"  → {value.name}: {value.meaning}{words}", file=out)


def describe(lab: Lab) -> dict[str, Any]:
    """A lab's fields and values as JSON data."""
    opening = codec.texts(lab, lab.opening)
    return {
        "lab": lab.id,
        "title": lab.title,
        "help": lab.help,
        "version": lab.version,
        "fields": [
            {
                "name": f.name,
                "label": f.label,
                **f.described,
                "unit": f.unit,
                "default": opening[f.name],
                "help": f.help,
            }
            for f in lab.fields
        ],
        "values": [
            {"name": v.name, "meaning": v.meaning, "type": v.type, **({"words": list(v.words)} if v.words else {})}
            for v in lab.values
        ],
        "presets": [{"title": p.title, "link": p.link} for p in lab.presets],
    }


def _values(links: Sequence[str], labs: Sequence[Lab], is_json: bool, out: TextIO) -> None:
    read = [codec.read_link(text, labs) for text in links]  # all of them first: nothing is half done
    for lab, state in read:
        if is_json:
            print(_dumps(reading(lab, state)), file=out)
        else:
            print(describe_reading(lab, state), file=out)


def describe_reading(lab: Lab, state: Any) -> str:
    """What a lab says of a state, for people."""
    data = reading(lab, state)
    told = lab.tell(state, lab.model.compute(state))
    lines = [codec.link(lab, state), f"  {data['sentence']}"]
    lines += [f"  {plain(formula)}" for formula in told.formulas]
    lines += [f"  {name}: {_dumps(value)}" for name, value in data["values"].items()]
    lines += [f"  ! {warning}" for warning in data["warnings"]]
    return "\n".join(lines)


def _answer_lines(lines: Iterable[str], labs: Sequence[Lab], out: TextIO) -> None:
    for line in lines:
        try:
            if not line.strip():
                raise codec.BadLink("the line is empty")
            answer = reading(*codec.read_link(line, labs))
        except codec.BadLink as error:
            answer = {"error": str(error)}
        print(_dumps(answer), file=out, flush=True)


def standard_lines() -> Iterable[str]:
    """The lines of standard input; bytes that are not UTF-8 become the replacement character."""
    return (raw.decode("utf-8", "replace") for raw in sys.stdin.buffer)
