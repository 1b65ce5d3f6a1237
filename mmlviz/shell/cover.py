"""What lies over a picture while the class is to look at nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from mmlviz.qt.look import Look


class Cover(QLabel):
    """A plain surface over an area of a tab; it takes the mouse, and says how to get rid of it."""

    def __init__(self, tab: QWidget, text: str) -> None:
        super().__init__(text, tab)
        self.setObjectName("cover")
        self.setAccessibleName(text)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAutoFillBackground(True)
        self.hide()

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        self.setFont(look.font(15))
        palette = look.palette()
        palette.setColor(palette.ColorRole.Window, look.colour("background"))
        palette.setColor(palette.ColorRole.WindowText, look.text_colour("muted"))
        self.setPalette(palette)

    def lie_over(self, parts: list[QWidget], is_on: bool) -> None:
        """Cover these widgets, or go."""
        area = parts[0].geometry()
        for part in parts[1:]:
            area = area.united(part.geometry())
        self.setGeometry(area)
        self.setVisible(is_on)
        self.raise_()
