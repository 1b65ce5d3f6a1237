"""The README's worked example is followed to the letter in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILE = re.compile(r"```python\n# (mmlviz/\S+\.py)\n(.*?)```", re.DOTALL)
LIST = re.compile(r"```python\n(from mmlviz.core.shelf import Shelf\n\nLABS = .*?\n)```", re.DOTALL)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the example's two files and its one line."""
    root = tmp_path_factory.mktemp("project")
    for folder in ("mmlviz", "resources", "tests", "bench"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("main.py", "pyproject.toml"):
        shutil.copy(ROOT / file, root)
    readme = (ROOT / "README.md").read_text("utf-8")
    files = FILE.findall(readme)
    assert [path for path, _ in files] == ["mmlviz/models/projection.py", "mmlviz/labs/projection.py"]
    for path, text in files:
        (root / path).write_text(text, "utf-8")
    (lines,) = LIST.findall(readme)
    labs = root / "mmlviz" / "labs" / "__init__.py"
    docstring = labs.read_text("utf-8").partition("\n\n")[0]
    labs.write_text(f"{docstring}\n\n{lines}", "utf-8")
    return root


def run(copy: Path, *command: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, *command], cwd=copy, env=environment, capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_answers_on_the_command_line(copy: Path) -> None:
    answer = run(copy, "main.py", "values", "mmlviz:projection?x=1,2&b=2,1")
    assert "shadow of x ≈ (1.6; 0.8)" in answer


def test_it_draws_a_picture(copy: Path) -> None:
    run(copy, "main.py", "picture", "mmlviz:projection", "projection.png")
    assert (copy / "projection.png").stat().st_size > 5000


def test_it_keeps_the_promises_of_every_lab(copy: Path) -> None:
    out = run(copy, "-m", "pytest", "--no-xvfb", "-q", "tests/labs/test_every_lab.py", "-k", "projection")
    assert re.search(r"[1-9]\d* passed", out)
    assert "failed" not in out


def test_its_style_and_types_are_ours(copy: Path) -> None:
    files = "mmlviz/models/projection.py", "mmlviz/labs/projection.py"
    run(copy, "-m", "ruff", "check", *files)
    run(copy, "-m", "ruff", "format", "--check", *files)
    # The files that the example writes: other packages than the locked ones know their types differently, which
    # shows elsewhere; the whole project's types are held by `make check`.
    run(copy, "-m", "mypy", "--follow-imports=silent", *files, "mmlviz/labs/__init__.py")
