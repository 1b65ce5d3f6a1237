"""What the keyboard and screen readers reach of a space: its handles."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from mmlviz.core.controls import XY, Handle3
from mmlviz.qt.proxy import Grip

if TYPE_CHECKING:
    from mmlviz.qt.space import SpaceCanvas

KEY = Qt.Key
ALONG = {
    KEY.Key_Left: (0, -1.0), KEY.Key_Right: (0, 1.0), KEY.Key_Down: (1, -1.0), KEY.Key_Up: (1, 1.0),
    KEY.Key_PageDown: (2, -1.0), KEY.Key_PageUp: (2, 1.0),
}  # fmt: skip


class SpaceProxy(Grip):
    """The grip of a handle of a space: left and right move it along x, up and down along y, the pages along z."""

    keys = ALONG

    def __init__(self, handle: Handle3, canvas: "SpaceCanvas") -> None:
        said = f"{handle.name}: arrows along x and y, Page Up and Down along z"
        super().__init__(f"handle3.{handle.key}", said, handle, canvas)
        self.handle, self.canvas = handle, canvas

    @property
    def pixel(self) -> XY:
        seen = self.canvas.item.projection
        assert seen is not None  # else it is hidden
        return self.canvas.hand.pixel(self.handle, seen)

    @property
    def place(self) -> str:
        return self.canvas.place(self.handle)

    def nudge(self, key: Qt.Key, factor: float) -> None:
        seen = self.canvas.item.projection
        if seen is not None:
            axis, way = ALONG[key]
            self.canvas.hand.nudge_in_space(self.handle, axis, way * factor, seen)
