"""What is done with session files: save, open, good and broken ones; without the dialogs that ask for names."""

import tempfile
from pathlib import Path
from random import Random

from mmlviz.shell.window import Window
from tests.soak.action import Given, action

_FOLDER = tempfile.TemporaryDirectory(prefix="soak-")  # goes with the process
BROKEN = ("", "{", "[]", "null", "{}", '{"format": 99}', "\u0000\u0001", "[" * 5000, '{"tabs": NaN}', "x" * 100_000)


def _path(name: int) -> Path:
    return Path(_FOLDER.name) / f"{name}.mmlviz"


def _name(rng: Random, window: Window) -> Given:
    return {"name": rng.randrange(4)}


@action(3, _name)
def save_session(window: Window, name: int) -> None:
    window.files.save_in(str(_path(name)))


@action(3, _name)
def open_session(window: Window, name: int) -> None:
    """One that was saved, or one that is not there."""
    window.files.open(str(_path(name)))
    window.notice.next()


@action(1, lambda rng, window: {"text": rng.choice(BROKEN)})
def open_broken(window: Window, text: str) -> None:
    """A file that is none of ours: it is refused, and everything stays as it was."""
    path = Path(_FOLDER.name) / "broken.mmlviz"
    path.write_text(text, "utf-8")
    before = window.session()
    assert not window.files.open(str(path)), f"the broken file {text[:60]!r} was opened"
    assert window.session() == before
    window.notice.next()


@action(1, lambda rng, window: {})
def new_session(window: Window) -> None:
    window.actions_by_id["new"].trigger()
