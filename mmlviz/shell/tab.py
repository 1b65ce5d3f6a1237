"""One tab: canvases, panel and reading strip around one Store."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mmlviz.core import codec
from mmlviz.core.controls import Tick
from mmlviz.core.hiding import without_values
from mmlviz.core.lab import Lab, Reading
from mmlviz.core.session import Kept, Sight, kept
from mmlviz.core.store import Store, view_at_home
from mmlviz.core.view import View
from mmlviz.qt.canvas import Canvas
from mmlviz.qt.hand import Hand
from mmlviz.qt.look import Look
from mmlviz.qt.panel import Panel
from mmlviz.qt.reading import ReadingStrip
from mmlviz.qt.sheet import Sheet, sheet_of
from mmlviz.qt.space import SpaceCanvas
from mmlviz.qt.worker import Worker
from mmlviz.shell.cover import Cover
from mmlviz.shell.fitting import Fitting
from mmlviz.shell.panes import Panes
from mmlviz.shell.turns import Turns

HIDDEN = Reading((), {}, "The values are hidden: H shows them.")
NOTICED = 250  # milliseconds after which one notices that nothing happens
ROOMY = 1280  # pixels of window from which the panel stands open by itself


class Tab(QWidget):
    """Shows the Store's state; everything a person does here becomes a new state there."""

    failed = Signal(object)  # an exception that nobody expected; what was shown stays

    def __init__(
        self, lab: Lab, look: Look, open_link: Callable[[str], None], arranged: Callable[[], None], state: Any = None
    ) -> None:
        super().__init__()
        self._arranged = arranged  # is told when the panel has been shown or folded
        self.setObjectName("page")
        self.lab, self.store = lab, Store(lab, state)
        self.hand = Hand(self.store)
        self.look = look
        self.is_panel_wished: bool | None = None  # None: as the width allows
        self._has_formula = False
        self._is_stale = False
        self._has_failed = self._says_waiting = False
        self._late = QTimer(self, singleShot=True, interval=NOTICED)
        self._late.timeout.connect(lambda: self._say_waiting(True))
        self.worker: Worker | None = None
        if lab.slow is not None:
            self.worker = Worker(lab.slow.work, self.store.ready, self)
            self.worker.did(lab.slow.key(self.store.state))  # the first state is computed in its place
            self.store.defer = self.worker.defer
        self.presets = QPushButton("Examples")
        self.presets.setMenu(self._preset_menu(open_link))
        reset = QPushButton("Reset")
        reset.setToolTip("Back to the opening state and view")
        reset.clicked.connect(self.reset)
        self.panel = Panel(self.store, self.presets, reset)
        self.strip = ReadingStrip(lab.id)
        self.cover = Cover(self, "Blank: B shows the picture again")
        self.hides_values = False
        self._frozen: tuple[Any, Any] | None = None  # the state and result that stay in the picture
        self._panes = Panes(self.store, self.hand, self._arrange, arranged)
        self.canvases, self.tables, self.panes = self._panes.canvases, self._panes.tables, self._panes.area
        self._turns = Turns(lab.layout, self.request, self)
        self.fitting = Fitting(self.store, self.canvases)
        for control_row in self.panel.rows:
            is_tick = isinstance(control_row.control, Tick)
            control_row.turned = self.fitting.fit_ticked if is_tick else self.show_all
            control_row.started = self.play
        self._lay_out()
        self._order_focus(reset)
        self.show_look(look)
        self.store.subscribe(self.request)

    # Building ----------------------------------------------------------------------------------

    def _preset_menu(self, open_link: Callable[[str], None]) -> QMenu:
        menu = QMenu(self)
        for preset in self.lab.presets:
            action = QAction(preset.title, menu)
            action.triggered.connect(lambda checked=False, link=preset.link: open_link(link))
            menu.addAction(action)
        return menu

    def _lay_out(self) -> None:
        left = self._left = QVBoxLayout()
        left.addWidget(self._panes.switch)
        left.addWidget(self.panes, 1)
        left.addWidget(self.strip)
        row = self._row = QHBoxLayout(self)
        row.addLayout(left, 1)
        row.addWidget(self.panel)

    def _order_focus(self, reset: QPushButton) -> None:
        """Tab goes through the tips, then the canvas buttons, then the panel from top to bottom."""
        canvases = list(self.canvases.values())
        order: list[QWidget] = [proxy for canvas in canvases for proxy in canvas.proxies]
        order += [button for canvas in canvases for button in canvas.buttons.all]
        order += [*self.tables.values(), self.strip.formulas.bar, self.strip.words.bar]
        order += [self.presets, reset, *(part for row in self.panel.rows for part in row.focusable)]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    # Showing -----------------------------------------------------------------------------------

    def show_look(self, look: Look) -> None:
        """Colours and sizes from now on."""
        self.look = look
        gap = look.px(10)
        self._row.setContentsMargins(gap, look.px(8), gap, gap)
        self._row.setSpacing(gap)
        self._left.setSpacing(gap)
        self.panel.show_look(look)
        self.strip.show_look(look)
        self.cover.show_look(look)
        self.store.look(self.store.view.scaled(look.scale))
        for canvas in self.canvases.values():
            canvas.show_look(look)
        for table in self.tables.values():
            table.show_look(look)
        self._arrange()
        self.request()

    def request(self) -> None:
        """Have the newest state shown with the next frame, however many there are until then."""
        self.fitting.rest()
        self._is_stale = True
        seen = [table for table in self.tables.values() if table.isVisible() and not self.main_canvas.isVisible()]
        (seen[0] if seen else self.main_canvas).viewport().update()

    def refresh(self) -> None:
        """Show the newest state, if it is not what is shown; the window calls this before it paints.

        Where that fails, as it never should, the last good picture stays; the controls show the state.
        """
        if not self._is_stale or not self.isVisible():
            return
        self._is_stale = False
        error = None
        try:
            self.panel.show_state()
            self._show_hint()
            self._refresh()
        except Exception as caught:
            error = caught
        failure = self.store.failure
        if failure is not None and failure[0] is self.store.state:
            error = failure[1]
        if error is not None and not self._has_failed:
            self.failed.emit(error)
        self._has_failed = error is not None

    def _refresh(self) -> None:
        self._show_waiting()
        self.fitting.catch_up()
        state, result = self._frozen or self.store.shown
        self._show_panes(state)
        view = self.store.view  # which is moving by itself while a space is turned
        is_moving = view.is_moving or self.store.is_moving
        scene = self.lab.draw(state, result, replace(view, is_moving=is_moving, rest=self.store.rest))
        reading = HIDDEN if self.hides_values else self.lab.tell(state, result)
        in_frame = self._turns.take(self._seen, self.hand.pane, self.store.is_moving)
        for name, canvas in self.canvases.items():
            if name in in_frame and name in scene:
                canvas.show_marks(without_values(scene[name]) if self.hides_values else scene[name])
        for name, shown in self.tables.items():
            if name in in_frame:
                rows = shown.table.rows(state, result)
                shown.show_rows(shown.table.without_values(rows) if self.hides_values else rows)
        self.strip.show_reading(reading, is_later=not self._has_formula)
        self._has_formula = True

    @property
    def _seen(self) -> list[str]:
        """The panes that are on the screen."""
        return [name for name, pane in (*self.canvases.items(), *self.tables.items()) if pane.isVisible()]

    def _show_panes(self, state: Any) -> None:
        """Arrange the panes anew where the state has brought others."""
        if self._panes.belong(state):
            self._arrange()
            self._is_stale = False  # what comes into sight is drawn now

    def _show_waiting(self) -> None:
        """Say that slow work is going on, if it goes on for longer than one notices."""
        is_waiting = self.store.is_waiting
        if is_waiting != self._late.isActive() and not (is_waiting and self._says_waiting):
            self._late.start() if is_waiting else self._late.stop()
        if not is_waiting and self._says_waiting:
            self._say_waiting(False)
        if not is_waiting and self.worker is not None:
            self.worker.leave()

    def _say_waiting(self, is_on: bool) -> None:
        self._says_waiting = is_on
        self._show_hint()

    def _show_hint(self) -> None:
        is_fresh = not self.is_panel_open and self.store.undo_label is None  # it covers a part of the picture
        hint = f"Try: {self.lab.to_try(self.store.shown[0])}" if is_fresh else ""
        hint = "Frozen: Ctrl+Shift+F goes on" if self.is_frozen else hint
        said, main = "Computing …" if self._says_waiting else hint, self.main_canvas
        for canvas in self.canvases.values():
            canvas.show_hint(said if canvas is main else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        self.request()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if self.is_blank:
            QTimer.singleShot(0, lambda: self.blank(True))  # when the layout has followed

    def _arrange(self, *_: object) -> None:
        """What has room at this width: the panel, and all panes or one."""
        if not self.is_panel_open:
            self.presets.menu().close()  # it would give the focus back to a button that is hidden
        self.panel.setVisible(self.is_panel_open)
        room = self.width() - (self.panel.width() if self.is_panel_open else 0)
        self._panes.share(room / self.look.scale)
        self._show_hint()
        self.request()
        self._arranged()

    @property
    def left_out(self) -> list[str]:
        """The titles of the panes that belong to this state and have no room."""
        return self._panes.left_out

    @property
    def is_panel_open(self) -> bool:
        """Whether the panel is shown: as wished, else where the window is wide enough."""
        if self.is_panel_wished is not None:
            return self.is_panel_wished
        return self.width() >= ROOMY and self.panel.width() + self.look.px(30) <= 0.3 * self.width()

    def wish_panel(self, is_open: bool) -> None:
        """Show or fold the panel whatever the width."""
        self.is_panel_wished = is_open
        self._arrange()

    # What a session keeps ----------------------------------------------------------------------

    @property
    def kept(self) -> Kept:
        """The state as text, and how it is looked at."""
        return kept(self.lab, self.store.state, self.store.view, self.is_panel_wished, self._panes.splits)

    def show_sight(self, sight: Sight) -> None:
        """Look at the state in this way; it is not to be fitted, also where it is still being computed."""
        self.fitting.forget()
        self.store.look_with_step(sight.seen_in(self._view_at_home()))
        self.is_panel_wished = sight.has_panel
        self._panes.split(sight.splits)
        self._arrange()

    # In front of a class -----------------------------------------------------------------------

    @property
    def is_frozen(self) -> bool:
        """Whether the picture stays as it is."""
        return self._frozen is not None

    @property
    def is_blank(self) -> bool:
        """Whether the picture is covered."""
        return not self.cover.isHidden()

    def freeze(self, is_on: bool) -> None:
        """Keep the picture and its reading as they are; the controls go on."""
        self._frozen = self.store.shown if is_on else None
        self.store.stay(is_on)
        self._show_hint()
        self._mute()

    def blank(self, is_on: bool) -> None:
        """Cover picture and reading, or show them again."""
        self.cover.lie_over([self.panes, self.strip], is_on)

    def hide_values(self, is_on: bool) -> None:
        """Leave names alone in picture and reading, or show the values again."""
        self.hides_values = is_on
        self._mute()

    def _mute(self) -> None:
        """Say nothing of what is pointed at while that would tell values, or those of another state."""
        for canvas in self.canvases.values():
            canvas.overlay.is_mute = self.hides_values or self.is_frozen
            canvas.overlay.say("")
        self.request()

    # Doing -------------------------------------------------------------------------------------

    @property
    def main_canvas(self) -> Canvas | SpaceCanvas:
        """The canvas that keys act on: the one with the focus, else the first that is shown."""
        shown = [c for c in self.canvases.values() if c.isVisible()] or list(self.canvases.values())
        return next((c for c in shown if c.hasFocus() or c.isAncestorOf(self.focusWidget() or self)), shown[0])

    def reset(self) -> None:
        """The opening state and ranges; undo brings both back, if the state was another."""
        self.hand.release()
        self.drop_drafts()
        self.store.set(self.lab.opening)
        self.store.look_with_step(self._view_at_home())

    def show_all(self) -> None:
        """What has been chosen, opened or pasted: fitted, and read from the top on."""
        self.strip.to_top()
        self.fitting.fit()

    def play(self) -> None:
        """Start the run that belongs to the state, with the focus where Space stops it."""
        self.refresh()  # its row may be new
        self.main_canvas.setFocus()
        row = self.panel.play
        if row is not None:
            row.toggle()

    def undo(self) -> None:
        """Back by one step; what was still to be fitted for it is not any more."""
        self.fitting.forget()
        self.store.undo()

    def redo(self) -> None:
        """Forward again by one step."""
        self.fitting.forget()
        self.store.redo()

    def _view_at_home(self) -> View:
        """The present view with the opening ranges and cameras."""
        homes, view = view_at_home(self.lab.layout, self.store.state), self.store.view
        panes = {name: replace(pane, wanted=homes[name].wanted) for name, pane in view.panes.items()}
        spaces = {name: replace(s, camera=homes.spaces[name].camera) for name, s in view.spaces.items()}
        return replace(view, panes=panes, spaces=spaces)

    def drop_drafts(self) -> None:
        """Forget what is being typed: the state that comes now is the one that was asked for."""
        for row in self.panel.rows:
            row.drop_draft()

    def take_drafts(self) -> None:
        """Take what is being typed, where it can be read."""
        for row in self.panel.rows:
            row.take_draft()

    def snap(self, is_on: bool) -> None:
        """Pull handles to halves, or not."""
        self.store.look(replace(self.store.view, has_snap=is_on))

    def picture(self) -> QPixmap:
        """The panes alone, without buttons, hints and focus rings."""
        for canvas in self.canvases.values():
            canvas.set_bare(True)
        pixmap = self.panes.grab()
        for canvas in self.canvases.values():
            canvas.set_bare(False)
        return pixmap

    def sheet(self, has_strip: bool) -> Sheet:
        """The same for files of any size and format; the reading strip below it on request."""
        self.refresh()
        return sheet_of(self.panes, self.strip if has_strip else None, self.look, self.lab.title)

    @property
    def link(self) -> str:
        """The link that opens this state."""
        return codec.link(self.lab, self.store.state)

    @property
    def python(self) -> str:
        """The numpy code of this state."""
        return self.lab.recipe(self.store.state)

    @property
    def values_text(self) -> str:
        """The named values as lines of name, tab, value; those that are still secret are left out."""
        state, result = self.store.state, self.store.result
        values = self.lab.tell(state, result).values
        open_values = [v.name for v in self.lab.values if not v.is_secret(state, result)]
        return "\n".join(f"{n}\t{'none' if values[n] is None else values[n]}" for n in open_values)
