"""Save the picture of a tab: format, width, formulas; then a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from mmlviz.qt import export
from mmlviz.qt.look import Look
from mmlviz.qt.sheet import Sheet
from mmlviz.shell.clipboard import BLANK
from mmlviz.shell.tab import Tab

LEAST, MOST = 100, 8000  # pixels of width of a PNG
SHARP = {
    "png": "Pixels, for slides and web pages",
    "svg": "Lines, sharp at any size, for web pages and drawings",
    "pdf": "Lines, sharp at any size, for print and LaTeX",
}


def show_picture_dialog(parent: QWidget, tab: Tab, look: Look, say: Callable[[str], None]) -> QDialog:
    """Open the dialog over a window; `say` is told what has been saved."""
    dialog = PictureDialog(parent, tab, look, say)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


class PictureDialog(QDialog):
    """What the file is to be like."""

    def __init__(self, parent: QWidget, tab: Tab, look: Look, say: Callable[[str], None]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Save picture")
        self._tab, self._say = tab, say
        self.formats = QButtonGroup(self)
        self.width_box = QSpinBox()
        self.strip_box = QCheckBox("With the formulas &below")
        self._about, self._height, self._problem = QLabel(), QLabel(), QLabel()
        self._problem.setObjectName("problem")
        self._problem.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = self.buttons.addButton("&Save …", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button.setProperty("primary", True)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setIcon(QIcon())
        self.buttons.accepted.connect(self._ask)
        self.buttons.rejected.connect(self.reject)
        self.width_box.setRange(LEAST, MOST)
        self.width_box.setValue(2 * tab.panes.width())
        self.width_box.setAccessibleName("Width in pixels")
        self._lay_out(look)
        self.formats.buttonToggled.connect(self._show)
        self.width_box.valueChanged.connect(self._show)
        self.strip_box.toggled.connect(self._show)
        self._show()

    def _lay_out(self, look: Look) -> None:
        form = QFormLayout()
        form.addRow("Format", self._format_row())
        form.addRow("", self._about)
        size = QHBoxLayout()
        size.addWidget(self.width_box)
        size.addWidget(self._height, 1)
        form.addRow("&Width", size)
        form.labelForField(size).setBuddy(self.width_box)  # type: ignore[attr-defined]  # it is a QLabel
        form.addRow("", self.strip_box)
        form.setSpacing(look.px(10))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[look.px(18)] * 4)
        column.setSpacing(look.px(12))
        column.addLayout(form)
        column.addWidget(self._problem)
        column.addWidget(self.buttons)
        self.setMinimumWidth(look.px(460))
        for part in (self, *self.findChildren(QWidget)):
            part.setFont(look.font(15))
        self._about.setFont(look.font(13))
        palette = look.palette()
        palette.setColor(QPalette.ColorRole.Window, look.colour("axis"))  # Fusion draws the box in a darker one
        self.strip_box.setPalette(palette)

    def _format_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for name in export.FORMATS:
            button = QPushButton(name.upper())
            button.setCheckable(True)
            button.setChecked(name == export.FORMATS[0])
            button.setAutoDefault(False)
            button.setProperty("format", name)
            button.setAccessibleName(f"{name.upper()}: {SHARP[name]}")
            self.formats.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        return row

    @property
    def format(self) -> str:
        """The format that is chosen: png, svg or pdf."""
        checked = self.formats.checkedButton()
        return str(checked.property("format")) if checked else export.FORMATS[0]

    def _show(self, *_: object) -> None:
        """What the choices mean."""
        is_png, sheet = self.format == "png", self._sheet()
        self._about.setText(SHARP[self.format])
        self.width_box.setEnabled(is_png)
        height = export.pixels(sheet, self.width_box.value() / sheet.width).height()
        self._height.setText(f"× {height} pixels" if is_png else f"{sheet.width} × {sheet.height}, as shown")
        self.save_button.setEnabled(not self._tab.is_blank)
        self._problem.setText(BLANK if self._tab.is_blank else "")
        self._problem.setVisible(self._tab.is_blank)

    def _sheet(self) -> Sheet:
        return self._tab.sheet(self.strip_box.isChecked())

    # Saving ------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Ask for the file; it asks itself before one is replaced."""
        asked = QFileDialog(self, "Save picture")
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.setNameFilter(f"{self.format.upper()} (*.{self.format})")
        asked.setDefaultSuffix(self.format)
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        asked.setDirectory(folder if Path(folder).is_dir() else str(Path.home()))
        asked.selectFile(f"{self._tab.lab.id}.{self.format}")
        asked.fileSelected.connect(self.save)
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def save(self, name: str) -> None:
        """Write the file, or say in one sentence why not."""
        path = Path(name)
        if path.suffix.lower() != f".{self.format}":
            path = path.with_name(f"{path.name}.{self.format}")
            if path.exists():  # nobody was asked about this one
                self._refuse(f"{path.name} exists already: choose another name.")
                return
        sheet = self._sheet()
        try:
            export.save(sheet, path, self.width_box.value() / sheet.width)
        except OSError as error:
            self._refuse(f"{path.name} was not saved: {error.strerror or error}.")
        else:
            self.accept()
            self._say(f"Picture saved as {path.name}")

    def _refuse(self, why: str) -> None:
        self._problem.setText(why)
        self._problem.setVisible(True)
