"""What the monkey types, pastes and opens: sense and nonsense."""

from collections.abc import Sequence
from random import Random
from urllib.parse import quote

from mmlviz.core.lab import Lab

PLAIN = ("0", "1", "-1", "2", "1/2", "-1/3", "0.5", ".5", "5.", " 7 ", "1e2", "3.25", "-0", "007", "100", "1e6", "1e-9")
NONSENSE = (
    "", " ", "x", "1/0", "0/0", "nan", "inf", "-inf", "1e999", "1e-999", "--1", "1,5", "1 2", "٣", "½", "−1", "1e",
    "=1+1", "1;2", "π", "猫", "é", "👩‍👩‍👧", "\u202eabc", "\u0301", "a\u0000b", "\t", "\n", "%s{}", "<b>x</b>",
    "$x^2$ #read(\"x\")", "1" * 39, "1" * 41, "9" * 400, "x" * 5000, "1/" + "3" * 60, "0." + "0" * 38 + "1",
    "1e300", "-1e300", "1000001", "-1000000", "999999.99999", "1e-300",
)  # fmt: skip
WORDS = ("otter", "Otter ", "sand castle", "élan", "ǅ", "ß", "猫", "x" * 40, "x" * 41, "a+b&c=d;e", "0", "\u00a0", "")
FORMULAS = (
    "sin x", "1/(1+x^2)", "x^x", "ln(x^2)", "|x|", "e^-x", "tan x", "√(4-x)", "sin x / x", "gamma x", "1/(x^2-2)",
    "x y", "2x sn x", "x^^2", "(x", "1,000", "sgn(sin x)", "erf(2x)", "9^9^9", "x" * 1001, "3", "cbrt x", "e^(1/x)",
)  # fmt: skip
PASTED = (
    "array([[1, 2],\n       [3, 4]])", "[[0.5 0.]\n [0. 2.]]", "[1 2; 3 4]", "1\t2\n3\t4", "{{1, 2}, {2, 4}}", "1,2",
    "[1, 2, 3]", "1 2\n3", "1,5\t2\n3\t4", "array([[nan, 1.], [2., 3.]])", "np.array([[1e999, 0], [0, 1]])",
    "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "1.0e+03 *\n 1 2\n 3 4", "hello", "(3, -2)", "7", "1 " * 900,
    "[" * 1900, "9" * 3000 + " 1\n1 1",
)  # fmt: skip
LINKS = (
    "mmlviz:", "mmlviz:nolab", "mmlviz:matrix?", "mmlviz:matrix?matrix=1", "mmlviz:matrix?matrix=%FF",
    "mmlviz:matrix?matrix=1,2;3,4&matrix=1,2;3,4", "mmlviz:matrix?matrix=1,nan;0,1", "mmlviz:matrix?v=99",
    "mmlviz:sandpit?word=", "mmlviz:pca?nothing=1", "mmlviz:taylor?" + "x" * 9000, "mmlviz:eigen?matrix=1,2;3,4\n\n",
    " mmlviz:eigen?matrix=0,0;0,0 ", "http://example.org", "",
)  # fmt: skip


def number(rng: Random) -> str:
    """A number as people write them."""
    kinds = (
        lambda: rng.choice(PLAIN),
        lambda: str(rng.randint(-9, 9)),
        lambda: f"{rng.randint(-30, 30)}/{rng.randint(1, 12)}",
        lambda: f"{rng.uniform(-5, 5):.{rng.randint(0, 4)}f}",
        lambda: f"{rng.uniform(-1, 1):.3e}",
        lambda: str(rng.randint(-2000, 2000)),
    )
    return rng.choice(kinds)()


def typed(rng: Random, is_word: bool) -> str:
    """What goes into an entry: half of it makes no sense."""
    if rng.random() < 0.4:
        return rng.choice(NONSENSE)
    return rng.choice(WORDS + FORMULAS) if is_word else number(rng)


def pasted(rng: Random, labs: Sequence[Lab]) -> str:
    """What is on the clipboard."""
    kind = rng.randrange(4)
    if kind == 0:
        return link(rng, labs)
    if kind == 1:
        return "\n".join("\t".join(number(rng) for _ in range(2)) for _ in range(rng.randint(1, 3)))
    return rng.choice(PASTED) if kind == 2 else rng.choice((number(rng), rng.choice(NONSENSE)))


def link(rng: Random, labs: Sequence[Lab]) -> str:
    """A link: an example, one with numbers drawn by lot, or nonsense."""
    lab = rng.choice(list(labs))
    kind = rng.randrange(4)
    if kind == 0:
        return rng.choice(LINKS)
    if kind == 1 and lab.presets:
        return rng.choice(lab.presets).link
    fields = rng.sample(lab.fields, min(len(lab.fields), rng.randint(0, 3)))
    return f"mmlviz:{lab.id}?" + "&".join(f"{f.name}={quote(_field_text(rng, lab, f.name))}" for f in fields)


def _field_text(rng: Random, lab: Lab, name: str) -> str:
    """The field of an example or of the opening state, or numbers of about the right shape."""
    field = lab.field(name)
    options = getattr(field, "options", ())
    if options:
        return str(rng.choice(options))
    if not field.shape and rng.random() < 0.3:
        return field.write(getattr(lab.opening, name))
    rows = field.shape[0] if len(field.shape) == 2 else 1
    return ";".join(",".join(number(rng) for _ in range(field.shape[-1] if field.shape else 1)) for _ in range(rows))
