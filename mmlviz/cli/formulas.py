"""The command `formula`: how typed mathematics is read, what it is worth, and its derivatives."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

import numpy as np

from mmlviz.cli.refused import Refused
from mmlviz.core.formula import plain
from mmlviz.core.notation import notation
from mmlviz.core.strict import one_line
from mmlviz.core.typst import markup
from mmlviz.core.words import show
from mmlviz.maths.expression import Expression, evaluate, read, variables
from mmlviz.maths.expression.derivative import NoDerivative, derivative
from mmlviz.maths.expression.text import write
from mmlviz.maths.number import Problem

VARIABLES = ("x", "y", "z", "t")

Point = dict[str, float]


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: a formula or "-", points to try it at, variables to differentiate by."""

    text: str
    points: tuple[Point, ...]
    by: tuple[str, ...]
    is_json: bool


def run(arguments: Sequence[str], out: TextIO, lines: Iterable[str]) -> None:
    """Answer for one formula, or for each line; raises Refused."""
    wish = _wish(arguments)
    if wish.text == "-":
        for line in lines:
            print(_dumps(answer(line.rstrip("\r\n"), wish)), file=out, flush=True)
        return
    found = answer(wish.text, wish)
    if wish.is_json:
        print(_dumps(found), file=out, flush=True)
    elif "error" not in found:
        print(_told(wish), file=out)
    if "error" in found:
        hint = f"; {found['suggestion']}" if found["suggestion"] else ""
        raise Refused(f"formula: {found['error']}{hint} (characters {found['start']} to {found['end']})")


def answer(text: str, wish: Wish) -> dict[str, Any]:
    """How a formula is read, as JSON data; or what is wrong with it, and where."""
    tree = read(text, VARIABLES)
    if isinstance(tree, Problem):
        return _error(tree)
    for point in wish.points:
        missing = sorted(variables(tree) - set(point))
        if missing:
            return _error(Problem(0, len(text), f"no value is given for {missing[0]}", f"write --at={missing[0]}=1"))
    return {
        "text": text,
        "plain": write(tree),
        "typst": markup(notation(tree)),
        "values": _values(tree, wish.points),
        "derivatives": {name: _derivative(tree, name, wish.points) for name in wish.by},
    }


def _error(problem: Problem) -> dict[str, Any]:
    suggestion = problem.suggestion or None
    return {"error": problem.message, "start": problem.start, "end": problem.end, "suggestion": suggestion}


def _derivative(tree: Expression, name: str, points: Sequence[Point]) -> dict[str, Any]:
    try:
        found = derivative(tree, name)
    except NoDerivative as reason:
        return {"error": str(reason)}
    values = [
        None if here is None else slope for here, slope in zip(_values(tree, points), _values(found, points))
    ]  # where f is not defined it has no slope, whatever the formula of the slope says
    return {"plain": write(found), "typst": markup(notation(found)), "values": values}


def _values(tree: Expression, points: Sequence[Point]) -> list[float | None]:
    """The values in the order of the points; None where there is none, or no real one."""
    found = (float(evaluate(tree, **point)) for point in points)
    return [None if math.isnan(value) else value for value in found]


def _told(wish: Wish) -> str:
    """The same for people."""
    tree = read(wish.text, VARIABLES)
    assert not isinstance(tree, Problem)
    rows = [wish.text, f"  read as {write(tree)}"]
    forms = [("", tree), *((name, derivative(tree, name)) for name in wish.by if _has_derivative(tree, name))]
    for name, form in forms:
        if name:
            rows.append(f"  derivative by {name}: {plain(notation(form))}")
        shown = _values(tree, wish.points) if not name else _derivative(tree, name, wish.points)["values"]
        for point, value in zip(wish.points, shown):
            at = ", ".join(f"{each} = {show(number, 6)}" for each, number in point.items())
            rows.append(f"  at {at}: {'not defined' if value is None else show(value, 12)}")
    rows += [f"  ! {_derivative(tree, name, ())['error']}" for name in wish.by if not _has_derivative(tree, name)]
    return "\n".join(rows)


def _has_derivative(tree: Expression, name: str) -> bool:
    return "error" not in _derivative(tree, name, ())


# What was asked for -----------------------------------------------------------------------------


def _wish(arguments: Sequence[str]) -> Wish:
    texts, points, by = [], [], []
    for word in arguments:
        option, _, value = word.partition("=")
        if option == "--at":
            points.append(_point(value))
        elif option == "--diff":
            by.append(_name(value, "--diff"))
        elif word.startswith("--") and word != "--json":
            raise Refused(f"formula: unknown option '{one_line(word)}'; allowed are --at, --diff and --json")
        elif word != "--json":
            texts.append(word)
    if len(texts) != 1:
        raise Refused(f"formula: one formula is needed, such as 'x^2 sin x', {len(texts)} were given")
    return Wish(texts[0], tuple(points), tuple(dict.fromkeys(by)), "--json" in arguments)


def _point(text: str) -> Point:
    """x=1/2,y=2 as numbers."""
    point: Point = {}
    for part in text.split(","):
        name, sign, value = part.partition("=")
        if not sign:
            raise Refused(f"formula: --at={one_line(text)} is not written like --at=x=1/2,y=2")
        name = _name(name.strip(), "--at")
        if name in point:
            raise Refused(f"formula: --at={one_line(text)} gives {name} twice")
        point[name] = _number(value, text)
    return point


def _number(typed: str, whole: str) -> float:
    tree = read(typed, ())
    if isinstance(tree, Problem):
        raise Refused(f"formula: in --at={one_line(whole)} {tree}")
    return float(np.float64(evaluate(tree)))


def _name(name: str, option: str) -> str:
    if name not in VARIABLES:
        raise Refused(f"formula: {option} has no variable '{one_line(name)}'; they are {', '.join(VARIABLES)}")
    return name


def _dumps(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False)
