"""Session files: dialogs, what is open, what was open."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from mmlviz import __version__
from mmlviz.core import session as sessions
from mmlviz.core.session import Session
from mmlviz.core.settings import RECENT
from mmlviz.core.strict import BadFile, read_bytes
from mmlviz.core.writing import write_whole

if TYPE_CHECKING:
    from mmlviz.shell.window import Window

ENDING = ".mmlviz"
ENDINGS = (ENDING, ".json")
FILTER = f"Sessions (*{ENDING} *.json);;All files (*)"
PROGRAM = f"mmlviz {__version__}"


class Files(QObject):
    """The file that the session belongs to, the ones before it, and how they are opened and saved."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.path: Path | None = None
        self.recent: tuple[str, ...] = ()
        self._saved: Session | None = None  # what the file holds
        self.menu: QMenu | None = None

    # Opening -----------------------------------------------------------------------------------

    def ask_open(self) -> None:
        """Let a person choose a file to open."""
        dialog = self._dialog("Open a session", self.open)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def open(self, name: str) -> bool:
        """Open a session file; a bad one says why, and all tabs stay as they are."""
        path = Path(name)
        window = self._window
        try:
            session, _ = sessions.read(read_bytes(path))
            session.check(window.labs)
        except BadFile as error:
            window.notice.tell(f"{path.name} was not opened: {error}.")
            self._forget(name, path)
            return False
        window.show_session(session)
        self.settle(path, session)
        return True

    def adopt(self, path: Path) -> None:
        """The session that was brought back belongs to this file, which may have changed or gone since."""
        try:
            saved = sessions.read(read_bytes(path))[0]
        except BadFile:
            saved = None
        self.settle(path, saved)

    def leave(self) -> None:
        """The session belongs to no file."""
        self.path = self._saved = None
        self.note()

    # Saving ------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save where it was opened or saved before, else ask."""
        if self.path is None:
            self.ask_save()
        else:
            self.save_in(str(self.path))

    def ask_save(self) -> None:
        """Let a person choose a file to save in."""
        dialog = self._dialog("Save the session", self.save_in)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ENDING[1:])
        dialog.selectFile(self.path.name if self.path else f"session{ENDING}")
        dialog.open()

    def save_in(self, name: str) -> None:
        """Save in this file; where that fails the file stays as it was."""
        path, window = Path(name), self._window
        window.tab.take_drafts()
        session = window.session()
        try:
            write_whole(path, sessions.write(session, PROGRAM).encode())
        except OSError as error:
            window.notice.tell(f"{path.name} was not saved: {error.strerror}. Save as… can save it elsewhere.")
            return
        self.settle(path, session)
        window.say(f"Saved in {path.name}")

    # What is open, and what was ----------------------------------------------------------------

    def settle(self, path: Path, saved: Session | None) -> None:
        """This is the file now, and that is what it holds."""
        self.path, self._saved = path.absolute(), saved
        self._remember([str(self.path), *self.recent])
        self.note()

    def note(self) -> None:
        """Show the file in the title, and whether the states differ from it."""
        window = self._window
        window.setWindowTitle(f"{self.path.name}[*] – mmlviz" if self.path else "mmlviz")
        is_same = self._saved is not None and window.session().states == self._saved.states
        window.setWindowModified(self.path is not None and not is_same)

    def remember(self, names: tuple[str, ...]) -> None:
        """These were open before."""
        self._remember(list(names))

    def _remember(self, names: list[str]) -> None:
        self.recent = tuple(dict.fromkeys(names))[:RECENT]
        if self.menu is not None:
            self.menu.setEnabled(bool(self.recent))
        self._window.changed.emit()

    def _forget(self, name: str, path: Path) -> None:
        """A file that is gone is not offered again."""
        if not path.exists():
            self._remember([each for each in self.recent if each != name])

    def fill(self) -> None:
        """The menu of the files that were open."""
        menu = self.menu
        if menu is None:
            return
        menu.clear()
        for k, name in enumerate(self.recent):
            menu.addAction(self._recent_action(f"&{k + 1}  {Path(name).name}", name))
        menu.addSeparator()
        menu.addAction("Clear the list").triggered.connect(lambda: self._remember([]))

    def _recent_action(self, title: str, name: str) -> QAction:
        action = QAction(title, self.menu)
        action.setToolTip(name)
        action.triggered.connect(lambda: self.open(name))
        return action

    def _dialog(self, title: str, done: Callable[[str], object]) -> QFileDialog:
        folder = self.path or (Path(self.recent[0]) if self.recent else None)
        dialog = QFileDialog(self._window, title, str(folder.parent) if folder else "", FILTER)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(done)
        return dialog
