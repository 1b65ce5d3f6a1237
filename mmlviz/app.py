"""The composition root: arguments become a window or a headless command."""

import builtins
import os
import socket
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING

# Before numpy is loaded: threads of its own cost 50 ms at the start and gain nothing on 2×2 matrices.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from mmlviz import cli
from mmlviz.core.codec import BadLink, read_link
from mmlviz.core.theme import NAMES
from mmlviz.labs import LABS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from mmlviz.shell.pictures import Wish
    from mmlviz.shell.window import Window

SCREENLESS = {"offscreen", "minimal", "vnc", "linuxfb", "eglfs"}  # platforms of Qt that need no display
PICTURE_SIZES = ((1600, 900), (1024, 768))


def main() -> int:
    """Run mmlviz with the arguments of the process; returns the exit status."""
    return dispatch(sys.argv[1:])


def dispatch(arguments: list[str]) -> int:
    """Do what the arguments ask; bad input is one line on standard error and status 2."""
    try:
        return _dispatch(arguments)
    except (BadLink, cli.Refused) as error:
        line = "".join(c if c.isprintable() else " " for c in str(error))
        print(f"mmlviz: {line}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as head does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _dispatch(arguments: list[str]) -> int:
    command = arguments[0] if arguments else ""
    if command in cli.COMMANDS:
        cli.run(arguments, LABS, sys.stdout, cli.standard_lines())
    elif command in {"-h", "--help", "help"}:
        print(cli.USAGE)
    elif command == "--version":
        from mmlviz import __version__

        print(f"mmlviz {__version__}")
    elif command == "picture":
        _picture(arguments[1:])
    elif command == "pictures":
        _pictures(arguments[1:])
    elif command.startswith("-"):
        raise cli.Refused(f"unknown option '{command}'; see mmlviz --help")
    elif len(arguments) > 1:
        raise cli.Refused(f"'{command}' is no command; see mmlviz --help")
    else:
        return _open(command)
    return 0


# The window -------------------------------------------------------------------------------------


def _open(link: str) -> int:
    if link:
        read_link(link, LABS)  # a bad link is refused before anything opens
    if not has_display():
        return _without_display(link)
    app = application()
    window = make_window()
    if link:
        window.open_link(link)
    window.show()
    return app.exec()


def make_window() -> "Window":
    """The main window, not yet shown; there is a QApplication afterwards."""
    application()
    from mmlviz.shell.window import Window

    return Window(LABS)


def application() -> "QApplication":
    """The one QApplication, made where there is none yet."""
    _load_qt()
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
        app.setApplicationName("mmlviz")
    app.setStyle("Fusion")
    return app


def _load_qt() -> None:
    """Import PySide6 without its import hook.

    PySide6 puts a function before every later import, for `from __feature__ import …`, which we do not
    use; putting the old one back saves a tenth of the start-up.
    """
    original = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = original


def has_display() -> bool:
    """Whether a window can be opened: on Linux Qt aborts the process where there is no screen."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in SCREENLESS:
        return True
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and _answers(os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), wayland)):
        return True
    host, _, number = os.environ.get("DISPLAY", "").rpartition(":")
    number = number.partition(".")[0]
    if not number.isdigit():
        return False
    if host in {"", "unix"}:
        name = f"/tmp/.X11-unix/X{number}"
        return any(_takes_us(socket.AF_UNIX, at) for at in (name, f"\0{name}"))
    return _takes_us(socket.AF_INET, (host, 6000 + int(number)))


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as unix:
        unix.settimeout(2)
        try:
            unix.connect(path)
        except OSError:
            return False
    return True


def _takes_us(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    """Whether an X server lets us in: as we are, or else presumably with the cookie of an authority file."""
    with socket.socket(family, socket.SOCK_STREAM) as x:
        x.settimeout(2)
        try:
            x.connect(address)
            x.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))  # X11 protocol, connection setup
            if x.recv(1) == b"\1":
                return True
        except OSError:
            return False
    authority = os.environ.get("XAUTHORITY") or os.path.expanduser("~/.Xauthority")
    return os.path.isfile(authority) and os.access(authority, os.R_OK) and os.path.getsize(authority) > 0


def _without_display(link: str) -> int:
    folder = Path("build/pictures")
    print(f"There is no display here, so the tabs are drawn into {folder}:")
    _pictures([str(folder)])
    if link:
        _picture([link, str(folder / "link.png")])
        print(folder / "link.png")
        print(cli.describe_reading(*read_link(link, LABS)))
    for lab in LABS:
        print(cli.describe_reading(lab, lab.opening))
    return 0


# Pictures ---------------------------------------------------------------------------------------


def _picture(arguments: list[str]) -> None:
    wish, words = _read_wish(arguments)
    if len(words) != 2:
        raise cli.Refused("picture: a link and a file are needed, such as picture mmlviz:matrix matrix.png")
    link, out = words
    read_link(link, LABS)
    path = Path(out)
    if path.suffix.lower() != ".png":
        raise cli.Refused(f"picture: '{out}' does not end in .png; only PNG is written")
    if not path.parent.is_dir():
        raise cli.Refused(f"picture: there is no folder '{path.parent}'")
    _off_screen()
    from mmlviz.shell.pictures import draw

    if not draw(LABS, link, wish).save(str(path)):
        raise cli.Refused(f"picture: '{out}' cannot be written")


def _pictures(arguments: list[str]) -> None:
    if len(arguments) != 1:
        raise cli.Refused("pictures: one folder is needed, such as pictures build/pictures")
    _off_screen()
    from mmlviz.shell.pictures import draw_all

    try:
        paths = draw_all(LABS, Path(arguments[0]), PICTURE_SIZES)
    except OSError as error:
        raise cli.Refused(f"pictures: '{arguments[0]}' cannot be written: {error.strerror}") from None
    print("\n".join(map(str, paths)))


def _off_screen() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application()


def _read_wish(arguments: list[str]) -> tuple["Wish", list[str]]:
    """--size, --theme and --projector, as `--size 800x600` or `--size=800x600`; the rest as it is."""
    size, theme, is_projector, words = "1600x900", "light", False, []
    rest = iter([part for word in arguments for part in _split_option(word)])
    for word in rest:
        if word == "--projector":
            is_projector = True
        elif word == "--size":
            size = next(rest, "")
        elif word == "--theme":
            theme = next(rest, "")
        elif word.startswith("--"):
            raise cli.Refused(f"picture: unknown option '{word}'; allowed are --size WxH, --theme NAME, --projector")
        else:
            words.append(word)
    if theme not in NAMES:
        raise cli.Refused(f"picture: there is no theme '{theme}'; the themes are {', '.join(NAMES)}")
    width, height = _read_size(size, (1024, 700) if is_projector else (720, 520))
    _load_qt()
    from mmlviz.shell.pictures import Wish

    return Wish(width, height, theme, is_projector), words


def _split_option(word: str) -> list[str]:
    name, equals, value = word.partition("=")
    return [name, value] if equals and name in {"--size", "--theme"} else [word]


def _read_size(text: str, least: tuple[int, int]) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if width.isdecimal() and height.isdecimal() and len(text) < 12:
        size = int(width), int(height)
        if least[0] <= size[0] <= 7680 and least[1] <= size[1] <= 4320:
            return size
    smallest = f"{least[0]}x{least[1]}"
    raise cli.Refused(f"picture: --size '{text}' is not a size from {smallest} to 7680x4320, such as 1600x900")
