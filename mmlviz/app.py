"""The composition root: arguments become a window or a headless command."""

import builtins
import os
import signal
import socket
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING

# Before numpy is loaded: threads of its own cost 50 ms at the start and gain nothing on 2×2 matrices.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from mmlviz import cli
from mmlviz.core import pictures
from mmlviz.core import session as sessions
from mmlviz.core.codec import SCHEME, BadLink, link, read_link
from mmlviz.core.session import Session
from mmlviz.core.settings import Settings
from mmlviz.core.shelf import titles
from mmlviz.core.strict import BadFile, one_line, read_bytes
from mmlviz.core.theme import NAMES
from mmlviz.labs import LABS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from mmlviz.shell.pictures import Wish
    from mmlviz.shell.window import Window

SCREENLESS = {"offscreen", "minimal", "vnc", "linuxfb", "eglfs"}  # platforms of Qt that need no display
PICTURE_SIZES = ((1600, 900), (1024, 768))
PICTURE_ENDINGS = (".png", ".svg", ".pdf")
TICKS = ("--strip", "--window", "--projector")  # options of a picture that take no value
WINDOWS = {False: (720, 520), True: (1024, 700)}  # the least sizes of a window, at a desk and on a projector


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


def _open(argument: str) -> int:
    """The window as it was, then what was asked for: nothing, a link, or a session file."""
    is_file = bool(argument) and _is_file(argument)
    if argument and not is_file:
        read_link(argument, LABS)  # a bad link is refused before anything opens
    session = _read_session(argument) if is_file else None
    if not has_display():
        return _without_display(_links(session) if session else [argument] if argument else [])
    app = application()
    from mmlviz.shell.keeper import Keeper
    from mmlviz.shell.trouble import catch

    keeper = Keeper(_own_folder(), LABS)
    window = make_window(keeper.settings, keeper.session)
    catch(window)
    keeper.keep(window)
    if is_file:
        window.files.open(argument)
    elif argument:
        window.open_link(argument)
    window.show()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Qt would not hear of it; what the window shows has been kept
    status = app.exec()
    keeper.end()
    return status


def _is_file(argument: str) -> bool:
    """Whether an argument is meant as a session file; links begin with their scheme or the id of a lab."""
    if argument.startswith(SCHEME) or argument.partition("?")[0] in titles(LABS):
        return False
    path = Path(argument)
    return path.suffix.lower() in sessions.ENDINGS or len(path.parts) > 1 or os.path.lexists(path)


def _read_session(name: str) -> Session:
    try:
        session, _ = sessions.read(read_bytes(Path(name)))
        return session.checked(LABS)
    except BadFile as error:
        raise cli.Refused(f"'{name}' was not opened: {error}") from None


def _links(session: Session) -> list[str]:
    """What a session shows, as links."""
    return [link(lab, session.labs[lab.id].read(lab)) for lab in LABS if lab.id in session.labs]


def _own_folder() -> Path:
    """Where this user's data of mmlviz are."""
    from PySide6.QtCore import QStandardPaths

    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))


def make_window(settings: Settings | None = None, session: Session | None = None) -> "Window":
    """The main window, not yet shown; there is a QApplication afterwards."""
    application()
    from mmlviz.shell.window import Window

    return Window(LABS, settings, session)


def application() -> "QApplication":
    """The one QApplication, made where there is none yet."""
    _load_qt()
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["mmlviz"])  # the name by which a desktop groups our windows
        app.setApplicationName("mmlviz")
    app.setStyle("Fusion")
    pictures.use(_load_picture)
    return app


def _load_picture(path: str) -> "pictures.Pixels | str":
    from mmlviz.qt.picture_files import load  # with the first picture

    return load(path)


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


def _without_display(links: list[str]) -> int:
    folder = Path("build/pictures")
    print(f"There is no display here, so the tabs are drawn into {folder}:")
    _pictures([str(folder)])
    for k, asked in enumerate(links):
        path = folder / f"link{k + 1 if len(links) > 1 else ''}.png"
        _picture([asked, str(path), "--window"])
        print(path)
        print(cli.describe_reading(*read_link(asked, LABS)))
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
    _check_format(out, path.suffix.lower(), wish)
    if not path.parent.is_dir():
        raise cli.Refused(f"picture: there is no folder '{path.parent}'")
    _off_screen()
    from mmlviz.shell import pictures

    try:
        left_out = (pictures.save_window if wish.is_window else pictures.save)(LABS, link, wish, path)
    except pictures.Cramped as error:
        raise cli.Refused(f"picture: {error}") from None
    except OSError as error:
        raise cli.Refused(f"picture: '{out}' cannot be written: {error.strerror}") from None
    if left_out:
        size = f"{wish.width}x{wish.height}"
        print(f"mmlviz: picture: {size} has no room for {', '.join(left_out)}; a wider one shows it", file=sys.stderr)


def _check_format(out: str, ending: str, wish: "Wish") -> None:
    if ending not in PICTURE_ENDINGS:
        raise cli.Refused(f"picture: '{out}' does not end in one of {', '.join(PICTURE_ENDINGS)}")
    if ending != ".png" and wish.is_window:
        raise cli.Refused(f"picture: --window draws PNG only, not '{out}'")
    if ending != ".png" and wish.scale > 1:
        raise cli.Refused(f"picture: --scale is for PNG; '{out}' is sharp at any size")


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
    """The options, as `--size 800x600` or `--size=800x600`; the rest as it is."""
    given = {"--size": "1600x900", "--theme": "light", "--scale": "1"}
    ticked, words = set(), []
    rest = iter([part for word in arguments for part in _split_option(word)])
    for word in rest:
        if word in given:
            given[word] = next(rest, "")
        elif word in TICKS:
            ticked.add(word)
        elif word.startswith("--"):
            raise cli.Refused(f"picture: unknown option '{one_line(word)}'; allowed are {', '.join([*given, *TICKS])}")
        else:
            words.append(word)
    if given["--theme"] not in NAMES:
        raise cli.Refused(f"picture: there is no theme '{given['--theme']}'; the themes are {', '.join(NAMES)}")
    for other in ("--strip", "--scale"):
        if "--window" in ticked and (other in ticked or given.get(other, "1") != "1"):
            raise cli.Refused(f"picture: --window draws the whole window as it is; leave out {other}")
    return _wish(given, ticked), words


def _wish(given: dict[str, str], ticked: set[str]) -> "Wish":
    scale = _read_scale(given["--scale"])
    _load_qt()
    from mmlviz.shell.pictures import Wish, least

    has_strip, is_window, is_projector = ("--strip" in ticked, "--window" in ticked, "--projector" in ticked)
    smallest = WINDOWS[is_projector] if is_window else least(is_projector, has_strip, scale)
    width, height = _read_size(given["--size"], smallest)
    if width % scale or height % scale:
        raise cli.Refused(f"picture: --size {width}x{height} cannot be divided by --scale {scale}")
    return Wish(width, height, given["--theme"], is_projector, scale, has_strip, is_window)


def _read_scale(text: str) -> int:
    if text in {"1", "2", "3", "4"}:
        return int(text)
    raise cli.Refused(f"picture: --scale '{one_line(text)}' is not 1, 2, 3 or 4")


def _split_option(word: str) -> list[str]:
    name, equals, value = word.partition("=")
    return [name, value] if equals and name in {"--size", "--theme", "--scale"} else [word]


def _read_size(text: str, least: tuple[int, int]) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if width.isdecimal() and height.isdecimal() and len(text) < 12:
        size = int(width), int(height)
        if least[0] <= size[0] <= 7680 and least[1] <= size[1] <= 4320:
            return size
    smallest = f"{least[0]}x{least[1]}"
    raise cli.Refused(f"picture: --size '{text}' is not a size from {smallest} to 7680x4320, such as 1600x900")
