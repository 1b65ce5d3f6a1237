"""Settings: written, read again, and refused where they are not what was written."""

import pytest

from mmlviz.core.settings import RECENT, Settings, read, write
from mmlviz.core.strict import BadFile

FULL = Settings("dark", True, True, ("/home/ada/week 2.mmlviz", "/tmp/χ.json"))


@pytest.mark.parametrize("settings", [Settings(), FULL])
def test_they_come_back(settings: Settings) -> None:
    assert read(write(settings).encode()) == settings


def test_what_is_missing_is_as_it_opens() -> None:
    assert read(b'{"format": 1}') == Settings()
    assert read(b'{"format": 1, "theme": "dark"}') == Settings("dark")


def test_no_more_files_than_the_menu_has() -> None:
    many = Settings(recent=tuple(map(str, range(50))))
    assert read(write(many).encode()).recent == tuple(map(str, range(RECENT)))


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "empty"),
        (b"{}", "format"),
        (b'{"format": 2}', "format is 2"),
        (b'{"format": 1, "theme": "pink"}', "pink"),
        (b'{"format": 1, "theme": 1}', "theme is 1"),
        (b'{"format": 1, "is_projector": 1}', "is_projector is 1"),
        (b'{"format": 1, "recent": "a"}', "recent"),
        (b'{"format": 1, "recent": [1]}', "recent"),
        (b'{"format": 1, "font": "x"}', "'font'"),
    ],
)
def test_anything_else_is_refused(raw: bytes, word: str) -> None:
    with pytest.raises(BadFile, match=word):
        read(raw)
