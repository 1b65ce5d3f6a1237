"""The action table: one key, one meaning."""

import re
from collections import Counter

import pytest

from mmlviz.core.actions import ACTIONS, GESTURES, Action
from mmlviz.data import resource

each_action = pytest.mark.parametrize("action", ACTIONS, ids=[a.id for a in ACTIONS])


def test_no_id_title_or_key_twice() -> None:
    keys = [key for action in ACTIONS for key in action.keys]
    for names in ([a.id for a in ACTIONS], [a.title for a in ACTIONS], keys):
        assert [name for name, n in Counter(names).items() if n > 1] == []
    assert not {"Tab", "Shift+Tab", "Esc", "Return", *(f"Ctrl+{n}" for n in range(1, 10))} & set(keys)


@each_action
def test_every_action_says_what_it_does(action: Action) -> None:
    assert action.title
    assert action.help
    assert not action.help.endswith(".")
    assert re.fullmatch(r"[a-z_]+", action.id)
    assert action.menu in {"File", "Edit", "View", "Help"}


@each_action
def test_every_icon_is_shipped(action: Action) -> None:
    if action.icon:
        assert resource(f"icons/{action.icon}.svg").is_file()


def test_gestures_are_told() -> None:
    assert all(what and does for what, does in GESTURES)
    assert len({what for what, _ in GESTURES}) == len(GESTURES)
