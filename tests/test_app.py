"""From the command line to a picture or a window."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from mmlviz import app
from mmlviz.core import theme

ROOT = Path(__file__).parent.parent


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """main.py in a process of its own."""
    kept = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    return subprocess.run(command, cwd=cwd, env={**kept, **environment}, capture_output=True, text=True, timeout=100)


def sees_a_display(**environment: str) -> bool:
    """Whether a process of its own would open a window: pictures of every tab for each case would take long."""
    kept = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    command = [sys.executable, "-c", "from mmlviz.app import has_display; print(has_display())"]
    ran = subprocess.run(command, cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip() == "True"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without a display")
@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":998"}, {"DISPLAY": "nonsense"}, {"QT_QPA_PLATFORM": "xcb"}])
def test_what_is_no_display(display: dict[str, str]) -> None:
    assert not sees_a_display(**display)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without a display")
def test_without_a_display_every_tab_and_the_link_are_drawn_and_read(tmp_path: Path) -> None:
    done = run("mmlviz:matrix?matrix=2,0;0,2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stdout
    assert "A scales every vector by 2." in done.stdout
    assert (tmp_path / "build" / "pictures" / "link.png").exists()
    for lab in app.LABS:
        assert any((tmp_path / "build" / "pictures").glob(f"{lab.id}-*.png"))
        assert f"mmlviz:{lab.id}" in done.stdout
        assert lab.tell(lab.opening, lab.model.compute(lab.opening)).sentence in done.stdout


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("Xvfb"), reason="needs Xvfb")
def test_a_server_that_does_not_let_us_in_is_no_display(tmp_path: Path) -> None:
    """Qt would abort the process there; the server wants a cookie, and there is no authority file."""
    authority = tmp_path / "cookie"
    cookie = os.urandom(16)
    fields = (b"", b"97", b"MIT-MAGIC-COOKIE-1", cookie)
    packed = b"".join(len(field).to_bytes(2, "big") + field for field in fields)
    authority.write_bytes((65535).to_bytes(2, "big") + packed)
    server = subprocess.Popen(["Xvfb", ":97", "-auth", str(authority), "-nolisten", "tcp"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            if os.path.exists("/tmp/.X11-unix/X97"):
                break
            time.sleep(0.05)
        is_seen = sees_a_display(DISPLAY=":97", HOME=str(tmp_path), XAUTHORITY="")
    finally:
        server.terminate()
        server.wait(10)
    assert not is_seen


def test_a_picture_has_the_size_and_the_theme_that_were_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "matrix.png"
    done = run("picture", "mmlviz:matrix?vector=1,1", str(out), "--size", "1024x768", "--theme=dark", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1024, 768)
    colours = {image.pixelColor(x, 400).name() for x in range(20, 1000, 3)}
    assert theme.load("dark").line("background") in colours


@pytest.mark.parametrize("ending", ["svg", "pdf"])
def test_a_picture_as_lines(tmp_path: Path, ending: str) -> None:
    done = run("picture", "mmlviz:eigen", f"eigen.{ending}", "--strip", "--projector", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    start = {"svg": b"<?xml", "pdf": b"%PDF"}[ending]
    assert (tmp_path / f"eigen.{ending}").read_bytes().startswith(start)


def test_a_picture_of_the_whole_window_has_its_panel(tmp_path: Path) -> None:
    for name, options in (("tab", []), ("window", ["--window"])):
        done = run("picture", "mmlviz:matrix", f"{name}.png", "--size", "1400x800", *options, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
    tab, window = QImage(str(tmp_path / "tab.png")), QImage(str(tmp_path / "window.png"))
    assert tab.size() == window.size()
    panel = theme.load("light").line("panel")
    assert tab.pixelColor(2, 2).name() != panel
    assert window.pixelColor(2, 2).name() == panel


@pytest.mark.parametrize(
    "arguments",
    [
        ["picture"],
        ["picture", "mmlviz:matrix"],
        ["picture", "mmlviz:matrix", "out.jpg"],
        ["picture", "mmlviz:nolab", "out.png"],
        ["picture", "mmlviz:matrix", "nofolder/out.png"],
        ["picture", "mmlviz:matrix", "out.png", "--size", "big"],
        ["picture", "mmlviz:matrix", "out.png", "--size", "9x9"],
        ["picture", "mmlviz:matrix", "out.png", "--size"],
        ["picture", "mmlviz:matrix", "out.png", "--theme", "pink"],
        ["picture", "mmlviz:matrix", "out.png", "--fast"],
        ["picture", "mmlviz:matrix", "out.png", "--scale", "1.5"],
        ["picture", "mmlviz:matrix", "out.png", "--size", "801x600", "--scale", "2"],
        ["picture", "mmlviz:matrix", "out.png", "--size", "320x240", "--scale", "2"],
        ["picture", "mmlviz:matrix", "out.svg", "--scale", "2"],
        ["picture", "mmlviz:matrix", "out.pdf", "--window"],
        ["picture", "mmlviz:matrix", "out.png", "--window", "--strip"],
        ["picture", "mmlviz:matrix", "out.png", "--window", "--scale=2"],
        ["mmlviz:nolab"],
        ["mmlviz:matrix?matrix=1"],
        ["--nothing"],
        ["values", "extra", "words"],
    ],
)
def test_bad_arguments_are_one_line_and_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert app.dispatch(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("mmlviz: ")
    assert captured.err.count("\n") == 1


def test_a_window_loads_no_library_that_it_does_not_need(tmp_path: Path) -> None:
    code = "import sys, mmlviz.app as a; a.make_window(); print([m for m in sys.modules if '.' not in m])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    loaded = set(eval(done.stdout))
    assert not loaded & {"sympy", "scipy", "flint", "contourpy", "typst", "matplotlib", "hypothesis"}


def test_no_lab_is_loaded_before_it_is_seen() -> None:
    """The list of labs, and what it says, must not make the start longer."""
    code = (
        "import sys\nfrom mmlviz.labs import LABS\nfrom mmlviz.core.shelf import titles\n"
        "from mmlviz.core.codec import read_link\nassert len(titles(LABS)) == len(LABS) == 6\n"
        "read_link('mmlviz:eigen', LABS)\n"
        "print([name for name in titles(LABS) if 'mmlviz.labs.' + name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "['eigen']"


def test_a_picture_says_what_has_no_room(tmp_path: Path) -> None:
    small = run("picture", "mmlviz:eigen", str(tmp_path / "a.png"), "--size", "640x480", cwd=tmp_path)
    assert small.returncode == 0
    assert "640x480 has no room for Eigenvalues, Trace and det" in small.stderr
    large = run("picture", "mmlviz:eigen", str(tmp_path / "b.png"), "--size", "1200x700", cwd=tmp_path)
    assert large.stderr == ""


@pytest.mark.parametrize(
    ("raw", "word"), [("oops", "not JSON"), ('{"format": 9}', "newer mmlviz"), ('{"format": 1, "tab": "x"}', "'x'")]
)
def test_a_bad_session_is_refused_before_anything_opens(tmp_path: Path, raw: str, word: str) -> None:
    (tmp_path / "a.mmlviz").write_text(raw)
    refused = run("a.mmlviz", cwd=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert refused.returncode == 2
    assert refused.stderr.startswith("mmlviz: 'a.mmlviz' was not opened: ")
    assert word in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_without_a_display_a_session_is_drawn_and_told(tmp_path: Path) -> None:
    session = {"format": 1, "tab": "eigen", "labs": {"eigen": {"state": {"matrix": "0,-1;1,0"}}}}
    (tmp_path / "a.mmlviz").write_text(json.dumps(session))
    told = run("a.mmlviz", cwd=tmp_path)
    assert told.returncode == 0
    assert "mmlviz:eigen?matrix=0,-1;1,0" in told.stdout
    assert (tmp_path / "build" / "pictures" / "link.png").is_file()
