"""The canvas: one plane that shows marks, and can be dragged, zoomed and read."""

from dataclasses import replace

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QWidget

from mmlviz.core import theme
from mmlviz.core.controls import Handle
from mmlviz.core.layout import Plane
from mmlviz.core.marks import Mark
from mmlviz.core.store import Store
from mmlviz.core.words import pair
from mmlviz.qt.hand import Hand
from mmlviz.qt.items.pixels import Pixels
from mmlviz.qt.items.scene import SceneItem
from mmlviz.qt.look import Look

ZOOM = 1.25
SLACK = 1.2  # how far the comfortable box may reach beyond what is seen before a link is fitted
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


class Canvas(pg.GraphicsView):
    """A pane of a tab. It shows what it is given, and tells the Store and the hand what a person does."""

    def __init__(self, plane: Plane, store: Store, hand: Hand, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.setObjectName(name)
        self.setAccessibleName(plane.title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing behind need be painted
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.plane, self.store, self.hand = plane, store, hand
        box = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        box.disableAutoRange()
        self.setCentralItem(box)
        self.box = box
        self.item = SceneItem(box)
        self._panned: QPointF | None = None
        self._shown: tuple[float, ...] = ()
        self._look = Look(theme.load(theme.NAMES[0]))
        self.proxies = [HandleProxy(h, self) for h in store.lab.handles if h.pane == plane.name]
        self.overlay = QLabel(self.viewport())
        self.overlay.setObjectName("overlay")
        self.overlay.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.overlay.hide()
        self.buttons = ZoomButtons(self)

    # Showing -----------------------------------------------------------------------------------

    def show_look(self, look: Look) -> None:
        """Use these colours and sizes from now on."""
        self.setBackground(look.colour("background"))
        self.buttons.show_look(look)
        self.overlay.setFont(look.font(13))
        self._look = look
        self._lay_out()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show these marks in the present view."""
        pane = self.store.view[self.plane.name]
        if self._shown != pane.box:
            self._shown = pane.box
            self.box.setRange(xRange=pane.box[:2], yRange=pane.box[2:], padding=0, disableAutoRange=False)
        self.item.show_marks(marks, pane, self._look)
        self.viewport().update()
        pixels = Pixels.of(pane)
        for proxy in self.proxies:
            proxy.show_at(*pixels.at(self.hand.at(proxy.handle)), pane.scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "buttons"):  # pyqtgraph sends the first event while we are being built
            self._resized()

    def _resized(self) -> None:
        pane = self.store.view[self.plane.name]
        size = self.viewport().size()
        resized = replace(pane, width=float(size.width()), height=float(size.height()))
        self.store.look(self.store.view.with_pane(self.plane.name, resized))
        self._lay_out()

    def _lay_out(self) -> None:
        self.buttons.adjustSize()
        self.buttons.move(self.viewport().width() - self.buttons.width() - 8, 8)
        self.overlay.move(8, self.viewport().height() - self.overlay.height() - 8)

    # Mouse -------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            return
        at = event.position()
        handle = self.hand.find(self.plane.name, at.x(), at.y())
        if handle is not None:
            self._proxy(handle).setFocus(Qt.FocusReason.MouseFocusReason)
            self.hand.grab(handle, at.x(), at.y())
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._panned = at
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self.hand.held is not None:
            self.hand.move(at.x(), at.y())
            self._say(self._of_held(self.hand.held))
        elif self._panned is not None:
            u, v = self.store.view[self.plane.name].per_pixel
            pane = self.store.view[self.plane.name]
            moved = pane.moved((self._panned.x() - at.x()) * u, (at.y() - self._panned.y()) * v)
            self._panned = at
            self._look_at(moved)
        else:
            self._hover(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hand.release()
        self._panned = None
        self._hover(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._say("")

    def _hover(self, at: QPointF) -> None:
        handle = self.hand.find(self.plane.name, at.x(), at.y())
        shape = Qt.CursorShape.OpenHandCursor if handle else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        if handle is not None:
            self._say(f"{handle.name} {pair(self.hand.at(handle))}")
            return
        xy = Pixels.of(self.store.view[self.plane.name]).back(at.x(), at.y())
        self._say(self.store.lab.hover(self.store.state, self.store.result, self.plane.name, xy) or "")

    def _of_held(self, handle: Handle) -> str:
        why = handle.said(self.store.state, self.store.result) if handle.said else ""
        return why or f"{handle.name} {pair(self.hand.at(handle))}"

    def _say(self, text: str) -> None:
        self.overlay.setText(text)
        self.overlay.setVisible(bool(text))
        self.overlay.adjustSize()
        self._lay_out()

    def _proxy(self, handle: Handle) -> "HandleProxy":
        return next(p for p in self.proxies if p.handle is handle)

    # Zoom --------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if notches:
            self.zoom(ZOOM**-notches, event.position())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 / max(1 + event.value(), 0.1), event.position())
            return True
        if event.type() == QEvent.Type.Gesture:
            pinch = event.gesture(Qt.GestureType.PinchGesture)  # type: ignore[attr-defined]
            if pinch is not None:
                self.zoom(1 / max(pinch.scaleFactor(), 0.1), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
            return True
        return bool(super().viewportEvent(event))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Spans times factor, about a pixel or the middle."""
        pane = self.store.view[self.plane.name]
        point = Pixels.of(pane).back(at.x(), at.y()) if at is not None else None
        self._look_at(pane.zoomed(factor, point))

    def fit(self) -> None:
        """Show everything that matters."""
        lab = self.store.lab
        box = lab.fit(self.store.state, self.store.result, self.plane.name) if lab.fit else self.plane.home
        self._look_at(replace(self.store.view[self.plane.name], wanted=box))

    def fit_if_needed(self) -> None:
        """Fit, if something that matters is out of sight or too small to be seen."""
        lab = self.store.lab
        if lab.fit is None:
            return
        x0, x1, y0, y1 = lab.fit(self.store.state, self.store.result, self.plane.name)
        left, right, bottom, top = self.store.view[self.plane.name].box
        is_out = x0 < left * SLACK or x1 > right * SLACK or y0 < bottom * SLACK or y1 > top * SLACK
        if is_out or (x1 - x0) < 0.1 * (right - left):
            self.fit()

    def home(self) -> None:
        """Back to the opening range."""
        self._look_at(replace(self.store.view[self.plane.name], wanted=self.plane.home))

    def _look_at(self, pane: object) -> None:
        self.store.look(self.store.view.with_pane(self.plane.name, pane))  # type: ignore[arg-type]

    # Keys --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.hand.held is not None:
            self.hand.cancel()
        elif event.key() in _ARROWS and self.hand.held is None:
            dx, dy = _ARROWS[Qt.Key(event.key())]
            pane = self.store.view[self.plane.name]
            self._look_at(pane.moved(dx * 40 * pane.per_pixel[0], dy * 40 * pane.per_pixel[1]))
        else:
            event.ignore()  # super() would pass it to the scene, which eats it


class HandleProxy(QWidget):
    """Makes a handle something that Tab reaches, keys move and screen readers name."""

    def __init__(self, handle: Handle, canvas: Canvas) -> None:
        super().__init__(canvas.viewport())
        self.handle, self.canvas = handle, canvas
        self.setObjectName(f"{canvas.store.lab.id}.handle.{handle.key}")
        self.setAccessibleName(handle.name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._said = ""

    def show_at(self, x: float, y: float, scale: float) -> None:
        """Stand around this pixel, or at the edge where it is out of sight."""
        radius = round(14 * scale)
        area = self.canvas.viewport()
        left = min(max(round(x), 0), area.width()) - radius
        top = min(max(round(y), 0), area.height()) - radius
        if (left, top, 2 * radius) != (self.x(), self.y(), self.width()):
            self.setGeometry(left, top, 2 * radius, 2 * radius)
        if self.hasFocus():  # what is not attended to is named when the focus comes
            self._describe()

    def _describe(self) -> None:
        text = f"at {pair(self.canvas.hand.at(self.handle))}"
        if text != self._said:
            self._said = text
            self.setAccessibleDescription(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus():
            return
        look = self.canvas._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour(self.handle.role), look.widths["line"]))
        edge = look.widths["line"]
        painter.drawEllipse(self.rect().adjusted(*(round(s * edge) for s in (1, 1, -1, -1))))
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._describe()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        if self.canvas.hand.held is None:
            self.canvas.store.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        hand = self.canvas.hand
        if event.key() == Qt.Key.Key_Escape:
            if hand.held is not None:
                hand.cancel()
            else:
                self.canvas.setFocus()
        elif event.key() in _ARROWS and hand.held is None:
            modifiers = event.modifiers()
            factor = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
            factor_small = 0.1 if modifiers & Qt.KeyboardModifier.AltModifier else 1
            hand.nudge(self.handle, *_ARROWS[Qt.Key(event.key())], factor * factor_small)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS and not event.isAutoRepeat():
            self.canvas.store.settle()
        else:
            event.ignore()


class ZoomButtons(QWidget):
    """Plus, minus and fit in the corner of a canvas: nothing is wheel-only."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas.viewport())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        self._made: list[tuple[IconButton, str]] = []
        for title, icon, act in (
            ("Zoom in", "zoom-in", lambda: canvas.zoom(1 / ZOOM)),
            ("Zoom out", "zoom-out", lambda: canvas.zoom(ZOOM)),
            ("Fit", "maximize", canvas.fit),
        ):
            button = IconButton()
            button.setToolTip(title)
            button.setAccessibleName(f"{title}: {canvas.plane.title}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCursor(Qt.CursorShape.ArrowCursor)
            button.clicked.connect(act)
            row.addWidget(button)
            self._made.append((button, icon))

    @property
    def all(self) -> list["IconButton"]:
        """The buttons from left to right."""
        return [button for button, _ in self._made]

    def show_look(self, look: Look) -> None:
        """Icons in the colours of this look."""
        for button, icon in self._made:
            button.show_look(look, icon)
        QTimer.singleShot(0, self.adjustSize)


class IconButton(QAbstractButton):
    """A flat button that paints itself: it lies on the canvas and is painted with every frame."""

    def show_look(self, look: Look, icon: str) -> None:
        """The icon in the colours of this look."""
        self._look = look
        self._faces: dict[tuple[bool, bool, bool], QPixmap] = {}
        self.setFixedSize(look.px(26), look.px(26))
        self.setIcon(look.icon(icon, "muted"))
        self.setIconSize(QSize(look.px(16), look.px(16)))

    def paintEvent(self, event: QPaintEvent) -> None:
        state = (self.hasFocus(), self.underMouse(), self.isDown())
        if state not in self._faces:
            self._faces[state] = self._face(*state)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._faces[state])
        painter.end()

    def _face(self, has_focus: bool, is_hovered: bool, is_down: bool) -> QPixmap:
        ratio = self.devicePixelRatioF()
        face = QPixmap((QSizeF(self.size()) * ratio).toSize())
        face.setDevicePixelRatio(ratio)
        face.fill(self._look.colour("background"))
        painter = QPainter(face)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("accent" if has_focus or is_hovered else "border"), 1 + has_focus))
        painter.setBrush(self._look.colour("border" if is_down else "background"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        side = self.iconSize().width()
        corner = (self.width() - side) // 2
        painter.drawPixmap(corner, corner, side, side, self.icon().pixmap(self.iconSize(), ratio))
        painter.end()
        return face
