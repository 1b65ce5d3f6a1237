"""Links: what is written is read again, and what cannot be read is refused in one line that says why."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmlviz.core.codec import BadLink, changed, link, read_link, read_state, texts
from mmlviz.maths.number import Number
from tests.core.probe import LAB, MIXED, Mixed, State

LABS = (LAB,)


def refusal(text: str) -> str:
    with pytest.raises(BadLink) as caught:
        read_link(text, LABS)
    return str(caught.value)


def numbers(low: int, high: int) -> st.SearchStrategy[Number]:
    """As a person types them, within limits."""
    fractions = st.tuples(st.integers(low, high), st.integers(1, 9)).map(lambda p: f"{p[0]}/{p[1]}")
    decimals = st.decimals(low, high, places=3).map(lambda d: f"{d:f}")
    tiny = st.sampled_from(["1e-300", "1E-7", ".5", "0.", "-0", "+1", "00", " 1 / 2 "])
    return (fractions | decimals | st.integers(low, high).map(str) | tiny).map(Number)


states = st.builds(
    State,
    rate=numbers(0, 1).filter(lambda x: x >= 0),
    vector=st.tuples(*3 * [numbers(-10, 10)]),
    matrix=st.tuples(*2 * [st.tuples(*2 * [numbers(-1000, 1000)])]),
)


@given(states)
def test_links_and_dicts_bring_the_state_back(state: State) -> None:
    assert read_link(link(LAB, state), LABS) == (LAB, state)
    assert read_state(LAB, changed(LAB, state)) == state
    assert read_state(LAB, texts(LAB, state)) == state


def test_only_what_differs_is_written() -> None:
    assert link(LAB, State()) == "mmlviz:probe"
    assert changed(LAB, State()) == {}
    state = replace(State(), rate=Number("0.50"))  # the same number, typed otherwise
    assert changed(LAB, state) == {"rate": "0.50"}
    assert link(LAB, state) == "mmlviz:probe?rate=0.50&v=3"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("mmlviz:probe", State()),
        ("probe", State()),  # as typed on the command line
        ("  mmlviz:probe?  ".strip(), State()),
        (" mmlviz:probe\n", State()),
        ("probe?rate=1/4", State(rate=Number("1/4"))),
        ("probe?rate=1%2F4", State(rate=Number("1/4"))),
        ("probe?rate=%200.25%20", State(rate=Number("0.25"))),
        ("probe?rate=+1e+0", State(rate=Number("1e+0"))),  # + is plus, not a blank
        ("probe?rate=%2B1", State(rate=Number("1"))),
        ("probe?rate=1%0A", State(rate=Number("1"))),  # a line feed around a number is a blank
        ("probe?rate=0&v=1", State(rate=Number("0"))),
        ("probe?v=3", State()),
        ("probe?matrix=%E2%88%921,0;0,1", replace(State(), matrix=LAB.field("matrix").read("-1,0;0,1"))),
        ("probe?matrix=−1,0;0,1", replace(State(), matrix=LAB.field("matrix").read("-1,0;0,1"))),
        ("probe?matrix=-1,0%3B0,1", replace(State(), matrix=LAB.field("matrix").read("-1,0;0,1"))),
    ],
)
def test_links_that_are_read(text: str, state: State) -> None:
    assert read_link(text, LABS) == (LAB, state)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # the name of the lab
        ("", ["no lab ''", "probe"]),
        ("mmlviz:", ["no lab ''", "probe"]),
        ("nolab?rate=1", ["'nolab'", "probe"]),
        ("http://probe", ["'http://probe'"]),
        ("mmlviz:mmlviz:probe", ["'mmlviz:probe'"]),
        ("Probe", ["'Probe'"]),
        # the form of the fields
        ("probe?rate", ["probe", "'rate'", "field=value"]),
        ("probe?rate=1&", ["''", "field=value"]),
        ("probe?&rate=1", ["''", "field=value"]),
        ("probe?rate=1&rate=1", ["rate", "twice"]),
        ("probe?v=1&v=1", ["v", "twice"]),
        ("probe?rate=%FF", ["rate=%FF", "UTF-8"]),
        # fields that are not there
        ("probe?momentum=1", ["'momentum'", "rate, vector, matrix"]),
        ("probe?Rate=1", ["'Rate'"]),
        ("probe?%72ate=1", ["'%72ate'"]),  # names are never encoded
        ("probe?__class__=1", ["'__class__'"]),
        # values
        ("probe?rate=", ["rate", "nothing is typed", "between 0 and 1"]),
        ("probe?rate=2", ["rate=2", "outside 0 to 1"]),
        ("probe?rate=nan", ["rate=nan", "'nan' is not a number", "between 0 and 1"]),
        ("probe?rate=1,2", ["rate=1,2", "comma"]),
        ("probe?rate=1+1", ["rate=1+1", "outside 0 to 1"]),
        ("probe?rate=1+", ["rate=1+", "missing behind '+'"]),
        ("probe?rate=%00", ["rate", "does not belong"]),
        ("probe?vector=1,2", ["vector=1,2", "2 numbers, not 3", "typed like 1,1,1"]),
        ("probe?vector=1,2,11", ["vector=1,2,11", "outside −10 to 10"]),
        ("probe?matrix=1,2,3,4", ["matrix", "1 row, not 2", "typed like 1,1;1,1"]),
        ("probe?matrix=1,2;3,1/0", ["matrix", "divides by zero", "2×2"]),
        ("probe?matrix=1,2;3,1e7", ["matrix", "1e7", "outside −1000000 to 1000000"]),
        # versions
        ("probe?v=4", ["version '4'", "1 to 3"]),
        ("probe?v=0", ["version '0'"]),
        ("probe?v=x", ["version 'x'"]),
        ("probe?v=", ["version ''"]),
        # too much of it: what is allowed is still said
        ("probe?rate=" + "1" * 50, ["50 characters, at most 40", "between 0 and 1"]),
        ("probe?matrix=" + "1,2;" * 400, ["1,2;1,2;", "2×2", "typed like 1,1;1,1"]),
        ("probe?vector=" + "x" * 3000, ["xxx…", "typed like 1,1,1"]),
        ("probe?rate=" + "1" * 9000, ["9011 characters", "8000"]),
        ("x" * 3000, ["xxx…"]),
    ],
)
def test_links_that_are_refused(text: str, words: list[str]) -> None:
    """The line names lab, field, what was given and what is allowed."""
    said = refusal(text)
    for word in words:
        assert word in said
    assert len(said) <= 500
    assert said.isprintable()


@given(st.text(max_size=80) | st.text("probe?ratevcomx=&;,%0123456789/+-\n\0\u2028", max_size=60).map("probe?".__add__))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    try:
        lab, state = read_link(text, LABS)
    except BadLink as error:
        said = str(error)
    else:
        assert read_link(link(lab, state), LABS) == (lab, state)
        return
    assert said
    assert said.isprintable()  # no line feed of any kind, no NUL, no half of a surrogate pair


some_parts = st.sampled_from(["rate=1/4", "rate=2", "vector=1,1,1", "matrix=0,1", "momentum=1", "v=2", ""])


@given(st.lists(some_parts, max_size=4))
def test_nothing_is_applied_half(parts: list[str]) -> None:
    """One bad field spoils the link, whatever stands beside it."""
    fields = {part.partition("=")[0] for part in parts}
    good = set(parts) <= {"rate=1/4", "vector=1,1,1", "v=2"} and len(fields) == len(parts)
    text = "probe?" + "&".join(parts)
    if good:
        _, state = read_link(text, LABS)
        assert changed(LAB, state).keys() == fields - {"v"}
    else:
        assert refusal(text if parts != [""] else "probe?&")


def test_fields_of_an_older_version_take_its_steps() -> None:
    _, state = read_link("probe?speed=1/4&v=1", [LAB])
    assert state.rate == Number("1/4")
    _, state = read_link("probe?percent=25&v=2", [LAB])
    assert float(state.rate) == 0.25
    with pytest.raises(BadLink, match="there is no field 'speed'"):
        read_link("probe?speed=1/4&v=3", [LAB])
    with pytest.raises(BadLink, match="there is no field 'speed'"):
        read_link("probe?speed=1/4&v=2", [LAB])


# Fields that are not numbers -------------------------------------------------------------------------

words = st.text(max_size=12).map(MIXED.field("seed").read).filter(lambda word: isinstance(word, str))
mixed = st.builds(
    Mixed,
    f=st.sampled_from(MIXED.field("f").options),  # type: ignore[attr-defined]
    is_centred=st.booleans(),
    seed=words | st.sampled_from(["a&b=c", "50% ;,", "#?", "x+y", 'a"b', "猫", "élan", "v=2", "%41", "+"]),
    dips=st.lists(st.tuples(*2 * [numbers(0, 6).filter(lambda x: 0 <= x <= 6)]), max_size=4).map(tuple),
    count=st.integers(1, 9).map(lambda n: Number(str(n))),
    t=st.sampled_from([Number("0"), Number("1/3"), Number("1")]),
)


@given(mixed)
def test_links_of_all_kinds_of_fields_come_back(state: Mixed) -> None:
    text = link(MIXED, state)
    assert text.isascii()
    assert " " not in text
    assert read_link(text, (LAB, MIXED)) == (MIXED, state)
    assert read_state(MIXED, changed(MIXED, state)) == state
    assert read_state(MIXED, texts(MIXED, state)) == state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("mixed?dips=1,2;3,4", Mixed(dips=MIXED.field("dips").read("1,2;3,4"))),
        ("mixed?dips=", Mixed()),
        ("mixed?f=2*x+1", Mixed(f="2*x+1")),  # + is plus
        ("mixed?f=2*x%2B1", Mixed(f="2*x+1")),
        ("mixed?f=EXP(X)", Mixed()),
        ("mixed?f=1/(x%5E2-x)", Mixed(f="1/(x^2-x)")),
        ("mixed?f=x%20%26%20y", Mixed(f="x & y")),
        ("mixed?seed=Heron", Mixed(seed="heron")),
        ("mixed?seed=a%26b%3Dc", Mixed(seed="a&b=c")),
        ("mixed?seed=%E7%8C%AB", Mixed(seed="猫")),
        ("mixed?seed=猫", Mixed(seed="猫")),
        ("mixed?seed=a=b", Mixed(seed="a=b")),
        ("mixed?seed=x+y", Mixed(seed="x+y")),
        ("mixed?is_centred=yes&count=9", Mixed(is_centred=True, count=Number("9"))),
        ("mixed?is_centred=1", Mixed(is_centred=True)),
    ],
)
def test_links_of_such_fields_as_a_person_writes_them(text: str, state: Mixed) -> None:
    assert read_link(text, (MIXED,)) == (MIXED, state)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mixed?f=sin(x)", ["f=sin(x)", "'sin(x)'", "one of exp(x), 2*x+1"]),
        ("mixed?f=exp(y)", ["did you mean exp(x)?", "one of exp(x)"]),
        ("mixed?f=", ["f=", "one of exp(x)"]),
        ("mixed?is_centred=maybe", ["is_centred=maybe", "yes or no"]),
        ("mixed?seed=", ["seed", "empty", "1 to 12 characters"]),
        ("mixed?seed=%00", ["cannot be seen", "1 to 12"]),
        ("mixed?seed=" + "otter" * 20, ["100 characters", "1 to 12"]),
        ("mixed?dips=1,2;3", ["dips=1,2;3", "'3' has ", "up to 4 points", "typed like 1,2;3,4"]),
        ("mixed?dips=1,2;7,4", ["7 is outside 0 to 6", "between 0 and 6"]),
        ("mixed?dips=" + ";".join(5 * ["1,2"]), ["5 points", "up to 4 points"]),
        ("mixed?dips=" + "1,2;" * 900, ["901 points", "up to 4 points"]),
        ("mixed?count=2.5", ["count=2.5", "not a whole number", "a whole number between 1 and 9"]),
        ("mixed?count=10", ["count=10", "outside 1 to 9"]),
    ],
)
def test_links_of_such_fields_that_are_refused(text: str, words: list[str]) -> None:
    with pytest.raises(BadLink) as caught:
        read_link(text, (MIXED,))
    said = str(caught.value)
    for word in ("mixed", *words):
        assert word in said
    assert len(said) <= 500
    assert said.isprintable()


@given(st.text("mixed?fseeddipscount=&;,%0123456789/+-\n\0", max_size=60).map("mixed?".__add__))
def test_any_text_for_such_fields_is_read_or_refused_in_one_line(text: str) -> None:
    try:
        lab, state = read_link(text, (MIXED,))
    except BadLink as error:
        said = str(error)
    else:
        assert read_link(link(lab, state), (MIXED,)) == (lab, state)
        return
    assert said.isprintable()
