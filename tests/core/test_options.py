"""Choices, switches, words and places: what is typed becomes a value or a problem that says what is allowed."""

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mmlviz.core.codec import LONGEST
from mmlviz.core.fields import Field
from mmlviz.core.options import Choice, Formula, PictureFile, Places, Switch, Wholes, Word
from mmlviz.maths.number import Number, Problem

PIT = Choice("pit", "pit", options=("intro", "many minima", "Well"), titles=("Intro pit", "Many minima", "A well"))
PLAIN = Choice("mode", "mode", options=("gradient", "depth"))
SWITCH = Switch("is_centred", "centred")
WORD = Word("seed", "word")
SHORT = Word("name", "name", longest=5)
PLACES = Places("dips", "dips", limits=(0, 6), most=4)
FILE = PictureFile("file", "picture")
ALL = (PIT, PLAIN, SWITCH, WORD, SHORT, PLACES, FILE)

every_field = pytest.mark.parametrize("field", ALL, ids=[field.name for field in ALL])


def point(x: str, y: str) -> tuple[Number, Number]:
    return Number(x), Number(y)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (PIT, "intro", "intro"),
        (PIT, " INTRO ", "intro"),
        (PIT, "manyminima", "many minima"),
        (PIT, "Many  Minima", "many minima"),
        (PIT, "well", "Well"),  # as it was declared
        (PLAIN, "Depth", "depth"),
        *((SWITCH, typed, True) for typed in ("yes", "YES", " true ", "on", "1")),
        *((SWITCH, typed, False) for typed in ("no", "No", "false\n", "off", "0")),
        (WORD, "otter", "otter"),
        (WORD, "  Sand \t castle\n", "sand castle"),
        (WORD, "ÉLAN", "élan"),
        (WORD, "e\u0301lan", "élan"),  # an accent typed by itself
        (WORD, "Straße", "strasse"),  # as it would be written in capitals
        (WORD, "猫", "猫"),
        (WORD, "x" * 40, "x" * 40),
        (SHORT, "  a b c  ", "a b c"),  # the length is that of what is kept
        (PLACES, "", ()),
        (PLACES, " \n", ()),
        (PLACES, "1,2", (point("1", "2"),)),
        (PLACES, "1,2;1/3,6", (point("1", "2"), point("1/3", "6"))),
        (PLACES, " 1 , 2 ; 0,6 ", (point("1", "2"), point("0", "6"))),
        (PLACES, "1,2;1,2;1,2;1,2", 4 * (point("1", "2"),)),
        (FILE, "", ""),
        (FILE, " \n", ""),
        (FILE, " /home/me/my  bear.png\n", "/home/me/my  bear.png"),
        (FILE, '"C:\\Users\\me\\bear.png"', "C:\\Users\\me\\bear.png"),  # as Windows copies it
        (FILE, "'\"a.png\"'", "a.png"),
        (FILE, "/Desktop/Screenshot at 1.00.00\u202fPM.png", "/Desktop/Screenshot at 1.00.00\u202fPM.png"),
        (FILE, "/Bär/熊 👩\u200d🎓.jpg", "/Bär/熊 👩\u200d🎓.jpg"),
    ],
)
def test_reads_what_is_typed(field: Field, typed: str, value: object) -> None:
    assert field.read(typed) == value
    assert type(field.read(typed)) is type(value)
    assert field.allows(value)
    assert field.read(field.write(value)) == value


@pytest.mark.parametrize(
    ("field", "typed", "marked", "words"),
    [
        (PIT, "moon", "moon", ["'moon'", "one of intro, many minima, Well"]),
        (PIT, "", "", ["''", "one of intro"]),
        (PIT, "intr", "intr", ["did you mean intro?", "one of intro"]),
        (PIT, "Many minimas", "Many minimas", ["did you mean many minima?"]),
        (PIT, "Intro pit", "Intro pit", ["'Intro pit'"]),  # a title is for reading
        (SWITCH, "perhaps", "perhaps", ["'perhaps'", "yes or no"]),
        (SWITCH, "", "", ["neither yes nor no"]),
        (WORD, "", "", ["empty", "1 to 40 characters"]),
        (WORD, " \t\n", " \t\n", ["empty"]),
        (WORD, "x" * 41, "x" * 41, ["41 characters", "1 to 40"]),
        (SHORT, "otters", "otters", ["6 characters", "1 to 5"]),
        (SHORT, "ßßß", "ßßß", ["6 characters"]),
        (WORD, "a\0b", "a\0b", ["cannot be seen", "1 to 40"]),
        (WORD, "a\u200bb", "a\u200bb", ["cannot be seen"]),  # a space without width
        (WORD, "\ud800", "\ud800", ["cannot be seen"]),  # half of a surrogate pair
        (PLACES, "1", "1", ["'1' has ", "up to 4 points", "between 0 and 6"]),
        (PLACES, "1,2;3", "3", ["'3' has "]),
        (PLACES, "1,2;3,4,5", "3,4,5", ["'3,4,5' has "]),
        (PLACES, "1,2;", "", ["'' has "]),
        (PLACES, "1,2;3,x", "x", ["'x'"]),
        (PLACES, "1,2; 3 , 7 ", " 7 ", ["7 is outside 0 to 6"]),
        (PLACES, "-1,2", "-1", ["outside 0 to 6"]),
        (PLACES, "1,2;1/0,2", "/0", ["zero"]),
        (PLACES, "1,2;3,4;5,6;1,1;2,2", "1,2;3,4;5,6;1,1;2,2", ["5 points", "up to 4 points"]),
        (FILE, "/" + "x" * 500, "/" + "x" * 500, ["501 characters", "up to 500"]),
        (FILE, "/a\nb.png", "/a\nb.png", ["no name can have"]),
        (FILE, "/a\0b.png", "/a\0b.png", ["no name can have"]),
        (FILE, "/a\udcffb.png", "/a\udcffb.png", ["no name can have"]),  # a name that is not Unicode
        *(
            (FILE, path, path, ["on another computer"])
            for path in (r"\\host\share\a.png", "//host/a.png", "\\/h/a.png")
        ),
        (FILE, '"//host/a.png"', '"//host/a.png"', ["on another computer"]),
    ],
)
def test_says_what_is_wrong_and_where_and_what_is_allowed(
    field: Field, typed: str, marked: str, words: list[str]
) -> None:
    problem = field.read(typed)
    assert isinstance(problem, Problem)
    assert typed[problem.start : problem.end] == marked
    for word in words:
        assert word in str(problem)


some_texts = st.text(max_size=60) | st.text("1,2;.-/eE \0", max_size=30) | st.text("yesnotrufal \n", max_size=6)


@every_field
@given(typed=some_texts)
def test_any_text_is_a_value_or_a_problem(field: Field, typed: str) -> None:
    read = field.read(typed)
    if isinstance(read, Problem):
        assert 0 <= read.start <= read.end <= len(typed)
        assert read.message
    else:
        assert field.allows(read)
        assert field.read(field.write(read)) == read


@given(st.text(max_size=45))
@example("\u0345\u0301")  # capitals and accents that change places when they are composed
@example("a\u0345\u0301")
@example("\u1fb4")
@example("İ")
def test_a_word_is_the_same_however_it_is_typed(typed: str) -> None:
    """Composed or not, in capitals or not, with whatever spaces: pits are passed on by word of mouth."""
    word = WORD.read(typed)
    if isinstance(word, Problem):
        return
    assert 1 <= len(word) <= 40
    assert word == word.strip()
    assert "  " not in word
    assert word.isprintable()
    assert word == unicodedata.normalize("NFC", word)
    for other in (f"  {typed} ", unicodedata.normalize("NFD", typed), unicodedata.normalize("NFC", typed), word):
        assert WORD.read(other) == word


@given(st.text("abcxyzäéß", min_size=1, max_size=12))
def test_capitals_make_no_other_word(typed: str) -> None:
    assert WORD.read(typed.upper()) == WORD.read(typed)


@given(st.lists(st.tuples(*2 * [st.decimals(0, 6, places=3).map(lambda d: Number(f"{d:f}"))]), max_size=4).map(tuple))
def test_places_come_back_as_they_were(value: tuple) -> None:
    assert PLACES.allows(value)
    read = PLACES.read(PLACES.write(value))
    assert read == value
    assert [[x.text for x in one] for one in read] == [[x.text for x in one] for one in value]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (PIT, "moon"),
        (PIT, "INTRO"),
        (PIT, "Intro pit"),
        (SWITCH, 1),
        (SWITCH, "yes"),
        (WORD, ""),
        (WORD, "Otter"),
        (WORD, " otter"),
        (WORD, "x" * 41),
        (WORD, "a\nb"),
        (PLACES, (point("1", "7"),)),
        (PLACES, (point("-0.1", "1"),)),
        (PLACES, 5 * (point("1", "1"),)),
        (FILE, " a.png"),
        (FILE, "'a.png'"),
        (FILE, "//host/a.png"),
    ],
)
def test_what_is_not_allowed(field: Field, value: object) -> None:
    """A state made by a hand or by a program is held to what could have been typed."""
    assert not field.allows(value)


@every_field
def test_fields_describe_themselves(field: Field) -> None:
    assert field.type
    assert field.described["type"] == field.type
    assert field.allowed
    assert "nan" not in field.allowed


def test_options_are_listed_and_titled() -> None:
    assert PIT.described["options"] == ["intro", "many minima", "Well"]
    assert [PIT.title(option) for option in PIT.options] == ["Intro pit", "Many minima", "A well"]
    assert [PLAIN.title(option) for option in PLAIN.options] == ["gradient", "depth"]
    assert SWITCH.described["options"] == ["yes", "no"]
    assert [SWITCH.write(value) for value in (True, False)] == ["yes", "no"]


def test_the_example_of_places_can_be_read() -> None:
    _, _, typed = PLACES.allowed.partition("typed like ")
    assert PLACES.read(typed) == (point("1", "2"), point("3", "4"))


def test_the_longest_path_fits_into_a_link() -> None:
    longest = FILE.read("🐻" * FILE.longest)
    assert isinstance(longest, str)
    assert len(quote(longest)) < 0.8 * LONGEST


# Formulas ---------------------------------------------------------------------------------------

FORMULA = Formula("f", "function f", variables=("x", "y"), options=("x y", "sin x"))


@pytest.mark.parametrize("text", ["x y", " sin  x ", "e^(-x^2-y²)", "3", "|x|/y"])
def test_a_formula_is_kept_as_it_is_typed(text: str) -> None:
    value = FORMULA.read(text)
    assert value == " ".join(text.split())
    assert FORMULA.read(FORMULA.write(value)) == value
    assert FORMULA.allows(value)


@pytest.mark.parametrize(("text", "start", "end"), [("2x + sn(y)", 5, 7), ("", 0, 0), ("x + z", 4, 5), ("x^^2", 2, 3)])
def test_a_formula_that_is_none_is_refused_at_its_place(text: str, start: int, end: int) -> None:
    problem = FORMULA.read(text)
    assert isinstance(problem, Problem)
    assert (problem.start, problem.end) == (start, end)
    assert not FORMULA.allows(text)


def test_a_formula_is_described() -> None:
    assert FORMULA.type == "formula in x and y"
    assert FORMULA.described["offered"] == ["x y", "sin x"]
    assert "typed like x y" in FORMULA.allowed


# Lists of whole numbers -------------------------------------------------------------------------

TERMS = Wholes("hidden", "hidden terms", limits=(0, 40))


@pytest.mark.parametrize(("text", "value"), [("", ()), ("3", (3,)), (" 5, 1 ,40", (1, 5, 40)), ("0,007", (0, 7))])
def test_whole_numbers_are_put_in_order(text: str, value: tuple[int, ...]) -> None:
    assert TERMS.read(text) == value
    assert TERMS.read(TERMS.write(value)) == value
    assert TERMS.allows(value)


@pytest.mark.parametrize(("text", "place"), [("1,x", "x"), ("41", "41"), ("1,-2", "-2"), ("1.5", "1.5"), ("2,2", "2"),
                                             ("1,,2", ""), ("٣", "٣")])  # fmt: skip
def test_what_is_no_such_number_is_refused_at_its_place(text: str, place: str) -> None:
    problem = TERMS.read(text)
    assert isinstance(problem, Problem)
    assert text[problem.start : problem.end] == place
    assert "between 0 and 40" in problem.suggestion


def test_only_numbers_in_order_are_allowed() -> None:
    assert not TERMS.allows((3, 1))
    assert not TERMS.allows((1, 1))
    assert not TERMS.allows((41,))
