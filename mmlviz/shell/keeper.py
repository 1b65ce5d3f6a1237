"""What comes back at the next start: settings, and the session with its window, saved soon after every change.

Each running copy has a session file of its own, held by a lock; a new copy takes the newest one that is free.
"""

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QLockFile, QObject, QTimer

from mmlviz.core import session as sessions
from mmlviz.core import settings as chosen
from mmlviz.core.lab import Lab
from mmlviz.core.session import Session
from mmlviz.core.settings import Settings
from mmlviz.core.shelf import titles
from mmlviz.core.strict import BadFile, Part, read_bytes
from mmlviz.core.writing import write_whole
from mmlviz.shell.files import PROGRAM

if TYPE_CHECKING:
    from mmlviz.shell.window import Window

SOON = 1000  # milliseconds from a change to its saving; with the time that takes less than two seconds
COPIES = 9  # running at once that keep their sessions
Place = tuple[QByteArray, str]  # geometry of the window, and the file that the session belongs to


class Keeper(QObject):
    """Brings back what was kept in a folder, and keeps what a window shows."""

    def __init__(self, folder: Path, labs: Sequence[Lab]) -> None:
        super().__init__()
        self._folder, self._labs = folder, labs
        self._window: Window | None = None
        self._told: list[str] = []  # what went wrong before there was a window
        self._lock, self._file = self._claim()
        self._settings_file = folder / "settings.json"
        self.settings = self._read_settings()
        self.session, self._place = self._read_session()
        self._written: dict[Path, str] = {}
        self._chosen = ""  # the text of the settings, once something has been chosen here
        self._writing: threading.Thread | None = None
        self._error = ""
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.save)

    # Reading -----------------------------------------------------------------------------------

    def _claim(self) -> tuple[QLockFile | None, Path | None]:
        """The newest session that no running copy holds, or a new one."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            found = sorted(self._folder.glob("session-?.json"), key=lambda p: p.stat().st_mtime, reverse=True)
        except OSError as error:
            self._told.append(f"Nothing can be kept for the next start: {self._folder}: {error.strerror}.")
            return None, None
        for file in dict.fromkeys([*found, *(self._folder / f"session-{k + 1}.json" for k in range(COPIES))]):
            lock = QLockFile(str(file.with_suffix(".lock")))
            lock.setStaleLockTime(0)  # however old: only the lock of a process that is gone may be broken
            if lock.tryLock(0):
                return lock, file
            if lock.error() != QLockFile.LockError.LockFailedError:
                self._told.append(f"Nothing can be kept for the next start: {self._folder} cannot be written.")
                return None, None
        self._told.append(f"{COPIES} windows keep their sessions already; this one keeps nothing.")
        return None, None

    def _read_settings(self) -> Settings:
        try:
            return chosen.read(read_bytes(self._settings_file)) if os.path.exists(self._settings_file) else Settings()
        except BadFile as error:
            self._set_aside(self._settings_file, f"The settings cannot be read: {error}.")
            return Settings()

    def _read_session(self) -> tuple[Session | None, Place]:
        """The session and where its window was; the tab in front is read whole, the others when they are seen."""
        nowhere = QByteArray(), ""
        if self._file is None or not os.path.exists(self._file):
            return None, nowhere
        try:
            session, more = sessions.read(read_bytes(self._file))
            place = _read_place(more)
            known = list(titles(self._labs))
            if session.tab in session.labs and session.tab in known:
                session.labs[session.tab].read(self._labs[known.index(session.tab)])
        except BadFile as error:
            self._set_aside(self._file, f"The last session cannot be read: {error}.")
            return None, nowhere
        return session, place

    def _set_aside(self, file: Path, why: str) -> None:
        """Give a broken file another name, so that it is neither used nor lost."""
        names = (file.with_name(f"{file.stem}-broken-{n}{file.suffix}") for n in range(1, 1000))
        aside = next(name for name in names if not name.exists())
        try:
            file.replace(aside)
        except OSError as error:
            self._tell(f"{why} It cannot be set aside ({error.strerror}), so nothing is kept.")
            self._lock = self._file = None
            return
        self._tell(f"{why} It was set aside as {aside}.")

    def _tell(self, text: str) -> None:
        if self._window is None:
            self._told.append(text)
        else:
            self._window.notice.tell(text)

    # Keeping -----------------------------------------------------------------------------------

    def keep(self, window: "Window") -> None:
        """Put this window where the last one was, and keep what it shows from now on."""
        self._window = window
        geometry, file = self._place
        if not geometry.isEmpty():
            window.restoreGeometry(geometry)  # Qt sees to screens that are gone
        if file:
            window.files.adopt(Path(file))
        for text in self._told:
            window.notice.tell(text)
        window.refused.connect(self._refused)
        window.changed.connect(self._note)
        window.closing.connect(self.finish)

    def _note(self) -> None:
        if not self._soon.isActive():  # else a long drag would put the saving off
            self._soon.start()

    def _refused(self, why: str) -> None:
        """What was kept of a tab is no good: the whole file is put by before it is written anew."""
        if self._file is not None and os.path.exists(self._file):
            self._set_aside(self._file, why)
            self._written.pop(self._file, None)

    def save(self) -> None:
        """Write what has changed, in a thread: a disc can take longer than a frame."""
        if self._writing is not None and self._writing.is_alive():
            self._soon.start()
            return
        if self._error and self._window is not None:
            self._window.notice.tell(self._error)
            self._error = ""
        texts = self._news()
        if texts:
            self._writing = threading.Thread(target=self._write, args=(texts,), name="keeper")
            self._writing.start()
            self._soon.start()  # to look whether it went well: what did not is told, and tried again

    def finish(self) -> None:
        """Write what has changed, now."""
        self._soon.stop()
        if self._writing is not None:
            self._writing.join()
        self._write(self._news())

    def end(self) -> None:
        """Write what has changed, and leave the session to the next copy."""
        self.finish()
        if self._error:
            print(f"mmlviz: {self._error}", file=sys.stderr)
        self._window = None
        if self._lock is not None:
            self._lock.unlock()

    def _news(self) -> dict[Path, str]:
        """What is to be in the files, where it is not."""
        window = self._window
        if window is None or self._file is None:
            return {}
        session = window.session()
        window.files.note(session)
        texts = {self._file: sessions.write(session, PROGRAM, {"window": _written_place(window)})}
        if window.settings != self.settings:
            self._chosen = chosen.write(chosen.merged(self._settings_there(), self.settings, window.settings))
            self.settings = window.settings
        if self._chosen:
            texts[self._settings_file] = self._chosen
        return {path: text for path, text in texts.items() if self._written.get(path) != text}

    def _settings_there(self) -> Settings:
        """What the file says now: another copy may have chosen something since."""
        try:
            return chosen.read(read_bytes(self._settings_file))
        except BadFile:
            return self.settings

    def _write(self, texts: dict[Path, str]) -> None:
        for path, text in texts.items():
            try:
                write_whole(path, text.encode())
            except (OSError, ValueError) as error:
                if path not in self._written or self._written[path]:
                    why = getattr(error, "strerror", None) or error
                    self._error = f"The present state cannot be kept for the next start: {path}: {why}."
                self._written[path] = ""  # tried again, told once
            else:
                self._written[path] = text


def _read_place(more: Part) -> Place:
    part = more.part("window")
    geometry = part.text("geometry") if "geometry" in part else ""
    file = part.text("file") if "file" in part else ""
    part.done()
    more.done()
    return QByteArray.fromBase64(geometry.encode()), file


def _written_place(window: "Window") -> dict[str, Any]:
    geometry = bytes(window.saveGeometry().toBase64().data()).decode()
    return {"geometry": geometry, **({"file": str(window.files.path)} if window.files.path else {})}
