"""The sandpit: find the deepest point of a ground that nobody sees."""

from dataclasses import replace

from mmlviz.core.controls import Button, Buttons, Choose, Click, Group, Handle, Preset, Slider, Typed
from mmlviz.core.fields import Field
from mmlviz.core.lab import Lab, Slow, Value
from mmlviz.core.layout import Plane, Split
from mmlviz.core.options import Choice, Places, Word
from mmlviz.labs.sandpit.picture import DEPTHS, HOME, draw, fit, hover
from mmlviz.labs.sandpit.words import recipe, tell
from mmlviz.maths.descent import STRATEGIES, VERDICTS
from mmlviz.maths.landscape import KINDS, SIZE
from mmlviz.maths.number import Number
from mmlviz.models import sandpit as model
from mmlviz.models.sandpit import MOST, Result, State, again, dipped, is_over, played, redone, undone

SQUARE = (0.0, SIZE)
WORDS = (
    "otter", "heron", "badger", "willow", "harbour", "pebble", "lantern", "meadow", "copper", "raven",
    "thistle", "walnut", "ember", "puffin", "juniper", "marble", "falcon", "clover", "saffron", "beaver",
    "acorn", "plover", "basalt", "orchid", "magpie", "cedar", "quartz", "hazel", "lobster", "tulip",
)  # fmt: skip


def _new_pit(state: State) -> State:
    """The pit of the next word; from the intro pit, which has none, the first random one."""
    if state.pit == "intro":
        return replace(again(state), pit="random")
    place = WORDS.index(state.seed) if state.seed in WORDS else -1
    return replace(again(state), seed=WORDS[(place + 1) % len(WORDS)])


def _other_pit(state: State, pit: str) -> State:
    return replace(again(state), pit=pit)


def _other_word(state: State, word: str) -> State:
    return replace(again(state), seed=word)


def _reveal(state: State) -> State:
    return replace(state, mode="practice")


def _inside(xy: tuple[Number, Number]) -> tuple[Number, Number]:
    """Within the square: a hand may go beyond."""
    x, y = (min(max(v, Number("0")), Number("6")) for v in xy)
    return x, y


def _is_hidden(state: State, result: Result) -> bool:
    return not is_over(state, result)


def _is_slope_hidden(state: State, result: Result) -> bool:
    return _is_hidden(state, result) and (state.mode == "depth" or not state.dips)


def _is_depth_hidden(state: State, result: Result) -> bool:
    return _is_hidden(state, result) and not state.dips


LAB = Lab(
    id="sandpit",
    title="Sandpit",
    model=model,
    layout=Split(
        (
            Plane("plane", "The sandpit from above", home=HOME, weight=5),
            Plane("depths", "Depth of each dip and step", home=DEPTHS, is_locked=False, weight=2, keeps_sight=True),
        )
    ),
    fields=(
        Choice("pit", "pit", help="which kind of ground", options=KINDS,
               titles=("Intro pit", "Random", "Many minima", "Rocks", "Narrow well")),
        Word("seed", "word", help="a random pit grows from this word, the same one on every machine"),
        Choice("mode", "game", help="what a dip tells", options=("gradient", "depth", "practice"),
               titles=("Depth and slope", "Depth only", "Practice: all is seen")),
        Places("dips", "dips", limits=SQUARE, most=MOST, unit="m", help="where the dipstick has been, in order"),
        Field("taken_back", "dips taken back", limits=(0, MOST), is_whole=True,
              help="dips that were undone; they stay paid for"),
        Choice("strategy", "strategy", help="how a walk chooses its next step", options=STRATEGIES,
               titles=("Always one step east", "Steepest descent", "Newton", "Hybrid: Newton, else descent")),
        Field("rate", "rate γ", limits=(0, 10), help="steepest descent goes −γJ in one step"),
        Field("start", "start of the walk", shape=(2,), limits=SQUARE, unit="m",
              help="where the walk begins"),
    ),
    groups=(
        Group("Pit", (
            Choose("pit", taken=_other_pit),
            Typed("seed", taken=_other_word, shown=lambda s: s.pit != "intro"),
            Buttons((
                Button("again", "Again", again, "The same pit, with all dips back"),
                Button("new", "New pit", _new_pit, "A pit from the next word", is_primary=True),
            )),
        )),
        Group("Game", (
            Choose("mode", taken=played),
            Buttons((Button("reveal", "Give up and look", _reveal, "Shows the phone, for all dips that are left"),),
                    shown=lambda s: not is_over(s)),
        )),
        Group("Walk", (
            Choose("strategy"),
            Slider("rate", (), 0, 1.2, 0.01, "γ", "output", shown=lambda s: s.strategy in {"descent", "hybrid"}),
            Slider("start", (0,), 0, SIZE, 0.05, "x", "input"),
            Slider("start", (1,), 0, SIZE, 0.05, "y", "input"),
        ), shown=is_over),
    ),
    handles=(
        Handle("start", "start of the walk", "input", lambda s, r: s.start,
               lambda s, xy: replace(s, start=_inside(xy)), shown=is_over),
    ),
    clicks=(
        Click("dip", "Dip here", lambda s, r, xy: dipped(s, _inside(xy)), within=(*SQUARE, *SQUARE)),
    ),
    values=(
        Value("depth", "F at the last dip in metres, −9 to −1; before the first, at the start of the walk", "number",
              is_secret=_is_depth_hidden),
        Value("gradient", "J = (Fx, Fy) there", "array of 2 numbers", is_secret=_is_slope_hidden),
        Value("hessian", "H, the second derivatives there", "array of 2 arrays of 2 numbers", is_secret=_is_hidden),
        Value("found", "whether a dip is within 0.15 m of the phone", "boolean"),
        Value("dips_left", "how many dips are left", "integer"),
        Value("phone", "the lowest point of the pit", "array of 2 numbers", is_secret=_is_hidden),
        Value("verdict", "what becomes of the walk", "string", VERDICTS, _is_hidden),
        Value("steps_to_phone", "after how many steps the walk is within 0.15 m of the phone; null if never",
              "integer or null", is_secret=_is_hidden),
        Value("walk", "its first five steps", "array of arrays of 2 numbers", is_secret=_is_hidden),
    ),
    presets=(
        Preset("Intro pit, one dip", "mmlviz:sandpit?dips=3,3"),
        Preset("Depth only", "mmlviz:sandpit?pit=random&seed=heron&mode=depth"),
        Preset("Random pit: heron", "mmlviz:sandpit?pit=random&seed=heron"),
        Preset("Many minima: badger", "mmlviz:sandpit?pit=minima&seed=badger"),
        Preset("Rocks: pebble", "mmlviz:sandpit?pit=rocks&seed=pebble"),
        Preset("A narrow well: willow", "mmlviz:sandpit?pit=well&seed=willow"),
        Preset("Steepest descent: γ = 0.2 arrives", "mmlviz:sandpit?mode=practice&rate=0.2"),
        Preset("Steepest descent: γ = 0.8 zig-zags", "mmlviz:sandpit?mode=practice&rate=0.8&start=2,4.5"),
        Preset("Newton runs to the maximum", "mmlviz:sandpit?mode=practice&strategy=newton"),
        Preset("The hybrid arrives in two steps", "mmlviz:sandpit?mode=practice&strategy=hybrid&rate=0.5"),
        Preset("Walking east", "mmlviz:sandpit?mode=practice&strategy=east"),
    ),
    tries="Click to dip, then follow the arrow −J. How few dips do you need to find the phone?",
    draw=draw,
    tell=tell,
    recipe=recipe,
    hover=hover,
    fit=fit,
    slow=Slow(lambda s: (s.pit, "" if s.pit == "intro" else s.seed), model.dig),
    undone=undone,
    redone=redone,
    help="A phone lies at the lowest point of a sandpit. Each dip tells how deep it is there, and the way down.",
)  # fmt: skip
