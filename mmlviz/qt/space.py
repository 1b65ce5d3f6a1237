"""The canvas of a space: it shows marks in a box, and is turned and zoomed. It has what a Canvas has for a tab."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from mmlviz.core import theme
from mmlviz.core.controls import Handle, Handle3
from mmlviz.core.layout import Space
from mmlviz.core.marks import Mark
from mmlviz.core.store import Store
from mmlviz.core.view import Camera, SpaceView
from mmlviz.core.words import show
from mmlviz.qt.cursors import cursor
from mmlviz.qt.hand import Hand
from mmlviz.qt.items.space_scene import SpaceScene
from mmlviz.qt.look import Look, look_of
from mmlviz.qt.overlay import Overlay
from mmlviz.qt.proxy import ARROWS
from mmlviz.qt.space_proxy import SpaceProxy
from mmlviz.qt.zoom_buttons import ZoomButtons
from mmlviz.qt.zooming import ZOOM, is_pinch, pinch_factor, wheel_factor

PER_PIXEL = 0.4  # degrees that a pixel of a drag turns, at a desk
STEP, LARGE = 5.0, 3.0  # degrees of an arrow key, and how many times as many with Shift
BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class SpaceCanvas(QWidget):
    """A pane with three axes. A drag turns it, or moves the handle that it began at.

    While it is turned, the view says that it is moving.
    """

    keeps_sight = False  # all of its box is always in sight

    def __init__(self, space: Space, store: Store, hand: Hand, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(space.title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setMouseTracking(True)
        self.plane, self.store, self.hand = space, store, hand
        self.item = SpaceScene()
        self.is_bare = False
        self._dragged: QPointF | None = None  # where the pointer was last, while it turns
        self._began = space.home
        self._has_ring = False
        self._cut = 0.0  # pixels below that belong to the line in the corner
        self.look = look_of(theme.NAMES[0], False)
        self.handles = [SpaceProxy(h, self) for h in store.lab.handles3 if h.pane == space.name]
        self.overlay = Overlay(self)
        acts: tuple[Callable[[], None], ...] = (lambda: self.zoom(1 / ZOOM), lambda: self.zoom(ZOOM), self.fit)
        self.buttons = ZoomButtons(self, space.title, acts)

    @property
    def pane(self) -> SpaceView:
        """How this pane is looked at."""
        return self.store.view.spaces[self.plane.name]

    @property
    def proxies(self) -> list[QWidget]:
        """What Tab goes through: itself, which arrow keys turn, and its handles."""
        return [self, *self.handles]

    def viewport(self) -> QWidget:
        """What is painted: itself."""
        return self

    # Showing -----------------------------------------------------------------------------------

    def show_look(self, look: Look) -> None:
        """Use these colours and sizes from now on."""
        self.look = look
        self.buttons.show_look(look)
        self.overlay.show_look(look)
        self._point()
        self._lay_out()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show these marks from the present camera."""
        self.item.show_marks(marks, self.pane, self.look, self._dragged is not None or self.store.is_moving)
        self.item.space = self._above_the_line()
        is_seen, shown = self.item.projection is not None, self.store.shown
        for proxy in self.handles:
            proxy.stand(is_seen and proxy.handle.shown(*shown), self.look.scale)
        self.update()

    def show_hint(self, text: str) -> None:
        """What to say in the corner."""
        if text != self.overlay.hint:
            self.overlay.show_hint(text)
            self.item.space = self._above_the_line()  # with more room or less
            self.update()

    def set_bare(self, is_bare: bool) -> None:
        """Leave out, or show again, what is not of the picture: buttons, hints, focus rings."""
        self.is_bare = is_bare
        self.buttons.setVisible(not is_bare)
        self.overlay.set_bare(is_bare)
        self.item.space = self._above_the_line()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.colour("background"))
        self.item.paint(painter)
        if self._has_ring and self.hasFocus() and not self.is_bare:
            painter.setPen(QPen(self.look.colour("accent"), 2 * self.look.scale))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _above_the_line(self) -> SpaceView:
        """The space on the screen: a line in the corner would lie over the names of axes.

        While something is held in it nothing jumps, though the line goes.
        """
        if self._dragged is None and self.hand.pane != self.plane.name:
            has_line = bool(self.overlay.hint) and not self.overlay.isHidden()
            self._cut = float(self.height() - self.overlay.y()) if has_line else 0.0
        pane = self.pane
        return replace(pane, height=pane.height - (0.0 if self.is_bare else self._cut))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        resized = replace(self.pane, width=float(self.width()), height=float(self.height()))
        self.store.look(self.store.view.with_space(self.plane.name, resized))
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.overlay.say("")  # only now do fonts and margins stand

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._let_go()

    def _lay_out(self) -> None:
        self.buttons.adjustSize()
        self.buttons.move(self.width() - self.buttons.width() - 8, 8)
        place = self.buttons.geometry()
        self.item.reserved = [(place.x(), place.y(), place.width(), place.height())]
        self.overlay.lay_out()

    # Turning -----------------------------------------------------------------------------------

    def look_from(self, camera: Camera, is_moving: bool | None = None) -> None:
        """Look from there, in the midst of a drag or not; not while a handle is held, which would run away."""
        if self.hand.held is not None:
            return
        view = self.store.view.with_space(self.plane.name, replace(self.pane, camera=camera))
        self.store.look(view if is_moving is None else replace(view, is_moving=is_moving))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            at, seen, handle = event.position(), self.item.projection, self._handle_at(event.position())
            if handle is not None and seen is not None:
                next(p for p in self.handles if p.handle is handle).setFocus(Qt.FocusReason.MouseFocusReason)
                self.hand.grab_in_space(handle, at.x(), at.y(), seen)
            else:
                self._dragged, self._began = at, self.pane.camera
            self._point(handle)

    def _handle_at(self, at: QPointF) -> Handle3 | None:
        seen = self.item.projection
        return None if seen is None else self.hand.find_in_space(self.plane.name, at.x(), at.y(), seen)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._let_go()  # the release went somewhere else
            self._point(self._handle_at(event.position()))
        if self.hand.held is not None:
            self.hand.move(event.position().x(), event.position().y())
            self._point(self.hand.held)
            return
        if self._dragged is None:
            return
        way, self._dragged = event.position() - self._dragged, event.position()
        share = PER_PIXEL / self.look.scale
        self.look_from(self.pane.camera.turned(-way.x() * share, way.y() * share), is_moving=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._let_go()

    def _let_go(self) -> None:
        """The finer picture follows."""
        if self.hand.held is not None:
            self.hand.release()
            self._point()
        if self._dragged is not None:
            self._dragged = None
            self._point()
            self.look_from(self.pane.camera, is_moving=False)

    def _point(self, handle: Handle | Handle3 | None = None) -> None:
        """The pointer's shape, and what it is at."""
        is_held = self._dragged is not None or self.hand.held is not None
        shape = Qt.CursorShape.CrossCursor if handle is not None else Qt.CursorShape.OpenHandCursor
        self.setCursor(cursor(Qt.CursorShape.ClosedHandCursor if is_held else shape, self.look))
        self.overlay.say("" if handle is None else self._of(handle))

    def _of(self, handle: Handle | Handle3) -> str:
        why = handle.said(*self.store.shown) if handle.said else ""
        return why or f"{handle.name} {self.place(handle)}"

    def place(self, handle: Handle | Handle3) -> str:
        """Where a handle is: (1, 2, 3)."""
        return f"({', '.join(map(show, handle.at(*self.store.shown)))})"

    def leaveEvent(self, event: QEvent) -> None:
        self.overlay.say("")

    # Zoom --------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = wheel_factor(event)
        if factor is not None:
            self.zoom(factor)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if is_pinch(event):
            pinched = pinch_factor(self, event)
            if pinched is not None:
                self.zoom(pinched[0])
            return True
        return super().event(event)

    def zoom(self, factor: float) -> None:
        """What is seen times factor."""
        self.look_from(self.pane.camera.zoomed(factor))

    def fit(self) -> None:
        """The opening camera: all of the box, from where it is seen best."""
        self.home()

    def box_of(self, state: Any, result: Any) -> None:
        """No box of ranges: it is where it is, and a lab keeps what matters inside it."""

    def fit_if_needed(self, is_new: bool = False) -> None:
        """Nothing: all of the box is always in sight."""

    def home(self) -> None:
        """Back to the opening camera."""
        self.look_from(self.plane.home)

    # Keys --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.hand.held is not None:
            self.hand.cancel()
            self._point()
        elif event.key() == Qt.Key.Key_Escape and self._dragged is not None:
            self._dragged = None
            self._point()
            self.look_from(self._began, is_moving=False)
        elif event.key() in ARROWS and self.hand.held is None:
            turn, tilt = ARROWS[Qt.Key(event.key())]
            by = STEP * (LARGE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            self.look_from(self.pane.camera.turned(turn * by, tilt * by))
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._has_ring = event.reason() in BY_KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._has_ring = False
        super().focusOutEvent(event)
