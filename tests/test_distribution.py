"""Wheel and sdist: complete, and the installed program runs far from any checkout."""

import email
import email.message
import importlib.metadata
import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

import mmlviz

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
INFO = f"mmlviz-{mmlviz.__version__}.dist-info"
LOCALS = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
# Opens the window as the command does, visits every tab, and closes it.
WINDOW = """
import json, sys, time
import mmlviz, mmlviz.app, mmlviz.data
from mmlviz.labs import LABS

app = mmlviz.app.application()
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QMainWindow

def has_drawn(window, k):
    window.tabs.setCurrentIndex(k)
    until = time.monotonic() + 20
    while not window.tab.main_canvas.item.marks and time.monotonic() < until:
        app.processEvents()
    return bool(window.tab.main_canvas.item.marks)

def look():
    window = next(w for w in app.topLevelWidgets() if isinstance(w, QMainWindow))
    tabs = [has_drawn(window, k) for k in range(window.tabs.count())]
    told = {"is_shown": window.isVisible(), "tabs": tabs, "fonts": QFontDatabase.families(), "code": mmlviz.__file__,
            "resources": str(mmlviz.data.resource("themes/light.toml")), "labs": len(list(LABS))}
    print(json.dumps(told))
    window.close()

QTimer.singleShot(300, look)
sys.exit(mmlviz.app.dispatch([]))
"""


@dataclass(frozen=True)
class Place:
    """A folder far from the checkout, with an empty venv that got nothing but the wheel."""

    folder: Path
    venv: Path

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A command of the venv in the folder, with no path that leads back to us."""
        kept = {k: v for k, v in os.environ.items() if k not in LOCALS}
        home = str(self.folder / "home")
        kept |= {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "APPDATA": home, "LOCALAPPDATA": home}
        program = str(self.venv / ("Scripts" if os.name == "nt" else "bin") / command[0])
        return subprocess.run(
            [program, *command[1:]],
            cwd=self.folder,
            env=kept | environment,
            capture_output=True,
            text=True,
            timeout=100,
        )


def build(target: str, source: Path, out: Path) -> Path:
    """Build without isolation, so without a network, as pip does with --no-build-isolation."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(out)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    (made,) = out.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def place(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The wheel in a venv of its own, whose Python then also finds the dependencies that we run on.

    A .pth file puts our site-packages behind the venv's own, so that nothing needs a network and the
    mmlviz that runs can only be the wheel's. Our pip comes with them, which saves installing another.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "home").mkdir()
    options = ["--without-pip"] if importlib.util.find_spec("pip") else []
    subprocess.run([sys.executable, "-m", "venv", *options, "venv"], cwd=folder, check=True, timeout=100)
    made = Place(folder, folder / "venv")
    where = made.run("python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip()
    ours = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    Path(where, "dependencies.pth").write_text("\n".join(ours) + "\n", "utf-8")
    quiet = ("--quiet", "--no-index", "--no-deps", "--ignore-installed", "--no-warn-script-location")
    done = made.run("python", "-m", "pip", "install", *quiet, str(wheel))
    assert done.returncode == 0, done.stderr
    return made


def names_in_wheel(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as file:
        return set(file.namelist())


def names_in_sdist(sdist: Path) -> set[str]:
    """Without the folder that all of them lie in."""
    with tarfile.open(sdist) as file:
        return {member.name.partition("/")[2] for member in file if member.isfile()}


def files_below(*folders: str) -> set[str]:
    """The files of the checkout as the distributions call them."""
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    return {path.relative_to(ROOT).as_posix() for path in paths if path.is_file() and "__pycache__" not in path.parts}


# What is in them ------------------------------------------------------------------------------------


def test_the_wheel_holds_the_program_and_its_resources_and_nothing_else(wheel: Path) -> None:
    resources = {f"mmlviz/{name}" for name in files_below("resources")}
    assert len([name for name in resources if "LICENSE" in name]) >= 4
    licences = {f"{INFO}/licenses/{name}" for name in files_below("resources") if "LICENSE" in name}
    records = {f"{INFO}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")}
    assert names_in_wheel(wheel) == files_below("mmlviz") | resources | licences | records


def test_the_sdist_holds_all_that_building_and_testing_need(sdist: Path) -> None:
    names = names_in_sdist(sdist)
    own = {"PKG-INFO", ".gitignore", "pyproject.toml", "main.py", "Makefile"}
    own |= {"requirements.lock", "requirements-dev.lock", "README.md", "ARCHITECTURE.md", "CHANGELOG.md"}
    assert names == own | files_below("mmlviz", "resources", "tests", "bench", "docs", "tools")


def test_the_sdist_builds_the_very_same_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as file:
        file.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    again = build("wheel", source, tmp_path)
    records = [zipfile.ZipFile(made).read(f"{INFO}/RECORD") for made in (wheel, again)]  # with the hash of every file
    assert records[0] == records[1]


# What they say of themselves ------------------------------------------------------------------------


def test_the_metadata_are_complete(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        told = email.message_from_bytes(file.read(f"{INFO}/METADATA"))
    assert told["Name"] == "mmlviz"
    assert told["Version"] == mmlviz.__version__
    assert told["Summary"] == PROJECT["description"]
    assert told["Requires-Python"] == PROJECT["requires-python"] == ">=3.11"
    assert told["Description-Content-Type"] == "text/markdown"
    assert read_text(told).startswith("# mmlviz")
    assert set(told.get_all("License-File", [])) == {name for name in files_below("resources") if "LICENSE" in name}
    assert plain(told.get_all("Requires-Dist", [])) == plain(PROJECT["dependencies"])
    for minor in (11, 12, 13):
        assert f"Programming Language :: Python :: 3.{minor}" in told.get_all("Classifier", [])


def read_text(told: email.message.Message) -> str:
    payload = told.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode("utf-8")


def plain(requirements: list[str]) -> set[tuple[str, frozenset[str]]]:
    """Name and bounds, whatever their order."""
    split = [line.lower().replace("_", "-") for line in requirements]
    places = [min(line.find(c) for c in "<>=!~" if c in line) for line in split]
    return {(line[:at].strip(), frozenset(line[at:].replace(" ", "").split(","))) for line, at in zip(split, places)}


def test_the_version_stands_in_one_place() -> None:
    assert "version" not in PROJECT
    assert PROJECT["dynamic"] == ["version"]
    assert f"## {mmlviz.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    quoted = f'"{mmlviz.__version__}"'  # an example in a docstring may name a program of that time
    written = [path for path in (ROOT / "mmlviz").rglob("*.py") if quoted in path.read_text("utf-8")]
    assert written == [ROOT / "mmlviz" / "__init__.py"]


def test_the_builder_of_the_tests_is_the_builder_of_the_project() -> None:
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert set(whole["build-system"]["requires"]) <= set(whole["dependency-groups"]["dev"])
    assert importlib.metadata.version("hatchling")


# The installed program ------------------------------------------------------------------------------


def test_it_finds_its_dependencies_in_the_ranges_it_asks_for(place: Place) -> None:
    done = place.run("python", "-m", "pip", "check")
    assert not [line for line in done.stdout.splitlines() if line.startswith("mmlviz")], done.stdout


def test_it_tells_its_version(place: Place) -> None:
    done = place.run("mmlviz", "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"mmlviz {mmlviz.__version__}\n", "")


def test_it_tells_values(place: Place) -> None:
    done = place.run("mmlviz", "values", "mmlviz:matrix?matrix=1/2,-1;0,3/4&vector=3,2", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["values"]["determinant"] == 0.375


def test_it_draws_a_picture_with_its_own_typeface_and_data(place: Place) -> None:
    done = place.run("mmlviz", "picture", "mmlviz:pca", "pca.png", "--size", "800x600", "--theme", "dark")
    assert (done.returncode, done.stderr) == (0, "")
    picture = QImage(str(place.folder / "pca.png"))
    assert (picture.width(), picture.height()) == (800, 600)


def test_bad_input_is_one_clear_line_there_too(place: Place) -> None:
    done = place.run("mmlviz", "values", "mmlviz:nonsense")
    assert done.returncode == 2
    assert done.stderr.startswith("mmlviz: ")
    assert done.stderr.count("\n") == 1


def test_it_opens_a_window_with_every_tab_and_closes_it(place: Place) -> None:
    done = place.run("python", "-c", WINDOW, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["is_shown"]
    assert len(told["tabs"]) == told["labs"] >= 5
    assert all(told["tabs"]), "a tab has drawn nothing"
    assert "Inter" in told["fonts"]
    package = Path(told["code"]).parent
    assert package.is_relative_to(place.venv.resolve()), "the mmlviz that ran is not the wheel's"
    assert Path(told["resources"]) == package / "resources" / "themes" / "light.toml"
