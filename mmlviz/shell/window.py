"""The main window: tabs that are built when first visited, menus from the action table, looks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QMoveEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from mmlviz.core import codec
from mmlviz.core.actions import ACTIONS
from mmlviz.core.lab import Lab
from mmlviz.core.session import Kept, Session, Sight
from mmlviz.core.settings import Settings
from mmlviz.core.shelf import titles
from mmlviz.core.strict import BadFile
from mmlviz.data import resource
from mmlviz.qt.cursors import cursor
from mmlviz.qt.look import dress, load_fonts, look_of, style_sheet
from mmlviz.qt.zooming import ZOOM
from mmlviz.shell.clipboard import Clipboard
from mmlviz.shell.files import Files
from mmlviz.shell.help import show_keys
from mmlviz.shell.menus import Corner, Menus
from mmlviz.shell.notice import Notice, Toast
from mmlviz.shell.tab import Tab
from mmlviz.shell.trouble import details


def _read(lab: Lab, kept: Kept | None) -> tuple[Any, Sight]:
    """The state and the sight of a tab; those of its opening where nothing was kept."""
    return (kept.read(lab), kept.sight) if kept is not None else (lab.opening, Sight())


class Window(QMainWindow):
    """All labs, one tab each."""

    changed = Signal()  # something that is kept for the next start
    closing = Signal()
    refused = Signal(str)  # why what was kept of a tab cannot be shown

    def __init__(self, labs: Sequence[Lab], settings: Settings | None = None, session: Session | None = None) -> None:
        super().__init__()
        settings = settings or Settings()
        self.labs, self._ids = labs, list(titles(labs))
        self._built: dict[int, Tab] = {}
        # What is still to be shown in tabs that nobody has seen yet, oldest first; None: as it opens.
        self._unseen: dict[str, list[Kept | None]] = {}
        self.look = look_of(settings.theme, settings.is_projector, settings.has_big_cursor)
        self._dialogs: dict[str, QDialog] = {}
        self.setWindowTitle("mmlviz")
        self.setWindowIcon(QIcon(str(resource("own/mmlviz.svg"))))
        self.resize(1440, 860)
        self.setAcceptDrops(True)
        load_fonts()
        self.tabs = QTabWidget()
        self.tabs.setObjectName("tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.setCentralWidget(self.tabs)
        self.notice, self._toast = Notice(self, lambda: self.tab.main_canvas.setFocus()), Toast(self)
        self.files = Files(self)
        menus = Menus(self, self._done())
        self.actions_by_id = menus.actions
        menus.add_tabs(self, list(titles(labs).values()), self.tabs.setCurrentIndex)
        self.files.menu = menus.submenu("Open &recent", "File", after="open")
        self.files.menu.aboutToShow.connect(self.files.fill)
        self.files.menu.setToolTipsVisible(True)
        self._corner = Corner(self.menuBar(), self.actions_by_id)
        self._add_pages()
        self._show_look()
        self.files.remember(settings.recent)
        if session is not None:
            self._unseen = {name: [kept] for name, kept in session.labs.items()}
            self.tabs.setCurrentIndex(self._place(session.tab))
        self.tabs.currentChanged.connect(self._visit)
        self._visit(self.tabs.currentIndex())
        self.tab.main_canvas.setFocus()  # so that Space plays and arrows look around at once

    def _add_pages(self) -> None:
        for title in titles(self.labs).values():
            page = QWidget()
            page.setObjectName("page")
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(page, title)

    # Tabs --------------------------------------------------------------------------------------

    @property
    def tab(self) -> Tab:
        """The tab in front."""
        return self._built[self.tabs.currentIndex()]

    def _place(self, lab_id: str) -> int:
        return self._ids.index(lab_id) if lab_id in self._ids else 0

    def _visit(self, index: int) -> None:
        """Build a tab when it is first seen: start-up pays for one only."""
        if index not in self._built:
            self._build(index)
        self._show_past()
        self._show_panel_wish()
        self._show_ticks()
        QTimer.singleShot(0, self._find_focus)
        self.changed.emit()

    def _show_ticks(self) -> None:
        tab = self.tab
        ticks = {"snap": tab.store.view.has_snap, "freeze": tab.is_frozen, "blank": tab.is_blank}
        for name, is_on in (ticks | {"hide_values": tab.hides_values}).items():
            self.actions_by_id[name].setChecked(is_on)

    def _find_focus(self) -> None:
        """Give the picture the focus where Qt has left it on an empty page or in a panel that is folded."""
        focus = QApplication.focusWidget()
        is_lost = focus is None or focus is self.tabs.currentWidget()
        if is_lost or (focus is not None and self.isAncestorOf(focus) and not focus.isVisible()):
            self.tab.main_canvas.setFocus()

    def _build(self, index: int) -> None:
        lab = self.labs[index]
        past = self._past(lab)
        tab = Tab(lab, self.look, self.open_link, self._show_panel_wish, past[0][0] if past else None)
        self._built[index] = tab
        self.tabs.widget(index).layout().addWidget(tab)  # type: ignore[union-attr]
        for state, sight in past:
            tab.store.set(state)  # the first one is there already, and is no step
            tab.show_sight(sight)
        tab.failed.connect(self.tell_failure, Qt.ConnectionType.QueuedConnection)
        tab.store.subscribe(self._noted)
        for action in ACTIONS:
            if action.scope == "canvas":
                tab.panes.addAction(self.actions_by_id[action.id])

    def _past(self, lab: Lab) -> list[tuple[Any, Sight]]:
        """States and sights that a tab was to show before anybody saw it."""
        past = []
        for kept in self._unseen.pop(lab.id, []):
            try:
                past.append(_read(lab, kept))
            except BadFile as error:
                self.refused.emit(f"What was kept of {lab.title} cannot be used: {error}.")
        return past

    def _noted(self) -> None:
        self._show_past()
        self.changed.emit()

    def open_link(self, text: str) -> None:
        """Go to the tab that a link names, and to its state; a bad link says why, and changes nothing."""
        try:
            lab, state = codec.read_link(text, self.labs)
        except codec.BadLink as error:
            self.say(str(error))
            return
        self.tabs.setCurrentIndex(self._place(lab.id))
        self._let_go().drop_drafts()
        self.tab.store.set(state)
        self.tab.show_all()

    # Sessions ----------------------------------------------------------------------------------

    def session(self) -> Session:
        """All tabs as they are; those that nobody has seen as they would be."""
        kept = {name: past[-1] for name, past in self._unseen.items()}
        kept |= {tab.lab.id: tab.kept for tab in self._built.values()}
        labs = {name: each for name, each in kept.items() if each is not None and each != Kept(each.version)}
        return Session(self._ids[self.tabs.currentIndex()], labs)

    def show_session(self, session: Session) -> None:
        """Show a session that has been checked; in every tab that has been seen the step can be undone."""
        for index, name in enumerate(self._ids):
            kept = session.labs.get(name)
            if index in self._built:
                tab = self._built[index]
                state, sight = _read(tab.lab, kept)
                tab.hand.release()
                tab.drop_drafts()
                tab.store.set(state)
                tab.show_sight(sight)
            elif kept is not None or name in self._unseen:
                self._unseen.setdefault(name, []).append(kept)
        self.tabs.setCurrentIndex(self._place(session.tab))
        self._show_ticks()
        self.changed.emit()

    def _new(self) -> None:
        self.show_session(Session(self._ids[self.tabs.currentIndex()], {}))
        self.files.leave()

    @property
    def settings(self) -> Settings:
        """What is the same in all windows."""
        look = self.look
        return Settings(look.theme.name, look.is_projector, look.has_big_cursor, self.files.recent)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        text = self._dropped(event)
        event.acceptProposedAction()
        if text.startswith(codec.SCHEME):
            self.open_link(text)
        elif text:
            self.files.open(text)
        self.activateWindow()

    def _dropped(self, event: QDropEvent) -> str:
        """The one file or link that is being dropped; empty for anything else."""
        data = event.mimeData()
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if len(files) == 1:
            return files[0]
        text = data.text().strip() if data.hasText() and not files else ""
        return text if text.startswith(codec.SCHEME) else ""

    # Actions -----------------------------------------------------------------------------------

    def _done(self) -> dict[str, Callable[..., object]]:
        """How each action is done."""
        clipboard = Clipboard(self)
        return {
            "new": self._new,
            "open": self.files.ask_open,
            "save": self.files.save,
            "save_as": self.files.ask_save,
            "save_picture": lambda: self._show("picture", self._picture_dialog),
            "undo": lambda: self._let_go().undo(),
            "redo": lambda: self._let_go().redo(),
            "reset": lambda: self.tab.reset(),
            "copy_link": lambda: clipboard.copy(self._taken().link, "Link copied"),
            "copy_python": lambda: clipboard.copy(self._taken().python, "Python copied"),
            "copy_values": lambda: clipboard.copy(self._taken().values_text, "Values copied"),
            "copy_picture": clipboard.copy_picture,
            "paste": clipboard.paste,
            "zoom_in": lambda: self.tab.main_canvas.zoom(1 / ZOOM),
            "zoom_out": lambda: self.tab.main_canvas.zoom(ZOOM),
            "fit": lambda: self.tab.main_canvas.fit(),
            "home": lambda: self.tab.main_canvas.home(),
            "snap": lambda on: self.tab.snap(on),
            "play": self._play,
            "panel": lambda on: self.tab.wish_panel(on),
            "theme": lambda on: self._change_look(theme="dark" if on else "light"),
            "projector": lambda on: self._change_look(is_projector=on),
            "big_cursor": lambda on: self._change_look(has_big_cursor=on),
            "freeze": lambda on: self.tab.freeze(on),
            "blank": lambda on: self.tab.blank(on),
            "hide_values": lambda on: self.tab.hide_values(on),
            "full_screen": self._full_screen,
            "next_tab": lambda: self._turn(1),
            "previous_tab": lambda: self._turn(-1),
            "help": lambda: self._show("help", lambda: show_keys(self, self.look)),
            "typing": lambda: self._show("typing", self._typing_dialog),
            "about": lambda: self._show("about", self._about_dialog),
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

    def _show(self, name: str, made: Callable[[], QDialog]) -> None:
        """Open a dialog, or bring it to the front where it is open already."""
        if name not in self._dialogs:
            dialog = self._dialogs[name] = made()
            dialog.finished.connect(lambda: self._dialogs.pop(name, None))
        self._dialogs[name].raise_()

    def _typing_dialog(self) -> QDialog:
        from mmlviz.shell.typing_help import show_typing  # with it the reader of formulas, which most starts do without

        return show_typing(self, self.look)

    def _about_dialog(self) -> QDialog:
        from mmlviz.shell.about import show_about  # what hardly anybody opens is not loaded at the start

        return show_about(self, self.look)

    def _picture_dialog(self) -> QDialog:
        from mmlviz.shell.picture_dialog import show_picture_dialog

        return show_picture_dialog(self, self.tab, self.look, self.say)

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

    # Looks -------------------------------------------------------------------------------------

    def _change_look(self, **chosen: Any) -> None:
        new = replace(self.settings, **chosen)
        self.show_look(new.theme, new.is_projector, new.has_big_cursor)

    def show_look(self, theme_name: str, is_projector: bool, has_big_cursor: bool = False) -> None:
        """Change to another theme, size or cursor; every tab follows."""
        self.look = look_of(theme_name, is_projector, has_big_cursor)
        self._show_look()
        for tab in self._built.values():
            tab.show_look(self.look)
        self.changed.emit()

    def _show_look(self) -> None:
        look = self.look
        dress(look)
        self.setStyleSheet(style_sheet(look))
        self.setMinimumSize(*((1024, 700) if look.is_projector else (720, 520)))
        self.setFont(look.font(15))
        self._corner.show_look(look)
        self.notice.show_look(look)
        self._toast.place(self._below_tabs)
        self.actions_by_id["theme"].setChecked(look.theme.is_dark)
        self.actions_by_id["projector"].setChecked(look.is_projector)
        self.actions_by_id["big_cursor"].setChecked(look.has_big_cursor)
        self.setCursor(cursor(Qt.CursorShape.ArrowCursor, look))

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
            QTimer.singleShot(0, self._find_focus)  # it may have been on what is folded now
            self.changed.emit()

    def say(self, text: str) -> None:
        """A short message over the picture; it goes by itself."""
        self._toast.say(text, self._below_tabs)

    def tell_failure(self, error: BaseException) -> None:
        """An error that nobody expected: what was shown stays, and the details can be copied."""
        link = self.tab.link if self.tabs.currentIndex() in self._built else ""
        self.notice.tell(
            "Something went wrong inside mmlviz, and the last good picture stays. Undo goes back to what worked;"
            " the other tabs go on.",
            details(error, link),
        )

    @property
    def _below_tabs(self) -> int:
        return self.tabs.mapTo(self, self.tabs.tabBar().geometry().bottomLeft()).y() + 20

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            tab = self._built.get(self.tabs.currentIndex())
            if tab is not None:
                tab.refresh()  # now, so that slider, canvas and reading are one frame
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._toast.place(self._below_tabs)
        self.notice.place()
        self.changed.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.changed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        for tab in self._built.values():
            tab.hand.release()
            tab.take_drafts()
        self.closing.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.notice.isVisible():
            self.notice.next()
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self._full_screen(False)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and hasattr(self, "actions_by_id"):
            self.actions_by_id["full_screen"].setChecked(self.isFullScreen())
            self.menuBar().setVisible(not self.isFullScreen())
