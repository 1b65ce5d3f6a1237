"""The control panel: built from a lab's declaration, it shows a state and reports what is done to it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mmlviz.core.controls import Group, Slider
from mmlviz.core.store import Store
from mmlviz.qt.look import Look
from mmlviz.qt.rows import PlayRow, SliderRow


class Card(QFrame):
    """A titled group."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        if title:
            heading = QLabel(title)
            heading.setObjectName("heading")
            self.body.addWidget(heading)

    def show_look(self, look: Look) -> None:
        """Margins of this look."""
        self.body.setContentsMargins(look.px(12), look.px(9), look.px(12), look.px(11))
        self.body.setSpacing(look.px(5))


class Panel(QScrollArea):
    """All controls of a tab."""

    def __init__(self, store: Store, presets: QPushButton, reset: QPushButton) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setObjectName("panelBody")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        tries = Card("Try")
        text = QLabel(store.lab.tries)
        text.setWordWrap(True)
        tries.body.addWidget(text)
        buttons = QHBoxLayout()
        buttons.addWidget(presets, 1)
        buttons.addWidget(reset)
        tries.body.addLayout(buttons)
        self._column.addWidget(tries)
        self._cards = {tries: True}  # and whether it is kept in projector mode
        self.rows: list[SliderRow | PlayRow] = []
        for group in store.lab.groups:
            self._add(group, store)
        self._column.addStretch(1)
        self.setWidget(body)

    def _add(self, group: Group, store: Store) -> None:
        card = Card(group.title)
        for control in group.controls:
            field = store.lab.field(control.field)
            row = SliderRow(control, field, store) if isinstance(control, Slider) else PlayRow(control, field, store)
            card.body.addWidget(row)
            self.rows.append(row)
        self._column.addWidget(card)
        self._cards[card] = group.is_in_projector

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        self.setFixedWidth(look.px(245) if look.is_projector else look.px(340))
        self._column.setSpacing(look.px(10))
        for part in (*self._cards, *self.rows):
            part.show_look(look)
        for card, is_kept in self._cards.items():
            card.setVisible(is_kept or not look.is_projector)

    def show_state(self) -> None:
        """Show the present state in every control."""
        for row in self.rows:
            row.show_state()

    @property
    def play(self) -> PlayRow | None:
        """The transport, if the lab has one."""
        return next((r for r in self.rows if isinstance(r, PlayRow)), None)
