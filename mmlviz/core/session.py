"""A session: the states and views of all tabs as a readable file.

{"format": 1, "program": "mmlviz 0.3.0", "tab": "pca",
 "labs": {"pca": {"version": 1, "state": {"seed": "otter"}, "view": {"boxes": {"plane": [-3, 3, -2, 2]}}}}}

Reading has two steps, since a lab is loaded when it is first seen: `read` looks at the file alone, and
`Kept.read` at what is said of one lab.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mmlviz.core import codec
from mmlviz.core.lab import Lab
from mmlviz.core.layout import planes, spaces
from mmlviz.core.shelf import titles
from mmlviz.core.strict import BadFile, Part, one_line, parse
from mmlviz.core.view import FURTHEST, LARGEST, NEAREST, SMALLEST, STEEPEST, Camera, View, is_within_reach
from mmlviz.maths.lattice import Box

ENDINGS = (".mmlviz", ".json")  # of the files that people keep; the first is given to new ones
FORMAT = 1
NEWEST = 10_000  # a version beyond that is no version
WIDEST = 100_000  # pixels of a pane


@dataclass(frozen=True, slots=True)
class Sight:
    """How a tab is looked at: the boxes of its planes, snap, the panel (None: as the width allows), its splitters,
    and the cameras of its spaces (turn, tilt, zoom).
    """

    boxes: dict[str, Box] = field(default_factory=dict)
    has_snap: bool = False
    has_panel: bool | None = None
    splits: tuple[tuple[int, ...], ...] = ()  # pixels
    cameras: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    def seen_in(self, view: View) -> View:
        """A view with these ranges and cameras in it; panes that are not named stay as they are."""
        panes = {name: replace(p, wanted=self.boxes.get(name, p.wanted)) for name, p in view.panes.items()}
        cameras = {name: Camera(*numbers) for name, numbers in self.cameras.items()}
        spaces = {name: replace(s, camera=cameras.get(name, s.camera)) for name, s in view.spaces.items()}
        return replace(view, panes=panes, spaces=spaces, has_snap=self.has_snap)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a session says of one lab, not yet read by that lab."""

    version: int = 1
    state: dict[str, str] = field(default_factory=dict)  # the fields that differ from the opening state
    sight: Sight = Sight()

    def read(self, lab: Lab) -> Any:
        """The state; raises BadFile where the lab does not know a version, a field, a value or a pane."""
        if self.version > lab.version:
            newest = f"this mmlviz reads 1 to {lab.version}"
            raise BadFile(f"{lab.id}: the file has version {self.version} of this lab; {newest}")
        _check_names(lab.id, "pane", self.sight.boxes, {plane.name for plane in planes(lab.layout)})
        _check_names(lab.id, "3-D pane", self.sight.cameras, {space.name for space in spaces(lab.layout)})
        try:
            return codec.read_state(lab, self.state, self.version)
        except codec.BadLink as error:
            raise BadFile(str(error)) from None


def _check_names(lab: str, kind: str, given: Iterable[str], known: set[str]) -> None:
    for name in given:
        if name not in known:
            there = f"its {kind}s are {', '.join(sorted(known))}" if known else "it has none"
            raise BadFile(f"{lab}: there is no {kind} '{one_line(name)}'; {there}")


@dataclass(frozen=True, slots=True)
class Session:
    """All tabs: which is in front, and what is kept of each that differs from its opening."""

    tab: str
    labs: dict[str, Kept]

    @property
    def states(self) -> dict[str, dict[str, str]]:
        """The states alone, of the tabs that are not as they open."""
        return {name: each.state for name, each in self.labs.items() if each.state}

    def checked(self, labs: Sequence[Lab]) -> "Session":
        """The same in the words of this program, read whole; raises BadFile."""
        known = list(titles(labs))
        if self.tab not in known:
            raise BadFile(f"tab is '{one_line(self.tab)}'; the labs are {', '.join(known)}")
        return Session(self.tab, {name: self._checked(name, labs) for name in self.labs})

    def _checked(self, name: str, labs: Sequence[Lab]) -> Kept:
        known, kept = list(titles(labs)), self.labs[name]
        if name not in known:
            raise BadFile(f"there is no lab '{one_line(name)}'; the labs are {', '.join(known)}")
        lab = labs[known.index(name)]
        return Kept(lab.version, codec.changed(lab, kept.read(lab)), kept.sight)

    def readable(self, labs: Sequence[Lab]) -> tuple["Session", list[str]]:
        """What `checked` would take of it, and why it would not take the rest."""
        read, refused = {}, []
        for name in self.labs:
            try:
                read[name] = self._checked(name, labs)
            except BadFile as error:
                refused.append(str(error))
        return Session(self.tab, read), refused


def kept(lab: Lab, state: Any, view: View, has_panel: bool | None, splits: tuple[tuple[int, ...], ...]) -> Kept:
    """What a session says of a tab; ranges are named where they are not those of the opening."""
    homes = {plane.name: plane.home_in(state) for plane in planes(lab.layout)}
    boxes = {name: pane.wanted for name, pane in view.panes.items() if pane.wanted != homes[name]}
    return Kept(
        lab.version, codec.changed(lab, state), Sight(boxes, view.has_snap, has_panel, splits, _cameras(lab, view))
    )


def _cameras(lab: Lab, view: View) -> dict[str, tuple[float, float, float]]:
    homes = {space.name: space.home for space in spaces(lab.layout)}
    cameras = {name: space.camera for name, space in view.spaces.items() if space.camera != homes[name]}
    return {name: (camera.turn, camera.tilt, camera.zoom) for name, camera in cameras.items()}


def write(session: Session, program: str, more: dict[str, Any] | None = None) -> str:
    """The text of the file; `more` are further members for a program's own use."""
    labs = {name: _written(each) for name, each in session.labs.items()}
    data = {"format": FORMAT, "program": program, "tab": session.tab, "labs": labs, **(more or {})}
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1)
    text = text.encode("utf-8", "backslashreplace").decode()  # a path need not be UTF-8; JSON reads the escape
    return re.sub(r"\[\n\s+([^]\[{}]*?)\n\s+\]", lambda m: f"[{' '.join(m[1].split())}]", text) + "\n"


def _written(each: Kept) -> dict[str, Any]:
    sight = each.sight
    view: dict[str, Any] = {}
    if sight.boxes:
        view["boxes"] = {name: list(box) for name, box in sight.boxes.items()}
    if sight.cameras:
        view["cameras"] = {name: list(camera) for name, camera in sight.cameras.items()}
    if sight.has_snap:
        view["has_snap"] = True
    if sight.has_panel is not None:
        view["has_panel"] = sight.has_panel
    if sight.splits:
        view["splits"] = [list(sizes) for sizes in sight.splits]
    return {"version": each.version, "state": each.state, **({"view": view} if view else {})}


def read(raw: bytes) -> tuple[Session, Part]:
    """A session and the further members of its file; raises BadFile."""
    part = parse(raw)
    if "format" not in part:
        raise BadFile("this is no session of mmlviz: 'format' is missing")
    newest = part.whole("format", 1, NEWEST)
    if newest > FORMAT:
        raise BadFile(f"the file was written by a newer mmlviz (format {newest}); this one reads format {FORMAT}")
    if "program" in part:
        part.text("program")
    tab = part.text("tab", "the id of a lab")
    labs = part.part("labs")
    return Session(tab, {name: _kept(labs.part(name)) for name in labs.names}), part


def _kept(part: Part) -> Kept:
    version = part.whole("version", 1, NEWEST) if "version" in part else 1
    fields = part.part("state")
    state = {name: fields.text(name, 'a text such as "1/2"') for name in fields.names}
    sight = _sight(part.part("view"))
    part.done()
    return Kept(version, state, sight)


def _sight(part: Part) -> Sight:
    boxes, cameras = part.part("boxes"), part.part("cameras")
    sight = Sight(
        {name: _box(boxes, name) for name in boxes.names},
        bool(part.flag("has_snap", False)),
        part.flag("has_panel"),
        part.lists("splits", WIDEST, f"a list of lists of pixels from 0 to {WIDEST}"),
        {name: _camera(cameras, name) for name in cameras.names},
    )
    part.done()
    return sight


def _box(part: Part, name: str) -> Box:
    allowed = f"[x from, x to, y from, y to], spans from {SMALLEST:g} to {LARGEST:g} and within reach of 0"
    x0, x1, y0, y1 = box = part.numbers(name, 4, allowed)
    if not is_within_reach((x0, x1, y0, y1)):
        raise part.wrong(name, list(box), allowed)
    return x0, x1, y0, y1


def _camera(part: Part, name: str) -> tuple[float, float, float]:
    most = f"{STEEPEST:g}"
    allowed = f"[turn from −180 to 180, tilt from −{most} to {most}, zoom from {FURTHEST:g} to {NEAREST:g}]"
    turn, tilt, zoom = camera = part.numbers(name, 3, allowed)
    if not Camera(turn, tilt, zoom).is_within_reach:
        raise part.wrong(name, list(camera), allowed)
    return turn, tilt, zoom
