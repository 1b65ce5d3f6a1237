"""Rows of the panel that are not sliders: lists, boxes to tick, words, buttons."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from mmlviz.core.controls import Button, Buttons, Choose, Tick, Typed
from mmlviz.core.options import Choice, Formula, Switch, Word
from mmlviz.core.store import Store
from mmlviz.qt.entry import Entry
from mmlviz.qt.look import Look
from mmlviz.qt.rows import EntryRow, Row


def _taken(control: Choose | Typed, state: Any, value: str) -> Any:
    """The state that a choice or a word makes."""
    return control.taken(state, value) if control.taken else replace(state, **{control.field: value})


def _said(label: str) -> str:
    """A field's label at the beginning of a row; a symbol such as f stays as it is."""
    return label if len(label) == 1 else label[:1].upper() + label[1:]


class OptionList(QComboBox):
    """A list that leaves the wheel to the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # In front of a class the panel is narrow: a long option is cut there, not the panel.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChooseRow(Row):
    """A label and a list of options."""

    def __init__(self, control: Choose, field: Choice, store: Store) -> None:
        super().__init__()
        self.control, self.field, self.store = control, field, store
        self.label, self.list = QLabel(_said(control.label or field.label)), OptionList()
        self.list.setObjectName(f"{store.lab.id}.{field.name}")
        self.list.setAccessibleName(field.label)
        self.list.setToolTip(field.help)
        self.list.addItems([field.title(option) for option in field.options])
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.setMinimumContentsLength(6)  # the longest option must not make the panel too wide
        self.list.activated.connect(self._chosen)  # by a person only
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label)
        row.addWidget(self.list, 1)

    @property
    def focusable(self) -> list[QWidget]:
        return [self.list]

    def show_look(self, look: Look) -> None:
        self.label.setFont(look.font(14))
        self.list.setFont(look.font(14))

    def show_state(self) -> None:
        self.list.setCurrentIndex(self.field.options.index(getattr(self.store.state, self.field.name)))

    def _chosen(self, index: int) -> None:
        option = self.field.options[index]
        if option != getattr(self.store.state, self.field.name):
            self.store.act(lambda state: _taken(self.control, state, option))
            self.turned()


class TickRow(Row):
    """A box to tick."""

    def __init__(self, control: Tick, field: Switch, store: Store) -> None:
        super().__init__()
        self.control, self.field, self.store = control, field, store
        self.box = QCheckBox(_said(control.label or field.label))
        self.box.setObjectName(f"{store.lab.id}.{field.name}")
        self.box.setToolTip(field.help)
        self.box.clicked.connect(self._clicked)  # by a person only
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)

    @property
    def focusable(self) -> list[QWidget]:
        return [self.box]

    def show_look(self, look: Look) -> None:
        self.box.setFont(look.font(14))
        palette = look.palette()
        palette.setColor(QPalette.ColorRole.Window, look.colour("axis"))  # Fusion draws the box in a darker one
        self.box.setPalette(palette)

    def show_state(self) -> None:
        self.box.setChecked(getattr(self.store.state, self.field.name))

    def _clicked(self, is_on: bool) -> None:
        self.store.act(lambda state: replace(state, **{self.field.name: is_on}))
        self.turned()


class TypedRow(EntryRow):
    """A label and an entry for a word."""

    def __init__(self, control: Typed, field: Word | Formula, store: Store) -> None:
        super().__init__(Entry(field.read, self._take, field.write, field.help))
        self.control, self.field, self.store = control, field, store
        self.label = QLabel(_said(control.label or field.label))
        self.entry.smallest = 15  # it has the width of the panel
        self.entry.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.entry.setObjectName(f"{store.lab.id}.{field.name}")
        self.entry.setAccessibleName(field.label)
        self.parts.addWidget(self.label)
        self.parts.addWidget(self.entry, 1)

    @property
    def focusable(self) -> list[QWidget]:
        return [self.entry]

    def show_look(self, look: Look) -> None:
        self.label.setFont(look.font(14))
        self.entry.show_look(look)

    def show_state(self) -> None:
        self.entry.show_value(getattr(self.store.state, self.field.name))

    def _take(self, word: Any) -> None:
        if word != getattr(self.store.state, self.field.name):  # else it was only typed in another way
            self.store.act(lambda state: _taken(self.control, state, word))
            self.turned()


class ButtonsRow(Row):
    """Buttons side by side; one that would change nothing is out of use."""

    def __init__(self, control: Buttons, store: Store) -> None:
        super().__init__()
        self.control, self.store = control, store
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.buttons = []
        for button in control.buttons:
            made = QPushButton(button.title)
            made.setObjectName(f"{store.lab.id}.{button.key}")
            made.setToolTip(button.help)
            made.setProperty("primary", button.is_primary)
            made.setProperty("shared", True)  # a row is shared among them: they need little air of their own
            made.clicked.connect(lambda checked=False, button=button: self._press(button))
            row.addWidget(made, 1)
            self.buttons.append(made)

    @property
    def focusable(self) -> list[QWidget]:
        return list(self.buttons)

    def show_look(self, look: Look) -> None:
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(look.px(4))
        for button in self.buttons:
            button.setFont(look.font(14))

    def show_state(self) -> None:
        state = self.store.state
        for button, made in zip(self.control.buttons, self.buttons):
            is_shown = button.shown(state)
            if made.isHidden() == is_shown:
                made.setVisible(is_shown)
            if button.usable is None:
                self._show_use(button, made, button.pressed(state) != state)
            elif not self.store.is_moving:
                self._show_use(button, made, button.usable(state))

    def _show_use(self, button: Button, made: QPushButton, of_use: bool | str) -> None:
        """In use, or out of use with a reason where there is one."""
        if made.isEnabled() != (of_use is True):
            made.setEnabled(of_use is True)
        said = of_use if isinstance(of_use, str) else button.help
        if made.toolTip() != said:
            made.setToolTip(said)

    def _press(self, button: Button) -> None:
        self.store.act(button.pressed)
        if button.is_new:
            self.turned()
        if button.starts:
            self.started()
