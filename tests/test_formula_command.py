"""The command `formula`: what it answers, and what it refuses."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mmlviz import cli
from mmlviz.labs import LABS

ROOT = Path(__file__).resolve().parents[1]


def told(*words: str, lines: tuple[str, ...] = ()) -> str:
    out = io.StringIO()
    cli.run(["formula", *words], LABS, out, lines)
    return out.getvalue()


def answer(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told(*words, "--json"))
    return found


def test_a_formula_with_values_and_derivatives() -> None:
    found = answer("x^2 y", "--at=x=3,y=1/2", "--at=x=√2,y=π", "--diff=x", "--diff=y")
    assert list(found) == ["text", "plain", "typst", "values", "derivatives"]
    assert found["text"] == "x^2 y"
    assert found["plain"] == "(x^2)*y"
    assert found["typst"] == 'x^("2") y'
    assert found["values"] == pytest.approx([4.5, 6.283185307179586], rel=1e-15)
    assert found["derivatives"]["x"]["plain"] == "2*x*y"
    assert found["derivatives"]["x"]["values"] == pytest.approx([3, 8.885765876316732], rel=1e-15)
    assert found["derivatives"]["y"]["values"] == pytest.approx([9, 2], rel=1e-15)


def test_what_is_not_defined_is_null_and_has_no_slope() -> None:
    found = answer("ln x", "--at=x=-1", "--at=x=0", "--at=x=1", "--diff=x")
    assert found["values"] == [None, None, 0.0]
    assert found["derivatives"]["x"]["values"] == [
        None,
        None,
        1.0,
    ]  # 1/x is defined at -1, ln x is not
    assert answer("e^x", "--at=x=1000")["values"] == [None]


def test_a_derivative_that_cannot_be_written_says_so() -> None:
    found = answer("gamma(x)", "--at=x=5", "--diff=x")
    assert found["values"] == [24.0]
    assert "gamma" in found["derivatives"]["x"]["error"]
    assert "gamma" in told("gamma(x)", "--diff=x")


def test_a_wrong_formula_is_answered_and_refused() -> None:
    out = io.StringIO()
    with pytest.raises(cli.Refused, match=r"did you mean 'sin'.*4 to 6"):
        cli.run(["formula", "2 + sn(x)", "--json"], LABS, out)
    assert json.loads(out.getvalue()) == {
        "error": "the name 'sn' is not known", "start": 4, "end": 6, "suggestion": "did you mean 'sin'?",
    }  # fmt: skip


def test_one_formula_a_line() -> None:
    lines = ("x^2\n", "1,000\r\n", "\n", "x y\n")
    found = [json.loads(line) for line in told("-", "--at=x=3", lines=lines).splitlines()]
    assert found[0]["values"] == [9]
    assert [(each["start"], each["end"]) for each in found[1:]] == [(1, 2), (0, 0), (0, 3)]
    assert "no value is given for y" in found[3]["error"]


def test_for_people() -> None:
    assert told("2x sin x", "--at=x=30°", "--diff=x").splitlines() == [
        "2x sin x",
        "  read as 2*x*sin(x)",
        "  at x = 0.523599: 0.523598775598",
        "  derivative by x: 2(sin x + x cos x)",
        "  at x = 0.523599: 1.90689968212",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "one formula is needed"),
        (("x", "y"), "2 were given"),
        (("x", "--at=x"), "is not written like"),
        (("x", "--at=x=1,x=2"), "twice"),
        (("x", "--at=q=1"), "no variable 'q'"),
        (("x", "--at=x=1,000"), "is not written like"),
        (("x", "--at=x=sn"), "'sn' is not known"),
        (("x", "--at=x=y"), "'y' is not known"),
        (("x", "--diff=q"), "no variable 'q'"),
        (("x", "--nonsense"), "unknown option '--nonsense'"),
    ],
)
def test_what_is_refused(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(cli.Refused, match=said):
        told(*words)


def test_from_outside() -> None:
    command = [sys.executable, str(ROOT / "main.py"), "formula", "-"]
    done = subprocess.run(command, input="√x\n∫x\n", capture_output=True, encoding="utf-8", check=True)
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["plain"] == "sqrt(x)"
    assert second["end"] == 1
    bad = subprocess.run([*command[:-1], "x+"], capture_output=True, encoding="utf-8", check=False)
    assert (bad.returncode, bad.stdout) == (2, "")
    assert bad.stderr.count("\n") == 1
