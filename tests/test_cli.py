"""The headless commands: strict JSON, one line for what cannot be done, and no Qt."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mmlviz import app, cli
from mmlviz.core import codec
from mmlviz.labs import LABS
from mmlviz.maths import kind_words, matrix2, spectrum

ROOT = Path(__file__).parent.parent


def strict(text: str) -> Any:
    """JSON without NaN and Infinity, which Python would let pass."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    return json.loads(text, parse_constant=refuse)


def answer(*arguments: str, lines: list[str] | None = None) -> str:
    out = io.StringIO()
    cli.run(arguments, LABS, out, lines or [])
    return out.getvalue()


def values(link: str) -> dict[str, Any]:
    found: dict[str, Any] = strict(answer("values", link, "--json"))["values"]
    return found


def main(*arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """main.py in a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments], input=given, capture_output=True, text=True,
        encoding="utf-8", env={**os.environ, **environment}, timeout=60,
    )  # fmt: skip


# labs -------------------------------------------------------------------------------------------


def test_labs_as_json() -> None:
    found = strict(answer("labs", "--json"))
    assert [each["lab"] for each in found] == [lab.id for lab in LABS]
    for each, lab in zip(found, LABS):
        assert each["title"] == lab.title
        assert [field["name"] for field in each["fields"]] == [field.name for field in lab.fields]
        for field in each["fields"]:
            assert {"name", "type", "limits", "default", "help"} <= set(field)
            if field["limits"] is not None:
                low, high = field["limits"]
                assert low < high
            else:
                assert field.get("options", ["any"])
        for value in each["values"]:
            assert value["name"]
            assert value["meaning"]
            assert value["type"]


def test_what_labs_says_makes_a_link() -> None:
    """A program that knows nothing else can go back to every default."""
    for each in strict(answer("labs", "--json")):
        fields = "&".join(f"{field['name']}={field['default']}" for field in each["fields"])
        lab, state = codec.read_link(f"mmlviz:{each['lab']}?{fields}", LABS)
        assert state == lab.opening
        for preset in each["presets"]:
            codec.read_link(preset["link"], LABS)


def test_labs_lists_the_words_that_kind_can_take() -> None:
    words = {
        each["lab"]: value["words"]
        for each in strict(answer("labs", "--json"))
        for value in each["values"]
        if value["name"] == "kind"
    }
    assert words["matrix"] == list(dict.fromkeys((*matrix2.KINDS, *kind_words.WORDS)))
    assert words["eigen"] == list(spectrum.KINDS)


def test_labs_for_people() -> None:
    text = answer("labs")
    for lab in LABS:
        assert f"{lab.id}: {lab.title}" in text
        for field in lab.fields:
            assert f"  {field.name}=" in text
        for value in lab.values:
            assert f"→ {value.name}: {value.meaning}" in text


# values -----------------------------------------------------------------------------------------


def test_the_names_that_scripts_rely_on() -> None:
    matrix = {"determinant", "trace", "rank", "inverse", "kind", "condition", "singular_values", "image"}
    eigen = {"eigenvalues", "eigenvectors", "kind", "characteristic_polynomial"}
    assert matrix <= set(values("mmlviz:matrix"))
    assert eigen <= set(values("mmlviz:eigen"))


def test_values_of_the_matrix_lab() -> None:
    A, B = np.array([[0.5, -1], [0, 0.75]]), np.array([[0, -1], [1, 0]])
    assert values("mmlviz:matrix?matrix=1/2,-1;0,3/4&vector=3,2") == {
        "determinant": 0.375,
        "trace": 1.25,
        "rank": 2,
        "inverse": [[2, pytest.approx(8 / 3)], [0, pytest.approx(4 / 3)]],
        "kind": "general",
        "angle": None,
        "direction": None,
        "properties": [],
        "condition": pytest.approx(np.linalg.cond([[0.5, -1], [0, 0.75]])),
        "singular_values": pytest.approx(np.linalg.svd([[0.5, -1], [0, 0.75]])[1].tolist()),
        "image": [-0.5, 1.5],
        "null_space": [],
        "column_space": [[0.5, 0], [-1, 0.75]],
        "product": (B @ A).tolist(),
        "gap": pytest.approx(np.linalg.norm(B @ A - A @ B)),
        "solutions": "one",
        "solution": pytest.approx(np.linalg.solve(A, [2.5, 2]).tolist()),
        "steps": ["R₂ → 4/3 R₂", "R₁ → R₁ + R₂", "R₁ → 2 R₁"],
    }


def test_values_of_a_singular_matrix() -> None:
    found = values("mmlviz:matrix?matrix=.1,.7;.3,2.1")
    assert (found["determinant"], found["rank"], found["kind"]) == (0, 1, "singular")
    assert (found["inverse"], found["condition"]) == (None, None)


@pytest.mark.parametrize(
    ("text", "eigenvalues", "polynomial", "kind", "lines"),
    [
        ("3,4;0,5", [[3, 0], [5, 0]], [1, -8, 15], "distinct real", 2),
        ("-3,8;2,3", [[-5, 0], [5, 0]], [1, 0, -25], "opposite eigenvalues", 2),
        ("5,4;-4,-3", [[1, 0], [1, 0]], [1, -2, 1], "defective", 1),
        ("0,-1;1,0", [[0, 1], [0, -1]], [1, 0, 1], "complex pair", 0),
        ("2,0;0,2", [[2, 0], [2, 0]], [1, -4, 4], "whole plane", 2),
        ("1,2;2,4", [[0, 0], [5, 0]], [1, -5, 0], "zero eigenvalue", 2),
    ],
)
def test_values_of_the_eigen_lab(text: str, eigenvalues: list, polynomial: list, kind: str, lines: int) -> None:
    """[re, im] by modulus, then real part, then positive imaginary part first."""
    found = values(f"mmlviz:eigen?matrix={text}")
    assert found["eigenvalues"] == eigenvalues
    assert found["characteristic_polynomial"] == polynomial
    assert found["kind"] == kind
    assert len(found["eigenvectors"]) == lines


def test_the_answer_has_all_its_parts() -> None:
    found = strict(answer("values", "matrix?t=1/3", "--json"))
    assert list(found) == ["lab", "state", "values", "sentence", "warnings"]
    assert found["lab"] == "matrix"
    opening = {field.name: field.write(getattr(LABS[0].opening, field.name)) for field in LABS[0].fields}
    assert found["state"] == opening | {"t": "1/3"}
    assert any("1/3" in warning or "0.3333" in warning for warning in found["warnings"])


def test_what_no_float_can_hold_is_null_and_said() -> None:
    found = strict(answer("values", "matrix?matrix=1e-300,1e6;0,1e-5", "--json"))
    assert found["values"]["inverse"][0][1] is None
    assert any(warning.startswith("inverse:") for warning in found["warnings"])


def test_several_links_are_answered_in_order() -> None:
    links = ["eigen?matrix=2,0;0,3", "matrix", "mmlviz:matrix?vector=1,1"]
    found = [strict(line) for line in answer("values", *links, "--json").splitlines()]
    assert [each["lab"] for each in found] == ["eigen", "matrix", "matrix"]
    assert found[2]["state"]["vector"] == "1,1"


def test_values_for_people() -> None:
    text = answer("values", "matrix?matrix=2,0;0,2")
    assert text.startswith("mmlviz:matrix?matrix=2,0;0,2\n")
    assert "det A = 4" in text
    assert 'kind: "scaling"' in text


def test_one_bad_link_spoils_the_command() -> None:
    """Nothing is half done: no answer for the good one either."""
    out = io.StringIO()
    with pytest.raises(codec.BadLink, match="nolab"):
        cli.run(["values", "matrix", "nolab"], LABS, out)
    assert out.getvalue() == ""


# One link a line --------------------------------------------------------------------------------

LINES = [
    "mmlviz:matrix?matrix=1,2;3,4\n",
    "\n",
    "nolab\n",
    "matrix?matrix=1,2;3,1/0\n",
    "   \r\n",
    "matrix?vector=\ufffd,1\n",
    "matrix?vector=\0,1\n",
    "x" * 100_000 + "\n",
    "  eigen?matrix=0,-1;1,0  \r\n",
    "matrix?t=2\n",
    "eigen",
]


def test_lines_are_answered_one_by_one() -> None:
    """A bad link is an error on its own line, so is a blank line, and the rest goes on."""
    found = [strict(line) for line in answer("values", "-", lines=LINES).splitlines()]
    assert [each.get("lab", "error") for each in found] == [
        "matrix", "error", "error", "error", "error", "error", "error", "error", "eigen", "error", "eigen",
    ]  # fmt: skip
    for each in found:
        if "error" in each:
            assert list(each) == ["error"]
            assert each["error"].isprintable()
            assert len(each["error"]) < 500
    assert any("divides by zero" in each.get("error", "") for each in found)
    assert found[0] == strict(answer("values", "matrix?matrix=1,2;3,4", "--json"))


def test_lines_come_one_at_a_time() -> None:
    """The first is answered before the second is read, as a program at the other end of a pipe needs it."""
    out = io.StringIO()

    def lines() -> Any:
        yield "matrix"
        assert out.getvalue().count("\n") == 1
        yield "eigen"

    cli.run(["values", "-"], LABS, out, lines())
    assert out.getvalue().count("\n") == 2


def test_bytes_that_are_no_text_are_an_error_on_their_line() -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "values", "-"],
        input=b"matrix\n\xff\xfe?\nmatrix?vector=\xe2\x88,1\neigen\n", capture_output=True, timeout=60,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b"")
    found = [strict(line) for line in ran.stdout.decode().splitlines()]
    assert ["error" in each for each in found] == [False, True, True, False]


# python -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lab", LABS, ids=[lab.id for lab in LABS])
def test_python_prints_the_recipe(lab: Any) -> None:
    assert answer("python", f"mmlviz:{lab.id}") == lab.recipe(lab.opening)


# What is refused --------------------------------------------------------------------------------

BAD = [
    ["labs", "extra"],
    ["labs", "--jsn"],
    ["labs", "--json=1"],
    ["labs", "two\nlines"],
    ["values"],
    ["values", "--json"],
    ["values", "--nothing", "matrix"],
    ["values", "--two\nlines"],
    ["values", ""],
    ["values", " "],
    ["values", "nolab"],
    ["values", "mmlviz:"],
    ["values", "mmlviz:nolab?x=1"],
    ["values", "Matrix"],
    ["values", "matrix", "nolab"],
    ["values", "matrix", "-"],
    ["values", "-", "matrix"],
    ["values", "matrix?"  "matrix"],
    ["values", "matrix?matrix"],
    ["values", "matrix?matrix="],
    ["values", "matrix?matrix=1,2,3,4"],
    ["values", "matrix?matrix=1,2;3"],
    ["values", "matrix?matrix=1,2;3,4;5,6;7,8"],
    ["values", "matrix?matrix=1,2;3,4;5,6&vector=1,2,3"],
    ["values", "matrix?matrix=1,2;3,x"],
    ["values", "matrix?matrix=1,2;3,"],
    ["values", "matrix?matrix=1,2;3,1/0"],
    ["values", "matrix?matrix=1,2;3,√"],
    ["values", "matrix?matrix=1,2;3,nan"],
    ["values", "matrix?matrix=1,2;3,inf"],
    ["values", "matrix?matrix=1,2;3,1e10"],
    ["values", "matrix?matrix=1,2;3,1e999999999"],
    ["values", "matrix?matrix=1,2;3,1e-400"],
    ["values", "matrix?matrix=1,2;3," + "9" * 1000],
    ["values", "matrix?matrix=1,2;3,٣"],
    ["values", "matrix?matrix=1,2;3,4\0"],
    ["values", "matrix?matrix=1,2;3,4\nx"],
    ["values", "matrix?matrix=1,2;3,4\u2028x"],
    ["values", "matrix?matrix=%ff"],
    ["values", "matrix?matrix=\udcff"],  # a byte of the command line that is no text
    ["values", "matrix?matrix=1,2;3,4&matrix=1,2;3,4"],
    ["values", "matrix?vector=1"],
    ["values", "matrix?vector=1,2,3"],
    ["values", "matrix?t=-0.001"],
    ["values", "matrix?t=1.001"],
    ["values", "matrix?t=1,1"],
    ["values", "matrix?speed=1"],
    ["values", "matrix?v=2"],
    ["values", "matrix?__class__=1"],
    ["values", "eigen?t=1"],
    ["values", "eigen?matrix=1,2;3,4&"],
    ["values", "matrix?" + "x" * 10_000],
    ["values", "x" * 100_000],
    ["python"],
    ["python", "nolab"],
    ["python", "matrix", "eigen"],
    ["python", "matrix?matrix=1"],
    ["python", "-"],
    ["nolab"],
    ["mmlviz:nolab"],
    ["matrix?matrix=1"],
    ["no\nlab"],
    ["no\nlab", "extra"],
    ["--nothing"],
    ["--no\nthing"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", BAD, ids=[" ".join(each)[:60].encode("unicode_escape").decode() for each in BAD])
def test_bad_input_is_one_line_and_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert app.dispatch(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    line, end = captured.err[:-1], captured.err[-1:]
    assert end == "\n"
    assert line.startswith("mmlviz: ")
    assert line.isprintable()
    assert len(line) < 600


def test_there_are_enough_bad_inputs() -> None:
    assert len({tuple(each) for each in BAD}) >= 40


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("matrix?matrix=1,2;3,x", ["matrix:", "matrix=1,2;3,x", "'x'", "2×2", "−10⁹ to 10⁹"]),
        ("matrix?t=7", ["matrix:", "t=7", "0 to 1"]),
        ("eigen?vector=1", ["eigen:", "vector=1", "1 number, not 2", "typed like 1,1"]),
        ("eigen?rate=1", ["eigen:", "'rate'", "matrix, vector"]),
        ("egen", ["'egen'", "matrix, eigen"]),
    ],
)
def test_the_line_names_lab_field_what_was_given_and_what_is_allowed(link: str, words: list[str]) -> None:
    with pytest.raises(codec.BadLink) as caught:
        answer("values", link)
    for word in words:
        assert word in str(caught.value).replace(" and ", " to ")


@pytest.mark.parametrize(
    "arguments",
    [["values", "matrix?matrix=1,2;3,1/0"], ["python"], ["labs", "--nothing"], ["values", "a\nb"], ["nolab"]],
)
def test_bad_input_in_a_process_of_its_own(arguments: list[str]) -> None:
    ran = main(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("mmlviz: ")
    assert ran.stderr.count("\n") == 1


# The process ------------------------------------------------------------------------------------


def test_good_input_in_a_process_of_its_own() -> None:
    ran = main("values", "mmlviz:matrix?matrix=1/2,−1;0,3/4", "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert strict(ran.stdout)["values"]["determinant"] == 0.375


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("command", ["labs", "values matrix?matrix=-1,0;0,1", "values eigen?matrix=1,2;2,4 --json"])
def test_the_output_is_utf_8_whatever_the_terminal_was_set_to(command: str, encoding: str) -> None:
    """A pipe on Windows has an encoding without − and λ."""
    ran = main(*command.split(), PYTHONIOENCODING=encoding)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert set(ran.stdout) & set("−λ→")


def test_a_reader_may_go_away() -> None:
    """As `| head -1` does: no traceback, no error."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "values", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write("matrix\n")
    process.stdin.flush()
    assert strict(process.stdout.readline())["lab"] == "matrix"
    process.stdout.close()
    try:
        process.stdin.write(500 * "eigen\n")
        process.stdin.close()
    except BrokenPipeError:
        pass
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


def test_no_command_loads_qt() -> None:
    """Scripts that ask for a few values should not wait for a window's libraries."""
    code = """
import sys
from mmlviz import app
for line in ("labs", "labs --json", "values matrix eigen", "values matrix --json", "python eigen", "values x", "x"):
    app.dispatch(line.split())
print(sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, timeout=60, check=True,
    )  # fmt: skip
    loaded = set(eval(ran.stderr.splitlines()[-1]))
    assert {"mmlviz", "numpy"} <= loaded
    assert not loaded & {
        "PySide6",
        "shiboken6",
        "pyqtgraph",
        "typst",
        "sympy",
        "scipy",
        "flint",
        "contourpy",
        "matplotlib",
    }
