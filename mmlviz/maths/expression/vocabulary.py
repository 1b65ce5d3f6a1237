"""The names that are read: functions with their other spellings and inverses, constants, characters of other origin."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Function:
    """A function of one argument.

    inverse is what ^-1 behind its name means; where that is "", suggested says what to write instead.
    """

    name: str
    spellings: tuple[str, ...] = ()
    inverse: str = ""
    suggested: str = ""


_LISTED = (
    Function("sin", inverse="arcsin"),
    Function("cos", inverse="arccos"),
    Function("tan", ("tg",), inverse="arctan"),
    Function("sec", suggested="arccos(1/x)"),
    Function("csc", ("cosec",), suggested="arcsin(1/x)"),
    Function("cot", ("cotan", "ctg"), suggested="arctan(1/x)"),
    Function("arcsin", ("asin",), inverse="sin"),
    Function("arccos", ("acos",), inverse="cos"),
    Function("arctan", ("atan", "arctg"), inverse="tan"),
    Function("sinh", inverse="arsinh"),
    Function("cosh", inverse="arcosh"),
    Function("tanh", inverse="artanh"),
    Function("sech", suggested="arcosh(1/x)"),
    Function("csch", ("cosech",), suggested="arsinh(1/x)"),
    Function("coth", suggested="artanh(1/x)"),
    Function("arsinh", ("asinh", "arcsinh"), inverse="sinh"),
    Function("arcosh", ("acosh", "arccosh"), inverse="cosh"),
    Function("artanh", ("atanh", "arctanh"), inverse="tanh"),
    Function("exp", suggested="ln(x) or 1/exp(x)"),
    Function("ln", ("log",), suggested="exp(x) or 1/ln(x)"),
    Function("sqrt", suggested="x^2 or 1/sqrt(x)"),
    Function("cbrt", suggested="x^3 or 1/cbrt(x)"),
    Function("abs", suggested="1/abs(x)"),
    Function("sgn", ("sign",), suggested="1/sgn(x)"),
    Function("erf", suggested="1/erf(x)"),
    Function("gamma", suggested="1/gamma(x)"),
)

FUNCTIONS = {function.name: function for function in _LISTED}

# Every spelling of a function, to its name.
SPELLINGS = {spelling: f.name for f in _LISTED for spelling in (f.name, *f.spellings)} | {"lg": "lg"}

CONSTANTS = {"pi": "pi", "π": "pi", "e": "e"}

# One character for another: what comes along when mathematics is copied from a page.
_ALIKE = {
    "-": "−–—‒‐‑﹣－˗",
    "*": "·×∙⋅•∗✕✖⨯",
    "/": "÷∕⁄",
    "^": "ˆ＾",
    "|": "∣｜❘",
    "°": "º˚",
    "π": "𝜋𝛑𝝅ϖ",
    "Γ": "𝛤𝚪",
    " ": "\t\n\r\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2061\u2062",
}
ALIKE = {other: plain for plain, others in _ALIKE.items() for other in others}

# Characters that show nothing and mean nothing: joiners, soft hyphens, marks of direction, variants.
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\ufe0e\ufe0f"

FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
ROOTS = {"√": "sqrt", "∛": "cbrt"}

# What to write instead of names that are not read.
HINTS = {
    "arccot": "write arctan(1/x)", "acot": "write arctan(1/x)", "arcsec": "write arccos(1/x)",
    "asec": "write arccos(1/x)", "arccsc": "write arcsin(1/x)", "acsc": "write arcsin(1/x)",
    "cosin": "did you mean 'cos'?", "cosine": "did you mean 'cos'?", "sine": "did you mean 'sin'?",
    "tangent": "did you mean 'tan'?", "deg": "write 30°", "rad": "angles are radians without a mark",
    "root": "write x^(1/n)", "max": "write (x + y + |x − y|)/2", "min": "write (x + y − |x − y|)/2",
    "sinc": "write sin(x)/x", "sigmoid": "write 1/(1 + e^-x)", "relu": "write (x + |x|)/2",
    "log10": "write lg(x)", "sqr": "write x^2, or sqrt(x)", "loge": "write ln(x)", "square": "write x^2",
    "pow": "write x^2",
}  # fmt: skip

NO_NUMBERS = {"i", "j", "nan", "inf", "infinity"}
