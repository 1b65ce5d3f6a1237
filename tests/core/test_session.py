"""Session files: what is written comes back, old files open for ever, and what is broken says where."""

import json
import math
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core import codec, session
from mmlviz.core.session import Kept, Session, Sight, kept
from mmlviz.core.store import Store
from mmlviz.core.strict import LARGEST, BadFile
from mmlviz.labs import LABS
from tests.core.probe import LAB, at

KEPT = Path(__file__).parent.parent / "sessions"
RELEASED = sorted(KEPT.glob("*.mmlviz"))
BOX = (-3.0, 3.5, -2.0, 2.25)


def written(given: Session, **more: Any) -> bytes:
    return session.write(given, "mmlviz test", more).encode()


def read(raw: bytes) -> Session:
    """Read a file whole, as opening it does."""
    made, more = session.read(raw)
    more.done()
    made.checked(LABS)
    return made


def changed(**members: Any) -> bytes:
    """A good file with some of its members replaced."""
    good = {
        "format": 1,
        "program": "mmlviz 0.3.0",
        "tab": "matrix",
        "labs": {"matrix": {"version": 1, "state": {"vector": "1,2"}, "view": {"boxes": {"plane": [-1, 1, -1, 1]}}}},
    }
    return json.dumps({**good, **members}).encode()


def lab(**members: Any) -> bytes:
    """A good file with some members of what it says of the matrix replaced."""
    return changed(labs={"matrix": {"version": 1, "state": {"vector": "1,2"}, **members}})


def view(**members: Any) -> bytes:
    return lab(view=members)


def test_the_good_file_that_the_bad_ones_are_made_of_opens() -> None:
    made = read(changed())
    assert made.tab == "matrix"
    assert codec.texts(LABS[0], made.labs["matrix"].read(LABS[0]))["vector"] == "1,2"
    assert made.labs["matrix"].sight.boxes == {"plane": (-1.0, 1.0, -1.0, 1.0)}


# Round trips ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [each.id for each in LABS])
def test_what_a_tab_shows_comes_back(name: str) -> None:
    each = LABS[[lab.id for lab in LABS].index(name)]
    for preset in each.presets:
        _, state = codec.read_link(preset.link, LABS)
        store = Store(each, state)
        seen = Sight({next(iter(store.view.panes)): BOX}, True, False, ((), (600, 401)))
        store.look(seen.seen_in(store.view))
        given = Session(each.id, {each.id: kept(each, state, store.view, False, seen.splits)})
        back = read(written(given))
        assert back == given
        assert back.labs[each.id].read(each) == state
        assert back.labs[each.id].sight.seen_in(Store(each, state).view) == store.view


def test_a_tab_as_it_opens_has_nothing_to_say() -> None:
    store = Store(LAB)
    assert kept(LAB, store.state, store.view, None, ()) == Kept(LAB.version)


def test_it_is_readable() -> None:
    store = Store(LAB)
    store.look(Sight({"left": BOX}).seen_in(store.view))
    text = session.write(Session("probe", {"probe": kept(LAB, at("1/4"), store.view, None, ())}), "mmlviz 9")
    assert '"rate": "1/4"' in text
    assert '"left": [-3.0, 3.5, -2.0, 2.25]' in text  # on one line
    assert json.loads(text)["labs"]["probe"]["version"] == LAB.version


@given(st.text(max_size=40), st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=9))
def test_writing_keeps_texts_and_numbers(text: str, numbers: list[float]) -> None:
    """Lists are put on one line, and nothing but white space outside of texts changes by it."""
    more = {"extra": {"text": f"[\n {text} \n]", "numbers": numbers, "texts": [text, "[ a,\n b ]"]}}
    assert json.loads(session.write(Session("matrix", {}), "mmlviz", more))["extra"] == more["extra"]


def test_a_file_of_an_older_version_of_a_lab_takes_its_steps() -> None:
    assert Kept(1, {"speed": "1/4"}).read(LAB) == at("1/4")
    assert Kept(2, {"percent": "25"}).read(LAB) == replace(at("1/4"))
    with pytest.raises(BadFile, match="there is no field 'speed'"):
        Kept(3, {"speed": "1/4"}).read(LAB)
    with pytest.raises(BadFile, match="version 4 of this lab; this mmlviz reads 1 to 3"):
        Kept(4, {}).read(LAB)


# Released files ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", RELEASED, ids=[p.stem for p in RELEASED])
def test_files_of_released_versions_open_for_ever(path: Path) -> None:
    made = read(path.read_bytes())
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    assert list(made.labs) == list(expected)
    for each in LABS:
        if each.id in expected:
            assert codec.texts(each, made.labs[each.id].read(each)).items() >= expected[each.id].items()
    assert made.labs["matrix"].sight == Sight({"plane": BOX}, has_snap=True)
    assert made.labs["pca"].sight == Sight({"plane": BOX}, has_panel=True, splits=((600, 400),))


def test_there_is_a_released_file() -> None:
    assert RELEASED


# Broken files -----------------------------------------------------------------------------------

BROKEN: list[tuple[str, bytes, list[str]]] = [
    ("empty", b"", ["empty"]),
    ("white", b" \n\t ", ["empty"]),
    ("binary", b"\x89PNG\r\n\x1a\n\0\0", ["not UTF-8", "byte 0"]),
    ("latin", b'{"format": 1, "program": "caf\xe9"}', ["not UTF-8"]),
    ("utf-16", changed().decode().encode("utf-16"), ["not UTF-8"]),
    ("words", b"hello", ["not JSON", "line 1, column 1"]),
    ("half", changed()[:-20], ["not JSON"]),
    ("cut in a text", changed()[:60], ["not JSON"]),
    ("two objects", changed() + changed(), ["not JSON"]),
    ("comma", b'{"format": 1,}', ["not JSON"]),
    ("single quotes", b"{'format': 1}", ["not JSON"]),
    ("comment", b'{"format": 1 // one\n}', ["not JSON"]),
    ("nul", b"\0" * 64, ["not JSON"]),
    ("control character", b'{"format": 1, "tab": "a\nb"}', ["not JSON"]),
    ("list", b"[1, 2]", ["[1, 2]", "object"]),
    ("number", b"1", ["1", "object"]),
    ("null", b"null", ["null", "object"]),
    ("nan", b'{"format": NaN}', ["NaN"]),
    ("infinity", b'{"format": -Infinity}', ["-Infinity"]),
    ("twice", b'{"format": 1, "format": 1}', ["'format'", "twice"]),
    ("field twice", lab(state={"t": "1"}).replace(b'"t"', b'"t": "0", "t"'), ["'t'", "twice"]),
    ("deep", b'{"a":' * 100_000, ["deep"]),
    ("deep lists", b'{"format": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", ["deep"]),
    ("large", b" " * (LARGEST + 1), [str(LARGEST)]),
    ("digits", b'{"format": ' + b"9" * 5000 + b"}", ["digits"]),
    ("no format", b"{}", ["no session of mmlviz"]),
    ("a notebook", b'{"cells": [], "nbformat": 4}', ["no session of mmlviz"]),
    ("format is text", changed(format="1"), ["format", '"1"']),
    ("format is true", changed(format=True), ["format", "true"]),
    ("format is a float", changed(format=1.0), ["format", "1.0"]),
    ("format 0", changed(format=0), ["format", "0"]),
    ("format -1", changed(format=-1), ["format", "-1"]),
    ("newer", changed(format=2), ["newer mmlviz", "format 2", "reads format 1"]),
    ("huge format", changed(format=10**30), ["format"]),
    ("program", changed(program=3), ["program", "3"]),
    ("no tab", b'{"format": 1, "labs": {}}', ["'tab' is missing"]),
    ("tab is null", changed(tab=None), ["tab", "null"]),
    ("tab unknown", changed(tab="sphinx"), ["tab", "sphinx", "matrix"]),
    ("tab is a number", changed(tab=0), ["tab", "0"]),
    ("labs is a list", changed(labs=[]), ["labs", "[]"]),
    ("labs is null", changed(labs=None), ["labs", "null"]),
    ("unknown lab", changed(labs={"sphinx": {}}), ["sphinx", "matrix"]),
    ("lab with an odd name", changed(labs={"a\nb\u2028" * 90: {}}), ["there is no lab"]),
    ("lab is a text", changed(labs={"matrix": "A"}), ["labs.matrix", '"A"']),
    ("unknown member", changed(colour="red"), ["'colour'"]),
    ("version is text", lab(version="1"), ["labs.matrix.version", '"1"']),
    ("version 0", lab(version=0), ["labs.matrix.version", "0"]),
    ("version is true", lab(version=True), ["labs.matrix.version", "true"]),
    ("newer lab", lab(version=999), ["matrix", "version 999", "reads 1 to"]),
    ("state is a list", lab(state=["1,2"]), ["labs.matrix.state"]),
    ("a field is a number", lab(state={"t": 1}), ["labs.matrix.state.t", "1"]),
    ("a field is null", lab(state={"t": None}), ["labs.matrix.state.t", "null"]),
    ("a field is a list", lab(state={"vector": [1, 2]}), ["labs.matrix.state.vector", "[1, 2]"]),
    ("unknown field", lab(state={"speed": "1"}), ["matrix", "'speed'", "matrix, vector, t"]),
    ("no number", lab(state={"t": "hello"}), ["matrix", "t=hello"]),
    ("too large", lab(state={"t": "2"}), ["matrix", "t=2", "between 0 and 1"]),
    ("nan as text", lab(state={"t": "nan"}), ["matrix", "t=nan"]),
    ("wrong shape", lab(state={"matrix": "1,2,3"}), ["matrix=1,2,3"]),
    ("empty value", lab(state={"vector": ""}), ["matrix", "vector="]),
    ("long value", lab(state={"t": "1" * 100_000}), ["matrix", "t=1111"]),
    ("code", lab(state={"t": "__import__('os').getpid()"}), ["matrix", "t=__import__"]),
    ("further member of a lab", lab(name="A"), ["'labs.matrix.name'"]),
    ("view is a list", lab(view=[]), ["labs.matrix.view"]),
    ("further member of a view", view(zoom=2), ["'labs.matrix.view.zoom'"]),
    ("boxes is a list", view(boxes=[0, 1, 0, 1]), ["labs.matrix.view.boxes"]),
    ("unknown pane", view(boxes={"space": [0, 1, 0, 1]}), ["matrix", "'space'", "plane"]),
    ("three numbers", view(boxes={"plane": [0, 1, 0]}), ["view.boxes.plane", "[0, 1, 0]"]),
    ("texts in a box", view(boxes={"plane": ["0", "1", "0", "1"]}), ["view.boxes.plane"]),
    ("truth in a box", view(boxes={"plane": [False, True, 0, 1]}), ["view.boxes.plane"]),
    ("turned box", view(boxes={"plane": [1, 0, 0, 1]}), ["view.boxes.plane"]),
    ("flat box", view(boxes={"plane": [0, 0, 0, 1]}), ["view.boxes.plane"]),
    ("tiny box", view(boxes={"plane": [0, 1e-9, 0, 1]}), ["view.boxes.plane"]),
    ("endless box", view(boxes={"plane": [-1e300, 1e300, 0, 1]}), ["view.boxes.plane"]),
    ("box beyond floats", view(boxes={"plane": [-(10**400), 1, 0, 1]}), ["view.boxes.plane"]),
    ("infinite box", view(boxes={"plane": [0, 7, 0, 1]}).replace(b"7", b"1e999"), ["view.boxes.plane"]),
    ("far box", view(boxes={"plane": [1e12, 1e12 + 1, 0, 1]}), ["view.boxes.plane"]),
    ("snap", view(has_snap="yes"), ["view.has_snap", '"yes"']),
    ("panel", view(has_panel=1), ["view.has_panel", "1"]),
    ("splits", view(splits={"0": [1, 2]}), ["view.splits"]),
    ("a split that is no list", view(splits=[5, 1]), ["view.splits"]),
    ("texts in splits", view(splits=[["a"]]), ["view.splits"]),
    ("huge splits", view(splits=[[1e300, 1]]), ["view.splits"]),
    ("splits below 0", view(splits=[[-5, 1]]), ["view.splits"]),
]  # fmt: skip


def test_there_are_many_ways_to_be_broken() -> None:
    assert len({raw for _, raw, _ in BROKEN}) == len(BROKEN) >= 60


@pytest.mark.parametrize(("raw", "words"), [(r, w) for _, r, w in BROKEN], ids=[name for name, _, _ in BROKEN])
def test_broken_files_say_what_is_wrong_on_one_line(raw: bytes, words: list[str]) -> None:
    start = perf_counter()
    with pytest.raises(BadFile) as caught:
        read(raw)
    said = str(caught.value)
    assert perf_counter() - start < 5  # no input may hang the window; this is a hundred times what it takes
    assert all(word in said for word in words), said
    assert said.isprintable()
    assert len(said) < 400


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with pytest.raises(BadFile):
        read(raw)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(["format", "program", "tab", "labs", "version", "state", "view", "boxes", "t"]), JUNK)
def test_junk_in_any_member_is_read_or_refused(name: str, junk: Any) -> None:
    """Never another exception, and what is read has states and boxes that can be shown."""

    def planted(data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {key: junk if key == name else planted(value) for key, value in data.items()}

    whole = json.loads(changed(labs={"matrix": {"version": 1, "state": {"t": "1"}, "view": {"boxes": {}}}}))
    try:
        raw = json.dumps(planted(whole), allow_nan=False).encode()
    except ValueError:  # inf is no JSON
        return
    try:
        made = read(raw)
    except BadFile:
        return
    for each in made.labs.values():
        assert all(math.isfinite(v) for box in each.sight.boxes.values() for v in box)
