"""Who may import whom: each contract holds, and each is broken here on purpose, or it is not known to hold."""

import os
import pkgutil
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package and its contracts, to be broken."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "mmlviz", root / "mmlviz", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


def verdicts(root: Path) -> dict[str, bool]:
    """Whether each contract is kept, by name, as lint-imports says."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    found = {name: word == "KEPT" for name, word in re.findall(r"^(.+) (KEPT|BROKEN)$", ran.stdout, re.MULTILINE)}
    assert found, ran.stdout + ran.stderr
    assert ran.returncode == (0 if all(found.values()) else 1)
    return found


def test_all_contracts_hold(copy: Path) -> None:
    assert verdicts(copy) == dict.fromkeys(CONTRACTS.values(), True)


# A contract, a new module, and what it must not import.
BREAKS = [
    ("layers", "maths/offender.py", "mmlviz.core"),
    ("layers", "maths/offender.py", "mmlviz.models"),
    ("layers", "core/offender.py", "mmlviz.labs"),
    ("layers", "core/offender.py", "mmlviz.models"),  # strangers
    ("layers", "models/offender.py", "mmlviz.core"),
    ("layers", "labs/offender.py", "mmlviz.qt"),
    ("layers", "qt/offender.py", "mmlviz.labs"),
    ("layers", "qt/offender.py", "mmlviz.shell"),
    ("layers", "shell/offender.py", "mmlviz.cli"),
    ("layers", "shell/offender.py", "mmlviz.app"),
    ("qt-free", "core/offender.py", "PySide6"),
    ("qt-free", "core/offender.py", "pyqtgraph"),
    ("qt-free", "maths/offender.py", "PySide6.QtCore"),
    ("qt-free", "models/offender.py", "shiboken6"),
    ("qt-free", "labs/offender.py", "PySide6.QtGui"),
    ("qt-free", "labs/offender.py", "mmlviz.qt.look"),  # not itself, but through a module that does
    ("window", "shell/offender.py", "mmlviz.labs"),
    ("window", "shell/offender.py", "mmlviz.models.matrix"),
    ("window", "qt/offender.py", "mmlviz.labs.matrix"),
    ("window", "qt/offender.py", "mmlviz.models"),
    ("window", "qt/items/offender.py", "mmlviz.models.eigen"),
    ("labs-apart", "labs/offender.py", "mmlviz.labs.eigen"),  # a lab that nobody has put on a list
    ("models-apart", "models/offender.py", "mmlviz.models.eigen"),
]


@pytest.mark.parametrize(("contract", "module", "imported"), BREAKS, ids=[" ".join(each) for each in BREAKS])
def test_each_contract_is_broken_once(copy: Path, contract: str, module: str, imported: str) -> None:
    offender = copy / "mmlviz" / module
    assert not offender.exists()
    offender.write_text(f"import {imported}\n", "utf-8")
    try:
        assert verdicts(copy)[CONTRACTS[contract]] is False
    finally:
        offender.unlink()


@pytest.mark.parametrize(
    ("contract", "module", "line"),
    [
        ("labs-apart", "labs/matrix", "from mmlviz.labs import eigen"),
        ("labs-apart", "labs/matrix", "from mmlviz.labs.eigen import LAB"),
        ("models-apart", "models/matrix", "from mmlviz.models.eigen import compute"),
        ("qt-free", "cli", "def late():\n    from PySide6 import QtCore"),  # also where it is put off
        ("layers", "cli", "import mmlviz.app"),
    ],
)
def test_a_line_in_a_module_we_have_breaks_it_too(copy: Path, contract: str, module: str, line: str) -> None:
    package = copy / "mmlviz" / module
    path = package / "__init__.py" if package.is_dir() else package.with_suffix(".py")
    text = path.read_text("utf-8")
    path.write_text(f"{text}\n{line}\n", "utf-8")
    try:
        assert verdicts(copy)[CONTRACTS[contract]] is False
    finally:
        path.write_text(text, "utf-8")


def test_no_contract_is_left_unbroken() -> None:
    assert {contract for contract, _, _ in BREAKS} == set(CONTRACTS)


@pytest.mark.parametrize("room", ["labs", "models"])
def test_every_lab_and_model_is_held_apart(room: str) -> None:
    """The contract names the room, not a list that the next author forgets."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (modules,) = [contract["modules"] for contract in contracts if contract["id"] == f"{room}-apart"]
    assert modules == [f"mmlviz.{room}.*"]


def test_every_lab_has_a_model_of_its_name() -> None:
    labs, models = (
        {module.name for module in pkgutil.iter_modules([str(ROOT / "mmlviz" / room)])} for room in ("labs", "models")
    )
    assert labs == models
    assert len(labs) >= 2
