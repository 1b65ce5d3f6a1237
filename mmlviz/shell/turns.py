"""Panes that take turns while something is dragged: the main ones come with every frame, the others one at a time."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, QTimer

from mmlviz.core.layout import Layout, panes

REST = 50  # milliseconds without a frame after which all panes are brought up to date


class Turns(QObject):
    """Says which panes a frame brings up to date; calls `late` once no frame follows and some have been left out."""

    def __init__(self, layout: Layout, late: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._taking = [pane.name for pane in panes(layout) if pane.takes_turns]
        self._last = ""
        self._is_late = False
        self._late = late
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._catch_up)

    def take(self, seen: Collection[str], held: str, is_moving: bool) -> set[str]:
        """Of the panes that are seen those of this frame: the one in which something is held is never left out."""
        waiting = [name for name in self._taking if name in seen and name != held]
        if not is_moving or self._is_late or len(waiting) < 2:
            self._is_late = False
            self._rest.stop()
            return set(seen)
        self._rest.start()
        self._last = waiting[(waiting.index(self._last) + 1) % len(waiting) if self._last in waiting else 0]
        return set(seen) - set(waiting) | {self._last}

    def _catch_up(self) -> None:
        self._is_late = True
        self._late()
