"""A short run of the long search (python -m tests.fuzz), and that it sees what is faulty."""

import signal
import sys

import pytest

from mmlviz.maths.expression.tree import Call, Literal, Variable
from mmlviz.maths.number import Problem
from tests import fuzz


@pytest.mark.parametrize("seed", [1, 2])
def test_no_text_breaks_the_reader(seed: int) -> None:
    run = fuzz.go(seed, 1000, slow=0.5)  # ten times what is promised: machines differ, and this one may be busy
    assert "\n".join(map(str, run.faults)) == ""
    assert run.count == 1000
    assert run.read > 100
    assert run.new > 100


FOUND = [
    # text, variables: each of them has broken something once
    ("x\u2028", ("x",)),  # a message in two lines
    ("1\n/0", ("x",)),
    ("√\n2√", ("x",)),
    ("sin 2\u2028*x", ("x",)),
    ("logₓ(2)", ("x",)),  # ValueError
    ("2ʸ", ("x",)),  # a tree with a variable that was not allowed
    ("2ˣ", ()),
    ("2^((10^300/3^600)*(10^300/3^600))", ("x",)),  # OverflowError, an integer of more than 1024 bits
    ("x^((10^300/3^600)*(10^300/3^600))", ("x",)),
    ("x*-sin(" * 49 + "x" + "⁽" * 49 + "ˣ" + "⁾" * 49 + ")" * 49, ("x",)),  # RecursionError: 50 levels in 50 others
]


@pytest.mark.parametrize(("text", "names"), FOUND, ids=[ascii(row[0][:20]) for row in FOUND])
def test_what_was_found_is_mended(text: str, names: tuple[str, ...]) -> None:
    assert fuzz.breach_of(text, names) == ""


HEAVY = [
    # as much to reckon as found its way into 1000 characters
    "-1*-sec(" * 45 + "½" + "+½" * 297 + ")" * 45,
    "-1*-sec(" * 45 + "π" + "-π" * 297 + ")" * 45,
    "-1*-sec(" * 45 + "1²" + "*1²" * 197 + ")" * 45,
    "-1*|" * 45 + "π" + "-π" * 386 + "|" * 45,
    "|-" * 45 + "π" + "-π" * 431 + "|" * 45,
    "-1*-(" * 45 + "π" + "+π" * 364 + ")" * 45,
    "sin(π*" * 45 + "½" + "+½" * 341 + ")" * 45,
    "sin(π" + "*(9^314/8^332)" * 65 + ")",
    "x²" * 400,
]


@pytest.mark.parametrize("text", HEAVY, ids=[row[:10] for row in HEAVY])
def test_no_text_takes_long(text: str) -> None:
    """Counted in calls and returns, which are the same on every machine: a million take some 60 ms."""
    assert len(text) <= 1000
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(note)
    try:
        fuzz.READ(text, ("x",))
    finally:
        sys.setprofile(None)
    assert count < 1_000_000


def test_a_seed_decides_everything() -> None:
    def tried() -> list[str]:
        texts: list[str] = []

        def noting(text: str, names: tuple[str, ...]) -> object:
            texts.append(text)
            return fuzz.READ(text, names)

        fuzz.go(3, 150, reader=noting)
        return list(dict.fromkeys(texts))  # how often one is read depends on the time it takes

    assert tried() == tried()


def test_all_of_unicode_has_its_turn() -> None:
    typist = fuzz.Typist(4)
    blocks = {ord(character) // 0x80 for _ in range(0x110000 // 0x80) for character in typist.unicode()}
    assert blocks == set(range(0x110000 // 0x80))


def _refused(seed: int, count: int) -> str:
    """The last text of a run that the reader refuses."""
    found: list[str] = []

    def noting(text: str, names: tuple[str, ...]) -> object:
        answer = fuzz.READ(text, names)
        if isinstance(answer, Problem):
            found.append(text)
        return answer

    fuzz.go(seed, count, reader=noting)
    return found[-1]


def test_one_text_that_raises_is_found_again_and_again() -> None:
    planted = _refused(5, 100)

    def faulty(text: str, names: tuple[str, ...]) -> object:
        if text == planted:
            raise IndexError("list index out of range")
        return fuzz.READ(text, names)

    said: list[str] = []
    found = [fuzz.go(5, 100, reader=faulty, say=said.append).faults for _ in range(2)]
    assert found[0] == found[1]
    (fault,) = [each for each in found[0] if "IndexError" in each.what]
    assert fault.text == planted
    assert any("seed 5" in line and ascii(planted) in line for line in said)


def _raises(error: Exception) -> fuzz.Reader:
    def reader(text: str, names: tuple[str, ...]) -> object:
        raise error

    return reader


PLANTED: list[tuple[str, fuzz.Reader, str]] = [
    ("raises", _raises(KeyError("q")), "KeyError"),
    ("deep", _raises(RecursionError("too deep")), "RecursionError"),
    ("nothing", lambda text, names: None, "NoneType"),
    ("number", lambda text, names: 7.0, "float"),
    ("before", lambda text, names: Problem(-1, 1, "no"), "not within"),
    ("behind", lambda text, names: Problem(0, len(text) + 1, "no"), "not within"),
    ("backwards", lambda text, names: Problem(1, 0, "no"), "not within"),
    ("silent", lambda text, names: Problem(0, 1, " "), "empty"),
    ("two lines", lambda text, names: Problem(0, 1, "no\nno"), "line"),
    ("suggests two lines", lambda text, names: Problem(0, 1, "no", "a\u2028b"), "line"),
    ("other variable", lambda text, names: Variable("z"), "variables"),
    ("read differently", lambda text, names: Variable("x" if text == "x+1" else "y"), "read as"),
    ("no such function", lambda text, names: Call("nothing", Literal("1")), "raised"),
]


@pytest.mark.parametrize(("reader", "word"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED])
def test_a_planted_fault_is_noticed(reader: fuzz.Reader, word: str) -> None:
    with pytest.raises(fuzz.Breach, match=word):
        fuzz.look("x+1", ("x", "y"), reader)


@pytest.mark.parametrize(
    "reader",
    [lambda text, names: _recursing(text), lambda text, names: all(text for _ in iter(int, 1))],
    ids=["deeper and deeper", "on and on"],
)
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarm")
def test_what_does_not_end_is_noticed(reader: fuzz.Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "HANGS", 0.1)
    with pytest.raises(fuzz.Breach, match=r"RecursionError|TimeoutError"):
        fuzz.look("x+1", ("x",), reader)


def _recursing(text: str) -> object:
    return _recursing(text)


def test_what_is_slow_is_noticed() -> None:
    def slow(text: str, names: tuple[str, ...]) -> object:
        sum(range(2 * 10**6 * ("√" in text)))
        return Problem(0, 0, "no")

    run = fuzz.go(6, 60, slow=0.004, reader=slow)
    assert ["√" in fault.text for fault in run.faults] == [True]
    assert "√" in run.slowest[0][1]


def _with(character: str) -> fuzz.Reader:
    def faulty(text: str, names: tuple[str, ...]) -> object:
        if character in text:
            raise ValueError("planted")
        return fuzz.READ(text, names)

    return faulty


def test_a_faulty_text_is_shortened() -> None:
    reader = _with("√")
    text = "sin(x) + 2x(x+1)/√(x^2 - 1) - |x|"
    with pytest.raises(fuzz.Breach) as caught:
        fuzz.look(text, ("x",), reader)
    fault = fuzz.Fault(0, 0, text, ("x",), str(caught.value))
    assert fuzz.shortened(fault, reader) == "√"
