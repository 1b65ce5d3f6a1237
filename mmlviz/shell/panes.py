"""The panes of a tab: canvases and tables within splitters, and buttons to choose one where only one has room."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from mmlviz.core.layout import Layout, Pane, Plane, Space, Split, panes
from mmlviz.core.store import Store
from mmlviz.core.table import Table
from mmlviz.qt.canvas import Canvas
from mmlviz.qt.hand import Hand
from mmlviz.qt.space import SpaceCanvas
from mmlviz.qt.table import TableView

NARROW = 750  # pixels of canvas at a desk below which panes show one at a time


class Panes:
    """Which panes are seen, and how the room is shared."""

    def __init__(self, store: Store, hand: Hand, chosen: Callable[[], object], moved: Callable[[], object]) -> None:
        self._store, self._hand, self._moved = store, hand, moved
        self._all = tuple(panes(store.lab.layout))
        self._in_state: set[str] = set()
        self.canvases: dict[str, Canvas | SpaceCanvas] = {}
        self.tables: dict[str, TableView] = {}
        self._frames: dict[str, QWidget] = {}
        self._titles: dict[str, QLabel] = {}
        self.splitters: list[QSplitter] = []
        self._opening_sizes: list[list[int]] = []
        self._by_hand: dict[int, tuple[int, ...]] = {}  # sizes of the splitters that a hand has moved, in pixels
        self.area = self._build(store.lab.layout)
        self.choice = QButtonGroup()
        self.switch = self._build_switch()
        self.choice.buttonToggled.connect(lambda *_: chosen())
        self.belong(store.state)

    def _build(self, layout: Layout) -> QWidget:
        if not isinstance(layout, Split):
            return self._build_pane(layout)
        splitter = QSplitter(Qt.Orientation.Vertical if layout.is_column else Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        for k, part in enumerate(layout.parts):
            splitter.addWidget(self._build(part))
            splitter.setStretchFactor(k, part.weight)
        sizes, place = [1000 * part.weight for part in layout.parts], len(self.splitters)
        splitter.setSizes(sizes)
        self.splitters.append(splitter)
        self._opening_sizes.append(sizes)
        splitter.splitterMoved.connect(lambda *_: self._note(place))
        return splitter

    def _build_pane(self, pane: Pane) -> QWidget:
        inner = self._build_table(pane) if isinstance(pane, Table) else self._build_canvas(pane)
        inner.setMinimumSize(160, 120)
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        title = self._titles[pane.name] = QLabel(pane.title)
        title.setObjectName("heading")
        column.addWidget(title)
        column.addWidget(inner, 1)
        self._frames[pane.name] = frame
        return frame

    def _build_canvas(self, pane: Plane | Space) -> Canvas | SpaceCanvas:
        name = f"{self._store.lab.id}.{pane.name if self.canvases else 'canvas'}"
        made: Canvas | SpaceCanvas
        if isinstance(pane, Plane):
            made = Canvas(pane, self._store, self._hand, name)
        else:
            made = SpaceCanvas(pane, self._store, self._hand, name)
        self.canvases[pane.name] = made
        return made

    def _build_table(self, table: Table) -> TableView:
        store = self._store

        def ticked(row: int) -> None:
            if table.ticked is not None:
                turned = table.ticked
                store.act(lambda state: turned(state, row))

        view = self.tables[table.name] = TableView(table, ticked, f"{store.lab.id}.{table.name}")
        return view

    def _build_switch(self) -> QWidget:
        switch = QWidget()
        row = QHBoxLayout(switch)
        row.setContentsMargins(0, 0, 0, 0)
        for pane in self._all:
            button = QPushButton(pane.title)
            button.setCheckable(True)
            button.setProperty("pane", pane.name)
            button.setProperty("shared", True)
            self.choice.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.choice.buttons()[0].setChecked(True)
        return switch

    # Which are seen ----------------------------------------------------------------------------

    def belong(self, state: Any) -> bool:
        """Take those that belong to a state; returns whether they are others than before."""
        before = self._in_state
        self._in_state = {pane.name for pane in self._all if pane.shown(state)}
        return self._in_state != before

    def share(self, room: float) -> None:
        """Show all of them, or the chosen one where the room, in pixels at a desk, is narrow."""
        is_narrow = len(self._in_state) > 1 and room < NARROW
        self.switch.setVisible(is_narrow)
        chosen = self._chosen()
        for name, frame in self._frames.items():
            frame.setVisible(name in self._in_state and (not is_narrow or name == chosen))
        shown = [name for name, frame in self._frames.items() if not frame.isHidden()]
        for name, title in self._titles.items():
            title.setVisible(shown != [name])  # one alone needs no name
        for splitter in self.splitters:
            splitter.setVisible(any(not f.isHidden() for f in self._frames.values() if splitter.isAncestorOf(f)))

    def _chosen(self) -> str:
        names = [name for name in self._frames if name in self._in_state]
        for button in self.choice.buttons():
            button.setVisible(button.property("pane") in names)
        checked = self.choice.checkedButton()
        chosen = str(checked.property("pane")) if checked else ""
        if chosen in names:
            return chosen
        first = next(b for b in self.choice.buttons() if b.property("pane") == names[0])
        first.setChecked(True)  # which shares the room anew, with this one chosen
        return names[0]

    @property
    def left_out(self) -> list[str]:
        """The titles of those that belong to the state and have no room."""
        here = [pane for pane in self._all if pane.name in self._in_state]
        return [pane.title for pane in here if self._frames[pane.name].isHidden()]

    # Splitters ---------------------------------------------------------------------------------

    @property
    def splits(self) -> tuple[tuple[int, ...], ...]:
        """Sizes of the splitters in pixels; none for one that no hand has moved."""
        return tuple(self._by_hand.get(k, ()) for k in range(max(self._by_hand, default=-1) + 1))

    def split(self, splits: tuple[tuple[int, ...], ...]) -> None:
        """Move the splitters, those without sizes to where they were at the opening."""
        self._by_hand.clear()
        for k, splitter in enumerate(self.splitters):
            sizes = splits[k] if k < len(splits) else ()
            if len(sizes) == splitter.count():
                splitter.setSizes(list(sizes))
                self._by_hand[k] = sizes
            else:
                splitter.setSizes(self._opening_sizes[k])

    def _note(self, place: int) -> None:
        self._by_hand[place] = tuple(self.splitters[place].sizes())
        self._moved()
