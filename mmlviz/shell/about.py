"""What this program is, and what it is made of: versions and licences of all that is shipped and used."""

import itertools
import platform
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

import mmlviz
from mmlviz.data import resource
from mmlviz.qt.look import Look

if TYPE_CHECKING:  # a start pays for nothing that only the open dialog needs
    from importlib.metadata import Distribution

DEPENDENCIES = ("PySide6-Essentials", "pyqtgraph", "numpy", "typst", "contourpy", "python-flint")
ROOTS = ("resources", "licenses", "site-packages", "dist-packages")  # a text is called by its path below these


@dataclass(frozen=True, slots=True)
class Part:
    """Something that the program holds or runs on; texts are its licences and its origin: titles with files."""

    name: str
    version: str
    licence: str
    what: str
    texts: dict[str, Path] = field(default_factory=dict)


# What is shipped ------------------------------------------------------------------------------------


def shipped() -> tuple[Part, ...]:
    """What lies in resources and is not our own; the tests compare these words with the files."""
    return (
        Part("Inter", "3.019", "SIL Open Font License 1.1", "The typeface of the window.",
             _files("fonts/README.md", "fonts/LICENSE-Inter.txt")),
        Part("Lucide", "1.62.0", "ISC, some icons MIT", "The icons.",
             _files("icons/README.md", "icons/LICENSE.txt")),
        Part("Handwritten digits", "1998", "CC BY 4.0", "1,797 images, collected by E. Alpaydin and C. Kaynak.",
             _files("data/digits.LICENSE.txt", "data/LICENSE-CC-BY-4.0.txt")),
    )  # fmt: skip


def _files(*names: str) -> dict[str, Path]:
    return {name: resource(name) for name in names}


# What it runs on ------------------------------------------------------------------------------------


@cache
def libraries() -> tuple[Part, ...]:
    """Our dependencies and theirs, as far as they are installed, as their own metadata tell them."""
    found: dict[str, Part] = {}
    waiting = list(DEPENDENCIES)
    while waiting:
        name = waiting.pop(0)
        made = _distribution(name)
        if _key(name) not in found and (made or name in DEPENDENCIES):
            found[_key(name)] = _library(made) if made else Part(name, "unknown", "unknown", "It has no metadata.")
            waiting += _needs(made) if made else ()
    return tuple(found.values())


def inside(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """What comes within these libraries, and is seen or heard of."""
    qt = next(part for part in parts if part.name == "PySide6-Essentials")
    return (
        Part(
            "Qt", qVersion(), qt.licence, "Windows and drawing. It comes with PySide6-Essentials, under its licences."
        ),
        Part("New Computer Modern", "", "GUST Font License", "The typeface of the formulas. It comes with typst."),
    )


def python() -> Part:
    """The interpreter, with its licence where it is installed beside the standard library."""
    text = Path(platform.__file__).with_name("LICENSE.txt")
    texts = {text.name: text} if text.is_file() else {}
    return Part("Python", platform.python_version(), "PSF License Version 2", "The language it is written in.", texts)


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _distribution(name: str) -> "Distribution | None":
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        return distribution(name)
    except PackageNotFoundError:  # as in a program packed without metadata
        return None


def _needs(made: "Distribution") -> Iterator[str]:
    """Names of what it requires without extras."""
    for line in made.requires or ():
        name = re.match(r"[\w.-]+", line)
        if name and "extra ==" not in line:
            yield name.group()


def _library(made: "Distribution") -> Part:
    name = made.metadata["Name"].replace("_", "-")
    texts = _texts(made)
    within = sorted(set(re.findall(r"\.libs/(\w+-[\d.]+)/", " ".join(texts))))
    sentences = [str(line).strip().rstrip(".") + "." for line in made.metadata.get_all("Summary") or []]
    sentences += [f"With it come {', '.join(within)}."] if within else []
    return Part(name, made.version, _licence(made), " ".join(sentences), texts)


def _licence(made: "Distribution") -> str:
    """The expression or the name that the metadata give; the older field may hold a whole text instead of a name."""
    told = [made.metadata.get_all(key) or [""] for key in ("License-Expression", "License")]
    names = [words[0].strip() for words in told if "\n" not in words[0].strip()]
    classes = [c.rpartition(" :: ")[2] for c in made.metadata.get_all("Classifier") or [] if c.startswith("License ::")]
    return next((name for name in (*names, " and ".join(classes)) if name), "see the text")


def _texts(made: "Distribution") -> dict[str, Path]:
    """Its files with a licence in them; those that say the very same share one title."""
    files = [f for f in made.files or () if re.search(r"licen[cs]e|copying|notice", f.name, re.IGNORECASE)]
    files = [f for f in files if not re.search(r"\.(pyi?|pyc|so|h|json)$", f.name)]
    files.sort(key=lambda f: ".dist-info" not in f.parts[0])  # their paths tell what they belong to
    same: dict[str, list[Path]] = {}
    for path in (Path(str(f.locate())) for f in files):
        same.setdefault(read(path), []).append(path)
    same.pop("", None)
    return {", ".join(dict.fromkeys(map(_title, paths))): paths[0] for paths in same.values()}


def _title(path: Path) -> str:
    roots = [k for k, part in enumerate(path.parts) if part in ROOTS or part.endswith(".dist-info")]
    return "/".join(path.parts[roots[-1] + 1 :])


def read(path: Path) -> str:
    """The wording in a file; nothing where somebody took it away."""
    try:
        return path.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""


# In words -------------------------------------------------------------------------------------------


def versions() -> str:
    """All that a report of a fault should say about the machine, a line each."""
    screen = QGuiApplication.platformName() or "none"
    lines = [
        f"mmlviz {mmlviz.__version__}",
        f"{platform.python_implementation()} {platform.python_version()}",
        f"Qt {qVersion()}, platform plugin {screen}",
        *(f"{part.name} {part.version}" for part in libraries()),
        platform.platform(),
    ]
    return "\n".join(lines)


def chapters() -> dict[str, tuple[Part, ...]]:
    """All parts under their headings."""
    used = libraries()
    return {"Shipped with it": shipped(), "What it runs on": (python(), *used), "Within these": inside(used)}


def about_html() -> str:
    """Name, version, one sentence, and a table of all parts with their licences."""
    rows = "".join(
        f"<tr><td colspan='3'><br><b>{heading}</b></td></tr>{''.join(map(_row, parts))}"
        for heading, parts in chapters().items()
    )
    head = f"<h2>mmlviz {mmlviz.__version__}</h2><p>{escape(mmlviz.__doc__ or '')}</p>"
    return f"{head}<table cellspacing='3'>{rows}</table>"


def _row(part: Part) -> str:
    words = map(escape, (part.name, part.version, part.licence))
    return "<tr>" + "".join(f"<td>{word}&nbsp;&nbsp;&nbsp;</td>" for word in words) + "</tr>"


def part_html(part: Part) -> str:
    """One part with the full wording of its licences."""
    texts = "".join(f"<h3>{escape(title)}</h3><pre>{escape(read(path))}</pre>" for title, path in part.texts.items())
    none = "" if texts else "<p>It comes without the wording of its licence.</p>"
    return (
        f"<h2>{escape(part.name)} {escape(part.version)}</h2>"
        f"<p>{escape(part.what)}</p><p><b>Licence:</b> {escape(part.licence)}</p>{none}{texts}"
    )


# The dialog -----------------------------------------------------------------------------------------


def show_about(parent: QWidget, look: Look) -> QDialog:
    """Open the box; it can stay open beside the window. Arrow keys choose a part, Tab goes to its text."""
    dialog = QDialog(parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.setWindowTitle("About mmlviz")
    text, names = _text(look), _names(look)
    row = QHBoxLayout()
    row.addWidget(names)
    row.addWidget(text, 1)
    column = QVBoxLayout(dialog)
    column.addLayout(row)
    column.addWidget(_buttons(dialog))
    names.currentItemChanged.connect(lambda item: text.setHtml(item.data(Qt.ItemDataRole.UserRole)()))
    names.setCurrentRow(0)
    names.setFocus()
    dialog.resize(min(look.px(980), parent.width() - 40), min(look.px(680), parent.height() - 40))
    dialog.show()
    return dialog


def _names(look: Look) -> QListWidget:
    names = QListWidget()
    names.setFont(look.font(14))
    names.setAccessibleName("Parts")
    names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    pages: dict[str, Callable[[], str]] = {"Overview": about_html}
    for part in itertools.chain(*chapters().values()):
        pages[part.name] = partial(part_html, part)
    widest = max(map(names.fontMetrics().horizontalAdvance, pages))
    for name, page in pages.items():
        item = QListWidgetItem(name, names)
        item.setData(Qt.ItemDataRole.UserRole, page)
        item.setSizeHint(QSize(widest, look.px(26)))
    names.setFixedWidth(widest + look.px(32))  # with room for a scroll bar
    return names


def _text(look: Look) -> QTextBrowser:
    text = QTextBrowser()
    text.setFont(look.font(14))
    text.document().setDefaultStyleSheet(f"pre {{ white-space: pre-wrap; font-size: {look.px(13)}px; }}")
    text.document().setDocumentMargin(look.px(12))
    text.setAccessibleName("Versions and licences")
    return text


def _buttons(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox()
    close = buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
    copy = buttons.addButton("Copy versions", QDialogButtonBox.ButtonRole.ActionRole)
    copy.setToolTip("For a report of a fault")
    for button in (close, copy):
        button.setAutoDefault(False)
    buttons.rejected.connect(dialog.close)

    def take() -> None:
        QGuiApplication.clipboard().setText(versions())
        copy.setText("Versions copied")

    copy.clicked.connect(take)
    return buttons
