"""A row of the panel that opens a picture."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mmlviz.core import pictures
from mmlviz.core.controls import OpenPicture
from mmlviz.core.options import PictureFile
from mmlviz.core.store import Store
from mmlviz.maths.number import Problem
from mmlviz.qt.look import Look
from mmlviz.qt.rows import Row

KINDS = "Pictures (*.png *.jpg *.jpeg)"


class PictureRow(Row):
    """The name of the picture, a button to open another one, and one back to the built-in picture."""

    def __init__(self, control: OpenPicture, field: PictureFile, store: Store) -> None:
        super().__init__()
        self.control, self.field, self.store = control, field, store
        self.name, self.problem = QLabel(), QLabel()
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.open, self.built_in = QPushButton("Open…"), QPushButton("Built-in")
        self.open.setObjectName(f"{store.lab.id}.{field.name}.open")
        self.open.setToolTip("Open a PNG or JPEG picture of up to 4,000 × 4,000 pixels")
        self.built_in.setObjectName(f"{store.lab.id}.{field.name}.built_in")
        self.built_in.setToolTip("Back to the built-in picture")
        self.open.clicked.connect(self._ask)
        self.built_in.clicked.connect(lambda: self.take(""))
        line = QHBoxLayout()
        line.addWidget(self.name, 1)
        line.addWidget(self.open)
        line.addWidget(self.built_in)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.problem)

    @property
    def focusable(self) -> list[QWidget]:
        return [self.open, self.built_in]

    def show_look(self, look: Look) -> None:
        for part in (self.name, self.open, self.built_in):
            part.setFont(look.font(14))

    def show_state(self) -> None:
        path = getattr(self.store.state, self.field.name)
        said = Path(path).name if path else "a bear in the hills"
        room = max(self.name.width(), 60)
        self.name.setText(self.name.fontMetrics().elidedText(said, Qt.TextElideMode.ElideMiddle, room))
        self.name.setToolTip(path)
        self.built_in.setEnabled(bool(path))

    def _ask(self) -> None:
        path = getattr(self.store.state, self.field.name)
        dialog = QFileDialog(self.window(), "Open a picture", str(Path(path).parent) if path else "", KINDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def take(self, path: str) -> None:
        """Show this picture, if it can be read; else say why not, and keep the one that is shown."""
        found = self.field.read(path)
        told = str(found) if isinstance(found, Problem) else pictures.load(found)
        self.problem.setText(told if isinstance(told, str) else "")
        self.problem.setVisible(isinstance(told, str))
        if not isinstance(told, str):
            self.store.act(lambda state: replace(state, **{self.field.name: found}))
            self.turned()
