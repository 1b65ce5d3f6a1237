"""Formulas in typst's mathematics mode, written from our own trees only: typed text never becomes markup."""

from collections.abc import Callable

from mmlviz.core import formula as f

_SYMBOLS = {
    "λ": "lambda", "Δ": "Delta", "γ": "gamma", "θ": "theta", "ε": "epsilon", "σ": "sigma", "π": "pi", "Γ": "Gamma",
}  # fmt: skip
# Names that stand upright: those of vocabulary.FUNCTIONS, which a start does without, of makers of matrices, and three.
NAMES = {
    "det", "lg", "log", "sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
    "sech", "csch", "coth", "arsinh", "arcosh", "artanh", "exp", "ln", "sqrt", "cbrt", "abs", "sgn", "erf", "gamma",
    "shear", "reflect", "project", "shadow",
}  # fmt: skip
_OPERATORS = {
    "=": "=",
    "≈": "approx",
    "+": "+",
    "−": "minus",
    "±": "plus.minus",
    "·": "dot.op",
    "⋯": "dots.c",
    "<": "<",
    "→": "->",
    ",": ", quad",
    ", ": ",",
    "(": "(",
    ")": ")",
}

# Formulas made of other formulas.
PATTERNS: dict[type[f.Node], str] = {
    f.Fraction: "{}\\/{}", f.Power: "{}^({})", f.Sub: "{}_({})", f.Root: "sqrt({})", f.CubeRoot: "root(3, {})",
    f.Over: "frac({}, {})", f.Brackets: "lr(({}))", f.Bars: "abs({})",
}  # fmt: skip


def markup(node: f.Node, colour: Callable[[str], str] | None = None) -> str:
    """The formula in typst's mathematics mode; `colour` gives a role's colour as #rrggbb, without it all is black."""
    match node:
        case f.Text(text):
            return _text(text)
        case f.Symbol(name, is_bold):
            symbol = _SYMBOLS.get(name, name)
            return f"bold({symbol})" if is_bold else symbol
        case f.Matrix(rows):
            return _matrix([", ".join(markup(x, colour) for x in row) for row in rows])
        case f.Row(parts):
            return " ".join(markup(p, colour) for p in parts)
        case f.Coloured(role, part):
            inner = markup(part, colour)
            return inner if colour is None else f'#text(fill: rgb("{colour(role)}"))[${inner}$]'
    return PATTERNS[f.kind(node, PATTERNS)].format(*(markup(part, colour) for part in f.parts(node)))


def _text(text: str) -> str:
    if text.strip() in NAMES:
        return f'op("{text.strip()}")'
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return _OPERATORS.get(text, f'"{quoted}"')


def _matrix(rows: list[str]) -> str:
    """Rows of mat: after an entry that ends in code, #text(…)[…], the first ; ends the code and not the row."""
    body = "".join(row + (";; " if row.endswith("]") else "; ") for row in rows[:-1]) + rows[-1]
    return f"mat({body})"
