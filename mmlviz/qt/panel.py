"""The control panel: built from a lab's declaration, it shows a state and reports what is done to it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mmlviz.core.controls import Buttons, Choose, Control, Group, OpenPicture, Play, Slider, Strip, Tick, Typed
from mmlviz.core.options import Formula
from mmlviz.core.store import Store
from mmlviz.qt.choices import ButtonsRow, ChooseRow, TickRow, TypedRow
from mmlviz.qt.formula_row import FormulaRow
from mmlviz.qt.look import Look
from mmlviz.qt.picture_row import PictureRow
from mmlviz.qt.rows import PlayRow, Row, SliderRow
from mmlviz.qt.strip import StripRow


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


ROWS: dict[type, Any] = {
    Slider: SliderRow, Play: PlayRow, Choose: ChooseRow, Tick: TickRow, Typed: TypedRow, Strip: StripRow,
    OpenPicture: PictureRow,
}  # fmt: skip


def _row(control: Control, store: Store) -> Row:
    if isinstance(control, Buttons):
        return ButtonsRow(control, store)
    field = store.lab.field(control.field)
    made: Any = FormulaRow if isinstance(field, Formula) else ROWS[type(control)]
    row: Row = made(control, field, store)
    return row


def _set_shown(part: QWidget, is_shown: bool) -> None:
    if part.isHidden() == is_shown:  # else the panel would be laid out anew with every frame
        part.setVisible(is_shown)


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
        text = self._to_try = QLabel(store.lab.to_try(store.state))
        text.setWordWrap(True)
        tries.body.addWidget(text)
        buttons = QHBoxLayout()
        buttons.addWidget(presets, 1)
        buttons.addWidget(reset)
        tries.body.addLayout(buttons)
        self._column.addWidget(tries)
        self._tries, self._store, self._is_projector = tries, store, False
        self._groups: dict[Card, Group] = {}
        self.rows: list[Row] = []
        for group in store.lab.groups:
            self._add(group, store)
        self._column.addStretch(1)
        self.setWidget(body)

    def _add(self, group: Group, store: Store) -> None:
        card = Card(group.title)
        for control in group.controls:
            row = _row(control, store)
            card.body.addWidget(row)
            self.rows.append(row)
        self._column.addWidget(card)
        self._groups[card] = group

    def show_look(self, look: Look) -> None:
        """Colours and sizes of this look."""
        self.setFixedWidth(look.px(245) if look.is_projector else look.px(340))
        self._column.setSpacing(look.px(10))
        for card in (self._tries, *self._groups):
            card.show_look(look)
        for row in self.rows:
            row.show_look(look)
        self._is_projector = look.is_projector
        self._show_parts()

    def _show_parts(self) -> None:
        """Hide what the state has no use for, and in projector mode what is not in use."""
        state = self._store.shown[0]  # what slow work is going on for is not asked yet
        for card, group in self._groups.items():
            _set_shown(card, group.shown(state) and (group.is_in_projector or not self._is_projector))
        for row in self.rows:
            _set_shown(row, row.control.shown(state))

    def show_state(self) -> None:
        """Show the present state in every control."""
        self._show_parts()
        self._to_try.setText(self._store.lab.to_try(self._store.shown[0]))
        for row in self.rows:
            if row.isVisibleTo(self):  # what a hidden one would show need not be there
                row.show_state()

    @property
    def play(self) -> PlayRow | None:
        """The transport that belongs to the state, if there is one."""
        state = self._store.shown[0]
        here = [c for group in self._groups.values() if group.shown(state) for c in group.controls if c.shown(state)]
        return next((r for r in self.rows if isinstance(r, PlayRow) and r.control in here), None)
