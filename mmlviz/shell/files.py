"""Session files: dialogs, what is open, what was open."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from mmlviz import __version__
from mmlviz.core import session as sessions
from mmlviz.core.session import ENDINGS, Session
from mmlviz.core.settings import RECENT
from mmlviz.core.strict import BadFile, read_bytes
from mmlviz.core.writing import write_whole

if TYPE_CHECKING:
    from mmlviz.shell.window import Window

FILTER = f"Sessions ({' '.join(f'*{ending}' for ending in ENDINGS)});;All files (*)"
DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation
NOT_SAVED = "was not saved"
PROGRAM = f"mmlviz {__version__}"


def _bytes_of(path: Path) -> bytes | None:
    """What a file holds; None where it cannot be read, or is not there."""
    try:
        return read_bytes(path)
    except BadFile:
        return None


class Files(QObject):
    """The file that the session belongs to, the ones before it, and how they are opened and saved."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.path: Path | None = None
        self.recent: tuple[str, ...] = ()
        self._saved: Session | None = None  # what the file holds
        self._held: bytes | None = None  # the same, to the letter
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
            raw = read_bytes(path)
            session = sessions.read(raw)[0].checked(window.labs)
        except BadFile as error:
            window.notice.tell(f"{path.name} was not opened: {error}.")
            self._forget(name, path)
            return False
        window.show_session(session)
        self._settle(path, session, raw)
        return True

    def adopt(self, path: Path) -> None:
        """The session that was brought back belongs to this file, which may have changed or gone since."""
        raw, saved = _bytes_of(path), None
        with suppress(BadFile):
            saved = sessions.read(raw)[0] if raw is not None else None
        self._settle(path, saved, raw)

    def leave(self) -> None:
        """The session belongs to no file."""
        self.path = self._saved = self._held = None
        self.note(self._window.session())

    # Saving ------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save where it was opened or saved before, else ask."""
        if self.path is None:
            self.ask_save()
        elif _bytes_of(self.path) not in (None, self._held):
            self._window.notice.tell(f"{self.path.name} has been changed by someone else since. Save as… keeps both.")
            self.ask_save()
        else:
            self.save_in(str(self.path))

    def ask_save(self) -> None:
        """Let a person choose a file to save in."""
        dialog = self._dialog("Save the session", self.save_in)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ENDINGS[0][1:])
        dialog.selectFile(self.path.name if self.path else f"session{ENDINGS[0]}")
        dialog.open()

    def save_in(self, name: str) -> bool:
        """Save in this file; where that fails the file stays as it was."""
        path, window = Path(name), self._window
        window.tab.take_drafts()
        session, refused = window.session().readable(window.labs)
        raw = sessions.write(session, PROGRAM).encode()
        try:
            write_whole(path, raw)
        except (OSError, ValueError) as error:  # a NUL in the name is a ValueError
            why = getattr(error, "strerror", None) or error
            window.notice.tell(f"{path.name} {NOT_SAVED}: {why}. Save as… can save it elsewhere.")
            return False
        self._settle(path, session, raw)
        window.notice.forget(NOT_SAVED)
        window.say(f"Saved in {path.name}")
        if refused:
            window.notice.tell(f"{path.name} was saved without what cannot be read: {'; '.join(refused)}.")
        return True

    # What is open, and what was ----------------------------------------------------------------

    def _settle(self, path: Path, saved: Session | None, held: bytes | None) -> None:
        """This is the file now, and that is what it holds."""
        self.path, self._saved, self._held = path.absolute(), saved, held
        self.remember([str(self.path), *self.recent])
        self.note(self._window.session())

    def note(self, session: Session) -> None:
        """Show the file in the title, and whether the states of the present session differ from it."""
        window = self._window
        name = self.path.name.replace("[*]", "[*][*]") if self.path else ""  # of which Qt shows one
        window.setWindowTitle(f"{name}[*] – mmlviz" if name else "mmlviz")
        is_same = self._saved is not None and session.states == self._saved.states
        window.setWindowModified(self.path is not None and not is_same)

    def remember(self, names: Iterable[str]) -> None:
        """These were open before, the newest first."""
        self.recent = tuple(dict.fromkeys(names))[:RECENT]
        if self.menu is not None:
            self.menu.setEnabled(bool(self.recent))
        self._window.changed.emit()

    def _forget(self, name: str, path: Path) -> None:
        """A file that is gone is not offered again."""
        if not os.path.exists(path):
            self.remember([each for each in self.recent if each != name])

    def fill(self) -> None:
        """The menu of the files that were open."""
        menu = self.menu
        if menu is None:
            return
        menu.clear()
        for k, name in enumerate(self.recent):
            menu.addAction(self._recent_action(f"&{k + 1}  {Path(name).name.replace('&', '&&')}", name))
        menu.addSeparator()
        menu.addAction("Clear the list").triggered.connect(lambda: self.remember([]))

    def _recent_action(self, title: str, name: str) -> QAction:
        action = QAction(title, self.menu)
        action.setToolTip(name)
        action.triggered.connect(lambda: self.open(name))
        return action

    def _dialog(self, title: str, done: Callable[[str], object]) -> QFileDialog:
        look, window = self._window.look, self._window
        before = self.path or (Path(self.recent[0]) if self.recent else None)
        folder = before.parent if before else Path(QStandardPaths.writableLocation(DOCUMENTS))
        dialog = QFileDialog(window, title, str(folder if folder.is_dir() else Path.home()), FILTER)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.resize(min(look.px(720), window.width() - 40), min(look.px(480), window.height() - 40))
        dialog.fileSelected.connect(done)
        return dialog
