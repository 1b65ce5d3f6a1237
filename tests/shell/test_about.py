"""The about box names all that is shipped and used, says the truth about it, and shows every licence."""

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication, QRawFont, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QListWidget, QPushButton, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

import mmlviz
from mmlviz.data import resource
from mmlviz.qt.look import load_fonts, look_of
from mmlviz.shell import about
from mmlviz.shell.about import Part, show_about, versions

ROOT = Path(__file__).parents[2]
RESOURCES = resource("icons").parent
KEY = Qt.Key

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1440, 860)
    load_fonts()
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def box(parent: QWidget, qtbot: QtBot) -> QDialog:
    dialog = show_about(parent, look_of("light", False))
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def all_parts() -> list[Part]:
    return [part for parts in about.chapters().values() for part in parts]


def part(name: str) -> Part:
    return next(p for p in all_parts() if p.name == name)


def words_of(html: str) -> str:
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


# What is named --------------------------------------------------------------------------------------


def test_every_dependency_is_named_with_its_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [cast("re.Match[str]", re.match(r"[\w.-]+", line)).group() for line in project["dependencies"]]
    assert list(about.DEPENDENCIES) == names
    for name in names:
        assert part(name).version == importlib.metadata.version(name)


def test_what_the_dependencies_need_is_named_too() -> None:
    needed = {name for name in about.DEPENDENCIES for name in about._needs(importlib.metadata.distribution(name))}
    assert "shiboken6" in needed
    assert {about._key(name) for name in needed} <= {about._key(p.name) for p in about.libraries()}
    assert not {"pytest", "matplotlib", "pyqtgraph-extra"} & {p.name for p in about.libraries()}


def test_every_licence_in_resources_is_shown() -> None:
    shown = {path for p in about.shipped() for path in p.texts.values()}
    there = {path for path in RESOURCES.rglob("*") if re.search("licen[cs]e", path.name, re.IGNORECASE)}
    assert len(there) >= 4
    assert there <= shown
    assert {path.parent.name for path in there} == {"fonts", "icons", "data"}


def test_folders_without_a_licence_hold_our_own_files_only() -> None:
    assert {path.name for path in RESOURCES.iterdir()} - {"fonts", "icons", "data"} == {"themes", "own", "pictures"}


# What is said of it ---------------------------------------------------------------------------------


def test_the_typeface_is_what_its_files_say() -> None:
    inter = part("Inter")
    licence = about.read(inter.texts["fonts/LICENSE-Inter.txt"])
    assert "SIL Open Font License, Version 1.1" in licence
    assert inter.licence == "SIL Open Font License 1.1"
    for face in RESOURCES.glob("fonts/*.otf"):
        head = QRawFont(str(face), 12.0).fontTable("head").data()
        assert round(int.from_bytes(head[4:8], "big") / 65536, 3) == float(inter.version)  # fontRevision, 16.16


def test_the_icons_are_what_their_files_say() -> None:
    lucide = part("Lucide")
    icons = list(RESOURCES.glob("icons/*.svg"))
    origin = about.read(lucide.texts["icons/README.md"])
    assert len(icons) > 10
    for icon in icons:
        is_marked = f"lucide-static v{lucide.version} - ISC" in icon.read_text("utf-8")
        assert is_marked or f"`{icon.stem}`" in origin, f"nothing says where {icon.name} comes from"
    licence = about.read(lucide.texts["icons/LICENSE.txt"])
    assert licence.startswith("ISC License")
    assert "The MIT License (MIT) (for the icons listed above)" in licence


def test_the_digits_are_what_their_files_say() -> None:
    digits = part("Handwritten digits")
    licence = about.read(digits.texts["data/digits.LICENSE.txt"])
    for told in ("(CC BY 4.0)", "1,797", "Alpaydin", "Kaynak", f"({digits.version})"):
        assert told in licence
    assert "Attribution 4.0 International" in about.read(digits.texts["data/LICENSE-CC-BY-4.0.txt"])


def test_the_formulas_use_the_typeface_that_is_named() -> None:
    import typst

    page = b'#set page(width: auto, height: auto)\n$ "shadow of " bold(x) approx mat(1, 2) $'
    pdf = cast(bytes, typst.Compiler(ignore_system_fonts=True).compile(page, format="pdf"))
    assert {name.partition(b"+")[2][:9] for name in re.findall(rb"/FontName\s*/([^\s/]+)", pdf)} == {b"NewCMMath"}
    library = next(Path(typst.__file__).parent.glob("_typst.*"))
    assert b"work is released under the GUST Font License" in library.read_bytes()
    assert part("New Computer Modern").licence == "GUST Font License"


def test_libraries_are_under_the_licences_of_their_metadata() -> None:
    assert "LGPL-3.0-only" in part("PySide6-Essentials").licence
    assert part("Qt").licence == part("PySide6-Essentials").licence
    assert part("pyqtgraph").licence == "MIT"
    assert "BSD" in part("numpy").licence
    assert part("contourpy").licence.startswith("BSD")
    assert "LGPL" in part("python-flint").licence
    for name in ("flint", "gmp", "mpfr"):
        assert re.search(rf"\b{name}-\d", part("python-flint").what)
        assert any(f"/{name}-" in title for title in part("python-flint").texts)
    for p in all_parts():
        assert "\n" not in p.licence, p.name
        assert p.licence not in {"", "unknown", "see the text"}, p.name


def test_python_tells_its_version_and_licence() -> None:
    python = about.python()
    assert sys.version.startswith(python.version)
    for text in python.texts.values():
        assert "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2" in about.read(text)


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"License-Expression": ["MIT"], "License": ["other"]}, "MIT"),
        ({"License": ["Apache-2.0"], "Classifier": ["License :: OSI Approved"]}, "Apache-2.0"),
        ({"License": ["Copyright 2005\n\nPermission"], "Classifier": ["License :: OSI Approved :: BSD"]}, "BSD"),
        ({"License": ["Copyright 2005\n\nPermission"]}, "see the text"),
        ({"Classifier": ["Topic :: Printing", "License :: OSI Approved :: BSD License"]}, "BSD License"),
        ({}, "see the text"),
    ],
)
def test_a_licence_is_read_from_any_kind_of_metadata(fields: dict[str, list[str]], licence: str) -> None:
    made = SimpleNamespace(metadata=SimpleNamespace(get_all=fields.get))
    assert about._licence(cast(Distribution, made)) == licence


def test_a_library_that_says_nothing_of_itself_is_named_all_the_same(tmp_path: Path) -> None:
    """As typst 0.14 does, which has no summary."""
    (tmp_path / "METADATA").write_text("Metadata-Version: 2.1\nName: quiet_one\nVersion: 3\n", "utf-8")
    assert about._library(importlib.metadata.PathDistribution(tmp_path)) == Part("quiet-one", "3", "see the text", "")


def test_lost_metadata_leave_a_box_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(name: str) -> Distribution:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", lost)
    about.libraries.cache_clear()
    try:
        assert [p.name for p in about.libraries()] == list(about.DEPENDENCIES)
        assert "numpy unknown" in versions()
        assert "It has no metadata." in about.part_html(part("numpy"))
        assert "unknown" in words_of(about.about_html())
    finally:
        about.libraries.cache_clear()


def test_a_text_that_was_taken_away_is_empty(tmp_path: Path) -> None:
    assert about.read(tmp_path / "LICENSE") == ""


# The box --------------------------------------------------------------------------------------------


def test_versions_tell_all_that_a_report_needs(qtbot: QtBot) -> None:
    lines = versions().splitlines()
    assert lines[0] == f"mmlviz {mmlviz.__version__}"
    assert f"Qt {qVersion()}, platform plugin {QGuiApplication.platformName()}" in lines
    assert f"CPython {sys.version.split()[0]}" in lines
    for name in about.DEPENDENCIES:
        assert f"{name} {importlib.metadata.version(name)}" in lines
    assert lines[-1].startswith(("Linux", "Windows", "macOS"))


def test_the_overview_names_every_part(box: QDialog) -> None:
    told = box.findChild(QTextBrowser).toPlainText()
    assert f"mmlviz {mmlviz.__version__}" in told
    assert cast(str, mmlviz.__doc__) in told
    for p in all_parts():
        assert p.name in told
        assert p.version in told
        assert p.licence in told


def test_every_licence_can_be_read_by_keyboard_alone(box: QDialog) -> None:
    names, text = box.findChild(QListWidget), box.findChild(QTextBrowser)
    assert names.hasFocus()
    read: set[str] = set()
    for p in all_parts():
        QTest.keyClick(names, KEY.Key_Down)
        assert names.currentItem().text() == p.name
        told = text.toPlainText()
        for title, path in p.texts.items():
            assert title in told
            assert words_of(f"<pre>{about.escape(about.read(path))}</pre>").strip() in told
            read.add(title)
        if not p.texts:
            assert "without the wording" in told
    assert len(read) > 15
    QTest.keyClick(names, KEY.Key_Home)
    QTest.keyClick(names, KEY.Key_Down)
    QTest.keyClick(names, KEY.Key_Tab)
    assert text.hasFocus()
    QTest.keyClick(text, KEY.Key_PageDown)
    assert text.verticalScrollBar().value() > 0
    QTest.keyClick(text, KEY.Key_End)
    assert text.verticalScrollBar().value() == text.verticalScrollBar().maximum() > 0


def test_another_part_is_read_from_its_beginning(box: QDialog) -> None:
    names, text = box.findChild(QListWidget), box.findChild(QTextBrowser)
    names.setCurrentRow(1)
    text.verticalScrollBar().setValue(text.verticalScrollBar().maximum())
    names.setCurrentRow(2)
    assert text.verticalScrollBar().value() == 0


def test_names_are_not_cut(box: QDialog) -> None:
    names = box.findChild(QListWidget)
    for k in range(names.count()):
        width = names.fontMetrics().horizontalAdvance(names.item(k).text())
        assert names.visualItemRect(names.item(k)).width() >= width


def test_versions_are_copied_by_keyboard(box: QDialog, qtbot: QtBot) -> None:
    button = next(b for b in box.findChildren(QPushButton) if b.text() == "Copy versions")
    for _ in range(5):
        if button.hasFocus():
            break
        QTest.keyClick(box.focusWidget(), KEY.Key_Tab)
    assert button.hasFocus()
    QTest.keyClick(button, KEY.Key_Space)
    assert QGuiApplication.clipboard().text() == versions()
    assert button.text() == "Versions copied"


def test_escape_closes_it_and_it_stops_nothing_while_open(box: QDialog, qtbot: QtBot) -> None:
    assert not box.isModal()
    with qtbot.waitSignal(box.destroyed):
        QTest.keyClick(box.findChild(QListWidget), KEY.Key_Escape)


def test_it_fits_a_small_window(parent: QWidget) -> None:
    parent.resize(1024, 700)
    box = show_about(parent, look_of("dark", True))
    assert box.width() <= 1024
    assert box.height() <= 700
    box.close()


def test_the_start_does_not_pay_for_it() -> None:
    code = "import sys; import mmlviz.shell.about; print('importlib.metadata' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False", "importlib.metadata is loaded before the box is opened"
