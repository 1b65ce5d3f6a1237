"""Every role has a colour in every theme, and can be told from what it stands on."""

import pytest

from mmlviz.core import theme
from mmlviz.core.theme import CHROME, DECORATION, LINES, NAMES, ROLES, SURFACES, WORDS, load, mix, rgb
from mmlviz.data import resource


def contrast(one: str, other: str) -> float:
    """Contrast ratio from 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", NAMES)
def test_every_role_has_a_colour(name: str) -> None:
    found = load(name)
    assert set(found.colours) == {*ROLES, *CHROME}
    assert set(ROLES) == {*SURFACES, *LINES, *WORDS, *DECORATION}
    for colour in [*found.colours.values(), *found.texts.values()]:
        assert len(colour) == 7
        assert mix(colour, colour, 0.5) == colour  # so it is lower-case #rrggbb


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", LINES)
def test_lines_can_be_seen(name: str, role: str) -> None:
    """3:1, what WCAG 2.2 asks of graphics (1.4.11)."""
    found = load(name)
    assert contrast(found.line(role), found.line("background")) >= 3


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", WORDS)
@pytest.mark.parametrize("surface", SURFACES)
def test_words_can_be_read(name: str, role: str, surface: str) -> None:
    """4.5:1, what WCAG 2.2 asks of text (1.4.3), on the picture and on the panel."""
    found = load(name)
    assert contrast(found.text(role), found.line(surface)) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_classes_can_be_seen_and_told_apart(name: str) -> None:
    found = load(name)
    assert len({*found.classes}) == 10
    for colour in found.classes:
        assert contrast(colour, found.line("background")) >= 3
        assert mix(colour, colour, 0.5) == colour


@pytest.mark.parametrize("name", NAMES)
def test_controls_can_be_seen_and_read(name: str) -> None:
    found = load(name)
    assert contrast(found.line("on_accent"), found.line("accent")) >= 4.5
    assert contrast(found.line("accent"), found.line("panel")) >= 3
    assert contrast(found.text("text"), found.line("field")) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_dark_is_dark(name: str) -> None:
    found = load(name)
    assert found.is_dark == (
        contrast(found.line("background"), "#000000") < contrast(found.line("background"), "#ffffff")
    )


def test_the_files_are_the_themes() -> None:
    assert {path.stem for path in resource("themes").glob("*.toml")} == set(NAMES)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#777777", "#ffffff", 4.478),
        ("#0000ff", "#ffffff", 8.592),
    ],
)
def test_contrast_as_wcag(one: str, other: str, ratio: float) -> None:
    """Known ratios of the WCAG formula."""
    assert contrast(one, other) == pytest.approx(ratio, abs=1e-3)
    assert contrast(other, one) == contrast(one, other)


def test_mixing() -> None:
    assert rgb("#0a80ff") == (10, 128, 255)
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"
    assert mix("#000000", "#ff8000", 0.5) == "#804000"
    light = load("light")
    assert light.mixed("first", 1) == light.line("first")
    assert light.mixed("first", 0) == light.line("background")


def test_a_theme_with_a_role_missing_is_refused(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    text = resource("themes/light.toml").read_text("utf-8").replace("second =", "zweite =")
    (tmp_path / "odd.toml").write_text(text, "utf-8")
    monkeypatch.setattr(theme, "resource", lambda name: tmp_path / "odd.toml")
    with pytest.raises(ValueError, match="second, zweite"):
        load("odd")
