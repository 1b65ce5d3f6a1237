"""What is done to a picture: drag, click, wheel, hover, its buttons."""

from random import Random

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QSplitter

from mmlviz.qt.canvas import Canvas
from mmlviz.qt.space import SpaceCanvas
from mmlviz.shell.window import Window
from tests.soak import hands
from tests.soak.action import Given, Gone, action, two_shares

# Struck in the middle of a drag, with the button held.
MIDWAY = (
    "Esc", "Esc", "Ctrl+Z", "Ctrl+Y", "Ctrl+R", "Ctrl+Tab", "Ctrl+2", "Ctrl+5", "F1", "F9", "Space", "P", "B", "F", "S",
    "+", "Ctrl+D", "Ctrl+V", "Ctrl+L", "Home", "Left", "Shift+Up", "Tab", "H", "Ctrl+Shift+F", "Return",
)  # fmt: skip


def shown(window: Window) -> list[Canvas | SpaceCanvas]:
    return [canvas for canvas in window.tab.canvases.values() if canvas.isVisible()]


def canvas_of(window: Window, pane: str) -> Canvas | SpaceCanvas:
    canvas = window.tab.canvases.get(pane)
    if canvas is None or not canvas.isVisible():
        raise Gone(pane)
    return canvas


def _pane(rng: Random, window: Window) -> Given | None:
    canvases = shown(window)
    return {"pane": rng.choice(canvases).plane.name} if canvases else None


def _at(rng: Random, window: Window) -> Given | None:
    pane = _pane(rng, window)
    return pane and pane | {"at": two_shares(rng)}


def _drag(rng: Random, window: Window) -> Given | None:
    at = _at(rng, window)
    midway = rng.choice(MIDWAY) if rng.random() < 0.25 else ""
    return at and at | {"to": two_shares(rng, 0.4), "moves": rng.randint(1, 8), "midway": midway}


def _drag_handle(rng: Random, window: Window) -> Given | None:
    there = [(c.plane.name, p.handle.key) for c in shown(window) for p in c.handles if not p.isHidden()]
    if not there:
        return None
    pane, handle = rng.choice(there)
    drag = _drag(rng, window)
    return drag and drag | {"pane": pane, "handle": handle, "off": [rng.randint(-8, 8), rng.randint(-8, 8)]}


@action(24, _drag_handle)
def drag_handle(
    window: Window, pane: str, handle: str, off: list[int], at: list[float], to: list[float], moves: int, midway: str
) -> None:
    canvas = canvas_of(window, pane)
    proxy = next((p for p in canvas.handles if p.handle.key == handle and not p.isHidden()), None)
    if proxy is None:
        raise Gone(handle)
    area = canvas.viewport()
    x, y = proxy.pixel
    inside = (
        round(min(max(x + off[0], 0), area.width() - 1)),
        round(min(max(y + off[1], 0), area.height() - 1)),
    )
    hands.drag(window, hands.in_window(area, QPoint(*inside)), hands.share(area, to), moves, midway)


@action(8, _drag)
def drag_picture(window: Window, pane: str, at: list[float], to: list[float], moves: int, midway: str) -> None:
    area = canvas_of(window, pane).viewport()
    hands.drag(window, hands.share(area, at), hands.share(area, to), moves, midway)


@action(8, _at)
def click_picture(window: Window, pane: str, at: list[float]) -> None:
    hands.click(canvas_of(window, pane).viewport(), at)


@action(2, _at)
def double_click_picture(window: Window, pane: str, at: list[float]) -> None:
    hands.double_click(canvas_of(window, pane).viewport(), at)


@action(1, _at)
def right_click_picture(window: Window, pane: str, at: list[float]) -> None:
    hands.click(canvas_of(window, pane).viewport(), at, hands.RIGHT)


@action(6, lambda rng, window: (at := _at(rng, window)) and at | {"notches": rng.choice((1, -1, 1, -1, 0.25, 3, -3))})
def wheel_picture(window: Window, pane: str, at: list[float], notches: float) -> None:
    hands.wheel(canvas_of(window, pane).viewport(), at, notches)


@action(1, lambda rng, window: (at := _at(rng, window)) and at | {"notches": rng.choice((120, -120, 30, -30))})
def wheel_far(window: Window, pane: str, at: list[float], notches: float) -> None:
    hands.wheel(canvas_of(window, pane).viewport(), at, notches)


@action(5, lambda rng, window: (at := _at(rng, window)) and at | {"to": two_shares(rng, 0.2)})
def hover(window: Window, pane: str, at: list[float], to: list[float]) -> None:
    area = canvas_of(window, pane).viewport()
    for place in (at, to):
        hands.move(window, hands.share(area, place))


@action(4, lambda rng, window: (pane := _pane(rng, window)) and pane | {"button": rng.randrange(3)})
def zoom_button(window: Window, pane: str, button: int) -> None:
    hands.click(canvas_of(window, pane).buttons.all[button])


def _splitter(rng: Random, window: Window) -> Given | None:
    count = len(_splitters(window))
    return {"splitter": rng.randrange(count), "by": rng.randint(-400, 400)} if count else None


def _splitters(window: Window) -> list[QSplitter]:
    return [s for s in window.tab.findChildren(QSplitter) if s.isVisible() and s.handle(1).isVisible()]


@action(2, _splitter)
def drag_splitter(window: Window, splitter: int, by: int) -> None:
    """Make one pane larger and its neighbour smaller."""
    there = _splitters(window)
    if splitter >= len(there):
        raise Gone("splitter")
    bar = there[splitter].handle(1)
    start = hands.share(bar, [0.5, 0.5])
    hands.drag(window, start, start + QPoint(by, by), 3, "")
