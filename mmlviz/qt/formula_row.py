"""The row for a formula: an entry, a list of formulas to pick from, and the formula as it is read."""

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from mmlviz.core import formula as f
from mmlviz.core.controls import Typed
from mmlviz.core.options import Formula
from mmlviz.core.store import Store
from mmlviz.maths.number import Problem
from mmlviz.qt.choices import TypedRow
from mmlviz.qt.formula import typeset
from mmlviz.qt.look import Look

HEIGHT = 46  # pixels at a desk of the printed formula


class Printed(QWidget):
    """A formula in print, as large as there is room for; an empty place where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._look: Look | None = None
        self.node: f.Node | None = None

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        self._look = look
        self.setFixedHeight(look.px(HEIGHT))

    def show_formula(self, node: f.Node | None) -> None:
        """Show this one from now on."""
        if node != self.node:
            self.node = node
            self.setAccessibleName("" if node is None else f.plain(node))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.node is None or self._look is None:
            return
        picture = typeset(self.node, self._look, self.devicePixelRatioF())
        size = picture.deviceIndependentSize()
        shrink = min(1.0, self.width() / size.width(), self.height() / size.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        top = (self.height() - size.height() * shrink) / 2
        painter.drawPixmap(QRectF(0, top, size.width() * shrink, size.height() * shrink).toRect(), picture)
        painter.end()


class FormulaRow(TypedRow):
    """f(x) =, an entry, and a button with formulas to pick from; below it how what is typed is read, key by key."""

    def __init__(self, control: Typed, field: Formula, store: Store) -> None:
        super().__init__(control, field, store)
        self.formula = field
        names = ", ".join(field.variables)
        self.label.setText(control.label or f"{field.name}({names}) =")
        self.offered = QPushButton("▾")
        self.offered.setObjectName(f"{store.lab.id}.{field.name}.offered")
        self.offered.setToolTip("Formulas to pick from")
        self.offered.setAccessibleName(f"Formulas to pick from for {field.label}")
        self.offered.setMenu(self._menu())
        self.offered.setVisible(bool(field.options))
        self.parts.addWidget(self.offered)
        self.printed = Printed()
        self.column.addWidget(self.printed)
        self.entry.textChanged.connect(self._print)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        titles = self.formula.titles or self.formula.options
        for title, option in zip(titles, self.formula.options, strict=True):
            action = QAction(title, menu)
            action.triggered.connect(lambda checked=False, option=option: self._pick(option))
            menu.addAction(action)
        return menu

    @property
    def focusable(self) -> list[QWidget]:
        return [self.entry, self.offered]

    def show_look(self, look: Look) -> None:
        super().show_look(look)
        self.label.setFont(look.font(15, is_italic=True))
        self.offered.menu().setFont(look.font(14))
        self.offered.setFixedWidth(look.px(32))
        self.printed.show_look(look)
        self._print()

    def _pick(self, option: str) -> None:
        self.drop_draft()
        self._take(option)

    def _print(self) -> None:
        """What is typed so far in print, with the key that takes it; nothing where it cannot be read."""
        from mmlviz.core.notation import notation  # loaded with the first formula
        from mmlviz.maths.expression import read

        tree = read(self.entry.text(), self.formula.variables)
        if isinstance(tree, Problem):
            self.printed.show_formula(None)
            return
        names = [part for name in self.formula.variables for part in (", ", f.Symbol(name))][1:]
        key = [f.Text("Enter: ")] if self.entry.is_draft else []
        self.printed.show_formula(f.row(*key, f.Symbol(self.formula.name), "(", *names, ")", "=", notation(tree)))

    def _take(self, word: Any) -> None:
        super()._take(word)
        self._print()
