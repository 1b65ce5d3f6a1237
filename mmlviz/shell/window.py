"""The main window: tabs that are built when first visited, menus from the action table, looks."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mmlviz.core import codec
from mmlviz.core.actions import ACTIONS, Action
from mmlviz.core.lab import Lab
from mmlviz.core.paste import paste
from mmlviz.core.shelf import titles
from mmlviz.maths.number import Problem
from mmlviz.qt.canvas import ZOOM
from mmlviz.qt.look import load_fonts, look_of, style_sheet
from mmlviz.shell.help import show_help
from mmlviz.shell.tab import Tab

IN_CORNER = ("undo", "redo", "snap", "theme", "projector", "help", "panel")
WITH_WORDS = ("panel",)


class Window(QMainWindow):
    """All labs, one tab each."""

    def __init__(self, labs: Sequence[Lab], theme_name: str = "light", is_projector: bool = False) -> None:
        super().__init__()
        self.labs = labs
        self._built: dict[int, Tab] = {}
        self.look = look_of(theme_name, is_projector)
        self._help: QDialog | None = None
        self.setWindowTitle("mmlviz")
        self.resize(1440, 860)
        load_fonts()
        self.tabs = QTabWidget()
        self.tabs.setObjectName("tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.setCentralWidget(self.tabs)
        self.actions_by_id: dict[str, QAction] = {}
        self._build_actions()
        self._build_corner()
        self._toast = QLabel(self)
        self._toast.setObjectName("toast")
        self._toast.hide()
        self._toast_over = QTimer(self, singleShot=True, interval=3500)
        self._toast_over.timeout.connect(self._toast.hide)
        for k, title in enumerate(titles(labs).values()):
            page = QWidget()
            page.setObjectName("page")
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(page, title)
            QShortcut(QKeySequence(f"Ctrl+{k + 1}"), self, lambda k=k: self.tabs.setCurrentIndex(k))
        self._show_look()
        self.tabs.currentChanged.connect(self._visit)
        self._visit(0)
        self.tab.main_canvas.setFocus()  # so that Space plays and arrows look around at once

    # Tabs --------------------------------------------------------------------------------------

    @property
    def tab(self) -> Tab:
        """The tab in front."""
        return self._built[self.tabs.currentIndex()]

    def _visit(self, index: int) -> None:
        """Build a tab when it is first seen: start-up pays for one only."""
        if index not in self._built:
            tab = Tab(self.labs[index], self.look, self.open_link, self._show_panel_wish)
            self._built[index] = tab
            self.tabs.widget(index).layout().addWidget(tab)  # type: ignore[union-attr]
            tab.store.subscribe(self._show_past)
            for action in ACTIONS:
                if action.scope == "canvas":
                    tab.panes.addAction(self.actions_by_id[action.id])
        self._show_past()
        self._show_panel_wish()
        tab = self.tab
        ticks = {"snap": tab.store.view.has_snap, "freeze": tab.is_frozen, "blank": tab.is_blank}
        for name, is_on in (ticks | {"hide_values": tab.hides_values}).items():
            self.actions_by_id[name].setChecked(is_on)

    def open_link(self, text: str) -> None:
        """Go to the tab that a link names, and to its state; a bad link says why, and changes nothing."""
        try:
            lab, state = codec.read_link(text, self.labs)
        except codec.BadLink as error:
            self.say(str(error))
            return
        self.tabs.setCurrentIndex(list(titles(self.labs)).index(lab.id))
        self._let_go().drop_drafts()
        self.tab.store.set(state)
        self.tab.show_all()

    # Actions -----------------------------------------------------------------------------------

    def _build_actions(self) -> None:
        menus: dict[str, QMenu] = {}
        for title in ("File", "Edit", "View", "Help"):
            menus[title] = self.menuBar().addMenu(f"&{title}")
        done = self._done()
        for action in ACTIONS:
            made = self._action(action, done[action.id])
            self.actions_by_id[action.id] = made
            menus[action.menu].addAction(self._listed(action, made))
            if action.scope == "window":
                self.addAction(made)  # keys work in full screen too, where the menu bar is hidden
        group = QActionGroup(self)
        menus["View"].addSeparator()
        for k, title in enumerate(titles(self.labs).values()):
            tab_action = QAction(title, group)
            tab_action.setText(f"{title}\tCtrl+{k + 1}")
            tab_action.triggered.connect(lambda checked=False, k=k: self.tabs.setCurrentIndex(k))
            menus["View"].addAction(tab_action)

    def _listed(self, action: Action, made: QAction) -> QAction:
        """What stands in the menu: a menu would make the keys of a canvas work all over the window."""
        if action.scope == "window":
            return made
        listed = QAction(f"{action.title}\t{', '.join(action.keys)}", self)
        listed.triggered.connect(made.trigger)
        return listed

    def _action(self, action: Action, done: Callable[..., object]) -> QAction:
        made = QAction(action.title, self)
        made.setObjectName(action.id)
        made.setShortcuts([QKeySequence(k) for k in action.keys])
        made.setToolTip(f"{action.title} ({', '.join(action.keys)})" if action.keys else action.title)
        made.setStatusTip(action.help)
        made.setCheckable(action.is_checkable)
        made.setIconVisibleInMenu(not action.is_checkable)  # an icon would take the place of the tick
        if action.scope == "canvas":
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(done if action.is_checkable else lambda checked=False: done())
        return made

    def _done(self) -> dict[str, Callable[..., object]]:
        """How each action is done."""
        return {
            "undo": lambda: self._let_go().store.undo(),
            "redo": lambda: self._let_go().store.redo(),
            "reset": lambda: self.tab.reset(),
            "copy_link": lambda: self._copy(self._taken().link, "Link copied"),
            "copy_python": lambda: self._copy(self._taken().python, "Python copied"),
            "copy_values": lambda: self._copy(self._taken().values_text, "Values copied"),
            "copy_picture": self._copy_picture,
            "paste": self._paste,
            "zoom_in": lambda: self.tab.main_canvas.zoom(1 / ZOOM),
            "zoom_out": lambda: self.tab.main_canvas.zoom(ZOOM),
            "fit": lambda: self.tab.main_canvas.fit(),
            "home": lambda: self.tab.main_canvas.home(),
            "snap": lambda on: self.tab.snap(on),
            "play": self._play,
            "panel": lambda on: self.tab.wish_panel(on),
            "theme": lambda on: self.show_look("dark" if on else "light", self.look.is_projector),
            "projector": lambda on: self.show_look(self.look.theme.name, on),
            "freeze": lambda on: self.tab.freeze(on),
            "blank": lambda on: self.tab.blank(on),
            "hide_values": lambda on: self.tab.hide_values(on),
            "full_screen": self._full_screen,
            "next_tab": lambda: self._turn(1),
            "previous_tab": lambda: self._turn(-1),
            "help": self._show_help,
            "quit": self.close,
        }

    def _let_go(self) -> Tab:
        """The tab in front, with nothing held any more: keys that act in the middle of a drag end it."""
        self.tab.hand.release()
        return self.tab

    def _taken(self) -> Tab:
        """The tab in front, with what was being typed taken where it can be read."""
        self.tab.take_drafts()
        return self.tab

    def _show_help(self) -> None:
        if self._help is None:
            self._help = show_help(self, self.look)
            self._help.finished.connect(lambda: setattr(self, "_help", None))
        self._help.raise_()

    def _turn(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def _play(self) -> None:
        play = self._let_go().panel.play
        if play is not None:
            play.toggle()

    def _full_screen(self, is_on: bool) -> None:
        """The menu bar follows in changeEvent, whoever asks for full screen."""
        if is_on != self.isFullScreen():
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _copy(self, text: str, said: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.say(said)

    def _copy_picture(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.tab.picture())
        self.say("Picture copied")

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text.strip().startswith(codec.SCHEME):
            self.open_link(text)
            return
        store = self.tab.store
        pasted = paste(text, store.lab.offered(store.state))
        if isinstance(pasted, Problem):
            self.say(str(pasted))
            return
        field, value = pasted
        self._let_go().drop_drafts()
        store.act(lambda state: codec.with_field(state, field, value))
        self.tab.show_all()
        self.say(f"Pasted into {field.label}")

    # Looks -------------------------------------------------------------------------------------

    def _build_corner(self) -> None:
        corner = self._corner_widget = QWidget(self.menuBar())  # without a name of ours PySide would delete it
        corner.setObjectName("corner")
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 2, 10, 2)
        row.setSpacing(2)
        self._corner: list[tuple[QToolButton, str]] = []
        icons = {a.id: a.icon for a in ACTIONS}
        for name in IN_CORNER:
            button = QToolButton()
            button.setDefaultAction(self.actions_by_id[name])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if name in WITH_WORDS:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            row.addWidget(button)
            self._corner.append((button, icons[name]))
        self.menuBar().setCornerWidget(corner)  # beside the tabs it would take their room

    def show_look(self, theme_name: str, is_projector: bool) -> None:
        """Change to another theme or size; every tab follows."""
        self.look = look_of(theme_name, is_projector)
        self._show_look()
        for tab in self._built.values():
            tab.show_look(self.look)

    def _show_look(self) -> None:
        look = self.look
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(look.palette())
            app.setFont(look.font(15))
        self.setStyleSheet(style_sheet(look))
        self.setMinimumSize(*((1024, 700) if look.is_projector else (720, 520)))
        self.setFont(look.font(15))
        for button, icon in self._corner:
            action = button.defaultAction()
            action.setIcon(look.icon("sun" if icon == "moon" and look.theme.is_dark else icon))
            button.setIconSize(QSize(look.px(19), look.px(19)))
        self.actions_by_id["theme"].setChecked(look.theme.is_dark)
        self.actions_by_id["projector"].setChecked(look.is_projector)

    def _show_past(self) -> None:
        tab = self._built.get(self.tabs.currentIndex())
        if tab is None:  # being built: the tab that was left is settling
            return
        store = tab.store
        for name, label, word in (("undo", store.undo_label, "Undo"), ("redo", store.redo_label, "Redo")):
            action = self.actions_by_id[name]
            text = f"{word} {label}" if label else word
            if action.text() != text:
                action.setText(text)
                action.setToolTip(f"{text} ({action.shortcut().toString()})")
            if action.isEnabled() != (label is not None):
                action.setEnabled(label is not None)

    def _show_panel_wish(self) -> None:
        tab = self._built.get(self.tabs.currentIndex())
        if tab is not None:
            self.actions_by_id["panel"].setChecked(tab.is_panel_open)

    def say(self, text: str) -> None:
        """A short message over the picture; it goes by itself."""
        self._toast.setText(text)
        self._toast.setMaximumWidth(self.width() - 80)
        self._toast.setWordWrap(len(text) > 80)
        self._toast.adjustSize()
        self._place_toast()
        self._toast.raise_()
        self._toast.show()
        self._toast_over.start()

    def _place_toast(self) -> None:
        below_tabs = self.tabs.mapTo(self, self.tabs.tabBar().geometry().bottomLeft()).y()
        self._toast.move((self.width() - self._toast.width()) // 2, below_tabs + 20)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            tab = self._built.get(self.tabs.currentIndex())
            if tab is not None:
                tab.refresh()  # now, so that slider, canvas and reading are one frame
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_toast()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self._full_screen(False)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and hasattr(self, "actions_by_id"):
            self.actions_by_id["full_screen"].setChecked(self.isFullScreen())
            self.menuBar().setVisible(not self.isFullScreen())
