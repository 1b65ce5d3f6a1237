"""The canvas: one plane that shows marks, and can be dragged, zoomed and read."""

from dataclasses import replace
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView

from mmlviz.core import theme
from mmlviz.core.controls import XY, Click, Handle
from mmlviz.core.lab import Hint
from mmlviz.core.layout import Plane
from mmlviz.core.marks import Mark
from mmlviz.core.placement import Rect
from mmlviz.core.store import Store
from mmlviz.core.view import PaneView
from mmlviz.core.words import pair
from mmlviz.maths.lattice import Box
from mmlviz.qt.cursors import cursor
from mmlviz.qt.hand import Hand, finest_steps, rounded
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.scene import SceneItem
from mmlviz.qt.kept_clear import kept_clear
from mmlviz.qt.look import Look, look_of
from mmlviz.qt.overlay import Overlay
from mmlviz.qt.proxy import ARROWS, Cursor, HandleProxy, Proxy
from mmlviz.qt.zoom_buttons import ZoomButtons
from mmlviz.qt.zooming import ZOOM, is_pinch, pinch_factor, wheel_factor

STILL = 6  # pixels within which a press and its release are a click


class Canvas(pg.GraphicsView):
    """A pane of a tab. It shows what it is given, and tells the Store and the hand what a person does."""

    def __init__(self, plane: Plane, store: Store, hand: Hand, name: str) -> None:
        super().__init__(background=None)
        self.setObjectName(name)
        self.setAccessibleName(plane.title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing behind need be painted
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # of one colour: a picture of it is 5 MB a canvas
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.plane, self.store, self.hand = plane, store, hand
        box = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        box.disableAutoRange()
        self.setCentralItem(box)
        self.setAcceptDrops(False)  # files are for the window
        self.box = box
        self.item = SceneItem(box)
        self.is_bare = False
        self._panned: QPointF | None = None
        self._pan_began = plane.home
        self._clicked: tuple[Click, QPointF] | None = None  # pressed, and not moved since
        self._pointed: QPointF | None = None  # where the pointer is, while it only points
        self._cursor_at: XY | None = None  # where the keyboard's cursor is, while it points
        self._marks: tuple[Mark, ...] = ()
        self._lit: tuple[Mark, ...] = ()  # by what is pointed at
        self.look = look_of(theme.NAMES[0], False)
        self.handles = [HandleProxy(h, self) for h in store.lab.handles if h.pane == plane.name]
        self.cursors = [Cursor(c, self) for c in store.lab.clicks if c.pane == plane.name]
        self.overlay = Overlay(self.viewport())
        acts = (lambda: self.zoom(1 / ZOOM), lambda: self.zoom(ZOOM), self.fit)
        self.buttons = ZoomButtons(self.viewport(), plane.title, acts)

    @property
    def pane(self) -> PaneView:
        """How this pane is looked at."""
        return self.store.view[self.plane.name]

    @property
    def keeps_sight(self) -> bool:
        """Whether it is fitted when the hand rests."""
        return self.plane.keeps_sight

    @property
    def proxies(self) -> list[Proxy]:
        """What Tab goes through."""
        return [*self.handles, *self.cursors]

    # Showing -----------------------------------------------------------------------------------

    def show_look(self, look: Look) -> None:
        """Use these colours and sizes from now on."""
        self.setBackground(look.colour("background"))
        self.buttons.show_look(look)
        self.overlay.show_look(look)
        self.look = look
        self._lay_out()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show these marks in the present view."""
        self._marks = marks
        self._show()
        if self._pointed is not None:  # what is under a resting pointer has changed
            self._hover(self._pointed)
        elif self._cursor_at is not None:
            self.point_at(self._cursor_at)
        self._place_proxies()

    def _show(self) -> None:
        """The marks; those that what is pointed at lights up take the place of others with the same key."""
        pane = self.pane
        marks = tuple({mark.key: mark for mark in (*self._marks, *self._lit)}.values()) if self._lit else self._marks
        self.item.show_marks(marks, pane, self.look)
        self.item.reserved = [self._under_buttons(), *kept_clear(marks, pane, self.look, self.devicePixelRatioF())]
        self.viewport().update()

    def _light(self, marks: tuple[Mark, ...] = ()) -> None:
        """Light up these marks, and no others."""
        if marks is not self._lit:
            self._lit = marks
            self._show()

    def _place_proxies(self) -> None:
        shown, scale = self.store.shown, self.pane.scale
        for proxy in self.handles:
            proxy.stand(proxy.handle.shown(*shown), scale)
        for each in self.cursors:
            each.stand(each.click.shown(*shown), scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "buttons"):  # pyqtgraph sends the first event while we are being built
            self._resized()

    def _resized(self) -> None:
        pane = self.pane
        size = self.viewport().size()
        resized = replace(pane, width=float(size.width()), height=float(size.height()))
        self.store.look(self.store.view.with_pane(self.plane.name, resized))
        self._lay_out()

    def _lay_out(self) -> None:
        self.buttons.adjustSize()
        self.buttons.move(self.viewport().width() - self.buttons.width() - 8, 8)
        self.item.reserved = [self._under_buttons()]
        self.overlay.lay_out()  # lines break elsewhere now

    def _under_buttons(self) -> Rect:
        place = self.buttons.geometry()
        return place.x(), place.y(), place.width(), place.height()

    def set_bare(self, is_bare: bool) -> None:
        """Leave out, or show again, what is not of the picture: buttons, hints, focus rings."""
        self.is_bare = is_bare
        self.buttons.setVisible(not is_bare)
        self.overlay.set_bare(is_bare)

    # Mouse -------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at, self._pointed = event.position(), None
        self.overlay.thumbnail.hide()
        handle = self.hand.find(self.plane.name, at.x(), at.y())
        if handle is not None:
            self._proxy(handle).setFocus(Qt.FocusReason.MouseFocusReason)
            self.hand.grab(handle, at.x(), at.y())
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._panned, self._pan_began = at, self.pane.wanted
            click = self._click_at(at)
            self._clicked = (click, at) if click else None
        self._point_with(Qt.CursorShape.CrossCursor if self._clicked else Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._let_go()  # the release went somewhere else
        held = self.hand.held
        if isinstance(held, Handle):
            self.hand.move(at.x(), at.y())
            self.overlay.say(self._of(held))
        elif self._panned is not None:
            self._pan(self._panned, at)
        else:
            self._hover(at)

    def _pan(self, before: QPointF, at: QPointF) -> None:
        if self._clicked is not None and (at - self._clicked[1]).manhattanLength() < STILL:
            return
        self._clicked = None
        self._point_with(Qt.CursorShape.ClosedHandCursor)
        u, v = self.pane.per_pixel
        self._panned = at
        self.look_at(self.pane.moved((before.x() - at.x()) * u, (at.y() - before.y()) * v))

    def _click_at(self, at: QPointF) -> Click | None:
        """What a click on a pixel would do."""
        x, y = Pixels.of(self.pane).back(at.x(), at.y())
        shown = self.store.shown
        for each in self.cursors:
            x0, x1, y0, y1 = each.click.within or self.pane.box
            if each.click.shown(*shown) and x0 <= x <= x1 and y0 <= y <= y1:
                return each.click
        return None

    def click(self, click: Click, xy: XY) -> None:
        """Do what a click there does, as one undo step."""
        store = self.store
        at = rounded(xy, finest_steps(self.pane))

        def clicked(state: object) -> object:
            made = click.clicked(state, store.shown[1], at)
            return made if store.lab.allows(made) else state

        store.act(clicked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        clicked = self._clicked
        self._let_go()
        if clicked is not None:
            self.click(clicked[0], Pixels.of(self.pane).back(clicked[1].x(), clicked[1].y()))
        self._hover(event.position())

    def _let_go(self) -> None:
        self.hand.release()
        self._panned = self._clicked = None

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._let_go()
        self.item.forget()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)
        self._clicked = None  # the first click of the two has done what there is to do

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.overlay.say("")  # only now do fonts and margins stand

    def leaveEvent(self, event: QEvent) -> None:
        self._pointed = None
        self._say_nothing()

    def _say_nothing(self) -> None:
        self.overlay.say("")
        self._light()

    def _hover(self, at: QPointF) -> None:
        self._pointed = at
        handle = self.hand.find(self.plane.name, at.x(), at.y())
        shape = Qt.CursorShape.CrossCursor if self._click_at(at) else Qt.CursorShape.ArrowCursor
        self._point_with(Qt.CursorShape.OpenHandCursor if handle else shape)
        if handle is not None:
            self.overlay.say(self._of(handle))
            self._light()
        else:
            self.point_at(Pixels.of(self.pane).back(at.x(), at.y()))

    def _point_with(self, shape: Qt.CursorShape) -> None:
        self.viewport().setCursor(cursor(shape, self.look))

    def point_at(self, xy: XY) -> None:
        """Say what is at a place of the pane."""
        hint = self.store.lab.hover(*self.store.shown, self.plane.name, xy)
        self.overlay.show_at(hint, *Pixels.of(self.pane).at(xy))
        self._light(hint.marks if isinstance(hint, Hint) and not self.overlay.is_mute else ())

    def point_with_cursor(self, xy: XY | None) -> None:
        """The keyboard's cursor is at this place, or nowhere any more."""
        self._cursor_at = xy
        if xy is not None:
            self.point_at(xy)
        elif self._pointed is None:
            self._say_nothing()

    def _of(self, handle: Handle) -> str:
        why = handle.said(*self.store.shown) if handle.said else ""
        return why or f"{handle.name} {pair(self.hand.at(handle))}"

    def show_hint(self, text: str) -> None:
        """What to say while nothing is pointed at."""
        self.overlay.show_hint(text)

    def _proxy(self, handle: Handle) -> HandleProxy:
        return next(p for p in self.handles if p.handle is handle)

    # Zoom --------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = wheel_factor(event)
        if factor is not None:
            self.zoom(factor, event.position())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if is_pinch(event):
            pinched = pinch_factor(self, event)
            if pinched is not None:
                self.zoom(*pinched)
            return True
        return bool(super().viewportEvent(event))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Spans times factor, about a pixel or the middle."""
        pane = self.pane
        point = Pixels.of(pane).back(at.x(), at.y()) if at is not None else None
        self.look_at(pane.zoomed(factor, point))

    def box_of(self, state: Any, result: Any) -> Box | None:
        """The box of this pane that holds what matters in a state; None where the lab names none."""
        fit = self.store.lab.fit
        return fit(state, result, self.plane.name) if fit is not None else None

    def fit(self) -> None:
        """Show everything that matters."""
        self.look_at(replace(self.pane, wanted=self.box_of(*self.store.shown) or self.plane.home))

    def fit_if_needed(self, is_new: bool = False) -> None:
        """Fit, as a part of the newest step, unless what matters can be seen as the pane is."""
        box, pane = self.box_of(*self.store.shown), self.pane
        if box is not None and not pane.suits(box, is_new):
            self.store.look_with_step(self.store.view.with_pane(self.plane.name, replace(pane, wanted=box)))

    def home(self) -> None:
        """Back to the opening range, or the one that the state asks for."""
        self.look_at(replace(self.pane, wanted=self.plane.home_in(self.store.state)))

    def look_at(self, pane: object) -> None:
        self.store.look(self.store.view.with_pane(self.plane.name, pane))  # type: ignore[arg-type]

    # Keys --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.hand.held is not None:
            self.hand.cancel()
        elif event.key() == Qt.Key.Key_Escape and self._panned is not None:
            self._panned = self._clicked = None
            self.look_at(replace(self.pane, wanted=self._pan_began))
        elif event.key() in ARROWS and self.hand.held is None:
            dx, dy = ARROWS[Qt.Key(event.key())]
            pane = self.pane
            self.look_at(pane.moved(dx * 40 * pane.per_pixel[0], dy * 40 * pane.per_pixel[1]))
        else:
            event.ignore()  # super() would pass it to the scene, which eats it
