"""A formula as numpy source, for the code that learners copy."""

from mmlviz.maths.expression.exact import exact_value
from mmlviz.maths.expression.tree import (
    Call,
    Constant,
    Degrees,
    Expression,
    Literal,
    Logarithm,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    Variable,
    is_written_whole,
)

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(5)  # how closely Python binds

_CALLS = {
    "sec": "1 / np.cos({})", "csc": "1 / np.sin({})", "cot": "1 / np.tan({})",
    "sech": "1 / np.cosh({})", "csch": "1 / np.sinh({})", "coth": "1 / np.tanh({})",
}  # fmt: skip
_NAMES = {
    "ln": "log", "arcsin": "arcsin", "arsinh": "arcsinh", "arcosh": "arccosh", "artanh": "arctanh", "sgn": "sign",
}  # fmt: skip


def source(node: Expression) -> str:
    """The formula in numpy, as a person would write it; variables keep their names.

    erf and gamma are those of Python's math module. Real roots of negative numbers are spelt out.

    >>> from mmlviz.maths.expression.parser import read
    >>> source(read("2x sin^2 x - 1/2x"))
    '2 * x * np.sin(x) ** 2 - 1 / (2 * x)'
    """
    return _written(node)[0]


def _written(node: Expression) -> tuple[str, int]:
    """The source, and how closely its outermost sign binds."""
    match node:
        case Sum(terms):
            first, *rest = terms
            return _inside(first, _SUM) + "".join(map(_added, rest)), _SUM
        case Negative(part):
            return f"-{_inside(part, _SIGN)}", _SIGN
        case Product(factors):
            first, *rest = factors
            return _inside(first, _PRODUCT) + "".join(f" * {_inside(f, _SIGN)}" for f in rest), _PRODUCT
        case Quotient(above, below):
            return f"{_inside(above, _PRODUCT)} / {_inside(below, _SIGN)}", _PRODUCT
        case Power(base, exponent):
            return _power(base, exponent)
        case Degrees(part):
            return f"np.radians({source(part)})", _ATOM
    return _single(node)


def _inside(node: Expression, least: int) -> str:
    """The source, in brackets if it binds less closely than is needed here."""
    text, level = _written(node)
    return text if level >= least else f"({text})"


def _added(term: Expression) -> str:
    if isinstance(term, Negative):
        return f" - {_inside(term.part, _PRODUCT)}"
    return f" + {_inside(term, _PRODUCT)}"


def _power(base: Expression, exponent: Expression) -> tuple[str, int]:
    if base == Constant("e"):
        return f"np.exp({source(exponent)})", _ATOM
    n = exact_value(exponent)
    if n is not None and n.denominator > 1 and n.denominator % 2 and is_written_whole(exponent):
        return _odd_root(source(base), n.numerator, n.denominator)
    bare = exponent.part if isinstance(exponent, Negative) else exponent
    raised = _inside(exponent, _ATOM if not isinstance(bare, Literal) else _SIGN)
    return f"{_float(base)} ** {raised}", _POWER


def _odd_root(base: str, above: int, below: int) -> tuple[str, int]:
    """The real root of positive and negative numbers alike."""
    root = f"np.cbrt({base})" if below == 3 else f"(np.sign({base}) * np.abs({base}) ** (1 / {below}))"
    return (root, _ATOM) if above == 1 else (f"{root} ** {above}", _POWER)


def _float(base: Expression) -> str:
    """A base that Python raises as we do: whole numbers would be raised as such, and not to negative powers."""
    return f"{base.text}.0" if isinstance(base, Literal) and base.text.isdigit() else _inside(base, _ATOM)


def _single(node: Expression) -> tuple[str, int]:
    match node:
        case Literal(text):
            return (text.lstrip("0") or "0" if text.isdigit() else text), _ATOM
        case Constant(name):
            return f"np.{name}", _ATOM
        case Variable(name):
            return name, _ATOM
        case Logarithm(base, argument):
            return f"np.log({source(argument)}) / np.log({source(base)})", _PRODUCT
        case Call(function, argument):
            return _call(function, source(argument))
    raise TypeError(f"no such expression: {node!r}")


def _call(function: str, argument: str) -> tuple[str, int]:
    if function in _CALLS:
        return _CALLS[function].format(argument), _PRODUCT
    if function in ("erf", "gamma"):
        return f"np.vectorize(math.{function})({argument})", _ATOM
    return f"np.{_NAMES.get(function, function)}({argument})", _ATOM
